//! Findings with their places: in the manuscript, and on the pages.

use super::shown::Found;
use super::source::{Manuscript, page_of};
use crate::diag::{Diagnostic, SourceMap};
use crate::pages::Pages;
use std::sync::Arc;

/// Whether what was found is what is shown.
pub(super) fn same(found: &[Diagnostic], shown: &[Found]) -> bool {
    found.len() == shown.len() && found.iter().zip(shown).all(|(one, other)| *one == other.finding)
}

/// Findings with their places in the manuscript and on the pages.
pub(super) fn placed(found: Vec<Diagnostic>, manuscript: &Manuscript, pages: &Pages) -> Arc<Vec<Found>> {
    let map: &SourceMap = &manuscript.map;
    let is_needed = !pages.pages.is_empty() && found.iter().any(|finding| finding.span.is_some());
    let passages = is_needed.then(|| manuscript.passages());
    let place = |finding: Diagnostic| {
        let span = finding.span.map(|span| map.narrow(span, finding.about));
        let place = span.and_then(|span| passages.as_ref()?.find(span));
        let on_page = place.and_then(|(place, length)| Some((page_of(pages, place)?, place, length)));
        Found { finding, at: span.map(|span| manuscript.described(span)), on_page }
    };
    Arc::new(found.into_iter().map(place).collect())
}
