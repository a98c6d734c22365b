//! Links and headings as they are collected while the book is composed.

use crate::book::{AnchorId, Inline, NoteId, SectionId};
use crate::diag::Diagnostic;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkEnd {
    /// Out of the book.
    Url(Arc<str>),
    /// A place in the book.
    Anchor(AnchorId),
    /// A note.
    Note(NoteId),
    /// A note's call, from 0.
    Call(NoteId, u32),
    /// The first page of a section.
    Section(SectionId),
}

/// A link whose words are composed.
#[derive(Clone, Debug)]
pub struct LinkSpec {
    /// Where it leads.
    pub aim: LinkEnd,
    /// What it is for.
    pub description: String,
}

impl LinkSpec {
    /// A link; a description that is a whole page long is cut.
    #[must_use]
    pub fn new(aim: LinkEnd, description: String) -> LinkSpec {
        LinkSpec { aim, description: shortened(description) }
    }
}

/// A heading that was composed.
#[derive(Clone, Debug)]
pub struct Headline {
    /// The section that holds it.
    pub section: SectionId,
    /// Its rank in the whole book, from 1.
    pub level: u8,
    /// Where it leads.
    pub aim: LinkEnd,
    /// Its words without notes.
    pub title: Vec<Inline>,
}

/// What is gathered from the whole book while its flows are composed.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    /// Every link, in order.
    pub links: Vec<LinkSpec>,
    /// Every heading, in order.
    pub headlines: Vec<Headline>,
    /// The places whose page numbers are printed in the text: while they change, the
    /// book is set once more.
    pub page_references: BTreeSet<AnchorId>,
    /// What is wrong with the book.
    pub findings: Vec<Diagnostic>,
}

impl Collected {
    /// Adds what was gathered from a text behind this.
    pub fn append(&mut self, mut text: Collected) {
        self.links.append(&mut text.links);
        self.headlines.append(&mut text.headlines);
        self.page_references.append(&mut text.page_references);
        self.findings.append(&mut text.findings);
    }
}

/// What a link is called stands once for each of its lines, so a title of a
/// whole page is cut, at a word where it has one.
fn shortened(mut description: String) -> String {
    const MOST: usize = 300;
    if let Some((end, _)) = description.char_indices().nth(MOST) {
        let word = description[..end].rfind(' ').unwrap_or(end);
        description.truncate(word);
        description.push('…');
    }
    description
}
