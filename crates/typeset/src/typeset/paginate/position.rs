//! The states of the search: places where a page may start, and ways to have come there.

use super::item::{ItemId, ShapeId};
use crate::pages::Compromise;

/// A place where a page may start. Two ways that have come to the same position have
/// the same pages before them, as far as what follows can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::typeset) struct Position {
    /// The item.
    // The order of these fields is that of comparison, so positions are sorted as they stand in the
    // text: equal costs are told apart by it, and no map's order ever decides between two layouts.
    pub item: ItemId,
    /// How it is broken, when its lines are already begun.
    pub shape: ShapeId,
    /// Its lines on earlier pages.
    pub line: u32,
    /// How many note lines stand on earlier pages.
    pub notes: u32,
    /// How many note lines should stand there: those of notes called.
    pub notes_due: u32,
    /// How many boxes that may float stand on earlier pages.
    pub floats: u32,
}

/// Which step of the search: its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StepId(pub u32);

/// A way to have come to a position.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub position: Position,
    /// The step before; `None` for the start.
    pub from: Option<StepId>,
    /// Of all pages up to here.
    pub cost: f64,
    /// Lines that the page before lacks, when it is a verso of this text: the recto
    /// beside it should lack as many.
    pub verso_short: Option<u32>,
    /// Items on the page that are not set in their natural way.
    pub chosen: Vec<ChosenShape>,
    pub compromises: Vec<Compromise>,
}

/// An item that is not set in its natural way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChosenShape {
    pub item: ItemId,
    pub shape: ShapeId,
}
