//! Dates and page references: their commas, impossible days, and titles that
//! were published in two different years.

use super::counts::Counts;
use super::forms::{marks, numbers};
use super::found::{Found, MANY, Suspicion};
use super::view::View;
use std::collections::BTreeMap;

/// Words after which the date of a publication stands.
const PUBLISHED: [&str; 8] = [
    "published",
    "veröffentlicht",
    "erschienen",
    "publié",
    "publicado",
    "publicada",
    "pubblicato",
    "опубликован",
];

/// How far before and after such a word the title and the year may stand, in bytes.
const TITLE_REACH: usize = 240;
const YEAR_REACH: usize = 80;

/// Looks at one paragraph.
pub(super) fn look(view: &View, counts: &Counts<'_>, found: &mut Found) {
    for (at, day, sep) in marks(&view.plain) {
        if day.parse::<u32>().is_ok_and(|d| d == 0 || d > 31) {
            let reason = "no month has such a day".into();
            found.add(view, at, Suspicion { rule: "date", was: day, now: None, reason, confidence: 95 });
        }
        if sep != ", " && counts.comma >= MANY {
            let was = &view.plain[at..at + day.len() + sep.trim_end().len()];
            let now = format!("{day},");
            let reason = format!("a comma stands between day and year {} times in this text", counts.comma);
            found.add(view, at, Suspicion { rule: "date", was, now: Some(&now), reason, confidence: 85 });
        }
    }
    page_ranges(view, found);
}

/// `p. 27-28`, which are two pages.
fn page_ranges(view: &View, found: &mut Found) {
    for (at, _) in view.plain.match_indices("p. ") {
        if view.plain[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        let rest = &view.plain[at + 3..];
        let first = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Some(second) = rest[first..].strip_prefix(['-', '–']) else { continue };
        if first == 0 || !second.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let was = &view.plain[at..at + 3 + first];
        let (now, reason) = (format!("p{was}"), "two pages are referred to".into());
        found.add(
            view,
            at,
            Suspicion { rule: "page-reference", was, now: Some(&now), reason, confidence: 85 },
        );
    }
}

/// A publication: the title's key, the year, and the year's place.
fn publications(text: &str) -> Vec<(String, &str, usize)> {
    let mut all = Vec::new();
    // A title stands in emphasis, and a year is a number.
    if !text.contains('*') || numbers(text).next().is_none() {
        return all;
    }
    for word in PUBLISHED {
        for capital in [false, true] {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let word = if capital { first.chain(letters).collect() } else { word.to_owned() };
            let places = text.match_indices(&word).map(|(at, _)| (at, at + word.len()));
            all.extend(places.filter_map(|(at, end)| publication(text, at, end)));
        }
    }
    all
}

fn publication(text: &str, at: usize, end: usize) -> Option<(String, &str, usize)> {
    let before = &text[text.floor_char_boundary(at.saturating_sub(TITLE_REACH))..at];
    let close = before.rfind('*')?;
    let title = &before[before[..close].rfind('*')? + 1..close];
    let key: String = title.split(':').next()?.chars().filter(|c| c.is_alphanumeric()).collect();
    let after = &text[end..text.floor_char_boundary(end + YEAR_REACH)];
    let (year, place) = year(after)?;
    (key.len() >= 6).then(|| (key.to_lowercase(), year, end + place))
}

/// The first year of a passage, and its place.
fn year(text: &str) -> Option<(&str, usize)> {
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|i| i + from) {
        let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        let year = &text[start..start + length];
        if length == 4 && ("1400".."2200").contains(&year) {
            return Some((year, start));
        }
        from = start + length;
    }
    None
}

/// Shows where a title was published in another year than an earlier paragraph says; within one
/// paragraph the author has several editions in mind.
pub(super) fn contradictions(views: &[View], found: &mut Found) {
    let mut known: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for view in views {
        for (title, year, at) in publications(&view.plain) {
            let (first, line) = *known.entry(title).or_insert((year, view.line));
            if first != year && line != view.line {
                let reason = format!("line {line} says that it was published in {first}");
                found.add(view, at, Suspicion { rule: "date", was: year, now: None, reason, confidence: 75 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown;
    use super::*;

    #[test]
    fn two_years_of_publication() {
        let view = |line: usize, text: &str| View { line, plain: text.to_owned(), ..View::default() };
        let years = |texts: [&str; 2]| {
            let mut found = Found::default();
            contradictions(&[view(1, texts[0]), view(2, texts[1])], &mut found);
            found.proposals.into_iter().map(|p| (p.line, p.was)).collect::<Vec<_>>()
        };
        let first = "*The Mill* was published in 1912.";
        assert_eq!(years([first, "*The Mill: A Tale*. Published in 1913."]), [(2, "1913".to_owned())]);
        assert!(years([first, "*The Pond* was published in 1913."]).is_empty());
        assert!(years([first, "*The Mill* was published in May 1912 and 1913."]).is_empty());
    }

    #[test]
    fn dates_and_pages() {
        for (text, wanted) in [
            ("May 1, 1900, May 2, 1900, May 3, 1900, May 4, 1900 and May 5. 1900", vec!["5.>5,"]),
            ("May 41, 1900", vec!["41>?"]),
            ("see (p. 27-28) and (pp. 3-4), p. 9; step. 3-4", vec!["p. 27>pp. 27"]),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
