//! Runs every hostile book through the commands, as processes of their own:
//!
//!     cargo run --release --example hostile -- [--most N] [--class NAME] [--number N] [--every N] [--keep FOLDER]
//!
//! A book fails when a command ends with anything but 0 or 1, takes longer than
//! [`SECONDS`] or more than [`MEBIBYTES`], or when `build`, `check`, `proof` and what
//! `preview` shows do not agree about it. `tests/hostile.rs` does a part of this within `cargo test`.

#![allow(clippy::print_stdout, reason = "it talks to whoever runs it")]
#![allow(clippy::unwrap_used, reason = "it says so by failing")]
#![allow(clippy::disallowed_methods, reason = "it is a program, and asks its machine")]

#[path = "../tests/common/dice.rs"]
mod dice;
#[path = "../tests/common/hostile_book.rs"]
mod hostile_book;
#[path = "../tests/common/spent.rs"]
mod spent;

use hostile_book::{CLASSES, EACH, HostileBook, hostile_book};
use spent::spent_by;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The most processor time that a command may take, which other work does not lengthen.
const SECONDS: f64 = 60.0;
/// When it is given up, whether it has had a processor or not.
const PATIENCE: Duration = Duration::from_secs(600);
/// The most memory that it may hold.
const MEBIBYTES: usize = 2048;

/// What a command did.
struct Outcome {
    code: Option<i32>,
    seconds: f64,
    mebibytes: usize,
    /// The end of what it said.
    said: String,
}

fn main() -> ExitCode {
    let wanted = Wanted::read();
    let folder = std::env::temp_dir().join(format!("pamphleteer-hostile-{}", std::process::id()));
    let (mut books, mut faults) = (0, 0);
    let mut slowest: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
    let begin = Instant::now();
    for (class, (name, _)) in CLASSES.iter().enumerate() {
        for number in (0..EACH).filter(|number| wanted.has(name, *number)) {
            let book = hostile_book(class, number, wanted.most);
            write(&folder, &book);
            books += 1;
            let found = judge(&folder, &wanted.binary, slowest.entry(name).or_default());
            if found.is_empty() {
                continue;
            }
            faults += 1;
            println!("{name} {number}: {}", found.join("; "));
            if let Some(keep) = &wanted.keep {
                write(&keep.join(format!("{name}-{number}")), &book);
            }
        }
    }
    let _ = fs::remove_dir_all(&folder);
    for (name, (seconds, mebibytes)) in slowest {
        println!("{name:16} longest {seconds:6.2} s, most {mebibytes:5} MiB");
    }
    println!("{books} hostile books in {:.0} s: {faults} failed", begin.elapsed().as_secs_f64());
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What whoever runs it asks for.
struct Wanted {
    most: usize,
    class: Option<String>,
    number: Option<usize>,
    every: usize,
    keep: Option<PathBuf>,
    binary: PathBuf,
}

impl Wanted {
    fn read() -> Wanted {
        let args: Vec<String> = std::env::args().skip(1).collect();
        let value = |name: &str| {
            let at = args.iter().position(|arg| arg == name)?;
            args.get(at + 1).cloned()
        };
        let number = |name: &str| value(name).and_then(|number| number.parse().ok());
        let beside = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().join("pamphleteer");
        Wanted {
            most: number("--most").unwrap_or(100_000),
            class: value("--class"),
            number: number("--number"),
            every: number("--every").unwrap_or(1),
            keep: value("--keep").map(PathBuf::from),
            binary: value("--binary").map_or(beside, PathBuf::from),
        }
    }

    fn has(&self, class: &str, number: usize) -> bool {
        self.class.as_deref().is_none_or(|wanted| wanted == class)
            && self.number.is_none_or(|wanted| wanted == number)
            && number.is_multiple_of(self.every)
    }
}

/// Writes a book's folder, and the transcription beside it.
fn write(folder: &Path, book: &HostileBook) {
    let _ = fs::remove_dir_all(folder);
    let home = folder.join("book");
    fs::create_dir_all(&home).unwrap();
    for (name, bytes) in &book.files {
        let path = home.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    fs::write(folder.join("transcription.txt"), &book.transcription).unwrap();
}

/// What is wrong with how the commands take the book.
fn judge(folder: &Path, binary: &Path, slowest: &mut (f64, usize)) -> Vec<String> {
    let book = folder.join("book").to_string_lossy().into_owned();
    let (out, text) = (folder.join("out"), folder.join("transcription.txt"));
    let (out, text) = (out.to_string_lossy().into_owned(), text.to_string_lossy().into_owned());
    let into = folder.join("imported").to_string_lossy().into_owned();
    let commands: [&[&str]; 4] = [
        &["check", &book],
        &["build", &book, "--out", &out],
        &["proof", &book, "--out", &out],
        &["import", &text, "--into", &into],
    ];
    let mut faults = Vec::new();
    let mut verdicts = Vec::new();
    let outcomes = commands.iter().map(|command| (command[0], run(binary, command)));
    for (command, outcome) in outcomes.chain([("preview", preview(binary, &book))]) {
        *slowest = (slowest.0.max(outcome.seconds), slowest.1.max(outcome.mebibytes));
        let what = match outcome.code {
            Some(0 | 1) if outcome.mebibytes > MEBIBYTES => format!("{} MiB", outcome.mebibytes),
            Some(0 | 1) if outcome.seconds > SECONDS => format!("{:.0} s", outcome.seconds),
            Some(0 | 1) => {
                verdicts.push(outcome.code);
                continue;
            }
            Some(code) => format!("exit {code}: {}", outcome.said),
            None => format!("ended after {:.0} s: {}", outcome.seconds, outcome.said),
        };
        faults.push(format!("{command}: {what}"));
    }
    // the fourth is about a transcription, and no book
    let of_the_book = verdicts.iter().enumerate().filter(|(index, _)| *index != 3);
    let of_the_book: Vec<_> = of_the_book.map(|(_, code)| code.unwrap_or(-1)).collect();
    if faults.is_empty() && of_the_book.windows(2).any(|pair| pair[0] != pair[1]) {
        faults.push(format!("check, build, proof and preview end with {of_the_book:?}"));
    }
    faults
}

/// Looks at the book as a browser does; the code is 1 when an error is shown, else 0.
fn preview(binary: &Path, book: &str) -> Outcome {
    let begin = Instant::now();
    let mut child = Command::new(binary)
        .args(["preview", book, "--port", "0"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let _ = stderr.read_line(&mut line);
        let _ = tell.send(line);
        let _ = io::copy(&mut stderr, &mut io::sink());
    });
    let said = told.recv_timeout(PATIENCE).unwrap_or_default();
    let address = said.split("http://").nth(1).and_then(|rest| rest.split('/').next());
    let shown = address.and_then(|address| {
        asked(address, "/")?;
        asked(address, "/page/100/1.png")?;
        asked(address, "/state")
    });
    let seconds = spent_by(child.id(), begin).as_secs_f64();
    let mebibytes = memory(&child).unwrap_or(0);
    let ended = child.try_wait().unwrap().and_then(|status| status.code());
    let _ = child.kill();
    let _ = child.wait();
    let code = shown.map(|state| i32::from(state.contains(r#""severity":"error""#))).or(ended);
    Outcome { code, seconds, mebibytes, said }
}

/// What the preview answers.
fn asked(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(String::from_utf8_lossy(&answer).into_owned())
}

fn run(binary: &Path, args: &[&str]) -> Outcome {
    let begin = Instant::now();
    let mut child = Command::new(binary)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stderr = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || end_of(stderr));
    let (mut most, mut code) = (0, None);
    let mut seconds = 0.0;
    while seconds < SECONDS && begin.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            code = status.code();
            break;
        }
        most = most.max(memory(&child).unwrap_or(0));
        seconds = spent_by(child.id(), begin).as_secs_f64();
        std::thread::sleep(Duration::from_millis(if begin.elapsed().as_millis() < 50 { 2 } else { 20 }));
    }
    let _ = child.kill();
    let _ = child.wait();
    Outcome { code, seconds, mebibytes: most, said: reader.join().unwrap() }
}

/// The last words, on one line.
fn end_of(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = from.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(300)..]).into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The most memory that a process has held, in MiB, where the system tells.
fn memory(child: &Child) -> Option<usize> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<usize>().ok().map(|kib| kib / 1024)
}
