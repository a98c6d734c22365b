//! What the rules may know beside the line they look at: facts of the whole
//! transcription, and where the walk through it stands.

use super::dialect::Dialect;
use super::document::Document;
use super::furniture::Furniture;
use super::line::{Line, fences};
use super::mark::page_mark_number;
use super::{contents, heading};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// The whole transcription, and the place of the walk in it.
pub(super) struct Scene<'a> {
    /// All lines.
    pub lines: &'a [Line<'a>],
    /// Whether the text is plain, without Markdown.
    pub plain: bool,
    /// Whether paragraphs are wrapped over several lines.
    pub wrapped: bool,
    /// The model of the whole document, when its pages are parted.
    pub document: Option<Document>,
    /// Who wrote the transcription.
    pub dialect: Dialect,
    /// Code between fences: by its first line, one past its last.
    pub fences: BTreeMap<usize, usize>,
    /// Page numbers in lines of their own, and running heads.
    pub furniture: Furniture,
    /// The contents of a plain text.
    pub contents: Vec<Range<usize>>,
    /// Whether chapters are named as such.
    pub chapters: bool,
    /// Whether rules without notes part the pages.
    pub rules_part_pages: bool,
    /// Lines that come more than once, without digits and case.
    pub repeated: HashMap<String, usize>,
    /// The last line of the distributor's words at the head.
    pub body_from: Option<usize>,
    /// The first line of the distributor's words at the end.
    pub body_to: Option<usize>,
    /// Whether the walk is under a rule, among notes.
    pub foot: bool,
    /// Whether the walk is among notes under a heading of their own.
    pub among_notes: bool,
    /// Whether the last note breaks off.
    pub note_open: bool,
    /// Whether the walk is in the contents.
    pub in_contents: bool,
    /// The number of the last note.
    pub last_note: u32,
    /// Numbers called but not yet met as notes.
    pub calls: BTreeSet<String>,
    /// The number that would continue the list just met.
    pub next_item: Option<u32>,
}

impl<'a> Scene<'a> {
    /// Looks over the whole transcription once.
    pub fn survey(lines: &'a [Line<'a>], dialect: Dialect) -> Scene<'a> {
        let fences = if dialect.is_markdown() { fences(lines) } else { BTreeMap::new() };
        let document = Document::survey(lines, dialect, &fences);
        let wrapped = matches!(dialect, Dialect::Wikisource | Dialect::Positions) || is_wrapped(lines);
        let mut repeated = HashMap::new();
        for line in lines.iter().filter(|l| l.text.len() <= 90) {
            *repeated.entry(normal(line.trimmed())).or_insert(0) += 1;
        }
        repeated.remove("");
        let plain = dialect == Dialect::Wikisource || !dialect.is_markdown() && !is_markdown(lines);
        let body_to = lines.iter().position(|l| ends_body(l.text));
        let contents = if plain { contents::regions(lines) } else { Vec::new() };
        let furniture = Furniture::survey(lines, &|i| contents.iter().any(|r| r.contains(&i)));
        Scene {
            lines,
            plain,
            wrapped,
            rules_part_pages: document.is_none() && rules_part_pages(lines, &furniture.folios),
            document,
            dialect,
            fences,
            furniture,
            contents,
            chapters: plain && heading::has_chapters(lines),
            repeated,
            body_from: lines[..body_to.unwrap_or(lines.len())].iter().rposition(|l| begins_body(l.text)),
            body_to,
            among_notes: false,
            note_open: false,
            foot: false,
            in_contents: false,
            last_note: 0,
            calls: BTreeSet::new(),
            next_item: None,
        }
    }

    /// Whether line `at` has a blank line, or nothing, at both sides.
    pub fn alone(&self, at: usize) -> bool {
        let before = at == 0 || self.lines[at].blanks > 0 || self.lines[at].feed;
        before && self.lines.get(at + 1).is_none_or(|l| l.blanks > 0 || l.feed)
    }

    /// Whether line `at` has a page's end on one side and a blank line on the other.
    pub fn alone_on_page(&self, at: usize) -> bool {
        let mark = |i: usize| self.lines.get(i).is_some_and(|l| page_mark_number(l.trimmed()).is_some());
        let feed = |i: usize| self.lines.get(i).is_some_and(|l| l.feed);
        let starts = feed(at) || at.checked_sub(1).is_some_and(mark);
        let blank = |i: usize| self.lines.get(i).is_none_or(|l| l.blanks > 0 || l.feed);
        (starts && blank(at + 1)) || (blank(at) && (feed(at + 1) || mark(at + 1)))
    }

    /// Whether line `at` is of the distributor: outside the START and END lines.
    pub fn is_licence(&self, at: usize) -> bool {
        self.body_from.is_some_and(|from| at <= from) || self.body_to.is_some_and(|to| at >= to)
    }

    /// Whether the paragraph of line `at` says who made the electronic text.
    pub fn is_makers(&self, at: usize) -> bool {
        let first = (at.saturating_sub(8)..=at).rev().find(|i| self.lines[*i].blanks > 0).unwrap_or(at);
        let text = self.lines[first].trimmed().to_lowercase();
        MAKERS.iter().any(|words| text.starts_with(words))
    }

    /// Whether line `at` stands at the head or foot of a page: beside a folio, mark, rule or form feed.
    pub fn beside_page_end(&self, at: usize) -> bool {
        // `12 THE TITLE` or `THE TITLE 12`, alone in its line.
        let text = self.lines[at].trimmed();
        let number = |word: Option<&str>| word.is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
        let ends = number(text.split(' ').next()) || number(text.rsplit(' ').next());
        let numbered = ends && text.len() <= 60 && self.alone(at);
        numbered || self.furniture.is_beside_end(self.lines, at)
    }
}

/// How the makers of an electronic text begin to speak of themselves.
const MAKERS: [&str; 9] = [
    "produced by",
    "e-text prepared by",
    "etext prepared by",
    "transcribed from",
    "this etext was",
    "this ebook was",
    "this e-text was",
    "note: project gutenberg",
    "scanned and proofed by",
];

/// The line after which the book itself begins.
fn begins_body(line: &str) -> bool {
    line.starts_with("***") && line.to_ascii_uppercase().contains("START OF")
        || line.starts_with("*END*") && line.contains("SMALL PRINT")
}

/// The line at which the distributor's words at the end begin.
fn ends_body(line: &str) -> bool {
    line.starts_with("***") && line.to_ascii_uppercase().contains("END OF TH")
        || line.starts_with("End of the Project Gutenberg")
        || line.starts_with("End of Project Gutenberg")
}

/// A line without digits, marks and case: what two running heads have in common.
pub(super) fn normal(line: &str) -> String {
    if line.starts_with('#') {
        return String::new();
    }
    let letters = line.chars().filter(|c| c.is_alphabetic() || *c == ' ').flat_map(char::to_lowercase);
    letters.collect::<String>().trim().to_owned()
}

/// Whether any line speaks Markdown: a heading, strong emphasis, a call.
pub(super) fn is_markdown(lines: &[Line<'_>]) -> bool {
    let strong = |t: &str| {
        let (before, after) = t.split_once("**").unwrap_or((t, ""));
        !before.ends_with('*') && after.starts_with(char::is_alphanumeric)
    };
    lines.iter().map(Line::trimmed).any(|t| {
        t.starts_with("# ")
            || t.starts_with("## ")
            || t.starts_with("```")
            || t.contains("<sup>")
            || t.contains("[^")
            || strong(t)
    })
}

/// From how many characters on a line that breaks off in mid-sentence is a filled one, in a text of few lines.
const FILLED: usize = 60;

/// Whether paragraphs run over several lines of like length.
fn is_wrapped(lines: &[Line<'_>]) -> bool {
    let mut lengths: Vec<usize> =
        lines.windows(2).filter(|w| w[1].blanks == 0).map(|w| w[0].text.chars().count()).collect();
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

/// Whether rules part the pages: a sentence runs on across one, or folios stand beside two.
fn rules_part_pages(lines: &[Line<'_>], folios: &HashSet<usize>) -> bool {
    let rule = |l: &Line<'_>| l.text.len() >= 3 && l.text.bytes().all(|b| b == b'-');
    let cut = |w: &[Line<'_>]| {
        let open = w[0].text.ends_with(|c: char| c.is_alphabetic() || c == ',' || c == '-');
        open && w[2].trimmed().starts_with(char::is_lowercase)
    };
    let beside = |i: usize| (i.saturating_sub(2)..=i + 2).any(|j| folios.contains(&j));
    let numbered = (0..lines.len()).filter(|i| rule(&lines[*i]) && beside(*i)).take(2).count();
    numbered == 2 || lines.windows(3).any(|w| rule(&w[1]) && !rule(&w[0]) && cut(w))
}
