//! Every letter of the book stands in the documents of the EPUB, once and in order, and so does
//! every picture, every call of a note, every pause between scenes and every item of a list; its
//! lists name every text, page and landmark, titles stand above notes, and the pages that the tool
//! makes say what they should.

use super::documents::{Document, Holdings, notes_by_id};
use super::expected::{Expected, repeated_pictures};
use super::held::Held;
use super::loss::{Loss, compared, told};
use super::reading::Reading;
use super::{Account, above_notes, listed, made};
use crate::book::Book;
use crate::diag::{Checked, Code};
use crate::pages::Flow;

/// Proves the documents of an EPUB, in reading order; its publisher's page names `typeface`.
#[must_use]
pub fn ebook(book: &Book, typeface: &str, documents: &[Document<'_>]) -> Checked<Account> {
    let expected = Expected::of(book);
    let notes = notes_by_id(book);
    let mut holdings = Holdings::default();
    for document in documents {
        holdings.read(document, &notes);
    }
    let mut losses = Vec::new();
    let mut account = count(book, &expected, &holdings, &mut losses);
    let nothing = Held::default();
    for (flow, running) in &expected.flows {
        let held = holdings.flows.get(*flow).unwrap_or(&nothing);
        let words = Reading::new(book, running, held).compare(&mut losses);
        account.words.wanted += words.wanted;
        account.words.found += words.found;
        if let Flow::Note(_) = flow {
            account.notes.wanted += 1;
            account.notes.found += usize::from(holdings.flows.get(*flow).is_some());
        }
    }
    listed::check(book, &holdings, &mut losses);
    let sections = above_notes::sections(book);
    for group in &holdings.notes {
        if let Some(wrong) = above_notes::wrong(book, &sections, group, &str::to_owned) {
            losses.push((None, format!("above notes of the EPUB, {wrong}"), Code::TextLost));
        }
    }
    let held = |page| holdings.made.get(&page).map(|held| held.letters.as_str());
    for page in made::wrong_in_ebook(book, typeface, held) {
        let message = format!("the {page} of the EPUB does not say what book.toml says, once and whole");
        losses.push((None, message, Code::TextLost));
    }
    Checked { value: account, findings: told(losses) }
}

/// Compares the numbers of what is no word.
fn count(book: &Book, expected: &Expected<'_>, holdings: &Holdings, losses: &mut Vec<Loss>) -> Account {
    let wanted: usize = expected.pictures.values().sum();
    // a title that holds a picture is repeated with it
    let may_repeat = !repeated_pictures(book).is_empty();
    let found = if may_repeat { holdings.pictures.min(wanted) } else { holdings.pictures };
    let pictures = compared((wanted, found), "pictures", Code::PictureLost, losses);
    let calls = compared((expected.calls, holdings.calls), "calls of notes", Code::NoteMisplaced, losses);
    let pauses = (expected.scene_breaks, holdings.scene_breaks);
    compared(pauses, "pauses between scenes", Code::TextLost, losses);
    compared((expected.items, holdings.items), "items of lists", Code::TextLost, losses);
    Account { pictures, calls, ..Account::default() }
}
