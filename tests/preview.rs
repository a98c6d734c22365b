//! The preview, asked as a browser asks it.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(clippy::print_stdout, reason = "the memory that saves cost is told")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A preview that runs, and ends with the test.
struct Preview {
    child: Child,
    address: String,
    book: PathBuf,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.book);
    }
}

impl Preview {
    fn of(text: &str) -> Preview {
        static BOOKS: AtomicUsize = AtomicUsize::new(0);
        let number = BOOKS.fetch_add(1, Ordering::Relaxed);
        let name = format!("preview-{}-{number}", std::process::id());
        let book = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&book);
        std::fs::create_dir_all(&book).unwrap();
        let toml = "title = \"Seen\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n";
        std::fs::write(book.join("book.toml"), toml).unwrap();
        std::fs::write(book.join("text.md"), text).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
            .arg("preview")
            .arg(&book)
            .args(["--port", "0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Preview { child, address, book }
    }

    fn ask(&self, path: &str, host: &str) -> (String, Vec<u8>) {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
    }

    /// The head and the body of what is answered to these bytes.
    fn send(&self, request: &[u8]) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap(), body)
    }

    /// What the process holds in memory, in KiB.
    #[cfg(target_os = "linux")]
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Saves the text, and waits until it is shown; so often.
    fn save(&self, times: usize) {
        for number in 0..times {
            let text = format!("# One\n\n{}\n", "Words of a book. ".repeat(20 + number % 7));
            std::fs::write(self.book.join("text.md"), text).unwrap();
            assert!(self.get("/version").is_some());
        }
    }

    fn version(&self) -> u64 {
        String::from_utf8(self.get("/version").unwrap()).unwrap().parse().unwrap()
    }

    /// All that a browser is told which knows nothing yet.
    fn state(&self) -> Value {
        serde_json::from_slice(&self.get("/state").unwrap()).unwrap()
    }

    /// What is new since that version, and from then on.
    fn changes(&self, since: u64) -> Changes {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(120))).unwrap();
        write!(stream, "GET /changes/{since} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        Changes(BufReader::new(stream))
    }

    fn get(&self, path: &str) -> Option<Vec<u8>> {
        let (head, body) = self.ask(path, &self.address);
        head.starts_with("HTTP/1.1 200 ").then_some(body)
    }
}

/// A browser that is told of changes as they happen.
struct Changes(BufReader<TcpStream>);

impl Iterator for Changes {
    type Item = Value;

    /// The next one; none when the preview has ended.
    fn next(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(change) = line.strip_prefix("data: ") {
                return serde_json::from_str(change).ok();
            }
        }
    }
}

/// The pages as a browser knows them: label and hash of each.
fn pages(state: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    state["pages"].as_array().unwrap().iter().map(|page| (word(&page[0]), word(&page[1]))).collect()
}

#[test]
fn a_browser_sees_pages_ebook_and_changes() {
    let preview = Preview::of("# One\n\nThe first words.\n");
    let page = String::from_utf8(preview.get("/").unwrap()).unwrap();
    assert!(page.contains("<title>Seen</title>") && page.contains("<main id=\"pages\""), "{page}");
    let state = preview.state();
    assert_eq!(state["title"], "Seen");
    assert!(preview.get(&format!("/page/130/{}.png", pages(&state).len())).unwrap().starts_with(b"\x89PNG"));
    assert!(preview.get("/page/24/1.png").is_some() && preview.get("/page/25/1.png").is_none());
    assert!(state["editions"]["cover"].is_string() && preview.get("/cover").is_some());
    let wrap = String::from_utf8(preview.get("/wrap.svg").unwrap()).unwrap();
    assert!(wrap.starts_with("<svg") && wrap.contains("<path"), "{wrap}");
    let texts = state["editions"]["texts"].as_array().unwrap();
    let text = format!("/book/{}", texts.last().unwrap()[0].as_str().unwrap());
    let words = |preview: &Preview| String::from_utf8(preview.get(&text).unwrap()).unwrap();
    assert!(words(&preview).contains("The first words."));
    let first_version = preview.version();
    std::fs::write(preview.book.join("text.md"), "# One\n\nOther words, and more of them.[^x]\n").unwrap();
    assert_ne!(preview.version(), first_version);
    let state = preview.state();
    assert!(state["warning"].as_str().unwrap().contains("These pages are older than your files"), "{state}");
    let finding =
        state["findings"].as_array().unwrap().iter().find(|one| one["severity"] == "error").unwrap();
    assert_eq!((finding["code"].as_str(), finding["at"]["line"].as_u64()), (Some("note-unknown"), Some(3)));
    assert!(words(&preview).contains("The first words."));
    std::fs::write(preview.book.join("text.md"), "# One\n\nOther words, and more of them.\n").unwrap();
    assert!(words(&preview).contains("Other words"));
    assert!(preview.state()["warning"].is_null());
}

#[test]
fn every_output_can_be_saved() {
    let preview = Preview::of("# One\n\nThe words that are saved.\n");
    let state = preview.state();
    let outputs = state["editions"]["outputs"].as_array().unwrap();
    assert!(outputs.len() >= 3, "{outputs:?}");
    for output in outputs {
        let name = output[0].as_str().unwrap();
        let (head, body) = preview.ask(&format!("/output/{name}"), &preview.address);
        assert!(head.contains(&format!("Content-Disposition: attachment; filename=\"{name}\"")), "{head}");
        assert_eq!(body.len() as u64, output[1].as_u64().unwrap());
    }
    assert!(preview.get("/output/../book.toml").is_none());
}

#[test]
fn a_word_leads_to_its_line_and_a_finding_to_its_page() {
    let filler = "Words that fill a page with nothing at all. ".repeat(160);
    let preview = Preview::of(&format!(
        "# One\n\n{filler}\n\nHere is the “needle” that one looks for.[^a]\n\n[^a]: A note on the the end.\n"
    ));
    let found: Value = serde_json::from_slice(&preview.get("/search/THE%20%22needle%22").unwrap()).unwrap();
    let hit = &found["hits"][0];
    assert_eq!(
        (found["hits"].as_array().unwrap().len(), hit["words"][1].as_str()),
        (1, Some("the “needle”")),
        "{found}"
    );
    let area: Vec<f64> = hit["areas"][0].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
    let (x, y) = (area[0] + area[2] - 8.0, area[1] + area[3] / 2.0);
    let place = |path: String| -> Value { serde_json::from_slice(&preview.get(&path).unwrap()).unwrap() };
    let at = place(format!("/source/{}/{x}/{y}", hit["page"]));
    assert_eq!((at["word"].as_str(), at["file"].as_str()), (Some("needle"), Some("text.md")), "{at}");
    assert_eq!((at["line"].as_u64(), at["column"].as_u64()), (Some(5), Some(14)), "{at}");
    assert!(at["path"].as_str().unwrap().ends_with("/text.md"));
    assert_eq!(place("/source/0".to_owned())["file"], "text.md");
    let state = preview.state();
    let finding = state["findings"].as_array().unwrap().iter().find(|one| one["code"] == "word-doubled");
    let finding = finding.unwrap_or_else(|| panic!("{state}"));
    assert_eq!(finding["page"], hit["page"], "{finding}");
    let over = place(format!("/overlay/{}", hit["page"]));
    assert!(
        over["findings"].as_array().unwrap().iter().any(|one| !one[0].as_array().unwrap().is_empty()),
        "{over}"
    );
    assert!(over["lines"].to_string().contains("needle"));
    assert!(preview.get("/source/99").is_none() && preview.get("/source/0/9999/1").is_none());
}

#[test]
fn a_look_is_tried_and_kept_by_our_own_page_alone() {
    let preview = Preview::of("# One\n\nWords with a look of their own, one or another.\n");
    let page = String::from_utf8(preview.get("/").unwrap()).unwrap();
    let token = page.split("data-token=\"").nth(1).unwrap().split('"').next().unwrap();
    let origin = format!("http://{}", preview.address);
    let post = |path: &str, origin: &str, token: &str, body: &str| {
        let (host, length) = (&preview.address, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nX-Token: {token}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        preview.send(head.as_bytes()).0[9..12].parse::<u16>().unwrap()
    };
    let file = || std::fs::read_to_string(preview.book.join("book.toml")).unwrap();
    let before = file();
    let larger = "{\"text.size\": \"14pt\", \"style\": \"report\"}";
    assert_eq!(post("/try", "http://elsewhere.example", token, larger), 403);
    assert_eq!(post("/keep", &origin, "0123456789abcdef", larger), 403);
    assert_eq!(post("/keep", &origin, "", larger), 403);
    assert_eq!(post("/try", &origin, token, "[1]"), 400);
    assert_eq!(post("/elsewhere", &origin, token, larger), 404);
    let small = preview.state();
    assert_eq!(post("/try", &origin, token, larger), 200);
    let large = preview.state();
    assert_eq!(large["style"]["text.size"], "\"14pt\"");
    assert_ne!(pages(&small), pages(&large));
    assert_eq!(file(), before, "nothing is written until it is kept");
    assert_eq!(post("/try", &origin, token, "{\"text.size\": \"14 bananas\"}"), 200);
    let odd = preview.state();
    assert!(odd["findings"].to_string().contains("value-invalid"), "{odd}");
    assert_eq!(post("/try", &origin, token, "{\"text.siez\": \"1\"}"), 200);
    assert!(preview.state()["untried"].as_str().unwrap().contains("text.siez"));
    std::fs::write(preview.book.join("book.toml"), format!("# ours\n{before}")).unwrap();
    assert_eq!(post("/keep", &origin, token, larger), 200);
    let after = file();
    assert!(after.starts_with("# ours\ntitle = \"Seen\""), "{after}");
    assert!(after.contains("[style]\nname = \"report\"\ntext.size = \"14pt\"\n"), "{after}");
    assert_eq!(pages(&preview.state()), pages(&large));
    std::fs::write(preview.book.join("book.toml"), "title = \n").unwrap();
    assert_eq!(post("/keep", &origin, token, larger), 409);
    assert_eq!(file(), "title = \n");
}

#[test]
fn a_change_is_pushed_with_the_pages_that_look_different_and_where_words_went() {
    let chapter = |name: &str, more: &str| {
        format!("# {name}\n\n{more}{}\n\n", format!("The words of {name} fill a page and more. ").repeat(90))
    };
    let preview = Preview::of(&(chapter("One", "") + &chapter("Two", "")));
    let state = preview.state();
    let before = pages(&state);
    // the browser asks first, and is told when a file changes, without asking again
    let mut changes = preview.changes(state["version"].as_u64().unwrap());
    std::thread::sleep(std::time::Duration::from_millis(300));
    let longer = "More words than there were, so that a page is filled. ".repeat(40);
    std::fs::write(preview.book.join("text.md"), chapter("One", &longer) + &chapter("Two", "")).unwrap();
    let change = changes.next().unwrap();
    let count = |name: &str| usize::try_from(change[name].as_u64().unwrap()).unwrap();
    let (head, tail) = (count("head"), count("tail"));
    let after = [&before[..head], &pages(&change), &before[before.len() - tail..]].concat();
    assert!(after.len() > before.len(), "{before:?} {change}");
    assert_eq!(after, pages(&preview.state()), "what is told of a change makes the pages what they are");
    let moves: Vec<u64> = change["moves"].as_array().unwrap().iter().filter_map(|n| n.as_u64()).collect();
    assert_eq!(*moves.last().unwrap(), after.len() as u64 - 1, "the last page is the last again: {moves:?}");
    assert_eq!(moves[0], 0);
    preview.version();
    let text = std::fs::read_to_string(preview.book.join("text.md")).unwrap();
    let version = preview.version();
    std::fs::write(preview.book.join("text.md"), text.trim_end().to_owned() + " An end.\n").unwrap();
    let change = preview.changes(version).next().unwrap();
    assert_eq!(pages(&change).len(), 1, "the others look as they did: {change}");
    // and of the editions, when files have been left alone
    let (edition, mut last) = (change["edition"].as_u64().unwrap(), change);
    while last["edition"] == edition {
        last = changes.next().unwrap();
    }
    assert!(pages(&last).is_empty(), "{last}");
}

/// A browser comes back with the version that it has, and is told only what it lacks.
#[test]
fn a_browser_that_comes_back_has_missed_nothing() {
    let preview = Preview::of("# One\n\nWords that were, and some that come.\n");
    let before = preview.state();
    let first = preview.changes(before["version"].as_u64().unwrap());
    drop(first);
    std::fs::write(preview.book.join("text.md"), "# One\n\nOther words.\n").unwrap();
    let change = preview.changes(before["version"].as_u64().unwrap()).next().unwrap();
    assert!(change["version"].as_u64() > before["version"].as_u64());
    assert_ne!(pages(&preview.state()), pages(&before));
    let (head, body) =
        preview.send(format!("HEAD /changes/0 HTTP/1.1\r\nHost: {}\r\n\r\n", preview.address).as_bytes());
    assert!(head.contains("Content-Type: text/event-stream") && body.is_empty(), "{head}");
}

#[test]
fn nothing_else_is_shown_to_nobody_else() {
    let preview = Preview::of("# One\n\nWords.\n");
    for path in [
        "/page/100/0.png",
        "/page/100/99999.png",
        "/page/999999/1.png",
        "/book/../book.toml",
        "/../text.md",
        "/book/",
        "/page/100/-1.png",
        "/overlay/99999",
        "/source/x",
        "/search",
        "/keep",
    ] {
        assert_eq!(preview.get(path), None, "{path}");
    }
    let (head, body) = preview.ask("/", "elsewhere.example");
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    assert!(!String::from_utf8(body).unwrap().contains("Seen"));
}

/// Requests that a browser on this machine does not send for its user.
#[test]
fn only_a_browser_of_this_machine_is_answered() {
    let preview = Preview::of("# One\n\nWords that are.\n");
    let port = preview.address.rsplit(':').next().unwrap();
    let status = |method: &str, fields: &str| {
        let request = format!("{method} / HTTP/1.1\r\n{fields}\r\n\r\n");
        let (head, body) = preview.send(request.as_bytes());
        assert!(head.contains("Content-Security-Policy: default-src 'none'"), "{head}");
        assert!(head.starts_with("HTTP/1.1 200") || !String::from_utf8_lossy(&body).contains("Seen"));
        head[9..12].parse::<u16>().unwrap()
    };
    let ours = format!("Host: 127.0.0.1:{port}");
    assert_eq!(status("GET", &ours), 200);
    assert_eq!(status("GET", &format!("Host: localhost:{port}\r\nOrigin: http://localhost:{port}")), 200);
    for fields in [
        "Host: rebound.example".to_owned(),
        format!("Host: rebound.example:{port}"),
        format!("{ours}\r\nHost: rebound.example"),
        format!("{ours}\r\nOrigin: http://rebound.example:{port}"),
        format!("{ours}\r\nOrigin: null"),
        "Host: 127.0.0.1:1".to_owned(),
        format!("{ours}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors"),
    ] {
        assert_eq!(status("GET", &fields), 403, "{fields}");
    }
    for method in ["PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "get"] {
        assert_eq!(status(method, &ours), 405, "{method}");
    }
    assert_eq!(status("POST", &ours), 403);
    assert_eq!(status("GET", &format!("{ours}\r\nContent-Length: 7")), 400);
    assert_eq!(status("GET", &format!("{ours}\r\nX: {}", "x".repeat(20_000))), 431);
    let (head, body) = preview.send(format!("HEAD / HTTP/1.1\r\n{ours}\r\n\r\n").as_bytes());
    assert!(head.starts_with("HTTP/1.1 200") && body.is_empty(), "{head}");
    for junk in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n\xff\xfe: x\r\n\r\n",
        b"\x16\x03\x01\x02\r\n\r\n",
    ] {
        assert!(preview.send(junk).0.starts_with("HTTP/1.1 400"));
    }
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}

/// Clients that ask slowly, or never, and some that never take what they asked for.
#[test]
fn slow_clients_keep_nobody_waiting() {
    let preview = Preview::of("# One\n\nWords of one.\n");
    let page = format!("GET / HTTP/1.1\r\nHost: {}\r\n", preview.address);
    let slow: Vec<TcpStream> = (0..200)
        .filter_map(|number| {
            let mut stream = TcpStream::connect(&preview.address).ok()?;
            let part = if number % 3 == 0 { format!("{page}\r\n") } else { page[..number % 9].to_owned() };
            stream.write_all(part.as_bytes()).ok()?;
            Some(stream)
        })
        .collect();
    let begin = std::time::Instant::now();
    for _ in 0..5 {
        assert!(preview.get("/page/100/1.png").is_some());
    }
    assert!(begin.elapsed() < std::time::Duration::from_secs(4), "{:?}", begin.elapsed());
    #[cfg(target_os = "linux")]
    {
        let threads = std::fs::read_dir(format!("/proc/{}/task", preview.child.id())).unwrap().count();
        assert!(threads < 80, "{threads} threads");
    }
    drop(slow);
}

/// Nothing of what an author writes is markup of the page around the book.
#[test]
fn words_of_the_book_are_no_markup() {
    let preview =
        Preview::of("# <script>alert(1)</script> \"><img src=x>\n\nWords.[^\"><script>alert(2)</script>]\n");
    let toml = "title = \"<script>alert(3)</script> \\\" onload=x\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n[style.page]\nfolio = \"<i>\"\n";
    std::fs::write(preview.book.join("book.toml"), toml).unwrap();
    let page = String::from_utf8(preview.get("/").unwrap()).unwrap();
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(!page.contains("<img src=x") && !page.contains("<i>") && !page.contains("style="), "{page}");
    // all else that the author wrote comes as JSON, and our script makes words of it
    let script = String::from_utf8(preview.get("/preview.js").unwrap()).unwrap();
    for markup in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
        assert!(!script.contains(markup), "{markup}");
    }
    let (head, _) = preview.ask("/book/EPUB/nav.xhtml", &preview.address);
    assert!(head.contains("sandbox") || head.starts_with("HTTP/1.1 404"), "{head}");
}

#[cfg(target_os = "linux")]
fn memory_after(saves: usize) {
    let preview = Preview::of("# One\n\nThese words are saved again and again.\n");
    // a cover that is quickly made
    std::fs::copy("tests/common/random_book.png", preview.book.join("a.png")).unwrap();
    let toml = std::fs::read_to_string(preview.book.join("book.toml")).unwrap();
    let toml = toml + "[outputs]\nformats = [\"epub\", \"pdf\"]\n[style.cover]\nfront = \"a.png\"\n";
    std::fs::write(preview.book.join("book.toml"), toml).unwrap();
    let clients: Vec<_> = (0..3)
        .map(|_| {
            let changes = preview.changes(0);
            std::thread::spawn(move || changes.fold((0, Value::Null), |(count, _), last| (count + 1, last)))
        })
        .collect();
    preview.save(saves / 4);
    let early = preview.memory();
    preview.save(saves - saves / 4);
    let late = preview.memory();
    let version: usize = String::from_utf8(preview.get("/version").unwrap()).unwrap().parse().unwrap();
    assert!(version > saves / 2, "{version} versions");
    println!("{early} KiB became {late} KiB after {saves} saves");
    assert!(late < early + early / 8 + 4096, "{early} KiB became {late} KiB after {saves} saves");
    // what was told last is what is shown
    std::thread::sleep(std::time::Duration::from_secs(1));
    drop(preview);
    for client in clients {
        let (count, last) = client.join().unwrap();
        assert!(count > saves / 2 && last["version"] == version, "{count} changes, the last {last}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat() {
    memory_after(80);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "takes minutes: cargo test --release --test preview -- --ignored"]
fn memory_stays_flat_over_ten_thousand_saves() {
    memory_after(10_000);
}
