//! What the writers of documents may read while they write.

use super::labels::PageLabels;
use super::letters::Face;
use super::plan::Plan;
use super::store::Store;
use crate::book::Book;
use crate::font::{Library, Variant};
use crate::style::{Case, Family, Style};
use crate::terms::Terms;

/// What the writers of documents may read.
pub(super) struct Context<'a> {
    pub(super) book: &'a Book,
    pub(super) style: &'a Style,
    pub(super) store: &'a Store,
    pub(super) library: &'a Library,
    pub(super) terms: Terms<'a>,
    pub(super) plan: Plan<'a>,
    pub(super) pages: PageLabels,
    pub(super) image_names: Vec<String>,
}

impl Context<'_> {
    /// The face of a heading of that rank.
    pub(super) fn heading_face(&self, level: u8) -> Face {
        let case = match level {
            1 => self.style.heading.title_case,
            2 => self.style.heading.case,
            _ => self.style.heading.minor(level).1,
        };
        self.case_face(Family::Heading, case)
    }

    pub(super) fn caption_face(&self) -> Face {
        self.case_face(Family::Caption, self.style.figure.caption_case)
    }

    /// The face that words stand in when they are set in that family and in those letters.
    pub(super) fn case_face(&self, family: Family, case: Case) -> Face {
        let bold = matches!(case, Case::Bold | Case::BoldItalic | Case::BoldCapitals);
        let italic = matches!(case, Case::Italic | Case::BoldItalic);
        Face { family, variant: Variant { bold, italic } }
    }
}
