//! How long each stage takes at 20,000, 200,000 and two million words, and
//! whether its time grows with the book or faster.
//!
//! `cargo bench` runs all; `cargo bench -- 200000` only books up to that many
//! words. The words are the handbook's own, over and over. `cargo bench -- --save`
//! keeps the times as a baseline, and later runs say how theirs compare with it.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a benchmark may stop at once")]
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

#[path = "../tests/common/paragraph.rs"]
mod paragraph;

use pamphleteer::book::{Book, Lang, Matter};
use pamphleteer::diag::SourceMap;
use pamphleteer::font::{FontInstance, Library, ShaperCache};
use pamphleteer::length::Abs;
use pamphleteer::pages::Pages;
use pamphleteer::sources::{Entry, Item, Sources};
use pamphleteer::style::Style;
use pamphleteer::typeset::Memo;
use pamphleteer::typeset::line::{Form, Piece, StyledText};
use pamphleteer::typeset::paginate::{Frame, Lines, NoteRoll, OptimalPages, PageBreaker, PageItem, Shape};
use pamphleteer::typeset::paragraph::Paragraph;
use pamphleteer::typeset::shaper::Shaper;
use pamphleteer::{epub, manuscript, pdf, typeset};
use std::hint::black_box;
use std::time::Instant;

const LANGUAGE: &str = "en-GB";
const SIZES: [usize; 3] = [20_000, 200_000, 2_000_000];
const TEXTS: [&str; 2] = [
    include_str!("../manuscript/handbook/01-the-manuscript.md"),
    include_str!("../manuscript/handbook/02-the-edition.md"),
];
/// Small books are measured again until this much time is spent, and the
/// shortest time counts.
const LEAST_SECONDS: f64 = 0.5;

/// A stage: what it does to a book, and what it gives to be measured.
type Stage = (&'static str, fn(&Bench) -> f64);

const STAGES: [Stage; 8] = [
    ("parse", |bench| timed(|| manuscript::parse(&bench.sources))),
    ("shape", |bench| timed(|| shape(bench))),
    ("break", break_lines),
    ("paginate", |bench| {
        timed(|| OptimalPages.break_pages(&bench.items, &NoteRoll::default(), &bench.frame))
    }),
    ("set", |bench| timed(|| typeset::set(&bench.book, &bench.style, &bench.library))),
    ("set an edit", set_an_edit),
    ("write pdf", |bench| timed(|| pdf::screen(&bench.pages, None).unwrap())),
    ("write epub", |bench| timed(|| epub::write(&bench.edition()))),
];

/// Where the baseline is kept.
const BASELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/bench-baseline.txt");

fn main() {
    let most = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(usize::MAX);
    let baseline = Baseline::read(&std::fs::read_to_string(BASELINE).unwrap_or_default());
    let mut times = String::new();
    let mut first: Vec<f64> = Vec::new();
    println!(
        "{:12}{:>12}{:>14}{:>22}{:>16}",
        "stage", "words", "seconds", "per word, first = 1", "baseline = 1"
    );
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        let bench = Bench::new(size);
        for (n, (name, stage)) in STAGES.iter().enumerate() {
            let seconds = shortest(&|| stage(&bench));
            let per_word = seconds / bench.words as f64;
            if first.len() == n {
                first.push(per_word);
            }
            let before = baseline.seconds(name, bench.words);
            let compared = before.map_or_else(|| "-".to_owned(), |before| format!("{:.2}", seconds / before));
            let growth = per_word / first[n];
            println!("{name:12}{:>12}{seconds:>14.4}{growth:>22.2}{compared:>16}", bench.words);
            times += &format!("{name}\t{}\t{seconds}\n", bench.words);
        }
    }
    if std::env::args().any(|argument| argument == "--save") {
        std::fs::write(BASELINE, times).unwrap();
    }
}

/// The times of an earlier run: stage, words, seconds.
struct Baseline(Vec<(String, usize, f64)>);

impl Baseline {
    fn read(text: &str) -> Baseline {
        let row = |line: &str| {
            let mut parts = line.split('\t');
            let name = parts.next()?.to_owned();
            Some((name, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
        };
        Baseline(text.lines().filter_map(row).collect())
    }

    fn seconds(&self, stage: &str, words: usize) -> Option<f64> {
        self.0.iter().find(|(name, of, _)| name == stage && *of == words).map(|(.., seconds)| *seconds)
    }
}

/// A word is added to the middle of a book that was set.
fn set_an_edit(bench: &Bench) -> f64 {
    let mut memo = Memo::default();
    drop(typeset::set_again(&bench.book, &bench.style, &bench.library, &mut memo));
    let mut sources = bench.sources.clone();
    sources.map = SourceMap::default();
    let middle = bench.sources.map.iter().count() / 2;
    for (number, (_, file)) in bench.sources.map.iter().enumerate() {
        let more = if number == middle { "\n\nOne word.\n" } else { "" };
        sources.map.add(file.name.clone(), format!("{}{more}", file.text));
    }
    let book = manuscript::parse(&sources).value;
    timed(|| typeset::set_again(&book, &bench.style, &bench.library, &mut memo))
}

fn shortest(run: &dyn Fn() -> f64) -> f64 {
    let (mut best, mut spent) = (f64::MAX, 0.0);
    while spent < LEAST_SECONDS {
        let seconds = run();
        best = best.min(seconds);
        spent += seconds;
    }
    best
}

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let begin = Instant::now();
    let made = black_box(work());
    let seconds = begin.elapsed().as_secs_f64();
    drop(made);
    seconds
}

/// A book at every stage.
struct Bench {
    words: usize,
    sources: Sources,
    style: Style,
    library: Library,
    paragraphs: Vec<StyledText>,
    items: Vec<PageItem>,
    frame: Frame,
    book: Book,
    pages: Pages,
    store: epub::Store,
}

impl Bench {
    fn new(words: usize) -> Bench {
        let (sources, words) = sources(words);
        let (style, library) = (Style::default(), Library::built_in());
        let book = manuscript::parse(&sources).value;
        let pages = typeset::set(&book, &style, &library).value;
        let paragraphs = paragraphs(&sources, &library);
        let items = items(&paragraphs, &library, &style);
        let depth = style.leading() * i64::from(style.page.lines);
        let frame = Frame { depth, grid: style.leading(), note_gap: style.leading(), starts_recto: true };
        let store = epub::Store::named("generic").unwrap();
        Bench { words, sources, style, library, paragraphs, items, frame, book, pages, store }
    }

    fn edition(&self) -> epub::Edition<'_> {
        epub::Edition {
            book: &self.book,
            style: &self.style,
            fonts: &self.library,
            cover: None,
            pages: &[],
            store: &self.store,
            css: None,
            modified: epub::Modified { date: (2000, 1, 1), time: (0, 0, 0) },
        }
    }
}

/// The handbook's texts, as often as it takes; and how many words they are.
fn sources(least: usize) -> (Sources, usize) {
    let mut sources = Sources::default();
    sources.meta.title = "Many Words".to_owned();
    sources.meta.language = Lang::parse(LANGUAGE).unwrap();
    let (mut words, mut number) = (0, 0);
    while words < least {
        let text = TEXTS[number % TEXTS.len()];
        let file = sources.map.add(format!("{number}.md"), text);
        sources.matter.push(Entry { matter: Matter::Body, item: Item::File(file), span: None });
        words += text.split_whitespace().count();
        number += 1;
    }
    (sources, words)
}

/// The paragraphs of the texts as plain words in one style.
fn paragraphs(sources: &Sources, library: &Library) -> Vec<StyledText> {
    let style = paragraph::style(library, LANGUAGE);
    let texts = sources.map.iter().flat_map(|(_, file)| file.text.split("\n\n"));
    let words = |text: &str| paragraph::words(&style, text.replace('\n', " "));
    texts.map(|text| StyledText { pieces: vec![Piece::Words(words(text))] }).collect()
}

fn form(style: &Style) -> Form {
    Form { first: Abs::pt(15.0), ..paragraph::form(style.measure()) }
}

/// The paragraphs as the page breaker sees them.
fn items(paragraphs: &[StyledText], library: &Library, style: &Style) -> Vec<PageItem> {
    let (form, mut shaper) = (form(style), Shaper::new(library, style));
    let unit = |text: &StyledText| {
        let paragraph = Paragraph::new(text, &form, &mut shaper);
        let shapes = paragraph.variants().iter().map(|breaks| Shape {
            lines: breaks.ends.len().max(1) as u32,
            cost: 0.0,
            hyphens: breaks.hyphenated.clone(),
            own_hyphens: Vec::new(),
            calls: Vec::new(),
        });
        let shapes = shapes.collect();
        PageItem::Lines(Lines {
            leading: style.leading(),
            shapes,
            keep_next: false,
            keep_together: false,
            barrier: false,
            divided: (None, None),
        })
    };
    paragraphs.iter().map(unit).collect()
}

/// Shapes every word that is new.
fn shape(bench: &Bench) -> usize {
    let style = paragraph::style(&bench.library, LANGUAGE);
    let mut cache = ShaperCache::new(&bench.library, Vec::new());
    let cut = cache.instance(&FontInstance {
        face: style.face,
        small_caps: false,
        caps_too: false,
        old_style: true,
        superior: false,
        loose: false,
        lang: "en-GB".into(),
        rtl: false,
    });
    let texts = bench.sources.map.iter().flat_map(|(_, file)| file.text.split_whitespace());
    texts.map(|word| cache.word(cut, word).index()).max().unwrap_or(0)
}

/// Breaks every paragraph; its words were shaped before.
fn break_lines(bench: &Bench) -> f64 {
    let form = form(&bench.style);
    let mut shaper = Shaper::new(&bench.library, &bench.style);
    for text in bench.paragraphs.iter().take(1000) {
        black_box(Paragraph::new(text, &form, &mut shaper));
    }
    timed(|| {
        let breaks = |text: &StyledText| Paragraph::new(text, &form, &mut shaper).variants().len();
        bench.paragraphs.iter().map(breaks).sum::<usize>()
    })
}
