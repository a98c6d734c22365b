//! Web pages as a book: one file, or all those of a folder.

use super::assemble::{Source, assemble_html};
use super::element::Element;
use super::html::{self, Paths, Spot, Styles};
use super::meta::{self, Meta};
use super::model::{Block, Book};
use super::tree::{Tree, ends_with};
use super::unfollowed::Unfollowed;
use super::words::Counts;
use super::{Converted, bounded, chapters};
use crate::diag::Diagnostic;
use crate::encoding;
use std::collections::BTreeMap;

/// Brings in one web page; its pictures lie beside it.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    around: &Tree<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    let file = name.rsplit('/').next().unwrap_or(name).to_owned();
    read_pages(name, &[(file, encoding::read(bytes).into_owned())], around, findings)
}

/// Brings in the web pages of a folder: in the order in which its index names them, or else by their names.
pub(super) fn read_folder(tree: &Tree<'_>, findings: &mut Vec<Diagnostic>) -> Option<Converted> {
    let mut names = tree.in_folder("", &[".html", ".htm", ".xhtml"], true);
    if let Some((index, text)) = tree.first(&["index.html", "index.htm", "toc.html", "index.xhtml"]) {
        let mut links = Vec::new();
        let page = html::tree(&text).0;
        page.all(&|element| element.name == "a", &mut links);
        let mut order: BTreeMap<String, usize> = BTreeMap::new();
        for (place, link) in links.iter().enumerate() {
            if let Some(name) = link.get("href").and_then(|href| tree.find(&index, href, "")) {
                order.entry(name).or_insert(place);
            }
        }
        let place = |name: &String| order.get(name).copied().unwrap_or(usize::MAX);
        names.sort_by_key(|name| (*name != index, place(name)));
    }
    let pages: Vec<(String, String)> =
        names.into_iter().filter_map(|name| Some((name.clone(), tree.text(&name)?))).collect();
    read_pages(&tree.name, &pages, tree, findings)
}

fn read_pages(
    name: &str,
    pages: &[(String, String)],
    around: &Tree<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    if let Err(finding) = bounded(name, pages.iter().map(|(_, text)| text.as_str())) {
        findings.push(finding);
        return None;
    }
    assemble_html(|only_words| Ok(book(name, pages, around, only_words)), findings)
}

fn book<'n>(
    name: &'n str,
    pages: &[(String, String)],
    around: &Tree<'_>,
    only_words: bool,
) -> (Book, Source<'n>) {
    let mut unfollowed = Unfollowed::default();
    let tree_of = |(path, text): &(String, String)| {
        let (tree, was_too_deep) = html::tree(text);
        unfollowed.is_deep(path, was_too_deep);
        tree
    };
    let trees: Vec<Element> = pages.iter().map(tree_of).collect();
    let mut styles = Styles::default();
    let mut words = Counts::default();
    for (tree, (path, _)) in trees.iter().zip(pages) {
        words.add(&html::raw_words(tree), 1);
        let mut sheets = Vec::new();
        tree.all(&|element| matches!(element.name.as_str(), "style" | "link"), &mut sheets);
        for sheet in sheets {
            let linked = || tree_text(around, path, sheet.get("href")?);
            styles.add(&if sheet.name == "style" { sheet.words() } else { linked().unwrap_or_default() });
        }
    }
    let documents: Vec<&Element> = trees.iter().collect();
    let index = pages.iter().enumerate().map(|(index, (path, _))| (path.clone(), index)).collect();
    let paths = WebPaths { pages, index, tree: around };
    let meta = trees.first().map(metadata).unwrap_or_default();
    let mut book = Book { meta, unfollowed, ..Book::default() };
    let language = book.meta.language.clone();
    let blocks = html::read(&documents, &paths, &styles, language.as_deref(), only_words, &mut book);
    let mut named: Vec<(Vec<Block>, Option<String>)> = blocks
        .into_iter()
        .zip(pages)
        .filter(|(blocks, _)| !blocks.is_empty())
        .map(|(blocks, (path, _))| (blocks, Some(super::tree::stem(path).to_owned())))
        .collect();
    chapters::drop_title_pages(&mut book, &mut named);
    chapters::split(&mut book, named);
    (book, Source { name, kind: "a web page", words })
}

fn tree_text(tree: &Tree<'_>, from: &str, href: &str) -> Option<String> {
    tree.text(&tree.find(from, href, "").filter(|path| ends_with(path, ".css"))?)
}

/// What the head of a page says of its book.
fn metadata(page: &Element) -> Meta {
    let mut meta = Meta::default();
    let html = page.find("html");
    meta.language =
        html.and_then(|html| html.get("lang").or_else(|| html.get("xml:lang"))).map(str::to_owned);
    let title =
        page.find("title").map(|title| title.words().split_whitespace().collect::<Vec<_>>().join(" "));
    // “The Title | Project Gutenberg”, “The Project Gutenberg eBook of The Title, by Somebody”
    let title = title.map(|title| {
        let short = title.split(" | ").next().unwrap_or("").trim();
        let of = short
            .split_once("Project Gutenberg")
            .and_then(|(_, rest)| rest.split_once(" of "))
            .map_or(short, |(_, rest)| rest);
        of.split(", by ").next().unwrap_or(of).trim().to_owned()
    });
    meta.title = title.filter(|title| !title.is_empty());
    let mut said = Vec::new();
    page.all(&|element| element.name == "meta", &mut said);
    for element in said {
        let name = element.get("name").or_else(|| element.get("property")).unwrap_or("").to_ascii_lowercase();
        let Some(words) = element.get("content").map(str::trim).filter(|words| !words.is_empty()) else {
            continue;
        };
        match name.as_str() {
            "author" | "dc.creator" | "dcterms.creator" if meta.people.is_empty() => {
                meta.people.push((words.to_owned(), "aut".to_owned()));
            }
            "dc.title" | "og:title" if meta.title.is_none() => meta.title = Some(words.to_owned()),
            "description" | "dc.description" => meta.description = Some(words.to_owned()),
            "dc.date" | "date" | "dcterms.date" => meta.date = meta::day(words),
            "dc.language" | "dcterms.language" if meta.language.is_none() => {
                meta.language = Some(words.to_owned());
            }
            _ => {}
        }
    }
    meta
}

/// Paths among web pages.
struct WebPaths<'a> {
    pages: &'a [(String, String)],
    index: BTreeMap<String, usize>,
    tree: &'a Tree<'a>,
}

impl Paths for WebPaths<'_> {
    fn place(&self, document: usize, href: &str) -> Option<Spot> {
        let (file, id) = href.split_once('#').unwrap_or((href, ""));
        if file.is_empty() {
            return Some((document, crate::sources::decode(id)));
        }
        if file.contains("://") || file.starts_with("mailto:") {
            return None;
        }
        let path = crate::sources::path(&self.pages.get(document)?.0, &crate::sources::decode(file))?;
        Some((*self.index.get(&path)?, crate::sources::decode(id)))
    }

    fn page(&self, _: &Spot) -> Option<&str> {
        None
    }

    fn picture(&self, document: usize, src: &str) -> Option<String> {
        if src.contains("://") || src.starts_with("data:") {
            return None;
        }
        self.tree.find(&self.pages.get(document)?.0, src, "")
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.tree.bytes(path)
    }
}
