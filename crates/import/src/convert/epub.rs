//! EPUB 2 and 3: the package, its reading order, its list of printed pages.

use super::archive::Archive;
use super::assemble::{Source, assemble_html};
use super::element::Element;
use super::html::{self, Paths, Spot, Styles, is_a};
use super::meta::{self, Meta};
use super::model::{Block, Book};
use super::tree::{ends_with, folder_of};
use super::unfollowed::Unfollowed;
use super::words::Counts;
use super::xml_names::with_usual_prefixes;
use super::{Converted, bounded, chapters, front, listed, xml};
use crate::book::GeneratedPage;
use crate::bounds;
use crate::diag::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet};

/// Brings in an EPUB.
pub(super) fn read(name: &str, bytes: &[u8], findings: &mut Vec<Diagnostic>) -> Option<Converted> {
    let reading = |only_words| {
        book(name, bytes, only_words).map(|(book, words)| (book, Source { name, kind: "an EPUB", words }))
    };
    assemble_html(reading, findings)
}

/// A file of the package.
struct Item {
    path: String,
    media: String,
    properties: String,
}

/// The package document, understood.
struct Package {
    items: BTreeMap<String, Item>,
    /// The paths of the documents, in reading order.
    spine: Vec<String>,
    meta: Meta,
    cover: Option<String>,
    ncx: Option<String>,
    /// The path of the package document itself, from which addresses in it lead.
    root: String,
    /// EPUB 2's guide: addresses and what they are.
    guide: Vec<(String, String)>,
    unfollowed: Unfollowed,
}

impl Package {
    /// The paths of the pictures that are no drawings.
    fn bitmaps(&self) -> BTreeSet<&str> {
        let is_bitmap = |item: &&Item| item.media.starts_with("image/") && item.media != "image/svg+xml";
        self.items.values().filter(is_bitmap).map(|item| item.path.as_str()).collect()
    }
}

/// The document that shows a picture, which stands in the reading order itself.
fn page_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("<html><body><img src=\"{}\" alt=\"\"/></body></html>", crate::sources::encode(name))
}

fn book(name: &str, bytes: &[u8], only_words: bool) -> Result<(Book, Counts), Diagnostic> {
    let archive = Archive::open(name, bytes)?;
    archive.whole(name, book_of(name, &archive, only_words))
}

fn book_of(name: &str, archive: &Archive<'_>, only_words: bool) -> Result<(Book, Counts), Diagnostic> {
    let damaged = |what: String| {
        Diagnostic::new(Code::ImportDamaged, None, format!("{name} is no whole EPUB: {what}"))
            .hint("open it in an editor of ebooks, such as Sigil, mend it there, and import it again")
    };
    if is_locked(archive) {
        let message = format!("{name} is locked by a shop (DRM): its texts cannot be read");
        return Err(
            Diagnostic::new(Code::ImportKind, None, message).hint("ask its publisher for the open file")
        );
    }
    let container = archive
        .text("META-INF/container.xml")
        .ok_or_else(|| damaged("META-INF/container.xml is missing".into()))?;
    let (container, _) = xml::tree(&container).map_err(|why| damaged(why.into()))?;
    let root = rendition(&container).unwrap_or("content.opf").to_owned();
    let opf = archive.text(&root).ok_or_else(|| damaged(format!("{root} is missing")))?;
    bounded(&root, [opf.as_str()].into_iter())?;
    let (opf, was_too_deep) = xml::tree(&opf).map_err(|why| damaged(why.into()))?;
    let mut package = package(&opf, &root);
    package.unfollowed.is_deep(&root, was_too_deep);
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut length = 0;
    let (bitmaps, mut missing) = (package.bitmaps(), Vec::new());
    for path in &package.spine {
        let text = if bitmaps.contains(path.as_str()) { Some(page_of(path)) } else { archive.text(path) };
        let Some(text) = text else {
            missing.push(path.clone());
            continue;
        };
        length += text.len();
        texts.push((path.clone(), with_usual_prefixes(&text).into_owned()));
        if bounds::SOURCE.is_exceeded_by(length) {
            break;
        }
    }
    bounded(name, texts.iter().map(|(_, text)| text.as_str()))?;
    missing.iter().for_each(|path| package.unfollowed.is_missing(path));
    let tree_of = |(path, text): &(String, String)| {
        let (tree, was_too_deep) = html::tree(text);
        package.unfollowed.is_deep(path, was_too_deep);
        tree
    };
    let trees: Vec<Element> = texts.iter().map(tree_of).collect();
    if trees.is_empty() {
        return Err(damaged("its reading order names no document that is there".into()));
    }
    Ok(read_texts(archive, &package, &texts, &trees, only_words))
}

/// The package that a container names first: beside it may lie the same book in another format.
fn rendition(container: &Element) -> Option<&str> {
    let mut found = Vec::new();
    container.all(&|element| local(&element.name) == "rootfile", &mut found);
    let is_package = |root: &&&Element| {
        root.get("media-type").is_some_and(|media| media.contains("oebps-package"))
            || root.get("full-path").is_some_and(|path| ends_with(path, ".opf"))
    };
    found.iter().find(is_package).or_else(|| found.first())?.get("full-path")
}

fn read_texts(
    archive: &Archive<'_>,
    package: &Package,
    texts: &[(String, String)],
    trees: &[Element],
    only_words: bool,
) -> (Book, Counts) {
    let mut styles = Styles::default();
    for item in package.items.values().filter(|item| item.media == "text/css") {
        if let Some(sheet) = archive.text(&item.path) {
            styles.add(&sheet);
        }
    }
    for tree in trees {
        let mut sheets = Vec::new();
        tree.all(&|element| element.name == "style", &mut sheets);
        sheets.iter().for_each(|sheet| styles.add(&sheet.words()));
    }
    let documents: Vec<&Element> = trees.iter().collect();
    let mut words = Counts::default();
    trees.iter().for_each(|tree| words.add(&html::raw_words(tree), 1));
    let index = texts.iter().enumerate().map(|(index, (path, _))| (path.clone(), index)).collect();
    let paths = EpubPaths { archive, texts, index, pages: BTreeMap::new() };
    let pages = pages(archive, package, &paths);
    let paths = EpubPaths { pages, ..paths };
    let mut book =
        Book { meta: package.meta.clone(), unfollowed: package.unfollowed.clone(), ..Book::default() };
    let language = package.meta.language.as_deref();
    let mut blocks = html::read(&documents, &paths, &styles, language, only_words, &mut book);
    let contents = contents(archive, package);
    listed::mark(&mut blocks, &entries(&contents, &paths), &mut book);
    let mut titles = BTreeMap::new();
    for (path, words, _) in contents {
        titles.entry(path).or_insert(words);
    }
    let cover = package.cover.as_ref();
    book.meta.cover = cover.and_then(|cover| book.picture(cover, |path| archive.read(path)));
    let cover = book.meta.cover.clone();
    let is_cover =
        |blocks: &[Block]| matches!(blocks, [Block::Figure { path, .. }] if Some(path) == cover.as_ref());
    let made = made_pages(archive, package, &paths, trees);
    let (mut named, mut pages) = (Vec::new(), Vec::new());
    for (index, (blocks, (path, _))) in blocks.into_iter().zip(texts).enumerate() {
        if !blocks.is_empty() && !is_cover(&blocks) {
            named.push((blocks, front::kind_in(&trees[index]).or_else(|| titles.get(path).cloned())));
            pages.push(made[index]);
        }
    }
    front::take(&mut book, &mut named, &pages);
    chapters::drop_title_pages(&mut book, &mut named);
    chapters::split(&mut book, named);
    (book, words)
}

/// Whether the documents are encrypted; fonts may be, which is no lock.
fn is_locked(archive: &Archive<'_>) -> bool {
    let Some(text) = archive.text("META-INF/encryption.xml") else { return false };
    let Ok((tree, _)) = xml::tree(&text) else { return false };
    let mut found = Vec::new();
    tree.all(&|element| ends_with(&element.name, "CipherReference"), &mut found);
    found
        .iter()
        .filter_map(|element| element.get("URI"))
        .any(|uri| [".xhtml", ".html", ".htm", ".xml"].iter().any(|e| ends_with(uri, e)))
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn package(opf: &Element, root: &str) -> Package {
    let folder = folder_of(root);
    let mut found = Vec::new();
    opf.all(&|element| matches!(local(&element.name), "item" | "itemref"), &mut found);
    let mut items = BTreeMap::new();
    let (mut spine, mut unfollowed) = (Vec::new(), Unfollowed::default());
    for element in &found {
        if let (Some(id), Some(href)) = (element.get("id"), element.get("href")) {
            let path = crate::sources::path(&super::tree::joined(folder, "x"), &crate::sources::decode(href));
            let text = |key: &str| element.get(key).unwrap_or("").to_owned();
            match path {
                Some(path) => {
                    let (media, properties) = (text("media-type"), text("properties"));
                    items.insert(id.to_owned(), Item { path, media, properties });
                }
                None => unfollowed.is_outside(href),
            }
        }
    }
    for element in found.iter().filter(|element| local(&element.name) == "itemref") {
        let id = element.get("idref").unwrap_or("");
        match items.get(id) {
            Some(item) => spine.push(item.path.clone()),
            None => unfollowed.is_missing(id),
        }
    }
    // a document that is named twice is there once
    let mut seen = BTreeSet::new();
    spine.retain(|path: &String| seen.insert(path.clone()));
    let mut metas = Vec::new();
    opf.all(&|element| local(&element.name) == "meta", &mut metas);
    let named =
        metas.iter().find(|meta| meta.get("name") == Some("cover")).and_then(|meta| meta.get("content"));
    let cover = items
        .values()
        .find(|item| item.properties.split_ascii_whitespace().any(|word| word == "cover-image"))
        .or_else(|| items.get(named?).filter(|item| item.media.starts_with("image/")))
        .map(|item| item.path.clone());
    let ncx =
        items.values().find(|item| item.media == "application/x-dtbncx+xml").map(|item| item.path.clone());
    let mut references = Vec::new();
    opf.all(&|element| local(&element.name) == "reference", &mut references);
    let guide =
        references.iter().filter_map(|one| Some((one.get("href")?.to_owned(), one.get("type")?.to_owned())));
    let (root, guide) = (root.to_owned(), guide.collect());
    Package { meta: metadata(opf, &metas), items, spine, cover, ncx, root, guide, unfollowed }
}

fn metadata(opf: &Element, metas: &[&Element]) -> Meta {
    let mut found = Vec::new();
    opf.all(
        &|element| {
            element.name.starts_with("dc:")
                || matches!(element.name.as_str(), "title" | "creator" | "language")
        },
        &mut found,
    );
    let mut refinements: BTreeMap<(&str, &str), Vec<&Element>> = BTreeMap::new();
    for meta in metas {
        if let (Some(id), Some(property)) = (meta.get("refines"), meta.get("property")) {
            refinements.entry((id.trim_start_matches('#'), property)).or_default().push(meta);
        }
    }
    let all_refined = |element: &Element, property: &str| -> Vec<String> {
        let found = element.get("id").and_then(|id| refinements.get(&(id, property)));
        found.into_iter().flatten().map(|meta| meta.words().trim().to_owned()).collect()
    };
    let refined = |element: &Element, property: &str| all_refined(element, property).into_iter().next();
    let mut meta = Meta::default();
    let set = |slot: &mut Option<String>, words: &str| {
        if slot.is_none() && !words.is_empty() {
            *slot = Some(words.to_owned());
        }
    };
    for element in found {
        let words = element.words().split_whitespace().collect::<Vec<_>>().join(" ");
        match local(&element.name) {
            "title" if refined(element, "title-type").as_deref() == Some("subtitle") => {
                set(&mut meta.subtitle, &words);
            }
            "title" => set(&mut meta.title, &words),
            "language" => set(&mut meta.language, &words.replace('_', "-")),
            "publisher" => set(&mut meta.publisher, &words),
            "description" => set(&mut meta.description, &html::tree(&words).0.words()),
            "rights" => set(&mut meta.rights, &words),
            // an older edition, and no address of a file
            "source" if words.contains(' ') => set(&mut meta.source, &words),
            "date" => set(&mut meta.date, &meta::day(&words).unwrap_or_default()),
            "subject" if !words.is_empty() => meta.subjects.push(words),
            "identifier" => {
                let digits: String = words.chars().filter(|c| c.is_ascii_digit() || *c == 'X').collect();
                let says_so = words.to_lowercase().contains("isbn")
                    || element.get("opf:scheme").is_some_and(|s| s.eq_ignore_ascii_case("isbn"));
                if digits.len() == 13 && digits.starts_with("97") && (says_so || digits.len() == words.len())
                {
                    set(&mut meta.isbn, &digits);
                }
            }
            "creator" | "contributor" if !words.is_empty() => {
                let told = element.get("opf:role").map(|role| vec![role.to_owned()]);
                let roles = told.unwrap_or_else(|| all_refined(element, "role"));
                let is_creator = local(&element.name) == "creator";
                // nobody who is named so drew a book or put it into its language
                let is_somebody = |role: &String| role == "aut" || meta::author(&words).is_some();
                if let Some(role) = role_of(&roles, is_creator).filter(is_somebody) {
                    meta.people.push((words, role));
                }
            }
            _ => {}
        }
    }
    meta
}

/// What somebody is to a book whose source gives these roles: the one of them that a title page names first. A creator
/// is an author unless all roles say otherwise. Who made the edition that is brought in, its type and its files, made no
/// part of the next one.
fn role_of(roles: &[String], is_creator: bool) -> Option<String> {
    const FIRST: [&str; 9] = ["aut", "trl", "edt", "com", "ill", "art", "aui", "win", "ann"];
    const MAKERS: [&str; 10] = ["bkp", "bkd", "blw", "mrk", "pfr", "tyd", "tyg", "mdc", "trc", "dst"];
    let known: Vec<&str> = roles.iter().map(String::as_str).filter(|role| role.len() == 3).collect();
    let first = FIRST.into_iter().find(|role| known.contains(role));
    let is_maker = known.iter().any(|role| MAKERS.contains(role));
    let other = known.first().copied().filter(|_| !is_maker);
    let usual = is_creator.then_some("aut").filter(|_| known.is_empty());
    first.or(other).or(usual).map(str::to_owned)
}

/// The printed pages that the navigation lists: the place of each, and its number.
fn pages(archive: &Archive<'_>, package: &Package, paths: &EpubPaths<'_, '_>) -> BTreeMap<Spot, String> {
    let mut pages = BTreeMap::new();
    if let Some((tree, path)) = nav_tree(archive, package) {
        let mut lists = Vec::new();
        tree.all(&|element| element.name == "nav" && is_a(element, &["page-list"]), &mut lists);
        let mut links = Vec::new();
        lists.iter().for_each(|list| list.all(&|element| element.name == "a", &mut links));
        for link in links {
            if let Some(spot) = link.get("href").and_then(|href| paths.spot(path, href)) {
                pages.insert(spot, link.words().trim().to_owned());
            }
        }
    }
    if pages.is_empty()
        && let Some(ncx) = &package.ncx
        && let Some(tree) = archive.text(ncx).and_then(|text| xml::tree(&text).ok()).map(|(tree, _)| tree)
    {
        let mut targets = Vec::new();
        tree.all(&|element| local(&element.name) == "pageTarget", &mut targets);
        for target in targets {
            let label = target.find("text").map(Element::words).unwrap_or_default();
            let spot = target.find("content").and_then(|content| paths.spot(ncx, content.get("src")?));
            pages.extend(spot.map(|spot| (spot, label.trim().to_owned())));
        }
    }
    // Adobe's list, which older files have beside the others
    let map = package.items.values().find(|item| item.media == "application/oebps-page-map+xml");
    if pages.is_empty()
        && let Some(map) = map
        && let Some((tree, _)) = archive.text(&map.path).and_then(|text| xml::tree(&text).ok())
    {
        let mut listed = Vec::new();
        tree.all(&|element| local(&element.name) == "page", &mut listed);
        for page in listed {
            let spot = page.get("href").and_then(|href| paths.spot(&map.path, href));
            pages.extend(spot.zip(page.get("name").map(|name| name.trim().to_owned())));
        }
    }
    pages
}

/// Which documents are pages that a book makes itself: by what they say of themselves, by the
/// landmarks of the navigation or EPUB 2's guide, or by their names.
fn made_pages(
    archive: &Archive<'_>,
    package: &Package,
    paths: &EpubPaths<'_, '_>,
    trees: &[Element],
) -> Vec<Option<GeneratedPage>> {
    let mut pages: Vec<Option<GeneratedPage>> = trees.iter().map(front::page_in).collect();
    let mut add = |from: &str, href: &str, name: &str| {
        let page = name.split_ascii_whitespace().find_map(front::page_of);
        // the body's landmark may lead to a title page as well
        if let (Some(page), Some((index, _))) = (page, paths.spot(from, href)) {
            pages[index] = pages[index].or(Some(page));
        }
    };
    if let Some((tree, path)) = nav_tree(archive, package) {
        let mut lists = Vec::new();
        tree.all(&|element| element.name == "nav" && is_a(element, &["landmarks"]), &mut lists);
        let mut links = Vec::new();
        lists.iter().for_each(|list| list.all(&|element| element.name == "a", &mut links));
        for link in links {
            if let (Some(href), Some(name)) = (link.get("href"), link.get("epub:type")) {
                add(path, href, name);
            }
        }
    }
    for (href, name) in &package.guide {
        add(&package.root, href, name);
    }
    for (page, (path, _)) in pages.iter_mut().zip(paths.texts) {
        *page = page.or_else(|| front::page_of(super::tree::stem(path)));
    }
    pages
}

/// The navigation document and its path.
fn nav_tree<'p>(archive: &Archive<'_>, package: &'p Package) -> Option<(Element, &'p str)> {
    let is_nav = |item: &&Item| item.properties.split_ascii_whitespace().any(|word| word == "nav");
    let item = package.items.values().find(is_nav)?;
    Some((html::tree(&archive.text(&item.path)?).0, &item.path))
}

/// The contents list: the path that each entry leads to, its words, and how deep it stands.
fn contents(archive: &Archive<'_>, package: &Package) -> Vec<(String, String, u8)> {
    let mut found = Vec::new();
    let mut add = |from: &str, href: &str, words: String, depth: u8| {
        let file = href.split('#').next().unwrap_or("");
        let path = crate::sources::path(from, &crate::sources::decode(file));
        found.extend(path.map(|path| (path, words, depth)));
    };
    if let Some((tree, path)) = nav_tree(archive, package) {
        let mut lists = Vec::new();
        tree.all(&|element| element.name == "nav" && is_a(element, &["toc"]), &mut lists);
        let mut links = Vec::new();
        nested(
            lists.first().copied().unwrap_or(&tree),
            0,
            &|element| element.name == "ol",
            &|element| element.name == "a",
            &mut links,
        );
        let said = links.iter().filter_map(|(link, depth)| Some((link.get("href")?, link.words(), *depth)));
        said.for_each(|(href, words, depth)| add(path, href, words, depth.saturating_sub(1)));
    } else if let Some(ncx) = &package.ncx
        && let Some((tree, _)) = archive.text(ncx).and_then(|text| xml::tree(&text).ok())
    {
        let is_point = |element: &Element| local(&element.name) == "navPoint";
        let mut points = Vec::new();
        nested(&tree, 0, &is_point, &is_point, &mut points);
        for (point, depth) in points {
            let words = point.find("text").map(Element::words).unwrap_or_default();
            if let Some(src) = point.find("content").and_then(|content| content.get("src")) {
                add(ncx, src, words, depth);
            }
        }
    }
    found
}

/// All elements for which `wanted` holds, with how many stand around each for which `counts` does.
fn nested<'e>(
    element: &'e Element,
    depth: u8,
    counts: &dyn Fn(&Element) -> bool,
    wanted: &dyn Fn(&Element) -> bool,
    found: &mut Vec<(&'e Element, u8)>,
) {
    for inner in element.elements() {
        if wanted(inner) {
            found.push((inner, depth));
        }
        nested(inner, depth.saturating_add(u8::from(counts(inner))), counts, wanted, found);
    }
}

/// The entries of the contents list that lead to documents of the reading order.
fn entries(contents: &[(String, String, u8)], paths: &EpubPaths<'_, '_>) -> Vec<listed::Entry> {
    let entry = |(path, words, depth): &(String, String, u8)| {
        let document = *paths.index.get(path)?;
        Some(listed::Entry { document, words: words.clone(), depth: *depth })
    };
    contents.iter().filter_map(entry).collect()
}

/// Paths in an EPUB.
struct EpubPaths<'a, 'z> {
    archive: &'a Archive<'z>,
    texts: &'a [(String, String)],
    index: BTreeMap<String, usize>,
    pages: BTreeMap<Spot, String>,
}

impl EpubPaths<'_, '_> {
    /// The place that an address leads to, seen from a file.
    fn spot(&self, from: &str, href: &str) -> Option<Spot> {
        if href.contains("://") || href.starts_with("mailto:") {
            return None;
        }
        let (file, id) = href.split_once('#').unwrap_or((href, ""));
        let path = if file.is_empty() {
            from.to_owned()
        } else {
            crate::sources::path(from, &crate::sources::decode(file))?
        };
        Some((*self.index.get(&path)?, crate::sources::decode(id)))
    }
}

impl Paths for EpubPaths<'_, '_> {
    fn place(&self, document: usize, href: &str) -> Option<Spot> {
        self.spot(&self.texts.get(document)?.0, href)
    }

    fn page(&self, spot: &Spot) -> Option<&str> {
        self.pages.get(spot).map(String::as_str)
    }

    fn picture(&self, document: usize, src: &str) -> Option<String> {
        crate::sources::path(&self.texts.get(document)?.0, &crate::sources::decode(src))
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.archive.read(path)
    }
}
