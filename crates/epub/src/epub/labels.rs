//! On which of the listed pages each place of the book stands, for references
//! that print a page's number.

use super::{Edition, PageBreak};
use crate::book::{AnchorId, Book, SectionId, Seen, visit};
use crate::narrow::Nearest;

/// The page of each place.
pub(super) struct PageLabels {
    by_anchor: Vec<Option<String>>,
}

impl PageLabels {
    /// The pages that the EPUB lists: those of the older edition, when the book
    /// holds them, else those of the page edition.
    pub(super) fn of_edition(edition: &Edition<'_>, has_marks: bool) -> PageLabels {
        match has_marks && edition.store.pages {
            true => PageLabels::of_marks(edition.book),
            false => PageLabels::of_breaks(edition.book, edition.pages),
        }
    }

    /// The number of the page that a place stands on; none when pages are not
    /// known, or when it stands in a note.
    pub(super) fn of(&self, anchor: AnchorId) -> Option<&str> {
        self.by_anchor.get(anchor.index())?.as_deref()
    }

    fn of_marks(book: &Book) -> PageLabels {
        let mut labels = PageLabels::none(book);
        let mut page: Option<&str> = None;
        book.visit_texts(&mut |seen| match seen {
            Seen::PageMark(label, _) => page = Some(label),
            Seen::Anchor(anchor) => labels.by_anchor[anchor.index()] = page.map(str::to_owned),
            _ => {}
        });
        labels
    }

    fn of_breaks(book: &Book, pages: &[PageBreak]) -> PageLabels {
        let mut labels = PageLabels::none(book);
        for (section, id) in book.sections.iter().zip(0..) {
            let Some(body) = section.body() else { continue };
            let mut at = 0;
            visit(&body.blocks, &mut |seen| match seen {
                Seen::Words(text, _) | Seen::Code(text, _) => at = text.at + u32::nearest(text.words.len()),
                Seen::Anchor(anchor) => {
                    let before = pages.partition_point(|page| (page.section, page.at) <= (SectionId(id), at));
                    let page = before.checked_sub(1).map(|last| pages[last].label.clone());
                    labels.by_anchor[anchor.index()] = page;
                }
                _ => {}
            });
        }
        labels
    }

    fn none(book: &Book) -> PageLabels {
        PageLabels { by_anchor: vec![None; book.anchors.iter().count()] }
    }
}
