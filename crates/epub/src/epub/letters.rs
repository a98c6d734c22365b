//! Which characters each face must have.

use crate::font::Variant;
use crate::narrow::Nearest;
use crate::style::Family;
use std::collections::BTreeMap;

/// In which face words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Face {
    /// Which of the style's families.
    pub(super) family: Family,
    /// Bold and italic.
    pub(super) variant: Variant,
}

/// A set of characters: a bit for each of the basic plane, a list for the rest.
#[derive(Clone, Default)]
pub(super) struct CharSet {
    basic: Vec<u64>,
    others: BTreeMap<char, ()>,
}

impl CharSet {
    fn insert(&mut self, c: char) {
        let code = c as usize;
        if code > 0xffff {
            self.others.insert(c, ());
            return;
        }
        if self.basic.len() <= code / 64 {
            self.basic.resize(code / 64 + 1, 0);
        }
        self.basic[code / 64] |= 1 << (code % 64);
    }

    fn append(&mut self, mut other: CharSet) {
        if self.basic.len() < other.basic.len() {
            self.basic.resize(other.basic.len(), 0);
        }
        for (all, more) in self.basic.iter_mut().zip(&other.basic) {
            *all |= more;
        }
        self.others.append(&mut other.others);
    }

    /// The characters in order of their codes.
    pub(super) fn iter(&self) -> impl Iterator<Item = char> + '_ {
        let has = |code: &u32| self.basic[*code as usize / 64] >> (code % 64) & 1 == 1;
        let basic = (0..u32::nearest(self.basic.len()) * 64).filter(has).filter_map(char::from_u32);
        basic.chain(self.others.keys().copied())
    }
}

/// Characters by face.
#[derive(Default)]
pub(super) struct Letters {
    faces: BTreeMap<Face, CharSet>,
}

impl Letters {
    /// Words that stand in that face.
    pub(super) fn add(&mut self, face: Face, words: &str) {
        let set = self.faces.entry(face).or_default();
        words.chars().for_each(|c| set.insert(c));
    }

    /// Adds those of other words.
    pub(super) fn append(&mut self, others: Letters) {
        for (face, set) in others.faces {
            self.faces.entry(face).or_default().append(set);
        }
    }

    /// The faces with their characters.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Face, &CharSet)> {
        self.faces.iter().map(|(face, set)| (*face, set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_give_back_each_character_once() {
        let mut letters = Letters::default();
        letters.add(Face::default(), "abba 𝄞é");
        let all: Vec<String> = letters.iter().map(|(_, set)| set.iter().collect()).collect();
        assert_eq!(all, [" abé𝄞"]);
        let mut others = Letters::default();
        others.add(Face::default(), "c∞𝄡");
        letters.append(others);
        let all: Vec<String> = letters.iter().map(|(_, set)| set.iter().collect()).collect();
        assert_eq!(all, [" abcé∞𝄞𝄡"]);
    }
}
