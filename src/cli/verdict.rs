//! What is said of a book once it is set: its texts are checked, and its pages proved.

use super::production::Proof;
use crate::diag::{Checked, Diagnostic, Scope};
use crate::guard::guarded;
use crate::project::Project;
use crate::verify::{self, Account};
use crate::{jobs, lint, manuscript};

/// What is said of a book that is set, and what stands on its pages.
#[derive(Default)]
pub(super) struct Verdict {
    /// What was found.
    pub findings: Vec<Diagnostic>,
    /// What stands on the pages of the book, when it has any.
    pub account: Option<Account>,
}

impl Verdict {
    /// Checks a book, and proves its pages: a fault refuses the editions that are made of them.
    /// Neither changes anything, so both are done at once.
    pub(super) fn of(project: &Project, proof: &Proof) -> Verdict {
        let (book, pages) = (&*proof.book, &*proof.pages);
        let checked = || match guarded(|| lint::check(book, &project.sources.map)) {
            Ok(found) => found,
            Err(fall) => vec![fall.finding("the texts could not be checked", None)],
        };
        let proved = || {
            if pages.pages.is_empty() {
                return Verdict::default();
            }
            let Checked { value, findings } = verify::pages(book, pages);
            let findings = findings.into_iter().map(|fault| fault.within(Scope::Pages)).collect();
            Verdict { findings, account: Some(value) }
        };
        let compared = || match proof.uncompared.clone() {
            Some(found) => manuscript::compare(book, &project.sources, found),
            None => Vec::new(),
        };
        let (mut findings, (mut proved, mut compared)) = jobs::both(checked, || (proved(), compared()));
        findings.append(&mut proved.findings);
        findings.append(&mut compared);
        Verdict { findings, account: proved.account }
    }
}
