//! The book's particulars, from the keys at the top of book.toml.

use super::fields::Fields;
use super::token::token;
use super::tree::{Datum, Node, Table};
use super::{identifier, people, placeholder, plain_words};
use crate::book::{Date, DateFault, Lang, Meta, Publisher, Source};
use crate::diag::{Code, Diagnostic, Severity, Span, nearest};
use crate::file_names::slug;

/// Reads everything but `[matter]`, `[style]` and `[outputs]`.
pub(super) fn read(top: &mut Fields<'_>) -> Meta {
    let places = PROSE.map(|key| top.span_of(key));
    let mut meta = Meta {
        title: top.required("title", "\"On the Question of Margins\""),
        subtitle: top.text("subtitle"),
        short_title: top.text("short-title"),
        language: language(top),
        date: date(top),
        description: top.text("description"),
        blurb: top.text("blurb"),
        front_flap: top.text("front-flap"),
        back_flap: top.text("back-flap"),
        subjects: top.texts("subjects").into_iter().map(|(subject, _)| subject).collect(),
        rights: top.text("rights"),
        series: series(top),
        certified_by: top.text("certified-by"),
        ..Meta::default()
    };
    let prose = [
        Some(&meta.title),
        meta.subtitle.as_ref(),
        meta.short_title.as_ref(),
        meta.description.as_ref(),
        meta.blurb.as_ref(),
        meta.front_flap.as_ref(),
        meta.back_flap.as_ref(),
    ];
    for ((key, place), words) in PROSE.iter().zip(places).zip(prose) {
        let finding = place.zip(words).and_then(|(place, words)| plain_words::check(key, words, place));
        finding.into_iter().for_each(|finding| top.report(finding));
    }
    meta.subjects.retain(|subject| !subject.trim().is_empty());
    meta.slug = file_stem(top, &meta.title);
    meta.contributors = people::read(top);
    meta.publisher = publisher(top);
    meta.source = top.table("source").map(|table| source(top, table));
    identifier::read(top, &mut meta);
    meta
}

/// The keys whose words authors write as they write in a text.
const PROSE: [&str; 7] =
    ["title", "subtitle", "short-title", "description", "blurb", "front-flap", "back-flap"];

/// `language`, which some call `lang`.
fn language(top: &mut Fields<'_>) -> Lang {
    let key =
        if top.span_of("language").is_none() && top.span_of("lang").is_some() { "lang" } else { "language" };
    let span = top.span_of(key);
    let tag = token(&top.required(key, "\"en-GB\""));
    let lang = Lang::parse(&tag);
    if let (Some(span), Some(None)) = (span, lang.as_ref().map(Lang::shared)) {
        let message = format!("`{tag}` is a private tag, which readers do not know: the ebook says `und`");
        let finding = Diagnostic::new(Code::LanguageUnknown, span, message);
        let hint = "`mis` is the tag of a language that has none, `art` of one that somebody made up";
        top.report(finding.severity(Severity::Warning).hint(hint));
    }
    lang.unwrap_or_else(|| {
        if let Some(span) = span.filter(|_| !tag.trim().is_empty()) {
            let finding =
                Diagnostic::new(Code::LanguageUnknown, span, format!("`{tag}` is not a language tag"));
            top.report(finding.hint(tag_for(&tag)));
        }
        Lang::meant(&tag).unwrap_or_default()
    })
}

/// Which tag to write for what was meant as one.
fn tag_for(words: &str) -> String {
    let several: Vec<Option<Lang>> =
        words.split([',', ';', '+', '&']).map(|part| Lang::meant(part.trim())).collect();
    if let [Some(first), Some(other), ..] = several.as_slice() {
        return format!(
            "write the language of most of the book, \"{first}\"; words in another are marked: `[words]{{lang={other}}}`"
        );
    }
    let lower = words.to_lowercase();
    let near = || {
        // A few letters are near to too many names.
        let near =
            nearest(&lower, Lang::names().map(|(name, _)| name)).filter(|_| lower.chars().count() > 4)?;
        Lang::meant(near)
    };
    match Lang::meant(words).or_else(near) {
        Some(lang) if lang.tag() == "en" => "write \"en\", or \"en-GB\" or \"en-US\"".to_owned(),
        Some(lang) => format!("write \"{lang}\""),
        None => "write a BCP 47 tag, such as \"en-GB\", \"fr\" or \"ru\"".to_owned(),
    }
}

/// The years that a book of ours may have come out in.
const YEARS: std::ops::RangeInclusive<u16> = 1400..=2199;

fn date(top: &mut Fields<'_>) -> Option<Date> {
    let node = top.take("date")?;
    let written = token(&written_date(&node)?);
    if written.trim().is_empty() {
        return None;
    }
    let wanted = "write a date: 2023, \"2023-01\" or 2023-01-31".to_owned();
    // a number drops its last nought: 2023.10 is 2023.1
    if matches!(node.datum, Datum::Real(_))
        && let Some((year, "1")) = written.split_once('.')
    {
        let message = format!("`{written}` may be January or October");
        let hint = format!("write \"{year}-01\" or \"{year}-10\"");
        top.report(Diagnostic::new(Code::ValueInvalid, node.span, message).hint(hint));
        return None;
    }
    let (message, hint) = match Date::read(&written) {
        Ok(date) if YEARS.contains(&date.year) => return Some(date),
        Ok(date) => (format!("{} is not a year in which this edition may come out", date.year), wanted),
        Err(DateFault::Day(last)) => {
            let month = last.month_name().unwrap_or_default();
            (format!("{month} {} has {} days", last.year, last.day.unwrap_or(0)), wanted)
        }
        Err(DateFault::Month(month)) => (format!("there is no month {month}"), wanted),
        Err(DateFault::Ambiguous(one, other)) => {
            (format!("`{written}` may be either of two days"), format!("write {one} or {other}"))
        }
        Err(DateFault::Shape) => (format!("`{written}` is not a date"), wanted),
    };
    top.report(Diagnostic::new(Code::ValueInvalid, node.span, message).hint(hint));
    None
}

/// A date as it was written.
fn written_date(node: &Node) -> Option<String> {
    match &node.datum {
        Datum::Text(text) | Datum::Date(text) => Some(text.clone()),
        Datum::Integer(year) => Some(year.to_string()),
        Datum::Real(number) => Some(number.to_string()),
        Datum::Unread => None,
        _ => Some("this".to_owned()),
    }
}

/// `series = "Name"` or `series = { name = "Name", number = 3 }`.
fn series(top: &mut Fields<'_>) -> Option<(String, Option<String>)> {
    let Node { datum, span } = top.take("series")?;
    match datum {
        Datum::Text(name) => Some((name, None)).filter(|(name, _)| !name.trim().is_empty()),
        Datum::Table(table) => {
            let mut fields = top.inside(table, "series");
            let name = fields.required("name", "\"Pamphlets\"");
            let number = fields.take("number").and_then(|node| match node.datum {
                Datum::Integer(number) => Some(number.to_string()),
                Datum::Real(number) => Some(number.to_string()),
                Datum::Text(number) => Some(token(&number)).filter(|number| !number.is_empty()),
                _ => fields.refuse("number", node.span, "a number"),
            });
            fields.finish();
            Some((name, number))
        }
        _ => top.refuse("series", span, "the name of a series, or { name = \"…\", number = 2 }"),
    }
}

fn file_stem(top: &mut Fields<'_>, title: &str) -> String {
    let Some((given, span)) = top.token("slug") else { return slug(title) };
    let clean = slug(&given);
    if clean != given {
        let wanted = format!("small letters, digits and hyphens, such as \"{clean}\"");
        top.refuse::<()>("slug", span, &wanted);
    }
    clean
}

/// `publisher = "Name"`, or a table.
fn publisher(top: &mut Fields<'_>) -> Option<Publisher> {
    if top.is_text("publisher") {
        return top.text("publisher").map(|name| Publisher { name, ..Publisher::default() });
    }
    let table = top.table("publisher")?;
    let mut fields = top.inside(table, "publisher");
    let span = fields.span_of("name");
    let name = fields.required("name", "\"Example Press\"");
    placeholder::look(&name, span, &mut fields);
    let place = fields.text("place");
    let url = fields.token("url").map(|(url, span)| address(url, span, &mut fields));
    fields.finish();
    Some(Publisher { name, place, url })
}

fn is_of_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// A web address; one without its scheme is told.
fn address(url: String, span: Span, fields: &mut Fields<'_>) -> String {
    // a scheme is the same in capitals
    if let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| is_of_web(scheme)) {
        if let Err(reason) = crate::book::address(&url) {
            let message = format!("`{url}` is not an address: {reason}");
            let hint = "copy the address from the line of a browser, or leave the line out";
            fields.report(Diagnostic::new(Code::AddressInvalid, span, message).hint(hint));
        }
        return format!("{}://{rest}", scheme.to_ascii_lowercase());
    }
    let message = format!("`{url}` is not a whole address");
    // `https//`, `http:/`: a sign is missing
    let slipped = url.split_once('/').filter(|(scheme, _)| is_of_web(scheme.trim_end_matches(':')));
    if let Some((scheme, rest)) = slipped {
        let scheme = scheme.trim_end_matches(':').to_ascii_lowercase();
        let near = format!("{scheme}://{}", rest.trim_start_matches('/'));
        fields.report(Diagnostic::new(Code::ValueInvalid, span, message).hint(format!("write \"{near}\"")));
        return near;
    }
    if url.contains('@') && !url.contains(['/', ':']) {
        let hint = "`url` is an address of the web; one of mail may stand in the text of the imprint";
        fields.report(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
        return String::new();
    }
    if let Some((scheme, _)) = url.split_once(':').filter(|(scheme, _)| !scheme.contains(['.', '/'])) {
        let hint = format!("a publisher's address begins with https://, not with `{scheme}:`");
        fields.report(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
        return String::new();
    }
    let near = format!("https://{}", url.trim_start_matches("//"));
    fields.report(Diagnostic::new(Code::ValueInvalid, span, message).hint(format!("write \"{near}\"")));
    near
}

fn source(top: &mut Fields<'_>, table: Table) -> Source {
    let mut fields = top.inside(table, "source");
    let title = fields.required("title", "\"The Older Edition\"");
    let date = fields.take("date").and_then(|node| match node.datum {
        Datum::Text(text) | Datum::Date(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Datum::Integer(year) => Some(year.to_string()),
        _ => fields.refuse("date", node.span, "a date"),
    });
    fields.finish();
    Source { title, date }
}
