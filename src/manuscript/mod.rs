//! From the author's files to the book: lift, parse, shape, resolve.
//!
//! `prepare` lifts out what Markdown must not see, `markdown` makes blocks and
//! `inlines` what stands in them, `shape` gives them their form; `notes` and
//! `anchors` then find out what leads where, and `resolve` makes the
//! [`Book`]. Everything that is not understood becomes a finding.

mod admonitions;
mod anchors;
mod attrs;
mod autolink;
mod fences;
mod html;
mod inlines;
mod leftover;
mod limits;
mod links;
mod many;
mod markdown;
mod notes;
mod particulars;
mod prepare;
mod raw;
mod resolve;
mod sections;
mod shape;
mod slug;
mod smart;

use crate::book::{Book, SectionId, number_texts};
use crate::diag::{self, Checked, FileId};
use crate::sources::Sources;

/// A parsed text on its way into the book: a file, or what stands in it under
/// one of its titles.
#[derive(Debug)]
struct Part {
    section: SectionId,
    file: FileId,
    text: raw::Text,
}

/// Makes the book from what was read. The book is whole even when there are
/// findings; one that holds errors should not be set.
#[must_use]
pub fn parse(sources: &Sources) -> Checked<Book> {
    let mut findings = Vec::new();
    let (sections, files) = sections::list(sources);
    let mut parts: Vec<Part> = Vec::new();
    for (section, file) in files {
        let source = &sources.map.file(file).text;
        let prepared = prepare::prepare(file, source, &mut findings);
        let mut text =
            markdown::parse(&prepared, source, &sources.meta.language, sources.markup, &mut findings);
        sections::title_from_above(&mut text, prepared.title, &sources.meta.language, &mut findings);
        parts.push(Part { section, file, text });
    }
    let (mut sections, mut parts) = sections::at_titles(sections, parts);
    let exceeded = limits::exceeded(&parts);
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
    many::gather(&mut findings, &sources.map);
    Checked { value: book, findings }
}
