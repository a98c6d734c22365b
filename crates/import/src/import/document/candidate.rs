//! Numbers at the edges of pages, as a line shows them.

use super::super::line::Line;
use super::super::mark::named_page;
use super::super::model::{Number, roman_value};
use super::super::part_name::is_numeral;
use super::sentences::leads_on;

/// How many lines at a page's head are looked at, and at its foot.
pub(super) const EDGE: usize = 4;

/// How many characters a line at an edge has at most to be more than text.
pub(super) const LONGEST: usize = 90;

/// A number at the edge of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The number.
    pub number: Number,
    /// How much it counts, 1 for a number alone.
    pub weight: f64,
    /// Whether it stands alone.
    pub alone: bool,
}

/// The number at the edge of a page that line `at` shows.
pub(super) fn candidate(lines: &[Line<'_>], at: usize) -> Option<Candidate> {
    let whole = lines[at].trimmed();
    let text = without_total(whole.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | '*')));
    if is_long(text) {
        return None;
    }
    // most lines bear no number, and what stands above one is looked at last
    number_in(whole, text).filter(|_| !is_tail(lines, at))
}

/// The number that a line shows, without what the line above tells of it.
fn number_in(whole: &str, text: &str) -> Option<Candidate> {
    let frame = |c: char| "-–—[](){}.*~|• ".contains(c);
    let found = |(number, weight), alone| Some(Candidate { number, weight, alone });
    let named = named_page(text.trim_matches(frame)).map(|number| (number, 1.0));
    if let Some(read) = numeral(text.trim_matches(frame)).or(named) {
        let heading = whole.starts_with('#') && read.0.roman;
        return if heading { None } else { found(read, true) };
    }
    let first = text.split_whitespace().next()?;
    let last = text.split_whitespace().next_back()?;
    let words = || text.chars().filter(|c| c.is_alphabetic()).count();
    // a small letter alone beside capitals is a roman number
    let large = || text.chars().filter(|c| c.is_uppercase()).count() + 1 >= words();
    let parted = |word: &str| {
        numeral(word.trim_matches(['[', ']', '|'])).filter(|n| !n.0.roman || word.len() > 1 || large())
    };
    // wide white space parts the number from a head, however a scan read its words
    let is_beside = |words: &str| is_head(words) || words.starts_with(WIDE) || words.ends_with(WIDE);
    let behind = parted(last).filter(|_| is_beside(&text[..text.len() - last.len()]));
    let read = behind.or_else(|| parted(first).filter(|_| is_beside(&text[first.len()..])));
    // the head of a chapter may be its numeral alone
    let numeral = |read: &(Number, f64)| !read.0.roman && is_numeral_beside(text);
    let read = read.filter(|read| words() >= 3 || numeral(read))?;
    // a heading with a number before it is that of a section, more often than a running head
    let section = whole.starts_with('#') && behind.is_none();
    found((read.0, read.1 * if section { 0.3 } else { 0.7 }), false)
}

/// How many figures the number of all pages has at most.
const MOST_TOTAL: usize = 3;

/// A line that ends with the number of its page without that of all pages: `The Mill 8 of 141`.
fn without_total(text: &str) -> &str {
    let figures = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let cut = |word: &str| {
        let (before, total) = text.rsplit_once(word)?;
        let number = before.rsplit(' ').next()?;
        (figures(total) && figures(number) && number.len() <= total.len() && total.len() <= MOST_TOTAL)
            .then_some(before)
    };
    if !text.ends_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    [" of ", " von ", " sur ", " / ", "/"].into_iter().find_map(cut).unwrap_or(text)
}

/// Whether a line is the end of the one above, as that of a source is: `vol. ii.` and `p. 34.]`.
fn is_tail(lines: &[Line<'_>], at: usize) -> bool {
    let text = lines[at].trimmed();
    let above = at.checked_sub(1).filter(|_| lines[at].blanks == 0 && !lines[at].feed);
    let Some(above) = above.map(|above| lines[above].trimmed()) else { return false };
    let closes = |open: char, close: char| text.matches(close).count() > text.matches(open).count();
    let source = text.starts_with("p. ") && text.ends_with(['.', ',', ';']);
    closes('[', ']') || closes('(', ')') || source || leads_on(above)
}

/// White space that stands between a running head and the number of its page, and not between words.
const WIDE: &str = "      ";

/// Whether a line is a large numeral and a number, with white space between.
fn is_numeral_beside(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (first, last) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    words.next().is_none() && text.contains("  ") && (is_numeral(first) || is_numeral(last))
}

/// Whether a line is too long for an edge: white space between letters makes one longer than it is.
pub(super) fn is_long(text: &str) -> bool {
    let spaced = text.split_whitespace().filter(|word| word.chars().count() == 1).count();
    text.len() > LONGEST + spaced
}

/// Whether words beside a number look like a running head: in capitals, or every longer word begins with one.
pub(super) fn is_head(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let large = text.chars().filter(|c| c.is_uppercase()).count();
    let small = |w: &str| w.chars().count() > 3 && w.starts_with(char::is_lowercase);
    large * 10 >= letters * 6
        || !text.split_whitespace().any(small) && !text.trim_end().ends_with([',', ';', ':', '-'])
}

/// A number of at most four figures or a small roman one; figures that a scan misread count half.
fn numeral(word: &str) -> Option<(Number, f64)> {
    let arabic = |digits: &str| (digits.len() <= 4).then(|| digits.parse::<u32>().ok())?;
    if !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
        return arabic(word).map(|value| (Number { value, roman: false }, 1.0));
    }
    if let Some(value) = roman_value(word).filter(|_| !word.starts_with(char::is_uppercase)) {
        return Some((Number { value, roman: true }, 1.0));
    }
    let figures = word.bytes().filter(u8::is_ascii_digit).count();
    if word.len() > 4 || figures == 0 || figures * 2 < word.len() {
        return None;
    }
    let read: Option<String> = word.chars().map(misread_figure).collect();
    arabic(&read?).map(|value| (Number { value, roman: false }, 0.5))
}

/// The figure that a scan may have read for a character.
pub(super) fn misread_figure(c: char) -> Option<char> {
    match c {
        'l' | 'I' | 'i' | '|' | '!' => Some('1'),
        'O' | 'o' | 'Q' => Some('0'),
        'S' | 's' => Some('5'),
        'B' => Some('8'),
        'Z' | 'z' => Some('2'),
        'g' | 'q' => Some('9'),
        _ => c.is_ascii_digit().then_some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::line::lines;
    use super::*;

    #[test]
    fn the_end_of_a_source_is_no_number_of_a_page() {
        let text = "[Footnote 1: The ledger, vol. ii.\np. 34.]\n\nThe ledger, vol.\n35\n\np. 36\n";
        let lines = lines(text);
        let found: Vec<Option<u32>> =
            (0..lines.len()).map(|at| candidate(&lines, at).map(|c| c.number.value)).collect();
        assert_eq!(found, [None, None, None, None, Some(36)]);
    }

    #[test]
    fn the_number_of_all_pages_is_none_of_a_page() {
        let lines = lines("*The Mill* 8 of 141\n\n9/141\n\nMAY 3/1886\n");
        let found: Vec<Option<u32>> =
            (0..lines.len()).map(|at| candidate(&lines, at).map(|c| c.number.value)).collect();
        assert_eq!(found, [Some(8), Some(9), None]);
    }

    #[test]
    fn numerals_of_pages() {
        for (word, value, is_roman) in
            [("12", 12, false), ("xiv", 14, true), ("1O", 10, false), ("l2", 12, false), ("xl", 40, true)]
        {
            let (number, _) = numeral(word).expect(word);
            assert_eq!((number.value, number.roman), (value, is_roman), "{word}");
        }
        assert!(
            numeral("mill").is_none()
                && numeral("iiii").is_none()
                && numeral("12345").is_none()
                && numeral("IV").is_none()
        );
    }
}
