//! Prints how texts are read, in a form that can be held against another
//! reader's: `cargo run --release --example outline -- FOLDER` reads each `.md`
//! file of the folder as a book of its own.
//!
//! Of each file it prints `= name`, then a line for each step through the tree
//! (`<p` begins a paragraph, `>p` ends it, `"words` are words), then a line
//! `! code` for each finding. `evidence/suites.py` compares that with the
//! expectations of the suites of CommonMark, GitHub and Pandoc.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement prints, and stops at once")]

use pamphleteer::book::{
    Align, Block, BlockKind, Book, ImageFormat, Inline, InlineKind, Lang, List, Matter, Meta, NoteId, Table,
    plain,
};
use pamphleteer::sources::{Entry, ImageFile, Item, Markup, Sources};
use pamphleteer::{lint, manuscript};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

fn main() {
    let folder = env::args().nth(1).expect("a folder of texts");
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        print(path);
    }
}

fn print(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let meta = Meta { language: Lang::parse("en-US").unwrap(), ..Meta::default() };
    let markup = Markup { autolinks: !path.with_extension("bare").exists(), ..Markup::default() };
    let mut sources = Sources { meta, markup, ..Sources::default() };
    // names of pictures, one a line, that are to be there
    for name in fs::read_to_string(path.with_extension("pictures")).unwrap_or_default().lines() {
        sources.images.insert(name.to_owned(), Ok(dot()));
    }
    let item = Item::File(sources.map.add("a.md".to_owned(), text));
    sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    let mut findings = Vec::new();
    let book = manuscript::parse(&sources).take(&mut findings);
    findings.extend(lint::check(&book, &sources.map));
    let mut outline = Outline { book: &book, lines: Vec::new(), told: BTreeSet::new() };
    for body in book.sections.iter().filter_map(|section| section.body()) {
        outline.blocks(&body.blocks);
    }
    println!("= {}", path.file_stem().unwrap().to_string_lossy());
    outline.lines.iter().for_each(|line| println!("{line}"));
    findings.iter().for_each(|finding| println!("! {}: {}", finding.code.name(), finding.message));
}

/// A picture of one pixel.
fn dot() -> ImageFile {
    ImageFile {
        bytes: Arc::from([]),
        format: ImageFormat::Png,
        size: (1, 1),
        pages: 1,
        seconds: 0.0,
        left_out: Vec::new(),
        sha256: String::new(),
    }
}

struct Outline<'a> {
    book: &'a Book,
    lines: Vec<String>,
    /// Notes that are being told, so that none is told within itself.
    told: BTreeSet<NoteId>,
}

impl Outline<'_> {
    fn within(&mut self, name: &str, tell: impl FnOnce(&mut Self)) {
        self.lines.push(format!("<{name}"));
        tell(self);
        self.lines.push(format!(">{}", name.split(' ').next().unwrap_or(name)));
    }

    fn words(&mut self, words: &str) {
        self.lines.push(format!("\"{}", words.replace('\n', " ")));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(&block.kind));
    }

    fn block(&mut self, block: &BlockKind) {
        match block {
            BlockKind::Heading(heading) => {
                self.within(&format!("h{}", heading.level), |outline| outline.inlines(&heading.content));
            }
            BlockKind::Para(words) => self.within("p", |outline| outline.inlines(words)),
            BlockKind::Quote(inside) => self.within("quote", |outline| outline.blocks(inside)),
            BlockKind::Verse(verse) => self.within("lines", |outline| {
                for line in verse.stanzas.iter().flatten().map(|line| &line.content).chain(&verse.attribution)
                {
                    outline.within("line", |outline| outline.inlines(line));
                }
            }),
            BlockKind::List(list) => self.list(list),
            BlockKind::Definitions(all) => self.within("dl", |outline| {
                for one in all {
                    let terms = |outline: &mut Self| one.terms.iter().for_each(|term| outline.inlines(term));
                    outline.within("dt", terms);
                    one.meanings
                        .iter()
                        .for_each(|meaning| outline.within("dd", |outline| outline.blocks(meaning)));
                }
            }),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Figure(figure) => self.within("figure", |outline| {
                figure.caption.iter().for_each(|caption| outline.inlines(caption));
                let caption = figure.caption.as_deref().map(plain).unwrap_or_default();
                let said = figure.alt.as_deref().unwrap_or_default();
                if said != caption && !said.is_empty() {
                    outline.lines.push(format!("~{}", said.replace('\n', " ")));
                }
            }),
            BlockKind::Code { text, .. } => self.within("code", |outline| outline.words(&text.words)),
            BlockKind::SceneBreak => self.lines.push("-hr".to_owned()),
            BlockKind::Div(kind, _, inside) => {
                self.within(&format!("div {kind:?}"), |outline| outline.blocks(inside));
            }
            BlockKind::PageMark(_) => self.lines.push("-page".to_owned()),
        }
    }

    fn list(&mut self, list: &List) {
        let name = match list.start {
            Some(start) => format!("ol {start} {:?} {:?}", list.numbers.style, list.numbers.around),
            None => "ul".to_owned(),
        };
        let name = format!("{name}{}", if list.tight { " tight" } else { "" });
        self.within(&name, |outline| {
            for item in &list.items {
                outline.within("li", |outline| {
                    item.tick_box().into_iter().for_each(|sign| outline.words(sign));
                    outline.blocks(&item.blocks);
                });
            }
        });
    }

    fn table(&mut self, table: &Table) {
        let align = |align: &Align| match align {
            Align::Default => "d",
            Align::Left => "l",
            Align::Centre => "c",
            Align::Right => "r",
        };
        let columns: String = table.columns.iter().map(align).collect();
        self.within(&format!("table {columns}"), |outline| {
            table
                .caption
                .iter()
                .for_each(|caption| outline.within("caption", |outline| outline.inlines(caption)));
            for row in std::iter::once(&table.head).chain(&table.rows).filter(|row| !row.is_empty()) {
                outline.within("row", |outline| {
                    row.iter().for_each(|cell| outline.within("cell", |outline| outline.inlines(cell)));
                });
            }
        });
    }

    fn inlines(&mut self, all: &[Inline]) {
        all.iter().for_each(|inline| self.inline(&inline.kind));
    }

    fn inline(&mut self, kind: &InlineKind) {
        let name = match kind {
            InlineKind::Text(text) => return self.words(&text.words),
            InlineKind::Code(text) => return self.within("tt", |outline| outline.words(&text.words)),
            InlineKind::NoteRef(call) => {
                if self.told.insert(call.note) {
                    let blocks = &self.book.notes.get(call.note).blocks;
                    self.within("note", |outline| outline.blocks(blocks));
                    self.told.remove(&call.note);
                }
                return;
            }
            InlineKind::Image { alt, .. } => {
                let alt = alt.clone().unwrap_or_default();
                return self.within("image", |outline| outline.words(&alt));
            }
            InlineKind::Break => return self.lines.push("-br".to_owned()),
            InlineKind::Emph(_) => "em",
            InlineKind::Strong(_) => "strong",
            InlineKind::Strike(_) => "del",
            InlineKind::Super(_) => "sup",
            InlineKind::Sub(_) => "sub",
            InlineKind::SmallCaps(_) => "sc",
            InlineKind::Span(..) | InlineKind::Number(_) => "span",
            InlineKind::Link(..) => "a",
            InlineKind::TitleOf(_) | InlineKind::PageOf(_) | InlineKind::NumberOf(_) => {
                return self.lines.push("-reference".to_owned());
            }
            InlineKind::Anchor(_) | InlineKind::PageMark(_) => return,
        };
        let inside = kind.children().map_or(&[][..], |inside| inside);
        self.within(name, |outline| outline.inlines(inside));
    }
}
