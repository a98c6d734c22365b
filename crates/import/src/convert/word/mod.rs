//! Word files (`.docx`), from Word, LibreOffice, Google Docs and Scrivener.
//!
//! No macro is run and no other file is opened: what the relationships of the file name
//! outside of it is not looked for.

mod called;
mod embedded;
mod numbering;
mod package;
mod raw;
mod runs;
mod styles;

use super::assemble::assemble_read;
use super::element::{Element, Node};
use super::flow::{self, Flow, Paragraph, Role};
use super::model::{Book, Comment, Inline, plain};
use super::remarks::Remarks;
use super::targets::anchor;
use super::tracked::{Kind, Verdicts};
use super::words::Counts;
use super::{Changes, Converted, bounded, chapters, habits, meta, pauses, title_page, typed};
use crate::diag::{Code, Diagnostic};
use called::Called;
use embedded::{Embedded, Text};
use numbering::{Headings, Lists};
use package::Package;
use raw::raw_of;
use runs::Runs;
use std::collections::{BTreeMap, BTreeSet};
use styles::{Styles, val};

/// Brings in a Word file.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    changes: Changes<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    let changes = &Verdicts::of(changes);
    let made =
        Package::open(name, bytes).and_then(|package| package.whole(book(&package, changes, findings)));
    assemble_read(made, name, "a Word file", findings)
}

/// What is known of the whole file while its parts are read.
struct Reading<'p, 'z> {
    package: &'p Package<'z>,
    styles: Styles,
    lists: Lists,
    changes: &'p Verdicts,
    wanted: BTreeSet<String>,
    notes: Called,
    remarks: Remarks,
    embedded: Embedded,
}

impl<'p, 'z> Reading<'p, 'z> {
    /// Begins to read a file whose text is known.
    fn of(package: &'p Package<'z>, changes: &'p Verdicts, document: &Element) -> Result<Self, Diagnostic> {
        let part =
            |kind: &str| package.part(kind).map(|path| package.tree(&path)).transpose().map(Option::flatten);
        let styles = part("styles")?.map_or_else(Styles::none, |tree| Styles::read(&tree));
        let lists = part("numbering")?.map(|tree| Lists::read(&tree)).unwrap_or_default();
        let (notes, remarks, embedded) = (Called::default(), Remarks::default(), Embedded::default());
        let wanted = wanted(document);
        Ok(Reading { package, styles, lists, changes, wanted, notes, remarks, embedded })
    }
}

fn book(
    package: &Package<'_>,
    changes: &Verdicts,
    findings: &mut Vec<Diagnostic>,
) -> Result<(Book, Counts), Diagnostic> {
    let document = package
        .tree(&package.main)?
        .ok_or_else(|| package.damaged(&format!("{} is missing", package.main)))?;
    let mut book = Book::default();
    properties(package, &mut book);
    let mut reading = Reading::of(package, changes, &document)?;
    book.meta.language = book.meta.language.take().or_else(|| reading.styles.language.clone());
    let mut words = Counts::default();
    count(package, &package.main, &mut words);
    let body = document.find("w:body").unwrap_or(&document);
    let mut flow = reading.flow(&package.main, body, &mut book);
    drop(document);
    typed::typed(&mut flow, &mut book);
    let title = title_page::styled_title_page(&mut flow, &mut book);
    title_page::first_page(&mut flow, &mut book, title.as_deref());
    habits::recognise(&mut flow, &mut book);
    title_page::title_page(&mut flow, &mut book, title.as_deref());
    if reading.notes.has_endnotes() {
        heading_of_endnotes(&mut flow);
    }
    let mut blocks = flow::blocks(flow, &mut book);
    notes_of(&mut reading, &mut book, &mut words, findings)?;
    reading.embedded.place_notes(&mut blocks, &mut book);
    words.add_all(&reading.embedded.words);
    findings.append(&mut reading.embedded.findings);
    comments(&mut reading, &mut book, &mut words)?;
    for path in package.parts("header").into_iter().chain(package.parts("footer")) {
        let text = package.text(&path).map(|text| raw::words(&text)).unwrap_or_default();
        words.add(&text, 1);
        book.leave_out("running heads and feet, which are made anew", text);
    }
    book.unfollowed.add(package.unfollowed.take());
    chapters::split(&mut book, vec![(blocks, None)]);
    Ok((book, words))
}

fn count(package: &Package<'_>, path: &str, words: &mut Counts) {
    if let Some(text) = package.text(path) {
        words.add(&raw::words(&text), 1);
    }
}

/// Whether an element belongs into a paragraph, which odd programs forget. Links and fields may hold paragraphs, and are looked into.
fn stands_in_paragraphs(element: &Element) -> bool {
    matches!(element.name.as_str(), "w:r" | "w:t" | "w:delText" | "m:oMath")
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
    let code = |words: &str| words.split('"').nth(1).and_then(anchor);
    let (mut wanted, mut there) = (BTreeSet::new(), BTreeSet::new());
    for element in found {
        match element.name.as_str() {
            "w:hyperlink" => wanted
                .extend(element.get("w:anchor").filter(|name| !name.starts_with("_Toc")).and_then(anchor)),
            "w:bookmarkStart" => there.extend(element.get("w:name").and_then(anchor)),
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
    book.meta.people.extend(text("dc:creator").and_then(|name| meta::author(&name)));
    book.meta.date = text("dc:date").and_then(|date| meta::day(&date));
}

impl Reading<'_, '_> {
    /// The flow of a part's body.
    fn flow(&mut self, part: &str, body: &Element, book: &mut Book) -> Vec<Flow> {
        let (package, styles, lists) = (self.package, &self.styles, &self.lists);
        let embedded = &mut self.embedded;
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
        let mut reader = Reader {
            runs,
            lists,
            embedded,
            joins: None,
            initial: None,
            begins_page: false,
            sections: sections(body),
            ended: 0,
            headings: Headings::default(),
            waiting: Vec::new(),
        };
        let mut out = Vec::new();
        reader.blocks(body, &mut out);
        // what nothing goes on with
        out.extend([reader.initial.take(), reader.joins.take()].into_iter().flatten().map(Flow::Paragraph));
        out
    }
}

/// Reads the paragraphs and tables of a part.
struct Reader<'p, 'b, 'z> {
    runs: Runs<'p, 'b, 'z>,
    lists: &'p Lists,
    /// What is known of texts in other formats.
    embedded: &'b mut Embedded,
    /// The paragraph before, when its end was deleted and the next goes on with it.
    joins: Option<Paragraph>,
    /// The first letter of the next paragraph, in a frame of its own.
    initial: Option<Paragraph>,
    /// The next paragraph begins a page.
    begins_page: bool,
    /// Whether each section begins a page, and how many have ended.
    sections: Vec<bool>,
    ended: usize,
    /// How many headings of each list and level there were.
    headings: Headings,
    /// Places that stand between paragraphs, for the next one.
    waiting: Vec<Inline>,
}

impl Reader<'_, '_, '_> {
    fn blocks(&mut self, element: &Element, out: &mut Vec<Flow>) {
        let mut loose = Vec::new();
        for inner in element.elements() {
            if stands_in_paragraphs(inner) {
                loose.push(Node::Element(inner.clone()));
                continue;
            }
            self.loose(&mut loose, out);
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
                "mc:AlternateContent" => {
                    if let Some(choice) = inner.child("mc:Choice") {
                        self.blocks(choice, out);
                    }
                }
                "m:oMathPara" => self.loose(&mut vec![Node::Element(inner.clone())], out),
                "w:altChunk" => self.chunk(inner, out),
                "w:bookmarkStart" => self.waiting.extend(self.runs.place(inner)),
                _ => self.blocks(inner, out),
            }
        }
        self.loose(&mut loose, out);
    }

    /// A paragraph of what stands in none.
    fn loose(&mut self, loose: &mut Vec<Node>, out: &mut Vec<Flow>) {
        if !loose.is_empty() {
            self.paragraph(&Element { children: std::mem::take(loose), ..Element::named("w:p") }, out);
        }
    }

    /// A text in another format, which stands in the file as it is.
    fn chunk(&mut self, element: &Element, out: &mut Vec<Flow>) {
        let target = element.get("r:id").and_then(|id| self.runs.relations.get(id)).cloned();
        let path = target.as_ref().map_or("a text in another format", |target| target.to.as_str()).to_owned();
        let bytes =
            target.filter(|target| !target.is_outside).and_then(|_| self.runs.package.archive.read(&path));
        let flow = bytes.and_then(|bytes| match Text::of(&path, bytes) {
            Text::Word(bytes) => self.nested(&path, &bytes),
            Text::Web(text) => {
                let is_taken = self.embedded.takes(&path, text.len())
                    && bounded(&path, [text.as_str()].into_iter()).is_ok();
                is_taken.then(|| self.embedded.page(self.runs.package, &path, &text, self.runs.book))
            }
            Text::Plain(text) if self.embedded.takes(&path, text.len()) => {
                self.embedded.words.add(&text, 1);
                let paragraph = |line: &str| {
                    let words = vec![Inline::Text(line.to_owned())];
                    Flow::Paragraph(Paragraph { words, ..Paragraph::default() })
                };
                Some(text.lines().map(paragraph).collect())
            }
            Text::Plain(_) | Text::Other => None,
        });
        match flow {
            Some(flow) => out.extend(flow),
            None => self.runs.book.unfollowed.is_unshown(path),
        }
    }

    /// The paragraphs of a Word file within this one; none where it is damaged or stands too deep.
    fn nested(&mut self, path: &str, bytes: &[u8]) -> Option<Vec<Flow>> {
        let package = Package::open(path, bytes).ok()?;
        let text = package.text(&package.main)?;
        let document = package.tree(&package.main).ok()??;
        if !self.embedded.takes(path, text.len()) {
            return None;
        }
        let mut reading = Reading::of(&package, self.runs.changes, &document).ok()?;
        let book = &mut *self.runs.book;
        // what the inner file embeds goes to the same account
        std::mem::swap(&mut reading.embedded, self.embedded);
        reading.embedded.depth += 1;
        let mut flow = reading.flow(&package.main, document.find("w:body").unwrap_or(&document), book);
        let outer = std::mem::take(&mut book.notes);
        let (mut words, mut findings) = (Counts::default(), Vec::new());
        words.add(&raw::words(&text), 1);
        let read = notes_of(&mut reading, book, &mut words, &mut findings)
            .and_then(|()| comments(&mut reading, book, &mut words));
        let read = package.whole(read);
        reading.embedded.depth -= 1;
        std::mem::swap(&mut reading.embedded, self.embedded);
        let own = std::mem::replace(&mut book.notes, outer);
        book.unfollowed.add(package.unfollowed.take());
        self.embedded.words.add_all(&words);
        self.embedded.findings.append(&mut findings);
        self.embedded.findings.extend(read.err());
        self.embedded.keep_notes(&mut flow, own);
        Some(flow)
    }

    fn paragraph(&mut self, element: &Element, out: &mut Vec<Flow>) {
        let properties = element.child("w:pPr");
        let style = properties.and_then(|p| p.child("w:pStyle")).and_then(val);
        let style = style.map_or_else(|| self.runs.styles.usual(), |id| self.runs.styles.resolved(id));
        let page_break = style.page_break
            || std::mem::take(&mut self.begins_page)
            || properties.and_then(|p| p.child("w:pageBreakBefore")).is_some_and(|e| val(e) != Some("0"));
        self.runs.begin(style.look, page_break);
        let mut words = std::mem::take(&mut self.waiting);
        words.extend(self.runs.inlines(element));
        let in_contents = self.runs.saw_contents();
        self.begins_page = self.runs.ends_page;
        if properties.is_some_and(|p| p.child("w:sectPr").is_some()) {
            self.ended += 1;
            self.begins_page |= self.sections.get(self.ended).copied().unwrap_or(true);
        }
        let number = properties.and_then(styles::numbering).or_else(|| style.number.clone());
        let changed =
            |inner: &Element| matches!(inner.name.as_str(), "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo");
        if words.is_empty() && element.elements().any(changed) {
            // all of it was inserted and rejected, or deleted
            return;
        }
        let level = properties.and_then(styles::outline);
        let role = match style.role {
            _ if in_contents => Role::Contents,
            Role::Body => level.map_or(Role::Body, Role::Heading),
            role => role,
        };
        let label = number.as_ref().filter(|_| matches!(role, Role::Heading(_)));
        let label = label.and_then(|(list, level)| self.headings.next(self.lists, list, *level));
        if words.iter().all(|inline| matches!(inline, Inline::Anchor(_))) {
            // all that is seen of a title may be its number; three hyphens and a return are a rule in many programs
            let rule = properties.is_some_and(has_rule).then(|| pauses::PAUSE.to_owned());
            words.extend(label.or(rule).map(|shown| self.shown(shown)));
        }
        let mut paragraph = Paragraph {
            words,
            role,
            item: number.and_then(|number| self.lists.item(number, style.deeper)),
            centred: properties.map_or(style.centred, |p| {
                if p.child("w:jc").is_some() { styles::is_centred(p) } else { style.centred }
            }),
            large: self.runs.size > self.runs.styles.size + 3,
            underlined: self.runs.underlined == Some(true),
            page_break: self.runs.page_break,
            indented: properties.is_some_and(|p| side(p, ["w:left", "w:start"]) >= SET_IN),
            above: properties.and_then(styles::space_above).or(style.above).unwrap_or(0),
        };
        if paragraph.role == Role::Body
            && properties.is_some_and(is_set_in)
            && paragraph.item.is_none()
            && !paragraph.centred
        {
            paragraph.role = Role::Quote;
        }
        self.put(paragraph, properties, out);
    }

    /// Adds a paragraph to what it goes on with, or keeps it for the next to go on with.
    fn put(&mut self, mut paragraph: Paragraph, properties: Option<&Element>, out: &mut Vec<Flow>) {
        if let Some(before) = self.joins.take() {
            let rest = std::mem::replace(&mut paragraph, before);
            paragraph.go_on(rest.words);
        }
        if let Some(letter) = self.initial.take() {
            paragraph.words.splice(0..0, letter.words);
            paragraph.page_break |= letter.page_break;
        }
        let is_initial = properties
            .and_then(|p| p.child("w:framePr"))
            .is_some_and(|frame| frame.get("w:dropCap").is_some_and(|drop| drop != "none"));
        if is_initial {
            self.initial = Some(paragraph);
            return;
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

    /// Words that the source shows and does not hold.
    fn shown(&mut self, words: String) -> Inline {
        self.runs.book.added.push_str(&words);
        self.runs.book.added.push(' ');
        Inline::Text(words)
    }

    /// Whether the end of a paragraph was deleted, or inserted and rejected.
    fn end_is_gone(&mut self, properties: Option<&Element>) -> bool {
        let Some(mark) = properties.and_then(|p| p.child("w:rPr")) else { return false };
        let mut goes = |name: &str, kind: Kind| {
            mark.child(name).is_some_and(|change| !self.runs.keeps(change, kind, ""))
        };
        // both are asked, since both may be told of
        let (inserted, deleted) = (goes("w:ins", Kind::Insertion), goes("w:del", Kind::Deletion));
        inserted || deleted
    }

    /// Whether a row was deleted, or inserted and rejected.
    fn row_is_gone(&mut self, properties: &Element, row: &Element) -> bool {
        let changes = [
            ("w:del", Kind::Deletion, "deletions that were accepted"),
            ("w:ins", Kind::Insertion, "insertions that were rejected"),
        ];
        for (name, kind, why) in changes {
            let words = raw_of(row);
            if let Some(change) = properties.child(name)
                && !self.runs.keeps(change, kind, &words)
            {
                self.runs.book.leave_out(why, words);
                return true;
            }
        }
        false
    }

    fn table(&mut self, element: &Element) -> Flow {
        let mut rows = Vec::new();
        let mut head = false;
        for (index, row) in rows_of(element).into_iter().enumerate() {
            let properties = row.child("w:trPr");
            if properties.is_some_and(|properties| self.row_is_gone(properties, row)) {
                continue;
            }
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

/// Whether each section of a body begins a page.
fn sections(body: &Element) -> Vec<bool> {
    let (mut found, mut former) = (Vec::new(), Vec::new());
    body.all(&|element| element.name == "w:sectPr", &mut found);
    // what a section was before somebody changed it
    found.iter().for_each(|section| section.all(&|element| element.name == "w:sectPr", &mut former));
    let former: BTreeSet<*const Element> = former.into_iter().map(std::ptr::from_ref).collect();
    let begins = |section: &Element| {
        let kind = section.child("w:type").and_then(val);
        !matches!(kind, Some("continuous" | "nextColumn"))
    };
    let now = found.into_iter().filter(|section| !former.contains(&std::ptr::from_ref(*section)));
    now.map(begins).collect()
}

/// Whether a line is ruled above or below a paragraph.
fn has_rule(properties: &Element) -> bool {
    let Some(borders) = properties.child("w:pBdr") else { return false };
    let is_seen =
        |name: &str| borders.child(name).and_then(val).is_some_and(|kind| !matches!(kind, "nil" | "none"));
    (is_seen("w:bottom") || is_seen("w:top")) && !is_seen("w:left") && !is_seen("w:right")
}

/// What is set in at least: a quarter of an inch, in twentieths of a point.
const SET_IN: i64 = 360;

/// How far a paragraph stands further in on one side.
fn side(properties: &Element, names: [&str; 2]) -> i64 {
    let indent = properties.child("w:ind");
    let said = names.iter().find_map(|name| indent?.get(name));
    said.and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Whether a paragraph stands further in on both sides, as quotations do.
fn is_set_in(properties: &Element) -> bool {
    side(properties, ["w:left", "w:start"]) >= SET_IN && side(properties, ["w:right", "w:end"]) >= SET_IN
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
    while let Some(name) = reading.notes.name(done) {
        done += 1;
        let blocks = match texts.remove(&name) {
            Some((path, note)) => {
                let mut flow = reading.flow(&path, &note, book);
                if let Some(sign) = reading.notes.sign(&name) {
                    without_sign(&mut flow, sign, book);
                }
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

/// A title under which nothing stands but the notes of the end, which the book sets anew.
fn heading_of_endnotes(flow: &mut [Flow]) {
    const TITLES: [&str; 7] =
        ["notes", "endnotes", "anmerkungen", "endnoten", "notes de fin", "notas", "примечания"];
    if let Some(Flow::Paragraph(last)) = flow.iter_mut().rev().find(|part| !flow::is_blank(part))
        && TITLES.contains(&plain(&last.words).trim().to_lowercase().as_str())
    {
        last.role = Role::Contents;
    }
}

/// Takes the sign by which its author calls a note from before its words.
fn without_sign(flow: &mut [Flow], sign: &str, book: &mut Book) {
    let Some(Flow::Paragraph(first)) = flow.iter_mut().find(|part| !flow::is_blank(part)) else { return };
    let words = plain(&first.words);
    let start = words.len() - words.trim_start().len();
    if !sign.is_empty() && words[start..].starts_with(sign) {
        first.words = typed::without(std::mem::take(&mut first.words), start + sign.len());
        book.leave_out(runs::NOTE_SIGNS, sign);
    }
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
        let about = reading.remarks.about(&text("w:id"));
        let said = raw_of(comment);
        book.leave_out("remarks of the margin, which stand in review.txt", said.clone());
        let date = text("w:date").split('T').next().unwrap_or("").to_owned();
        book.comments.push(Comment { author: text("w:author"), date, about, words: said });
    }
    Ok(())
}
