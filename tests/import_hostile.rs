//! Hostile and random transcriptions: the import ends with a manuscript or
//! with findings, never with a panic, and never fails its own proof.

#[path = "common/dice.rs"]
mod dice;
#[path = "common/spent.rs"]
mod spent;

use dice::Dice;
use pamphleteer::diag::{Code, Severity, SourceMap};
use pamphleteer::import::{Recovered, Request, recover};
use spent::spent;
use std::time::Duration;

/// Imports `text`; panics when nothing is recovered without a reason, or the proof fails.
fn import(text: &str) -> Option<Recovered> {
    let mut map = SourceMap::default();
    let file = map.add("hostile.txt", text);
    let request = Request {
        name: "hostile.txt",
        text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
        dictionary: None,
    };
    let checked = recover(&request);
    let failed = checked.findings.iter().find(|f| f.code == Code::ImportProof);
    assert!(failed.is_none(), "{failed:?}\nin:\n{}", text.chars().take(3000).collect::<String>());
    let errors = checked.findings.iter().any(|f| f.severity == Severity::Error);
    assert!(checked.value.is_some() || errors, "nothing recovered and no reason given");
    checked.value
}

#[test]
fn hostile_transcriptions_are_diagnosed() {
    let notes_only = "---\n\n1 One note.\n\n2 Another note.\n\n---\n\n3 A third.\n";
    let cases: &[(&str, &str, bool)] = &[
        ("empty", "", false),
        ("blank", " \n\n\t\n\u{feff}\n", false),
        ("one mark", "*", true),
        ("only a rule", "---\n", true),
        ("notes without calls", "# T\n\nText.\n\n---\n\n1 A note.\n\n2 Another.\n", true),
        ("calls without notes", "# T\n\nText<sup>1</sup> and<sup>2</sup> more[^3] text.\n", true),
        (
            "duplicate numbers",
            "# T\n\nA<sup>1</sup> b<sup>1</sup>.\n\n---\n\n1 One.\n\n1 Two.\n\nNext<sup>1</sup>.\n\n---\n\n1 Three.\n",
            true,
        ),
        (
            "a year as a number",
            "# T\n\nFrom August<sup>1</sup>\n\n---\n\n1 A note.\n\n1942 until February it was cold.\n",
            true,
        ),
        ("a page of only notes", notes_only, false),
        ("no headings", "Some text that\n\ngoes on here.\n", true),
        ("only headings", "# A\n\n# B\n\n## C\n", true),
        ("contents without texts", "## CONTENTS\n\nA ..... 3\nB ..... 9\n\nText.\n", true),
        (
            "contents that rise and fall",
            "## CONTENTS\n\nA ..... 90\nB ..... 3\n\n# A\n\nText that\n\ngoes on.\n\n# B\n\nMore.\n",
            true,
        ),
        (
            "huge page numbers",
            "## CONTENTS\n\nA ..... 9999\n\n# A\n\n[Pg 99999]\n\nText.\n\n[Pg 1]\n\nMore.\n",
            true,
        ),
        ("open brackets", "[Footnote 1: never closed\n\nText [Pg and [^ and <sup> and {12.\n", true),
        (
            "marks of our own",
            "A \u{fdd0} b <!-- page 3 --> c <!-- open\n\n[^1]: x\n\n::: verse\n\n:::\n",
            true,
        ),
        ("backslashes", "A \\* b \\\\ c \\\n\\# d\n", true),
        ("emphasis marks", "*** _ __ * ** _*_ `` ~~ ^^ [] {} <> && \\\n\n_a_b_ c_d\n", true),
        ("nested lists", "1. a\n\n1. b\n\n2) c\n\n- d\n\n3. e\n\n* f\n", true),
        ("carriage returns", "# T\r\rText.\r\n\r\nMore.\r", true),
    ];
    for (name, text, recovered) in cases {
        assert_eq!(import(text).is_some(), *recovered, "{name}");
    }
}

#[test]
fn binary_rubbish_is_no_text() {
    let rubbish: String =
        (0..40_000u32).map(|i| char::from((i.wrapping_mul(2_654_435_761) >> 24) as u8)).collect();
    assert!(import(&rubbish).is_none());
}

/// A text as long as the number says.
type Repeated = fn(usize) -> String;

/// No step of the import takes time by the square of its input: four times as much takes
/// about four times as long, whatever the machine.
#[test]
fn long_inputs_end_in_time() {
    let long: [(&str, Repeated); 10] = [
        ("words", |n| "word ".repeat(64 * n)),
        ("marks", |n| "[".repeat(16 * n) + &"<sup>".repeat(4 * n) + &"{".repeat(16 * n)),
        ("calls", |n| "a<sup>1</sup> ".repeat(2 * n)),
        ("rules", |n| "---\n\n".repeat(4 * n)),
        ("notes", |n| "a<sup>1</sup>\n\n---\n\n1 b\n\n".repeat(n / 2)),
        ("items", |n| "1. a\n\n".repeat(4 * n)),
        ("opened notes", |n| "[Footnote 1: a\n".repeat(n / 4)),
        ("paragraphs", |n| "A line of text, long enough.\n\nand another that goes on and\n\n".repeat(n)),
        ("hyphens", |n| "a-\n".repeat(8 * n)),
        ("accents", |n| "# T\n\n".to_owned() + &"He said `like that' and went on, with words\n".repeat(n)),
    ];
    for (name, text) in long {
        let took = |n: usize| {
            let (text, start) = (text(n), spent());
            import(&text);
            spent() - start
        };
        let (quarter, whole) = (took(4096), took(16_384));
        let most = quarter * 9 + Duration::from_millis(100);
        assert!(whole < most, "{name}: {whole:?}, and {quarter:?} for a quarter of it");
    }
}

const WORDS: &[&str] = &[
    "mill",
    "the",
    "of",
    "Water",
    "*wheel*",
    "_pond_",
    "miller's",
    "\"flour\"",
    "“stone”",
    "1912",
    "well-known",
    "e.g.",
    "...",
    "—",
    "--",
    "end.",
    "why?",
    "so:",
    "(p. 3)",
    "a-",
    "no;",
    "said,",
    "<sup>1</sup>",
    "<sup>2</sup>",
    "[3]",
    "[^4]",
    "[Pg 12]",
    "{7}",
    "¹",
    "'tis",
    "A.",
    "U. S.",
    "<br>",
    "\\",
    "&amp;",
    "^x^",
    "~",
    "`c`",
    "[b]",
    "**bold**",
    "été",
    "ночь",
    "水",
    "\u{ad}",
    "\u{a0}",
];

const LINES: &[&str] = &[
    "",
    "",
    "",
    "",
    "\n",
    "\n\n\n",
    "---",
    "* * *",
    "***",
    "# Heading",
    "## Contents",
    "CHAPTER I",
    "THE MILL",
    "Title ..... 12",
    "12",
    "13",
    "14",
    "{15}------------------------------",
    "[Pg 16]",
    "\u{c}",
    "1 A note.",
    "2 Another note.",
    "3. item",
    "1. one",
    "2. two",
    "- bullet",
    "> quoted",
    "    indented line",
    "[Footnote 1: text]",
    "[^4]: text",
    "| a | b |",
    "![p](q.png)",
    "<!-- comment -->",
    "* star note",
];

#[test]
fn random_transcriptions_are_proved() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for _ in 0..600 {
        let mut text = String::new();
        for _ in 0..dice.roll(40) {
            if dice.roll(2) == 0 {
                text.push_str(dice.pick(LINES));
            } else {
                for _ in 0..=dice.roll(14) {
                    text.push_str(dice.pick(WORDS));
                    text.push_str(dice.pick(&[" ", " ", " ", " ", "", "  "]));
                }
            }
            text.push_str(dice.pick(&["\n", "\n\n", "\n\n", "\r\n\r\n", "  \n", "\n\n\n\n"]));
        }
        assert!(proved(&text), "not proved: {:?}", shrunk(&text));
    }
}

/// Whether the import of `text` holds its own proof.
fn proved(text: &str) -> bool {
    let mut map = SourceMap::default();
    let file = map.add("random.txt", text);
    let request = Request {
        name: "random.txt",
        text,
        file,
        decisions: None,
        corrections: None,
        book_toml: None,
        dialect: None,
        dictionary: None,
    };
    recover(&request).findings.iter().all(|f| f.code != Code::ImportProof)
}

/// The text without any word that the failure does not need.
fn shrunk(text: &str) -> String {
    let mut pieces: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
    let mut at = 0;
    while at < pieces.len() {
        let without: Vec<&str> = pieces[..at].iter().chain(&pieces[at + 1..]).copied().collect();
        if proved(&without.concat()) { at += 1 } else { pieces = without }
    }
    pieces.concat()
}
