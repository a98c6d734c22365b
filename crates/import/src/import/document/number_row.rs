//! The cheapest row of page numbers: printed number minus place in the row, piecewise.
//!
//! For every difference `number − place` that comes twice or more there
//! is a state, and one state for pages without a number. The cheapest row of
//! states (Viterbi 1967; n pages, at most [`MOST_STATES`] states: n × states
//! steps, since a change costs the same from wherever) explains the candidates:
//! a page that agrees earns, one that contradicts pays, a change of the
//! difference (plates, a missing page, roman to arabic) pays once, and little where a leaf tells of it. So a lost or
//! misread number is outvoted by its neighbours from both sides.

use super::PhysicalPage;
use super::candidate::Candidate;
use super::leaves::Leaf;
use crate::narrow::Nearest;
use std::collections::{BTreeMap, BTreeSet};

/// A difference between number and place, in roman or arabic numerals.
pub(super) type State = (i64, bool);

/// How many states are kept.
const MOST_STATES: usize = 48;
/// What a page earns that agrees, for a candidate of full weight.
const AGREES: f64 = 3.0;
/// What a page pays that has no candidate, in a document in which every page has one.
const SILENT: f64 = 0.4;
/// What a page pays that has a number alone at its edge, but another.
const CONTRADICTS: f64 = 1.5;
/// The weight of a title that the contents list has on a page of that number.
pub(super) const TITLED: f64 = 2.0;
/// What a page of the front pays that has a roman number alone at its edge, where it is given a figure: letters such as `vi` are
/// hardly anything else there. Before the first page that bears a figure which others agree with.
const CONTRADICTS_ROMAN: f64 = 3.0;
/// What a page pays on which the contents list has a title, and at another number.
const CONTRADICTS_TITLE: f64 = 2.0;
/// What a change of the difference costs.
const CHANGE: f64 = 5.0;
/// What it costs where the difference changes by so little that a leaf or two explain it: two heads with numbers that agree
/// are worth more, one is not.
const CHANGE_NEAR: f64 = 3.6;
const NEAR_CHANGES: [i64; 6] = [1, -1, 2, -2, 3, -3];
/// What it costs where a leaf tells of it: a plate without a number, a sign that is missing; and where a text begins on a
/// right-hand page, before which a blank one may be left out.
const CHANGE_TOLD: f64 = 1.0;
const CHANGE_BLANK: f64 = 1.5;
/// What it costs that one number is left out, where two pages in a row show it: a leaf was lost.
const CHANGE_LOST: f64 = 3.0;
/// What it costs to begin with roman numbers after pages without any, and with arabic ones after roman ones.
const BEGIN_ROMAN: f64 = 3.0;
const BEGIN_ARABIC: f64 = 2.0;
/// With which number arabic ones begin at most, and what it costs to begin with a greater one after roman numbers, where two pages
/// show it.
const FIRST_ARABIC: i64 = 3;
const BEGIN_LATE: f64 = 4.0;
/// What it costs to begin with a number.
const BEGIN: f64 = 2.0;

pub(super) fn state_of(page: &PhysicalPage, candidate: &Candidate) -> State {
    (i64::from(candidate.number.value) - page.index, candidate.number.roman)
}

/// By how much the difference may change at page `i` for a reason, and what that costs.
fn steps(i: usize, found: &[Candidate], leaves: &[Leaf]) -> Vec<(i64, f64)> {
    let before = i.checked_sub(1).map(|before| leaves[before]).unwrap_or_default();
    let begins = found.iter().any(|c| c.weight >= TITLED && c.number.value % 2 == 1);
    let steps = [
        (before.is_plate(), -1, CHANGE_TOLD),
        (before.gap() > 0, before.gap(), CHANGE_TOLD),
        (begins, 1, CHANGE_BLANK),
    ];
    steps.into_iter().filter(|step| step.0).map(|(_, by, cost)| (by, cost)).collect()
}

/// What the candidates of a difference are worth together at least: a number in a head.
pub(super) const LEAST_STATE: f64 = 0.7;
/// What those of two pages are worth more than.
const LEAST_TWICE: f64 = 1.1;
/// How much greater than twice the number of leaves a number is at most that one page alone shows.
const FRONT: i64 = 50;

/// The differences, the commonest first.
pub(super) fn states(pages: &[PhysicalPage], candidates: &[Vec<Candidate>]) -> Vec<State> {
    let mut weights: BTreeMap<State, f64> = BTreeMap::new();
    for (page, found) in pages.iter().zip(candidates) {
        let mut here: Vec<State> = Vec::new();
        for candidate in found {
            let state = state_of(page, candidate);
            if !here.contains(&state) {
                *weights.entry(state).or_default() += candidate.weight;
                here.push(state);
            }
        }
    }
    // what one page alone shows may be a year
    let most = i64::try_from(pages.len()).unwrap_or(i64::MAX).saturating_mul(2) + FRONT;
    // but not one that a leaf or two part from what others show
    let strong: Vec<State> = weights.iter().filter(|w| *w.1 > LEAST_TWICE).map(|w| *w.0).collect();
    let is_near = |state: State| {
        strong.iter().any(|other| other.1 == state.1 && NEAR_CHANGES.contains(&(state.0 - other.0)))
    };
    let may = |(state, weight): &(State, f64)| {
        *weight > LEAST_TWICE || *weight >= LEAST_STATE && (state.0 <= most || is_near(*state))
    };
    let mut found: Vec<(State, f64)> = weights.into_iter().filter(may).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.truncate(MOST_STATES);
    found.into_iter().map(|(state, _)| state).collect()
}

/// The weight of the candidates of a page that agree with a state.
pub(super) fn weight(page: &PhysicalPage, candidates: &[Candidate], state: State) -> f64 {
    let agree = candidates.iter().filter(|c| state_of(page, c) == state).map(|c| c.weight);
    // a title of the list and a number at the edge speak for the same independently
    let (titles, numbers): (Vec<f64>, Vec<f64>) = agree.partition(|weight| *weight >= TITLED);
    let most = |weights: Vec<f64>| weights.into_iter().fold(0.0, f64::max);
    most(titles) + most(numbers)
}

/// The share of pages that bear numbers: a difference that one page alone has is that of a year or a note.
fn habit(pages: &[PhysicalPage], candidates: &[Vec<Candidate>]) -> f64 {
    let strong = |(page, found): (&PhysicalPage, &Vec<Candidate>)| -> BTreeSet<State> {
        found.iter().filter(|c| c.weight >= LEAST_STATE).map(|c| state_of(page, c)).collect()
    };
    let each: Vec<BTreeSet<State>> = pages.iter().zip(candidates).map(strong).collect();
    let mut times: BTreeMap<State, usize> = BTreeMap::new();
    each.iter().flatten().for_each(|state| *times.entry(*state).or_default() += 1);
    let bearing = each.iter().filter(|states| states.iter().any(|state| times[state] > 1)).count();
    bearing as f64 / pages.len().max(1) as f64
}

/// The first page that bears a figure with which another page agrees.
fn first_figure(pages: &[PhysicalPage], candidates: &[Vec<Candidate>]) -> usize {
    let figures = |i: usize| {
        let plain = candidates[i].iter().filter(|c| !c.number.roman && c.weight >= LEAST_STATE);
        plain.map(move |c| state_of(&pages[i], c))
    };
    let mut times: BTreeMap<State, usize> = BTreeMap::new();
    (0..pages.len()).flat_map(figures).for_each(|state| *times.entry(state).or_default() += 1);
    (0..pages.len()).find(|i| figures(*i).any(|state| times[&state] > 1)).unwrap_or(0)
}

/// Whether a number is a roman one alone in its line, of letters that are no letter of a list.
pub(super) fn is_lone_roman(candidate: &Candidate) -> bool {
    let letters = || candidate.number.to_string().len();
    candidate.alone && candidate.weight >= 1.0 && candidate.number.roman && letters() >= LEAST_LETTERS
}

/// How many letters a roman number has at least that can be nothing else.
const LEAST_LETTERS: usize = 2;

/// The ways to a state from those beside it, each with its cost and the state that it comes from.
fn by_little(
    state: State,
    place: &BTreeMap<State, usize>,
    cost: &[f64],
) -> impl Iterator<Item = (f64, usize)> {
    let before = move |by: &i64| place.get(&(state.0 - by, state.1)).copied();
    NEAR_CHANGES.iter().filter_map(before).map(move |before| (cost[before] + CHANGE_NEAR, before))
}

/// What a page costs in a state, or without a number, from wherever the row comes to it.
fn own_cost(
    page: &PhysicalPage,
    found: &[Candidate],
    state: Option<State>,
    (habit, in_front): (f64, bool),
) -> f64 {
    let alone = found.iter().any(|c| c.alone && c.weight >= 1.0);
    let Some(state) = state else { return if alone { 1.0 } else { 0.0 } };
    let agrees = weight(page, found, state);
    let titled = agrees <= 0.0 && found.iter().any(|c| c.weight >= TITLED);
    let own = match (page.index + state.0 < 1, agrees > 0.0, alone) {
        (true, ..) => 1e6,
        (_, false, _) if in_front && !state.1 => CONTRADICTS_ROMAN,
        (_, true, _) => -AGREES * agrees,
        (_, _, true) => CONTRADICTS * habit,
        _ => SILENT * habit,
    };
    own + if titled { CONTRADICTS_TITLE } else { 0.0 }
}

/// The cheapest row of states; `None` for a page without a number.
pub(super) fn cheapest(
    pages: &[PhysicalPage],
    (candidates, leaves): (&[Vec<Candidate>], &[Leaf]),
    states: &[State],
) -> Vec<Option<usize>> {
    let count = states.len() + 1;
    let mut cost: Vec<f64> = (0..count).map(|s| if s == 0 { 0.0 } else { BEGIN }).collect();
    let mut back: Vec<Vec<u16>> = Vec::with_capacity(pages.len());
    let habit = habit(pages, candidates);
    let first_figure = first_figure(pages, candidates);
    let place: BTreeMap<State, usize> = states.iter().enumerate().map(|(s, state)| (*state, s + 1)).collect();
    for (i, (page, found)) in pages.iter().zip(candidates).enumerate() {
        let best = (0..count).min_by(|a, b| cost[*a].total_cmp(&cost[*b])).unwrap_or(0);
        let changed = cost[best] + CHANGE;
        let steps = steps(i, found, leaves);
        let roman = (1..count).filter(|s| states[s - 1].1).min_by(|a, b| cost[*a].total_cmp(&cost[*b]));
        let agrees =
            |i: usize, state| pages.get(i).is_some_and(|page| weight(page, &candidates[i], state) > 0.0);
        let silent =
            |i: usize| candidates.get(i).is_some_and(|found| found.iter().all(|c| c.weight < LEAST_STATE));
        let again = |i: usize| leaves.get(i).is_some_and(|leaf| leaf.repeated);
        let follow = |i: usize, state: State| agrees(i, state) && (agrees(i + 1, state) || again(i + 1));
        let begins = |state: State| match state {
            (_, true) => Some((cost[0] + BEGIN_ROMAN, 0)),
            (difference, false) if page.index + difference <= FIRST_ARABIC => {
                // what stands before it may bear no number
                let behind_roman = roman.map(|s| (cost[s] + BEGIN_ARABIC, s));
                let alone = (cost[0] + BEGIN, 0);
                Some(behind_roman.filter(|found| found.0 < alone.0).unwrap_or(alone))
            }
            // the page with a title may bear no number
            state if follow(i, state) || silent(i) && follow(i + 1, state) => {
                roman.map(|s| (cost[s] + BEGIN_LATE, s))
            }
            _ => None,
        };
        // the cheapest way to each state: on in it, from whichever at the full price, from its neighbour for a reason
        let ways: Vec<(f64, usize)> = (0..count)
            .map(|s| {
                let whole = if changed < cost[s] { (changed, best) } else { (cost[s], s) };
                let Some(state) = s.checked_sub(1).map(|s| states[s]) else { return whole };
                let near = steps.iter().filter_map(|(by, price)| {
                    let before = *place.get(&(state.0 - by, state.1))?;
                    Some((cost[before] + price, before))
                });
                // a page was lost: this one and the next bear numbers that are one more
                let lost = place.get(&(state.0 - 1, state.1)).filter(|_| follow(i, state));
                let lost = lost.map(|before| (cost[*before] + CHANGE_LOST, *before));
                near.chain(begins(state))
                    .chain(lost)
                    .chain(by_little(state, &place, &cost))
                    .fold(whole, |a, b| if b.0 < a.0 { b } else { a })
            })
            .collect();
        let from: Vec<u16> = ways.iter().map(|(_, before)| u16::nearest(*before)).collect();
        let in_front = i < first_figure && found.iter().any(is_lone_roman);
        cost = (0..count)
            .map(|s| {
                let state = s.checked_sub(1).map(|s| states[s]);
                ways[s].0 + own_cost(page, found, state, (habit, in_front))
            })
            .collect();
        back.push(from);
    }
    let mut at = (0..count).min_by(|a, b| cost[*a].total_cmp(&cost[*b])).unwrap_or(0);
    let mut path = vec![None; pages.len()];
    for i in (0..pages.len()).rev() {
        path[i] = at.checked_sub(1);
        at = usize::from(back[i][at]);
    }
    path
}
