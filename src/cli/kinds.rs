//! What a file or a folder is that was given to `import` and is no text of a transcription.

use crate::diag::{Code, Diagnostic};
use crate::project::{Foreign, foreign, foreign_by_name};
use std::path::Path;

/// So many files of a folder are asked what they are.
const ASKED: usize = 1000;

/// The finding on a folder.
pub(super) fn folder(path: &Path) -> Option<Diagnostic> {
    if !path.is_dir() {
        return None;
    }
    let name = path.display();
    let files = std::fs::read_dir(path).into_iter().flatten().flatten().take(ASKED);
    let mut names: Vec<String> = files.filter_map(|file| file.file_name().into_string().ok()).collect();
    names.sort();
    let is_book = |kind: &Foreign| kind.is_written();
    let found =
        names.iter().find_map(|name| Some((name, foreign_by_name(name).filter(|kind| is_book(kind))?)));
    if let Some((file, kind)) = found {
        let message = format!("{name} holds no texts that are read: {file} is {}", kind.what);
        return Some(Diagnostic::new(Code::ImportKind, None, message).hint(kind.way(file)));
    }
    let message = format!("{name} is a folder that holds neither texts nor page files");
    let hint =
        "import reads a folder of Markdown, of web pages, or of the page files of a transcription (.txt)";
    Some(Diagnostic::new(Code::ImportKind, None, message).hint(hint))
}

/// The finding on a file that is no plain text; none when it may be one. `is_asked` says that it was asked for as a
/// transcription of some dialect.
pub(super) fn refuse(name: &str, bytes: &[u8], is_asked: bool) -> Option<Diagnostic> {
    let finding = |what: &str, way: &str| {
        Diagnostic::new(Code::ImportKind, None, format!("{name} is {what}")).hint(way)
    };
    if let Some(kind) = foreign(name, bytes, is_asked) {
        return Some(finding(kind.what, &kind.way(name)));
    }
    let ending = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
    // what parts pages by form feeds was read from a page, whatever that shows
    let typed = (ending == "md" || ending == "markdown") && !bytes.contains(&b'\x0c');
    let division = |line: &[u8]| line.starts_with(b":::");
    (typed && bytes.split(|byte| *byte == b'\n').any(division)).then(|| {
        finding(
            "Markdown already, with divisions (`:::`) that no transcription has",
            "it needs no import: run `pamphleteer new BOOK`, copy it there, and name it in [matter] of book.toml",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_no_transcription() {
        let said = |name: &str, bytes: &[u8]| refuse(name, bytes, false).map(|finding| finding.message);
        assert_eq!(said("book", b"{\\rtf1").as_deref(), Some("book is a rich text file (RTF)"));
        assert_eq!(said("book.txt", "Page 1\n\n:::\n".as_bytes()), None);
        assert_eq!(said("read.md", b"# One\n\n::: verse\n\n\x0cTwo\n"), None);
        assert_eq!(said("book.txt", b""), None);
        assert!(
            said("thesis.md", b"# One\n\n::: verse\n").is_some_and(|said| said.contains("Markdown already"))
        );
    }
}
