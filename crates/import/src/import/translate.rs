//! A transcription in the notation that the recogniser knows: what a dialect
//! writes in its own way is put into the one that all share.
//!
//! Every change is an [`Edit`] with what stood there, so that the text as it
//! came can be given back byte for byte: that is the first half of the proof,
//! and [`Translation::restored`] is asked for it on every run. No edit adds or
//! removes a line, and none touches what stands in a fence.

use super::bold_lines;
use super::change::Change;
use super::dialect::Dialect;
use super::document::torn_notes;
use super::line::NOTE_GOES_ON;
use super::mark::{Frame, frame_of_pages};
use super::marker_links::MarkerLinks;
use super::model::Number;
use super::plus_bold;
use super::tex_lines::{TexLines, calls_in_formulas};
use super::tool_labels::ToolLabels;
use std::collections::BTreeSet;

/// What was changed at a place.
#[derive(Clone, Debug)]
struct Edit {
    /// The first byte in the translated text.
    at: usize,
    /// How many bytes of it are ours.
    length: usize,
    /// What stood there.
    was: String,
    /// How much longer the text as it came is, up to the end of this edit.
    grown: i64,
}

/// A translated text.
#[derive(Clone, Debug, Default)]
pub(super) struct Translation {
    /// The text.
    pub text: String,
    edits: Vec<Edit>,
}

impl Translation {
    /// Translates a text.
    pub(super) fn of(text: &str, dialect: Dialect) -> Translation {
        let mut found = Translation::default();
        if dialect == Dialect::Wikisource {
            found.take(text, super::wikitext::changes(text));
            return found;
        }
        if dialect == Dialect::Reader {
            found.take(text, torn_notes::changes(text));
            return found;
        }
        let (framed, links) = (Framed::of(text), MarkerLinks::of(text));
        let mut translator = Translator {
            dialect,
            links,
            wrap: Wrap::None,
            note: false,
            fence: false,
            tex: TexLines::default(),
            framed,
            labels: if dialect.is_markdown() { ToolLabels::of(text) } else { ToolLabels::default() },
        };
        let is_plain = matches!(dialect, Dialect::Plain | Dialect::Distributor | Dialect::Proofreaders);
        let carried = if is_plain { bold_lines::carried(text) } else { Vec::new() };
        let plus = if is_plain { plus_bold::changes(text) } else { Vec::new() };
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let mut changes = translator.line(line.trim_end_matches(['\n', '\r']));
            let (begins, ends) = bold_lines::extent(line);
            let bold = carried.get(n).copied().unwrap_or_default();
            changes.extend(bold.from_above.then(|| (begins, begins, "=".to_owned())));
            changes.extend(bold.below.then(|| (ends, ends, "=".to_owned())));
            changes.extend(plus.get(n).into_iter().flatten().cloned());
            changes.sort_by_key(|change| change.0);
            found.take(line, changes);
        }
        found
    }

    /// Adds a passage with its changes.
    fn take(&mut self, passage: &str, changes: Vec<Change>) {
        let mut at = 0;
        for (from, to, now) in changes {
            // a passage is changed once
            if from < at || to < from {
                continue;
            }
            self.text.push_str(&passage[at..from]);
            let (was, length) = (passage[from..to].to_owned(), now.len());
            let before = self.edits.last().map_or(0, |e| e.grown);
            let grown = before + was.len() as i64 - length as i64;
            self.edits.push(Edit { at: self.text.len(), length, was, grown });
            self.text.push_str(&now);
            at = to;
        }
        self.text.push_str(&passage[at..]);
    }

    /// The text as it came.
    pub(super) fn restored(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for edit in &self.edits {
            out.push_str(&self.text[at..edit.at]);
            out.push_str(&edit.was);
            at = edit.at + edit.length;
        }
        out.push_str(&self.text[at..]);
        out
    }

    /// The byte of the text as it came that a byte of the translated text stands for.
    pub(super) fn source(&self, at: usize) -> usize {
        let before = self.edits.partition_point(|e| e.at + e.length <= at);
        let grown = before.checked_sub(1).map_or(0, |last| self.edits[last].grown);
        let inside = self.edits.get(before).filter(|e| e.at < at).map_or(0, |e| (at - e.at) as i64);
        usize::try_from(at as i64 - inside + grown).unwrap_or(0)
    }

    /// How many changes there are.
    pub(super) fn changes(&self) -> usize {
        self.edits.len()
    }
}

/// How a note ends on its page that goes on overleaf.
const NOTE_IS_CUT: &str = "]*";
/// How a note goes on that began on the page before.
const GOES_ON: &str = "*[Footnote: ";

/// What lines stand in, in the format of Distributed Proofreaders.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrap {
    None,
    /// `/# … #/`
    Quote,
    /// `/* … */`
    Verse,
}

struct Translator<'t> {
    dialect: Dialect,
    /// What the links of marker lead to.
    links: MarkerLinks,
    wrap: Wrap,
    /// Whether a note that goes on from the page before has not ended.
    note: bool,
    fence: bool,
    /// Where the walk stands in lines of TeX.
    tex: TexLines,
    /// What numbers in braces or brackets are.
    framed: Framed,
    /// Labels of notes that are none of the book.
    labels: ToolLabels<'t>,
}

impl Translator<'_> {
    /// The changes of a line, in order.
    fn line(&mut self, line: &str) -> Vec<Change> {
        let mark = line.trim_start();
        if self.dialect.is_markdown() && (mark.starts_with("```") || mark.starts_with("~~~")) {
            self.fence = !self.fence;
            return Vec::new();
        }
        if self.fence {
            return Vec::new();
        }
        let mut found: Vec<Change> = self.labels.change(line).into_iter().collect();
        found.extend(self.own_signs(line));
        found.sort_by_key(|change| change.0);
        found
    }

    /// The changes of a line by the signs of its dialect.
    fn own_signs(&mut self, line: &str) -> Vec<Change> {
        match self.dialect {
            Dialect::Marker | Dialect::Markdown => {
                let mut found = self.links.changes(line);
                found.extend(calls_in_formulas(line));
                found
            }
            Dialect::Latex => self.tex.changes(line),
            Dialect::Proofreaders => self.proofreaders(line),
            Dialect::Plain | Dialect::Distributor => self.framed.changes(line),
            _ => Vec::new(),
        }
    }

    /// `/#`, `/*`, `-*`, `<tb>`, `[Blank Page]`.
    fn proofreaders(&mut self, line: &str) -> Vec<Change> {
        let all = |now: &str| vec![(0, line.len(), now.to_owned())];
        match line.trim() {
            "/#" | "/Q" => self.wrap = Wrap::Quote,
            "/*" | "/P" | "/$" => self.wrap = Wrap::Verse,
            "#/" | "*/" | "Q/" | "P/" | "$/" => self.wrap = Wrap::None,
            "<tb>" => return all("* * *"),
            "[Blank Page]" => return all(""),
            text if text.starts_with(GOES_ON) => {
                let from = line.len() - line.trim_start().len();
                self.note = closing(text).is_none();
                let mut found = vec![(from, from + GOES_ON.len(), NOTE_GOES_ON.to_string())];
                found.extend(closing(line));
                return found;
            }
            text if self.note && closing(text).is_some() => {
                self.note = false;
                return closing(line).into_iter().collect();
            }
            // a note that goes on overleaf: its bracket says nothing
            text if text.ends_with(NOTE_IS_CUT) => return closing(line).into_iter().collect(),
            text => return self.proof_line(line, text),
        }
        all("")
    }

    fn proof_line(&self, line: &str, text: &str) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        let lead = match self.wrap {
            _ if text.is_empty() || text.starts_with("-----File") => "",
            Wrap::Quote => "> ",
            Wrap::Verse => "      ",
            Wrap::None => "",
        };
        // `*phenated` goes on with the word of the page before
        let goes_on = line.strip_prefix('*').is_some_and(|r| r.starts_with(char::is_alphanumeric));
        let cut = usize::from(goes_on);
        if cut > 0 || !lead.is_empty() {
            changes.push((0, cut, lead.to_owned()));
        }
        for (from, to, now) in tags(line) {
            changes.push((from, to, now));
        }
        if text.ends_with("-*") {
            let end = line.trim_end().len();
            changes.push((end - 1, end, String::new()));
        }
        changes
    }
}

/// What closes the part of a note that stands on a page: a star behind it says that the note goes on overleaf, one before it that
/// its last word does.
fn closing(line: &str) -> Option<Change> {
    let text = line.trim_end();
    let open = text.strip_suffix(NOTE_IS_CUT).or_else(|| text.strip_suffix(']'))?;
    let divided = open.strip_suffix("-*").map_or(open.len(), |word| word.len() + 1);
    Some((divided, text.len(), String::new()))
}

/// `<i>`, `<b>`, `<sc>` of proofreaders.
fn tags(line: &str) -> Vec<Change> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('<') {
        for (tag, now) in [
            ("<i>", "_"),
            ("</i>", "_"),
            ("<b>", "="),
            ("</b>", "="),
            ("<sc>", ""),
            ("</sc>", ""),
            ("<g>", ""),
            ("</g>", ""),
        ] {
            if line[at..].starts_with(tag) {
                found.push((at, at + tag.len(), now.to_owned()));
            }
        }
    }
    found
}

/// What numbers in braces or brackets are, in plain text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framed {
    None,
    /// Calls of notes in braces, and the notes.
    Notes,
    /// The places where pages begin.
    Pages(Frame),
}

impl Framed {
    fn of(text: &str) -> Framed {
        match (frame_of_pages(text), has_brace_notes(text)) {
            (Some(frame), _) => Framed::Pages(frame),
            (_, true) => Framed::Notes,
            _ => Framed::None,
        }
    }

    /// `{12}` is `[12]` where it calls a note, and `[Pg 12]` where a page begins.
    fn changes(self, line: &str) -> Vec<Change> {
        let (frame, open, numeral) = match self {
            Framed::None => return Vec::new(),
            Framed::Notes => (Frame::Braces, "[", false),
            Framed::Pages(frame) => (frame, "[Pg ", true),
        };
        let meant = |b: &(usize, usize, Number)| numeral || !b.2.roman && b.1 <= "{123}".len();
        let changed =
            |(at, length, _)| (at, at + length, format!("{open}{}]", &line[at + 1..at + length - 1]));
        frame.numbers(line).filter(meant).map(changed).collect()
    }
}

/// Whether notes are numbered in braces: a line begins with a number in them, `{1}`, that a line above has within it.
fn has_brace_notes(text: &str) -> bool {
    let mut called: BTreeSet<u32> = BTreeSet::new();
    text.lines().any(|line| {
        let opened = Frame::Braces.numbers(line).next().filter(|(at, length, _)| {
            *at == 0 && line.len() > length + 2 && !line[*length..].trim_start().starts_with('-')
        });
        called.extend(Frame::Braces.numbers(line).filter(|n| n.0 > 0).map(|n| n.2.value));
        opened.is_some_and(|(_, _, number)| called.contains(&number.value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_is_given_back_byte_for_byte() {
        for (dialect, text, wanted) in [
            (
                Dialect::Marker,
                "# <span id=\"p-0\"></span>**A**\r\na.[1](#p-2) [b](#p-1) ![](x.png)",
                "# **A**\r\na.<sup>1</sup> b ![](x.png)",
            ),
            (Dialect::Marker, "```\n[1](#p)\n```\n[2](#p)\n", "```\n[1](#p)\n```\n<sup>2</sup>\n"),
            (
                Dialect::Latex,
                "\\section*{A ${ }^{1}$}\n$h^{2}$ a.${ }^{12}$ 10$^{2}$ b$^{\\dagger}$ $5 c${ }^{3}$",
                "# A <sup>1</sup>\n$h^{2}$ a.<sup>12</sup> 10$^{2}$ b<sup>†</sup> $5 c<sup>3</sup>",
            ),
            (
                Dialect::Proofreaders,
                "up-*\n-----File: 2.png---\n*per <i>x</i>\n/*\nA\n*/\n<tb>\n",
                "up-\n-----File: 2.png---\nper _x_\n\n      A\n\n* * *\n",
            ),
            (Dialect::Plain, "a {1}\n\n{1}  b is so.\n", "a [1]\n\n[1]  b is so.\n"),
            (Dialect::Plain, "a {12}\n\n{12}  b is so.\n", "a [12]\n\n[12]  b is so.\n"),
            (Dialect::Latex, "a.${ }^{1,2}$ $x^{1,2}$", "a.<sup>1</sup><sup>2</sup> $x^{1,2}$"),
            (Dialect::Plain, "a {1}\n", "a {1}\n"),
            (
                Dialect::Plain,
                "{iv}\na {v} b {1} c {2}\nd {3} e {4}\n",
                "[Pg iv]\na [Pg v] b [Pg 1] c [Pg 2]\nd [Pg 3] e [Pg 4]\n",
            ),
        ] {
            let translation = Translation::of(text, dialect);
            assert_eq!(translation.text, wanted);
            assert_eq!(translation.restored(), text);
        }
    }

    #[test]
    fn places_are_those_of_the_source() {
        let translation = Translation::of("a ${ }^{1}$ b", Dialect::Latex);
        let at = translation.text.find('b').expect("the last word");
        assert_eq!(translation.source(at), "a ${ }^{1}$ ".len());
        assert_eq!((translation.source(0), translation.changes()), (0, 1));
    }
}
