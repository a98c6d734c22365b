//! The foot of a page: what text and notes come to stand there, and what an
//! end at that place costs.

use super::ends::{Candidate, Compromises};
use super::state::{Cell, MostShort, Walk};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::pages::{Compromise, UnevenBy};
use crate::typeset::paginate::cost;
use crate::typeset::paginate::item::{ItemId, ShapeId};
use crate::typeset::paginate::position::Position;

/// A place where the page may end.
pub(super) struct PageEnd {
    pub(super) item: ItemId,
    pub(super) shape: ShapeId,
    pub(super) line: u32,
    pub(super) notes_due: u32,
    /// What a break there parts, if anything.
    pub(super) parts: Option<Compromise>,
}

impl Walk<'_, '_> {
    /// Ends the page, if it can end so.
    pub(super) fn end(&mut self, cell: &Cell, depth: Abs, end: PageEnd) {
        let Some(foot) = self.foot(depth, end.notes_due) else { return };
        let item = if end.line == 0 { self.walker.skip_space(end.item) } else { end.item };
        let position = Position {
            item,
            shape: end.shape,
            line: end.line,
            notes: foot.set,
            notes_due: end.notes_due,
            floats: cell.floats,
        };
        if self.walker.floats_over_end(&position) {
            return;
        }
        // Two thresholds follow from the costs: what is as bad as an orphan is severe, and a severe
        // end that is short as well is never better than a severe one that is full. It is looked at
        // only for want of any other, and the bound remembers what it would have cost at least.
        let severe = end.parts.is_some_and(|parts| cost::of(&parts) >= cost::ORPHAN);
        let finished = self.walker.is_end(&position);
        let text_done = item == self.walker.end();
        // The last page of a text is not short, it is done; neither is one that the author ends.
        let (short, left) = match foot.short {
            _ if text_done || self.walker.is_page_end(end.item, end.line) => (0, 0),
            lines if lines <= cost::BEFORE_TITLE && self.walker.is_text_end(end.item, end.line) => (0, lines),
            lines => (lines, 0),
        };
        // Two lines of text above white above notes look like a mistake: a page that has more of the text, or
        // none, is better, unless it parts something dearer.
        let noted = foot.set > self.from.position.notes;
        let few = noted && short > 0 && depth > Abs::ZERO && self.lines_in(depth) < cost::FEW_LINES;
        let alone = if few { cost::FEW_ABOVE_WHITE } else { 0.0 };
        let before_title = f64::from(left) * cost::LEFT_BEFORE_TITLE;
        let cell = &Cell { cost: cell.cost + before_title + alone + foot.uneven, ..*cell };
        if matches!(self.most_short, MostShort::Lines(most) if short > most) {
            return;
        }
        // A page that is short and severed as well is looked at only for want of others.
        if severe && short > 0 && !self.found.ends.is_empty() {
            self.found.give_up(self.from.cost + cell.cost + cost::ORPHAN + cost::SHORT);
            return;
        }
        // What a page gives up is of two kinds: of itself, and beside the page that faces it. A last
        // page has nothing that it must be level with, but may be too thin to be worth its leaf.
        let (thin, uneven) =
            if text_done { (self.thin(depth, finished), None) } else { self.of_depth(short) };
        let compromises = [foot.divides, end.parts, thin, uneven, self.late_figures(&position)];
        self.keep(cell, position, short, compromises);
    }

    /// Whether a page of that depth lacks more lines than are looked at, its
    /// notes being set. After most lines it does, so this must be quick.
    pub(super) fn lacks_too_many(&self, depth: Abs, notes_due: u32) -> bool {
        self.is_too_short(self.room_above_notes(depth, notes_due))
    }

    /// After how many lines below that depth a page would lack more lines than are looked at, when none of
    /// them calls a note.
    pub(super) fn lines_lacking_too_many(&self, depth: Abs, leading: Abs, notes_due: u32) -> u32 {
        let most = self.room_above_notes(depth + leading, notes_due) - self.too_much();
        if most < Abs::ZERO || leading <= Abs::ZERO {
            return 0;
        }
        u32::try_from(most.to_raw() / leading.to_raw() + 1).unwrap_or(u32::MAX)
    }

    /// Adds an end to those found.
    pub(super) fn keep(&mut self, cell: &Cell, position: Position, short: u32, compromises: Compromises) {
        let price: f64 = compromises.iter().flatten().map(cost::of).sum();
        self.found.ends.push(Candidate {
            position,
            cost: self.from.cost + cell.cost + price,
            verso_short: (!self.recto).then_some(short),
            compromises,
            chosen: cell.chosen,
        });
    }

    /// What text of that depth leaves empty when the notes due stand below it;
    /// less than nothing when they cannot.
    fn room_above_notes(&self, depth: Abs, notes_due: u32) -> Abs {
        let from = self.from.position.notes;
        let notes = if notes_due > from { self.walker.notes.height(from, notes_due) } else { Abs::ZERO };
        self.walker.frame.depth - depth - self.note_gap(depth, notes_due) - notes
    }

    /// What stands between text of that depth and the notes due.
    fn note_gap(&self, depth: Abs, notes_due: u32) -> Abs {
        // On a page that is all notes nothing has to be told from them, so there is no gap.
        let parted = depth != Abs::ZERO && notes_due > self.from.position.notes;
        if parted { self.walker.frame.note_gap } else { Abs::ZERO }
    }

    /// How the notes stand below text of that depth; `None` when it cannot be.
    fn foot(&self, depth: Abs, notes_due: u32) -> Option<Foot> {
        let room = self.walker.frame.depth - depth;
        if room < Abs::ZERO {
            return None;
        }
        let from = self.from.position.notes;
        let left = self.room_above_notes(depth, notes_due);
        // All notes that are due stand on this page, as they mostly do. Also those go here that an
        // earlier page could not hold, which is why the roll is read from where the last page ended.
        if left >= Abs::ZERO {
            let (set, short) = (notes_due.max(from), self.lines_in(left));
            return Some(Foot { set, short, divides: None, uneven: 0.0 });
        }
        Some(self.divided(from, notes_due, room - self.note_gap(depth, notes_due)))
    }

    fn divided(&self, from: u32, notes_due: u32, room: Abs) -> Foot {
        // A page that is all theirs takes as many lines as it can, and one at least.
        // Not all fit: the roll is divided. The least that is set is nothing, so the note begins
        // overleaf, except on a page that holds no text; without that a note longer than a page would
        // never end.
        let fitting = || self.walker.notes.fitting(from, notes_due, room).max(from + 1);
        let least = if room >= self.walker.frame.depth { fitting() } else { from };
        let (set, begun) = self.walker.notes.divide(from, notes_due, room).unwrap_or((least, false));
        let lines = notes_due - set;
        let divides =
            Some(if begun { Compromise::SplitNote { lines } } else { Compromise::LateNote { lines } });
        let short = if set == from { self.lines_in(room.max(Abs::ZERO)) } else { 0 };
        // A page may end after any line, so how much of a note it takes is free within the room below its
        // call: both of its parts are as long as can be, one that is a few lines long looks forgotten.
        let start = self.walker.notes.start(set);
        let difference = (set - start.max(from)).abs_diff(lines).saturating_sub(cost::EVEN_SPLIT);
        let uneven = match begun {
            // Divided already, it had better end on this page.
            true if start < from => cost::SPLIT,
            true => cost::UNEVEN_SPLIT * f64::from(difference),
            false => 0.0,
        };
        Foot { set, short, divides, uneven }
    }

    fn lines_in(&self, room: Abs) -> u32 {
        u32::nearest((room + self.walker.hair()).to_raw() / self.walker.step())
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
            verso.map(|verso| {
                let (lines, by) = (verso.abs_diff(short), UnevenBy::Breaks);
                Compromise::UnevenSpread { lines, by }
            }),
        )
    }

    fn late_figures(&self, position: &Position) -> Option<Compromise> {
        let waiting = u32::nearest(self.walker.waiting(position).len());
        let was_waiting = u32::nearest(self.walker.waiting(&self.from.position).len());
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
    /// What it costs that the parts of a divided note are not as long as one another.
    uneven: f64,
}
