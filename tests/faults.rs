//! What happens to files when the machine or the user interrupts a build: killed
//! processes, a full disk, two builds at once, files that change meanwhile, odd
//! environments. Real processes; whatever the moment, the verdict is the same.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(dead_code, reason = "not every test needs all of the common part")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/process.rs"]
mod process;

use dice::Dice;
use process::{Scratch, kill_after, names_in, run, said, tool};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// A book's text in one of its states.
fn text(state: usize) -> String {
    format!("# The State\n\nThis is state {state}, in so many words.\n")
}

fn sha256(path: &Path) -> String {
    Sha256::digest(fs::read(path).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a folder with their hashes.
fn hashes(folder: &Path) -> BTreeMap<String, String> {
    names_in(folder).into_iter().map(|name| (name.clone(), sha256(&folder.join(name)))).collect()
}

/// What is not true of a record: a file that it names is another, or one that lies there is not named.
fn untruths(out: &Path) -> Vec<String> {
    let Ok(record) = fs::read(out.join("seen.build.json")) else {
        let lost = names_in(out).into_iter().filter(|name| !name.starts_with('.'));
        return lost.map(|name| format!("{name} without any record")).collect();
    };
    let record: Value = serde_json::from_slice(&record).expect("a whole record");
    let outputs = record["outputs"].as_array().unwrap();
    let file = |output: &Value| output["file"].as_str().unwrap().to_owned();
    let wrong = outputs.iter().filter(|output| output["sha256"] != sha256(&out.join(file(output))));
    let mut faults: Vec<String> =
        wrong.map(|output| format!("{} is not as recorded", file(output))).collect();
    let unfinished = record["unfinished"].as_array().into_iter().flatten();
    let mut told: Vec<String> = outputs.iter().map(file).collect();
    told.extend(unfinished.map(|name| name.as_str().unwrap().to_owned()));
    let untold = names_in(out)
        .into_iter()
        .filter(|name| !name.starts_with('.') && name != "seen.build.json" && !told.contains(name));
    faults.extend(untold.map(|name| format!("{name} is not in the record")));
    faults
}

/// Kills builds at random moments; after each the record is true and every file is one of a whole build,
/// and the build after them all leaves its outputs and nothing else.
fn kills(name: &str, count: usize, seed: u64) {
    const FORMATS: [&str; 3] = ["build", "--to", "epub,png"];
    let book = Scratch::book(name, &text(0));
    let out = book.path("out");
    let mut whole = Vec::new();
    let begin = std::time::Instant::now();
    for state in 0..2 {
        book.write("text.md", text(state));
        assert!(run(tool(FORMATS).arg(&book.0)).status.success());
        whole.push(hashes(&out));
    }
    let usual = begin.elapsed().as_micros() as u64 / 2;
    let mut dice = Dice(seed);
    for number in 0..count {
        book.write("text.md", text(number % 2));
        let quiet = tool(FORMATS).arg(&book.0).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // most of them towards the end, when files are moved
        let share = 50 + dice.roll(60) as u64;
        kill_after(quiet, Duration::from_micros(usual * share / 100));
        let faults = untruths(&out);
        assert!(faults.is_empty(), "kill {number} at {share} %: {faults:?}");
        for (name, hash) in
            hashes(&out).iter().filter(|(name, _)| !name.starts_with('.') && *name != "seen.build.json")
        {
            let known = whole.iter().any(|build| build.get(name) == Some(hash));
            assert!(known, "kill {number} at {share} %: {name} is of no whole build");
        }
    }
    book.write("text.md", text(0));
    assert!(run(tool(FORMATS).arg(&book.0)).status.success());
    assert_eq!(hashes(&out), whole[0], "all is as before, and nothing is left over");
}

#[test]
fn a_killed_build_loses_nothing() {
    kills("kills", 24, 1);
}

#[test]
#[ignore = "takes a minute: cargo test --release --test faults -- --ignored two_hundred"]
fn two_hundred_kills_lose_nothing() {
    kills("kills-200", 200, 2);
}

#[test]
fn what_a_killed_process_left_is_swept() {
    let book = Scratch::book("swept", &text(0));
    assert!(run(tool(["build", "--to", "epub"]).arg(&book.0)).status.success());
    let before = hashes(&book.path("out"));
    book.write("out/.pamphleteer-unfinished/0.new", "half a fi");
    book.write("out/.pamphleteer.lock", "");
    assert!(run(tool(["build", "--to", "epub"]).arg(&book.0)).status.success());
    assert_eq!(hashes(&book.path("out")), before);
    // a book with errors writes nothing, and yet sweeps
    book.write("out/.pamphleteer-unfinished/0.new", "half a fi");
    book.write("out/.pamphleteer.lock", "");
    book.write("text.md", "# One\n\nWords.[^lost]\n");
    assert_eq!(said(tool(["build", "--to", "epub"]).arg(&book.0)).0, Some(1));
    assert_eq!(hashes(&book.path("out")), before);
}

/// A shell that runs the tool under a condition.
fn under(condition: &str, args: &[&str], book: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{condition}; exec \"$0\" \"$@\"")).arg(env!("CARGO_BIN_EXE_pamphleteer"));
    shell.args(args).arg(book);
    shell
}

#[test]
fn a_full_disk_leaves_the_last_build() {
    let book = Scratch::book("full", &text(0));
    assert!(run(tool(["build", "--to", "epub,pdf"]).arg(&book.0)).status.success());
    let before = hashes(&book.path("out"));
    book.write("text.md", text(1));
    let full = "trap '' XFSZ; ulimit -f 8";
    let (code, words) = said(&mut under(full, &["build", "--to", "epub,pdf"], &book.0));
    assert!(code == Some(3) && words.contains("cannot write"), "{words}");
    assert_eq!(hashes(&book.path("out")), before);
    // and when the system ends the process for it
    let status = run(&mut under("ulimit -f 8", &["build", "--to", "epub,pdf"], &book.0)).status;
    assert!(status.signal().is_some() || status.code() == Some(3), "{status:?}");
    assert!(untruths(&book.path("out")).is_empty());
    assert!(run(tool(["build", "--to", "epub,pdf"]).arg(&book.0)).status.success());
    assert!(!names_in(&book.path("out")).iter().any(|name| name.starts_with('.')));
    let new = Scratch::new("full-new");
    let (code, _) = said(&mut under("trap '' XFSZ; ulimit -f 0", &["new"], &new.path("book")));
    assert!(code == Some(3) && !new.path("book").exists());
}

#[test]
fn a_folder_that_cannot_be_written_says_so() {
    let book = Scratch::book("refused", &text(0));
    book.write("a-file", "words");
    let (code, words) = said(tool(["build", "--to", "epub", "--out"]).arg(book.path("a-file")).arg(&book.0));
    assert!(code == Some(3) && words.contains("it is a file, not a folder"), "{words}");
    assert_eq!(book.read("a-file"), "words");
    fs::create_dir_all(book.path("out/seen.epub")).unwrap();
    let (code, words) = said(tool(["build", "--to", "epub,pdf"]).arg(&book.0));
    assert!(code == Some(3) && words.contains("a folder stands in its place"), "{words}");
    assert!(names_in(&book.path("out")).is_empty());
    fs::remove_dir(book.path("out/seen.epub")).unwrap();
    // read-only for somebody who is not root
    let mut permissions = fs::metadata(book.path("out")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(book.path("out"), permissions).unwrap();
    let (code, words) = said(as_somebody(tool(["build", "--to", "epub"]).arg(&book.0)));
    assert!(code == Some(3) && words.contains("cannot write into"), "{words}");
}

/// As a user who may not do everything, where we may.
fn as_somebody(command: &mut Command) -> &mut Command {
    let root = fs::metadata("/proc/self").is_ok_and(|found| std::os::unix::fs::MetadataExt::uid(&found) == 0);
    if root { command.uid(65_534).gid(65_534) } else { command }
}

#[test]
fn two_builds_at_once_take_turns() {
    let book = Scratch::book("turns", &text(0));
    let start = |_| tool(["build", "--to", "epub,png"]).arg(&book.0).stderr(Stdio::null()).spawn().unwrap();
    let builds: Vec<_> = (0..4).map(start).collect();
    for mut build in builds {
        assert!(build.wait().unwrap().success());
    }
    assert_eq!(untruths(&book.path("out")), Vec::<String>::new());
    assert!(!names_in(&book.path("out")).iter().any(|name| name.starts_with('.')));
    // one that holds the lock is waited for, and it is said
    let lock = File::create(book.path("out/.pamphleteer.lock")).unwrap();
    lock.lock().unwrap();
    let waits = tool(["build", "--to", "epub"]).arg(&book.0).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(800));
    drop(lock);
    let ended = waits.wait_with_output().unwrap();
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success() && words.contains("another pamphleteer is writing into"), "{words}");
}

/// Files that come, go and change while they are read: a finding or a book, and never a crash.
#[test]
fn files_that_change_meanwhile_do_no_harm() {
    let book = Scratch::book("changing", &text(0));
    let toml = book.read("book.toml");
    std::thread::scope(|scope| {
        let builds = scope.spawn(|| {
            let build = |_| said(tool(["build", "--to", "epub"]).arg(&book.0));
            (0..12).map(build).collect::<Vec<_>>()
        });
        let mut dice = Dice(3);
        while !builds.is_finished() {
            match dice.roll(5) {
                0 => drop(fs::remove_file(book.path("text.md"))),
                1 => book.write("text.md", text(0)),
                2 => book.write("text.md", text(1).repeat(2000)),
                3 => File::create(book.path("text.md")).unwrap().set_len(70 << 20).unwrap(),
                _ => book.write("book.toml", &toml[..dice.roll(toml.len())]),
            }
            std::thread::sleep(Duration::from_millis(1));
            book.write("book.toml", &toml);
        }
        for (code, words) in builds.join().unwrap() {
            let is_told = words.contains("error") || words.contains("file");
            assert!(
                matches!(code, Some(0..=3)) && is_told && !words.contains("panicked"),
                "{code:?} {words}"
            );
        }
    });
    assert_eq!(untruths(&book.path("out")), Vec::<String>::new());
}

#[test]
fn nobody_need_listen() {
    let book = Scratch::book("silent", "# One\n\nWords -- and  more.\n\n![](none.png)\n");
    for closed in
        ["exec >&-", "exec 2>&-", "exec >&- 2>&-", "exec <&- >&- 2>&-", "exec >/dev/full 2>/dev/full"]
    {
        for args in [&["check"][..], &["check", "--message-format", "json"]] {
            let code = said(&mut under(closed, args, &book.0)).0;
            let full = closed.contains("full") && args.len() > 1;
            assert_eq!(code, Some(if full { 3 } else { 1 }), "{closed} {args:?}");
        }
    }
    for command in ["schema", "man", "completions bash", "explain file-outside"] {
        let pipe = format!("{} {command} | head -c 1 >/dev/null", env!("CARGO_BIN_EXE_pamphleteer"));
        let (code, words) = said(Command::new("sh").arg("-c").arg(&pipe));
        assert!(code == Some(0) && words.is_empty(), "{command}: {words}");
    }
    assert_eq!(
        said(&mut under("exec >/dev/full", &["schema"], Path::new("."))).0,
        Some(2),
        "misuse is said first"
    );
}

#[test]
fn the_user_may_interrupt() {
    let book = Scratch::book("interrupted", &text(0));
    for (signal, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let mut watch =
            tool(["build", "--watch", "--to", "epub"]).arg(&book.0).stderr(Stdio::null()).spawn().unwrap();
        let deadline = std::time::Instant::now() + Duration::from_secs(30);
        while !book.path("out/seen.build.json").exists() && std::time::Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(
            Command::new("kill")
                .args([&format!("-{signal}"), &watch.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
        let deadline = std::time::Instant::now() + Duration::from_secs(30);
        while watch.try_wait().unwrap().is_none() && std::time::Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        watch.kill().unwrap();
        let ended_by = watch.wait().unwrap().signal();
        // under `nohup`, or behind a shell's `&`, a signal is ignored, and so it should be
        let expected = if is_ignored_here(number) { 9 } else { number };
        assert_eq!(ended_by, Some(expected), "{signal}");
        assert_eq!(untruths(&book.path("out")), Vec::<String>::new());
    }
}

/// Whether this process was started with a signal ignored, as its children then are.
fn is_ignored_here(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap());
    mask & 1 << (signal - 1) != 0
}

/// What a machine is like, and the tool on a book there.
type World<'w> = (&'w str, &'w dyn Fn(&Path) -> Command);

/// The same bytes, whatever the machine is like.
#[test]
fn nothing_about_the_machine_is_in_the_bytes() {
    let picture = fs::read("tests/common/random_book.png").unwrap();
    let make = |name: &str| {
        let book =
            Scratch::book(name, "# Größe\n\nWords, and a picture.\n\n![A field](a.png)\n\n# Two\n\nMore.\n");
        book.write("a.png", &picture);
        book.write("book.toml", book.read("book.toml") + "front = [\"contents\"]\n");
        book
    };
    let all = ["build", "--to", "epub,pdf,print,cover,booklet,home,png", "-q"];
    let first = make("bytes");
    assert!(run(tool(all).arg(&first.0)).status.success());
    let wanted = hashes(&first.path("out"));
    assert!(wanted.len() > 8, "{wanted:?}");
    let worlds: [World; 8] = [
        ("one job", &|book| under(":", &[&all[..], &["--jobs", "1"]].concat(), book)),
        ("many jobs", &|book| under(":", &[&all[..], &["--jobs", "16"]].concat(), book)),
        ("time zone", &|book| under("export TZ=Pacific/Kiritimati", &all, book)),
        ("language", &|book| under("export LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 LANGUAGE=tr", &all, book)),
        ("umask", &|book| under("umask 077", &all, book)),
        ("nothing around", &|book| under("unset HOME TMPDIR PATH LANG USER SHELL PWD; cd /", &all, book)),
        ("homes that are not there", &|book| {
            under("export HOME=/nowhere TMPDIR=/nowhere XDG_DATA_HOME=/nowhere", &all, book)
        }),
        ("another user", &|book| {
            fs::create_dir_all(book.join("out")).unwrap();
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
            fs::set_permissions(book.join("out"), mode).unwrap();
            let mut command = under(":", &all, book);
            as_somebody(&mut command);
            command
        }),
    ];
    for (number, (world, command)) in worlds.iter().enumerate() {
        let book = make(&format!("bytes in {number}"));
        let (code, words) = said(&mut command(&book.0));
        assert_eq!(code, Some(0), "{world}: {words}");
        assert_eq!(hashes(&book.path("out")), wanted, "{world}");
    }
}

#[test]
fn clocks_may_be_odd() {
    let book = Scratch::book("clocks", &text(0));
    for time in [
        SystemTime::UNIX_EPOCH - Duration::from_secs(1 << 30),
        SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 33),
    ] {
        for name in ["text.md", "book.toml"] {
            File::options().write(true).open(book.path(name)).unwrap().set_modified(time).unwrap();
        }
        assert!(run(tool(["build", "--to", "epub"]).arg(&book.0)).status.success());
        assert_eq!(untruths(&book.path("out")), Vec::<String>::new());
    }
    for (epoch, code) in [
        ("0", 0),
        ("1700000000", 0),
        ("253402300799", 0),
        ("253402300800", 3),
        ("18446744073709551615", 3),
        ("-1", 3),
        ("", 3),
        ("now", 3),
    ] {
        let (ended, words) =
            said(tool(["build", "--to", "epub"]).arg(&book.0).env("SOURCE_DATE_EPOCH", epoch));
        assert!(
            ended == Some(code) && (code == 0) != words.contains("SOURCE_DATE_EPOCH"),
            "{epoch:?}: {words}"
        );
    }
    let odd = OsStr::from_bytes(b"17\xff");
    assert_eq!(said(tool(["build", "--to", "epub"]).arg(&book.0).env("SOURCE_DATE_EPOCH", odd)).0, Some(3));
}

#[test]
fn names_may_be_any_bytes() {
    let home = Scratch::new("bytes-names");
    let odd = home.0.join(OsStr::from_bytes(b"a \xff\xfe 'b\"\n"));
    assert!(run(tool(["new"]).arg(&odd)).status.success());
    fs::write(odd.join(OsStr::from_bytes(b"caf\xe9.md")), "# Another\n").unwrap();
    let (code, words) = said(tool(["build", "--to", "epub,pdf"]).arg(&odd));
    assert_eq!(code, Some(0), "{words}");
    let transcription = home.0.join(OsStr::from_bytes(b"page\xff.txt"));
    fs::write(&transcription, "# The Pond\n\nThe water of the pond is still.\n").unwrap();
    let (code, words) =
        said(tool(["import"]).arg(&transcription).arg("--into").arg(odd.join(OsStr::from_bytes(b"\xfe"))));
    assert_eq!(code, Some(0), "{words}");
    assert!(odd.join(OsStr::from_bytes(b"\xfe")).join("01-the-pond.md").exists());
}
