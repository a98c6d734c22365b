//! Titles that print other titles: what a cross-reference in a heading or a
//! caption says is put in its place, so that nobody who prints a title has to
//! follow references.
//!
//! Titles and their references are a graph. It is walked depth first without
//! recursion, for a chain may be as long as the book; a title is settled when all
//! that it refers to are. A reference to a title that is still open leads back to
//! itself: it is told of and left out.

use super::Resolver;
use crate::book::{AnchorId, Inline, InlineKind, plain};
use crate::bounds;
use crate::diag::{Code, Diagnostic};

/// Bytes of the longest title that references may make.
const LONGEST: usize = bounds::TITLE.count();

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Settled,
}

impl Resolver<'_> {
    /// Settles all titles.
    pub(super) fn settle_titles(&mut self) {
        let all: Vec<AnchorId> = self.places.anchors.iter().map(|(anchor, _)| anchor).collect();
        let mut states = vec![State::Unseen; all.len()];
        for anchor in all {
            self.settle(anchor, &mut states);
        }
    }

    fn settle(&mut self, first: AnchorId, states: &mut [State]) {
        let mut open = vec![first];
        while let Some(anchor) = open.last().copied() {
            match states[anchor.index()] {
                State::Settled => {
                    open.pop();
                }
                State::Unseen => {
                    states[anchor.index()] = State::Open;
                    let unseen = |to: &AnchorId| states[to.index()] == State::Unseen;
                    open.extend(self.references(anchor).into_iter().filter(unseen));
                }
                State::Open => {
                    self.fill(anchor, states);
                    states[anchor.index()] = State::Settled;
                    open.pop();
                }
            }
        }
    }

    /// The places whose titles a title prints.
    fn references(&self, anchor: AnchorId) -> Vec<AnchorId> {
        let mut found = Vec::new();
        let title = self.places.anchors.get(anchor).title.as_deref().unwrap_or_default();
        let mut lists = vec![title];
        while let Some(inlines) = lists.pop() {
            for inline in inlines {
                if let InlineKind::TitleOf(to) = inline.kind {
                    found.push(to);
                }
                lists.extend(inline.kind.children().map(Vec::as_slice));
            }
        }
        found
    }

    /// Puts the titles that a title refers to in their places.
    fn fill(&mut self, anchor: AnchorId, states: &[State]) {
        if self.references(anchor).is_empty() {
            return;
        }
        let mut title = self.places.anchors.get(anchor).title.clone().unwrap_or_default();
        let (mut circular, mut room) = (false, LONGEST);
        self.replace(&mut title, states, &mut circular, &mut room);
        let place = self.places.anchors.get_mut(anchor);
        place.title = Some(title);
        let message = if circular {
            "this title refers to itself, so it could never be printed"
        } else if room == 0 {
            "the titles that this title refers to are too long together"
        } else {
            return;
        };
        let finding = Diagnostic::new(Code::LinkCircular, place.span, message);
        self.findings.push(finding.hint("write the words yourself: [words](#id)"));
    }

    fn replace(&self, inlines: &mut Vec<Inline>, states: &[State], circular: &mut bool, room: &mut usize) {
        for mut inline in std::mem::take(inlines) {
            let InlineKind::TitleOf(to) = inline.kind else {
                if let Some(children) = inline.kind.children_mut() {
                    self.replace(children, states, circular, room);
                }
                inlines.push(inline);
                continue;
            };
            let title = self.places.anchors.get(to).title.as_deref().unwrap_or_default();
            *circular |= states[to.index()] == State::Open;
            let length = plain(title).len();
            *room = room.saturating_sub(length);
            if states[to.index()] == State::Settled && *room > 0 {
                inlines.extend_from_slice(title);
            }
        }
    }
}
