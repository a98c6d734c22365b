//! What the publisher's page says, the same on paper and on a screen.

use super::names::comma;
use super::{Phrase, Terms};
use crate::book::{Meta, Source};

/// The lines of the publisher's page, in groups; `font` is the text face.
#[must_use]
pub fn imprint(meta: &Meta, font: &str) -> Vec<Vec<Phrase>> {
    let terms = Terms::of(meta);
    let mut groups = vec![
        meta.rights.iter().map(|rights| Phrase::from(rights.as_str())).collect(),
        published(meta, terms),
        meta.source.iter().map(|source| older(source, terms)).collect(),
        identifiers(meta).iter().map(|line| Phrase::from(line.as_str())).collect(),
        vec![Phrase::default().and_word(terms.set_in()).and(" ").and(font)],
    ];
    groups.retain(|group| !group.is_empty());
    groups
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
    match (meta.printed_isbn(), meta.identifier.as_str()) {
        (Some(isbn), _) => vec![format!("ISBN {isbn}")],
        (None, "") => Vec::new(),
        // A number that only machines read.
        (None, identifier) if identifier.starts_with("urn:uuid:") => Vec::new(),
        (None, identifier) => vec![identifier.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Isbn;

    #[test]
    fn an_isbn_is_parted_as_the_author_parts_it() {
        let isbn = Isbn::parse("978-3-16-148410-0");
        let mut meta = Meta { isbn, ..Meta::default() };
        assert_eq!(identifiers(&meta), ["ISBN 978-3-16-148410-0"]);
        meta.isbn_parted = Some("978-3-161-48410-0".to_owned());
        assert_eq!(identifiers(&meta), ["ISBN 978-3-161-48410-0"]);
    }
}
