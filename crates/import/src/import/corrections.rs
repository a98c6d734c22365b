//! `corrections.toml`: proposals for the editor, and what the editor approved.

use super::model::{Draft, Inline, Join};
use super::suggestions::Proposal;
use crate::diag::{Code, Diagnostic};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = "\
# Suspected faults of the transcription. Nothing is changed until it is approved:
# set  approved = true  (and give `now` where it is missing, or change it) and
# import again. What the editor approved, refused or added is kept.
# An own correction needs `line` (of the transcription), `was`, `now` and `approved`.
";

/// A correction as corrections.toml has it.
#[derive(Clone, Debug)]
pub(super) struct Correction {
    id: Option<String>,
    line: usize,
    nth: usize,
    was: String,
    now: Option<String>,
    approved: Option<bool>,
}

/// The editor's corrections of an earlier run.
pub(super) fn read(file: Option<&str>, findings: &mut Vec<Diagnostic>) -> Vec<Correction> {
    let Some(file) = file else { return Vec::new() };
    let table: toml::Table = match file.parse() {
        Ok(table) => table,
        Err(error) => {
            let message =
                format!("corrections.toml cannot be read, so no correction is applied: {}", error.message());
            findings.push(Diagnostic::new(Code::ImportDecisions, None, message));
            return Vec::new();
        }
    };
    let list = table.get("correction").and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(one).collect()
}

fn one(table: &toml::Value) -> Option<Correction> {
    let word = |key: &str| table.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let number =
        |key: &str| table.get(key).and_then(toml::Value::as_integer).and_then(|n| usize::try_from(n).ok());
    Some(Correction {
        id: word("id"),
        line: number("line")?,
        nth: number("nth").unwrap_or(1),
        was: word("was").filter(|w| !w.is_empty())?,
        now: word("now"),
        approved: table.get("approved").and_then(toml::Value::as_bool),
    })
}

/// Applies what is approved; a correction whose words are gone is a finding. Returns how many were applied.
pub(super) fn apply(draft: &mut Draft, corrections: &[Correction], findings: &mut Vec<Diagnostic>) -> usize {
    let mut applied = 0;
    let mut order: Vec<&Correction> = corrections.iter().filter(|c| c.approved == Some(true)).collect();
    // Later passages first, so that the earlier ones keep their count.
    order.sort_by_key(|c| (c.line, std::cmp::Reverse(c.nth)));
    for correction in order {
        let Some(now) = &correction.now else { continue };
        if place(draft, correction, now) {
            applied += 1;
        } else {
            let message = format!(
                "line {} does not hold “{}” any more; the correction is not applied",
                correction.line, correction.was
            );
            findings.push(Diagnostic::new(Code::ImportDecisions, None, message));
        }
    }
    applied
}

/// Sets the correction into the block or note of its line.
fn place(draft: &mut Draft, correction: &Correction, now: &str) -> bool {
    let mut nth = correction.nth;
    if let Some(note) = draft.notes.iter_mut().find(|n| n.line == correction.line) {
        return note.runs_mut().any(|p| fix(p, correction, now, &mut nth));
    }
    let Some(first) = draft.blocks.iter().rposition(|b| b.line <= correction.line) else { return false };
    for index in first..draft.blocks.len() {
        if index > first && draft.gaps[index].join == Join::Apart {
            break;
        }
        if fix(&mut draft.blocks[index].inlines, correction, now, &mut nth) {
            return true;
        }
    }
    false
}

/// Replaces the `nth` passage in a run of inlines; counts down what it passes.
fn fix(inlines: &mut Vec<Inline>, correction: &Correction, now: &str, nth: &mut usize) -> bool {
    for index in 0..inlines.len() {
        let Inline::Text(text) = &inlines[index] else { continue };
        for (at, was) in text.match_indices(correction.was.as_str()) {
            *nth = nth.saturating_sub(1);
            if *nth == 0 {
                let (before, after) = (text[..at].to_owned(), text[at + was.len()..].to_owned());
                let fixed = Inline::Fix { was: was.to_owned(), now: now.to_owned() };
                inlines.splice(index..=index, [Inline::Text(before), fixed, Inline::Text(after)]);
                return true;
            }
        }
    }
    false
}

/// The file: our proposals with the editor's word, then the editor's own corrections.
pub(super) fn write(proposals: &[Proposal], editor: &[Correction]) -> String {
    let said: BTreeMap<&str, &Correction> =
        editor.iter().filter_map(|c| Some((c.id.as_deref()?, c))).collect();
    let mut out = HEAD.to_owned();
    for proposal in proposals {
        let word = said.get(proposal.id.as_str());
        let now = word.and_then(|w| w.now.as_ref()).or(proposal.now.as_ref());
        let approved = word.and_then(|w| w.approved).unwrap_or(false);
        entry(&mut out, Some(&proposal.id), proposal.line, proposal.nth, &proposal.was, now);
        let _ = writeln!(out, "reason = {}", quoted(&proposal.reason));
        let _ = writeln!(out, "confidence = 0.{:02}\napproved = {approved}", proposal.confidence.min(99));
    }
    let ours: BTreeMap<&str, ()> = proposals.iter().map(|p| (p.id.as_str(), ())).collect();
    for own in editor.iter().filter(|c| c.id.as_deref().is_none_or(|id| !ours.contains_key(id))) {
        entry(&mut out, own.id.as_deref(), own.line, own.nth, &own.was, own.now.as_ref());
        let _ = writeln!(out, "approved = {}", own.approved.unwrap_or(false));
    }
    out
}

fn entry(out: &mut String, id: Option<&str>, line: usize, nth: usize, was: &str, now: Option<&String>) {
    out.push_str("\n[[correction]]\n");
    if let Some(id) = id {
        let _ = writeln!(out, "id = {}", quoted(id));
    }
    let _ = writeln!(out, "line = {line}");
    if nth > 1 {
        let _ = writeln!(out, "nth = {nth}");
    }
    let _ = writeln!(out, "was = {}", quoted(was));
    if let Some(now) = now {
        let _ = writeln!(out, "now = {}", quoted(now));
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
