//! What a file is that was given to `import` and is no plain text: told by its
//! first bytes, with the way that leads to a text.

use crate::diag::{Code, Diagnostic};
use std::path::Path;

/// A kind of file: what it is called, and how to get a text out of it.
type Kind = (&'static str, &'static str);

const FOLDER: Kind = (
    "a folder that holds neither texts nor page files",
    "import reads a folder of Markdown, of web pages, or of the page files of a transcription (.txt)",
);
const WORD: Kind = (
    "a Word file of the old kind (.doc)",
    "save it as .docx (File > Save As > Word Document), and import that",
);
const WRITER: Kind = (
    "an OpenDocument file that is no text",
    "import reads texts (.odt): open it in the program that made it, and save its words as one",
);
const ZIP: Kind = ("a zip archive", "unpack it, and import the text file that is in it");
const RTF: Kind = (
    "a rich text file (RTF)",
    "open it in a word processor, save it as plain text in UTF-8, and import that",
);
const XML: Kind = ("an XML file", "make a plain text of it, page after page, and import that");
const PICTURE: Kind = (
    "a picture",
    "read its words with a program for text recognition (OCR), and import the text that it writes",
);
const MARKDOWN: Kind = (
    "Markdown already, with divisions (`:::`) that no transcription has",
    "it needs no import: run `pamphleteer new BOOK`, copy it there, and name it in [matter] of book.toml",
);

/// The first bytes of each kind that has some of its own.
const SIGNATURES: &[(&[u8], Kind)] = &[
    (b"{\\rtf", RTF),
    (b"\xd0\xcf\x11\xe0", WORD),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"AT&TFORM", PICTURE),
    (b"GIF8", PICTURE),
];

/// How much of a file is looked at.
const LOOKED_AT: usize = 65_536;

/// The finding on a folder.
pub(super) fn folder(path: &Path) -> Option<Diagnostic> {
    path.is_dir().then(|| finding(&path.display().to_string(), FOLDER))
}

/// The finding on a file that is no plain text; none when it may be one.
pub(super) fn refuse(name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    kind(name, head).map(|kind| finding(name, kind))
}

fn finding(name: &str, (what, way): Kind) -> Diagnostic {
    Diagnostic::new(Code::ImportKind, None, format!("{name} is {what}")).hint(way)
}

fn kind(name: &str, head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"PK\x03\x04") {
        return Some(packed(head));
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(*kind);
    }
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with("<?xml") {
        return Some(XML);
    }
    let ending = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    let division = |line: &str| line.starts_with(":::");
    // what parts pages by form feeds was read from a page, whatever that shows
    let typed = (ending == "md" || ending == "markdown") && !text.contains('\u{c}');
    (typed && text.lines().any(division)).then_some(MARKDOWN)
}

/// What a zip archive holds, by the names in it.
fn packed(head: &[u8]) -> Kind {
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    if holds(b"application/vnd.oasis.opendocument") { WRITER } else { ZIP }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        let said = |name: &str, bytes: &[u8]| refuse(name, bytes).map(|finding| finding.message);
        for (bytes, what) in [
            (
                &b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet"[..],
                "an OpenDocument file that is no text",
            ),
            (b"PK\x03\x04....pages.txt", "a zip archive"),
            (b"{\\rtf1", "a rich text file (RTF)"),
            (b"<?xml version='1.0'?><TEI>", "an XML file"),
        ] {
            assert_eq!(said("book", bytes), Some(format!("book is {what}")));
        }
        assert_eq!(said("book.txt", "Page 1\n\n:::\n".as_bytes()), None);
        assert_eq!(said("read.md", b"# One\n\n::: verse\n\n\x0cTwo\n"), None);
        assert_eq!(said("book.txt", b""), None);
        assert!(
            said("thesis.md", b"# One\n\n::: verse\n").is_some_and(|said| said.contains("Markdown already"))
        );
    }
}
