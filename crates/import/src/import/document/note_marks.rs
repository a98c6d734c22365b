//! The marks of notes within a line: those that call a note behind a word, and those that open one.
//!
//! A call is a number or a sign that is glued to a word (`door.1`, `¹`, `*`) or framed (`[4]`, `<sup>3</sup>`). What it is
//! worth says how seldom the same stands there for another reason; whether it calls a note, the zone of notes decides
//! ([`super::zones`]).

use super::super::closers::QUOTATION;
use super::super::line::Line;
use super::super::raised::{SUPERSCRIPT, is_over, is_power};
use super::super::rules::{NOTE_SIGNS, note_number, spelled_note};

/// What a place in the text must be worth to call a note of which the place on the page is sure.
const LEAST_CALL: f64 = 0.5;
/// How many figures the number of a note has at most.
pub(super) const MOST_FIGURES: usize = 3;
/// What figures between spaces are worth as a call.
pub(super) const APART: f64 = 0.6;

/// A place in the text that may call a note.
#[derive(Clone, Debug)]
pub(in super::super) struct Call {
    /// The line that it stands in.
    pub line: usize,
    /// Its first byte in the transcription.
    pub at: usize,
    /// Its length in bytes.
    pub length: usize,
    /// The mark of the note that it calls.
    pub mark: String,
    /// What speaks for it, from 0 to 1.
    pub weight: f64,
    /// Whether everybody would see the call, without the note.
    pub plain: bool,
    /// Whether it stands between spaces, as other numbers do.
    pub apart: bool,
}

impl Call {
    /// Whether it calls a note of which the place on the page is sure.
    pub(super) fn is_likely(&self) -> bool {
        self.weight >= LEAST_CALL
    }
}

/// All places of a line that may call a note.
pub(in super::super) fn calls(line: &Line<'_>, index: usize) -> Vec<Call> {
    found_calls(line, index, false)
}

/// Figures of a line between spaces, which may call a note.
pub(super) fn calls_apart(line: &Line<'_>, index: usize) -> Vec<Call> {
    let mut found = found_calls(line, index, true);
    found.retain(|call| call.apart);
    found
}

/// The same, with figures between spaces or without.
pub(super) fn found_calls(line: &Line<'_>, index: usize, with_apart: bool) -> Vec<Call> {
    let text = line.trimmed();
    let start = line.start();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(|c: char| is_sign(c)) {
        let here = at + next + behind_thousands(&text[..at + next], &text[at + next..]);
        let rest = &text[here..];
        let before = &text[..here];
        let call = round(before, rest)
            .or_else(|| framed(rest))
            .or_else(|| caret(before, rest))
            .or_else(|| raised(before, rest))
            .or_else(|| figures(before, rest))
            .or_else(|| star(before, rest));
        let apart = call.is_none().then(|| apart(before, rest)).flatten().filter(|_| with_apart);
        let is_apart = apart.is_some();
        let call = call.map(|call| bracketed(before, rest, call)).or(apart);
        let Some((mark, length, weight, plain)) = call else {
            // a run of figures or stars is looked at once
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let figures = |c: char| c.is_ascii_digit() || SUPERSCRIPT.contains(&c);
            let run = rest.len() - rest.trim_start_matches(figures).len();
            at = here + run.max(first);
            continue;
        };
        // the space before a call that stands apart is the reader's
        let closed = before.ends_with(' ') && rest[..length].ends_with(')');
        let lead = usize::from(is_apart || !plain && (closed || is_spaced(before, &rest[length..])));
        let (begin, length) = (here - lead, length + lead);
        found.push(Call { line: index, at: start + begin, length, mark, weight, plain, apart: is_apart });
        at = begin + length;
    }
    found
}

/// A call with the bracket that closes it, which nothing opened: `*)` and `¹)`, as German printers set them.
fn bracketed(before: &str, rest: &str, (mark, length, weight, plain): Found) -> Found {
    // a frame is closed by its own, and the bracket behind it may be opened in a line above
    if rest.starts_with('[') || !rest[length..].starts_with(')') || is_open(before) {
        return (mark, length, weight, plain);
    }
    (mark, length + 1, weight, false)
}

/// Whether a round bracket is open behind a text.
fn is_open(text: &str) -> bool {
    let text = &text[text.floor_char_boundary(text.len().saturating_sub(FURTHEST))..];
    text.rfind('(').is_some_and(|open| !text[open..].contains(')'))
}

/// How many bytes before a bracket the one stands at most that opens it.
const FURTHEST: usize = 2048;

fn is_sign(c: char) -> bool {
    c.is_ascii_digit() || "<[(^\\".contains(c) || NOTE_SIGNS.contains(&c) || SUPERSCRIPT.contains(&c)
}

/// Mark, length, weight, whether everybody sees it.
type Found = (String, usize, f64, bool);

/// Where what opens a call is closed: after a few letters, or it calls nothing.
fn stop(inner: &str, close: &str) -> Option<usize> {
    const LONGEST: usize = 6;
    let reach = inner.floor_char_boundary(LONGEST + close.len());
    inner[..reach].find(close).filter(|stop| *stop > 0)
}

/// `<sup>1</sup>`, `[^1]`, `[1]`.
fn framed(rest: &str) -> Option<Found> {
    for (open, close, weight, plain) in [
        ("<sup>", "</sup>", 1.0, true),
        ("[^", "]", 1.0, true),
        ("[", "]", 0.9, false),
        ("^", "^", 0.9, true),
    ] {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let Some(stop) = stop(inner, close) else { continue };
        let mark = &inner[..stop].replace('\\', "");
        let mark = mark.trim();
        let figures = mark.bytes().all(|b| b.is_ascii_digit()) && mark.len() <= MOST_FIGURES;
        let signs = !mark.is_empty() && mark.chars().all(|c| NOTE_SIGNS.contains(&c));
        let letters = open == "[^" && mark.len() <= 2 && mark.bytes().all(|b| b.is_ascii_lowercase());
        if figures || signs || letters {
            return Some((mark.to_owned(), open.len() + stop + close.len(), weight, plain));
        }
    }
    None
}

/// `(1)` and `(*)`, most likely close behind a word or its mark, or before a stop: what counts the items of a sentence has
/// a space on either side.
fn round(before: &str, rest: &str) -> Option<Found> {
    let inner = rest.strip_prefix('(')?;
    let stop = stop(inner, ")")?;
    let (spelled, after) = (inner[..stop].replace('\\', ""), &inner[stop + 1..]);
    let mark = spelled.trim();
    let figures = (1..=MOST_FIGURES).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit());
    let signs = !mark.is_empty() && mark.chars().all(|c| NOTE_SIGNS.contains(&c));
    let glued = before.ends_with(|c: char| {
        c.is_alphabetic() || ".,;:!?".contains(c) || QUOTATION.contains(&c) || matches!(c, '’' | ')')
    });
    let stopped = after.starts_with(['.', ',', ';', ':', '!', '?']) && before.ends_with(' ');
    let ends = !after.starts_with(char::is_alphanumeric) && !mark.starts_with('0');
    let weight = if signs || ends && glued {
        GLUED_ROUND
    } else if ends && stopped {
        STOPPED_ROUND
    } else {
        APART_ROUND
    };
    (figures || signs).then(|| (mark.to_owned(), stop + 2, weight, false))
}

/// What figures between round brackets are worth as a call: close behind a word, before a stop, and anywhere else, where
/// it is less than those that are sure by themselves.
const GLUED_ROUND: f64 = 0.8;
const STOPPED_ROUND: f64 = 0.6;
const APART_ROUND: f64 = 0.45;

/// `^1` behind a word or its mark, which is no power: `door.^1`.
fn caret(before: &str, rest: &str) -> Option<Found> {
    let inner = rest.strip_prefix('^')?;
    let length = inner.bytes().take_while(u8::is_ascii_digit).count();
    let after = &inner[length..];
    let mut letters = before.chars().rev();
    let last = letters.next()?;
    let word = last.is_alphabetic() && letters.next().is_some_and(char::is_alphabetic);
    let marked = ".,;:!?)]".contains(last) || QUOTATION.contains(&last);
    let ends = !after.starts_with(|c: char| c.is_alphanumeric() || c == '^');
    ((1..=MOST_FIGURES).contains(&length) && (word || marked) && ends)
        .then(|| (inner[..length].to_owned(), 1 + length, CARET, false))
}

/// What figures behind a caret are worth as a call.
const CARET: f64 = 0.9;

/// `¹²`, but no fraction and no power.
fn raised(before: &str, rest: &str) -> Option<Found> {
    if is_over(rest.trim_start_matches(SUPERSCRIPT)) || is_power(before) {
        return None;
    }
    let signs: Vec<char> = rest.chars().take_while(|c| SUPERSCRIPT.contains(c)).take(MOST_FIGURES).collect();
    let digit = |c: &char| SUPERSCRIPT.iter().position(|d| d == c).map(|n| n.to_string());
    let mark: String = signs.iter().filter_map(digit).collect();
    let length = signs.iter().map(|c| c.len_utf8()).sum();
    (!mark.is_empty()).then_some((mark, length, 1.0, true))
}

/// How many figures before those of a call end a number: three, where more than three stand behind the comma of its thousands,
/// as in `100,00047`.
fn behind_thousands(before: &str, rest: &str) -> usize {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let grouped = before.strip_suffix(',').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    let call =
        (THOUSANDS + 1..=THOUSANDS + MOST_FIGURES).contains(&length) && rest.as_bytes()[THOUSANDS] != b'0';
    if grouped && call { THOUSANDS } else { 0 }
}

/// Whether a text ends with a whole group of thousands: `1,000`.
fn is_grouped(text: &str) -> bool {
    let group = text.len().checked_sub(THOUSANDS).and_then(|at| text.split_at_checked(at));
    group.is_some_and(|(before, group)| {
        let before = before.strip_suffix(',').unwrap_or("");
        group.bytes().all(|b| b.is_ascii_digit()) && before.ends_with(|c: char| c.is_ascii_digit())
    })
}

/// Whether three figures behind the comma with which a text ends may be thousands: it ends no year, `in 1916,`.
fn groups(text: &str) -> bool {
    let figures = text.trim_end_matches(',');
    figures.len() - figures.trim_end_matches(|c: char| c.is_ascii_digit()).len() <= THOUSANDS
}

/// How many figures stand behind the comma of thousands.
const THOUSANDS: usize = 3;

/// Figures glued to a word or to the mark behind it.
fn figures(before: &str, rest: &str) -> Option<Found> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=MOST_FIGURES).contains(&length)
        || rest[length..].starts_with(char::is_alphanumeric)
        || rest.starts_with('0')
    {
        return None;
    }
    if is_spaced(before, &rest[length..]) {
        return Some((rest[..length].to_owned(), length, SPACED, false));
    }
    let mut letters = before.chars().rev();
    let last = letters.next()?;
    // closing marks may have white space between
    let closes = |c: &char| QUOTATION.contains(c);
    // French sets one before all marks but commas and stops
    let spaced = closes(&last) || matches!(last, ';' | ':' | '!' | '?');
    let second = letters.find(|c| !(spaced && matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')));
    let second = second.filter(|c| closes(c) || before.chars().rev().nth(1) == Some(*c));
    let mark = ".,;:!?)]—".contains(last) || QUOTATION.contains(&last);
    let weight = match second {
        _ if last.is_alphabetic() || is_fraction(last) => 0.8,
        // what stands behind a whole group of thousands is of no number
        _ if is_grouped(before) => 0.8,
        Some(c) if mark && c.is_ascii_digit() && length == 3 && last == ',' && groups(before) => return None,
        Some(c) if mark && c.is_ascii_digit() => 0.4,
        Some(c) if mark && !c.is_whitespace() => 0.9,
        _ => return None,
    };
    Some((rest[..length].to_owned(), length, weight, false))
}

/// Figures between spaces behind a word or its mark.
fn apart(before: &str, rest: &str) -> Option<Found> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let word = before.strip_suffix(' ')?;
    let word = word.trim_end_matches(|c: char| ".,;:!?".contains(c) || c.is_whitespace());
    let after = &rest[length..];
    let stands = word
        .ends_with(|c: char| c.is_alphabetic() || QUOTATION.contains(&c) || matches!(c, ')' | ']'))
        && (after.is_empty() || after.starts_with([' ', '.', ',', ';', ':', '!', '?', ')']));
    (stands && (1..=MOST_FIGURES).contains(&length) && !rest.starts_with('0'))
        .then(|| (rest[..length].to_owned(), length, APART, false))
}

/// Whether a sign stands alone behind a space and a closing mark, as a reader of PDF prints what is raised there: `politics).” *`.
fn is_spaced(before: &str, after: &str) -> bool {
    let closed = before.strip_suffix(' ').is_some_and(|b| b.ends_with(['”', '’', '»', '«', '“']));
    closed && (after.is_empty() || after.starts_with(' '))
}

/// What such a sign is worth as a call.
const SPACED: f64 = 0.5;

/// Whether a character is a fraction of its own: `¾`.
fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅞')
}

/// `*`, `†` glued to a word; in Markdown the star has a backslash.
fn star(before: &str, rest: &str) -> Option<Found> {
    let escaped = rest.starts_with("\\*");
    let body = if escaped { &rest[1..] } else { rest };
    let first = body.chars().next().filter(|c| NOTE_SIGNS.contains(c))?;
    // each star has its own backslash: one without belongs to strong type
    let one = if escaped { "\\*".to_owned() } else { first.to_string() };
    let mut times = 0;
    while times < 4 && rest[times * one.len()..].starts_with(&one) {
        times += 1;
    }
    let (mark, length) = (first.to_string().repeat(times), times * one.len());
    let after = rest[length..].trim_start_matches("**").chars().next();
    if !escaped && is_spaced(before, &rest[length..]) {
        return Some((mark, length, SPACED, false));
    }
    if !escaped && before.ends_with('\\') {
        return None;
    }
    let glued = before.ends_with(|c: char| !c.is_whitespace() && c != '(' && c != '“');
    // `the ferry *)`, as German printers set it
    let parted = before.ends_with(' ') && rest[length..].starts_with(')') && !is_open(before);
    let glued = glued || parted;
    let closes = after.is_none_or(|c| !c.is_alphanumeric());
    (glued && closes).then_some((mark, length, if escaped { 1.0 } else { 0.8 }, false))
}

/// The mark that may open a note, and how many bytes of the line it takes.
pub(in super::super) fn label(text: &str) -> Option<(String, usize)> {
    // stars that stand alone part scenes
    if !text.contains(char::is_alphanumeric) {
        return None;
    }
    if let Some(spelled) = spelled_note(text) {
        return Some(spelled);
    }
    let stars = text.len() - text.trim_start_matches("\\*").len();
    if stars > 0 {
        let bare = &text[stars..];
        let rest = bare.strip_prefix(')').unwrap_or(bare).trim_start();
        let parted = rest.len() < bare.len() && !rest.is_empty();
        return parted.then(|| ("*".repeat(stars / 2), text.len() - rest.len())).or_else(|| glued_star(text));
    }
    if let Some((mark, strip)) = note_number(text) {
        let figures = mark.bytes().all(|b| b.is_ascii_digit());
        return (!figures || mark.len() <= MOST_FIGURES).then_some((mark, strip));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let glued = (1..=MOST_FIGURES).contains(&digits)
        && text[digits..].starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"');
    glued.then(|| (text[..digits].to_owned(), digits))
}

/// A star close before the note that it opens: `*So in the copy.`, with a backslash before it or without.
pub(super) fn glued_star(text: &str) -> Option<(String, usize)> {
    let one = if text.starts_with('\\') { "\\*" } else { "*" };
    let rest = text.trim_start_matches(one);
    let length = text.len() - rest.len();
    let stars = length / one.len();
    let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || QUOTATION.contains(&c) || c == '„';
    let begins = rest.starts_with(opens);
    ((1..=MOST_FIGURES).contains(&stars) && begins && !rest.contains('*'))
        .then(|| ("*".repeat(stars), length))
}

#[cfg(test)]
mod tests {
    use super::super::super::line::lines;
    use super::*;

    #[test]
    fn calls_between_round_brackets() {
        let lines = lines("door.(1) the mot (2). so (3) the (4) cat (1848) f(5)x the sea,(6)\n");
        let found = calls(&lines[0], 0);
        let marks = |is_likely: bool| -> Vec<&str> {
            found.iter().filter(|c| c.is_likely() == is_likely).map(|c| c.mark.as_str()).collect()
        };
        assert_eq!((marks(true), marks(false)), (vec!["1", "2", "6"], vec!["3", "4", "5"]));
    }

    #[test]
    fn calls_of_all_kinds() {
        let text = "door.1 won12 ¹ it<sup>3</sup> [4] cat* dog.\\* 8,000 1914.2 in 7 days † x† 100,00047 so.” 20 (So “a.” *\n";
        let lines = lines(text);
        let marks: Vec<String> = calls(&lines[0], 0).into_iter().map(|c| c.mark).collect();
        assert_eq!(marks, ["1", "12", "1", "3", "4", "*", "*", "2", "†", "47", "20", "*"]);
        let lines = super::super::super::line::lines("Tochter\\*) (Weg¹) Recht²) dem (so *)\n");
        let lengths: Vec<(String, usize)> =
            calls(&lines[0], 0).into_iter().map(|c| (c.mark, c.length)).collect();
        assert_eq!(lengths, [("*".to_owned(), 3), ("1".to_owned(), 2), ("2".to_owned(), 3)]);
        assert_eq!(label("\\*) Niemand."), Some(("*".to_owned(), 4)));
        assert_eq!(label("\\*Niemand."), Some(("*".to_owned(), 2)));
        let lines = super::super::super::line::lines("door.^1 ab^2, x^3 10^4^ door^5th\n");
        let marks: Vec<String> = calls(&lines[0], 0).into_iter().map(|c| c.mark).collect();
        assert_eq!(marks, ["1", "2", "4"]);
        assert_eq!(glued_star("\\*\\*So."), Some(("**".to_owned(), 4)));
        assert_eq!(glued_star("*So."), Some(("*".to_owned(), 1)));
        assert_eq!(glued_star("*So* it was."), None);
    }
}
