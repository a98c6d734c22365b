//! The lists of an EPUB: the contents name every text, the page list every page, the landmarks every place that menus
//! jump to.

use super::documents::Holdings;
use super::expected::{quoted, titles};
use super::letters::letters;
use super::loss::Loss;
use super::own::end_of_title;
use crate::book::{Book, plain, without_notes};
use crate::diag::Code;
use crate::terms::Terms;

/// What those lists lack, or have in another order.
pub(super) fn check(book: &Book, holdings: &Holdings, losses: &mut Vec<Loss>) {
    for (held, what) in [(&holdings.navigation, "navigation"), (&holdings.contents, "contents page")] {
        losses.extend(held.as_ref().into_iter().flat_map(|held| unlisted(book, &held.letters, what)));
    }
    if holdings.navigation.is_some() {
        losses.extend(pages(holdings));
        losses.extend(landmarks(book, holdings));
    }
}

/// Titles of texts that a list of them lacks, or has in another order.
fn unlisted(book: &Book, held: &str, what: &str) -> Vec<Loss> {
    let (mut missing, mut rest) = (Vec::new(), held);
    for (_, heading) in titles(book) {
        let title = without_notes(&heading.content);
        match end_of_title(book, &title, rest) {
            Some(end) => rest = &rest[end..],
            None => {
                let message = format!("the {what} of the EPUB lacks “{}”", quoted(&plain(&title)));
                missing.push((None, message, Code::TextLost));
            }
        }
    }
    missing
}

/// The first page that the page list has otherwise than the documents.
fn pages(holdings: &Holdings) -> Option<Loss> {
    let (wanted, listed) = (&holdings.page_breaks, &holdings.page_list);
    let same = wanted.iter().zip(listed).take_while(|(wanted, listed)| wanted == listed).count();
    let message = match (wanted.get(same), listed.get(same)) {
        (Some((_, page)), _) => {
            format!("the page list of the EPUB lacks page `{page}`, or has it in another place")
        }
        (None, Some((_, page))) => format!("the page list of the EPUB has page `{page}` once too often"),
        (None, None) => return None,
    };
    Some((None, message, Code::TextLost))
}

/// The landmarks that are not there once, by their names.
fn landmarks(book: &Book, holdings: &Holdings) -> Vec<Loss> {
    let terms = Terms::of(&book.meta);
    let names = [terms.text(), terms.contents()];
    let [text, contents] = names.map(|word| letters(word.words()).collect::<String>());
    let is_right = |kind: &str, name: &str| match kind {
        "bodymatter" => name == text,
        "toc" => name == contents,
        _ => !name.is_empty(),
    };
    let is_wrong = |kind: &&String| {
        let mut named = holdings.landmarks.iter().filter(|(other, _)| other == *kind);
        !(named.next().is_some_and(|(_, name)| is_right(kind, name)) && named.next().is_none())
    };
    let message = |kind: &String| format!("the landmarks of the EPUB do not name `{kind}` once and whole");
    let wrong = holdings.places.iter().filter(is_wrong);
    wrong.map(|kind| (None, message(kind), Code::TextLost)).collect()
}
