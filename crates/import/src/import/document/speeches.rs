//! Which lines begin the speeches of a play.

use super::super::line::Line;
use super::super::speaker::{persons, speaker, speaks};
use super::{Document, Role};
use std::collections::{BTreeMap, BTreeSet};

/// The names of who speaks.
pub(super) struct Speeches<'l> {
    in_capitals: BTreeSet<&'l str>,
    persons: BTreeSet<String>,
}

impl<'l> Speeches<'l> {
    /// Those of a document.
    pub(super) fn of(lines: &'l [Line<'_>], document: &Document) -> Speeches<'l> {
        let text = (0..lines.len()).filter(|at| document.is_text(*at)).map(|at| lines[at].trimmed());
        Speeches { in_capitals: speakers(lines, document), persons: persons(text) }
    }

    /// Whether a line begins a speech, which stands at the margin or not.
    pub(super) fn begin_with(&self, text: &str, at_margin: bool) -> bool {
        speaker(text).is_some_and(|name| self.in_capitals.contains(name))
            || at_margin && speaks(text, &self.persons)
    }
}

/// The persons of a play: names in capitals with which several lines begin, of two persons at least.
fn speakers<'l>(lines: &'l [Line<'_>], document: &Document) -> BTreeSet<&'l str> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let text = (0..lines.len()).filter(|at| document.roles[*at] == Role::Text);
    text.filter_map(|at| speaker(lines[at].trimmed())).for_each(|name| *times.entry(name).or_default() += 1);
    let found: BTreeSet<&str> =
        times.into_iter().filter(|(_, n)| *n >= LEAST_SPEECHES).map(|(n, _)| n).collect();
    if found.len() >= LEAST_SPEAKERS { found } else { BTreeSet::new() }
}

/// How often a person of a play speaks at least, and how many do.
const LEAST_SPEECHES: usize = 3;
const LEAST_SPEAKERS: usize = 2;
