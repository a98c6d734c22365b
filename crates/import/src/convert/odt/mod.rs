//! OpenDocument texts (`.odt`), from LibreOffice and the like.
//!
//! No macro is run and no other file is opened. Changes that were kept track of stand beside
//! the text: what was deleted in a list before it, with a sign at its old place.

mod raw;
mod reader;
mod runs;
mod styles;

use super::archive::Archive;
use super::assemble::assemble_read;
use super::element::{Element, Node};
use super::flow::{self, Flow, Numbered, Paragraph, Role};
use super::model::{Book, Inline};
use super::named_style::NamedStyle;
use super::remarks::Remarks;
use super::targets::anchor;
use super::tracked::{Kind, Verdicts, by, said};
use super::unfollowed::Unfollowed;
use super::words::Counts;
use super::xml_names::with_usual_prefixes;
use super::{Changes, Converted, bounded, chapters, habits, meta, title_page, typed, xml};
use crate::diag::{Code, Diagnostic};
use raw::raw_of;
use reader::{PARAGRAPH_END, Reader};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use styles::Styles;

/// Brings in an OpenDocument text.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    changes: Changes<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Converted> {
    let made = Archive::open(name, bytes)
        .and_then(|archive| archive.whole(name, book(name, &archive, &Verdicts::of(changes))));
    assemble_read(made, name, "an OpenDocument text", findings)
}

fn book(name: &str, archive: &Archive<'_>, wish: &Verdicts) -> Result<(Book, Counts), Diagnostic> {
    let damaged = |what: &str| {
        Diagnostic::new(Code::ImportDamaged, None, format!("{name} is no whole OpenDocument text: {what}"))
            .hint("open it in a word processor, save it anew as .odt or .docx, and import that")
    };
    let unfollowed = RefCell::new(Unfollowed::default());
    let tree = |path: &str| -> Result<Option<Element>, Diagnostic> {
        let Some(text) = text_of(archive, path) else { return Ok(None) };
        bounded(path, [text.as_str()].into_iter())?;
        let (tree, was_too_deep) = xml::tree(&text).map_err(|what| damaged(&format!("{path}: {what}")))?;
        unfollowed.borrow_mut().is_deep(path, was_too_deep);
        Ok(Some(tree))
    };
    if archive.text("META-INF/manifest.xml").is_some_and(|text| text.contains("encryption-data")) {
        return Err(damaged("it is locked with a password"));
    }
    let content = tree("content.xml")?.ok_or_else(|| damaged("content.xml is missing"))?;
    let mut styles = Styles::default();
    let layout = tree("styles.xml")?;
    layout.iter().for_each(|layout| styles.add(layout));
    styles.add(&content);
    let mut book = Book::default();
    tree("meta.xml")?.iter().for_each(|meta| properties(meta, &mut book));
    book.meta.language = book.meta.language.take().or_else(|| styles.language.clone());
    let mut words = Counts::default();
    text_of(archive, "content.xml").iter().for_each(|text| words.add(&raw::words(text), 1));
    layout.iter().for_each(|layout| running_heads(layout, &mut book, &mut words));
    let empty = Element::default();
    let text = content.find("office:text").unwrap_or(&empty);
    let flow = flow_of(archive, &styles, text, wish, &mut book);
    let blocks = flow::blocks(flow, &mut book);
    book.unfollowed.add(unfollowed.take());
    chapters::split(&mut book, vec![(blocks, None)]);
    Ok((book, words))
}

/// A part, as XML with the usual prefixes.
fn text_of(archive: &Archive<'_>, path: &str) -> Option<String> {
    archive.text(path).map(|text| with_usual_prefixes(&text).into_owned())
}

/// The paragraphs of the text, with what its styles and its typist say of them.
fn flow_of(
    archive: &Archive<'_>,
    styles: &Styles,
    text: &Element,
    wish: &Verdicts,
    book: &mut Book,
) -> Vec<Flow> {
    let (wanted, (changes, placeless)) = (wanted(text), changes(text));
    let mut inserted = Remarks::default();
    if wish.are_asked() {
        see_inserted(text, &mut inserted);
    }
    for (id, change) in changes.iter().filter(|_| wish.are_asked()) {
        let kind = if change.name == "text:deletion" { Kind::Deletion } else { Kind::Insertion };
        let words = if kind == Kind::Deletion { raw_of(change) } else { inserted.about(id) };
        book.changes.add(kind, id, &words, by(&said(change, "dc:creator"), &said(change, "dc:date")));
    }
    let mut reader = Reader {
        archive,
        styles,
        book,
        wish,
        wanted: &wanted,
        changes: &changes,
        restored: BTreeSet::new(),
        restoring: 0,
        dropping: None,
        dropped: String::new(),
        remarks: Remarks::default(),
        remark_names: Vec::new(),
        joins: None,
        boxes: Vec::new(),
        size: 0,
        lists: 0,
        counted: BTreeMap::new(),
        headings: Vec::new(),
    };
    let mut flow = Vec::new();
    reader.blocks(text, &mut flow);
    flow.extend(reader.joins.take().map(Flow::Paragraph));
    let (names, about, restored) = (reader.remark_names, reader.remarks, reader.restored);
    let rest = std::mem::take(&mut reader.dropped);
    book.leave_out("insertions that were rejected", rest);
    for (name, at) in names {
        book.comments[at].about = about.about(&name);
    }
    for (_, change) in
        changes.iter().filter(|(id, change)| change.name == "text:deletion" && !restored.contains(*id))
    {
        book.leave_out("deletions that were accepted", raw_of(change));
    }
    book.leave_out("deletions that stand nowhere in the text", placeless);
    typed::typed(&mut flow, book);
    let title = title_page::styled_title_page(&mut flow, book);
    title_page::first_page(&mut flow, book, title.as_deref());
    habits::recognise(&mut flow, book);
    title_page::title_page(&mut flow, book, title.as_deref());
    flow
}

/// What `meta.xml` says of the book. Its date is that of the last change, and no edition's.
fn properties(said: &Element, book: &mut Book) {
    let text = |name: &str| {
        said.find(name).map(|element| element.words().trim().to_owned()).filter(|words| !words.is_empty())
    };
    book.meta.title = text("dc:title");
    book.meta.language = text("dc:language");
    book.meta.description = text("dc:description");
    book.meta.people.extend(text("meta:initial-creator").and_then(|name| meta::author(&name)));
    let mut keywords = Vec::new();
    said.all(&|element| element.name == "meta:keyword", &mut keywords);
    book.meta.subjects =
        keywords.iter().map(|word| word.words().trim().to_owned()).filter(|w| !w.is_empty()).collect();
}

/// The running heads and feet of the pages, which stay out.
fn running_heads(layout: &Element, book: &mut Book, words: &mut Counts) {
    let mut found = Vec::new();
    let is_head = |name: &str| name.starts_with("style:header") || name.starts_with("style:footer");
    layout.all(&|element| is_head(&element.name) && !element.name.ends_with("-style"), &mut found);
    for head in found {
        let text = raw_of(head);
        words.add(&text, 1);
        book.leave_out("running heads and feet, which are made anew", text);
    }
}

/// The places that links of the text lead to, and that are there.
fn wanted(text: &Element) -> BTreeSet<String> {
    let mut found = Vec::new();
    text.all(&|element| element.name.starts_with("text:"), &mut found);
    let (mut wanted, mut there) = (BTreeSet::new(), BTreeSet::new());
    for element in found {
        match element.name.as_str() {
            "text:a" => {
                let place = element.get("xlink:href").and_then(|href| href.strip_prefix('#'));
                wanted.extend(place.and_then(|place| anchor(place.split('|').next().unwrap_or(place))));
            }
            "text:bookmark-ref" | "text:reference-ref" => {
                wanted.extend(element.get("text:ref-name").and_then(anchor));
            }
            "text:bookmark" | "text:bookmark-start" | "text:reference-mark" | "text:reference-mark-start" => {
                there.extend(element.get("text:name").and_then(anchor));
            }
            _ => {}
        }
    }
    wanted.intersection(&there).cloned().collect()
}

/// Sees the words between the signs of insertions.
fn see_inserted(element: &Element, inserted: &mut Remarks) {
    for node in &element.children {
        match node {
            super::element::Node::Text(words) => inserted.see(words),
            super::element::Node::Element(inner) if inner.get("text:change-id").is_some() => {
                let id = inner.get("text:change-id").unwrap_or("");
                inserted.mark(id, inner.name == "text:change-start");
            }
            super::element::Node::Element(inner) if !raw::BESIDE.contains(&inner.name.as_str()) => {
                see_inserted(inner, inserted);
                inserted.see(" ");
            }
            super::element::Node::Element(_) => {}
        }
    }
}

/// What was changed, by the ids of the changes, and the words of what has no id of its own: nothing in the text
/// can say where they were.
fn changes(text: &Element) -> (BTreeMap<String, Element>, String) {
    let (mut lists, mut known, mut placeless) = (Vec::new(), BTreeMap::new(), String::new());
    lists_of_changes(text, &mut lists);
    for region in lists.iter().flat_map(|list| list.elements()) {
        let mut id = region.get("text:id").or_else(|| region.get("xml:id"));
        for change in region.elements() {
            match id.take_if(|_| matches!(change.name.as_str(), "text:insertion" | "text:deletion")) {
                Some(id) if !known.contains_key(id) => {
                    known.insert(id.to_owned(), change.clone());
                }
                _ => {
                    placeless.push_str(&raw_of(change));
                    placeless.push('\n');
                }
            }
        }
    }
    (known, placeless)
}

/// The outermost lists of changes.
fn lists_of_changes<'e>(element: &'e Element, lists: &mut Vec<&'e Element>) {
    for inner in element.elements() {
        if inner.name == "text:tracked-changes" {
            lists.push(inner);
        } else {
            lists_of_changes(inner, lists);
        }
    }
}

impl Reader<'_, '_, '_> {
    /// The paragraphs, lists and tables in an element.
    fn blocks(&mut self, element: &Element, out: &mut Vec<Flow>) {
        for inner in element.elements() {
            self.block(inner, out);
        }
    }

    fn block(&mut self, inner: &Element, out: &mut Vec<Flow>) {
        match inner.name.as_str() {
            "text:p" | "text:h" => self.paragraph(inner, None, out),
            "text:list" => self.list(inner, None, out),
            "table:table" => self.table(inner, out),
            "text:table-of-content"
            | "text:alphabetical-index"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index" => {
                self.book.leave_out("the source's own contents, which are made anew", raw_of(inner));
            }
            // a part of a master document: its words stand here as they were saved last
            "text:section-source" => {
                self.book.unfollowed.is_outside(inner.get("xlink:href").unwrap_or(""));
            }
            "text:tracked-changes" | "office:forms" | "text:sequence-decls" => {}
            "text:change-start" | "text:change-end" | "text:change" => self.paragraph_of(inner, out),
            "draw:frame" | "draw:custom-shape" | "draw:g" | "draw:rect" => self.paragraph_of(inner, out),
            name if raw::BESIDE.contains(&name) => {}
            _ => self.blocks(inner, out),
        }
    }

    /// Something that stands between paragraphs and belongs into one.
    fn paragraph_of(&mut self, element: &Element, out: &mut Vec<Flow>) {
        let mut paragraph = Element::named("text:p");
        paragraph.children.push(super::element::Node::Element(element.clone()));
        let mut made = Vec::new();
        self.paragraph(&paragraph, None, &mut made);
        made.retain(|part| !matches!(part, Flow::Paragraph(paragraph) if paragraph.is_empty()));
        out.extend(made);
    }

    fn paragraph(&mut self, element: &Element, item: Option<Numbered>, out: &mut Vec<Flow>) {
        let style = self.styles.resolved("paragraph", element.get("text:style-name").unwrap_or(""));
        self.size = style.look.size.unwrap_or(0);
        if style.look.hidden == Some(true) {
            self.book.leave_out("words that the source hides", raw_of(element));
            return;
        }
        let boxes = std::mem::take(&mut self.boxes);
        let was_dropping = self.dropping.is_some();
        let words = self.inlines(element, style.look);
        let boxes = std::mem::replace(&mut self.boxes, boxes);
        let words = if element.name == "text:h" { self.titled(element, words) } else { words };
        let level = element.get("text:outline-level").and_then(|level| level.parse::<u8>().ok());
        let heading = (element.name == "text:h").then(|| Role::Heading(level.unwrap_or(1).clamp(1, 6)));
        let role = match heading {
            Some(heading) if !matches!(style.role, Role::Title | Role::Contents) => heading,
            _ if style.role == Role::Body && style.is_set_in && item.is_none() && !style.centred => {
                Role::Quote
            }
            _ => style.role,
        };
        let first = Paragraph {
            words,
            role,
            item,
            centred: style.centred,
            large: self.size > self.styles.size() + 3,
            underlined: self.is_underlined(element, &style),
            page_break: style.page_break,
            indented: style.indented,
            above: style.above.unwrap_or(0),
        };
        self.put(first, was_dropping, out);
        for inner in boxes {
            self.blocks(&inner, out);
        }
    }

    /// Whether all words of a paragraph are underlined, by its style or by those of its words.
    fn is_underlined(&self, element: &Element, style: &NamedStyle) -> bool {
        let in_line = |style: &NamedStyle| style.look.underlined == Some(true);
        let all = |node: &Node| match node {
            Node::Text(text) => text.trim().is_empty(),
            Node::Element(span) if span.name == "text:span" => {
                in_line(&self.styles.resolved("text", span.get("text:style-name").unwrap_or("")))
            }
            Node::Element(_) => true,
        };
        let has_spans = element.elements().any(|inner| inner.name == "text:span");
        in_line(style) || has_spans && element.children.iter().all(all)
    }

    /// The words of a heading; where all that is seen of it is its number, that.
    fn titled(&mut self, element: &Element, mut words: Vec<Inline>) -> Vec<Inline> {
        let level = element.get("text:outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
        if self.dropping.is_some() || level == 0 || level > MOST_RANKS {
            return words;
        }
        self.headings.resize(MOST_RANKS + 1, 0);
        self.headings[level] += 1;
        self.headings[level + 1..].fill(0);
        let label = self.styles.label(level, self.headings[level]);
        if words.iter().all(|inline| matches!(inline, Inline::Anchor(_)))
            && let Some(label) = label
        {
            self.book.added.push_str(&label);
            self.book.added.push(' ');
            words.push(Inline::Text(label));
        }
        words
    }

    /// Adds a paragraph: one that goes on with the one before, and one in which others end.
    fn put(&mut self, mut paragraph: Paragraph, was_dropping: bool, out: &mut Vec<Flow>) {
        if let Some(before) = self.joins.take() {
            let rest = std::mem::replace(&mut paragraph, before);
            paragraph.go_on(rest.words);
        }
        if self.dropping.is_some() {
            self.dropped.push('\n');
            // all of it is left out, or its end is
            self.joins = (!was_dropping || !paragraph.words.is_empty()).then_some(paragraph);
            return;
        }
        let is_end = |inline: &Inline| *inline == Inline::Text(PARAGRAPH_END.into());
        let mut lines: Vec<Vec<Inline>> = paragraph.words.split(is_end).map(<[Inline]>::to_vec).collect();
        let last = lines.pop().unwrap_or_default();
        for words in lines {
            out.push(Flow::Paragraph(Paragraph { words, ..paragraph.clone() }));
        }
        out.push(Flow::Paragraph(Paragraph { words: last, ..paragraph }));
    }

    /// A list. The first paragraph of an item has its mark, and the others go on with it.
    fn list(&mut self, element: &Element, above: Option<(&str, usize)>, out: &mut Vec<Flow>) {
        let style = element.get("text:style-name").or(above.map(|(style, _)| style)).unwrap_or("").to_owned();
        let level = above.map_or(0, |(_, level)| level + 1);
        if above.is_none() {
            self.lists += 1;
            let goes_on = element.get("text:continue-numbering") == Some("true")
                || element.get("text:continue-list").is_some();
            if !goes_on {
                self.counted.remove(&style);
            }
        }
        let before = self.counted.get(&style).copied().filter(|_| level == 0).unwrap_or(0);
        let mut first = self.styles.first_number(&style, level).map(|first| first + before);
        let mut list = format!("{style} {}", self.lists);
        let mut count = 0;
        for entry in element.elements() {
            let is_head = entry.name == "text:list-header";
            let own = entry.get("text:start-value").and_then(|start| start.parse::<u64>().ok());
            if let (Some(own), Some(start)) = (own, first)
                && own != start.saturating_add(count)
            {
                // it counts anew from here on
                self.lists += usize::from(count > 0);
                list = format!("{style} {}", self.lists);
                first = Some(own);
            }
            count += u64::from(!is_head);
            let mut further = is_head;
            // what stands outside of items is one
            let is_item = !raw::is_paragraph(&entry.name) && entry.name != "text:list";
            let inside: Vec<_> = if is_item { entry.elements().collect() } else { vec![entry] };
            for inner in inside {
                match inner.name.as_str() {
                    "text:list" => self.list(inner, Some((&style, level)), out),
                    "text:p" | "text:h" => {
                        let item = Numbered { list: list.clone(), level, start: first, further };
                        self.paragraph(inner, Some(item), out);
                        further = true;
                    }
                    "text:number" => {}
                    _ => self.blocks(inner, out),
                }
            }
        }
        if level == 0 {
            *self.counted.entry(style).or_default() += count;
        }
    }

    /// A table, and behind it what stands in it outside of cells.
    fn table(&mut self, element: &Element, out: &mut Vec<Flow>) {
        let (mut found, mut others) = (Vec::new(), Vec::new());
        rows_of(element, false, &mut found, &mut others);
        let head = found.first().is_some_and(|(_, is_head)| *is_head);
        let mut rows = Vec::new();
        for (row, _) in found {
            let mut cells = Vec::new();
            for cell in row.elements() {
                if !matches!(cell.name.as_str(), "table:table-cell" | "table:covered-table-cell") {
                    others.push(cell);
                    continue;
                }
                let mut flow = Vec::new();
                self.blocks(cell, &mut flow);
                let times = cell.get("table:number-columns-repeated").and_then(|n| n.parse::<usize>().ok());
                // cells without words may stand for many
                let times = times.filter(|_| flow.iter().all(flow::is_blank)).unwrap_or(1).clamp(1, 40);
                cells.extend(std::iter::repeat_n(flow, times));
            }
            rows.push(cells);
        }
        out.push(Flow::Table { head, rows });
        for other in others {
            self.block(other, out);
        }
    }
}

/// OpenDocument has ten ranks of headings.
const MOST_RANKS: usize = 10;

/// The rows of a table, with whether they are its head's, and what stands beside them.
fn rows_of<'e>(
    element: &'e Element,
    is_head: bool,
    found: &mut Vec<(&'e Element, bool)>,
    others: &mut Vec<&'e Element>,
) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "table:table-row" => found.push((inner, is_head)),
            "table:table-header-rows" => rows_of(inner, true, found, others),
            "table:table-rows" | "table:table-row-group" => rows_of(inner, is_head, found, others),
            _ => others.push(inner),
        }
    }
}
