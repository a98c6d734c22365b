#![no_main]
//! Feeds `entries::book_toml`.

#[path = "../entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::book_toml(bytes));
