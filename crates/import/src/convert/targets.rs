//! Where the links of a word processor's file lead.

use super::model::Inline;

/// Inlines as a link, where one is known.
pub(super) fn linked(to: Option<String>, inner: Vec<Inline>) -> Vec<Inline> {
    match to {
        Some(to) if !inner.is_empty() => vec![Inline::Link(to, without_links(inner))],
        _ => inner,
    }
}

/// Inlines of which none is a link: no link stands in another.
fn without_links(inlines: Vec<Inline>) -> Vec<Inline> {
    let bare = |inline| match inline {
        Inline::Link(_, inner) => without_links(inner),
        Inline::Styled(style, inner) => vec![Inline::Styled(style, without_links(inner))],
        Inline::Language(tag, inner) => vec![Inline::Language(tag, without_links(inner))],
        other => vec![other],
    };
    inlines.into_iter().flat_map(bare).collect()
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
