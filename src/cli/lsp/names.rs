//! From a call to its note, from a link to its place, and back; and the same name in all places at once.

use super::asked::Asked;
use super::place::range;
use crate::diag::Span;
use crate::manuscript::{Given, Kind, Names, Target, Use, names};
use crate::reason::Reason;
use serde_json::{Map, Value, json};

/// Whether the place that is asked about is in the span.
pub(super) fn under(asked: &Asked<'_>, span: Span) -> bool {
    asked.file() == Some(span.file) && (span.start as usize..=span.end as usize).contains(&asked.at)
}

/// Where what is called or linked there stands.
pub(super) fn definition(asked: &Asked<'_>) -> Value {
    let names = names(&asked.project.sources);
    match names.uses.iter().find(|it| under(asked, it.span)).map(|it| it.target) {
        Some(Target::Given(index)) => asked.location(names.given[index].span),
        Some(Target::File(file)) => asked.location(Span::new(file, 0, 0)),
        None => Value::Null,
    }
}

/// Everything that leads to the note or place there, and the note or place itself.
pub(super) fn references(asked: &Asked<'_>) -> Value {
    let names = names(&asked.project.sources);
    let Some(index) = named(asked, &names) else { return Value::Null };
    let uses = uses(&names, index).map(|it| asked.location(it.span));
    std::iter::once(asked.location(names.given[index].span)).chain(uses).collect()
}

/// The headings of the document, as an outline.
pub(super) fn headings(asked: &Asked<'_>) -> Value {
    let names = names(&asked.project.sources);
    let here = names.given.iter().filter(|given| Some(given.span.file) == asked.file());
    let mut open: Vec<(u8, Value)> = Vec::new();
    let mut all: Vec<Value> = Vec::new();
    for (rank, given) in here.filter_map(|given| Some((given.rank?, given))) {
        fold(&mut open, &mut all, rank);
        let source = asked.project.sources.map.file(given.span.file);
        let at = range(source, given.span);
        let words = if given.words.is_empty() { "…" } else { &given.words };
        // 15 is a text, among the protocol's kinds of things
        let heading = json!({ "name": words, "kind": 15, "range": at, "selectionRange": at, "children": [] });
        open.push((rank, heading));
    }
    fold(&mut open, &mut all, 0);
    all.into()
}

/// Closes the headings that one of that rank ends, each below the one that holds it.
fn fold(open: &mut Vec<(u8, Value)>, all: &mut Vec<Value>, rank: u8) {
    while let Some((_, heading)) = open.pop_if(|(other, _)| *other >= rank) {
        let above = open.last_mut().and_then(|(_, above)| above["children"].as_array_mut());
        above.unwrap_or(all).push(heading);
    }
}

/// The name there that can be changed.
///
/// # Errors
/// Why it cannot.
pub(super) fn renamable(asked: &Asked<'_>) -> Result<Value, Reason> {
    let names = names(&asked.project.sources);
    let index = named(asked, &names).ok_or("there is no name of a note or place here")?;
    let given = &names.given[index];
    let used = names.uses.iter().find(|it| under(asked, it.span)).and_then(|it| it.written);
    let span = used.or(given.written).unwrap_or(given.span);
    let source = asked.project.sources.map.file(span.file);
    Ok(json!({ "range": range(source, span), "placeholder": given.id }))
}

/// The changes that give the note or place there another name, in every text that uses it. A heading
/// that has its name from its words gets one of its own.
///
/// # Errors
/// Why it cannot have that name.
pub(super) fn rename(asked: &Asked<'_>, name: &str) -> Result<Value, Reason> {
    let names = names(&asked.project.sources);
    let index = named(asked, &names).ok_or("there is no name of a note or place here")?;
    let given = &names.given[index];
    fits(&names, given, name)?;
    let mut changes: Map<String, Value> = Map::new();
    let mut change = |span: Span, text: &str| {
        let location = asked.location(span);
        let uri = location["uri"].as_str().unwrap_or_default().to_owned();
        let edit = json!({ "range": location["range"], "newText": text });
        if let Some(edits) = changes.entry(uri).or_insert_with(|| json!([])).as_array_mut() {
            edits.push(edit);
        }
    };
    match given.written {
        Some(span) => change(span, name),
        None if given.rank.is_some() => {
            let (span, end) = (given.span, end_of_heading(asked, given.span));
            change(Span::new(span.file, end, end), &format!(" {{#{name}}}"));
        }
        None => return Err(format!("`{}` has no name that is written out", given.id).into()),
    }
    for it in uses(&names, index) {
        let spelt = || format!("a link spells `{}` in another way; change that one first", given.id);
        change(it.written.ok_or_else(spelt)?, name);
    }
    Ok(json!({ "changes": changes }))
}

/// Whether a note or place may have that name.
fn fits(names: &Names, given: &Given, name: &str) -> Result<(), Reason> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    if name.is_empty() || !name.chars().all(is_plain) {
        return Err("a name has letters, digits, `-`, `_`, `.` and `:` alone".into());
    }
    let taken = names
        .given
        .iter()
        .any(|other| other.kind == given.kind && other.id == name && other.span.file == given.span.file);
    if taken { Err(format!("`{name}` is taken in this text").into()) } else { Ok(()) }
}

/// Where the words of a heading's line end.
fn end_of_heading(asked: &Asked<'_>, span: Span) -> usize {
    let text = &asked.project.sources.map.file(span.file).text;
    let start = span.start as usize;
    let line = text[start..].split(['\r', '\n']).next().unwrap_or_default();
    start + line.trim_end_matches(['#', ' ', '\t']).len()
}

/// The note or place whose name, call or link is asked about.
fn named(asked: &Asked<'_>, names: &Names) -> Option<usize> {
    let used = names.uses.iter().find(|it| under(asked, it.span)).and_then(|it| match it.target {
        Target::Given(index) => Some(index),
        Target::File(_) => None,
    });
    let at_name = |given: &Given| given.written.is_some_and(|span| under(asked, span));
    let at_heading = |given: &Given| given.rank.is_some() && under(asked, given.span);
    let position = |test: &dyn Fn(&Given) -> bool| names.given.iter().position(test);
    used.or_else(|| position(&at_name)).or_else(|| position(&at_heading))
}

fn uses(names: &Names, index: usize) -> impl Iterator<Item = &Use> {
    names.uses.iter().filter(move |it| it.target == Target::Given(index))
}

/// The names of that kind that a document may use: those of its own, and of places those of others.
pub(super) fn usable<'n>(asked: &Asked<'_>, names: &'n Names, kind: Kind) -> impl Iterator<Item = &'n Given> {
    let file = asked.file();
    let mine =
        move |given: &&Given| given.kind == kind && (kind == Kind::Place || Some(given.span.file) == file);
    names.given.iter().filter(mine)
}
