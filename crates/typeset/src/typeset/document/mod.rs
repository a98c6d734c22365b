//! One pass over the book: sections become sheets, and these, numbered and with
//! their heads, the pages.

mod bind;
mod contents;
mod labels;
mod layout;
mod memo;
mod parts;
mod row;

pub use memo::Memo;
pub(super) use parts::PassResult;

use super::compose::{BookContext, Composer, PreviousPass};
use super::shaper::Shaper;
use super::text_style::Faces;
use crate::book::Book;
use crate::font::Library;
use crate::jobs;
use crate::style::Style;
use layout::DocumentLayout;
use memo::Recall;
use row::Row;

/// Sets the book once, with what the pass before learnt.
pub(super) fn set_once(
    book: &Book,
    style: &Style,
    fonts: &Library,
    faces: &Faces,
    previous: &PreviousPass,
    memo: Option<&mut Memo>,
) -> PassResult {
    let cx = BookContext::new(book, style, faces.clone(), previous);
    let contexts = book.sections.iter().map(|_| BookContext::new(book, style, faces.clone(), previous));
    let contexts: Vec<BookContext<'_>> = contexts.collect();
    // pages of an older edition go on from text to text
    let memo = memo.filter(|_| !cx.keeps_source_pages());
    let recall = memo.as_deref().map(|memo| Recall::new(memo, &cx));
    let known = memo.as_deref().map(|memo| memo.for_shapers(style));
    let shaper = || {
        let shaper = Shaper::new(fonts, style).in_language(&book.meta.language);
        match &known {
            Some(known) => shaper.with_memory(known),
            None => shaper,
        }
    };
    let row = Row { cx: &cx, contexts: &contexts, shaper: &shaper, recall };
    let document = DocumentLayout::new(&cx, Composer::new(&cx, shaper()));
    let (mut document, texts) = jobs::relay(&row, book.sections.len(), document);
    drop(row);
    let mut remembered = Vec::new();
    for text in texts.into_iter().flatten() {
        remembered.extend(document.fill(text));
    }
    document.close_column();
    document.stray_notes();
    let made = document.finish(fonts);
    drop(known);
    if let Some(memo) = memo {
        remembered.into_iter().for_each(|(key, text)| memo.keep(key, text));
    }
    made
}
