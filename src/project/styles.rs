//! Styles: a named file of keys, and the keys of book.toml on top of it.

use super::fields::nearest;
use super::folder::{Folder, Unread, decode};
use super::tree::{self, Datum, Node, Table};
use crate::diag::{Code, Diagnostic, Error, FileId, SourceMap, Span};
use crate::style::{KEYS, Refusal, Style, Value};

/// The styles that ship with the tool.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("pamphlet", include_str!("../../styles/pamphlet.toml")),
    ("novel", include_str!("../../styles/novel.toml")),
    ("report", include_str!("../../styles/report.toml")),
];

/// Reads `[style]`: the named style first, then the keys beside the name.
///
/// # Errors
/// When the machine fails to read a style file that is there.
pub fn read(
    table: Option<Table>,
    folder: &Folder,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Style, Error> {
    let mut style = Style::default();
    let mut table = table.unwrap_or_default();
    let named = table.entries.iter().position(|entry| entry.key == "name").map(|i| table.entries.remove(i));
    let name = match named.map(|entry| entry.node) {
        None => Some(("pamphlet".to_owned(), None)),
        Some(Node { datum: Datum::Text(name), span }) => Some((name, Some(span))),
        Some(node) => {
            findings.push(Diagnostic::new(Code::ValueInvalid, node.span, "`name` wants the name of a style"));
            None
        }
    };
    if let Some((name, span)) = name
        && let Some((file, text)) = find(&name, span, folder, map, findings)?
    {
        let keys = tree::parse(file, &text, findings);
        apply(&mut style, keys, "", findings);
    }
    overrule(&mut style, table, findings);
    Ok(style)
}

/// Sets the book's own keys; what it doesn't say of the page follows its trim.
fn overrule(style: &mut Style, table: Table, findings: &mut Vec<Diagnostic>) {
    let named = style.page.clone();
    let said = said_of_the_page(&table);
    apply(style, table, "", findings);
    style.follow_trim(&named, |key| said.iter().any(|said| said == key));
}

/// The keys of `[style.page]` that the book gives itself.
fn said_of_the_page(table: &Table) -> Vec<String> {
    let pages = table.entries.iter().filter(|entry| entry.key == "page");
    let keys = pages.filter_map(|entry| match &entry.node.datum {
        Datum::Table(page) => Some(page.entries.iter().map(|entry| entry.key.clone())),
        _ => None,
    });
    keys.flatten().collect()
}

/// The file of a named style: the book's own before ours.
fn find(
    name: &str,
    span: Option<Span>,
    folder: &Folder,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<(FileId, String)>, Error> {
    let path = format!("styles/{name}.toml");
    match folder.read(&path) {
        Ok(bytes) => {
            let text = decode(bytes).unwrap_or_else(|(text, ..)| text);
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
        let message = format!("there is no style `{name}`: neither {path} nor one of ours");
        let ours = BUILT_IN.map(|(name, _)| name);
        let hint = match nearest(name, ours.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("ours are {}", ours.join(", ")),
        };
        findings.push(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
    }
    Ok(built_in.map(|(name, text)| (map.add(format!("(built in) {name}.toml"), *text), (*text).to_owned())))
}

/// Sets every key of `table`, which is `[prefix]` of a style.
fn apply(style: &mut Style, table: Table, prefix: &str, findings: &mut Vec<Diagnostic>) {
    for entry in table.entries {
        let Node { datum, span } = entry.node;
        if let Datum::Table(inner) = datum {
            let path = if prefix.is_empty() { entry.key } else { format!("{prefix}.{}", entry.key) };
            apply(style, inner, &path, findings);
            continue;
        }
        match style.set(prefix, &entry.key, &value(datum)) {
            Ok(()) => {}
            Err(Refusal::Unknown) => findings.push(unknown(prefix, &entry.key, entry.key_span)),
            Err(Refusal::Invalid(message)) => {
                let message = format!("`{}`: {message}", entry.key);
                findings.push(Diagnostic::new(Code::ValueInvalid, span, message));
            }
        }
    }
}

fn unknown(table: &str, key: &str, span: Span) -> Diagnostic {
    let path = if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") };
    let finding = Diagnostic::new(Code::KeyUnknown, span, format!("`{path}` is not a key of a style"));
    let known: Vec<String> = KEYS.iter().map(|key| format!("{}.{}", key.table, key.name)).collect();
    match nearest(&path, known.iter().map(String::as_str)) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint("`pamphleteer schema` lists every key"),
    }
}

fn value(datum: Datum) -> Value {
    match datum {
        Datum::Text(text) | Datum::Date(text) => Value::Text(text),
        Datum::Integer(number) => Value::Integer(number),
        Datum::Real(number) => Value::Real(number),
        Datum::Flag(flag) => Value::Flag(flag),
        Datum::List(list) => Value::List(list.into_iter().map(|node| value(node.datum)).collect()),
        Datum::Table(_) => Value::List(Vec::new()),
    }
}
