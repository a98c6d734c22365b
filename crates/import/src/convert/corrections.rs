//! `corrections.toml` of a book that was brought in: the editor's own corrections, made in the
//! texts after the proof, at this import and at every later one.

use super::report;
use crate::diag::{Code, Diagnostic};

/// A correction that counts.
struct Correction {
    was: String,
    now: String,
    /// The text that it is for; none for the whole book.
    file: Option<String>,
    /// Which of the passages that say so.
    nth: usize,
}

/// Makes the corrections that are approved; what cannot be made is a finding.
#[must_use]
pub fn correct(files: &mut [(String, Vec<u8>)], corrections: &str) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let table: toml::Table = match corrections.parse() {
        Ok(table) => table,
        Err(error) => {
            let message =
                format!("corrections.toml cannot be read, so no correction is made: {}", error.message());
            return vec![Diagnostic::new(Code::ImportDecisions, None, message)];
        }
    };
    let list = table.get("correction").and_then(toml::Value::as_array);
    let mut all: Vec<Correction> = list.into_iter().flatten().filter_map(approved).collect();
    // later passages first, so that the earlier ones keep their count
    all.sort_by_key(|correction| std::cmp::Reverse(correction.nth));
    let mut made = Vec::new();
    for correction in all {
        match place(files, &correction) {
            Some(file) => made.push((file, correction.was, correction.now)),
            None => findings.push(missing(&correction)),
        }
    }
    let page = files.iter_mut().find(|(name, _)| name == "import-report.html");
    if let Some((_, page)) = page.filter(|_| !made.is_empty()) {
        *page = report::with_corrections(&String::from_utf8_lossy(page), &made).into_bytes();
    }
    findings
}

/// The correction that an entry says; none when the editor has not approved it.
fn approved(entry: &toml::Value) -> Option<Correction> {
    let word = |key: &str| entry.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let is_approved = entry.get("approved").and_then(toml::Value::as_bool) == Some(true);
    let nth = entry.get("nth").and_then(toml::Value::as_integer).and_then(|n| usize::try_from(n).ok());
    let (was, now) = (word("was").filter(|was| !was.is_empty())?, word("now")?);
    is_approved.then(|| Correction { was, now, file: word("file"), nth: nth.unwrap_or(1).max(1) })
}

/// Makes the correction; the name of the text that held its words.
fn place(files: &mut [(String, Vec<u8>)], correction: &Correction) -> Option<String> {
    let mut nth = correction.nth;
    let is_meant =
        |name: &str| name.ends_with(".md") && correction.file.as_deref().is_none_or(|file| file == name);
    for (name, bytes) in files.iter_mut().filter(|(name, _)| is_meant(name)) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut places = text.match_indices(correction.was.as_str()).map(|(at, _)| at);
        match places.by_ref().nth(nth - 1) {
            Some(at) => {
                let (before, after) = (&text[..at], &text[at + correction.was.len()..]);
                *bytes = format!("{before}{}{after}", correction.now).into_bytes();
                return Some(name.clone());
            }
            None => nth -= text.matches(correction.was.as_str()).count(),
        }
    }
    None
}

fn missing(correction: &Correction) -> Diagnostic {
    let place = match &correction.file {
        Some(file) => format!("`{file}`"),
        None => "the texts".to_owned(),
    };
    let times = if correction.nth > 1 { format!(" {} times", correction.nth) } else { String::new() };
    let message =
        format!("“{}” does not stand{times} in {place}; the correction is not made", correction.was);
    Diagnostic::new(Code::ImportDecisions, None, message)
        .hint("write the words as the text has them, marks of Markdown included, or delete the correction")
}
