//! Lines of a paragraph: golden breaks and what must hold for any text.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::book::Lang;
use pamphleteer::font::{Library, Variant};
use pamphleteer::length::Abs;
use pamphleteer::pages::{LeafId, Tree};
use pamphleteer::style::Style;
use pamphleteer::typeset::line::{Form, Line, Look, Mark, Piece, Set, StyledText, Words};
use pamphleteer::typeset::paragraph::Paragraph;
use pamphleteer::typeset::shape::Shaper;
use std::sync::Arc;

const FROG: &str = "In olden times when wishing still helped one, there lived a king whose \
    daughters were all beautiful; and the youngest was so beautiful that the sun itself, \
    which has seen so much, was astonished whenever it shone in her face. Close by the king’s \
    castle lay a great dark forest, and under an old lime-tree in the forest was a well, and \
    when the day was very warm, the king’s child went out into the forest and sat down by the \
    side of the cool fountain; and when she was bored she took a golden ball, and threw it up \
    on high and caught it; and this ball was her favourite plaything.";

fn leaf() -> LeafId {
    Tree::default().leaf(Tree::ROOT)
}

fn look(library: &Library, lang: &str) -> Look {
    Look {
        face: library.find("Libertinus Serif", Variant::default()).unwrap(),
        size: Abs::pt(11.0),
        small_caps: false,
        caps_too: false,
        old_style: true,
        superior: false,
        raise: Abs::ZERO,
        letterspace: Abs::ZERO,
        struck: false,
        lang: Arc::new(Lang::parse(lang).unwrap()),
    }
}

fn words(library: &Library, lang: &str, text: &str) -> Piece {
    Piece::Words(Words {
        text: text.to_owned(),
        look: look(library, lang),
        leaf: leaf(),
        at: Some(0),
        span: None,
        glued: false,
    })
}

fn form(measure: f64) -> Form {
    Form {
        set: Set::Justified,
        measure: Abs::pt(measure),
        indents: (Abs::ZERO, Abs::ZERO),
        first: Abs::ZERO,
        beside: (0, Abs::ZERO),
        hyphenate: true,
        limits: (0.02, 0.005),
        protrude: true,
    }
}

/// The best lines of a text.
fn set(pieces: Vec<Piece>, form: &Form, library: &Library) -> Vec<Line> {
    let mut shaper = Shaper::new(library, &Style::default());
    let paragraph = Paragraph::new(&StyledText { pieces }, form, &mut shaper);
    let best = paragraph.variants().iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits)).unwrap();
    paragraph.lines(best, &mut shaper)
}

fn text_of(line: &Line) -> String {
    line.runs.iter().map(|run| run.run.text.as_str()).collect()
}

/// A line as golden text: its ratio, its words, a hyphen that was added.
fn drawn(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        let hyphen = if line.hyphenated { "-" } else { "" };
        out += &format!("{:+.2} {}{hyphen}\n", line.ratio, text_of(line).trim_end());
    }
    out
}

#[test]
fn a_paragraph_is_set_as_it_was() {
    let library = Library::built_in();
    let lines = set(vec![words(&library, "en", FROG)], &form(291.6), &library);
    let all: String = lines.iter().map(text_of).collect();
    assert_eq!(all, FROG);
    assert!(drawn(&lines).ends_with("+0.00 caught it; and this ball was her favourite plaything.\n"));
}

#[test]
fn marks_stand_with_the_next_glyph() {
    let library = Library::built_in();
    let pieces = vec![
        words(&library, "en", "one two"),
        Piece::Mark(Mark::SourcePage("7".into())),
        words(&library, "en", " three"),
        Piece::Mark(Mark::SourcePage("8".into())),
    ];
    let lines = set(pieces, &form(200.0), &library);
    assert_eq!(lines.len(), 1);
    let marks = &lines[0].marks;
    assert!(marks[0].0 > Abs::ZERO && marks[1].0 > marks[0].0);
}

/// Every word is there, in order, at any measure; and justified lines fill it.
#[test]
fn no_text_is_lost_and_lines_fill_the_measure() {
    let library = Library::built_in();
    for measure in [90.0, 160.0, 230.0, 291.6, 340.0, 500.0] {
        let form = form(measure);
        let lines = set(vec![words(&library, "en", FROG)], &form, &library);
        let all: String = lines.iter().map(text_of).collect();
        assert_eq!(all, FROG, "at {measure} pt");
        for line in &lines[..lines.len() - 1] {
            let off = (line.extent.1 - form.measure).to_pt();
            assert!((-0.01..6.0).contains(&off), "{measure} pt: {off} pt off in {}", text_of(line));
        }
    }
}

#[test]
fn long_words_are_cut_rather_than_lost() {
    let library = Library::built_in();
    let url = "see https://example.org/a/very/long/address/that/does-not-end?with=many&words=in_it and go on";
    for measure in [40.0, 100.0, 150.0] {
        let lines = set(vec![words(&library, "en", url)], &form(measure), &library);
        let all: String = lines.iter().map(text_of).collect();
        assert_eq!(all, url, "at {measure} pt");
        let widest = lines.iter().map(|line| line.extent.1).max().unwrap();
        assert!(widest < Abs::pt(measure + 6.0), "{widest} at {measure} pt");
    }
}
