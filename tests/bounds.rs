//! Each bound of `bounds` is one finding, with the number, and nothing is made.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/text.rs"]
mod text;

use pamphleteer::bounds::{self, Bound};
use pamphleteer::diag::{self, Code, Diagnostic, Severity, SourceMap, draw};
use pamphleteer::{manuscript, project};
use std::fs;
use text::one_text;

/// The findings about the bounds of a text.
fn exceeded(text: String) -> Vec<String> {
    let parsed = manuscript::parse(&one_text("en", text));
    let told = parsed.findings.iter().filter(|finding| finding.code == Code::LimitExceeded);
    let told: Vec<String> = told.map(|finding| finding.message.clone()).collect();
    assert_eq!(
        told.is_empty(),
        !parsed.value.sections.is_empty(),
        "nothing is made of too much, and only of that"
    );
    told
}

fn most(bound: Bound, piece: &str) -> String {
    piece.repeat(bound.count() + 1)
}

#[test]
fn too_much_of_anything_is_one_finding_with_the_number() {
    let languages: String = (0..=bounds::LANGUAGES.most).map(|n| format!("[a]{{lang=en-x-a{n}}} ")).collect();
    for (text, wanted) in [
        (most(bounds::SECTIONS, "# a\n\n"), "the book has 20,001 titles; 20,000 titles is the most"),
        (
            format!("[words](https://a.org/{})", most(bounds::ADDRESS, "a")),
            "this address has 17 KiB; 16 KiB is the most",
        ),
        (most(bounds::PARAGRAPH, "a"), "this paragraph has 5 MiB; 4 MiB is the most"),
        (
            format!("| a |\n|---|\n{}", most(bounds::CELLS, "|a|\n")),
            "this table has 500,002 cells; 500,000 cells is the most",
        ),
        (most(bounds::MARKS, "`a` "), "the book has 400,001 marks; 400,000 marks is the most"),
        (languages, "the book has 1,001 languages; 1,000 languages is the most"),
    ] {
        assert_eq!(exceeded(text), [wanted]);
    }
    assert_eq!(exceeded("# T\n\nA text of usual length.\n".to_owned()), [""; 0]);
}

#[test]
fn files_are_bounded_before_they_are_read_further() {
    let folder = std::env::temp_dir().join(format!("pamphleteer-bounds-{}", std::process::id()));
    fs::create_dir_all(folder.join("styles")).unwrap();
    let toml = "title = \"T\"\nlanguage = \"en\"\n[matter]\nbody = [\"a.md\"]\n";
    let style = format!("{toml}[style]\nname = \"own\"\n");
    let load = |toml: &str, text: &str, style: &str| {
        fs::write(folder.join("book.toml"), toml).unwrap();
        fs::write(folder.join("a.md"), text).unwrap();
        fs::write(folder.join("styles/own.toml"), style).unwrap();
        let mut findings = Vec::new();
        project::load(&folder, &mut findings).unwrap();
        findings.iter().map(|finding| finding.message.clone()).collect::<Vec<String>>()
    };
    let long = |bound: Bound| most(bound, "\n");
    assert_eq!(load(toml, "# A\n", ""), [""; 0]);
    assert_eq!(
        load(&(toml.to_owned() + &long(bounds::SETTINGS)), "# A\n", ""),
        ["`book.toml` has 2 MiB; 1 MiB is the most"]
    );
    assert_eq!(
        load(&toml.replace("\"T\"", &format!("\"{}\"", most(bounds::FIELD, "T"))), "# A\n", ""),
        ["this has 17 KiB; 16 KiB is the most"]
    );
    assert_eq!(
        load(&style, "# A\n", &long(bounds::SETTINGS)),
        ["`styles/own.toml` has 2 MiB; 1 MiB is the most"]
    );
    assert!(load(toml, &long(bounds::TEXT), "").contains(&"`a.md` has 9 MiB; 8 MiB is the most".to_owned()));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn findings_are_counted_when_they_are_many() {
    let mut map = SourceMap::default();
    let file = map.add("a.md", "a".repeat(5000));
    let finding = |at: usize| Diagnostic::new(Code::WordDoubled, diag::Span::new(file, at, at + 1), "twice");
    let mut findings: Vec<Diagnostic> = (0..4000).map(finding).collect();
    findings.push(Diagnostic::new(Code::NoteEmpty, None, "another"));
    diag::bound_now(&mut findings);
    diag::bound_now(&mut findings);
    let rest = findings.iter().find(|finding| finding.more > 0).unwrap();
    assert_eq!((findings.len(), rest.more, rest.severity), (1002, 3000, Severity::Warning));
    assert_eq!(rest.message, "there are 3000 more findings of this kind");
}

/// Neither a long line nor a long quotation makes a finding long.
#[test]
fn findings_are_short_however_long_the_text() {
    let mut map = SourceMap::default();
    let file = map.add("a.md", format!("{}*here*{}", "é".repeat(100_000), "a".repeat(100_000)));
    let span = diag::Span::new(file, 200_000, 200_006);
    let drawn =
        draw(&Diagnostic::new(Code::EmphasisLiteral, span, "x".repeat(50_000)), &map, diag::Colour::Off);
    assert!(drawn.len() < 3000 && drawn.contains("a.md:1:100001"), "{drawn}");
    assert!(drawn.contains("é*here*a") && drawn.contains("^^^^^^\n"), "{drawn}");
}
