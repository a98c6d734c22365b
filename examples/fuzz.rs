//! Fuzzes the doors of the house on stable Rust:
//!
//!     cargo run --release --example fuzz -- [DOOR …] [--seconds N] [--seed N]
//!
//! Without coverage it cannot see which branch an input took; it sees how long a door
//! took and keeps what took longest for its length, and half of all texts come from the
//! grammar of hostile books. What brings a door down is made small and written to
//! `fuzz/crashes/DOOR/`, from where `tests/mutations.rs` tries it for ever after.
//! docs/fuzzing.md tells of the hours that were spent.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::print_stdout, reason = "it talks to whoever runs it")]
#![allow(clippy::unwrap_used, reason = "it says so by failing")]
#![allow(clippy::disallowed_methods, reason = "it is a program, and asks its machine")]

#[path = "../tests/common/dice.rs"]
mod dice;
#[path = "../fuzz/entries.rs"]
mod entries;
#[path = "../tests/common/hostile_book.rs"]
mod hostile_book;
#[path = "../fuzz/mutate.rs"]
mod mutate;
#[path = "../fuzz/seeds.rs"]
mod seeds;
#[path = "../tests/common/spent.rs"]
mod spent;

use dice::Dice;
use entries::{DOORS, Door};
use hostile_book::{CLASSES, hostile_book};
use spent::{spent, spent_by_all};
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// An input that takes more processor time has no end.
const HANG: Duration = Duration::from_secs(60);
/// The stack of the thread that fuzzes.
const SMALL_STACK: usize = 2 << 20;
/// How many inputs are kept besides the seeds.
const POOL: usize = 400;
/// How many finds for one reason are made small and kept.
const ALIKE: usize = 4;
/// How long one door is fuzzed before the next has its turn.
const TURN: Duration = Duration::from_secs(5);

/// The input that is being tried, and the processor time spent before it, for the watch.
static TRIED: Mutex<Option<(Duration, &'static str, Vec<u8>)>> = Mutex::new(None);

/// Whether an input is being tried.
static AT_A_DOOR: AtomicBool = AtomicBool::new(false);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |name: &str, usual: u64| {
        let at = args.iter().position(|arg| arg == name);
        at.and_then(|at| args.get(at + 1)?.parse().ok()).unwrap_or(usual)
    };
    let (seconds, seed) = (number("--seconds", 60), number("--seed", 1));
    let named: Vec<Door> = DOORS.into_iter().filter(|(name, _)| args.iter().any(|arg| arg == name)).collect();
    let doors = if named.is_empty() { DOORS.to_vec() } else { named };
    // a panic at a door is a find; one of this program is told
    std::panic::set_hook(Box::new(|panic| {
        if !AT_A_DOOR.load(Ordering::Relaxed) {
            println!("{panic}");
        }
    }));
    std::thread::spawn(watch);
    let fuzzing = move || fuzz(&doors, seconds, seed);
    // a stack as small as threads have by default: what overflows here may overflow anywhere
    let fuzzer = std::thread::Builder::new().stack_size(SMALL_STACK).spawn(fuzzing).unwrap();
    if fuzzer.join().unwrap() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Fuzzes the doors in turn; how many inputs brought one down.
fn fuzz(doors: &[Door], seconds: u64, seed: u64) -> usize {
    let mut fuzzers: Vec<Fuzzer> =
        doors.iter().enumerate().map(|(n, door)| Fuzzer::new(*door, seed * 1000 + n as u64 + 1)).collect();
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(seconds) {
        let left = Duration::from_secs(seconds).saturating_sub(begin.elapsed());
        let turn = TURN.min(left).min(Duration::from_secs(seconds) / doors.len() as u32);
        fuzzers.iter_mut().for_each(|fuzzer| fuzzer.turn(turn));
    }
    doors.iter().for_each(|(name, _)| drop(fs::remove_file(last(name))));
    let found: usize = fuzzers.iter().map(|fuzzer| fuzzer.found).sum();
    for fuzzer in &fuzzers {
        let (name, seconds) = (fuzzer.door.0, fuzzer.time.as_secs_f64());
        let rate = fuzzer.count as f64 / seconds.max(0.001);
        println!(
            "{name:12} {:>10} executions in {seconds:>6.0} s of processor time, {rate:>6.0} a second, {} finds",
            fuzzer.count, fuzzer.found
        );
    }
    found
}

/// Ends the process, and keeps the input, when a door never comes back.
fn watch() {
    loop {
        std::thread::sleep(Duration::from_secs(1));
        let tried = TRIED.lock().unwrap();
        if let Some((before, door, input)) = &*tried
            && spent_by_all().saturating_sub(*before) > HANG
        {
            println!("{door}: no end after {HANG:?}: {}", keep(door, "hang", input));
            std::process::exit(1);
        }
    }
}

/// One door, and what was tried at it.
struct Fuzzer {
    door: Door,
    dice: Dice,
    seeds: Vec<&'static [u8]>,
    /// Inputs that took long for their length, with the microseconds per byte.
    pool: Vec<(f64, Vec<u8>)>,
    count: u64,
    /// Processor time.
    time: Duration,
    found: usize,
    /// How often each reason was met: what falls for a known one is not made small again.
    reasons: BTreeMap<String, usize>,
}

impl Fuzzer {
    fn new(door: Door, seed: u64) -> Fuzzer {
        let dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (pool, time) = (Vec::new(), Duration::ZERO);
        let (seeds, reasons) = (seeds::of(door.0), BTreeMap::new());
        Fuzzer { door, dice, seeds, pool, count: 0, time, found: 0, reasons }
    }

    fn turn(&mut self, length: Duration) {
        let (begin, before) = (Instant::now(), spent());
        while begin.elapsed() < length {
            let input = self.input();
            let start = Instant::now();
            // an overflow of the stack ends the process: then this file holds the input
            fs::write(last(self.door.0), &input).unwrap();
            *TRIED.lock().unwrap() = Some((spent_by_all(), self.door.0, input.clone()));
            let falls = falls(self.door, &input);
            *TRIED.lock().unwrap() = None;
            self.count += 1;
            if let Some(reason) = falls {
                self.fell(input, &reason);
            } else {
                self.remember(start.elapsed(), input);
            }
        }
        self.time += spent() - before;
    }

    fn input(&mut self) -> Vec<u8> {
        let is_text = matches!(self.door.0, "manuscript" | "editions" | "import" | "book_toml" | "folder");
        if is_text && self.dice.roll(2) == 0 {
            return self.grown();
        }
        let kept = self.pool.iter().map(|(_, input)| input.as_slice());
        let all: Vec<&[u8]> = self.seeds.iter().copied().chain(kept).collect();
        mutate::damaged(&all, &mut self.dice, matches!(self.door.0, "font" | "picture"))
    }

    /// The text, the book.toml or the transcription of a hostile book.
    fn grown(&mut self) -> Vec<u8> {
        let most = if self.door.0 == "editions" { 60 } else { 400 };
        let book = hostile_book(self.dice.roll(CLASSES.len()), 1000 + self.dice.roll(1 << 30), most);
        let wanted = if self.door.0 == "book_toml" { "book.toml" } else { "text.md" };
        if self.door.0 == "import" {
            return book.transcription;
        }
        let mut input =
            book.files.into_iter().find(|(name, _)| name == wanted).map_or(Vec::new(), |(_, bytes)| bytes);
        match self.door.0 {
            "editions" => input.truncate(mutate::LONGEST),
            "folder" => input.truncate(20 * mutate::LONGEST),
            _ => {}
        }
        input
    }

    fn remember(&mut self, took: Duration, input: Vec<u8>) {
        let slow = took.as_secs_f64() * 1e6 / (input.len() + 50) as f64;
        if self.pool.len() < POOL {
            self.pool.push((slow, input));
        } else {
            let at = self.dice.roll(POOL);
            if self.pool[at].0 < slow {
                self.pool[at] = (slow, input);
            }
        }
    }

    /// Makes small what brought the door down, and keeps it.
    fn fell(&mut self, mut input: Vec<u8>, reason: &str) {
        self.found += 1;
        let met = self.reasons.entry(reason.to_owned()).or_default();
        *met += 1;
        if *met > ALIKE {
            return;
        }
        let begin = Instant::now();
        let mut step = input.len() / 2;
        while step > 0 && begin.elapsed() < Duration::from_secs(20) {
            let mut at = 0;
            while at < input.len() && begin.elapsed() < Duration::from_secs(20) {
                let mut shorter = input.clone();
                shorter.drain(at..(at + step).min(input.len()));
                if falls(self.door, &shorter).as_deref() == Some(reason) {
                    input = shorter;
                } else {
                    at += step;
                }
            }
            step /= 2;
        }
        println!("{}: {reason}: {}", self.door.0, keep(self.door.0, "panic", &input));
    }
}

/// Why the door falls at that input, in one line; `None` when it stands.
fn falls((_, door): Door, input: &[u8]) -> Option<String> {
    AT_A_DOOR.store(true, Ordering::Relaxed);
    let tried = catch_unwind(AssertUnwindSafe(|| door(input)));
    AT_A_DOOR.store(false, Ordering::Relaxed);
    let panic = tried.err()?;
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic");
    Some(words.lines().next().unwrap_or("").chars().filter(|c| !c.is_ascii_digit()).take(80).collect())
}

/// The file of the input that is being tried.
fn last(door: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("pamphleteer-fuzz-{}-{door}", std::process::id()))
}

fn keep(door: &str, kind: &str, input: &[u8]) -> String {
    let hash = input.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/crashes").join(door);
    let path = folder.join(format!("{kind}-{hash:016x}"));
    fs::create_dir_all(&folder).unwrap();
    fs::write(&path, input).unwrap();
    path.display().to_string()
}
