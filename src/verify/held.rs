//! The letters of a document, and where white space parts them.

use super::letters::{folded, is_blank};
use crate::narrow::Nearest;

/// Letters, and where white space stands before one of them.
#[derive(Default)]
pub(super) struct Held {
    pub(super) letters: String,
    /// The places in `letters`, rising.
    white: Vec<u32>,
    /// White space stands before the next letter.
    pub(super) is_open: bool,
}

impl Held {
    /// Adds a text to what is there. Nearly all of it is ASCII, which is gathered byte by byte and taken over
    /// by the hundred.
    pub(super) fn push(&mut self, text: &str) {
        let mut plain = Plain::default();
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            if byte.is_ascii_graphic() {
                self.begin_letter(plain.count);
                plain.add(byte.to_ascii_uppercase());
                at += 1;
                if plain.is_full() {
                    plain.move_to(&mut self.letters);
                }
                continue;
            }
            let c = text[at..].chars().next().unwrap_or(' ');
            at += c.len_utf8();
            if is_blank(c) {
                self.is_open = true;
                continue;
            }
            plain.move_to(&mut self.letters);
            let before = self.letters.len();
            self.letters.extend(folded(c));
            if self.letters.len() > before && std::mem::take(&mut self.is_open) {
                self.white.push(u32::nearest(before));
            }
        }
        plain.move_to(&mut self.letters);
    }

    /// A letter comes behind so many that are not moved here yet.
    fn begin_letter(&mut self, gathered: usize) {
        if self.is_open {
            self.is_open = false;
            self.white.push(u32::nearest(self.letters.len() + gathered));
        }
    }

    /// Nothing is there any more.
    pub(super) fn clear(&mut self) {
        self.letters.clear();
        self.white.clear();
        self.is_open = false;
    }

    /// Whether white space stands wherever it does in `wanted`, whose letters begin at that place here. What comes
    /// before the first of them is no part of it.
    pub(super) fn is_parted_like(&self, wanted: &Held, start: usize) -> bool {
        let start = u32::nearest(start);
        let from = self.white.partition_point(|at| *at <= start);
        let mut own = self.white[from..].iter().peekable();
        wanted.white.iter().filter(|at| **at > 0).all(|at| {
            while own.next_if(|own| **own < start + at).is_some() {}
            own.peek() == Some(&&(start + at))
        })
    }
}

/// Letters of ASCII on their way.
struct Plain {
    bytes: [u8; Plain::MOST],
    count: usize,
}

impl Default for Plain {
    fn default() -> Plain {
        Plain { bytes: [0; Plain::MOST], count: 0 }
    }
}

impl Plain {
    const MOST: usize = 128;

    fn add(&mut self, letter: u8) {
        self.bytes[self.count] = letter;
        self.count += 1;
    }

    fn is_full(&self) -> bool {
        self.count == Plain::MOST
    }

    fn move_to(&mut self, letters: &mut String) {
        letters.push_str(str::from_utf8(&self.bytes[..self.count]).expect("letters of ASCII are text"));
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_known_by_the_letter_behind_it() {
        let mut held = Held::default();
        ["Stra\u{ad}ße", " ", "an", "der\u{a0}", "See"].iter().for_each(|text| held.push(text));
        assert_eq!((held.letters.as_str(), held.white.as_slice()), ("STRASSEANDERSEE", &[7, 12][..]));
        let mut long = Held::default();
        long.push(&"one two\u{1f}three ".repeat(40));
        assert_eq!(long.letters, "ONETWOTHREE".repeat(40));
        assert_eq!((long.white[..3].to_vec(), long.white.len(), long.is_open), (vec![3, 11, 14], 79, true));
        let mut wanted = Held::default();
        wanted.push("an der");
        assert!(!held.is_parted_like(&wanted, 7));
        wanted.clear();
        wanted.push(" ander See");
        assert!(held.is_parted_like(&wanted, 7));
    }
}
