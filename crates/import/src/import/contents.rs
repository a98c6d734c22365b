//! The contents of the old edition: its heading, its entries, its end.

use super::claim::{Claim, LineKind};
use super::context::Context;
use super::folded::key;
use super::line::Line;
use super::model::Percent;
use super::part_name::{is_bare_part, is_numeral, names_part};
use std::collections::HashMap;
use std::ops::Range;

/// How many lines a table of contents may have.
const MOST_LINES: usize = 400;
/// The blank lines after which, in plain text, the contents are over.
const END_SPACE: usize = 3;

/// Titles of contents in the languages that [`super::front::language`] knows, and of lists that are like them.
const TITLES: [&str; 16] = [
    "contents",
    "table of contents",
    "the contents",
    "list of illustrations",
    "illustrations",
    "inhalt",
    "inhaltsverzeichnis",
    "table",
    "table des matières",
    "содержание",
    "оглавление",
    "índice",
    "indice",
    "inhoud",
    "verzeichnis der abbildungen",
    "table des illustrations",
];

/// Whether a heading is that of the contents.
pub(super) fn is_contents(title: &str) -> bool {
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    // the last words of a sentence may be the same
    title.len() <= 40
        && !title.starts_with(char::is_lowercase)
        && TITLES.contains(&title.to_lowercase().as_str())
}

/// Whether line `at` is the heading of a list of contents: named as one, or as an index, the numbers of which rise from one
/// entry to the next, where those of words that stand in the order of the alphabet don't.
pub(super) fn heads_contents(lines: &[Line<'_>], at: usize, text: &str) -> bool {
    let name = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // that of words stands at the end
    if !["index", "register"].contains(&name.as_str()) || at * FRONT > lines.len() {
        return is_contents(text);
    }
    let below =
        lines[at + 1..].iter().take(MOST_LINES).skip(1).take_while(|l| l.blanks < END_SPACE && !l.feed);
    let pages: Vec<u32> = below.filter_map(|line| page(line.trimmed())?.1).collect();
    let rising = pages.windows(2).filter(|pair| pair[0] <= pair[1]).count();
    pages.len() >= LEAST_RISING && (rising + 1) * 10 >= pages.len() * 9
}

/// How many entries a list has at least whose numbers tell by their rising that it is one of contents.
const LEAST_RISING: usize = 6;
/// In which part of a text a list of contents stands that is named as an index.
const FRONT: usize = 3;

/// The lines of the contents of a plain text, without their heading; they end where much white space begins.
pub(super) fn regions(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let alone = last_places(lines);
    for at in 0..lines.len() {
        if !heads_contents(lines, at, lines[at].trimmed())
            || (at > 0 && lines[at].blanks == 0 && !lines[at].feed)
        {
            continue;
        }
        let ends = |l: &Line<'_>| l.blanks >= END_SPACE || l.feed || is_paragraph(l);
        // where the first title of the list stands again, the text begins
        let mut first: Option<String> = None;
        let is_again = |l: &Line<'_>, first: &Option<String>| {
            let words = || words_of(l.trimmed());
            let is_heading = l.trimmed().starts_with('#');
            // a heading may have the title without the number that stands above it
            let ends =
                |first: &str| words() == first || is_heading && tells(&words()) && first.ends_with(&words());
            l.blanks > 0 && first.as_deref().is_some_and(ends)
        };
        let mut stop = None;
        for (i, line) in lines.iter().enumerate().skip(at + 1).take(MOST_LINES) {
            if i > at + 1 && (ends(line) || is_again(line, &first)) {
                stop = Some(i);
                break;
            }
            first = first.or_else(|| Some(words_of(line.trimmed())).filter(|words| tells(words)));
        }
        let Some(mut stop) = stop else { continue };
        // the number of the chapter stands above its title
        let is_number = |line: &Line<'_>| {
            let title = line.trimmed().trim_matches(['#', '*', ' ']);
            line.trimmed().starts_with('#') && (is_bare_part(title) || is_numeral(title))
        };
        if is_again(&lines[stop], &first) && stop > at + 2 && is_number(&lines[stop - 1]) {
            stop -= 1;
        }
        // white space parts the chapters of one part from those of the next
        let again = is_again(&lines[stop], &first);
        while let Some(end) =
            goes_on_to(lines, stop, &alone, first.as_deref()).filter(|end| !again && end - at < MOST_LINES)
        {
            stop = end;
        }
        let entries =
            lines[at + 1..stop].iter().filter(|l| ends_with_page(l.trimmed()) || !is_prose(l)).count();
        if entries >= 1 && entries * 4 >= (stop - at - 1) * 3 {
            found.push(at + 1..stop);
        }
    }
    found
}

/// Where the words of each line that stands apart stand last.
fn last_places(lines: &[Line<'_>]) -> HashMap<String, usize> {
    let apart = lines.iter().enumerate().filter(|(at, line)| *at == 0 || line.blanks > 0);
    apart.map(|(at, line)| (words_of(line.trimmed()), at)).filter(|(words, _)| !words.is_empty()).collect()
}

/// The letters and figures of a title, without its page.
fn words_of(text: &str) -> String {
    let title = page(text).map_or(text, |(at, _)| without_page_word(&text[..at]));
    key(title)
}

/// A title of a list without the word between white space that names the column of its page: `THE MILL     page 7`.
pub(super) fn without_page_word(title: &str) -> &str {
    let title = title.trim_end();
    let named = ["page", "Page", "PAGE", "p."].iter().find_map(|word| title.strip_suffix(word));
    named.filter(|title| title.ends_with("  ")).map_or(title, str::trim_end)
}

/// Whether the words of a title tell it from others: not a numeral, not the name of a column.
fn tells(words: &str) -> bool {
    words.len() >= LEAST_TELLING && !words.bytes().all(|b| b"ivxlc".contains(&b)) && words != "chapter"
}

/// How many letters a title has at least that no other line is likely to have.
const LEAST_TELLING: usize = 6;

/// One past the last line of a further piece of a list that begins at a line: none is prose, and most titles have a number,
/// or stand again in the text. What stands further in than the titles says what is in the chapter above. Where the first
/// title of the list stands again, the text begins.
fn goes_on_to(
    lines: &[Line<'_>],
    from: usize,
    alone: &HashMap<String, usize>,
    first: Option<&str>,
) -> Option<usize> {
    let end = (from + 1..lines.len()).find(|i| lines[*i].blanks >= END_SPACE || lines[*i].feed)?;
    let piece = &lines[from..end];
    let is_first = |line: &Line<'_>| first.is_some_and(|first| words_of(line.trimmed()) == first);
    if piece.iter().any(|line| is_paragraph(line) || is_first(line)) {
        return None;
    }
    let margin = piece.iter().map(Line::indent).min().unwrap_or(0);
    let at_margin: Vec<&Line<'_>> = piece.iter().filter(|l| l.indent() == margin).collect();
    let numbered = |line: &&Line<'_>| {
        let text = line.trimmed();
        // a row of figures is one of a table
        ends_with_page(text) && text.contains(char::is_alphabetic)
            || without_number(text).len() < text.len()
            || names_part(text)
    };
    // the numbers of sections stand again in each text
    let again = |line: &&Line<'_>| {
        let words = words_of(line.trimmed());
        words.contains(char::is_alphabetic) && alone.get(&words).is_some_and(|last| *last >= end)
    };
    let most = |lines: &[&Line<'_>], test: &dyn Fn(&&Line<'_>) -> bool| {
        lines.len() >= LEAST_PIECE && lines.iter().filter(|line| test(line)).count() * 3 >= lines.len() * 2
    };
    let all: Vec<&Line<'_>> = piece.iter().collect();
    let listed = || [&all, &at_margin].into_iter().any(|lines| most(lines, &numbered) || most(lines, &again));
    // running text has one full line under the other
    let prose = piece.windows(2).any(|pair| pair.iter().all(is_prose) && pair[1].blanks == 0);
    (!prose && listed()).then_some(end)
}

/// How many lines a further piece of a list has at least.
const LEAST_PIECE: usize = 4;

/// How many characters an entry has at most.
const LONGEST_ENTRY: usize = 240;

/// A whole paragraph in one line.
fn is_paragraph(line: &Line<'_>) -> bool {
    line.text.chars().nth(LONGEST_ENTRY).is_some()
}

/// A full line of running text: columns have white space between.
fn is_prose(line: &Line<'_>) -> bool {
    let text = line.trimmed();
    line.text.len() == text.len() && text.chars().count() >= 60 && !text.contains("   ")
}

fn ends_with_page(line: &str) -> bool {
    page(line).is_some()
}

/// The page at the end of an entry: where it begins in the line, and its number; `None` for a Roman one.
fn page(line: &str) -> Option<(usize, Option<u32>)> {
    let line = line.trim_end_matches(['*', '_', '|', ' ', '.']);
    let digits = line.len() - line.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let at = line.len() - digits;
    if (1..=4).contains(&digits) {
        return (at > 0).then(|| Some((at, line[at..].parse().ok())))?;
    }
    let roman = line.len() - line.trim_end_matches(|c| "ivxl".contains(c)).len();
    let at = line.len() - roman;
    (roman > 0 && line[..at].ends_with("  ")).then_some((at, None))
}

/// A title, leaders, a page number; or any line within the contents.
pub(super) fn contents_entry(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    // the lines of a table that hold no words
    let is_frame = context.in_contents && line.starts_with('|') && !line.contains(char::is_alphanumeric);
    let inside = context.contents.iter().any(|r| r.contains(&at) || r.start == at + 1) || is_frame;
    let aside = || {
        inside.then_some(Claim {
            kind: LineKind::Aside,
            strip: 0,
            confidence: 90,
            evidence: "stands in the contents",
        })
    };
    let Some((from, number)) = page(line) else { return aside() };
    let head = without_page_word(&line[..from]);
    let title = head.trim_end_matches(['.', '…', '·', '_', ' ', '\t']);
    let leaders = head.len() - title.len();
    let title = title.trim_matches(['*', '_', '|', ' ', '-']);
    let led = leaders >= 3 || inside || (context.in_contents && title.len() < 120);
    if !led || title.is_empty() || !title.chars().any(char::is_alphabetic) {
        return aside();
    }
    let Some(number) = number else { return aside() };
    let (confidence, evidence): (Percent, _) = if leaders >= 3 {
        (98, "a title, leaders and a page number")
    } else {
        (85, "a title and a page number under the heading of the contents")
    };
    Some(Claim { kind: LineKind::Contents(title.to_owned(), number), strip: 0, confidence, evidence })
}

/// A title in the contents without the number of its chapter: `IV. THE MILL` is `THE MILL`.
pub(super) fn without_number(title: &str) -> &str {
    let word = title.split([' ', '.']).next().unwrap_or("");
    let rest = title[word.len()..].trim_start_matches(['.', ' ', '—', '-', ':']);
    let number = !word.is_empty() && word.bytes().all(|b| b"IVXLC".contains(&b) || b.is_ascii_digit());
    if number && !rest.is_empty() { rest } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_at_the_end_of_entries() {
        assert_eq!(page("The Mill . . . 12"), Some((15, Some(12))));
        assert_eq!(page("PREFACE      vii"), Some((13, None)));
        assert_eq!(page("The civil"), None);
        assert_eq!(without_number("IV. The Mill"), "The Mill");
        assert_eq!(without_number("Ill Will"), "Ill Will");
    }
}
