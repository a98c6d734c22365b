//! The text as every page of it is walked: its units, its floats and its notes.

use super::{Frame, NoteRoll, Solid, Spot, Unit};
use crate::length::Abs;

/// What all walks through a text share.
pub(crate) struct Walker<'a> {
    pub units: &'a [Unit],
    pub notes: &'a NoteRoll,
    pub frame: &'a Frame,
    /// How many units before each one may float.
    pub(super) floats_before: Vec<u32>,
    /// The units that may float.
    pub floats: Vec<u32>,
    /// From this unit on, nothing may stand at the head of a page.
    pub(super) text_end: u32,
    /// The last unit that does not float.
    last_fixed: u32,
}

impl<'a> Walker<'a> {
    pub fn new(units: &'a [Unit], notes: &'a NoteRoll, frame: &'a Frame) -> Walker<'a> {
        let mut floats = Vec::new();
        let mut floats_before = Vec::with_capacity(units.len() + 1);
        for (unit, index) in units.iter().zip(0u32..) {
            floats_before.push(floats.len() as u32);
            if matches!(unit, Unit::Solid(Solid { floats: true, .. })) {
                floats.push(index);
            }
        }
        floats_before.push(floats.len() as u32);
        let stands = |unit: &Unit| matches!(unit, Unit::Lines(_) | Unit::Solid(_));
        let text_end = units.iter().rposition(stands).map_or(0, |last| last as u32 + 1);
        let is_fixed =
            |unit: &Unit| !unit.vanishes() && !matches!(unit, Unit::Solid(Solid { floats: true, .. }));
        let last_fixed = units.iter().rposition(is_fixed).unwrap_or(0) as u32;
        Walker { units, notes, frame, floats_before, floats, text_end, last_fixed }
    }

    /// Whether a box waits to float at the end of the text that has words after
    /// its place: they would stand before it.
    pub(super) fn floats_over_end(&self, spot: &Spot) -> bool {
        spot.unit as usize == self.units.len()
            && self.floats.get(spot.floats as usize).is_some_and(|float| *float < self.last_fixed)
    }

    /// Whether everything is set when a page ends there.
    pub fn is_end(&self, spot: &Spot) -> bool {
        spot.unit as usize == self.units.len()
            && spot.notes >= spot.owed
            && spot.floats as usize == self.floats.len()
    }

    /// The floats that wait at a place.
    pub fn waiting(&self, spot: &Spot) -> std::ops::Range<u32> {
        spot.floats..self.floats_before[spot.unit as usize].max(spot.floats)
    }

    pub fn float_height(&self, float: u32) -> Abs {
        match &self.units[self.floats[float as usize] as usize] {
            Unit::Solid(solid) => (solid.height + solid.pad).min(self.frame.depth),
            _ => Abs::ZERO,
        }
    }

    /// The space above a box at some depth of a page.
    pub fn above(solid: &Solid, depth: Abs) -> Abs {
        if depth == Abs::ZERO { Abs::ZERO } else { solid.pad }
    }

    /// How many floats stand at the head of a page, and how deep they go.
    pub fn floats_at_head(&self, spot: &Spot) -> (u32, Abs) {
        let mut depth = Abs::ZERO;
        let mut placed = spot.floats;
        for float in self.waiting(spot) {
            let height = self.float_height(float);
            if depth + height > self.frame.depth && depth > Abs::ZERO {
                break;
            }
            depth += height;
            placed += 1;
        }
        (placed, depth)
    }

    /// The first unit at or after `unit` that may stand at the head of a page.
    pub(super) fn skip_space(&self, unit: u32) -> u32 {
        if unit >= self.text_end {
            return self.units.len() as u32;
        }
        let rest = &self.units[unit as usize..];
        unit + rest.iter().take_while(|unit| unit.vanishes()).count() as u32
    }

    /// The grid's step.
    pub(super) fn step(&self) -> i64 {
        self.frame.grid.to_raw().max(1)
    }

    /// Rounding of leadings to 1/65536 pt must not cost a line.
    pub(super) fn hair(&self) -> Abs {
        Abs::raw(self.step() / 1000)
    }

    /// A depth, moved down to the grid.
    pub fn snap(&self, depth: Abs) -> Abs {
        let step = self.step();
        Abs::raw((depth.to_raw() + step - 1).div_euclid(step) * step)
    }
}
