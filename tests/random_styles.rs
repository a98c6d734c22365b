//! Random tables of style keys, sane and absurd, over random small books: every
//! page proves whole, or a finding stands at a key.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/random_book.rs"]
mod random_book;

use dice::Dice;
use pamphleteer::book::{Book, Contributor, Relator};
use pamphleteer::diag::{Code, Diagnostic, Severity};
use pamphleteer::font::Library;
use pamphleteer::length::{Abs, Length};
use pamphleteer::pages::Pages;
use pamphleteer::sources::Sources;
use pamphleteer::style::{KEYS, Key, Kind, Own, Style, Value, fault_of};
use pamphleteer::{manuscript, project, typeset, verify};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

/// How many tables are tried.
const CASES: u64 = 2048;
/// How many tables with names are tried.
const NAMED_CASES: u64 = 100;
/// How many threads try them.
const THREADS: u64 = 2;

/// The styles that ship with the tool; read once, for two tests at a time would share a folder.
static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| {
    let read = |(name, _): (&str, &str)| {
        let folder = std::env::temp_dir().join(format!("pamphleteer-random-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let toml = format!(
            "title = \"T\"\nlanguage = \"en\"\n[matter]\nbody = [\"t.md\"]\n[style]\nname = \"{name}\"\n"
        );
        std::fs::write(folder.join("book.toml"), toml).unwrap();
        std::fs::write(folder.join("t.md"), "# T\n\nWords.\n").unwrap();
        let project = project::load(&folder, &mut Vec::new()).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        project.style
    };
    project::BUILT_IN_STYLES.into_iter().map(read).collect()
});

/// Lengths that a designer might write, and some that none would.
fn length(dice: &mut Dice, bounds: (f64, f64)) -> Value {
    let (least, most) = bounds;
    let share = dice.roll(1000) as f64 / 1000.0;
    let points = match dice.roll(8) {
        // Small and middling values are likelier than those near the most.
        0..=4 => least + (most - least) * share * share * share,
        5 => least + (most - least) * share,
        6 => [least, most, 0.0, least * 0.99, most * 1.01][dice.roll(5)],
        _ => [-3.0, 1e-5, 400.0, 99_999.0, 0.5][dice.roll(5)],
    };
    Value::Text(match dice.roll(4) {
        0 => format!("{:.3}in", points / 72.0),
        1 => format!("{:.2} mm", points * 25.4 / 72.0),
        2 => format!("{:.3}em", points / 11.0),
        _ => format!("{points:.2}pt"),
    })
}

fn value(dice: &mut Dice, key: &Key, names: bool) -> Value {
    let points = |written: &str| {
        let value = written.trim_matches('"');
        Length::parse(value).map_or(0.0, |l| l.at(Abs::pt(11.0)).to_pt())
    };
    let number = |written: &str| written.parse::<i64>().unwrap_or(0);
    match (key.kind, key.bounds) {
        (Kind::Flag, _) => Value::Flag(dice.roll(2) == 0),
        (Kind::Number, bounds) => {
            let most = bounds.map_or(10, |bounds| number(bounds.most)) as usize;
            Value::Integer(match dice.roll(6) {
                0 => dice.roll(most * 2) as i64 - 3,
                1 => dice.roll(most + 1) as i64,
                _ => dice.roll((most + 1).min(50)) as i64,
            })
        }
        (Kind::Length | Kind::Em, bounds) => {
            let bounds = bounds.map_or((0.0, 100.0), |b| (points(b.least), points(b.most)));
            length(dice, bounds)
        }
        (Kind::Size, _) => {
            Value::Text(dice.pick(&["A5", "A4", "5 x 8 in", "4in x 6in", "3in x 9in"]).to_owned())
        }
        (Kind::Share, _) => Value::Text(format!("{}%", dice.roll(12))),
        (Kind::Choice, _) => Value::Text(dice.pick(key.words).to_owned()),
        (Kind::Words | Kind::List, _) if !names => {
            Value::Text((key.default)().map_or(String::new(), |word| word.trim_matches('"').to_owned()))
        }
        (Kind::Words, _) => Value::Text(name(dice, key)),
        (Kind::List, _) => {
            let count = dice.roll(4);
            Value::List((0..count).map(|_| Value::Text(name(dice, key))).collect())
        }
    }
}

/// A family, a sign, a word or a file: one that there is, one that nobody knows, or one that
/// is no name at all.
fn name(dice: &mut Dice, key: &Key) -> String {
    const NO_NAMES: [&str; 14] = [
        "",
        " ",
        "\n",
        "\u{0}",
        "\u{202e}",
        "\u{ad}",
        "\u{301}",
        "---",
        "-",
        "../etc/passwd",
        "/dev/zero",
        "C:\\fonts",
        "漢字",
        "שלום",
    ];
    let known: &[&str] = match key.path().as_str() {
        "text.exceptions" => &["mani-fest", "pamphlet", "a-b", "-a", "a--b", "é-té"],
        "text.stand-in" => &["□", "?", "·"],
        "list.bullet" => &["•", "–", "*", "->"],
        "cover.front" => &["pamphlet", "novel", "front.jpg"],
        "cover.paper" => &["cream", "white"],
        "cover.colour" => &["#1f3a4d", "red", "#fff"],
        "epub.css" => &["extra.css"],
        path if path.ends_with("ornament") || path == "scene-break.mark" => {
            &["❦", "* * *", "❧ ❧", "※", "***"]
        }
        _ => &["Libertinus Serif", "Libertinus Sans", "EB Garamond", "Source Code Pro", "libertinus serif"],
    };
    match dice.roll(8) {
        0..=4 => dice.pick(known).to_owned(),
        5 => ["No Such Face", "Arial", "no such thing", "Wingdings"][dice.roll(4)].to_owned(),
        6 => dice.pick(&NO_NAMES).to_owned(),
        _ => dice.pick(&["W", "wide ", "漢", "é"]).repeat(1 + dice.roll(300)),
    }
}

/// A table of keys: a trim, and some others. Those of `names` are varied or left alone.
fn table(dice: &mut Dice, names: bool) -> Vec<Own> {
    let trims = ["5.5in x 8.5in", "A5", "A4", "4.25in x 7in", "6in x 9in"];
    let mut own = Vec::new();
    if dice.roll(3) > 0 {
        let value = Value::Text(dice.pick(&trims).to_owned());
        own.push(Own { table: "page".to_owned(), name: "trim".to_owned(), value });
    }
    let is_varied =
        |key: &&Key| names || !matches!(key.kind, Kind::Words | Kind::List) || key.name == "bullet";
    let keys: Vec<&Key> = KEYS.iter().filter(is_varied).collect();
    let most = if dice.roll(4) == 0 { 30 } else { 4 };
    for _ in 0..1 + dice.roll(most) {
        // The page and the text are what books change most.
        let key = if dice.roll(2) == 0 { keys[dice.roll(14)] } else { keys[dice.roll(keys.len())] };
        if own.iter().all(|own| own.table != key.table || own.name != key.name) {
            let value = value(dice, key, names);
            own.push(Own { table: key.table.to_owned(), name: key.name.to_owned(), value });
        }
    }
    own
}

/// The style that such a table makes, as reading book.toml does it: a key that
/// is refused is left out. Whether any was.
fn settled(named: &Style, mut own: Vec<Own>) -> (Style, bool) {
    let given = own.len();
    own.retain(|own| Style::default().set(&own.table, &own.name, &own.value).is_ok());
    while let Some(fault) = fault_of(named, &own) {
        own.remove(fault.key);
    }
    (named.with(&own), own.len() < given)
}

/// A random book with an author for the running heads.
fn sources(dice: &mut Dice) -> Sources {
    let mut sources = random_book::random_book(dice).sources;
    sources.meta.contributors.push(Contributor {
        name: "Joan Ferry".to_owned(),
        sort: "Ferry, Joan".to_owned(),
        role: Relator::AUTHOR,
    });
    sources
}

/// What the proof of the build says.
fn unproved(book: &Book, pages: &Pages) -> Option<String> {
    let mut findings = verify::pages(book, pages).findings.into_iter();
    // words over words are no loss, and are told as a warning, but no style may come to it
    let is_fault =
        |finding: &Diagnostic| finding.severity == Severity::Error || finding.code == Code::TextOverprinted;
    let error = findings.find(is_fault)?;
    Some(format!("{}: {}", error.code, error.message))
}

/// Whether a finding refuses the pages for the sake of a face or a sign that nobody has.
fn lacks_type(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && matches!(finding.code, Code::FaceMissing | Code::GlyphMissing)
}

/// Whether a key of one case was refused, and what is wrong with its pages.
fn tried(seed: u64, names: bool, styles: &[Style], fonts: &Library) -> (bool, Option<String>) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..8 {
        dice.roll(2);
    }
    let named = &styles[dice.roll(styles.len())];
    let own = table(&mut dice, names);
    let said: Vec<String> = own.iter().map(|o| format!("{}.{} = {}", o.table, o.name, o.value)).collect();
    let (style, refused) = settled(named, own);
    let sources = sources(&mut dice);
    let book = manuscript::parse(&sources).value;
    let set = catch_unwind(AssertUnwindSafe(|| typeset::set(&book, &style, fonts)));
    let (trouble, unset) = match set {
        Err(_) => (Some("panic".to_owned()), false),
        // faces and signs that there are not are found while the book is set
        Ok(set) if set.findings.iter().any(lacks_type) => (None, true),
        Ok(set) => (unproved(&book, &set.value), false),
    };
    let refused = refused || unset;
    (refused, trouble.map(|trouble| format!("case {seed}: {trouble}\n  {}", said.join("\n  "))))
}

#[test]
fn random_styles_lose_nothing() {
    lose_nothing(CASES, false);
}

/// The same for faces, signs and files: some that there are, some that nobody knows, and some that are no names.
#[test]
fn random_names_lose_nothing() {
    lose_nothing(NAMED_CASES, true);
}

fn lose_nothing(count: u64, names: bool) {
    let styles = &*STYLES;
    let fonts = Library::built_in();
    #[allow(clippy::disallowed_methods, reason = "whoever looks for a fault names the cases")]
    let cases = std::env::var("PAMPHLETEER_CASES").map_or(1..=count, |range| {
        let (from, to) = range.split_once('-').unwrap_or((&range, &range));
        from.parse().unwrap()..=to.parse().unwrap()
    });
    let tried: Vec<(bool, Option<String>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let (styles, fonts, cases) = (&styles, &fonts, cases.clone());
                scope.spawn(move || {
                    let mine = cases.filter(|seed| seed % THREADS == thread);
                    mine.map(|seed| tried(seed, names, styles, fonts)).collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let troubles: Vec<&str> = tried.iter().filter_map(|(_, trouble)| trouble.as_deref()).collect();
    let shown: Vec<&str> = troubles.iter().take(20).copied().collect();
    assert!(troubles.is_empty(), "{} cases lose something:\n{}", troubles.len(), shown.join("\n"));
    let refused = tried.iter().filter(|(refused, _)| *refused).count();
    let share = refused as f64 / tried.len() as f64;
    assert!(tried.len() < 100 || (0.2..0.8).contains(&share), "{share} of the tables are refused");
}

#[test]
fn what_is_lost_is_seen() {
    let fonts = Library::built_in();
    let book = manuscript::parse(&sources(&mut Dice(77))).value;
    let mut style = STYLES[0].clone();
    assert_eq!(unproved(&book, &typeset::set(&book, &style, &fonts).value), None);
    style.page.lines = 90;
    style.page.top = Length::Abs(Abs::inches(6.0));
    assert!(unproved(&book, &typeset::set(&book, &style, &fonts).value).is_some());
}
