//! The proposals of all rules, gathered.

use super::super::decisions::id_of;
use super::super::model::Percent;
use super::view::View;
use std::collections::BTreeMap;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Proposal {
    /// Stable as long as the words around stay.
    pub id: String,
    /// The line of the block in the transcription.
    pub line: usize,
    /// Which of several equal passages in the block, from 1.
    pub nth: usize,
    /// The words as they stand.
    pub was: String,
    /// What to put instead; `None` when only the editor can know.
    pub now: Option<String>,
    /// Why.
    pub reason: String,
    /// How sure.
    pub confidence: Percent,
    /// The words around it.
    pub around: String,
}

/// Proposals for one paragraph at most: where there would be more, the
/// transcription is of another kind than the rules think, and the editor is
/// not to drown.
const MOST_IN_A_PARAGRAPH: usize = 16;

/// Capitals in mid-sentence in one text at most: where there are more, they are its habit, or it is verse.
const MOST_CAPITALS: usize = 12;

/// How often a rival form must stand before a rare one is suspected.
pub(super) const MANY: u32 = 4;

/// What is proposed so far.
#[derive(Default)]
pub(super) struct Found {
    pub(super) proposals: Vec<Proposal>,
    pub(super) times: BTreeMap<String, u32>,
    /// The line of the paragraph at hand, and how many proposals it has.
    pub(super) of_line: (usize, usize),
    /// How many proposals there were when the text at hand began.
    pub(super) before: usize,
}

/// A suspicion: the rule, the passage and what to put instead, why, and how sure.
pub(super) struct Suspicion<'a> {
    pub(super) rule: &'a str,
    pub(super) was: &'a str,
    pub(super) now: Option<&'a str>,
    pub(super) reason: String,
    pub(super) confidence: Percent,
}

impl Found {
    /// Whether the paragraph may have one more.
    fn has_room(&mut self, line: usize) -> bool {
        let count = if self.of_line.0 == line { self.of_line.1 } else { 0 };
        self.of_line = (line, count + 1);
        count < MOST_IN_A_PARAGRAPH
    }

    /// Ends a text: drops its capitals when they are too many to be faults.
    pub(super) fn forget_habits(&mut self) {
        let capital = |p: &Proposal| p.id.starts_with("stray-capital");
        let own = self.proposals.split_off(self.before);
        let many = own.iter().filter(|p| capital(p)).count() > MOST_CAPITALS;
        self.proposals.extend(own.into_iter().filter(|p| !(many && capital(p))));
        self.before = self.proposals.len();
    }

    /// A proposal for the passage at byte `at` of the view.
    pub(super) fn add(&mut self, view: &View, at: usize, suspicion: Suspicion<'_>) {
        if !self.has_room(view.line) {
            return;
        }
        let Suspicion { rule, was, now, reason, confidence } = suspicion;
        let text = &view.plain;
        let around = &text
            [text.floor_char_boundary(at.saturating_sub(24))..text.floor_char_boundary(at + was.len() + 24)];
        let mut id = id_of(rule, around);
        let times = self.times.entry(id.clone()).or_insert(0);
        *times += 1;
        if *times > 1 {
            id = format!("{id}-{times}");
        }
        let nth = text[..at].matches(was).count() + 1;
        let (was, now, around) = (was.to_owned(), now.map(str::to_owned), around.to_owned());
        self.proposals.push(Proposal { id, line: view.line, nth, was, now, reason, confidence, around });
    }
}
