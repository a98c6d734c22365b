//! `check` finds what `build` finds and ends as it ends, and writes nothing.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/outside.rs"]
mod outside;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// What a book is built for: nobody in particular, a printer, a shop, both.
const WISHES: &[&[&str]] = &[
    &[],
    &["--printer", "kdp"],
    &["--store", "apple"],
    &["--printer", "ingram", "--store", "kdp", "--to", "epub,print,cover,home"],
];

/// The folders below `root` that hold a book, in order.
fn books(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder.join("book.toml").is_file() {
            found.push(folder.clone());
        }
        let inside = fs::read_dir(&folder).into_iter().flatten().flatten();
        folders.extend(inside.map(|entry| entry.path()).filter(|path| path.is_dir()));
    }
    found.sort();
    found
}

/// The exit code and the findings of a command, as scripts read them.
fn run(command: &str, book: &Path, wishes: &[&str], out: &Path) -> (Option<i32>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
        .args([command, "--message-format", "json", "--out"])
        .arg(out)
        .arg(book)
        .args(wishes)
        .output()
        .unwrap();
    (ran.status.code(), String::from_utf8(ran.stdout).unwrap())
}

/// Both commands on a book for those wishes, the check before the build, and where `again` also after it.
fn agree(number: usize, book: &Path, wishes: &[&str], again: bool) {
    let out = std::env::temp_dir().join(format!(
        "pamphleteer-agree-{}-{number}-{}",
        std::process::id(),
        book.file_name().unwrap().to_string_lossy()
    ));
    let _ = fs::remove_dir_all(&out);
    let said = run("check", book, wishes, &out);
    assert!(!out.exists(), "{}: check wrote something", book.display());
    let built = run("build", book, wishes, &out);
    assert_eq!(said, built, "{} {wishes:?}", book.display());
    if again {
        assert_eq!(run("check", book, wishes, &out), built, "{} {wishes:?}, again", book.display());
    }
    let _ = fs::remove_dir_all(&out);
}

/// For how many of the wishes each book is tried; whoever has an hour says 4.
#[allow(clippy::disallowed_methods, reason = "whoever looks for a fault has the time")]
static TRIED: LazyLock<usize> = LazyLock::new(|| {
    let wanted = std::env::var("PAMPHLETEER_WISHES").ok().and_then(|wanted| wanted.parse().ok());
    wanted.unwrap_or(2).min(WISHES.len())
});

/// Every book, each for some of the wishes in turn, two books at a time.
fn all_agree(books: &[PathBuf]) {
    let half = |first: usize| {
        for (n, book) in books.iter().enumerate().skip(first).step_by(2) {
            for wish in 0..*TRIED {
                agree(n, book, WISHES[(n + wish) % WISHES.len()], n % 5 == 0 && wish == 0);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| half(1));
        half(0);
    });
}

#[test]
fn the_books_of_the_tests_and_the_handbook() {
    let mut all = books(Path::new("tests"));
    assert!(!all.is_empty());
    all.extend(WISHES.iter().map(|_| PathBuf::from("manuscript/handbook")));
    all_agree(&all);
}

#[test]
#[ignore = "needs PAMPHLETEER_BOOKS"]
fn the_books_outside() {
    all_agree(&outside::each_book());
}

#[test]
fn a_book_without_faults_has_no_findings() {
    let book = std::env::temp_dir().join(format!("pamphleteer-clean-{}", std::process::id()));
    fs::create_dir_all(&book).unwrap();
    fs::write(
        book.join("book.toml"),
        "title = \"Clean\"\nlanguage = \"en\"\n[matter]\nbody = [\"one.md\"]\n",
    )
    .unwrap();
    fs::write(book.join("one.md"), "# One\n\nA few words.\n").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
        .args(["check", "--to", "epub,pdf"])
        .arg(&book)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(ran.stderr).unwrap(), "no findings\n");
    assert_eq!(ran.status.code(), Some(0));
    fs::remove_dir_all(&book).unwrap();
}

/// A new book of each style is refused by no printer for anything but its length.
#[test]
fn our_own_styles_keep_every_printers_rules() {
    for style in ["pamphlet", "novel", "report"] {
        let book = std::env::temp_dir().join(format!("pamphleteer-{style}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&book);
        let made = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
            .args(["new", "--style", style, "-q"])
            .arg(&book)
            .status()
            .unwrap();
        assert!(made.success());
        let table = "\n| number | fish |\n|---|---|\n| 1 | pike[^2] |\n\n[^2]: Not a small one.\n";
        let text = fs::read_to_string(book.join("01-first.md")).unwrap() + table;
        fs::write(book.join("01-first.md"), text).unwrap();
        for printer in ["kdp", "ingram", "lulu", "bod", "offset", "saddle"] {
            let (_, said) = run("check", &book, &["--to", "print", "--printer", printer], &book.join("out"));
            for code in ["print-margin", "print-small", "print-resolution"] {
                assert!(!said.contains(code), "{style} for {printer}: {said}");
            }
        }
        fs::remove_dir_all(&book).unwrap();
    }
}
