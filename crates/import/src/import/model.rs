//! What the recogniser makes of a transcription: blocks, the gaps between
//! them, notes, and what stood in the transcription but not in the text.

use crate::terms::numerals::roman;

/// How sure a decision is, in per cent.
pub(super) type Percent = u8;

/// The number of a page as it is printed: arabic, or roman in the matter at the front.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    /// Its value.
    pub value: u32,
    /// Whether it is written in roman numerals.
    pub roman: bool,
}

impl Number {
    /// An arabic number.
    pub(super) fn arabic(value: u32) -> Number {
        Number { value, roman: false }
    }

    /// The number that a word of figures or of a roman numeral is.
    pub(super) fn read(word: &str) -> Option<Number> {
        if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
            return (word.len() <= MOST_FIGURES).then(|| word.parse().ok().map(Number::arabic))?;
        }
        roman_value(word).map(|value| Number { value, roman: true })
    }

    /// The number of the next page.
    pub(super) fn next(self) -> Number {
        Number { value: self.value.saturating_add(1), ..self }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.roman {
            return write!(f, "{}", self.value);
        }
        f.write_str(&roman(self.value))
    }
}

/// As it is printed.
impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

/// How many figures the number of a page has at most.
const MOST_FIGURES: usize = 5;

/// The value of a roman numeral in small or large letters, written as numerals are.
pub(super) fn roman_value(word: &str) -> Option<u32> {
    let small = word.bytes().all(|b| b"ivxlc".contains(&b));
    let large = word.bytes().all(|b| b"IVXLC".contains(&b));
    if word.is_empty() || word.len() > 11 || !(small || large) {
        return None;
    }
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => 1,
        'v' => 5,
        'x' => 10,
        'l' => 50,
        _ => 100,
    };
    let values: Vec<u32> = word.chars().map(value).collect();
    let less = |i: usize| values.get(i + 1).is_some_and(|next| *next > values[i]);
    let (plus, minus): (Vec<usize>, Vec<usize>) = (0..values.len()).partition(|i| !less(*i));
    let total = |all: Vec<usize>| all.into_iter().map(|i| values[i]).sum::<u32>();
    let sum = total(plus).saturating_sub(total(minus));
    (sum > 0 && sum < 400 && roman(sum) == word.to_lowercase()).then_some(sum)
}

/// A part of a block's text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    /// Text of the transcription, in the notation of a manuscript.
    Text(String),
    /// A call of a note: its number and how the transcription writes it.
    Call { number: String, literal: String, note: Option<usize>, at: usize },
    /// Characters of the transcription that the manuscript leaves out here: a hyphen at a line's end.
    Drop(String),
    /// Signs of the manuscript that the transcription has not: the rules of a table.
    Ours(String),
    /// Code between fences, which nothing changes.
    Verbatim(String),
    /// Code within a line, with its accents. A line feed in it is the end of a line of the transcription at a hyphen,
    /// where no space stands.
    Code(String),
    /// A word set right by the editor: the transcription's and the editor's.
    Fix { was: String, now: String },
}

impl Inline {
    /// The words, without calls.
    pub(super) fn plain(&self) -> &str {
        match self {
            Inline::Text(text)
            | Inline::Verbatim(text)
            | Inline::Code(text)
            | Inline::Fix { now: text, .. } => text,
            Inline::Call { .. } | Inline::Drop(_) | Inline::Ours(_) => "",
        }
    }
}

/// What kind of block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of that depth, 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A paragraph of a block quote.
    Quote,
    /// An item of a list, with its marker (`1.`, `-`).
    Item(String),
    /// A break between scenes.
    Break,
    /// A stanza: lines are lines.
    Verse,
    /// A table, row by row as it stands.
    Table,
    /// Code between fences, with them.
    Code,
    /// What stands under a heading as a part of it.
    Subtitle,
    /// The words under a picture that is not there.
    Caption,
}

/// What stands in the transcription at some place but not in the manuscript's text there.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// Characters: a rule, a folio, a running head, a marker.
    Literal(String),
    /// What stands for a picture: a remark that is not printed keeps its place.
    Picture(String),
    /// The note of that index: its first part, or a part that stands on a later page.
    Note(usize, usize),
}

/// A block of the text.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub inlines: Vec<Inline>,
    /// Its first byte in the transcription.
    pub at: usize,
    /// One past its last byte.
    pub end: usize,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The marker in the transcription that the manuscript writes in its own way.
    pub marker: String,
    /// Whether the block is one of the matter before the first text.
    pub front: bool,
    /// Whether its lines are lines: they keep their ends.
    pub lined: bool,
}

impl Block {
    /// The plain text without calls and marks.
    pub(super) fn plain(&self) -> String {
        self.inlines.iter().map(Inline::plain).collect()
    }

    /// Whether it is an item of a list.
    pub(super) fn runs_list(&self) -> bool {
        matches!(self.kind, Kind::Item(_))
    }

    /// Whether it is running text: what a page's end can cut.
    pub(super) fn runs(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Quote | Kind::Item(_))
    }
}

/// A sign that a page ends in a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Notes stand at the foot.
    Notes,
    /// A sentence is cut.
    Cut,
    /// A word is cut.
    Hyphen,
    /// Two batches of the transcription meet here.
    Joint,
    /// A page number, form feed or rule parts the pages.
    Mark,
    /// A running head or folio stands here.
    Furniture,
    /// A text begins.
    Opening,
    /// The transcription ends.
    Close,
    /// The editor says so.
    Editor,
}

/// How the blocks at both sides of a gap are set together again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// They are two blocks.
    Apart,
    /// One block; a space between.
    Spaced,
    /// One block, one word; a hyphen is kept or there is none.
    Solid,
    /// One block, one word; the hyphen goes.
    Dehyphenated,
}

/// What stands between two blocks.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    /// The signs of a page's end.
    pub signs: Vec<Sign>,
    /// What stands here in the transcription.
    pub pieces: Vec<Piece>,
    /// The number of the page that begins here, where the transcription gives it.
    pub starts: Option<Number>,
    /// How sure that number is, where the model of the document gives it, and why.
    pub sure: Option<(Percent, &'static str)>,
    /// How the paragraphs on both sides go on, where their lines tell.
    pub flow: Option<Flow>,
    /// How the neighbours join.
    pub join: Join,
    /// Whether the gap lies inside a line: an inline page mark, with white space around it or not.
    pub inside: Option<bool>,
    /// Whether the editor says that no page ends here.
    pub barred: bool,
    /// Whether a page mark stands here in the same line as a neighbour.
    pub loose: bool,
    /// Lines of notes at the foot, for the fill of the page.
    pub note_chars: Vec<usize>,
}

impl Default for Gap {
    fn default() -> Gap {
        Gap {
            signs: Vec::new(),
            pieces: Vec::new(),
            starts: None,
            sure: None,
            flow: None,
            join: Join::Apart,
            inside: None,
            barred: false,
            loose: false,
            note_chars: Vec::new(),
        }
    }
}

impl Gap {
    /// Notes one more sign; signs are a set.
    pub(super) fn sign(&mut self, sign: Sign) {
        if !self.signs.contains(&sign) {
            self.signs.push(sign);
        }
    }

    /// Whether a page begins here, or something stands here that is no text.
    pub(super) fn starts_or_parts(&self) -> bool {
        self.starts.is_some() || !self.signs.is_empty()
    }

    /// Whether a sign stands here that alone makes a page's end certain.
    pub(super) fn certain(&self) -> bool {
        !self.signs.is_empty() && !self.barred
    }
}

impl Note {
    /// All its runs of text in order.
    pub(super) fn runs(&self) -> impl Iterator<Item = &Vec<Inline>> {
        self.paragraphs.iter().chain(&self.more)
    }

    /// All its runs of text, to be changed.
    pub(super) fn runs_mut(&mut self) -> impl Iterator<Item = &mut Vec<Inline>> {
        self.paragraphs.iter_mut().chain(&mut self.more)
    }
}

/// A note.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// Its number or mark as printed.
    pub number: String,
    /// Its label in the manuscript.
    pub label: String,
    /// What stands before its text in the transcription.
    pub opening: String,
    /// What stands after its text.
    pub closing: String,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Its paragraphs, as far as they stand together.
    pub paragraphs: Vec<Vec<Inline>>,
    /// What goes on with its last paragraph on later pages.
    pub more: Vec<Vec<Inline>>,
    /// Its first byte.
    pub at: usize,
    /// One past its last byte.
    pub end: usize,
    /// The gap in which it stands.
    pub gap: usize,
    /// The first byte of its call, where the page shows which it is.
    pub called_at: Option<usize>,
    /// The file that holds its call, once matched.
    pub file: Option<usize>,
    /// Whether a call was found.
    pub called: bool,
}

/// A shape that no rule understands, and that came through as it stood.
#[derive(Clone, Debug)]
pub(super) struct Strange {
    /// Its first byte in the transcription.
    pub at: usize,
    /// One past its last.
    pub end: usize,
    /// What it may be, for a finding.
    pub what: &'static str,
}

/// A transcription understood: `gaps[i]` stands before `blocks[i]`, the last gap after all blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// The blocks in order.
    pub blocks: Vec<Block>,
    /// One more than the blocks.
    pub gaps: Vec<Gap>,
    /// The notes in order.
    pub notes: Vec<Note>,
    /// Entries of the contents: title and first page.
    pub contents: Vec<(String, u32)>,
    /// Titles in the contents whose pages have roman numbers.
    pub front_contents: Vec<String>,
    /// Whether the transcription is plain text without Markdown.
    pub plain: bool,
    /// Whether the transcription keeps nothing that stands between pages, so that their ends cannot be told.
    pub unpaged: bool,
    /// Whether the model of the document has numbered the pages.
    pub modelled: bool,
    /// Whether lines stand as they were set, so that quotations stand apart.
    pub set_lines: bool,
    /// Lines left out as running heads and page numbers: the number of the line, its words.
    pub furniture: Vec<(usize, String)>,
    /// What was learnt of the whole document: name and value.
    pub parameters: Vec<(&'static str, String)>,
    /// Whether lines are wrapped, so that a paragraph is several lines.
    pub wrapped: bool,
    /// Where notes of the margin stand, which became lines in strong type.
    pub sidenotes: Vec<(usize, usize)>,
    /// Shapes that no rule understands.
    pub strange: Vec<Strange>,
    /// Metadata lines such as `Title: …`.
    pub metadata: Vec<(String, String)>,
}

/// How the first running line of a page goes on with the page before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// It is set together with the line before.
    Joined(Percent),
    /// A paragraph begins.
    Begins(Percent),
}
