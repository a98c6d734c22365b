//! Where links and pictures lead: addresses, other texts, files.

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

/// Percent-encoded bytes as characters; what is not UTF-8 then stays as written.
pub(super) fn decode(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
        if let ([b'%', ..], Some(high), Some(low)) =
            (rest, tail.first().and_then(|b| hex(*b)), tail.get(1).and_then(|b| hex(*b)))
        {
            bytes.push(high * 16 + low);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| written.to_owned())
}

/// The path of `written` seen from the file `from`, relative to the book's
/// folder; none when it leads out of it.
pub(super) fn path(from: &str, written: &str) -> Option<String> {
    let absolute = written.starts_with('/') || written.get(1..3).is_some_and(|s| s == ":\\" || s == ":/");
    if absolute {
        return None;
    }
    let mut parts: Vec<&str> =
        from.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for part in written.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
