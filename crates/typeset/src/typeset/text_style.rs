//! Text styles, and the faces that they are resolved to.

use super::line::ResolvedStyle;
use crate::book::Lang;
use crate::diag::{Code, Diagnostic};
use crate::font::{FaceId, Library, Variant};
use crate::length::{Abs, Em};
use crate::style::{Case, Family, Figures, Style};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How a stretch of text is meant to look, before its face is known.
#[derive(Clone, Debug)]
pub struct TextStyle {
    /// The family.
    pub family: Family,
    /// Italics.
    pub italic: bool,
    /// Bold.
    pub bold: bool,
    /// Type size.
    pub size: Abs,
    /// The least size of words.
    pub least: Abs,
    /// Small letters become small capitals.
    pub small_caps: bool,
    /// So do capitals.
    pub caps_too: bool,
    /// Words are written in capitals.
    pub capitals: bool,
    /// Old-style figures.
    pub old_style: bool,
    /// Superior figures.
    pub superior: bool,
    /// Struck out.
    pub struck: bool,
    /// Above the baseline.
    pub raise: Abs,
    /// Space after each letter.
    pub letterspace: Abs,
    /// The language.
    pub lang: Arc<Lang>,
}

/// What is set smaller within what is set smaller stays legible.
const LEGIBLE: f64 = 6.0;

/// Raised and lowered signs are no smaller than what printers want at least (KDP's 7 pt), as long as the type
/// beside them is not: somewhat larger, for a line may be set narrower by three in a hundred.
const LEAST_RAISED: f64 = 7.15;

/// No words are smaller: what the style says, and otherwise the smallest size that
/// it asks for, down to [`LEGIBLE`].
fn least(style: &Style) -> Abs {
    let size = style.size();
    let asked = [
        style.notes.size,
        style.quote.size,
        style.verse.size,
        style.table.size,
        style.figure.caption_size,
        style.running_head.size,
        style.folio.size,
        style.heading.size,
        style.heading.number_size,
        style.scene_break.size,
    ];
    // A style that asks for five points has them, and a style whose smallest type is nine has none of eight where
    // a quotation stands in a note; below the text's own size in any case.
    let smallest = asked.into_iter().map(|length| length.at(size)).min().unwrap_or(size);
    style.text.least.at(size).max(smallest.min(Abs::pt(LEGIBLE))).min(size)
}

/// That size, or the least that words have in the style.
#[must_use]
pub fn legible(style: &Style, size: Abs) -> Abs {
    size.max(least(style))
}

impl TextStyle {
    /// The text style of the running text.
    #[must_use]
    pub fn text(style: &Style, lang: Arc<Lang>) -> TextStyle {
        TextStyle {
            family: Family::Text,
            italic: false,
            bold: false,
            size: style.size(),
            least: least(style),
            small_caps: false,
            caps_too: false,
            capitals: false,
            old_style: style.text.figures == Figures::OldStyle,
            superior: false,
            struck: false,
            raise: Abs::ZERO,
            letterspace: Abs::ZERO,
            lang,
        }
    }

    /// The same text style at another size.
    #[must_use]
    pub fn at(mut self, size: Abs) -> TextStyle {
        self.size = size.max(self.least);
        self
    }

    /// The same text style in another family.
    #[must_use]
    pub fn of(mut self, family: Family) -> TextStyle {
        self.family = family;
        self
    }

    /// The same text style in other letters.
    #[must_use]
    pub fn cased(mut self, case: Case) -> TextStyle {
        match case {
            Case::Roman => {}
            Case::Italic => self.italic = !self.italic,
            Case::Bold => self.bold = true,
            Case::BoldItalic => {
                self.bold = true;
                self.italic = !self.italic;
            }
            Case::SmallCaps => {
                self.small_caps = true;
                self.letterspace = Em::new(0.04).at(self.size);
            }
            Case::Capitals | Case::BoldCapitals => {
                self.bold |= case == Case::BoldCapitals;
                self.capitals = true;
                self.old_style = false;
                // capitals are drawn to stand before small letters, and are too close beside one another
                self.letterspace = Em::new(0.06).at(self.size);
            }
        }
        self
    }

    /// Small and raised: superior letters.
    #[must_use]
    pub fn raised(self) -> TextStyle {
        self.shifted(Em::new(0.34))
    }

    /// Smaller and away from the baseline.
    #[must_use]
    pub fn shifted(mut self, raise: Em) -> TextStyle {
        self.raise += raise.at(self.size);
        // signs within signs do not vanish
        let least = self.least.scale(0.66).max(Abs::pt(LEAST_RAISED)).min(self.size);
        self.size = self.size.scale(0.66).max(least);
        self
    }

    /// The text style of fixed-width type, as large as the text beside it looks.
    #[must_use]
    pub fn mono(mut self) -> TextStyle {
        self.family = Family::Mono;
        self.lang = Arc::new(Lang::none());
        self.size = self.size.scale(0.86).max(self.least);
        self.italic = false;
        self.bold = false;
        self.caps_too = false;
        self.small_caps = false;
        self.old_style = false;
        self.letterspace = Abs::ZERO;
        self
    }
}

/// The faces that the style names.
#[derive(Clone, Debug)]
pub struct Faces {
    /// Those of each family, by [`place`].
    faces: [Named; FACES],
    /// In which of them something has been set.
    used: Used,
}

/// Some of the faces that a style names.
#[derive(Clone, Copy, Debug, Default)]
pub struct UsedFaces(u64);

/// A set of faces, to which several threads add.
#[derive(Debug, Default)]
struct Used(AtomicU64);

impl Used {
    fn add(&self, at: usize) {
        // most are known, and to look does not take the memory away from other threads
        if !self.holds(at) {
            self.0.fetch_or(1 << at, Ordering::Relaxed);
        }
    }

    fn holds(&self, at: usize) -> bool {
        self.0.load(Ordering::Relaxed) >> at & 1 == 1
    }
}

impl Clone for Used {
    fn clone(&self) -> Used {
        Used(AtomicU64::new(self.0.load(Ordering::Relaxed)))
    }
}

/// A face that the style names.
#[derive(Clone, Debug)]
struct Named {
    face: FaceId,
    /// Whether it has superior figures.
    superiors: bool,
    /// Whether there is none of that family and variant: the nearest face stands for it.
    is_missing: bool,
    family: String,
    variant: Variant,
}

/// Four variants of each family.
const FACES: usize = Family::ALL.len() * 4;

/// The place of a face among all. Code has no other variant than the upright.
fn place(family: Family, variant: Variant) -> usize {
    let variant = match family {
        Family::Mono => 0,
        _ => usize::from(variant.italic) + 2 * usize::from(variant.bold),
    };
    family as usize * 4 + variant
}

impl Named {
    /// The face at a place.
    fn find(at: usize, style: &Style, fonts: &Library, any: FaceId) -> Named {
        let family = style.family(Family::ALL[at / 4]);
        let variant = Variant { bold: at & 2 != 0, italic: at & 1 != 0 };
        let found = fonts.find_or_italic(family, variant);
        // The upright of the family is nearer to a missing italic than another family's italic; a family that is not
        // there at all gives way to the text's.
        let nearest =
            || fonts.find(family, Variant::default()).or_else(|| fonts.find(&style.text.font, variant));
        let face = found.or_else(nearest).unwrap_or(any);
        let superiors = fonts.face(face).has_superiors();
        Named { face, superiors, is_missing: found.is_none(), family: family.to_owned(), variant }
    }
}

impl Faces {
    /// Finds the faces. None when there is not even one.
    #[must_use]
    pub fn find(style: &Style, fonts: &Library) -> Option<Faces> {
        let any = fonts.iter().next().map(|(id, _)| id)?;
        let any = fonts.find(&style.text.font, Variant::default()).unwrap_or(any);
        let faces = std::array::from_fn(|at| Named::find(at, style, fonts, any));
        Some(Faces { faces, used: Used::default() })
    }

    /// The faces that something should have been set in, and that there are not.
    #[must_use]
    pub fn missing(&self) -> Vec<Diagnostic> {
        let used = |at: usize| self.used.holds(at);
        let lacking = self.faces.iter().enumerate().filter(|(at, face)| face.is_missing && used(*at));
        let mut told = BTreeSet::new();
        let fresh = lacking.filter(|(_, face)| told.insert((face.family.as_str(), face.variant)));
        fresh.map(|(at, face)| missing(Family::ALL[at / 4], &face.family, face.variant)).collect()
    }

    /// In which of them something has been set.
    #[must_use]
    pub fn used(&self) -> UsedFaces {
        UsedFaces(self.used.0.load(Ordering::Relaxed))
    }

    /// Something has been set in these as well.
    pub fn note_used(&self, used: UsedFaces) {
        self.used.0.fetch_or(used.0, Ordering::Relaxed);
    }

    /// A text style resolved to a face. Where that face has no superior figures, its others are
    /// made small and raised.
    #[must_use]
    pub fn resolve(&self, text_style: &TextStyle) -> ResolvedStyle {
        let at = place(text_style.family, Variant { bold: text_style.bold, italic: text_style.italic });
        if text_style.superior && !self.faces[at].superiors {
            let plain = TextStyle { superior: false, ..text_style.clone() };
            return self.resolve(&plain.raised());
        }
        self.used.add(at);
        ResolvedStyle {
            face: self.faces[at].face,
            size: text_style.size,
            small_caps: text_style.small_caps,
            caps_too: text_style.caps_too,
            old_style: text_style.old_style,
            superior: text_style.superior,
            raise: text_style.raise,
            letterspace: text_style.letterspace,
            struck: text_style.struck,
            lang: text_style.lang.clone(),
        }
    }

    /// The upright face of the text.
    #[must_use]
    pub fn regular(&self) -> FaceId {
        self.faces[0].face
    }
}

fn missing(of: Family, family: &str, variant: Variant) -> Diagnostic {
    let name = match (variant.bold, variant.italic) {
        (false, false) => "regular",
        (false, true) => "italic",
        (true, false) => "bold",
        (true, true) => "bold italic",
    };
    let (table, key) = of.key();
    let hint = format!(
        "put the font file into the book's fonts/ folder, or name another family: `{table}.{key} = \"…\"` under [style] of book.toml"
    );
    Diagnostic::new(Code::FaceMissing, None, format!("there is no {name} face of the family `{family}`"))
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_raised_where_the_face_has_no_superiors() {
        let style = Style::default();
        let library = Library::built_in();
        let mut faces = Faces::find(&style, &library).unwrap();
        let text_style = TextStyle { superior: true, ..TextStyle::text(&style, Arc::default()) };
        assert!(faces.resolve(&text_style).superior);
        faces.faces.iter_mut().for_each(|face| face.superiors = false);
        let style = faces.resolve(&text_style);
        assert!(!style.superior && style.size < text_style.size && style.raise > text_style.size / 4);
    }

    #[test]
    fn a_face_is_missed_only_when_something_is_set_in_it() {
        let style = Style::default();
        let mut library = Library::default();
        let built_in = Library::built_in();
        let regular = built_in.find(&style.text.font, Variant::default()).unwrap();
        library.add(built_in.face(regular).data.clone()).unwrap();
        let faces = Faces::find(&style, &library).unwrap();
        let text_style = TextStyle::text(&style, Arc::default());
        let _ = faces.resolve(&text_style);
        assert!(faces.missing().is_empty());
        let _ = faces.resolve(&TextStyle { italic: true, ..text_style });
        let said: Vec<String> = faces.missing().into_iter().map(|finding| finding.message).collect();
        assert_eq!(said, ["there is no italic face of the family `Libertinus Serif`"]);
    }
}
