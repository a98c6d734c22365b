//! What the publisher's page says, the same on paper and on a screen.

use super::names::comma;
use super::{Phrase, Terms};
use crate::book::{Meta, Source, UNNAMED};

/// The lines of the publisher's page, in groups; `font` is the text face.
#[must_use]
pub fn imprint(meta: &Meta, font: &str) -> Vec<Vec<Phrase>> {
    let mut groups = publication(meta);
    groups.push(vec![Phrase::default().and_word(Terms::of(meta).set_in()).and(" ").and(font)]);
    groups
}

/// Those of them that say what the book is, whatever its type.
#[must_use]
pub fn publication(meta: &Meta) -> Vec<Vec<Phrase>> {
    let terms = Terms::of(meta);
    let mut groups = vec![
        meta.rights.clone().or_else(|| copyright(meta)).iter().map(|r| Phrase::from(r.as_str())).collect(),
        published(meta, terms),
        meta.source.iter().map(|source| older(source, terms)).collect(),
        identifiers(meta).iter().map(|line| Phrase::from(line.as_str())).collect(),
    ];
    groups.retain(|group| !group.is_empty());
    groups
}

/// The notice of a book that says nothing of its rights and is no older edition: it is its
/// authors' from the day on which it was written.
fn copyright(meta: &Meta) -> Option<String> {
    let authors: Vec<&str> = meta.with_role("aut").map(|author| author.name.as_str()).collect();
    if meta.source.is_some() || authors.is_empty() || authors.contains(&UNNAMED) {
        return None;
    }
    let year = meta.date.map(|date| format!("{} ", date.year)).unwrap_or_default();
    let between = comma(Terms::of(meta).language);
    Some(format!("© {year}{}", authors.join(between)))
}

fn published(meta: &Meta, terms: Terms<'_>) -> Vec<Phrase> {
    let mut lines = Vec::new();
    let publisher = meta.publisher.as_ref();
    let place = publisher.and_then(|p| p.place.clone());
    let who: Vec<String> = [publisher.map(|p| p.name.clone()), place].into_iter().flatten().collect();
    let comma = comma(terms.language);
    let mut first = Phrase::from(who.join(comma).as_str());
    if let Some(date) = &meta.date {
        first = if who.is_empty() { first } else { first.and(comma) };
        first = first.with(&terms.date(date), terms.stand_in());
    }
    if !first.runs.is_empty() {
        lines.push(first);
    }
    lines.extend(publisher.and_then(|p| p.url.as_deref()).map(Phrase::from));
    lines
}

fn older(source: &Source, terms: Terms<'_>) -> Phrase {
    let line = Phrase::default().and_word(terms.from()).and(": ").and(&source.title);
    match &source.date {
        Some(date) => line.and(&format!(" ({date})")),
        None => line,
    }
}

fn identifiers(meta: &Meta) -> Vec<String> {
    let of_print = meta.printed_isbn().map(|isbn| format!("ISBN {isbn}"));
    let of_ebook = meta.ebook_isbn.as_ref().filter(|_| meta.ebook_isbn != meta.isbn);
    let of_ebook = of_ebook.map(|isbn| format!("ISBN {} (EPUB)", isbn.printed()));
    let numbers: Vec<String> = of_print.into_iter().chain(of_ebook).collect();
    // A UUID is a number that only machines read.
    let is_shown = !meta.identifier.is_empty() && !meta.identifier.starts_with("urn:uuid:");
    if numbers.is_empty() && is_shown { vec![meta.identifier.clone()] } else { numbers }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{EditionIsbn, Isbn};

    #[test]
    fn an_isbn_is_parted_as_the_author_parts_it() {
        let isbn = Isbn::parse("978-3-16-148410-0").map(|isbn| EditionIsbn { isbn, parted: None });
        let mut meta = Meta { isbn: isbn.clone(), ebook_isbn: isbn, ..Meta::default() };
        assert_eq!(identifiers(&meta), ["ISBN 978-3-16-148410-0"]);
        if let Some(isbn) = &mut meta.isbn {
            isbn.parted = Some("978-3-161-48410-0".to_owned());
        }
        meta.ebook_isbn = None;
        assert_eq!(identifiers(&meta), ["ISBN 978-3-161-48410-0"]);
    }
}
