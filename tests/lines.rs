//! Lines of a paragraph: golden breaks and what must hold for any text.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/paragraph.rs"]
mod paragraph;

use dice::Dice;
use pamphleteer::font::{Library, Variant};
use pamphleteer::length::Abs;
use pamphleteer::style::Style;
use pamphleteer::typeset::breaking::LOOSEST_SET;
use pamphleteer::typeset::line::{
    Breaks, Form, LastLine, Line, LineAlignment, Mark, Piece, ResolvedStyle, StyledText,
};
use pamphleteer::typeset::paragraph::Paragraph;
use pamphleteer::typeset::shaper::Shaper;

const FROG: &str = "In olden times when wishing still helped one, there lived a king whose \
    daughters were all beautiful; and the youngest was so beautiful that the sun itself, \
    which has seen so much, was astonished whenever it shone in her face. Close by the king’s \
    castle lay a great dark forest, and under an old lime-tree in the forest was a well, and \
    when the day was very warm, the king’s child went out into the forest and sat down by the \
    side of the cool fountain; and when she was bored she took a golden ball, and threw it up \
    on high and caught it; and this ball was her favourite plaything.";

fn words(library: &Library, lang: &str, text: &str) -> Piece {
    Piece::Words(paragraph::words(&paragraph::style(library, lang), text))
}

fn form(measure: f64) -> Form {
    paragraph::form(Abs::pt(measure))
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

/// A slanted letter beside an upright one gets the white that it lacks, and not where a line
/// ends between them.
#[test]
fn slanted_letters_keep_clear_of_upright_ones() {
    let library = Library::built_in();
    let italic = library.find("Libertinus Serif", Variant { bold: false, italic: true }).unwrap();
    let slanted = |text: &str| {
        let style = ResolvedStyle { face: italic, ..paragraph::style(&library, "en") };
        Piece::Words(paragraph::words(&style, text))
    };
    let upright = |text: &str| words(&library, "en", text);
    let width = |pieces: Vec<Piece>| {
        let lines = set(pieces, &form(300.0), &library);
        assert_eq!(lines.len(), 1);
        (lines[0].extent.1 - lines[0].extent.0).to_pt()
    };
    let apart = |one: Piece, other: Piece| {
        width(vec![one.clone(), other.clone()]) - width(vec![one]) - width(vec![other])
    };
    assert!(apart(slanted("of"), upright("’")) > 1.5);
    assert!(apart(slanted("of"), upright(")")) > 2.0);
    assert!(apart(upright("("), slanted("f")) > 0.9);
    assert!(apart(slanted("of"), upright(",")).abs() < 0.01);
    assert!(apart(slanted("on"), upright("e")).abs() < 0.01);
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

/// Every word is there, in order, at any measure; and justified lines fill it,
/// save those that would gape.
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
            let gapes = line.needed > LOOSEST_SET;
            assert!(off < 6.0 && (off > -0.01 || gapes), "{measure} pt: {off} pt off in {}", text_of(line));
            assert!(
                line.ratio <= LOOSEST_SET && (!gapes || measure < 150.0),
                "{measure} pt: {}",
                text_of(line)
            );
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

const SCRAPS: [&str; 24] = [
    "word",
    "a",
    "international",
    "well-known",
    "—",
    " – ",
    "V. I. Lenin",
    "10 000",
    "p. 12",
    "(so)",
    "“quoted”",
    "l’homme",
    "«mot»",
    "naïve",
    "e\u{301}te\u{301}",
    "co\u{ad}op",
    "https://example.org/a?b=c",
    "Москва",
    "λόγος",
    "שלום",
    "日本語",
    "\u{a0}",
    "…",
    "\u{200b}",
];

/// Whatever is written, at whatever measure: no panic, and no letter lost.
#[test]
fn no_letter_is_lost_of_anything() {
    let library = Library::built_in();
    let mut dice = Dice(7);
    for round in 0..200 {
        let mut text = String::new();
        for _ in 0..dice.roll(40) {
            text += SCRAPS[dice.roll(SCRAPS.len())];
            text += ["", " ", " "][dice.roll(3)];
        }
        let mut form = form([-5.0, 3.0, 30.0, 160.0, 340.0][dice.roll(5)]);
        form.alignment =
            [LineAlignment::Justified, LineAlignment::Left, LineAlignment::Centred, LineAlignment::Right]
                [dice.roll(4)];
        form.first = Abs::pt([0.0, 16.0, -16.0][dice.roll(3)]);
        form.beside = ([0, 2][dice.roll(2)], Abs::pt(20.0));
        let lang = ["en", "de", "fr", "ru", "he", "sw"][dice.roll(6)];
        let lines = set(vec![words(&library, lang, &text)], &form, &library);
        let letters = |text: &str| {
            let mut all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
            all.sort_unstable();
            all
        };
        let all: String = lines.iter().map(text_of).collect();
        assert_eq!(letters(&all), letters(&text), "round {round}: {text:?}");
    }
}

/// How words are divided over lines at a measure.
fn divided(lang: &str, text: &str, measure: f64) -> String {
    let library = Library::built_in();
    let form = Form { alignment: LineAlignment::Left, ..form(measure) };
    let lines = set(vec![words(&library, lang, text)], &form, &library);
    let line = |line: &Line| text_of(line).trim_end().to_owned() + if line.hyphenated { "‐" } else { "" };
    lines.iter().map(line).collect::<Vec<_>>().join("|")
}

#[test]
fn lines_end_where_the_language_lets_them() {
    let cases = [
        ("en", "He met V. I. Lenin there.", 62.0, "He met|V. I. Lenin|there."),
        ("fr", "Est-ce vrai\u{a0}? Mais oui\u{a0}!", 60.0, "Est-ce vrai\u{a0}?|Mais oui\u{a0}!"),
        ("ja", "日本語日本語", 5.0, "日|本|語|日|本|語"),
        // a dash that begins a word stays with it, one between two words ends a line
        ("en", "He said –deny", 44.0, "He said|–deny"),
        ("en", "He said—deny", 44.0, "He said—|deny"),
    ];
    for (lang, text, measure, expected) in cases {
        assert_eq!(divided(lang, text, measure), expected);
    }
}

/// Hebrew in an English line stands from right to left, the rest does not.
#[test]
fn words_from_right_to_left_stand_so() {
    let library = Library::built_in();
    let lines = set(vec![words(&library, "en", "one שלום עולם two")], &form(300.0), &library);
    let runs: Vec<&str> = lines[0].runs.iter().map(|run| run.run.text.as_str()).collect();
    assert_eq!(runs, ["one ", "שלום עולם", " two"]);
    let starts: Vec<u32> = lines[0].runs[1].run.glyphs.iter().map(|glyph| glyph.text().start).collect();
    assert!(starts.windows(2).all(|pair| pair[0] > pair[1]), "{starts:?}");
}

#[test]
fn what_no_face_has_and_no_pattern_knows_is_found() {
    let library = Library::built_in();
    let mut shaper = Shaper::new(&library, &Style::default());
    let text = StyledText { pieces: vec![words(&library, "sw", "one 漢 two")] };
    let _ = Paragraph::new(&text, &form(200.0), &mut shaper);
    let codes: Vec<&str> = shaper.take_findings().iter().map(|finding| finding.code.name()).collect();
    assert_eq!(codes, ["glyph-missing", "language-no-patterns"]);
    assert!(shaper.take_findings().is_empty());
}

#[test]
fn a_family_that_has_what_is_missing_is_named() {
    let library = Library::built_in();
    let mut style = Style::default();
    style.text.fallback = vec!["Libertinus Sans".to_owned()];
    for (text, wanted) in [
        (
            "a ☑ b",
            "Source Code Pro has it: write `text.fallback = [\"Libertinus Sans\", \"Source Code Pro\"]` under [style]",
        ),
        (
            "a 漢 b",
            "Noto Serif CJK JP has it: add the files to `fonts/` and write `text.fallback = [\"Libertinus Sans\", \"Noto Serif CJK JP\"]` under [style], or use what is installed here with `text.system-fonts = true`",
        ),
        ("a \u{e000} b", "add a font that has it to `fonts/` and name its family in `text.fallback`"),
    ] {
        let mut shaper = Shaper::new(&library, &style);
        let text = StyledText { pieces: vec![words(&library, "en", text)] };
        let _ = Paragraph::new(&text, &form(200.0), &mut shaper);
        let hints: Vec<_> = shaper.take_findings().into_iter().filter_map(|finding| finding.hint).collect();
        assert_eq!(hints, [wanted]);
    }
}

/// The same number of lines, but a page may end with this one.
#[test]
fn a_page_need_not_end_in_a_hyphen() {
    let library = Library::built_in();
    let mut shaper = Shaper::new(&library, &Style::default());
    let text = StyledText { pieces: vec![words(&library, "en", FROG)] };
    let mut spared = 0;
    for measure in 60..100 {
        let paragraph = Paragraph::new(&text, &form(f64::from(measure) * 3.0), &mut shaper);
        let variants = paragraph.variants();
        let best = variants.iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits)).unwrap();
        let hyphen = best.hyphenated.iter().position(|hyphen| *hyphen);
        let alike = |way: &&Breaks| way.ends.len() == best.ends.len();
        spared +=
            hyphen.map_or(0, |line| variants.iter().filter(alike).filter(|w| !w.hyphenated[line]).count());
    }
    assert!(spared > 0);
}

/// Variants differ in their number of lines.
#[test]
fn variants_are_shorter_or_longer() {
    let library = Library::built_in();
    let mut shaper = Shaper::new(&library, &Style::default());
    let text = StyledText { pieces: vec![words(&library, "en", &[FROG, FROG, FROG].join(" "))] };
    let paragraph = Paragraph::new(&text, &form(291.6), &mut shaper);
    let counts: Vec<usize> = paragraph.variants().iter().map(|breaks| breaks.ends.len()).collect();
    assert!(counts.iter().any(|count| *count != counts[0]), "{counts:?}");
    assert!(paragraph.variants().iter().all(|breaks| breaks.loosest <= 0.5));
}

#[test]
fn a_cut_paragraph_says_whether_it_ends_at_the_margin() {
    let library = Library::built_in();
    let mut shaper = Shaper::new(&library, &Style::default());
    let (mut torn, mut whole) = (0, 0);
    for end in (200..FROG.len()).step_by(23) {
        let Some(cut) = FROG[..end].rfind(' ') else { continue };
        let pieces = vec![words(&library, "en", &FROG[..cut])];
        let form = Form { last: LastLine::Full { hyphen: false }, ..form(258.0) };
        let paragraph = Paragraph::new(&StyledText { pieces }, &form, &mut shaper);
        for breaks in paragraph.variants() {
            let last = paragraph.lines(breaks, &mut shaper).pop().unwrap();
            assert_eq!(
                breaks.short_last_line,
                last.extent.1 < Abs::pt(256.0),
                "{end}: the last line ends at {:?}",
                last.extent.1
            );
            *(if breaks.short_last_line { &mut torn } else { &mut whole }) += 1;
        }
    }
    assert!(torn > 5 && whole > 5, "{torn} torn, {whole} whole");
}

/// No way to break a paragraph has fewer faults than is proved, and the best has as few wherever
/// the limits allow it.
#[test]
fn faults_are_as_few_as_can_be() {
    let library = Library::built_in();
    let mut dice = Dice(19);
    let all: Vec<&str> = FROG.split_whitespace().collect();
    let (mut with, mut above) = (0, 0);
    for round in 0..300 {
        let from = dice.roll(60);
        let text = all[from..(from + 20 + dice.roll(60)).min(all.len())].join(" ");
        let mut shaper = Shaper::new(&library, &Style::default());
        let text = StyledText { pieces: vec![words(&library, "en", &text)] };
        let paragraph = Paragraph::new(&text, &form(110.0 + dice.roll(100) as f64), &mut shaper);
        let best = paragraph.variants().iter().min_by(|a, b| a.demerits.total_cmp(&b.demerits)).unwrap();
        let least = paragraph.least_faults();
        if best.loosest < 0.6 {
            assert!(paragraph.variants().iter().all(|way| way.faults >= least), "round {round}");
        }
        with += u32::from(best.faults > 0);
        above += u32::from(best.faults > least);
    }
    assert!(with > 10, "{with} paragraphs have faults");
    assert_eq!(above, 0, "of {with} paragraphs with faults");
}
