//! Notes that a PDF reader tears from their marks.
//!
//! A raised number before a note stands higher than the note's words, so that
//! `pdftotext` may print it in a line of its own, or several numbers above
//! several notes; and where the text of the page ends with a hyphen, the first
//! mark of the notes takes its place: `ap2`. The marks are put back before the
//! notes that they open, as raised figures, and the hyphen at the end of the
//! text. What shows them is that the same page calls notes of these numbers.

use super::super::change::Change;
use super::super::closers::bare;
use super::super::line::{LINE_END, Line, lines};
use super::super::raised::SUPERSCRIPT;
use super::super::rules::{NOTE_SIGNS, note_number};
use super::note_marks::{MOST_FIGURES, calls, calls_apart};
use std::collections::BTreeSet;

/// How many lines a page has at most whose foot is looked at: the notes of one page are few.
const MOST_LINES: usize = 400;
/// How many notes a page has at most.
const MOST_NOTES: usize = 40;
/// How many it has at least for the call of one to be missed.
const LEAST_UNCALLED: usize = 3;
/// The marks of notes that are no numbers.
const STARS: [char; 8] = NOTE_SIGNS;

/// What a place is worth as the beginning of a note: directly below its number, above the number of another, bearing its
/// own number or another's, beginning as a sentence does or not, below the end of a sentence or not, below a line with room
/// left or without.
const BELOW_NUMBER: f64 = 3.0;
const BELOW_ANOTHER: f64 = 1.0;
const OWN_NUMBER: f64 = 10.0;
const CAPITAL: f64 = 1.0;
const SMALL: f64 = -2.5;
const BELOW_STOP: f64 = 1.0;
const BELOW_OPEN: f64 = -2.0;
const BELOW_SHORT: f64 = 1.0;
const BELOW_FULL: f64 = -0.5;
/// What it is worth that the first note begins below other words: what goes on from the page before.
const GOES_ON: f64 = -2.0;

/// What puts the marks of notes back where they belong, in the order of the text.
pub(in super::super) fn changes(text: &str) -> Vec<Change> {
    let all = lines(text);
    let mut found = Vec::new();
    for lines in all.chunk_by(|_, next| !next.feed).filter(|lines| lines.len() <= MOST_LINES) {
        found.extend(cut_by_mark(lines));
        found.extend(stars_alone(lines));
        found.extend(torn_numbers(lines));
    }
    found.sort_by_key(|change| change.0);
    found
}

/// A note in the line that its mark cut, in place of the hyphen: `pos* When it ceases`, `affecta7 Apollonius was`, where the
/// mark is called above and opens no line; `l’Angle2. Cela`, where it is called between spaces, as French sets it.
fn cut_by_mark(lines: &[Line<'_>]) -> Option<Change> {
    lines.iter().enumerate().rev().find_map(|(at, line)| {
        let text = line.trimmed();
        let marks = text.char_indices().filter_map(|(here, _)| Some((here, mark_at(&text[here..])?)));
        let cuts = |(here, mark): &(usize, &str)| {
            let behind = &text[here + mark.len()..];
            let stopped = behind.strip_prefix('.').filter(|_| is_called_apart(&lines[..=at], mark));
            let rest = stopped.unwrap_or(behind).strip_prefix(' ');
            is_word_end(&text[..*here])
                && rest.is_some_and(begins_sentence)
                && (stopped.is_some() || is_called_twice(&lines[..=at], mark))
        };
        let mut found = marks.filter(cuts);
        let opens = |mark: &str| lines.iter().any(|line| opens_with(line.trimmed(), mark));
        let (here, _) = found.find(|(_, mark)| !opens(mark))?;
        let start = line.start() + here;
        Some((start, start, format!("-{LINE_END}")))
    })
}

/// Stars alone in their line above the note that they open, each put before it.
fn stars_alone(lines: &[Line<'_>]) -> Vec<Change> {
    let is_alone =
        |text: &str| text.chars().count() <= MOST_STARS && text.chars().all(|c| STARS.contains(&c));
    let opens = |n: &usize| is_alone(lines[*n].trimmed()) && begins_sentence(lines[n + 1].trimmed());
    let called = |n: &usize| {
        let calls = lines[..*n].iter().enumerate().flat_map(|(n, line)| calls(line, n));
        calls.into_iter().any(|call| call.mark == lines[*n].trimmed() && call.is_likely())
    };
    let found = (1..lines.len().saturating_sub(1)).filter(opens).filter(called);
    found.map(|n| (lines[n].end(), lines[n + 1].start(), " ".to_owned())).collect()
}

/// How many stars mark a note at most.
const MOST_STARS: usize = 3;

/// The mark of a note at the start of a text: a star, or figures.
fn mark_at(text: &str) -> Option<&str> {
    let figures = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=MOST_FIGURES).contains(&figures) && !text.starts_with('0') {
        return Some(&text[..figures]);
    }
    let star = text.chars().next().filter(|c| STARS.contains(c))?;
    Some(&text[..star.len_utf8()])
}

/// Whether lines call a mark, beside the place where it stands for the hyphen and looks like a call itself.
fn is_called_twice(lines: &[Line<'_>], mark: &str) -> bool {
    let calls = lines.iter().enumerate().flat_map(|(n, line)| calls(line, n));
    calls.filter(|call| call.mark == mark && call.is_likely()).count() >= 2
}

/// Whether lines call a mark between spaces.
fn is_called_apart(lines: &[Line<'_>], mark: &str) -> bool {
    lines.iter().enumerate().any(|(n, line)| calls_apart(line, n).iter().any(|call| call.mark == mark))
}

/// Whether a line begins with a mark, and with no further figure.
fn opens_with(text: &str, mark: &str) -> bool {
    text.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text ends with a small letter, as what a hyphen cuts does.
fn is_word_end(text: &str) -> bool {
    text.ends_with(char::is_lowercase)
}

/// Whether a text begins as a sentence does.
fn begins_sentence(text: &str) -> bool {
    let text = text.trim_start_matches(['“', '‘', '"', '\'', '(', '[', '«', '_']);
    text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
}

/// A number of notes, and where it stands: in its own line, or at the end of a line instead of its hyphen.
#[derive(Clone, Copy)]
struct Torn {
    number: u32,
    line: usize,
    /// Its first byte in the line's text.
    at: usize,
}

/// The lines of a page whose notes may be torn from their numbers.
struct Foot<'p, 't> {
    lines: &'p [Line<'t>],
    /// The numbers that its lines call, with the line.
    calls: Vec<(u32, usize)>,
    /// The number with which each line opens a note by itself.
    own: Vec<Option<u32>>,
}

/// The numbers of notes in lines of their own, put before their notes.
fn torn_numbers(lines: &[Line<'_>]) -> Vec<Change> {
    let alone: Vec<Torn> = (1..lines.len()).filter_map(|n| alone(&lines[n], n)).collect();
    let ends: Vec<Torn> = (1..lines.len()).filter_map(|n| at_the_end(&lines[n - 1], n - 1)).collect();
    if alone.is_empty() && ends.is_empty() || alone.len() > MOST_NOTES {
        return Vec::new();
    }
    let numbers =
        lines.iter().enumerate().flat_map(|(n, line)| calls(line, n).into_iter().map(move |c| (c, n)));
    let foot = Foot {
        lines,
        calls: numbers
            .filter(|(call, _)| call.is_likely())
            .filter_map(|(call, n)| Some((call.mark.parse().ok()?, n)))
            .collect(),
        own: lines.iter().map(|line| note_number(line.trimmed())?.0.parse().ok()).collect(),
    };
    let is_cut = |end: &&Torn| foot.is_cut(end, &alone);
    let cut: Vec<Torn> = ends.iter().filter(is_cut).copied().collect();
    let first: BTreeSet<usize> =
        cut.iter().map(|cut| cut.line + 1).chain(alone.iter().map(|torn| torn.line)).collect();
    for from in first {
        let mut torn: Vec<Torn> = cut.iter().filter(|cut| cut.line + 1 == from).copied().collect();
        torn.extend(alone.iter().filter(|torn| torn.line >= from));
        // the last may be the number of the page
        while !torn.is_empty() {
            if let Some(found) = foot.put_back(from, &torn) {
                return found;
            }
            torn.pop();
        }
    }
    Vec::new()
}

/// The number that stands alone in a line.
fn alone(line: &Line<'_>, n: usize) -> Option<Torn> {
    let text = line.trimmed();
    let figures = text.len() <= MOST_FIGURES && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse().ok().filter(|number| figures && *number > 0)?;
    Some(Torn { number, line: n, at: 0 })
}

/// The number that stands at the end of a line, at a small letter.
fn at_the_end(line: &Line<'_>, n: usize) -> Option<Torn> {
    let text = line.trimmed();
    let word = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = &text[word.len()..];
    let number = figures.parse().ok().filter(|_| figures.len() <= MOST_FIGURES && is_word_end(word))?;
    Some(Torn { number, line: n, at: word.len() })
}

impl Foot<'_, '_> {
    /// Whether a number at the end of a line took the place of a hyphen: no line opens with it, it is called above, and the
    /// text ends there.
    fn is_cut(&self, end: &Torn, alone: &[Torn]) -> bool {
        let next = &self.lines[end.line + 1];
        let times = self.calls.iter().filter(|(called, line)| *called == end.number && *line <= end.line);
        // the number at the end looks like a call itself
        times.count() >= 2
            && !self.own.contains(&Some(end.number))
            && (next.blanks > 0 || alone.iter().any(|torn| torn.line == end.line + 1))
            && alone.iter().all(|torn| torn.number != end.number)
    }

    /// Whether a line above line `at` calls a note of that number.
    fn is_called(&self, number: u32, at: usize) -> bool {
        self.calls.iter().any(|(called, line)| *called == number && *line < at)
    }

    /// The changes by which numbers of a foot that begins at line `from` are put before their notes, where all are called above
    /// and follow on one another.
    fn put_back(&self, from: usize, torn: &[Torn]) -> Option<Vec<Change>> {
        // a number alone that opens no note is that of the page
        let is_text = |n: &usize| alone(&self.lines[*n], *n).is_none();
        let texts: Vec<usize> = (from..self.lines.len()).filter(is_text).collect();
        let numbers = self.row(&texts, torn)?;
        let called = numbers.iter().filter(|number| self.is_called(**number, from)).count();
        let enough =
            called == numbers.len() || numbers.len() >= LEAST_UNCALLED && called + 1 == numbers.len();
        if !enough || texts.len() < numbers.len() {
            return None;
        }
        let places = self.places(&texts, &numbers, torn)?;
        let taken = |torn: &Torn| {
            let line = &self.lines[torn.line];
            (line.start() + torn.at, line.end(), if torn.at > 0 { "-" } else { "" }.to_owned())
        };
        let mut found: Vec<Change> = torn.iter().map(taken).collect();
        for (place, number) in places.into_iter().zip(numbers) {
            let at = texts[place];
            if self.own[at] != Some(number) {
                let start = self.lines[at].start();
                found.push((start, start, raised(number) + " "));
            }
        }
        Some(found)
    }

    /// The numbers of the notes in order, those that lines bear themselves among them: each follows on the one before.
    fn row(&self, texts: &[usize], torn: &[Torn]) -> Option<Vec<u32>> {
        let mut numbers: BTreeSet<u32> = BTreeSet::new();
        if !torn.iter().all(|torn| numbers.insert(torn.number)) {
            return None;
        }
        let (first, last) = (*numbers.first()?, *numbers.last()?);
        let within = |number: &u32| (first..=last).contains(number);
        numbers.extend(texts.iter().filter_map(|n| self.own[*n]).filter(within));
        let whole = usize::try_from(last - first).is_ok_and(|more| more + 1 == numbers.len());
        (whole && numbers.len() <= MOST_NOTES).then(|| numbers.into_iter().collect())
    }

    /// Where the notes begin among the lines below the text: the places in order that are worth most together. Each row of
    /// the table holds, by the line with which the last note begins, the best sum of the notes up to it and the place of the
    /// one before: so many steps as the page has lines, times its notes.
    fn places(&self, texts: &[usize], numbers: &[u32], torn: &[Torn]) -> Option<Vec<usize>> {
        let widest = texts.iter().map(|n| self.lines[*n].trimmed().chars().count()).max()?;
        let mut table: Vec<Vec<(f64, usize)>> = Vec::with_capacity(numbers.len());
        for (note, number) in numbers.iter().enumerate() {
            let mut row = vec![(f64::NEG_INFINITY, 0); texts.len()];
            let mut above = (f64::NEG_INFINITY, 0);
            for place in note..texts.len() {
                above = match note.checked_sub(1).map(|last| table[last][place - 1].0) {
                    Some(sum) if sum > above.0 => (sum, place - 1),
                    Some(_) => above,
                    None => (if place == 0 { 0.0 } else { GOES_ON }, 0),
                };
                row[place] = (above.0 + self.worth((texts, place), *number, torn, widest), above.1);
            }
            table.push(row);
        }
        let last = table.last()?;
        let mut place = (0..texts.len()).max_by(|a, b| last[*a].0.total_cmp(&last[*b].0).then(b.cmp(a)))?;
        let mut found = vec![place];
        for row in table[1..].iter().rev() {
            place = row[place].1;
            found.push(place);
        }
        found.reverse();
        Some(found)
    }

    /// What a line is worth as the first of the note of a number.
    fn worth(&self, (texts, place): (&[usize], usize), number: u32, torn: &[Torn], widest: usize) -> f64 {
        let at = texts[place];
        let mut worth = if begins_sentence(self.lines[at].trimmed()) { CAPITAL } else { SMALL };
        worth += match torn.iter().find(|torn| torn.line + 1 == at) {
            Some(torn) if torn.number == number => BELOW_NUMBER,
            Some(_) => BELOW_ANOTHER,
            None => 0.0,
        };
        worth += if self.own[at] == Some(number) { OWN_NUMBER } else { 0.0 };
        let above = place.checked_sub(1).map(|place| self.lines[texts[place]].trimmed());
        let Some(above) = above else { return worth };
        let stop = bare(above).ends_with(['.', '!', '?']);
        worth += if stop { BELOW_STOP } else { BELOW_OPEN };
        let short = above.chars().count() * 5 < widest * 4;
        worth + if short { BELOW_SHORT } else { BELOW_FULL }
    }
}

/// A number in raised figures.
fn raised(number: u32) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| SUPERSCRIPT.get(d as usize)).copied().unwrap_or(c);
    number.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with its changes made.
    fn put(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (from, to, now) in changes(text) {
            out.push_str(&text[at..from]);
            out.push_str(&now);
            at = to;
        }
        out + &text[at..]
    }

    #[test]
    fn numbers_alone_open_their_notes() {
        let page = "The mill stood still;1 nobody came.\nHe went home,2 and slept.\n1\n2\n\nOp. cit., p. 3.\nSo in the copy\nat Bath.\n\n7\n";
        let wanted = "The mill stood still;1 nobody came.\nHe went home,2 and slept.\n\n\n\n¹ Op. cit., p. 3.\n² So in the copy\nat Bath.\n\n7\n";
        assert_eq!(put(page), wanted);
    }

    #[test]
    fn the_first_mark_takes_the_place_of_a_hyphen() {
        let page = "The mill,2 and the water,3 stood in ap2\n3\n\nIbid., p. 26.\nSo in the first edition.\n\u{c}pearance.\n";
        let wanted = "The mill,2 and the water,3 stood in ap-\n\n\n² Ibid., p. 26.\n³ So in the first edition.\n\u{c}pearance.\n";
        assert_eq!(put(page), wanted);
        let starred = "The mill stood.* Nobody saw it, as is pos* When it ceases.\n";
        assert_eq!(put(starred), "The mill stood.* Nobody saw it, as is pos-\u{b}* When it ceases.\n");
    }

    #[test]
    fn marks_that_cut_a_line_or_stand_above_a_note_are_put_right() {
        let page = "From Apollonius7 I learned.\nAll of it without affecta7 Apollonius came to Rome.\n8 A grandson.\n";
        let wanted = "From Apollonius7 I learned.\nAll of it without affecta-\u{b}7 Apollonius came to Rome.\n8 A grandson.\n";
        assert_eq!(put(page), wanted);
        let page = "Outre ces moulins, 2 la France avait\ncontre elle Saint-Pierre. Quant à l’Angle2. Cela s’appelle la Meuse.\n";
        let wanted = "Outre ces moulins, 2 la France avait\ncontre elle Saint-Pierre. Quant à l’Angle-\u{b}2. Cela s’appelle la Meuse.\n";
        assert_eq!(put(page), wanted);
        let page = "The mill stood still.§§ Nobody came.\n\n§§\nSo in the copy\nat Bath.\n";
        assert_eq!(put(page), "The mill stood still.§§ Nobody came.\n\n§§ So in the copy\nat Bath.\n");
    }

    #[test]
    fn numbers_at_the_heads_of_pages_are_none_of_notes() {
        let page = "OF THE MILL\n\n21\n\nThus, after a year, the strength1\n2\n\nIbid., p. 27.\nSo there.\n";
        assert_eq!(put(page), page);
        let page = "OF THE MILL\n\n21\n\nThus,1 after a year, that day,2 the strength1\n2\n\nIbid., p. 27.\nSo there.\n";
        let wanted = "OF THE MILL\n\n21\n\nThus,1 after a year, that day,2 the strength-\n\n\n¹ Ibid., p. 27.\n² So there.\n";
        assert_eq!(put(page), wanted);
    }

    #[test]
    fn numbers_that_nothing_calls_stay() {
        for page in ["The mill stood still.\n\n4\n\nThe water rose.\n", "Chapter\n1\nThe mill1 stood.\n"] {
            assert_eq!(put(page), page);
        }
    }
}
