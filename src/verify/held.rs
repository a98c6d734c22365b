//! The letters of a document, and where white space parts them.

use super::letters::{is_blank, push_letters};
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
    /// Adds a text to what is there.
    pub(super) fn push(&mut self, text: &str) {
        for word in text.split_inclusive(is_blank) {
            let before = self.letters.len();
            push_letters(&mut self.letters, word);
            if self.letters.len() > before && std::mem::take(&mut self.is_open) {
                self.white.push(u32::nearest(before));
            }
            self.is_open |= word.ends_with(is_blank);
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
