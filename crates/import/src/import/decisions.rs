//! The decisions of an import: each with its evidence, a stable id, and the
//! editor's word, which goes before ours.

use super::model::Percent;
use std::collections::BTreeMap;

/// A question that the importer answers.
pub(super) struct Case<'a> {
    /// The rule that answers.
    pub rule: &'static str,
    /// Where in the transcription, in bytes.
    pub at: usize,
    /// Words that tell this case from others; the id is made from them.
    pub key: &'a str,
    /// The two answers: what was proposed, and the other.
    pub verdicts: [&'static str; 2],
    /// How sure the proposal is.
    pub confidence: Percent,
    /// Why.
    pub evidence: String,
}

/// An answered case.
#[derive(Clone, Debug)]
pub(super) struct Decision {
    /// Stable as long as the words around it stay.
    pub id: String,
    /// The rule that decided.
    pub rule: &'static str,
    /// Where, in bytes.
    pub at: usize,
    /// What was proposed.
    pub verdict: &'static str,
    /// What else it could be.
    pub instead: &'static str,
    /// How sure, in per cent.
    pub confidence: Percent,
    /// Why.
    pub evidence: String,
    /// Words at the place.
    pub words: String,
    /// What the editor said.
    pub editor: Option<String>,
}

/// Below how many per cent an editor should look at a decision.
pub(super) const DOUBTFUL: Percent = 85;

impl Decision {
    /// Whether an editor should look at it: not sure enough, and nothing said yet.
    pub(super) fn is_doubtful(&self) -> bool {
        self.confidence < DOUBTFUL && self.editor.is_none()
    }

    /// Whether what was proposed stands.
    pub(super) fn stands(&self) -> bool {
        self.editor.as_deref().is_none_or(|e| e != self.instead)
    }
}

/// All decisions of a run.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// The decisions, in the order in which they were made.
    pub all: Vec<Decision>,
    editor: BTreeMap<String, String>,
    times: BTreeMap<String, u32>,
}

impl Decisions {
    /// No decisions yet; heeds what the editor decided, by id.
    pub(super) fn new(editor: BTreeMap<String, String>) -> Decisions {
        Decisions { editor, ..Decisions::default() }
    }

    /// Whether the proposal stands: the editor's word, or else ours.
    pub(super) fn decide(&mut self, case: Case<'_>) -> bool {
        let id = self.id(case.rule, case.key);
        let editor = self.editor.get(&id).cloned();
        let decision = Decision {
            id,
            rule: case.rule,
            at: case.at,
            verdict: case.verdicts[0],
            instead: case.verdicts[1],
            confidence: case.confidence,
            evidence: case.evidence,
            words: excerpt(case.key),
            editor,
        };
        let stands = decision.stands();
        self.all.push(decision);
        stands
    }

    /// The rule's name and a hash of the words; equal cases are numbered.
    fn id(&mut self, rule: &str, key: &str) -> String {
        let id = id_of(rule, key);
        let times = self.times.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { id } else { format!("{id}-{times}") }
    }

    /// What the editor said of the case with these words, if anything.
    pub(super) fn editor_on(&self, rule: &str, key: &str) -> Option<&str> {
        if self.editor.is_empty() {
            return None;
        }
        self.editor.get(&id_of(rule, key)).map(String::as_str)
    }

    /// Ids on which the editor had a word but that no longer come up.
    pub(super) fn orphans(&self) -> Vec<&str> {
        let known: std::collections::BTreeSet<&str> = self.all.iter().map(|d| d.id.as_str()).collect();
        self.editor.keys().map(String::as_str).filter(|id| !known.contains(id)).collect()
    }
}

/// An id from a rule's name and the words of the case.
pub(super) fn id_of(rule: &str, key: &str) -> String {
    format!("{rule}-{:08x}", hash(key))
}

/// FNV-1a over the characters that are not white space, folded to 32 bits.
fn hash(key: &str) -> u32 {
    let step = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let sum = key.bytes().filter(|b| !b.is_ascii_whitespace()).fold(0xcbf2_9ce4_8422_2325, step);
    ((sum ^ (sum >> 32)) & 0xffff_ffff) as u32
}

/// The first words, cut to a bearable length.
fn excerpt(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 72 {
        return flat;
    }
    flat.chars().take(71).chain(['…']).collect()
}
