//! Styles: a named file of keys, and the keys of book.toml on top of it.

use super::catalogue::in_records;
use super::folder::Unread;
use super::guess::{invalid, unknown_key};
use super::homes::Homes;
use super::token::token;
use super::tree::{self, Datum, Node, Table};
use crate::book::Lang;
use crate::bounds;
use crate::diag::{Code, Diagnostic, Error, FileId, SourceMap, Span, nearest};
use crate::encoding::decode;
use crate::style::{Key, Kind, Own, Refusal, Style, Value, characters, fault_of};

/// The styles that ship with the tool.
pub const BUILT_IN: [(&str, &str); 11] = [
    ("pamphlet", include_str!("../../styles/pamphlet.toml")),
    ("novel", include_str!("../../styles/novel.toml")),
    ("thriller", include_str!("../../styles/thriller.toml")),
    ("literary", include_str!("../../styles/literary.toml")),
    ("memoir", include_str!("../../styles/memoir.toml")),
    ("poetry", include_str!("../../styles/poetry.toml")),
    ("textbook", include_str!("../../styles/textbook.toml")),
    ("report", include_str!("../../styles/report.toml")),
    ("modern", include_str!("../../styles/modern.toml")),
    ("letterpress", include_str!("../../styles/letterpress.toml")),
    ("large-print", include_str!("../../styles/large-print.toml")),
];

/// The style of that name that ships with the tool.
#[must_use]
pub fn built_in(name: &str) -> Option<Style> {
    let (_, text) = BUILT_IN.iter().find(|(built_in, _)| *built_in == name)?;
    let (mut map, mut findings, mut styled) = (SourceMap::default(), Vec::new(), Styled::default());
    let keys = tree::parse(map.add("", *text), text, &mut findings);
    styled.lay(keys, &mut findings);
    Some(styled.style)
}

/// The style of a book, and where its keys stand.
#[derive(Default)]
pub(super) struct Styled {
    /// The style.
    pub style: Style,
    /// The keys that the book or its own style file gives.
    given: Vec<Given>,
}

impl Styled {
    /// Where the value of a key stands, when somebody gives it.
    pub(super) fn span_of(&self, table: &str, name: &str) -> Option<Span> {
        let same = |given: &&Given| given.own.table == table && given.own.name == name;
        self.given.iter().rfind(same).map(|given| given.span)
    }

    /// The keys that were given, with the places of their values.
    pub(super) fn places(&self) -> Vec<((String, String), Span)> {
        let place = |given: &Given| ((given.own.table.clone(), given.own.name.clone()), given.span);
        self.given.iter().map(place).collect()
    }
}

/// A key with the place of its value.
#[derive(Clone)]
struct Given {
    own: Own,
    span: Span,
}

/// Reads `[style]`: the named style first, then the keys beside the name. Each
/// is laid on what is there, and what it leaves unsaid follows.
///
/// # Errors
/// When the machine fails to read a style file that is there.
pub(super) fn read(
    table: Option<Table>,
    language: &Lang,
    homes: &Homes<'_>,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Styled, Error> {
    let mut styled = Styled::default();
    let mut table = table.unwrap_or_default();
    let named = table.entries.iter().position(|entry| entry.key == "name").map(|i| table.entries.remove(i));
    let name = match named.map(|entry| entry.node) {
        None => Some(("pamphlet".to_owned(), None)),
        Some(Node { datum: Datum::Text(name), span }) if name.trim().is_empty() => {
            let finding = Diagnostic::new(Code::ValueInvalid, span, "the name of the style is empty");
            let ours = BUILT_IN.map(|(name, _)| name).join(", ");
            findings.push(finding.hint(format!("leave the line out, or write one of {ours}")));
            None
        }
        Some(Node { datum: Datum::Text(name), span }) => Some((name, Some(span))),
        Some(node) => {
            findings.push(Diagnostic::new(
                Code::ValueInvalid,
                node.span,
                "`name` wants the name of a style in quotation marks",
            ));
            None
        }
    };
    let named_ours = name.as_ref().is_none_or(|(name, _)| BUILT_IN.iter().any(|(ours, _)| ours == name));
    if let Some((name, span)) = name
        && let Some((file, text)) = find(&name, span, homes, map, findings)?
    {
        let keys = tree::parse(file, &text, findings);
        styled.lay(keys, findings);
    }
    let of_style = styled.style.text.fallback.clone();
    if language.has_marks_around_letters() && named_ours {
        styled.part_lines();
    }
    let own = styled.lay(table, findings);
    styled.fall_back_on(of_style);
    findings.extend(line_length(&styled.style, &own));
    Ok(styled)
}

/// How much farther apart lines stand whose letters have marks above and below them.
const PARTED: f64 = 1.4;

impl Styled {
    /// Sets the lines of a style that was made for Latin letters farther apart, and fewer of them on a page.
    fn part_lines(&mut self) {
        let apart = |table: &str, points: f64| Own {
            table: table.to_owned(),
            name: "leading".to_owned(),
            value: Value::Text(format!("{:.2}pt", points * PARTED)),
        };
        let own =
            [apart("text", self.style.leading().to_pt()), apart("notes", self.style.note_leading().to_pt())];
        // On paper with too little room for it, the style's own leading stays.
        if fault_of(&self.style, &own).is_none() {
            self.style = self.style.with(&own);
        }
    }

    /// Keeps the families that a style falls back on behind those that the book adds: its
    /// own face needs them, whatever book it is chosen for.
    fn fall_back_on(&mut self, families: Vec<String>) {
        let known = &mut self.style.text.fallback;
        for family in families {
            if !known.contains(&family) {
                known.push(family);
            }
        }
    }

    /// Lays the keys of a table on the style; those that it took. A key with
    /// which the style cannot work is a finding, and left out, so that what is
    /// set next is set on pages that are possible.
    fn lay(&mut self, table: Table, findings: &mut Vec<Diagnostic>) -> Vec<Given> {
        let mut given = Vec::new();
        gather(table, "", &mut given, findings);
        loop {
            let own: Vec<Own> = given.iter().map(|given| given.own.clone()).collect();
            let Some(fault) = fault_of(&self.style, &own) else {
                self.style = self.style.with(&own);
                self.given.extend(given.iter().cloned());
                return given;
            };
            let Given { span, .. } = given.remove(fault.key);
            findings.push(Diagnostic::new(Code::StyleImpossible, span, fault.message).hint(fault.hint));
        }
    }
}

/// The characters to a line that the eye follows with ease, and how far beside
/// that a book may go before it is told.
const EASY_LINE: (u32, u32) = (45, 80);
const UNEASY_LINE: (u32, u32) = (40, 90);

/// Tells of lines that are far too long or too short, at the key that made them so.
fn line_length(style: &Style, own: &[Given]) -> Option<Diagnostic> {
    let count = characters(style);
    if (UNEASY_LINE.0..=UNEASY_LINE.1).contains(&count) {
        return None;
    }
    let keys = [("page", "measure"), ("text", "size"), ("page", "inside"), ("page", "trim")];
    let found = |(table, name): (&str, &str)| {
        own.iter().find(|given| given.own.table == table && given.own.name == name)
    };
    let given = keys.into_iter().find_map(found)?;
    let message = format!(
        "`{}.{}` makes lines of about {count} characters; {} to {} are easy to read",
        given.own.table, given.own.name, EASY_LINE.0, EASY_LINE.1
    );
    let hint = if count < EASY_LINE.0 {
        "make `page.measure` wider or `text.size` smaller"
    } else {
        "make `page.measure` narrower or `text.size` larger"
    };
    Some(Diagnostic::new(Code::LineLength, given.span, message).hint(hint))
}

/// The file of a named style: the book's own before that of the catalogue, and ours last.
fn find(
    name: &str,
    span: Option<Span>,
    homes: &Homes<'_>,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<(FileId, String)>, Error> {
    let mut path = format!("styles/{name}.toml");
    let mut read = homes.book.read(&path);
    if let (Err(Unread::Finding(Code::FileMissing, _)), Some(shared)) = (&read, homes.styles()) {
        read = shared.read(&format!("{name}.toml"));
        path = in_records(&path);
    }
    match read {
        Ok(bytes) if bounds::SETTINGS.is_exceeded_by(bytes.len()) => {
            let what = format!("`{path}`");
            findings.push(Diagnostic::too_much(&what, &bounds::SETTINGS, bytes.len(), span));
            return Ok(None);
        }
        Ok(bytes) => {
            let text = decode(bytes).unwrap_or_else(|wrong| wrong.text);
            return Ok(Some((map.add(path, text.clone()), text)));
        }
        Err(Unread::Machine(error)) => return Err(error),
        Err(Unread::Finding(Code::FileMissing, _)) => {}
        Err(Unread::Finding(code, message)) => {
            findings.push(Diagnostic::new(code, span, message));
            return Ok(None);
        }
    }
    let built_in = BUILT_IN.iter().find(|(built_in, _)| *built_in == name);
    if built_in.is_none() {
        let message = format!("there is no style `{name}`: neither styles/{name}.toml nor one of ours");
        let ours = BUILT_IN.map(|(name, _)| name);
        let hint = match nearest(name, ours.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("ours are {}", ours.join(", ")),
        };
        findings.push(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
    }
    Ok(built_in.map(|(name, text)| (map.add(format!("(built in) {name}.toml"), *text), (*text).to_owned())))
}

/// Gathers every key of `table`, which is `[prefix]` of a style; what cannot be
/// set is a finding.
fn gather(table: Table, prefix: &str, given: &mut Vec<Given>, findings: &mut Vec<Diagnostic>) {
    for entry in table.entries {
        let Node { datum, span } = entry.node;
        if matches!(datum, Datum::Unread) {
            continue;
        }
        if let Datum::Table(inner) = datum {
            let path = if prefix.is_empty() { entry.key } else { format!("{prefix}.{}", entry.key) };
            gather(inner, &path, given, findings);
            continue;
        }
        // `"text.size" = …`: a path between quotation marks is one all the same
        let (table, name) = match entry.key.rsplit_once('.') {
            Some((table, name)) if prefix.is_empty() => (table.to_owned(), name.to_owned()),
            _ => (prefix.to_owned(), entry.key),
        };
        let value = read_alike(&table, &name, value(datum));
        let own = Own { table, name, value };
        match Style::default().set(&own.table, &own.name, &own.value) {
            Ok(()) => match unfit(&own) {
                Some((message, hint)) => {
                    findings.push(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
                }
                None => given.push(Given { own, span }),
            },
            Err(Refusal::Unknown) => findings.push(unknown_key(&own, entry.key_span)),
            Err(Refusal::Invalid(message)) => findings.push(invalid(&own, span, &message)),
        }
    }
}

/// What is wrong with a value of the right kind, and what to do about it.
fn unfit(own: &Own) -> Option<(String, &'static str)> {
    if (own.table.as_str(), own.name.as_str()) != ("text", "exceptions") {
        return None;
    }
    let is_word = |word: &str| {
        word.contains(char::is_alphabetic)
            && !word.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
    };
    let words = match &own.value {
        Value::List(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let no_word = words.iter().find(|value| matches!(value, Value::Text(word) if !is_word(word.trim())))?;
    let message = format!("`text.exceptions`: {no_word} is not a word");
    Some((
        message,
        "write each word by itself, with hyphens where it may be divided: [\"mani-fest\", \"pamphlet\"]",
    ))
}

/// A value of a style without what stands around it; one that is no words of the author's in
/// letters and digits of usual width.
fn read_alike(table: &str, name: &str, value: Value) -> Value {
    let is_words = Key::find(table, name).is_some_and(|key| matches!(key.kind, Kind::Words | Kind::List));
    match value {
        Value::Text(text) if is_words => Value::Text(text.trim().to_owned()),
        Value::Text(text) => Value::Text(token(&text)),
        other => other,
    }
}

fn value(datum: Datum) -> Value {
    match datum {
        Datum::Text(text) | Datum::Date(text) => Value::Text(text),
        Datum::Integer(number) => Value::Integer(number),
        Datum::Real(number) => Value::Real(number),
        Datum::Flag(flag) => Value::Flag(flag),
        Datum::List(list) => Value::List(list.into_iter().map(|node| value(node.datum)).collect()),
        Datum::Table(_) | Datum::Unread => Value::List(Vec::new()),
    }
}
