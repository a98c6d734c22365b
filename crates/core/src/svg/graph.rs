//! What a drawing repeats: its elements and references as often as they are drawn.
//!
//! `use`, markers, patterns, masks, clips and filters draw elements that stand
//! elsewhere, and those may do the same: twenty elements that each use the one before
//! twice draw a million. A programme that follows such references without counting
//! never ends, and one that follows a circle overflows its stack. So the elements are
//! taken as a graph whose arrows are "draws": first it must have no circle (a search
//! in depth, by Tarjan's colours); then the cost of each element is the sum of its own
//! and of all that it draws, computed once for each, in the order in which the search
//! leaves them. Both are linear in the number of arrows, whatever the sums are.

use super::document::{Child, Document, Element, Id};
use super::fault::{Fault, within};
use crate::bounds;
use crate::css::{self, Node, Rule};

/// Elements that are drawn only where something refers to them.
const REFERRED: [&str; 9] =
    ["clipPath", "defs", "filter", "linearGradient", "marker", "mask", "pattern", "radialGradient", "symbol"];

/// Properties that children take from their parents.
const INHERITED: [&str; 5] = ["fill", "stroke", "marker-start", "marker-end", "marker-mid"];
/// The place in it of the marker that is drawn at each point of a path.
const MID: usize = 4;

/// What is drawn, counted as often as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Cost {
    elements: f64,
    references: f64,
    points: f64,
    letters: f64,
    spans: f64,
    depth: f64,
}

impl Cost {
    fn add(&mut self, other: &Cost, times: f64) {
        self.elements += other.elements * times;
        self.references += other.references * times;
        self.points += other.points * times;
        self.letters += other.letters * times;
        self.spans += other.spans * times;
        self.depth = self.depth.max(other.depth);
    }
}

/// Whether a drawing can be followed to its end within the bounds.
pub(super) fn judge(document: &Document) -> Result<(), Fault> {
    let graph = Graph::of(document)?;
    let order = graph.order(document)?;
    let mut costs = vec![Cost::default(); document.elements.len()];
    for id in order {
        costs[id] = graph.cost(id, &document.elements[id], &costs);
    }
    within_bounds(&costs[0])?;
    let deepest = costs.iter().fold(0.0, |depth: f64, cost| depth.max(cost.depth));
    within(&bounds::DRAWING_LEVELS, deepest)?;
    graph.judge_search(document)
}

fn within_bounds(cost: &Cost) -> Result<(), Fault> {
    within(&bounds::DRAWING_ELEMENTS, cost.elements)?;
    within(&bounds::DRAWING_REFERENCES, cost.references)?;
    within(&bounds::DRAWING_POINTS, cost.points)?;
    within(&bounds::DRAWING_LETTERS, cost.letters)?;
    within(&bounds::DRAWING_SPANS, cost.spans)
}

struct Graph {
    /// For each element those that it draws, children and others, in order.
    draws: Vec<Vec<Id>>,
    /// How many of them are not its children.
    references: Vec<usize>,
    /// The paint and markers that each is drawn with.
    handed: Vec<Handed>,
}

/// The paint and markers that an element hands down.
type Handed = [Option<Id>; INHERITED.len()];

impl Graph {
    fn of(document: &Document) -> Result<Graph, Fault> {
        let count = document.elements.len();
        let sheets = document.elements.iter().filter(|element| element.name == "style");
        let rules: Vec<Rule> = sheets.flat_map(Element::words).flat_map(css::rules).collect();
        let matches = rules.iter().map(Rule::steps).sum::<usize>() as f64 * count as f64;
        within(&bounds::DRAWING_RULES, matches)?;
        let leads = |rule: &&Rule| rule.declarations.iter().any(|(_, value)| value.contains("url(#"));
        let rules: Vec<&Rule> = rules.iter().filter(leads).collect();
        let mut graph = Graph { draws: Vec::new(), references: Vec::new(), handed: Vec::new() };
        for (id, element) in document.elements.iter().enumerate() {
            let mut own = element.parent.map_or(Handed::default(), |parent| graph.handed[parent]);
            let is_drawn = |child: &Id| !REFERRED.contains(&document.elements[*child].name);
            let children = element.children.iter().filter_map(|child| match child {
                Child::Element(child) => Some(*child),
                Child::Words(_) => None,
            });
            // what is only referred to is drawn all the same where it stands in another such
            let mut draws: Vec<Id> = children.filter(|child| is_drawn(child)).collect();
            let before = draws.len();
            draws.extend(element.link().and_then(|place| document.ids.get(place)));
            styles(document, id, &rules, &mut own, &mut draws);
            if points(element) > 0.0 || matches!(element.name, "text" | "tspan" | "textPath" | "use") {
                draws.extend(own.iter().flatten());
            }
            graph.references.push(draws.len() - before);
            graph.draws.push(draws);
            graph.handed.push(own);
        }
        Ok(graph)
    }

    /// The elements, each behind all that it draws; an error when something draws itself.
    fn order(&self, document: &Document) -> Result<Vec<Id>, Fault> {
        let mut colours = vec![Colour::White; self.draws.len()];
        let mut order = Vec::with_capacity(self.draws.len());
        for start in 0..self.draws.len() {
            if colours[start] != Colour::White {
                continue;
            }
            let mut path = vec![(start, 0)];
            colours[start] = Colour::Grey;
            while let Some((id, next)) = path.last_mut() {
                match self.draws[*id].get(*next) {
                    Some(target) => {
                        *next += 1;
                        match colours[*target] {
                            Colour::White => {
                                colours[*target] = Colour::Grey;
                                path.push((*target, 0));
                            }
                            Colour::Grey => return Err(draws_itself(document, *target)),
                            Colour::Black => {}
                        }
                    }
                    None => {
                        colours[*id] = Colour::Black;
                        order.push(*id);
                        path.pop();
                    }
                }
            }
        }
        Ok(order)
    }

    /// What an element costs with all that it draws, whose costs are known.
    fn cost(&self, id: Id, element: &Element, costs: &[Cost]) -> Cost {
        let letters = element.words().map(|words| words.chars().count()).sum::<usize>();
        let references = self.references[id] + usize::from(matches!(element.name, "svg" | "use" | "image"));
        let mut cost = Cost {
            elements: 1.0,
            references: references as f64,
            points: points(element),
            letters: if element.name == "style" { 0.0 } else { letters as f64 },
            spans: 0.0,
            depth: 0.0,
        };
        let target = element.link().and(self.draws[id].get(self.draws[id].len() - self.references[id]));
        let (shapes, points) = match (element.name, target) {
            ("use", Some(target)) => (costs[*target].elements, costs[*target].points),
            _ => (1.0, cost.points),
        };
        for target in &self.draws[id] {
            cost.add(&costs[*target], 1.0);
        }
        for (place, target) in self.handed[id].iter().enumerate() {
            if let Some(target) = target.filter(|_| points > 0.0) {
                cost.add(&costs[target], if place == MID { points } else { shapes });
            }
        }
        if element.name == "text" {
            cost.spans = cost.letters * (cost.elements + cost.points);
        }
        cost.depth += 1.0;
        cost
    }

    /// Bounds the search for circles that the reader of drawings does once more, in
    /// three nested loops: for each pattern, mask, clip and filter through all that
    /// stands in it and through all that this refers to.
    fn judge_search(&self, document: &Document) -> Result<(), Fault> {
        let mut sizes = vec![1.0; document.elements.len()];
        for (id, element) in document.elements.iter().enumerate().rev() {
            if let Some(parent) = element.parent {
                let size: f64 = sizes[id];
                sizes[parent] += size;
            }
        }
        let mut steps = 0.0;
        for id in 0..document.elements.len() {
            let children = self.draws[id].len() - self.references[id];
            let targets: f64 = self.draws[id][children..].iter().map(|target| sizes[*target]).sum();
            let mut above = Some(id);
            while let Some(place) = above {
                if REFERRED.contains(&document.elements[place].name) {
                    steps += 1.0 + targets;
                }
                above = document.elements[place].parent;
            }
        }
        within(&bounds::DRAWING_RULES, steps)
    }
}

/// Adds the places that an element's properties refer to.
fn styles(document: &Document, id: Id, rules: &[&Rule], own: &mut Handed, draws: &mut Vec<Id>) {
    let element = &document.elements[id];
    let node = Place { document, id };
    let mut say = |name: &str, value: &str| {
        let targets = places(value).filter_map(|place| document.ids.get(place).copied());
        match INHERITED.iter().position(|known| *known == name) {
            Some(place) => own[place] = targets.last(),
            None if name == "marker" => own[2..].fill(targets.last()),
            None => draws.extend(targets),
        }
    };
    element.attributes.iter().for_each(|(name, value)| say(name, value));
    for rule in rules.iter().filter(|rule| rule.fits(&node)) {
        rule.declarations.iter().for_each(|(name, value)| say(name, value));
    }
    if let Some(style) = element.get("style") {
        css::properties(style).iter().for_each(|(name, value)| say(name, value));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    White,
    Grey,
    Black,
}

fn draws_itself(document: &Document, id: Id) -> Fault {
    let element = &document.elements[id];
    let name = element.get("id").map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
    let reason = format!("is a drawing whose element `<{}{name}>` draws itself, without end", element.name);
    Fault { reason, hint: "take the reference out that leads back to it, in a drawing program" }
}

/// The places that a value refers to.
fn places(value: &str) -> impl Iterator<Item = &str> {
    value.split("url(#").skip(1).filter_map(|rest| rest.split_once(')')).map(|(place, _)| place)
}

/// How many points a path has at most: two numbers each, or one behind `h` and `v`.
fn points(element: &Element) -> f64 {
    let path = match element.name {
        "path" => element.get("d"),
        "polygon" | "polyline" => element.get("points"),
        "line" => return 2.0,
        "rect" | "circle" | "ellipse" => return 9.0,
        _ => None,
    };
    path.map_or(0.0, numbers)
}

/// How many numbers a path has, those that touch one another too: `1.5.5-3`.
fn numbers(path: &str) -> f64 {
    let (mut count, mut inside, mut has_stop) = (0.0, false, false);
    for byte in path.bytes() {
        let starts = match byte {
            b'0'..=b'9' => !inside,
            b'.' => !inside || has_stop,
            b'-' | b'+' => true,
            b'e' | b'E' => false,
            _ => {
                inside = false;
                continue;
            }
        };
        if starts {
            count += 1.0;
            has_stop = false;
        }
        has_stop |= byte == b'.';
        inside = true;
    }
    count
}

/// An element in its drawing, for selectors.
struct Place<'d> {
    document: &'d Document,
    id: Id,
}

impl Place<'_> {
    fn element(&self) -> &Element {
        &self.document.elements[self.id]
    }
}

impl Node for Place<'_> {
    fn parent(&self) -> Option<Self> {
        self.element().parent.map(|id| Place { document: self.document, id })
    }

    fn is_named(&self, name: &str) -> bool {
        self.element().name == name
    }

    fn has_class(&self, class: &str) -> bool {
        self.element().get("class").is_some_and(|all| all.split_whitespace().any(|own| own == class))
    }

    fn has_id(&self, id: &str) -> bool {
        self.element().get("id") == Some(id)
    }
}
