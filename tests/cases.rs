//! Small books, each with what is right about it: `tests/cases/NAME/` is a book
//! with a `case.toml` beside its `book.toml`. All of them are run, and all that
//! came out otherwise is told at once.
//!
//! ```toml
//! right = "one sentence: what a reader or an author must see"
//! args  = ["build", "--to", "epub,pdf"]  # this when left out; the book's folder is added
//! exit  = 0                              # this when left out
//! says  = ["isbn-invalid", "line 3"]     # stderr holds each of these …
//! never = ["panicked"]                   # … and none of these
//! makes = [".epub", "-print.pdf"]        # files in out/ with these endings are there …
//! lacks = ["-cover.pdf"]                 # … and none with these
//!
//! [pages]                                # the words of the pages, set by the library; line ends are spaces
//! has   = ["words in a row"]
//! never = ["000"]
//! count = 12                             # how many pages
//!
//! [out."text/01.xhtml"]                  # a file of the EPUB, or of out/, by the end of its name; "" is all of them
//! has   = ["<h1>"]
//! never = ["<h1></h1>"]
//! ```

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::pages::{Item, Pages};
use pamphleteer::{manuscript, project, terms, typeset};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use toml::{Table, Value};

/// A case in a folder of its own, which goes with it.
struct Case {
    name: String,
    spec: Table,
    folder: PathBuf,
    faults: Vec<String>,
}

impl Drop for Case {
    fn drop(&mut self) {
        // what is left in the folder of temporary files harms nobody
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn every_case_comes_out_right() {
    let mut names: Vec<PathBuf> =
        fs::read_dir("tests/cases").unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    if let Some(only) = option_env!("CASE") {
        names.retain(|name| name.ends_with(only));
    }
    assert!(!names.is_empty(), "there are no cases");
    let half = names.len().div_ceil(2);
    let faults: Vec<String> = std::thread::scope(|scope| {
        let first = scope.spawn(|| faults_of_all(&names[..half]));
        let second = faults_of_all(&names[half..]);
        [first.join().unwrap(), second].concat()
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn faults_of_all(sources: &[PathBuf]) -> Vec<String> {
    sources.iter().flat_map(|source| faults_of(source)).collect()
}

fn faults_of(source: &Path) -> Vec<String> {
    let name = source.file_name().unwrap().to_string_lossy().into_owned();
    let spec: Table = match fs::read_to_string(source.join("case.toml")) {
        Ok(text) => text.parse().unwrap_or_else(|error| panic!("{name}: case.toml: {error}")),
        Err(error) => panic!("{name}: no case.toml: {error}"),
    };
    let known = ["right", "args", "exit", "says", "never", "makes", "lacks", "pages", "out"];
    if let Some(key) = spec.keys().find(|key| !known.contains(&key.as_str())) {
        panic!("{name}: `{key}` is no key of a case");
    }
    assert!(spec.get("right").is_some_and(Value::is_str), "{name}: it does not say what is right");
    let folder = std::env::temp_dir().join(format!("pamphleteer-case-{name}-{}", std::process::id()));
    copy(source, &folder);
    let mut case = Case { name, spec, folder, faults: Vec::new() };
    case.run();
    case.judge_pages();
    case.judge_files();
    std::mem::take(&mut case.faults)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else if entry.file_name() != "case.toml" {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    let list = table.get(key).map(|list| list.as_array().expect("a list of texts"));
    list.into_iter().flatten().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

impl Case {
    fn fault(&mut self, fault: &str) {
        let right = self.spec["right"].as_str().unwrap_or_default();
        let fault = format!("{}: {fault}\n    right: {right}", self.name);
        self.faults.push(fault);
    }

    fn run(&mut self) {
        let mut args = texts(&self.spec, "args");
        if args.is_empty() {
            args = ["build", "--to", "epub,pdf"].map(str::to_owned).to_vec();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_pamphleteer"));
        command.arg(&args[0]).arg(&self.folder).args(&args[1..]).args(["--color", "never"]);
        let ran = command.current_dir(&self.folder).output().unwrap();
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        let wanted = self.spec.get("exit").and_then(Value::as_integer).unwrap_or(0);
        if ran.status.code().map(i64::from) != Some(wanted) {
            self.fault(&format!(
                "it ended with {:?} instead of {wanted}; it said:\n{said}",
                ran.status.code()
            ));
        }
        let spec = self.spec.clone();
        self.compare("what it said", &said, &texts(&spec, "says"), &texts(&spec, "never"));
        self.judge_names(&texts(&spec, "makes"), &texts(&spec, "lacks"));
    }

    fn compare(&mut self, what: &str, text: &str, has: &[String], never: &[String]) {
        for words in has.iter().filter(|words| !text.contains(words.as_str())) {
            self.fault(&format!("{what} lacks `{words}`; it is:\n{}", clipped(text)));
        }
        for words in never.iter().filter(|words| text.contains(words.as_str())) {
            let at = text.find(words.as_str()).unwrap_or(0);
            let from = text[..at].char_indices().rev().nth(80).map_or(0, |(at, _)| at);
            self.fault(&format!("{what} has `{words}`: …{}", clipped(&text[from..])));
        }
    }

    fn judge_names(&mut self, makes: &[String], lacks: &[String]) {
        let names: Vec<String> = self.files().into_iter().map(|(name, _)| name).collect();
        for end in makes.iter().filter(|end| !names.iter().any(|name| name.ends_with(end.as_str()))) {
            self.fault(&format!("no file `…{end}` was made, but {names:?}"));
        }
        for end in lacks.iter().filter(|end| names.iter().any(|name| name.ends_with(end.as_str()))) {
            self.fault(&format!("a file `…{end}` was made"));
        }
    }

    /// The files in out/.
    fn files(&self) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(self.folder.join("out")).into_iter().flatten().flatten();
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path())).collect()
    }

    fn judge_pages(&mut self) {
        let Some(wanted) = self.spec.get("pages").and_then(Value::as_table).cloned() else { return };
        let mut findings = Vec::new();
        let project = project::load(&self.folder, &mut findings).unwrap();
        let mut book = manuscript::parse(&project.sources).take(&mut findings);
        terms::number_titles(&mut book, &project.style);
        let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
        let words = words_of(&pages);
        self.compare("the text of the pages", &words, &texts(&wanted, "has"), &texts(&wanted, "never"));
        let count = pages.pages.len();
        if wanted.get("count").and_then(Value::as_integer).is_some_and(|wanted| wanted != count as i64) {
            self.fault(&format!("there are {count} pages"));
        }
    }

    fn judge_files(&mut self) {
        let Some(out) = self.spec.get("out").and_then(Value::as_table).cloned() else { return };
        let texts_made = self.texts_made();
        for (end, wanted) in &out {
            let wanted = wanted.as_table().expect("a table");
            let found: Vec<&(String, String)> =
                texts_made.iter().filter(|(name, _)| name.ends_with(end.as_str())).collect();
            if found.is_empty() {
                self.fault(&format!("no file `…{end}` was made"));
            }
            let text: String = found.iter().map(|(_, text)| text.as_str()).collect();
            self.compare(&format!("`…{end}`"), &text, &texts(wanted, "has"), &texts(wanted, "never"));
        }
    }

    /// Every text in out/ and in the EPUB there, with its name.
    fn texts_made(&self) -> Vec<(String, String)> {
        let mut made = Vec::new();
        for (name, path) in self.files() {
            let bytes = fs::read(&path).unwrap_or_default();
            if name.ends_with(".epub") {
                let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                for index in 0..zip.len() {
                    let mut file = zip.by_index(index).unwrap();
                    let mut text = String::new();
                    let name = file.name().unwrap().into_owned();
                    if file.read_to_string(&mut text).is_ok() {
                        made.push((name, text));
                    }
                }
            } else if let Ok(text) = String::from_utf8(bytes) {
                made.push((name, text));
            }
        }
        made.sort();
        made
    }
}

/// The words of all pages in painting order. Runs that touch are one word.
fn words_of(pages: &Pages) -> String {
    let mut words = String::new();
    for page in &pages.pages {
        let mut last = None;
        for placed in &page.items {
            let Item::Run(run) = &placed.item else { continue };
            let touches = last.is_some_and(|(y, x)| y == placed.at.y && placed.at.x.to_pt() - x < 0.5);
            if !touches && !words.ends_with(' ') {
                words.push(' ');
            }
            words.push_str(&run.text);
            last = Some((placed.at.y, (placed.at.x + run.width()).to_pt()));
        }
        let _ = write!(words, " ");
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clipped(text: &str) -> String {
    text.chars().take(1500).collect()
}
