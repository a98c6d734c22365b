//! The navigation document and, for old readers, the NCX.

use super::context::Context;
use super::doc::{Doc, Frame, PageEntry, Session, UNDETERMINED};
use super::pack::TEXT;
use super::plan::Unit;
use super::toc::{Entry, Scope, entries, no_deeper};
use super::xml::Xml;
use crate::book::{Matter, Role};
use crate::terms::{Word, numerals};

/// The deepest that old readers show.
const NCX_DEPTH: usize = 2;

/// The navigation document: contents, landmarks, pages.
pub(super) fn nav(cx: &Context<'_>, session: &mut Session) -> Vec<u8> {
    let pages = std::mem::take(&mut session.pages);
    let mut doc = Doc::bare(cx, session, 0);
    doc.frame(&Frame { title: &cx.book.meta.title, lang: None, matter: "frontmatter", css: "book.css" });
    open_nav(&mut doc, "toc", "doc-toc", "toc-title", cx.terms.contents());
    doc.toc(&entries(cx, Scope::Whole), TEXT);
    doc.xml.close_line();
    open_nav(&mut doc, "landmarks", "", "landmarks-title", cx.terms.landmarks());
    landmarks(&mut doc);
    doc.xml.close_line();
    if !pages.is_empty() {
        open_nav(&mut doc, "page-list", "doc-pagelist", "pages-title", cx.terms.pages());
        page_list(&mut doc, &pages);
        doc.xml.close_line();
    }
    let nav = doc.finish();
    session.pages = pages;
    nav
}

fn open_nav(doc: &mut Doc<'_, '_>, kind: &str, role: &str, id: &str, title: Word<'_>) {
    let mut attributes = vec![("epub:type", kind), ("aria-labelledby", id)];
    attributes.extend((!role.is_empty()).then_some(("role", role)));
    attributes.extend((kind != "toc").then_some(("hidden", "hidden")));
    doc.open_line("nav", &attributes);
    doc.open_heading(if kind == "toc" { 1 } else { 2 }, &[("id", id)]);
    doc.term(title);
    doc.xml.close_line();
}

/// The places that a reader's menus jump to.
pub(super) fn landmark_list(cx: &Context<'_>) -> Vec<Landmark> {
    let mut marks = Vec::new();
    let mut add = |kind: &'static str, title: Option<Word<'_>>, index: Option<usize>| {
        if let Some(index) = index {
            let file = &cx.plan.files[index];
            let lang = title.map_or(file.lang, |title| title.lang);
            let title = title.map_or_else(|| file.title.clone(), |title| title.to_string());
            marks.push(Landmark { kind, title, lang, href: format!("{TEXT}{}.xhtml", file.name) });
        }
    };
    let of_role = |role: Role| cx.plan.find(|file| file.role == role);
    add("cover", None, of_role(Role::Cover));
    add("titlepage", None, of_role(Role::TitlePage));
    add("toc", Some(cx.terms.contents()), of_role(Role::Contents));
    let body = |matter| cx.plan.find(|file| file.matter == matter && matches!(file.unit, Unit::Text { .. }));
    add("bodymatter", Some(cx.terms.text()), body(Matter::Body).or_else(|| body(Matter::Front)));
    add("endnotes", None, of_role(Role::Notes));
    add("bibliography", None, of_role(Role::Bibliography));
    add("glossary", None, of_role(Role::Glossary));
    add("index", None, of_role(Role::Index));
    marks
}

/// A place that a reader's menus jump to.
pub(super) struct Landmark {
    /// What it is, in EPUB Structural Semantics.
    pub(super) kind: &'static str,
    /// What it is called.
    pub(super) title: String,
    /// The language of the title, when it is not the book's.
    lang: Option<&'static str>,
    /// Where it is.
    pub(super) href: String,
}

fn landmarks(doc: &mut Doc<'_, '_>) {
    doc.open_line("ol", &[]);
    for Landmark { kind, title, lang, href } in landmark_list(doc.cx) {
        doc.open("li", &[]);
        doc.open("a", &[("epub:type", kind), ("href", &href)]);
        doc.words_of(&title, lang);
        doc.xml.close();
        doc.xml.close_line();
    }
    doc.xml.close_line();
}

fn page_list(doc: &mut Doc<'_, '_>, pages: &[PageEntry]) {
    doc.open_line("ol", &[]);
    for page in pages {
        doc.open("li", &[]);
        doc.open("a", &[("href", &format!("{TEXT}{}", page.href))]);
        doc.words(&page.label);
        doc.xml.close();
        doc.xml.close_line();
    }
    doc.xml.close_line();
}

/// The NCX of EPUB 2: the contents again, at most two levels deep, and the pages.
pub(super) fn ncx(cx: &Context<'_>, pages: &[PageEntry]) -> Vec<u8> {
    let toc = no_deeper(entries(cx, Scope::Whole), NCX_DEPTH);
    let mut xml = Xml::new();
    let language = cx.book.meta.language.shared().unwrap_or(UNDETERMINED);
    xml.open(
        "ncx",
        &[("xmlns", "http://www.daisy.org/z3986/2005/ncx/"), ("version", "2005-1"), ("xml:lang", language)],
    );
    xml.line();
    let depth = if toc.iter().any(|entry| !entry.children.is_empty()) { "2" } else { "1" };
    let count = pages.len().to_string();
    let top = pages.iter().filter_map(|page| page.label.parse::<u32>().ok()).max().unwrap_or(0).to_string();
    xml.open("head", &[]);
    xml.line();
    for (name, content) in [
        ("dtb:uid", cx.book.meta.identifier.as_str()),
        ("dtb:depth", depth),
        ("dtb:totalPageCount", &count),
        ("dtb:maxPageNumber", &top),
    ] {
        xml.empty("meta", &[("name", name), ("content", content)]);
        xml.line();
    }
    xml.close_line();
    label(&mut xml, "docTitle", &cx.book.meta.title);
    xml.open("navMap", &[]);
    xml.line();
    let mut order = 0;
    nav_points(&mut xml, &toc, &mut order);
    xml.close_line();
    if !pages.is_empty() {
        page_targets(&mut xml, pages, order);
    }
    xml.finish()
}

/// The page list; `order`: how many places were named before.
fn page_targets(xml: &mut Xml, pages: &[PageEntry], order: u32) {
    xml.open("pageList", &[]);
    xml.line();
    for (page, n) in pages.iter().zip(1u32..) {
        let (id, play) = (format!("page-{n}"), (order + n).to_string());
        let number = page.label.parse::<u32>().ok().filter(|number| *number > 0);
        let kind = match number {
            Some(_) => "normal",
            None if numerals::from_roman(&page.label).is_some() => "front",
            None => "special",
        };
        let mut attributes = vec![("id", id.as_str()), ("type", kind), ("playOrder", &play)];
        attributes.extend(number.map(|_| ("value", page.label.as_str())));
        xml.open("pageTarget", &attributes);
        xml.line();
        label(xml, "navLabel", &page.label);
        xml.empty("content", &[("src", &format!("{TEXT}{}", page.href))]);
        xml.line();
        xml.close_line();
    }
    xml.close_line();
}

fn label(xml: &mut Xml, tag: &'static str, words: &str) {
    xml.open(tag, &[]);
    xml.open("text", &[]);
    xml.text(words);
    xml.close();
    xml.close_line();
}

fn nav_points(xml: &mut Xml, entries: &[Entry<'_>], order: &mut u32) {
    for entry in entries {
        *order += 1;
        let (id, play) = (format!("point-{order}"), order.to_string());
        xml.open("navPoint", &[("id", &id), ("playOrder", &play)]);
        xml.line();
        label(xml, "navLabel", &entry.title);
        xml.empty("content", &[("src", &format!("{TEXT}{}", entry.href))]);
        xml.line();
        nav_points(xml, &entry.children, order);
        xml.close_line();
    }
}
