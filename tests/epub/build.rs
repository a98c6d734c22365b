//! Small books, built by hand.

use pamphleteer::book::*;
use pamphleteer::diag::{Checked, SourceMap, Span};
use pamphleteer::epub::{Cover, Edition, Modified, PageBreak, Store};
use pamphleteer::font::Library;
use pamphleteer::style::Style;
use std::sync::{Arc, LazyLock};

/// A place in no particular file.
pub static SPAN_CELL: LazyLock<Span> =
    LazyLock::new(|| Span::new(SourceMap::default().add("one.md", ""), 0, 0));

/// A book that grows.
pub struct Builder {
    pub book: Book,
    pub style: Style,
    pub store: Store,
    pub fonts: Library,
    pages: Vec<PageBreak>,
}

pub fn span() -> Span {
    *SPAN_CELL
}

pub fn inline(kind: InlineKind) -> Inline {
    Inline { kind, span: span() }
}

pub fn block(kind: BlockKind) -> Block {
    Block { kind, span: span() }
}

pub fn text(words: &str) -> Inline {
    inline(InlineKind::Text(Text::new(words)))
}

pub fn para(words: &str) -> Block {
    block(BlockKind::Para(vec![text(words)]))
}

pub fn div(div: Div, blocks: Vec<Block>) -> Block {
    block(BlockKind::Div(div, Attrs::default(), blocks))
}

pub fn call(note: NoteId, call: u32) -> Inline {
    inline(InlineKind::NoteRef(NoteRef { note, call }))
}

impl Builder {
    pub fn new() -> Builder {
        let meta = Meta {
            title: "The Small Book".into(),
            language: Lang::parse("en-GB").unwrap(),
            identifier: "urn:uuid:7f1d6a52-0000-5000-8000-000000000001".into(),
            date: Date::parse("2024-02"),
            contributors: vec![Contributor {
                name: "Ada Example".into(),
                sort: "Example, Ada".into(),
                role: pamphleteer::book::Relator::AUTHOR,
            }],
            slug: "the-small-book".into(),
            ..Meta::default()
        };
        let book = Book {
            meta,
            sections: Vec::new(),
            notes: Notes::default(),
            anchors: Anchors::default(),
            images: Vec::new(),
        };
        Builder {
            book,
            style: Style::default(),
            store: Store::named("generic").unwrap(),
            fonts: Library::built_in(),
            pages: Vec::new(),
        }
    }

    pub fn made(&mut self, page: GeneratedPage, matter: Matter) -> &mut Builder {
        let role = Role::find(page.name()).unwrap();
        let content = Content::Made(page);
        self.book.sections.push(Section { matter, role, depth: 0, slug: page.name().into(), content });
        self
    }

    pub fn heading(&mut self, level: u8, content: Vec<Inline>) -> Block {
        let slug = plain(&content).to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let section = SectionId(self.book.sections.len() as u32);
        let anchor = Anchor { section, slug, title: Some(without_notes(&content)), span: span() };
        let anchor = self.book.anchors.define(anchor);
        block(BlockKind::Heading(Heading { level, anchor, content, listed: true, attrs: Attrs::default() }))
    }

    pub fn section(&mut self, matter: Matter, role: Role, slug: &str, blocks: Vec<Block>) -> &mut Builder {
        let content = Content::Text(Body { file: span().file, blocks, play: false });
        self.book.sections.push(Section { matter, role, depth: 0, slug: slug.into(), content });
        self
    }

    pub fn chapter(&mut self, title: &str, blocks: Vec<Block>) -> &mut Builder {
        let mut all = vec![self.heading(1, vec![text(title)])];
        all.extend(blocks);
        let slug: String = title.to_lowercase().chars().take_while(char::is_ascii_alphanumeric).collect();
        self.section(Matter::Body, Role::Chapter, &slug, all)
    }

    pub fn note(&mut self, stream: Stream, blocks: Vec<Block>, calls: u32) -> NoteId {
        let number = self.book.notes.iter().filter(|(_, note)| note.stream == stream).count() as u32 + 1;
        let section = SectionId(self.book.sections.len() as u32);
        let (label, span) = (number.to_string(), span());
        self.book.notes.define(Note {
            stream,
            number,
            number_in_text: number,
            label,
            section,
            calls,
            blocks,
            span,
        })
    }

    pub fn page(&mut self, section: u32, at: u32, label: &str) -> &mut Builder {
        self.pages.push(PageBreak { section: SectionId(section), at, label: label.into() });
        self
    }

    pub fn image(&mut self, path: &str) -> ImageId {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([90, 120, 60]));
        picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        let bytes: Arc<[u8]> = bytes.into();
        self.book.images.push(Image {
            path: path.into(),
            bytes,
            format: ImageFormat::Png,
            width: 40,
            height: 30,
        });
        ImageId(self.book.images.len() as u32 - 1)
    }

    pub fn epub(&self) -> Vec<u8> {
        self.checked(None).value
    }

    /// The EPUB with those rules added, and what there is to say.
    pub fn checked(&self, css: Option<&str>) -> Checked<Vec<u8>> {
        self.with_edition(css, pamphleteer::epub::write)
    }

    /// The record for shops.
    pub fn onix(&self, pages: u32) -> String {
        let bytes = self.with_edition(None, |edition| pamphleteer::epub::onix(edition, pages));
        String::from_utf8(bytes).unwrap()
    }

    /// The EPUB without a cover.
    pub fn coverless(&self) -> Vec<u8> {
        self.with_edition(None, |edition| {
            pamphleteer::epub::write(&Edition { cover: None, ..*edition }).value
        })
    }

    fn with_edition<T>(&self, css: Option<&str>, make: impl FnOnce(&Edition<'_>) -> T) -> T {
        let mut book = self.book.clone();
        number_texts(&mut book);
        let cover = cover();
        make(&Edition {
            book: &book,
            style: &self.style,
            fonts: &self.fonts,
            cover: Some(Cover {
                format: ImageFormat::Jpeg,
                picture: &cover,
                alt: "The title on a red ground",
            }),
            pages: &self.pages,
            store: &self.store,
            css,
            modified: Modified { date: (2024, 2, 1), time: (0, 0, 0) },
        })
    }
}

/// A red cover, small.
pub fn cover() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(1000, 1600, image::Rgb([140, 28, 19]));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    bytes
}

/// A book with every construct.
pub fn everything() -> Builder {
    let mut b = Builder::new();
    b.book.meta.subtitle = Some("With everything in it".into());
    b.book.meta.publisher =
        Some(Publisher { name: "Example Press".into(), place: Some("London".into()), url: None });
    b.book.meta.series = Some(("Small Books".into(), Some("3".into())));
    b.book.meta.subjects = vec!["Printing".into(), "Margins & more".into()];
    b.book.meta.certified_by = Some("Example Press".into());
    b.made(GeneratedPage::HalfTitle, Matter::Front).made(GeneratedPage::TitlePage, Matter::Front);
    b.made(GeneratedPage::Imprint, Matter::Front);
    b.section(
        Matter::Front,
        Role::Dedication,
        "dedication",
        vec![div(Div::Dedication, vec![para("For them")])],
    );
    let blocks = first_chapter(&mut b);
    b.section(Matter::Body, Role::Chapter, "01-first", blocks);
    let blocks = second_chapter(&mut b);
    b.section(Matter::Body, Role::Chapter, "02-second", blocks);
    b.section(Matter::Back, Role::Glossary, "glossary", vec![definitions()]);
    b.made(GeneratedPage::Notes, Matter::Back).made(GeneratedPage::Colophon, Matter::Back);
    b.page(4, 0, "1").page(4, 40, "2").page(5, 0, "3");
    b
}

fn first_chapter(b: &mut Builder) -> Vec<Block> {
    let inner = b.note(Stream::Author, vec![para("A note called from a note.")], 1);
    let table = b.note(Stream::Author, vec![table(), para("After the table.")], 1);
    let title =
        b.note(Stream::Author, vec![block(BlockKind::Para(vec![text("On the title"), call(inner, 0)]))], 1);
    let twice = b.note(
        Stream::Author,
        vec![para("Said twice."), block(BlockKind::Quote(vec![para("A passage.")]))],
        2,
    );
    let editor = b.note(Stream::Editor, vec![para("The editor speaks.")], 1);
    let heading =
        b.heading(1, vec![text("The First "), inline(InlineKind::Emph(vec![text("Text")])), call(title, 0)]);
    let second = b.heading(2, vec![text("A section")]);
    let deep = b.heading(4, vec![text("Too deep")]);
    vec![
        heading,
        div(Div::Subtitle, vec![para("What it is about")]),
        block(BlockKind::Para(vec![
            text("Some words with "),
            inline(InlineKind::Strong(vec![text("strength")])),
            text(", "),
            inline(InlineKind::SmallCaps(vec![text("capitals")])),
            text(", H"),
            inline(InlineKind::Sub(vec![text("2")])),
            text("O and a note"),
            call(twice, 0),
            text(" and again"),
            call(twice, 1),
            call(editor, 0),
            text(" and the table"),
            call(table, 0),
            text("."),
        ])),
        second,
        block(BlockKind::Quote(vec![
            para("A passage from elsewhere."),
            div(Div::Attribution, vec![para("— Somebody")]),
        ])),
        div(Div::Continued, vec![para("It goes on.")]),
        deep,
        block(BlockKind::SceneBreak),
        verse(),
        list(),
    ]
}

fn second_chapter(b: &mut Builder) -> Vec<Block> {
    let image = b.image("images/A Picture (1).png");
    let heading = b.heading(1, vec![text("The Second Text")]);
    let anchor = b.book.anchors.iter().next().unwrap().0;
    let note = b.note(Stream::Author, vec![para("A note in a table.")], 2);
    let BlockKind::Table(mut with_note) = table().kind else { unreachable!("built above") };
    with_note.rows[0][1].push(call(note, 0));
    let attrs = Attrs { lang: Lang::parse("fr"), classes: vec!["ship".into()], anchor: None };
    let figure = Figure {
        image,
        alt: Some("A green field".into()),
        caption: Some(vec![text("A field")]),
        look: PictureLook::default(),
        attrs: Attrs::default(),
    };
    vec![
        heading,
        block(BlockKind::Para(vec![
            inline(InlineKind::Span(attrs, vec![text("En avant")])),
            text(": see "),
            inline(InlineKind::TitleOf(anchor)),
            text(", or "),
            inline(InlineKind::Link(
                Target::Url("https://example.org/a?b=c&d".into()),
                vec![text("here"), call(note, 1)],
            )),
            text(" and note "),
            inline(InlineKind::NumberOf(note)),
            inline(InlineKind::Break),
            inline(InlineKind::Image { image, alt: None, look: PictureLook::default() }),
        ])),
        block(BlockKind::Figure(figure)),
        block(BlockKind::Table(with_note)),
        block(BlockKind::Code { lang: "rust".into(), text: Text::new("let x = \"<&>\";\n") }),
        div(Div::Letter, vec![para("Dear all,"), para("yes."), div(Div::Signature, vec![para("A. E.")])]),
    ]
}

fn table() -> Block {
    let row =
        |cells: [&str; 3]| cells.map(|cell| if cell.is_empty() { vec![] } else { vec![text(cell)] }).to_vec();
    block(BlockKind::Table(Table {
        columns: vec![Align::Default, Align::Centre, Align::Right],
        head: row(["", "Middle", "Right"]),
        rows: vec![row(["One", "2", "3"]), row(["Two", "", "6"])],
        caption: Some(vec![text("What there is")]),
    }))
}

fn verse() -> Block {
    let line = |spaces, words| VerseLine { spaces, content: vec![text(words)], span: span() };
    block(BlockKind::Verse(Verse {
        stanzas: vec![
            vec![line(0, "A line is a line,"), line(2, "and this stands in")],
            vec![line(40, "far")],
        ],
        attribution: Some(vec![text("— A Poet")]),
    }))
}

fn list() -> Block {
    let item = |words: &str| Item { done: None, blocks: vec![para(words)], span: span() };
    block(BlockKind::List(List {
        start: Some(3),
        numbers: Numbers::default(),
        tight: true,
        items: vec![item("third"), item("fourth")],
    }))
}

fn definitions() -> Block {
    let definition =
        Definition { terms: vec![vec![text("Recto")]], meanings: vec![vec![para("A right-hand page.")]] };
    block(BlockKind::Definitions(vec![definition]))
}
