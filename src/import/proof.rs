//! The proof that nothing was lost and nothing invented: the manuscript's own
//! files, set again at the recovered breaks, must give the transcription
//! token by token.
//!
//! The reader here knows only the manuscript's notation. From the ledger it
//! takes what the manuscript leaves out on purpose and where that stood: rules,
//! folios, running heads, hyphens at line ends, the place of each note.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Range;
use std::slice;

/// Something of the transcription at a place of the manuscript.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Splice {
    /// After how many counted characters.
    pub at: usize,
    /// How many counted characters of the manuscript stand instead of it (a correction).
    pub skip: usize,
    /// What stood there.
    pub held: Held,
    /// What parts it from its surroundings: a line end, or nothing.
    pub seam: &'static str,
}

/// What a splice holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// Characters.
    Literal(String),
    /// A part of a note: file, label, number of the part.
    Note(usize, String, usize),
}

/// The splices and calls of one run of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// In order.
    pub splices: Vec<Splice>,
    /// Labels of the calls in order, with the transcription's way to write them.
    pub calls: Vec<(String, String)>,
    /// Counted characters so far.
    pub length: usize,
}

/// What the manuscript leaves out, and where.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    /// One per file.
    pub bodies: Vec<Track>,
    /// By file and label, for each part of the note that stands by itself.
    pub notes: BTreeMap<(usize, String), Vec<Track>>,
    /// File, label, and what stands before and after a note's text.
    pub openings: Vec<(usize, String, String, String)>,
}

/// The first place where manuscript and transcription differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where in the transcription, in bytes.
    pub at: usize,
    /// The transcription's token, empty at its end.
    pub wanted: String,
    /// The manuscript's token, empty at its end.
    pub found: String,
}

/// Whether the proof counts a character: not white space, not a backslash.
pub(super) fn is_counted(c: char) -> bool {
    !c.is_whitespace() && c != '\\' && c != '\u{feff}' && c != LOOSE
}

/// A seam at which the transcription may have white space or none.
pub(super) const LOOSE: char = '\u{fdd0}';
/// [`LOOSE`] as a seam.
pub(super) const LOOSE_SEAM: &str = "\u{fdd0}";

/// Proves that `files` give back `transcription`; returns the number of tokens.
pub(super) fn prove(transcription: &str, files: &[String], ledger: &Ledger) -> Result<usize, Fault> {
    let again = set_again(files, ledger);
    let mut ours = Tokens::of(&again);
    let mut theirs = Tokens::of(transcription);
    let mut count = 0;
    loop {
        match (theirs.next(), ours.next()) {
            (None, None) => return Ok(count),
            (Some(a), Some(b)) if a.same(&b) => count += 1,
            (a, b) => {
                let show = |t: &Option<Token<'_>>| t.as_ref().map_or(String::new(), |t| t.text.to_owned());
                let at = a.as_ref().map_or(transcription.len(), |t| t.at);
                return Err(Fault { at, wanted: show(&a), found: show(&b) });
            }
        }
    }
}

/// The manuscript as the transcription would have it.
fn set_again(files: &[String], ledger: &Ledger) -> String {
    let readings: Vec<Reading<'_>> = files.iter().map(|f| Reading::of(f)).collect();
    let frames: BTreeMap<(usize, &str), (&str, &str)> =
        ledger.openings.iter().map(|(f, l, a, b)| ((*f, l.as_str()), (a.as_str(), b.as_str()))).collect();
    let mut out = String::new();
    for (file, reading) in readings.iter().enumerate() {
        let empty = Track::default();
        let track = ledger.bodies.get(file).unwrap_or(&empty);
        weave(
            &reading.body,
            track,
            &mut out,
            &mut |of: usize, label: &str, part: usize, out: &mut String| {
                let (before, after) = frames.get(&(of, label)).copied().unwrap_or(("", ""));
                let text = readings.get(of).and_then(|r| r.notes.get(label));
                let tracks = ledger.notes.get(&(of, label.to_owned())).map_or(&[][..], Vec::as_slice);
                if part == 0 {
                    out.push_str(before);
                }
                if let (Some(text), Some(track)) = (text, tracks.get(part)) {
                    weave(&of_part(text, tracks, part), track, out, &mut |_, _, _, _| {});
                }
                if part == 0 && !after.is_empty() {
                    out.push(LOOSE);
                    out.push_str(after);
                }
            },
        );
        out.push('\n');
    }
    out
}

/// The passages of one part of a note; the last has all that is left.
fn of_part<'a>(text: &[Sign<'a>], tracks: &[Track], part: usize) -> Vec<Sign<'a>> {
    let before: usize = tracks[..part].iter().map(|t| t.length).sum();
    let last = part + 1 == tracks.len();
    let mut pieces = Vec::new();
    let mut at = 0;
    for sign in text {
        let Sign::Words(words) = sign else {
            if at >= before && (last || at < before + tracks[part].length) {
                pieces.push(*sign);
            }
            at += 1;
            continue;
        };
        let length = words.chars().filter(|c| is_counted(*c)).count();
        let place = |counted: usize| {
            let mut places = words.char_indices().filter(|(_, c)| is_counted(*c));
            places.nth(counted).map_or(words.len(), |(at, _)| at)
        };
        let from = if part == 0 || at > before { 0 } else { place(before - at) };
        let to = if last { words.len() } else { place((before + tracks[part].length).saturating_sub(at)) };
        if from < to {
            pieces.push(Sign::Words(&words[from..to]));
        }
        at += length;
    }
    pieces
}

/// A passage of the manuscript's text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign<'a> {
    Words(&'a str),
    Call(&'a str),
}

/// Lays the splices into the text.
fn weave(text: &[Sign<'_>], track: &Track, out: &mut String, note: &mut Notes<'_>) {
    let mut calls = track.calls.iter();
    let mut loom = Loom { splices: track.splices.iter().peekable(), at: 0, skip: 0, out, note };
    loom.lay();
    for sign in text {
        match sign {
            Sign::Words(words) => words.chars().for_each(|c| loom.character(c)),
            Sign::Call(label) => {
                match calls.next() {
                    Some((wanted, literal)) if wanted == label => loom.out.push_str(literal),
                    _ => loom.out.push_str(&format!("[^{label}]")),
                }
                loom.step();
            }
        }
    }
    loom.at = usize::MAX;
    loom.lay();
}

/// Writes a part of the note of a file with that label.
type Notes<'n> = dyn FnMut(usize, &str, usize, &mut String) + 'n;

/// The text on its way, with the splices that are still to come.
struct Loom<'l, 'n> {
    splices: Peekable<slice::Iter<'l, Splice>>,
    /// How many counted characters have gone by.
    at: usize,
    /// How many of the manuscript's own go.
    skip: usize,
    out: &'l mut String,
    note: &'l mut Notes<'n>,
}

impl Loom<'_, '_> {
    fn character(&mut self, c: char) {
        let counted = is_counted(c);
        if self.skip == 0 {
            self.out.push(c);
        } else if counted {
            self.skip -= 1;
        }
        if counted {
            self.step();
        }
    }

    fn step(&mut self) {
        self.at += 1;
        if self.splices.peek().is_some_and(|splice| splice.at <= self.at) {
            self.lay();
        }
    }

    /// Lays the splices that stand here or before.
    fn lay(&mut self) {
        while let Some(splice) = self.splices.next_if(|splice| splice.at <= self.at) {
            self.out.push_str(splice.seam);
            match &splice.held {
                Held::Literal(text) => self.out.push_str(text),
                Held::Note(file, label, part) => (self.note)(*file, label, *part, self.out),
            }
            self.out.push_str(splice.seam);
            self.skip += splice.skip;
        }
    }
}

/// A file of the manuscript: running text, and notes by label.
#[derive(Debug, Default)]
struct Reading<'a> {
    body: Vec<Sign<'a>>,
    notes: BTreeMap<&'a str, Vec<Sign<'a>>>,
}

impl<'a> Reading<'a> {
    fn of(file: &'a str) -> Reading<'a> {
        let mut reading = Reading::default();
        let mut note: Option<&str> = None;
        for line in file.lines() {
            let (into, text) = match (definition(line), &note) {
                (Some((label, text)), _) => {
                    note = Some(label);
                    (reading.notes.entry(label).or_default(), text)
                }
                (None, Some(label)) if line.is_empty() || line.starts_with("    ") => {
                    (reading.notes.entry(*label).or_default(), line)
                }
                _ => {
                    note = None;
                    (&mut reading.body, strip_marker(line))
                }
            };
            signs(text, into);
            into.push(Sign::Words("\n"));
        }
        reading
    }
}

/// `[^label]: text` at a line's start.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, text) = line.strip_prefix("[^")?.split_once("]:")?;
    Some((label, text.strip_prefix(' ').unwrap_or(text)))
}

/// The line without the sign that opens its block.
fn strip_marker(line: &str) -> &str {
    if line == "* * *" || line == ">" || line == ":::" || line == "::: verse" || line == "::: subtitle" {
        return "";
    }
    let line = line.strip_prefix("> ").unwrap_or(line);
    let line = line.strip_prefix("- ").unwrap_or(line);
    let depth = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&depth) { line[depth..].strip_prefix(' ').unwrap_or(line) } else { line }
}

/// Reads a line: comments go, backslashes protect, `[^x]` is a call.
fn signs<'a>(line: &'a str, into: &mut Vec<Sign<'a>>) {
    // `from` is where the words begin that are still to be pushed
    let (mut from, mut at) = (0, 0);
    let words = |range: Range<usize>, into: &mut Vec<Sign<'a>>| {
        if !range.is_empty() {
            into.push(Sign::Words(&line[range]));
        }
    };
    while let Some(sign) = line[at..].find(['\\', '<', '[']).map(|sign| at + sign) {
        let rest = &line[sign..];
        let call = || {
            let (label, _) = rest.strip_prefix("[^")?.split_once(']')?;
            (!label.is_empty() && label.len() <= 16).then_some(label)
        };
        if rest[1..].starts_with(|c: char| rest.starts_with('\\') && c.is_ascii_punctuation()) {
            words(from..sign, into);
            (from, at) = (sign + 1, sign + 2);
        } else if rest.starts_with("<!--") {
            words(from..sign, into);
            at = rest.find("-->").map_or(line.len(), |end| sign + end + 3);
            from = at;
        } else if let Some(label) = call() {
            words(from..sign, into);
            into.push(Sign::Call(label));
            at = sign + label.len() + 3;
            from = at;
        } else {
            at = sign + 1;
        }
    }
    words(from..line.len(), into);
}

/// A word, or a single mark.
#[derive(Clone, Debug)]
struct Token<'a> {
    text: &'a str,
    at: usize,
    /// Whether white space stands before it.
    spaced: bool,
    /// Whether there may be white space before it or not.
    loose: bool,
}

impl Token<'_> {
    /// Whether two tokens are the same, up to the style of quotation marks, dashes and emphasis signs.
    fn same(&self, other: &Token<'_>) -> bool {
        (self.spaced == other.spaced || self.loose || other.loose)
            && (self.text == other.text || plain(self.text) == plain(other.text))
    }
}

/// A mark in the style that all styles of it share.
fn plain(mark: &str) -> &str {
    match mark {
        "“" | "”" | "„" | "«" | "»" => "\"",
        "‘" | "’" | "‚" => "'",
        "--" => "—",
        "_" => "*",
        "\u{0}" => "\u{fffd}",
        other => other,
    }
}

/// Parts a text into words and marks.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Tokens<'a> {
        Tokens { text, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let (mut spaced, mut loose) = (self.at == 0, false);
        let mut letters = self.text[self.at..].char_indices();
        let (skip, first) = loop {
            let (skip, c) = letters.next()?;
            if is_counted(c) {
                break (skip, c);
            }
            spaced |= c != '\\';
            loose |= c == LOOSE;
        };
        let at = self.at + skip;
        let rest = &self.text[at..];
        let length = if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else if first == '-' {
            let run = rest.bytes().take(5).take_while(|b| *b == b'-').count();
            if run == 2 || run == 4 { 2 } else { 1 }
        } else {
            first.len_utf8()
        };
        self.at = at + length;
        Some(Token { text: &rest[..length], at, spaced, loose })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        Tokens::of(text).map(|t| t.text).collect()
    }

    #[test]
    fn words_and_marks_are_tokens() {
        assert_eq!(texts("a-b “c”--d\\e"), ["a", "-", "b", "“", "c", "”", "--", "d", "e"]);
    }

    #[test]
    fn a_page_end_is_set_again() {
        let track = Track {
            splices: vec![
                Splice { at: 4, skip: 0, held: Held::Literal("-".into()), seam: "" },
                Splice { at: 4, skip: 0, held: Held::Literal("---".into()), seam: "\n" },
                Splice { at: 4, skip: 0, held: Held::Note(0, "1".into(), 0), seam: "\n" },
            ],
            calls: Vec::new(),
            length: 0,
        };
        let mut ledger = Ledger { bodies: vec![track], ..Ledger::default() };
        ledger.notes.insert((0, "1".into()), vec![Track::default()]);
        ledger.openings.push((0, "1".into(), "1 ".into(), String::new()));
        let file = "whee<!-- page 2 -->led\n\n[^1]: Note.\n".to_owned();
        let wanted = "whee-\n\n---\n\n1 Note.\n\nled";
        assert_eq!(prove(wanted, std::slice::from_ref(&file), &ledger), Ok(8));
        let lost = file.replace("Note", "");
        let fault = prove(wanted, &[lost], &ledger).unwrap_err();
        assert_eq!((fault.wanted.as_str(), fault.found.as_str()), ("Note", "."));
    }
}
