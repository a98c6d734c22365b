//! TOML as a tree with places, so that every finding can point at its key.

use super::repair::{UNREAD, repair};
use super::token::is_blank;
use crate::diag::{Code, Diagnostic, FileId, Span, whole_characters};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table: its entries in the order of the file's keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// The entries that nobody has taken yet.
    pub entries: Vec<Entry>,
    /// Where the table stands.
    pub span: Option<Span>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// The value.
    pub datum: Datum,
    /// Where it stands.
    pub span: Span,
}

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Datum {
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
    /// Something that could not be read, and was told of.
    Unread,
}

/// Reads a file of TOML; what cannot be read is a finding, and the rest is
/// still returned.
pub(super) fn parse(file: FileId, text: &str, findings: &mut Vec<Diagnostic>) -> Table {
    let (table, errors) = DeTable::parse_recoverable(text);
    // Valid TOML may still hold `"chapters\new.md"`, which is no name of a file.
    if errors.is_empty() && !text.contains('\\') {
        return Converter { file, text, original: &|at| at }.table(table.span(), table.get_ref());
    }
    let repaired = repair(text);
    findings.extend(repaired.faults.iter().map(|fault| {
        let range = whole_characters(text, fault.range.clone());
        let span = Span::new(file, range.start, range.end);
        Diagnostic::new(Code::TomlSyntax, span, &fault.message).hint(&fault.hint)
    }));
    let (table, errors) = DeTable::parse_recoverable(&repaired.text);
    let original = |at| repaired.original(at);
    for error in errors {
        let range =
            error.span().map(|range| whole_characters(text, original(range.start)..original(range.end)));
        findings.push(left_over(file, text, range, error.message()));
    }
    Converter { file, text, original: &original }.table(table.span(), table.get_ref())
}

/// What the parser refuses even after mending.
fn left_over(file: FileId, text: &str, range: Option<Range<usize>>, parser_says: &str) -> Diagnostic {
    let span = range.clone().map(|range| Span::new(file, range.start, range.end));
    let word = range.and_then(|range| text.get(range)).unwrap_or_default().trim();
    if parser_says.contains("duplicate") && !word.is_empty() {
        let name = word.trim_matches(['[', ']', '"']);
        let start = span.map_or(0, |span| span.start as usize);
        let first = text[..start].lines().position(|line| {
            let line = line.trim_start().trim_start_matches('[');
            line.strip_prefix(name).is_some_and(|tail| tail.trim_start().starts_with(['=', ']', '.']))
        });
        let where_first =
            first.map_or_else(String::new, |line| format!("; the first is in line {}", line + 1));
        let finding = Diagnostic::new(Code::TomlSyntax, span, format!("`{name}` stands twice{where_first}"));
        return finding.hint("keep one of the two; the first counts here");
    }
    let finding = Diagnostic::new(Code::TomlSyntax, span, "this is not written as book.toml wants it");
    finding.hint(
        "write `key = \"words\"`, `key = 3`, `key = [\"one\", \"two\"]`, or `[table]` on a line of its own",
    )
}

/// The way from the parser's tree to ours, with places in the author's text.
struct Converter<'c> {
    file: FileId,
    text: &'c str,
    original: &'c dyn Fn(usize) -> usize,
}

impl Converter<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        let range = whole_characters(self.text, (self.original)(range.start)..(self.original)(range.end));
        Span::new(self.file, range.start, range.end)
    }

    fn table(&self, range: Range<usize>, table: &DeTable<'_>) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_span: self.span(&key.span()),
                node: self.node(value),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Table { entries, span: Some(self.span(&range)) }
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let range = value.span();
        let datum = match value.get_ref() {
            DeValue::String(text) if text == UNREAD => Datum::Unread,
            DeValue::String(text) if is_blank(text) => Datum::Text(String::new()),
            DeValue::String(text) => Datum::Text(text.to_string()),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or_else(|_| Datum::Text(number.as_str().to_owned()), Datum::Integer),
            DeValue::Float(number) => {
                number.as_str().parse().map_or_else(|_| Datum::Text(number.as_str().to_owned()), Datum::Real)
            }
            DeValue::Boolean(flag) => Datum::Flag(*flag),
            DeValue::Datetime(date) => Datum::Date(date.to_string()),
            DeValue::Array(list) => Datum::List(list.iter().map(|item| self.node(item)).collect()),
            DeValue::Table(table) => Datum::Table(self.table(range.clone(), table)),
        };
        Node { datum, span: self.span(&range) }
    }
}
