#![no_main]
//! Feeds `entries::others::open_document`.

#[path = "../entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::others::open_document(bytes));
