//! Small transcriptions, each with what is right about it: `tests/import/NAME/`
//! is an input (`in.*`, or a folder `in` of page files) with a `case.toml`.
//!
//! ```toml
//! right = "one sentence: what the editor must find"
//! args  = ["--dialect", "plain"]   # further arguments of `import`
//! exit  = 0                        # this when left out
//! says  = ["import-shape"]         # what it said holds each of these …
//! never = ["panicked"]             # … and none of these
//! has   = ["# The Mill"]           # the texts hold each of these, line ends and all …
//! lacks = ["{12}"]                 # … and none of these
//! files = ["01-the-mill.md"]       # these files are there
//! settings = ["title = \"The Mill\""] # book.toml holds each of these
//! ```

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use toml::{Table, Value};

#[test]
fn every_transcription_comes_in_right() {
    let mut cases: Vec<PathBuf> =
        fs::read_dir("tests/import").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    if let Some(only) = option_env!("CASE") {
        cases.retain(|case| case.ends_with(only));
    }
    assert!(!cases.is_empty(), "there are no cases");
    let faults: Vec<String> = cases.iter().flat_map(|case| faults_of(case)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    let list = table.get(key).map(|list| list.as_array().expect("a list of texts"));
    list.into_iter().flatten().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

/// The case as its `case.toml` has it; a key that it does not know is a fault of the case.
fn spec_of(case: &Path) -> Table {
    let spec: Table = fs::read_to_string(case.join("case.toml")).unwrap().parse().unwrap();
    let known = ["right", "args", "exit", "says", "never", "has", "lacks", "files", "settings"];
    let strange = spec.keys().find(|key| !known.contains(&key.as_str()));
    assert!(strange.is_none(), "{}: {strange:?} is no key of a case", case.display());
    assert!(spec.get("right").is_some_and(Value::is_str), "{}: what is right?", case.display());
    spec
}

fn faults_of(case: &Path) -> Vec<String> {
    let spec = spec_of(case);
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    let input = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
    let input = input.into_iter().find(|path| path.file_stem().is_some_and(|stem| stem == "in")).unwrap();
    let out = std::env::temp_dir().join(format!("pamphleteer-import-{name}-{}", std::process::id()));
    let ran = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
        .args(["import", "--color", "never"])
        .arg(&input)
        .arg("--into")
        .arg(&out)
        .args(texts(&spec, "args"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    let written = texts_of(&out);
    let settings = fs::read_to_string(out.join("book.toml")).unwrap_or_default();
    let names: Vec<&str> = written.iter().map(|(name, _)| name.as_str()).collect();
    let book: String = written.iter().map(|(_, text)| text.as_str()).collect();
    let mut faults = Vec::new();
    let exit = spec.get("exit").and_then(Value::as_integer).unwrap_or(0);
    if ran.status.code().map(i64::from) != Some(exit) {
        faults.push(format!("it ended with {:?} instead of {exit}", ran.status.code()));
    }
    let lacking = |what: &str, key: &str, text: &str| -> Vec<String> {
        let missing = texts(&spec, key).into_iter().filter(|words| !text.contains(words.as_str()));
        missing.map(|words| format!("{what} lacks `{words}`")).collect()
    };
    let having = |what: &str, key: &str, text: &str| -> Vec<String> {
        let there = texts(&spec, key).into_iter().filter(|words| text.contains(words.as_str()));
        there.map(|words| format!("{what} has `{words}`")).collect()
    };
    faults.extend(lacking("what it said", "says", &said));
    faults.extend(having("what it said", "never", &said));
    faults.extend(lacking("the book", "has", &book));
    faults.extend(having("the book", "lacks", &book));
    faults.extend(lacking("book.toml", "settings", &settings));
    let files = texts(&spec, "files").into_iter().filter(|file| !names.contains(&file.as_str()));
    faults.extend(files.map(|file| format!("there is no `{file}`, but {names:?}")));
    // what is left in the folder of temporary files harms nobody
    let _ = fs::remove_dir_all(&out);
    let right = spec["right"].as_str().unwrap_or_default();
    let told = if faults.is_empty() { String::new() } else { format!("\n  said:\n{said}\n  book:\n{book}") };
    let all = faults.join("\n  ");
    if all.is_empty() { Vec::new() } else { vec![format!("{name}: {all}\n  right: {right}{told}")] }
}

/// The Markdown files that were written, front matter first.
fn texts_of(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(String, String)> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    found.sort_by_key(|(name, _)| (name != "imprint.md", name.clone()));
    found
}
