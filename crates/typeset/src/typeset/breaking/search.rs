//! The search for the best ways to break a paragraph.
//!
//! D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software:
//! Practice and Experience 11 (1981), 1119–1184.
//!
//! # The recurrence
//!
//! A node is a breakpoint together with the number of lines up to it and the fitness
//! class of the last of them. Its demerits are the least over all nodes before it from
//! which a line leads to it: those of the node, of the line, and of the two lines as
//! neighbours. What follows a node depends on nothing else but the node, so the best
//! paragraph consists of best beginnings. Line numbers are kept apart because first
//! lines may have other measures, and because page breaking asks for paragraphs that are
//! a line shorter or longer: one pass finds them all.
//!
//! Rivers look back three lines, which a node does not know; it knows which spaces
//! of its last line lie below others ([`RiverMask`]), for the best way to it. So their
//! cost is exact along that way, but a way that was dropped might have had fewer. That is
//! the one place where the recurrence is not exact.
//!
//! # The window
//!
//! Sums of widths grow with the breakpoints, so the starts from which a line to the
//! breakpoint at hand is not too long are a stretch at the end of the list: `live` is its
//! first, and only moves on. A line that is too loose ends the stretch on the other side,
//! for every later start makes it shorter and looser still. A breakpoint is compared with
//! the few dozen starts in between: time is breakpoints × breakpoints to a line.
//!
//! # Which lines need not be looked at
//!
//! What neighbours and rivers add is non-negative. So [`Search::choose`] first takes the
//! line that is best by itself, adds what its neighbour does, and then follows only such
//! others as are below that sum before anything is added. For example, when the best
//! line comes to 310 with its neighbour, another that is 320 by itself is done with.
//!
//! # Going back
//!
//! All that was ever found stays where it is, and for each breakpoint it is
//! known how far the search had come: so it can go on from there a second time
//! and leave that breakpoint out, which is how a page gets rid of a hyphen at its foot.

use super::model::{Breakpoint, Fit, LineCosts, Measures, Solution, Space, Totals, Unbroken};
use super::river::{RiverMask, SetLine, flow};
use crate::narrow::Nearest;

/// How many lines more or fewer than the best a paragraph is followed up.
const SPREAD: u32 = 2;

/// How many visits of a line's start a paragraph may cost. A book's lines have some
/// hundred places where they may end, so each of its breakpoints looks back at about
/// as many starts. Signs without width (a zero-width space, a letter of a broken face)
/// let any number of starts stay live, and the search would grow with the square of the
/// paragraph. So it looks back at no more than this budget allows, and forgets the
/// furthest first: what is lost are lines with more than [`MOST_ACTIVE`] places to end
/// them, or [`LEAST_ACTIVE`] in a paragraph of half a million places.
const BUDGET: usize = 1 << 27;
/// The most starts that are looked back at: more than a line of the smallest type on
/// the widest sheet has letters.
const MOST_ACTIVE: usize = 4096;
/// The fewest: more than any line of a book has letters.
const LEAST_ACTIVE: usize = 256;

/// How many starts are looked back at in a paragraph with so many breakpoints.
fn most_active(points: usize) -> usize {
    // For example, 3,000 breakpoints would allow 44,739 starts, and 4,096 are looked at; a paragraph
    // of half a million has 268.
    (BUDGET / points.max(1)).clamp(LEAST_ACTIVE, MOST_ACTIVE)
}

/// Demerits of a line that sticks out into the margin.
const STICKING_OUT: f64 = 1e12;

/// A search that has been through the paragraph.
pub struct Search<'a, T> {
    points: &'a [Breakpoint],
    spaces: &'a [Space],
    measures: &'a Measures,
    costs: &'a T,
    desperate: bool,
    nodes: Vec<Node>,
    starts: Vec<Start>,
    /// The first of the starts from which a line is still not too long.
    live: usize,
    /// How far it had come before it looked at each breakpoint.
    marks: Vec<Mark>,
    /// The lines that may end at the breakpoint looked at, and the best of them.
    offers: Vec<Node>,
    found: Vec<Node>,
    least: f64,
    greatest: f64,
}

/// A feasible breakpoint with the best way to it, for one line number and class.
#[derive(Clone, Copy)]
struct Node {
    point: u32,
    line: u32,
    fit: Fit,
    demerits: f64,
    previous: u32,
    river: RiverMask,
}

impl Node {
    /// Whether only the better of the two is followed up.
    fn is_rival(&self, other: &Node) -> bool {
        self.line == other.line && self.fit.class == other.fit.class
    }
}

/// A breakpoint from which a line may start: its nodes, which stand one after
/// the other, and the sums before that line.
#[derive(Clone, Copy)]
struct Start {
    first: u32,
    last: u32,
    after: Totals,
}

/// How many nodes and starts there were, and which start was the first live one.
#[derive(Clone, Copy)]
struct Mark {
    nodes: usize,
    starts: usize,
    live: usize,
}

/// A line, whichever node it starts from: its measure, how it fits and what it
/// costs by itself; `None` when it must not be.
type Tried = (f64, Option<(Fit, f64)>);

impl<'a, T: LineCosts> Search<'a, T> {
    /// Looks for the best ways to break `text`. The costs allow all of them,
    /// unless `desperate`: then lines may stick out.
    pub fn new(text: &Unbroken<'a>, costs: &'a T, desperate: bool) -> Self {
        let Unbroken { points, spaces, measures } = *text;
        let river = RiverMask::default();
        let start = Node { point: 0, line: 0, fit: Fit::default(), demerits: 0.0, previous: 0, river };
        // The start of the paragraph is a node like any other, with no line before it and nothing
        // paid; what hangs into the margin at the beginning of the first line is in its sums.
        let after = points.first().map(|point| point.after).unwrap_or_default();
        let mut search = Search {
            points,
            spaces,
            measures,
            costs,
            desperate,
            nodes: vec![start],
            starts: vec![Start { first: 0, last: 0, after }],
            live: 0,
            marks: Vec::with_capacity(points.len()),
            offers: Vec::new(),
            found: Vec::new(),
            least: measures.least(),
            greatest: measures.greatest(),
        };
        search.run(None);
        search
    }

    /// The best way for each number of lines, in order of that number. Empty when
    /// the costs allow none.
    #[must_use]
    pub fn solutions(&self) -> Vec<Solution> {
        let mut best: Vec<Node> = Vec::new();
        // The paragraph ends at a forced breakpoint, behind which only its own nodes are live: one for
        // each number of lines and fitness class. Of two classes the cheaper one is the answer, for no
        // line follows that could tell them apart.
        for node in self.starts[self.live..].iter().flat_map(|start| start.first..=start.last) {
            let node = self.nodes[node as usize];
            match best.iter_mut().find(|other| other.line == node.line) {
                Some(other) if other.demerits <= node.demerits => {}
                Some(other) => *other = node,
                None => best.push(node),
            }
        }
        // In order of the number of lines: page breaking asks for one more or one fewer.
        best.sort_by_key(|node| node.line);
        best.into_iter().map(|node| self.trace(node)).collect()
    }

    /// The best ways when no line may end at `point`. What was found behind that
    /// breakpoint is forgotten: of several, the last comes first.
    #[must_use]
    pub fn solutions_without(&mut self, point: usize) -> Vec<Solution> {
        // A place may be several breakpoints, as where a hyphen that the author wrote and one of the
        // patterns meet. To leave the place out means all of them, so the search goes back to before
        // the first.
        let at = self.points[point].at;
        let first = self.points[..point].iter().rposition(|other| other.at != at).unwrap_or(0);
        self.rewind(first + 1);
        self.run(Some(at));
        self.solutions()
    }

    /// Goes on to the paragraph's end, past the breakpoints that are called `without`.
    fn run(&mut self, without: Option<u32>) {
        for end in self.marks.len() + 1..self.points.len() {
            // The lists of nodes and starts only grow, so three numbers say all about the state of the
            // search before a breakpoint. Going back is cutting the lists to those lengths.
            self.marks.push(Mark { nodes: self.nodes.len(), starts: self.starts.len(), live: self.live });
            if without == Some(self.points[end].at) {
                continue;
            }
            self.visit(end);
            // No start is live: from here on no line can be had, and what comes behind cannot be
            // reached.
            if self.live == self.starts.len() {
                return;
            }
        }
    }

    /// Goes back to where nothing was known of breakpoint `end`.
    fn rewind(&mut self, end: usize) {
        let Some(mark) = self.marks.get(end - 1).copied() else { return };
        self.nodes.truncate(mark.nodes);
        self.starts.truncate(mark.starts);
        self.live = mark.live;
        self.marks.truncate(end - 1);
    }

    /// Looks at all lines that may end at the breakpoint `end`.
    fn visit(&mut self, end: usize) {
        let point = &self.points[end];
        let (forced, known) = (point.ending.is_forced(), self.starts.len());
        // The budget. In books it never takes effect: a line has some hundred places to end, and the
        // limit is in the thousands.
        self.live = self.live.max(known.saturating_sub(most_active(self.points.len())));
        self.offers.clear();
        let mut tight = self.live;
        for at in self.live..known {
            let start = self.starts[at];
            // All that is known of the line, whatever its words are: the sums at its end as a line
            // that ends there has them, less those at its start as a line that begins there has them.
            let sums = point.before - start.after;
            if self.costs.too_tight(&sums, self.greatest - sums.width) {
                // Too long a line: its start is done with for good, since every later breakpoint makes
                // it longer. But only an unbroken row of such starts can leave the window; one in the
                // middle is passed over, because what hangs into the margin makes widths uneven by a
                // hair.
                tight += usize::from(tight == at);
                continue;
            }
            // Too short: all later starts make it shorter still. A forced end takes any line, for a
            // last line may be short.
            if !forced && self.costs.too_loose(&sums, self.least - sums.width) {
                break;
            }
            self.consider(start, &sums, end);
        }
        // Offers are gathered first and chosen among afterwards, because the cheapest by itself is
        // looked at first (see above), whichever start it came from.
        self.choose();
        // Nothing fits, and nothing shorter will: every live start is too tight, or the line must end
        // here. In the last of all passes a line may stick out, at a price that no other way could
        // reach, so that a paragraph always has lines.
        if self.desperate && self.found.is_empty() && (forced || tight == known) {
            self.stick_out(end);
        }
        // No line goes over a forced end, so what is before it is done with.
        self.live = if forced { known } else { tight };
        self.keep_found();
    }

    /// Offers the line from `start` to breakpoint `end`, after each way to `start`.
    fn consider(&mut self, start: Start, sums: &Totals, end: usize) {
        let mut tried: Option<Tried> = None;
        for id in start.first..=start.last {
            let before = &self.nodes[id as usize];
            let measure = self.measures.of(before.line);
            // The nodes of a start differ in their line number and class alone, and nearly all line
            // numbers have the same measure. So the line is fitted once and not for each of the half
            // dozen nodes.
            let known = tried.filter(|(known, _)| *known == measure);
            let (_, line) = *tried.insert(known.unwrap_or_else(|| self.line(measure, start, sums, end)));
            if let Some((fit, demerits)) = line {
                self.offers.push(Node {
                    point: u32::nearest(end),
                    line: before.line + 1,
                    fit,
                    demerits: before.demerits + demerits,
                    previous: id,
                    river: RiverMask::default(),
                });
            }
        }
    }

    fn line(&self, measure: f64, start: Start, sums: &Totals, end: usize) -> Tried {
        let node = &self.nodes[start.first as usize];
        let (start, point) = (&self.points[node.point as usize], &self.points[end]);
        let fit = self.costs.fit(sums, measure - sums.width, point);
        (measure, fit.map(|fit| (fit, self.costs.demerits(&fit, start, point))))
    }

    /// Finds the best of the lines offered for each line number and class. The
    /// most hopeful of each are looked at first: what the lines before them add
    /// can only make them worse, and most others need not be looked at.
    fn choose(&mut self) {
        self.found.clear();
        // First round: the best by itself, of each line number and class. Nothing is added yet.
        for node in &self.offers {
            match self.found.iter_mut().find(|other| other.is_rival(node)) {
                Some(other) if other.demerits <= node.demerits => {}
                Some(other) => *other = *node,
                None => self.found.push(*node),
            }
        }
        // Second round: what its neighbour adds to each of these. It makes a limit that is real.
        for n in 0..self.found.len() {
            let node = self.found[n];
            if let Some(node) = self.follow(node, f64::INFINITY) {
                self.found[n] = node;
            }
        }
        // Third round: all offers again, but only those that begin below the limit are followed, and
        // most do not. The best are among them once more, and are equal to themselves: they change
        // nothing.
        for n in 0..self.offers.len() {
            let node = self.offers[n];
            let Some(rival) = self.found.iter().position(|other| other.is_rival(&node)) else { continue };
            if let Some(better) = self.follow(node, self.found[rival].demerits) {
                self.found[rival] = better;
            }
        }
    }

    /// The line with what the lines before it add to its demerits; `None` when it
    /// does not stay below `limit`.
    fn follow(&self, mut line: Node, limit: f64) -> Option<Node> {
        // Twice the same test, before and after the neighbour: rivers cost a walk over the spaces of
        // two lines, and are asked for only when all else is cheap enough.
        if line.demerits >= limit {
            return None;
        }
        line.demerits += self.between(&line);
        if line.demerits >= limit {
            return None;
        }
        self.carry_rivers(&mut line);
        (line.demerits < limit).then_some(line)
    }

    /// What a line costs for following the line before it.
    fn between(&self, line: &Node) -> f64 {
        let before = &self.nodes[line.previous as usize];
        // The first line has no neighbour above it.
        if before.line == 0 {
            return 0.0;
        }
        let (start, end) = (&self.points[before.point as usize], &self.points[line.point as usize]);
        self.costs.between((&before.fit, start), (&line.fit, end))
    }

    /// Finds which spaces of a line lie under those of the line before, and
    /// what the rivers cost that it carries on.
    fn carry_rivers(&self, line: &mut Node) {
        let above = &self.nodes[line.previous as usize];
        if self.spaces.is_empty() || above.line == 0 {
            return;
        }
        let (river, carried) = flow(self.spaces, (&self.set_line(above), above.river), &self.set_line(line));
        // The mask goes on with the node, so that the next line sees what lies above it along this
        // way.
        line.river = river;
        line.demerits += self.costs.river() * f64::from(carried);
    }

    fn set_line<'n>(&self, line: &'n Node) -> SetLine<'n> {
        let start = &self.points[self.nodes[line.previous as usize].point as usize];
        SetLine {
            left: self.greatest - self.measures.of(line.line - 1),
            start: start.after,
            fit: &line.fit,
            spaces: start.spaces_before_next()..self.points[line.point as usize].spaces,
        }
    }

    /// Nothing fits: the line from the last start that there is sticks out.
    fn stick_out(&mut self, end: usize) {
        // The last start makes the shortest of all lines that end here, so it sticks out the least.
        let Some(Start { last: id, .. }) = self.starts[self.live..].last().copied() else { return };
        let node = self.nodes[id as usize];
        // As tight as may be, so that the line after it is not charged for a leap besides.
        let fit = Fit { ratio: -1.0, flex: -1.0, class: 0 };
        self.found.push(Node {
            point: u32::nearest(end),
            line: node.line + 1,
            fit,
            demerits: node.demerits + STICKING_OUT,
            previous: id,
            river: RiverMask::default(),
        });
    }

    /// Lines may start behind the found nodes, save those too far from the best
    /// in lines.
    fn keep_found(&mut self) {
        let best = self.found.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits));
        // Ways that are more than two lines longer or shorter than the best are dropped: page breaking
        // asks for a line more or less, and a way that is dropped here could win only by catching up
        // two lines in what is left. For example, of a paragraph whose best has 12 lines at this
        // place, those with 10 to 14 go on.
        let Some((line, point)) = best.map(|node| (node.line, node.point)) else { return };
        let first = u32::nearest(self.nodes.len());
        self.nodes.extend(self.found.iter().filter(|node| node.line.abs_diff(line) <= SPREAD));
        let last = u32::nearest(self.nodes.len()) - 1;
        self.starts.push(Start { first, last, after: self.points[point as usize].after });
    }

    fn trace(&self, last: Node) -> Solution {
        // Back over the best way to the start, which is where every node's chain ends.
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
