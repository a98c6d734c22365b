//! What is said of many books: of each as soon as all before it are told of, and at
//! the end of all together.

use super::super::args::MessageFormat;
use super::super::end::{End, print_out};
use super::super::findings::Reporter;
use super::done::{Done, Way};
use super::outcome::{Outcome, Told};
use super::plan::Plan;
use crate::diag::{Colour, Error, counted};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Tells of books in their order, in whichever order they are done.
pub(super) struct Report<'d> {
    reporter: &'d mut Reporter,
    begin: Instant,
    count: usize,
    /// The next book that is told of.
    next: usize,
    /// What is said of those that are done before their turn.
    early: BTreeMap<usize, Words>,
    failed: Option<Error>,
}

/// What is said of a book.
#[derive(Default)]
struct Words {
    /// On standard output.
    out: String,
    /// On the error stream, also with `--quiet`.
    said: String,
    /// On the error stream, to those who want to hear it.
    told: String,
}

/// The report, which one thread at a time adds to.
pub(super) fn now<'r, 'd>(report: &'r Mutex<Report<'d>>) -> MutexGuard<'r, Report<'d>> {
    report.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'d> Report<'d> {
    /// Nothing is told yet.
    pub(super) fn new(count: usize, reporter: &'d mut Reporter) -> Report<'d> {
        Report { reporter, begin: Instant::now(), count, next: 0, early: BTreeMap::new(), failed: None }
    }

    /// Says that another process is waited for.
    pub(super) fn say_waiting(&mut self, folder: &Path) {
        self.reporter.say_waiting(folder);
    }

    /// Adds what became of a book.
    pub(super) fn add(&mut self, index: usize, name: &str, done: &Done) {
        let words = self.words(index, name, done);
        self.early.insert(index, words);
        while let Some(words) = self.early.remove(&self.next) {
            self.next += 1;
            self.reporter.say(&words.said);
            self.reporter.tell(&words.told);
            if let Err(error) = print_out(&words.out) {
                self.failed.get_or_insert(error);
            }
        }
    }

    fn words(&self, index: usize, name: &str, done: &Done) -> Words {
        let (format, colour) = self.reporter.manner();
        let outcome = match &done.outcome {
            Ok(outcome) => outcome,
            Err(reason) if format == MessageFormat::Json => {
                let line = json!({ "book": name, "severity": "error", "message": **reason });
                return Words { out: format!("{line}\n"), ..Words::default() };
            }
            Err(reason) => return Words { said: format!("{name}\nerror: {reason}\n"), ..Words::default() },
        };
        let mut words = Words::default();
        // what need not be mended is told of once
        let is_new = |told: &&Told| matches!(done.way, Way::Made | Way::Checked) || !told.is_note;
        let drawn: String = outcome.findings.iter().filter(is_new).map(|told| drawn(told, colour)).collect();
        if format == MessageFormat::Json {
            words.out = outcome.findings.iter().map(|told| with_book(&told.json, name)).collect();
        } else if !drawn.is_empty() {
            words.said = format!("{name}\n{drawn}");
        }
        if done.way != Way::Unchanged || outcome.errors > 0 {
            let so_far = format!("[{}/{}]", index + 1, self.count);
            words.told = format!("{so_far} {name}: {}\n", line(outcome, done));
        }
        words
    }

    /// Says what became of all, and how the command ends.
    ///
    /// # Errors
    /// When standard output fails.
    pub(super) fn close(self, plan: &Plan, done: &[Done], record: Option<&Path>) -> Result<End, Error> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let seconds = self.begin.elapsed().as_secs_f64();
        self.reporter.tell(&table(plan, done));
        self.reporter.tell(&closing(done, seconds, record));
        let is_faulty = |done: &Done| done.outcome.as_ref().is_ok_and(|outcome| outcome.errors > 0);
        Ok(if done.iter().any(|done| done.outcome.is_err()) {
            End::Failed
        } else if plan.errors > 0 || done.iter().any(is_faulty) {
            End::Faulty
        } else {
            End::Done
        })
    }
}

fn drawn(told: &Told, colour: Colour) -> &str {
    if colour == Colour::On { &told.coloured } else { &told.plain }
}

/// A finding for scripts, with the book that it is about.
fn with_book(line: &str, name: &str) -> String {
    let mut object: Value = serde_json::from_str(line).unwrap_or_default();
    object["book"] = json!(name);
    format!("{object}\n")
}

/// What became of a book, on one line.
fn line(outcome: &Outcome, done: &Done) -> String {
    let seconds = format!("{:.3} s", done.seconds);
    let way = match done.way {
        Way::Checked if outcome.findings.is_empty() => "no findings".to_owned(),
        Way::Checked => counted(outcome.findings.len(), "finding"),
        _ if outcome.outputs.is_empty() && outcome.errors > 0 => "nothing written".to_owned(),
        Way::Made => {
            format!("{}, {}", counted(outcome.outputs.len(), "file"), counted(outcome.pages, "page"))
        }
        Way::Restored => format!("{} from the cache", counted(outcome.outputs.len(), "file")),
        Way::Unchanged => "unchanged".to_owned(),
    };
    let counts = [(outcome.errors, "error"), (outcome.warnings, "warning")];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun));
    let refused =
        Some(format!("refused: {}", outcome.refused.join(", "))).filter(|_| !outcome.refused.is_empty());
    [way].into_iter().chain(counts).chain(refused).chain([seconds]).collect::<Vec<_>>().join(", ")
}

/// So many books are listed at the end; of more, those alone that have errors.
const MOST_ROWS: usize = 40;

/// The closing table: pages, files, errors and warnings of each book.
fn table(plan: &Plan, done: &[Done]) -> String {
    let is_faulty = |done: &Done| done.outcome.as_ref().map_or(true, |outcome| outcome.errors > 0);
    let named = plan.books.iter().zip(done);
    let rows: Vec<_> = named.filter(|(_, one)| done.len() <= MOST_ROWS || is_faulty(one)).collect();
    let width = rows.iter().map(|(title, _)| title.name.chars().count()).max().unwrap_or(0).max(4);
    if rows.is_empty() {
        return String::new();
    }
    let mut text = format!("{:width$}  pages  files     KiB  errors  warnings\n", "book");
    for (title, done) in rows {
        text += &match &done.outcome {
            Err(reason) => format!("{:width$}  {reason}\n", title.name),
            Ok(outcome) => {
                let bytes: u64 = outcome.outputs.iter().map(|kept| kept.bytes).sum();
                let Outcome { pages, errors, warnings, outputs, .. } = outcome;
                let (name, files, size) = (&title.name, outputs.len(), bytes.div_ceil(1024));
                format!("{name:width$}  {pages:>5}  {files:>5}  {size:>6}  {errors:>6}  {warnings:>8}\n")
            }
        };
    }
    text
}

/// The last line: `200 books: 1 built, 198 unchanged, 1 with errors; 0.412 s; dist/catalogue.json`.
fn closing(done: &[Done], seconds: f64, record: Option<&Path>) -> String {
    let is_faulty = |done: &&Done| done.outcome.as_ref().is_ok_and(|outcome| outcome.errors > 0);
    let way = |way: Way| done.iter().filter(|done| done.outcome.is_ok() && done.way == way).count();
    let counts = [
        (way(Way::Made), "built"),
        (way(Way::Checked), "checked"),
        (way(Way::Restored), "from the cache"),
        (way(Way::Unchanged), "unchanged"),
        (done.iter().filter(is_faulty).count(), "with errors"),
        (done.iter().filter(|done| done.outcome.is_err()).count(), "failed"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let counts = if counts.is_empty() { "nothing to do".to_owned() } else { counts.join(", ") };
    let record = record.map(|path| format!("; {}", path.display())).unwrap_or_default();
    format!("{}: {counts}; {seconds:.3} s{record}\n", counted(done.len(), "book"))
}
