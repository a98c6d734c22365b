//! What a name of the reading order stands for, and what is most likely meant by one that is
//! not there.

use crate::book::GeneratedPage;
use crate::bounds;
use crate::diag::{Code, Diagnostic, Span, nearest};
use crate::file_names::{TEXT_ENDINGS, is_text};
use crate::project::folder::Folder;
use crate::project::foreign::by_name as foreign_by_name;
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

/// The names that a folder has for those of the reading order.
pub(super) struct Names<'r> {
    folder: &'r Folder,
    /// All names of the lists as they were typed: none of them is meant by another.
    typed: BTreeSet<String>,
    /// The files of the folders that were looked into.
    files: BTreeMap<String, Rc<Files>>,
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

impl<'r> Names<'r> {
    pub(super) fn new(folder: &'r Folder, typed: BTreeSet<String>) -> Names<'r> {
        Names { folder, typed, files: BTreeMap::new() }
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

    /// The name that is there: a page that we make, or a file. What differs
    /// from it by more than Unicode's forms is a finding that offers it.
    pub(super) fn right(&mut self, name: &str, span: Span, findings: &mut Vec<Diagnostic>) -> Option<String> {
        if GeneratedPage::find(name).is_some() {
            return Some(name.to_owned());
        }
        let (home, _) = name.rsplit_once('/').unwrap_or(("", name));
        let files = self.files(home);
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
        let is_pattern = name.contains(['*', '?']);
        let meant = if inside.is_some() || is_pattern {
            None
        } else {
            self.meant(name, &files.names, findings.len())
        };
        let message = match (is_text(name), files.same(name).is_some()) {
            (true, _) => format!("there is no file `{name}`"),
            (false, true) => format!("the name of `{name}` does not end in .md"),
            (false, false) => format!("`{name}` is neither a page that we make nor a file ending in .md"),
        };
        let code = if is_text(name) { Code::FileMissing } else { Code::ValueInvalid };
        let hint = match (&meant, inside) {
            (Some(meant), _) => format!("did you mean \"{meant}\"?"),
            (None, Some(first)) => format!("it is a folder: name its files one by one, such as \"{first}\""),
            (None, None) if is_pattern => {
                "each name stands for one file: name your texts one by one, in their order".to_owned()
            }
            (None, None) if is_text(name) => FROM_HERE.to_owned(),
            (None, None) if files.same(name).is_some() => into_markdown(name),
            (None, None) => {
                format!("pages that we make: {}", GeneratedPage::ALL.map(|(_, name)| name).join(", "))
            }
        };
        findings.push(Diagnostic::new(code, span, message).hint(hint));
        meant
    }

    /// What is most likely meant by a name that is not there.
    fn meant(&self, name: &str, files: &[String], found: usize) -> Option<String> {
        // each asks every file of the folder
        if found > bounds::FINDINGS.count() {
            return None;
        }
        let folded = |name: &str| nfc(name).to_lowercase().replace([' ', '_'], "-");
        let wanted = folded(name);
        let is_free = |file: &&String| is_text(file) && !self.typed.contains(*file);
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
        if name.contains('/') || !is_text(name) {
            return None;
        }
        let homes = self.folder.folders().into_iter();
        homes
            .flat_map(|home| self.folder.list(&home, &TEXT_ENDINGS))
            .find(|file| file.rsplit('/').next().is_some_and(|last| nfc(last) == nfc(name)))
    }

    /// The first text in the folder of that name.
    fn first_inside(&self, name: &str) -> Option<String> {
        self.folder.list(name.trim_end_matches('/'), &TEXT_ENDINGS).into_iter().next()
    }
}

/// A name with `/` between folders and nothing around it.
pub(super) fn tidy(typed: &str, span: Span, findings: &mut Vec<Diagnostic>) -> String {
    let name = typed.trim().trim_start_matches("./").to_owned();
    if !name.contains('\\') {
        return name;
    }
    let name = name.replace('\\', "/");
    let message = format!("a backslash stands between the folders of `{typed}`");
    findings.push(Diagnostic::new(Code::ValueInvalid, span, message).hint(format!("write \"{name}\"")));
    name
}

/// How a text comes into the book that is named by an address or by its place on the machine.
pub(super) fn from_outside(name: &str) -> Option<String> {
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
        "docx" | "odt" | "epub" | "html" | "htm" | "xhtml" | "pdf" => {
            format!("turn it into Markdown: pamphleteer import {name} --into NEW-FOLDER")
        }
        _ => foreign_by_name(name).map_or_else(
            || "give the file a name that does".to_owned(),
            |kind| format!("it is {}: {}", kind.what, kind.way(name)),
        ),
    }
}

/// The hint about a file that is not there, and that no other is like.
pub(in crate::project) const FROM_HERE: &str = "write the path as seen from the folder of book.toml";

/// The composed form of a name: systems store `é` in one sign or in two.
pub(super) fn nfc(name: &str) -> String {
    name.nfc().collect()
}
