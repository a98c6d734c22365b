#![no_main]
//! Feeds `entries::picture`.

#[path = "../entries.rs"]
#[allow(dead_code)]
mod entries;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entries::picture(bytes));
