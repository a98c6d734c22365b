//! The font files of the package: the faces that the text is set in.

use super::context::Context;
use super::doc::Session;
use super::letters::Face;
use crate::diag::{Checked, Code, Diagnostic, Scope};
use crate::font::{self, FaceId, Library, named};
use crate::style::{Case, Family};
use std::collections::{BTreeMap, BTreeSet};

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

/// What a face has to set.
struct Wanted {
    face: Face,
    characters: Vec<char>,
    small_caps: bool,
}

/// The faces that the documents use; those that may not be part of a package
/// are left out, with a finding.
pub(super) fn fonts(cx: &Context<'_>, library: &Library, session: &Session) -> Checked<Vec<FontFile>> {
    let mut made = Checked::clean(Vec::new());
    if !cx.style.epub.fonts {
        return made;
    }
    let (wanted, lacking) = wanted(cx, library, session);
    made.findings.extend(not_embedded(&lacking));
    for (id, wanted) in wanted {
        let found = library.face(id);
        if !font::may_embed(found) {
            let message = format!("the licence bits of {} forbid to embed it", found.postscript);
            made.findings.push(Diagnostic::new(Code::FontRestricted, None, message));
            continue;
        }
        let characters = wanted.characters.into_iter();
        made.value.push(FontFile {
            face: wanted.face,
            family: found.family.clone(),
            href: format!("fonts/{}.{}", file_name(&found.postscript), found.ending()),
            bytes: font::subset(found, characters, wanted.small_caps),
        });
    }
    made
}

/// Which faces are wanted, and for what: of each family the face that words
/// stand in, and of the fallbacks, in order, those that have what it lacks. The
/// characters that none has are left to the reading system.
fn wanted(
    cx: &Context<'_>,
    library: &Library,
    session: &Session,
) -> (BTreeMap<FaceId, Wanted>, BTreeSet<char>) {
    let small_caps = session.uses_class("small-caps")
        || session.uses_class("all-small-caps")
        || session.uses_class("author") && cx.style.title_page_name_case() == Case::SmallCaps
        || is_set_in(cx, Case::SmallCaps);
    let uppercase = is_set_in(cx, Case::Capitals) || is_set_in(cx, Case::BoldCapitals);
    let (mut all, mut nowhere) = (BTreeMap::new(), BTreeSet::new());
    for (face, characters) in session.letters.iter() {
        let family = cx.style.family(face.family);
        let small: String = characters.iter().filter(|_| uppercase).collect();
        // readers that do not know the language's capitals take Unicode's
        let capitals = cx.book.meta.language.capitals(&small) + &small.to_uppercase();
        let mut left: Vec<char> = characters.iter().chain(capitals.chars()).collect();
        let fallback = cx.style.text.fallback.iter().map(String::as_str);
        let families = std::iter::once(family).chain(fallback);
        for (rank, family) in families.enumerate() {
            let Some(id) = library.find_or_italic(family, face.variant) else { continue };
            let lacking = font::lacking(library.face(id), &left);
            if rank == 0 || lacking.len() < left.len() {
                let blank = Wanted { face, characters: Vec::new(), small_caps: false };
                let wanted = all.entry(id).or_insert(blank);
                wanted.characters.append(&mut left);
                wanted.small_caps |= small_caps && face.family != Family::Mono;
            }
            left = lacking;
        }
        nowhere.extend(left);
    }
    (all, nowhere)
}

/// Characters that are in no font of the package.
fn not_embedded(lacking: &BTreeSet<char>) -> Option<Diagnostic> {
    let chars: Vec<char> = lacking.iter().copied().collect();
    let finding = || {
        let signs = named(&chars);
        let message =
            format!("the EPUB's fonts lack {signs}: reading systems use fonts of their own for that");
        Diagnostic::new(Code::GlyphNotEmbedded, None, message).within(Scope::Ebook)
    };
    (!chars.is_empty()).then(finding)
}

/// Whether the style sets anything in those letters.
fn is_set_in(cx: &Context<'_>, case: Case) -> bool {
    let (style, heading) = (cx.style, &cx.style.heading);
    let cases = [
        heading.title_case,
        heading.case,
        heading.minor_case,
        style.title_page.case,
        style.figure.caption_case,
        style.table.head_case,
        style.quote.case,
    ];
    cases.contains(&case)
}

/// A name that is safe in a URL.
fn file_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}
