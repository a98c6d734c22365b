//! The thread that makes the book anew: its pages when somebody looks and a file has
//! changed, its editions when files have been left alone for a while.

use super::editions::editions;
use super::likeness::{self, Likeness};
use super::shell;
use super::shown::{Found, Shown, counted, older};
use super::source::{Manuscript, page_of};
use super::state::{PPI, State};
use super::tried::{Tried, applied};
use crate::cli::args::Editions;
use crate::cli::findings::Policy;
use crate::cli::produce::{self, Halt, SetBook, stops_the_book};
use crate::cli::watch::Watcher;
use crate::diag::{Diagnostic, Error, Severity, SourceMap};
use crate::encoding::decode;
use crate::pages::Pages;
use crate::project::{MAX_FILE, Unsaved, read_file};
use crate::typeset::Memo;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// How long files are left alone before the editions of a book are made whose pages are
/// shown already: whoever types on is not kept waiting for them.
const QUIET: Duration = Duration::from_millis(400);

/// Makes the book anew when somebody looks and a file has changed, in a thread of
/// its own: pages of the last version are shown meanwhile.
pub(super) struct Builder<'s> {
    root: PathBuf,
    policy: Policy,
    watcher: Watcher,
    state: &'s State,
    /// How texts were set before: an edit costs what it touches.
    memo: Memo,
    /// The keys that the last pages were tried with.
    tried: Tried,
    /// The book whose pages are shown and whose editions are not made yet, and when they
    /// will be.
    unfinished: Option<(SetBook, Instant)>,
}

/// Somebody who waits until what is shown is up to date.
pub(super) enum Waiting {
    /// Until its pages are.
    Pages(mpsc::SyncSender<()>),
    /// Until the ebook and all findings are as well.
    All(mpsc::SyncSender<()>),
}

impl<'s> Builder<'s> {
    pub(super) fn new(root: PathBuf, policy: Policy, state: &'s State) -> Builder<'s> {
        let (watcher, memo) = (Watcher::new(root.clone()), Memo::default());
        Builder { watcher, root, policy, state, memo, tried: Tried::new(), unfinished: None }
    }

    /// Serves those who wait, all at once.
    pub(super) fn work(&mut self, asked: &mpsc::Receiver<Waiting>) {
        while let Some(waiting) = self.next(asked) {
            let all = waiting.iter().any(|waiting| matches!(waiting, Waiting::All(_)));
            let refreshed = panic::catch_unwind(AssertUnwindSafe(|| self.refresh(all)));
            // A book that cannot be read just now says so where it is looked at.
            match refreshed {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.state.show(|shown| shown.fail(error.to_string())),
                Err(_) => {
                    self.state
                        .show(|shown| shown.fail("a fault of pamphleteer stopped the build".to_owned()));
                }
            }
            for Waiting::Pages(done) | Waiting::All(done) in waiting {
                // whoever went away meanwhile
                let _ = done.send(());
            }
        }
    }

    /// Who waits now; nobody when it is time to make editions; `None` when the preview ends.
    fn next(&self, asked: &mpsc::Receiver<Waiting>) -> Option<Vec<Waiting>> {
        let first = match &self.unfinished {
            Some((_, due)) => match asked.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Err(mpsc::RecvTimeoutError::Timeout) => return Some(Vec::new()),
                received => received.ok()?,
            },
            None => asked.recv().ok()?,
        };
        Some([first].into_iter().chain(asked.try_iter()).collect())
    }

    /// Makes the pages anew when a file has changed, or a key is tried; and the editions,
    /// when somebody wants `all` or nothing has changed for a while.
    pub(super) fn refresh(&mut self, all: bool) -> Result<(), Error> {
        let tried = self.state.tried();
        if self.watcher.has_changed() || tried != self.tried {
            self.unfinished = None;
            self.tried = tried;
            self.set_anew()?;
        }
        let is_due = |(_, due): &mut (SetBook, Instant)| all || *due <= Instant::now();
        self.unfinished.take_if(is_due).map_or(Ok(()), |(book, _)| self.finish(book))
    }

    /// Sets the book and shows its pages. A book that has errors cannot be made: its last
    /// pages stay, and are said to be old.
    fn set_anew(&mut self) -> Result<(), Error> {
        let request = Editions::of(&self.root, PPI);
        let (unsaved, untried) = unsaved(&self.root, &self.tried);
        let book = produce::set(&self.root, (None, unsaved.as_ref()), &request, Some(&mut self.memo));
        let book = book.map_err(reason)?;
        let found = book.findings(&self.policy);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
        let (blocked, last, tried) = (stops_the_book(&found), self.state.now(), self.tried.clone());
        let keeps = blocked && !last.pages.pages.is_empty();
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let map = Arc::new(book.project.sources.map.clone());
        let manuscript = Manuscript { book: Some(book.proof.book.clone()), map, root };
        if keeps {
            // findings are about the files as they are; pages are followed to what they were made of
            let findings = placed(found, &manuscript, &Pages::default());
            self.state.show(|shown| {
                shown.keep(findings, older(errors));
                (shown.tried, shown.untried) = (tried, untried);
            });
            return Ok(());
        }
        let warning = blocked.then(|| format!("This is no complete book yet: {}.", counted(errors)));
        let pages = book.proof.pages.clone();
        let likeness = Arc::new(Likeness::of(&pages));
        let moves = Arc::new(likeness::moves(&last.likeness, &likeness));
        let unchanged = likeness::unchanged(&last.likeness, &likeness);
        let findings = placed(found, &manuscript, &pages);
        let style = Arc::new(shell::style(&book.project));
        self.state.show(|shown| {
            let moved_from = shown.version;
            let (edition, editions) = (shown.edition, shown.editions.clone());
            *shown = Shown {
                version: shown.version,
                pages,
                manuscript,
                likeness,
                moves,
                moved_from,
                unchanged,
                edition,
                editions,
                findings,
                warning,
                style,
                tried,
                untried,
            };
        });
        self.unfinished = Some((book, Instant::now() + QUIET));
        Ok(())
    }

    /// Makes the editions of the book whose pages are shown, and shows its ebook and all
    /// that was found.
    fn finish(&mut self, book: SetBook) -> Result<(), Error> {
        let mut production = book.produce(&self.policy).map_err(reason)?;
        let found = std::mem::take(&mut production.findings);
        let now = self.state.now();
        let findings = if found.len() == now.findings.len() && same(&found, &now.findings) {
            now.findings.clone()
        } else {
            placed(found, &now.manuscript, &now.pages)
        };
        let made = editions(&mut production, PPI)?;
        self.state.show(|shown| {
            (shown.findings, shown.editions) = (findings, made);
            shown.edition += 1;
            shown.stay();
        });
        Ok(())
    }
}

fn same(found: &[Diagnostic], shown: &[Found]) -> bool {
    found.iter().zip(shown).all(|(one, other)| *one == other.finding)
}

/// Findings with their places in the manuscript and on the pages.
fn placed(found: Vec<Diagnostic>, manuscript: &Manuscript, pages: &Pages) -> Arc<Vec<Found>> {
    let map: &SourceMap = &manuscript.map;
    let is_needed = !pages.pages.is_empty() && found.iter().any(|finding| finding.span.is_some());
    let passages = is_needed.then(|| manuscript.passages());
    let place = |finding: Diagnostic| {
        let span = finding.span.map(|span| map.narrow(span, finding.about));
        let place = span.and_then(|span| passages.as_ref()?.find(span));
        let on_page = place.and_then(|(place, length)| Some((page_of(pages, place)?, place, length)));
        Found { finding, at: span.map(|span| manuscript.described(span)), on_page }
    };
    Arc::new(found.into_iter().map(place).collect())
}

/// The book's file with the keys that are tried, in place of the one on the disk; and why
/// they cannot be tried.
fn unsaved(root: &Path, tried: &Tried) -> (Option<Unsaved>, Option<String>) {
    if tried.is_empty() {
        return (None, None);
    }
    let path = root.join("book.toml");
    let text = read_file(&path, MAX_FILE).ok().map(|bytes| decode(bytes).unwrap_or_else(|wrong| wrong.text));
    match (text.map(|text| applied(&text, tried)), path.canonicalize()) {
        (Some(Ok(text)), Ok(path)) => (Some(Arc::new(BTreeMap::from([(path, text)]))), None),
        (Some(Err(reason)), _) => (None, Some(reason)),
        _ => (None, Some("book.toml cannot be read".to_owned())),
    }
}

/// Why a book could not even be tried.
fn reason(halt: Halt) -> Error {
    match halt {
        Halt::Machine(error) => error,
        Halt::Usage(reason) => Error::new(reason),
        Halt::Fallen(finding) => Error::new(finding.message),
    }
}
