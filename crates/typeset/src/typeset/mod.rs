//! Typesetting: the semantic book becomes finished pages.
//!
//! Words are shaped and broken into lines (`line` is the vocabulary), blocks
//! become items of a column ([`compose`]), columns become pages with their
//! notes ([`paginate`], [`place`], [`page_draft`]), and the contents list is set last, because
//! it prints page numbers. Where the text itself prints page numbers, or notes
//! are counted anew on each page, the book is set again until the numbers hold.

mod ahead;
pub mod breaking;
mod columns;
pub mod compose;
mod document;
mod fingerprint;
pub mod flow_item;
pub mod geometry;
mod level;
pub mod line;
pub mod made;
pub mod notes;
pub mod page_draft;
pub mod paginate;
pub mod paragraph;
pub mod place;
pub mod protrude;
pub mod running_heads;
pub mod shaper;
pub mod source_pages;
pub mod text_style;
mod ways;

pub use document::Memo;

use crate::book::Book;
use crate::bounds;
use crate::diag::{Checked, Code, Diagnostic, Scope};
use crate::font::Library;
use crate::pages::Pages;
use crate::style::{NotePlace, Style};
use text_style::Faces;

/// Passes at most: page numbers that still change then are printed as the last
/// pass but one had them, which is out by a page at most, and told of.
const PASSES: usize = 8;

/// Sets a book.
///
/// The pages are whole even when there are findings: faces or glyphs that are
/// missing, tables wider than the page.
#[must_use]
pub fn set(book: &Book, style: &Style, fonts: &Library) -> Checked<Pages> {
    let mut set = set_with(book, style, fonts, None);
    if set.value.are_heavy() && style.notes.place == NotePlace::Foot {
        set.findings.push(heavy_notes(book, style, fonts, set.value.pages.len()));
    }
    set
}

/// Books of more pages are not set again to see what else could be done about their notes.
const MOST_TRIED: usize = 600;

/// What is said of a book of which notes take up most: how many pages it would have with its
/// notes in columns, or at the end of each text. Both are tried, which costs such a book two more
/// settings; of a long one it is only said that there are these ways.
fn heavy_notes(book: &Book, style: &Style, fonts: &Library, count: usize) -> Diagnostic {
    let pages = |change: &dyn Fn(&mut Style)| {
        let mut other = style.clone();
        change(&mut other);
        let tried = (count <= MOST_TRIED).then(|| set_with(book, &other, fonts, None).value.pages.len());
        tried.map_or(String::new(), |pages| format!(" ({pages} pages)"))
    };
    let in_columns = (style.notes.columns < 2).then(|| {
        let columns = pages(&|style| style.notes.columns = 2);
        format!("`notes.columns = 2` sets them in two columns{columns}; ")
    });
    let at_end = pages(&|style| style.notes.place = NotePlace::Text);
    let message = format!("notes take up most of the pages: {count} pages with notes at the foot");
    Diagnostic::new(Code::NotesHeavy, None, message).within(Scope::Pages).hint(format!(
        "{}`notes.place = \"text\"` sets them at the end of each text{at_end}",
        in_columns.unwrap_or_default()
    ))
}

/// The same, in less time for a book of which a state was set before with that memo.
#[must_use]
pub fn set_again(book: &Book, style: &Style, fonts: &Library, memo: &mut Memo) -> Checked<Pages> {
    memo.begin(fonts, style, &book.meta.language);
    let set = set_with(book, style, fonts, Some(memo));
    memo.end();
    set
}

fn set_with(book: &Book, style: &Style, fonts: &Library, mut memo: Option<&mut Memo>) -> Checked<Pages> {
    let Some(faces) = Faces::find(style, fonts) else {
        let finding = Diagnostic::new(Code::FaceMissing, None, "there is no font at all");
        return Checked { value: Pages::default(), findings: vec![finding] };
    };
    let fitted = source_pages::fitted_style(book, style, fonts, &faces);
    let style = fitted.as_ref().unwrap_or(style);
    let mut known = notes::first_guess(book, style);
    for pass in 1.. {
        let made = document::set_once(book, style, fonts, &faces, &known, memo.as_deref_mut());
        if made.learnt == known || bounds::PAGES.is_exceeded_by(made.pages.pages.len()) {
            return bounded(made.pages, made.findings);
        }
        if pass == PASSES {
            let findings = made.findings.into_iter().chain([unsettled()]).collect();
            return bounded(made.pages, findings);
        }
        known = made.learnt;
    }
    unreachable!("the last pass returns")
}

/// The pages, unless there are more than may be.
fn bounded(pages: Pages, mut findings: Vec<Diagnostic>) -> Checked<Pages> {
    let count = pages.pages.len();
    if !bounds::PAGES.is_exceeded_by(count) {
        return Checked { value: pages, findings };
    }
    let finding = Diagnostic::too_much("the book", &bounds::PAGES, count, None).within(Scope::Pages);
    findings.push(finding.hint("make it in several volumes, or make the pages larger"));
    Checked { value: Pages::default(), findings }
}

/// Numbers of pages that move the very lines that they stand in.
fn unsettled() -> Diagnostic {
    let message = format!("some numbers of pages in the text still change after {PASSES} passes");
    Diagnostic::new(Code::NumbersUnsettled, None, message)
        .hint("they may be out by a page: put another word before or behind a `[](#id){.page}`")
}
