//! A page of another size than the style's own keeps the style's proportions.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::diag::Diagnostic;
use pamphleteer::length::{Abs, Length};
use pamphleteer::project;
use pamphleteer::style::{Style, characters};

/// The style of a novel whose book says that of its page.
fn novel(name: &str, page: &str) -> Style {
    styled(name, "novel", page).0
}

/// The style of a book of that style, and what was found.
fn styled(name: &str, style: &str, page: &str) -> (Style, Vec<String>) {
    styled_in("en", name, style, page)
}

/// The same of a book in that language.
fn styled_in(language: &str, name: &str, style: &str, page: &str) -> (Style, Vec<String>) {
    let folder = std::env::temp_dir().join(format!("pamphleteer-sizes-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let particulars = format!(
        "title = \"Sizes\"\nlanguage = \"{language}\"\n[matter]\nbody = [\"text.md\"]\n[style]\nname = \"{style}\"\n"
    );
    std::fs::write(folder.join("book.toml"), format!("{particulars}{page}\n")).unwrap();
    std::fs::write(folder.join("text.md"), "# A text\n\nWith words.\n").unwrap();
    let mut findings = Vec::new();
    let project = project::load(&folder, &mut findings).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let said = |finding: &Diagnostic| {
        let span = finding.span.unwrap();
        let line = project.sources.map.file(span.file).place(span.start).line;
        format!("{line} {}: {} / {}", finding.code, finding.message, finding.hint.clone().unwrap_or_default())
    };
    (project.style.clone(), findings.iter().map(said).collect())
}

/// The margins at the spine and the fore-edge, at the head and the foot, in inches.
fn margins(style: &Style) -> [f64; 4] {
    let page = &style.page;
    let block = style.leading() * i64::from(page.lines);
    let top = page.top.at(style.size());
    let outside = page.trim.width - style.measure() - style.inside();
    [style.inside(), outside, top, page.trim.height - top - block].map(|margin| margin.to_pt() / 72.0)
}

#[test]
fn a_page_of_another_size_keeps_its_proportions() {
    let own = margins(&novel("own", ""));
    for trim in ["148mm x 210mm", "6in x 9in", "4.25in x 7in", "5.25in x 8in", "8in x 10in"] {
        let style = novel("other", &format!("page.trim = \"{trim}\""));
        let margins = margins(&style);
        let [share, wanted] = [margins, own].map(|sides| sides[0] / (sides[0] + sides[1]));
        assert!((share - wanted).abs() < 0.01, "{trim}: {margins:?} for {own:?}");
        assert!(margins[2] >= own[2] - 0.001 && margins[3] >= own[3] - 0.001, "{trim}: {margins:?}");
        assert!(margins[3] < 1.5 * own[3] + 0.2, "{trim}: {margins:?}");
        assert!(style.measure().ratio(style.size()) <= 30.01, "{trim}: longer than the eye can follow");
    }
}

#[test]
fn lines_of_arabic_letters_have_room_for_their_marks() {
    for name in ["pamphlet", "literary", "large-print"] {
        let (latin, _) = styled_in("en", "latin", name, "");
        let (arabic, findings) = styled_in("ar", "arabic", name, "");
        assert!(findings.is_empty(), "{name}: {findings:?}");
        let apart = arabic.leading().ratio(latin.leading());
        assert!((apart - 1.4).abs() < 0.01, "{name}: {apart}");
        assert!(arabic.note_leading() > latin.note_leading(), "{name}");
        // as deep a block, of fewer lines
        let depth = |style: &Style| style.leading() * i64::from(style.page.lines);
        assert!(
            depth(&arabic) <= depth(&latin) + arabic.leading() && arabic.page.lines < latin.page.lines,
            "{name}"
        );
        let (own, _) = styled_in("ar", "said", name, "text.leading = \"24pt\"");
        assert_eq!(own.leading(), Abs::pt(24.0), "{name}: what the book says counts");
    }
}

#[test]
fn every_style_can_be_a_pocket_book() {
    let styles =
        "pamphlet novel thriller literary memoir poetry textbook report modern letterpress large-print";
    styles.split(' ').for_each(pocket);
}

/// Small pages are refused nothing, and keep what printers want at the fold.
fn pocket(name: &str) {
    for trim in ["4in x 6in", "105mm x 148mm", "4.25in x 6.87in"] {
        let (style, found) = styled("pocket", name, &format!("page.trim = \"{trim}\""));
        // that lines are short there is true, and refuses nothing
        let refused: Vec<_> = found.iter().filter(|said| !said.contains(" line-length: ")).collect();
        assert!(refused.is_empty(), "{name}, {trim}: {refused:?}");
        assert!(margins(&style)[0] > 0.499, "{name}, {trim}: {:?}", margins(&style));
    }
}

#[test]
fn what_the_book_says_of_the_page_is_kept() {
    let said = "page.trim = \"6in x 9in\"\npage.measure = \"250pt\"\npage.lines = 30\npage.top = \"1in\"";
    let style = novel("said", said);
    assert_eq!(style.measure(), Abs::pt(250.0));
    assert_eq!((style.page.lines, style.page.top), (30, Length::Abs(Abs::inches(1.0))));
    let own = novel("unsaid", "");
    let share = |style: &Style| style.inside().ratio(style.inside() + style.outside());
    assert!((share(&style) - share(&own)).abs() < 0.001, "the inner margin keeps its share");
    let style = novel("inside", "page.trim = \"6in x 9in\"\npage.inside = \"1in\"");
    assert_eq!(style.inside(), Abs::inches(1.0));
    assert!(style.measure() > Abs::pt(252.0));
}

#[test]
fn a_large_sheet_gets_larger_type_and_a_longer_line() {
    for (name, sheet) in [("pamphlet", "A4"), ("novel", "A4"), ("report", "A4"), ("report", "Letter")] {
        let own = styled("small", name, "").0;
        let (style, findings) = styled("sheet", name, &format!("page.trim = \"{sheet}\""));
        assert!(findings.is_empty(), "{findings:?}");
        assert!(style.size() > own.size() && style.size() <= own.size().scale(1.2), "{name}");
        let share = style.measure().ratio(style.page.trim.width);
        assert!((0.6..0.72).contains(&share), "{name} on {sheet}: the block takes {share} of its width");
        assert!((45..=80).contains(&characters(&style)), "{name} on {sheet}: {}", characters(&style));
        let depth = style.depth().ratio(style.page.trim.height);
        assert!((0.7..0.86).contains(&depth), "{name} on {sheet}: the block takes {depth} of its height");
    }
    // Who says the size of the type gets a longer line instead.
    let style = styled("said", "report", "page.trim = \"A4\"\ntext.size = \"10.5pt\"").0;
    assert!(style.size() == Abs::pt(10.5) && style.measure() > Abs::pt(312.0));
}

#[test]
fn type_follows_the_text() {
    let own = styled("own", "pamphlet", "").0;
    let (style, _) = styled("size", "pamphlet", "text.size = \"13.2pt\"");
    let near = |new: Abs, old: Abs| (new.ratio(old) - 1.2).abs() < 0.012;
    assert!(near(style.leading(), own.leading()), "leading");
    assert!(near(style.note_leading(), own.note_leading()), "notes");
    let sizes = |style: &Style| {
        [
            style.notes.size,
            style.heading.title_size,
            style.heading.size,
            style.running_head.size,
            style.folio.size,
            style.figure.caption_size,
            style.table.size,
            style.title_page.size,
        ]
        .map(|length| length.at(style.size()))
    };
    for (new, old) in sizes(&style).into_iter().zip(sizes(&own)) {
        assert!(near(new, old), "{new} for {old}");
    }
    assert!(style.depth() <= own.depth() && style.depth() + style.leading() > own.depth());
    // What the book says stays.
    let (style, _) = styled("kept", "pamphlet", "text.size = \"13.2pt\"\nnotes.size = \"9pt\"");
    assert_eq!(style.notes.size, own.notes.size);
}

#[test]
fn lines_follow_the_leading_and_the_top() {
    let own = styled("own", "pamphlet", "").0;
    let (style, findings) = styled("leading", "pamphlet", "text.leading = \"20pt\"");
    assert!(findings.is_empty(), "{findings:?}");
    assert!(style.depth() <= own.depth() && style.depth() + style.leading() > own.depth());
    let (style, findings) = styled("top", "pamphlet", "page.top = \"5in\"");
    assert!(findings.is_empty(), "{findings:?}");
    let foot = |style: &Style| style.page.trim.height - style.top() - style.depth();
    assert!(foot(&style) >= foot(&own), "the room at the foot stays");
    let (style, _) = styled("inside", "pamphlet", "page.inside = \"2in\"");
    assert!(style.outside() >= Abs::inches(0.49), "the measure gives way");
}

#[test]
fn built_in_styles_say_all_that_would_follow() {
    for name in ["pamphlet", "novel", "report"] {
        let (style, findings) = styled("built-in", name, "");
        assert!(findings.is_empty(), "{findings:?}");
        let (again, _) = styled("again", name, &format!("text.size = \"{}\"", style.size()));
        assert_eq!(again, style);
    }
    assert_eq!(novel("title", "").heading.size, Length::Abs(Abs::pt(12.0)));
}

#[test]
fn what_cannot_work_is_found_at_its_key() {
    for (said, line, code, number) in [
        ("page.lines = 60", 7, "style-impossible", "39"),
        ("page.measure = \"9in\"", 7, "style-impossible", "5.24in"),
        ("text.size = \"-3pt\"", 7, "value-invalid", "4pt"),
        ("text.size = \"400pt\"", 7, "value-invalid", "72pt"),
        ("text.size = \"0.00001pt\"", 7, "value-invalid", "4pt"),
        ("text.leading = 0", 7, "value-invalid", "4pt"),
        ("page.lines = 10000", 7, "value-invalid", "400"),
        ("page.lines = -1", 7, "value-invalid", "the least is 0"),
        ("text.size = 11", 7, "value-invalid", "\"11pt\""),
        ("text.size = \"11\"", 7, "value-invalid", "`11pt`"),
        ("text.leading = \"9pt\"", 7, "style-impossible", "11pt"),
        ("notes.size = \"14pt\"", 7, "style-impossible", "11.5pt"),
        ("text.size = \"40pt\"", 7, "style-impossible", "pt"),
        ("page.top = \"7in\"", 7, "style-impossible", "in"),
        ("page.trim = \"A5\"\npage.lines = 60", 8, "style-impossible", "38"),
        ("heading.sinkage = 50", 7, "style-impossible", "most"),
        ("heading.drop-cap = 12", 7, "style-impossible", "most"),
        ("quote.left = \"3in\"", 7, "style-impossible", "most"),
        ("heading.title-size = \"100pt\"", 7, "style-impossible", "most"),
        ("heading.title-align = \"center\"", 7, "value-invalid", "\"centre\""),
        ("notes.place = \"endnotes\"", 7, "value-invalid", "\"book\""),
        ("heading.font = \"Arial\"", 7, "face-missing", "Libertinus Serif"),
        ("heading.color = \"red\"", 7, "key-unknown", "printed in black"),
        ("page.bottom = \"1in\"", 7, "key-unknown", "`page.top`"),
        ("page.size = \"A5\"", 7, "key-unknown", "the size of the page is `page.trim`"),
        ("toc.depth = 2", 7, "key-unknown", "did you mean `contents.depth`?"),
        ("caption.font = \"Arial\"", 7, "key-unknown", "did you mean `figure.caption-font`?"),
        ("head.font = \"Arial\"", 7, "key-unknown", "did you mean `running-head.font`?"),
        ("break.ornament = \"❦\"", 7, "key-unknown", "`scene-break.mark`"),
        ("text.drop-cap = 2", 7, "key-unknown", "did you mean `heading.drop-cap`?"),
        ("dropcaps = true", 7, "key-unknown", "did you mean `heading.drop-cap`?"),
        ("text.spacing = \"6pt\"", 7, "key-unknown", "`text.leading`"),
        ("cover = \"a.png\"", 7, "key-unknown", "`cover.front`"),
        ("cover.image = \"a.png\"", 7, "key-unknown", "`cover.front`"),
        ("text.font = \"Garamond\"", 7, "face-missing", "Libertinus Serif"),
        ("text.mono = \"Source Code\"", 7, "face-missing", "did you mean \"Source Code Pro\""),
    ] {
        let (_, findings) = styled("wrong", "pamphlet", said);
        let begins = format!("{line} {code}: ");
        let right = |finding: &&String| finding.starts_with(&begins) && finding.contains(number);
        assert!(findings.iter().any(|finding| right(&finding)), "{said}: {findings:#?}");
        let errors = findings.iter().filter(|finding| !finding.contains(" line-length: ")).count();
        assert_eq!(errors, 1, "{said}: {findings:#?}");
    }
}

#[test]
fn a_style_of_the_books_own_is_judged_by_itself() {
    let folder = std::env::temp_dir().join(format!("pamphleteer-own-style-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("styles")).unwrap();
    let toml = "title = \"T\"\nlanguage = \"en\"\n[matter]\nbody = [\"t.md\"]\n[style]\nname = \"mine\"\n";
    std::fs::write(folder.join("book.toml"), toml).unwrap();
    std::fs::write(folder.join("t.md"), "# T\n\nWords.\n").unwrap();
    let read = |style: &str| {
        std::fs::write(folder.join("styles/mine.toml"), style).unwrap();
        let mut findings = Vec::new();
        let project = project::load(&folder, &mut findings).unwrap();
        let places = findings.iter().map(|finding| {
            let file = project.sources.map.file(finding.span.unwrap().file);
            (file.name.clone(), file.place(finding.span.unwrap().start).line, finding.code.to_string())
        });
        (places.collect::<Vec<_>>(), project.style)
    };
    let (places, style) = read("[page]\ntrim = \"A5\"\nlines = 60\n");
    assert_eq!(places, [("styles/mine.toml".to_owned(), 3, "style-impossible".to_owned())]);
    assert!(style.page.lines < 40, "the rest is set on pages that are possible");
    // What such a file leaves out follows what it says.
    let (places, style) = read("[page]\ntrim = \"A6\"\n[text]\nsize = \"9pt\"\n");
    assert!(places.is_empty() && style.leading() < Abs::pt(12.0), "{places:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_works_is_taken_as_people_write_it() {
    for said in [
        "page.trim = \"A5\"",
        "page.trim = \"A6\"",
        "page.trim = \"B5\"",
        "page.trim = \"Letter\"",
        "page.trim = \"digest\"",
        "page.trim = \"5 x 8 in\"",
        "page.trim = \"148 × 210 mm\"",
        "text.leading = \"13,5pt\"",
        "text.leading = \"13.5 pt\"",
        "text.hyphenate = \"no\"",
        "text.expansion = \"2 %\"",
        "booklet.sheet = \"A3\"",
    ] {
        let (_, findings) = styled("right", "pamphlet", said);
        assert!(findings.is_empty(), "{said}: {findings:?}");
    }
    let (style, _) = styled("no", "pamphlet", "text.hyphenate = \"no\"");
    assert!(!style.text.hyphenate);
}

#[test]
fn lines_of_uneasy_length_are_told_of() {
    let (_, findings) = styled("long", "pamphlet", "page.trim = \"A4\"\npage.measure = \"6.5in\"");
    assert!(findings.iter().any(|finding| finding.starts_with("8 line-length: ")), "{findings:?}");
}
