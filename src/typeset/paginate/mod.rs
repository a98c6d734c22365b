//! Page breaking: one text at a time, the best pages that its lines allow.
//!
//! A text is a column of [`Unit`]s: paragraphs that can be set in more than
//! one number of lines, spaces, and boxes. [`paginate`] looks for the chain of
//! page breaks with the least total cost (dynamic programming over the whole
//! text, after F. Mittelbach, "A general LuaTeX framework for globally
//! optimized pagination", Computational Intelligence 35(2), 2019), page by
//! page, keeping the [`BEAM`] cheapest ways to have come so far. What each
//! imperfection costs stands in [`cost`]; those that were taken are named.
//!
//! Nothing here knows fonts, words or trees: depths and numbers only.

pub mod cost;
mod notes;
mod replay;
mod source;
mod walk;
mod walker;

pub use notes::{NoteLine, NoteRoll};
pub use replay::{PagePlan, Part};
pub use source::keep_pages;

use crate::length::Abs;
use crate::pages::Compromise;
use std::collections::BTreeMap;
use walker::Walker;

/// How many ways to have come to a page are kept. The states that matter on
/// one page differ by a line or two of text, so this is generous.
pub const BEAM: usize = 64;

/// A piece of the column.
#[derive(Clone, Debug)]
pub enum Unit {
    /// Lines of text.
    Lines(Lines),
    /// White space; each way to set it with its cost. It vanishes at the head
    /// of a page unless it is `kept`.
    Space {
        /// Heights and their costs; the first is the natural one.
        choices: Vec<(Abs, f64)>,
        /// Whether it stays at the head of a page.
        kept: bool,
    },
    /// Something that cannot be divided.
    Solid(Solid),
    /// The column returns to the baseline grid.
    Snap,
    /// A page of the older edition begins: for [`keep_pages`] alone.
    Turn,
}

impl Unit {
    /// Whether it is nothing at the head of a page.
    fn vanishes(&self) -> bool {
        matches!(self, Unit::Snap | Unit::Space { kept: false, .. })
    }
}

/// A paragraph: lines of one leading.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Height of each line. Where it is not the grid's, there is one shape.
    pub leading: Abs,
    /// The ways to break it; the first is the best.
    pub shapes: Vec<Shape>,
    /// No page break after it.
    pub keep_next: bool,
    /// No page break in it.
    pub whole: bool,
    /// No box that floats may pass it: it is a heading.
    pub barrier: bool,
}

/// One way to break a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// How many lines it has; at least one.
    pub lines: u32,
    /// What it costs more than the best.
    pub cost: f64,
    /// For each line, whether it ends in a hyphen; may be empty.
    pub hyphens: Vec<bool>,
    /// Lines that call notes, each with the end of the last note it calls
    /// in the [`NoteRoll`].
    pub calls: Vec<(u32, u32)>,
}

/// Something that cannot be divided.
#[derive(Clone, Debug)]
pub struct Solid {
    /// Its height.
    pub height: Abs,
    /// No page break after it.
    pub keep_next: bool,
    /// What a page break after it divides that had better stay together.
    pub divided: Option<Divided>,
    /// It may move to the head of the next page while text goes on.
    pub floats: bool,
    /// White space above and below it, where it does not begin a page. It goes
    /// with a box that floats.
    pub pad: Abs,
    /// The end of the last note that it calls, in the [`NoteRoll`].
    pub notes: Option<u32>,
    /// What must be repeated above it when it comes first on a page: the unit
    /// and its height.
    pub head: Option<(u32, Abs)>,
}

/// What had better stand on one page, and may be divided all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divided {
    /// A small table.
    Table,
    /// A row of a table, between two lines of its cells.
    Row,
}

/// What every page of the text is like.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Height of the text block: a whole number of grid steps.
    pub depth: Abs,
    /// The grid's step.
    pub grid: Abs,
    /// What stands between text and notes at least.
    pub note_gap: Abs,
    /// Whether the first page is a recto.
    pub starts_recto: bool,
    /// How many lines shallower than that older pages are that are kept.
    pub fewer: u32,
    /// How many lines below the text block a page of an older edition may go
    /// that is kept.
    pub spare: u32,
}

/// The pages that were found best.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// What stands on each page.
    pub pages: Vec<PagePlan>,
    /// The sum of all costs.
    pub cost: f64,
    /// The least that any pages of these units can cost: what was given up on
    /// the way had cost as much already.
    pub bound: f64,
    /// What could not be had, each with the page's index in this layout.
    pub compromises: Vec<(usize, Compromise)>,
    /// For older pages that are kept: what all would cost if they were so many
    /// lines shallower. Else empty.
    pub fewer: Vec<f64>,
}

/// A place where a page may start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    /// The unit.
    pub unit: u32,
    /// How it is broken, when its lines are already begun.
    pub shape: u16,
    /// Its lines on earlier pages.
    pub line: u32,
    /// How many note lines stand on earlier pages.
    pub notes: u32,
    /// How many note lines should stand there: those of notes called.
    pub owed: u32,
    /// How many boxes that may float stand on earlier pages.
    pub floats: u32,
}

/// A way to have come to a place.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub spot: Spot,
    /// The step before; none for the start.
    pub from: Option<u32>,
    pub cost: f64,
    /// Lines that the page before lacks, when it is a verso of this text.
    pub verso_short: Option<u32>,
    /// Units on the page that are not set in their first way.
    pub choices: Vec<(u32, u16)>,
    pub compromises: Vec<Compromise>,
}

/// Breaks a text into pages. Every unit, note line and float comes to stand on
/// exactly one page.
#[must_use]
pub fn paginate(units: &[Unit], notes: &NoteRoll, frame: &Frame) -> Layout {
    if units.is_empty() {
        return Layout::default();
    }
    search(units, notes, frame, Spot::default())
}

/// The same for units whose notes begin anywhere in the roll.
fn search(units: &[Unit], notes: &NoteRoll, frame: &Frame, start: Spot) -> Layout {
    let walker = Walker::new(units, notes, frame);
    let mut steps = vec![Step {
        spot: Spot { unit: walker.skip_space(start.unit), ..start },
        from: None,
        cost: 0.0,
        verso_short: None,
        choices: Vec::new(),
        compromises: Vec::new(),
    }];
    let mut given_up = f64::INFINITY;
    let mut layer = vec![0u32];
    let mut best: Option<(f64, u32)> = None;
    let mut recto = frame.starts_recto;
    while !layer.is_empty() {
        let next = expand(&walker, &mut steps, &layer, recto, &mut given_up);
        layer.clear();
        for index in next {
            let step = &steps[index as usize];
            if best.is_some_and(|(cost, _)| cost <= step.cost) {
                continue;
            }
            if walker.is_end(&step.spot) {
                best = Some((step.cost, index));
            } else {
                layer.push(index);
            }
        }
        recto = !recto;
    }
    best.map_or_else(Layout::default, |(cost, last)| {
        let layout = replay::replay(&walker, &steps, last, cost);
        Layout { bound: cost.min(given_up), ..layout }
    })
}

/// All steps one page further, the cheapest to each place, at most [`BEAM`].
/// `given_up` becomes the least cost of those that are not followed.
fn expand(
    walker: &Walker,
    steps: &mut Vec<Step>,
    layer: &[u32],
    recto: bool,
    given_up: &mut f64,
) -> Vec<u32> {
    let mut found = Found::new();
    for &index in layer {
        let limit = limit(&found);
        if steps[index as usize].cost > limit {
            break;
        }
        let pages = walker.pages_from(&steps[index as usize], recto);
        *given_up = given_up.min(pages.given_up);
        for end in &pages.ends {
            let key = (end.spot, end.verso_short);
            if end.cost > limit || found.get(&key).is_some_and(|known| known.cost <= end.cost) {
                continue;
            }
            let step = Step {
                spot: end.spot,
                from: Some(index),
                cost: end.cost,
                verso_short: end.verso_short,
                choices: pages.choices(end),
                compromises: end.compromises.iter().flatten().copied().collect(),
            };
            found.insert(key, step);
        }
    }
    let mut next: Vec<Step> = found.into_values().collect();
    next.sort_by(|a, b| a.cost.total_cmp(&b.cost).then(a.spot.cmp(&b.spot)));
    *given_up = next.get(BEAM).map_or(*given_up, |step| given_up.min(step.cost));
    next.truncate(BEAM);
    let first = steps.len() as u32;
    steps.extend(next);
    (first..steps.len() as u32).collect()
}

/// The cheapest step to each place that was found so far.
type Found = BTreeMap<(Spot, Option<u32>), Step>;

/// What the first step costs that is not among the [`BEAM`] cheapest: it only
/// sinks, so dearer steps need not be kept, nor pages begun after them, for
/// nothing has a price below zero. Layers are in the order of their costs.
fn limit(found: &Found) -> f64 {
    if found.len() <= BEAM {
        return f64::INFINITY;
    }
    let mut costs: Vec<f64> = found.values().map(|step| step.cost).collect();
    *costs.select_nth_unstable_by(BEAM, f64::total_cmp).1
}
