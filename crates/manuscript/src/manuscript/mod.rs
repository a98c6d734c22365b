//! From the author's files to the book: lift, parse, shape, resolve.
//!
//! `prepare` lifts out what Markdown must not see, `markdown` makes blocks and
//! `inlines` what stands in them, `shape` gives them their form; `notes` and
//! `anchors` then find out what leads where, and `resolve` makes the
//! [`Book`]. `accidents` says last where Markdown may have read something
//! otherwise than it was meant. Everything that is not understood becomes a finding.

mod accidents;
mod admonitions;
mod anchors;
mod attrs;
mod autolink;
mod completeness;
mod depth;
mod fences;
mod html;
mod ideographs;
mod inlines;
mod leftover;
mod limits;
mod links;
mod many;
mod markdown;
mod memo;
mod names;
mod notes;
mod parsed;
mod particulars;
mod prepare;
mod raised;
mod raw;
#[cfg(test)]
mod remedied;
mod resolve;
mod sections;
mod shape;
mod slug;
mod smart;
mod source_words;
mod texts;
mod visit;

pub use html::INLINE_ELEMENTS;
pub use memo::Memo;
pub use names::{Given, Kind, Names, Target, Use, names};
pub use slug::github as heading_id;

use crate::book::{Book, Meta, number_texts};
use crate::diag::{self, Checked, Diagnostic};
use crate::jobs;
use crate::sources::Sources;

/// What the book says of itself, as [`parse`] leaves it: with a typographer's marks.
#[must_use]
pub fn meta(sources: &Sources) -> Meta {
    particulars::set(sources.meta.clone())
}

/// Makes the book from what was read, and compares it with what was read. The book is whole
/// even when there are findings; one that holds errors should not be set.
#[must_use]
pub fn parse(sources: &Sources) -> Checked<Book> {
    let Checked { value, findings } = read(sources, None);
    let findings = compare(&value, sources, findings);
    Checked { value, findings }
}

/// The same book, in less time when a state of it was parsed before with that memo; it is not
/// yet compared with what was read ([`compare`]).
#[must_use]
pub fn parse_again(sources: &Sources, memo: &mut Memo) -> Checked<Book> {
    read(sources, Some(memo))
}

/// Makes the book from what was read.
fn read(sources: &Sources, memo: Option<&mut Memo>) -> Checked<Book> {
    let mut findings = Vec::new();
    let (sections, parts) = texts::texts(sources, memo, &mut findings);
    let (mut sections, mut parts) = sections::at_titles(sections, parts);
    let exceeded = limits::exceeded(&mut parts);
    if !exceeded.is_empty() {
        // nothing is made of such a book, so nothing later need look at its texts
        findings.extend(exceeded);
        sections.clear();
        parts.clear();
    }
    sections::ranks(&mut sections, &mut parts, sources, &mut findings);
    let places = anchors::define(&mut parts, &mut findings);
    let numbered = notes::number(&mut parts, &mut findings);
    let mut book = resolve::book(sources, sections, parts, places, numbered, &mut findings);
    number_texts(&mut book);
    diag::bound(&mut findings);
    // where characters were taken out that no text may hold, a place is only nearly known
    for finding in &mut findings {
        finding.span = finding.span.map(|span| sources.map.whole(span));
    }
    Checked { value: book, findings }
}

/// Compares the book with what was read: which words are lost, and what Markdown may have read
/// otherwise than it was meant. With those that were found as it was parsed, these are all
/// findings on its manuscript.
#[must_use]
pub fn compare(book: &Book, sources: &Sources, mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let (mut lost, mut accidents) = jobs::both(
        || completeness::lost_words(book, &sources.map, &findings),
        || accidents::of(book, &sources.map),
    );
    findings.append(&mut lost);
    many::gather(&mut findings, &sources.map);
    findings.append(&mut accidents);
    findings
}
