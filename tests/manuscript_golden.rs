//! Golden cases of the manuscript: input, then the tree, then the findings.
//!
//! A case is a text file: lines `=== name.md` begin its files, `=== language`
//! its language, `=== tree` and `=== findings` what is expected.
//! `ACCEPT=1 cargo test --test manuscript_golden` accepts what comes out.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use pamphleteer::book::{
    AnchorId, Attrs, Block, BlockKind, Book, Content, ImageFormat, Inline, InlineKind, Lang, Matter, NoteId,
    Stream, Target, Width,
};
use pamphleteer::diag::{self, CODES, Code, Diagnostic, Severity, SourceMap};
use pamphleteer::sources::{Entry, ImageFile, Item, Sources, Unusable};
use pamphleteer::{lint, manuscript};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_construct_is_understood() {
    check_folder("manuscript");
}

#[test]
fn every_finding_stands_at_its_place() {
    check_folder("findings");
}

/// Each finding of the manuscript and of the linter has a case of its name,
/// and the case holds that finding.
#[test]
fn every_code_has_a_case() {
    let from = CODES.iter().position(|code| code.name == "note-unknown").unwrap();
    let to = CODES.iter().position(|code| code.name == "page-mark-order").unwrap();
    for code in &CODES[from..=to] {
        let path = folder("findings").join(format!("{}.txt", code.name));
        let case = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let found = format!("[{}]", code.name);
        let findings = case.split("=== findings").nth(1).unwrap_or("");
        assert!(findings.contains(&found), "{} does not show its finding", code.name);
    }
}

/// Whoever is told of a fault is told what to do about it.
#[test]
fn what_is_wrong_is_told_with_a_remedy() {
    for path in ["findings", "manuscript"].into_iter().flat_map(cases) {
        let case = fs::read_to_string(&path).unwrap();
        let (_, _, findings) = parsed(case.split("=== tree\n").next().unwrap());
        let bare = |finding: &&Diagnostic| finding.severity != Severity::Note && finding.hint.is_none();
        let bare: Vec<&str> = findings.iter().filter(bare).map(|finding| &*finding.message).collect();
        assert!(bare.is_empty(), "{}: {bare:#?}", path.display());
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// The cases of a folder, in order.
fn cases(name: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    assert!(!paths.is_empty(), "no cases in {name}");
    paths
}

fn check_folder(name: &str) {
    let mut golden = Golden::default();
    for path in cases(name) {
        golden.compare(&path, &run(&fs::read_to_string(&path).unwrap()));
    }
    golden.finish();
}

/// The files of a case, the book that they make, and what is told of it.
fn parsed(input: &str) -> (Sources, Book, Vec<Diagnostic>) {
    let sources = sources(input);
    let mut findings = Vec::new();
    let book = manuscript::parse(&sources).take(&mut findings);
    findings.extend(lint::check(&book, &sources.map));
    diag::sort(&mut findings);
    (sources, book, findings)
}

/// The case with its tree and findings as they come out now.
fn run(case: &str) -> String {
    let input = case.split("=== tree\n").next().unwrap();
    let (sources, book, findings) = parsed(input);
    let mut out = format!("{}\n=== tree\n", input.trim_end_matches('\n'));
    Dump { book: &book, out: &mut out }.book();
    out.push_str("=== findings\n");
    findings.iter().for_each(|finding| dump_finding(finding, &sources.map, &mut out));
    out
}

fn sources(input: &str) -> Sources {
    let mut sources = Sources::default();
    sources.meta.language = Lang::parse("en-GB").unwrap();
    let mut files: Vec<(String, String)> = Vec::new();
    for line in input.split_inclusive('\n') {
        match line.trim_end_matches('\n').strip_prefix("=== ") {
            Some(tag) if tag.starts_with("language ") => {
                sources.meta.language = Lang::parse(&tag["language ".len()..]).unwrap();
            }
            Some(name) => files.push((name.to_owned(), String::new())),
            None => files.last_mut().unwrap().1.push_str(line),
        }
    }
    for (name, text) in files {
        let matter =
            if name.starts_with("front") || name.contains("preface") { Matter::Front } else { Matter::Body };
        let text = text.replace("\\u{0007}", "\u{7}");
        let item = Item::File(sources.map.add(name, text.trim_end_matches('\n').to_owned() + "\n"));
        sources.matter.push(Entry { matter, item, span: None });
    }
    let image = |pages| {
        Ok(ImageFile {
            bytes: vec![].into(),
            format: ImageFormat::Png,
            size: (10, 20),
            pages,
            seconds: 0.0,
            left_out: Vec::new(),
            sha256: String::new(),
        })
    };
    sources.images.insert("images/a.png".to_owned(), image(1));
    sources.images.insert("images/three.tif".to_owned(), image(3));
    let message = "`images/bad.psd` is a Photoshop file (PSD), which is not read".to_owned();
    let bad = Unusable { code: Code::ImageUnreadable, message, hint: Some("save it as PNG or JPEG") };
    sources.images.insert("images/bad.psd".to_owned(), Err(bad));
    sources.near_images.insert("images/A.png".to_owned(), "images/a.png".to_owned());
    sources
}

fn dump_finding(finding: &Diagnostic, map: &SourceMap, out: &mut String) {
    let _ = write!(out, "{}[{}]", finding.severity, finding.code);
    if let Some(span) = finding.span {
        let file = map.file(span.file);
        let (start, end) = (file.place(span.start), file.place(span.end));
        let _ = write!(out, " {} {}:{}-{}:{}", file.name, start.line, start.column, end.line, end.column);
    }
    let _ = writeln!(out, " {}", finding.message);
    if let Some(hint) = &finding.hint {
        let _ = writeln!(out, "    {hint}");
    }
}

/// Writes a book as readable text.
struct Dump<'a> {
    book: &'a Book,
    out: &'a mut String,
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, words: &str) {
        let _ = writeln!(self.out, "{}{words}", "  ".repeat(depth));
    }

    fn book(&mut self) {
        for section in &self.book.sections {
            let line = format!("{} {} depth {}", section.slug, section.role.name(), section.depth);
            self.line(0, &line);
            if let Content::Text(body) = &section.content {
                self.blocks(&body.blocks, 1);
            }
        }
        for (id, note) in self.book.notes.iter() {
            let line = format!(
                "note {} [{}] number {} in-text {} calls {} from {}",
                id.index(),
                note.label,
                note.number,
                note.number_in_text,
                note.calls,
                self.book.sections[note.section.0 as usize].slug
            );
            self.line(0, &line);
            self.blocks(&note.blocks, 1);
        }
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        blocks.iter().for_each(|block| self.block(block, depth));
    }

    fn block(&mut self, block: &Block, depth: usize) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let line = format!(
                    "h{} {}{}{}",
                    heading.level,
                    attrs(self.book, &heading.attrs),
                    if heading.listed { "" } else { "unlisted " },
                    self.inlines(&heading.content)
                );
                self.line(depth, &line);
            }
            BlockKind::Para(inlines) => {
                let line = format!("para {}", self.inlines(inlines));
                self.line(depth, &line);
            }
            BlockKind::Quote(inside) => {
                self.line(depth, "quote");
                self.blocks(inside, depth + 1);
            }
            BlockKind::Verse(verse) => {
                self.line(depth, "verse");
                for (index, stanza) in verse.stanzas.iter().enumerate() {
                    if index > 0 {
                        self.line(depth + 1, "|");
                    }
                    for line in stanza {
                        let spaces =
                            if line.spaces == 0 { String::new() } else { format!("+{}", line.spaces) };
                        let line = format!("|{spaces} {}", self.inlines(&line.content));
                        self.line(depth + 1, &line);
                    }
                }
                if let Some(attribution) = &verse.attribution {
                    let line = format!("attribution {}", self.inlines(attribution));
                    self.line(depth + 1, &line);
                }
            }
            BlockKind::List(list) => {
                let start = list.start.map_or(String::new(), |start| format!(" from {start}"));
                self.line(depth, &format!("list{start}{}", if list.tight { " tight" } else { "" }));
                for item in &list.items {
                    let task = item.done.map(|done| if done { " done" } else { " to do" });
                    self.line(depth + 1, &format!("item{}", task.unwrap_or_default()));
                    self.blocks(&item.blocks, depth + 2);
                }
            }
            BlockKind::Definitions(definitions) => {
                self.line(depth, "definitions");
                for definition in definitions {
                    for term in &definition.terms {
                        let line = format!("term {}", self.inlines(term));
                        self.line(depth + 1, &line);
                    }
                    for meaning in &definition.meanings {
                        self.line(depth + 1, "meaning");
                        self.blocks(meaning, depth + 2);
                    }
                }
            }
            BlockKind::Table(table) => self.table(table, depth),
            BlockKind::Figure(figure) => {
                let path = &self.book.images[figure.image.0 as usize].path;
                let line = format!(
                    "figure {}{path} alt {:?}{}",
                    attrs(self.book, &figure.attrs),
                    figure.alt.as_deref().unwrap_or(""),
                    width(figure.look.width)
                );
                self.line(depth, &line);
                if let Some(caption) = &figure.caption {
                    let line = format!("caption {}", self.inlines(caption));
                    self.line(depth + 1, &line);
                }
            }
            BlockKind::Code { lang, text } => {
                self.line(depth, &format!("code {lang}"));
                text.words.lines().for_each(|line| self.line(depth + 1, &format!("| {line}")));
            }
            BlockKind::SceneBreak => self.line(depth, "scene break"),
            BlockKind::Div(div, list, inside) => {
                let line = format!("div {div:?} {}", attrs(self.book, list));
                self.line(depth, line.trim_end());
                self.blocks(inside, depth + 1);
            }
            BlockKind::PageMark(mark) => self.line(depth, &format!("page {}", mark.label)),
        }
    }

    fn table(&mut self, table: &pamphleteer::book::Table, depth: usize) {
        self.line(depth, &format!("table {:?}", table.columns));
        for (index, row) in std::iter::once(&table.head).chain(&table.rows).enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| self.inlines(cell)).collect();
            let line = format!("{} {}", if index == 0 { "head" } else { "row" }, cells.join(" | "));
            self.line(depth + 1, line.trim_end());
        }
        if let Some(caption) = &table.caption {
            let line = format!("caption {}", self.inlines(caption));
            self.line(depth + 1, &line);
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(&inline.kind)).collect()
    }

    fn inline(&self, kind: &InlineKind) -> String {
        let inside = kind.children().map(|children| self.inlines(children)).unwrap_or_default();
        match kind {
            InlineKind::Text(text) => visible(&text.words),
            InlineKind::Emph(_) => format!("<i>{inside}</i>"),
            InlineKind::Strong(_) => format!("<b>{inside}</b>"),
            InlineKind::Strike(_) => format!("<s>{inside}</s>"),
            InlineKind::Super(_) => format!("<sup>{inside}</sup>"),
            InlineKind::Sub(_) => format!("<sub>{inside}</sub>"),
            InlineKind::SmallCaps(_) => format!("<sc>{inside}</sc>"),
            InlineKind::Number(_) => format!("<number>{inside}</number>"),
            InlineKind::Span(list, _) => {
                format!("<span {}>{inside}</span>", attrs(self.book, list).trim_end())
            }
            InlineKind::Code(text) => format!("<code>{}</code>", text.words),
            InlineKind::Link(Target::Url(url), _) => format!("<a {url}>{inside}</a>"),
            InlineKind::Link(Target::Anchor(id), _) => format!("<a {}>{inside}</a>", self.anchor(*id)),
            InlineKind::TitleOf(id) => format!("<title of {}>", self.anchor(*id)),
            InlineKind::PageOf(id) => format!("<page of {}>", self.anchor(*id)),
            InlineKind::NumberOf(note) => format!("<number of {}>", self.number(*note)),
            InlineKind::NoteRef(call) => format!("<note {} call {}>", self.number(call.note), call.call),
            InlineKind::Anchor(id) => format!("<anchor {}>", self.anchor(*id)),
            InlineKind::PageMark(mark) => format!("<page {}>", mark.label),
            InlineKind::Break => "<br>".to_owned(),
            InlineKind::Image { image, alt, look } => {
                let path = &self.book.images[image.0 as usize].path;
                format!("<img {path} {:?}{}>", alt.as_deref().unwrap_or(""), width(look.width))
            }
        }
    }

    fn number(&self, id: NoteId) -> String {
        let note = self.book.notes.get(id);
        let stream = if note.stream == Stream::Editor { "ed " } else { "" };
        format!("{stream}{}", note.number)
    }

    fn anchor(&self, id: AnchorId) -> String {
        let anchor = self.book.anchors.get(id);
        format!("{}#{}", self.book.sections[anchor.section.0 as usize].slug, anchor.slug)
    }
}

/// Spaces that look alike are told apart.
fn visible(words: &str) -> String {
    words.replace('\u{A0}', "⍽").replace('\u{202F}', "⎵").replace('\u{2060}', "⁀")
}

fn width(width: Option<Width>) -> String {
    width.map_or(String::new(), |width| format!(" width {width}"))
}

fn attrs(book: &Book, attrs: &Attrs) -> String {
    let mut out = String::new();
    if let Some(anchor) = attrs.anchor {
        let _ = write!(out, "#{} ", book.anchors.get(anchor).slug);
    }
    attrs.classes.iter().for_each(|class| {
        let _ = write!(out, ".{class} ");
    });
    if let Some(lang) = &attrs.lang {
        let _ = write!(out, "lang={lang} ");
    }
    out
}
