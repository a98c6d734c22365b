//! `pamphleteer styles BOOK`: the author's own pages in every style, as one HTML file.

use super::end::End;
use super::findings::Reporter;
use super::lists;
use super::root::{book_root, out_folder};
use crate::book::{Book, Matter};
use crate::diag::{self, Error, counted};
use crate::html::{data_address, escaped};
use crate::jobs;
use crate::length::Abs;
use crate::manuscript;
use crate::pages::{Item, Pages};
use crate::project::{BUILT_IN_STYLES, Output, Project, WriteFolder, built_in_style, load};
use crate::raster::Painter;
use crate::style::Style;
use crate::terms::number_titles;
use crate::typeset;
use std::fmt::Write as _;
use std::path::Path;

/// Pixels to the inch of a picture.
const PPI: u32 = 80;
/// Pages of the first chapter that are shown: its opening and the spread behind it.
const PAGES: usize = 3;
/// How the file looks.
const CSS: &str = "body{font:16px/1.5 serif;margin:2em;background:#eee;color:#222}\
    section{margin:0 0 3em}h2{margin:0}p{margin:0 0 .8em;max-width:60em}\
    div{display:flex;flex-wrap:wrap;gap:8px;align-items:flex-start}\
    img{background:#fff;box-shadow:0 1px 4px #999;width:calc(25% - 6px);height:auto}";

/// Sets the book in every style and writes a file with pictures of its pages.
pub(super) fn styles(book: &Path, out: Option<&Path>, reporter: &mut Reporter) -> Result<End, Error> {
    let Some(root) = book_root(Some(book), reporter) else { return Ok(End::Misused) };
    let mut findings = Vec::new();
    let project = load(&root, &mut findings)?;
    let book = manuscript::parse(&project.sources).take(&mut findings);
    diag::sort(&mut findings);
    let shown = jobs::side_by_side(BUILT_IN_STYLES.len(), |index| {
        let (name, file) = BUILT_IN_STYLES[index];
        section(name, file, &project, &book)
    });
    let title = escaped(&project.sources.meta.title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} in every style</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>{CSS}</style></head><body>\n\
         <h1>{title} in every style</h1>\n"
    );
    for section in shown {
        html += &section?;
    }
    html += "</body></html>\n";
    let errors = reporter.report(findings, &project.sources.map)?;
    let name = format!("{}.styles.html", project.sources.meta.slug);
    let out = out_folder(&root, out)?;
    let folder = WriteFolder::open(&out, &mut || reporter.say_waiting(&out))?;
    folder.commit(&[Output { name: name.clone(), bytes: html.into_bytes() }])?;
    let count = counted(BUILT_IN_STYLES.len(), "style");
    reporter.tell(&format!("{count} shown: {}\n", out.join(name).display()));
    Ok(if errors > 0 { End::Faulty } else { End::Done })
}

/// What the file shows of one style. What a style finds wrong with the book is told
/// when the book is built in it.
fn section(name: &str, file: &str, project: &Project, book: &Book) -> Result<String, Error> {
    let style = built_in_style(name).unwrap_or_default();
    let book = &numbered(book, &style);
    let mut pages = typeset::set(book, &style, &project.fonts).take(&mut Vec::new());
    // pictures as the page editions have them
    let _ = crate::pdf::make_ready(&mut pages);
    let about = escaped(&lists::about(file).join(" "));
    let mut out = format!("<section><h2>{name}</h2><p>{about}</p><div>\n");
    let mut painter = Painter::new(&pages, PPI);
    for page in chosen(&pages, book, &style) {
        let picture = data_address("image/png", &painter.png(page)?);
        let label = &pages.pages[page].label;
        let _ = writeln!(out, "<img src=\"{picture}\" alt=\"page {label} in the style {name}\">");
    }
    Ok(out + "</div></section>\n")
}

/// The book with the numbers of its titles as the style has them.
fn numbered(book: &Book, style: &Style) -> Book {
    let mut book = book.clone();
    number_titles(&mut book, style);
    book
}

/// The title page, and the first pages of the first text.
fn chosen(pages: &Pages, book: &Book, style: &Style) -> Vec<usize> {
    let size = style.title_page.size.at(style.size());
    let is_title = |item: &Item| matches!(item, Item::Run(run) if (run.size - size).abs() < Abs::pt(0.01));
    let title = pages.pages.iter().position(|page| page.items.iter().any(|placed| is_title(&placed.item)));
    let body = book.sections.iter().position(|section| section.matter == Matter::Body);
    let start = pages.starts.iter().find(|start| body.is_some_and(|body| start.section as usize >= body));
    let first = start.map_or(0, |start| start.page as usize);
    let title = title.filter(|title| *title < first);
    // A blank page behind that of a part shows nothing.
    let shown = (first..pages.pages.len()).filter(|page| !pages.pages[*page].items.is_empty());
    title.into_iter().chain(shown.take(PAGES)).collect()
}
