//! `pamphleteer build`: the stages in order, and their outputs on the disk.

use super::args::Build;
use super::edition::{Press, Wishes};
use super::findings::{Desk, plural};
use super::manifest::manifest;
use super::{End, book_root, jobs, printers};
use crate::book::Book;
use crate::diag::{Diagnostic, Error, Severity};
use crate::epub::Store;
use crate::pages::Pages;
use crate::project::{Format, Output, Project, load, write_all};
use crate::{epub, lint, manuscript, typeset};

/// An output that was made.
pub struct Made {
    /// The file.
    pub output: Output,
    /// How many pages it has, when it has pages.
    pub pages: Option<usize>,
    /// Which standards it says it keeps.
    pub standards: Vec<String>,
    /// For a wrap, what it was made for.
    pub wrap: Option<serde_json::Value>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// A book that was read, understood and set.
pub struct Proof {
    /// The semantic tree.
    pub book: Book,
    /// Its pages.
    pub pages: Pages,
}

/// Reads, sets and writes a book.
pub fn build(request: &Build, desk: &mut Desk) -> Result<End, Error> {
    let Some(root) = book_root(request.book.as_deref(), desk) else { return Ok(End::Misused) };
    let Some(asked) = asked_formats(&request.to, desk) else { return Ok(End::Misused) };
    let Some(store) = asked_store(request.store.as_deref(), desk)? else { return Ok(End::Misused) };
    let mut findings = Vec::new();
    let project = load(&root, &mut findings)?;
    let printer = request.printer.as_deref().or(project.printer.as_deref());
    let chosen = match printers::find(printer, &root) {
        Ok(chosen) => chosen,
        Err(reason) => {
            desk.say(&format!("error: {reason}\n"));
            return Ok(End::Misused);
        }
    };
    let formats = if asked.is_empty() { project.formats.clone() } else { asked };
    let proof = typeset(&project, Ask::For(&formats), &mut findings);
    let wishes = Wishes { chosen, store, ppi: request.ppi };
    let press = Press::new(&project, &proof, wishes, &mut findings);
    let blocked = findings.iter().any(|finding| finding.severity == Severity::Error);
    let jobs = request.jobs.unwrap_or_else(jobs::usual);
    let made = if blocked { Vec::new() } else { editions(&press, &formats, jobs, &mut findings)? };
    let errors = desk.report(findings, &project.sources.map)?;
    if errors > 0 {
        desk.tell("nothing was written; what an earlier build made is as it was\n");
        return Ok(End::Faulty);
    }
    let mut outputs: Vec<Output> = made.iter().map(|made| made.output.clone()).collect();
    let out = request.out.clone().unwrap_or_else(|| root.join("out"));
    outputs.push(manifest(&project, &proof.pages, &made, &out)?);
    write_all(&out, &outputs)?;
    desk.tell(&table(&made, &out.display().to_string()));
    Ok(End::Done)
}

/// The formats asked for on the command line; none when one is unknown.
fn asked_formats(names: &[String], desk: &mut Desk) -> Option<Vec<Format>> {
    let mut formats = Vec::new();
    for name in names {
        let Some(format) = Format::find(name) else {
            let known = Format::ALL.map(|(_, name)| name).join(", ");
            desk.say(&format!("error: `{name}` is not a format; ours are {known}\n"));
            return None;
        };
        formats.push(format);
    }
    formats.sort();
    formats.dedup();
    Some(formats)
}

/// The shop asked for, by name or as a file; what any shop takes when none is.
fn asked_store(name: Option<&str>, desk: &mut Desk) -> Result<Option<Store>, Error> {
    let name = name.unwrap_or("generic");
    if let Some(store) = Store::named(name) {
        return Ok(Some(store));
    }
    if !name.ends_with(".toml") {
        let names = Store::names().join(", ");
        desk.say(&format!("error: we don't know the shop `{name}`; we know {names}, or NAME.toml\n"));
        return Ok(None);
    }
    let text = std::fs::read_to_string(name).map_err(|e| Error::io(format!("cannot read {name}"), e))?;
    let store = Store::read(&text);
    if let Err(reason) = &store {
        desk.say(&format!("error: {name}: {reason}\n"));
    }
    Ok(store.ok())
}

/// Whether a book is to be set.
#[derive(Clone, Copy, Debug)]
pub enum Ask<'a> {
    /// It is.
    Pages,
    /// It is when one of those formats needs pages. An EPUB does not when it
    /// lists the pages of an older edition.
    For(&'a [Format]),
}

impl Ask<'_> {
    fn wants_pages(self, book: &Book) -> bool {
        match self {
            Ask::Pages => true,
            Ask::For(formats) => formats != [Format::Epub] || !epub::has_pages_of_its_own(book),
        }
    }
}

/// Parses and checks a book, and sets it where that is asked for; else it has
/// no pages.
pub fn typeset(project: &Project, ask: Ask<'_>, findings: &mut Vec<Diagnostic>) -> Proof {
    let book = manuscript::parse(&project.sources).take(findings);
    findings.extend(lint::check(&book, &project.sources.map));
    let pages = if ask.wants_pages(&book) {
        typeset::set(&book, &project.style, &project.fonts).take(findings)
    } else {
        Pages::default()
    };
    Proof { book, pages }
}

/// Makes the editions asked for, several at a time; what several of them find is
/// said once.
fn editions(
    press: &Press<'_>,
    formats: &[Format],
    jobs: usize,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Made>, Error> {
    let make = |index: usize| {
        let mut findings = Vec::new();
        press.make(formats[index], &mut findings).map(|made| (made, findings))
    };
    let mut all = Vec::new();
    for edition in jobs::side_by_side(formats.len(), jobs, make) {
        let (made, found) = edition?;
        all.extend(made);
        // the inside and the cover may find the same
        for finding in found {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    Ok(all)
}

/// The closing table: file, pages, size, seconds.
fn table(made: &[Made], folder: &str) -> String {
    let width = made.iter().map(|made| made.output.name.len()).max().unwrap_or(0);
    let mut text = format!("{} in {folder}\n", plural(made.len(), "file"));
    for made in made.iter().filter(|made| !made.output.name.contains('/')) {
        let pages = made.pages.map(|pages| plural(pages, "page")).unwrap_or_default();
        text += &row(&made.output.name, width, &pages, made.output.bytes.len(), made.seconds);
    }
    let images: Vec<&Made> = made.iter().filter(|made| made.output.name.contains('/')).collect();
    if let Some((folder, _)) = images.first().and_then(|made| made.output.name.rsplit_once('/')) {
        let bytes = images.iter().map(|made| made.output.bytes.len()).sum();
        let seconds = images.iter().map(|made| made.seconds).sum();
        text += &row(&format!("{folder}/"), width, &plural(images.len(), "page"), bytes, seconds);
    }
    text
}

fn row(name: &str, width: usize, pages: &str, bytes: usize, seconds: f64) -> String {
    format!("  {name:width$}  {pages:>10}  {:>6} KiB  {seconds:>6.3} s\n", bytes.div_ceil(1024))
}
