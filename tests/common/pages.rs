//! A small laid-out book, built by hand: one of each thing that a page can
//! hold, set greedily in the real faces, to put before the PDF writers.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::font::Library;
use pamphleteer::length::{Abs, Point, Size};
use pamphleteer::pages::{
    DestId, Destination, Font, Glyph, Info, Item, Labels, LeafId, Link, LinkTarget, NodeId, OutlineItem,
    Page, Pages, Picture, PictureKind, Placed, Role, Run, Scope, Tag, Tree,
};
use skrifa::instance::{LocationRef, Size as ScalerSize};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const REGULAR: u32 = 0;
pub const ITALIC: u32 = 1;
pub const BOLD: u32 = 2;

const MARGIN: f64 = 54.0;
const MEASURE: f64 = 288.0;
const LEADING: f64 = 14.0;
const TOP: f64 = 72.0;
const FOOT: f64 = 520.0;

/// A stretch of text in one face and leaf; soft hyphens say where it may break.
pub struct Words<'a> {
    pub leaf: LeafId,
    pub font: u32,
    pub size: f64,
    pub raise: f64,
    pub text: &'a str,
    pub link: Option<(NodeId, LinkTarget, &'a str)>,
    pub lang: Option<&'a str>,
}

impl<'a> Words<'a> {
    pub fn new(leaf: LeafId, text: &'a str) -> Words<'a> {
        Words { leaf, font: REGULAR, size: 11.0, raise: 0.0, text, link: None, lang: None }
    }
}

/// Sets a book line by line.
pub struct Setter {
    pub pages: Pages,
    glyphs: BTreeMap<(u32, char), (u16, f64)>,
    y: f64,
}

impl Setter {
    pub fn new() -> Setter {
        let library = Library::built_in();
        let fonts = library.iter().take(3).map(|(_, face)| Font {
            name: face.postscript.clone(),
            data: face.data.clone(),
            index: face.index,
            units_per_em: face.units_per_em,
        });
        let fonts: Vec<Font> = fonts.collect();
        let info = Info {
            title: "A Book of Parts & Pieces".into(),
            authors: vec!["Ada Example".into(), "Bertram Muster".into()],
            description: Some("One of each thing that a page can hold.".into()),
            subjects: vec!["Typesetting".into(), "Tests".into()],
            publisher: Some("Example Press".into()),
            rights: Some("CC0".into()),
            language: "en-GB".into(),
            date: Some((2024, 2, 29)),
            identifier: "urn:uuid:00000000-0000-4000-8000-000000000000".into(),
        };
        let trim = Size::new(Abs::inches(5.5), Abs::inches(8.5));
        let glyphs = measure(&fonts);
        Setter { pages: Pages { info, trim, fonts, ..Pages::default() }, glyphs, y: TOP }
    }

    pub fn page(&mut self, label: &str) {
        self.pages.pages.push(Page { label: label.into(), ..Page::default() });
        self.y = TOP;
    }

    pub fn space(&mut self, points: f64) {
        self.y += points;
    }

    pub fn destination(&mut self) -> DestId {
        let page = self.pages.pages.len() as u32 - 1;
        let at = Point::new(Abs::pt(MARGIN), Abs::pt(self.y - LEADING));
        self.pages.destinations.push(Destination { page, at });
        DestId(self.pages.destinations.len() as u32 - 1)
    }

    pub fn leaf(&mut self, parent: NodeId, tag: Tag) -> LeafId {
        let node = self.pages.tree.node(parent, tag);
        self.pages.tree.leaf(node)
    }

    pub fn heading(&mut self, parent: NodeId, level: u8, text: &str) -> DestId {
        let to = self.destination();
        let leaf = self.leaf(parent, Tag::Heading(level));
        let words = Words { font: BOLD, size: 16.0 - f64::from(level), ..Words::new(leaf, text) };
        self.paragraph(&[words], 0.0);
        self.space(8.0);
        self.pages.outline.push(OutlineItem { level, title: text.into(), to });
        to
    }

    pub fn folio(&mut self) {
        let page = self.pages.pages.len() - 1;
        let label = self.pages.pages[page].label.clone();
        for (text, at, role) in
            [("A Book of Parts & Pieces", 48.0, Role::Header), (label.as_str(), 570.0, Role::Footer)]
        {
            let (run, _) = self.run(&Words::new(self.any_leaf(), ""), text, 0.0, 1.0);
            self.place(MARGIN, at, Item::Run(run.into()), role);
        }
    }

    fn any_leaf(&self) -> LeafId {
        Tree::default().leaf(Tree::ROOT)
    }

    pub fn place(&mut self, x: f64, y: f64, item: Item, role: Role) {
        let at = Point::new(Abs::pt(x), Abs::pt(y));
        self.pages.pages.last_mut().unwrap().items.push(Placed { at, item, role });
    }

    /// Breaks greedily, justifies all lines but the last, turns the page when it is full.
    pub fn paragraph(&mut self, words: &[Words], indent: f64) {
        let pieces = words.iter().flat_map(split).collect::<Vec<_>>();
        let mut rest = pieces.as_slice();
        let measure = MEASURE - indent;
        while !rest.is_empty() {
            let (mut count, mut hyphen) = (0, false);
            for end in 1..=rest.len() {
                let soft = rest[end - 1].text.ends_with('\u{ad}');
                if end > 1 && self.natural(&rest[..end], soft) > measure {
                    break;
                }
                if end == rest.len() || soft || rest[end - 1].text.ends_with(' ') {
                    (count, hyphen) = (end, soft);
                }
            }
            let count = count.max(1);
            let (line, after) = rest.split_at(count);
            let width = self.natural(line, hyphen);
            let spaces = line.iter().map(|p| p.text.matches(' ').count()).sum::<usize>();
            let spaces = spaces.saturating_sub(usize::from(line[count - 1].text.ends_with(' ')));
            let stretch =
                if after.is_empty() || spaces == 0 { 0.0 } else { (measure - width) / spaces as f64 };
            self.line(line, MARGIN + indent, stretch.max(-1.0), hyphen);
            rest = after;
        }
    }

    fn line(&mut self, line: &[Words], mut x: f64, stretch: f64, hyphen: bool) {
        if self.y > FOOT {
            let label = self.pages.pages.last().unwrap().label.parse::<u32>().unwrap_or(0) + 1;
            self.page(&label.to_string());
            self.folio();
        }
        let parts: Vec<&[Words]> = line.chunk_by(|a, b| a.leaf == b.leaf).collect();
        for (index, part) in parts.iter().enumerate() {
            let words = &part[0];
            let last = index + 1 == parts.len();
            let mut text = part.iter().map(|word| word.text).collect::<String>().replace('\u{ad}', "");
            if last {
                text.truncate(text.trim_end().len());
            }
            let expansion = if self.pages.pages.len().is_multiple_of(2) { 1.015 } else { 1.0 };
            let (mut run, mut width) = self.run(words, &text, stretch, expansion);
            if last && hyphen {
                let (id, advance) = self.glyph(words.font, '-', words.size * f64::from(expansion));
                width += advance;
                run.glyphs.push(Glyph::new(id, Abs::pt(advance), Point::default(), 0..0));
            }
            self.link(words, x, width);
            self.place(x, self.y - words.raise, Item::Run(run.into()), Role::Leaf(words.leaf));
            x += width;
        }
        self.y += LEADING;
    }

    fn link(&mut self, words: &Words, x: f64, width: f64) {
        let Some((node, to, description)) = words.link.clone() else { return };
        let at = Point::new(Abs::pt(x), Abs::pt(self.y - words.raise - words.size));
        let size = Size::new(Abs::pt(width), Abs::pt(words.size * 1.2));
        let link = Link { at, size, to, description: description.into(), node };
        self.pages.pages.last_mut().unwrap().links.push(link);
    }

    fn natural(&self, line: &[Words], hyphen: bool) -> f64 {
        let hyphen = if hyphen { self.glyph(REGULAR, '-', 11.0).1 } else { 0.0 };
        let mut width = hyphen;
        for (index, group) in line.iter().enumerate() {
            let text = if index + 1 == line.len() { group.text.trim_end() } else { group.text };
            let chars = text.chars().filter(|c| *c != '\u{ad}');
            width += chars.map(|c| self.glyph(group.font, c, group.size).1).sum::<f64>();
        }
        width
    }

    fn run(&self, words: &Words, text: &str, stretch: f64, expansion: f32) -> (Run, f64) {
        let mut width = 0.0;
        let glyphs = text.char_indices().map(|(at, c)| {
            let (id, advance) = self.glyph(words.font, c, words.size * f64::from(expansion));
            let advance = advance + if c == ' ' { stretch } else { 0.0 };
            width += advance;
            let text = at as u32..(at + c.len_utf8()) as u32;
            Glyph::new(id, Abs::pt(advance), Point::default(), text)
        });
        let glyphs = glyphs.collect();
        let lang = words.lang.map(Arc::from);
        let size = Abs::pt(words.size);
        (Run { font: words.font, size, expansion, glyphs, text: text.into(), lang, origin: None }, width)
    }

    fn glyph(&self, font: u32, c: char, size: f64) -> (u16, f64) {
        let (id, advance) = self.glyphs[&(font, c)];
        (id, advance * size)
    }
}

/// Number and advance in ems of every ASCII character in every font.
fn measure(fonts: &[Font]) -> BTreeMap<(u32, char), (u16, f64)> {
    let mut glyphs = BTreeMap::new();
    for (index, font) in (0u32..).zip(fonts) {
        let font = FontRef::new((*font.data).as_ref()).unwrap();
        let (charmap, metrics) =
            (font.charmap(), font.glyph_metrics(ScalerSize::unscaled(), LocationRef::default()));
        for c in ' '..='~' {
            let id = charmap.map(c).unwrap();
            let advance = f64::from(metrics.advance_width(id).unwrap()) / 1000.0;
            glyphs.insert((index, c), (id.to_u32() as u16, advance));
        }
    }
    glyphs
}

/// Words and syllables, each with what follows it.
fn split<'a>(words: &'a Words<'a>) -> impl Iterator<Item = Words<'a>> {
    words.text.split_inclusive([' ', '\u{ad}']).map(|text| Words {
        leaf: words.leaf,
        font: words.font,
        size: words.size,
        raise: words.raise,
        text,
        link: words.link.clone(),
        lang: words.lang,
    })
}

const PROSE: &str = "A com\u{ad}pos\u{ad}i\u{ad}tor works with the pa\u{ad}tience of a gar\u{ad}den\u{ad}er: \
    every line is weighed against its neigh\u{ad}bours, and what is gained in one is not to be lost in \
    an\u{ad}oth\u{ad}er. Well-made pages are no ac\u{ad}ci\u{ad}dent. They fol\u{ad}low from rules so old \
    that no\u{ad}body re\u{ad}mem\u{ad}bers who wrote them down, and from ex\u{ad}cep\u{ad}tions that \
    every ap\u{ad}pren\u{ad}tice learns by heart be\u{ad}fore the rules. ";

/// A ramp of colours, to be a picture.
pub fn ramp(width: u32, height: u32) -> Picture {
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 255 / width) as u8, (y * 255 / height) as u8, 128])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Picture {
        path: "ramp.png".into(),
        bytes: bytes.into_inner().into(),
        kind: PictureKind::Png,
        pixels: (width, height),
    }
}

/// The whole small book: title, contents, two texts over several pages with a
/// note, a list, a quotation, a table, a figure and a link.
pub fn book() -> Pages {
    let mut setter = Setter::new();
    let root = Tree::ROOT;
    setter.page("i");
    setter.space(120.0);
    let leaf = setter.leaf(root, Tag::P);
    setter.paragraph(&[Words { size: 22.0, ..Words::new(leaf, "A Book of Parts & Pieces") }], 0.0);
    setter.page("ii");
    setter.page("iii");
    contents(&mut setter);
    setter.page("iv");
    setter.page("1");
    setter.folio();
    first_text(&mut setter);
    let last = setter.pages.pages.len() + 1 - 4;
    setter.page(&last.to_string());
    setter.folio();
    second_text(&mut setter);
    setter.pages
}

fn contents(setter: &mut Setter) {
    let sect = setter.pages.tree.node(Tree::ROOT, Tag::Sect);
    setter.heading(sect, 1, "Contents");
    let toc = setter.pages.tree.node(sect, Tag::Toc);
    for (title, to) in [("First Text", DestId(1)), ("Second Text", DestId(5))] {
        let item = setter.pages.tree.node(toc, Tag::TocItem);
        let link = setter.pages.tree.node(item, Tag::Link);
        let leaf = setter.pages.tree.leaf(link);
        let target = LinkTarget::Destination(to);
        let words = Words { link: Some((link, target, title)), ..Words::new(leaf, title) };
        setter.paragraph(&[words], 0.0);
    }
}

fn first_text(setter: &mut Setter) {
    let sect = setter.pages.tree.node(Tree::ROOT, Tag::Sect);
    setter.heading(sect, 1, "First Text");
    let p = setter.pages.tree.node(sect, Tag::P);
    let before = setter.pages.tree.leaf(p);
    let emphasis = setter.leaf(p, Tag::Emphasis);
    let reference = setter.pages.tree.node(p, Tag::Reference);
    let mark = setter.pages.tree.leaf(reference);
    let after = setter.pages.tree.leaf(p);
    let call = setter.destination();
    let long = PROSE.repeat(9);
    let to_note = LinkTarget::Destination(DestId(3));
    setter.paragraph(
        &[
            Words::new(before, &long),
            Words { font: ITALIC, lang: Some("fr"), ..Words::new(emphasis, "Festina lente") },
            Words {
                size: 7.0,
                raise: 4.0,
                link: Some((reference, to_note, "Note 1")),
                ..Words::new(mark, "1 ")
            },
            Words::new(after, "said the printer, and set it well."),
        ],
        0.0,
    );
    note(setter, sect, call);
}

fn note(setter: &mut Setter, sect: NodeId, call: DestId) {
    setter.space(10.0);
    let line = Item::Rule(Size::new(Abs::pt(60.0), Abs::pt(0.5)));
    setter.place(MARGIN, setter.y, line, Role::Ornament);
    setter.space(14.0);
    let node = setter.pages.tree.node(sect, Tag::Note);
    let label = setter.pages.tree.node(node, Tag::Label);
    let number = setter.pages.tree.leaf(label);
    let body = setter.leaf(node, Tag::P);
    setter.destination();
    let back = LinkTarget::Destination(call);
    setter.paragraph(
        &[
            Words {
                size: 9.0,
                link: Some((label, back, "Back to the call of note 1")),
                ..Words::new(number, "1. ")
            },
            Words { size: 9.0, ..Words::new(body, "A motto of careful printers, older than print.") },
        ],
        0.0,
    );
}

fn second_text(setter: &mut Setter) {
    let sect = setter.pages.tree.node(Tree::ROOT, Tag::Sect);
    setter.destination();
    setter.heading(sect, 1, "Second Text");
    setter.heading(sect, 2, "Of Lists");
    let list = setter.pages.tree.node(sect, Tag::List(Labels::Figures));
    for (number, text) in [("1. ", "Type."), ("2. ", "Paper, and "), ("3. ", "Ink.")] {
        let item = setter.pages.tree.node(list, Tag::ListItem);
        let label = setter.leaf(item, Tag::Label);
        let body = setter.leaf(item, Tag::ListBody);
        setter.paragraph(&[Words::new(label, number), Words::new(body, text)], 16.0);
    }
    let quote = setter.pages.tree.node(sect, Tag::BlockQuote);
    let leaf = setter.leaf(quote, Tag::P);
    setter.paragraph(&[Words { size: 10.0, ..Words::new(leaf, PROSE) }], 20.0);
    setter.heading(sect, 2, "Of Tables and Figures");
    table(setter, sect);
    figure(setter, sect);
    let p = setter.pages.tree.node(sect, Tag::P);
    let before = setter.pages.tree.leaf(p);
    let link = setter.pages.tree.node(p, Tag::Link);
    let inside = setter.pages.tree.leaf(link);
    let url = LinkTarget::Url("https://example.org/a?b=c".into());
    let there = (link, url, "Example Press on the web");
    let words = [
        Words::new(before, "More of this kind is to be had at "),
        Words { link: Some(there), ..Words::new(inside, "the web site of Example Press in London") },
    ];
    setter.paragraph(&words, 0.0);
}

fn table(setter: &mut Setter, sect: NodeId) {
    let table = setter.pages.tree.node(sect, Tag::Table);
    for (index, cells) in [["Sheet", "Pages"], ["one", "8"], ["two", "16"]].iter().enumerate() {
        let row = setter.pages.tree.node(table, Tag::TableRow);
        let y = setter.y;
        for (column, text) in cells.iter().enumerate() {
            let tag = if index == 0 { Tag::TableHeaderCell(Scope::Column) } else { Tag::TableCell };
            let cell = setter.pages.tree.node(row, tag);
            let leaf = setter.leaf(cell, Tag::P);
            setter.y = y;
            setter.paragraph(&[Words::new(leaf, text)], 80.0 * column as f64);
        }
    }
    let line = Item::Rule(Size::new(Abs::pt(MEASURE), Abs::pt(0.4)));
    setter.place(MARGIN, setter.y - 8.0, line, Role::Ornament);
}

fn figure(setter: &mut Setter, sect: NodeId) {
    setter.pages.images.push(ramp(600, 200));
    let alt = "A rectangle that grows lighter from left to right.";
    let node = setter.pages.tree.node(sect, Tag::Figure(Some(alt.into())));
    let leaf = setter.pages.tree.leaf(node);
    let size = Size::new(Abs::pt(144.0), Abs::pt(48.0));
    setter.place(MARGIN, setter.y, Item::Picture(0, size), Role::Leaf(leaf));
    setter.space(66.0);
    let caption = setter.leaf(node, Tag::Caption);
    setter.paragraph(&[Words { font: ITALIC, size: 9.0, ..Words::new(caption, "Figure 1. A ramp.") }], 0.0);
}
