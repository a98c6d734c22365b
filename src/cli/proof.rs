//! `pamphleteer proof`: the proofreader's report.

use super::args::Editions;
use super::build::{particulars, produced};
use super::end::End;
use super::findings::Reporter;
use super::root::{book_root, out_folder};
use super::typesetting::{Ask, typeset};
use crate::diag::{Error, counted};
use crate::project::{MAX_FILE, Output, WriteFolder, read_file};
use crate::proof::report;
use std::path::Path;

/// Pixels to the inch of pictures of pages; the report draws pages itself.
const PPI: u32 = 144;

/// Makes a book as `build` does, and writes what a reader of its proofs would mark. So
/// it finds what `build` finds, and ends with the same exit code.
pub(super) fn proof(book: Option<&Path>, out: Option<&Path>, reporter: &mut Reporter) -> Result<End, Error> {
    let Some(root) = book_root(book, reporter) else { return Ok(End::Misused) };
    let production = match produced(&root, &Editions::of(&root, PPI), None, reporter)? {
        Ok(production) => production,
        Err(end) => return Ok(end),
    };
    reporter.detail(&particulars(&production.project));
    let sources = &production.project.sources;
    // an EPUB of an older edition's pages is made without pages of its own
    let unset = production.proof.pages.pages.is_empty();
    let own = unset.then(|| typeset(&production.project, Ask::Pages, None, &mut Vec::new()).pages);
    let pages = own.as_ref().unwrap_or(&production.proof.pages);
    let name = format!("{}.proof.html", sources.meta.slug);
    let out = out_folder(&root, out)?;
    let last = read_file(&out.join(&name), MAX_FILE).ok();
    let last = last.as_deref().map(String::from_utf8_lossy);
    let html = report(pages, &production.findings, &sources.map, last.as_deref());
    let errors = reporter.report(production.findings, &sources.map)?;
    let count = counted(pages.pages.len(), "page");
    let folder = WriteFolder::open(&out, &mut || reporter.say_waiting(&out))?;
    folder.commit(&[Output { name: name.clone(), bytes: html.into_bytes() }])?;
    reporter.tell(&format!("{count} proofread: {}\n", out.join(name).display()));
    Ok(if errors > 0 { End::Faulty } else { End::Done })
}
