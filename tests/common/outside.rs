//! What some tests need and the repository does not hold. A test that needs it
//! is `#[ignore = "needs …"]`, so that nobody takes for passed what did not run;
//! `cargo test -- --include-ignored` runs it, and then its lack is a failure.

#![allow(dead_code, reason = "each test binary needs other things")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::path::PathBuf;

/// The transcription of the pamphlet that this project reissues.
pub fn transcription() -> PathBuf {
    named("PAMPHLET_SOURCE", "the transcription of the pamphlet")
}

/// The folder of real books, each with the truth about its words beside it.
pub fn books() -> PathBuf {
    named("PAMPHLETEER_BOOKS", "a folder of real books")
}

/// The books in that folder.
pub fn each_book() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(books()).unwrap().flatten().map(|entry| entry.path());
    let mut books: Vec<PathBuf> = folders.filter(|folder| folder.join("book.toml").is_file()).collect();
    books.sort();
    assert!(!books.is_empty(), "there is no book in PAMPHLETEER_BOOKS");
    books
}

fn named(variable: &str, what: &str) -> PathBuf {
    let path = std::env::var_os(variable).map(PathBuf::from);
    let path =
        path.unwrap_or_else(|| panic!("{variable} must name {what}; without it leave this test ignored"));
    assert!(path.exists(), "{variable} names {}, which is not there", path.display());
    path
}
