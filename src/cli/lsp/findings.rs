//! Findings as one types: a thread that looks at a book whenever a text of it has changed.
//!
//! What the texts alone say is found at once, from the texts as the editor holds them. What needs
//! pages and editions is found when a file is saved, as `check` finds it, and is kept until the file
//! changes. Of orders that wait, only the last is carried out.

use super::place::{range, uri_of};
use super::spelling::{self, Speller};
use crate::cli::args::Editions;
use crate::cli::findings::Policy;
use crate::cli::memory::Memory;
use crate::cli::produce::set;
use crate::cli::progress::Progress;
use crate::cli::typesetting::{Ask, typeset};
use crate::diag::{Diagnostic, Error, Severity, SourceMap, Span};
use crate::guard::{STACK, guarded};
use crate::project::{Around, Unsaved, load_with};
use lsp_server::{Message, Notification};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// A look at a book.
pub(super) struct Order {
    /// Its folder.
    pub root: PathBuf,
    /// What the editor holds of its texts.
    pub texts: Unsaved,
    /// The addresses by which the editor knows them.
    pub uris: BTreeMap<PathBuf, String>,
    /// The files are as the editor has them, so that editions can be tried.
    pub saved: bool,
}

/// The thread's door.
pub(super) struct Worker {
    orders: Sender<Order>,
}

impl Worker {
    /// Starts it; what it finds goes to `editor`.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub(super) fn start(
        editor: impl Fn(Message) + Send + 'static,
        policy: Policy,
        speller: Arc<Speller>,
    ) -> Result<Worker, Error> {
        let (orders, waiting) = mpsc::channel();
        let mut shown =
            Shown { policy, speller, memory: Memory::default(), by_uri: BTreeSet::new(), later: Vec::new() };
        let work = move || {
            while let Some(order) = last(&waiting) {
                shown.look(&order, &editor);
            }
        };
        let spawned = thread::Builder::new().name("findings".to_owned()).stack_size(STACK).spawn(work);
        spawned.map_err(|error| Error::io("cannot start a thread", error))?;
        Ok(Worker { orders })
    }

    /// Asks for a look.
    pub(super) fn look(&self, order: Order) {
        // a thread that is gone has nobody to tell
        let _ = self.orders.send(order);
    }
}

/// The last of the orders that wait; none when no more will come. A file that was saved meanwhile
/// is not forgotten.
fn last(waiting: &Receiver<Order>) -> Option<Order> {
    let mut order = waiting.recv().ok()?;
    while let Ok(next) = waiting.try_recv() {
        let saved = order.saved && order.root == next.root;
        order = next;
        order.saved |= saved;
    }
    Some(order)
}

/// What the editor was told.
struct Shown {
    policy: Policy,
    speller: Arc<Speller>,
    /// What was made of the book before.
    memory: Memory,
    /// The documents that have findings.
    by_uri: BTreeSet<String>,
    /// What only editions could tell.
    later: Vec<Later>,
}

/// A finding of an edition, which is as old as the last time that editions were made.
struct Later {
    /// The document.
    uri: String,
    /// The document's text at that time.
    text: String,
    finding: Value,
}

impl Shown {
    fn look(&mut self, order: &Order, editor: &impl Fn(Message)) {
        let mut found = self.of_texts(order);
        if order.saved {
            self.later = self.of_editions(order, &found);
        }
        for later in &self.later {
            if order.text_at(&later.uri).is_none_or(|now| *now == later.text) {
                found.entry(later.uri.clone()).or_default().push(later.finding.clone());
            }
        }
        let gone = self.by_uri.iter().filter(|uri| !found.contains_key(*uri)).cloned();
        let empty: Vec<String> =
            gone.chain(order.uris.values().filter(|uri| !found.contains_key(*uri)).cloned()).collect();
        self.by_uri = found.keys().cloned().collect();
        found.extend(empty.into_iter().map(|uri| (uri, Vec::new())));
        for (uri, diagnostics) in found {
            let params = json!({ "uri": uri, "diagnostics": diagnostics });
            editor(Message::Notification(Notification::new(
                "textDocument/publishDiagnostics".to_owned(),
                params,
            )));
        }
    }

    /// What the texts say, by document.
    fn of_texts(&mut self, order: &Order) -> BTreeMap<String, Vec<Value>> {
        let mut findings = Vec::new();
        let Shown { memory, speller, .. } = self;
        let read = guarded(|| {
            let pictures = Some(&memory.pictures);
            let around = Around { unsaved: Some(&order.texts), pictures, ..Around::default() };
            let project = load_with(&order.root, around, &mut findings)?;
            let book = typeset(&project, Ask::Nothing, Some(memory), &mut findings).book;
            let unknown = speller.unknown(&book, &project.sources.map);
            Ok((project.sources.map, unknown))
        });
        let (map, unknown) = match read {
            Ok(Ok(read)) => read,
            Ok(Err(error)) => return order.of_error(&error),
            Err(fall) => return order.of_error(&Error::new(fall.to_string())),
        };
        let mut by_uri: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for finding in self.policy.tidied(findings) {
            by_uri.entry(order.uri(&finding, &map)).or_default().push(told(&finding, &map));
        }
        for word in unknown {
            let uri = order.uri_of(&order.root.join(&map.file(word.0.file).name));
            by_uri.entry(uri).or_default().push(spelling::told(&word, &map));
        }
        by_uri
    }

    /// What `check` finds beyond that, each with its document and the document's text.
    fn of_editions(&mut self, order: &Order, known: &BTreeMap<String, Vec<Value>>) -> Vec<Later> {
        let Shown { memory, policy, .. } = self;
        let request = Editions::of(&order.root, 144);
        let produced = guarded(|| {
            let book = set(&order.root, (None, None), &request, Some(memory), Progress::default())?;
            book.produce(policy)
        });
        // the machine's trouble was told by the look at the texts, or is none of a text
        let Ok(Ok(production)) = produced else { return Vec::new() };
        let map = &production.project.sources.map;
        let mut later = Vec::new();
        for finding in self.policy.tidied(production.findings) {
            let (uri, value) = (order.uri(&finding, map), told(&finding, map));
            if !known.get(&uri).is_some_and(|all| all.contains(&value)) {
                let text = finding.span.map_or_else(String::new, |span| map.file(span.file).text.clone());
                later.push(Later { uri, text, finding: value });
            }
        }
        later
    }
}

impl Order {
    /// The document of a finding; that of a finding about the whole book is book.toml.
    fn uri(&self, finding: &Diagnostic, map: &SourceMap) -> String {
        let name = place_of(finding, map).map_or("book.toml", |span| map.file(span.file).name.as_str());
        self.uri_of(&self.root.join(name))
    }

    fn uri_of(&self, path: &Path) -> String {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.uris.get(&path).cloned().unwrap_or_else(|| uri_of(&path))
    }

    /// The text that the editor holds of a document.
    fn text_at(&self, uri: &str) -> Option<&str> {
        let (path, _) = self.uris.iter().find(|(_, known)| *known == uri)?;
        self.texts.get(path).map(String::as_str)
    }

    /// Trouble that no text is to blame for, at the top of book.toml.
    fn of_error(&self, error: &Error) -> BTreeMap<String, Vec<Value>> {
        let start = json!({ "line": 0, "character": 0 });
        let value = json!({
            "range": { "start": start, "end": start }, "severity": 1, "source": "pamphleteer", "message": error.to_string(),
        });
        BTreeMap::from([(self.uri_of(&self.root.join("book.toml")), vec![value])])
    }
}

/// Where a finding points in a file; what stands in brackets is none.
fn place_of(finding: &Diagnostic, map: &SourceMap) -> Option<Span> {
    finding.span.filter(|span| !map.file(span.file).name.starts_with('('))
}

/// A finding in the protocol's words.
fn told(finding: &Diagnostic, map: &SourceMap) -> Value {
    let severity = match finding.severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    };
    let range = place_of(finding, map).map(|span| map.narrow(span, finding.about)).map_or_else(
        || json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }),
        |span| range(map.file(span.file), span),
    );
    let hint = finding.hint.as_ref().map_or_else(String::new, |hint| format!("\n{hint}"));
    json!({
        "range": range, "severity": severity, "code": finding.code.name(), "source": "pamphleteer",
        "message": format!("{}{hint}", finding.message),
    })
}
