//! The book's particulars, from the keys at the top of book.toml.

use super::fields::Fields;
use super::slug::slug;
use super::tree::{Datum, Node, Table};
use crate::book::{Contributor, Date, Isbn, Lang, Meta, Publisher, Source};
use crate::diag::{Code, Diagnostic};

/// Reads everything but `[matter]`, `[style]` and `[outputs]`.
pub fn read(top: &mut Fields<'_>) -> Meta {
    let mut meta = Meta {
        title: top.required("title", "\"On the Question of Margins\""),
        subtitle: top.text("subtitle"),
        language: language(top),
        date: date(top, "date"),
        description: top.text("description"),
        blurb: top.text("blurb"),
        subjects: top.texts("subjects").into_iter().map(|(subject, _)| subject).collect(),
        rights: top.text("rights"),
        series: series(top),
        certified_by: top.text("certified-by"),
        ..Meta::default()
    };
    meta.slug = file_stem(top, &meta.title);
    for table in top.tables("contributor") {
        meta.contributors.push(contributor(top, table));
    }
    meta.publisher = top.table("publisher").map(|table| publisher(top, table));
    meta.source = top.table("source").map(|table| source(top, table));
    identify(top, &mut meta);
    meta
}

fn language(top: &mut Fields<'_>) -> Lang {
    let span = top.span_of("language");
    let tag = top.required("language", "\"en-GB\"");
    Lang::parse(&tag).unwrap_or_else(|| {
        if let Some(span) = span {
            let message = format!("`{tag}` is not a language");
            let finding = Diagnostic::new(Code::LanguageUnknown, span, message);
            top.report(finding.hint("write a BCP 47 tag, such as \"en-GB\", \"fr\" or \"ru\""));
        }
        Lang::default()
    })
}

fn date(top: &mut Fields<'_>, key: &'static str) -> Option<Date> {
    let node = top.take(key)?;
    let written = match &node.datum {
        Datum::Text(text) | Datum::Date(text) => text.clone(),
        Datum::Integer(year) => year.to_string(),
        _ => String::new(),
    };
    let date = Date::parse(&written);
    date.or_else(|| top.refuse(key, node.span, "a date: 2023, \"2023-01\" or 2023-01-31"))
}

/// `series = "Name"` or `series = { name = "Name", number = 3 }`.
fn series(top: &mut Fields<'_>) -> Option<(String, Option<String>)> {
    let Node { datum, span } = top.take("series")?;
    match datum {
        Datum::Text(name) => Some((name, None)),
        Datum::Table(table) => {
            let mut fields = top.inside(table, "series");
            let name = fields.required("name", "\"Pamphlets\"");
            let number = fields.take("number").and_then(|node| match node.datum {
                Datum::Integer(number) => Some(number.to_string()),
                Datum::Text(number) => Some(number),
                _ => fields.refuse("number", node.span, "a number"),
            });
            fields.finish();
            Some((name, number))
        }
        _ => top.refuse("series", span, "the name of a series"),
    }
}

fn file_stem(top: &mut Fields<'_>, title: &str) -> String {
    let Some((given, span)) = top.spanned_text("slug") else { return slug(title) };
    let clean = slug(&given);
    if clean != given {
        let wanted = format!("small letters, digits and hyphens, such as \"{clean}\"");
        top.refuse::<()>("slug", span, &wanted);
    }
    clean
}

fn contributor(top: &mut Fields<'_>, table: Table) -> Contributor {
    let mut fields = top.inside(table, "contributor");
    let name = fields.required("name", "\"Ada Example\"");
    let sort = fields.text("sort").unwrap_or_else(|| filed(&name));
    let role = match fields.spanned_text("role") {
        None => "aut".to_owned(),
        Some((role, _)) if role.len() == 3 && role.bytes().all(|b| b.is_ascii_lowercase()) => role,
        Some((_, span)) => {
            fields.refuse::<()>("role", span, "a MARC relator code: \"aut\", \"edt\", \"trl\", \"ill\" …");
            "ctb".to_owned()
        }
    };
    fields.finish();
    Contributor { name, sort, role }
}

/// A name as it is filed: the last word first.
fn filed(name: &str) -> String {
    match name.trim().rsplit_once(' ') {
        Some((first, last)) => format!("{last}, {first}"),
        None => name.to_owned(),
    }
}

fn publisher(top: &mut Fields<'_>, table: Table) -> Publisher {
    let mut fields = top.inside(table, "publisher");
    let name = fields.required("name", "\"Example Press\"");
    let publisher = Publisher { name, place: fields.text("place"), url: fields.text("url") };
    fields.finish();
    publisher
}

fn source(top: &mut Fields<'_>, table: Table) -> Source {
    let mut fields = top.inside(table, "source");
    let title = fields.required("title", "\"The Older Edition\"");
    let date = fields.take("date").and_then(|node| match node.datum {
        Datum::Text(text) | Datum::Date(text) => Some(text),
        Datum::Integer(year) => Some(year.to_string()),
        _ => fields.refuse("date", node.span, "a date"),
    });
    fields.finish();
    Source { title, date }
}

/// Whether an ISBN of thirteen digits stands in its five groups.
fn is_parted(isbn: &str) -> bool {
    let groups: Vec<&str> = isbn.split('-').collect();
    groups.len() == 5 && isbn.len() == 17 && groups.iter().all(|group| !group.is_empty())
}

/// The identifier that the author gave, or one derived from what doesn't
/// change between builds (RFC 9562 §5.5, UUID version 5).
fn identify(top: &mut Fields<'_>, meta: &mut Meta) {
    match top.spanned_text("identifier") {
        Some((identifier, span)) => {
            if let Some(isbn) = identifier.strip_prefix("urn:isbn:") {
                meta.isbn = Isbn::parse(isbn);
                meta.isbn_parted = Some(isbn.trim().to_owned()).filter(|isbn| is_parted(isbn));
                if meta.isbn.is_none() {
                    let message = format!("`{isbn}` is not an ISBN: its check digit is wrong");
                    top.report(Diagnostic::new(Code::IsbnInvalid, span, message));
                }
            }
            meta.identifier = meta.isbn.map_or(identifier, |isbn| format!("urn:isbn:{isbn}"));
        }
        None => {
            let publisher = meta.publisher.as_ref().map_or("", |p| p.name.as_str());
            let date = meta.date.map(|d| d.to_string()).unwrap_or_default();
            let name = [meta.title.as_str(), publisher, &date].join("\u{1f}");
            meta.identifier =
                format!("urn:uuid:{}", uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()));
        }
    }
}
