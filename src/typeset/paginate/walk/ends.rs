//! The ways that a page may end, and how the units on it are set for each.

use crate::pages::Compromise;
use crate::typeset::paginate::Spot;

/// How many ways to end a page there mostly are.
const ENDS: usize = 32;

/// A way that a page may end.
pub(crate) struct Candidate {
    pub spot: Spot,
    /// Of all pages up to this one.
    pub cost: f64,
    pub verso_short: Option<u32>,
    pub compromises: Compromises,
    pub(super) trail: u32,
}

/// The compromises of a page: of its notes, its last line, its depth (two)
/// and its floats. Tens of thousands of pages are thought of and forgotten, so
/// these stand in their place and not in memory of their own.
pub(crate) type Compromises = [Option<Compromise>; 5];

/// The ways that a page may end.
pub(crate) struct Ends {
    pub ends: Vec<Candidate>,
    /// The least that any other way would have cost.
    pub given_up: f64,
    trails: Vec<Trail>,
}

impl Default for Ends {
    fn default() -> Ends {
        Ends { ends: Vec::with_capacity(ENDS), given_up: f64::INFINITY, trails: Vec::new() }
    }
}

impl Ends {
    /// Adds a unit to the trail `before`; the new trail.
    pub(super) fn follow(&mut self, before: u32, unit: u32, shape: u16) -> u32 {
        self.trails.push(Trail { unit, shape, before });
        self.trails.len() as u32 - 1
    }

    /// The units on the page that are not set in their first way.
    pub fn choices(&self, candidate: &Candidate) -> Vec<(u32, u16)> {
        let mut choices = Vec::new();
        let mut at = candidate.trail;
        while let Some(trail) = self.trails.get(at as usize) {
            choices.push((trail.unit, trail.shape));
            at = trail.before;
        }
        choices.reverse();
        choices
    }
}

/// A unit that is not set in its first way, and those before it.
struct Trail {
    unit: u32,
    shape: u16,
    before: u32,
}

/// Every unit so far is set in its first way.
pub(super) const NO_TRAIL: u32 = u32::MAX;
