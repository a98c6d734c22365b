//! What a user has written is not replaced: not by `new`, not by `import`; and a
//! build that watches never watches itself.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]
#![allow(dead_code, reason = "not every test needs all of the common part")]

#[path = "common/process.rs"]
mod process;

use process::{Scratch, names_in, run, said, tool};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

const TRANSCRIPTION: &str =
    "# The Pond\n\nThe water of the the pond is still and it is\n\nnot deep. He said:\n\nNever swim.\n";

#[test]
fn new_replaces_nothing() {
    let home = Scratch::new("new");
    home.write("d/01-first.md", "my novel");
    home.write("d/.gitignore", "mine");
    let (code, words) = said(tool(["new"]).arg(home.path("d")));
    assert!(code == Some(0) && words.contains("kept as it was: .gitignore"), "{words}");
    assert_eq!((home.read("d/01-first.md"), home.read("d/.gitignore")), ("my novel".into(), "mine".into()));
    let toml = home.read("d/book.toml");
    let (code, words) = said(tool(["new"]).arg(home.path("d")));
    assert!(code == Some(3) && words.contains("holds a book already"), "{words}");
    assert_eq!(home.read("d/book.toml"), toml);
    home.write("file", "words");
    assert_eq!(said(tool(["new"]).arg(home.path("file"))).0, Some(3));
    assert_eq!(home.read("file"), "words");
    #[cfg(unix)]
    {
        fs::create_dir(home.path("e")).unwrap();
        std::os::unix::fs::symlink("nowhere", home.path("e/book.toml")).unwrap();
        assert_eq!(said(tool(["new"]).arg(home.path("e"))).0, Some(3), "a link to nowhere is a file");
        assert_eq!(names_in(&home.path("e")), ["book.toml"]);
    }
}

/// A folder with an import in it.
fn imported(name: &str) -> Scratch {
    let home = Scratch::new(name);
    home.write("t.txt", TRANSCRIPTION);
    let (code, words) = import(&home, &[]);
    assert_eq!(code, Some(0), "{words}");
    home
}

fn import(home: &Scratch, more: &[&str]) -> (Option<i32>, String) {
    said(tool(["import"]).arg(home.path("t.txt")).arg("--into").arg(home.path("b")).args(more))
}

#[test]
fn an_import_does_not_mix_two_books() {
    let home = imported("two-books");
    home.write("other.md", "# Another Book\n\nIts words.\n");
    let other = |more: &[&str]| {
        said(tool(["import"]).arg(home.path("other.md")).arg("--into").arg(home.path("b")).args(more))
    };
    let before = home.read("b/book.toml");
    let (code, words) = other(&[]);
    assert!(code == Some(1) && words.contains("import-occupied") && words.contains("`t.txt`"), "{words}");
    assert_eq!(home.read("b/book.toml"), before);
    assert_eq!(import(&home, &[]).0, Some(0), "the same source again");
    let (code, words) = other(&["--force"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(home.read("b/book.toml").contains("Another Book") || home.read("b/book.toml").contains("Other"));
    assert_eq!(import(&home, &[]).0, Some(1), "the folder is the other book's now");
    assert!(
        !names_in(&home.path("b")).contains(&"01-the-pond.md".to_owned()),
        "a text of the former book is left"
    );
    // what an editor wrote stays, and is told
    let text = names_in(&home.path("b")).into_iter().find(|name| name.ends_with(".md")).unwrap();
    home.write(&format!("b/{text}"), "by hand\n");
    home.write("other.md", "# A Third Book\n\nIts words.\n");
    let (code, words) = other(&["--force"]);
    assert!(code == Some(0) && words.contains("the file stays, but is not part of the book"), "{words}");
    assert_eq!(home.read(&format!("b/{text}")), "by hand\n");
    // a book that nobody imported
    home.write("own/book.toml", "title = \"T\"\n");
    home.write("own/01.md", "# One\n");
    let (code, words) = said(tool(["import"]).arg(home.path("t.txt")).arg("--into").arg(home.path("own")));
    assert!(code == Some(1) && words.contains("import-occupied") && words.contains("`01.md`"), "{words}");
}

#[test]
fn an_import_names_the_dialect_that_it_reads() {
    let home = Scratch::new("dialect");
    home.write("t.txt", TRANSCRIPTION);
    let (code, words) = import(&home, &[]);
    assert!(
        code == Some(0) && words.contains("read as markdown (") && words.contains("--dialect"),
        "{words}"
    );
}

#[test]
fn an_import_leaves_what_was_edited() {
    let home = imported("edited");
    let text = home.read("b/01-the-pond.md");
    home.write("b/01-the-pond.md", "by hand\n");
    home.write("b/import-report.html", "by hand too\n");
    let (code, words) = import(&home, &[]);
    assert!(
        code == Some(0) && words.contains("import-edited") && words.contains("01-the-pond.md.new"),
        "{words}"
    );
    assert_eq!(
        (home.read("b/01-the-pond.md"), home.read("b/01-the-pond.md.new")),
        ("by hand\n".into(), text.clone())
    );
    assert_eq!(home.read("b/import-report.html"), "by hand too\n");
    // what lies beside may be edited as well
    home.write("b/01-the-pond.md.new", "half merged\n");
    assert_eq!(import(&home, &[]).0, Some(0));
    assert_eq!(home.read("b/01-the-pond.md.new"), "half merged\n");
    assert_eq!(home.read("b/01-the-pond.md.new.new"), text);
    // a file that is as the import wants it is nobody's edit, and what lies beside is not needed
    home.write("b/01-the-pond.md", &text);
    fs::remove_file(home.path("b/01-the-pond.md.new.new")).unwrap();
    home.write("b/01-the-pond.md.new", &text);
    let (code, words) = import(&home, &["--force"]);
    assert!(code == Some(0) && !words.contains("01-the-pond.md` was edited"), "{words}");
    assert!(
        words.contains("`import-report.html` was edited")
            && !home.read("b/import-report.html").contains("hand")
    );
    assert!(
        !names_in(&home.path("b")).iter().any(|name| name.ends_with(".new")),
        "{:?}",
        names_in(&home.path("b"))
    );
    home.write("b/01-the-pond.md", "by hand\n");
    assert_eq!(import(&home, &["--force"]).0, Some(0));
    assert_eq!(home.read("b/01-the-pond.md"), text);
    let (code, words) = import(&home, &[]);
    assert!(code == Some(0) && !words.contains("import-edited"), "{words}");
}

/// A book that an earlier version imported, or that has a text of the same name.
#[test]
fn what_no_import_wrote_is_the_users() {
    let home = Scratch::new("foreign");
    home.write("t.txt", TRANSCRIPTION);
    home.write("b/01-the-pond.md", "my own pond\n");
    home.write("b/.gitignore", "mine\n");
    let (code, words) = import(&home, &[]);
    assert!(code == Some(0) && words.contains("import-edited"), "{words}");
    assert_eq!(
        (home.read("b/01-the-pond.md"), home.read("b/.gitignore")),
        ("my own pond\n".into(), "mine\n".into())
    );
    let decisions = home.read("b/decisions.toml");
    let (kept, _) = decisions.split_once("\n# The files that the import wrote").unwrap();
    let home = imported("older");
    home.write("b/decisions.toml", kept);
    let (code, words) = import(&home, &[]);
    assert!(code == Some(0) && !words.contains("import-edited"), "{words}");
    assert!(home.read("b/.gitignore").starts_with("out/\n"));
}

#[test]
fn an_import_keeps_comments_and_order() {
    let home = imported("comments");
    let again = home.read("b/decisions.toml");
    assert_eq!(import(&home, &[]).0, Some(0));
    assert_eq!(home.read("b/decisions.toml"), again, "the second import changes nothing");
    let edited = again.replacen("[[decision]]", "# ask the archive\n[[decision]]", 1).replace(
        "verdict = \"quote\"",
        "editor = \"paragraph\"  # says M.\nseen-by = \"M.\"\nverdict = \"quote\"",
    );
    assert_ne!(edited, again);
    home.write("b/decisions.toml", &edited);
    let corrections = home.read("b/corrections.toml").replace("approved = false", "# sure\napproved = true");
    home.write("b/corrections.toml", &corrections);
    let (code, words) = import(&home, &[]);
    assert_eq!(code, Some(0), "{words}");
    let now = home.read("b/decisions.toml");
    for kept in ["# ask the archive\n[[decision]]", "editor = \"paragraph\"  # says M.\nseen-by = \"M.\""] {
        assert!(now.contains(kept), "{kept}\n{now}");
    }
    assert!(home.read("b/corrections.toml").contains("# sure\napproved = true"));
    assert!(home.read("b/01-the-pond.md").contains("of the pond"));
    let ids = |text: &str| {
        text.lines().filter(|line| line.starts_with("id = ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(&now), ids(&edited));
}

#[test]
fn side_files_that_cannot_be_read_stop_an_import() {
    for name in ["decisions.toml", "corrections.toml", "book.toml"] {
        let home = imported("unread");
        let before = names_in(&home.path("b"));
        for (bytes, words) in
            [(&b"# M\xfcller said so\n"[..], "not UTF-8"), (b"[[decision]\nid = ", "not valid TOML")]
        {
            if name == "book.toml" && words.contains("TOML") {
                continue;
            }
            home.write(&format!("b/{name}"), bytes);
            home.write("t.txt", TRANSCRIPTION.replace("deep", "shallow"));
            for more in [&[][..], &["--force"]] {
                let (code, said) = import(&home, more);
                assert!(
                    code == Some(1) && said.contains(words) && said.contains(&format!("--> {name}:1:")),
                    "{said}"
                );
            }
            assert_eq!(fs::read(home.path(&format!("b/{name}"))).unwrap(), bytes);
            assert!(home.read("b/01-the-pond.md").contains("deep"), "nothing was written");
            assert_eq!(names_in(&home.path("b")), before);
        }
        fs::remove_file(home.path(&format!("b/{name}"))).unwrap();
        fs::create_dir(home.path(&format!("b/{name}"))).unwrap();
        let (code, said) = import(&home, &[]);
        assert!(code == Some(1) && said.contains("is a folder"), "{said}");
    }
}

/// A build that watches; the lines that say that it has built.
struct Watch {
    child: std::process::Child,
    built: mpsc::Receiver<String>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn start(book: &Path, out: &Path) -> Watch {
        let mut command = tool(["build", "--watch", "--to", "epub,png", "--out"]);
        let mut child = command.arg(out).current_dir(book).stderr(Stdio::piped()).spawn().unwrap();
        let (told, built) = mpsc::channel();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok).filter(|line| line.starts_with("watching")) {
                let _ = told.send(line);
            }
        });
        Watch { child, built }
    }

    fn builds_again(&self, within: Duration) -> bool {
        self.built.recv_timeout(within).is_ok()
    }
}

/// Three looks of the watcher and a build.
const A_WHILE: Duration = Duration::from_millis(1200);
const LONG: Duration = Duration::from_secs(30);

#[test]
fn a_build_does_not_watch_itself() {
    std::thread::scope(|scope| {
        for out in ["dist", "./dist", "../watch-2/dist", ".", "texts", "ABSOLUTE"] {
            scope.spawn(move || {
                let number = out.len();
                let book = Scratch::book(&format!("watch-{number}"), "# One\n\n![A cover](texts/a.png)\n");
                book.write("texts/a.png", fs::read("tests/common/random_book.png").unwrap());
                let out = match out {
                    "ABSOLUTE" => book.path("deep/dist"),
                    "../watch-2/dist" => Path::new("..").join(book.0.file_name().unwrap()).join("dist"),
                    out => out.into(),
                };
                let watch = Watch::start(&book.0, &out);
                assert!(watch.builds_again(LONG), "{}: the first build", out.display());
                assert!(!watch.builds_again(A_WHILE), "{}: it builds for its own outputs", out.display());
                book.write("text.md", "# Two\n\n![A cover](texts/a.png)\n");
                assert!(watch.builds_again(LONG), "{}: a change is followed", out.display());
                assert!(!watch.builds_again(A_WHILE), "{}: and then it rests", out.display());
                // a build of somebody else's is no change of the book either
                assert!(
                    run(tool(["build", "--to", "pdf", "--out"]).arg(book.path("elsewhere")).arg(&book.0))
                        .status
                        .success()
                );
                assert!(!watch.builds_again(A_WHILE), "{}: another build is no change", out.display());
            });
        }
    });
}
