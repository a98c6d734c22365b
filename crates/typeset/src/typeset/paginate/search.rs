//! The search for the chain of page breaks with the least total cost.
//!
//! # What is searched
//!
//! A layer holds the ways to have set the first *n* pages, one [`Step`] for each
//! [`Position`] where page *n* + 1 may start and each depth of a verso that its recto
//! must match. [`expand`] takes every step of a layer one page further by all pages
//! that may begin there ([`Walker::pages_from`]) and keeps of several ways to the same
//! state the cheapest one. That is dynamic programming: what follows a state does not
//! depend on how it was come to (F. Mittelbach, "A general LuaTeX framework for
//! globally optimized pagination", Computational Intelligence 35(2), 2019).
//!
//! # What makes it fast
//!
//! CostTable are non-negative, so a way only becomes dearer. Two things follow:
//!
//! * A way that has come to the end of the text bounds all others: what costs as much
//!   before it is there is dropped.
//! * The [`BEAM`] cheapest states of a layer are followed. As soon as that many are
//!   found, the dearest of them is a limit that only sinks, so dearer steps need not be
//!   kept nor begun.
//!
//! The beam is what makes this a heuristic. What it and the walk give up is remembered
//! as the least cost at which anything was given up: no pages of these items can cost
//! less than the smaller of that and the best found. `build.json` prints both, so a gap
//! of nought proves that the pages are the best there are.
//!
//! A worked example: two paragraphs of 30 lines on pages of 20. From the start, the
//! first page may end after 17 to 20 lines of the first (fewer are looked at only when
//! these find nothing good), or, if the paragraph can be set in 31, after as many of that
//! shape. So layer 1 has a handful of states, layer 2 begins from each, and so on: the
//! states of a layer differ by a line or two of text, which is why 64 are plenty.
//!
//! Time is pages × [`BEAM`] × the walk of one page, so linear in the text.

use super::item::PageItem;
use super::notes::NoteRoll;
use super::plan::{Frame, Layout, PageBreaker};
use super::position::{Position, Step, StepId};
use super::replay;
use super::walker::Walker;
use crate::narrow::Nearest;
use std::collections::BTreeMap;

/// How many ways to have come to a page are kept. The states that matter on
/// one page differ by a line or two of text, so this is generous.
pub const BEAM: usize = 64;

/// The best pages that the lines of a text allow.
#[derive(Clone, Copy, Debug, Default)]
pub struct OptimalPages;

impl PageBreaker for OptimalPages {
    fn break_pages(&self, items: &[PageItem], notes: &NoteRoll, frame: &Frame) -> Layout {
        if items.is_empty() {
            return Layout::default();
        }
        search(items, notes, frame, Position::default())
    }
}

/// The best pages for items whose notes begin anywhere in the roll.
pub(in crate::typeset) fn search(
    items: &[PageItem],
    notes: &NoteRoll,
    frame: &Frame,
    start: Position,
) -> Layout {
    let walker = Walker::new(items, notes, frame);
    if let Some(layout) = search_with(&walker, start) {
        return layout;
    }
    // A spread waits for its verso, and what stands behind it waits with it, over the end of the text perhaps.
    search_with(&walker.patient(), start).unwrap_or_default()
}

/// The best pages, when there is a way to set the text so.
fn search_with(walker: &Walker<'_>, start: Position) -> Option<Layout> {
    let frame = walker.frame;
    let mut steps = vec![Step {
        position: Position { item: walker.skip_space(start.item), ..start },
        from: None,
        cost: 0.0,
        verso_short: None,
        chosen: Vec::new(),
        compromises: Vec::new(),
    }];
    // Everything below is about steps in a list that only grows: a step names the one before it by its
    // index, so ways that share their first pages share them in memory too, and a chain of a thousand
    // pages is a thousand small numbers.
    let mut given_up = f64::INFINITY;
    let mut layer = vec![StepId(0)];
    // The cheapest way found so far that has set everything. It is no answer yet: a way with one page
    // more may still be cheaper, as when a page fewer leaves a last page of two lines.
    let mut best: Option<(f64, StepId)> = None;
    let mut recto = frame.starts_recto;
    while !layer.is_empty() {
        // One turn of this loop is one page of the text, so it ends: each step sets a line, a box or a
        // note at least (a forced page does so too), and what a text holds is finite.
        let next = expand(walker, &mut steps, &layer, recto, &mut given_up);
        layer.clear();
        for id in next {
            let step = &steps[id.0 as usize];
            // The bound of branch and bound. Costs are non-negative, so what follows a step cannot
            // make it cheaper; equal costs are dropped as well, since the way that came to the end
            // first has fewer pages.
            if best.is_some_and(|(cost, _)| cost <= step.cost) {
                continue;
            }
            if walker.is_end(&step.position) {
                best = Some((step.cost, id));
            } else {
                layer.push(id);
            }
        }
        // All ways of a layer have set the same number of pages, and so stand on the same side of the
        // leaf: recto or verso need not be part of the state.
        recto = !recto;
    }
    best.map(|(cost, last)| {
        let layout = replay::replay(walker, &steps, last, cost);
        Layout { bound: cost.min(given_up), ..layout }
    })
}

/// All steps one page further, the cheapest to each state, at most [`BEAM`].
/// `given_up` becomes the least cost of those that are not followed.
fn expand(
    walker: &Walker,
    steps: &mut Vec<Step>,
    layer: &[StepId],
    recto: bool,
    given_up: &mut f64,
) -> Vec<StepId> {
    let mut found = Found::new();
    for &id in layer {
        // The limit is computed anew for each step and not for each end: it only sinks, so an old one
        // is merely too generous, and to select the 65th cheapest of a few hundred costs less than the
        // walk that it may spare.
        let limit = limit(&found);
        // Layers are in the order of their costs: those behind are dearer still.
        if steps[id.0 as usize].cost > limit {
            break;
        }
        // The dear part: a walk down the page, for at most BEAM steps of a layer.
        let pages = walker.pages_from(&steps[id.0 as usize], recto);
        *given_up = given_up.min(pages.given_up);
        for end in &pages.ends {
            // The state. What a page's end costs its followers is known from the position and, on a
            // verso, from how many lines it lacks: the recto beside it should lack as many. Nothing
            // else of the past matters, and that is why the dearer of two ways with the same key can
            // never become the better one.
            let key = (end.position, end.verso_short);
            if end.cost > limit || found.get(&key).is_some_and(|known| known.cost <= end.cost) {
                continue;
            }
            let step = Step {
                position: end.position,
                from: Some(id),
                cost: end.cost,
                verso_short: end.verso_short,
                // Only for those that are kept are the choices written out; most ends are dearer than
                // one that is known, and cost no memory.
                chosen: pages.chosen(end),
                compromises: end.compromises.iter().flatten().copied().collect(),
            };
            found.insert(key, step);
        }
    }
    let mut next: Vec<Step> = found.into_values().collect();
    // Equal costs are told apart by position, so that the order of a map never decides.
    next.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.position.cmp(&b.position)));
    // The list is sorted, so the first that is cut off is the cheapest of them: no way through any of
    // the others can cost less than it. That is what makes the bound honest.
    *given_up = next.get(BEAM).map_or(*given_up, |step| given_up.min(step.cost));
    next.truncate(BEAM);
    let first = u32::nearest(steps.len());
    steps.extend(next);
    (first..u32::nearest(steps.len())).map(StepId).collect()
}

/// The cheapest step to each state that was found so far.
type Found = BTreeMap<(Position, Option<u32>), Step>;

/// What the first step costs that is not among the [`BEAM`] cheapest.
fn limit(found: &Found) -> f64 {
    if found.len() <= BEAM {
        return f64::INFINITY;
    }
    // Selection, not sorting: linear in what was found, which is a few times the beam.
    let mut costs: Vec<f64> = found.values().map(|step| step.cost).collect();
    *costs.select_nth_unstable_by(BEAM, f64::total_cmp).1
}
