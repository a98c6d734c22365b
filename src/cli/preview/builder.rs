//! The thread that makes the pages of a book anew when somebody looks and a file has
//! changed, and has its editions made when files have been left alone for a while.

use super::finisher::Finisher;
use super::likeness::{self, Likeness};
use super::places::placed;
use super::shell;
use super::shown::{Shown, counted, older};
use super::source::Manuscript;
use super::state::{PPI, State};
use super::tried::{Tried, applied};
use crate::cli::allowed::stops_the_book;
use crate::cli::args::Editions;
use crate::cli::findings::Policy;
use crate::cli::memory::Memory;
use crate::cli::produce::{self, Halt, SetBook};
use crate::cli::progress::Progress;
use crate::cli::watch::Watcher;
use crate::diag::{Diagnostic, Error, Severity};
use crate::encoding::decode;
use crate::pages::Pages;
use crate::project::{MAX_FILE, Unsaved, read_file};
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
pub(super) struct Builder {
    root: PathBuf,
    policy: Policy,
    watcher: Watcher,
    state: Arc<State>,
    /// Makes the editions.
    finisher: Finisher,
    /// What was made before: an edit costs what it touches.
    memory: Memory,
    /// The keys that the last pages were tried with.
    tried: Tried,
    /// The book whose pages are shown and whose editions are not made yet, and when they
    /// will be.
    unfinished: Option<(SetBook, Instant)>,
}

/// Somebody who waits until what is shown is up to date.
pub(super) enum Waiting {
    /// Nobody does, but files may have changed.
    Nobody,
    /// Until its pages are.
    Pages(mpsc::SyncSender<()>),
    /// Until the ebook and all findings are as well.
    All(mpsc::SyncSender<()>),
}

impl Builder {
    pub(super) fn new(root: PathBuf, policy: Policy, state: Arc<State>, finisher: Finisher) -> Builder {
        let (watcher, memory) = (Watcher::new(root.clone()), Memory::default());
        Builder { watcher, root, policy, state, finisher, memory, tried: Tried::new(), unfinished: None }
    }

    /// Serves those who wait, all at once.
    pub(super) fn work(&mut self, asked: &mpsc::Receiver<Waiting>) {
        while let Some(waiting) = self.next(asked) {
            let refreshed = panic::catch_unwind(AssertUnwindSafe(|| self.refresh()));
            // A book that cannot be read just now says so where it is looked at.
            match refreshed {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.state.show(|shown| shown.fail(error.to_string())),
                Err(_) => {
                    self.state
                        .show(|shown| shown.fail("a fault of pamphleteer stopped the build".to_owned()));
                }
            }
            self.finish(waiting.iter().any(|waiting| matches!(waiting, Waiting::All(_))));
            for waiting in waiting {
                match waiting {
                    Waiting::Nobody => {}
                    // whoever went away meanwhile
                    Waiting::Pages(done) => drop(done.send(())),
                    Waiting::All(done) => self.finisher.tell(done),
                }
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

    /// Makes the pages anew when a file has changed, or a key is tried.
    pub(super) fn refresh(&mut self) -> Result<(), Error> {
        let tried = self.state.tried();
        if self.watcher.has_changed() || tried != self.tried {
            self.unfinished = None;
            self.tried = tried;
            self.set_anew()?;
        }
        Ok(())
    }

    /// Has the editions made of the book whose pages are shown, when somebody wants them
    /// `now` or nothing has changed for a while.
    fn finish(&mut self, now: bool) {
        let is_due = |(_, due): &mut (SetBook, Instant)| now || *due <= Instant::now();
        if let Some((book, _)) = self.unfinished.take_if(is_due) {
            self.finisher.make(book);
        }
    }

    /// Sets the book and shows its pages, and then what is found when it is checked. A book
    /// that has errors cannot be made: its last pages stay, and are said to be old.
    fn set_anew(&mut self) -> Result<(), Error> {
        let begin = Instant::now();
        let request = Editions::of(&self.root, PPI);
        let (unsaved, untried) = unsaved(&self.root, &self.tried);
        let book = produce::set(
            &self.root,
            (None, unsaved.as_ref()),
            &request,
            Some(&mut self.memory),
            Progress::default(),
        );
        let mut book = book.map_err(Halt::into_error)?;
        let is_blocked = stops_the_book(&book.findings(&self.policy));
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let map = Arc::new(book.project.sources.map.clone());
        let manuscript = Manuscript { book: Some(book.proof.book.clone()), map, root };
        if is_blocked && !self.state.now().pages.pages.is_empty() {
            book.judge();
            let found = book.findings(&self.policy);
            let errors = count_errors(&found);
            // findings are about the files as they are; pages are followed to what they were made of
            let findings = placed(found, &manuscript, &Pages::default());
            let tried = self.tried.clone();
            self.state.show(|shown| {
                shown.keep(findings, older(errors));
                (shown.tried, shown.untried) = (tried, untried);
            });
            return Ok(());
        }
        self.show_pages(&book, manuscript, untried, begin);
        if self.state.is_watched() {
            let shown = self.state.now();
            self.state.pictures.paint_ahead(&shown.pages, &shown.likeness);
        }
        self.show_findings(&mut book);
        self.unfinished = Some((book, Instant::now() + QUIET));
        Ok(())
    }

    /// Shows the pages of a book, with the findings of the state before.
    fn show_pages(&self, book: &SetBook, manuscript: Manuscript, untried: Option<String>, begin: Instant) {
        let (pages, last) = (book.proof.pages.clone(), self.state.now());
        let likeness = Arc::new(Likeness::of(&pages, (&last.pages, &last.likeness)));
        let moves = Arc::new(likeness::moves(&last.likeness, &likeness));
        let unchanged = likeness::unchanged(&last.likeness, &likeness);
        let style = Arc::new(shell::style(&book.project));
        let tried = self.tried.clone();
        self.state.show(|shown| {
            *shown = Shown {
                version: shown.version,
                pages,
                manuscript,
                likeness,
                moves,
                moved_from: shown.pages_version,
                // the next one is this
                pages_version: shown.version + 1,
                took: begin.elapsed(),
                unchanged,
                edition: shown.edition,
                editions: shown.editions.clone(),
                findings: shown.findings.clone(),
                warning: None,
                style,
                tried,
                untried,
            };
        });
    }

    /// Checks the book whose pages are shown, and shows what was found.
    fn show_findings(&self, book: &mut SetBook) {
        book.judge();
        let (found, now) = (book.findings(&self.policy), self.state.now());
        if found.is_empty() && now.findings.is_empty() {
            return;
        }
        let errors = count_errors(&found);
        let warning =
            stops_the_book(&found).then(|| format!("This is no complete book yet: {}.", counted(errors)));
        let findings = placed(found, &now.manuscript, &now.pages);
        self.state.show(|shown| {
            (shown.findings, shown.warning) = (findings, warning);
        });
    }
}

fn count_errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|finding| finding.severity == Severity::Error).count()
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
