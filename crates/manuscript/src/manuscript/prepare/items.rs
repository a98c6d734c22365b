//! Lists whose items begin as Pandoc's may: `a.`, `(i)`, `#.` and the examples
//! `(@label)`, which are numbered through a file.
//!
//! A letter with a stop may also begin a sentence, so a list is one only when a
//! second item with the next letter or number follows, and Markdown would run
//! the two together; where a blank line parts them, each is a paragraph that
//! stays as it was typed. Set in below the words of an item, one is a list by itself, unless the line above is so long that an
//! editor may have wrapped it. `#.` and `(@)` have no other meaning. Each mark is written as a number of Markdown's, as wide as it
//! was so that what belongs to the item still does, and noted beside the text.

use super::containers::marker_width;
use super::item_mark::{Examples, ItemMark, Kind, Run};
use super::lifter::Lifter;
use super::rows::{Row, line_end, quotes, rows};
use crate::book::{Around, NumberStyle, Numbers};
use crate::terms::numerals::from_roman;
use std::collections::{BTreeMap, BTreeSet};

/// How many lines further down the second item may stand.
const FARTHEST: usize = 200;
/// Editors wrap lines hardly narrower than this.
const NARROWEST: usize = 60;

/// A mark that may begin an item.
struct Marker {
    length: usize,
    /// A bracket stands behind it, as no sentence begins: within an item it may begin with any letter.
    bracketed: bool,
    /// One more letter with a stop stands behind it, as in `i. e.` and `a. m.`
    abbreviated: bool,
    /// What it may say: `i` is the ninth letter, and one.
    means: Vec<(Kind, u64)>,
}

impl Marker {
    /// Whether it is that of an example, `(@label)`.
    fn is_example(&self) -> bool {
        self.means.iter().any(|(kind, _)| *kind == Kind::Example)
    }
}

impl Lifter<'_> {
    /// Writes the line at `start` when it begins an item; returns where the next line starts.
    pub(super) fn fancy_item(&mut self, start: usize, end: usize, fresh: bool) -> Option<usize> {
        let set_in = !self.containers.is_empty() && self.source[start..].starts_with([' ', '\t', '>']);
        if self.runs.is_empty() && !fresh && !set_in {
            return None;
        }
        let row = rows(self.source, start).next()?;
        self.leave_runs(&row, fresh);
        let marker = marker(row.words).filter(|marker| self.examples.any || !marker.is_example())?;
        let depth = self.runs.iter().rposition(|run| run.spaces == row.spaces);
        let goes_on = depth.and_then(|depth| {
            let run = self.runs[depth];
            marker
                .means
                .iter()
                .any(|(kind, n)| *kind == run.kind && (*n == run.next || *n == 0))
                .then_some(depth)
        });
        match goes_on {
            Some(depth) => self.runs.truncate(depth + 1),
            None if fresh || self.is_inside(&row) => {
                let (kind, first) = self.begins(&row, &marker, fresh)?;
                let other =
                    self.runs.last().is_some_and(|run| run.spaces == row.spaces && run.delimiter == ')');
                self.runs.retain(|run| run.spaces < row.spaces);
                let delimiter = if other || self.last_delimiter == ')' { '.' } else { ')' };
                let written = self.written_at(&row);
                self.runs.push(Run { spaces: row.spaces, written, kind, next: first, delimiter });
            }
            None => return None,
        }
        self.write_item(&row, marker.length, end);
        Some(self.inline_from(start, &row, marker.length, end))
    }

    /// Whether a line is set in below an item that is open.
    fn is_inside(&self, row: &Row<'_>) -> bool {
        let (in_quotes, depth) = columns_of_quotes(self.source, row);
        let below = self.containers.marker(depth).is_some_and(|marker| row.spaces + in_quotes >= marker + 2);
        below || self.runs.last().is_some_and(|run| run.spaces < row.spaces)
    }

    /// How far the marker of a list's first item is set in where it is written: it belongs to the item that is open
    /// above it, however far its author has set it in.
    fn written_at(&self, row: &Row<'_>) -> usize {
        let (in_quotes, depth) = columns_of_quotes(self.source, row);
        match self.containers.column(depth).saturating_sub(in_quotes) {
            column if column > 0 && self.is_inside(row) => row.spaces.clamp(column, column + 3),
            _ => row.spaces,
        }
    }

    /// The kind and first number of the list that a marker begins: one that the second item goes on with, else
    /// what the marker says where it stands.
    fn begins(&self, row: &Row<'_>, marker: &Marker, fresh: bool) -> Option<(Kind, u64)> {
        let goes_on = |(kind, first): &(Kind, u64)| {
            matches!(kind, Kind::Lettered(_)) && self.second_follows(row, *kind, first + 1)
        };
        let within_run = self.runs.last().is_some_and(|run| run.spaces < row.spaces);
        let alone = self.is_inside(row) && (fresh || within_run || self.ends_above(row));
        let stands = |(kind, first): &(Kind, u64)| match kind {
            Kind::Lettered(_) => {
                alone && *first == 1 && !marker.abbreviated
                    || within_run && marker.bracketed
                    || *first < 50 && self.holds_list(row)
            }
            Kind::Hash(_) | Kind::Example => true,
        };
        // `c` alone is the third letter, and no hundred; `i` alone is one
        let plainest = marker.means.iter().filter(|it| stands(it)).min_by_key(|(_, first)| *first);
        marker.means.iter().find(|it| goes_on(it)).or(plainest).copied()
    }

    /// Whether the line above ends for a reason of its own: its words do, or no editor would have wrapped it there.
    fn ends_above(&self, row: &Row<'_>) -> bool {
        let above = self.source[..row.line].trim_end_matches(['\n', '\r']);
        let line = above.rsplit(['\n', '\r']).next().unwrap_or("").trim_end();
        line.ends_with([':', '.', ';', '!', '?', '…']) || line.chars().count() < NARROWEST
    }

    /// Whether the next line begins a list further in, so that this one is an item.
    fn holds_list(&self, first: &Row<'_>) -> bool {
        let below = rows(self.source, first.line).nth(1);
        below.is_some_and(|row| row.spaces >= first.spaces + 2 && marker(row.words).is_some())
    }

    fn second_follows(&self, first: &Row<'_>, kind: Kind, wanted: u64) -> bool {
        /// Further items are looked at no more than so many.
        const FURTHER: usize = 3;
        self.goes_on_after(first, kind, wanted, FURTHER)
    }

    /// Whether the item `wanted` stands below the one at `first`, and they are a list.
    fn goes_on_after(&self, first: &Row<'_>, kind: Kind, wanted: u64, deep: usize) -> bool {
        let (mut blank, mut parted, mut held) = (false, false, false);
        for row in rows(self.source, first.line).skip(1).take(FARTHEST) {
            let means = |marker: Marker| marker.means.iter().any(|(k, n)| *k == kind && *n == wanted);
            if row.spaces == first.spaces && marker(row.words).is_some_and(means) {
                // what is set in below a later item says that all of them are
                return !parted || held || deep > 0 && self.goes_on_after(&row, kind, wanted + 1, deep - 1);
            }
            let outside = row.spaces < first.spaces + 2;
            held |= blank && !outside;
            parted |= row.is_blank();
            if blank && outside && !row.is_blank() || row.words.starts_with('#') {
                return false;
            }
            blank = row.is_blank();
            // what is set in less has left the item that holds the list
            if !blank && row.spaces + 1 < first.spaces {
                return false;
            }
        }
        false
    }

    /// Ends the lists that a line does not belong to.
    fn leave_runs(&mut self, row: &Row<'_>, fresh: bool) {
        if fresh && !row.is_blank() {
            let is_item = marker(row.words).is_some();
            self.runs.retain(|run| row.spaces > run.spaces + 1 || (is_item && row.spaces == run.spaces));
        }
    }

    fn write_item(&mut self, row: &Row<'_>, length: usize, _end: usize) {
        let Some(run) = self.runs.last_mut() else { return };
        let (number, numbers) = match run.kind {
            Kind::Lettered(numbers) => (run.next, numbers),
            Kind::Hash(around) => (run.next, Numbers { around, ..Numbers::default() }),
            Kind::Example => {
                self.example += 1;
                (self.example, Numbers { around: Around::Parentheses, ..Numbers::default() })
            }
        };
        run.next = run.next.max(1) + 1;
        let (delimiter, spaces) = (run.delimiter, run.written);
        self.last_delimiter = delimiter;
        let depth = quotes(&self.source[row.line..row.from]).1;
        let column = spaces + usize::from(depth > 0);
        self.containers.enter(depth, column, column + marker_width(length, &row.words[length..]), false);
        for c in self.row_prefix(row.line, spaces).chars() {
            self.out.push(c, row.from);
        }
        self.out.items.insert(self.out.text.len(), ItemMark { number: number.max(1), numbers });
        let digits = (length - 1).clamp(1, 9);
        let written = format!("{:0>digits$}{delimiter}", 1);
        written.chars().for_each(|c| self.out.push(c, row.from));
    }

    /// The words behind a marker.
    fn inline_from(&mut self, start: usize, row: &Row<'_>, length: usize, end: usize) -> usize {
        let rest = &self.source[row.from + length..end];
        let blank = rest.len() - rest.trim_start().len();
        let kept = if (1..=4).contains(&blank) { blank } else { 1 };
        (0..kept).for_each(|_| self.out.push(' ', row.from + length));
        let _ = start;
        let line_out = self.out.text.len();
        self.inline(line_out, row.from + length + blank, end)
    }

    /// The number of the example that `(@label)` at `at` refers to, and its length.
    pub(super) fn example_reference(&self, at: usize, end: usize) -> Option<(u64, usize)> {
        let inside = self.source[at..end].strip_prefix("(@")?;
        let length = inside.find(')')?;
        self.examples.numbers.get(&inside[..length]).map(|number| (*number, length + 3))
    }
}

/// The examples of a file, as far as they are such.
pub(super) fn examples(source: &str) -> Examples {
    let mut found = BTreeMap::new();
    if !source.contains("(@") {
        return Examples::default();
    }
    let mut any = false;
    let (mut number, mut at) = (0, 0);
    while at < source.len() {
        let end = line_end(source, at);
        let line = source[at..end].trim_start_matches([' ', '\t', '>']);
        if let Some(marker) = marker(line).filter(Marker::is_example) {
            number += 1;
            let label = &line[2..marker.length - 1];
            any |= label.is_empty();
            if !label.is_empty() {
                found.entry(label.to_owned()).or_insert(number);
            }
        }
        at = super::after_newline(source, end).max(end + usize::from(end < source.len()));
    }
    if !any {
        let mut met = BTreeSet::new();
        let labels = source.match_indices("(@").filter_map(|(at, _)| source[at + 2..].split_once(')'));
        any = labels.filter(|(label, _)| found.contains_key(*label)).any(|(label, _)| !met.insert(label));
    }
    match any {
        true => Examples { numbers: found, any },
        false => Examples::default(),
    }
}

/// The marker that the words of a line begin with.
fn marker(words: &str) -> Option<Marker> {
    let opens = words.starts_with('(');
    let inside = words.strip_prefix('(').unwrap_or(words);
    let length = inside.find(['.', ')']).filter(|length| *length <= 40)?;
    let (name, closes) = (&inside[..length], inside.as_bytes()[length]);
    let around = match (opens, closes) {
        (true, b')') => Around::Parentheses,
        (false, b')') => Around::Parenthesis,
        (false, b'.') => Around::Stop,
        _ => return None,
    };
    let total = length + 1 + usize::from(opens);
    let rest = &words[total..];
    let capital = around == Around::Stop && name.len() == 1 && name.bytes().all(|b| b.is_ascii_uppercase());
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest.trim().is_empty() || blank < 1 + usize::from(capital) {
        return None;
    }
    let means = means(name, around);
    let mut behind = rest.trim_start().chars();
    let abbreviated =
        closes == b'.' && behind.next().is_some_and(char::is_alphabetic) && behind.next() == Some('.');
    (!means.is_empty()).then_some(Marker { length: total, bracketed: closes == b')', abbreviated, means })
}

/// How many columns of a line's white belong to its quotations, and how many these are.
fn columns_of_quotes(source: &str, row: &Row<'_>) -> (usize, usize) {
    let depth = quotes(&source[row.line..row.from]).1;
    (usize::from(depth > 0), depth)
}

fn means(name: &str, around: Around) -> Vec<(Kind, u64)> {
    let of = |style| Kind::Lettered(Numbers { style, around });
    if name == "#" {
        return vec![(Kind::Hash(around), 0)];
    }
    if let Some(label) = name.strip_prefix('@').filter(|_| around == Around::Parentheses) {
        let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        return if plain { vec![(Kind::Example, 0)] } else { Vec::new() };
    }
    let mut all = Vec::new();
    if around == Around::Parentheses && name.len() <= 4 {
        all.extend(
            name.parse()
                .ok()
                .filter(|_| name.bytes().all(|b| b.is_ascii_digit()))
                .map(|n| (of(NumberStyle::Figures), n)),
        );
    }
    let roman =
        (name.len() <= 6 && (lower(name) || upper(name))).then(|| from_roman(&name.to_ascii_lowercase()));
    all.extend(roman.flatten().map(|n| {
        (of(if lower(name) { NumberStyle::LowerRoman } else { NumberStyle::UpperRoman }), u64::from(n))
    }));
    if let [letter] = name.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        let style = if lower(name) { NumberStyle::LowerLetters } else { NumberStyle::UpperLetters };
        all.push((of(style), u64::from(letter.to_ascii_lowercase() - b'a' + 1)));
    }
    all
}

fn upper(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_uppercase())
}

fn lower(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_lowercase())
}
