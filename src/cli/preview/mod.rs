//! `pamphleteer preview`: the book in a browser on this machine, pages and
//! ebook, made anew whenever a file of it changes.

mod http;
mod shell;

use super::edition::{Press, Wishes};
use super::findings::Desk;
use super::{End, book_root, build, printers, watch};
use crate::diag::{self, Colour, Diagnostic, Error, SourceMap};
use crate::epub::{self, Store};
use crate::pages::Pages;
use crate::project::load;
use crate::raster::Painter;
use http::Response;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Where a browser finds us unless told otherwise.
const PORT: u16 = 4127;
/// Pixels to the inch of the pages, so that they are sharp on a good screen.
const PPI: u32 = 130;

/// Shows a book until the process is ended.
pub fn preview(book: Option<&Path>, port: Option<u16>, desk: &mut Desk) -> Result<End, Error> {
    let Some(root) = book_root(book, desk) else { return Ok(End::Misused) };
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|e| Error::io("no address to listen on", e))?;
    let mut stand = Stand::new(root);
    stand.refresh()?;
    desk.say(&format!("the book is shown at http://{address}/ and follows your files; Ctrl-C ends\n"));
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
    seen: BTreeMap<PathBuf, Option<SystemTime>>,
    version: u64,
    shown: Shown,
}

/// What there is to see.
#[derive(Default)]
struct Shown {
    pages: Pages,
    /// The files of the ebook by their paths.
    files: BTreeMap<String, Vec<u8>>,
    /// The paths of its texts, in reading order.
    texts: Vec<String>,
    /// What was found, as people read it.
    findings: Vec<String>,
}

impl Stand {
    fn new(root: PathBuf) -> Stand {
        Stand { root, seen: BTreeMap::new(), version: 0, shown: Shown::default() }
    }

    /// Makes the book anew when a file has changed.
    fn refresh(&mut self) -> Result<(), Error> {
        let now = watch::times(&self.root, &self.root.join("out"));
        if now == self.seen {
            return Ok(());
        }
        self.seen = now;
        self.version += 1;
        self.shown = shown(&self.root)?;
        Ok(())
    }

    fn answer(&mut self, path: &str) -> Option<Response> {
        const TEXT: &str = "text/plain; charset=utf-8";
        if matches!(path, "/" | "/version") {
            // A book that cannot be read just now says so where it is looked at.
            if let Err(error) = self.refresh() {
                self.shown.findings = vec![error.to_string()];
            }
        }
        match path {
            "/" => Some(Response::found("text/html; charset=utf-8", shell::page(self.version, &self.shown))),
            "/version" => Some(Response::found(TEXT, self.version.to_string())),
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

/// Reads, sets and makes a book as far as its faults allow.
fn shown(root: &Path) -> Result<Shown, Error> {
    let mut findings = Vec::new();
    let project = load(root, &mut findings)?;
    let proof = build::typeset(&project, build::Ask::Pages, &mut findings);
    let chosen = printers::find(None, root).map_err(Error::new)?;
    let store = Store::named("generic").ok_or_else(|| Error::new("the rules of shops are gone"))?;
    let press = Press::new(&project, &proof, Wishes { chosen, store, ppi: PPI }, &mut findings);
    let files = press.with_ebook(|edition| epub::files(edition).take(&mut findings))?;
    let is_text = |path: &str| path.contains("/text/") && path.ends_with(".xhtml");
    let texts = files.iter().filter(|file| is_text(&file.path)).map(|file| file.path.clone()).collect();
    let files = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    let findings = drawn(findings, &project.sources.map);
    Ok(Shown { pages: proof.pages, files, texts, findings })
}

fn drawn(mut findings: Vec<Diagnostic>, sources: &SourceMap) -> Vec<String> {
    diag::sort(&mut findings);
    findings.iter().map(|finding| diag::draw(finding, sources, Colour::Off)).collect()
}

/// The media type of a file of the ebook.
fn media(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("xhtml") => "application/xhtml+xml",
        Some("css") => "text/css",
        Some("otf") => "font/otf",
        Some("svg") => "image/svg+xml",
        Some("jpg") => "image/jpeg",
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "application/xml",
    }
}
