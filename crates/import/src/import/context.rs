//! What the rules may know beside the line they look at: facts of the whole
//! transcription, and where the walk through it stands.

use super::dialect::Dialect;
use super::document::{Document, Role};
use super::furniture::Furniture;
use super::line::Line;
use super::mark::page_mark;
use super::spacing::Spacing;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// The whole transcription, and the place of the walk in it.
pub(super) struct Context<'a> {
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
    /// How wide lines are, and what parts paragraphs.
    pub spacing: Spacing,
    /// How far the first lines of paragraphs stand in, where nothing else parts them.
    pub first_indent: Option<usize>,
    /// How many blank lines stand above the name of a preface at least.
    pub matter_space: usize,
    /// Whether numerals with a title under them name the texts.
    pub titled_numerals: bool,
    /// Whether numerals alone begin anew, as those of sections do.
    pub numerals_restart: bool,
    /// Whether numerals alone count the stanzas of poems.
    pub numerals_count_stanzas: bool,
    /// Whether lines of capitals alone stand at the margin.
    pub titles_are_flush: bool,
    /// Lines with the number of a chapter alone.
    pub chapter_numbers: BTreeSet<usize>,
    /// First lines of paragraphs that bear numbers, and are no items of a list.
    pub numbered_paragraphs: BTreeSet<usize>,
    /// Lines with a letter of the alphabet alone, above the words that begin with it.
    pub letters: BTreeSet<usize>,
    /// Whether names of persons stand alone above what each says.
    pub names_stand_alone: bool,
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
    /// Whether notes say what they are: `[Footnote 1:`.
    pub notes_are_spelled: bool,
    /// The number of the last note.
    pub last_note: u32,
    /// Numbers called but not yet met as notes, with how often.
    pub calls: BTreeMap<String, usize>,
    /// The number that would continue the list just met.
    pub next_item: Option<u32>,
}

impl<'a> Context<'a> {
    /// Whether line `at` has a blank line, or nothing, at both sides.
    pub(super) fn alone(&self, at: usize) -> bool {
        let before = at == 0 || self.lines[at].blanks > 0 || self.lines[at].feed;
        before && self.lines.get(at + 1).is_none_or(|l| l.blanks > 0 || l.feed)
    }

    /// Whether line `at` has a page's end on one side and a blank line on the other.
    pub(super) fn alone_on_page(&self, at: usize) -> bool {
        let mark = |i: usize| self.lines.get(i).is_some_and(|l| page_mark(l.trimmed()).is_some());
        let feed = |i: usize| self.lines.get(i).is_some_and(|l| l.feed);
        let starts = feed(at) || at.checked_sub(1).is_some_and(mark);
        let blank = |i: usize| self.lines.get(i).is_none_or(|l| l.blanks > 0 || l.feed);
        (starts && blank(at + 1)) || (blank(at) && (feed(at + 1) || mark(at + 1)))
    }

    /// Whether the writer keeps what stands at the edges of pages: marker leaves it out with the signs between them.
    pub(super) fn shows_edges(&self) -> bool {
        self.dialect != Dialect::Marker
    }

    /// Whether the model of the document knows its pages.
    pub(super) fn is_paged(&self) -> bool {
        self.document.as_ref().is_some_and(|document| !document.unparted)
    }

    /// Whether line `at` is none of the text: a sign between pages, what stands at their edges, or a note.
    pub(super) fn is_beside_text(&self, at: usize) -> bool {
        let role = self.document.as_ref().and_then(|document| document.roles.get(at));
        let is_note = matches!(role, Some(Role::FootRule | Role::Note(..) | Role::NoteText));
        is_note || matches!(role, Some(Role::PageSign | Role::Furniture(..)))
    }

    /// Whether line `at` is of the distributor: outside the START and END lines.
    pub(super) fn is_licence(&self, at: usize) -> bool {
        self.body_from.is_some_and(|from| at <= from) || self.body_to.is_some_and(|to| at >= to)
    }

    /// Whether the paragraph of line `at` says who made the electronic text.
    pub(super) fn is_makers(&self, at: usize) -> bool {
        let first = (at.saturating_sub(8)..=at).rev().find(|i| self.lines[*i].blanks > 0).unwrap_or(at);
        let text = self.lines[first].trimmed().to_lowercase();
        MAKERS.iter().any(|words| text.starts_with(words))
    }

    /// Whether line `at` stands at the head or foot of a page: beside a folio, mark, rule or form feed.
    pub(super) fn beside_page_end(&self, at: usize) -> bool {
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
