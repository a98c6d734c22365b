//! Damaged input at every door: files of ours, cut, doubled, mixed and flipped
//! by a seeded generator, through the entries that the fuzzers use as well.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "../fuzz/entries.rs"]
mod entries;
#[path = "../fuzz/mutate.rs"]
mod mutate;
#[path = "../fuzz/seeds.rs"]
mod seeds;

use dice::Dice;
use mutate::{LONGEST, damaged};
use std::path::Path;
use std::{fs, panic};

/// How many damaged inputs each door gets.
const ROUNDS: usize = 250;

#[test]
fn damaged_input_is_understood_or_reported() {
    for (name, door) in entries::DOORS {
        let seeds = seeds::of(name);
        let mut dice = Dice(0x2545_F491_4F6C_DD1D);
        let whole = matches!(name, "font" | "picture");
        let end = |seed: &[u8]| if whole { seed.len() } else { seed.len().min(2 * LONGEST) };
        seeds.iter().for_each(|seed| door(&seed[..end(seed)]));
        let rounds = if matches!(name, "editions" | "cover" | "font") { ROUNDS / 5 } else { ROUNDS };
        for round in 0..rounds {
            let input = damaged(&seeds, &mut dice, whole);
            let outcome = panic::catch_unwind(|| door(&input));
            assert!(outcome.is_ok(), "{name}, round {round}:\n{}", String::from_utf8_lossy(&input));
        }
    }
}

/// The generator makes what it is for: different inputs, most of them broken.
#[test]
fn the_damage_is_real() {
    let seeds = seeds::of("printer");
    let mut dice = Dice(7);
    let inputs: Vec<Vec<u8>> = (0..100).map(|_| damaged(&seeds, &mut dice, false)).collect();
    let refused = inputs.iter().filter(|input| {
        let text = String::from_utf8_lossy(input);
        text.parse::<toml::Table>().is_err()
    });
    assert!(refused.count() > 30);
    assert!(inputs.windows(2).all(|pair| pair[0] != pair[1]));
}

/// What the fuzzers found stays mended.
#[test]
fn what_once_brought_a_door_down_does_not_again() {
    let mut tried = 0;
    for (name, door) in entries::DOORS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/crashes").join(name);
        let Ok(files) = fs::read_dir(&folder) else { continue };
        for file in files.flatten() {
            let input = fs::read(file.path()).unwrap();
            let outcome = panic::catch_unwind(|| door(&input));
            assert!(outcome.is_ok(), "{}", file.path().display());
            tried += 1;
        }
    }
    assert!(tried > 0, "the inputs were not found");
}
