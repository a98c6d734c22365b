//! Words that no dictionary of the author's knows, and where they stand.

use super::place::range;
use crate::book::{Attrs, Block, BlockKind, Book, Inline, InlineKind, Lang, Seen};
use crate::diag::{SourceMap, Span, WordPlaces};
use crate::spelling::Dictionary;
use serde_json::{Value, json};

/// What its findings are called.
pub(super) const CODE: &str = "spelling";
/// So many words are told of in all: who opens a book in another language than the dictionary's need not wait.
const TOLD: usize = 1000;

/// The dictionaries; a word is known when one of them has it.
#[derive(Debug, Default)]
pub(super) struct Speller(Vec<Dictionary>);

impl Speller {
    /// A speller that asks those, one after the other.
    pub(super) fn new(dictionaries: Vec<Dictionary>) -> Speller {
        Speller(dictionaries)
    }

    /// The words of a book that none knows, with their places. Words of another language than the
    /// book's are not asked for, nor addresses, abbreviations and what has digits.
    pub(super) fn unknown(&self, book: &Book, map: &SourceMap) -> Vec<(Span, String)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut reader = Reader {
            speller: self,
            map,
            home: &book.meta.language,
            foreign_blocks: Vec::new(),
            foreign: Vec::new(),
            open: None,
            found: Vec::new(),
        };
        book.visit(&mut |seen| reader.see(seen));
        reader.close();
        reader.found
    }

    fn knows(&self, word: &str) -> bool {
        self.0.iter().any(|dictionary| dictionary.knows(word))
    }

    /// Words that may have been meant.
    pub(super) fn near(&self, word: &str) -> Vec<String> {
        let mut near: Vec<String> = self.0.iter().flat_map(|dictionary| dictionary.near(word)).collect();
        near.dedup();
        near
    }
}

/// A word that nobody knows, in the protocol's words.
pub(super) fn told((span, word): &(Span, String), map: &SourceMap) -> Value {
    json!({
        "range": range(map.file(span.file), *span), "severity": 3, "code": CODE, "source": "pamphleteer",
        "message": format!("“{word}” is in no dictionary"),
    })
}

/// Reads a book word for word.
struct Reader<'b> {
    speller: &'b Speller,
    map: &'b SourceMap,
    home: &'b Lang,
    /// Divisions in another language that may not have ended yet.
    foreign_blocks: Vec<Span>,
    /// Words of another language in the paragraph at hand, in order; none lies in another.
    foreign: Vec<Span>,
    /// The last word of a stretch, which may go on in the next one, as in `un*believ*able`; empty when it began before.
    open: Option<(Span, String)>,
    found: Vec<(Span, String)>,
}

impl Reader<'_> {
    fn see(&mut self, seen: Seen<'_>) {
        match seen {
            Seen::Words(text, span) => self.words(&text.words, span),
            Seen::Inlines(inlines) => {
                self.close();
                self.foreign.clear();
                self.note_foreign(inlines);
            }
            Seen::Block(block) => {
                self.close();
                self.enter(block);
            }
            // the word goes on behind a page mark or a place to link to
            Seen::PageMark(..) | Seen::Anchor(_) => {}
            _ => self.close(),
        }
    }

    fn enter(&mut self, block: &Block) {
        self.foreign_blocks.retain(|open| holds(*open, block.span));
        if let BlockKind::Div(_, attrs, _) = &block.kind
            && self.is_foreign(attrs)
        {
            self.foreign_blocks.push(block.span);
        }
    }

    fn note_foreign(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Span(attrs, _) if self.is_foreign(attrs) => self.foreign.push(inline.span),
                kind => kind.children().into_iter().for_each(|inside| self.note_foreign(inside)),
            }
        }
    }

    fn is_foreign(&self, attrs: &Attrs) -> bool {
        attrs.lang.as_ref().is_some_and(|lang| lang.primary() != self.home.primary())
    }

    fn words(&mut self, text: &str, span: Span) {
        let before = self.foreign.partition_point(|place| place.start <= span.start);
        let beside = before.checked_sub(1).map(|last| self.foreign[last]);
        if self.foreign_blocks.iter().copied().chain(beside).any(|place| holds(place, span)) {
            return self.close();
        }
        let goes_on = text.starts_with(in_word) && self.open.is_some();
        if !goes_on {
            self.close();
        }
        let places = WordPlaces::new(self.map, span, text);
        for token in text.split_whitespace().filter(|token| is_of_letters(token)) {
            for word in token.split(|c| !in_word(c)).map(|word| word.trim_matches(['\'', '’'])) {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                let end = start + word.len();
                let in_parts = start == 0 && goes_on;
                if end == text.len() && !word.is_empty() {
                    // parts of a word that is set in several ways are not told of one by one
                    let whole = if in_parts { "" } else { word };
                    self.open = Some((places.part(start, end), whole.to_owned()));
                } else if in_parts {
                    self.open = None;
                } else {
                    self.judge(places.part(start, end), word);
                }
            }
        }
    }

    /// No more of the last word comes.
    fn close(&mut self) {
        if let Some((span, word)) = self.open.take() {
            self.judge(span, &word);
        }
    }

    fn judge(&mut self, span: Span, word: &str) {
        let bare = word.replace('\u{ad}', "");
        let short = bare.chars().count() < 2 || bare.chars().all(char::is_uppercase);
        if !short && self.found.len() < TOLD && !self.speller.knows(&bare) {
            self.found.push((span, bare));
        }
    }
}

/// Whether a place lies in another.
fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// Letters, and what stands within words.
fn in_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\'' | '’' | '\u{ad}' | '\u{300}'..='\u{36f}')
}

/// Whether it is no address, path, formula or number.
fn is_of_letters(token: &str) -> bool {
    !token.contains(|c: char| c.is_numeric() || matches!(c, '@' | '\\' | '_' | '='))
        && !token.contains("://")
        && !token.contains('/')
}
