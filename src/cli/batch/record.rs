//! `catalogue.json`: what came of every book, for scripts; and the plan of a run.

use super::super::manifest::tool;
use super::done::Done;
use super::key::Keys;
use super::outcome::Told;
use super::plan::Plan;
use super::planned::PlannedBook;
use crate::diag::Error;
use crate::project::{MAX_FILE, Output, Tree, read_file, write_all};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The name of the record.
const RECORD: &str = "catalogue.json";

/// Writes the record, and says where. It holds no clock and does not say which books
/// were made now: after the same books it is the same. Books that were left out keep
/// what an earlier run said of them.
///
/// # Errors
/// When the folder may not be written to.
pub(super) fn write(plan: &Plan, done: &[Done]) -> Result<PathBuf, Error> {
    let path = plan.record.join(RECORD);
    let mut entries = earlier(plan);
    for (book, done) in plan.books.iter().zip(done) {
        entries.insert(book.name.clone(), entry(book, done));
    }
    let books: Vec<Value> = plan.names.iter().filter_map(|name| entries.remove(name)).collect();
    let bytes = text(&json!({ "tool": tool(), "books": books }))?.into_bytes();
    if read_file(&path, MAX_FILE).ok().as_ref() != Some(&bytes) {
        let folder = if plan.record.as_os_str().is_empty() { ".".into() } else { plan.record.clone() };
        write_all(&folder, &[Output { name: RECORD.to_owned(), bytes }])?;
    }
    Ok(path)
}

/// The entries of an earlier run for books that are left out now.
fn earlier(plan: &Plan) -> BTreeMap<String, Value> {
    if plan.is_whole {
        return BTreeMap::new();
    }
    let bytes = read_file(&plan.record.join(RECORD), MAX_FILE).unwrap_or_default();
    let record: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let books = record["books"].as_array().cloned().unwrap_or_default();
    let named = |book: Value| Some((book["book"].as_str()?.to_owned(), book));
    books.into_iter().filter_map(named).collect()
}

fn entry(book: &PlannedBook, done: &Done) -> Value {
    match &done.outcome {
        Err(reason) => json!({ "book": book.name, "exit": 3, "error": **reason }),
        Ok(outcome) => json!({
            "book": book.name,
            "title": outcome.title,
            "exit": i32::from(outcome.errors > 0),
            "pages": outcome.pages,
            "errors": outcome.errors,
            "warnings": outcome.warnings,
            "refused": outcome.refused,
            "findings": outcome.findings.iter().map(finding).collect::<Vec<_>>(),
            "outputs": outcome.outputs,
        }),
    }
}

fn finding(told: &Told) -> Value {
    serde_json::from_str(&told.json).unwrap_or_default()
}

/// The plan in JSON: each book with its folder, the key of its build, what it shares,
/// and the hashes of its files.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn plan(plan: &Plan, keys: &Keys) -> Result<String, Error> {
    let book = |book: &PlannedBook| {
        let tree = keys.tree(book, &Tree::new());
        let files: BTreeMap<&String, &String> = tree.iter().map(|(name, (_, hash))| (name, hash)).collect();
        json!({
            "book": book.name,
            "folder": book.root,
            "out": book.out,
            "key": keys.of(book, &tree),
            "shared": book.shared.as_ref().map(|shared| shared.paths()).unwrap_or_default(),
            "files": files,
            "catalogue": book.shared.as_ref().map(|shared| shared.excerpt(&book.name)),
        })
    };
    let books: Vec<Value> = plan.books.iter().map(book).collect();
    text(&json!({ "tool": tool(), "books": books }))
}

fn text(record: &Value) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(record).map_err(|e| Error::new(e.to_string()))?;
    Ok(text + "\n")
}
