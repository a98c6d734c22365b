//! What the publisher's page says, the same on paper and on a screen.

use super::Terms;
use crate::book::{Meta, Source};

/// The lines of the publisher's page, in groups; `font` is the text face.
#[must_use]
pub fn imprint(meta: &Meta, font: &str) -> Vec<Vec<String>> {
    let terms = Terms::of(&meta.language);
    let mut groups = vec![
        meta.rights.iter().cloned().collect(),
        published(meta, terms),
        meta.source.iter().map(|source| older(source, terms)).collect(),
        identifiers(meta),
        vec![format!("{} {font}", terms.set_in())],
    ];
    groups.retain(|group| !group.is_empty());
    groups
}

fn published(meta: &Meta, terms: Terms) -> Vec<String> {
    let mut lines = Vec::new();
    let publisher = meta.publisher.as_ref();
    let place = publisher.and_then(|p| p.place.clone());
    let date = meta.date.map(|date| terms.date(&date));
    let first: Vec<String> = [publisher.map(|p| p.name.clone()), place, date].into_iter().flatten().collect();
    if !first.is_empty() {
        lines.push(first.join(", "));
    }
    lines.extend(publisher.and_then(|p| p.url.clone()));
    lines
}

fn older(source: &Source, terms: Terms) -> String {
    match &source.date {
        Some(date) => format!("{}: {} ({date})", terms.source(), source.title),
        None => format!("{}: {}", terms.source(), source.title),
    }
}

fn identifiers(meta: &Meta) -> Vec<String> {
    match (&meta.isbn, meta.identifier.as_str()) {
        (Some(isbn), _) => {
            let digits = isbn.to_string();
            let plain = format!("{}\u{a0}{}", &digits[..3], &digits[3..]);
            vec![format!("ISBN {}", meta.isbn_parted.as_ref().unwrap_or(&plain))]
        }
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
        assert_eq!(identifiers(&meta), ["ISBN 978\u{a0}3161484100"]);
        meta.isbn_parted = Some("978-3-16-148410-0".to_owned());
        assert_eq!(identifiers(&meta), ["ISBN 978-3-16-148410-0"]);
    }
}
