//! The reading order: `[matter]` of book.toml, and the files that it names.

use super::fields::{Fields, nearest};
use super::folder::{Folder, Unread, decode};
use super::tree::Table;
use crate::book::{MadePage, Matter};
use crate::diag::{Code, Diagnostic, Error, SourceMap, Span};
use crate::sources::{Entry, Item};

/// Reads the reading order and every text in it into `map`.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub fn read(
    table: Option<Table>,
    folder: &Folder,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Entry>, Error> {
    let Some(table) = table else {
        let finding = Diagnostic::new(Code::KeyMissing, None, "book.toml has no [matter]");
        findings.push(
            finding.hint("name the book's files in order: [matter] and below it body = [\"01-first.md\"]"),
        );
        return Ok(Vec::new());
    };
    let span = table.span;
    let mut fields = Fields::new(table, "matter", findings);
    let lists = [(Matter::Front, "front"), (Matter::Body, "body"), (Matter::Back, "back")]
        .map(|(m, key)| (m, fields.texts(key)));
    fields.finish();
    let mut entries: Vec<(String, Entry)> = Vec::new();
    for (matter, names) in lists {
        for (name, span) in names {
            if entries.iter().any(|(other, _)| *other == name) && name != "blank" {
                findings.push(Diagnostic::new(
                    Code::FileRepeated,
                    span,
                    format!("`{name}` stands twice in [matter]"),
                ));
            } else if let Some(item) = item(&name, span, folder, map, findings)? {
                entries.push((name, Entry { matter, item, span: Some(span) }));
            }
        }
    }
    if entries.is_empty() {
        findings.push(Diagnostic::new(Code::KeyMissing, span, "[matter] names no file: the book is empty"));
    }
    report_unused(folder, map, findings);
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// What one name of the reading order stands for.
fn item(
    name: &str,
    span: Span,
    folder: &Folder,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Option<Item>, Error> {
    if !name.ends_with(".md") {
        let page = MadePage::find(name);
        if page.is_none() {
            let message = format!("`{name}` is neither a page that we make nor a file ending in .md");
            let near = nearest(name, MadePage::ALL.iter().map(|(_, name)| *name));
            let hint = near.map_or_else(
                || format!("pages that we make: {}", MadePage::ALL.map(|(_, name)| name).join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            findings.push(Diagnostic::new(Code::ValueInvalid, span, message).hint(hint));
        }
        return Ok(page.map(Item::Made));
    }
    match folder.read(name) {
        Ok(bytes) => Ok(Some(Item::File(add_text(name, bytes, map, findings)))),
        Err(Unread::Machine(error)) => Err(error),
        Err(Unread::Finding(code, message)) => {
            let files = folder.list("", &[".md"]);
            let finding = Diagnostic::new(code, span, message);
            findings.push(match nearest(name, files.iter().map(String::as_str)) {
                Some(near) if code == Code::FileMissing => finding.hint(format!("did you mean `{near}`?")),
                _ => finding,
            });
            Ok(None)
        }
    }
}

fn add_text(
    name: &str,
    bytes: Vec<u8>,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> crate::diag::FileId {
    match decode(bytes) {
        Ok(text) => map.add(name, text),
        Err((text, at, guess)) => {
            let file = map.add(name, text);
            let message = format!("`{name}` is not UTF-8; it looks like {guess}");
            let finding = Diagnostic::new(Code::FileEncoding, Span::new(file, at, at + 1), message);
            findings.push(finding.hint("open it with that encoding and save it as UTF-8"));
            file
        }
    }
}

/// Texts that lie in the folder and that no list names.
fn report_unused(folder: &Folder, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    for name in folder.list("", &[".md"]) {
        let about_the_folder = ["readme", "changelog", "license", "contributing"];
        let lower = name.to_lowercase();
        if map.find(&name).is_none() && !about_the_folder.iter().any(|stem| lower.starts_with(stem)) {
            let named = findings.iter().any(|f| f.message.contains(&format!("`{name}`")));
            if !named {
                let message = format!("`{name}` is in no list of [matter]: it will not be in the book");
                findings.push(Diagnostic::new(Code::FileUnused, None, message));
            }
        }
    }
}
