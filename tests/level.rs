//! Every spread whose last lines are not level is named, by the glyphs that stand on its pages.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/random_book.rs"]
mod random_book;

use dice::Dice;
use pamphleteer::book::{Lang, Matter};
use pamphleteer::font::Library;
use pamphleteer::pages::{Compromise, Item, Page, Pages, Role};
use pamphleteer::sources::{Entry, Item as SourceItem, Sources};
use pamphleteer::style::Style;
use pamphleteer::{manuscript, typeset};
use std::fmt::Write;

/// How many books are set.
const BOOKS: u64 = 40;
/// Last baselines that are nearer to one another look level, in points.
const LEVEL: f64 = 0.6;

const WORDS: [&str; 12] = [
    "paper",
    "the",
    "printer",
    "of",
    "a",
    "long-lived",
    "edition",
    "and",
    "compositors",
    "letter",
    "in",
    "set",
];

fn words(dice: &mut Dice, most: usize) -> String {
    let count = 3 + dice.roll(most);
    let words: Vec<&str> = (0..count).map(|_| dice.pick(&WORDS)).collect();
    format!("Then {}.", words.join(" "))
}

/// A text of everything that may end a page off the lines of its grid.
fn text(dice: &mut Dice) -> String {
    let mut text = format!("# {}\n\n", words(dice, 3));
    let mut notes = 0;
    for _ in 0..40 + dice.roll(40) {
        let long = words(dice, 120);
        let short = words(dice, 8);
        let _ = match dice.roll(16) {
            0 => write!(text, "## {short}\n\n{long}\n\n"),
            1 => write!(text, "> {long}\n\n"),
            2 => write!(text, "- {short}\n- {long}\n- {short}\n\n"),
            3 => write!(text, "| a | b |\n|---|---|\n| {short} | x |\n| y | {short} |\n| {short} | z |\n\n"),
            4 => write!(text, "![A drawing](p.png){{width=60%}}\n\n"),
            5 => write!(text, "::: verse\n{short}\\\n{short}\\\n{short}\n:::\n\n"),
            6 => write!(text, "::: columns\n{long}\n\n{long}\n:::\n\n"),
            7 => write!(text, "::: page-break\n:::\n\n"),
            8 => write!(text, "```\n{short}\n{short}\n```\n\n"),
            9 => write!(text, "***\n\n{long}\n\n"),
            10..=12 => {
                notes += 1;
                let table =
                    if dice.roll(4) == 0 { "\n\n    | a | b |\n    |---|---|\n    | x | y |" } else { "" };
                write!(text, "{long}[^{notes}]\n\n[^{notes}]: {}{table}\n\n", words(dice, 90))
            }
            _ => write!(text, "{long}\n\n"),
        };
    }
    text
}

fn pages(dice: &mut Dice, fonts: &Library) -> Pages {
    let mut sources = Sources::default();
    sources.meta.title = "Level".to_owned();
    sources.meta.language = Lang::parse("en-GB").unwrap();
    for name in ["1.md", "2.md"] {
        let item = SourceItem::File(sources.map.add(name.to_owned(), text(dice)));
        sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    }
    sources.images.insert("p.png".to_owned(), Ok(random_book::picture()));
    typeset::set(&manuscript::parse(&sources).value, &Style::default(), fonts).value
}

/// The baseline of the lowest words of the text or the notes; none on a page without.
fn foot(page: &Page) -> Option<f64> {
    let words = |placed: &&pamphleteer::pages::Placed| {
        matches!(placed.role, Role::Leaf(_))
            && matches!(&placed.item, Item::Run(run) if !run.text.trim().is_empty())
    };
    // raised and lowered signs have a baseline of their own
    let rows = page.rows.iter().map(|row| row.y.to_pt());
    let near = |y: f64| rows.clone().any(|row| (row - y).abs() < 0.01);
    let lines = page.items.iter().filter(words).map(|placed| placed.at.y.to_pt()).filter(|y| near(*y));
    lines.max_by(f64::total_cmp)
}

/// The section whose text each page starts with, by the places where it goes on.
fn sections(pages: &Pages) -> Vec<Option<u32>> {
    let mut sections = vec![None; pages.pages.len()];
    pages.starts.iter().for_each(|start| sections[start.page as usize] = Some(start.section));
    sections
}

#[test]
fn every_spread_that_is_not_level_is_named() {
    let fonts = Library::built_in();
    let (mut spreads, mut unlevel) = (0, 0);
    for seed in 1..=BOOKS {
        let pages = pages(&mut Dice(seed), &fonts);
        let sections = sections(&pages);
        for verso in (1..pages.pages.len().saturating_sub(2)).step_by(2) {
            // the text goes on overleaf, so that none of the two is its last page
            let same = sections[verso..verso + 3].iter().all(|one| one.is_some() && *one == sections[verso]);
            let feet = foot(&pages.pages[verso]).zip(foot(&pages.pages[verso + 1])).filter(|_| same);
            let Some((left, right)) = feet else { continue };
            spreads += 1;
            let named = pages.compromises.iter().find_map(|taken| match taken.compromise {
                Compromise::UnevenSpread { lines, .. } if taken.page as usize == verso + 1 => {
                    Some((lines, taken))
                }
                _ => None,
            });
            let (apart, label) = ((left - right).abs(), &pages.pages[verso + 1].label);
            match named {
                None => {
                    assert!(apart < LEVEL, "book {seed}, page {label}: {apart:.1} pt apart, and not named");
                }
                Some((_, taken)) => {
                    unlevel += 1;
                    // Page breaking counts the white above notes as well, which the last lines hide.
                    let noted = [verso, verso + 1]
                        .iter()
                        .any(|page| pages.pages[*page].rows.iter().any(|row| row.noted));
                    assert!(
                        apart >= 0.5 || noted,
                        "book {seed}, page {label}: level, but {}",
                        taken.compromise.reason()
                    );
                }
            }
        }
    }
    assert!(
        spreads > 200 && unlevel > 20 && unlevel < spreads / 2,
        "{unlevel} of {spreads} spreads are not level"
    );
}
