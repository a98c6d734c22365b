//! `pamphleteer proof`: the proofreader's report.

use super::build::particulars;
use super::findings::{Desk, plural};
use super::produce::{Ask, typeset};
use super::{End, book_root, out_folder};
use crate::diag::{self, Error};
use crate::project::{Output, WriteFolder, load};
use crate::proof::report;
use std::path::Path;

/// Sets a book and writes what a reader of its proofs would mark.
pub fn proof(book: Option<&Path>, out: Option<&Path>, desk: &mut Desk) -> Result<End, Error> {
    let Some(root) = book_root(book, desk) else { return Ok(End::Misused) };
    let mut findings = Vec::new();
    let project = load(&root, &mut findings)?;
    desk.detail(&particulars(&project));
    let proof = typeset(&project, Ask::Pages, &mut findings);
    diag::sort(&mut findings);
    let html = report(&proof.pages, &findings, &project.sources.map);
    let errors = desk.report(findings, &project.sources.map)?;
    let name = format!("{}.proof.html", project.sources.meta.slug);
    let out = out_folder(&root, out)?;
    let pages = plural(proof.pages.pages.len(), "page");
    let folder = WriteFolder::open(&out, &mut || desk.say_waiting(&out))?;
    folder.commit(&[Output { name: name.clone(), bytes: html.into_bytes() }])?;
    desk.tell(&format!("{pages} proofread: {}\n", out.join(name).display()));
    Ok(if errors > 0 { End::Faulty } else { End::Done })
}
