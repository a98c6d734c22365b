//! One book of many: left as it is, taken from the cache, or made.

use super::super::args::Editions;
use super::super::build::commit;
use super::super::findings::Policy;
use super::super::manifest;
use super::super::produce::{Halt, produce};
use super::super::production::Production;
use super::done::{Done, Way};
use super::key::Keys;
use super::outcome::{Kept, Outcome, Validity};
use super::planned::PlannedBook;
use super::report::{self, Report};
use crate::diag::{Error, SourceMap};
use crate::guard::guarded;
use crate::project::{Memo, Output, Stamp, Store, Tree, WriteFolder, fingerprint, finish_earlier};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::Instant;

/// What is wanted of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Their editions.
    Build,
    /// What is wrong with them.
    Check,
}

/// Makes books.
pub(super) struct Maker<'m> {
    /// What is asked for of each.
    pub request: &'m Editions,
    /// How findings are weighed.
    pub policy: &'m Policy,
    /// The keys of builds.
    pub keys: &'m Keys,
    /// Where outputs are kept.
    pub store: Option<&'m Store>,
    /// What is wanted.
    pub purpose: Purpose,
}

/// What was built into the folder of a book before.
type Earlier = Memo<Outcome>;

impl Maker<'_> {
    /// What becomes of a book.
    pub(super) fn make(&self, book: &PlannedBook, said: &Mutex<Report<'_>>) -> Done {
        let begin = Instant::now();
        let mut waiting = || report::now(said).say_waiting(&book.out);
        let way = if self.purpose == Purpose::Check { Way::Checked } else { Way::Made };
        let tried = guarded(|| {
            let made = match (self.purpose, self.store) {
                (Purpose::Check, _) => self.check(book),
                (Purpose::Build, None) => {
                    self.build(book, &Tree::new(), &mut waiting).map(|(outcome, _)| outcome)
                }
                (Purpose::Build, Some(store)) => return self.with_cache(book, store, &mut waiting),
            };
            made.map(|outcome| (outcome, way))
        });
        let (outcome, way) = match tried {
            Ok(Ok((outcome, way))) => (Ok(outcome), way),
            Ok(Err(error)) => (Err(error.to_string().into()), way),
            Err(fall) => {
                let finding = fall.finding("the book was not made", None);
                (Ok(Outcome::of_findings(vec![finding], &SourceMap::default(), self.policy)), way)
            }
        };
        Done { outcome, way, seconds: begin.elapsed().as_secs_f64() }
    }

    fn with_cache(
        &self,
        book: &PlannedBook,
        store: &Store,
        waiting: &mut dyn FnMut(),
    ) -> Result<(Outcome, Way), Error> {
        finish_earlier(&book.out, waiting)?;
        let memo: Option<Earlier> = Memo::read(store, &book.root, &book.out);
        let known = memo.as_ref().map(|memo| &memo.files);
        let tree = self.keys.tree(book, known.unwrap_or(&Tree::new()));
        let key = self.keys.of(book, &tree);
        if let Some(memo) = memo.as_ref().filter(|memo| memo.key == key && lie_there(memo, book)) {
            let outcome = memo.outcome.clone();
            self.remember(book, store, memo.before.clone(), key, tree, &outcome, Some(memo))?;
            return Ok((outcome, Way::Unchanged));
        }
        let before = memo.map(|memo| memo.history(&key)).unwrap_or_default();
        if let Some(outcome) = store.outcome(&key)
            && restore(book, store, &outcome, waiting)?
        {
            self.remember(book, store, before, key, tree, &outcome, None)?;
            return Ok((outcome, Way::Restored));
        }
        let (outcome, made) = self.build(book, &tree, waiting)?;
        if made.validity == Validity::Anywhere {
            let hashed = made.outputs.iter().zip(&outcome.outputs);
            let outputs: Vec<(&Output, &str)> = hashed.map(|(o, kept)| (o, kept.sha256.as_str())).collect();
            store.keep(&key, &outputs, &outcome)?;
        }
        if made.validity >= Validity::Here {
            self.remember(book, store, before, key, tree, &outcome, None)?;
        }
        Ok((outcome, Way::Made))
    }

    /// Writes down what lies in the folder of outputs now, unless that is known.
    #[allow(clippy::too_many_arguments, reason = "each is a part of what is written down")]
    fn remember(
        &self,
        book: &PlannedBook,
        store: &Store,
        before: Vec<String>,
        key: String,
        tree: Tree,
        outcome: &Outcome,
        known: Option<&Earlier>,
    ) -> Result<(), Error> {
        let stamp = |kept: &Kept| Some((kept.file.clone(), Stamp::of(&book.out.join(&kept.file))?));
        let outputs: Vec<(String, Stamp)> = outcome.outputs.iter().filter_map(stamp).collect();
        let files = self.keys.files.settled(tree);
        if known.is_some_and(|memo| memo.files == files && memo.outputs == outputs) {
            return Ok(());
        }
        let memo = Memo { key, before, files, outputs, outcome: outcome.clone() };
        memo.write(store, &book.root, &book.out)
    }

    /// Makes a book and writes it.
    fn build(
        &self,
        book: &PlannedBook,
        tree: &Tree,
        waiting: &mut dyn FnMut(),
    ) -> Result<(Outcome, Made), Error> {
        finish_earlier(&book.out, waiting)?;
        let mut production = match self.produced(book)? {
            Ok(production) => production,
            Err(outcome) => return Ok((outcome, Made { outputs: Vec::new(), validity: Validity::Once })),
        };
        let mut written = Vec::new();
        if !production.blocked {
            let record = commit(&WriteFolder::open(&book.out, waiting)?, &production)?;
            written = production.made.iter().map(|made| made.output.clone()).chain([record]).collect();
        }
        let validity = Validity::of(&production, tree, written.last());
        let kept = written.iter().map(Kept::new).collect();
        let outcome = Outcome::new(&mut production, kept, self.policy);
        Ok((outcome, Made { outputs: written, validity }))
    }

    fn check(&self, book: &PlannedBook) -> Result<Outcome, Error> {
        Ok(match self.produced(book)? {
            Ok(mut production) => Outcome::new(&mut production, Vec::new(), self.policy),
            Err(outcome) => outcome,
        })
    }

    /// The book, or what was found of one of which nothing could be made.
    fn produced(&self, book: &PlannedBook) -> Result<Result<Production, Outcome>, Error> {
        let request = Editions { out: Some(book.out.clone()), ..self.request.clone() };
        match produce(&book.root, book.shared.as_ref(), &request, self.policy) {
            Ok(production) => Ok(Ok(production)),
            Err(Halt::Machine(error)) => Err(error),
            Err(Halt::Usage(reason)) => Err(Error::new(reason)),
            Err(Halt::Fallen(finding)) => {
                Ok(Err(Outcome::of_findings(vec![*finding], &SourceMap::default(), self.policy)))
            }
        }
    }
}

/// What was written of a book.
struct Made {
    outputs: Vec<Output>,
    validity: Validity,
}

/// Whether the outputs of an earlier build lie there as it left them.
fn lie_there(memo: &Earlier, book: &PlannedBook) -> bool {
    memo.outcome.outputs.iter().all(|kept| {
        let path = book.out.join(&kept.file);
        let before = memo.outputs.iter().find(|(name, _)| *name == kept.file).map(|(_, stamp)| *stamp);
        let is_same = before.is_some() && before == Stamp::of(&path);
        is_same || fingerprint(&path).is_some_and(|(_, hash)| hash == kept.sha256)
    })
}

/// Writes the outputs of a build that is in the store, whole; false when they are
/// not all there, or when files lie in the folder that a build would speak of.
fn restore(
    book: &PlannedBook,
    store: &Store,
    outcome: &Outcome,
    waiting: &mut dyn FnMut(),
) -> Result<bool, Error> {
    let Some(slug) = outcome.slug() else { return Ok(outcome.outputs.is_empty()) };
    let mut outputs = Vec::with_capacity(outcome.outputs.len() + 1);
    for kept in &outcome.outputs {
        let Some(bytes) = store.output(&kept.sha256) else { return Ok(false) };
        outputs.push(Output { name: kept.file.clone(), bytes });
    }
    let whole = outputs.last().map(|record| serde_json::from_slice(&record.bytes).unwrap_or_default());
    if !replaces_all(&manifest::last(&book.out, slug), &whole.unwrap_or_default(), outcome) {
        return Ok(false);
    }
    let names = outcome.outputs.iter().map(|kept| kept.file.as_str());
    outputs.insert(0, manifest::meanwhile(slug, &[], names)?);
    WriteFolder::open(&book.out, waiting)?.commit(&outputs)?;
    Ok(true)
}

/// Whether a build would say nothing of the files that the last one left: all of them
/// are replaced, and a wrap by one for the same spine.
fn replaces_all(last: &Value, whole: &Value, outcome: &Outcome) -> bool {
    let names: BTreeSet<&str> = outcome.outputs.iter().map(|kept| kept.file.as_str()).collect();
    let entries = || last["outputs"].as_array().into_iter().flatten();
    let wrap = |record: &Value| {
        let outputs = record["outputs"].as_array().cloned().unwrap_or_default();
        outputs.into_iter().find_map(|output| output.get("wrap").cloned())
    };
    entries().all(|entry| entry["file"].as_str().is_some_and(|file| names.contains(file)))
        && wrap(last).is_none_or(|made| Some(made) == wrap(whole))
}

/// Deletes from the store what no book of it needs any more.
pub(super) fn sweep(store: &Store) {
    store.sweep(
        |memo: &Earlier| memo.before.iter().chain([&memo.key]).cloned().collect(),
        |outcome: &Outcome| outcome.outputs.iter().map(|kept| kept.sha256.clone()).collect(),
    );
}
