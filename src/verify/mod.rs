//! The proof of a build: all that the book says stands in its editions.
//!
//! What a writer of pages or of an EPUB lost, nobody would miss before the book
//! is printed. So the finished edition is read back and held against the book:
//!
//! - [`pages()`]: every letter of the running text stands exactly once on the
//!   pages, in order, inside the frame of its page and on no other; every note that is called
//!   begins on the page of its call or after it, and its mark stands wherever it
//!   is called; every picture is there, and every table between its rules; every
//!   text is in the contents list, and every entry of it has the number of the
//!   page that it leads to. Labels of items, what cross-references print, signs of
//!   pauses and the lines of the title page and the publisher's page are there, and
//!   titles above notes are whole.
//! - [`ebook()`]: every letter stands in the documents of its text or note, once, in
//!   order, and so does every picture; every call is there, the navigation
//!   names every text, page and landmark, and the pages made of book.toml say what they should.
//!
//! Neither trusts how the edition was made. Pages are compared through the
//! [`Origin`](crate::pages::Origin) of each run, so the cost is one pass over the
//! letters; soft hyphens and joiners do not count, nor does case, and of white space
//! only whether there is any.

mod above_notes;
mod account;
mod added;
mod contents;
mod documents;
mod ebook;
mod expected;
mod flows;
mod frames;
mod held;
mod leaves;
mod letters;
mod listed;
mod loss;
mod made;
mod notes;
mod overlaps;
mod own;
mod page_notes;
mod reading;
mod tables;

pub use account::{Account, Count};
pub use documents::Document;
pub use ebook::ebook;

use crate::book::Book;
use crate::diag::Checked;
use crate::pages::Pages;
use expected::Expected;

/// Proves pages: whatever misses is an error that names it.
#[must_use]
pub fn pages(book: &Book, pages: &Pages) -> Checked<Account> {
    let expected = Expected::of(book);
    let mut findings = Vec::new();
    let words = flows::compare(&expected, pages, &mut findings);
    frames::check(book, pages, &mut findings);
    overlaps::check(book, pages, &mut findings);
    added::check(book, &expected, pages, &mut findings);
    let account = Account {
        words,
        notes: notes::check(book, &expected, pages, &mut findings),
        calls: notes::calls(&expected, pages, &mut findings),
        pictures: notes::pictures(book, &expected, pages, &mut findings),
        rules: tables::check(pages, &mut findings),
        entries: contents::check(book, pages, &mut findings),
    };
    Checked { value: account, findings }
}
