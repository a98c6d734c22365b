//! How often which form stands in one text: what the rules compare with.

use super::forms::{self, Form, Spacing, ellipses, runs};
use super::tokens::{emphasised, inside};
use super::view::View;
use crate::narrow::Nearest;
use std::collections::{BTreeMap, HashMap};

/// The counts of one text.
#[derive(Debug, Default)]
pub(super) struct Counts<'a> {
    /// Words as written.
    words: HashMap<&'a str, Times>,
    /// How often each stands, in order.
    sorted: Vec<(&'a str, u32)>,
    /// Compounds without hyphen and case: their forms.
    pub compounds: BTreeMap<String, BTreeMap<String, u32>>,
    /// Abbreviations by their letters: how often in which form, and how often before a name.
    pub forms: BTreeMap<String, BTreeMap<Form, u32>>,
    /// Initials of persons with a space between, and without.
    pub spaced: u32,
    /// The same without.
    pub tight: u32,
    /// Dates with a comma before the year.
    pub comma: u32,
    /// Ellipses between words, by their spacing.
    pub ellipses: BTreeMap<Spacing, u32>,
    /// Full stops after a closing quotation mark, and before one.
    pub stops: (u32, u32),
    /// Words and titles in emphasis.
    pub emphasised: HashMap<&'a str, u32>,
}

/// How often a word stands in a text.
#[derive(Clone, Copy, Debug, Default)]
struct Times {
    all: u32,
    /// In mid-sentence.
    inner: u32,
}

impl<'a> Counts<'a> {
    /// Counts all paragraphs of a text.
    pub(super) fn of(views: &[&'a View]) -> Counts<'a> {
        let mut counts = Counts::default();
        for view in views {
            counts.words(view);
            counts.marks(&view.plain);
        }
        counts.sorted = counts.words.iter().map(|(word, times)| (*word, times.all)).collect();
        counts.sorted.sort_unstable();
        counts.compounds = compounds(&counts.sorted);
        for view in views {
            for run in runs(&view.plain).filter(|r| r.name && r.letters.len() == 2) {
                match run.form {
                    Form::Spaced if !counts.abbreviates(&run.letters) => counts.spaced += 1,
                    Form::Tight if !counts.abbreviates(&run.letters) => counts.tight += 1,
                    _ => {}
                }
            }
        }
        counts
    }

    fn words(&mut self, view: &'a View) {
        for (at, token) in view.tokens() {
            let times = self.words.entry(token).or_default();
            times.all += 1;
            times.inner += u32::from(inside(&view.plain, at));
        }
        for (_, passage) in emphasised(&view.plain) {
            *self.emphasised.entry(passage).or_insert(0) += 1;
        }
    }

    fn marks(&mut self, text: &str) {
        for run in runs(text) {
            let form = if run.name { run.form.of_name() } else { run.form };
            *self.forms.entry(run.letters).or_default().entry(form).or_insert(0) += 1;
        }
        for (_, spacing) in ellipses(text) {
            *self.ellipses.entry(spacing).or_insert(0) += 1;
        }
        self.comma += u32::nearest(forms::marks(text).filter(|d| d.2 == ", ").count());
        for (at, mark) in text.match_indices('”') {
            self.stops.0 += u32::from(text[at + mark.len()..].starts_with('.'));
            self.stops.1 += u32::from(text[..at].ends_with('.'));
        }
    }

    /// Whether the letters stand for something else than a person's names: also where no name follows.
    pub(super) fn abbreviates(&self, letters: &str) -> bool {
        self.forms.get(letters).is_some_and(|f| f.keys().any(|form| !form.is_of_name()))
    }

    /// How often an abbreviation stands in a form, before a name or not.
    pub(super) fn form(&self, letters: &str, form: Form) -> u32 {
        let count = |form| self.forms.get(letters).and_then(|f| f.get(&form)).copied().unwrap_or(0);
        count(form) + if form == form.of_name() { 0 } else { count(form.of_name()) }
    }

    /// How often `word` stands in mid-sentence.
    pub(super) fn inner(&self, word: &str) -> u32 {
        self.words.get(word).map_or(0, |times| times.inner)
    }

    /// How often `word` stands at all.
    pub(super) fn all(&self, word: &str) -> u32 {
        self.words.get(word).map_or(0, |times| times.all)
    }

    /// All words with their counts in order, from `head` on.
    pub(super) fn from(&self, head: &str) -> impl Iterator<Item = &(&'a str, u32)> {
        self.sorted[self.sorted.partition_point(|(word, _)| *word < head)..].iter()
    }
}

/// How many bytes a word has at least that may be a compound.
pub(super) const LONG: usize = 7;

/// Words by their letters without hyphen and case: the forms that they have.
fn compounds(words: &[(&str, u32)]) -> BTreeMap<String, BTreeMap<String, u32>> {
    let mut compounds: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
    for (word, n) in words {
        let lower = word.to_lowercase();
        if lower.len() < LONG {
            continue;
        }
        let joined = lower.replace('-', "");
        if joined.len() >= LONG {
            *compounds.entry(joined).or_default().entry(lower).or_insert(0) += n;
        }
    }
    compounds
}
