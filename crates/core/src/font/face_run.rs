//! A stretch of a word that one face sets.

use super::FaceId;
use super::spell::Recipe;
use crate::narrow::Nearest;

/// A stretch of a word that is shaped at once in one face.
#[derive(Clone, Debug)]
pub(super) struct FaceRun {
    pub(super) face: FaceId,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its characters are in no face, and cannot be built.
    pub(super) missing: bool,
    /// It is one character that is built so.
    pub(super) built: Option<Recipe>,
    /// What is set in place of its characters, each letter with the byte of the
    /// part that it stands for. Empty when nothing is.
    pub(super) spelled: Vec<(char, u32)>,
}

impl FaceRun {
    /// The letters that are set, each with the byte that it stands for.
    pub(super) fn letters(&self, words: &str) -> Vec<(char, u32)> {
        if self.spelled.is_empty() { letters(words) } else { self.spelled.clone() }
    }

    /// Puts `c` to its end, spelled as `way` where it is.
    pub(super) fn push(&mut self, c: char, way: Option<&str>, words: &str) {
        if way.is_some() && self.spelled.is_empty() {
            self.spelled = letters(words);
        }
        let at = u32::nearest(self.end - self.start);
        match way {
            Some(way) => self.spelled.extend(way.chars().map(|letter| (letter, at))),
            None if !self.spelled.is_empty() => self.spelled.push((c, at)),
            None => {}
        }
        self.end += c.len_utf8();
    }
}

fn letters(words: &str) -> Vec<(char, u32)> {
    words.char_indices().map(|(at, c)| (c, u32::nearest(at))).collect()
}
