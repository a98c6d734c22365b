//! `pamphleteer preview`: the book in a browser on this machine, cover, pages
//! and ebook, made anew whenever a file of it changes, with the findings that
//! `check` has.

mod http;
mod likeness;
mod shell;
mod shown;

use super::args::Editions;
use super::end::End;
use super::findings::{Desk, Policy};
use super::press::{Press, Wishes};
use super::produce::{Halt, produce};
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

/// How often files are looked at while a browser waits for a change: below a
/// twentieth of a second an answer feels immediate.
const PAUSE: Duration = Duration::from_millis(40);
/// How long a browser waits for a change before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

/// Shows a book until the process is ended.
pub(super) fn preview(book: Option<&Path>, port: Option<u16>, desk: &mut Desk) -> Result<End, Error> {
    let Some(root) = book_root(book, desk) else { return Ok(End::Misused) };
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|e| Error::io("no address to listen on", e))?;
    let state = Mutex::new(Arc::new(Shown::default()));
    let preview = Preview { state: &state };
    let (ask, asked) = mpsc::channel();
    let mut builder = Builder::new(root, desk.policy().clone(), &state);
    thread::scope(|scope| {
        let (ready, is_ready) = mpsc::channel();
        let work = move || {
            let first = builder.refresh();
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
        desk.say(&format!("preview at http://{address}/ (follows your files; Ctrl-C to stop)\n"));
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
}

/// Somebody who waits until what is shown is up to date.
type Waiting = mpsc::SyncSender<()>;

impl<'s> Builder<'s> {
    fn new(root: PathBuf, policy: Policy, state: &'s Mutex<Arc<Shown>>) -> Builder<'s> {
        Builder { watcher: Watcher::new(root.clone()), root, policy, state }
    }

    /// Serves those who wait, all at once.
    fn work(&mut self, asked: &mpsc::Receiver<Waiting>) {
        while let Ok(first) = asked.recv() {
            let all: Vec<Waiting> = [first].into_iter().chain(asked.try_iter()).collect();
            let refreshed = panic::catch_unwind(AssertUnwindSafe(|| self.refresh()));
            // A book that cannot be read just now says so where it is looked at.
            match refreshed {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.show(|shown| shown.fail(error.to_string())),
                Err(_) => {
                    self.show(|shown| shown.fail("a fault of pamphleteer stopped the build".to_owned()));
                }
            }
            for waiting in all {
                // whoever went away meanwhile
                let _ = waiting.send(());
            }
        }
    }

    /// Makes the book anew when a file has changed. A book that has errors
    /// cannot be: its last pages stay, and are said to be old.
    fn refresh(&mut self) -> Result<(), Error> {
        if !self.watcher.has_changed() {
            return Ok(());
        }
        let request = Editions::of(&self.root, PPI);
        let mut production = match produce(&self.root, &request, &self.policy) {
            Ok(production) => production,
            Err(Halt::Machine(error)) => return Err(error),
            Err(Halt::Usage(reason)) => return Err(Error::new(reason)),
            Err(Halt::Fallen(finding)) => return Err(Error::new(finding.message)),
        };
        let found = std::mem::take(&mut production.findings);
        let errors = found.iter().filter(|finding| finding.severity == Severity::Error).count();
        let findings = drawn(&found, &production.project.sources.map);
        let complete = !now(self.state).pages.pages.is_empty();
        if production.blocked && complete {
            self.show(|shown| shown.keep(findings, older(errors)));
            return Ok(());
        }
        let warning =
            production.blocked.then(|| format!("This is no complete book yet: {}.", counted(errors)));
        let made = shown(production)?;
        let moves = Arc::new(likeness::moves(&now(self.state).likeness, &made.likeness));
        self.show(|shown| *shown = Shown { version: shown.version, findings, warning, moves, ..made });
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
        if matches!(path, "/" | "/version") {
            refreshed(ask);
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
            refreshed(ask);
            let shown = now(self.state);
            if shown.version != version || Instant::now() > deadline {
                let change = shell::change(&shown, version).to_string();
                return Some(Response::found("application/json", change));
            }
            thread::sleep(PAUSE);
        }
    }
}

/// Waits until what is shown is up to date. Without the builder, what was shown last is.
fn refreshed(ask: &mpsc::Sender<Waiting>) {
    let (done, is_done) = mpsc::sync_channel(1);
    let _ = ask.send(done).map(|()| is_done.recv());
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

/// What a browser shows of a book.
fn shown(production: Production) -> Result<Shown, Error> {
    let Production { project, proof, .. } = production;
    let chosen = printers::find(None, &project.root).map_err(Error::new)?;
    let wishes = Wishes { chosen, store: shops::find(None).map_err(Error::new)?, ppi: PPI };
    // what is found here was found before
    let press = Press::new(&project, &proof, wishes, &mut Vec::new());
    let (files, cover) = press.with_ebook(|edition| {
        (epub::files(edition).value, edition.cover.as_ref().map(|cover| cover.bytes.to_vec()))
    })?;
    let is_text = |path: &str| path.contains("/text/") && path.ends_with(".xhtml");
    let texts = files.iter().filter(|file| is_text(&file.path)).map(|file| file.path.clone()).collect();
    let files = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    let places = Arc::new(places(&proof.pages, &project.sources.map, &project.root));
    let likeness = Arc::new(Likeness::of(&proof.pages));
    let (pages, cover, files) = (Arc::new(proof.pages), cover.map(Arc::from), Arc::new(files));
    Ok(Shown { pages, likeness, places, cover, files, texts, ..Shown::default() })
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
