//! Writes a press with many books, to measure with:
//!
//!     cargo run --release --example press -- FOLDER [--books N] [--words N] [--broken N]
//!
//! The same numbers give the same books on every machine. docs/scale.md has what
//! was measured with them.

#![allow(clippy::print_stdout, reason = "it talks to whoever runs it")]

#[path = "../tests/common/dice.rs"]
mod dice;
#[path = "../tests/common/press.rs"]
mod press;

use press::Press;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, usual: usize| {
        let at = arguments.iter().position(|argument| argument == name);
        at.and_then(|at| arguments.get(at + 1)?.parse().ok()).unwrap_or(usual)
    };
    let Some(folder) = arguments.first().filter(|folder| !folder.starts_with("--")) else {
        println!("press FOLDER [--books N] [--words N] [--broken N]");
        return;
    };
    let press = Press {
        books: number("--books", 200),
        words: number("--words", 6000),
        broken: number("--broken", 0),
    };
    press.write(Path::new(folder));
    println!("{folder}/catalogue.toml");
}
