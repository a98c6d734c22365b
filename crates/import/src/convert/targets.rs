//! Where the links of a word processor's file lead.

use super::model::Inline;

/// Inlines as a link, where one is known.
pub(super) fn linked(to: Option<String>, inner: Vec<Inline>) -> Vec<Inline> {
    match to {
        Some(to) if !inner.is_empty() => vec![Inline::Link(to, inner)],
        _ => inner,
    }
}

/// An address that leads out of the book.
pub(super) fn outside(to: &str) -> Option<String> {
    ["http://", "https://", "mailto:"].iter().any(|scheme| to.starts_with(scheme)).then(|| to.to_owned())
}

/// The name of a place in the new book.
pub(super) fn anchor(name: &str) -> Option<String> {
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let name = name.trim_matches('-').to_owned();
    let first_letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (!name.is_empty()).then(|| if first_letter { name } else { format!("p-{name}") })
}
