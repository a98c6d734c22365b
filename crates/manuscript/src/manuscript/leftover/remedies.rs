//! The remedies followed to the letter: `remedies.txt` has for each kind a text that is told of, the same text as the
//! hint wants it, and the words that are printed then. Nothing is told of the second one.

use super::kinds::Kind;
use crate::book::{Lang, Matter, Meta, Seen};
use crate::diag::Code;
use crate::sources::{Entry, Item, Sources};
use std::collections::BTreeSet;

/// A text, the text after the remedy, and what it prints.
struct Remedy {
    kind: &'static str,
    before: &'static str,
    after: &'static str,
    printed: &'static str,
}

fn table() -> Vec<Remedy> {
    let entries = include_str!("remedies.txt").trim_start_matches("== ").split("\n== ");
    let read = |entry: &'static str| {
        let (kind, rest) = entry.split_once('\n')?;
        let (before, rest) = rest.split_once("\n-- after\n")?;
        let (after, printed) = rest.split_once("\n-- printed\n")?;
        Some(Remedy { kind, before, after, printed: printed.trim() })
    };
    entries.map(|entry| read(entry).unwrap()).collect()
}

/// What is told of a text, and its words without spaces.
fn read(text: &str) -> (Vec<(Code, String)>, String) {
    let meta = Meta { language: Lang::parse("en-GB").unwrap(), ..Meta::default() };
    let mut sources = Sources { meta, ..Sources::default() };
    let item = Item::File(sources.map.add("a.md".to_owned(), format!("# The mill\n\n{text}\n")));
    sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    let mut findings = Vec::new();
    let book = crate::manuscript::parse(&sources).take(&mut findings);
    let mut words = String::new();
    book.visit(&mut |seen| {
        if let Seen::Words(text, _) | Seen::Code(text, _) = seen {
            words.push_str(&text.words);
        }
    });
    let told = findings.into_iter().map(|finding| (finding.code, finding.message)).collect();
    (told, bare(&words))
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn what_a_hint_says_ends_its_finding() {
    const OF_MARKS: [Code; 8] = [
        Code::MarkLeft,
        Code::MarkForeign,
        Code::MarkAccident,
        Code::EmphasisLiteral,
        Code::RemarkPrivate,
        Code::LinesJoined,
        Code::ListAccident,
        Code::HtmlRaw,
    ];
    let mut wrong = Vec::new();
    for Remedy { kind, before, after, printed } in table() {
        let kinds = Kind::ALL.iter().filter(|one| format!("{one:?}") == kind);
        let what: Vec<&str> = kinds.map(|kind| kind.told().1).collect();
        let (told, _) = read(before);
        if !told.iter().any(|(_, message)| what.iter().any(|what| message.contains(what))) {
            wrong.push(format!("{kind}: nothing is told of {before:?}"));
        }
        let (told, words) = read(after);
        wrong.extend(
            told.iter()
                .filter(|(code, _)| OF_MARKS.contains(code))
                .map(|(_, said)| format!("{kind}: of {after:?} it is told that {said}")),
        );
        if !words.contains(&bare(printed)) {
            wrong.push(format!("{kind}: {after:?} prints {words:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_kind_has_a_remedy_that_was_tried() {
    let tried: BTreeSet<&str> = table().iter().map(|remedy| remedy.kind).collect();
    let all: BTreeSet<String> = Kind::ALL.iter().map(|kind| format!("{kind:?}")).collect();
    assert_eq!(tried, all.iter().map(String::as_str).collect());
}
