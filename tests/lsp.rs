//! An editor's session with `pamphleteer lsp`, by a process of its own: what it is told, offered and shown.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![cfg(feature = "cli")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

const BOOK: &str = "title = \"Margins\"\nlanguage = \"en-GB\"\n\n[matter]\nbody = [\"one.md\", \"part/two.md\"]\n\n[style]\ntext.size = \"11pt\"\n";
const ONE: &str = "# White paper\n\nThe type came from Leiden.[^leiden] See [](#ink) and [the end](part/two.md#the-end).\n\n[^leiden]: By *barge*.\n";
const TWO: &str = "# Two\n\n## On ink {#ink}\n\nBlack, says [the first](../one.md).\n\n## The end\n\nHere, after [](#ink).\n";

/// An editor, as far as a server can tell.
struct Editor {
    server: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    asked: u64,
    folder: PathBuf,
    /// The last findings of each document.
    told: Vec<(String, Value)>,
}

impl Editor {
    fn open(name: &str) -> Editor {
        Editor::with(name, &[])
    }

    /// An editor that names dictionaries, each a file and its text.
    fn with(name: &str, dictionaries: &[(&str, &str)]) -> Editor {
        let folder = std::env::temp_dir().join(format!("pamphleteer-lsp-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("part")).unwrap();
        let folder = folder.canonicalize().unwrap();
        for (name, text) in [("book.toml", BOOK), ("one.md", ONE), ("part/two.md", TWO)] {
            fs::write(folder.join(name), text).unwrap();
        }
        for (name, text) in dictionaries {
            fs::write(folder.join(name), text).unwrap();
        }
        let named = dictionaries.iter().map(|(name, _)| name).filter(|name| !name.ends_with(".aff"));
        let mut server = Command::new(env!("CARGO_BIN_EXE_pamphleteer"))
            .arg("lsp")
            .args(named.flat_map(|name| [PathBuf::from("--dictionary"), folder.join(name)]))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (server.stdin.take(), listen(server.stdout.take().unwrap()));
        let mut editor = Editor { server, to, from, asked: 0, folder, told: Vec::new() };
        let able = editor.ask("initialize", &json!({ "capabilities": {} }));
        assert_eq!(able["capabilities"]["renameProvider"]["prepareProvider"], true);
        editor.tell("initialized", &json!({}));
        editor
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.join(name).display())
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        let to = self.to.as_mut().unwrap();
        write!(to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        to.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The answer's result, or its error.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == self.asked {
                return message.get("result").or(message.get("error")).unwrap().clone();
            }
        }
    }

    fn read(&mut self) -> Value {
        let patience = Duration::from_secs(120);
        let message =
            self.from.recv_timeout(patience).unwrap_or_else(|_| panic!("silence after {:#?}", self.told));
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap().to_owned();
            self.told.push((uri, message["params"]["diagnostics"].clone()));
        }
        message
    }

    fn show(&mut self, name: &str) {
        let text = fs::read_to_string(self.folder.join(name)).unwrap();
        let uri = self.uri(name);
        self.tell(
            "textDocument/didOpen",
            &json!({ "textDocument": { "uri": uri, "languageId": "markdown", "version": 1, "text": text } }),
        );
    }

    fn write(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        self.tell(
            "textDocument/didChange",
            &json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Waits until the document has findings that pass.
    fn until(&mut self, name: &str, passes: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(name);
        loop {
            if let Some((_, found)) = self.told.iter().rev().find(|(it, _)| *it == uri) {
                let found = found.as_array().unwrap();
                if passes(found) {
                    return found.clone();
                }
            }
            self.read();
        }
    }

    /// Asks about the place of `|` in a line of a document that has the line without it.
    fn at(&mut self, method: &str, name: &str, line: u32, character: u32) -> Value {
        let uri = self.uri(name);
        let place = json!({ "line": line, "character": character });
        let params = json!({
            "textDocument": { "uri": uri }, "position": place, "newName": "lead", "context": { "includeDeclaration": true },
        });
        self.ask(&format!("textDocument/{method}"), &params)
    }

    fn labels(&mut self, name: &str, line: u32, character: u32) -> Vec<String> {
        let offered = self.at("completion", name, line, character);
        let items = offered["items"].as_array().unwrap().iter();
        items.map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    fn close(mut self) {
        assert_eq!(self.ask("shutdown", &Value::Null), Value::Null);
        self.tell("exit", &Value::Null);
        drop(self.to.take());
        assert!(self.server.wait().unwrap().success());
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// The messages of a server.
fn listen(from: ChildStdout) -> Receiver<Value> {
    let (out, messages) = channel();
    let mut from = BufReader::new(from);
    thread::spawn(move || {
        let mut line = String::new();
        let mut length = 0;
        while from.read_line(&mut line).unwrap() > 0 {
            if line.trim().is_empty() {
                let mut text = vec![0; length];
                from.read_exact(&mut text).unwrap();
                if out.send(serde_json::from_slice(&text).unwrap()).is_err() {
                    break;
                }
            }
            length = line.strip_prefix("Content-Length: ").map_or(length, |n| n.trim().parse().unwrap());
            line.clear();
        }
    });
    messages
}

fn codes(found: &[Value]) -> Vec<&str> {
    found.iter().map(|it| it["code"].as_str().unwrap_or_default()).collect()
}

#[test]
fn findings_follow_what_is_typed_and_not_saved() {
    let mut editor = Editor::open("findings");
    editor.show("one.md");
    editor.until("one.md", <[Value]>::is_empty);
    editor.write("one.md", &ONE.replace("[^leiden] See", "[^haarlem] See"));
    let found = editor.until("one.md", |found| !found.is_empty());
    assert_eq!(codes(&found), ["note-unknown", "note-unused"], "{found:?}");
    let place = &found[0]["range"];
    assert_eq!((&place["start"]["line"], &place["start"]["character"]), (&json!(2), &json!(26)));
    assert_eq!(fs::read_to_string(editor.folder.join("one.md")).unwrap(), ONE);
    let words = editor.at("hover", "one.md", 2, 30)["contents"]["value"].as_str().unwrap().to_owned();
    assert!(words.contains("note"), "{words}");
    editor.write("one.md", ONE);
    editor.until("one.md", <[Value]>::is_empty);
    // what needs pages is found when a file is saved
    editor.show("book.toml");
    editor.write("book.toml", &BOOK.replace("11pt", "11pt\"\npage.measure = \"9in"));
    fs::write(editor.folder.join("book.toml"), BOOK.replace("11pt", "11pt\"\npage.measure = \"9in")).unwrap();
    let uri = editor.uri("book.toml");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": uri } }));
    editor.until("book.toml", |found| found.iter().any(|it| it["severity"] == 1));
    editor.close();
}

#[test]
fn names_are_offered_followed_and_changed() {
    let mut editor = Editor::open("names");
    editor.show("one.md");
    editor.show("part/two.md");
    let here = |found: &Value| {
        (
            found["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(),
            found["range"]["start"]["line"].as_u64().unwrap(),
        )
    };
    // from a call to its note, from a link to its place
    assert_eq!(here(&editor.at("definition", "one.md", 2, 30)), ("one.md".to_owned(), 4));
    assert_eq!(here(&editor.at("definition", "one.md", 2, 45)), ("two.md".to_owned(), 2));
    assert_eq!(here(&editor.at("definition", "one.md", 2, 65)), ("two.md".to_owned(), 6));
    assert_eq!(here(&editor.at("definition", "part/two.md", 4, 20)), ("one.md".to_owned(), 0));
    assert_eq!(editor.at("hover", "one.md", 2, 30)["contents"]["value"], "By barge.");
    // and back
    let found = editor.at("references", "part/two.md", 2, 12);
    let found: Vec<(String, u64)> = found.as_array().unwrap().iter().map(here).collect();
    assert_eq!(found, [("two.md".to_owned(), 2), ("one.md".to_owned(), 2), ("two.md".to_owned(), 8)]);
    // the outline
    let outline = editor.at("documentSymbol", "part/two.md", 0, 0);
    assert_eq!(outline[0]["name"], "Two");
    assert_eq!(outline[0]["children"][1]["name"], "The end");
    // a name that the author gave changes in every text
    let changed = editor.at("rename", "one.md", 2, 46)["changes"].clone();
    let edits = |name: &str, editor: &Editor| changed[editor.uri(name)].as_array().unwrap().len();
    assert_eq!((edits("one.md", &editor), edits("part/two.md", &editor)), (1, 2));
    let one = &changed[editor.uri("one.md")][0];
    assert_eq!(
        one["range"],
        json!({ "start": { "line": 2, "character": 44 }, "end": { "line": 2, "character": 47 } })
    );
    // a heading that has its name from its words gets one of its own
    let changed = editor.at("rename", "part/two.md", 6, 5)["changes"].clone();
    let own = &changed[editor.uri("part/two.md")][0];
    assert_eq!((&own["newText"], &own["range"]["start"]["character"]), (&json!(" {#lead}"), &json!(10)));
    assert_eq!(changed[editor.uri("one.md")][0]["newText"], "lead");
    let refused = editor.at("rename", "one.md", 2, 3);
    assert_eq!(refused["message"], "there is no name of a note or place here");
    // what may be written
    editor.write("one.md", &format!("{ONE}\nAnd [^"));
    assert_eq!(editor.labels("one.md", 6, 6), ["leiden"]);
    editor.write("one.md", &format!("{ONE}\nAnd [](#"));
    assert_eq!(editor.labels("one.md", 6, 8), ["white-paper", "two", "ink", "the-end"]);
    editor.write("one.md", &format!("{ONE}\n::: "));
    assert!(editor.labels("one.md", 6, 4).contains(&"epigraph".to_owned()));
    editor.write("part/two.md", &format!("{TWO}\n[x]("));
    assert!(editor.labels("part/two.md", 10, 4).contains(&"../one.md".to_owned()));
    editor.close();
}

#[test]
fn keys_are_offered_with_their_words() {
    let mut editor = Editor::open("keys");
    editor.show("book.toml");
    assert!(editor.labels("book.toml", 2, 0).contains(&"subtitle".to_owned()));
    editor.write("book.toml", &format!("{BOOK}p\npage.opening = \n"));
    let style = editor.labels("book.toml", 8, 1);
    assert!(style.contains(&"page.measure".to_owned()) && !style.contains(&"subtitle".to_owned()));
    assert!(editor.labels("book.toml", 9, 15).contains(&"\"recto\"".to_owned()));
    let told = editor.at("hover", "book.toml", 7, 3)["contents"]["value"].as_str().unwrap().to_owned();
    assert!(told.contains("text.size"), "{told}");
    editor.close();
}

#[test]
fn what_makes_no_sense_ends_nothing() {
    let mut editor = Editor::open("nonsense");
    editor.tell("textDocument/didOpen", &json!({ "textDocument": { "uri": "untitled:1", "text": "x" } }));
    editor.tell("textDocument/didChange", &json!([1, 2]));
    assert_eq!(
        editor.ask("textDocument/hover", &json!({ "textDocument": { "uri": "file:///no/such.md" } })),
        Value::Null
    );
    assert_eq!(editor.at("hover", "one.md", 999, 999), Value::Null);
    assert_eq!(editor.ask("textDocument/colour", &json!({}))["code"], -32601);
    editor.show("one.md");
    assert_eq!(editor.at("definition", "one.md", 4_000_000_000, 4_000_000_000), Value::Null);
    // a book that cannot be read is told at book.toml
    fs::remove_file(Path::new(&editor.folder).join("part/two.md")).unwrap();
    let uri = editor.uri("one.md");
    editor.tell("textDocument/didSave", &json!({ "textDocument": { "uri": uri } }));
    editor.until("book.toml", |found| codes(found).contains(&"file-missing"));
    editor.close();
}

#[test]
fn words_that_no_dictionary_has_are_told_and_nearer_ones_offered() {
    let rules = "TRY esianrtolcdugmphbyfvkwz\nSFX S Y 1\nSFX S 0 s .\n";
    let words = "7\nthe\ntype/S\ncame\nfrom\nby\nbelievable\ninn\n";
    let mut editor = Editor::with(
        "spelling",
        &[("en.dic", words), ("en.aff", rules), ("names.txt", "Leiden\nKlaas\nPaper\n")],
    );
    let text = "# Paper\n\nThe type came from Leyden by *Klaas*’s [Zeug]{lang=de}, be*liev*able, inn't, A5, www.x.org/teh.\n\nTypes from\nteh inn.\n";
    editor.show("one.md");
    editor.write("one.md", text);
    let found = editor
        .until("one.md", |found| found.iter().any(|it| it["message"].as_str().unwrap().contains("teh")));
    let spelling: Vec<&Value> = found.iter().filter(|it| it["code"] == "spelling").collect();
    let told: Vec<&str> = spelling.iter().map(|it| it["message"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        ["“Leyden” is in no dictionary", "“inn’t” is in no dictionary", "“teh” is in no dictionary"]
    );
    let last = spelling[2];
    assert_eq!(
        last["range"],
        json!({ "start": { "line": 5, "character": 0 }, "end": { "line": 5, "character": 3 } })
    );
    let uri = editor.uri("one.md");
    let params = json!({
        "textDocument": { "uri": uri }, "range": last["range"], "context": { "diagnostics": [spelling[0], last] },
    });
    let actions = editor.ask("textDocument/codeAction", &params);
    let titles: Vec<&str> =
        actions.as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Write “Leiden”", "Write “the”"]);
    assert_eq!(actions[1]["edit"]["changes"][&uri][0]["newText"], "the");
    editor.close();
}
