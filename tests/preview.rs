//! The preview, asked as a browser asks it.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

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
        let book = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
            "preview-{}-{}",
            std::process::id(),
            text.len()
        ));
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
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap(), body)
    }

    fn get(&self, path: &str) -> Option<Vec<u8>> {
        let (head, body) = self.ask(path, &self.address);
        head.starts_with("HTTP/1.1 200 ").then_some(body)
    }
}

#[test]
fn a_browser_sees_pages_ebook_and_changes() {
    let preview = Preview::of("# One\n\nThe first words.\n");
    let page = String::from_utf8(preview.get("/").unwrap()).unwrap();
    assert!(page.contains("<title>Seen</title>") && page.contains("/page/1.png?v=1"), "{page}");
    assert!(preview.get("/page/1.png").unwrap().starts_with(b"\x89PNG"));
    let (cover, first) = (page.find("/cover?v=1").unwrap(), page.find("/page/1.png").unwrap());
    assert!(cover < first && preview.get("/cover").is_some(), "the cover comes first");
    let texts = page.split("<option value=\"").filter_map(|part| part.split('"').next());
    let text = texts.filter(|path| path.starts_with("/book/")).collect::<Vec<_>>().pop().unwrap();
    let words = String::from_utf8(preview.get(text).unwrap()).unwrap();
    assert!(words.contains("The first words."), "{words}");
    assert_eq!(preview.get("/version").unwrap(), b"1");
    std::fs::write(preview.book.join("text.md"), "# One\n\nOther words, and more of them.[^x]\n").unwrap();
    assert_eq!(preview.get("/version").unwrap(), b"2");
    let page = String::from_utf8(preview.get("/").unwrap()).unwrap();
    assert!(
        page.contains("note-unknown") && page.contains("These pages are older than your files"),
        "{page}"
    );
    let words = String::from_utf8(preview.get(text).unwrap()).unwrap();
    assert!(words.contains("The first words."), "{words}");
    std::fs::write(preview.book.join("text.md"), "# One\n\nOther words, and more of them.\n").unwrap();
    let page = String::from_utf8(preview.get("/").unwrap()).unwrap();
    assert!(!page.contains("older than your files"), "{page}");
    let words = String::from_utf8(preview.get(text).unwrap()).unwrap();
    assert!(words.contains("Other words"), "{words}");
}

#[test]
fn nothing_else_is_shown_to_nobody_else() {
    let preview = Preview::of("# One\n\nWords.\n");
    for path in
        ["/page/0.png", "/page/99999.png", "/book/../book.toml", "/../text.md", "/book/", "/page/-1.png"]
    {
        assert_eq!(preview.get(path), None, "{path}");
    }
    let (head, body) = preview.ask("/", "elsewhere.example");
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    assert!(!String::from_utf8(body).unwrap().contains("Seen"));
}
