//! `decisions.toml`: every decision for the editor to review and overrule.

use super::decisions::{Decision, Decisions};
use super::model::Draft;
use super::pages::PageMap;
use crate::diag::{Code, Diagnostic};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = "\
# The decisions of the import: first those that an editor should look at, then
# those that are hardly in doubt; both in the order of the transcription.
# To overrule one, add a line  editor = \"…\"  with the words of `instead`
# (or of `verdict`, to confirm), and import again. Ids stay as long as the
# words around the place stay. What the editor wrote is kept.
";

/// The editor's words of an earlier run, by id.
pub(super) fn read(file: Option<&str>, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let Some(file) = file else { return BTreeMap::new() };
    let table: toml::Table = match file.parse() {
        Ok(table) => table,
        Err(error) => {
            let message = format!(
                "decisions.toml cannot be read, so none of the editor's decisions counts: {}",
                error.message()
            );
            findings.push(Diagnostic::new(Code::ImportDecisions, None, message));
            return BTreeMap::new();
        }
    };
    let list = table.get("decision").and_then(toml::Value::as_array);
    let word = |t: &toml::Value, key: &str| t.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    list.into_iter().flatten().filter_map(|t| Some((word(t, "id")?, word(t, "editor")?))).collect()
}

/// A finding for each of the editor's decisions whose place is gone.
pub(super) fn report_orphans(decisions: &Decisions, findings: &mut Vec<Diagnostic>) {
    for id in decisions.orphans() {
        let message = format!("the editor decided on {id}, but no such question comes up any more");
        findings.push(Diagnostic::new(Code::ImportDecisions, None, message));
    }
    for decision in &decisions.all {
        if let Some(word) =
            decision.editor.as_deref().filter(|w| *w != decision.verdict && *w != decision.instead)
        {
            let message = format!(
                "{}: “{word}” is neither “{}” nor “{}”",
                decision.id, decision.verdict, decision.instead
            );
            findings.push(Diagnostic::new(Code::ImportDecisions, None, message));
        }
    }
}

/// All decisions, and the page map, as TOML.
pub(super) fn write(decisions: &Decisions, source: &str, map: Option<&PageMap>, draft: &Draft) -> String {
    let mut out = HEAD.to_owned();
    learnt(&mut out, draft);
    if let Some(map) = map {
        page_map(&mut out, map, draft);
    }
    let mut decisions: Vec<&Decision> = decisions.all.iter().collect();
    decisions.sort_by_key(|d| (!d.is_doubtful(), d.at));
    let doubtful = decisions.iter().filter(|d| d.is_doubtful()).count();
    let mut lines = Lines::new(source);
    for (index, decision) in decisions.into_iter().enumerate() {
        if index == 0 && doubtful > 0 {
            let _ =
                writeln!(out, "\n# ---- To review: {doubtful} below {} % ----", super::decisions::DOUBTFUL);
        }
        if index == doubtful {
            let _ = writeln!(out, "\n# ---- Hardly in doubt ----");
            lines = Lines::new(source);
        }
        let line = lines.line(decision.at);
        let _ =
            writeln!(out, "\n[[decision]]\nid = {}\nrule = {}", quoted(&decision.id), quoted(decision.rule));
        let _ = writeln!(out, "line = {line}\nwords = {}", quoted(&decision.words));
        let _ =
            writeln!(out, "verdict = {}\ninstead = {}", quoted(decision.verdict), quoted(decision.instead));
        let _ = writeln!(out, "confidence = {}", share(decision.confidence));
        let _ = writeln!(out, "evidence = {}", quoted(&decision.evidence));
        if let Some(editor) = &decision.editor {
            let _ = writeln!(out, "editor = {}", quoted(editor));
        }
    }
    out
}

/// What was learnt of the whole document before any decision.
fn learnt(out: &mut String, draft: &Draft) {
    out.push_str("\n[document]\n");
    for (name, value) in &draft.parameters {
        let _ = writeln!(out, "{} = {}", name.replace(' ', "-"), quoted(value));
    }
    if !draft.furniture.is_empty() {
        let count = draft.furniture.len();
        let _ = writeln!(
            out,
            "\n# Left out as running heads and page numbers: {count} lines.\n[left-out]\nlines = ["
        );
        for (line, words) in &draft.furniture {
            let _ = writeln!(out, "    {},", quoted(&format!("{line}: {words}")));
        }
        out.push_str("]\n");
    }
}

/// The pages of the old edition: where each ends, how sure that is, and what else is likely.
fn page_map(out: &mut String, map: &PageMap, draft: &Draft) {
    let _ = writeln!(
        out,
        "\n[map]\nlines = {:.1}        # lines that a full page holds, by estimate",
        map.capacity.0
    );
    let _ = writeln!(out, "measure = {:.0}        # characters to the line", map.capacity.1);
    for end in &map.ends {
        let line = |gap: usize| draft.blocks.get(gap).map_or(0, |b| b.line);
        let number = if end.page.roman { quoted(&end.page.to_string()) } else { end.page.to_string() };
        let _ = writeln!(out, "\n[[page]]\nnumber = {number}\ncertain = {}", end.certain);
        let _ = writeln!(out, "confidence = {}\nevidence = {}", share(end.confidence), quoted(&end.evidence));
        if line(end.gap) > 0 {
            let _ = writeln!(out, "next-line = {}", line(end.gap));
        }
        if let Some((gap, sure)) = end.runner_up {
            let _ =
                writeln!(out, "runner-up = {{ next-line = {}, confidence = {} }}", line(gap), share(sure));
        }
    }
}

fn share(percent: u8) -> String {
    format!("0.{:02}", percent.min(99))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Line numbers for rising places.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Lines<'a> {
        Lines { text, at: 0, line: 1 }
    }

    fn line(&mut self, at: usize) -> usize {
        let to = at.clamp(self.at, self.text.len());
        self.line += self.text.as_bytes()[self.at..to].iter().filter(|b| **b == b'\n').count();
        self.at = to;
        self.line
    }
}
