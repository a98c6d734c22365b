//! What brought a stage down: the text, the page, the picture or the font, as near as can be found.
//!
//! A stage that fell is run again on less and less of the book until what is left is
//! one text or one page. That takes as long as a few builds, and happens only when
//! there is nothing else to do.

use super::edition_builder::EditionBuilder;
use super::production::Proof;
use crate::book::{Book, Content, file_span};
use crate::diag::{Code, Diagnostic, FileId, Scope, SourceMap};
use crate::guard::{Fall, guarded};
use crate::pages::{Item, Pages};
use crate::project::Format;
use crate::{pdf, picture};
use std::ops::Range;

/// The finding about pages that could not be made.
pub(super) fn of_pages(what: &str, fall: &Fall) -> Diagnostic {
    fall.finding(what, None).within(Scope::Pages)
}

/// The finding about a text that brings a shared stage down, or about all when it is
/// not known which.
pub(super) fn of_text(what: &str, fall: &Fall, text: Option<FileId>, map: &SourceMap) -> Diagnostic {
    let finding = match text {
        Some(file) => fall.finding(&format!("`{}` {what}", map.file(file).name), file_span(file)),
        None => fall.finding(&format!("the book {what}"), None),
    };
    finding.within(Scope::Pages)
}

/// The finding about an edition, with the page at which its writer falls.
pub(super) fn of_edition(format: Format, fall: &Fall, builder: &EditionBuilder<'_>) -> Diagnostic {
    let name = format.name();
    let page = match format {
        Format::Epub | Format::Cover | Format::Png => None,
        _ => page_that_falls(&builder.proof.pages),
    };
    let what = match page {
        Some(label) => format!("the edition `{name}` could not be made, because of page {label}"),
        None => format!("the edition `{name}` could not be made"),
    };
    fall.finding(&what, None)
}

/// The pictures and fonts of a book that cannot be had in an edition.
pub(super) fn damaged(proof: &Proof) -> Vec<Diagnostic> {
    let pictures = proof.book.images.iter().filter_map(|image| {
        let refusal = picture::verify(&image.bytes, image.format).err()?;
        let message = format!("`{}` {}", image.path, refusal.reason);
        Some(Diagnostic::new(Code::ImageUnreadable, None, message).hint(refusal.hint))
    });
    let pages = &proof.pages;
    let fonts =
        pages.fonts.iter().zip(0..).filter(|(_, index)| font_fails(pages, *index)).map(|(font, _)| {
            let message = format!(
                "the font {} is damaged: letters that the book uses cannot be taken from it",
                font.name
            );
            let hint = "copy its file again from where it came, or set the book in another family";
            Diagnostic::new(Code::FontUnreadable, None, message).hint(hint)
        });
    pictures.chain(fonts).collect()
}

/// Whether pages with nothing but the words in a font cannot be written.
fn font_fails(pages: &Pages, font: u32) -> bool {
    let mut pages = pages.clone();
    for page in &mut pages.pages {
        page.items.retain(|placed| matches!(&placed.item, Item::Run(run) if run.font == font));
    }
    !matches!(guarded(|| pdf::screen(&pages, None)), Ok(Ok(_)))
}

/// The first text without the others at which `stage` falls.
pub(super) fn text_that_falls(book: &Book, stage: &dyn Fn(&Book)) -> Option<FileId> {
    let falls = |kept: Range<usize>| guarded(|| stage(&with_texts(book, kept))).is_err();
    let index = narrowed(book.sections.len(), &falls)?;
    book.sections[index].body().map(|body| body.file)
}

/// The book, with words in those of its sections alone.
fn with_texts(book: &Book, kept: Range<usize>) -> Book {
    let mut book = book.clone();
    for (index, section) in book.sections.iter_mut().enumerate() {
        if let Content::Text(body) = &mut section.content
            && !kept.contains(&index)
        {
            body.blocks.clear();
        }
    }
    book
}

/// The label of the page that cannot be written, the others being blank.
fn page_that_falls(pages: &Pages) -> Option<String> {
    let blank = |kept: Range<usize>| {
        let mut pages = pages.clone();
        for (index, page) in pages.pages.iter_mut().enumerate() {
            if !kept.contains(&index) {
                page.items.clear();
            }
        }
        pages
    };
    let falls = |kept: Range<usize>| guarded(|| drop(pdf::screen(&blank(kept), None))).is_err();
    let index = narrowed(pages.pages.len(), &falls)?;
    Some(pages.pages[index].label.clone())
}

/// Halves `0..count` until one is left at which it falls; none when no part does alone.
fn narrowed(count: usize, falls: &dyn Fn(Range<usize>) -> bool) -> Option<usize> {
    let mut range = 0..count;
    while range.len() > 1 {
        let middle = range.start + range.len() / 2;
        let halves = [range.start..middle, middle..range.end];
        range = halves.into_iter().find(|half| falls(half.clone()))?;
    }
    range.next()
}

#[cfg(test)]
mod tests {
    use super::narrowed;

    #[test]
    fn the_one_at_fault_is_found() {
        assert_eq!(narrowed(100, &|range| range.contains(&37)), Some(37));
        assert_eq!(narrowed(100, &|range| range.contains(&3) && range.contains(&90)), None);
        assert_eq!(narrowed(0, &|_| true), None);
    }
}
