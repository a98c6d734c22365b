//! Books that come back from their own PDF: by its tags, and by positions alone.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn run(args: &[&str], path: &Path, more: &[&str]) {
    let ran =
        Command::new(env!("CARGO_BIN_EXE_pamphleteer")).args(args).arg(path).args(more).output().unwrap();
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// A folder of its own, which goes with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // what is left in the folder of temporary files harms nobody
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("pamphleteer-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    Folder(folder)
}

/// A book of two texts: paragraphs of many lengths, notes, a quotation, verse, a list.
fn book(folder: &Path) {
    let words: Vec<&str> =
        "the ferry lay at a lower stage in fog and whoever had business on the far bank walked up to \
                            the bridge which was tolled and spoke of it at the inn until somebody paid"
            .split(' ')
            .collect();
    let mut texts = String::new();
    for text in 1..=2 {
        let mut out = format!("# Crossing number {text}\n\n");
        for paragraph in 0..24usize {
            let length = 9 + (paragraph * 37 + text * 11) % 120;
            let line: Vec<&str> =
                (0..length).map(|n| words[(n * 7 + paragraph * 3 + text) % words.len()]).collect();
            let call = if paragraph % 5 == 2 { format!("[^{paragraph}]") } else { String::new() };
            out.push_str(&format!(
                "Paragraph {text}.{paragraph} says that {} for *once*.{call}\n\n",
                line.join(" ")
            ));
            if paragraph % 5 == 2 {
                out.push_str(&format!(
                    "[^{paragraph}]: Note {text}.{paragraph}, as {}.\n\n",
                    line[..8].join(" ")
                ));
            }
            if paragraph == 7 {
                out.push_str("## Of the rope\n\n");
            }
        }
        fs::write(folder.join(format!("0{text}.md")), out).unwrap();
        texts.push_str(&format!("\"0{text}.md\", "));
    }
    let toml = format!(
        "title = \"The Ferry\"\nlanguage = \"en\"\ncreator = \"Mary Weir\"\n[matter]\nfront = [\"title-page\", \"contents\"]\n\
         body = [{}]\nback = []\n",
        texts.trim_end_matches(", ")
    );
    let toml = toml.replace("creator = \"Mary Weir\"\n", "");
    fs::write(folder.join("book.toml"), toml + "[[contributor]]\nname = \"Mary Weir\"\nrole = \"aut\"\n")
        .unwrap();
}

/// The paragraphs, headings and notes of all texts of a folder, without marks.
fn passages(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "md") && !path.ends_with("imprint.md"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for passage in text.split("\n\n") {
            let mut out = String::new();
            let mut rest = passage;
            while let Some((before, comment)) = rest.split_once("<!--") {
                out.push_str(before);
                rest = comment.split_once("-->").unwrap().1;
            }
            out.push_str(rest);
            let (label, words) = match out.strip_prefix("[^").and_then(|note| note.split_once("]:")) {
                Some((_, words)) => ("note: ", words.to_owned()),
                None if out.starts_with('#') => ("title: ", out.trim_start_matches('#').to_owned()),
                None => ("", out),
            };
            let words = words.split("[^").next().unwrap().trim().replace(['*', '\n'], " ");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
            found.push(format!("{label}{words}"));
        }
    }
    found.retain(|passage| !passage.is_empty());
    found
}

/// How many of the book's passages came back whole, and those that did not.
fn share(wanted: &[String], found: &[String]) -> (f64, Vec<String>) {
    let missing: Vec<String> = wanted.iter().filter(|passage| !found.contains(passage)).cloned().collect();
    (1.0 - missing.len() as f64 / wanted.len() as f64, missing)
}

#[test]
fn a_book_comes_back_from_its_pdf() {
    let source = folder("positions-book");
    book(&source.0);
    run(&["build"], &source.0, &["--to", "pdf,print"]);
    let wanted = passages(&source.0);
    for (file, least) in [("the-ferry.pdf", 1.0), ("the-ferry-print.pdf", 0.98)] {
        let into = folder(&format!("positions-{file}"));
        let out = into.0.join("recovered");
        run(&["import"], &source.0.join("out").join(file), &["--into", out.to_str().unwrap()]);
        let found = passages(&out);
        let (share, missing) = share(&wanted, &found);
        assert!(share >= least, "{file}: {share:.3} of the passages came back; not {missing:#?}");
    }
}

#[test]
fn broken_files_with_positions_end_in_a_finding() {
    let source = folder("positions-broken");
    book(&source.0);
    run(&["build"], &source.0, &["--to", "pdf"]);
    let whole = fs::read(source.0.join("out/the-ferry.pdf")).unwrap();
    for step in [7usize, 211, 1009] {
        let mut broken = whole.clone();
        broken.iter_mut().step_by(step * 13).for_each(|byte| *byte = byte.wrapping_add(97));
        let _ = pamphleteer::import::text_of_positions(&[broken]);
        let _ = pamphleteer::import::text_of_positions(&[whole[..whole.len() / step].to_vec()]);
    }
    for text in ["<html><div class='ocr_page'>", "<alto>", "<PcGts><Page><TextLine>", "%PDF-1.7\n"] {
        let read = pamphleteer::import::text_of_positions(&[text.as_bytes().to_vec()]);
        assert!(read.is_some_and(|text| text.is_err()));
    }
}
