//! Small books made of words that stand once each, and whether their pages
//! hold them all.

#![allow(dead_code, reason = "each test binary asks other things")]

use super::dice::Dice;
use pamphleteer::length::Abs;
use pamphleteer::pages::{Item, Pages, Role};
use pamphleteer::sources::Sources;
use std::collections::BTreeMap;

/// A word of two to four syllables.
fn word(dice: &mut Dice) -> String {
    let count = 1 + dice.roll(3);
    let syllables = (0..=count).map(|_| {
        let head = dice.pick(&["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "tr", "st"]);
        let heart = dice.pick(&["a", "e", "i", "o", "u", "ea", "ou"]);
        format!("{head}{heart}")
    });
    syllables.collect()
}

fn words(dice: &mut Dice, count: usize) -> String {
    (0..count).map(|_| word(dice)).collect::<Vec<_>>().join(" ")
}

/// A text of a title and a dozen blocks of all kinds, some with notes.
pub fn text(dice: &mut Dice, number: usize) -> String {
    let title = 1 + dice.roll(9);
    let mut text = format!("# {}\n\n", words(dice, title));
    let mut notes = String::new();
    for n in 0..4 + dice.roll(8) {
        text += &block(dice);
        if dice.roll(3) == 0 {
            text += &format!("{} {}[^{number}-{n}] {}.\n\n", word(dice), word(dice), words(dice, 6));
            let length = 3 + dice.roll(40);
            notes += &format!("[^{number}-{n}]: {}.\n\n", words(dice, length));
        }
    }
    text + &notes
}

fn block(dice: &mut Dice) -> String {
    let count = 5 + dice.roll(60);
    match dice.roll(20) {
        0 => format!("> {}\n>\n> {}\n\n", words(dice, count), words(dice, 4)),
        1 => {
            let lines: Vec<String> = (0..3 + dice.roll(6)).map(|_| words(dice, 5)).collect();
            format!("::: verse\n{}\n:::\n\n", lines.join("\n"))
        }
        2 => {
            let items: Vec<String> = (0..2 + dice.roll(5)).map(|_| format!("- {}", words(dice, 8))).collect();
            format!("{}\n\n", items.join("\n"))
        }
        3 => format!(
            "1. {}\n2. {}\n    - {}\n    - {}\n\n",
            words(dice, 9),
            words(dice, 3),
            words(dice, 7),
            words(dice, 2)
        ),
        4 => {
            let rows: Vec<String> = (0..2 + dice.roll(12))
                .map(|_| format!("| {} | {} |", words(dice, 2), words(dice, 4)))
                .collect();
            format!("| {} | {} |\n|---|---|\n{}\n\n", word(dice), word(dice), rows.join("\n"))
        }
        5 => format!("## {}\n\n", words(dice, 4)),
        6 => format!("### {}\n\n", words(dice, 3)),
        7 => "* * *\n\n".to_owned(),
        9 => format!("{}\n:   {}\n\n", words(dice, 2), words(dice, 12)),
        10 => format!("::: epigraph\n{}.\n:::\n\n", words(dice, 12)),
        11 => format!("{}.\n\n::: signature\n{}\n:::\n\n", words(dice, 20), words(dice, 3)),
        12 => {
            let deep = 2 + dice.roll(9);
            let items = (0..deep).map(|n| format!("{}- {}\n", "    ".repeat(n), words(dice, 6)));
            items.collect::<String>() + "\n"
        }
        13 => {
            (1..3 + dice.roll(4)).fold(String::new(), |text, deep| {
                text + &format!("{} {}\n{}\n", "> ".repeat(deep), words(dice, 9), "> ".repeat(deep))
            }) + "\n"
        }
        14 => format!("{}<!-- page {} --> {}.\n\n", words(dice, count), 2 + dice.roll(90), words(dice, 9)),
        15 => format!("{}.\n\n", (0..4).map(|_| word(dice)).collect::<String>()),
        8 => format!("```\n{}\n{}\n```\n\n", words(dice, 5), words(dice, 12)),
        _ => format!("{}.\n\n", words(dice, count * 2)),
    }
}

/// What of the letters is missing from the pages, or stands off the paper.
pub fn lost(sources: &Sources, pages: &Pages) -> Option<String> {
    let mut missing: BTreeMap<char, i64> = BTreeMap::new();
    let kept = |c: &char| c.is_ascii_lowercase();
    for (_, file) in sources.map.iter() {
        let marks = ["::: verse", "::: epigraph", "::: signature", "<!-- page"];
        let text = marks.iter().fold(file.text.clone(), |text, mark| text.replace(mark, ""));
        text.chars().filter(kept).for_each(|c| *missing.entry(c).or_default() += 1);
    }
    for (number, page) in pages.pages.iter().enumerate() {
        for placed in &page.items {
            let Item::Run(run) = &placed.item else { continue };
            if let Role::Leaf(_) = placed.role {
                let letters = run.text.chars().flat_map(char::to_lowercase).filter(kept);
                letters.for_each(|c| *missing.entry(c).or_default() -= 1);
            }
            let ends = (placed.at.x, placed.at.x + run.width());
            let (low, high) = (ends.0.min(ends.1), ends.0.max(ends.1));
            let inside = low >= -run.size / 2
                && high <= pages.trim.width + run.size / 2
                && placed.at.y >= Abs::ZERO
                && placed.at.y <= pages.trim.height;
            if !inside {
                return Some(format!(
                    "page {}: {:?} stands at {:?}..{:?}, {:?} on a page {:?} x {:?}",
                    number + 1,
                    run.text.chars().take(40).collect::<String>(),
                    low,
                    high,
                    placed.at.y,
                    pages.trim.width,
                    pages.trim.height
                ));
            }
        }
    }
    let gone: i64 = missing.values().filter(|count| **count > 0).sum();
    (gone > 0).then(|| format!("{gone} letters are missing"))
}
