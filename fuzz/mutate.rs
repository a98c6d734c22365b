//! Damage: a seed cut, doubled, mixed with another and flipped, and books from the
//! grammar of hostile books.

use super::dice::Dice;

/// Longer inputs are cut: many short ones find more than a few long ones.
pub const LONGEST: usize = 2500;

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
    "~",
    "[",
    "]",
    "](",
    "[^1]",
    "[^1]: ",
    ":::",
    "::: verse\n",
    ":::\n",
    "```",
    "|",
    "|---|",
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
    "{#a}",
    "{.part}",
    "{lang=he}",
    "](#a)",
    "![a](p.png)",
    "\0",
    "\r",
    "\t",
    "    ",
    "\\\n",
    "  \n",
    "\u{feff}",
    "\u{fdd0}",
    "é",
    "注",
    "ש",
    "ب",
    "\u{301}",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{2028}",
    "\u{202e}",
    "\u{2067}",
    "999999999999999999999",
    "-1",
    "1e308",
    "nan",
    "0pt",
    "100in",
    "data-field=\"title\"",
    "<text",
    "</svg>",
    "<use href=\"#a\"/>",
    "url(#a)",
    "…",
    "“",
    "—",
    "\u{ad}",
    "PAGE 9\n",
    "[Pg 9]",
    "CHAPTER IX\n\n",
    "a     b\n",
    "-\n",
];

/// A stretch of something that long, mostly a short one.
fn range(dice: &mut Dice, length: usize) -> std::ops::Range<usize> {
    let start = dice.roll(length + 1);
    let most = if dice.roll(4) == 0 { length } else { 24 };
    start..(start + dice.roll(most + 1)).min(length)
}

/// A part of a seed with some damage. A seed that is not text (`whole`) is not cut.
pub fn damaged(seeds: &[&[u8]], dice: &mut Dice, whole: bool) -> Vec<u8> {
    let seed = seeds[dice.roll(seeds.len())];
    let start = if whole || dice.roll(2) == 0 { 0 } else { dice.roll(seed.len()) };
    let end = if whole { seed.len() } else { (start + LONGEST).min(seed.len()) };
    let mut bytes = seed[start..end].to_vec();
    for _ in 0..=dice.roll(6) {
        damage(&mut bytes, seeds, dice);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, seeds: &[&[u8]], dice: &mut Dice) {
    let range = range(dice, bytes.len());
    match dice.roll(8) {
        0 => drop(bytes.drain(range)),
        1 => {
            let piece = bytes[range].repeat(1 + dice.roll(4));
            let at = dice.roll(bytes.len() + 1);
            bytes.splice(at..at, piece);
        }
        2 | 3 => {
            let piece = PIECES[dice.roll(PIECES.len())].repeat(1 + dice.roll(3));
            bytes.splice(range.start..range.start, piece.into_bytes());
        }
        4 => bytes.truncate(range.end),
        5 => bytes[range].reverse(),
        6 => {
            let other = seeds[dice.roll(seeds.len())];
            let from = dice.roll(other.len());
            let piece = other[from..(from + dice.roll(200)).min(other.len())].to_vec();
            bytes.splice(range, piece);
        }
        _ => bytes[range].iter_mut().take(1).for_each(|byte| *byte ^= 1 << dice.roll(8)),
    }
}
