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
    /// Adds a text to what is there. Nearly all of it are letters of ASCII, which are taken over a word at a time.
    pub(super) fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let before = self.letters.len();
            let plain = rest.bytes().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
            if plain > 0 {
                self.letters.push_str(&rest[..plain]);
                self.letters[before..].make_ascii_uppercase();
            } else if !is_blank(c) {
                self.letters.extend(folded(c));
            }
            if self.letters.len() > before && std::mem::take(&mut self.is_open) {
                self.white.push(u32::nearest(before));
            }
            self.is_open |= plain == 0 && is_blank(c);
            rest = &rest[if plain > 0 { plain } else { c.len_utf8() }..];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_known_by_the_letter_behind_it() {
        let mut held = Held::default();
        ["Stra\u{ad}ße", " ", "an", "der\u{a0}", "See"].iter().for_each(|text| held.push(text));
        assert_eq!((held.letters.as_str(), held.white.as_slice()), ("STRASSEANDERSEE", &[7, 12][..]));
        let mut wanted = Held::default();
        wanted.push("an der");
        assert!(!held.is_parted_like(&wanted, 7));
        wanted.clear();
        wanted.push(" ander See");
        assert!(held.is_parted_like(&wanted, 7));
    }
}
