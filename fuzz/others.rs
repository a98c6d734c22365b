//! The doors for sources that another tool made: files with positions, Word files, ebooks,
//! web pages and folders. The fuzzers damage what is packed, not the package: a line `@@@ PATH`
//! begins each file of an input.

use pamphleteer::convert::{Changes, Kind, Request, Tree, convert};
use pamphleteer::diag::{Code, Severity};
use pamphleteer::import::{Dialect, text_of_positions};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// What begins a file within an input.
const FILE: &str = "@@@ ";

/// hOCR, ALTO, PAGE XML or a PDF: its text is recovered like any other, or refused with a reason.
pub fn positions(bytes: &[u8]) {
    if let Some(Ok(read)) = text_of_positions(&[bytes.to_vec()]) {
        super::recovered(&read.text, None, Some(Dialect::Positions));
    }
}

/// The parts of a Word file.
pub fn word(bytes: &[u8]) {
    file("book.docx", &packed(&files(bytes, "word/document.xml")));
}

/// The parts of an OpenDocument text.
pub fn open_document(bytes: &[u8]) {
    let mut files = files(bytes, "content.xml");
    files.entry("styles.xml".to_owned()).or_insert_with(|| b"<office:document-styles/>".to_vec());
    file("book.odt", &packed(&files));
}

/// A text in Markdown, of whatever dialect, alone in its folder; and the same as a chapter in TeX.
pub fn markdown(bytes: &[u8]) {
    brought_in("book.md", Some(bytes), &BTreeMap::from([("book.md".to_owned(), bytes.to_vec())]));
    let files: [(&str, &[u8]); 3] =
        [("Book.txt", b"a.tex"), ("config/book.yml", b"title: T"), ("a.tex", bytes)];
    brought_in("book", None, &files.map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).into());
}

/// The files of an EPUB.
pub fn ebook(bytes: &[u8]) {
    file("book.epub", &packed(&files(bytes, "META-INF/container.xml")));
}

/// A web page.
pub fn web_page(bytes: &[u8]) {
    file("page.html", bytes);
}

/// A folder of texts, of whatever tool.
pub fn folder(bytes: &[u8]) {
    let files = files(bytes, "chapter.md");
    // a folder with neither does not come to this door
    if files.keys().any(|path| path.ends_with(".md") || path.ends_with(".html")) {
        brought_in("book", None, &files);
    }
}

fn file(name: &str, bytes: &[u8]) {
    // what is of no kind does not come to this door
    if Kind::of_file(name, bytes).is_some() {
        brought_in(name, Some(bytes), &BTreeMap::new());
    }
}

/// It is brought in with its proof, into names within the folder, or refused with a reason.
fn brought_in(name: &str, bytes: Option<&[u8]>, files: &BTreeMap<String, Vec<u8>>) {
    let read = |path: &str| files.get(path).cloned();
    let tree = Tree { name: name.to_owned(), paths: files.keys().cloned().collect(), read: &read };
    let checked = convert(&Request { name, bytes, tree: &tree, changes: Changes::Accept });
    let unproved = checked.findings.iter().find(|finding| finding.code == Code::ImportProof);
    assert!(unproved.is_none(), "{unproved:?}");
    let refused = checked.findings.iter().any(|finding| finding.severity == Severity::Error);
    assert!(checked.value.is_some() || refused, "nothing brought in and no reason given");
    let Some(converted) = checked.value else { return };
    for (path, _) in &converted.files {
        let stays = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        assert!(stays && !path.contains('\\'), "{path:?} leads out of the folder");
    }
}

/// The files of an input, by their paths; what comes before the first is the file `first`.
fn files(bytes: &[u8], first: &str) -> BTreeMap<String, Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let mut files = BTreeMap::new();
    let mut path = first;
    let mut rest: &str = &text;
    while !rest.is_empty() {
        let end = rest.find(FILE).unwrap_or(rest.len());
        if end > 0 {
            files.insert(path.to_owned(), rest.as_bytes()[..end].to_vec());
        }
        let Some(next) = rest.get(end + FILE.len()..) else { break };
        (path, rest) = next.split_once('\n').unwrap_or((next, ""));
    }
    files
}

fn packed(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (path, bytes) in files {
        zip.start_file(path.as_str(), stored).expect("each path is there once");
        zip.write_all(bytes).expect("memory does not fail");
    }
    zip.finish().expect("memory does not fail").into_inner()
}
