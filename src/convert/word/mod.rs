//! Word files (`.docx`), from Word, LibreOffice, Google Docs and Scrivener.
//!
//! No macro is run and no other file is opened: what the relationships of the file name
//! outside of it is not looked for.

mod numbering;
mod package;
mod raw;
mod runs;
mod styles;

use super::assemble::{Source, assemble};
use super::element::Element;
use super::flow::{self, Flow, Paragraph, Role};
use super::model::{Book, Comment, plain, tidy};
use super::words::Counts;
use super::{Changes, Converted, chapters, habits, meta};
use crate::diag::{Code, Diagnostic};
use numbering::Lists;
use package::Package;
use runs::Runs;
use std::collections::{BTreeMap, BTreeSet};
use styles::{Styles, val};

/// Brings in a Word file.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    changes: Changes,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    match Package::open(name, bytes).and_then(|package| book(&package, changes, findings)) {
        Ok((book, words)) => assemble(book, Source { name, kind: "a Word file", words }, findings),
        Err(finding) => {
            findings.push(finding);
            None
        }
    }
}

/// What is known of the whole file while its parts are read.
struct Reading<'p, 'z> {
    package: &'p Package<'z>,
    styles: Styles,
    lists: Lists,
    changes: Changes,
    wanted: BTreeSet<String>,
    notes: Vec<String>,
    remarks: BTreeMap<String, (bool, String)>,
}

fn book(
    package: &Package<'_>,
    changes: Changes,
    findings: &mut Vec<Diagnostic>,
) -> Result<(Book, Counts), Diagnostic> {
    let document = package
        .tree(&package.main)?
        .ok_or_else(|| package.damaged(&format!("{} is missing", package.main)))?;
    let part =
        |kind: &str| package.part(kind).map(|path| package.tree(&path)).transpose().map(Option::flatten);
    let mut book = Book::default();
    let styles = part("styles")?.map(|tree| Styles::read(&tree)).unwrap_or_default();
    properties(package, &mut book);
    book.meta.language = book.meta.language.take().or_else(|| styles.language.clone());
    let lists = part("numbering")?.map(|tree| Lists::read(&tree)).unwrap_or_default();
    let (notes, remarks, wanted) = (Vec::new(), BTreeMap::new(), wanted(&document));
    let mut reading = Reading { package, styles, lists, changes, wanted, notes, remarks };
    let mut words = Counts::default();
    count(package, &package.main, &mut words);
    let body = document.find("w:body").unwrap_or(&document);
    let mut flow = reading.flow(&package.main, body, &mut book);
    drop(document);
    title_page(&mut flow, &mut book);
    habits::recognise(&mut flow, &mut book);
    habits::title_page(&mut flow, &mut book);
    let blocks = flow::blocks(flow, &mut book);
    notes_of(&mut reading, &mut book, &mut words, findings)?;
    comments(&mut reading, &mut book, &mut words)?;
    for path in package.parts("header").into_iter().chain(package.parts("footer")) {
        let text = package.text(&path).map(|text| raw::words(&text)).unwrap_or_default();
        words.add(&text, 1);
        book.leave_out("running heads and feet, which are made anew", text);
    }
    chapters::split(&mut book, vec![(blocks, None)]);
    Ok((book, words))
}

fn count(package: &Package<'_>, path: &str, words: &mut Counts) {
    if let Some(text) = package.text(path) {
        words.add(&raw::words(&text), 1);
    }
}

/// The words of an element, whatever it is.
fn raw_of(element: &Element) -> String {
    let mut found = Vec::new();
    element.all(
        &|inner| {
            matches!(
                inner.name.as_str(),
                "w:t" | "w:delText" | "m:t" | "w:tab" | "w:br" | "w:p" | "w:noBreakHyphen"
            )
        },
        &mut found,
    );
    found
        .iter()
        .map(|inner| match inner.name.as_str() {
            "w:tab" | "w:br" => " ".to_owned(),
            "w:noBreakHyphen" => "-".to_owned(),
            "w:p" => "\n".to_owned(),
            _ => inner.words(),
        })
        .collect()
}

/// The places that links of a document lead to.
fn wanted(document: &Element) -> BTreeSet<String> {
    let mut found = Vec::new();
    document.all(
        &|element| {
            matches!(element.name.as_str(), "w:hyperlink" | "w:instrText" | "w:fldSimple" | "w:bookmarkStart")
        },
        &mut found,
    );
    let code = |words: &str| words.split('"').nth(1).and_then(runs::anchor);
    let (mut wanted, mut there) = (BTreeSet::new(), BTreeSet::new());
    for element in found {
        match element.name.as_str() {
            "w:hyperlink" => wanted.extend(
                element.get("w:anchor").filter(|name| !name.starts_with("_Toc")).and_then(runs::anchor),
            ),
            "w:bookmarkStart" => there.extend(element.get("w:name").and_then(runs::anchor)),
            _ => wanted.extend(code(&element.words()).or_else(|| code(element.get("w:instr").unwrap_or("")))),
        }
    }
    wanted.intersection(&there).cloned().collect()
}

/// What `docProps/core.xml` says of the book.
fn properties(package: &Package<'_>, book: &mut Book) {
    let Ok(Some(tree)) = package.tree("docProps/core.xml") else { return };
    let text = |name: &str| {
        tree.find(name).map(|element| element.words().trim().to_owned()).filter(|words| !words.is_empty())
    };
    book.meta.title = text("dc:title");
    book.meta.language = text("dc:language");
    book.meta.description = text("dc:description").filter(|words| !words.starts_with("generated by"));
    let author = text("dc:creator").filter(|name| name != "python-docx");
    book.meta.people.extend(author.map(|name| (name, "aut".to_owned())));
    book.meta.date = text("dc:date").and_then(|date| meta::day(&date));
}

impl Reading<'_, '_> {
    /// The flow of a part's body.
    fn flow(&mut self, part: &str, body: &Element, book: &mut Book) -> Vec<Flow> {
        let (package, styles, lists) = (self.package, &self.styles, &self.lists);
        let runs = Runs::new(
            package,
            styles,
            part,
            book,
            self.changes,
            &self.wanted,
            &mut self.notes,
            &mut self.remarks,
        );
        let mut reader = Reader { runs, lists, joins: None };
        let mut out = Vec::new();
        reader.blocks(body, &mut out);
        out
    }
}

/// Reads the paragraphs and tables of a part.
struct Reader<'p, 'b, 'z> {
    runs: Runs<'p, 'b, 'z>,
    lists: &'p Lists,
    /// The paragraph before, when its end was deleted and the next goes on with it.
    joins: Option<Paragraph>,
}

impl Reader<'_, '_, '_> {
    fn blocks(&mut self, element: &Element, out: &mut Vec<Flow>) {
        for inner in element.elements() {
            match inner.name.as_str() {
                "w:p" => self.paragraph(inner, out),
                "w:tbl" => {
                    let table = self.table(inner);
                    out.push(table);
                }
                "w:sdt" if is_contents(inner) => {
                    self.runs.book.leave_out("the source's own contents, which are made anew", raw_of(inner));
                }
                "w:sectPr" | "w:tblPr" | "w:sdtPr" => {}
                _ => self.blocks(inner, out),
            }
        }
    }

    fn paragraph(&mut self, element: &Element, out: &mut Vec<Flow>) {
        let properties = element.child("w:pPr");
        let style = properties.and_then(|p| p.child("w:pStyle")).and_then(val);
        let style = style.map_or_else(|| self.runs.styles.usual(), |id| self.runs.styles.resolved(id));
        self.runs.usual = style.look;
        self.runs.size = 0;
        self.runs.page_break = style.page_break
            || properties.and_then(|p| p.child("w:pageBreakBefore")).is_some_and(|e| val(e) != Some("0"));
        let was_in_contents = self.runs.in_contents();
        let words = self.runs.inlines(element);
        let in_contents = was_in_contents || self.runs.in_contents();
        let number = properties.and_then(styles::numbering).or_else(|| style.number.clone());
        let changed =
            |inner: &Element| matches!(inner.name.as_str(), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo");
        if words.is_empty() && element.elements().any(changed) {
            // all of it was inserted and rejected, or deleted
            return;
        }
        let mut paragraph = Paragraph {
            words,
            role: if in_contents { Role::Contents } else { style.role },
            item: number.and_then(|number| self.lists.item(number)),
            centred: properties.map_or(style.centred, |p| {
                if p.child("w:jc").is_some() { styles::is_centred(p) } else { style.centred }
            }),
            large: self.runs.size > self.runs.styles.size + 3,
            page_break: self.runs.page_break,
        };
        if paragraph.role == Role::Body
            && properties.is_some_and(is_set_in)
            && paragraph.item.is_none()
            && !paragraph.centred
        {
            paragraph.role = Role::Quote;
        }
        if let Some(before) = self.joins.take() {
            let rest = std::mem::replace(&mut paragraph, before);
            paragraph.words.extend(rest.words);
        }
        if self.end_is_gone(properties) {
            self.joins = Some(paragraph);
            return;
        }
        out.push(Flow::Paragraph(paragraph));
        for inner in std::mem::take(&mut self.runs.boxes) {
            self.blocks(&inner, out);
        }
    }

    /// Whether the end of a paragraph was deleted, or inserted and rejected.
    fn end_is_gone(&self, properties: Option<&Element>) -> bool {
        let mark = properties.and_then(|p| p.child("w:rPr"));
        let has = |name: &str| mark.is_some_and(|mark| mark.child(name).is_some());
        match self.runs.changes {
            Changes::Accept => has("w:del"),
            Changes::Reject => has("w:ins"),
        }
    }

    fn table(&mut self, element: &Element) -> Flow {
        let mut rows = Vec::new();
        let mut head = false;
        for (index, row) in rows_of(element).into_iter().enumerate() {
            let properties = row.child("w:trPr");
            if index == 0 {
                head = properties.is_some_and(|p| p.child("w:tblHeader").is_some());
            }
            let mut cells = Vec::new();
            for cell in cells_of(row) {
                let mut flow = Vec::new();
                self.blocks(cell, &mut flow);
                let span = cell
                    .child("w:tcPr")
                    .and_then(|p| p.child("w:gridSpan"))
                    .and_then(val)
                    .and_then(|n| n.parse().ok());
                cells.push(flow);
                cells.extend(std::iter::repeat_n(Vec::new(), span.unwrap_or(1_usize).clamp(1, 40) - 1));
            }
            rows.push(cells);
        }
        Flow::Table { head, rows }
    }
}

/// The rows of a table, through the wrappings in which some programs put them.
fn rows_of(element: &Element) -> Vec<&Element> {
    named(element, "w:tr")
}

fn cells_of(row: &Element) -> Vec<&Element> {
    named(row, "w:tc")
}

fn named<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for inner in element.elements() {
        match inner.name.as_str() {
            known if known == name => found.push(inner),
            "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" => found.extend(named(inner, name)),
            _ => {}
        }
    }
    found
}

/// Whether a paragraph stands further in on both sides, as quotations do.
fn is_set_in(properties: &Element) -> bool {
    /// A quarter of an inch, in twentieths of a point.
    const LEAST: i64 = 360;
    let Some(indent) = properties.child("w:ind") else { return false };
    let side = |names: [&str; 2]| {
        names.iter().find_map(|name| indent.get(name)).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0)
    };
    side(["w:left", "w:start"]) >= LEAST && side(["w:right", "w:end"]) >= LEAST
}

/// Whether a block of content is a table of contents.
fn is_contents(element: &Element) -> bool {
    let mut found = Vec::new();
    element
        .child("w:sdtPr")
        .into_iter()
        .for_each(|p| p.all(&|inner| inner.name == "w:docPartGallery", &mut found));
    found.iter().filter_map(|inner| val(inner)).any(|name| name == "Table of Contents")
}

/// What stands under the styles of a title page, which is made anew.
fn title_page(flow: &mut Vec<Flow>, book: &mut Book) {
    let old = std::mem::take(flow);
    for part in old {
        let Flow::Paragraph(paragraph) = &part else {
            flow.push(part);
            continue;
        };
        let words = plain(&tidy(paragraph.words.clone()));
        let slot = match paragraph.role {
            Role::Title if flow.iter().all(is_blank) => &mut book.meta.title,
            Role::Subtitle if flow.iter().all(is_blank) => &mut book.meta.subtitle,
            Role::Author
                if flow.iter().all(is_blank) && book.meta.people.iter().any(|(name, _)| *name == words) =>
            {
                &mut None
            }
            _ => {
                flow.push(part);
                continue;
            }
        };
        *slot = Some(words.clone());
        book.leave_out("the title page, which is made anew", words);
    }
}

fn is_blank(part: &Flow) -> bool {
    matches!(part, Flow::Paragraph(paragraph) if paragraph.is_empty())
}

/// Reads the notes that were called, and those that they call.
fn notes_of(
    reading: &mut Reading<'_, '_>,
    book: &mut Book,
    words: &mut Counts,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    let mut parts = BTreeMap::new();
    for (kind, name) in [('f', "footnotes"), ('e', "endnotes")] {
        let Some(path) = reading.package.part(name) else { continue };
        count(reading.package, &path, words);
        if let Some(tree) = reading.package.tree(&path)? {
            parts.insert(kind, (path, tree));
        }
    }
    let mut texts: BTreeMap<String, (String, Element)> = BTreeMap::new();
    for (kind, (path, tree)) in &parts {
        let mut found = Vec::new();
        tree.all(&|element| matches!(element.name.as_str(), "w:footnote" | "w:endnote"), &mut found);
        for note in found {
            texts.insert(format!("{kind}{}", note.get("w:id").unwrap_or("")), (path.clone(), note.clone()));
        }
    }
    let mut done = 0;
    while let Some(name) = reading.notes.get(done).cloned() {
        done += 1;
        let blocks = match texts.remove(&name) {
            Some((path, note)) => {
                let flow = reading.flow(&path, &note, book);
                flow::blocks(flow, book)
            }
            None => Vec::new(),
        };
        book.notes.push(blocks);
    }
    let mut alone = 0;
    for (_, note) in texts.into_values() {
        let text = raw_of(&note);
        alone += usize::from(!text.trim().is_empty());
        book.leave_out("notes that nothing calls", text);
    }
    if alone > 0 {
        let message = format!("{alone} of the notes are called nowhere, and were left out");
        findings.push(Diagnostic::new(Code::ImportNoteAlone, None, message).hint("the report says which"));
    }
    Ok(())
}

/// The remarks of the margin.
fn comments(reading: &mut Reading<'_, '_>, book: &mut Book, words: &mut Counts) -> Result<(), Diagnostic> {
    let Some(path) = reading.package.part("comments") else { return Ok(()) };
    count(reading.package, &path, words);
    let Some(tree) = reading.package.tree(&path)? else { return Ok(()) };
    let mut found = Vec::new();
    tree.all(&|element| element.name == "w:comment", &mut found);
    for comment in found {
        let text = |key: &str| comment.get(key).unwrap_or("").to_owned();
        let about = reading.remarks.get(&text("w:id")).map(|(_, about)| about.clone()).unwrap_or_default();
        let said = raw_of(comment);
        book.leave_out("remarks of the margin, which stand in review.txt", said.clone());
        let date = text("w:date").split('T').next().unwrap_or("").to_owned();
        book.comments.push(Comment { author: text("w:author"), date, about, words: said });
    }
    Ok(())
}
