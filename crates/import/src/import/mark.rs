//! The marks that a transcription sets where a page begins: `[Pg 12]`, `{12}` and hyphens, `--- Page 12 ---`,
//! `PAGE 12` between two rules.

use super::folded::key;
use super::line::{Line, goes_on};
use super::model::Number;
use super::raised::opens_raised;
use crate::terms::numerals::from_roman;
use std::collections::{BTreeMap, BTreeSet};

/// How many characters the words of a page mark have at most.
const LONGEST: usize = 24;
/// No matter at the front of a book has as many pages; `d` and `m` are no numerals there.
const MOST_ROMAN: u32 = 400;
/// From how many signs on a line of them is a rule that frames a mark.
const LEAST_RULE: usize = 5;

/// The page that a line of nothing but a page mark names, if its number is arabic.
pub(super) fn page_mark_number(line: &str) -> Option<u32> {
    page_mark(line).filter(|number| !number.roman).map(|number| number.value)
}

/// The page that a line of nothing but a page mark names: `[Pg 12]`, and `[Pg xii]` in the matter at the front.
pub(super) fn page_mark(line: &str) -> Option<Number> {
    if let Some((_, number)) = scan_page(line) {
        return number;
    }
    let core = line.trim_matches(|c: char| "[]{}<>!#=-*_~ —–\r\n".contains(c));
    let framed = line.len() >= core.len() + 2 && line.starts_with(|c| "[{<#=-*_~—–".contains(c));
    if !framed || core.len() > LONGEST {
        return None;
    }
    named_page(core).or_else(|| is_marker_page(line).map(Number::arabic))
}

/// The sign before each page of a volume that a library had scanned, `## p. xii (#16) ####`, `## p. (#7) ####`: the place of
/// the page in the scan, and its number when it is known.
pub(super) fn scan_page(line: &str) -> Option<(i64, Option<Number>)> {
    let (number, rest) = line.strip_prefix("## p. ")?.split_once("(#")?;
    let (place, rule) = rest.split_once(')')?;
    let rule = rule.trim();
    if rule.len() < LEAST_RULE || !rule.bytes().all(|b| b == b'#') {
        return None;
    }
    let number = number.trim();
    Some((place.parse().ok()?, Number::read(number)))
}

/// What names a page, before its number.
const NAMES: [&str; 13] = [
    "start of page",
    "begin page",
    "pagenumber",
    "page",
    "pg.",
    "pg",
    "p.",
    "pb n",
    "seite",
    "pagina",
    "página",
    "страница",
    "fol.",
];

/// `Page 12`, `pg. 12`, `PAGE 12 OF 40`, `page: 12`, `pb n="12"`: the page.
pub(super) fn named_page(core: &str) -> Option<Number> {
    // of most lines the first letter says that they are none
    let first = core.chars().next()?.to_lowercase().next()?;
    if !NAMES.iter().any(|name| name.starts_with(first)) {
        return None;
    }
    let lower = core.to_lowercase();
    let rest = NAMES.iter().find_map(|word| lower.strip_prefix(word))?;
    let first = rest.split(" of ").next()?.split(" von ").next()?.split('/').next()?;
    let word = first.trim_matches([' ', ':', '#', '=', '"']);
    // `pages` and `pgs` name no page: a space or a stop stands before a numeral
    let is_parted = !rest.starts_with(|c: char| c.is_alphabetic());
    number(word).or_else(|| {
        from_roman(word).filter(|n| is_parted && *n < MOST_ROMAN).map(|value| Number { value, roman: true })
    })
}

fn number(digits: &str) -> Option<Number> {
    let value =
        (digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?;
    value.map(Number::arabic)
}

/// From how many numbers in frames on a row of them can be that of the pages; fewer where so many bytes stand between each two,
/// as much text as a page holds at least.
const LEAST_FRAMED: usize = 5;
const FEWEST_FRAMED: usize = 3;
const LEAST_BETWEEN: usize = 400;
/// Of so many numbers in frames one page may have a mark that names it, `[Page 12]`.
const FEW_NAMED: usize = 20;

/// What numbers of pages may stand in within plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// `{12}`
    Braces,
    /// `[12]`
    Brackets,
}

impl Frame {
    /// What opens and closes it.
    fn signs(self) -> (char, char) {
        match self {
            Frame::Braces => ('{', '}'),
            Frame::Brackets => ('[', ']'),
        }
    }

    /// The numbers of a text in this frame, `{12}` and `{xii}`: where each stands, how many bytes it has, the number.
    pub(super) fn numbers(self, text: &str) -> impl Iterator<Item = (usize, usize, Number)> {
        let (open, close) = self.signs();
        text.match_indices(open).filter_map(move |(at, _)| {
            let word: &str = text[at + 1..].split(|c: char| !c.is_ascii_alphanumeric()).next()?;
            let closed = text[at + 1 + word.len()..].strip_prefix(close)?;
            let number = Number::read(word).filter(|_| word.len() <= 8 && !closed.starts_with('-'))?;
            Some((at, word.len() + 2, number))
        })
    }

    /// Whether the numbers in this frame are those of pages: nearly all of them are one more than the one before. Formulas
    /// and notes, which a text calls and has, count otherwise; a bracket that calls a note is glued to the word before it.
    fn holds_pages(self, text: &str) -> bool {
        let found: Vec<(usize, usize, Number)> = self.numbers(text).collect();
        let glued = |(at, length, _): &(usize, usize, Number)| {
            let before = text[..*at].chars().next_back().is_some_and(|c| !c.is_whitespace());
            before && !text[at + length..].starts_with(char::is_alphabetic)
        };
        let within = || !found.iter().any(glued) && part_sentences(text, &found);
        if self == Frame::Brackets && !within() && !stand_in_margin(text, &found) {
            return false;
        }
        let numbers: Vec<Number> = found.iter().map(|n| n.2).collect();
        let pairs = || numbers.windows(2);
        let follows = |pair: &&[Number]| pair[1] == pair[0].next() || pair[0].roman && !pair[1].roman;
        let falls = |pair: &&[Number]| pair[0].roman == pair[1].roman && pair[1].value <= pair[0].value;
        let (rising, falling) = (pairs().filter(follows).count(), pairs().filter(falls).count());
        let once: BTreeSet<Number> = numbers.iter().copied().collect();
        // the last page of a chapter holds less
        let close = || found.windows(2).filter(|pair| pair[1].0 - pair[0].0 < LEAST_BETWEEN).count();
        let apart = || close() * 3 <= pairs().count();
        let many = numbers.len() >= LEAST_FRAMED;
        let few = || numbers.len() >= FEWEST_FRAMED && falling == 0 && rising + 1 == numbers.len() && apart();
        // a text has each note that it calls, so that its number stands twice
        let is_noted = (numbers.len() - once.len()) * 5 > numbers.len();
        !is_noted
            && (many && (rising + 1) * 10 >= numbers.len() * 8 && falling * 20 <= numbers.len() || few())
    }
}

/// Whether numbers stand within sentences, as those of pages do now and then: what stands at the heads of paragraphs counts
/// sections, and a note at the foot of a page begins with a capital.
fn part_sentences(text: &str, found: &[(usize, usize, Number)]) -> bool {
    let open = |n: &&(usize, usize, Number)| goes_on(text[..n.0].trim_end());
    let small = |n: &&(usize, usize, Number)| text[n.0 + n.1..].trim_start().starts_with(char::is_lowercase);
    let heads = found.iter().filter(|n| text[..n.0].trim_end_matches(' ').ends_with("\n\n")).count();
    let within = found.iter().filter(open).filter(small).count();
    let broken = found.iter().filter(open).count() - within;
    within > broken && within * 8 >= found.len() && heads * 2 <= found.len()
}

/// Whether numbers stand in the margin at the right, each at the end of its line and nearly all in one column.
fn stand_in_margin(text: &str, found: &[(usize, usize, Number)]) -> bool {
    let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, length, _) in found {
        let (before, behind) = text.split_at(at + length);
        if behind.trim_start_matches([' ', '\r']).starts_with('\n') {
            let line = before.rsplit('\n').next().unwrap_or("");
            *columns.entry(line.chars().count()).or_default() += 1;
        }
    }
    let most = columns.into_values().max().unwrap_or(0);
    found.len() >= LEAST_FRAMED && most * 10 >= found.len() * 9
}

/// The frame in which the numbers of pages stand in a plain text that has no other marks of pages.
pub(super) fn frame_of_pages(text: &str) -> Option<Frame> {
    let named = ["[Pg ", "[pg ", "[Page ", "[page ", "[p. ", "\u{c}"];
    let marks: usize = named.iter().map(|mark| text.matches(mark).count()).sum();
    // a few that are named stand where the margin had no room
    let marked = |frame: &Frame| marks * FEW_NAMED > frame.numbers(text).count();
    [Frame::Braces, Frame::Brackets].into_iter().find(|frame| !marked(frame) && frame.holds_pages(text))
}

/// The lines of `text` with every page mark that stands between two rules made one line.
pub(super) fn fold<'a>(text: &'a str, lines: &[Line<'a>]) -> Vec<Line<'a>> {
    let mut found = Vec::with_capacity(lines.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let framed = lines.get(at..at + 3).filter(|three| is_framed(three));
        let end = framed.map_or(line.end(), |three| three[2].end());
        found.push(Line { text: &text[line.at..end], ..*line });
        at += if framed.is_some() { 3 } else { 1 };
    }
    found
}

/// Whether three lines are a rule, the words of a page mark, and the same rule.
fn is_framed(three: &[Line<'_>]) -> bool {
    let rule = |text: &str| {
        let sign = text.bytes().next().filter(|b| b"=-*_#~".contains(b));
        text.len() >= LEAST_RULE && sign.is_some_and(|sign| text.bytes().all(|b| b == sign))
    };
    let together = three[1..].iter().all(|l| l.blanks <= 1 && !l.feed);
    together
        && rule(three[0].trimmed())
        && three[2].trimmed() == three[0].trimmed()
        && named_page(three[1].trimmed()).is_some()
}

/// The number of a line such as `12`, `- 12 -`, `[12]`, `**12**`, `Page 12 of 40`.
pub(super) fn folio_number(line: &str) -> Option<u32> {
    let core = line.trim_matches(['-', '–', '—', '[', ']', '*', ' ', '.', '~', '|']);
    if let Some(number) = named_page(core).filter(|number| core.len() <= LONGEST && !number.roman) {
        return Some(number.value);
    }
    if core.is_empty() || core.len() > 4 || line.len() > 16 || !core.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    core.parse().ok()
}

/// How many hyphens follow `{12}` at least.
const MARKER_RULE: usize = 20;

/// `{12}` and hyphens, alone in its line: the number.
pub(super) fn is_marker_page(line: &str) -> Option<u32> {
    let (digits, rest) = line.strip_prefix('{')?.split_once('}')?;
    let ruled = rest.len() >= MARKER_RULE && rest.bytes().all(|b| b == b'-');
    (ruled && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// A line of nothing but hyphens.
pub(super) fn is_rule(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|b| b == b'-')
}

/// `<!-- page break -->`, `<!-- PageBreak -->`: what docling and others set between pages.
pub(super) fn is_break_comment(text: &str) -> bool {
    let Some(inner) = text.strip_prefix("<!--").and_then(|t| t.strip_suffix("-->")) else { return false };
    key(inner) == "pagebreak"
}

/// Whether rules part the pages: below a fair share of several a sentence goes on that began above, or stands the number
/// of a page, or a running head below a sentence that breaks off. Below a rule over notes stands a number with a text, and
/// one between scenes stands below a whole sentence.
pub(super) fn rules_part(lines: &[Line<'_>]) -> bool {
    let rules: Vec<usize> = (0..lines.len()).filter(|at| is_rule(lines[*at].trimmed())).collect();
    let small = |at: usize| lines.get(at).is_some_and(|l| l.trimmed().starts_with(char::is_lowercase));
    let folio = |at: usize| {
        let digits = lines.get(at).map_or("", |l| l.trimmed());
        (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let broken = |at: usize| {
        let above = lines[at].trimmed();
        goes_on(above) && above.len() >= LEAST_BROKEN
    };
    let words = |at: usize| {
        let below = lines.get(at).map_or("", |l| l.trimmed());
        let bare = below.trim_start_matches(['#', '*', ' ']);
        // the number of the page may stand before the words that a tool marked as a title; one of a note has no such mark
        let numbered = below.starts_with('#');
        let words = bare.trim_start_matches(|c: char| numbered && c.is_ascii_digit());
        words.trim_start().starts_with(char::is_uppercase)
    };
    let parts = |at: &&usize| {
        let above = at.checked_sub(1);
        let head = above.is_some_and(broken) && words(*at + 1);
        small(*at + 1) || above.is_some_and(folio) || folio(*at + 1) || head
    };
    // a note ends a page
    let noted = |at: &&usize| {
        let above = at.checked_sub(1).map_or("", |above| lines[above].trimmed());
        opens_raised(above) || opens_framed(above)
    };
    let cut = rules.iter().filter(parts).count();
    let noted = rules.iter().filter(noted).count();
    let both = cut > 0 && noted > 0 && (cut + noted) * 2 >= rules.len();
    cut >= LEAST_CUT && cut * 4 >= rules.len() || noted >= LEAST_NOTED && noted * 2 >= rules.len() || both
}

/// Whether a line begins with a number between square brackets and white space, as a note does: `[1] Ibid.`
fn opens_framed(text: &str) -> bool {
    let note = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    note.is_some_and(|(mark, text)| {
        (1..=3).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit()) && !text.is_empty()
    })
}

/// How many characters a line of text has at least that breaks off.
const LEAST_BROKEN: usize = 36;
/// How many pages at least rules must be seen to part, and how many of them stand below notes where these tell.
const LEAST_CUT: usize = 3;
const LEAST_NOTED: usize = 2;

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn marks_of_all_kinds() {
        for (line, page) in [
            ("[Pg 12]", Some(12)),
            ("[Pg xii]", None),
            ("{12}------------------------------------------------", Some(12)),
            ("##PAGE 12##", Some(12)),
            ("<!-- page 12 -->", Some(12)),
            ("--- Page 12 of 40 ---", Some(12)),
            ("<!-- page: 12 -->", Some(12)),
            ("<!-- PageNumber=\"12\" -->", Some(12)),
            ("--- Start of Page 12 ---", Some(12)),
            ("[Seite 12]", Some(12)),
            ("<pb n=\"12\"/>", Some(12)),
            ("[fol. 12]", Some(12)),
            ("PAGE 12", None),
            ("[12]", None),
            ("--- Page 12 is the last that the miller wrote ---", None),
        ] {
            assert_eq!(page_mark_number(line), page, "{line}");
        }
    }

    #[test]
    fn signs_of_scanned_volumes() {
        for (line, place, number) in [
            ("## p. 10 (#21) ##############", 21, Some("10")),
            ("## p. xiii (#17) ############", 17, Some("xiii")),
            ("## p. (#7) ##################", 7, None),
        ] {
            let (found, shown) = scan_page(line).expect(line);
            assert_eq!((found, shown.map(|n| n.to_string()).as_deref()), (place, number), "{line}");
        }
        assert!(scan_page("## p. 10").is_none() && scan_page("## p. 10 (#21) and so on").is_none());
    }

    #[test]
    fn numbers_in_frames_that_rise_number_pages() {
        let page = "and so on and on ".repeat(30);
        for (text, frame) in [
            ("{v}\na {vi} b\nc {1}\n{2} d\n{3}".to_owned(), Some(Frame::Braces)),
            ("the sets {2}, {3} and {12}; {2} has one member, {3} too".to_owned(), None),
            ("a {1} b {2} c {3}\n{1} so\n{2} so\n{3} so".to_owned(), None),
            (
                "a {1} b {2} c {3} d {4} e {5} f {6}\n{1} s\n{2} s\n{3} s\n{4} s\n{5} s\n{6} s".to_owned(),
                None,
            ),
            (format!("{{20}}\n{page}{{21}} {page}\n{{22}} {page}"), Some(Frame::Braces)),
            (format!("[20] {page}[21] {page}won[22]der {page}"), Some(Frame::Brackets)),
            (format!("{page}\n[1] A note.\n{page}\n[2] A note.\n{page}\n[3] A note."), None),
            (
                format!("[1] {page}so.\n\n[2] {page}so.\n\n[3] {page}so.\n\n[4] {page}so.\n\n[5] {page}so."),
                None,
            ),
            (format!("{page}so,[20] {page}so.[21] {page}so[22] {page}"), None),
            (format!("[Pg 7] {page} {{20}} {page} {{21}} {page} {{22}}"), None),
        ] {
            assert_eq!(frame_of_pages(&text), frame, "{text}");
        }
        for (line, page) in [
            ("[Pg i]", Some(1)),
            ("-- Page XIV --", Some(14)),
            ("[pages]", None),
            ("[Pg iiv]", None),
            ("[p. v]", Some(5)),
        ] {
            let wanted = page.map(|value| Number { value, roman: true });
            assert_eq!(page_mark(line), wanted, "{line}");
        }
    }

    #[test]
    fn marks_between_rules_are_one_line() {
        let text = "One.\n\n=====\nPAGE 3\n=====\n\nTwo\n-----\nPage\n-----\n";
        let lines = fold(text, &lines(text));
        let shown: Vec<_> = lines.iter().map(|l| (l.trimmed(), page_mark_number(l.trimmed()))).collect();
        let mark = ("=====\nPAGE 3\n=====", Some(3));
        assert_eq!(
            shown,
            [("One.", None), mark, ("Two", None), ("-----", None), ("Page", None), ("-----", None)]
        );
    }
}
