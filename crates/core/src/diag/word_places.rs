//! Where a part of a text's words stands in the manuscript.

use super::{SourceMap, Span};
use crate::narrow::Nearest;

/// The way from a text's words back to the author's bytes: to where the same
/// number of letters comes before. Marks may differ (quotation marks are turned,
/// backslashes go), letters do not.
pub struct WordPlaces {
    span: Span,
    /// Where the letters of the words start.
    words: Vec<usize>,
    /// Where the letters of the source start and end; none when they don't agree.
    source: Option<Vec<(usize, usize)>>,
}

impl WordPlaces {
    /// The places of the words that stand at `span`.
    #[must_use]
    pub fn new(map: &SourceMap, span: Span, words: &str) -> WordPlaces {
        let source = map.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("");
        let words: Vec<usize> = letters(words).map(|(start, _)| start).collect();
        let source: Vec<_> = letters(source).collect();
        let agree = words.len() == source.len();
        WordPlaces { span, words, source: agree.then_some(source) }
    }

    /// The place of the bytes `start..end` of the words, or the whole text.
    #[must_use]
    pub fn part(&self, start: usize, end: usize) -> Span {
        let Some(source) = &self.source else { return self.span };
        let before = self.words.partition_point(|at| *at < start);
        let upto = self.words.partition_point(|at| *at < end);
        let whole = (self.span.end - self.span.start) as usize;
        let behind = before.checked_sub(1).and_then(|n| source.get(n)).map_or(0, |(_, end)| *end);
        let (first, last) = if upto > before {
            (source[before].0, source[upto - 1].1)
        } else {
            (behind, source.get(upto).map_or(whole, |(start, _)| *start))
        };
        Span {
            start: self.span.start + u32::nearest(first),
            end: self.span.start + u32::nearest(last),
            ..self.span
        }
    }
}

fn letters(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.char_indices().filter(|(_, c)| c.is_alphanumeric()).map(|(at, c)| (at, at + c.len_utf8()))
}
