//! Manuscripts that mean harm: whatever they hold, the outcome is a finding or
//! a harmless file, soon, and without a panic.

use crate::spent::spent_by;
use crate::unpacked;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A book that means harm: its name, and its files besides book.toml.
struct Case {
    name: &'static str,
    /// Lines of book.toml beyond title, language and matter.
    toml: String,
    files: Vec<(&'static str, Vec<u8>)>,
}

fn text(name: &'static str, words: impl Into<String>) -> Case {
    Case { name, toml: String::new(), files: vec![("text.md", words.into().into_bytes())] }
}

fn picture(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    let words = format!("# T\n\n![What it shows]({file})\n");
    Case { files: vec![("text.md", words.into_bytes()), (file, bytes.into())], ..text(name, "") }
}

fn toml(name: &'static str, lines: &str) -> Case {
    Case { toml: lines.to_owned(), ..text(name, "# T\n\nWords.\n") }
}

fn svg(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>\
         <rect width='9' height='9'/>{inside}</svg>"
    )
}

fn cases() -> Vec<Case> {
    let mut all = texts();
    all.extend(large());
    all.extend(pictures());
    all.extend([
        toml("control characters in particulars", "subtitle = \"a\\u0007b\"\nrights = \"\\u001b[31m\""),
        toml("a slug that climbs", "slug = '../../evil'"),
        toml(
            "a publisher with a script",
            "publisher = { name = '</dc:publisher><script/>', url = 'javascript:x()' }",
        ),
        toml("an identifier with tags", "identifier = 'urn:x:\"><script>'"),
        toml(
            "a style sheet from above",
            "style = { name = 'pamphlet', epub = { css = '../../../etc/passwd' } }",
        ),
        toml(
            "a cover from above",
            "style = { name = 'pamphlet', cover = { front = '../../../etc/passwd.png' } }",
        ),
        toml("a certifier with a script", "certified-by = '<script>alert(1)</script>'"),
        toml("control characters", "description = \"a\\u0000b\\u001bc\\uFFFE\""),
    ]);
    all
}

fn texts() -> Vec<Case> {
    vec![
        text(
            "script tags",
            "# T\n\nA <script>alert(1)</script> b.\n\n<script>\nalert(1)\n</script>\n\n<img src=x onerror=alert(1)>\n\n<iframe src=https://e.example></iframe>\n",
        ),
        text(
            "code that looks like tags",
            "# T\n\n`<script>alert(1)</script>`\n\n```\n</code><script>alert(1)</script>\n```\n",
        ),
        text(
            "links that run",
            "# T\n\n[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,<script>) [d](vbscript:x) [e](&#106;avascript:x) [f](java\tscript:x) [g](file:///etc/passwd) <javascript:x>\n",
        ),
        text(
            "links in odd letters",
            "# T\n\n[a](https://e.example/\"onclick=\"x) [b](<https://e.example/ <script>>) [c](https://e.example/%00%0d%0a) [d](https://[::1]/) [e](mailto:a@b?subject=\"><script>)\n",
        ),
        text(
            "entities",
            "# T &lt;script&gt;\n\n&nbsp;&#0;&#x110000;&xxe;&amp;lt; &#x1b; ]]> <!ENTITY x> <?php ?>\n",
        ),
        text(
            "control characters",
            "# T\u{1}\n\na\u{0}b\u{8}c\u{1b}[31m\u{7f}\u{85}\u{fffe}\u{ffff}\u{202e}d\n",
        ),
        text(
            "paths that climb",
            "# T\n\n![a](../../../../etc/passwd.png) ![b](/etc/hostname.png) ![c](..%2f..%2fx.png) ![d](C:\\x.png) ![e](images\\x.png) [f](../../x.md) [g](/etc/passwd)\n",
        ),
        text(
            "ids that collide",
            "# T {#nav}\n\n## A {#note-1}\n\n## B {#page-1}\n\n## C {#contents-title}\n\n[]{#noteref-1}x[^1] []{#id\"onload=x}\n\n[^1]: N.\n",
        ),
        text(
            "classes and languages with tags",
            "# T {.a\"><script>}\n\n[x]{lang=\"><script>\"} [y]{.\"onload=} [z]{lang=en-\"x}\n\n::: {.a\" onclick=\"x}\nb\n:::\n",
        ),
        text("notes that call one another", "# T[^a]\n\n[^a]: A[^b]\n\n[^b]: B[^a] and itself[^b]\n"),
        text("right to left overrides", "# \u{202e}txt.exe\u{202c}\n\n\u{2066}a\u{2067}b\u{feff}\u{200b}\n"),
    ]
}

fn large() -> Vec<Case> {
    const MANY: usize = 100_000;
    let end = |n: usize| if n % 20 == 19 { "\n\n" } else { " " };
    let notes: String = (0..MANY).map(|n| format!("a[^{n}]{}", end(n))).collect();
    let bodies: String = (0..MANY).map(|n| format!("[^{n}]: Ibid.\n\n")).collect();
    let steps: String = (0..2000).map(|n| format!("{}- x\n", "  ".repeat(n))).collect();
    vec![
        text("a hundred thousand quotes", "> ".repeat(MANY) + "deep"),
        text("a hundred thousand list marks", "- ".repeat(MANY) + "deep"),
        text("lists in lists", steps),
        text("a hundred thousand stars", "*a **b ".repeat(MANY / 4)),
        text("divisions in divisions", "::: letter\n".repeat(5000) + "x\n"),
        text("a heading of a megabyte", format!("# {}\n\nx\n", "word ".repeat(200_000))),
        text("a heading of one word of a megabyte", format!("# {}\n\nx\n", "w".repeat(1_000_000))),
        text("a cell of a megabyte", format!("# T\n\n|a|b|\n|-|-|\n|{}|b|\n", "c".repeat(1_000_000))),
        text(
            "one note called a hundred thousand times",
            format!("# T\n\n{}\n\n[^1]: Ibid.\n", "x[^1]".repeat(MANY)),
        ),
        toml(
            "a subtitle of three hundred thousand letters",
            &format!("subtitle = '{}'", "s".repeat(3 * MANY)),
        ),
        text("a word of a hundred thousand letters", format!("# T\n\n{}\n", "x".repeat(MANY))),
        text("a hundred thousand notes", format!("# T\n\n{notes}\n\n{bodies}")),
    ]
}

fn pictures() -> Vec<Case> {
    let page = "<!doctype html><script>alert(1)</script>";
    let script = svg(
        "<script>alert(1)</script><g onload='x()'><a href='javascript:x()'><rect width='1' height='1'/></a></g>",
    );
    let foreign = svg(
        "<foreignObject width='9' height='9'><iframe xmlns='http://www.w3.org/1999/xhtml' src='https://e.example'/></foreignObject>",
    );
    let outside = svg(
        "<image href='https://e.example/x.png' width='9' height='9'/><use xlink:href='file:///etc/passwd#x'/><style>@import url(https://e.example/x.css); rect{fill:url(https://e.example/#a)}</style>",
    );
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
    let deep = svg(&("<g>".repeat(50_000) + &"</g>".repeat(50_000)));
    let mut polyglot = tiny_png();
    polyglot.extend(page.as_bytes());
    vec![
        picture("a drawing with scripts", "a.svg", script),
        picture("a drawing with a page in it", "a.svg", foreign),
        picture("a drawing that loads", "a.svg", outside),
        picture(
            "a drawing with laughing entities",
            "a.svg",
            format!("{laughs}{}", svg("<text>&c;&c;</text>")),
        ),
        picture(
            "a drawing that reads a file",
            "a.svg",
            format!("<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{}", svg("<text>&x;</text>")),
        ),
        picture("a drawing fifty thousand deep", "a.svg", deep),
        picture("a picture that is a page as well", "a.png", polyglot.clone()),
        picture("a page called a picture", "a.jpg", page),
        picture("a picture called a drawing", "a.svg", polyglot),
        picture("a drawing called a picture", "a.png", svg("<script>alert(1)</script>")),
        picture("a picture cut off", "a.png", tiny_png()[..40].to_vec()),
        picture("a picture of nothing", "a.gif", "GIF89a\0\0\0\0\0\0\0"),
        picture("a picture of 30,000 by 30,000 pixels", "a.png", bomb(30_000)),
        picture("a link to a file outside", "link.png", "->/etc/passwd"),
    ]
}

/// A PNG of one black pixel.
fn tiny_png() -> Vec<u8> {
    bomb(1)
}

/// A black square PNG of that many pixels a side, of one bit each.
fn bomb(side: u32) -> Vec<u8> {
    let size = side as usize * (1 + side.div_ceil(8) as usize);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("x", options).unwrap();
    zip.write_all(&vec![0; size]).unwrap();
    let packed = zip.finish().unwrap().into_inner();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&packed)).unwrap();
    let file = archive.by_index(0).unwrap();
    let from = file.data_start().unwrap() as usize;
    let mut data = vec![0x78, 0x9c];
    data.extend(&packed[from..from + file.compressed_size() as usize]);
    let adler = ((size % 65_521) as u32) << 16 | 1;
    data.extend(adler.to_be_bytes());
    let mut head = [side.to_be_bytes(), side.to_be_bytes()].concat();
    head.extend([1, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, bytes) in [(b"IHDR", &head), (b"IDAT", &data), (b"IEND", &Vec::new())] {
        let chunk = [kind.as_slice(), bytes].concat();
        png.extend((bytes.len() as u32).to_be_bytes());
        png.extend(&chunk);
        png.extend(crc(&chunk).to_be_bytes());
    }
    png
}

/// CRC-32 as PNG wants it (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// Writes a case to the disk; a file that begins with `->` becomes a link.
fn write(case: &Case) -> PathBuf {
    let stem: String = case.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(stem);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let toml = format!(
        "title = 'A <b>\"title\"</b> & more'\nlanguage = 'en-GB'\n{}\n[matter]\nbody = ['text.md']\n",
        case.toml
    );
    fs::write(folder.join("book.toml"), toml).unwrap();
    for (name, bytes) in &case.files {
        match bytes.strip_prefix(b"->") {
            #[cfg(unix)]
            Some(target) => {
                let target = std::str::from_utf8(target).unwrap();
                std::os::unix::fs::symlink(target, folder.join(name)).unwrap();
            }
            _ => fs::write(folder.join(name), bytes).unwrap(),
        }
    }
    folder
}

/// The most processor time that a book may take.
const LONGEST: Duration = Duration::from_secs(60);
/// A build that gets no further is ended, whether it has had a processor or not.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds a book with the tool itself: how it ended, none when it takes too long, and its processor time.
fn build(folder: &Path) -> (Option<i32>, Duration) {
    let log = fs::File::create(folder.join("log")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
        .args(["build", "--to", "epub,pdf", "--out"])
        .args([folder.join("out"), folder.to_owned()])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let begin = Instant::now();
    let mut spent = Duration::ZERO;
    while spent < LONGEST && begin.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return (Some(status.code().unwrap_or(-1)), spent);
        }
        spent = spent_by(child.id(), begin);
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    (None, spent)
}

#[test]
fn harm_becomes_a_finding_or_a_harmless_file() {
    let mut wrong = Vec::new();
    let only = std::env::var_os("HOSTILE").unwrap_or_default().to_string_lossy().into_owned();
    for case in cases().iter().filter(|case| case.name.contains(&only)) {
        let folder = write(case);
        let (ended, spent) = build(&folder);
        match ended {
            Some(0 | 1) => {}
            Some(code) => wrong.push(format!("{}: ends with {code}", case.name)),
            None => wrong.push(format!("{}: takes too long", case.name)),
        }
        println!("{:6.2} s  {}", spent.as_secs_f64(), case.name);
        let log = fs::read_to_string(folder.join("log")).unwrap();
        if log.contains("panicked") || log.contains("overflow") {
            wrong.push(format!("{}: {log}", case.name));
        }
        wrong.extend(judge(&folder).into_iter().map(|fault| format!("{}: {fault}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the files that were made, which all stand in one folder.
fn judge(folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let Ok(made) = fs::read_dir(folder.join("out")) else { return faults };
    for file in made.flatten() {
        let name = file.file_name().into_string().unwrap();
        if name.ends_with(".epub") {
            judge_package(&fs::read(file.path()).unwrap(), &mut faults);
        }
    }
    faults
}

fn judge_package(bytes: &[u8], faults: &mut Vec<String>) {
    let files = unpacked(bytes);
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (name, text) in &files {
        if name.contains("..") || name.starts_with('/') || name.contains('\\') {
            faults.push(format!("the package has a file {name}"));
        }
        let xml = [".xhtml", ".opf", ".ncx", ".xml", ".svg"].iter().any(|ending| name.ends_with(ending));
        if xml && let Err(fault) = judge_document(name, text, &names) {
            faults.push(format!("{name}: {fault}"));
        }
        if text.contains("root:x:0") {
            faults.push(format!("{name} holds a file of the machine"));
        }
    }
}

/// A document is well-formed, its ids are unique, and nothing in it runs or
/// leads anywhere but into the package or to the web.
fn judge_document(name: &str, text: &str, names: &BTreeSet<&str>) -> Result<(), String> {
    const RUNS: [&str; 6] = ["script", "iframe", "object", "embed", "form", "foreignObject"];
    let mut reader = Reader::from_str(text);
    let mut ids = BTreeSet::new();
    loop {
        let event = reader.read_event().map_err(|problem| problem.to_string())?;
        let start = match event {
            Event::Start(start) | Event::Empty(start) => start,
            Event::Eof => return Ok(()),
            _ => continue,
        };
        let tag = start.name().as_ref().to_owned();
        if RUNS.contains(&tag.as_str()) {
            return Err(format!("<{tag}>"));
        }
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|problem| problem.to_string())?;
            let (key, value) = (attribute.key.as_ref().to_owned(), attribute.value.as_ref().to_owned());
            match key.as_str() {
                "id" if !ids.insert(value.clone()) => return Err(format!("the id {value} twice")),
                "href" | "src" | "xlink:href" => lead(name, &value, names)?,
                key if key.starts_with("on") || key == "style" && name.ends_with(".xhtml") => {
                    return Err(format!("the attribute {key}"));
                }
                _ => {}
            }
        }
    }
}

/// Where an address may lead: the web from a link, or a file of the package.
fn lead(from: &str, address: &str, names: &BTreeSet<&str>) -> Result<(), String> {
    let lower = address.to_ascii_lowercase();
    let web = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let drawn = from.ends_with(".svg") && (lower.starts_with('#') || lower.starts_with("data:image/"));
    if drawn || (web && from.ends_with(".xhtml")) || from.ends_with("container.xml") {
        return Ok(());
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in address.split('#').next().unwrap().split('/') {
        match step {
            "." | "" => {}
            ".." => drop(folders.pop()),
            step => folders.push(step),
        }
    }
    let path = folders.join("/");
    if names.contains(path.as_str()) { Ok(()) } else { Err(format!("it leads to {address}")) }
}
