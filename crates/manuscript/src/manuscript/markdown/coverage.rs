//! What of a text the Markdown parser gave no event for.
//!
//! Every block of a text is an event with its range, and what stands between blocks is
//! white space, the marks of containers, or a definition of a link, which the parser
//! lists. Words in any other place are words that it gave up on, as it does where
//! something is too large for it: no edition would have them.

use pulldown_cmark::Event;
use std::ops::Range;

/// How far the outermost blocks reach.
pub(super) struct Coverage<'t> {
    text: &'t str,
    /// Where links are defined, in order.
    definitions: Vec<Range<usize>>,
    /// How many elements are open.
    depth: usize,
    /// Up to here, all is told of.
    covered: usize,
    gaps: Vec<Range<usize>>,
}

impl<'t> Coverage<'t> {
    pub(super) fn of(text: &'t str, mut definitions: Vec<Range<usize>>) -> Coverage<'t> {
        definitions.sort_by_key(|range| range.start);
        Coverage { text, definitions, depth: 0, covered: 0, gaps: Vec::new() }
    }

    /// Takes note of an event.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.depth == 0 {
            self.gap(range.start);
        }
        match event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.covered = self.covered.max(range.end);
    }

    /// Looks for words between what is covered and `to`.
    fn gap(&mut self, to: usize) {
        while self.covered < to {
            let next = self.definitions.partition_point(|range| range.end <= self.covered);
            let definition = self.definitions.get(next).filter(|range| range.start < to);
            let end = definition.map_or(to, |range| range.start.max(self.covered));
            let words = &self.text[self.covered..end];
            if words.contains(char::is_alphanumeric) && !is_definition(words) {
                self.gaps.push(self.covered..end);
            }
            self.covered = definition.map_or(to, |range| range.end);
        }
    }

    /// What no event told of, each from its first word to its last.
    pub(super) fn gaps(mut self) -> Vec<Range<usize>> {
        self.gap(self.text.len());
        let trimmed = |gap: Range<usize>| {
            let words = self.text[gap.clone()].trim();
            let start = gap.start + self.text[gap].find(words).unwrap_or(0);
            start..start + words.len()
        };
        self.gaps.into_iter().map(trimmed).collect()
    }
}

/// Whether words define a link that is defined already: the first counts.
fn is_definition(words: &str) -> bool {
    let words = words.trim_start();
    words.starts_with('[') && words.contains("]:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser};

    fn gaps(text: &str, skipped: &str) -> Vec<String> {
        let parser = Parser::new_ext(text, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES);
        let definitions = parser.reference_definitions().iter().map(|(_, link)| link.span.clone()).collect();
        let mut coverage = Coverage::of(text, definitions);
        for (event, range) in parser.into_offset_iter() {
            if skipped.is_empty() || !text[range.clone()].contains(skipped) {
                coverage.event(&event, &range);
            }
        }
        coverage.gaps().into_iter().map(|gap| text[gap].to_owned()).collect()
    }

    #[test]
    fn words_without_an_event_are_found() {
        let text = "# T\n\n- a\n  [x]: http://x.org\n- b\n\n[d]: http://d.org 'title'\n\n[^1]: note\n\n> q\n\n    code\n\nlast\n";
        assert_eq!(gaps(text, ""), Vec::<String>::new());
        assert_eq!(gaps(text, "last"), ["last"]);
        assert_eq!(gaps("one\n\ntwo\n\nthree\n", "two"), ["two"]);
    }
}
