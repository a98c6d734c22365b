//! The small pictures of the handbook, which show what a key of the style
//! changes: a sample book is set with each value, and its pages are drawn small.
//! `ACCEPT=1 cargo test --test handbook_pictures` draws them anew.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use pamphleteer::length::Abs;
use pamphleteer::pages::{Item, Page, Pages, Placed, Run};
use pamphleteer::{manuscript, project, typeset};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Which part of which pages is drawn, and how.
enum View {
    /// Two facing pages from this index on, as bars.
    Spread(usize),
    /// Two pages that follow one another, leaf beside leaf.
    Pair(usize),
    /// One page, as bars.
    Single(usize),
    /// The part of a page between two heights, in points, with its letters.
    Letters(usize, f64, f64),
}

/// A picture: its name, what is drawn, and the lines of style of each variant.
type Picture = (&'static str, View, &'static [&'static str]);

const PICTURES: &[Picture] = &[
    ("page", View::Single(2), &["page.lines = 37", "page.lines = 30", "page.measure = \"216pt\""]),
    (
        "margins",
        View::Spread(3),
        &["page.inside = \"0.6in\"", "page.inside = \"1.2in\"", "page.top = \"1.3in\""],
    ),
    ("type", View::Single(2), &["text.size = \"9pt\"", "text.size = \"11pt\"", "text.size = \"14pt\""]),
    (
        "leading",
        View::Single(2),
        &["text.leading = \"12pt\"", "text.leading = \"13.5pt\"", "text.leading = \"18pt\""],
    ),
    ("indent", View::Single(3), &["text.indent = \"0\"", "text.indent = \"1.5em\"", "text.indent = \"4em\""]),
    (
        "title",
        View::Single(2),
        &["heading.sinkage = 0", "heading.sinkage = 9", "heading.title-align = \"left\""],
    ),
    (
        "initial",
        View::Letters(2, 147.0, 190.0),
        &["heading.drop-cap = 0", "heading.drop-cap = 3", "heading.lead-in = true"],
    ),
    (
        "case",
        View::Letters(2, 362.0, 380.0),
        &[
            "heading.case = \"roman\"",
            "heading.case = \"italic\"",
            "heading.case = \"small-caps\"",
            "heading.case = \"capitals\"",
            "heading.case = \"bold\"",
        ],
    ),
    (
        "figures",
        View::Letters(2, 405.0, 431.0),
        &["text.figures = \"oldstyle\"", "text.figures = \"lining\""],
    ),
    ("notes", View::Pair(2), &["notes.place = \"foot\"", "notes.place = \"text\"", "notes.size = \"7pt\""]),
    ("passages", View::Pair(2), &["quote.left = \"0\"", "quote.left = \"5em\"", "verse.left = \"7em\""]),
    (
        "heads",
        View::Single(3),
        &["folio.place = \"foot\"", "folio.place = \"head\"", "folio.align = \"outside\""],
    ),
    ("contents", View::Single(0), &["contents.depth = 1", "contents.depth = 2", "contents.leaders = false"]),
];

/// How wide the pictures are, in points, and the space between variants.
const WIDTH: f64 = 258.0;
const GAP: f64 = 9.0;

#[test]
fn every_picture_is_what_is_set() {
    let mut golden = Golden::default();
    for (name, view, variants) in PICTURES {
        let svg = drawn(view, variants);
        golden.compare(format!("manuscript/handbook/images/look-{name}.svg"), &svg);
    }
    golden.finish();
}

/// Every picture stands in the handbook.
#[test]
fn every_picture_is_shown() {
    let look = fs::read_to_string("manuscript/handbook/03-the-look.md").unwrap();
    for (name, ..) in PICTURES {
        assert!(
            look.contains(&format!("(images/look-{name}.svg ")),
            "look-{name}.svg is not in 03-the-look.md"
        );
    }
}

/// The sample book, set in its style with one line more.
fn set(line: &str) -> Pages {
    let folder = std::env::temp_dir().join(format!("pamphleteer-look-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir("tests/fixtures/look").unwrap().flatten() {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let book = folder.join("book.toml");
    fs::write(&book, format!("{}{line}\n", fs::read_to_string(&book).unwrap())).unwrap();
    let mut findings = Vec::new();
    let project = project::load(Path::new(&folder), &mut findings).unwrap();
    let book = manuscript::parse(&project.sources).take(&mut findings);
    assert!(findings.is_empty(), "{line}: {findings:?}");
    let pages = typeset::set(&book, &project.style, &project.fonts).value;
    fs::remove_dir_all(&folder).unwrap();
    pages
}

fn drawn(view: &View, variants: &[&str]) -> String {
    let mut canvas = Canvas::default();
    let mut height: f64 = 0.0;
    let columns = variants.len() as f64;
    let each = (WIDTH - GAP * (columns - 1.0)) / columns;
    for (index, line) in variants.iter().enumerate() {
        let pages = set(line);
        let left = index as f64 * (each + GAP);
        let bottom = match view {
            View::Spread(first) | View::Pair(first) => {
                let between = if matches!(view, View::Pair(_)) { 3.0 } else { 0.0 };
                let scale = (each - between) / (2.0 * pages.trim.width.to_pt());
                for side in [0, 1] {
                    let x = left + side as f64 * (each + between) / 2.0;
                    canvas.page(&pages, first + side, (x, 0.0), scale);
                }
                pages.trim.height.to_pt() * scale
            }
            View::Single(number) => {
                let scale = each / pages.trim.width.to_pt();
                canvas.page(&pages, *number, (left, 0.0), scale);
                pages.trim.height.to_pt() * scale
            }
            View::Letters(number, top, end) => {
                let depth = end - top + 14.0;
                canvas.letters(&pages, *number, (*top, *end), index as f64 * depth);
                canvas.label(line, (0.0, index as f64 * depth + end - top + 6.0));
                depth * columns
            }
        };
        if let (false, Some((key, value))) = (matches!(view, View::Letters(..)), line.split_once(" = ")) {
            canvas.label(key, (left, bottom + 9.0));
            canvas.label(&format!("= {value}"), (left, bottom + 16.5));
        }
        height = height.max(bottom);
    }
    canvas.file(height + if matches!(view, View::Letters(..)) { 0.0 } else { 19.0 })
}

/// An SVG being drawn.
#[derive(Default)]
struct Canvas {
    body: String,
    glyphs: BTreeMap<(u32, u16), String>,
}

impl Canvas {
    /// A page as a sheet of paper with a bar for every word.
    fn page(&mut self, pages: &Pages, number: usize, (x, y): (f64, f64), scale: f64) {
        let (width, height) = (pages.trim.width.to_pt() * scale, pages.trim.height.to_pt() * scale);
        let _ = writeln!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#fff\" stroke=\"#888\" stroke-width=\".4\"/>",
            short(x),
            short(y),
            short(width),
            short(height)
        );
        let mut bars: BTreeMap<String, String> = BTreeMap::new();
        for placed in pages.pages.get(number).map(|page: &Page| &page.items[..]).unwrap_or_default() {
            let at = |length: Abs, from: f64| from + length.to_pt() * scale;
            match &placed.item {
                Item::Run(run) => {
                    let thick = run.size.to_pt() * scale * 0.42;
                    let line = bars.entry(short(thick)).or_default();
                    for (from, to) in words(run) {
                        let start = x + (placed.at.x.to_pt() + from) * scale;
                        let _ = write!(
                            line,
                            "M{} {}h{}",
                            short(start),
                            short(at(placed.at.y, y) - thick / 2.0),
                            short((to - from) * scale)
                        );
                    }
                }
                Item::Rule(size) => {
                    let line = bars.entry(short((size.height.to_pt() * scale).max(0.3))).or_default();
                    let _ = write!(
                        line,
                        "M{} {}h{}",
                        short(at(placed.at.x, x)),
                        short(at(placed.at.y, y)),
                        short(size.width.to_pt() * scale)
                    );
                }
                Item::Picture(..) => {}
            }
        }
        for (thick, path) in bars {
            let _ = writeln!(self.body, "<path d=\"{path}\" stroke=\"#333\" stroke-width=\"{thick}\"/>");
        }
    }

    /// What stands on a page between two heights, with its letters, as high on the picture as said.
    fn letters(&mut self, pages: &Pages, number: usize, (top, end): (f64, f64), down: f64) {
        let items = &pages.pages[number].items;
        let runs = items.iter().filter_map(|placed| match &placed.item {
            Item::Run(run) if (top..end).contains(&placed.at.y.to_pt()) => Some((placed, run)),
            _ => None,
        });
        let left = runs.clone().map(|(placed, _)| placed.at.x).min().unwrap_or(Abs::ZERO);
        let measure_left = items.iter().map(|placed: &Placed| placed.at.x).min().unwrap_or(left).min(left);
        for (placed, run) in runs {
            let font = &pages.fonts[run.font as usize];
            let scale = run.size.to_pt() / f64::from(font.units_per_em);
            let mut pen = placed.at.x;
            for glyph in &run.glyphs {
                let key = (run.font, glyph.id);
                let outline =
                    self.glyphs.entry(key).or_insert_with(|| outline(&font.data, font.index, glyph.id));
                if !outline.is_empty() {
                    let x = (pen + glyph.offset().x - measure_left).to_pt();
                    let y = (placed.at.y - glyph.offset().y).to_pt() - top + down;
                    let _ = writeln!(
                        self.body,
                        "<use xlink:href=\"#g{}-{}\" transform=\"translate({} {}) scale({:.5})\"/>",
                        key.0,
                        key.1,
                        short(x),
                        short(y),
                        scale
                    );
                }
                pen += glyph.advance();
            }
        }
    }

    /// What was said in the style.
    fn label(&mut self, line: &str, (x, y): (f64, f64)) {
        let _ = writeln!(
            self.body,
            "<text x=\"{}\" y=\"{}\" font-family=\"Source Code Pro, monospace\" font-size=\"6.2\">{}</text>",
            short(x),
            short(y),
            line.replace('"', "&quot;")
        );
    }

    fn file(&self, height: f64) -> String {
        let mut defs = String::new();
        for ((font, glyph), path) in self.glyphs.iter().filter(|(_, path)| !path.is_empty()) {
            let _ = writeln!(defs, "<path id=\"g{font}-{glyph}\" d=\"{path}\"/>");
        }
        if !defs.is_empty() {
            defs = format!("<defs>\n{defs}</defs>\n");
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"-1 -1 {} {}\" width=\"{}pt\" \
             height=\"{}pt\">\n{defs}{}</svg>\n",
            WIDTH + 2.0,
            short(height + 2.0),
            WIDTH + 2.0,
            short(height + 2.0),
            self.body
        )
    }
}

/// Where the words of a run begin and end, in points from its beginning.
fn words(run: &Run) -> Vec<(f64, f64)> {
    let (mut words, mut pen, mut start) = (Vec::new(), 0.0, None);
    for glyph in &run.glyphs {
        let text = run.text.get(glyph.text().start as usize..glyph.text().end as usize).unwrap_or_default();
        let next = pen + glyph.advance().to_pt();
        match (text.trim().is_empty() && !text.is_empty(), start) {
            (true, Some(from)) => {
                words.push((from, pen));
                start = None;
            }
            (false, None) => start = Some(pen),
            _ => {}
        }
        pen = next;
    }
    words.extend(start.map(|from| (from, pen)));
    words
}

/// The outline of a glyph in font units, with y downwards.
fn outline(data: &pamphleteer::font::FontData, index: u32, glyph: u16) -> String {
    let face = FontRef::from_index((**data).as_ref(), index).unwrap();
    let mut pen = Pen(String::new());
    if let Some(outline) = face.outline_glyphs().get(GlyphId::new(u32::from(glyph))) {
        outline.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen).unwrap();
    }
    pen.0
}

struct Pen(String);

impl Pen {
    fn put(&mut self, command: char, points: &[(f32, f32)]) {
        self.0.push(command);
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{} {}", x.round(), (-y).round() + 0.0)).collect();
        self.0.push_str(&points.join(" "));
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put('L', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.put('Q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.put('C', &[(ax, ay), (bx, by), (x, y)]);
    }

    fn close(&mut self) {
        self.0.push('Z');
    }
}

/// A number with two decimals at most.
fn short(number: f64) -> String {
    let number = (number * 100.0).round() / 100.0;
    format!("{}", number + 0.0)
}
