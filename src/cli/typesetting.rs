//! A book parsed, set on pages and checked, for every command that wants one.

use super::falls;
use super::memory::Memory;
use super::production::Proof;
use super::verdict::Verdict;
use crate::book::Book;
use crate::diag::{self, Checked, Diagnostic};
use crate::guard::guarded;
use crate::pages::Pages;
use crate::project::{Format, Project};
use crate::proof::compromises;
use crate::terms::number_titles;
use crate::{epub, manuscript, typeset};
use std::sync::Arc;

/// Whether a book is to be set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ask<'a> {
    /// It is not.
    Nothing,
    /// It is.
    Pages,
    /// It is when one of those formats needs pages. An EPUB does not when it
    /// lists the pages of an older edition.
    For(&'a [Format]),
}

impl Ask<'_> {
    fn wants_pages(self, book: &Book) -> bool {
        match self {
            Ask::Nothing => false,
            Ask::Pages => true,
            Ask::For(formats) => formats != [Format::Epub] || !epub::has_pages_of_its_own(book),
        }
    }
}

/// Parses and checks a book, and sets it where that is asked for; else it has
/// no pages.
pub(super) fn typeset(
    project: &Project,
    ask: Ask<'_>,
    memory: Option<&mut Memory>,
    findings: &mut Vec<Diagnostic>,
) -> Proof {
    let mut proof = set_pages(project, ask, memory, findings);
    judge(project, &mut proof, findings);
    proof
}

/// Parses a book and sets it; it is not checked yet. With what is remembered of it, it is not
/// even compared with its manuscript, so that its pages are there the sooner.
pub(super) fn set_pages(
    project: &Project,
    ask: Ask<'_>,
    memory: Option<&mut Memory>,
    findings: &mut Vec<Diagnostic>,
) -> Proof {
    let (mut book, uncompared, memo) = match memory {
        Some(Memory { manuscript, texts, .. }) => {
            let Checked { value, findings } = manuscript::parse_again(&project.sources, manuscript);
            (value, Some(findings), Some(texts))
        }
        None => (manuscript::parse(&project.sources).take(findings), None, None),
    };
    number_titles(&mut book, &project.style);
    let set = |book: &Book| typeset::set(book, &project.style, &project.fonts);
    let set_now = || match memo {
        Some(memo) => typeset::set_again(&book, &project.style, &project.fonts, memo),
        None => set(&book),
    };
    let pages = match ask.wants_pages(&book).then(|| guarded(set_now)) {
        Some(Ok(pages)) => {
            let pages = pages.take(findings);
            findings.extend(compromises(&pages));
            pages
        }
        Some(Err(fall)) => {
            let what = falls::text_that_falls(&book, &|book| drop(set(book)));
            findings.push(falls::of_text("could not be set on pages", &fall, what, &project.sources.map));
            Pages::default()
        }
        None => Pages::default(),
    };
    diag::bound(findings);
    Proof { book: Arc::new(book), pages: Arc::new(pages), account: None, uncompared }
}

/// Adds what is said of a book that is set.
pub(super) fn judge(project: &Project, proof: &mut Proof, findings: &mut Vec<Diagnostic>) {
    let verdict = Verdict::of(project, proof);
    findings.extend(verdict.findings);
    proof.uncompared = None;
    proof.account = verdict.account.or(proof.account.take());
    diag::bound(findings);
}
