//! The reading order: `[matter]` of book.toml, and the files that it names.

mod names;
mod unlisted;

use super::fields::Fields;
use super::folder::{Folder, Unread};
use super::tree::Table;
use crate::book::{GeneratedPage, Matter};
use crate::bounds;
use crate::diag::{Code, Diagnostic, Error, SourceMap, Span};
use crate::encoding::decode;
use crate::file_names::TEXT_ENDINGS;
use crate::sources::{Entry, Item};
pub(super) use names::FROM_HERE;
use names::{Names, from_outside, nfc, tidy};
use std::collections::BTreeSet;
use unlisted::{gather_missing, is_about_the_folder, report_unused};

/// Reads the reading order and every text in it into `map`.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub(super) fn read(
    table: Option<Table>,
    folder: &Folder,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Entry>, Error> {
    let Some(table) = table else {
        let finding = Diagnostic::new(Code::KeyMissing, None, "book.toml has no [matter]");
        let files = folder.list("", &TEXT_ENDINGS).into_iter().filter(|name| !is_about_the_folder(name));
        let mut names: Vec<String> = files.take(4).map(|name| format!("\"{name}\"")).collect();
        if names.is_empty() {
            names.push("\"01-first.md\"".to_owned());
        }
        let hint =
            format!("name the book's files in order: [matter] and below it body = [{}]", names.join(", "));
        findings.push(finding.hint(hint));
        return Ok(Vec::new());
    };
    let span = table.span;
    let mut fields = Fields::new(table, "matter", findings);
    let body = fields.span_of("body");
    let lists = [(Matter::Front, "front"), (Matter::Body, "body"), (Matter::Back, "back")]
        .map(|(m, key)| (m, fields.texts(key)));
    fields.finish();
    if lists.iter().all(|(matter, names)| *matter != Matter::Body || names.is_empty())
        && !is_told_of(body, findings)
    {
        let code = if body.is_some() { Code::ValueInvalid } else { Code::KeyMissing };
        let finding = Diagnostic::new(code, body.or(span), "`body` names no text: the book is empty");
        findings
            .push(finding.hint("write `body = [\"01-first.md\"]`, with the names of your texts in order"));
    }
    let typed = lists.iter().flat_map(|(_, names)| names).map(|(name, _)| name.clone()).collect();
    let mut reader = Reader::new(Names::new(folder, typed), folder, map, findings);
    let mut entries: Vec<(String, Entry)> = Vec::new();
    for (matter, names) in lists {
        for (name, span) in names {
            if entries.len() == bounds::FILES.count() {
                let found = entries.len() + 1;
                reader.findings.push(Diagnostic::too_much("[matter]", &bounds::FILES, found, span));
                return Ok(Vec::new());
            }
            let Some((name, item)) = reader.item(&name, span)? else { continue };
            entries.push((name, Entry { matter, item, span: Some(span) }));
        }
    }
    let holds_text = entries.iter().any(|(_, entry)| matches!(entry.item, Item::File(_)));
    if let Some(body) = body.filter(|_| !entries.is_empty() && !holds_text)
        && !is_told_of(Some(body), findings)
    {
        let message = "[matter] names pages that we make, and no text: the book is empty";
        let finding = Diagnostic::new(Code::ValueInvalid, body, message);
        findings
            .push(finding.hint("write `body = [\"01-first.md\"]`, with the names of your texts in order"));
    }
    gather_missing(findings);
    report_unused(folder, &entries, findings);
    Ok(with_notes(entries.into_iter().map(|(_, entry)| entry).collect()))
}

/// The reading order with a place for notes at the end of the book: before the colophon, which
/// is its last page. Nothing stands there when no notes do.
fn with_notes(mut entries: Vec<Entry>) -> Vec<Entry> {
    let is = |entry: &Entry, page| matches!(entry.item, Item::Made(made) if made == page);
    if !entries.is_empty() && !entries.iter().any(|entry| is(entry, GeneratedPage::Notes)) {
        let colophon = |entry: &Entry| entry.matter == Matter::Back && is(entry, GeneratedPage::Colophon);
        let at = entries.iter().position(colophon).unwrap_or(entries.len());
        let item = Item::Made(GeneratedPage::Notes);
        entries.insert(at, Entry { matter: Matter::Back, item, span: None });
    }
    entries
}

/// Whether a finding stands inside that value already.
fn is_told_of(span: Option<Span>, findings: &[Diagnostic]) -> bool {
    let Some(span) = span else { return false };
    let inside = |other: Span| other.file == span.file && span.start <= other.start && other.end <= span.end;
    findings.iter().any(|finding| finding.span.is_some_and(inside))
}

/// Reads what the names stand for.
struct Reader<'r> {
    folder: &'r Folder,
    map: &'r mut SourceMap,
    findings: &'r mut Vec<Diagnostic>,
    /// The names so far, in their composed form.
    seen: BTreeSet<String>,
    names: Names<'r>,
    /// Bytes of the texts so far.
    bytes: usize,
}

impl<'r> Reader<'r> {
    fn new(
        names: Names<'r>,
        folder: &'r Folder,
        map: &'r mut SourceMap,
        findings: &'r mut Vec<Diagnostic>,
    ) -> Reader<'r> {
        Reader { folder, map, findings, seen: BTreeSet::new(), names, bytes: 0 }
    }

    /// What one name of the reading order stands for, and its right name.
    fn item(&mut self, typed: &str, span: Span) -> Result<Option<(String, Item)>, Error> {
        let tidied = tidy(typed, span, self.findings);
        if tidied.is_empty() {
            let finding = Diagnostic::new(Code::ValueInvalid, span, "an empty name stands in [matter]");
            self.findings.push(finding.hint("delete it"));
            return Ok(None);
        }
        let Some(name) = self.names.right(&tidied, span, self.findings) else { return Ok(None) };
        if name != GeneratedPage::Blank.name() && self.seen.contains(&nfc(&name)) {
            if nfc(&name) != nfc(&tidied) {
                return Ok(None);
            }
            let finding =
                Diagnostic::new(Code::FileRepeated, span, format!("`{typed}` stands twice in [matter]"));
            self.findings.push(finding.hint("delete one of the two"));
            return Ok(None);
        }
        if let Some(page) = GeneratedPage::find(&name) {
            self.seen.insert(nfc(&name));
            return Ok(Some((name, Item::Made(page))));
        }
        match self.folder.read(&name) {
            Ok(bytes) if !self.have_room(&name, bytes.len(), span) => Ok(None),
            Ok(bytes) => {
                self.seen.insert(nfc(&name));
                let file = add_text(&name, bytes, self.map, self.findings);
                Ok(Some((name, Item::File(file))))
            }
            Err(Unread::Machine(error)) => Err(error),
            Err(Unread::Finding(code, message)) => {
                let finding = Diagnostic::new(code, span, message);
                let here = || (code == Code::FileMissing).then(|| FROM_HERE.to_owned());
                let outside = from_outside(&name).filter(|_| code != Code::FileTooLarge);
                self.findings.push(match outside.or_else(here) {
                    Some(hint) => finding.hint(hint),
                    None => finding,
                });
                Ok(None)
            }
        }
    }

    /// Whether the book may hold a text of so many bytes besides those before it.
    fn have_room(&mut self, name: &str, bytes: usize, span: Span) -> bool {
        if bounds::TEXT.is_exceeded_by(bytes) {
            let too_much = Diagnostic::too_much(&format!("`{name}`"), &bounds::TEXT, bytes, span);
            let finding = Diagnostic::new(Code::FileTooLarge, span, too_much.message);
            self.findings.push(finding.hint("divide it into several texts"));
            return false;
        }
        let before = self.bytes;
        self.bytes += bytes;
        if bounds::TEXTS.is_exceeded_by(self.bytes) {
            if !bounds::TEXTS.is_exceeded_by(before) {
                let finding = Diagnostic::too_much("the book", &bounds::TEXTS, self.bytes, span);
                self.findings.push(finding.hint("make it in several volumes"));
            }
            return false;
        }
        true
    }
}

/// Says that a file is in an encoding that can only be guessed.
pub(super) fn not_utf_8(name: &str, span: Span, guess: &str) -> Diagnostic {
    let message = format!("`{name}` is not UTF-8; it looks like {guess}");
    Diagnostic::new(Code::FileEncoding, span, message).hint("open it with that encoding and save it as UTF-8")
}

fn add_text(
    name: &str,
    bytes: Vec<u8>,
    map: &mut SourceMap,
    findings: &mut Vec<Diagnostic>,
) -> crate::diag::FileId {
    match decode(bytes) {
        Ok(text) => map.add(name, text),
        Err(wrong) => {
            let place = wrong.place();
            let file = map.add(name, wrong.text);
            findings.push(not_utf_8(name, Span::new(file, place.start, place.end), wrong.encoding));
            file
        }
    }
}
