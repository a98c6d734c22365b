//! Findings and what carries them: one [`Diagnostic`], a stage's [`Checked`] result,
//! and lists of findings in bounds and in order.

use super::{CODES, Code, Scope, Severity, Span};
use crate::bounds::{self, Bound};
use std::collections::BTreeMap;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
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

    /// The same finding at another severity.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
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
