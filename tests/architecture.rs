//! The rules of ARCHITECTURE.md, read off the source itself.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/source.rs"]
mod source;

use source::{SourceFile, source};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms alone may name a crate or a part of the standard library.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("pulldown_cmark", &["manuscript"]),
    ("harfrust", &["font"]),
    ("krilla", &["pdf"]),
    ("lopdf", &["import", "pdf"]),
    ("zip::", &["epub", "convert"]),
    ("sha1_smol", &["epub"]),
    ("hypher", &["hyphenate"]),
    ("encoding_rs", &["encoding"]),
    ("unicode_script", &["book"]),
    ("spellbook", &["spelling"]),
    ("strsim", &["diag"]),
    ("unicode_bidi", &["typeset"]),
    ("clap", &["cli"]),
    ("notify::", &["cli"]),
    ("toml_edit", &["cli"]),
    ("std::fs", &["project", "cli"]),
    ("std::env", &["project", "cli"]),
    ("std::time", &["project", "cli"]),
    ("std::process", &["project", "cli", "main"]),
];

/// A file with its room, its code without tests and comments, and the rest.
struct File {
    room: String,
    code: String,
    file: SourceFile,
}

fn files() -> Vec<File> {
    let told = |file: SourceFile| File { room: room(&file.place), code: code(&file.text), file };
    source().into_iter().map(told).collect()
}

fn room(place: &Path) -> String {
    place.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn code(text: &str) -> String {
    let is_tests = |at: usize| text[at..].lines().nth(1).is_some_and(|line| line.ends_with("mod tests {"));
    let tests = text.match_indices("#[cfg(test)]").map(|(at, _)| at).find(|at| is_tests(*at));
    let before_tests = &text[..tests.unwrap_or(text.len())];
    let lines = before_tests.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths that a file uses, each as its names from the root of the crate: those of
/// `use` trees, with their braces opened, and those that stand in the code itself.
fn used_paths(code: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for statement in code.split("use ").skip(1) {
        let tree = statement.split(';').next().unwrap_or("");
        open_tree(tree, &[], &mut paths);
    }
    for start in ["crate::", "super::", "self::"] {
        for (at, _) in code.match_indices(start) {
            let goes_on = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            // `pub(in crate::font)` says who may see, and uses nothing.
            if !goes_on && !code[..at].ends_with("(in ") {
                let end = code[at..].find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
                let path = &code[at..at + end.unwrap_or(code.len() - at)];
                // A group's names were opened above; what is before the brace is no path.
                if path.ends_with("::") {
                    continue;
                }
                paths.push(path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect());
            }
        }
    }
    paths.into_iter().filter_map(|path| absolute(&path, module)).collect()
}

/// Adds every path of a `use` tree: `a::{b, c::{d, e}}` is `a::b`, `a::c::d` and `a::c::e`.
fn open_tree(tree: &str, before: &[String], paths: &mut Vec<Vec<String>>) {
    let tree = tree.trim();
    let (names, group) = match tree.split_once('{') {
        Some((names, group)) => (names, Some(group.trim_end().trim_end_matches('}'))),
        None => (tree.split(" as ").next().unwrap_or(""), None),
    };
    let names = names.split("::").map(str::trim).filter(|name| !name.is_empty() && *name != "self");
    let mut path = before.to_vec();
    // `self::` at the very start says where the path begins, and stays.
    if before.is_empty() && tree.starts_with("self::") {
        path.push("self".to_owned());
    }
    path.extend(names.map(str::to_owned));
    match group {
        None => paths.push(path),
        Some(group) => branches(group).into_iter().for_each(|branch| open_tree(branch, &path, paths)),
    }
}

/// The branches of a group, at its commas but not at those of groups inside.
fn branches(group: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&group[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&group[from..]);
    found.into_iter().filter(|branch| !branch.trim().is_empty()).collect()
}

/// The path from the root of the crate; `None` for one that leads out of it.
fn absolute(path: &[String], module: &[String]) -> Option<Vec<String>> {
    let mut here = module.to_vec();
    let mut rest = path;
    match path.first()?.as_str() {
        "crate" => (here, rest) = (Vec::new(), &path[1..]),
        "self" => rest = &path[1..],
        "super" => {
            while rest.first().is_some_and(|name| name == "super") {
                here.pop()?;
                rest = &rest[1..];
            }
        }
        // A child module of this file, or another crate: the caller looks it up.
        _ => {}
    }
    here.extend(rest.iter().cloned());
    Some(here)
}

/// The names of a file's module from the root of the crate.
fn module_of(place: &Path) -> Vec<String> {
    let inside = place.with_extension("");
    let names = inside.components().map(|name| name.as_os_str().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    if names.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        names.pop();
    }
    names
}

/// The rooms that a file enters.
fn entered(file: &File) -> BTreeSet<String> {
    used_paths(&file.code, &module_of(&file.file.place))
        .into_iter()
        .filter_map(|path| path.into_iter().next())
        .collect()
}

/// Which rooms each room may enter, as the table of ARCHITECTURE.md has it;
/// `cli`, `main` and `lib` may enter all.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    let mut allowed = BTreeMap::new();
    for row in rows {
        let (room, rest) = row.split_once('`').unwrap();
        let uses = rest.rsplit(" | ").next().unwrap();
        if uses != "everything" {
            allowed.insert(room.to_owned(), named(uses));
        }
    }
    assert!(allowed.len() > 20, "the table was not found");
    allowed
}

/// The rooms of a list such as `book, terms (months)`; a dash is none.
fn named(list: &str) -> BTreeSet<String> {
    let words = list.split(", ").map(|item| item.split(' ').next().unwrap_or(""));
    words.filter(|word| *word != "–").map(str::to_owned).collect()
}

#[test]
fn rooms_enter_where_the_table_says() {
    let allowed = allowed();
    let mut really: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files() {
        let (room, path) = (&file.room, file.file.path.display());
        if ["cli", "main", "lib"].contains(&room.as_str()) {
            continue;
        }
        let entered = entered(&file).into_iter().filter(|other| other != room && allowed.contains_key(other));
        let entered: BTreeSet<String> = entered.collect();
        match allowed.get(room) {
            Some(may) => faults
                .extend(entered.difference(may).map(|other| format!("{path}: {room} may not use {other}"))),
            None => faults.push(format!("{path} is in no room of ARCHITECTURE.md")),
        }
        really.entry(room.clone()).or_default().extend(entered);
    }
    for (room, may) in &allowed {
        let needs = really.get(room).unwrap_or_else(|| panic!("{room} is in the table alone"));
        faults.extend(may.difference(needs).map(|other| format!("{room} does not use {other} any more")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The files of the crate, and which of them a path leads to.
struct Crate {
    files: Vec<(Vec<String>, PathBuf, String)>,
    modules: BTreeMap<Vec<String>, usize>,
    /// What each module exports that is not its own: name and path.
    exports: BTreeMap<Vec<String>, Vec<String>>,
}

impl Crate {
    fn read() -> Crate {
        let files: Vec<_> = files()
            .into_iter()
            .map(|file| (module_of(&file.file.place), file.file.path, file.code))
            .collect();
        let modules = files.iter().enumerate().map(|(n, (module, ..))| (module.clone(), n)).collect();
        let mut exports = BTreeMap::new();
        for (module, _, code) in &files {
            for statement in code.split("use ").skip(1).zip(code.split("use ")) {
                let is_export = statement
                    .1
                    .trim_end()
                    .rsplit('\n')
                    .next()
                    .is_some_and(|line| line.trim().starts_with("pub"));
                let mut paths = Vec::new();
                open_tree(statement.0.split(';').next().unwrap_or(""), &[], &mut paths);
                for path in paths.into_iter().filter(|_| is_export).filter_map(|path| absolute(&path, module))
                {
                    let name = [module.as_slice(), &path[path.len() - 1..]].concat();
                    exports.insert(name, path);
                }
            }
        }
        Crate { files, modules, exports }
    }

    /// The file that a path leads to. What a module only passes on is looked for where
    /// it comes from.
    fn file_of(&self, path: &[String]) -> Option<usize> {
        let passed_on = (1..=path.len()).find_map(|len| {
            let passed_on = |from: &&Vec<String>| from.as_slice() != &path[..len];
            let from = self.exports.get(&path[..len]).filter(passed_on)?;
            if self.modules.contains_key(&path[..len]) {
                return None;
            }
            Some([from.as_slice(), &path[len..]].concat())
        });
        if let Some(path) = passed_on {
            return self.file_of(&path);
        }
        (1..=path.len()).rev().find_map(|len| self.modules.get(&path[..len])).copied()
    }

    /// The files of its room that each file uses.
    fn uses(&self) -> Vec<BTreeSet<usize>> {
        let uses = |(n, (module, _, code)): (usize, &(Vec<String>, PathBuf, String))| {
            let used = used_paths(code, module).into_iter().filter_map(|path| self.file_of(&path));
            used.filter(|other| *other != n && self.files[*other].0.first() == module.first()).collect()
        };
        self.files.iter().enumerate().map(uses).collect()
    }
}

/// A file uses another when one of its paths leads into that file. Two files
/// that use each other cannot be read one after the other, nor moved apart.
#[test]
fn no_files_of_a_room_use_each_other_in_a_circle() {
    let tree = Crate::read();
    let uses = tree.uses();
    let reached: Vec<BTreeSet<usize>> = (0..uses.len()).map(|n| reached(n, &uses)).collect();
    let circles: BTreeSet<Vec<String>> = (0..uses.len())
        .filter(|n| reached[*n].contains(n))
        .map(|n| {
            let circle = reached[n].iter().filter(|other| reached[**other].contains(&n));
            circle.map(|other| tree.files[*other].1.display().to_string()).collect()
        })
        .collect();
    assert!(circles.is_empty(), "{circles:#?}");
}

/// All that can be reached from a file, itself only when it is in a circle.
fn reached(from: usize, uses: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = uses[from].iter().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(&uses[next]);
        }
    }
    reached
}

#[test]
fn use_trees_are_opened() {
    let module = ["typeset".to_owned(), "walk".to_owned()];
    let code =
        "use super::{a::{B, c::D}, e};\nuse crate::book::X as Y;\nfn f() { crate::diag::g(); self::h() }";
    let paths: Vec<String> = used_paths(code, &module).iter().map(|path| path.join("::")).collect();
    let wanted =
        ["typeset::a::B", "typeset::a::c::D", "typeset::e", "book::X", "diag::g", "typeset::walk::h"];
    for path in wanted {
        assert!(paths.iter().any(|found| found == path), "{path} in {paths:?}");
    }
}

#[test]
fn outside_things_have_one_room_each() {
    let mut faults = Vec::new();
    for File { room, code, file } in files() {
        for (thing, allowed) in ONLY_IN {
            let really = code.match_indices(thing).any(|(at, _)| {
                let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
                let goes_on =
                    thing.ends_with(part_of_word) && code[at + thing.len()..].starts_with(part_of_word);
                !code[..at].ends_with(part_of_word) && !goes_on
            });
            if really && !allowed.contains(&room.as_str()) {
                faults.push(format!("{}: `{thing}` belongs in {allowed:?}", file.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_its_job() {
    for file in source() {
        let says = file.text.starts_with("//! ");
        assert!(says, "{} does not open by saying its one job", file.path.display());
    }
}

#[test]
fn no_stage_prints() {
    for File { room, code, file } in files() {
        for word in ["println!", "print!(", "eprint", "dbg!", "io::stdout", "io::stderr"] {
            assert!(room == "cli" || !code.contains(word), "{} prints with {word}", file.path.display());
        }
    }
}
