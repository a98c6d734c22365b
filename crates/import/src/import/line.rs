//! The line model: the lines of a transcription that hold anything, each
//! with the white space that stood before it.

use super::folded::folded;
use std::collections::BTreeMap;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The text without white space at its end; indentation is kept.
    pub text: &'a str,
    /// Where the text begins, in bytes from the start of the transcription.
    pub at: usize,
    /// The number of the line, from 1.
    pub number: usize,
    /// How many blank lines stand directly before it.
    pub blanks: usize,
    /// Whether a form feed stands directly before it.
    pub feed: bool,
    /// How many leaves with nothing on them stand before it: form feeds with nothing between.
    pub blank_leaves: usize,
    /// Whether two spaces end it, which break a line in Markdown.
    pub hard: bool,
}

impl<'a> Line<'a> {
    /// The text without its indentation.
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim_start_matches(is_space)
    }

    /// How far the text stands in, in characters.
    pub(super) fn indent(&self) -> usize {
        let lead = &self.text[..self.text.len() - self.trimmed().len()];
        lead.chars().filter(|c| !MARKS.contains(c)).count()
    }

    /// Where the text after the indentation begins.
    pub(super) fn start(&self) -> usize {
        self.at + self.text.len() - self.trimmed().len()
    }

    /// One past the last byte of the text.
    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Ends a line that a translation makes of a part of one: the lines of the transcription are not counted by it.
pub(super) const LINE_END: char = '\u{b}';
/// The end of a line of the transcription at which a translation goes on with its own.
pub(super) const UNSEEN_END: char = '\u{85}';

/// Opens a line that a dialect itself keeps apart from the text: a running head, a foot.
pub(super) const EDGE_LINE: char = '\u{2029}';

/// Opens a line with which, by its place on the page, a paragraph begins.
pub(super) const BEGINS: char = '\u{2028}';
/// Opens a line that goes on with the one above, or with the last of the page before.
pub(super) const GOES_ON: char = '\u{2002}';
/// Opens the first line of a note at the foot of a page.
pub(super) const NOTE_BEGINS: char = '\u{2003}';
/// Opens a further line of a note.
pub(super) const NOTE_GOES_ON: char = '\u{2004}';

/// The signs that say something of their line.
const MARKS: [char; 5] = [EDGE_LINE, BEGINS, GOES_ON, NOTE_BEGINS, NOTE_GOES_ON];

/// White space, with the byte order mark and the form feed.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// All lines that hold anything. Lines end with LF, CR LF or CR; a form feed ends one too.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut at, mut number, mut blanks, mut feeds) = (0, 1, 0, 0usize);
    while at < text.len() {
        let rest = &text[at..];
        let stop = rest.find(['\n', '\r', '\u{c}', LINE_END]).unwrap_or(rest.len());
        let unseen = rest[..stop].matches(UNSEEN_END).count();
        let line = rest[..stop].trim_end_matches(is_space);
        if line.is_empty() {
            blanks += 1;
        } else {
            let blank_leaves = feeds.saturating_sub(1);
            let hard = rest[line.len()..stop].trim_end_matches('\r').ends_with("  ");
            found.push(Line { text: line, at, number, blanks, feed: feeds > 0, blank_leaves, hard });
            (blanks, feeds) = (0, 0);
        }
        let ending = &rest[stop..];
        number += unseen;
        if ending.starts_with(LINE_END) {
            blanks = blanks.saturating_sub(usize::from(line.is_empty()));
            at += stop + 1;
        } else if ending.starts_with('\u{c}') {
            // A form feed alone in its line is no blank line of its own.
            feeds += 1;
            blanks = blanks.saturating_sub(usize::from(line.is_empty()));
            at += stop + 1;
        } else {
            at += stop + if ending.starts_with("\r\n") { 2 } else { usize::from(!ending.is_empty()) };
            number += 1;
        }
    }
    found
}

/// The lines of code between fences, from the line that opens a fence to the one that closes it: by the number of
/// the first, one past the last. A fence that nothing closes is none.
pub(super) fn fences(lines: &[Line<'_>]) -> BTreeMap<usize, usize> {
    let mut found = BTreeMap::new();
    let mut open: Option<(usize, &str)> = None;
    for (at, line) in lines.iter().enumerate() {
        let Some(fence) = fence(line.trimmed()) else { continue };
        match open {
            // a byte order mark in the midst of a file is a sign like any other, to a reader of Markdown
            Some((from, opening)) if fence.starts_with(opening) && fence == line.text.trim() => {
                found.insert(from, at + 1);
                open = None;
            }
            Some(_) => {}
            None => open = Some((at, fence)),
        }
    }
    found
}

/// The backticks or tildes that open a fence: three at least, and no backtick in what is said behind them.
fn fence(text: &str) -> Option<&str> {
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.len() - text.trim_start_matches(sign).len();
    (length >= 3 && !text[length..].contains('`')).then(|| &text[..length])
}

/// A line without digits, marks and case: what two running heads have in common.
pub(super) fn normal(line: &str) -> String {
    if line.starts_with('#') {
        return String::new();
    }
    folded(line, |c| c.is_alphabetic() || c == ' ').trim().to_owned()
}

/// From how many characters on a line that breaks off in mid-sentence is a filled one, in a text of few lines.
const FILLED: usize = 60;

/// Whether paragraphs run over several lines of like length; in Markdown those that it breaks tell nothing.
pub(super) fn are_wrapped(lines: &[Line<'_>], markdown: bool) -> bool {
    let runs = |w: &&[Line<'_>]| w[1].blanks == 0 && !(markdown && w[0].hard);
    let mut lengths: Vec<usize> = lines.windows(2).filter(runs).map(|w| w[0].text.chars().count()).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let filled = |w: &[Line<'_>]| {
        w[1].blanks == 0
            && w[0].text.chars().count() >= FILLED
            && w[0].text.ends_with(|c: char| c.is_lowercase() || c == ',')
            && w[1].trimmed().starts_with(char::is_lowercase)
    };
    let short = !lengths.is_empty() && lengths.len() < 3 && lines.windows(2).any(filled);
    (short || lengths.len() >= 3.max(lines.len() / 8)) && (40..=110).contains(&median)
}

/// Whether a line ends in mid-sentence, so that it goes on.
pub(super) fn goes_on(text: &str) -> bool {
    text.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | '-' | '\u{ad}' | '¬' | '\u{2e17}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_reaches_to_the_one_that_closes_it() {
        let text = "```rust\n# one\n~~~\n\n````\ntwo\n~~~\n``` `x` ```\n~~~\n```\nnever closed\n";
        assert_eq!(fences(&lines(text)), BTreeMap::from([(0, 4), (5, 8)]));
    }

    #[test]
    fn blank_lines_and_form_feeds_are_counted() {
        let found = lines("\u{feff}one\r\n\r\n\r\n  two \u{c}three\rfour");
        let shape: Vec<_> = found.iter().map(|l| (l.trimmed(), l.blanks, l.feed, l.number)).collect();
        assert_eq!(
            shape,
            [("one", 0, false, 1), ("two", 2, false, 4), ("three", 0, true, 4), ("four", 0, false, 5)]
        );
    }
}
