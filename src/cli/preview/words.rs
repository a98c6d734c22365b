//! The words of a page, with their places: to be read aloud, marked, searched, and
//! followed back to the manuscript.

use crate::pages::{Flow, Item, Page, Pages, Placed, Role, Run};

/// A rectangle in points from the page's top left corner: left, top, width, height.
pub(super) type Area = [f64; 4];

/// A line of words.
pub(super) struct Line {
    /// Where it stands.
    pub area: Area,
    /// Its words; the hyphen that a line break added is none of them.
    pub words: String,
    /// It ends in such a hyphen.
    pub hyphenated: bool,
    letters: Vec<Letter>,
}

/// What one glyph stands for.
struct Letter {
    /// Its bytes in the line's words.
    bytes: (usize, usize),
    /// From where to where it reaches.
    x: (f64, f64),
    /// Its place in the running text.
    place: Option<Place>,
}

/// A place in the running text of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// In which flow.
    pub flow: Flow,
    /// Bytes of it before the place.
    pub at: u32,
}

/// How far a line reaches above its baseline and below, in parts of the type size.
const ABOVE: f64 = 0.76;
const BELOW: f64 = 0.26;
/// A gap between runs that parts words, in parts of the type size: that of columns.
const GAP: f64 = 0.15;

/// The lines of a page, in reading order.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let runs = page.items.iter().filter_map(|placed| match (&placed.item, placed.role) {
        (Item::Run(run), Role::Leaf(_)) => Some((placed, &**run)),
        _ => None,
    });
    let runs: Vec<(&Placed, &Run)> = runs.collect();
    runs.chunk_by(|a, b| a.0.at.y == b.0.at.y).map(line).collect()
}

fn line(runs: &[(&Placed, &Run)]) -> Line {
    let mut line = Line { area: [0.0; 4], words: String::new(), hyphenated: false, letters: Vec::new() };
    let (mut left, mut right, mut size) = (f64::MAX, f64::MIN, 0.0_f64);
    for (placed, run) in runs {
        let (start, em) = (placed.at.x.to_pt(), run.size.to_pt());
        if start - right > GAP * em && !line.words.is_empty() && !line.words.ends_with(' ') {
            line.words.push(' ');
        }
        line.add(run, start);
        (left, right, size) = (left.min(start), right.max(start + run.width().to_pt()), size.max(em));
    }
    let baseline = runs.first().map_or(0.0, |(placed, _)| placed.at.y.to_pt());
    line.area = [left, baseline - size * ABOVE, right - left, size * (ABOVE + BELOW)];
    line
}

impl Line {
    fn add(&mut self, run: &Run, start: f64) {
        let (base, mut pen) = (self.words.len(), start);
        self.words += &run.text;
        self.hyphenated = false;
        for glyph in &run.glyphs {
            let (text, next) = (glyph.text(), pen + glyph.advance().to_pt());
            self.hyphenated = text.is_empty();
            let origin = run
                .origin
                .map(|origin| Place { flow: origin.flow, at: origin.stretch + origin.within + text.start });
            if !text.is_empty() {
                let bytes = (base + text.start as usize, base + text.end as usize);
                self.letters.push(Letter { bytes, x: (pen, next), place: origin });
            }
            pen = next;
        }
    }

    /// The rectangle of some bytes of its words.
    fn part(&self, from: usize, to: usize) -> Option<Area> {
        let inside = self.letters.iter().filter(|letter| letter.bytes.0 < to && letter.bytes.1 > from);
        let reach = inside.map(|letter| letter.x).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let [_, top, _, height] = self.area;
        Some([reach.0, top, reach.1 - reach.0, height])
    }
}

/// The word at a place of a page, and where it stands in the running text.
pub(super) fn word_at(page: &Page, x: f64, y: f64) -> Option<(String, Place)> {
    const NEAR: f64 = 3.0;
    let lines = lines(page);
    let holds = |line: &&Line| {
        let [left, top, width, height] = line.area;
        (left - NEAR..=left + width + NEAR).contains(&x) && (top..=top + height).contains(&y)
    };
    let line = lines.iter().find(holds)?;
    let off = |letter: &&Letter| {
        let (from, to) = letter.x;
        if x < from { from - x } else { (x - to).max(0.0) }
    };
    let placed = line.letters.iter().filter(|letter| letter.place.is_some());
    let letter = placed.min_by(|a, b| off(a).total_cmp(&off(b)))?;
    let is_word = |c: char| c.is_alphanumeric() || c == '\u{2019}';
    let before = line.words[..letter.bytes.0].trim_end_matches(is_word).len();
    let behind = &line.words[before..];
    let word: String = behind.chars().take_while(|c| is_word(*c)).collect();
    letter.place.map(|place| (if word.is_empty() { behind.chars().take(1).collect() } else { word }, place))
}

/// The rectangles of words of a flow on a page.
pub(super) fn areas_of(lines: &[Line], place: Place, length: u32) -> Vec<Area> {
    let wanted = |letter: &&Letter| {
        letter
            .place
            .is_some_and(|it| it.flow == place.flow && it.at >= place.at && it.at < place.at + length.max(1))
    };
    let area = |line: &Line| {
        let bytes = line.letters.iter().filter(wanted).map(|letter| letter.bytes);
        let (from, to) = bytes.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        line.part(from, to)
    };
    lines.iter().filter_map(area).collect()
}

/// Where words were found.
pub(super) struct Hit {
    /// The page.
    pub page: usize,
    /// The words around them: before, they, behind.
    pub words: [String; 3],
    /// Where they stand on the page, one rectangle a line.
    pub areas: Vec<Area>,
}

/// So many places are shown.
pub(super) const MOST_HITS: usize = 300;
/// So many characters around a place are shown.
const AROUND: usize = 34;

/// Where words stand in a book, whatever their case and their quotation marks; also over
/// the ends of lines, with or without hyphens.
pub(super) fn search(pages: &Pages, wanted: &str) -> Vec<Hit> {
    let wanted: Vec<char> =
        wanted.split_whitespace().collect::<Vec<_>>().join(" ").chars().flat_map(folded).collect();
    let mut hits = Vec::new();
    if wanted.is_empty() {
        return hits;
    }
    for (index, page) in pages.pages.iter().enumerate() {
        let lines = lines(page);
        let text = Text::of(&lines);
        let mut from = 0;
        while let Some(at) = find(&text.folded, &wanted, from) {
            if hits.len() == MOST_HITS {
                return hits;
            }
            hits.push(text.hit(index, &lines, at, at + wanted.len()));
            from = at + wanted.len();
        }
    }
    hits
}

fn find(text: &[char], wanted: &[char], from: usize) -> Option<usize> {
    text.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}

/// A character as search compares it.
fn folded(c: char) -> impl Iterator<Item = char> {
    let plain = match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        c => c,
    };
    plain.to_lowercase().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'))
}

/// The words of a page in a row.
struct Text {
    folded: Vec<char>,
    /// For each of them its line, its byte there, and the character as it is printed.
    from: Vec<(usize, usize, char)>,
}

impl Text {
    fn of(lines: &[Line]) -> Text {
        let mut text = Text { folded: Vec::new(), from: Vec::new() };
        for (number, line) in lines.iter().enumerate() {
            for (at, c) in line.words.trim_end().char_indices() {
                text.push(c, (number, at, c));
            }
            if !line.hyphenated {
                text.push(' ', (number, line.words.len(), ' '));
            }
        }
        text
    }

    fn push(&mut self, c: char, from: (usize, usize, char)) {
        for folded in folded(c) {
            self.folded.push(folded);
            self.from.push(from);
        }
    }

    fn hit(&self, page: usize, lines: &[Line], from: usize, to: usize) -> Hit {
        let words = |from: usize, to: usize| self.from[from..to].iter().map(|(.., c)| *c).collect::<String>();
        let (before, behind) = (self.beginning_before(from), self.end_behind(to));
        let of_line = |part: &[(usize, usize, char)]| {
            let (number, first, _) = *part.first()?;
            let (_, last, c) = *part.last()?;
            lines[number].part(first, last + c.len_utf8())
        };
        let areas = self.from[from..to].chunk_by(|a, b| a.0 == b.0).filter_map(of_line).collect();
        let mut shown = [words(before, from), words(from, to), words(to, behind)];
        if before > 0 {
            shown[0].insert(0, '…');
        }
        if behind < self.from.len() {
            shown[2].push('…');
        }
        Hit { page, words: shown, areas }
    }

    /// Where a word begins that is shown before a place, with those between.
    fn beginning_before(&self, at: usize) -> usize {
        let first = at.saturating_sub(AROUND);
        let gap = |at: &usize| self.from[*at].2 == ' ';
        if first == 0 { 0 } else { (first..at).find(gap).map_or(first, |gap| gap + 1) }
    }

    /// Where a word ends that is shown behind a place, with those between.
    fn end_behind(&self, at: usize) -> usize {
        let last = at + AROUND;
        let gap = |at: &usize| self.from[*at].2 == ' ';
        if last >= self.from.len() { self.from.len() } else { (at..last).rev().find(gap).unwrap_or(last) }
    }
}
