//! `pamphleteer preview`: the book in a browser on this machine, cover, pages
//! and ebook, made anew whenever a file of it changes, with the findings that
//! `check` has.

mod builder;
mod editions;
mod finisher;
mod http;
mod likeness;
mod pictures;
mod places;
mod shell;
mod shown;
mod source;
mod state;
mod tried;
mod words;

use super::end::End;
use super::findings::Reporter;
use super::notices::Notices;
use super::root::book_root;
use crate::diag::Error;
use crate::encoding::decode;
use crate::guard;
use crate::project::{MAX_FILE, Output, read_file, write_all};
use crate::sources;
use builder::{Builder, Waiting};
use finisher::Finisher;
use http::{Asked, Post, Response};
use pictures::RESOLUTIONS;
use serde_json::json;
use shown::Shown;
use source::Manuscript;
use state::State;
use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;
use tried::{Tried, applied};

/// The usual port.
const PORT: u16 = 4127;

/// So often a browser that waits for a change is told that there is none: whether it is
/// still there is found out by it.
const BEAT: Duration = Duration::from_secs(15);

/// Shows a book until the process is ended.
pub(super) fn preview(book: Option<&Path>, port: Option<u16>, reporter: &mut Reporter) -> Result<End, Error> {
    let Some(root) = book_root(book, reporter) else { return Ok(End::Misused) };
    let listener = listen(port)?;
    let address = listener.local_addr().map_err(|e| Error::io("no address to listen on", e))?;
    let state = Arc::new(State::default());
    let (ask, asked) = mpsc::channel();
    let finisher = Finisher::start(state.clone(), reporter.policy().clone())?;
    let mut builder = Builder::new(root.clone(), reporter.policy().clone(), state.clone(), finisher);
    let (ready, is_ready) = mpsc::channel();
    in_a_thread(move || {
        let first = builder.refresh();
        let failed = first.is_err();
        // nobody waits any more when the process is about to end
        let _ = ready.send(first);
        if !failed {
            builder.work(&asked);
        }
    })?;
    is_ready.recv().map_err(|_| Error::new("the preview ended before it began"))??;
    let (noticed, watched, folder) = (ask.clone(), state.clone(), root.clone());
    in_a_thread(move || {
        let notices = Notices::of(&folder);
        loop {
            notices.wait();
            if watched.is_watched() && noticed.send(Waiting::Nobody).is_err() {
                break;
            }
        }
    })?;
    let preview = Preview { state, ask, root, token: token() };
    reporter.say(&format!("preview at http://{address}/ (follows your files; Ctrl-C to stop)\n"));
    http::serve(&listener, &|asked| preview.answer(asked).unwrap_or_else(Response::missing));
    Ok(End::Done)
}

/// Begins work in a thread whose stack is as deep as that of `build`.
fn in_a_thread(work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let thread = thread::Builder::new().stack_size(guard::STACK).spawn(work);
    thread.map(drop).map_err(|e| Error::io("cannot start the preview", e))
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

/// Something that no page from elsewhere can guess. The keys of a [`RandomState`] are the
/// system's own random numbers, and its hash (SipHash) does not give them away.
fn token() -> String {
    (0..2).map(|number: u64| format!("{:016x}", RandomState::new().hash_one(number))).collect()
}

/// The answers to a browser. They are made of what was made before; no path of a
/// request is one of a file.
struct Preview {
    state: Arc<State>,
    ask: mpsc::Sender<Waiting>,
    root: PathBuf,
    token: String,
}

impl Preview {
    fn answer(&self, asked: &Asked<'_>) -> Option<Response> {
        match &asked.post {
            Some(post) => Some(self.change(asked.path, post)),
            None => self.show(asked.path),
        }
    }

    /// Something to look at.
    fn show(&self, path: &str) -> Option<Response> {
        const TEXT: &str = "text/plain; charset=utf-8";
        if let Some(version) = path.strip_prefix("/changes/") {
            return Some(self.changes(version.parse().ok()?));
        }
        let of_editions = ["/book/", "/output/"].iter().any(|begin| path.starts_with(begin));
        if of_editions || matches!(path, "/state" | "/version" | "/cover" | "/wrap.svg") {
            self.wait(Waiting::All);
        } else if path == "/" {
            self.wait(Waiting::Pages);
        }
        let shown = self.state.now();
        let made = &shown.editions;
        match path {
            "/" => {
                let page = shell::page(&shown.pages.info.title, &self.token);
                Some(Response::found("text/html; charset=utf-8", page))
            }
            "/version" => Some(Response::found(TEXT, shown.version.to_string())),
            "/state" => Some(found_json(&shell::change(&shown, 0))),
            "/cover" => made.cover.as_ref().map(|bytes| Response::found(picture_media(bytes), &**bytes)),
            "/wrap.svg" => {
                made.wrap.as_ref().map(|svg| Response::found("image/svg+xml", svg.as_bytes()).of_book())
            }
            "/preview.css" => Some(Response::found("text/css; charset=utf-8", shell::STYLE)),
            "/preview.js" => Some(Response::found("text/javascript; charset=utf-8", shell::SCRIPT)),
            "/keys.json" => Some(found_json(&shell::keys(own_styles(&self.root)))),
            _ => self.part(path, &shown),
        }
    }

    /// A part of what is shown: a page, its words, where they come from; a file.
    fn part(&self, path: &str, shown: &Shown) -> Option<Response> {
        let mut parts = path[1..].splitn(2, '/');
        let (kind, rest) = (parts.next()?, parts.next()?);
        match kind {
            "page" => self.page(rest, shown),
            "overlay" => shell::overlay(shown, rest.parse().ok()?).map(|value| found_json(&value)),
            "search" => Some(found_json(&shell::hits(&words::search(&shown.pages, &sources::decode(rest))))),
            "source" => source_of(rest, shown),
            "output" => {
                let output =
                    shown.editions.outputs.iter().find(|output| output.name == sources::decode(rest))?;
                let name = output.name.rsplit('/').next().unwrap_or_default();
                Some(Response::found(media(&output.name), output.bytes.clone()).into_file(name))
            }
            "book" => {
                let name = sources::decode(rest);
                let bytes = shown.editions.files.get(&name)?;
                Some(Response::found(media(&name), bytes.clone()).of_book())
            }
            _ => None,
        }
    }

    /// A page of the page edition: `100/1.png` at 100 pixels to the inch.
    fn page(&self, path: &str, shown: &Shown) -> Option<Response> {
        let (ppi, number) = path.strip_suffix(".png")?.split_once('/')?;
        let ppi = ppi.parse().ok().filter(|ppi| RESOLUTIONS.contains(ppi))?;
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        let png = self.state.pictures.get((&shown.pages, &shown.likeness), index, ppi)?;
        Some(Response::found("image/png", &*png))
    }

    /// What is new since that version, and whatever is new from then on, as it happens.
    fn changes(&self, since: u64) -> Response {
        let watching = self.state.watch();
        // what changed while nobody looked
        let _ = self.ask.send(Waiting::Nobody);
        let mut version = since;
        Response::of_events(Box::new(move || match watching.after(version, BEAT) {
            Some(shown) => {
                let change = shell::change(&shown, version);
                version = shown.version;
                format!("data: {change}\n\n")
            }
            None => ":\n\n".to_owned(),
        }))
    }

    /// Waits until that of what is shown is up to date. Without the builder, it is what was
    /// shown last.
    fn wait(&self, for_what: fn(mpsc::SyncSender<()>) -> Waiting) {
        let (done, is_done) = mpsc::sync_channel(1);
        let _ = self.ask.send(for_what(done)).map(|()| is_done.recv());
    }

    /// Tries keys of the style, or keeps them in book.toml: what our own page alone may ask
    /// for.
    fn change(&self, path: &str, post: &Post<'_>) -> Response {
        if post.token != self.token {
            return Response::refused(403, "only for the page of the preview");
        }
        let Ok(tried) = serde_json::from_slice::<Tried>(post.body) else {
            return Response::refused(400, "keys and their values, please");
        };
        match path {
            "/try" => self.state.set_tried(tried),
            "/keep" => match keep(&self.root, &tried) {
                Ok(()) => self.state.set_tried(Tried::new()),
                Err(reason) => return Response::refused(409, &reason),
            },
            _ => return Response::missing(),
        }
        self.wait(Waiting::Pages);
        found_json(&json!({ "version": self.state.now().version }))
    }
}

/// Writes keys of the style into book.toml; all else stays as it is.
fn keep(root: &Path, tried: &Tried) -> Result<(), String> {
    let bytes = read_file(&root.join("book.toml"), MAX_FILE).map_err(|_| "book.toml cannot be read")?;
    let text = decode(bytes).map_err(|_| "save book.toml as UTF-8 first")?;
    let bytes = applied(&text, tried)?.into_bytes();
    write_all(root, &[Output { name: "book.toml".to_owned(), bytes }]).map_err(|error| error.to_string())
}

/// The style files of the book's own.
fn own_styles(root: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(root.join("styles")).into_iter().flatten().flatten();
    let name = |entry: std::fs::DirEntry| {
        Some(entry.file_name().into_string().ok()?.strip_suffix(".toml")?.to_owned())
    };
    entries.filter_map(name).collect()
}

fn found_json(value: &serde_json::Value) -> Response {
    Response::found("application/json", value.to_string())
}

/// Where the words at a place of a page stand in the manuscript: `PAGE/X/Y` in points, or
/// `PAGE` for its first words.
fn source_of(path: &str, shown: &Shown) -> Option<Response> {
    let manuscript: &Manuscript = &shown.manuscript;
    let mut parts = path.split('/');
    let index: usize = parts.next()?.parse().ok()?;
    let (word, span) = match (parts.next(), parts.next()) {
        (Some(x), Some(y)) => {
            let (word, place) =
                words::word_at(shown.pages.pages.get(index)?, x.parse().ok()?, y.parse().ok()?)?;
            (word, manuscript.span_of(place)?)
        }
        _ => {
            let start = shown.pages.starts.iter().find(|start| start.page as usize == index)?;
            (String::new(), start.span?)
        }
    };
    let mut described = manuscript.described(span);
    described.as_object_mut()?.insert("word".to_owned(), word.into());
    Some(found_json(&described))
}

/// The media type of a cover's picture.
fn picture_media(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

/// The media type of a file.
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
        Some("pdf") => "application/pdf",
        Some("epub") => "application/epub+zip",
        _ => "application/xml",
    }
}
