//! The import of the pamphlet that this project reissues, from the file that
//! `PAMPHLET_SOURCE` names.

#[path = "common/outside.rs"]
mod outside;

use pamphleteer::diag::SourceMap;
use pamphleteer::import::{Recovered, Request, recover};

fn source() -> String {
    let path = outside::transcription();
    std::fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

fn import(text: &str) -> Recovered {
    let mut map = SourceMap::default();
    let file = map.add("transcription.txt", text);
    let request = Request {
        name: "transcription.txt",
        text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
        dictionary: None,
    };
    let checked = recover(&request);
    let found: Vec<String> = checked.findings.iter().map(|f| format!("{}: {}", f.code, f.message)).collect();
    checked.value.unwrap_or_else(|| panic!("no manuscript: {found:?}"))
}

#[test]
#[ignore = "needs PAMPHLET_SOURCE"]
fn the_counts_hold() {
    let text = source();
    let s = import(&text).summary;
    assert_eq!((s.texts, s.notes, s.calls), (2, 40, 40));
    assert!(s.paragraphs.abs_diff(212) <= 2, "{} paragraphs", s.paragraphs);
    assert!(s.quotes.abs_diff(20) <= 3, "{} quotes", s.quotes);
    assert_eq!((s.lists, s.items), (2, 10));
    assert_eq!((s.rejoins, s.dropped_hyphens), (46, 6));
    assert_eq!(s.pages.map(|(first, last)| format!("{first}-{last}")).as_deref(), Some("6-76"));
    assert_eq!((s.certain_ends, s.estimated_ends), (60, 11));
}

#[test]
#[ignore = "needs PAMPHLET_SOURCE"]
fn the_files_are_whole() {
    let text = source();
    let recovered = import(&text);
    let file = |name: &str| recovered.files.iter().find(|(n, _)| n == name).map(|(_, t)| t.as_str());
    let first = file("01-on-the-question-of-stalin.md").expect("the first text");
    let second = file("02-introduction-to-the-essential-stalin.md").expect("the second text");
    assert!(first.contains("# On the Question of Stalin[^1]\n"));
    assert!(second.lines().any(|l| l.starts_with("# ") && l.ends_with("[^37]")));
    let marks = |t: &str| t.matches("<!-- page ").count();
    assert_eq!((marks(first), marks(second)), (24, 47));
    assert!(!first.contains(['"', '\'']) && !second.contains(['"', '\'']));
    let book = file("book.toml").expect("a book.toml");
    assert!(book.starts_with("title = \"On the Question of Stalin\"\n"), "{book}");
    assert!(file("imprint.md").is_some());
}
