//! Total fit: the best way to break a whole paragraph, for each number of lines.
//!
//! D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software:
//! Practice and Experience 11 (1981), 1119–1184. The active list holds feasible
//! breakpoints by line number and fitness class, so that one pass finds the
//! best paragraph and those that are a line shorter or longer. What makes a
//! line good is left to a [`Taste`].

mod book;
mod opportunity;
mod river;

pub use book::{BookTaste, Costs, LOOSEST_FULL, LOOSEST_SET, is_torn};
pub(crate) use opportunity::is_address;
pub use opportunity::{Opportunities, Will};
pub use river::Space;

use river::{Bed, Fed, flow};
use std::ops::{Add, AddAssign, Sub};

/// What a stretch of a paragraph amounts to. All in one unit of length; sums
/// of whole numbers are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Natural width.
    pub width: f64,
    /// What its spaces gain at an adjustment ratio of +1.
    pub stretch: f64,
    /// What its spaces lose at an adjustment ratio of −1.
    pub shrink: f64,
    /// What its letters can gain or lose by expansion and tracking.
    pub flex: f64,
}

impl Add for Sums {
    type Output = Sums;
    fn add(self, other: Sums) -> Sums {
        Sums {
            width: self.width + other.width,
            stretch: self.stretch + other.stretch,
            shrink: self.shrink + other.shrink,
            flex: self.flex + other.flex,
        }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Sums) {
        *self = *self + other;
    }
}

impl Sub for Sums {
    type Output = Sums;
    fn sub(self, other: Sums) -> Sums {
        Sums {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
            flex: self.flex - other.flex,
        }
    }
}

/// How a line ends at a breakpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// At a space, or where nothing shows the break.
    Plain,
    /// After a hyphen that the author wrote.
    Hard,
    /// With a hyphen that the break adds.
    Hyphen,
    /// The line must end here.
    Forced,
    /// The line must end here, at the margin: the paragraph goes on elsewhere.
    Full,
}

impl Ending {
    /// Whether the line must end here.
    #[must_use]
    pub fn is_forced(self) -> bool {
        matches!(self, Ending::Forced | Ending::Full)
    }
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug)]
pub struct Breakpoint {
    /// The caller's own name of the place.
    pub at: u32,
    /// All before it, with what the break adds and without what hangs out.
    pub before: Sums,
    /// All before the next line, with what the break drops and what hangs out.
    pub after: Sums,
    /// Cost of breaking here; negative is encouraged.
    pub penalty: f64,
    /// How the line ends.
    pub ending: Ending,
    /// The word before the break, and the word after it, as hashes; 0 for none.
    pub words: (u32, u32),
    /// How many of the paragraph's spaces come before it. One at which the line
    /// ends comes after.
    pub spaces: u32,
}

impl Breakpoint {
    /// How many of the paragraph's spaces come before the next line: it does
    /// not begin with the space at which this one ends.
    fn spaces_before_next(&self) -> u32 {
        self.spaces + u32::from(self.after.stretch > self.before.stretch)
    }
}

/// How a line fills its measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// The spaces' adjustment ratio.
    pub ratio: f64,
    /// The share of expansion and tracking that is used, −1 to 1.
    pub flex: f64,
    /// Fitness class: of the ways to a line of each, the best is followed.
    pub class: u8,
}

/// What makes lines and their neighbourhood good.
pub trait Taste {
    /// How a line of these sums fits when `misfit` is left to fill; `None` when
    /// it must not be.
    fn fit(&self, line: &Sums, misfit: f64, end: &Breakpoint) -> Option<Fit>;

    /// Whether a line with that left to fill is too loose however it ends. The
    /// same line with fewer words is then too loose as well.
    fn too_loose(&self, line: &Sums, misfit: f64) -> bool;

    /// Whether a line with that left to fill is too tight however it ends.
    fn too_tight(&self, line: &Sums, misfit: f64) -> bool;

    /// Demerits of a line by itself.
    fn demerits(&self, fit: &Fit, start: &Breakpoint, end: &Breakpoint) -> f64;

    /// Demerits of a line after the line before it, never less than none.
    fn between(&self, before: (&Fit, &Breakpoint), line: (&Fit, &Breakpoint)) -> f64;

    /// Demerits of a space that carries a river on to a third line or further.
    fn river(&self) -> f64 {
        0.0
    }
}

/// A paragraph to be broken.
#[derive(Clone, Copy, Debug)]
pub struct Unbroken<'a> {
    /// Where its lines may end. The first is the paragraph's start, the last
    /// a forced end.
    pub points: &'a [Breakpoint],
    /// Its word spaces; none where rivers do not matter.
    pub spaces: &'a [Space],
    /// The measures that its lines fill, each up to the same right margin.
    pub measures: &'a Measures,
}

/// One way to break: indices of the breakpoints where lines end.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The ends of its lines.
    pub ends: Vec<usize>,
    /// How each line fits.
    pub fits: Vec<Fit>,
    /// Sum of all demerits.
    pub demerits: f64,
}

/// The measure of each line: the first few may differ from the rest.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Those of the first lines.
    pub first: Vec<f64>,
    /// That of all further lines.
    pub rest: f64,
}

impl Measures {
    fn of(&self, line: u32) -> f64 {
        self.first.get(line as usize).copied().unwrap_or(self.rest)
    }

    fn least(&self) -> f64 {
        self.first.iter().copied().fold(self.rest, f64::min)
    }

    fn greatest(&self) -> f64 {
        self.first.iter().copied().fold(self.rest, f64::max)
    }
}

/// How many lines more or fewer than the best a paragraph is followed up.
const SPREAD: u32 = 2;

/// The best way for each number of lines, in order of that number. Empty when
/// no way has the taste's leave; with `desperate`, lines may stick out instead.
pub fn break_lines(text: &Unbroken<'_>, taste: &impl Taste, desperate: bool) -> Vec<Solution> {
    let mut search = Search::new(text, taste, desperate);
    for end in 1..text.points.len() {
        search.visit(end);
        if search.active.is_empty() {
            return Vec::new();
        }
    }
    search.solutions()
}

/// A feasible breakpoint with the best way to it, for one line number and class.
#[derive(Clone, Copy)]
struct Node {
    point: u32,
    line: u32,
    fit: Fit,
    demerits: f64,
    previous: u32,
    fed: Fed,
}

/// A breakpoint from which a line may still start: its nodes, which stand one
/// after the other, and the sums before that line.
#[derive(Clone, Copy)]
struct Active {
    first: u32,
    last: u32,
    after: Sums,
}

/// A line, whichever node it starts from: its measure, how it fits and what it
/// costs by itself; none when it must not be.
type Tried = (f64, Option<(Fit, f64)>);

struct Search<'a, T> {
    points: &'a [Breakpoint],
    spaces: &'a [Space],
    measures: &'a Measures,
    taste: &'a T,
    desperate: bool,
    nodes: Vec<Node>,
    active: Vec<Active>,
    found: Vec<Node>,
    least: f64,
    greatest: f64,
}

impl<'a, T: Taste> Search<'a, T> {
    fn new(text: &Unbroken<'a>, taste: &'a T, desperate: bool) -> Self {
        let Unbroken { points, spaces, measures } = *text;
        let fed = Fed::default();
        let start = Node { point: 0, line: 0, fit: Fit::default(), demerits: 0.0, previous: 0, fed };
        Search {
            points,
            spaces,
            measures,
            taste,
            desperate,
            nodes: vec![start],
            active: vec![Active {
                first: 0,
                last: 0,
                after: points.first().map(|point| point.after).unwrap_or_default(),
            }],
            found: Vec::new(),
            least: measures.least(),
            greatest: measures.greatest(),
        }
    }

    /// Looks at all lines that may end at the breakpoint `end`.
    fn visit(&mut self, end: usize) {
        let point = &self.points[end];
        self.found.clear();
        let mut tight = 0;
        for at in 0..self.active.len() {
            let start = self.active[at];
            let sums = point.before - start.after;
            if self.taste.too_tight(&sums, self.greatest - sums.width) {
                tight += usize::from(tight == at);
                continue;
            }
            if !point.ending.is_forced() && self.taste.too_loose(&sums, self.least - sums.width) {
                break;
            }
            self.consider(start, &sums, end);
        }
        let forced = point.ending.is_forced();
        if self.desperate && self.found.is_empty() && (forced || tight == self.active.len()) {
            self.stick_out(end);
        }
        self.active.drain(..if forced { self.active.len() } else { tight });
        self.keep_found();
    }

    /// The line from `start` to breakpoint `end`, after each way to `start`.
    fn consider(&mut self, start: Active, sums: &Sums, end: usize) {
        let mut tried: Option<Tried> = None;
        for id in start.first..=start.last {
            let measure = self.measures.of(self.nodes[id as usize].line);
            let known = tried.filter(|(known, _)| *known == measure);
            let (_, line) = *tried.insert(known.unwrap_or_else(|| self.line(measure, start, sums, end)));
            if let Some((fit, demerits)) = line {
                self.offer(id, fit, demerits, end);
            }
        }
    }

    fn line(&self, measure: f64, start: Active, sums: &Sums, end: usize) -> Tried {
        let node = &self.nodes[start.first as usize];
        let (start, point) = (&self.points[node.point as usize], &self.points[end]);
        let fit = self.taste.fit(sums, measure - sums.width, point);
        (measure, fit.map(|fit| (fit, self.taste.demerits(&fit, start, point))))
    }

    /// Keeps the line from node `previous` when it is the best of its line
    /// number and class.
    fn offer(&mut self, previous: u32, fit: Fit, demerits: f64, end: usize) {
        let before = &self.nodes[previous as usize];
        let (point, line, fed) = (end as u32, before.line + 1, Fed::default());
        let mut node = Node { point, line, fit, demerits: before.demerits + demerits, previous, fed };
        let rival = self.found.iter().position(|other| other.line == line && other.fit.class == fit.class);
        let beaten = |node: &Node| rival.is_some_and(|at| self.found[at].demerits <= node.demerits);
        // What the lines before it add can only make it worse.
        if beaten(&node) {
            return;
        }
        if before.line > 0 {
            let start = &self.points[before.point as usize];
            node.demerits += self.taste.between((&before.fit, start), (&fit, &self.points[end]));
            if beaten(&node) {
                return;
            }
            self.feed(&mut node);
            if beaten(&node) {
                return;
            }
        }
        match rival {
            Some(at) => self.found[at] = node,
            None => self.found.push(node),
        }
    }

    /// Finds which spaces of a line lie under those of the line before, and
    /// what the rivers cost that it carries on.
    fn feed(&self, line: &mut Node) {
        if self.spaces.is_empty() {
            return;
        }
        let above = &self.nodes[line.previous as usize];
        let (fed, carried) = flow(self.spaces, (&self.bed(above), above.fed), &self.bed(line));
        line.fed = fed;
        line.demerits += self.taste.river() * f64::from(carried);
    }

    fn bed<'n>(&self, line: &'n Node) -> Bed<'n> {
        let start = &self.points[self.nodes[line.previous as usize].point as usize];
        Bed {
            left: self.greatest - self.measures.of(line.line - 1),
            start: start.after,
            fit: &line.fit,
            spaces: start.spaces_before_next()..self.points[line.point as usize].spaces,
        }
    }

    /// Nothing fits: the line from the last start that there is sticks out.
    fn stick_out(&mut self, end: usize) {
        let Some(Active { last: id, .. }) = self.active.last().copied() else { return };
        let node = self.nodes[id as usize];
        let fit = Fit { ratio: -1.0, flex: -1.0, class: 0 };
        self.found.push(Node {
            point: end as u32,
            line: node.line + 1,
            fit,
            demerits: node.demerits + STICKING_OUT,
            previous: id,
            fed: Fed::default(),
        });
    }

    /// Makes the found nodes active, save those too far from the best in lines.
    fn keep_found(&mut self) {
        let best = self.found.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits));
        let Some((line, point)) = best.map(|node| (node.line, node.point)) else { return };
        let first = self.nodes.len() as u32;
        self.nodes.extend(self.found.iter().filter(|node| node.line.abs_diff(line) <= SPREAD));
        let last = self.nodes.len() as u32 - 1;
        self.active.push(Active { first, last, after: self.points[point as usize].after });
    }

    /// The best way for each number of lines.
    fn solutions(&self) -> Vec<Solution> {
        let mut best: Vec<Node> = Vec::new();
        for node in self.active.iter().flat_map(|active| active.first..=active.last) {
            let node = self.nodes[node as usize];
            match best.iter_mut().find(|other| other.line == node.line) {
                Some(other) if other.demerits <= node.demerits => {}
                Some(other) => *other = node,
                None => best.push(node),
            }
        }
        best.sort_by_key(|node| node.line);
        best.into_iter().map(|node| self.trace(node)).collect()
    }

    fn trace(&self, last: Node) -> Solution {
        let (mut ends, mut fits) = (Vec::new(), Vec::new());
        let mut node = last;
        while node.line > 0 {
            ends.push(node.point as usize);
            fits.push(node.fit);
            node = self.nodes[node.previous as usize];
        }
        ends.reverse();
        fits.reverse();
        Solution { ends, fits, demerits: last.demerits }
    }
}

/// Demerits of a line that sticks out into the margin.
const STICKING_OUT: f64 = 1e12;
