//! What a place of a document means: a key, a note, where a link leads, why a finding matters.

use super::asked::Asked;
use super::names::under;
use super::offers::key_at;
use super::place::range;
use crate::cli::typesetting::{Ask, typeset};
use crate::diag::Span;
use crate::manuscript::Target;
use crate::reference::terminal::{self, Found};
use serde_json::{Value, json};
use std::ops::Range;

/// The words for the place that is asked about; nothing where there are none.
pub(super) fn hover(asked: &Asked<'_>) -> Value {
    let Some(file) = asked.file() else { return Value::Null };
    let source = asked.project.sources.map.file(file);
    let found = if asked.name.to_lowercase().ends_with(".toml") { of_key(asked) } else { of_name(asked) };
    let found = found.or_else(|| of_finding(asked));
    found.map_or(Value::Null, |told| {
        let span = Span::new(file, told.about.start, told.about.end);
        json!({ "contents": { "kind": "markdown", "value": told.words }, "range": range(source, span) })
    })
}

/// What is told.
struct Told {
    words: String,
    /// The bytes that they are about.
    about: Range<usize>,
}

/// The reference of a key of book.toml or a style.
fn of_key(asked: &Asked<'_>) -> Option<Told> {
    let (path, about) = key_at(&asked.text, asked.at)?;
    match terminal::key(&path) {
        Found::Text(text) => Some(Told { words: format!("```text\n{}\n```", text.trim_end()), about }),
        Found::Nothing(_) => None,
    }
}

/// A note's words, or the heading that a link leads to.
fn of_name(asked: &Asked<'_>) -> Option<Told> {
    let names = crate::manuscript::names(&asked.project.sources);
    let found = names.uses.iter().find(|it| under(asked, it.span))?;
    let words = match found.target {
        Target::Given(index) => names.given[index].words.clone(),
        Target::File(file) => format!("`{}`", asked.project.sources.map.file(file).name),
    };
    Some(Told { words, about: bytes(found.span) })
}

/// Why the finding that is shown there matters.
fn of_finding(asked: &Asked<'_>) -> Option<Told> {
    let mut findings = Vec::new();
    typeset(&asked.project, Ask::Nothing, None, &mut findings);
    let found = findings.iter().find(|finding| finding.span.is_some_and(|span| under(asked, span)))?;
    Some(Told { words: found.code.entry().explanation.to_owned(), about: bytes(found.span?) })
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}
