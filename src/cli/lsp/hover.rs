//! What a place of a document means: a key, a note, where a link leads, why a finding matters.

use super::asked::Asked;
use super::names::under;
use super::offers::key_at;
use super::place::range;
use crate::cli::produce::{Ask, typeset};
use crate::diag::Span;
use crate::manuscript::Target;
use crate::reference::terminal::{self, Found};
use serde_json::{Value, json};

/// The words for the place that is asked about; nothing where there are none.
pub(super) fn hover(asked: &Asked<'_>) -> Value {
    let Some(file) = asked.file() else { return Value::Null };
    let source = asked.project.sources.map.file(file);
    let found = if asked.name.to_lowercase().ends_with(".toml") { of_key(asked) } else { of_name(asked) };
    let found = found.or_else(|| of_finding(asked));
    found.map_or(Value::Null, |(words, start, end)| {
        let span = Span::new(file, start, end);
        json!({ "contents": { "kind": "markdown", "value": words }, "range": range(source, span) })
    })
}

/// Words, and the bytes that they are about.
type Words = (String, usize, usize);

/// The reference of a key of book.toml or a style.
fn of_key(asked: &Asked<'_>) -> Option<Words> {
    let (path, start, end) = key_at(&asked.text, asked.at)?;
    match terminal::key(&path) {
        Found::Text(text) => Some((format!("```text\n{}\n```", text.trim_end()), start, end)),
        Found::Nothing(_) => None,
    }
}

/// A note's words, or the heading that a link leads to.
fn of_name(asked: &Asked<'_>) -> Option<Words> {
    let names = crate::manuscript::names(&asked.project.sources);
    let found = names.uses.iter().find(|it| under(asked, it.span))?;
    let words = match found.target {
        Target::Given(index) => names.given[index].words.clone(),
        Target::File(file) => format!("`{}`", asked.project.sources.map.file(file).name),
    };
    Some((words, found.span.start as usize, found.span.end as usize))
}

/// Why the finding that is shown there matters.
fn of_finding(asked: &Asked<'_>) -> Option<Words> {
    let mut findings = Vec::new();
    typeset(&asked.project, Ask::Nothing, None, &mut findings);
    let found = findings.iter().find(|finding| finding.span.is_some_and(|span| under(asked, span)))?;
    let span = found.span?;
    Some((found.code.entry().explanation.to_owned(), span.start as usize, span.end as usize))
}
