//! Changes that a word processor kept track of: which stay, and how an editor is asked.
//!
//! `--changes ask` lays each of them into `decisions.toml`, accepted; the editor's word
//! (`editor = "reject"`) counts at the next import.

use super::Changes;
use super::element::Element;
use super::meta::quoted;
use super::settings::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Words that came in, or that went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Insertion,
    Deletion,
}

impl Kind {
    fn name(self) -> &'static str {
        if self == Kind::Insertion { "insertion" } else { "deletion" }
    }
}

/// What becomes of each change.
#[derive(Clone, Debug)]
pub(super) struct Verdicts {
    all: Option<bool>,
    rejected: BTreeSet<String>,
}

impl Verdicts {
    pub(super) fn of(changes: Changes<'_>) -> Verdicts {
        match changes {
            Changes::Accept => Verdicts { all: Some(true), rejected: BTreeSet::new() },
            Changes::Reject => Verdicts { all: Some(false), rejected: BTreeSet::new() },
            Changes::Ask(decisions) => Verdicts { all: None, rejected: rejected(decisions) },
        }
    }

    /// Whether the editor is asked.
    pub(super) fn are_asked(&self) -> bool {
        self.all.is_none()
    }

    /// Whether the change of that kind and id is accepted.
    pub(super) fn accept(&self, kind: Kind, id: &str) -> bool {
        self.all.unwrap_or_else(|| !self.rejected.contains(&name(kind, id)))
    }

    /// Whether the words of the change stand in the book.
    pub(super) fn keep(&self, kind: Kind, id: &str) -> bool {
        self.accept(kind, id) == (kind == Kind::Insertion)
    }
}

/// The changes that the editor rejected.
fn rejected(decisions: &str) -> BTreeSet<String> {
    let Some(settings) = Value::from_toml(decisions) else { return BTreeSet::new() };
    let is_rejected = |entry: &&Value| entry.text("editor").is_some_and(|word| word.starts_with("reject"));
    let all = settings.list("decision").iter().filter(is_rejected);
    all.filter_map(|entry| entry.text("id")).map(str::to_owned).collect()
}

fn name(kind: Kind, id: &str) -> String {
    format!("{}-{id}", kind.name())
}

/// The changes that were met, by their names, each with its words and who made it.
#[derive(Clone, Debug, Default)]
pub(super) struct Met(BTreeMap<String, (String, String)>);

impl Met {
    /// Remembers a change. `by` says who made it, and when.
    pub(super) fn add(&mut self, kind: Kind, id: &str, words: &str, by: String) {
        let (all, who) = self.0.entry(name(kind, id)).or_default();
        all.push_str(words);
        *who = by;
    }

    /// The decisions to be made, as `decisions.toml` has them; none when there are none.
    pub(super) fn decisions(&self) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        let mut out = String::from(
            "# The changes that were kept track of, all of them accepted. To reject one, add a line\n\
             #     editor = \"reject\"\n# below its verdict, and import again with --changes ask.\n",
        );
        for (id, (words, by)) in &self.0 {
            let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = if flat.is_empty() { "(the end of a paragraph)" } else { flat.as_str() };
            let _ = write!(
                out,
                "\n[[decision]]\nid = {}\nrule = \"tracked-change\"\nwords = {}\nverdict = \"accept\"\ninstead = \"reject\"\nevidence = {}\n",
                quoted(id),
                quoted(words),
                quoted(by)
            );
        }
        Some(out)
    }
}

/// Who made a change, and when: `Ed, 2026-01-02`.
pub(super) fn by(author: &str, date: &str) -> String {
    let day = date.split('T').next().unwrap_or("");
    let who = if author.is_empty() { "somebody" } else { author };
    if day.is_empty() { format!("by {who}") } else { format!("by {who}, {day}") }
}

/// The words of the first element of that name anywhere in an element.
pub(super) fn said(element: &Element, name: &str) -> String {
    element.find(name).map(|inner| inner.words().trim().to_owned()).unwrap_or_default()
}
