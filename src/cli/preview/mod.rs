//! `pamphleteer preview`: the book in a browser on this machine, cover, pages
//! and ebook, made anew whenever a file of it changes, with the findings that
//! `check` has.

mod http;
mod shell;

use super::args::Editions;
use super::edition::{Press, Wishes};
use super::findings::{Desk, Policy};
use super::produce::{Halt, Production, produce};
use super::{End, book_root, printers, shops, watch};
use crate::diag::{self, Colour, Diagnostic, Error, Severity, SourceMap};
use crate::epub;
use crate::pages::Pages;
use crate::raster::Painter;
use http::Response;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The usual port.
const PORT: u16 = 4127;
/// Pixels to the inch of the pages, so that they are sharp on a good screen.
const PPI: u32 = 130;

/// Shows a book until the process is ended.
pub fn preview(book: Option<&Path>, port: Option<u16>, desk: &mut Desk) -> Result<End, Error> {
    let Some(root) = book_root(book, desk) else { return Ok(End::Misused) };
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|e| Error::io("no address to listen on", e))?;
    let mut stand = Stand::new(root, desk.policy().clone());
    stand.refresh()?;
    desk.say(&format!("preview at http://{address}/ (follows your files; Ctrl-C to stop)\n"));
    let stand = Mutex::new(stand);
    http::serve(&listener, &|path| {
        stand.lock().unwrap_or_else(PoisonError::into_inner).answer(path).unwrap_or_else(Response::missing)
    });
    Ok(End::Done)
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

/// The book as it was last made.
struct Stand {
    root: PathBuf,
    policy: Policy,
    seen: BTreeMap<PathBuf, Option<SystemTime>>,
    version: u64,
    shown: Shown,
}

/// State shown in the browser.
#[derive(Default)]
struct Shown {
    pages: Pages,
    /// The picture of the front cover.
    cover: Option<Vec<u8>>,
    /// The files of the ebook by their paths.
    files: BTreeMap<String, Vec<u8>>,
    /// The paths of its texts, in reading order.
    texts: Vec<String>,
    /// What was found, as people read it.
    findings: Vec<String>,
    /// How what is shown differs from the files: it is older, or incomplete.
    warning: Option<String>,
}

impl Stand {
    fn new(root: PathBuf, policy: Policy) -> Stand {
        Stand { root, policy, seen: BTreeMap::new(), version: 0, shown: Shown::default() }
    }

    /// Makes the book anew when a file has changed. A book that has errors
    /// cannot be: its last pages stay, and are said to be old.
    fn refresh(&mut self) -> Result<(), Error> {
        let now = watch::times(&self.root, &self.root.join("out"));
        if now == self.seen {
            return Ok(());
        }
        self.seen = now;
        self.version += 1;
        let request = Editions::of(&self.root, PPI);
        let mut production = match produce(&self.root, &request, &self.policy) {
            Ok(production) => production,
            Err(Halt::Machine(error)) => return Err(error),
            Err(Halt::Usage(reason)) => return Err(Error::new(reason)),
        };
        let findings = std::mem::take(&mut production.findings);
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let findings = drawn(&findings, &production.project.sources.map);
        let complete = !self.shown.pages.pages.is_empty();
        if production.blocked && complete {
            self.shown.findings = findings;
            self.shown.warning = Some(older(errors));
            return Ok(());
        }
        let warning =
            production.blocked.then(|| format!("This is no complete book yet: {}.", counted(errors)));
        self.shown = Shown { findings, warning, ..shown(production)? };
        Ok(())
    }

    fn answer(&mut self, path: &str) -> Option<Response> {
        const TEXT: &str = "text/plain; charset=utf-8";
        if matches!(path, "/" | "/version") {
            // A book that cannot be read just now says so where it is looked at.
            if let Err(error) = self.refresh() {
                self.shown.findings = vec![error.to_string()];
                self.shown.warning = Some(older(1));
            }
        }
        match path {
            "/" => Some(Response::found("text/html; charset=utf-8", shell::page(self.version, &self.shown))),
            "/version" => Some(Response::found(TEXT, self.version.to_string())),
            "/cover" => self.shown.cover.clone().map(|bytes| Response::found(picture_media(&bytes), bytes)),
            "/preview.css" => Some(Response::found("text/css", shell::STYLE)),
            "/preview.js" => Some(Response::found("text/javascript", shell::SCRIPT)),
            _ => self.page(path).or_else(|| self.file(path)),
        }
    }

    /// A page of the page edition: `/page/1.png`.
    fn page(&self, path: &str) -> Option<Response> {
        let number: usize = path.strip_prefix("/page/")?.strip_suffix(".png")?.parse().ok()?;
        let index = number.checked_sub(1).filter(|index| *index < self.shown.pages.pages.len())?;
        let png = Painter::new(&self.shown.pages, PPI).png(index).ok()?;
        Some(Response::found("image/png", png))
    }

    /// A file of the ebook: `/book/EPUB/text/…`.
    fn file(&self, path: &str) -> Option<Response> {
        let bytes = self.shown.files.get(path.strip_prefix("/book/")?)?;
        Some(Response::found(media(path), bytes.clone()))
    }
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
    Ok(Shown { pages: proof.pages, cover, files, texts, ..Shown::default() })
}

/// Says that what is shown is not what the files hold now.
fn older(errors: usize) -> String {
    format!("These pages are older than your files: {}.", counted(errors))
}

fn counted(errors: usize) -> String {
    if errors == 1 {
        "an error stops the build".to_owned()
    } else {
        format!("{errors} errors stop the build")
    }
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
