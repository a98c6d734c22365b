//! What a book names is a file in its folder or nothing: no device, no pipe, no
//! link and no path that leads out; and what the user names on the command line
//! is a regular file.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(dead_code, reason = "not every test needs all of the common part")]

#[path = "common/process.rs"]
mod process;

use process::{Scratch, said, tool};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

/// What stands in the file outside, and must never be read.
const SECRET: &str = "the-secret-of-the-house";

/// A folder with a secret, and a book beside it with all manner of things that are no files of it.
fn house(name: &str) -> Scratch {
    let house = Scratch::new(name);
    for secret in ["secret.md", "secret.toml", "secret.css", "secret.svg", "fonts/secret.otf"] {
        house.write(secret, SECRET);
    }
    house.write("book/text.md", "# One\n\nWords.\n");
    let book = house.path("book");
    for ending in ["md", "toml", "css", "svg", "otf"] {
        let name = |what: &str| book.join(format!("{what}.{ending}"));
        let pipe = Command::new("mkfifo").arg(name("pipe")).status().unwrap();
        assert!(pipe.success());
        symlink("/dev/zero", name("zero")).unwrap();
        symlink(name("circle"), name("circle")).unwrap();
        symlink(house.path("nothing"), name("dangling")).unwrap();
        symlink(house.path(&format!("secret.{ending}")), name("out")).unwrap();
        fs::create_dir(name("folder")).unwrap();
        fs::File::create(name("huge")).unwrap().set_len(65 << 20).unwrap();
    }
    symlink(&house.0, book.join("up")).unwrap();
    house
}

/// Names that lead to no file of the book, without their ending.
const NAMES: &[&str] = &[
    "/dev/zero",
    "pipe",
    "zero",
    "circle",
    "dangling",
    "out",
    "folder",
    "huge",
    "up/secret",
    "../secret",
    "./../secret",
    "a/../../secret",
    "//server/share/secret",
    "C:/secret",
    "c:secret",
    "NUL",
    "",
];

fn named(name: &str, ending: &str) -> String {
    if name.starts_with("/dev/") { name.to_owned() } else { format!("{name}.{ending}") }
}

/// A book that names one of them in every place, and what stands in its text.
fn book_naming(name: &str) -> (String, String) {
    let of = |ending: &str| named(name, ending);
    let toml = format!(
        "title = \"Seen\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\", \"{}\"]\n[outputs]\nprinter = \"{}\"\n\
         [style]\nname = \"../{name}\"\n[style.epub]\ncss = \"{}\"\n[style.cover]\nfront = \"{}\"\n",
        of("md"),
        of("toml"),
        of("css"),
        of("svg")
    );
    (toml, format!("# One\n\nWords.\n\n![A picture](<{}>)\n", of("svg")))
}

#[test]
fn no_name_in_a_book_leads_to_anything_but_its_files() {
    let house = house("doors");
    let mut faults = Vec::new();
    for name in NAMES {
        let (toml, text) = book_naming(name);
        house.write("book/book.toml", toml);
        house.write("book/text.md", text);
        let (code, words) = said(tool(["check", "--to", "epub,print"]).arg(house.path("book")));
        let named = words.matches("error[").count();
        if code != Some(1) || named < 6 || words.contains(SECRET) || words.contains("panicked") {
            faults.push(format!("{name:?}: {code:?}, {named} of 6 places\n{words}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn links_inside_the_folder_lead_to_its_files() {
    let book = Scratch::book("inside", "# One\n\nWords.\n");
    fs::rename(book.path("text.md"), book.path("words.md")).unwrap();
    symlink("words.md", book.path("text.md")).unwrap();
    let (code, words) = said(tool(["build", "--to", "epub"]).arg(&book.0));
    assert_eq!(code, Some(0), "{words}");
}

#[test]
fn fonts_from_outside_are_not_taken() {
    let house = house("fonts");
    symlink(house.path("fonts"), house.path("book/fonts")).unwrap();
    house.write("book/book.toml", "title = \"Seen\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n");
    let (code, words) = said(tool(["check", "--to", "epub"]).arg(house.path("book")));
    assert!(code == Some(1) && words.contains("`fonts` leads out"), "{words}");
    assert!(!words.contains("secret.otf"), "{words}");
}

#[test]
fn what_the_user_names_is_a_regular_file() {
    let house = house("given");
    let book = Scratch::book("given-book", "# One\n\nWords.\n");
    let (pipe, folder, huge) =
        (house.path("book/pipe.toml"), house.path("book/folder.toml"), house.path("book/huge.toml"));
    for (given, reason) in [
        (Path::new("/dev/zero"), "a device or a pipe"),
        (&pipe, "a device or a pipe"),
        (&folder, "a folder"),
        (&huge, "KiB is the most"),
    ] {
        for option in ["--printer", "--store"] {
            let (code, words) = said(tool(["check"]).arg(&book.0).arg(option).arg(given));
            assert!(code == Some(2) && words.contains(reason), "{option} {}: {words}", given.display());
        }
    }
    for given in [Path::new("/dev/zero"), &pipe, &huge] {
        let (code, words) = said(tool(["import"]).arg(given).arg("--into").arg(house.path("new")));
        assert!(code == Some(1) && words.contains("error"), "{}: {words}", given.display());
        assert!(!house.path("new").exists());
    }
}

/// Page files are bounded together, as a transcription in one file is.
#[test]
fn pages_of_a_transcription_are_bounded_together() {
    let house = Scratch::new("many-pages");
    for number in 1..=12 {
        house.write(&format!("pages/{number}.txt"), "word \n".repeat(1 << 19));
    }
    let (code, words) = said(tool(["import"]).arg(house.path("pages")).arg("--into").arg(house.path("book")));
    assert!(code == Some(1) && words.contains("24 MiB is the most"), "{words}");
    assert!(!house.path("book/decisions.toml").exists());
}

/// The record of an earlier build is a file like any other.
#[test]
fn the_record_of_an_earlier_build_is_not_trusted() {
    let house = house("record");
    let book = Scratch::book("record-book", "# One\n\nWords.\n");
    let wrap = |printer: &str| {
        format!(
            "{{\"outputs\": [{{\"file\": \"/dev/zero\", \"sha256\": \"0\"}}, {{\"file\": \"../../x\", \"wrap\": \
             {{\"printer\": \"{printer}\", \"pages\": 2, \"spine_mm\": 3, \"trim_mm\": [1, 2]}}}}]}}"
        )
    };
    for printer in ["/dev/zero", "../secret.toml", &house.path("book/pipe.toml").to_string_lossy()] {
        book.write("out/seen.build.json", wrap(printer));
        let (code, words) = said(tool(["build", "--to", "epub"]).arg(&book.0));
        assert!(code == Some(0) && !words.contains(SECRET), "{words}");
        assert!(!book.read("out/seen.build.json").contains("/dev/zero"));
    }
    fs::remove_file(book.path("out/seen.build.json")).unwrap();
    assert!(Command::new("mkfifo").arg(book.path("out/seen.build.json")).status().unwrap().success());
    let (code, words) = said(tool(["build", "--to", "epub"]).arg(&book.0));
    assert!(code == Some(3) && words.contains("no file stands in its place"), "{words}");
}

/// A book from elsewhere does not choose where its outputs go.
#[test]
fn outputs_go_nowhere_else() {
    let book = Scratch::book("out-link", "# One\n\nWords.\n");
    let elsewhere = Scratch::new("elsewhere");
    symlink(&elsewhere.0, book.path("out")).unwrap();
    for command in ["build", "check", "proof"] {
        let (code, words) = said(tool([command]).arg(&book.0));
        assert!(code == Some(3) && words.contains("name the folder of the outputs with --out"), "{words}");
    }
    let (code, words) = said(tool(["styles"]).arg(&book.0));
    assert!(code == Some(3) && words.contains("name the folder of the outputs with --out"), "{words}");
    fs::remove_file(book.path("out")).unwrap();
    fs::create_dir(book.path("out")).unwrap();
    symlink(&elsewhere.0, book.path("out/seen-png")).unwrap();
    let (code, words) = said(tool(["build", "--to", "png"]).arg(&book.0));
    assert!(code == Some(3) && words.contains("is no folder"), "{words}");
    symlink(&elsewhere.0, book.path("out/.pamphleteer-unfinished")).unwrap();
    elsewhere.write("journal.json", r#"[{"file":"moved","old":"Nothing"}]"#);
    elsewhere.write("0.new", SECRET);
    let (code, words) = said(tool(["build", "--to", "epub"]).arg(&book.0));
    assert_eq!(code, Some(0), "{words}");
    assert!(!book.path("out/moved").exists());
    assert_eq!(process::names_in(&elsewhere.0), ["0.new", "journal.json"]);
}

/// A folder to import may hold links: none is followed, and where one looks like a text of the book that is said.
#[test]
fn an_import_of_a_folder_follows_no_links_and_says_so() {
    let house = house("import-links");
    house.write("site/one.md", "# One\n\nWords.\n");
    symlink(house.path("secret.md"), house.path("site/two.md")).unwrap();
    symlink(house.path("secret.svg"), house.path("site/picture.svg")).unwrap();
    symlink(house.path("book"), house.path("site/more")).unwrap();
    let (code, words) = said(tool(["import"]).arg(house.path("site")).arg("--into").arg(house.path("new")));
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("texts of site were not read: `two.md` (a link)\n"), "{words}");
    for entry in fs::read_dir(house.path("new")).unwrap() {
        let text = fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&text).contains(SECRET));
    }
}
