//! The remedies for marks that are left over, followed to the letter: each kind has its entry in `remedies.txt`.

use super::kinds::Kind;
use crate::diag::Code;
use crate::manuscript::remedied::{Remedy, bare, read, table};
use std::collections::BTreeSet;

const TABLE: &str = include_str!("remedies.txt");

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
    for Remedy { kind, before, after, printed } in table(TABLE) {
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
    let tried: BTreeSet<&str> = table(TABLE).iter().map(|remedy| remedy.kind).collect();
    let all: BTreeSet<String> = Kind::ALL.iter().map(|kind| format!("{kind:?}")).collect();
    assert_eq!(tried, all.iter().map(String::as_str).collect());
}
