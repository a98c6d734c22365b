//! Notes at the feet of turned pages: those that are called on them.

use super::turned_unit::Unit;
use crate::book::NoteId;
use crate::length::{Abs, Size};
use crate::typeset::flow_item::Fragment;

/// White above the notes, in lines of the text: as on other pages.
const GAP: f64 = 0.75;
/// How far above the first note the rule stands, in lines of the text.
const RULE: f64 = 0.3;
/// How thick the rule is, in points, and how long, in lines of the text.
const RULE_SIZE: (f64, i64) = (0.4, 4);

/// A note, made into lines.
pub(super) struct NoteLines {
    pub(super) note: NoteId,
    /// How many notes after it are called in it, or in those.
    pub(super) nested: usize,
    pub(super) units: Vec<Unit>,
}

/// The notes of turned pages, in the order of their calls.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<NoteLines>,
    /// How high each is.
    heights: Vec<Abs>,
    /// Those that stand at a foot, or behind the pages.
    given: Vec<bool>,
    /// Those for which their page has no room.
    late: Vec<usize>,
    /// A line of the text.
    line: Abs,
}

impl Notes {
    pub(super) fn new(notes: Vec<NoteLines>, line: Abs) -> Notes {
        let heights = notes.iter().map(|note| note.units.iter().map(|unit| unit.height).sum()).collect();
        let given = vec![false; notes.len()];
        Notes { notes, heights, given, late: Vec::new(), line }
    }

    /// The white between the text and the notes.
    pub(super) fn gap(&self) -> Abs {
        self.line.scale(GAP)
    }

    /// How high those notes are.
    pub(super) fn height(&self, notes: &[usize]) -> Abs {
        notes.iter().map(|at| self.heights[*at]).sum()
    }

    /// Gives each unit the notes that are called in it for the first time, and those that they call. A unit
    /// that would not stand on one page with them does without, and so do all that follow: notes stand in
    /// the order of their calls.
    pub(super) fn give<'u>(&mut self, units: impl Iterator<Item = (Vec<NoteId>, &'u mut Unit)>, depth: Abs) {
        for (calls, unit) in units {
            let called: Vec<usize> = calls.into_iter().flat_map(|note| self.with_nested(note)).collect();
            let called: Vec<usize> =
                called.into_iter().filter(|at| !std::mem::replace(&mut self.given[*at], true)).collect();
            // A third of the page is left for what a table repeats above its rows.
            let fits = unit.height + self.gap() + self.height(&called) <= depth * 2 / 3;
            if fits && self.late.is_empty() {
                unit.notes = called;
            } else {
                self.late.extend(called);
            }
        }
    }

    fn with_nested(&self, note: NoteId) -> std::ops::Range<usize> {
        let at = self.notes.iter().position(|lines| lines.note == note);
        at.map_or(0..0, |at| at..at + 1 + self.notes[at].nested)
    }

    /// The lines of the notes for which there was no room, below white.
    pub(super) fn late(&mut self) -> Vec<Unit> {
        let late = std::mem::take(&mut self.late);
        self.behind(late)
    }

    /// Likewise of those that no page was asked for.
    pub(super) fn left(&mut self) -> Vec<Unit> {
        let left = (0..self.notes.len()).filter(|at| !self.given[*at]).collect();
        self.behind(left)
    }

    fn behind(&mut self, notes: Vec<usize>) -> Vec<Unit> {
        if notes.is_empty() {
            return Vec::new();
        }
        let mut units = vec![Unit { height: self.line, white: true, ..Unit::default() }];
        for at in notes {
            units.append(&mut self.notes[at].units);
        }
        units
    }

    /// What those notes draw at the foot of a page of that depth, below a rule.
    pub(super) fn at_foot(&mut self, notes: &[usize], depth: Abs) -> Vec<Fragment> {
        if notes.is_empty() {
            return Vec::new();
        }
        // From the foot upwards, as on pages that are not turned: the last note ends where their text does,
        // however much white the table leaves above them.
        let mut y = depth - self.height(notes);
        let size = Size::new(self.line * RULE_SIZE.1, Abs::pt(RULE_SIZE.0));
        let mut fragments = vec![Fragment::Rule(Abs::ZERO, y - self.line.scale(RULE), size)];
        for at in notes {
            for unit in std::mem::take(&mut self.notes[*at].units) {
                fragments.extend(unit.fragments.into_iter().map(|fragment| fragment.lowered(y)));
                y += unit.height;
            }
        }
        fragments
    }
}
