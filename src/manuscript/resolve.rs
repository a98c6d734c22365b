//! The last stage: labels, ids and paths become notes, places and pictures.

use super::anchors::{Found, Places};
use super::links::{self, Dest};
use super::notes::Numbered;
use super::{Part, particulars, raw};
use crate::book::{
    AnchorId, Attrs, Block, BlockKind, Body, Book, Content, Definition, Div, Figure, Heading, Image, ImageId,
    Inline, InlineKind, Item, List, PageMark, Role, Section, Table, Target, Text, Verse, VerseLine,
    without_notes,
};
use crate::diag::{Code, Diagnostic, FileId, Severity, Span};
use crate::sources::Sources;
use std::collections::BTreeMap;

/// Makes the book.
pub(super) fn book(
    sources: &Sources,
    mut sections: Vec<Section>,
    mut parts: Vec<Part>,
    places: Places,
    numbered: Numbered,
    findings: &mut Vec<Diagnostic>,
) -> Book {
    let texts: Vec<FileId> = parts.iter().map(|part| part.file).collect();
    let mut resolver = Resolver {
        sources,
        texts,
        places,
        numbered,
        images: Vec::new(),
        by_path: BTreeMap::new(),
        file: FileId::default(),
        untitled: Vec::new(),
        findings,
    };
    for part in &mut parts {
        resolver.file = part.file;
        let blocks = resolver.blocks(std::mem::take(&mut part.text.blocks));
        sections[part.section.0 as usize].content = Content::Text(Body { file: part.file, blocks });
    }
    resolver.notes(&mut parts);
    resolver.titles_wanted();
    Book {
        meta: particulars::set(sources.meta.clone()),
        sections,
        notes: resolver.numbered.notes,
        anchors: resolver.places.anchors,
        images: resolver.images,
    }
}

struct Resolver<'a> {
    sources: &'a Sources,
    /// The files of the book's texts.
    texts: Vec<FileId>,
    places: Places,
    numbered: Numbered,
    images: Vec<Image>,
    by_path: BTreeMap<String, ImageId>,
    /// The file that is being resolved.
    file: FileId,
    /// Cross-references that print a title: to be checked at the end.
    untitled: Vec<(AnchorId, Span)>,
    findings: &'a mut Vec<Diagnostic>,
}

/// The most pixels that a picture may have: a page of A3 at 1,200 to the inch
/// has less, and four bytes each fit into half a gigabyte.
const MOST_PIXELS: u64 = 120_000_000;

impl Resolver<'_> {
    fn find(&mut self, code: Code, span: Span, message: String, hint: &str) {
        self.findings.push(Diagnostic::new(code, span, message).hint(hint));
    }

    /// The name of the file that is being resolved.
    fn name(&self) -> &str {
        &self.sources.map.file(self.file).name
    }

    fn notes(&mut self, parts: &mut [Part]) {
        let ids: Vec<_> = self.numbered.notes.iter().map(|(id, _)| id).collect();
        for (id, (part, index)) in ids.into_iter().zip(self.numbered.origins.clone()) {
            self.file = parts[part].file;
            let raw = &mut parts[part].text.notes[index];
            let span = raw.span;
            let mut blocks = self.blocks(std::mem::take(&mut raw.blocks));
            if blocks.is_empty() {
                let message = format!("the note `[^{}]` says nothing", raw.label);
                self.find(
                    Code::NoteEmpty,
                    span,
                    message,
                    "write its text after the colon; further paragraphs are indented by four spaces",
                );
                blocks.push(Block { kind: BlockKind::Para(Vec::new()), span });
            }
            self.numbered.notes.get_mut(id).blocks = blocks;
        }
    }

    /// A reference that prints a title needs a place that has one.
    fn titles_wanted(&mut self) {
        for (anchor, span) in std::mem::take(&mut self.untitled) {
            if self.places.anchors.get(anchor).title.is_none() {
                let message = "this place has no title that the reference could print".to_owned();
                self.find(Code::LinkUntitled, span, message, "write the words yourself: [words](#id)");
            }
        }
    }

    fn blocks(&mut self, blocks: Vec<raw::Block>) -> Vec<Block> {
        blocks.into_iter().filter_map(|block| self.block(block)).collect()
    }

    fn block(&mut self, block: raw::Block) -> Option<Block> {
        let span = block.span;
        let kind = match block.kind {
            raw::BlockKind::Heading(heading) => self.heading(heading)?,
            raw::BlockKind::Para(inlines) => {
                let inlines = self.inlines(inlines);
                if inlines.is_empty() {
                    return None;
                }
                BlockKind::Para(inlines)
            }
            raw::BlockKind::Quote(blocks) => BlockKind::Quote(self.blocks(blocks)),
            raw::BlockKind::Verse(verse) => BlockKind::Verse(self.verse(verse)),
            raw::BlockKind::List { start, tight, items } => {
                let items = items.into_iter();
                let items =
                    items.map(|item| Item { blocks: self.blocks(item.blocks), span: item.span }).collect();
                BlockKind::List(List { start, tight, items })
            }
            raw::BlockKind::Definitions(definitions) => {
                BlockKind::Definitions(definitions.into_iter().map(|d| self.definition(d)).collect())
            }
            raw::BlockKind::Table(table) => BlockKind::Table(self.table(table)),
            raw::BlockKind::Figure(figure) => self.figure(figure, span),
            raw::BlockKind::Code { lang, text } => BlockKind::Code { lang, text },
            raw::BlockKind::SceneBreak => BlockKind::SceneBreak,
            raw::BlockKind::Div(attrs, blocks) => self.div(attrs, blocks),
            raw::BlockKind::PageMark(label) => BlockKind::PageMark(PageMark { label }),
        };
        Some(Block { kind, span })
    }

    fn heading(&mut self, heading: raw::Heading) -> Option<BlockKind> {
        let anchor = heading.attrs.anchor?;
        let content = self.inlines(heading.content);
        self.places.anchors.get_mut(anchor).title = Some(without_notes(&content));
        for class in heading.attrs.classes.iter().filter(|class| Role::find(class).is_none()) {
            self.unknown_class(class, heading.attrs.span);
        }
        let mut attrs = attributes(heading.attrs);
        attrs.anchor = Some(anchor);
        Some(BlockKind::Heading(Heading { level: heading.level, anchor, content, attrs }))
    }

    fn unknown_class(&mut self, class: &str, span: Option<Span>) {
        if let Some(span) = span {
            let message = format!("the class `{class}` means nothing here");
            self.find(
                Code::ClassUnknown,
                span,
                message,
                "it is kept for the EPUB, where extra.css may style it",
            );
        }
    }

    fn verse(&mut self, verse: raw::Verse) -> Verse {
        let mut line = |line: raw::VerseLine| VerseLine {
            spaces: line.spaces,
            content: self.inlines(line.content),
            span: line.span,
        };
        let stanzas =
            verse.stanzas.into_iter().map(|stanza| stanza.into_iter().map(&mut line).collect()).collect();
        Verse { stanzas, attribution: verse.attribution.map(|inlines| self.inlines(inlines)) }
    }

    fn definition(&mut self, definition: raw::Definition) -> Definition {
        let terms = definition.terms.into_iter().map(|term| self.inlines(term)).collect();
        let meanings = definition.meanings.into_iter().map(|blocks| self.blocks(blocks)).collect();
        Definition { terms, meanings }
    }

    fn table(&mut self, table: raw::Table) -> Table {
        let mut row = |cells: Vec<Vec<raw::Inline>>| -> Vec<Vec<Inline>> {
            cells.into_iter().map(|cell| self.inlines(cell)).collect()
        };
        let head = row(table.head);
        let rows = table.rows.into_iter().map(&mut row).collect();
        let caption = table.caption.map(|inlines| self.inlines(inlines));
        Table { columns: table.columns, head, rows, caption }
    }

    fn figure(&mut self, figure: raw::Figure, span: Span) -> BlockKind {
        let caption = figure.caption.map(|inlines| self.inlines(inlines));
        let alt = (!figure.alt.is_empty()).then_some(figure.alt);
        if let Some(anchor) = figure.attrs.anchor {
            self.places.anchors.get_mut(anchor).title = caption.as_deref().map(without_notes);
        }
        for class in &figure.attrs.classes {
            self.unknown_class(class, figure.attrs.span);
        }
        if alt.is_none() && caption.is_some() {
            let message = "this picture has a caption but no words for those who cannot see it".to_owned();
            self.find(
                Code::AltMissing,
                span,
                message,
                "say what it shows between the brackets: ![what it shows](…)",
            );
        }
        match self.image(&figure.path, span) {
            Some(image) => BlockKind::Figure(Figure { image, alt, caption, attrs: attributes(figure.attrs) }),
            None => {
                let words = alt.map(|alt| Inline { kind: InlineKind::Text(Text::new(alt)), span });
                BlockKind::Para(words.into_iter().chain(caption.into_iter().flatten()).collect())
            }
        }
    }

    fn image(&mut self, written: &str, span: Span) -> Option<ImageId> {
        if let Some(scheme) = links::scheme(written) {
            let message = format!("`{scheme}:` pictures are not fetched: a book is whole in its folder");
            self.find(
                Code::ImageMissing,
                span,
                message,
                "save the picture in the book's folder and name that file",
            );
            return None;
        }
        let written = links::decode(written);
        let Some(near) = links::path(self.name(), &written) else {
            let message = format!("`{written}` leads out of the book's folder");
            self.find(Code::FileOutside, span, message, "copy the picture into the book's folder");
            return None;
        };
        let path = [Some(near.clone()), links::path("", &written)].into_iter().flatten();
        let Some((path, file)) =
            path.into_iter().find_map(|path| self.sources.images.get(&path).map(|file| (path, file)))
        else {
            let message = format!("there is no picture `{near}`");
            self.find(
                Code::ImageMissing,
                span,
                message,
                "names are relative to the book's folder; case counts",
            );
            return None;
        };
        let Some(format) = file.format else {
            let message = format!("`{path}` is not a picture that we can read");
            self.find(Code::ImageUnreadable, span, message, "save it as PNG, JPEG, GIF, WebP or SVG");
            return None;
        };
        if let Some(id) = self.by_path.get(&path) {
            return Some(*id);
        }
        let pixels = u64::from(file.size.0) * u64::from(file.size.1);
        if pixels > MOST_PIXELS {
            let (width, height) = file.size;
            let message = format!("`{path}` has {width} x {height} pixels, more than {MOST_PIXELS}");
            self.find(Code::ImageUnreadable, span, message, "make it smaller: no page shows so many");
            return None;
        }
        let id = ImageId(self.images.len() as u32);
        let (width, height) = file.size;
        self.images.push(Image { path: path.clone(), bytes: file.bytes.clone(), format, width, height });
        self.by_path.insert(path, id);
        Some(id)
    }

    fn div(&mut self, attrs: raw::Attrs, blocks: Vec<raw::Block>) -> BlockKind {
        let known = attrs.classes.iter().position(|class| Div::find(class).is_some());
        let mut attrs = attributes(attrs);
        let div = known.and_then(|at| Div::find(&attrs.classes.remove(at))).unwrap_or(Div::Other);
        BlockKind::Div(div, attrs, self.blocks(blocks))
    }

    fn inlines(&mut self, inlines: Vec<raw::Inline>) -> Vec<Inline> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: raw::Inline, out: &mut Vec<Inline>) {
        let span = inline.span;
        let kind = match inline.kind {
            raw::InlineKind::Text(words) if words.is_empty() => return,
            raw::InlineKind::Text(words) => InlineKind::Text(Text::new(words)),
            raw::InlineKind::Code(words) => InlineKind::Code(Text::new(words)),
            raw::InlineKind::Styled(style, children) => styled(style, self.inlines(children)),
            raw::InlineKind::Span(attrs, children) => return self.span(attrs, children, span, out),
            raw::InlineKind::Link { dest, page, children } => {
                return self.link(&dest, page, children, span, out);
            }
            raw::InlineKind::Image { path, title, alt, attrs } => {
                return self.inline_image((path, title, alt), attrs, span, out);
            }
            raw::InlineKind::Note { site, .. } => match self.numbered.calls.get(site).copied().flatten() {
                Some(call) => InlineKind::NoteRef(call),
                None => return,
            },
            raw::InlineKind::PageMark(label) => InlineKind::PageMark(PageMark { label }),
            raw::InlineKind::Break => InlineKind::Break,
        };
        out.push(Inline { kind, span });
    }

    /// A span: small capitals, an anchor, a language, or what the author wants.
    fn span(&mut self, attrs: raw::Attrs, children: Vec<raw::Inline>, span: Span, out: &mut Vec<Inline>) {
        let mut children = self.inlines(children);
        let at = attrs.span;
        let mut attrs = attributes(attrs);
        let small = attrs.classes.iter().position(|class| class == "smallcaps");
        if let Some(index) = small {
            attrs.classes.remove(index);
        }
        for class in &attrs.classes {
            self.unknown_class(class, at);
        }
        if let Some(anchor) = attrs.anchor.take() {
            out.push(Inline { kind: InlineKind::Anchor(anchor), span });
        }
        if children.is_empty() {
            return;
        }
        if attrs != Attrs::default() {
            children = vec![Inline { kind: InlineKind::Span(attrs, children), span }];
        }
        if small.is_some() {
            children = vec![Inline { kind: InlineKind::SmallCaps(children), span }];
        }
        out.append(&mut children);
    }

    fn inline_image(
        &mut self,
        (path, title, alt): (String, String, String),
        attrs: raw::Attrs,
        span: Span,
        out: &mut Vec<Inline>,
    ) {
        if !title.trim().is_empty() {
            let message = format!("the caption “{title}” has no place: this picture stands in a line");
            self.find(Code::CaptionMisplaced, span, message, "give the picture a paragraph of its own");
        }
        if let Some(anchor) = attrs.anchor {
            out.push(Inline { kind: InlineKind::Anchor(anchor), span });
        }
        let alt = (!alt.is_empty()).then_some(alt);
        match (self.image(&path, span), alt) {
            (Some(image), alt) => out.push(Inline { kind: InlineKind::Image { image, alt }, span }),
            (None, Some(alt)) => out.push(Inline { kind: InlineKind::Text(Text::new(alt)), span }),
            (None, None) => {}
        }
    }

    fn link(
        &mut self,
        written: &str,
        page: bool,
        children: Vec<raw::Inline>,
        span: Span,
        out: &mut Vec<Inline>,
    ) {
        let bare = children.is_empty();
        let mut children = self.inlines(children);
        let kind = match links::dest(written) {
            Dest::Url(url) => {
                if bare {
                    children.push(Inline { kind: InlineKind::Text(Text::new(url.clone())), span });
                }
                Some(InlineKind::Link(Target::Url(url), std::mem::take(&mut children)))
            }
            Dest::Scheme(scheme) => {
                let message = format!("a book does not follow `{scheme}` links");
                self.find(
                    Code::LinkScheme,
                    span,
                    message,
                    "only https:, http: and mailto: lead out of a book",
                );
                None
            }
            Dest::Note(label) => self.note_link(&label, bare, &mut children, span),
            Dest::Id(id) => self
                .id_link(&id, span)
                .map(|anchor| self.anchor_link(anchor, bare, page, &mut children, span)),
            Dest::File(path, id) => self
                .file_link(&path, id.as_deref(), span)
                .map(|anchor| self.anchor_link(anchor, bare, page, &mut children, span)),
        };
        match kind {
            Some(kind) => out.push(Inline { kind, span }),
            None => {
                self.graver_when(bare);
                out.append(&mut children);
            }
        }
    }

    /// A reference without words of its own would leave a hole in the text.
    fn graver_when(&mut self, bare: bool) {
        if let Some(finding) = self.findings.last_mut().filter(|_| bare) {
            finding.severity = Severity::Error;
        }
    }

    fn anchor_link(
        &mut self,
        anchor: AnchorId,
        bare: bool,
        page: bool,
        children: &mut Vec<Inline>,
        span: Span,
    ) -> InlineKind {
        if page {
            InlineKind::PageOf(anchor)
        } else if bare {
            self.untitled.push((anchor, span));
            InlineKind::TitleOf(anchor)
        } else {
            InlineKind::Link(Target::Anchor(anchor), std::mem::take(children))
        }
    }

    fn note_link(
        &mut self,
        label: &str,
        bare: bool,
        children: &mut Vec<Inline>,
        span: Span,
    ) -> Option<InlineKind> {
        let Some(note) = self.numbered.by_label.get(&(self.file, label.to_owned())) else {
            let message = format!("no note `[^{label}]` is called in this file");
            self.find(Code::NoteUnknown, span, message, "notes belong to their file; check the label");
            return None;
        };
        let number = InlineKind::NumberOf(*note);
        if bare {
            return Some(number);
        }
        let mut words = std::mem::take(children);
        words.push(Inline { kind: InlineKind::Text(Text::new(" ")), span });
        words.push(Inline { kind: number, span });
        children.append(&mut words);
        None
    }

    fn id_link(&mut self, id: &str, span: Span) -> Option<AnchorId> {
        match self.places.find(self.file, id) {
            Found::One(anchor) => Some(anchor),
            Found::Many => {
                let message = format!("several texts have a place `#{id}`, and this one has none");
                self.find(Code::LinkTargetUnknown, span, message, "name the file too: [words](other.md#id)");
                None
            }
            Found::None => {
                let message = format!("no place in the book has the id `#{id}`");
                let hint = "give a heading this id with {#id}, or put []{#id} where the link should lead";
                self.find(Code::LinkTargetUnknown, span, message, hint);
                None
            }
        }
    }

    fn file_link(&mut self, written: &str, id: Option<&str>, span: Span) -> Option<AnchorId> {
        let Some(near) = links::path(self.name(), written) else {
            let message = format!("`{written}` leads out of the book's folder");
            self.find(
                Code::LinkTargetUnknown,
                span,
                message,
                "link to a text of the book, or to a web address",
            );
            return None;
        };
        let text = |path: &str| self.sources.map.find(path).filter(|file| self.texts.contains(file));
        let Some(file) = text(&near).or_else(|| links::path("", written).and_then(|path| text(&path))) else {
            let message = format!("`{near}` is not a text of this book");
            self.find(
                Code::LinkTargetUnknown,
                span,
                message,
                "links lead to files that stand in [matter], or to web addresses",
            );
            return None;
        };
        let found = match id {
            Some(id) => self.places.in_file(file, id),
            None => self.places.title(file),
        };
        if found.is_none() {
            let message = match id {
                Some(id) => format!("`{near}` has no place `#{id}`"),
                None => format!("`{near}` has no heading that a link could lead to"),
            };
            self.find(Code::LinkTargetUnknown, span, message, "put []{#id} where the link should lead");
        }
        found
    }
}

fn attributes(attrs: raw::Attrs) -> Attrs {
    Attrs { anchor: attrs.anchor, classes: attrs.classes, lang: attrs.lang }
}

fn styled(style: raw::Style, children: Vec<Inline>) -> InlineKind {
    match style {
        raw::Style::Emph => InlineKind::Emph(children),
        raw::Style::Strong => InlineKind::Strong(children),
        raw::Style::Strike => InlineKind::Strike(children),
        raw::Style::Super => InlineKind::Super(children),
        raw::Style::Sub => InlineKind::Sub(children),
    }
}
