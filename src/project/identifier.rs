//! What identifies a book: an ISBN in any spelling, a UUID, a DOI, an address.

use super::fields::Fields;
use super::token::token;
use crate::book::{EditionIsbn, Isbn, IsbnFault, Meta};
use crate::diag::{Code, Diagnostic, Span};
use uuid::Uuid;

/// Reads `identifier` or `isbn`; without them one is derived from what doesn't
/// change between builds (RFC 9562 §5.5, UUID version 5).
pub(super) fn read(top: &mut Fields<'_>, meta: &mut Meta) {
    let given = top.spanned_text("identifier").filter(|(text, _)| !text.trim().is_empty());
    let given = given.map(|(text, span)| (in_usual_width(text), span));
    if top.is_table("isbn") {
        return by_edition(given, top, meta);
    }
    let isbn = top.token("isbn");
    if let (Some((one, _)), Some((other, span))) = (&given, &isbn)
        && Isbn::parse(bare_isbn(one).unwrap_or(one)).is_none_or(|one| Isbn::parse(other) != Some(one))
    {
        both_identify(*span, top);
    }
    match (given, isbn) {
        (_, Some((text, span))) => take_isbn(bare_isbn(&text).unwrap_or(&text), span, top, meta),
        (Some((text, span)), None) => identify(text.trim(), span, top, meta),
        (None, None) => meta.identifier = derived(meta),
    }
}

/// Reads `isbn = { print = "…", ebook = "…" }`: what identifies the ebook is its own number.
fn by_edition(given: Option<(String, Span)>, top: &mut Fields<'_>, meta: &mut Meta) {
    let Some(table) = top.table("isbn") else { return };
    let mut fields = top.inside(table, "isbn");
    let mut number = |key| {
        let (text, span) = fields.token(key)?;
        number_of(bare_isbn(&text).unwrap_or(&text), span, &mut fields)
    };
    (meta.isbn, meta.ebook_isbn) = (number("print"), number("ebook"));
    fields.finish();
    match (&meta.ebook_isbn, given) {
        (Some(ebook), given) => {
            meta.identifier = urn(ebook);
            given.into_iter().for_each(|(_, span)| both_identify(span, top));
        }
        (None, Some((text, span))) if bare_isbn(&text).is_some() => {
            both_identify(span, top);
            meta.identifier = derived(meta);
        }
        (None, Some((text, span))) => identify(text.trim(), span, top, meta),
        (None, None) => meta.identifier = derived(meta),
    }
}

/// An ISBN in letters and digits of usual width; any other identifier stays as it is.
fn in_usual_width(text: String) -> String {
    let plain = token(&text);
    if bare_isbn(&plain).is_some() { plain } else { text }
}

fn both_identify(span: Span, top: &mut Fields<'_>) {
    let message = "`identifier` and `isbn` both say what identifies the book";
    let finding = Diagnostic::new(Code::ValueInvalid, span, message);
    top.report(finding.hint("keep one of the two lines"));
}

fn urn(edition: &EditionIsbn) -> String {
    format!("urn:isbn:{}", edition.isbn)
}

fn identify(text: &str, span: Span, top: &mut Fields<'_>, meta: &mut Meta) {
    if let Some(isbn) = bare_isbn(text) {
        return take_isbn(isbn, span, top, meta);
    }
    let lower = text.to_lowercase();
    let uuid = lower.strip_prefix("urn:").unwrap_or(&lower).strip_prefix("uuid:");
    match (uuid, Uuid::try_parse(text)) {
        (None, Ok(uuid)) => meta.identifier = format!("urn:uuid:{uuid}"),
        (None, Err(_)) => {
            // What begins so is the name that a DOI is asked for by.
            let is_doi = text.starts_with("10.") && text.contains('/');
            meta.identifier = if is_doi { format!("https://doi.org/{text}") } else { text.to_owned() };
        }
        (Some(digits), _) => match Uuid::try_parse(digits.trim()) {
            Ok(uuid) => meta.identifier = format!("urn:uuid:{uuid}"),
            Err(_) => {
                let finding = Diagnostic::new(Code::ValueInvalid, span, format!("`{text}` is not a UUID"));
                top.report(
                    finding.hint("leave the line out: a UUID that stays the same is then made for the book"),
                );
                meta.identifier = derived(meta);
            }
        },
    }
}

/// The digits of what is an ISBN by its prefix, or can only be meant as one.
fn bare_isbn(text: &str) -> Option<&str> {
    let text = text.trim();
    let mut rest = text;
    for lead in ["urn:", "isbn"] {
        rest = rest
            .get(..lead.len())
            .filter(|start| start.eq_ignore_ascii_case(lead))
            .map_or(rest, |_| &rest[lead.len()..]);
    }
    let told =
        rest.len() < text.len() && !text.eq_ignore_ascii_case("isbn") && text.to_lowercase().contains("isbn");
    if told {
        let rest = rest.trim_start_matches([' ', ':', '-', '\u{a0}']);
        // ISBN-13: 978…
        let numbered = ["13", "10"].iter().find_map(|kind| rest.strip_prefix(kind));
        let digits = numbered.filter(|tail| tail.starts_with([':', ' ', '\u{a0}'])).unwrap_or(rest);
        return Some(digits.trim_start_matches([' ', ':', '\u{a0}']));
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only_digits = text.chars().all(|c| {
        c.is_ascii_digit() || matches!(c, 'x' | 'X' | '-' | '.' | ' ' | '\u{a0}' | '\u{2010}'..='\u{2015}')
    });
    (only_digits && (9..=14).contains(&digits)).then_some(text)
}

/// The number of all editions.
fn take_isbn(text: &str, span: Span, top: &mut Fields<'_>, meta: &mut Meta) {
    meta.isbn = number_of(text, span, top);
    meta.ebook_isbn.clone_from(&meta.isbn);
    meta.identifier = meta.isbn.as_ref().map_or_else(|| derived(meta), urn);
}

fn number_of(text: &str, span: Span, fields: &mut Fields<'_>) -> Option<EditionIsbn> {
    match Isbn::read(text) {
        Ok(isbn) => Some(EditionIsbn { isbn, parted: parted(text, isbn) }),
        Err(fault) => {
            let (message, hint) = told(text, fault);
            let hint = isbn_inside(text).map_or(hint, |isbn| format!("write \"{isbn}\""));
            fields.report(Diagnostic::new(Code::IsbnInvalid, span, message).hint(hint));
            None
        }
    }
}

/// The ISBN that stands among other words: `9783161484100 (paperback)`, or an address.
fn isbn_inside(text: &str) -> Option<&str> {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '-');
    let parts = || text.split(|c: char| !is_of_number(c) && c != ' ').map(str::trim);
    let single = || text.split(|c: char| !is_of_number(c));
    let mut numbers = parts().chain(single()).filter(|part| part.len() < text.len());
    numbers.find(|part| Isbn::parse(part).is_some())
}

/// The author's own five groups, with hyphens between them.
fn parted(text: &str, isbn: Isbn) -> Option<String> {
    let groups: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    (groups.len() == 5 && groups.concat() == isbn.to_string()).then(|| groups.join("-"))
}

/// What is wrong with an ISBN, and what to do.
fn told(text: &str, fault: IsbnFault) -> (String, String) {
    let compare = "compare it with the number that the agency gave";
    match fault {
        IsbnFault::Length(digits) => (
            format!("`{text}` is not an ISBN: it has {digits} digits"),
            "an ISBN has 13 digits, or 10 in older books".to_owned(),
        ),
        IsbnFault::Sign(_) if !text.contains(|c: char| c.is_ascii_digit()) => (
            format!("`{text}` is not an ISBN"),
            "leave the line out until the agency has given a number".to_owned(),
        ),
        IsbnFault::Sign(sign) => {
            (format!("`{text}` is not an ISBN: `{sign}` is no digit"), compare.to_owned())
        }
        IsbnFault::Prefix => {
            (format!("`{text}` is not an ISBN: it begins with neither 978 nor 979"), compare.to_owned())
        }
        IsbnFault::Check { length, found, wanted } => (
            format!(
                "`{text}` is not an ISBN: its check digit, the {length}th, is {found} where {wanted} would fit"
            ),
            format!("{compare}: one digit is mistyped, or two are exchanged"),
        ),
    }
}

fn derived(meta: &Meta) -> String {
    let publisher = meta.publisher.as_ref().map_or("", |p| p.name.as_str());
    let date = meta.date.map(|d| d.to_string()).unwrap_or_default();
    let name = [meta.title.as_str(), publisher, &date].join("\u{1f}");
    format!("urn:uuid:{}", Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
}
