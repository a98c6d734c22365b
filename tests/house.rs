//! How the source is written, read off the source itself: words, lengths, comments, names.
//!
//! ARCHITECTURE.md's own rules are in architecture.rs. `cargo test --release --test house -- --nocapture` prints the
//! figures that docs/measurements.md quotes.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/source.rs"]
mod source;

use source::source;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file of the source with its text, in order, each by its place in its crate.
fn files() -> Vec<(PathBuf, String)> {
    source().into_iter().map(|file| (file.place, file.text)).collect()
}

/// The code of a file without its unit tests.
fn without_tests(text: &str) -> &str {
    let tests = text.match_indices("#[cfg(test)]\nmod tests {").map(|(at, _)| at).next();
    &text[..tests.unwrap_or(text.len())]
}

/// Whether a word stands in a line, alone.
fn has_word(line: &str, word: &str) -> bool {
    line.to_lowercase().match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let lower = line.to_lowercase();
        !letter(lower[..at].chars().next_back()) && !letter(lower[at + word.len()..].chars().next())
    })
}

#[test]
fn no_private_words_are_left() {
    const WORDS: [&str; 6] = ["evil", "slab", "docket", "whence", "loath", "reckoned"];
    for (path, text) in files() {
        for (line, number) in text.lines().zip(1..) {
            let found = WORDS.iter().find(|word| has_word(line, word));
            assert_eq!(found, None, "{}:{number}", path.display());
        }
    }
}

/// The lengths of all functions, each from its first line to its last, as rustfmt lays them out.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let mut words = bare.split(' ').skip_while(|word| {
            word.starts_with("pub") || word.ends_with("super)") || matches!(*word, "const" | "in")
        });
        if words.next() != Some("fn") || bare.starts_with("//") {
            continue;
        }
        let ends = |line: &&&str| {
            line.len() - line.trim_start().len() == indent && line.trim_start().starts_with('}')
        };
        let declared = bare.ends_with(';');
        let one_line = bare.ends_with('}') && bare.contains('{');
        let length = match declared || one_line {
            true => 1,
            false => 1 + lines[at + 1..].iter().take_while(|line| !ends(line)).count() + 1,
        };
        found.push((length, at + 1));
    }
    found
}

#[test]
fn functions_are_short() {
    let mut all = Vec::new();
    for (path, text) in files() {
        all.extend(functions(&text).into_iter().map(|(length, line)| (length, path.clone(), line)));
    }
    all.sort();
    let at = |share: usize| all[all.len() * share / 100].0;
    println!("functions: {}, half up to {} lines, nine in ten up to {}", all.len(), at(50), at(90));
    let (longest, path, line) = all.last().unwrap();
    println!("the longest has {longest}: {}:{line}", path.display());
    assert!(at(90) <= 30, "nine in ten functions have up to {} lines", at(90));
    assert!(*longest <= 80, "{}:{line} has {longest} lines", path.display());
}

#[test]
fn the_layout_says_why() {
    let (mut code, mut comments, mut docs) = (0, 0, 0);
    for (_, text) in files().into_iter().filter(|(place, _)| place.starts_with("typeset")) {
        for line in without_tests(&text).lines().map(str::trim).filter(|line| !line.is_empty()) {
            code += 1;
            match line {
                _ if line.starts_with("///") || line.starts_with("//!") => docs += 1,
                _ if line.starts_with("//") => comments += 1,
                _ => {}
            }
        }
    }
    let share = |part: i32| f64::from(part * 100) / f64::from(code);
    println!("typeset: {code} lines, {:.2} % comments, {:.1} % documentation", share(comments), share(docs));
    assert!(share(comments) >= 5.0, "comments are {:.2} % of the lines of typeset", share(comments));
}

#[test]
fn the_composer_is_small() {
    let text = fs::read_to_string("crates/typeset/src/typeset/compose/composer.rs").unwrap();
    let body = text.split_once("pub struct Composer<'a> {").unwrap().1.split_once("\n}").unwrap().0;
    let fields: Vec<&str> = body.lines().map(str::trim).filter(|line| line.starts_with("pub")).collect();
    println!("the composer has {} fields", fields.len());
    assert!((1..=10).contains(&fields.len()), "{fields:?}");
    assert!(!fields.iter().any(|field| field.contains(": bool")), "{fields:?}");
}

/// Names that once stood for many things each.
const ONE_IDEA: [&str; 8] = ["Part", "Page", "Sheet", "Shape", "Proof", "Book", "Style", "Seen"];

#[test]
fn a_name_is_one_idea() {
    let mut types: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, text) in files() {
        for line in without_tests(&text).lines() {
            let words = line.trim_start().trim_start_matches("pub(super) ").trim_start_matches("pub ");
            let Some(name) = words.strip_prefix("struct ").or_else(|| words.strip_prefix("enum ")) else {
                continue;
            };
            let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(name);
            if let Some(known) = ONE_IDEA.iter().find(|known| **known == name) {
                types.entry(known).or_default().push(path.display().to_string());
            }
        }
    }
    for (name, places) in types {
        // the models of other programs' books have a book, a block and a style of their own
        let ours: Vec<&String> = places.iter().filter(|place| !place.starts_with("convert/")).collect();
        assert!(ours.len() <= 1, "{name} is the name of {ours:?}");
    }
}

/// Where a greatest number is a bound that another crate asks for, or the end of what is counted.
const GREATEST: [&str; 8] = [
    "epub/toc.rs",
    "font/sound.rs",
    "narrow.rs",
    "pages/mod.rs",
    "picture/jpeg.rs",
    "style/fit.rs",
    "style/follow.rs",
    "terms/numerals.rs",
];

#[test]
fn no_number_stands_for_none() {
    for (path, text) in files() {
        let allowed = GREATEST.iter().any(|known| path == Path::new(known));
        for (line, number) in text.lines().zip(1..) {
            let sentinel = ["u8::MAX", "u16::MAX", "u32::MAX", "usize::MAX", "u64::MAX"]
                .iter()
                .any(|max| line.contains(max));
            let saturated = line.contains("try_from") || line.contains("unwrap_or(");
            assert!(!sentinel || saturated || allowed, "{}:{number}: say it with an Option", path.display());
        }
    }
}

/// Who may take every kind of block in hand: the visitors, and who turns blocks into something else.
const TAKES_BLOCKS: [&str; 9] = [
    "book/block.rs",
    "book/visit.rs",
    "epub/block.rs",
    "manuscript/markdown/end.rs",
    "manuscript/raw.rs",
    "manuscript/resolve/mod.rs",
    "manuscript/shape/mod.rs",
    "manuscript/visit.rs",
    "typeset/compose/block.rs",
];

#[test]
fn blocks_are_walked_in_one_place() {
    // a definition holds terms and meanings: who follows them walks the tree
    for (path, text) in files() {
        if path.starts_with("convert") || TAKES_BLOCKS.iter().any(|known| path == Path::new(known)) {
            continue;
        }
        let walks = without_tests(&text).contains("BlockKind::Definitions(")
            && (text.contains(".meanings") && text.contains(".terms"));
        assert!(!walks, "{} walks blocks by itself: ask book::visit", path.display());
    }
}

#[test]
fn the_door_is_small() {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let below = |start: &'static str| {
        let pairs = text.lines().zip(text.lines().skip(1)).filter(move |(_, line)| line.starts_with(start));
        pairs.filter(|(above, _)| !above.contains("#[doc(hidden)]")).map(|(_, line)| line)
    };
    let names = below("pub use ").flat_map(|line| {
        let list = line.rsplit("::").next().unwrap().trim_matches(['{', '}', ';']);
        list.split(", ").map(|name| name.trim_matches(['{', '}', ';']).to_owned()).collect::<Vec<_>>()
    });
    let names: Vec<String> = names.collect();
    println!("the crate promises {}: {names:?}", names.len());
    assert!((10..=20).contains(&names.len()), "{names:?}");
    assert_eq!(below("pub mod ").count(), 0, "a module is neither hidden nor part of the door");
}
