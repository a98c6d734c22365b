//! The zone of notes at the foot of a page.
//!
//! A number at the start of a line opens a note when the same number is glued
//! to a word above (`door.1`, `¹`, `*`) or framed there. Every line that could
//! open the zone is tried; the one with the greatest sum of log-odds wins: a
//! call for a note, a rule or white space above, a row of numbers that goes on.
//! Then the lines above the first note may be the end of a note of the page
//! before. Notes are decided before running heads, so that no note is one.

use super::super::dialect::Dialect;
use super::super::line::{Line, NOTE_GOES_ON, goes_on};
use super::super::raised::SUPERSCRIPT;
use super::super::rules::{NOTE_SIGNS, spelled_note};
use super::super::speaker::speaker;
use super::edge_lines::{first_of_text, is_like_head, is_rule};
use super::leaves::{PLATE, is_picture};
use super::note_ends::{before_call, ends};
use super::note_marks::{APART, Call, calls, found_calls, glued_star, label};
use super::split_blocks::white_parts_sentences;
use super::{Document, Role};

/// What the zone must be worth.
const LEAST: f64 = 3.0;
/// What the end of a note of the page before must be worth.
const LEAST_CONTINUED: f64 = 2.0;
/// How many lines above a note with a star its call stands at most.
const STARS_ABOVE: usize = 80;
/// How many pages must have a rule above their notes for it to be a habit.
const LEAST_RULES: usize = 2;

/// The mark with which a line opens a note, in a dialect, and how many bytes of the line it takes.
type Opens = fn(&str) -> Option<(String, usize)>;

/// What is known when a page is reached.
#[derive(Default)]
struct State {
    /// The last note's number.
    last: u32,
    /// How many pages had a rule above their notes.
    rules: usize,
    /// On how many pages white space parted the notes from the text.
    parted: usize,
    /// On how many nothing did.
    unparted: usize,
    /// The text of the last note's last line, with whether a note was met at all.
    tail: Option<String>,
    /// Calls of the page before whose notes did not stand there: they may open the next page's.
    pending: Vec<Call>,
    /// The first line of the page that is none of its head.
    text_from: usize,
    /// Whether the text of the page before breaks off within a sentence.
    text_is_open: bool,
    /// Whether notes say where they end: `[Footnote 1: …]`.
    spelled: bool,
    /// Whether the numbers that open notes stand in frames or are raised.
    framed: bool,
    /// What it tells that a note breaks off without a stop: where many end so, next to nothing.
    by_no_stop: f64,
    /// Whether white space stands within sentences, so that it parts no notes from the text.
    white_is_idle: bool,
    /// How wide the lines of notes are that go on in the next, in characters, and those of the text.
    widths: Vec<usize>,
    text_width: usize,
}

impl State {
    /// Keeps the calls of a page that may be those of notes which had no room there: the next numbers.
    fn leave(&mut self, mut calls: Vec<Call>) {
        calls.retain(|call| {
            let number = call.mark.parse::<u32>().ok();
            call.weight >= LEAST_PENDING
                && number.is_some_and(|n| n > self.last && n <= self.last + MOST_PENDING)
        });
        self.pending = calls;
    }

    /// The log-odds that the last note goes on overleaf, as its own end tells; `None` where it says that it does not.
    fn goes_on(&self, tail: &str) -> Option<f64> {
        let led = tail.trim_end_matches(['—', '-', ' ']).ends_with(':');
        let source = tail.ends_with(|c: char| c.is_ascii_digit());
        match (ends(tail), led) {
            _ if self.spelled && tail.ends_with(']') => None,
            // what a colon leads to may stand on the next page
            (_, true) => Some(LED),
            (true, _) => Some(ENDED),
            // many end with the page of a book
            (false, _) if source => Some(self.by_no_stop.min(SOURCE)),
            (false, _) => Some(self.by_no_stop),
        }
    }

    /// Whether the whole page goes on with a note whose sentence breaks off, where that of the text does not.
    fn note_fills(&self, lines: &[Line<'_>], text: &[usize]) -> bool {
        let open = self.tail.as_ref().is_some_and(|tail| self.goes_on(tail).is_some_and(|odds| odds > LED));
        let small = text.first().is_some_and(|at| lines[*at].trimmed().starts_with(char::is_lowercase));
        open && small && !self.text_is_open
    }

    /// What the width of lines tells for a note, of which the type is smaller, so that its lines hold more: nothing before it
    /// was seen how much more, and nothing of a line that may be the last.
    fn by_type(&self, lines: impl Iterator<Item = usize>) -> f64 {
        let mut lines: Vec<usize> = lines.collect();
        lines.pop();
        let (note, text) = (upper(self.widths.clone()), self.text_width);
        if self.widths.len() < LEAST_WIDTHS || lines.is_empty() || note <= text + text / 12 {
            return 0.0;
        }
        if upper(lines) * 2 < note + text { TEXT_TYPE } else { 0.0 }
    }

    /// Whether white space parts notes from text on all pages but a few.
    fn parts(&self) -> bool {
        self.parted >= LEAST_PARTED && self.unparted * 10 <= self.parted
    }
}

/// What the end of a note tells: a stop, a colon, the number of a page without a stop; and at most that there is no stop.
const ENDED: f64 = -2.0;
const LED: f64 = 1.0;
const SOURCE: f64 = 0.5;
const NO_STOP: f64 = 3.0;
/// Of twenty notes that go on overleaf one breaks off behind a stop.
const BROKEN_OFF: f64 = 0.95;
/// Before any note was met: how many without a stop, of how many.
const UNSTOPPED: (f64, f64) = (0.6, 12.0);

/// What it tells that a note has no stop at its end: the share of those without among the notes that end on their page, since
/// the next number stands below them, against that of notes which go on.
fn by_no_stop(lines: &[Line<'_>], document: &Document, opens: Opens) -> f64 {
    let (mut unstopped, mut all) = UNSTOPPED;
    for page in &document.pages {
        let mut above: Option<(u32, usize)> = None;
        for at in page.body().filter(|at| document.roles[*at] == Role::Text) {
            let number = opens(lines[at].trimmed()).and_then(|(mark, _)| mark.parse::<u32>().ok());
            if let (Some(number), Some((before, last))) = (number, above)
                && number == before + 1
            {
                all += 1.0;
                unstopped += f64::from(u8::from(!ends(lines[last].trimmed())));
            }
            above = number.or(above.map(|a| a.0)).map(|number| (number, at));
        }
    }
    (BROKEN_OFF * all / unstopped).ln().clamp(0.0, NO_STOP)
}

/// How many lines tell how wide those of notes are, and what it tells against a note that its lines are no wider than those of
/// the text, where those of others are.
const LEAST_WIDTHS: usize = 5;
const TEXT_TYPE: f64 = -5.0;

/// On how many pages white space parts the notes from the text for it to be a habit.
const LEAST_PARTED: usize = 3;

/// Finds the notes of all pages; where notes are spelled, as `[Footnote 1:`, nothing else is one.
pub(super) fn notes(lines: &[Line<'_>], document: &mut Document, dialect: Dialect) {
    let are_spelled = dialect == Dialect::Proofreaders;
    let opens: Opens = match dialect {
        Dialect::Proofreaders => spelled_note,
        // what a reader of PDF writes has no emphasis, nor has a line, or a paragraph of Markdown, with one star alone
        _ => |text| label(text).or_else(|| glued_star(text)),
    };
    let by_no_stop = by_no_stop(lines, document, opens);
    let white_is_idle = document.set_lines && white_parts_sentences(lines, document);
    let text_width = text_width(lines, document);
    let mut state = State { spelled: are_spelled, by_no_stop, white_is_idle, text_width, ..State::default() };
    let widest = widest(lines, document);
    let apart = stand_apart(lines, document, opens);
    let (mut zones, mut forms) = (0, [0usize; 2]);
    for page in 0..document.pages.len() {
        let text: Vec<usize> =
            document.pages[page].body().filter(|i| document.roles[*i] == Role::Text).collect();
        if text.is_empty() {
            continue;
        }
        let mut calls = state.pending.clone();
        calls.extend(text.iter().flat_map(|i| found_calls(&lines[*i], *i, apart)));
        state.text_from = first_of_text(lines, document, page).unwrap_or(text[0]);
        let zone = zone(lines, &text, &calls, &state, opens);
        for note in zone.iter().flat_map(|zone| &zone.notes) {
            let place = usize::from(is_framed(lines[text[note.0]].trimmed()));
            forms[place] += 1;
        }
        state.framed = forms[1] >= LEAST_FRAMED && forms[1] > forms[0] * 2;
        let few = text.iter().map(|i| lines[*i].trimmed().len()).sum::<usize>() <= PLATE;
        if zone.is_none() && few && !state.note_fills(lines, &text) {
            // a note goes on over the leaf of a picture, and one that a few words call stands on the next
            state.leave(calls);
            continue;
        }
        let from = continued(lines, document, (page, &text), zone.as_ref(), &state, widest);
        zones += usize::from(zone.is_some());
        state.rules += usize::from(zone.as_ref().is_some_and(|z| z.rule.is_some()));
        if let Some(zone) = &zone {
            let parted = zone.rule.is_some() || lines[text[from.unwrap_or(zone.from)]].blanks > 0;
            *if parted { &mut state.parted } else { &mut state.unparted } += 1;
        }
        let taken: Vec<usize> = zone.iter().flat_map(|z| &z.notes).filter_map(|note| note.3).collect();
        write(lines, document, (&text, &calls), zone, from, &mut state);
        let mut n = 0;
        calls.retain(|_| {
            n += 1;
            !taken.contains(&(n - 1))
        });
        state.leave(calls);
    }
    if zones > 0 {
        document.parameters.push(("pages with notes at the foot", zones.to_string()));
    }
}

/// Notes marked with stars in a text without pages of its own: a passage that begins with the mark stands below the
/// paragraph that calls it.
pub(super) fn stars(lines: &[Line<'_>], document: &mut Document) {
    let mut free_from = 0;
    for at in 0..lines.len() {
        let opened =
            label(lines[at].trimmed()).filter(|(mark, _)| mark.chars().all(|c| NOTE_SIGNS.contains(&c)));
        let Some((mark, strip)) = opened.filter(|_| lines[at].blanks > 0 && document.roles[at] == Role::Text)
        else {
            continue;
        };
        let above = free_from.max(at.saturating_sub(STARS_ABOVE))..at;
        let mut found: Vec<Call> = above.flat_map(|i| calls(&lines[i], i)).collect();
        found.retain(|call| call.mark == mark && call.is_likely());
        let Some(call) = found.first() else { continue };
        free_from = call.line + 1;
        document.called_at.insert(at, call.at);
        if !call.plain {
            document.calls.insert(call.at, (call.length, mark.clone()));
        }
        document.roles[at] = Role::Note(mark, strip);
        let more = (at + 1..lines.len()).take_while(|i| lines[*i].blanks == 0);
        more.for_each(|i| document.roles[i] = Role::NoteText);
    }
}

/// The length that hardly a line of text exceeds.
fn widest(lines: &[Line<'_>], document: &Document) -> usize {
    let mut all: Vec<usize> = (0..lines.len())
        .filter(|i| document.roles[*i] == Role::Text)
        .map(|i| lines[i].trimmed().chars().count())
        .collect();
    all.sort_unstable();
    all.get(all.len() * 4 / 5).copied().unwrap_or(0)
}

/// How wide the lines of text are that break off within a sentence, so that they are full.
fn text_width(lines: &[Line<'_>], document: &Document) -> usize {
    let full = |at: &usize| document.roles[*at] == Role::Text && goes_on(lines[*at].trimmed());
    upper((0..lines.len()).filter(full).map(|at| lines[at].trimmed().chars().count()).collect())
}

/// The width that three of four do not exceed.
fn upper(mut widths: Vec<usize>) -> usize {
    widths.sort_unstable();
    widths.get(widths.len() * 3 / 4).copied().unwrap_or(0)
}

/// A zone: which of the page's text lines open notes, with their marks; where it begins; what it is worth.
struct Zone {
    /// Index among the text lines.
    from: usize,
    /// Index of the rule above, if there is one.
    rule: Option<usize>,
    /// Index, mark, bytes of the mark, index of its call.
    notes: Vec<(usize, String, usize, Option<usize>)>,
    score: f64,
}

/// The best zone of a page.
fn zone(lines: &[Line<'_>], text: &[usize], calls: &[Call], state: &State, opens: Opens) -> Option<Zone> {
    let mut best: Option<Zone> = None;
    let labels: Vec<Option<(String, usize)>> = text.iter().map(|i| opens(lines[*i].trimmed())).collect();
    for from in (0..text.len()).filter(|n| labels[*n].is_some()) {
        let found = try_zone(lines, text, calls, (&labels, from), state);
        if found.score >= LEAST && best.as_ref().is_none_or(|b| found.score > b.score + 1e-9) {
            best = Some(found);
        }
    }
    best
}

/// What a zone from line `from` on would be worth.
fn try_zone(
    lines: &[Line<'_>],
    text: &[usize],
    calls: &[Call],
    (labels, from): (&[Option<(String, usize)>], usize),
    state: &State,
) -> Zone {
    let above = calls.partition_point(|c| c.line < text[from]);
    let mut zone = Zone { from, rule: None, notes: Vec::new(), score: 0.0 };
    let mut next_call = 0;
    let mut last: Option<u32> = None;
    for (n, label) in labels.iter().enumerate().skip(from) {
        let Some((mark, strip)) = label else { continue };
        // a call of the page before, or in a head, is that of a note only where the text of this page has none for it
        let once = labels.iter().flatten().filter(|label| label.0 == *mark).count() == 1;
        let own = |c: &usize| calls[*c].line >= state.text_from && calls[*c].weight >= LEAST_PENDING && once;
        let call = (next_call..above).find(|c| calls[*c].mark == *mark && own(c));
        let call =
            call.or_else(|| (next_call..above).find(|c| calls[*c].mark == *mark && calls[*c].weight >= 0.5));
        let call = call.or_else(|| (next_call..above).find(|c| calls[*c].mark == *mark));
        let number = mark.parse::<u32>().ok();
        let follows = number.is_some() && number == last.map(|l| l + 1);
        if call.is_none() && !(follows || n == from) {
            continue;
        }
        zone.score += match call {
            Some(c) => 4.0 * calls[c].weight,
            None if follows => 0.3,
            None => -2.5,
        };
        if n == 0 && names_section(lines, text, labels) {
            zone.score -= SECTION;
        }
        // an item of a list has the number of a note that stands in a frame below it
        let framed = |n: usize| is_framed(lines[text[n]].trimmed());
        let again =
            || (n + 1..text.len()).any(|m| labels[m].as_ref().is_some_and(|l| l.0 == *mark) && framed(m));
        if n == from && !framed(n) && (state.framed || again()) {
            zone.score -= UNFRAMED;
        }
        if n == from {
            let row = number == Some(1) || number == Some(state.last + 1);
            zone.score += if row || number.is_none() { 1.0 } else { 0.0 };
        }
        next_call = call.map_or(next_call, |c| c + 1);
        last = number.or(last);
        zone.notes.push((n, mark.clone(), *strip, call));
    }
    if let Some(rule) = from.checked_sub(1).filter(|n| is_rule(lines[text[*n]].trimmed())) {
        zone.rule = Some(rule);
        zone.score += 3.0;
    } else if lines[text[from]].blanks > 0 {
        zone.score += 1.0;
    }
    zone
}

/// Whether the first line of a page is the title of a section with its number, and no note: short, apart, and with no other
/// number below it.
fn names_section(lines: &[Line<'_>], text: &[usize], labels: &[Option<(String, usize)>]) -> bool {
    let Some(below) = text.get(1).filter(|_| labels.get(1).is_some_and(Option::is_none)) else {
        return false;
    };
    let title = lines[text[0]].trimmed();
    let ended = title.ends_with(['.', ',', ';', ':', '!', '?', '”', '"', ')']);
    lines[*below].blanks > 0 && title.len() <= LONGEST_SECTION && !ended
}

/// Whether what opens a note stands in a frame or is raised, and is no number of an item: `1. `.
fn is_framed(text: &str) -> bool {
    text.starts_with(['[', '<', '(', '\\']) || text.starts_with(NOTE_SIGNS) || text.starts_with(SUPERSCRIPT)
}

/// How many notes with a frame show that all have one.
const LEAST_FRAMED: usize = 3;
/// What it tells against a note that its number stands in no frame, where those of others do.
const UNFRAMED: f64 = 3.0;

/// What it tells against a note that it looks like the title of a section, and how many bytes that has at most.
const SECTION: f64 = 4.0;
const LONGEST_SECTION: usize = 48;

/// Where what goes on from a note of the page before begins, among the text lines.
fn continued(
    lines: &[Line<'_>],
    document: &Document,
    (page, text): (usize, &[usize]),
    zone: Option<&Zone>,
    state: &State,
    widest: usize,
) -> Option<usize> {
    if let Some(told) = (0..text.len()).find(|n| lines[text[*n]].text.starts_with(NOTE_GOES_ON)) {
        return Some(told);
    }
    let tail = state.tail.as_ref()?;
    let end = zone.map_or(text.len(), |z| z.rule.unwrap_or(z.from));
    // under a rule at the head stands what goes on from a note where nothing else stands on the page
    let above_all = |n: usize| n == 0 && zone.is_none() && state.rules >= LEAST_RULES;
    let width = |n: usize| lines[text[n]].trimmed().chars().count();
    let in_text_type = |from: usize| document.set_lines && state.by_type((from..end).map(width)) < 0.0;
    let ruled = (0..end).rev().find(|n| is_rule(lines[text[*n]].trimmed()));
    let ruled = ruled.filter(|n| (*n > 0 || above_all(*n)) && n + 1 < end && !in_text_type(n + 1));
    let goes_on_by_itself = state.goes_on(tail)?;
    let open = goes_on_by_itself >= 0.0 && !ends(tail);
    // where rules stand above notes, what stands under one is no text, though it has no number
    if let Some(rule) = ruled.filter(|_| open || state.rules >= LEAST_RULES && zone.is_none()) {
        return Some(rule);
    }
    // where a reader of PDF joined two lines at a hyphen one is twice as wide
    let most = if document.set_lines { widest * 3 / 2 } else { MOST_WIDE };
    let is_wide = |n: usize| width(n) > widest + widest / 16 && width(n) < most;
    // below a running head alone the text of the page begins
    let is_head = |n: usize| {
        document.set_lines && width(n) * 2 < widest
            || document.pages[page].shows(lines, text[n])
            || is_like_head(lines, document, text[n])
    };
    let is_text = |from: &usize| *from > 2 || !(0..*from).all(is_head);
    let parted = (1..end).rev().find(|n| lines[text[*n]].blanks > 0).filter(is_text);
    let parted = parted.filter(|_| !state.white_is_idle);
    // the lines of smaller type hold more
    let smaller = || {
        let run = (1..end.saturating_sub(1)).rev().take_while(|n| is_wide(*n)).last();
        run.or_else(|| end.checked_sub(1).filter(|n| *n > 0 && is_wide(*n))).filter(|_| open)
    };
    if parted.is_none() && end > 0 && state.note_fills(lines, text) {
        return Some(0);
    }
    // white space within the text stands above it: what is wide at the foot tells more, unless what stands below the white begins
    // within a sentence, as the note broke off
    let in_note = |n: usize| open && lines[text[n]].trimmed().starts_with(char::is_lowercase);
    let from = match (parted, smaller()) {
        (Some(parted), Some(small)) if small > parted && !is_wide(parted) && !in_note(parted) => small,
        (parted, small) => parted.or(small)?,
    };
    let (first, last) = (lines[text[from]].trimmed(), lines[text[end - 1]].trimmed());
    let above = lines[text[from - 1]].trimmed();
    let next = first_of_text(lines, document, page + 1);
    let small = |t: &str| t.starts_with(char::is_lowercase);
    let next_small = next.is_some_and(|i| small(lines[i].trimmed()));
    let wide = (from..end).any(is_wide);
    let mut score = goes_on_by_itself;
    score += match (small(first), open) {
        (true, _) => 1.5,
        // what goes on within a sentence begins with a capital only where a name does
        (_, true) if !first.starts_with(|c: char| c.is_ascii_digit()) => NO_NAME,
        _ => -0.5,
    };
    score += if speaker(first).is_some() { SPEECH } else { 0.0 };
    score += if wide { 1.5 } else { 0.0 };
    score += if document.set_lines { state.by_type((from..end).map(width)) } else { 0.0 };
    score += by_ends(ends(above), ends(last), next_small);
    score += if first.starts_with(['#', '|', '>', '!', '\\']) { -5.0 } else { 0.0 };
    // where white space parts notes from text, what stands close above the first is one of them
    let close = zone.is_some_and(|z| z.rule.is_none() && lines[text[z.from]].blanks == 0);
    score += if close && state.parts() { UNPARTED } else { 0.0 };
    // the title of a text may stand alone above it
    let titled = document.set_lines && from < LEAST_ABOVE;
    let least = if document.set_lines { widest * 4 / 5 } else { LONGEST_CAPTION };
    let long = (from..end).map(width).max().unwrap_or(0) >= least && width(from - 1) >= least;
    score += if !titled && long { by_capital(above, first) } else { 0.0 };
    (score >= LEAST_CONTINUED).then_some(from)
}

/// What it tells that a sentence breaks off, which goes on with no capital: what stands there is something else, where it is too
/// long for the words under a picture.
fn by_capital(above: &str, first: &str) -> f64 {
    let begins = first.trim_start_matches(['(', '[', '“', '‘', '"']);
    let broken = goes_on(above) && !above.starts_with('>');
    if broken && begins.starts_with(char::is_uppercase) { BROKEN } else { 0.0 }
}

/// What it tells for a note that goes on whether the text above ends with a sentence, whether the note does, and whether the next
/// page begins within one.
fn by_ends(text: bool, note: bool, next_small: bool) -> f64 {
    match (text, note, next_small) {
        (false, true, true) => 1.5,
        (true, false, true) => -3.0,
        (false, true, false) => -0.5,
        _ => 0.0,
    }
}

/// How many characters a line has at most whose width tells anything.
const MOST_WIDE: usize = 200;
/// How many lines of text stand at least above what is none.
const LEAST_ABOVE: usize = 3;
/// What it tells that a capital follows within a sentence, and that somebody speaks: `SIR PETER.`
const NO_NAME: f64 = -1.0;
const SPEECH: f64 = -2.0;
/// What it tells that nothing parts some lines from the notes below, where all notes are parted from the text.
const UNPARTED: f64 = 4.0;

/// What it tells that a sentence breaks off above, and that a capital follows.
const BROKEN: f64 = 5.0;
/// How many characters the words under a picture have at most, hardly ever more.
const LONGEST_CAPTION: usize = 80;

/// Gives the lines of a page's zone their roles.
fn write(
    lines: &[Line<'_>],
    document: &mut Document,
    (text, calls): (&[usize], &[Call]),
    zone: Option<Zone>,
    continued: Option<usize>,
    state: &mut State,
) {
    let start = continued.or(zone.as_ref().map(|z| z.rule.unwrap_or(z.from)));
    let opening: Vec<usize> = zone.iter().flat_map(|zone| &zone.notes).map(|note| note.0).collect();
    let go_on = opening.iter().filter(|n| **n + 1 < text.len() && !opening.contains(&(**n + 1)));
    state.widths.extend(go_on.map(|n| lines[text[*n]].trimmed().chars().count()));
    let Some(start) = start else {
        // a page without notes: the next number is looked for on the page after
        state.tail = None;
        return;
    };
    // a picture and what stands under it are no part of the last note
    let last = opening.last().copied().unwrap_or(start);
    // a note that says what it is ends the one above
    let is_next = |n: &usize| {
        let line = lines[text[*n]].trimmed();
        is_picture(line) || state.spelled && zone.is_none() && spelled_note(line).is_some()
    };
    let end = (last + 1..text.len()).find(is_next).unwrap_or(text.len());
    for n in start..end {
        let rule = is_rule(lines[text[n]].trimmed());
        document.roles[text[n]] = if rule { Role::FootRule } else { Role::NoteText };
    }
    for (n, mark, strip, call) in zone.into_iter().flat_map(|z| z.notes) {
        document.roles[text[n]] = Role::Note(mark.clone(), strip);
        state.last = mark.parse().unwrap_or(state.last);
        let Some(call) = call.map(|c| &calls[c]) else { continue };
        document.called_at.insert(text[n], call.at);
        if !call.plain {
            document.calls.insert(call.at, (call.length, mark));
        }
    }
    state.tail = text[..end].last().map(|i| lines[*i].trimmed().to_owned());
    state.text_is_open = start.checked_sub(1).is_none_or(|n| !ends(before_call(lines[text[n]].trimmed())));
}

/// What a call must be worth whose note stands on the next page, and how many of them there are at most.
const LEAST_PENDING: f64 = 0.8;
const MOST_PENDING: u32 = 3;

/// Whether a leaf begins with a note that the text of the leaf before calls: a sign stands within the page.
pub(super) fn opens_with_note(lines: &[Line<'_>], document: &Document, leaf: usize) -> bool {
    let Some((mark, _)) = document.pages[leaf].body().next().and_then(|at| label(lines[at].trimmed())) else {
        return false;
    };
    let calls_it = |at: usize| calls(&lines[at], at).iter().any(|call| call.mark == mark && call.is_likely());
    document.pages[leaf - 1].body().any(calls_it)
}

/// Whether the figures that call notes stand between spaces, as docling prints what is raised, and as French sets it: pages
/// have notes whose numbers stand so above them, one after another, and hardly one that is called otherwise.
fn stand_apart(lines: &[Line<'_>], document: &Document, opens: Opens) -> bool {
    let (mut met, mut otherwise, mut last) = (0, 0, 0);
    for page in &document.pages {
        let text: Vec<usize> = page.body().filter(|i| document.roles[*i] == Role::Text).collect();
        let mut above: Vec<Call> = Vec::new();
        for at in text {
            let number = opens(lines[at].trimmed()).and_then(|(mark, _)| mark.parse::<u32>().ok());
            // the mark of one may have been torn from it
            if let Some(number) = number.filter(|n| (last + 1..=last + MOST_PENDING).contains(n) || *n == 1) {
                let mark = number.to_string();
                let calls = || above.iter().filter(|call| call.mark == mark);
                if calls().any(Call::is_likely) {
                    (otherwise, last) = (otherwise + 1, number);
                } else if calls().next().is_some() {
                    (met, last) = (met + 1, number);
                }
            }
            above.extend(found_calls(&lines[at], at, true).into_iter().map(|mut call| {
                // what stands apart is told from other calls by its weight
                call.weight = if call.apart { APART / 2.0 } else { call.weight };
                call
            }));
        }
    }
    // in Markdown a number opens no line but that of a note, or an item with a stop
    let least = if document.set_lines { LEAST_APART } else { LEAST_APART / 2 };
    met >= least && met > otherwise * 2
}

/// How many notes show that their calls stand apart.
const LEAST_APART: usize = 4;
