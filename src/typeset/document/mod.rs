//! One pass over the book: sections become sheets, and these, numbered and with
//! their heads, the pages.

mod bind;
mod contents;
mod labels;
mod layout;
mod parts;

pub(super) use parts::PassResult;

use super::compose::{BookContext, Composer, PreviousPass};
use super::shaper::Shaper;
use super::text_style::Faces;
use crate::book::{Book, SectionId};
use crate::font::Library;
use crate::style::Style;
use layout::DocumentLayout;

/// Sets the book once, with what the pass before learnt.
pub(super) fn set_once(
    book: &Book,
    style: &Style,
    fonts: &Library,
    faces: &Faces,
    previous: &PreviousPass,
) -> PassResult {
    let cx = BookContext::new(book, style, faces.clone(), previous);
    let shaper = Shaper::new(fonts, style).in_language(&book.meta.language);
    let mut document = DocumentLayout::new(&cx, Composer::new(&cx, shaper));
    for (index, section) in (0..).zip(&book.sections) {
        document.section(SectionId(index), section);
    }
    document.close_column();
    document.stray_notes();
    document.finish(fonts)
}
