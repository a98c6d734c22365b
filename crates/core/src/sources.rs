//! What was read from a book's folder, before anything is understood.
//!
//! `project` makes it, `manuscript` reads it, and neither needs the other.

use crate::book::{GeneratedPage, ImageFormat, Matter, Meta};
use crate::diag::{Code, Diagnostic, FileId, SourceMap, Span};
use crate::narrow::Nearest;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// book.toml, the styles and all texts, for findings.
    pub map: SourceMap,
    /// What book.toml says of the book.
    pub meta: Meta,
    /// What the author means by some marks.
    pub markup: Markup,
    /// The reading order.
    pub matter: Vec<Entry>,
    /// Pictures by path, with `/`, relative to the book's folder. A picture
    /// that a text names and that is not here does not exist.
    pub images: BTreeMap<String, Result<ImageFile, Unusable>>,
    /// For names of pictures that do not exist, the file that is likely meant.
    pub near_images: BTreeMap<String, String>,
    /// Pictures of `images` that the style names in place of a sign.
    pub ornaments: Vec<String>,
}

/// What an author means by marks that mean several things elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Markup {
    /// The words between the brackets of a lone picture are its caption.
    pub captions: bool,
    /// Bare addresses are links.
    pub autolinks: bool,
    /// The end of a line is the end of a line.
    pub keep_lines: bool,
    /// Two hyphens between words are an em dash, whatever the language.
    pub em_dashes: Option<bool>,
}

impl Default for Markup {
    fn default() -> Markup {
        Markup { captions: true, autolinks: true, keep_lines: false, em_dashes: None }
    }
}

/// One entry of the reading order.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In which list of `[matter]` it stands.
    pub matter: Matter,
    /// What it is.
    pub item: Item,
    /// Where it stands in book.toml.
    pub span: Option<Span>,
}

/// What an entry of the reading order is.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A page that the tool makes.
    Made(GeneratedPage),
    /// A text; its name and words are in [`Sources::map`].
    File(FileId),
}

/// A picture's file, ready for every edition.
#[derive(Clone, Debug)]
pub struct ImageFile {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// What the bytes are, whatever the name says.
    pub format: ImageFormat,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// How many pages the file had; these are the pixels of the first.
    pub pages: usize,
    /// Of a drawing, the time that it takes to draw it, about.
    pub seconds: f64,
    /// Of a drawing, what no edition shows, each with its line.
    pub left_out: Vec<(String, usize)>,
    /// The hash of the file as it lies in the folder (SHA-256, in hexadecimal).
    pub sha256: String,
}

impl ImageFile {
    /// What to tell of a file of which not all is shown.
    pub fn shown_in_part(&self, name: &str, span: Option<Span>) -> impl Iterator<Item = Diagnostic> {
        self.first_page_only(name, span).into_iter().chain(self.without_parts(name, span))
    }

    /// The finding on a drawing that holds what no edition shows.
    fn without_parts(&self, name: &str, span: Option<Span>) -> Option<Diagnostic> {
        let told = self.left_out.iter().take(MOST_TOLD);
        let told: Vec<String> = told.map(|(what, line)| format!("{what} (line {line})")).collect();
        let more = self.left_out.len().saturating_sub(MOST_TOLD);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!("`{name}` is shown without {}{more}", told.join(", "));
        let hint = "a book holds all that it shows: draw it with paths, words and pictures of its own, or export it as PNG";
        (!told.is_empty()).then(|| Diagnostic::new(Code::DrawingPart, span, message).hint(hint))
    }

    /// The finding on a file of several pages, of which a book shows the first.
    fn first_page_only(&self, name: &str, span: Option<Span>) -> Option<Diagnostic> {
        let message = format!("`{name}` has {} pages; the book shows the first", self.pages);
        let hint = "save each page that you want to show as a picture of its own";
        (self.pages > 1).then(|| Diagnostic::new(Code::ImagePages, span, message).hint(hint))
    }
}

/// Of so many parts that are left out of a drawing the author is told.
const MOST_TOLD: usize = 3;

/// A picture's file that lies there and cannot be used.
#[derive(Clone, Debug)]
pub struct Unusable {
    /// The kind of finding.
    pub code: Code,
    /// What is wrong, with the file's name.
    pub message: String,
    /// What helps.
    pub hint: Option<&'static str>,
}

impl Unusable {
    /// The finding, at the place that names the picture.
    #[must_use]
    pub fn at(&self, span: Option<Span>) -> Diagnostic {
        let finding = Diagnostic::new(self.code, span, self.message.clone());
        match self.hint {
            Some(hint) => finding.hint(hint),
            None => finding,
        }
    }
}

/// The files that `written` may mean in the text `from`, as names relative to
/// the book's folder: first the one beside the text, then the one that the
/// book's folder holds, which alone is meant when a `/` comes first. None when
/// it leads out of the folder.
pub fn candidates(from: &str, written: &str) -> impl Iterator<Item = String> {
    let whole = written.strip_prefix('/').unwrap_or(written);
    [path(from, written), path("", whole)].into_iter().flatten()
}

/// The path of `written` seen from the file `from`, relative to the book's
/// folder; none when it leads out of it.
#[must_use]
pub fn path(from: &str, written: &str) -> Option<String> {
    let absolute = written.starts_with('/') || written.get(1..3).is_some_and(|s| s == ":\\" || s == ":/");
    if absolute {
        return None;
    }
    let mut parts: Vec<&str> =
        from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for part in written.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Percent-encoded bytes as characters; what is not UTF-8 then stays as written.
#[must_use]
pub fn decode(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: u8| char::from(b).to_digit(16).map(u8::nearest);
        if let ([b'%', ..], Some(high), Some(low)) =
            (rest, tail.first().and_then(|b| hex(*b)), tail.get(1).and_then(|b| hex(*b)))
        {
            bytes.push(high * 16 + low);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| written.to_owned())
}

/// A path as an address has it: letters, figures and `/-._~` as they are, other bytes as `%XX` (RFC 3986 §2.1).
#[must_use]
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
