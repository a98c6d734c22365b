//! The labels of pages: roman in front, arabic from the body on, and those of the
//! older edition where its pages are kept.

use super::layout::DocumentLayout;
use super::parts::SectionPages;
use crate::book::Matter;
use crate::narrow::Nearest;
use crate::style::Marks;
use crate::terms::numerals::{mark, roman};

impl DocumentLayout<'_> {
    /// The label of every page.
    pub(super) fn labels(&self) -> Vec<String> {
        let mut labels = Labels::new(self.cx.style.page.first, self.pages);
        for section in &self.sections {
            labels.section(section);
        }
        labels.done
    }
}

/// The labels of the pages so far.
struct Labels {
    done: Vec<String>,
    /// The next arabic number.
    arabic: u32,
    /// Whether the body has begun.
    body: bool,
    /// Pages of ours on which the last source page has gone on so far.
    further: u32,
}

impl Labels {
    fn new(first: u32, pages: usize) -> Labels {
        Labels { done: Vec::with_capacity(pages), arabic: first, body: false, further: 0 }
    }

    fn section(&mut self, section: &SectionPages) {
        self.body |= section.matter != Matter::Front;
        // Three kinds of label in one row: those of old pages, as they are; pages on which an old page
        // goes on, which are `12a`, `12b`; and our own numbers, which go on from the last old one that
        // was a number.
        let keeps = section.sheets.iter().any(|sheet| sheet.source_page_label().is_some());
        for sheet in &section.sheets {
            // A source page may go on over sheets of its own section, and over the
            // empty page behind it.
            let goes_on = keeps || self.further > 0 && section.section.is_none();
            let label = match sheet.source_page_label() {
                Some(label) => self.source_page(label),
                None if self.body && !self.done.is_empty() && goes_on => self.further_page(),
                None if self.body => self.own_page(),
                None => roman(u32::nearest(self.done.len()) + 1),
            };
            self.done.push(label);
        }
    }

    fn source_page(&mut self, label: &str) -> String {
        self.arabic = label.parse::<u32>().map_or(self.arabic, |number| number.saturating_add(1));
        self.further = 0;
        label.to_owned()
    }

    /// A page on which a source page goes on: `12a`, `12b`.
    fn further_page(&mut self) -> String {
        self.further += 1;
        // The label of the page on which the old one began, so many pages back.
        let begun = self.done.len().checked_sub(self.further as usize).and_then(|at| self.done.get(at));
        format!("{}{}", begun.map_or("", String::as_str), mark(self.further, Marks::LowerAlpha))
    }

    fn own_page(&mut self) -> String {
        self.further = 0;
        self.arabic += 1;
        (self.arabic - 1).to_string()
    }
}
