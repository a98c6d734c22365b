//! Whatever the author's file holds, parsing ends, soon and without a panic,
//! and no word is lost.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/spent.rs"]
mod spent;
#[path = "common/text.rs"]
mod text;

use dice::Dice;
use pamphleteer::book::{BlockKind, Body, Book, plain};
use pamphleteer::diag::{Code, Diagnostic, Severity};
use pamphleteer::{lint, manuscript};
use spent::spent_by_all;
use std::time::Duration;
use text::one_text;

fn parse(text: String) -> (Book, Vec<Diagnostic>) {
    let sources = one_text("en", text);
    let mut findings = Vec::new();
    let book = manuscript::parse(&sources).take(&mut findings);
    findings.extend(lint::check(&book, &sources.map));
    for finding in &findings {
        let span = finding.span.unwrap();
        let text = &sources.map.file(span.file).text;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{finding:?} parts a character");
    }
    (book, findings)
}

/// Input that has brought down Markdown readers, `n` of each.
fn hostile(n: usize) -> Vec<String> {
    let repeated = [
        "> ",
        ">",
        "- ",
        "[",
        "[a]{.b ",
        "[^a",
        "[^a] ",
        "*a **b ",
        "*a _b ",
        "<!-- a ",
        "<!-- a --> ",
        "<!-- page 3 -->a",
        "<!-- page 3 -->\n\n",
        "::: a\n",
        "::: verse\n",
        "::: verse\na\n\n",
        ":::\n",
        "\"a 'b ",
        "^a ",
        "^a",
        "~a",
        "# a\n\n",
        "[a](#b) ",
        "<b>",
        "'48 ",
        "the the —a ",
        "a\n: b\n\n",
        "\0",
        "“a\n\n",
        "1. ",
        "![",
        "\\",
        "`",
        "| a ",
        "{#a}",
        "[]{#a}",
        "\u{FDD0}",
        "\u{FDD1}\u{2028}",
        "&#0;",
        "\r",
        "a\tb ",
        "::: {.a #b lang=x}\n",
    ];
    let mut cases: Vec<String> = repeated.iter().map(|piece| piece.repeat(n)).collect();
    cases.push(format!("# {}\n", "word ".repeat(n)));
    cases.push((1..n / 20).map(|run| "`".repeat(run) + " ").collect());
    cases.push((0..n).map(|i| format!("[^{i}]: a[^{}]\n\n", i + 1)).collect::<String>() + "x[^0]\n");
    cases.push(format!("::: verse\n{}:::\n", "a *line\n".repeat(n)));
    cases.push(format!(
        "|{}\n|{}\n{}",
        "a|".repeat(50),
        "-|".repeat(50),
        format!("|{}\n", "a|".repeat(50)).repeat(n / 50)
    ));
    cases
}

#[test]
fn hostile_input_ends_in_time() {
    for case in hostile(4000) {
        let shown: String = case.chars().take(24).collect();
        let start = spent_by_all();
        parse(case);
        let spent = spent_by_all() - start;
        assert!(spent < Duration::from_secs(10), "{shown:?} takes {spent:?}");
    }
}

#[test]
fn a_hundred_thousand_quotes_do_not_fall() {
    let (book, findings) = parse("> ".repeat(100_000) + "deep");
    assert_eq!(findings.len(), 2, "too deep, and no title");
    assert!(format!("{:?}", body(&book)).contains("deep"));
}

/// The parser gives up on a table that lacks a quarter of a million cells, and takes
/// what follows for a part of it.
#[test]
fn what_follows_a_table_of_short_rows_is_kept_and_told() {
    let head = format!("|{}\n|{}\n", "a|".repeat(100), "-|".repeat(100));
    let text = format!("# T\n\n{head}{}\n## Last\n\nThe end.\n", "|x|\n".repeat(2700));
    let (book, findings) = parse(text);
    assert!(findings.iter().any(|f| f.code == Code::TableShape && f.severity == Severity::Error));
    let last = body(&book).blocks.iter().rev().find_map(|block| match &block.kind {
        BlockKind::Para(inlines) => Some(plain(inlines)),
        _ => None,
    });
    assert_eq!(last.as_deref(), Some("The end."));
}

fn body(book: &Book) -> &Body {
    book.sections[0].body().unwrap()
}

/// Random texts from the marks that mean something, always the same ones.
#[test]
fn no_word_of_a_random_text_is_lost() {
    let pieces = [
        "word",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "*",
        "**",
        "_",
        "^",
        "~",
        "[",
        "]",
        "{.smallcaps}",
        "(#id)",
        "[^1]",
        "[^1]: ",
        "::: verse\n",
        "::: letter\n",
        ":::\n",
        "<!-- page 3 -->",
        "<!-- c -->",
        "`",
        "```\n",
        "    ",
        "|",
        "|---|\n",
        ": ",
        "\"",
        "'",
        "--",
        "...",
        "\\",
        "é",
        "“",
        "—",
        " ",
        "  \n",
        "![a](b.png)",
        "{#x}",
        "<i>",
        "&amp;",
        "\u{2060}",
        "注",
    ];
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    for _ in 0..1500 {
        let mut text = String::new();
        let mut wanted = Vec::new();
        for number in 0..30 {
            let piece = dice.pick(&pieces);
            if piece == "word" {
                let word = format!("w{number}q");
                text.push_str(&word);
                wanted.push(word);
            } else {
                text.push_str(piece);
            }
        }
        let (book, findings) = parse(text.clone());
        let shown = format!("{:?} {:?}", book.sections, book.notes);
        let told =
            findings.iter().map(|finding| &finding.message).fold(String::new(), |all, message| all + message);
        let excused = findings
            .iter()
            .any(|finding| matches!(finding.code.name(), "note-unused" | "note-duplicate" | "link-unused"));
        for word in wanted {
            assert!(shown.contains(&word) || told.contains(&word) || excused, "{word} is lost from {text:?}");
        }
    }
}
