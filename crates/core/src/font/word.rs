//! Shaped words: what decides their shapes, and the glyphs that they are made of.

use super::FaceId;
use crate::hyphenate::joints;
use crate::narrow::Nearest;

/// What decides the shapes of a word besides its letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FontInstance {
    /// The face.
    pub face: FaceId,
    /// Small letters become small capitals.
    pub small_caps: bool,
    /// Capitals become small capitals.
    pub caps_too: bool,
    /// Old-style figures rather than lining ones.
    pub old_style: bool,
    /// Superior figures and letters.
    pub superior: bool,
    /// No ligatures: letterspaced words.
    pub loose: bool,
    /// BCP 47 tag of the language.
    pub lang: String,
    /// Whether the word runs from right to left.
    pub rtl: bool,
}

impl FontInstance {
    /// A face as it is.
    #[must_use]
    pub fn of(face: FaceId) -> FontInstance {
        FontInstance {
            face,
            small_caps: false,
            caps_too: false,
            old_style: false,
            superior: false,
            loose: false,
            lang: String::new(),
            rtl: false,
        }
    }
}

impl FontInstance {
    /// The bytes of a word over which no ligature may go: the joints of a German word; and in a
    /// language that tells a dotted i from one without a dot, those before an i, whose dot a
    /// ligature would swallow.
    pub(super) fn parted(&self, word: &str) -> Vec<usize> {
        match self.lang.split('-').next() {
            Some("de") => joints(word),
            Some("tr" | "az" | "crh" | "kk" | "tt") if !self.rtl => {
                word.match_indices("fi").map(|(at, _)| at + 1).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Which instance: an index into [`super::ShaperCache`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FontInstanceId(pub(super) u32);

/// Which shaped word: an index into [`super::ShaperCache`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(super) u32);

impl WordId {
    /// The word's number, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A glyph of a shaped word. Lengths are in 1/65536 em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordGlyph {
    /// The face that it is from: the instance's own, or a fallback.
    pub face: FaceId,
    /// Its number in the font.
    pub id: u16,
    /// The size that it is set in, in hundredths of the text's; its lengths
    /// are in ems of the text.
    pub scale: u8,
    /// First byte of the word that it stands for.
    pub start: u32,
    /// One past the last byte that it stands for.
    pub end: u32,
    /// How far the pen moves.
    pub advance: i32,
    /// Shift of this glyph alone, x to the right and y upwards.
    pub offset: (i32, i32),
}

impl WordGlyph {
    /// The size of the text.
    pub const WHOLE: u8 = 100;

    /// Makes it so many hundredths as large.
    pub(super) fn shrink(&mut self, hundredths: u8) {
        let shrunk = |length: i32| i32::nearest(i64::from(length) * i64::from(hundredths) / 100);
        self.advance = shrunk(self.advance);
        self.offset = (shrunk(self.offset.0), shrunk(self.offset.1));
        self.scale = u8::nearest(u16::from(self.scale) * u16::from(hundredths) / 100);
    }
}

/// A shaped word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub(super) first: u32,
    pub(super) count: u32,
    /// Sum of the advances, in 1/65536 em.
    pub advance: i64,
    /// Whether a character has no glyph in the face or its fallbacks.
    pub incomplete: bool,
    /// Whether small capitals of it are capitals of smaller size.
    pub(super) is_reduced: bool,
}

impl Word {
    /// How many glyphs it has.
    #[must_use]
    pub fn glyph_count(&self) -> usize {
        self.count as usize
    }
}
