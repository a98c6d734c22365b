//! TOML as a tree with places, so that every finding can point at its key.

use crate::diag::{Code, Diagnostic, FileId, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table: its entries in the order of the file's keys.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The entries that nobody has taken yet.
    pub entries: Vec<Entry>,
    /// Where the table stands.
    pub span: Option<Span>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub datum: Datum,
    /// Where it stands.
    pub span: Span,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Datum {
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// True or false.
    Flag(bool),
    /// A date, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Reads a file of TOML; what cannot be read is a finding, and the rest is
/// still returned.
pub fn parse(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Table {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut months = Vec::new();
    for error in errors {
        let range = error.span();
        let span = range.clone().map(|range| Span::new(file, range.start, range.end));
        let message = format!("this is not valid TOML: {}", error.message().replace('\n', ", "));
        let finding = Diagnostic::new(Code::TomlSyntax, span, message);
        let month = range.and_then(|range| bare_month(text, range.start));
        findings.push(match month {
            Some(month) => finding.hint(format!("TOML wants quotes round a month: \"{month}\"")),
            None => finding,
        });
        months.extend(span.zip(month));
    }
    let mut table = convert_table(file, table.span(), table.get_ref());
    for entry in &mut table.entries {
        let at = entry.node.span.start;
        // The date is known for all that, and need not be found wrong twice.
        if let Some((_, month)) = months.iter().find(|(span, _)| span.start == at) {
            entry.node.datum = Datum::Date((*month).to_owned());
        }
    }
    table
}

/// The year and month that stand at `at` without quotes: 2023-01.
fn bare_month(text: &str, at: usize) -> Option<&str> {
    let word = text.get(at..)?.split(|c: char| !c.is_ascii_digit() && c != '-').next()?;
    let (year, month) = word.split_once('-')?;
    (year.len() == 4 && month.len() == 2).then_some(word)
}

fn convert_table(file: FileId, range: std::ops::Range<usize>, table: &DeTable<'_>) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: Span::new(file, key.span().start, key.span().end),
            node: convert(file, value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Table { entries, span: Some(Span::new(file, range.start, range.end)) }
}

fn convert(file: FileId, value: &Spanned<DeValue<'_>>) -> Node {
    let range = value.span();
    let datum = match value.get_ref() {
        DeValue::String(text) => Datum::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Datum::Text(number.as_str().to_owned()), Datum::Integer),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| Datum::Text(number.as_str().to_owned()), Datum::Real)
        }
        DeValue::Boolean(flag) => Datum::Flag(*flag),
        DeValue::Datetime(date) => Datum::Date(date.to_string()),
        DeValue::Array(list) => Datum::List(list.iter().map(|item| convert(file, item)).collect()),
        DeValue::Table(table) => Datum::Table(convert_table(file, range.clone(), table)),
    };
    Node { datum, span: Span::new(file, range.start, range.end) }
}
