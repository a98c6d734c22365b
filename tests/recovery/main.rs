//! How well `import` recovers books: sets the books of `PAMPHLETEER_BOOKS` as
//! old editions were set, prints them as each dialect prints, and holds what
//! is recovered against the manuscript.
//!
//! `cargo test --release --test recovery -- --ignored --nocapture` prints the
//! table; `RECOVERY_SEEDS=0..8`, `RECOVERY_DIALECT=Reader` and `RECOVERY_OUT=FOLDER`
//! choose what is set, and write it with its faults.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(clippy::print_stdout, reason = "the table is printed")]
#![allow(clippy::disallowed_methods, reason = "whoever runs the test names the books")]

mod book;
mod calibration;
mod dialects;
#[path = "../common/dice.rs"]
mod dice;
mod habits;
mod press;
mod score;

use book::Book;
use calibration::{HARMS, Harm, Word};
use dialects::{DIALECTS, Dialect};
use dice::Dice;
use habits::Habits;
use pamphleteer::diag::SourceMap;
use pamphleteer::import::{Request, recover};
use press::{NoteMarks, Setting};
use score::{Score, plain_words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// From this seed on editions are of the wider kind, with the [`Habits`] of real ones.
const WIDER: u64 = 20_000;
/// From this seed on they have parts, indexes of two columns, pages that were scanned twice or lost.
const WIDEST: u64 = 40_000;

/// The books' folders.
fn books() -> Vec<PathBuf> {
    let Ok(folder) = std::env::var("PAMPHLETEER_BOOKS") else { return Vec::new() };
    let entries = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    found.retain(|p| {
        !["hamlet", "howto-programmer-ru", "conquest-of-bread-straight"].iter().any(|n| p.ends_with(n))
    });
    found.sort();
    found
}

/// An edition by its seed.
fn edition(seed: u64, dialect: Dialect) -> Option<(dialects::Printed, Vec<Vec<String>>)> {
    edition_of(seed, dialect, 5000)
}

/// An edition by its seed, of so many words at least.
fn edition_of(seed: u64, dialect: Dialect, words: usize) -> Option<(dialects::Printed, Vec<Vec<String>>)> {
    harmed(seed, dialect, words, Harm::Whole)
}

/// An edition by its seed, of so many words at least, to which harm was done.
fn harmed(
    seed: u64,
    dialect: Dialect,
    words: usize,
    harm: Harm,
) -> Option<(dialects::Printed, Vec<Vec<String>>)> {
    let books = books();
    if books.is_empty() {
        return None;
    }
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    (0..8).for_each(|_| _ = dice.roll(2));
    let folder = &books[seed as usize % books.len()];
    let mut book = Book::read(folder, words + dice.roll(9000), &mut dice);
    let notes = dice.roll(5) > 0;
    book.adorn(&mut dice, notes);
    let habits = (seed >= WIDER).then(|| {
        let mut dice = Dice(seed.wrapping_mul(0xd134_2543_de82_ef95) | 1);
        (0..8).for_each(|_| _ = dice.roll(2));
        let mut habits = Habits::roll(&mut dice, seed >= WIDEST);
        habits.sidenotes &= matches!(dialect, Dialect::Distributor | Dialect::Proofreaders);
        habits.apply(&mut book, &mut dice);
        habits
    });
    let marks = [NoteMarks::Anew, NoteMarks::Running, NoteMarks::Running, NoteMarks::Stars];
    let setting = Setting {
        measure: 46 + dice.roll(26),
        lines: 26 + dice.roll(20),
        first: [1, 1, 3, 7, 9, 13][dice.roll(6)],
        roman: dice.roll(3) as u32,
        plates: dice.roll(4) == 0,
        marks: marks[dice.roll(4)],
        titles: dice.roll(4),
        habits,
    };
    let mut edition = press::set(&book, &setting);
    if let Some(habits) =
        setting.habits.as_ref().filter(|_| seed >= WIDEST && dialect != Dialect::Distributor)
    {
        let numbers_show = matches!(dialect, Dialect::Reader | Dialect::Layout | Dialect::Wikisource);
        habits.misplace(&mut edition.pages, numbers_show, &mut dice);
    }
    let mut other = Dice(seed.wrapping_mul(0xa076_1d64_78bd_642f) | 1);
    (0..8).for_each(|_| _ = other.roll(2));
    harm.displace(&mut edition.pages, &mut other);
    let mut printed = dialects::print(dialect, &book, &edition, &setting, &mut Dice(dice.0));
    if harm != Harm::Whole {
        harm.misprint(&mut edition, &mut other);
        printed.text = dialects::print(dialect, &book, &edition, &setting, &mut dice).text;
    }
    let text = |note: &Vec<book::Word>| note.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    // a note whose call fell out with the end of a long title is printed nowhere
    let called: BTreeSet<usize> =
        book.blocks.iter().flat_map(|b| &b.words).filter_map(|word| word.note).collect();
    let notes = called.iter().map(|n| plain_words(&text(&book.notes[*n]))).collect();
    Some((printed, notes))
}

fn import(text: &str) -> Option<Vec<(String, String)>> {
    let mut map = SourceMap::default();
    let file = map.add("edition.txt", text);
    let request = Request {
        name: "edition.txt",
        text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
        dictionary: None,
    };
    let checked = recover(&request);
    if checked.value.is_none() {
        println!("{:?}", checked.findings);
    }
    Some(checked.value?.files)
}

fn judge(seed: u64, dialect: Dialect) -> Option<Score> {
    let (printed, notes) = edition(seed, dialect)?;
    let files = import(&printed.text).unwrap_or_default();
    let score = score::score(&printed.truth, &files, &notes, &printed.matter);
    if let Ok(out) = std::env::var("RECOVERY_OUT") {
        let folder = PathBuf::from(out).join(format!("{dialect:?}-{seed}"));
        _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("in.txt"), &printed.text).unwrap();
        std::fs::write(folder.join("faults.txt"), score.faults.join("\n")).unwrap();
        files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    }
    Some(score)
}

fn row(name: &str, s: &Score) {
    println!(
        "| {name} | {:.1} ({}) | {:.1} | {:.1} ({}) | {:.1} ({}) | {:.1} ({}) | {} | {} | {} |",
        s.pages.percent(),
        s.pages.1,
        s.sure.percent(),
        s.titles.percent(),
        s.titles.1,
        s.calls.percent(),
        s.calls.1,
        s.paragraphs.percent(),
        s.paragraphs.1,
        s.lost,
        s.left,
        s.hyphens
    );
}

#[test]
#[ignore = "prints the table"]
fn table() {
    let seeds = std::env::var("RECOVERY_SEEDS").unwrap_or("0..8".into());
    let (from, to) = seeds.split_once("..").unwrap();
    let (from, to): (u64, u64) = (from.parse().unwrap(), to.parse().unwrap());
    let only = std::env::var("RECOVERY_DIALECT").unwrap_or_default();
    println!(
        "| dialect | page marks | sure right | titles | calls | paragraphs | words lost | left in | hyphens |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut whole = Score::default();
    for dialect in DIALECTS.into_iter().filter(|d| only.is_empty() || format!("{d:?}") == only) {
        let mut all = Score::default();
        for seed in from..to {
            let Some(score) = judge(seed, dialect) else { return };
            if !only.is_empty() {
                row(&format!("{dialect:?} {seed}"), &score);
            }
            all.join(&score);
        }
        row(&format!("**{dialect:?}**"), &all);
        whole.join(&all);
    }
    bins(&whole.bins);
}

/// Prints how many marks are said to be how sure, and how many of these are right.
fn bins(all: &BTreeMap<u32, score::Share>) {
    println!("\n| said to be sure, % | marks | right, % |\n|--:|--:|--:|");
    for (from, to) in BINS {
        let shares = all.range(from..to).map(|(_, share)| *share);
        let share = shares.fold(score::Share::default(), |a, b| score::Share(a.0 + b.0, a.1 + b.1));
        println!("| {from} to {} | {} | {:.1} |", to - 1, share.1, share.percent());
    }
}

/// Of editions with harm done to them, how many of the marks that are said to be sure are right.
#[test]
#[ignore = "prints the table"]
fn word() {
    let seeds = std::env::var("RECOVERY_SEEDS").unwrap_or("0..8".into());
    let (from, to) = seeds.split_once("..").unwrap();
    let (from, to): (u64, u64) = (from.parse().unwrap(), to.parse().unwrap());
    let only = std::env::var("RECOVERY_DIALECT").unwrap_or_default();
    let harms = std::env::var("RECOVERY_HARM").unwrap_or_default();
    let mut all = Word::default();
    println!(
        "| printed as | harm | said to be sure | of these right, % | of all right and sure, % |\n|---|---|--:|--:|--:|"
    );
    for dialect in DIALECTS.into_iter().filter(|d| only.is_empty() || format!("{d:?}") == only) {
        for harm in HARMS.into_iter().filter(|h| harms.is_empty() || format!("{h:?}") == harms) {
            if !calibration::shows(harm, dialect) {
                continue;
            }
            let (mut whole, mut wanted) = (Word::default(), 0);
            for seed in from..to {
                let Some((printed, _)) = harmed(seed, dialect, 5000, harm) else { return };
                let files = import(&printed.text).unwrap_or_default();
                let word = calibration::word(&printed.truth, &files);
                wanted += printed.truth.matches(dialects::PAGE.0).count();
                if let Ok(out) = std::env::var("RECOVERY_OUT") {
                    let folder = PathBuf::from(out).join(format!("{dialect:?}-{harm:?}-{seed}"));
                    _ = std::fs::remove_dir_all(&folder);
                    std::fs::create_dir_all(&folder).unwrap();
                    std::fs::write(folder.join("in.txt"), &printed.text).unwrap();
                    files.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
                    println!(
                        "{dialect:?} {harm:?} {seed}: {}/{} {:?}",
                        word.sure.0, word.sure.1, word.faults
                    );
                }
                whole.join(&word);
            }
            let share = 100.0 * whole.sure.0 as f64 / wanted.max(1) as f64;
            println!(
                "| {dialect:?} | {harm:?} | {} | {:.1} | {share:.1} ({wanted}) |",
                whole.sure.1,
                whole.sure.percent()
            );
            all.join(&whole);
        }
    }
    bins(&all.bins);
}

/// How sure marks are said to be, in parts of a hundred: what the table of calibration counts together.
const BINS: [(u32, u32); 6] = [(0, 60), (60, 75), (75, 90), (90, 95), (95, 98), (98, 101)];

/// The page marks of a recovered folder, each with the words behind it.
fn marks(files: &[(String, String)]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, text) in files.iter().filter(|(name, _)| name.ends_with(".md")) {
        for part in text.split("<!-- page ").skip(1) {
            let Some((label, rest)) = part.split_once(" -->") else { continue };
            let words: Vec<String> =
                plain_words(rest).into_iter().filter(|w| w != "estimated").take(5).collect();
            found.push((label.to_owned(), words.join(" ")));
        }
    }
    found
}

/// What is changed in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    /// Two page signs, rules or numbers go.
    Removed,
    /// Two stand where none did.
    Added,
    /// Two stand elsewhere than they did.
    Moved,
    /// Two stand twice.
    Doubled,
}

/// Whether a line is a sign between pages, a rule, or a number alone.
fn is_sign(line: &str) -> bool {
    let bare = line.trim_matches(['\u{c}', ' ', '-', '_', '—', '{', '}']);
    let mark = line.strip_prefix("[Pg ").is_some_and(|rest| rest.ends_with(']'));
    let proof = line.starts_with("-----File");
    mark || proof
        || line.len() > 1 && bare.len() <= 4 && bare.chars().all(|c| c.is_ascii_digit() || "ivxl".contains(c))
}

/// A text with two of its signs gone, or two more.
fn damaged(text: &str, damage: Damage, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let signs: Vec<usize> = (0..lines.len()).filter(|i| is_sign(&lines[*i])).collect();
    for _ in 0..wanted("RECOVERY_SIGNS").unwrap_or(2) {
        let Some(sign) = signs.get(dice.roll(signs.len().max(1))).copied() else { break };
        let own = lines[sign].trim_start_matches('\u{c}').to_owned();
        if matches!(damage, Damage::Removed | Damage::Moved) {
            let feed = if lines[sign].starts_with('\u{c}') { "\u{c}" } else { "" };
            feed.clone_into(&mut lines[sign]);
        }
        let near = if damage == Damage::Added { 0..lines.len() } else { sign.saturating_sub(40)..sign + 40 };
        let free =
            |i: &usize| *i > 0 && lines.get(*i).is_some_and(String::is_empty) && lines[*i - 1].len() > 20;
        let free: Vec<usize> = near.filter(free).collect();
        let at = match damage {
            Damage::Removed => None,
            Damage::Doubled => Some(sign),
            Damage::Added | Damage::Moved => free.get(dice.roll(free.len().max(1))).copied(),
        };
        match at {
            Some(at) if at == sign => lines[at] = format!("{}\n\n{own}", lines[at]),
            Some(at) => lines[at] = format!("\n{own}\n"),
            None => {}
        }
    }
    lines.join("\n")
}

/// A number that whoever runs the test names.
fn wanted(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// The damages that are tried: those of every run, or the one that `RECOVERY_DAMAGE` names.
fn damages() -> Vec<Damage> {
    let named = std::env::var("RECOVERY_DAMAGE").unwrap_or_default();
    let all = [Damage::Removed, Damage::Added, Damage::Moved, Damage::Doubled];
    let found: Vec<Damage> = all.into_iter().filter(|damage| format!("{damage:?}") == named).collect();
    if found.is_empty() { all[..2].to_vec() } else { found }
}

/// The editions that are damaged: those of every run, or those of the seeds `RECOVERY_SEEDS`.
fn damaged_seeds() -> Vec<u64> {
    let named = std::env::var("RECOVERY_SEEDS").unwrap_or_default();
    let range = named.split_once("..").and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    range.map_or(vec![3002, 3003, 3006, 3007], Iterator::collect)
}

/// No sign is trusted alone: when two of them go, or two more stand there, hardly any page mark but theirs changes.
#[test]
#[ignore = "needs PAMPHLETEER_BOOKS"]
fn two_signs_change_little() {
    let only = std::env::var("RECOVERY_DIALECT").unwrap_or_default();
    let out = std::env::var("RECOVERY_OUT").ok().map(PathBuf::from);
    let mut worst = Vec::new();
    for dialect in DIALECTS.into_iter().filter(|d| only.is_empty() || format!("{d:?}") == only) {
        for damage in damages() {
            let (mut changed, mut all, mut most) = (0, 0, 0.0_f64);
            for seed in damaged_seeds() {
                let Some((printed, _)) = edition_of(seed, dialect, 45_000) else { return };
                let before = marks(&import(&printed.text).unwrap_or_default());
                for throw in 0..2 {
                    let mut dice = Dice((seed * 16 + throw) * 2 + 1);
                    (0..4).for_each(|_| _ = dice.roll(2));
                    let text = damaged(&printed.text, damage, &mut dice);
                    let after = marks(&import(&text).unwrap_or_default());
                    let lost: Vec<_> = before.iter().filter(|mark| !after.contains(mark)).collect();
                    if let Some(out) = &out {
                        let name = format!("{dialect:?}-{seed}-{damage:?}-{throw}");
                        std::fs::create_dir_all(out).unwrap();
                        std::fs::write(out.join(name), &text).unwrap();
                        println!(
                            "{dialect:?} {seed} {damage:?} {throw}: {} of {}: {:?}",
                            lost.len(),
                            before.len(),
                            lost.iter().take(8).map(|m| &m.0).collect::<Vec<_>>()
                        );
                    }
                    all += before.len();
                    changed += lost.len();
                    most = most.max(100.0 * lost.len() as f64 / before.len().max(1) as f64);
                }
            }
            println!("| {dialect:?} | {damage:?} | {changed} of {all} | {most:.1} % |");
            worst.extend((most > 2.0).then(|| format!("{dialect:?} {damage:?}: {most:.1} %")));
        }
    }
    assert!(worst.is_empty(), "{worst:?}");
}
