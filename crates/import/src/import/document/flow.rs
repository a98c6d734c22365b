//! Where paragraphs begin in text whose lines are as they were set.
//!
//! A blank line parts paragraphs where the writer set one; a PDF reader sets
//! none. Then the indent of the first line tells, when the document indents;
//! else a last line that left room for the next word. Each sign adds its
//! log-odds, and a paragraph begins where the sum is above zero. Room is
//! measured against the lines that certainly go on: those that end in
//! mid-sentence. Where a reader of PDF has dropped the indent, the first line
//! is still narrower than others by as much ([`FirstLines`]).

use super::super::closers::QUOTATION;
use super::super::hyphen::Hyphen;
use super::super::line::{Line, goes_on};
use super::super::mark::{page_mark, scan_page};
use super::super::model::Flow;
use super::candidate::is_head;
use super::cues::Cues;
use super::first_widths::{FirstLines, RULERS, Ruler};
use super::inset;
use super::margins::{indent, margins};
use super::quotation_marks::Marks;
use super::sentences::{starts_small, stops};
use super::speeches::Speeches;
use super::split_blocks;
use super::stanzas::stanzas;
use super::{Document, Role};
use crate::narrow::Nearest;
use std::collections::{BTreeMap, BTreeSet};

/// From how many lines in a hundred on that begin further in than their neighbours the document indents.
const INDENTED: (usize, usize) = (2, 45);
/// How many lines that certainly go on tell how wide a full one is.
const LEAST_PAIRS: usize = 6;
/// How many lines of any width stand for those that were not met.
const FLOOR: f64 = 0.4;
/// What it tells that the next word had no room in a line of the usual width: then the line does not tell at all whether it
/// is the last of its paragraph, and is joined with the next.
const NO_ROOM: f64 = -3.0;
/// What it tells that a quotation is open which the next line does not open anew, as every paragraph of one would.
const QUOTED: f64 = -3.0;
/// From which log-odds on a line is said to be short.
const SHORT: f64 = 3.0;
/// What room tells at most, in log-odds.
const MOST_BY_ROOM: f64 = 4.5;
/// The log-odds that a line after the end of a sentence begins a paragraph, where the document has too few to tell.
const PRIOR: f64 = 1.2;
/// From how many such lines on it tells.
const LEAST_ENDS: usize = 30;
/// How many rounds are enough for the share to settle.
const ROUNDS: usize = 8;
/// What it tells that a line counts a passage: `(ii) The`, `3. The`.
const COUNTED: f64 = 2.5;
/// What it tells that a narrow line stands above a full one, as a title does: no line that goes on is so narrow.
const ALONE: f64 = 4.0;
/// How narrow it is at most, and how wide the full one at least, as shares of the usual width.
const NARROW: f64 = 0.72;
const WIDE: f64 = 0.8;
/// What share of a full line the two parts of a broken one measure together, how many show that lines are broken, and what that
/// tells of the second part.
const WHOLE: (f64, f64) = (0.86, 1.06);
const LEAST_RESTS: usize = 10;
const REST: f64 = -8.0;
/// What it tells that no sentence ends above, and that a small letter follows.
const NO_STOP: f64 = -5.5;
const SMALL: f64 = -4.2;
/// How far a paragraph is indented at most, in characters.
const DEEPEST: usize = 8;

/// How lines are set.
#[derive(Clone, Debug)]
struct Measure {
    /// What a line's width is counted in.
    ruler: Ruler,
    /// How wide hardly a full line exceeds.
    usual: f64,
    /// How wide the lines would be with the next line's first word, of those that certainly go on: in order.
    filled: Vec<f64>,
    /// The log-odds that a line after the end of a sentence begins a paragraph, before its room is looked at.
    prior: f64,
    /// The indent of a paragraph's first line, when the document has one.
    indent: Option<usize>,
    /// How wide first lines are, when the document has dropped their indent.
    first: Option<FirstLines>,
    /// What words tell, where no indent does.
    cues: Option<Cues>,
    /// Whether the reader of PDF broke lines at the wide space behind a sentence.
    broken: bool,
}

/// From one line in so many on that has room for the next word, lines are stretched.
const STRETCHED: usize = 40;
/// How many characters an indent takes that a reader of PDF drops.
const LARGEST_INDENT: f64 = 3.0;
/// Two paragraphs that are joined wrongly are both spoilt, one that is parted wrongly is one: what that is worth where
/// nothing is sure, as log-odds of a half.
const JOINED_WRONGLY: f64 = 0.7;
/// Finds the paragraphs of all pages.
pub(super) fn paragraphs(lines: &[Line<'_>], document: &mut Document) {
    if !document.set_lines {
        return;
    }
    let margins = margins(lines, document);
    let inset = inset::lines_within(lines, document, &margins);
    let learnt = learn(lines, document, &margins, &inset);
    document.margins.clone_from(&margins);
    let Some(measure) = learnt else { return };
    document.parameters.push(("width of a full line", measure.told()));
    document.parameters.push((
        INDENT,
        measure.indent.map_or("none: the room in the last line tells".into(), |n| format!("{n} characters")),
    ));
    document.short = (0..lines.len().saturating_sub(1))
        .filter(|at| document.is_text(*at))
        .filter(|at| measure.by_room(with_next(lines, (*at, at + 1), margins[*at], measure.ruler)) > SHORT)
        .collect();
    sections(lines, document, &measure);
    if let Some(flow) = split_blocks::paragraphs(lines, document) {
        let told = "none: white space stands above and below first lines";
        document.parameters.retain(|(name, _)| *name != INDENT);
        document.parameters.push((INDENT, told.to_owned()));
        document.flow = flow;
        return;
    }
    let speeches = Speeches::of(lines, document);
    let speaks = |at: usize| speeches.begin_with(lines[at].trimmed(), indent(&lines[at]) <= margins[at]);
    let verse = of_verse(lines, document, &measure, &speaks);
    let marks = Marks::of((0..lines.len()).filter(|at| document.is_text(*at)).map(|at| lines[at].trimmed()));
    let (mut before, mut quoted): (Option<usize>, bool) = (None, false);
    for page in 0..document.pages.len() {
        let body = document.pages[page].body();
        let mut first = true;
        for at in body {
            if !document.is_text(at) {
                continue;
            }
            if document.roles[at] != Role::Text {
                (before, first, quoted) = (None, false, false);
                continue;
            }
            let here = lines[at].trimmed();
            if let Some(above) = before {
                let said = if quoted && !here.starts_with(QUOTATION) { QUOTED } else { 0.0 };
                let risk = if measure.first.is_some() { JOINED_WRONGLY } else { 0.0 };
                let rest = measure.broken && measure.is_rest(lines, document, at) == Some(true);
                let by_first = if rest { REST } else { measure.by_first(lines, document, at) + risk };
                let odds = verse.get(&at).copied().unwrap_or(0.0)
                    + said
                    + if speaks(at) { SPEAKS } else { 0.0 }
                    + by_first
                    + odds(lines, (above, at), (margins[above], margins[at]), &measure, first);
                let odds = if first && is_pressed(lines, (above, at)) { odds.min(PRESSED) } else { odds };
                let sure = confidence(odds);
                let flow = if odds > 0.0 { Flow::Begins(sure) } else { Flow::Joined(sure) };
                let parted = lines[at].blanks > 0 && !first;
                quoted &= odds <= 0.0 && !parted;
                if !parted || odds < -4.0 {
                    document.flow.insert(at, flow);
                }
            }
            quoted = marks.is_open(here, quoted);
            (before, first) = (Some(at), false);
        }
    }
    // a first line that stands in less tells nothing of those that stand in further
    let further = |at: &usize| {
        measure.indent.is_none_or(|first| indent(&lines[*at]) > document.margins[*at] + first + 1)
    };
    for at in inset.into_iter().filter(further) {
        document.flow.insert(at, Flow::Joined(97));
    }
}

/// Whether nothing but the mark of a page stands between two lines, within a sentence: where lines are filled anew it ends one
/// anywhere, so that its room tells nothing.
fn is_pressed(lines: &[Line<'_>], (above, at): (usize, usize)) -> bool {
    at == above + 2
        && lines[above + 1].blanks == 0
        && lines[at].blanks == 0
        && page_mark(lines[above + 1].trimmed()).is_some()
        && scan_page(lines[above + 1].trimmed()).is_none()
        && !stops(lines[above].trimmed())
}

/// The log-odds that a paragraph begins there at most.
const PRESSED: f64 = -3.5;

/// What it tells of lines that they are further ones of a stanza.
fn of_verse(
    lines: &[Line<'_>],
    document: &Document,
    measure: &Measure,
    speaks: &dyn Fn(usize) -> bool,
) -> BTreeMap<usize, f64> {
    let whole = Ruler { most: f64::INFINITY, ..measure.ruler };
    let room = |at: usize| {
        with_next(lines, (at, at + 1), document.margins[at], whole) + whole.width(" ") * 2.0 < measure.usual
    };
    let mut found = BTreeMap::new();
    for stanza in stanzas(lines, document, measure.indent, &room, speaks) {
        found.extend((stanza.start + 1..stanza.end).map(|at| (at, VERSE)));
    }
    found
}

/// What it tells that a line goes on with a stanza.
const VERSE: f64 = -16.0;

/// The name of what the report says of indents.
const INDENT: &str = "indent of a paragraph";

/// Titles of sections at the margin: short lines in letters as titles have them, without a stop, between the end of a sentence and a
/// full line that is indented where the text indents its paragraphs, or with white space on both sides. One alone may be
/// something else.
fn sections(lines: &[Line<'_>], document: &mut Document, measure: &Measure) {
    let inner = |at: usize| self::indent(&lines[at]) as i64 - document.margins[at] as i64;
    let width = |at: usize| measure.ruler.width(lines[at].trimmed());
    let (mut above, mut found): (Option<usize>, Vec<usize>) = (None, Vec::new());
    for at in 0..lines.len().saturating_sub(1) {
        if document.roles[at] != Role::Text {
            continue;
        }
        let text = lines[at].trimmed();
        let alone = |at: usize| lines[at].blanks > 0 && lines[at + 1].blanks > 0;
        // the words under a picture end with no stop
        let apart = |above: usize| alone(above) && width(above) < measure.usual * NARROW;
        let ended = above.is_some_and(|above| stops(lines[above].trimmed()) || alone(at) && apart(above));
        let next = document.roles[at + 1] == Role::Text && !lines[at + 1].feed;
        let titled = || is_head(text) && !text.ends_with([',', ';', '-', '—']) && !stops(text);
        if ended
            && next
            && inner(at) == 0
            && measure.indent.map_or_else(
                || lines[at].blanks > 0 && lines[at + 1].blanks > 0 && !starts_small(lines[at + 1].trimmed()),
                |indent| (inner(at + 1) - indent as i64).abs() <= 1,
            )
            && width(at) < measure.usual * NARROW
            && width(at + 1) > measure.usual * WIDE
            && text.starts_with(char::is_uppercase)
            && titled()
        {
            found.push(at);
        }
        above = Some(at);
    }
    for at in found.iter().filter(|_| found.len() >= LEAST_SECTIONS) {
        document.roles[*at] = Role::Title(2, 85, "a narrow line between paragraphs, as others of this text");
    }
}

/// How many such titles a text has at least.
const LEAST_SECTIONS: usize = 3;

/// What it tells that a line begins with the name of one.
const SPEAKS: f64 = 7.0;

fn confidence(odds: f64) -> u8 {
    let sure = 1.0 / (1.0 + (-odds.abs()).exp());
    u8::nearest((sure * 100.0).clamp(50.0, 99.0))
}

/// Learns how lines are set from those that certainly go on.
fn learn(
    lines: &[Line<'_>],
    document: &Document,
    margins: &[usize],
    inset: &BTreeSet<usize>,
) -> Option<Measure> {
    let text = |at: &usize| document.roles[*at] == Role::Text;
    let pair = |at: &usize| {
        let next = &lines[at + 1];
        text(&(at + 1))
            && next.blanks == 0
            && !next.feed
            && goes_on(lines[*at].trimmed())
            && next.trimmed().starts_with(char::is_lowercase)
    };
    let pairs: Vec<usize> = (0..lines.len().saturating_sub(1)).filter(text).filter(pair).collect();
    if pairs.len() < LEAST_PAIRS {
        return None;
    }
    let filled = |ruler: Ruler| {
        let mut found: Vec<f64> =
            pairs.iter().map(|at| with_next(lines, (*at, at + 1), margins[*at], ruler)).collect();
        found.sort_by(f64::total_cmp);
        found
    };
    let rulers = RULERS.iter().map(|ruler| (*ruler, filled(*ruler)));
    let (ruler, filled) = rulers.min_by(|a, b| unevenness(&a.1).total_cmp(&unevenness(&b.1)))?;
    let mut widths: Vec<f64> = pairs.iter().map(|at| ruler.width(lines[*at].trimmed())).collect();
    widths.sort_by(f64::total_cmp);
    let usual = widths[widths.len() * 9 / 10];
    let mut counts = [0usize; DEEPEST + 1];
    let mut all = 0;
    for at in (0..lines.len()).filter(text) {
        let inner = indent(&lines[at]).saturating_sub(margins[at]);
        all += 1;
        let within = inset.contains(&at) || inset.contains(&(at + 1));
        if (1..=DEEPEST).contains(&inner) && !within && !goes_on_at_indent(lines, at) {
            counts[inner] += 1;
        }
    }
    let indented: usize = counts.iter().sum();
    let habit = indented * 100 >= all * INDENTED.0 && indented * 100 <= all * INDENTED.1 && indented >= 2;
    let most = (1..=DEEPEST).max_by_key(|n| counts[*n]).filter(|_| habit);
    let within = |at: &usize| {
        *at > 0 && text(&(at - 1)) && !stops(lines[at - 1].trimmed()) && starts_small(lines[*at].trimmed())
    };
    let inner: Vec<usize> = pairs.iter().copied().filter(within).collect();
    let stretched = are_stretched(lines, &pairs, margins);
    let first = if most.is_none() && stretched { FirstLines::of(lines, &inner) } else { None };
    let within = (0..lines.len()).filter(|at| text(at)).map(|at| lines[at].trimmed());
    let cues = first.is_some().then(|| Cues::of(within));
    let mut measure =
        Measure { ruler, usual, filled, prior: PRIOR, indent: most, first, cues, broken: false };
    measure.broken = measure.breaks_lines(lines, document);
    measure.learn_prior(lines, document, margins);
    Some(measure)
}

/// Whether lines are stretched to their width, as a printer's are: now and then one has room for the next word. A program that
/// fills lines leaves none, but in a first line as much as its indent.
fn are_stretched(lines: &[Line<'_>], pairs: &[usize], margins: &[usize]) -> bool {
    let whole = RULERS[0];
    let mut widths: Vec<f64> = pairs.iter().map(|at| whole.width(lines[*at].trimmed())).collect();
    widths.sort_by(f64::total_cmp);
    let full = widths.get(widths.len() * 9 / 10).map_or(0.0, |width| width - LARGEST_INDENT);
    let fits = |at: &&usize| with_next(lines, (**at, **at + 1), margins[**at], whole) <= full;
    pairs.iter().filter(fits).count() * STRETCHED > pairs.len()
}

/// How wide a line would be with the first word of the next: what stood in a full line's way.
fn with_next(lines: &[Line<'_>], (above, at): (usize, usize), margin: usize, ruler: Ruler) -> f64 {
    let inner = indent(&lines[above]).saturating_sub(margin) as f64;
    let word = lines[at].trimmed().split_whitespace().next().unwrap_or("");
    inner + ruler.width(lines[above].trimmed()) + (ruler.width(" ") + ruler.width(word)).min(ruler.most)
}

/// How far the narrowest of full lines lie below the middle ones, as a share of these.
fn unevenness(sorted: &[f64]) -> f64 {
    let at = |n: usize| sorted[(sorted.len() - 1) * n / 100];
    (at(50) - at(4)) / at(50).max(1.0)
}

impl Measure {
    /// The log-odds of a width with the next word: how often a line that goes on is so wide, against how often the last
    /// line of a paragraph is, which has any width. The first is counted in a window as wide as a word is uneven; where
    /// hardly any line was met the window's floor stands for those that were not.
    fn by_room(&self, width: f64) -> f64 {
        let count = self.filled.len() as f64;
        let full = self.filled[self.filled.len() / 2];
        let upto = |x: f64| self.filled.partition_point(|w| *w <= x) as f64;
        // a window of two characters; narrower lines are rarer still, so that the odds never fall with the room
        let near = (upto(width + 1.0) - upto(width - 1.0)).min(upto(width + 1.0)) / 2.0;
        let near = if width < full { near } else { near.max(1.0) };
        let going_on = (near + FLOOR) / (count + FLOOR);
        ((1.0 / full) / going_on).ln().clamp(-3.0, MOST_BY_ROOM)
    }

    /// Whether a line is far narrower than one that goes on, and the next one is not, as in verse.
    fn is_alone(&self, above: &str, below: &str) -> bool {
        self.ruler.width(above) < self.usual * NARROW && self.ruler.width(below) > self.usual * WIDE
    }

    /// Learns the prior from the lines that end with a sentence: the share of paragraphs among them that explains best
    /// how much room they leave (expectation and maximization; Dempster, Laird and Rubin 1977).
    fn learn_prior(&mut self, lines: &[Line<'_>], document: &Document, margins: &[usize]) {
        let text = |at: usize| document.roles[at] == Role::Text;
        let ends = |at: &usize| {
            text(*at)
                && text(at - 1)
                && lines[*at].blanks == 0
                && stops(lines[at - 1].trimmed())
                && !starts_small(lines[*at].trimmed())
                && !(self.broken && self.is_rest(lines, document, *at) == Some(true))
        };
        let room = |at: usize| self.by_end(lines, (at - 1, at), margins[at - 1]);
        let odds: Vec<(usize, f64)> = (1..lines.len()).filter(ends).map(|at| (at, room(at))).collect();
        if odds.len() < LEAST_ENDS {
            self.first = None;
            return;
        }
        for _ in 0..ROUNDS {
            let chance = |(at, room): &(usize, f64)| {
                let odds =
                    room + self.by_first(lines, document, *at) + self.by_words(lines, *at) + self.prior;
                (*at, 1.0 / (1.0 + (-odds).exp()))
            };
            let likely: Vec<(usize, f64)> = odds.iter().map(chance).collect();
            let share = likely.iter().map(|l| l.1).sum::<f64>() / odds.len() as f64;
            let share = share.clamp(0.05, 0.95);
            self.prior = (share / (1.0 - share)).ln();
            if let Some(first) = &mut self.first {
                let full = |(at, _): &(usize, f64)| is_full(lines, document, *at);
                first.learn(lines, likely.iter().copied().filter(full));
            }
            if let Some(cues) = &mut self.cues {
                let met = |(at, chance): (usize, f64)| (lines[at - 1].trimmed(), lines[at].trimmed(), chance);
                cues.learn(likely.into_iter().map(met));
            }
        }
    }

    /// The log-odds of a line's room that its paragraph ends with it.
    fn by_end(&self, lines: &[Line<'_>], (above, at): (usize, usize), margin: usize) -> f64 {
        match self.first {
            Some(first) => first.ends(lines[above].trimmed()),
            None => self.by_room(with_next(lines, (above, at), margin, self.ruler)),
        }
    }

    /// The log-odds of the words on both sides that line `at` begins a paragraph.
    fn by_words(&self, lines: &[Line<'_>], at: usize) -> f64 {
        let Some(cues) = &self.cues else { return 0.0 };
        at.checked_sub(1).map_or(0.0, |above| cues.odds(lines[above].trimmed(), lines[at].trimmed()))
    }

    /// The log-odds of the width of line `at` that it begins a paragraph; a line that may be the last tells nothing.
    fn by_first(&self, lines: &[Line<'_>], document: &Document, at: usize) -> f64 {
        let first = self.first.filter(|_| is_full(lines, document, at));
        first.map_or(0.0, |first| first.odds(lines[at].trimmed()))
    }

    /// Whether a line is the rest of the one above, which a reader of PDF broke behind a sentence; `None` where it goes on to
    /// the margin, or ends. No line that goes on within a sentence leaves room otherwise.
    fn is_rest(&self, lines: &[Line<'_>], document: &Document, at: usize) -> Option<bool> {
        let width = |at: usize| self.ruler.width(lines[at].trimmed());
        let text = |at: usize| document.roles.get(at) == Some(&Role::Text);
        let apart = lines[at].blanks > 0 || lines[at].feed || !stops(lines[at.checked_sub(1)?].trimmed());
        let short = width(at) < self.usual * NARROW && is_full(lines, document, at);
        if apart || !short || !text(at) || !text(at - 1) {
            return None;
        }
        let whole = width(at - 1) + self.ruler.width(" ") + width(at);
        Some((self.usual * WHOLE.0..self.usual * WHOLE.1).contains(&whole))
    }

    /// Whether so many of the lines with room are the rest of those above that it is a habit.
    fn breaks_lines(&self, lines: &[Line<'_>], document: &Document) -> bool {
        let (mut rests, mut others) = (0, 0);
        for is_rest in (1..lines.len()).filter_map(|at| self.is_rest(lines, document, at)) {
            *if is_rest { &mut rests } else { &mut others } += 1;
        }
        rests >= LEAST_RESTS && rests > others * 2
    }

    /// What the report says of it.
    fn told(&self) -> String {
        let at = |n: usize| self.filled[(self.filled.len() - 1) * n / 100];
        let by = if self.ruler.letters { "the letters' widths" } else { "characters" };
        format!("{:.0} to {:.0}, by {by}", at(4), at(50))
    }
}

/// Whether a line goes on in mid-sentence with the next, so that it is full.
fn is_full(lines: &[Line<'_>], document: &Document, at: usize) -> bool {
    let next = lines.get(at + 1).filter(|next| next.blanks == 0 && !next.feed);
    next.is_some() && document.roles.get(at + 1) == Some(&Role::Text) && !stops(lines[at].trimmed())
}

/// Whether a line begins with a number or a letter that counts: `(ii)`, `(a)`, `3.`.
fn is_counted(text: &str) -> bool {
    let Some((word, _)) = text.split_once(' ') else { return false };
    let framed = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
    let short = |w: &str| (1..=4).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_alphanumeric());
    let figures =
        word.strip_suffix('.').is_some_and(|w| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()));
    framed.is_some_and(short) || figures && word.len() > 1
}

/// Whether a line goes on in a quotation: it stands in as far as all lines do that no white space parts from it, and no sentence ends
/// above it.
fn goes_on_at_indent(lines: &[Line<'_>], at: usize) -> bool {
    let own = indent(&lines[at]);
    let close = |at: &usize| lines.get(*at).is_some_and(|line| line.blanks == 0 && !line.feed);
    let alike = |at: usize| indent(&lines[at]) == own;
    let mut up = (1..=at).rev().take(MOST_QUOTED).take_while(close);
    let mut down = (at + 1..lines.len()).take(MOST_QUOTED).take_while(close);
    at > 0 && close(&at) && !stops(lines[at - 1].trimmed()) && up.all(|at| alike(at - 1)) && down.all(alike)
}

/// How many lines of a quotation are looked at on both sides of one.
const MOST_QUOTED: usize = 60;

/// How far a line stands in at least that is in the middle or at the right, and what it tells that it does: no line that goes on does.
const FAR_IN: i64 = 16;
const AT_RIGHT: f64 = 6.0;

/// The log-odds that a paragraph begins at the second line.
fn odds(
    lines: &[Line<'_>],
    (above, at): (usize, usize),
    (margin_above, margin): (usize, usize),
    measure: &Measure,
    overleaf: bool,
) -> f64 {
    let (before, here) = (lines[above].trimmed(), lines[at].trimmed());
    let mut odds = measure.prior;
    odds += if stops(before) { 0.0 } else { NO_STOP };
    odds += if starts_small(here) { SMALL } else { 0.0 };
    if before.ends_with(Hyphen::SIGNS) && !before.ends_with("--") {
        odds -= 3.0;
    }
    let inner = indent(&lines[at]) as i64 - margin as i64;
    if let Some(indent) = measure.indent {
        let off = (inner - indent as i64).abs();
        odds += match (inner, off) {
            (1.., 0 | 1) if goes_on_at_indent(lines, at) => 0.0,
            (_, 0) => 6.5,
            (1.., 1) => 5.0,
            (..=0, _) => -5.0,
            _ => 2.0,
        };
    }
    odds += if inner >= FAR_IN { AT_RIGHT } else { 0.0 };
    let by_room = measure.by_end(lines, (above, at), margin_above);
    if let Some(cues) = measure.cues.as_ref().filter(|_| stops(before) && !starts_small(here)) {
        odds += cues.odds(before, here);
    }
    odds += if stops(before) && is_counted(here) { COUNTED } else { 0.0 };
    if !stops(before) && !starts_small(here) && measure.is_alone(before, here) {
        odds += ALONE;
    }
    let whole = Ruler { most: f64::INFINITY, ..measure.ruler };
    let fits = with_next(lines, (above, at), margin_above, whole) <= measure.usual;
    let by_room = if fits || measure.first.is_some() { by_room } else { by_room.min(NO_ROOM) };
    odds += if measure.indent.is_some() { by_room * 0.4 } else { by_room };
    if !overleaf {
        odds += if lines[at].blanks > 0 { 3.0 } else { 0.0 };
    }
    odds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `said nothing.` with `Nobody` below it measures a full line, and `Nobody` goes on in the next.
    #[test]
    fn lines_that_a_reader_broke_behind_a_sentence_are_one() {
        let mut text = String::from("THE FERRY\n");
        for year in 1800..1812 {
            text.push_str("whoever had business on the far bank walked up to the mill\n");
            text.push_str("and he told his aunts nothing in the year of 1");
            text.push_str(&format!(
                "{}.\nIt rained\nupon the ferry and the lower stage of the river, where the\n",
                year % 1000
            ));
        }
        let lines = super::super::super::line::lines(&text);
        let roles = vec![Role::Text; lines.len()];
        let document = Document { roles, ..Document::default() };
        let measure =
            learn(&lines, &document, &vec![0; lines.len()], &BTreeSet::new()).expect("the lines are full");
        let rests = (1..lines.len()).filter(|at| measure.is_rest(&lines, &document, *at) == Some(true));
        assert!(measure.broken && rests.count() == 12);
    }
}
