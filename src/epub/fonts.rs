//! The font files of the package: the faces that the text is set in.

use super::Context;
use super::doc::Session;
use super::letters::Face;
use crate::font::Library;

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
    let mut files = Vec::new();
    for (face, _) in session.letters.iter() {
        let family = if face.mono { &cx.style.text.mono } else { &cx.style.text.font };
        let Some(id) = library.find(family, face.variant) else { continue };
        let found = library.face(id);
        let bytes = found.data.as_ref().as_ref().to_vec();
        files.push(FontFile {
            face,
            family: found.family.clone(),
            href: format!("fonts/{}.otf", file_name(&found.postscript)),
            bytes,
        });
    }
    files
}

/// A name that is safe in a URL.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
