//! Hyphens between the ends of a range of pages or years, which an en dash joins: `pp. 12-15`, `1914-18`.
//!
//! Numbers of telephones, ISBNs and dates have hyphens too, so that a range is one only behind a word that says so, or
//! between two years.

use crate::book::{Book, Seen};
use crate::diag::{Code, Diagnostic, SourceMap, Span, WordPlaces};

/// What stands before numbers of pages, volumes and lines.
const WORDS: [&str; 10] = ["pp", "p", "pages", "vols", "nos", "ll", "lines", "chapters", "chs", "verses"];
/// Months are numbered no higher: `2026-11` may be a date.
const MONTHS: u32 = 12;
/// The years that a range may begin or end with.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

/// Tells of the first such hyphen, and of how many there are.
pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    if book.meta.language.primary() != "en" {
        return;
    }
    let mut found: Vec<(String, Span)> = Vec::new();
    book.visit(&mut |seen| {
        let Seen::Words(text, span) = seen else { return };
        for range in ranges(&text.words) {
            let at = range.as_ptr() as usize - text.words.as_ptr() as usize;
            let place = WordPlaces::new(map, span, &text.words).part(at, at + range.len());
            found.push((range.to_owned(), place));
        }
    });
    let Some((first, span)) = found.first() else { return };
    let more = match found.len() - 1 {
        0 => String::new(),
        more => format!("; the book has {more} more"),
    };
    let message = format!("a hyphen joins the range `{first}`, where an en dash is usual{more}");
    let hint = format!("write `{}`", first.replace('-', "--"));
    findings.push(Diagnostic::new(Code::RangeHyphen, *span, message).hint(hint));
}

/// The ranges that a hyphen joins.
fn ranges(words: &str) -> impl Iterator<Item = &str> {
    words.match_indices('-').filter_map(|(at, _)| {
        let (before, after) = (&words[..at], &words[at + 1..]);
        let left = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let right = after.bytes().take_while(u8::is_ascii_digit).count();
        let (outer, behind) = (&before[..at - left], &after[right..]);
        let is_free = !outer.ends_with(|c: char| c.is_alphanumeric() || "-–./:+#".contains(c))
            && !behind.starts_with(|c: char| c.is_alphanumeric() || "-–/:".contains(c));
        let (from, to) = (before[at - left..].parse().ok()?, after[..right].parse().ok()?);
        let fits = left <= 4 && right <= 4 && (is_counted(outer) || are_years((from, left), (to, right)));
        (is_free && fits).then(|| &words[at - left..at + 1 + right])
    })
}

/// Whether a word before a number says what it counts: `pp.`, `lines`.
fn is_counted(before: &str) -> bool {
    let before = before.trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic() && c != '.').next().unwrap_or("");
    WORDS.contains(&word.trim_end_matches('.').to_lowercase().as_str())
}

/// Whether two numbers, each with how many figures it has, are years: `1914-1918`, `1914-18`.
fn are_years((from, left): (u32, usize), (to, right): (u32, usize)) -> bool {
    let short = right == 2 && to > from % 100 && to > MONTHS;
    left == 4 && YEARS.contains(&from) && (short || right == 4 && YEARS.contains(&to) && to > from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_told_from_numbers_with_hyphens() {
        for (words, wanted) in [
            ("see pp. 12-15.", Some("12-15")),
            ("(pages 9-11)", Some("9-11")),
            ("the war of 1914-18 was", Some("1914-18")),
            ("1939-1945", Some("1939-1945")),
            ("on 2026-11-28 or in 2026-11", None),
            ("ISBN 978-3-16-148410-0", None),
            ("call 555-1234 or 0800-2000", None),
            ("a 4-4 draw, a 10-12 m wall", None),
            ("https://a.org/1914-18", None),
        ] {
            assert_eq!(ranges(words).next(), wanted, "{words}");
        }
    }
}
