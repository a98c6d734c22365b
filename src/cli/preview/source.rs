//! The way between pages and the manuscript: from a place in the running text to a file
//! and line, and from there back to a page.

use super::words::Place;
use crate::book::{Block, Book, Content, Seen, visit};
use crate::diag::{SourceMap, Span};
use crate::pages::{Flow, Pages};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The manuscript of the pages that are shown.
#[derive(Clone, Default)]
pub(super) struct Manuscript {
    /// The book; none before one was read.
    pub book: Option<Arc<Book>>,
    /// Its files.
    pub map: Arc<SourceMap>,
    /// Its folder.
    pub root: PathBuf,
}

impl Manuscript {
    /// Where the word at a place of the running text stands.
    pub(super) fn span_of(&self, place: Place) -> Option<Span> {
        let mut found = None;
        let mut see = |seen: Seen<'_>| {
            if let Seen::Words(text, span) = seen
                && text.at <= place.at
            {
                found = Some((text.at, text.words.clone(), span));
            }
        };
        visit(self.blocks(place.flow)?, &mut see);
        let (at, words, span) = found?;
        let source = self.map.file(span.file).text.get(span.start as usize..span.end as usize)?;
        let within = byte_in_source(source, &words, (place.at - at) as usize);
        Some(Span::new(span.file, span.start as usize + within, span.end as usize))
    }

    fn blocks(&self, flow: Flow) -> Option<&[Block]> {
        match flow {
            Flow::Section(number) => match &self.book.as_ref()?.sections.get(number as usize)?.content {
                Content::Text(body) => Some(&body.blocks),
                Content::Made(_) => None,
            },
            Flow::Note(number) => {
                self.book.as_ref()?.notes.iter().nth(number as usize).map(|(_, note)| &note.blocks[..])
            }
        }
    }

    /// File, line and column, with the path that editors open.
    pub(super) fn described(&self, span: Span) -> Value {
        let file = self.map.file(span.file);
        let place = file.place(span.start);
        if file.name.starts_with('(') {
            return Value::Null;
        }
        let path = self.root.join(&file.name);
        json!({
            "file": file.name, "line": place.line, "column": place.column, "path": slashed(&path),
        })
    }

    /// Where all words of the book stand, to find the pages of places in the manuscript.
    pub(super) fn passages(&self) -> Passages {
        let mut passages = Vec::new();
        let add = |passages: &mut Vec<_>, flow: Flow, blocks: &[Block]| {
            visit(blocks, &mut |seen| {
                if let Seen::Words(text, span) = seen {
                    passages.push((span, flow, text.at, text.words.len()));
                }
            });
        };
        let Some(book) = &self.book else { return Passages(passages) };
        for (number, section) in (0..).zip(&book.sections) {
            if let Content::Text(body) = &section.content {
                add(&mut passages, Flow::Section(number), &body.blocks);
            }
        }
        for (number, (_, note)) in (0..).zip(book.notes.iter()) {
            add(&mut passages, Flow::Note(number), &note.blocks);
        }
        passages.sort_by_key(|(span, ..)| (span.file, span.start));
        Passages(passages)
    }
}

/// A path with the slashes of addresses.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The words of a book by their places in the manuscript.
pub(super) struct Passages(Vec<(Span, Flow, u32, usize)>);

impl Passages {
    /// Where in the running text a place of the manuscript is, and for how long: that of
    /// the words at it, or of the last words before it in its file.
    pub(super) fn find(&self, span: Span) -> Option<(Place, u32)> {
        let behind = self.0.partition_point(|(it, ..)| (it.file, it.start) <= (span.file, span.start));
        let known = behind.checked_sub(1).and_then(|index| self.0.get(index));
        let known = known.filter(|(it, ..)| it.file == span.file).or_else(|| self.0.get(behind))?;
        let (it, flow, at, length) = *known;
        if it.file != span.file {
            return None;
        }
        // marks and entities make the two differ a little: a word beside the right one at most
        let within = (span.start.saturating_sub(it.start) as usize).min(length.saturating_sub(1));
        let long = (span.end.saturating_sub(span.start) as usize).clamp(1, (length - within).max(1));
        let number = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        Some((Place { flow, at: at + number(within) }, number(long)))
    }
}

/// The page on which a place of the running text stands.
pub(super) fn page_of(pages: &Pages, place: Place) -> Option<usize> {
    match place.flow {
        Flow::Section(section) => {
            let starts = pages.starts.iter().filter(|start| start.section == section);
            let last = starts.take_while(|start| start.at <= place.at).last();
            let first = pages.starts.iter().find(|start| start.section == section);
            last.or(first).map(|start| start.page as usize)
        }
        Flow::Note(note) => {
            let note = pages.notes.get(note as usize)?;
            note.note.or(note.call).map(|page| page as usize)
        }
    }
}

/// The byte of the manuscript that begins the word at `within` of its words. Quotation
/// marks and dashes are written otherwise there, so words are counted rather than bytes.
fn byte_in_source(source: &str, words: &str, within: usize) -> usize {
    let within = words.floor_char_boundary(within);
    let start = words[..within].trim_end_matches(char::is_alphanumeric).len();
    let word: &str = words[start..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let roughly = || source.floor_char_boundary(start * source.len() / words.len().max(1));
    if word.is_empty() {
        return roughly();
    }
    let before = words[..start].matches(word).count();
    source.match_indices(word).nth(before).map_or_else(roughly, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::byte_in_source;

    #[test]
    fn a_word_is_found_where_it_is_written() {
        let (source, words) = ("\"So,\" she said --- \"so be it.\"", "“So,” she said — “so be it.”");
        for word in ["So", "she", "said", "so", "be", "it"] {
            let at = byte_in_source(source, words, words.find(word).unwrap_or(0) + 1);
            assert!(source[at..].starts_with(word), "{word}: {}", &source[at..]);
        }
        assert_eq!(byte_in_source("", "a", 9), 0);
    }
}
