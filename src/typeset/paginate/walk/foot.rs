//! The foot of a page: what text and notes come to stand there, and what an
//! end at that place costs.

use super::ends::{Candidate, Compromises};
use super::{Cell, Walk};
use crate::length::Abs;
use crate::pages::Compromise;
use crate::typeset::paginate::{Spot, cost};

/// A place where the page may end.
pub(super) struct End {
    pub(super) unit: u32,
    pub(super) shape: u16,
    pub(super) line: u32,
    pub(super) owed: u32,
    /// What a break there parts, if anything.
    pub(super) parts: Option<Compromise>,
}

impl Walk<'_, '_> {
    /// Ends the page, if it can end so.
    pub(super) fn end(&mut self, cell: &Cell, depth: Abs, end: End) {
        let Some(foot) = self.foot(depth, end.owed) else { return };
        let unit = if end.line == 0 { self.walker.skip_space(end.unit) } else { end.unit };
        let spot = Spot {
            unit,
            shape: end.shape,
            line: end.line,
            notes: foot.set,
            owed: end.owed,
            floats: cell.floats,
        };
        if self.walker.floats_over_end(&spot) {
            return;
        }
        let severe = end.parts.is_some_and(|parts| cost::of(&parts) >= cost::ORPHAN);
        let finished = self.walker.is_end(&spot);
        let text_done = unit as usize == self.walker.units.len();
        let short = if text_done { 0 } else { foot.short };
        if short > self.most_short {
            return;
        }
        if severe && short > 0 && !self.found.ends.is_empty() {
            let least = self.from.cost + cell.cost + cost::ORPHAN + cost::SHORT;
            self.found.given_up = self.found.given_up.min(least);
            return;
        }
        let (thin, uneven) =
            if text_done { (self.thin(depth, finished), None) } else { self.of_depth(short) };
        let compromises = [foot.divides, end.parts, thin, uneven, self.late_figures(&spot)];
        self.keep(cell, spot, short, compromises);
    }

    /// Whether a page of that depth lacks more lines than are looked at, its
    /// notes being set. After most lines it does, so this must be quick.
    pub(super) fn lacks_too_many(&self, depth: Abs, owed: u32) -> bool {
        self.room_above_notes(depth, owed) >= self.too_much
    }

    pub(super) fn keep(&mut self, cell: &Cell, spot: Spot, short: u32, compromises: Compromises) {
        let price: f64 = compromises.iter().flatten().map(cost::of).sum();
        self.found.ends.push(Candidate {
            spot,
            cost: self.from.cost + cell.cost + price,
            verso_short: (!self.recto).then_some(short),
            compromises,
            trail: cell.trail,
        });
    }

    /// What text of that depth leaves empty when the notes owed stand below it;
    /// less than nothing when they cannot.
    fn room_above_notes(&self, depth: Abs, owed: u32) -> Abs {
        let from = self.from.spot.notes;
        let notes = if owed > from { self.walker.notes.height(from, owed) } else { Abs::ZERO };
        self.walker.frame.depth - depth - self.note_gap(depth, owed) - notes
    }

    /// What stands between text of that depth and the notes owed.
    fn note_gap(&self, depth: Abs, owed: u32) -> Abs {
        let parted = depth != Abs::ZERO && owed > self.from.spot.notes;
        if parted { self.walker.frame.note_gap } else { Abs::ZERO }
    }

    /// How the notes stand below text of that depth; none when it cannot be.
    fn foot(&self, depth: Abs, owed: u32) -> Option<Foot> {
        let room = self.walker.frame.depth - depth;
        if room < Abs::ZERO {
            return None;
        }
        let from = self.from.spot.notes;
        let left = self.room_above_notes(depth, owed);
        if left >= Abs::ZERO {
            return Some(Foot { set: owed.max(from), short: self.lines_in(left), divides: None });
        }
        Some(self.divided(from, owed, room - self.note_gap(depth, owed)))
    }

    fn divided(&self, from: u32, owed: u32, room: Abs) -> Foot {
        // A page that is all theirs takes as many lines as it can, and one at least.
        let fitting = || self.walker.notes.fitting(from, owed, room).max(from + 1);
        let least = if room >= self.walker.frame.depth { fitting() } else { from };
        let (set, begun) = self.walker.notes.divide(from, owed, room).unwrap_or((least, false));
        let lines = owed - set;
        let divides =
            Some(if begun { Compromise::SplitNote { lines } } else { Compromise::LateNote { lines } });
        let short = if set == from { self.lines_in(room.max(Abs::ZERO)) } else { 0 };
        Foot { set, short, divides }
    }

    fn lines_in(&self, room: Abs) -> u32 {
        ((room + self.walker.hair()).to_raw() / self.walker.step()) as u32
    }

    fn thin(&self, depth: Abs, finished: bool) -> Option<Compromise> {
        let lines = self.lines_in(depth);
        let later = self.from.from.is_some();
        (finished && later && lines < cost::THIN_LINES).then_some(Compromise::ThinLastPage { lines })
    }

    /// What a page that lacks so many lines gives up, by itself and beside its facing page.
    fn of_depth(&self, short: u32) -> (Option<Compromise>, Option<Compromise>) {
        let verso = self.from.verso_short.filter(|verso| *verso != short);
        (
            (short > 0).then_some(Compromise::ShortPage { lines: short }),
            verso.map(|verso| Compromise::UnevenSpread { lines: verso.abs_diff(short) }),
        )
    }

    fn late_figures(&self, spot: &Spot) -> Option<Compromise> {
        let waiting = self.walker.waiting(spot).len() as u32;
        let was_waiting = self.walker.waiting(&self.from.spot).len() as u32;
        let figures = waiting.min(was_waiting);
        (figures > 0).then_some(Compromise::LateFigure { figures })
    }
}

/// How the foot of a page comes to stand.
struct Foot {
    /// The end of the note lines that are set.
    set: u32,
    /// How many lines of text the page lacks.
    short: u32,
    divides: Option<Compromise>,
}
