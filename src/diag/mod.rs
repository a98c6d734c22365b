//! Findings about the user's book: where, how grave, what is wrong, what to do.
//!
//! A [`Diagnostic`] speaks of the book; trouble with the machine is an
//! [`Error`]; a panic would be our own bug. No stage prints: stages return
//! [`Checked`] values and the command line draws them (see [`draw()`]).

mod code;
mod draw;
mod source;

pub use code::{CODES, Code, CodeEntry};
pub use draw::{Colour, draw, json};
pub use source::{FileId, Place, SourceFile, SourceMap, whole_characters};

use crate::bounds::{self, Bound};
use std::collections::BTreeMap;
use std::fmt;

/// A range of bytes in one source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        let cap = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { file, start: cap(start), end: cap(end.max(start)) }
    }

    /// The smallest span that holds both; `self` when the files differ.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// The book is made, but a careful editor would mend this.
    Warning,
    /// The book cannot be made as it stands.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// Which editions a finding concerns, and so which of them an error refuses.
///
/// A finding gets its scope where it arises: what a writer of one edition finds
/// concerns that edition alone, and so needs none ([`Scope::Book`] is the
/// default, and counts only for findings of the stages that all editions share).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All: the manuscript or book.toml is wrong, and nothing can be made.
    #[default]
    Book,
    /// Those that are made of pages, and not the EPUB.
    Pages,
    /// The EPUB alone.
    Ebook,
    /// Those that show the front cover.
    FrontCover,
    /// Those that show it on a page: all of these but the EPUB.
    PrintedCover,
    /// The cover's files alone.
    Wrap,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which of the catalogued findings this is.
    pub code: Code,
    /// How grave it is, after `--warn`, `--allow` and `--deny`.
    pub severity: Severity,
    /// Which editions it concerns.
    pub scope: Scope,
    /// Where, when it has a place.
    pub span: Option<Span>,
    /// What it is about, when that is one character somewhere in the span:
    /// drawings point at the first.
    pub about: Option<char>,
    /// What is wrong, in the author's words.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// How many more of its kind it stands for.
    pub more: u32,
}

impl Diagnostic {
    /// A finding of `code` at its usual severity.
    pub fn new(code: Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Diagnostic {
        let severity = code.entry().severity;
        let (span, message) = (span.into(), shortened(message.into()));
        Diagnostic { code, severity, scope: Scope::Book, span, about: None, message, hint: None, more: 0 }
    }

    /// The finding that there is more of something than its bound: `this table` has
    /// `found` cells.
    pub fn too_much(what: &str, bound: &Bound, found: usize, span: impl Into<Option<Span>>) -> Diagnostic {
        let message =
            format!("{what} has {}; {} is the most", bound.in_words(found as u64), bound.most_in_words());
        Diagnostic::new(Code::LimitExceeded, span, message)
    }

    /// The same finding about some editions only.
    #[must_use]
    pub fn within(mut self, scope: Scope) -> Diagnostic {
        self.scope = scope;
        self
    }

    /// The same finding about one character of its span.
    #[must_use]
    pub fn about(mut self, c: char) -> Diagnostic {
        self.about = Some(c);
        self
    }

    /// The same finding with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

/// What a stage made, and what it found on the way.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    /// The result; whole even when there are findings.
    pub value: T,
    /// The findings, in no particular order.
    pub findings: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A result without findings.
    pub fn clean(value: T) -> Checked<T> {
        Checked { value, findings: Vec::new() }
    }

    /// The result; its findings go to the end of `sink`.
    pub fn take(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.findings);
        self.value
    }
}

/// The longest message, in bytes: what it quotes may be as long as a book.
const LONGEST_MESSAGE: usize = 2000;
/// So much of the end of a longer one is kept: what is wrong is often said there.
const KEPT_END: usize = 500;

fn shortened(message: String) -> String {
    if message.len() <= LONGEST_MESSAGE {
        return message;
    }
    let begin = message.floor_char_boundary(LONGEST_MESSAGE - KEPT_END);
    let end = message.ceil_char_boundary(message.len() - KEPT_END);
    format!("{}…{}", &message[..begin], &message[end..])
}

/// Keeps of each kind of finding the first [`bounds::FINDINGS`], and counts the others
/// in one more: where a mark is wrong a million times over, a thousand places tell as
/// much. Findings are only looked at when there are twice as many as could be kept of
/// all kinds together, so that this costs nothing when it is called after every line.
pub fn bound(findings: &mut Vec<Diagnostic>) {
    if findings.len() > 2 * CODES.len() * bounds::FINDINGS.count() {
        bound_now(findings);
    }
}

/// The same, however few they are.
pub fn bound_now(findings: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<Code, (usize, Option<Diagnostic>)> = BTreeMap::new();
    findings.retain(|finding| {
        let (count, rest) = counts.entry(finding.code).or_default();
        *count += 1;
        if finding.more == 0 && *count <= bounds::FINDINGS.count() {
            return true;
        }
        let blank = || Diagnostic { severity: Severity::Note, ..Diagnostic::new(finding.code, None, "") };
        let rest = rest.get_or_insert_with(blank);
        rest.severity = rest.severity.max(finding.severity);
        rest.scope = if rest.more == 0 || rest.scope == finding.scope { finding.scope } else { Scope::Book };
        rest.more = rest.more.saturating_add(finding.more.max(1));
        false
    });
    for rest in counts.into_values().filter_map(|(_, rest)| rest) {
        let message = format!("there are {} more findings of this kind", rest.more);
        findings.push(Diagnostic { message, ..rest }.hint("mend those that are shown, and check again"));
    }
}

/// Sorts findings by place, then gravity, and drops exact repeats.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.span.is_none(), d.span, std::cmp::Reverse(d.severity), d.code);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
    findings.dedup();
}

/// Trouble with the environment: disk, permission, a missing file of the tool.
#[derive(Debug)]
pub struct Error {
    /// What could not be done, and to which file.
    pub message: String,
    /// The system's own words, when there are any.
    pub source: Option<std::io::Error>,
}

impl Error {
    /// An error without a system cause.
    pub fn new(message: impl Into<String>) -> Error {
        Error { message: message.into(), source: None }
    }

    /// An error caused by the system.
    pub fn io(message: impl Into<String>, source: std::io::Error) -> Error {
        Error { message: message.into(), source: Some(source) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) => write!(f, "{}: {source}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| e as _)
    }
}
