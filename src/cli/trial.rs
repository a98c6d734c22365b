//! Editions are made while the book is checked, which refuses hardly any of them.

use super::allowed::{Allowed, error_codes};
use super::edition_builder::EditionBuilder;
use super::falls;
use super::findings::Policy;
use super::production::Made;
use super::verdict::Verdict;
use crate::diag::{Diagnostic, Error};
use crate::guard::guarded;
use crate::jobs;
use crate::project::Format;
use std::sync::OnceLock;

/// An edition that was tried.
pub(super) type Tried = (Format, Result<Edition, Error>);

/// Checks a book, unless that was done, and makes those editions meanwhile, for what checking finds refuses
/// hardly any: those that it does refuse are given up by the caller. When nobody is free to make them
/// meanwhile, it is known before the first is begun, and the others alone are made.
pub(super) fn judge_and_make(
    builder: &EditionBuilder<'_>,
    formats: &[Format],
    is_judged: bool,
    policy: &Policy,
) -> (Verdict, Vec<Tried>) {
    let verdict = OnceLock::new();
    let judge = || {
        let judged = if is_judged { Verdict::default() } else { Verdict::of(builder.project, builder.proof) };
        let _ = verdict.set(judged);
    };
    let is_able = |format: Format| {
        let known = verdict.get().map_or(&[][..], |verdict: &Verdict| &verdict.findings);
        known.is_empty() || !Allowed::by(known.to_vec(), formats, policy).able(&[format]).is_empty()
    };
    // One row, so that whoever is done with a task takes the next. An EPUB's documents are made while its cover is packed.
    let mut tasks = vec![Task::Judge];
    for format in formats {
        tasks.push(Task::Make(*format));
        if *format == Format::Epub {
            tasks.push(Task::PackCover);
        }
    }
    let editions = jobs::side_by_side(tasks.len(), |task| match tasks[task] {
        Task::Judge => {
            judge();
            None
        }
        Task::PackCover => {
            // a fault of it is met again where the picture is wanted, and told there
            if is_able(Format::Epub) {
                let _ = guarded(|| builder.cover.in_ebook().map(|picture| picture.as_ref().len()));
            }
            None
        }
        Task::Make(format) => is_able(format).then(|| (format, edition(builder, format))),
    });
    (verdict.into_inner().unwrap_or_default(), editions.into_iter().flatten().collect())
}

/// What is done beside one another.
enum Task {
    Judge,
    Make(Format),
    PackCover,
}

/// One format's outputs, and what its writer found.
pub(super) struct Edition {
    format: Format,
    made: Vec<Made>,
    findings: Vec<Diagnostic>,
}

impl Edition {
    /// Adds the outputs to those of the build, unless a finding is an error
    /// when the user has weighed it.
    pub(super) fn settle(mut self, policy: &Policy, made: &mut Vec<Made>, allowed: &mut Allowed) {
        self.findings.retain_mut(|finding| policy.weigh(finding));
        let codes = error_codes(self.findings.iter());
        if codes.is_empty() {
            made.append(&mut self.made);
        } else {
            allowed.refused.insert(self.format, codes);
        }
        allowed.findings.append(&mut self.findings);
    }
}

/// Makes an edition. What looks sound from outside may still not be, and is no failure of the machine: when a
/// writer fails, pictures and fonts are looked at once more.
fn edition(builder: &EditionBuilder<'_>, format: Format) -> Result<Edition, Error> {
    let mut findings = Vec::new();
    let made = match guarded(|| builder.make(format, &mut findings)) {
        Ok(Ok(made)) => made,
        Ok(Err(error)) => {
            let damaged = falls::damaged(builder.proof);
            if damaged.is_empty() {
                return Err(error);
            }
            findings.extend(damaged);
            Vec::new()
        }
        Err(fall) => {
            findings.push(falls::of_edition(format, &fall, builder));
            findings.extend(falls::damaged(builder.proof));
            Vec::new()
        }
    };
    Ok(Edition { format, made, findings })
}
