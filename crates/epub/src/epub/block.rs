//! Blocks as XHTML.

use super::css::initial_size;
use super::doc::{Doc, anchor_id, lang_attributes, semantics};
use super::inline::pieces;
use super::letters::Face;
use crate::book::{
    Admonition, Align, Around, Attrs, Block, BlockKind, Cell, Definition, Div, Figure, Heading, Inline,
    InlineKind, Item, List, NumberStyle, PictureLook, Table, Verse, bears_initial, has_placed_lines, initial,
    picture_row, plain, speaker, without_notes,
};
use crate::font::Variant;
use crate::style::{CaptionPlace, Family};
use crate::terms::numerals::{from_roman, item_label};

/// Verse lines are indented by classes up to this many steps of 1 em.
const VERSE_STEPS: [&str; 9] = ["", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8"];

/// A letter that reaches deeper than this below its baseline, in sizes of the text, reaches into the next line.
const DEEP: f64 = 0.45;

/// So many letters of a table's size has a line on a phone.
const PHONE: usize = 48;
/// A table's caption of more letters wants room beyond a narrow table.
const LONG_CAPTION: usize = 24;

impl Doc<'_, '_> {
    /// Writes blocks in their order.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut before = None;
        let mut below_title = false;
        for (index, block) in blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Para(_)) {
                self.session.openers.extend(before.and_then(|kind| self.opener(kind)));
            }
            self.note_below_initial(before, &block.kind);
            if !matches!(block.kind, BlockKind::PageMark(_)) {
                before = Some(&block.kind);
            }
            match &block.kind {
                BlockKind::PageMark(mark) if opens_paragraph(&blocks[index + 1..]) => {
                    self.waiting.push(mark.label.clone());
                }
                kind => self.block(kind),
            }
            let is_title = matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1 && heading.has_words());
            below_title |= is_title;
            if below_title && !blocks.get(index + 1).is_some_and(|next| stands_below_title(&next.kind)) {
                self.ornament(&self.cx.style.heading.ornament, "ornament");
                below_title = false;
            }
        }
    }

    fn block(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Para(content) => self.para(content, None),
            BlockKind::Quote(inner) => self.around_blocks("blockquote", &[], inner),
            BlockKind::Verse(verse) => self.verse(verse),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure(figure) => self.figure(figure),
            BlockKind::Code { text, .. } => self.listing(&text.words),
            BlockKind::SceneBreak => {
                self.open("div", &[("class", "scene-break"), ("role", "separator")]);
                // a reader must see the pause, though nothing marks it
                let mark = Some(self.cx.style.scene_break.mark.as_str()).filter(|mark| !mark.is_empty());
                self.sign(mark.unwrap_or("\u{a0}"), ("scene-break", "1em"));
                self.xml.close_line();
            }
            BlockKind::Div(div, attrs, inner) => self.div(*div, attrs, inner),
            BlockKind::PageMark(mark) => {
                self.mark(&mark.label, "div");
                self.xml.line();
            }
        }
    }

    /// Notes what begins below a paragraph with an initial.
    fn note_below_initial(&mut self, before: Option<&BlockKind>, kind: &BlockKind) {
        let Some(BlockKind::Para(content)) = before else { return };
        let tag = match kind {
            BlockKind::Quote(_) => "blockquote",
            BlockKind::Verse(_) | BlockKind::SceneBreak => "div",
            BlockKind::List(list) => {
                if list.start.is_some() {
                    "ol"
                } else {
                    "ul"
                }
            }
            BlockKind::Definitions(_) => "dl",
            BlockKind::Table(_) => "table",
            BlockKind::Figure(_) => "figure",
            BlockKind::Code { .. } => "pre",
            _ => return,
        };
        if self.opens_with_initial(content) {
            self.session.below_initials.insert(tag);
        }
    }

    /// The selector of something that a paragraph follows without indent.
    fn opener(&self, before: &BlockKind) -> Option<&'static str> {
        match before {
            BlockKind::Heading(heading) if !heading.has_words() => Some("div.unnamed"),
            BlockKind::Heading(_) => Some(self.last_heading()),
            BlockKind::Table(_) => Some("table"),
            BlockKind::Figure(_) => Some("figure"),
            BlockKind::Code { .. } => Some("pre"),
            BlockKind::SceneBreak => Some("div.scene-break"),
            BlockKind::Div(Div::Subtitle, ..) => Some("div.subtitle"),
            BlockKind::Div(Div::Epigraph, ..) => Some("div.epigraph"),
            BlockKind::Div(Div::Synopsis, ..) => Some(".synopsis"),
            _ => None,
        }
    }

    fn around_blocks(&mut self, tag: &'static str, attributes: &[(&str, &str)], inner: &[Block]) {
        self.open_line(tag, attributes);
        self.first_in(tag, inner);
        self.blocks(inner);
        self.xml.close_line();
    }

    /// Notes whether a paragraph is the first thing in an element.
    pub(super) fn first_in(&mut self, tag: &'static str, inner: &[Block]) {
        let first = inner.iter().find(|block| !matches!(block.kind, BlockKind::PageMark(_)));
        if first.is_some_and(|block| matches!(block.kind, BlockKind::Para(_))) {
            self.session.openers.insert(tag);
        }
    }

    fn heading(&mut self, heading: &Heading) {
        self.pages_at(&heading.content, "div");
        let id = anchor_id(&self.cx.book.anchors.get(heading.anchor).slug);
        let classes = heading.attrs.classes.join(" ");
        let mut attributes = vec![("id", id.as_str())];
        attributes.extend((!classes.is_empty()).then_some(("class", classes.as_str())));
        attributes.extend(heading.attrs.lang.iter().flat_map(lang_attributes));
        attributes.extend(self.turned(heading.attrs.lang.as_ref()));
        attributes.extend(is_numeral(&heading.content).then_some(("epub:type", "ordinal z3998:roman")));
        if !heading.has_words() {
            return self.unnamed(&heading.content, &id);
        }
        let before = self.face;
        self.face = self.cx.heading_face(heading.level);
        self.open_heading(heading.level, &attributes);
        let slant = self.face.variant.italic.then(|| self.last_heading());
        let slant = std::mem::replace(&mut self.slant, slant);
        self.directed(&heading.attrs, |doc| doc.inlines(of_title(&heading.content)));
        self.slant = slant;
        self.xml.close_line();
        self.face = before;
    }

    /// A sign that belongs to no text, and is not read aloud.
    pub(super) fn ornament(&mut self, sign: &str, class: &'static str) {
        if !sign.is_empty() {
            self.open("div", &[("class", class), ("aria-hidden", "true")]);
            self.sign(sign, (class, "2em"));
            self.xml.close_line();
        }
    }

    /// Words or signs of the style, or the drawing that it names, so high.
    fn sign(&mut self, sign: &str, (parent, height): (&'static str, &'static str)) {
        match self.cx.book.ornament(sign) {
            Some(image) => {
                self.session.drawn_signs.insert(parent, height);
                self.image(image, None, PictureLook::default(), None);
            }
            None => self.words(sign),
        }
    }

    /// A heading without words is none for those who listen: a picture, or only
    /// a place that links lead to.
    fn unnamed(&mut self, content: &[Inline], id: &str) {
        self.open("div", &[("class", "unnamed"), ("id", id)]);
        self.inlines(content);
        self.xml.close_line();
    }

    /// A paragraph. Pages that start with it start inside of it, so that it
    /// still follows what it follows: a heading, or nothing at all.
    pub(super) fn para(&mut self, content: &[Inline], class: Option<&'static str>) {
        let class = class.or_else(|| (self.play && speaker(content).is_some()).then_some("speech"));
        let class = class.or_else(|| picture_row::is_row(content).then_some("pictures"));
        let class = class.or_else(|| has_placed_lines(content).then_some("continued"));
        match (class, self.opening_class(content)) {
            (Some(class), None) => self.open_class("p", class),
            (Some(class), Some(opening)) => self.open("p", &[("class", &format!("{class} {opening}"))]),
            (None, Some(opening)) => self.open("p", &[("class", opening)]),
            (None, None) => self.open("p", &[]),
        }
        self.leads_in = self.opens(content) && self.cx.style.heading.lead_in;
        self.hangs_mark = self.opens_with_initial(content);
        self.pages_at(content, "span");
        self.rows_and_words(content);
        (self.leads_in, self.hangs_mark) = (false, false);
        self.xml.close_line();
    }

    /// The words of a paragraph; pictures that share a line with no words share its width.
    fn rows_and_words(&mut self, content: &[Inline]) {
        for (n, part) in picture_row::parts(content).into_iter().enumerate() {
            if n > 0 {
                self.line_break();
            }
            self.beside = picture_row::is_row(part).then(|| picture_row::pictures(part));
            self.inlines(part);
            self.beside = None;
        }
    }

    /// Whether a paragraph is the one that opens the text.
    fn opens(&self, content: &[Inline]) -> bool {
        self.opening.is_some_and(|opening| std::ptr::eq(opening, content))
    }

    fn opens_with_initial(&self, content: &[Inline]) -> bool {
        let (book, style) = (&self.cx.book.meta.language, self.cx.style);
        self.opens(content) && bears_initial(content, style.heading.drop_cap, book)
    }

    /// The class of the paragraph that opens the text, where the style marks it.
    fn opening_class(&self, content: &[Inline]) -> Option<&'static str> {
        let style = &self.cx.style.heading;
        match self.opens_with_initial(content) {
            true if self.has_tail(content) => Some("opening initial tail"),
            true => Some("opening initial"),
            false => (style.lead_in && self.opens(content)).then_some("opening"),
        }
    }

    /// Whether the initial of a paragraph reaches into the line below it: a Q in most faces.
    fn has_tail(&self, content: &[Inline]) -> bool {
        let words = plain(content);
        let (style, library) = (self.cx.style, self.cx.library);
        let face = library.find_or_italic(style.family(Family::Text), Variant::default());
        let (Some((_, letter)), Some(face)) = (initial(&words), face.map(|id| library.face(id))) else {
            return false;
        };
        let depth =
            face.ink_of(letter).map_or(0.0, |ink| f64::from(-ink.low)) / f64::from(face.units_per_em.max(1));
        depth * initial_size(style.heading.drop_cap) > DEEP
    }

    /// Starts the pages that start with these words.
    fn pages_at(&mut self, content: &[Inline], tag: &'static str) {
        for label in std::mem::take(&mut self.waiting) {
            self.mark(&label, tag);
        }
        if let Some(at) = first_at(content) {
            self.start_pages(at, tag);
        }
    }

    fn verse(&mut self, verse: &Verse) {
        self.open_class("div", if self.play { "verse spoken" } else { "verse" });
        self.xml.line();
        for stanza in &verse.stanzas {
            if let Some(at) = stanza.iter().find_map(|line| first_at(&line.content)) {
                self.start_pages(at, "div");
            }
            self.open("p", &[]);
            for (index, line) in stanza.iter().enumerate() {
                if index > 0 {
                    self.line_break();
                    self.xml.line();
                }
                let step = (usize::from(line.spaces) / 2).min(VERSE_STEPS.len() - 1);
                match VERSE_STEPS[step] {
                    "" => self.open("span", &[]),
                    class => self.open_class("span", class),
                }
                self.inlines(&line.content);
                self.xml.close();
            }
            self.xml.close_line();
        }
        if let Some(content) = &verse.attribution {
            self.session.verse_credit = true;
            self.para(content, Some("attribution"));
        }
        self.xml.close_line();
    }

    fn list(&mut self, list: &List) {
        let labelled = list.start.is_some() && list.numbers.around != Around::Stop;
        let start = list.start.map(|start| start.to_string());
        let mut attributes = Vec::new();
        if labelled {
            attributes.push(("class", "labelled"));
        } else if list.is_plain() && (self.entries || self.cx.plan.files[self.file].role.has_entries()) {
            attributes.push(("class", "entries"));
        } else {
            attributes.extend(number_type(list.numbers.style).map(|kind| ("type", kind)));
        }
        attributes.extend(start.as_deref().filter(|start| *start != "1").map(|start| ("start", start)));
        self.open_line(if list.start.is_some() { "ol" } else { "ul" }, &attributes);
        for (index, item) in list.items.iter().enumerate() {
            self.label = item_label(list, index).filter(|_| labelled);
            let class = (list.start.is_none() && item.done.is_some()).then_some(("class", "task"));
            self.open("li", class.as_slice());
            self.item(item, list.tight);
            self.xml.close_line();
        }
        self.xml.close_line();
    }

    /// The blocks of an item; in a tight list its words need no paragraph.
    fn item(&mut self, item: &Item, tight: bool) {
        match item.blocks.as_slice() {
            [Block { kind: BlockKind::Para(content), .. }, rest @ ..]
                if tight || item.done.is_some() || self.label.is_some() =>
            {
                if !tight {
                    self.first_in("li", &item.blocks);
                    self.open("p", &[]);
                }
                self.pages_at(content, "span");
                self.tick_box(item);
                self.rows_and_words(content);
                if !tight {
                    self.xml.close_line();
                }
                self.blocks(rest);
            }
            blocks => {
                self.first_in("li", blocks);
                self.tick_box(item);
                self.blocks(blocks);
            }
        }
    }

    /// The box of a task, in fixed-width type: most text faces have none.
    fn tick_box(&mut self, item: &Item) {
        if let Some(label) = self.label.take() {
            self.words(&format!("{label} "));
        }
        let Some(sign) = item.tick_box() else { return };
        let before = std::mem::replace(&mut self.face, Face { family: Family::Mono, ..Face::default() });
        self.open("span", &[("class", "box")]);
        self.words(sign);
        self.xml.close();
        self.face = before;
        self.words(" ");
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        self.open_line("dl", &[]);
        for definition in definitions {
            for term in &definition.terms {
                self.open("dt", &[]);
                let before = self.face;
                self.face.variant.bold = true;
                self.inlines(term);
                self.face = before;
                self.xml.close_line();
            }
            for meaning in &definition.meanings {
                self.around_blocks("dd", &[], meaning);
            }
        }
        self.xml.close_line();
    }

    fn table(&mut self, table: &Table) {
        let first = std::iter::once(&table.head).chain(&table.rows).flatten().find_map(|cell| first_at(cell));
        first.into_iter().for_each(|at| self.start_pages(at, "div"));
        let class = (least_width(table) > PHONE).then_some(("class", "wide"));
        let before = std::mem::replace(&mut self.face, Face { family: Family::Table, ..Face::default() });
        self.open_line("table", class.as_slice());
        if let Some(caption) = &table.caption {
            let is_long = plain(caption).chars().count() > LONG_CAPTION;
            self.captioned("caption", is_long.then_some("long"), caption);
        }
        let has_head = table.head.iter().any(|cell| !cell.is_empty());
        let row_heads = has_head && table.head.first().is_some_and(Vec::is_empty);
        if has_head {
            self.open_line("thead", &[]);
            self.row(&table.head, &table.columns, |_, cell| (!cell.is_empty()).then_some("col"));
            self.xml.close_line();
        }
        self.open_line("tbody", &[]);
        for row in &table.rows {
            self.row(row, &table.columns, |column, cell| {
                (row_heads && column == 0 && !cell.is_empty()).then_some("row")
            });
        }
        self.xml.close_line();
        self.xml.close_line();
        self.face = before;
    }

    /// A row; `heads` says what a cell heads, if anything.
    fn row(&mut self, row: &[Cell], columns: &[Align], heads: impl Fn(usize, &Cell) -> Option<&'static str>) {
        self.open("tr", &[]);
        for (index, cell) in row.iter().enumerate() {
            let class = match columns.get(index) {
                Some(Align::Centre) => Some("centre"),
                Some(Align::Right) => Some("right"),
                _ => None,
            };
            let scope = heads(index, cell);
            let mut attributes = Vec::new();
            attributes.extend(scope.map(|scope| ("scope", scope)));
            attributes.extend(class.map(|class| ("class", class)));
            self.open(if scope.is_some() { "th" } else { "td" }, &attributes);
            self.in_cell = true;
            match scope {
                Some("col") => self.table_head(cell),
                _ => self.rows_and_words(cell),
            }
            self.in_cell = false;
            self.xml.close();
        }
        self.xml.close_line();
    }

    /// The words of a cell that heads a column.
    fn table_head(&mut self, cell: &Cell) {
        let head = self.cx.case_face(Family::Table, self.cx.style.table.head_case);
        let before = std::mem::replace(&mut self.face, head);
        let slant = std::mem::replace(&mut self.slant, head.variant.italic.then_some("thead"));
        self.inlines(cell);
        (self.face, self.slant) = (before, slant);
    }

    fn figure(&mut self, figure: &Figure) {
        self.open_with("figure", &figure.attrs, None);
        let above = self.cx.style.figure.caption_place == CaptionPlace::Above;
        if above {
            self.caption_of(figure);
        }
        self.image(figure.image, figure.alt.as_deref(), figure.look, None);
        if !above {
            self.caption_of(figure);
        }
        self.xml.close_line();
    }

    fn caption_of(&mut self, figure: &Figure) {
        if let Some(caption) = &figure.caption {
            self.directed(&figure.attrs, |doc| doc.captioned("figcaption", None, caption));
        }
    }

    fn captioned(&mut self, tag: &'static str, class: Option<&str>, caption: &[Inline]) {
        let before = self.face;
        self.face = self.cx.caption_face();
        let slant = std::mem::replace(&mut self.slant, self.face.variant.italic.then_some(tag));
        self.open(tag, class.map(|class| ("class", class)).as_slice());
        self.inlines(caption);
        self.xml.close_line();
        self.slant = slant;
        self.face = before;
    }

    fn listing(&mut self, text: &str) {
        let before = self.face;
        self.face = Face { family: Family::Mono, ..Face::default() };
        self.open("pre", self.code_direction());
        self.open("code", &[]);
        self.words(text);
        self.xml.close();
        self.xml.close_line();
        self.face = before;
    }

    fn div(&mut self, div: Div, attrs: &Attrs, inner: &[Block]) {
        match div {
            Div::Epigraph => self.semantic_div(["epigraph", "doc-epigraph"], attrs, inner),
            Div::Dedication => self.slanted("div.dedication", |doc| {
                doc.semantic_div(["dedication", "doc-dedication"], attrs, inner);
            }),
            Div::Subtitle => self.slanted("div.subtitle", |doc| {
                doc.semantic_div(["subtitle", "doc-subtitle"], attrs, inner);
            }),
            Div::Letter => self.plain_div(Some("letter"), attrs, inner),
            Div::Dateline => self.plain_div(Some("dateline"), attrs, inner),
            Div::Signature => self.plain_div(Some("signature"), attrs, inner),
            Div::NoteToReader => {
                let before = std::mem::replace(&mut self.face.family, Family::Boxed);
                self.plain_div(Some("note-to-reader"), attrs, inner);
                self.face.family = before;
            }
            Div::Continued => self.plain_div(Some("continued"), attrs, inner),
            Div::Attribution => self.plain_div(Some("attribution"), attrs, inner),
            Div::Synopsis => self.slanted(".synopsis", |doc| doc.plain_div(Some("synopsis"), attrs, inner)),
            Div::Caption => self.plain_div(Some("caption"), attrs, inner),
            Div::Admonition(kind) => self.admonition(kind, attrs, inner),
            Div::AdmonitionTitle => self.admonition_title(inner),
            Div::Centre => self.plain_div(Some("centre"), attrs, inner),
            Div::PageBreak => self.plain_div(Some("page-break"), attrs, inner),
            Div::Landscape => self.plain_div(Some("landscape"), attrs, inner),
            Div::Columns => self.plain_div(Some("columns"), attrs, inner),
            Div::Bibliography => {
                let before = std::mem::replace(&mut self.entries, true);
                self.semantic_div(["bibliography", "doc-bibliography"], attrs, inner);
                self.entries = before;
            }
            Div::Other => self.plain_div(None, attrs, inner),
        }
    }

    /// A division; a single paragraph without id and language of its own bears the class itself.
    fn plain_div(&mut self, class: Option<&'static str>, attrs: &Attrs, inner: &[Block]) {
        if let (Some(class), [Block { kind: BlockKind::Para(content), .. }]) = (class, inner)
            && *attrs == Attrs::default()
        {
            return self.para(content, Some(class));
        }
        self.open_with("div", attrs, class);
        self.xml.line();
        self.directed(attrs, |doc| doc.blocks(inner));
        self.xml.close_line();
    }

    /// A note, tip or warning: what it is stands above it in words, so that it
    /// needs neither colour nor sign.
    fn admonition(&mut self, kind: Admonition, attrs: &Attrs, inner: &[Block]) {
        let meaning = match kind {
            Admonition::Tip => [("epub:type", "tip"), ("role", "doc-tip")],
            _ => [("epub:type", "notice"), ("role", "doc-notice")],
        };
        let mut attributes = meaning.to_vec();
        attributes.push(("class", "admonition"));
        self.open_line("div", &attributes);
        // in its own family, whose letters the package must then have
        let before = std::mem::replace(&mut self.face.family, Family::Boxed);
        if !matches!(inner.first(), Some(Block { kind: BlockKind::Div(Div::AdmonitionTitle, ..), .. })) {
            let word = self.cx.terms.admonition(kind);
            self.open("p", &[("class", "admonition-title")]);
            self.bold(|doc| doc.term(word));
            self.xml.close_line();
        }
        match *attrs == Attrs::default() {
            true => self.blocks(inner),
            false => self.plain_div(None, attrs, inner),
        }
        self.face.family = before;
        self.xml.close_line();
    }

    fn admonition_title(&mut self, inner: &[Block]) {
        self.bold(|doc| doc.plain_div(Some("admonition-title"), &Attrs::default(), inner));
    }

    fn bold(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = self.face;
        self.face.variant.bold = true;
        inside(self);
        self.face = before;
    }

    /// A division that EPUB and ARIA have words for; unless the whole file is one.
    fn semantic_div(&mut self, [kind, role]: [&'static str; 2], attrs: &Attrs, inner: &[Block]) {
        let whole = semantics(self.cx.plan.files[self.file].role).0 == Some(kind);
        let meaning = [("epub:type", kind), ("role", role)];
        let mut attributes = if whole { vec![] } else { meaning.to_vec() };
        attributes.push(("class", kind));
        self.open_line("div", &attributes);
        match *attrs == Attrs::default() {
            true => self.blocks(inner),
            false => self.plain_div(None, attrs, inner),
        }
        self.xml.close_line();
    }

    /// Writes what the style sheet sets in italics.
    fn slanted(&mut self, selector: &'static str, inside: impl FnOnce(&mut Self)) {
        let before = (self.face, self.slant);
        self.face.variant.italic = true;
        self.slant = Some(selector);
        inside(self);
        (self.face, self.slant) = before;
    }
}

/// What HTML calls the numbers of a list.
fn number_type(style: NumberStyle) -> Option<&'static str> {
    match style {
        NumberStyle::Figures => None,
        NumberStyle::LowerLetters => Some("a"),
        NumberStyle::UpperLetters => Some("A"),
        NumberStyle::LowerRoman => Some("i"),
        NumberStyle::UpperRoman => Some("I"),
    }
}

/// A number that is all of a title stands in the title's own letters, as on paper.
fn of_title(content: &[Inline]) -> &[Inline] {
    match content {
        [Inline { kind: InlineKind::Number(number), .. }] => number,
        all => all,
    }
}

/// Whether the next thing, but for more page marks, is a paragraph.
fn opens_paragraph(blocks: &[Block]) -> bool {
    let next = blocks.iter().find(|block| !matches!(block.kind, BlockKind::PageMark(_)));
    next.is_some_and(|block| matches!(block.kind, BlockKind::Para(_)))
}

/// Whether the words are a roman numeral and nothing else; letters that only
/// large numbers have are left to words such as "mix".
fn is_numeral(words: &[Inline]) -> bool {
    let words = plain(&without_notes(words));
    let digits = words.trim().trim_end_matches('.');
    digits.chars().all(|c| "IVXLC".contains(c)) && from_roman(&digits.to_lowercase()).is_some()
}

/// The least that a table's columns take, in letters: the longest word of each,
/// and its margins.
fn least_width(table: &Table) -> usize {
    let mut columns = vec![0; table.columns.len()];
    for row in std::iter::once(&table.head).chain(&table.rows) {
        for (column, cell) in columns.iter_mut().zip(row) {
            *column = (*column).max(longest_word(cell));
        }
    }
    columns.iter().map(|column| column + 2).sum()
}

fn longest_word(inlines: &[Inline]) -> usize {
    let one = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.words.split_whitespace().map(|word| word.chars().count()).max(),
        InlineKind::Code(text) => pieces(&text.words).map(|piece| piece.chars().count()).max(),
        kind => kind.children().map(|inner| longest_word(inner)),
    };
    inlines.iter().filter_map(one).max().unwrap_or(0)
}

/// Where the first words stand in the running text.
fn first_at(inlines: &[Inline]) -> Option<u32> {
    inlines.iter().find_map(|inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => Some(text.at),
        kind => kind.children().and_then(|children| first_at(children)),
    })
}

/// Whether a block belongs to the title that it follows.
fn stands_below_title(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Div(Div::Subtitle | Div::Synopsis, ..))
}
