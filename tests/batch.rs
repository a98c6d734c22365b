//! Many books in one call: catalogues, what their books share, and the cache.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(dead_code, reason = "the common files have more than is used here")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/press.rs"]
mod press;
#[path = "common/process.rs"]
mod process;

use press::Press;
use process::{Scratch, kill_after, names_in, said, tool};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A press in a folder that goes with the test.
fn press(name: &str, books: usize, broken: usize) -> Scratch {
    let scratch = Scratch::new(name);
    Press { books, words: 120, broken }.write(&scratch.0);
    scratch
}

/// The tool, run in a folder.
fn here<'a>(scratch: &Scratch, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = tool(arguments);
    command.current_dir(&scratch.0);
    command
}

/// Every file in a folder with its bytes.
fn all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    names_in(folder).into_iter().map(|name| (name.clone(), fs::read(folder.join(&name)).unwrap())).collect()
}

fn record(scratch: &Scratch) -> Value {
    serde_json::from_str(&scratch.read("dist/catalogue.json")).unwrap()
}

fn count(said: &str) -> &str {
    said.lines().last().unwrap().split_once(": ").unwrap().1.split(';').next().unwrap()
}

#[test]
fn what_has_not_changed_is_not_made_again() {
    let scratch = press("batch-unchanged", 6, 0);
    let (code, first) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!((code, count(&first)), (Some(0), "6 built"), "{first}");
    let made = all(&scratch.path("dist"));
    let (_, second) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(count(&second), "6 unchanged", "{second}");
    let text = scratch.read("books/0003/00.md") + "\nOne more line.\n";
    scratch.write("books/0003/00.md", text);
    let (_, third) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(count(&third), "1 built, 5 unchanged", "{third}");
    let now = all(&scratch.path("dist"));
    let differ: Vec<&String> = now.keys().filter(|name| now[*name] != made[*name]).collect();
    assert!(differ.iter().all(|name| name.contains("0003") || *name == "catalogue.json"), "{differ:?}");
    assert!(differ.len() > 2);
    // an output that somebody deletes or overwrites is put back
    fs::remove_file(scratch.path("dist/books/0001/book-0001.pdf")).unwrap();
    scratch.write("dist/books/0002/book-0002.epub", "no book");
    let (_, fourth) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(count(&fourth), "2 from the cache, 4 unchanged", "{fourth}");
    assert_eq!(all(&scratch.path("dist")), now);
}

#[test]
fn many_books_are_the_same_as_each_alone() {
    let scratch = Scratch::new("batch-alone");
    for name in ["one", "two"] {
        assert_eq!(said(&mut here(&scratch, ["new", name])).0, Some(0));
    }
    let (code, words) = said(&mut here(&scratch, ["build", "one", "two"]));
    assert_eq!(code, Some(0), "{words}");
    for name in ["one", "two"] {
        let together = all(&scratch.path(name).join("out"));
        let (_, words) = said(&mut here(&scratch, ["build", name, "--out", "alone"]));
        assert_eq!(all(&scratch.path("alone")), together, "{words}");
        fs::remove_dir_all(scratch.path("alone")).unwrap();
    }
}

#[test]
fn a_broken_book_is_a_result_and_stops_nobody() {
    let scratch = press("batch-broken", 6, 2);
    scratch.write("books/0005/book.toml", "no toml = = at all");
    let (code, words) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("books/0002\nerror[note-unknown]: there is no note `[^absent]`"), "{words}");
    let record = record(&scratch);
    let exits: Vec<i64> =
        record["books"].as_array().unwrap().iter().map(|b| b["exit"].as_i64().unwrap()).collect();
    assert_eq!(exits, [0, 0, 1, 0, 0, 1]);
    assert!(scratch.path("dist/books/0004/book-0004.epub").is_file());
    assert!(!scratch.path("dist/books/0002/book-0002.epub").exists());
    // what is wrong is said again while it is wrong, and costs nothing
    let (code, again) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!((code, count(&again)), (Some(1), "6 unchanged, 2 with errors"), "{again}");
    assert!(again.contains("error[note-unknown]"), "{again}");
    let (code, json) =
        said(&mut here(&scratch, ["check", "catalogue.toml", "--message-format", "json", "-q"]));
    assert_eq!(code, Some(1));
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!((first["book"].as_str(), first["line"].is_u64()), (Some("books/0002"), true), "{json}");
}

#[test]
fn books_share_styles_fonts_and_keys() {
    let scratch = press("batch-shared", 3, 0);
    let face = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/EBGaramond-Regular.ttf");
    fs::create_dir_all(scratch.path("house/fonts")).unwrap();
    fs::copy(face, scratch.path("house/fonts/house.ttf")).unwrap();
    let catalogue = scratch.read("catalogue.toml").replace("styles =", "fonts = \"house/fonts\"\nstyles =");
    scratch.write("catalogue.toml", &catalogue);
    let (code, words) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(code, Some(0), "{words}");
    let built = scratch.read("dist/books/0001/book-0001.build.json");
    for input in
        ["(catalogue) catalogue.toml", "(catalogue) styles/house.toml", "(catalogue) fonts/house.ttf"]
    {
        assert!(built.contains(input), "{input}: {built}");
    }
    let onix = |number: &str| scratch.read(&format!("dist/books/{number}/book-{number}.onix.xml"));
    assert!(onix("0000").contains("House Press") && onix("0001").contains("House Press"));
    assert!(onix("0001").contains("A Second Title") && !onix("0000").contains("A Second Title"));
    // what is said of one book alone changes that one alone
    scratch.write("catalogue.toml", catalogue.replace("A Second", "Another"));
    let (_, words) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(count(&words), "1 built, 2 unchanged", "{words}");
    // and what all share changes all
    scratch.write("house/styles/house.toml", "text.size = \"12pt\"\n");
    let (_, words) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(count(&words), "3 built", "{words}");
    // a key of the catalogue that no book can have is told of at its place
    scratch.write("catalogue.toml", catalogue.replace("publisher =", "publsher ="));
    let (code, words) = said(&mut here(&scratch, ["check", "catalogue.toml", "--only", "books/0000"]));
    assert_eq!(code, Some(1));
    assert!(
        words.contains("`publsher` is not a key of book.toml")
            && words.contains("(catalogue) catalogue.toml:7:1"),
        "{words}"
    );
}

#[test]
fn a_catalogue_is_found_in_its_folder_and_seen_from_anywhere() {
    let scratch = press("batch-here", 2, 0);
    let (code, words) = said(&mut here(&scratch, ["build", "--to", "epub"]));
    assert_eq!((code, count(&words)), (Some(0), "2 built"), "{words}");
    let mut elsewhere = tool(["build", "../../catalogue.toml", "--to", "epub"]);
    let (_, words) = said(elsewhere.current_dir(scratch.path("house/styles")));
    assert_eq!(count(&words), "2 unchanged", "{words}");
    let (_, words) =
        said(&mut here(&scratch, ["build", "--to", "epub", "--style", "novel", "--only", "books/0001"]));
    assert_eq!(count(&words), "1 built", "{words}");
    assert!(scratch.read("dist/books/0001/book-0001.build.json").contains("(command line)"));
}

#[test]
fn a_text_that_comes_back_is_taken_from_the_cache() {
    let scratch = press("batch-back", 2, 0);
    let build = || said(&mut here(&scratch, ["build", "catalogue.toml", "--to", "epub"])).1;
    build();
    let (text, made) = (scratch.read("books/0000/00.md"), all(&scratch.path("dist")));
    scratch.write("books/0000/00.md", format!("{text}\nMore.\n"));
    assert_eq!(count(&build()), "1 built, 1 unchanged");
    scratch.write("books/0000/00.md", text);
    assert_eq!(count(&build()), "1 from the cache, 1 unchanged");
    assert_eq!(all(&scratch.path("dist")), made);
    // a cache that is damaged is as good as none
    for name in names_in(&scratch.path(".pamphleteer-cache")) {
        scratch.write(&format!(".pamphleteer-cache/{name}"), "damaged");
    }
    assert_eq!(count(&build()), "2 built");
    assert_eq!(all(&scratch.path("dist")), made);
}

#[test]
fn some_books_are_chosen() {
    let scratch = press("batch-chosen", 5, 0);
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let ran =
            Command::new("git").current_dir(&scratch.0).args(identity).args(arguments).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    };
    scratch.write(".gitignore", "dist\n.pamphleteer-cache\n");
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "All"]);
    let (code, words) = said(&mut here(&scratch, ["build", "catalogue.toml", "--changed-since", "HEAD"]));
    assert_eq!((code, count(&words)), (Some(0), "nothing to do"), "{words}");
    scratch.write("books/0003/00.md", "# New\n\nNew.\n");
    scratch.write("books/0004/images/unused.txt", "new");
    let (_, words) = said(&mut here(&scratch, ["build", "catalogue.toml", "--changed-since", "HEAD"]));
    assert_eq!(count(&words), "2 built", "{words}");
    scratch.write("house/styles/house.toml", "");
    let (_, words) = said(&mut here(&scratch, ["build", "catalogue.toml", "--changed-since", "HEAD"]));
    assert_eq!(count(&words), "5 built", "{words}");
    let (_, words) = said(&mut here(&scratch, ["build", "catalogue.toml", "--only", "books/*3,books/0001"]));
    assert_eq!(count(&words), "2 unchanged", "{words}");
    assert_eq!(record(&scratch)["books"].as_array().unwrap().len(), 5, "those left out keep their entries");
    for (wrong, says) in [
        (["--only", "books/00004"], "did you mean `books/0000`?"),
        (["--changed-since", "nowhere"], "git knows no commit `nowhere`"),
        (["--changed-since=-x", "-q"], "`-x` is not a commit"),
    ] {
        let (code, words) = said(here(&scratch, ["build", "catalogue.toml"]).args(wrong));
        assert!(code == Some(2) && words.contains(says), "{words}");
    }
}

#[test]
fn what_is_wrong_with_a_catalogue_is_told_at_its_place() {
    let scratch = press("batch-wrong", 2, 0);
    let catalogue = "books = [\"books/*\", \"novels/*\", \"books/0009\", \"house\", \"!nothing\"]\nstyls = \"x\"\nfonts = \"absent\"\n\
        [[book]]\ntitle = \"No folder\"\n[[book]]\nfolder = \"books/0000\"\n[[book]]\nfolder = \"./books/0000/\"\n";
    scratch.write("catalogue.toml", catalogue);
    let (code, words) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(code, Some(1), "{words}");
    for says in [
        "no folder with a book.toml is called `novels/*`",
        "there is no folder `books/0009`",
        "`house` is not a book folder: it has no book.toml",
        "`!nothing` leaves out no book",
        "`styls` is not a key of catalogue.toml",
        "did you mean `styles`?",
        "there is no folder `absent`",
        "`[[book]]` does not say which folder it is about",
        "`books/0000` has two `[[book]]`",
    ] {
        assert!(words.contains(says), "{says}: {words}");
    }
    assert!(scratch.path("books/0001/out/book-0001.epub").is_file(), "the others are built");
    scratch.write("catalogue.toml", "");
    assert!(said(&mut here(&scratch, ["build", "catalogue.toml"])).1.contains("names no books"));
}

#[test]
fn a_kill_loses_nothing() {
    killed("batch-kill", 12);
}

/// Run by whoever has the time: see docs/scale.md.
#[test]
#[ignore = "takes minutes"]
fn a_hundred_kills_lose_nothing() {
    killed("batch-kills", 100);
}

/// Kills the command at random moments while books change, and compares what lies
/// there in the end with what a run makes that nobody kills. In between each output is
/// whole: the command that follows would know otherwise by its hash.
fn killed(name: &str, times: u64) {
    let scratch = press(name, 8, 1);
    let mut dice = dice::Dice(times.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for round in 0..times {
        let book = format!("books/{:04}/00.md", dice.roll(8));
        let text = scratch.read(&book).replace("\nOnce more.\n", "")
            + if round % 2 == 0 { "\nOnce more.\n" } else { "" };
        scratch.write(&book, text);
        let child = here(&scratch, ["build", "catalogue.toml", "--jobs", "3"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        kill_after(child, Duration::from_millis(dice.roll(900) as u64));
        for (file, bytes) in all(&scratch.path("dist")) {
            let whole = match Path::new(&file).extension().and_then(|end| end.to_str()) {
                _ if file.contains(".pamphleteer-unfinished") => true,
                Some("pdf") => bytes.trim_ascii_end().ends_with(b"%%EOF"),
                Some("json") => serde_json::from_slice::<Value>(&bytes).is_ok(),
                Some("epub") => bytes.windows(4).rev().take(70_000).any(|four| four == b"PK\x05\x06"),
                _ => true,
            };
            assert!(whole, "{file} is cut short in round {round}");
        }
    }
    let (code, words) = said(&mut here(&scratch, ["build", "catalogue.toml"]));
    assert_eq!(code, Some(1), "{words}");
    let resumed = all(&scratch.path("dist"));
    let clean = Scratch::new(&format!("{name}-clean"));
    for (file, bytes) in all(&scratch.0) {
        if !file.starts_with("dist") && !file.starts_with(".pamphleteer-cache") {
            clean.write(&file, bytes);
        }
    }
    said(&mut here(&clean, ["build", "catalogue.toml"]));
    let mut expected = all(&clean.path("dist"));
    // of the broken book no edition is made, so that what was made before it broke may lie there
    expected.retain(|_, bytes| !bytes.is_empty());
    assert_eq!(resumed.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (file, bytes) in &expected {
        assert!(resumed[file] == *bytes, "{file} differs");
    }
}
