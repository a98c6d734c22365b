//! Damaged input at every door: files of ours, cut, doubled, mixed and flipped
//! by a seeded generator, through the entries that the fuzzers use as well.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "../fuzz/entries.rs"]
mod entries;

use dice::Dice;
use std::panic;

/// How many damaged inputs each door gets.
const ROUNDS: usize = 250;
/// Longer inputs are cut: many short ones find more than a few long ones.
const LONGEST: usize = 2500;

/// Files that are whole, for a door.
fn seeds(door: &str) -> Vec<&'static [u8]> {
    match door {
        "manuscript" | "editions" => vec![
            include_bytes!("../manuscript/handbook/01-the-manuscript.md"),
            include_bytes!("../manuscript/handbook/02-the-edition.md"),
            include_bytes!("../manuscript/handbook/glossary.md"),
        ],
        "book_toml" => vec![
            include_bytes!("../manuscript/handbook/book.toml"),
            include_bytes!("../manuscript/pamphlet/book.toml"),
            b"title = \"T\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n[style]\nname = \"novel\"\npage.lines = 30\n",
        ],
        "import" => vec![TRANSCRIPTION.as_bytes()],
        "cover" => vec![
            include_bytes!("../covers/pamphlet.svg"),
            include_bytes!("../covers/novel.svg"),
            include_bytes!("../covers/report.svg"),
        ],
        _ => vec![include_bytes!("../src/pdf/printers.toml")],
    }
}

const TRANSCRIPTION: &str = "CONTENTS\n\nOn Margins ..... 3\nOn Paper ..... 5\n\n# On Margins\n\n\
    The first words of the text<sup>1</sup> run on until the page\n\n---\n\n1 A note, with its own words.\n\n\
    [Pg 4]\n\nends, and the next one goes on with a para-\n\n[Pg 5]\n\ngraph that was cut.\n\n\
    > A passage from elsewhere.\n\n1. one\n\n2. two\n\n3. three\n\n# On Paper\n\nMore words.[^2]\n\n[^2]: Another.\n";

/// Pieces that mean something behind one door or another.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "*",
    "**",
    "_",
    "^",
    "[",
    "]",
    "](",
    "[^1]",
    "[^1]: ",
    ":::",
    "```",
    "|",
    "---",
    "<!-- page 9 -->",
    "<sup>",
    "<",
    ">",
    "&",
    "&#0;",
    "\"",
    "'",
    "=",
    "[[",
    "{",
    "}",
    "\0",
    "\r",
    "\u{feff}",
    "\u{fdd0}",
    "é",
    "注",
    "ש",
    "\u{301}",
    "999999999999999999999",
    "-1",
    "1e308",
    "nan",
    "data-field=\"title\"",
    "<text",
    "</svg>",
    "…",
    "“",
    "\u{ad}",
];

/// A stretch of something that long, mostly a short one.
fn range(dice: &mut Dice, length: usize) -> std::ops::Range<usize> {
    let start = dice.roll(length + 1);
    let most = if dice.roll(4) == 0 { length } else { 24 };
    start..(start + dice.roll(most + 1)).min(length)
}

/// A part of a seed with some damage.
fn damaged(seeds: &[&[u8]], dice: &mut Dice) -> Vec<u8> {
    let seed = seeds[dice.roll(seeds.len())];
    let start = if dice.roll(2) == 0 { 0 } else { dice.roll(seed.len()) };
    let mut bytes = seed[start..(start + LONGEST).min(seed.len())].to_vec();
    for _ in 0..=dice.roll(6) {
        let range = range(dice, bytes.len());
        match dice.roll(6) {
            0 => drop(bytes.drain(range)),
            1 => {
                let piece = bytes[range].repeat(1 + dice.roll(4));
                let at = dice.roll(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            2 => {
                let piece = PIECES[dice.roll(PIECES.len())].repeat(1 + dice.roll(3));
                bytes.splice(range.start..range.start, piece.into_bytes());
            }
            3 => bytes.truncate(range.end),
            4 => bytes[range].reverse(),
            _ => bytes[range].iter_mut().take(1).for_each(|byte| *byte ^= 1 << dice.roll(8)),
        }
    }
    bytes
}

#[test]
fn damaged_input_is_understood_or_reported() {
    for (name, door) in entries::DOORS {
        let seeds = seeds(name);
        let mut dice = Dice(0x2545_F491_4F6C_DD1D);
        seeds.iter().for_each(|seed| door(&seed[..seed.len().min(2 * LONGEST)]));
        let rounds = if matches!(name, "editions" | "cover") { ROUNDS / 5 } else { ROUNDS };
        for round in 0..rounds {
            let input = damaged(&seeds, &mut dice);
            let outcome = panic::catch_unwind(|| door(&input));
            assert!(outcome.is_ok(), "{name}, round {round}:\n{}", String::from_utf8_lossy(&input));
        }
    }
}

/// The generator makes what it is for: different inputs, most of them broken.
#[test]
fn the_damage_is_real() {
    let seeds = seeds("printer");
    let mut dice = Dice(7);
    let inputs: Vec<Vec<u8>> = (0..100).map(|_| damaged(&seeds, &mut dice)).collect();
    let refused = inputs.iter().filter(|input| {
        let text = String::from_utf8_lossy(input);
        text.parse::<toml::Table>().is_err()
    });
    assert!(refused.count() > 30);
    assert!(inputs.windows(2).all(|pair| pair[0] != pair[1]));
}
