//! Everything that a build makes and finds, in memory: `build` writes it,
//! `check` does not, `preview` shows it.
//!
//! There is one way through the stages, so that no command can find what
//! another does not. An error of the book stops it before any edition is made;
//! an error of one edition refuses that edition alone.

use super::allowed::{Allowed, weigh};
use super::args::Editions;
use super::edition_builder::{EditionBuilder, EditionOptions};
use super::findings::Policy;
use super::front::BookCover;
use super::memory::Memory;
use super::printers::Chosen;
use super::production::{Production, Proof};
use super::progress::Progress;
use super::root::out_folder;
use super::stages::Watch;
use super::trial::judge_and_make;
use super::typesetting::{Ask, judge, set_pages};
use super::{falls, manifest, names, printers, shops, stale};
use crate::diag::{self, Code, Diagnostic, Error};
use crate::epub::Store;
use crate::guard::{Fall, guarded};
use crate::jobs;
use crate::pdf;
use crate::project::{Around, Format, OTHER_FORMATS, Project, Shared, Unsaved, load_with, names_a_file};
use crate::reason::Reason;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why nothing was even tried.
pub(super) enum Halt {
    /// The request cannot be understood, in words.
    Usage(Reason),
    /// The machine failed.
    Machine(Error),
    /// We failed, before anything was known of the book.
    Fallen(Box<Diagnostic>),
}

impl Halt {
    /// The same as an error, where all of them end the same way.
    pub(super) fn into_error(self) -> Error {
        match self {
            Halt::Machine(error) => error,
            Halt::Usage(reason) => Error::new(reason),
            Halt::Fallen(finding) => Error::new(finding.message),
        }
    }
}

impl From<Fall> for Halt {
    fn from(fall: Fall) -> Halt {
        Halt::Fallen(Box::new(fall.finding("the book's folder could not be read", None)))
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Halt {
        Halt::Machine(error)
    }
}

/// Reads, sets and makes what is asked for of the book in `root`, a book of a catalogue
/// perhaps.
pub(super) fn produce(
    root: &Path,
    shared: Option<&Shared>,
    request: &Editions,
    policy: &Policy,
) -> Result<Production, Halt> {
    set(root, (shared, None), request, None, Progress::default())?.produce(policy)
}

/// Reads and sets the book in `root`: with what its catalogue shares, with texts that are
/// read in place of files, and with what was made of it before when that is remembered. Says
/// at which stage it is.
pub(super) fn set(
    root: &Path,
    (shared, unsaved): (Option<&Shared>, Option<&Unsaved>),
    request: &Editions,
    memory: Option<&mut Memory>,
    progress: Progress,
) -> Result<SetBook, Halt> {
    if let Some(jobs) = request.jobs {
        jobs::at_a_time(jobs);
    }
    let pictures = memory.as_deref().map(|memory| &memory.pictures);
    let around = Around { shared, style: request.style.as_deref(), unsaved, pictures };
    understood(request).map_err(Halt::Usage)?;
    let asked = asked_formats(&request.to).map_err(Halt::Usage)?;
    let store = shops::find(request.store.as_deref()).map_err(Halt::Usage)?;
    let mut findings = Vec::new();
    let mut watch = Watch::start("reading", progress);
    let project = guarded(|| load_with(root, around, &mut findings))??;
    watch.turn_to("typesetting");
    let chosen = printer(request, &project, &mut findings).map_err(Halt::Usage)?;
    let formats = if asked.is_empty() { project.formats.clone() } else { asked };
    let out = out_folder(root, request.out.as_deref())?;
    // somebody who waits for the pages does not wait for a cover
    let is_awaited = memory.is_some();
    let set = || set_pages(&project, Ask::For(&formats), memory, &mut findings);
    let (mut proof, cover) =
        if is_awaited { (set(), None) } else { jobs::both(set, || cover_ahead(&project, &store, &formats)) };
    if formats.iter().any(|format| *format != Format::Epub) {
        match guarded(|| pdf::make_ready(Arc::make_mut(&mut proof.pages))) {
            Ok(found) => findings.extend(found),
            Err(fall) => findings.push(falls::of_pages("its pictures could not be made ready", &fall)),
        }
    }
    watch.turn_to("checking and making editions");
    let options = EditionOptions { chosen, store, ppi: request.ppi };
    Ok(SetBook { project, proof, cover, findings, is_judged: false, formats, options, out, watch })
}

/// The front cover, its picture for an EPUB drawn when one is asked for; none when it falls,
/// which is told when it is made again.
fn cover_ahead(project: &Project, store: &Store, formats: &[Format]) -> Option<BookCover> {
    let make = || {
        let cover = BookCover::new(project, store.cover_width);
        if formats.contains(&Format::Epub) {
            cover.in_ebook();
        }
        cover
    };
    guarded(make).ok()
}

/// A book that is set, before it is checked and its editions are made.
pub(super) struct SetBook {
    /// What was read.
    pub project: Project,
    /// The book and its pages.
    pub proof: Proof,
    /// The front cover, when it is made already.
    cover: Option<BookCover>,
    findings: Vec<Diagnostic>,
    /// It was checked, and its pages were proved.
    is_judged: bool,
    formats: Vec<Format>,
    options: EditionOptions,
    out: PathBuf,
    watch: Watch,
}

impl SetBook {
    /// Checks the book and proves its pages, unless that was done before.
    pub(super) fn judge(&mut self) {
        if !std::mem::replace(&mut self.is_judged, true) {
            judge(&self.project, &mut self.proof, &mut self.findings);
        }
    }

    /// What was found so far, as the user weighs it: all but what editions tell once it was
    /// judged, and before that what reading and setting it told.
    pub(super) fn findings(&self, policy: &Policy) -> Vec<Diagnostic> {
        let mut findings = self.findings.clone();
        findings.extend(self.proof.uncompared.iter().flatten().cloned());
        weigh(&mut findings, &self.formats, policy);
        diag::sort(&mut findings);
        findings
    }

    /// Checks it, unless that was done before, and makes its editions.
    pub(super) fn produce(self, policy: &Policy) -> Result<Production, Halt> {
        let SetBook { project, mut proof, cover, mut findings, is_judged, formats, options, out, mut watch } =
            self;
        let mut cover = cover.unwrap_or_else(|| BookCover::new(&project, options.store.cover_width));
        findings.append(&mut cover.findings);
        let builder = EditionBuilder { project: &project, proof: &proof, options, cover };
        let last = manifest::last(&out, &project.sources.meta.slug);
        let wants_cover = formats.contains(&Format::Cover);
        findings.extend(stale::check(&last, &builder.options.chosen, &project, &proof, wants_cover));
        let known = findings.iter().chain(proof.uncompared.iter().flatten()).cloned().collect();
        let may_be = Allowed::by(known, &formats, policy).able(&formats);
        let (verdict, editions) = judge_and_make(&builder, &may_be, is_judged, policy);
        findings.extend(verdict.findings);
        diag::bound(&mut findings);
        let mut allowed = Allowed::by(findings, &formats, policy);
        let able = allowed.able(&formats);
        let mut made = Vec::new();
        for (format, edition) in editions {
            if able.contains(&format) {
                edition?.settle(policy, &mut made, &mut allowed);
            }
        }
        proof.account = verdict.account.or(proof.account.take());
        let Allowed { blocked, refused, mut findings } = allowed;
        watch.end();
        diag::sort(&mut findings);
        Ok(Production { project, proof, findings, made, blocked, refused, out, stages: watch.laps })
    }
}

/// The printer of the command line, or of book.toml, where one that cannot be
/// is a finding at its line.
fn printer(request: &Editions, project: &Project, findings: &mut Vec<Diagnostic>) -> Result<Chosen, Reason> {
    let root = &project.root;
    match (&request.printer, &project.printer) {
        (None, Some(named)) => printers::of_book(named).or_else(|reason| {
            findings.push(Diagnostic::new(Code::ValueInvalid, named.span, reason));
            printers::find(None, root)
        }),
        (name, _) => printers::find(name.as_deref(), root),
    }
}

/// Whether a request can be understood, as far as that does not depend on the book.
///
/// # Errors
/// All that cannot, in words.
pub(super) fn understood(request: &Editions) -> Result<(), Reason> {
    let printer = match request.printer.as_deref() {
        Some(name) if !names_a_file(name) => printers::known(name).err(),
        _ => None,
    };
    let formats = asked_formats(&request.to).err();
    let shop = shops::find(request.store.as_deref()).err();
    all_or(formats.into_iter().chain(shop).chain(printer).collect())
}

/// Nothing, or all reasons in one.
fn all_or(reasons: Vec<Reason>) -> Result<(), Reason> {
    let said: Vec<String> = reasons.iter().map(Reason::to_string).collect();
    if said.is_empty() { Ok(()) } else { Err(said.join("\nerror: ").into()) }
}

/// The formats asked for on the command line.
///
/// # Errors
/// Each name that is no format, in words.
fn asked_formats(names: &[String]) -> Result<Vec<Format>, Reason> {
    let unknown = names.iter().filter(|name| Format::find(name).is_none());
    all_or(unknown.map(|name| unknown_format(name).into()).collect())?;
    let mut formats: Vec<Format> = names.iter().filter_map(|name| Format::find(name)).collect();
    formats.sort();
    formats.dedup();
    Ok(formats)
}

fn unknown_format(name: &str) -> String {
    let printer = printers::known(name).is_ok().then(|| format!("`--to print,cover --printer {name}`"));
    let shop = shops::find(Some(name)).is_ok().then(|| format!("`--to epub --store {name}`"));
    let asked: Vec<String> = printer.into_iter().chain(shop).collect();
    if !asked.is_empty() {
        return format!("`{name}` is not a format; write {}", asked.join(" or "));
    }
    let known = Format::ALL.map(|(_, name)| name);
    names::unknown("a format", name, OTHER_FORMATS, &known)
}
