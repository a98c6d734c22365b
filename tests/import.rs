//! Golden cases of the import: `tests/golden/import/NAME.txt` is a
//! transcription, `NAME.out` what is recovered from it. `ACCEPT=1` writes the
//! second anew; review the difference before you commit it.

use pamphleteer::diag::{Colour, SourceMap, draw};
use pamphleteer::import::{Request, recover};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Everything that an import yields, as readable text.
fn shown(name: &str, text: &str) -> String {
    let mut map = SourceMap::default();
    let file = map.add(name, text);
    let checked = recover(&Request {
        name,
        text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
        dictionary: None,
    });
    let mut out = String::new();
    for finding in &checked.findings {
        out.push_str(&draw(finding, &map, Colour::Off));
    }
    let Some(recovered) = checked.value else { return out + "nothing recovered\n" };
    let _ = writeln!(out, "{:#?}", recovered.summary);
    for (path, content) in &recovered.files {
        let content = match path.as_str() {
            "decisions.toml" => decisions(content),
            "import-report.html" => continue,
            _ => content.clone(),
        };
        let _ = write!(out, "\n==== {path}\n{content}");
    }
    out
}

/// The decisions in one line each.
fn decisions(content: &str) -> String {
    let table: toml::Table = content.parse().expect("decisions.toml is TOML");
    let mut out = String::new();
    let list = |key: &str| table.get(key).and_then(|v| v.as_array()).cloned().unwrap_or_default();
    let field = |v: &toml::Value, key: &str| v.get(key).map_or(String::new(), ToString::to_string);
    for page in list("page") {
        let keys = ["number", "certain", "confidence", "evidence"];
        let _ = writeln!(out, "page {}", keys.map(|k| field(&page, k)).join(" · "));
    }
    for decision in list("decision") {
        let keys = ["line", "rule", "verdict", "confidence", "words", "evidence"];
        let _ = writeln!(out, "{}", keys.map(|k| field(&decision, k)).join(" · "));
    }
    out
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/import");
    let entries = std::fs::read_dir(&folder).expect("the folder of golden cases");
    let mut found: Vec<PathBuf> = entries.filter_map(|e| Some(e.ok()?.path())).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    found.sort();
    found
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test itself reads the file")]
fn golden_cases() {
    let accept = std::env::var("ACCEPT").is_ok();
    let mut failed = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 8, "only {} golden cases", cases.len());
    for path in cases {
        let name = path.file_name().and_then(|n| n.to_str()).expect("a plain file name").to_owned();
        let text = std::fs::read_to_string(&path).expect("a readable case");
        let found = shown(&name, &text);
        let golden = path.with_extension("out");
        if accept {
            std::fs::write(&golden, &found).expect("a writable case");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != found {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "differ (see with ACCEPT=1 and git diff): {failed:?}");
}

/// Imports with what the editor left in the two files.
fn again(text: &str, decisions: &str, corrections: &str) -> Vec<(String, String)> {
    let mut map = SourceMap::default();
    let file = map.add("again.txt", text);
    let (decisions, corrections) = (Some(decisions), Some(corrections));
    let checked = recover(&Request {
        name: "again.txt",
        text,
        file,
        decisions,
        corrections,
        book_toml: Some(""),
        dialect: None,
        dictionary: None,
    });
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    checked.value.expect("a manuscript").files
}

fn file(files: &[(String, String)], name: &str) -> String {
    files.iter().find(|(n, _)| n == name).expect("the file").1.clone()
}

#[test]
fn the_editors_word_goes_before_ours_and_is_kept() {
    let text =
        "# The Pond\n\nThe water of the the pond is still and it is\n\nnot deep. He said:\n\nNever swim.\n";
    let first = again(text, "", "");
    let manuscript = file(&first, "01-the-pond.md");
    assert!(manuscript.contains("it is not deep") && manuscript.contains("> Never swim."), "{manuscript}");
    assert!(!first.iter().any(|(name, _)| name == "book.toml"), "the editor's book.toml is left alone");
    let overruled = file(&first, "decisions.toml")
        .replace("verdict = \"quote\"", "editor = \"paragraph\"\nverdict = \"quote\"");
    let approved = file(&first, "corrections.toml").replace("approved = false", "approved = true");
    let second = again(text, &overruled, &approved);
    let manuscript = file(&second, "01-the-pond.md");
    assert!(manuscript.contains("\n\nNever swim.") && manuscript.contains("of the pond"), "{manuscript}");
    let third = again(text, &file(&second, "decisions.toml"), &file(&second, "corrections.toml"));
    assert_eq!(second, third, "what the editor said is kept");
}

#[test]
fn what_is_no_text_is_called_what_it_is() {
    let folder = std::env::temp_dir().join(format!("pamphleteer-kinds-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let said = |source: &std::path::Path| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pamphleteer"));
        let ran = command.arg("import").arg(source).arg("--into").arg(folder.join("book")).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    for (name, bytes, words) in [
        ("a.pdf", &b"%PDF-1.7\n"[..], "pdftotext"),
        ("a.md", b"# A\n\n<!-- page 1 -->\n\n::: verse\nOne\n:::\n", "Markdown already"),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
        let (code, said) = said(&folder.join(name));
        assert!(code == Some(1) && said.contains("import-kind") && said.contains(words), "{said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
