//! Everything that a build makes and finds, in memory: `build` writes it,
//! `check` does not, `preview` shows it.
//!
//! There is one way through the stages, so that no command can find what
//! another does not. An error of the book stops it before any edition is made;
//! an error of one edition refuses that edition alone.

use super::args::Editions;
use super::edition_builder::{EditionBuilder, EditionOptions};
use super::findings::Policy;
use super::front::BookCover;
use super::printers::Chosen;
use super::production::{Made, Production, Proof};
use super::progress::Progress;
use super::root::out_folder;
use super::verdict::Verdict;
use super::{falls, manifest, names, printers, shops, stale};
use crate::book::Book;
use crate::diag::{self, Code, Diagnostic, Error, Severity};
use crate::epub::Store;
use crate::guard::{Fall, guarded};
use crate::jobs;
use crate::pages::Pages;
use crate::project::{
    Around, Format, KnownPictures, OTHER_FORMATS, Project, Shared, Unsaved, load_with, names_a_file,
};
use crate::proof::compromises;
use crate::reason::Reason;
use crate::terms::number_titles;
use crate::typeset;
use crate::{epub, manuscript, pdf};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

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

/// What was made of a book before, so that an edit costs what it touches.
#[derive(Default)]
pub(super) struct Memory {
    /// What its pictures became.
    pub pictures: KnownPictures,
    /// How its texts were set.
    pub texts: typeset::Memo,
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
    let (pictures, memo) = memory.map_or((None, None), |it| (Some(&it.pictures), Some(&mut it.texts)));
    let around = Around { shared, style: request.style.as_deref(), unsaved, pictures };
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
    let is_awaited = memo.is_some();
    let set = || set_pages(&project, Ask::For(&formats), memo, &mut findings);
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

/// The front cover, with its picture for an EPUB when one is asked for; none when it falls,
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
        let may_be = Allowed::by(findings.clone(), &formats, policy).able(&formats);
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

/// An edition that was tried.
type Tried = (Format, Result<Edition, Error>);

/// Checks a book, unless that was done, and makes those editions meanwhile, for what checking finds refuses
/// hardly any: those that it does refuse are given up by the caller. When nobody is free to make them
/// meanwhile, it is known before the first is begun, and the others alone are made.
fn judge_and_make(
    builder: &EditionBuilder<'_>,
    formats: &[Format],
    is_judged: bool,
    policy: &Policy,
) -> (Verdict, Vec<Tried>) {
    let verdict = OnceLock::new();
    let judge = || {
        let judged = if is_judged { Verdict::default() } else { Verdict::of(builder.project, builder.proof) };
        let _ = verdict.set(judged);
    };
    let is_able = |format: Format| {
        let known = verdict.get().map_or(&[][..], |verdict: &Verdict| &verdict.findings);
        known.is_empty() || !Allowed::by(known.to_vec(), formats, policy).able(&[format]).is_empty()
    };
    // One row, so that whoever is done with a task takes the next.
    let editions = jobs::side_by_side(formats.len() + 1, |task| match task.checked_sub(1) {
        None => {
            judge();
            None
        }
        Some(index) => Some(formats[index])
            .filter(|format| is_able(*format))
            .map(|format| (format, edition(builder, format))),
    });
    (verdict.into_inner().unwrap_or_default(), editions.into_iter().flatten().collect())
}

/// Which editions may be made, as far as findings go.
struct Allowed {
    /// None: the book itself has errors.
    blocked: bool,
    /// All but these, each with the codes of the errors that refuse it.
    refused: BTreeMap<Format, Vec<&'static str>>,
    /// The findings, as the user weighs them.
    findings: Vec<Diagnostic>,
}

impl Allowed {
    fn by(mut findings: Vec<Diagnostic>, formats: &[Format], policy: &Policy) -> Allowed {
        weigh(&mut findings, formats, policy);
        Allowed { blocked: stops_the_book(&findings), refused: refused(&findings, formats), findings }
    }

    /// Those of the formats that may be made.
    fn able(&self, formats: &[Format]) -> Vec<Format> {
        let may = |format: &Format| !self.blocked && !self.refused.contains_key(format);
        formats.iter().copied().filter(may).collect()
    }
}

/// Whether findings have an error of the book itself, so that no edition is made.
pub(super) fn stops_the_book(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| is_error(finding) && finding.scope == diag::Scope::Book)
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

/// Takes the time of the stages, and tells of each when it begins.
struct Watch {
    stage: (&'static str, Instant),
    laps: Vec<(&'static str, f64)>,
    progress: Progress,
}

impl Watch {
    fn start(stage: &'static str, progress: Progress) -> Watch {
        progress.at(stage);
        Watch { stage: (stage, Instant::now()), laps: Vec::new(), progress }
    }

    /// Another stage begins.
    fn turn_to(&mut self, stage: &'static str) {
        self.end();
        self.progress.at(stage);
        self.stage = (stage, Instant::now());
    }

    fn end(&mut self) {
        let (stage, began) = self.stage;
        self.laps.push((stage, began.elapsed().as_secs_f64()));
    }
}

/// Whether a request can be understood, as far as that does not depend on the book.
///
/// # Errors
/// What cannot, in words.
pub(super) fn understood(request: &Editions) -> Result<(), Reason> {
    asked_formats(&request.to)?;
    shops::find(request.store.as_deref())?;
    match request.printer.as_deref() {
        Some(name) if !names_a_file(name) => printers::known(name).map(drop),
        _ => Ok(()),
    }
}

/// The formats asked for on the command line.
///
/// # Errors
/// A name that is no format, in words.
fn asked_formats(names: &[String]) -> Result<Vec<Format>, Reason> {
    let mut formats = Vec::new();
    for name in names {
        formats.push(Format::find(name).ok_or_else(|| unknown_format(name))?);
    }
    formats.sort();
    formats.dedup();
    Ok(formats)
}

fn unknown_format(name: &str) -> String {
    let known = Format::ALL.map(|(_, name)| name);
    names::unknown("a format", name, OTHER_FORMATS, &known)
}

/// Whether a book is to be set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask<'a> {
    /// It is not.
    Nothing,
    /// It is.
    Pages,
    /// It is when one of those formats needs pages. An EPUB does not when it
    /// lists the pages of an older edition.
    For(&'a [Format]),
}

impl Ask<'_> {
    fn wants_pages(self, book: &Book) -> bool {
        match self {
            Ask::Nothing => false,
            Ask::Pages => true,
            Ask::For(formats) => formats != [Format::Epub] || !epub::has_pages_of_its_own(book),
        }
    }
}

/// Parses and checks a book, and sets it where that is asked for; else it has
/// no pages.
pub(super) fn typeset(
    project: &Project,
    ask: Ask<'_>,
    memo: Option<&mut typeset::Memo>,
    findings: &mut Vec<Diagnostic>,
) -> Proof {
    let mut proof = set_pages(project, ask, memo, findings);
    judge(project, &mut proof, findings);
    proof
}

/// Parses a book and sets it; it is not checked yet.
fn set_pages(
    project: &Project,
    ask: Ask<'_>,
    memo: Option<&mut typeset::Memo>,
    findings: &mut Vec<Diagnostic>,
) -> Proof {
    let mut book = manuscript::parse(&project.sources).take(findings);
    number_titles(&mut book, &project.style);
    let set = |book: &Book| typeset::set(book, &project.style, &project.fonts);
    let set_now = || match memo {
        Some(memo) => typeset::set_again(&book, &project.style, &project.fonts, memo),
        None => set(&book),
    };
    let pages = match ask.wants_pages(&book).then(|| guarded(set_now)) {
        Some(Ok(pages)) => {
            let pages = pages.take(findings);
            findings.extend(compromises(&pages));
            pages
        }
        Some(Err(fall)) => {
            let what = falls::text_that_falls(&book, &|book| drop(set(book)));
            findings.push(falls::of_text("could not be set on pages", &fall, what, &project.sources.map));
            Pages::default()
        }
        None => Pages::default(),
    };
    diag::bound(findings);
    Proof { book: Arc::new(book), pages: Arc::new(pages), account: None }
}

/// Adds what is said of a book that is set.
fn judge(project: &Project, proof: &mut Proof, findings: &mut Vec<Diagnostic>) {
    let verdict = Verdict::of(project, proof);
    findings.extend(verdict.findings);
    proof.account = verdict.account.or(proof.account.take());
    diag::bound(findings);
}

/// One format's outputs, and what its writer found.
struct Edition {
    format: Format,
    made: Vec<Made>,
    findings: Vec<Diagnostic>,
}

impl Edition {
    /// Adds the outputs to those of the build, unless a finding is an error
    /// when the user has weighed it.
    fn settle(mut self, policy: &Policy, made: &mut Vec<Made>, allowed: &mut Allowed) {
        self.findings.retain_mut(|finding| policy.weigh(finding));
        let codes = error_codes(self.findings.iter());
        if codes.is_empty() {
            made.append(&mut self.made);
        } else {
            allowed.refused.insert(self.format, codes);
        }
        allowed.findings.append(&mut self.findings);
    }
}

/// Makes an edition. What looks sound from outside may still not be, and is no failure of the machine: when a
/// writer fails, pictures and fonts are looked at once more.
fn edition(builder: &EditionBuilder<'_>, format: Format) -> Result<Edition, Error> {
    let mut findings = Vec::new();
    let made = match guarded(|| builder.make(format, &mut findings)) {
        Ok(Ok(made)) => made,
        Ok(Err(error)) => {
            let damaged = falls::damaged(builder.proof);
            if damaged.is_empty() {
                return Err(error);
            }
            findings.extend(damaged);
            Vec::new()
        }
        Err(fall) => {
            findings.push(falls::of_edition(format, &fall, builder));
            findings.extend(falls::damaged(builder.proof));
            Vec::new()
        }
    };
    Ok(Edition { format, made, findings })
}

/// Applies the user's options. An error that concerns no edition that is asked
/// for is a note: it would refuse them, but nobody wants them now.
fn weigh(findings: &mut Vec<Diagnostic>, formats: &[Format], policy: &Policy) {
    findings.retain_mut(|finding| {
        if is_error(finding) && !formats.iter().any(|format| format.is_within(finding.scope)) {
            // an EPUB is shown in the reader's fonts, and says itself what its own lack
            if finding.code == Code::GlyphMissing {
                return false;
            }
            finding.severity = Severity::Note;
        }
        policy.weigh(finding)
    });
}

/// The formats that findings of the shared stages refuse.
fn refused(findings: &[Diagnostic], formats: &[Format]) -> BTreeMap<Format, Vec<&'static str>> {
    let codes = |format: Format| error_codes(findings.iter().filter(|f| format.is_within(f.scope)));
    formats.iter().map(|format| (*format, codes(*format))).filter(|(_, codes)| !codes.is_empty()).collect()
}

/// The codes of the errors among findings, each once.
fn error_codes<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<&'static str> {
    let mut codes: Vec<&str> = findings.filter(|f| is_error(f)).map(|f| f.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}
