//! `pamphleteer preview`: the book in a browser on this machine, cover, pages
//! and ebook, made anew whenever a file of it changes, with the findings that
//! `check` has.

mod http;
mod likeness;
mod shell;
mod shown;

use super::args::Editions;
use super::edition_builder::{EditionBuilder, EditionOptions};
use super::end::End;
use super::findings::{Policy, Reporter};
use super::produce::{self, Halt, SetBook, stops_the_book};
use super::production::Production;
use super::root::book_root;
use super::watch::Watcher;
use super::{printers, shops};
use crate::diag::{self, Colour, Diagnostic, Error, Severity, SourceMap};
use crate::epub;
use crate::guard;
use crate::pages::Pages;
use crate::raster::Painter;
use crate::sources::decode;
use crate::typeset::Memo;
use http::Response;
use likeness::Likeness;
use shown::{Shown, SourcePlace, counted, older};
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

/// The usual port.
const PORT: u16 = 4127;
/// Pixels to the inch of the pages, so that they are sharp on a good screen.
const PPI: u32 = 130;

/// How often files are looked at while a browser waits for a change. To look takes a few
/// microseconds a file, and works for every file system, also for one that another
/// machine writes to, of which the system's own watchers say nothing.
const PAUSE: Duration = Duration::from_millis(12);
/// How long a browser waits for a change before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Shows a book until the process is ended.
pub(super) fn preview(book: Option<&Path>, port: Option<u16>, reporter: &mut Reporter) -> Result<End, Error> {
    let Some(root) = book_root(book, reporter) else { return Ok(End::Misused) };
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|e| Error::io("no address to listen on", e))?;
    let state = Mutex::new(Arc::new(Shown::default()));
    let preview = Preview { state: &state };
    let (ask, asked) = mpsc::channel();
    let mut builder = Builder::new(root, reporter.policy().clone(), &state);
    thread::scope(|scope| {
        let (ready, is_ready) = mpsc::channel();
        let work = move || {
            let first = builder.refresh(true);
            let failed = first.is_err();
            // nobody waits any more when the process is about to end
            let _ = ready.send(first);
            if !failed {
                builder.work(&asked);
            }
        };
        // as deep as that of `build`
        let thread = thread::Builder::new().stack_size(guard::STACK).spawn_scoped(scope, work);
        thread.map_err(|e| Error::io("cannot start the preview", e))?;
        is_ready.recv().map_err(|_| Error::new("the preview ended before it began"))??;
        reporter.say(&format!("preview at http://{address}/ (follows your files; Ctrl-C to stop)\n"));
        http::serve(&listener, &|path| preview.answer(path, &ask).unwrap_or_else(Response::missing));
        Ok(End::Done)
    })
}

/// Listens where no other machine can ask.
fn listen(port: Option<u16>) -> Result<TcpListener, Error> {
    let on = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => on(port),
        None => on(PORT).or_else(|_| on(0)),
    };
    listener.map_err(|e| Error::io(format!("cannot listen on port {}", port.unwrap_or(PORT)), e))
}

/// Makes the book anew when somebody looks and a file has changed, in a thread of
/// its own: pages of the last version are shown meanwhile.
struct Builder<'s> {
    root: PathBuf,
    policy: Policy,
    watcher: Watcher,
    state: &'s Mutex<Arc<Shown>>,
    /// How texts were set before: an edit costs what it touches.
    memo: Memo,
    /// The book whose pages are shown and whose editions are not made yet, and when they
    /// will be.
    unfinished: Option<(SetBook, Instant)>,
}

/// How long files are left alone before the editions of a book are made whose pages are
/// shown already: whoever types on is not kept waiting for them.
const QUIET: Duration = Duration::from_millis(400);

/// Somebody who waits until what is shown is up to date.
enum Waiting {
    /// Until its pages are.
    Pages(mpsc::SyncSender<()>),
    /// Until the ebook and all findings are as well.
    All(mpsc::SyncSender<()>),
}

impl<'s> Builder<'s> {
    fn new(root: PathBuf, policy: Policy, state: &'s Mutex<Arc<Shown>>) -> Builder<'s> {
        let (watcher, memo) = (Watcher::new(root.clone()), Memo::default());
        Builder { watcher, root, policy, state, memo, unfinished: None }
    }

    /// Serves those who wait, all at once.
    fn work(&mut self, asked: &mpsc::Receiver<Waiting>) {
        while let Some(waiting) = self.next(asked) {
            let all = waiting.iter().any(|waiting| matches!(waiting, Waiting::All(_)));
            let refreshed = panic::catch_unwind(AssertUnwindSafe(|| self.refresh(all)));
            // A book that cannot be read just now says so where it is looked at.
            match refreshed {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.show(|shown| shown.fail(error.to_string())),
                Err(_) => {
                    self.show(|shown| shown.fail("a fault of pamphleteer stopped the build".to_owned()));
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

    /// Makes the pages anew when a file has changed; and the editions, when somebody
    /// wants `all` or nothing has changed for a while.
    fn refresh(&mut self, all: bool) -> Result<(), Error> {
        if self.watcher.has_changed() {
            self.unfinished = None;
            self.set_anew()?;
        }
        let is_due = |(_, due): &mut (SetBook, Instant)| all || *due <= Instant::now();
        self.unfinished.take_if(is_due).map_or(Ok(()), |(book, _)| self.finish(book))
    }

    /// Sets the book and shows its pages. A book that has errors cannot be made: its last
    /// pages stay, and are said to be old.
    fn set_anew(&mut self) -> Result<(), Error> {
        let request = Editions::of(&self.root, PPI);
        let book = produce::set(&self.root, None, &request, Some(&mut self.memo)).map_err(reason)?;
        let found = book.findings(&self.policy);
        let findings = drawn(&found, &book.project.sources.map);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
        let (blocked, last) = (stops_the_book(&found), now(self.state));
        if blocked && !last.pages.pages.is_empty() {
            self.show(|shown| shown.keep(findings, older(errors)));
            return Ok(());
        }
        let warning = blocked.then(|| format!("This is no complete book yet: {}.", counted(errors)));
        let pages = book.proof.pages.clone();
        let places = Arc::new(places(&pages, &book.project.sources.map, &self.root));
        let likeness = Arc::new(Likeness::of(&pages));
        let moves = Arc::new(likeness::moves(&last.likeness, &likeness));
        self.show(|shown| {
            let moved_from = shown.version;
            *shown = Shown { pages, places, likeness, moves, moved_from, findings, warning, ..shown.clone() };
        });
        self.unfinished = Some((book, Instant::now() + QUIET));
        Ok(())
    }

    /// Makes the editions of the book whose pages are shown, and shows its ebook and all
    /// that was found.
    fn finish(&mut self, book: SetBook) -> Result<(), Error> {
        let mut production = book.produce(&self.policy).map_err(reason)?;
        let found = std::mem::take(&mut production.findings);
        let findings = drawn(&found, &production.project.sources.map);
        let Ebook { files, texts, cover } = ebook(&production)?;
        self.show(|shown| {
            let edition = shown.edition + 1;
            *shown = Shown { files, texts, cover, findings, edition, ..shown.clone() };
        });
        Ok(())
    }

    /// Changes what is shown: to another version.
    fn show(&self, change: impl FnOnce(&mut Shown)) {
        let mut shown = Shown::clone(&now(self.state));
        change(&mut shown);
        shown.version += 1;
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
    }
}

/// What is shown at this moment.
fn now(state: &Mutex<Arc<Shown>>) -> Arc<Shown> {
    state.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Why a book could not even be tried.
fn reason(halt: Halt) -> Error {
    match halt {
        Halt::Machine(error) => error,
        Halt::Usage(reason) => Error::new(reason),
        Halt::Fallen(finding) => Error::new(finding.message),
    }
}

/// The answers to a browser. They are made of what was made before; no path of a
/// request is one of a file.
struct Preview<'s> {
    state: &'s Mutex<Arc<Shown>>,
}

impl Preview<'_> {
    fn answer(&self, path: &str, ask: &mpsc::Sender<Waiting>) -> Option<Response> {
        const TEXT: &str = "text/plain; charset=utf-8";
        if let Some(version) = path.strip_prefix("/after/") {
            return self.change_after(version.parse().ok()?, ask);
        }
        if matches!(path, "/" | "/version" | "/cover") || path.starts_with("/book/") {
            wait(ask, Waiting::All);
        }
        let shown = now(self.state);
        match path {
            "/" => Some(Response::found("text/html; charset=utf-8", shell::page(&shown))),
            "/version" => Some(Response::found(TEXT, shown.version.to_string())),
            "/cover" => shown.cover.as_ref().map(|bytes| Response::found(picture_media(bytes), &**bytes)),
            "/preview.css" => Some(Response::found("text/css; charset=utf-8", shell::STYLE)),
            "/preview.js" => Some(Response::found("text/javascript; charset=utf-8", shell::SCRIPT)),
            _ => page(path, &shown.pages).or_else(|| file(path, &shown.files)),
        }
    }

    /// What is new since that version, as soon as there is something; else, after a
    /// while, that there is nothing.
    fn change_after(&self, version: u64, ask: &mpsc::Sender<Waiting>) -> Option<Response> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            wait(ask, Waiting::Pages);
            let shown = now(self.state);
            if shown.version != version || Instant::now() > deadline {
                let change = shell::change(&shown, version).to_string();
                return Some(Response::found("application/json", change));
            }
            thread::sleep(PAUSE);
        }
    }
}

/// Waits until that of what is shown is up to date. Without the builder, it is what was
/// shown last.
fn wait(ask: &mpsc::Sender<Waiting>, for_what: fn(mpsc::SyncSender<()>) -> Waiting) {
    let (done, is_done) = mpsc::sync_channel(1);
    let _ = ask.send(for_what(done)).map(|()| is_done.recv());
}

/// A page of the page edition: `/page/1.png`.
fn page(path: &str, pages: &Pages) -> Option<Response> {
    let number: usize = path.strip_prefix("/page/")?.strip_suffix(".png")?.parse().ok()?;
    let index = number.checked_sub(1).filter(|index| *index < pages.pages.len())?;
    let png = Painter::new(pages, PPI).png(index).ok()?;
    Some(Response::found("image/png", png))
}

/// A file of the ebook: `/book/EPUB/text/…`.
fn file(path: &str, files: &BTreeMap<String, Vec<u8>>) -> Option<Response> {
    let name = decode(path.strip_prefix("/book/")?);
    let bytes = files.get(&name)?;
    Some(Response::found(media(&name), bytes.clone()).of_book())
}

/// What a browser shows of the ebook.
struct Ebook {
    /// Its files by their paths.
    files: Arc<BTreeMap<String, Vec<u8>>>,
    /// The paths of its texts, in reading order.
    texts: Vec<String>,
    /// The picture of the front cover.
    cover: Option<Arc<[u8]>>,
}

fn ebook(production: &Production) -> Result<Ebook, Error> {
    let Production { project, proof, .. } = production;
    let chosen = printers::find(None, &project.root).map_err(Error::new)?;
    let options = EditionOptions { chosen, store: shops::find(None).map_err(Error::new)?, ppi: PPI };
    // what is found here was found before
    let builder = EditionBuilder::new(project, proof, options, &mut Vec::new());
    let (files, cover) = builder.with_ebook(|edition| {
        (epub::files(edition).value, edition.cover.as_ref().map(|cover| cover.bytes.to_vec()))
    })?;
    let is_text = |path: &str| path.contains("/text/") && path.ends_with(".xhtml");
    let texts = files.iter().filter(|file| is_text(&file.path)).map(|file| file.path.clone()).collect();
    let files = Arc::new(files.into_iter().map(|file| (file.path, file.bytes)).collect());
    Ok(Ebook { files, texts, cover: cover.map(Arc::from) })
}

/// Where in the manuscript each page begins.
fn places(pages: &Pages, sources: &SourceMap, root: &Path) -> Vec<Option<SourcePlace>> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut places = vec![None; pages.pages.len()];
    for start in &pages.starts {
        let (Some(span), Some(place)) = (start.span, places.get_mut(start.page as usize)) else { continue };
        let file = sources.file(span.file);
        let line = file.place(span.start).line;
        place.get_or_insert(SourcePlace { path: root.join(&file.name), name: file.name.clone(), line });
    }
    places
}

fn drawn(findings: &[Diagnostic], sources: &SourceMap) -> Vec<String> {
    findings.iter().map(|finding| diag::draw(finding, sources, Colour::Off)).collect()
}

/// The media type of a cover's picture.
fn picture_media(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

/// The media type of a file of the ebook.
fn media(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("xhtml") => "application/xhtml+xml",
        Some("css") => "text/css",
        Some("otf") => "font/otf",
        Some("ttf") => "font/ttf",
        Some("svg") => "image/svg+xml",
        Some("jpg") => "image/jpeg",
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "application/xml",
    }
}
