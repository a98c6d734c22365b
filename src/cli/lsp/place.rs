//! Places: bytes of a text here, lines and UTF-16 units in the protocol; paths here, addresses there.

use crate::diag::{SourceFile, Span};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The byte of that line (from 0) and UTF-16 unit; the line's end when it is shorter.
pub(super) fn byte_at(text: &str, line: usize, unit: usize) -> usize {
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
pub(super) fn range(file: &SourceFile, span: Span) -> Value {
    json!({ "start": position(file, span.start), "end": position(file, span.end) })
}

fn position(file: &SourceFile, at: u32) -> Value {
    let place = file.place(at);
    let line = file.line(place.line);
    let units: usize = line.chars().take(place.column - 1).map(char::len_utf16).sum();
    json!({ "line": place.line - 1, "character": units })
}

/// The path in a `file:` address (RFC 8089).
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = crate::sources::decode(&rest[rest.find('/')?..]);
    // a drive of Windows comes behind a slash: /c:/books
    let is_drive = path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { path[1..].to_owned() } else { path }))
}

/// The address of a path.
pub(super) fn uri_of(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let scheme = if path.starts_with('/') { "file://" } else { "file:///" };
    format!("{scheme}{}", crate::sources::encode(&path))
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
        let at = u32::try_from(text.find('é').unwrap()).unwrap();
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
