//! The reading order: `[matter]` of book.toml, and the files that it names.

use super::fields::Fields;
use super::folder::{Folder, Unread};
use super::tree::Table;
use crate::book::{GeneratedPage, Matter};
use crate::bounds;
use crate::diag::{Code, Diagnostic, Error, SourceMap, Span, nearest};
use crate::encoding::decode;
use crate::sources::{Entry, Item};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// What people call pages that we make, besides our names; small letters and hyphens.
const OTHER_PAGES: [(&str, GeneratedPage); 20] = [
    ("blank-page", GeneratedPage::Blank),
    ("contents-page", GeneratedPage::Contents),
    ("copyright", GeneratedPage::Imprint),
    ("copyright-page", GeneratedPage::Imprint),
    ("credits", GeneratedPage::Imprint),
    ("empty", GeneratedPage::Blank),
    ("endnotes", GeneratedPage::Notes),
    ("footnotes", GeneratedPage::Notes),
    ("front-cover", GeneratedPage::Cover),
    ("half-title-page", GeneratedPage::HalfTitle),
    ("halftitle", GeneratedPage::HalfTitle),
    ("impressum", GeneratedPage::Imprint),
    ("imprint-page", GeneratedPage::Imprint),
    ("legal", GeneratedPage::Imprint),
    ("rights", GeneratedPage::Imprint),
    ("table-of-contents", GeneratedPage::Contents),
    ("title", GeneratedPage::TitlePage),
    ("titlepage", GeneratedPage::TitlePage),
    ("toc", GeneratedPage::Contents),
    ("verso", GeneratedPage::Imprint),
];

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
        let files = folder.list("", &[".md"]).into_iter().filter(|name| !is_about_the_folder(name));
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
    let mut reader = Reader::new(folder, map, findings);
    reader.typed = lists.iter().flat_map(|(_, names)| names).map(|(name, _)| name.clone()).collect();
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
    /// All names of the lists as they were typed: none of them is meant by another.
    typed: BTreeSet<String>,
    /// The files of the folders that were looked into.
    files: BTreeMap<String, Rc<Files>>,
    /// Bytes of the texts so far.
    bytes: usize,
}

/// The files of a folder: their names, and which name has a composed form.
struct Files {
    names: Vec<String>,
    by_form: BTreeMap<String, String>,
}

impl Files {
    /// The file whose name is the same, whatever its form.
    fn same(&self, name: &str) -> Option<&String> {
        self.by_form.get(&nfc(name))
    }
}

impl<'r> Reader<'r> {
    fn new(folder: &'r Folder, map: &'r mut SourceMap, findings: &'r mut Vec<Diagnostic>) -> Reader<'r> {
        let (seen, typed) = (BTreeSet::new(), BTreeSet::new());
        Reader { folder, map, findings, seen, typed, files: BTreeMap::new(), bytes: 0 }
    }

    /// The files of a folder, read once.
    fn files(&mut self, home: &str) -> Rc<Files> {
        if let Some(files) = self.files.get(home) {
            return Rc::clone(files);
        }
        let names = self.folder.list(home, &[""]);
        let mut by_form = BTreeMap::new();
        for name in &names {
            by_form.entry(nfc(name)).or_insert_with(|| name.clone());
        }
        let files = Rc::new(Files { names, by_form });
        self.files.insert(home.to_owned(), Rc::clone(&files));
        files
    }

    /// What one name of the reading order stands for, and its right name.
    fn item(&mut self, typed: &str, span: Span) -> Result<Option<(String, Item)>, Error> {
        let tidied = self.tidy(typed, span);
        if tidied.is_empty() {
            return Ok(self.refuse(
                Code::ValueInvalid,
                span,
                "an empty name stands in [matter]",
                "delete it",
            ));
        }
        let Some(name) = self.right_name(&tidied, span) else { return Ok(None) };
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

    /// A name with `/` between folders and nothing around it.
    fn tidy(&mut self, typed: &str, span: Span) -> String {
        let name = typed.trim().trim_start_matches("./").to_owned();
        if !name.contains('\\') {
            return name;
        }
        let name = name.replace('\\', "/");
        let message = format!("a backslash stands between the folders of `{typed}`");
        self.findings
            .push(Diagnostic::new(Code::ValueInvalid, span, message).hint(format!("write \"{name}\"")));
        name
    }

    /// The name that is there: a page that we make, or a file. What differs
    /// from it by more than Unicode's forms is a finding that offers it.
    fn right_name(&mut self, name: &str, span: Span) -> Option<String> {
        if GeneratedPage::find(name).is_some() {
            return Some(name.to_owned());
        }
        let (home, _) = name.rsplit_once('/').unwrap_or(("", name));
        let files = self.files(home);
        let is_text = |name: &str| name.to_lowercase().ends_with(".md");
        if is_text(name)
            && let Some(file) = files.same(name)
        {
            return Some(file.clone());
        }
        if is_text(name) && (files.names.is_empty() || name.contains("..") || name.starts_with('/')) {
            // The folder says what is wrong with it.
            return Some(name.to_owned());
        }
        let inside = self.first_inside(name);
        let meant = if inside.is_some() { None } else { self.meant(name, &files.names) };
        let message = match (is_text(name), files.same(name).is_some()) {
            (true, _) => format!("there is no file `{name}`"),
            (false, true) => format!("the name of `{name}` does not end in .md"),
            (false, false) => format!("`{name}` is neither a page that we make nor a file ending in .md"),
        };
        let code = if is_text(name) { Code::FileMissing } else { Code::ValueInvalid };
        let hint = match (&meant, inside) {
            (Some(meant), _) => format!("did you mean \"{meant}\"?"),
            (None, Some(first)) => format!("it is a folder: name its files one by one, such as \"{first}\""),
            (None, None) if name.contains(['*', '?']) => {
                "each name stands for one file: name your texts one by one, in their order".to_owned()
            }
            (None, None) if is_text(name) => FROM_HERE.to_owned(),
            (None, None) if files.same(name).is_some() => into_markdown(name),
            (None, None) => {
                format!("pages that we make: {}", GeneratedPage::ALL.map(|(_, name)| name).join(", "))
            }
        };
        self.refuse(code, span, &message, &hint).or(meant)
    }

    /// What is most likely meant by a name that is not there.
    fn meant(&self, name: &str, files: &[String]) -> Option<String> {
        // each asks every file of the folder
        if self.findings.len() > bounds::FINDINGS.count() {
            return None;
        }
        let folded = |name: &str| nfc(name).to_lowercase().replace([' ', '_'], "-");
        let wanted = folded(name);
        let is_free = |file: &&String| file.to_lowercase().ends_with(".md") && !self.typed.contains(*file);
        let texts = || files.iter().filter(is_free);
        let by_case = texts().find(|file| folded(file) == wanted || folded(file) == format!("{wanted}.md"));
        if let Some(file) = by_case {
            return Some(file.clone());
        }
        if let Some(file) = self.in_a_folder(name) {
            return Some(file);
        }
        let page = OTHER_PAGES.iter().find(|(other, _)| *other == wanted).map(|(_, page)| page.name());
        if let Some(page) = page.or_else(|| GeneratedPage::find(&wanted).map(GeneratedPage::name)) {
            return Some(page.to_owned());
        }
        let pages = GeneratedPage::ALL.iter().map(|(_, name)| *name).filter(|_| !name.contains('.'));
        let near = nearest(&wanted, pages.chain(texts().map(String::as_str)));
        let number = |name: &str| name.chars().take_while(char::is_ascii_digit).collect::<String>();
        // `01-one.md` is no slip for `02-one.md`, `O2-one.md` and `two.md` may be
        let is_slip = |near: &str| {
            let bare = near.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' '));
            number(near) == number(name)
                || number(name).is_empty() && (bare == name || near.get(1..) == name.get(1..))
        };
        near.filter(|near| is_slip(near)).map(str::to_owned)
    }

    /// The text of that name in a folder beside book.toml, when it is named without the folder.
    fn in_a_folder(&self, name: &str) -> Option<String> {
        if name.contains('/') || !name.ends_with(".md") {
            return None;
        }
        let homes = self.folder.folders().into_iter();
        homes
            .flat_map(|home| self.folder.list(&home, &[".md"]))
            .find(|file| file.rsplit('/').next().is_some_and(|last| nfc(last) == nfc(name)))
    }

    /// The first text in the folder of that name.
    fn first_inside(&self, name: &str) -> Option<String> {
        self.folder.list(name.trim_end_matches('/'), &[".md"]).into_iter().next()
    }

    fn refuse<T>(&mut self, code: Code, span: Span, message: &str, hint: &str) -> Option<T> {
        self.findings.push(Diagnostic::new(code, span, message).hint(hint));
        None
    }
}

/// How a text comes into the book that is named by an address or by its place on the machine.
fn from_outside(name: &str) -> Option<String> {
    let file = name.rsplit('/').next().filter(|file| !file.is_empty())?;
    if name.contains("://") {
        return Some(format!("texts are not fetched: save it into the book's folder, and write \"{file}\""));
    }
    let is_outside = name.starts_with('/') || name.contains("..") || name.contains(':');
    is_outside.then(|| format!("copy the file into the book's folder, and write \"{file}\""))
}

/// What to do with a file that is no Markdown by its name.
fn into_markdown(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    match ending.as_str() {
        "docx" | "odt" | "epub" | "html" | "htm" | "xhtml" => {
            format!("turn it into Markdown: pamphleteer import {name} --into NEW-FOLDER")
        }
        "doc" | "rtf" | "pages" | "wps" => {
            "save it as a Word file (.docx), and turn that into Markdown: pamphleteer import FILE.docx"
                .to_owned()
        }
        "pdf" => "a PDF holds no text to build from: take the file that it was made from".to_owned(),
        _ => "give the file a name that does".to_owned(),
    }
}

/// The composed form of a name: systems store `é` in one sign or in two.
fn nfc(name: &str) -> String {
    name.nfc().collect()
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

/// The hint about a file that is not there, and that no other is like.
pub(super) const FROM_HERE: &str = "write the path as seen from the folder of book.toml";
/// So many files that are not there are told of one by one.
const FEW: usize = 4;

/// Of many files that are not there, one finding tells.
fn gather_missing(findings: &mut Vec<Diagnostic>) {
    let is_missing = |f: &Diagnostic| f.code == Code::FileMissing && f.hint.as_deref() == Some(FROM_HERE);
    let places: Vec<usize> = (0..findings.len()).filter(|at| is_missing(&findings[*at])).collect();
    let Some((first, others)) = places.split_first().filter(|(_, others)| others.len() >= FEW) else {
        return;
    };
    let names: Vec<&str> = others
        .iter()
        .filter_map(|at| findings[*at].message.strip_prefix("there is no file "))
        .take(NAMED)
        .collect();
    let more = others.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let told = format!("; nor {}{more}", names.join(", "));
    findings[*first].message += &told;
    let mut at = 0;
    findings.retain(|_| {
        at += 1;
        !others.contains(&(at - 1))
    });
}

/// How many forgotten texts are named.
const NAMED: usize = 8;

/// Texts that lie beside those of the book and that no list names: told of once.
fn report_unused(folder: &Folder, entries: &[(String, Entry)], findings: &mut Vec<Diagnostic>) {
    let mut homes: Vec<&str> = vec![""];
    homes.extend(entries.iter().filter_map(|(name, _)| name.rsplit_once('/').map(|(home, _)| home)));
    homes.sort_unstable();
    homes.dedup();
    let mut names: Vec<String> = homes.iter().flat_map(|home| folder.list(home, &[".md"])).collect();
    let listed: BTreeSet<&String> = entries.iter().map(|(name, _)| name).collect();
    names.retain(|name| !listed.contains(name) && !is_about_the_folder(name));
    // what a finding names is told of already; of very many, not all are asked
    if names.len() <= bounds::FINDINGS.count() && findings.len() <= bounds::FINDINGS.count() {
        names.retain(|name| !findings.iter().any(|f| f.message.contains(&format!("`{name}`"))));
    }
    let count = names.len();
    let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let message = match count {
        0 => return,
        1 => format!("{} is in no list of [matter]: it will not be in the book", shown.concat()),
        _ => format!("{}{more} are in no list of [matter]: they will not be in the book", shown.join(", ")),
    };
    let hint = if count == 1 {
        "add it to a list of [matter], or move it out of the folder"
    } else {
        "add them to the lists of [matter], or move them out of the folder"
    };
    findings.push(Diagnostic::new(Code::FileUnused, None, message).hint(hint));
}

/// Whether a file tells of the folder and is no text of the book: README.md, NOTES.md, _old.md.
fn is_about_the_folder(name: &str) -> bool {
    const STEMS: [&str; 7] =
        ["readme", "changelog", "license", "licence", "contributing", "todo", "code_of_conduct"];
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    let shouted = stem.chars().any(char::is_uppercase) && !stem.chars().any(char::is_lowercase);
    let lower = stem.to_lowercase();
    shouted || file.starts_with(['_', '.']) || STEMS.iter().any(|stem| lower.starts_with(stem))
}
