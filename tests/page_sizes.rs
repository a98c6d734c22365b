//! A page of another size than the style's own keeps the style's proportions.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::length::{Abs, Length};
use pamphleteer::project;
use pamphleteer::style::Style;

/// The style of a novel whose book says that of its page.
fn novel(name: &str, page: &str) -> Style {
    let folder = std::env::temp_dir().join(format!("pamphleteer-sizes-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let particulars =
        "title = \"Sizes\"\nlanguage = \"en\"\n[matter]\nbody = [\"text.md\"]\n[style]\nname = \"novel\"\n";
    std::fs::write(folder.join("book.toml"), format!("{particulars}{page}\n")).unwrap();
    std::fs::write(folder.join("text.md"), "# A text\n\nWith words.\n").unwrap();
    let mut findings = Vec::new();
    let project = project::load(&folder, &mut findings).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    project.style
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
fn what_the_book_says_of_the_page_is_kept() {
    let said = "page.trim = \"6in x 9in\"\npage.measure = \"250pt\"\npage.lines = 30\npage.top = \"1in\"";
    let style = novel("said", said);
    assert_eq!(style.measure(), Abs::pt(250.0));
    assert_eq!((style.page.lines, style.page.top), (30, Length::Abs(Abs::inches(1.0))));
    assert_eq!(style.page.inside, novel("unsaid", "").page.inside);
    let style = novel("inside", "page.trim = \"6in x 9in\"\npage.inside = \"1in\"");
    assert_eq!(style.inside(), Abs::inches(1.0));
    assert!(style.measure() > Abs::pt(252.0));
}
