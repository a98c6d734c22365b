//! Places: bytes of a text here, lines and UTF-16 units in the protocol; paths here, addresses there.

use super::documents::{Documents, real, root_of};
use crate::diag::{FileId, SourceFile, Span};
use crate::project::{Around, Project, load_with};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A question about a place of a document, with the book as the editor has it.
pub struct Asked<'d> {
    /// All that is open.
    pub documents: &'d Documents,
    /// The book.
    pub project: Project,
    /// The document's name in the book.
    pub name: String,
    /// The document's text.
    pub text: String,
    /// The byte that is asked about; 0 when it is the whole document.
    pub at: usize,
}

impl<'d> Asked<'d> {
    /// The question in `params`; none when the document is no book's.
    pub fn new(documents: &'d Documents, params: &Value) -> Option<Asked<'d>> {
        let path = real(params["textDocument"]["uri"].as_str()?)?;
        let root = root_of(&path)?;
        let inside = path.strip_prefix(std::fs::canonicalize(&root).ok()?).ok()?;
        let parts: Vec<&str> = inside.iter().filter_map(|part| part.to_str()).collect();
        let around = Around { unsaved: Some(documents.texts()), ..Around::default() };
        let project = load_with(&root, around, &mut Vec::new()).ok()?;
        let text = documents.texts().get(&path)?.clone();
        let position = &params["position"];
        let number = |key: &str| usize::try_from(position[key].as_u64()?).ok();
        let at = number("line").zip(number("character")).map_or(0, |(line, unit)| byte_at(&text, line, unit));
        Some(Asked { documents, project, name: parts.join("/"), text, at })
    }

    /// The document among the book's sources.
    pub fn file(&self) -> Option<FileId> {
        self.project.sources.map.find(&self.name)
    }

    /// The line up to the place that is asked about.
    pub fn before(&self) -> &str {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        &self.text[start..self.at]
    }

    /// A place of the book in the protocol's words.
    pub fn location(&self, span: Span) -> Value {
        let file = self.project.sources.map.file(span.file);
        let uri = self.documents.uri(&self.project.root.join(&file.name));
        json!({ "uri": uri, "range": range(file, span) })
    }
}

/// The byte of that line (from 0) and UTF-16 unit; the line's end when it is shorter.
fn byte_at(text: &str, line: usize, unit: usize) -> usize {
    let start = match line {
        0 => 0,
        _ => text.match_indices('\n').nth(line - 1).map_or(text.len(), |(at, _)| at + 1),
    };
    let line = text[start..].split(['\r', '\n']).next().unwrap_or_default();
    let mut units = 0;
    let before = line.chars().take_while(|c| {
        units += c.len_utf16();
        units <= unit
    });
    start + before.map(char::len_utf8).sum::<usize>()
}

/// A span in the protocol's words.
pub fn range(file: &SourceFile, span: Span) -> Value {
    json!({ "start": position(file, span.start), "end": position(file, span.end) })
}

fn position(file: &SourceFile, at: u32) -> Value {
    let place = file.place(at);
    let line = file.line(place.line);
    let units: usize = line.chars().take(place.column - 1).map(char::len_utf16).sum();
    json!({ "line": place.line - 1, "character": units })
}

/// The path in a `file:` address (RFC 8089).
pub fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = crate::sources::decode(&rest[rest.find('/')?..]);
    // a drive of Windows comes behind a slash: /c:/books
    let is_drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { path[1..].to_owned() } else { path }))
}

/// The address of a path.
pub fn uri_of(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::SourceMap;

    #[test]
    fn columns_are_utf_16() {
        let text = "a\n😀é b\r\n";
        assert_eq!(&text[byte_at(text, 1, 2)..], "é b\r\n");
        assert_eq!(&text[byte_at(text, 1, 99)..], "\r\n");
        assert_eq!(byte_at(text, 9, 0), text.len());
        let mut map = SourceMap::default();
        let id = map.add("a.md", text);
        let at = text.find('é').unwrap() as u32;
        assert_eq!(position(map.file(id), at), json!({ "line": 1, "character": 2 }));
    }

    #[test]
    fn addresses_are_paths() {
        let path = Path::new("/a b/ü.md");
        assert_eq!(uri_of(path), "file:///a%20b/%C3%BC.md");
        assert_eq!(path_of(&uri_of(path)).unwrap(), path);
        assert_eq!(path_of("file:///c%3A/books").unwrap(), Path::new("c:/books"));
        assert_eq!(path_of("untitled:1"), None);
    }
}
