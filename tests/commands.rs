//! Transcripts of commands: what somebody types, and what comes back.
//!
//! Each file of tests/golden/commands is a session in an empty folder. A line
//! `$ pamphleteer …` is run; below it stand standard output after `|`, the error
//! stream after `!`, and `= CODE` where it did not end with 0. `| head N` and
//! `| grep WORD` behind a command keep the first lines, or those with a word, of
//! its output. `$ write FILE` makes a file of the lines after `+`. Lines that
//! begin with `#` say what the session shows. Seconds and sizes are dots.
//!
//! `ACCEPT=1 cargo test --test commands` accepts what comes out.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/golden.rs"]
mod golden;

use golden::Golden;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn every_session_goes_as_it_went() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/commands");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 8, "the sessions are gone");
    let mut golden = Golden::default();
    for file in files {
        let script = fs::read_to_string(&file).unwrap();
        golden.compare(&file, &played(&script, &file.file_stem().unwrap().to_string_lossy()));
    }
    golden.finish();
}

/// The session with what comes back now.
fn played(script: &str, name: &str) -> String {
    let home = std::env::temp_dir().join(format!("pamphleteer-session-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(&home).unwrap();
    let mut out = String::new();
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(file) = line.strip_prefix("$ write ") {
            let mut text = String::new();
            let _ = writeln!(out, "{line}");
            while let Some(words) = lines.next_if(|line| line.starts_with('+')) {
                let _ = writeln!(out, "{words}");
                let _ = writeln!(text, "{}", words.trim_start_matches('+').strip_prefix(' ').unwrap_or(""));
            }
            fs::create_dir_all(home.join(file).parent().unwrap()).unwrap();
            fs::write(home.join(file), text).unwrap();
        } else if let Some(command) = line.strip_prefix("$ ") {
            let _ = write!(out, "{line}\n{}", run(command, &home));
        } else if line.is_empty() || line.starts_with('#') {
            let _ = writeln!(out, "{line}");
        }
    }
    fs::remove_dir_all(&home).unwrap();
    out
}

/// What a command says in that folder.
fn run(command: &str, home: &Path) -> String {
    let (command, filter) =
        command.split_once(" | ").map_or((command, ""), |(command, filter)| (command, filter));
    let words = command.strip_prefix("pamphleteer").expect("a session runs pamphleteer").split_whitespace();
    let ran = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
        .args(words)
        .current_dir(home)
        .env("COLUMNS", "100")
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap();
    let mut out = String::new();
    let text = |bytes: &[u8]| quiet(&String::from_utf8_lossy(bytes)).replace(&*home.to_string_lossy(), "~");
    let said = text(&ran.stdout);
    let kept: Vec<&str> = match filter.split_once(' ') {
        Some(("head", count)) => said.lines().take(count.parse().unwrap()).collect(),
        Some(("grep", word)) => said.lines().filter(|line| line.contains(word)).collect(),
        _ => said.lines().collect(),
    };
    let marked = |mark: char, line: &str| format!("{mark} {line}").trim_end().to_owned() + "\n";
    kept.into_iter().for_each(|line| out.push_str(&marked('|', line)));
    text(&ran.stderr).lines().for_each(|line| out.push_str(&marked('!', line)));
    if ran.status.code() != Some(0) {
        let _ = writeln!(out, "= {}", ran.status.code().unwrap_or(-1));
    }
    out
}

/// Words without what differs from run to run: seconds, and sizes of files.
fn quiet(text: &str) -> String {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').collect();
        let shown = |(at, word): (usize, &&str)| match words.get(at + 1) {
            Some(unit) if is_number(word) && ["s", "KiB"].contains(unit) => "…".to_owned(),
            _ => (*word).to_owned(),
        };
        words.iter().enumerate().map(shown).collect::<Vec<_>>().join(" ")
    };
    // Columns of numbers are padded; one space is enough here.
    let squeezed = |line: String| match line.contains("… KiB") || line.contains("… s") {
        true => line.split_whitespace().collect::<Vec<_>>().join(" "),
        false => line,
    };
    text.lines().map(|l| squeezed(line(l)) + "\n").collect()
}
