//! The ways that a page may end, and how the items on it are set for each.

use crate::narrow::Nearest;
use crate::pages::Compromise;
use crate::typeset::paginate::item::{ItemId, ShapeId};
use crate::typeset::paginate::position::{ChosenShape, Position};

/// How many ways to end a page there mostly are.
const ENDS: usize = 32;

/// A way that a page may end.
pub(in crate::typeset::paginate) struct Candidate {
    pub position: Position,
    /// Of all pages up to this one.
    pub cost: f64,
    pub verso_short: Option<u32>,
    pub compromises: Compromises,
    pub(super) chosen: Option<BackPointer>,
}

/// The compromises of a page: of its notes, its last line, its depth (two)
/// and its floats. Tens of thousands of pages are thought of and forgotten, so
/// these stand in their place and not in memory of their own.
pub(in crate::typeset::paginate) type Compromises = [Option<Compromise>; 5];

/// The ways that a page may end.
pub(in crate::typeset::paginate) struct Ends {
    pub ends: Vec<Candidate>,
    /// The least that any other way would have cost.
    pub given_up: f64,
    choices: Vec<Choice>,
}

/// The last item so far that is not set in its natural way; those before it follow
/// from it. Most cells share all but the end of their choices, so a choice is one entry
/// with a pointer back, and a cell is a few bytes that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BackPointer(u32);

/// An item that is not set in its natural way, and those before it.
struct Choice {
    chosen: ChosenShape,
    before: Option<BackPointer>,
}

impl Default for Ends {
    fn default() -> Ends {
        Ends { ends: Vec::with_capacity(ENDS), given_up: f64::INFINITY, choices: Vec::new() }
    }
}

impl Ends {
    /// Adds an item to the choices `before`.
    pub(super) fn follow(
        &mut self,
        before: Option<BackPointer>,
        item: ItemId,
        shape: ShapeId,
    ) -> BackPointer {
        // The list is a tree with its edges turned round: a choice knows the one before it, and any
        // number of cells go on from the same choice. To follow a cell back takes as many steps as it
        // has choices, which is a handful a page.
        let pointer = BackPointer(u32::nearest(self.choices.len()));
        self.choices.push(Choice { chosen: ChosenShape { item, shape }, before });
        pointer
    }

    /// Remembers that something was given up that would have cost at least that.
    pub(super) fn give_up(&mut self, cost: f64) {
        self.given_up = self.given_up.min(cost);
    }

    /// The items on the page that are not set in their natural way.
    pub(in crate::typeset::paginate) fn chosen(&self, candidate: &Candidate) -> Vec<ChosenShape> {
        let mut chosen = Vec::new();
        let mut at = candidate.chosen;
        while let Some(choice) = at.and_then(|pointer| self.choices.get(pointer.0 as usize)) {
            chosen.push(choice.chosen);
            at = choice.before;
        }
        chosen.reverse();
        chosen
    }
}
