//! Voices: how a stretch of text is spoken, in terms of the style.

use super::line::Look;
use crate::book::Lang;
use crate::diag::{Code, Diagnostic};
use crate::font::{FaceId, Library, Variant};
use crate::length::{Abs, Em};
use crate::style::{Case, Figures, Style};
use std::sync::Arc;

/// Which family of the style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The text face.
    Text,
    /// Fixed-width type.
    Mono,
}

/// How a stretch of text is spoken.
#[derive(Clone, Debug)]
pub struct Voice {
    /// The family.
    pub family: Family,
    /// Italics.
    pub italic: bool,
    /// Bold.
    pub bold: bool,
    /// Type size.
    pub size: Abs,
    /// Small letters become small capitals.
    pub small_caps: bool,
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

impl Voice {
    /// The voice of the running text.
    #[must_use]
    pub fn text(style: &Style, lang: Arc<Lang>) -> Voice {
        Voice {
            family: Family::Text,
            italic: false,
            bold: false,
            size: style.size(),
            small_caps: false,
            capitals: false,
            old_style: style.text.figures == Figures::OldStyle,
            superior: false,
            struck: false,
            raise: Abs::ZERO,
            letterspace: Abs::ZERO,
            lang,
        }
    }

    /// The same voice at another size.
    #[must_use]
    pub fn at(mut self, size: Abs) -> Voice {
        self.size = size;
        self
    }

    /// The same voice in other letters.
    #[must_use]
    pub fn cased(mut self, case: Case) -> Voice {
        match case {
            Case::Roman => {}
            Case::Italic => self.italic = !self.italic,
            Case::Bold => self.bold = true,
            Case::SmallCaps => {
                self.small_caps = true;
                self.letterspace = Em::new(0.04).at(self.size);
            }
            Case::Capitals => {
                self.capitals = true;
                self.old_style = false;
                self.letterspace = Em::new(0.06).at(self.size);
            }
        }
        self
    }

    /// Small and raised: superior letters.
    #[must_use]
    pub fn raised(self) -> Voice {
        self.shifted(Em::new(0.34))
    }

    /// Smaller and away from the baseline.
    #[must_use]
    pub fn shifted(mut self, raise: Em) -> Voice {
        self.raise += raise.at(self.size);
        self.size = self.size.scale(0.66);
        self
    }

    /// The voice of fixed-width type, as large as the text beside it looks.
    #[must_use]
    pub fn mono(mut self) -> Voice {
        self.family = Family::Mono;
        self.lang = Arc::new(Lang::none());
        self.size = self.size.scale(0.86);
        self.italic = false;
        self.bold = false;
        self.small_caps = false;
        self.old_style = false;
        self.letterspace = Abs::ZERO;
        self
    }
}

/// The faces that the style names.
#[derive(Clone, Debug)]
pub struct Faces {
    text: [FaceId; 4],
    /// Which of them have superior figures.
    superiors: [bool; 4],
    mono: FaceId,
}

impl Faces {
    /// Finds the faces; those that are missing are findings and are set in the
    /// nearest face there is. None when there is not even one.
    pub fn find(style: &Style, fonts: &Library, findings: &mut Vec<Diagnostic>) -> Option<Faces> {
        let any = fonts.iter().next().map(|(id, _)| id)?;
        let mut seek = |family: &str, variant: Variant, instead: FaceId| {
            fonts.find(family, variant).unwrap_or_else(|| {
                findings.push(missing(family, variant));
                instead
            })
        };
        let regular = seek(&style.text.font, Variant::default(), any);
        let mut of = |bold, italic| seek(&style.text.font, Variant { bold, italic }, regular);
        let text = [regular, of(false, true), of(true, false), of(true, true)];
        let mono = seek(&style.text.mono, Variant::default(), regular);
        let superiors = text.map(|face| fonts.face(face).has_superiors());
        Some(Faces { text, superiors, mono })
    }

    /// The look of a voice. Where a face has no superior figures, its others are
    /// made small and raised.
    #[must_use]
    pub fn look(&self, voice: &Voice) -> Look {
        let variant = usize::from(voice.italic) + 2 * usize::from(voice.bold);
        if voice.superior && voice.family == Family::Text && !self.superiors[variant] {
            let plain = Voice { superior: false, ..voice.clone() };
            return self.look(&plain.raised());
        }
        let face = match voice.family {
            Family::Text => self.text[variant],
            Family::Mono => self.mono,
        };
        Look {
            face,
            size: voice.size,
            small_caps: voice.small_caps,
            caps_too: false,
            old_style: voice.old_style,
            superior: voice.superior,
            raise: voice.raise,
            letterspace: voice.letterspace,
            struck: voice.struck,
            lang: voice.lang.clone(),
        }
    }

    /// The upright face of the text.
    #[must_use]
    pub fn regular(&self) -> FaceId {
        self.text[0]
    }
}

fn missing(family: &str, variant: Variant) -> Diagnostic {
    let name = match (variant.bold, variant.italic) {
        (false, false) => "regular",
        (false, true) => "italic",
        (true, false) => "bold",
        (true, true) => "bold italic",
    };
    Diagnostic::new(Code::FaceMissing, None, format!("there is no {name} face of the family `{family}`"))
        .hint("put the font file into the book's fonts/ folder, or name another family under [text]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_raised_where_the_face_has_no_superiors() {
        let style = Style::default();
        let library = Library::built_in();
        let mut faces = Faces::find(&style, &library, &mut Vec::new()).unwrap();
        let voice = Voice { superior: true, ..Voice::text(&style, Arc::default()) };
        assert!(faces.look(&voice).superior);
        faces.superiors = [false; 4];
        let look = faces.look(&voice);
        assert!(!look.superior && look.size < voice.size && look.raise > voice.size / 4);
    }
}
