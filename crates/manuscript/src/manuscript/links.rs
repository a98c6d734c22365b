//! Where links and pictures lead: addresses, other texts, files.

use crate::sources::decode;

/// What a link's destination is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Dest {
    /// Out of the book.
    Url(String),
    /// A scheme that a book does not follow.
    Scheme(String),
    /// `#id` of the same text.
    Id(String),
    /// `#note:label`.
    Note(String),
    /// A file of the book, and perhaps an id in it.
    File(String, Option<String>),
}

/// Reads a link's destination.
pub(super) fn dest(written: &str) -> Dest {
    let written = written.trim();
    if let Some(id) = written.strip_prefix('#') {
        let id = decode(id);
        return match id.strip_prefix("note:") {
            Some(label) => Dest::Note(label.to_lowercase()),
            None => Dest::Id(id),
        };
    }
    match scheme(written) {
        Some(scheme) if matches!(scheme.as_str(), "http" | "https" | "mailto") => {
            Dest::Url(written.to_owned())
        }
        Some(scheme) => Dest::Scheme(scheme),
        None if written.starts_with("//") => Dest::Scheme("//".to_owned()),
        None => match written.split_once('#') {
            Some((path, id)) => Dest::File(decode(path), Some(decode(id))),
            None => Dest::File(decode(written), None),
        },
    }
}

/// The scheme of a URL (RFC 3986 §3.1), in small letters. White space and
/// control characters inside do not hide it.
pub(super) fn scheme(written: &str) -> Option<String> {
    let (scheme, _) = written.split_once(':')?;
    let scheme: String = scheme.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    fits.then(|| scheme.to_ascii_lowercase())
}
