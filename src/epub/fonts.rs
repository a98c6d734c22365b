//! The font files of the package: the faces that the text is set in.

use super::Context;
use super::doc::Session;
use super::letters::Face;
use crate::font::{self, Library};
use crate::style::Case;

/// A font file of the package.
pub(super) struct FontFile {
    /// Which face it is.
    pub(super) face: Face,
    /// The family's name.
    pub(super) family: String,
    /// Its address, as seen from the style sheet.
    pub(super) href: String,
    /// The file.
    pub(super) bytes: Vec<u8>,
}

/// The faces that the documents use.
pub(super) fn fonts(cx: &Context<'_>, library: &Library, session: &Session) -> Vec<FontFile> {
    if !cx.style.epub.fonts {
        return Vec::new();
    }
    let small_caps = session.classes.contains("small-caps") || is_set_in(cx, Case::SmallCaps);
    let uppercase = is_set_in(cx, Case::Capitals);
    let mut files = Vec::new();
    for (face, characters) in session.letters.iter() {
        let family = if face.mono { &cx.style.text.mono } else { &cx.style.text.font };
        let Some(id) = library.find(family, face.variant) else { continue };
        let found = library.face(id);
        let capitals = characters.iter().filter(|_| uppercase).flat_map(char::to_uppercase);
        let bytes = font::subset(found, characters.iter().chain(capitals), small_caps && !face.mono);
        files.push(FontFile {
            face,
            family: found.family.clone(),
            href: format!("fonts/{}.otf", file_name(&found.postscript)),
            bytes,
        });
    }
    files
}

/// Whether the style sets anything in those letters.
fn is_set_in(cx: &Context<'_>, case: Case) -> bool {
    let (style, heading) = (cx.style, &cx.style.heading);
    let cases = [heading.title_case, heading.case, style.title_page.case, style.figure.caption_case];
    cases.contains(&case) || style.quote.case == case
}

/// A name that is safe in a URL.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
