//! The headings of plain text, which nothing marks: chapters named as such,
//! numerals alone in their line, lines of capitals with a text under them.

use super::claim::{Claim, LineKind};
use super::contents::is_contents;
use super::context::Context;
use super::line::{Line, goes_on, normal};
use super::mark::page_mark;
use super::model::{Draft, Kind, Percent};

/// How many characters of text a heading has under it at least; titles, bylines and signatures have less.
const LEAST_UNDER: usize = 120;
/// How many one inside a chapter has; names in a list have less.
const LEAST_IN_CHAPTER: usize = 400;
/// How many lines below a heading are looked at for them.
const LOOK: usize = 60;
/// From how many blank lines above it on a heading begins a text and no section.
const CHAPTER_SPACE: usize = 3;
/// How many lines a heading may have.
const MOST_LINES: usize = 3;

/// Words that name a part of a book, in several languages.
const PARTS: [&str; 30] = [
    "chapter",
    "chap",
    "part",
    "book",
    "letter",
    "volume",
    "canto",
    "act",
    "lecture",
    "chapitre",
    "partie",
    "livre",
    "lettre",
    "kapitel",
    "teil",
    "theil",
    "buch",
    "brief",
    "глава",
    "часть",
    "книга",
    "письмо",
    "capítulo",
    "capitulo",
    "parte",
    "libro",
    "capitolo",
    "carta",
    "hoofdstuk",
    "rozdział",
];

/// A line that names a chapter, a numeral alone, or capitals, with a text under it.
pub(super) fn plain_heading(context: &Context<'_>, at: usize) -> Option<Claim> {
    if !context.plain || !opens(context, at) {
        return None;
    }
    let stop = end(context, at);
    let text = context.lines[at].trimmed();
    if stop - at > MOST_LINES || text.len() > 90 {
        return None;
    }
    // where the contents list has the titles of the texts, others are those of sections
    let titled = context.document.as_ref().is_some_and(|d| d.titled);
    let claim = |depth: u8, confidence, evidence| {
        Some(heading(if titled { depth.max(2) } else { depth }, confidence, evidence))
    };
    if is_contents(text) && context.alone(at) {
        return claim(1, 85, "the heading of the contents");
    }
    let last = context.lines[stop - 1].trimmed();
    // who wrote a verse stands under it behind a dash, and whom a letter is to before one
    if last.ends_with([',', ';', ':', '-', '—', '–']) || text.starts_with(['-', '—', '–']) {
        return None;
    }
    let whole = || (at..stop).all(|i| is_capital(context.lines[i].trimmed()));
    let sure = || {
        is_capital(text)
            || !text.contains(',') && has_text(context, stop, LEAST_UNDER)
            || leads_to_part(context, stop)
    };
    if names_part(text) && (stop == at + 1 || whole()) && sure() {
        // others of its kind may be in the list
        let ranks = context.document.as_ref().map(|d| &d.part_ranks);
        let rank = ranks.zip(part_word(text)).and_then(|(ranks, word)| ranks.get(&word));
        return rank.map(|rank| heading(*rank, 92, NAMED)).or_else(|| claim(1, 95, NAMED));
    }
    if context.document.as_ref().is_some_and(|d| d.is_on_plate(context.lines, at)) {
        return None;
    }
    if stop == at + 1
        && context.alone(at)
        && space(context, at) >= MATTER_SPACE
        && is_matter(text)
        && has_text(context, stop, LEAST_UNDER)
    {
        // lists leave out what stands before them; notes to every chapter are no texts
        let once = context.repeated.get(&normal(text)) == Some(&1) && space(context, at) >= CHAPTER_SPACE;
        let why = "the name of a preface or the like, alone, and a text under it";
        return if once { Some(heading(1, 88, why)) } else { claim(1, 88, why) };
    }
    if stop == at + 1
        && follows_part(context, at)
        && is_title_case(text)
        && has_text(context, stop, LEAST_UNDER)
    {
        return claim(1, 90, "a title below the number of its chapter");
    }
    if stop == at + 1
        && is_numeral(text)
        && !is_of_index(context.lines, at)
        && has_text(context, stop, LEAST_UNDER)
    {
        let titled_one = context.titled_numerals && over_title(context.lines, at);
        let section =
            context.chapters || (context.numerals_restart || context.titled_numerals) && !titled_one;
        return claim(if section { 2 } else { 1 }, 85, "a numeral alone, and a text under it");
    }
    if stop == at + 1 && is_numbered(context, at) && has_text(context, stop, LEAST_UNDER) {
        return claim(2, 85, "a title with a Roman number alone, and a text under it");
    }
    let depth = if space(context, at) >= CHAPTER_SPACE { 1 } else { 2 };
    let least = if depth == 1 || !context.chapters || follows_part(context, at) {
        LEAST_UNDER
    } else {
        LEAST_IN_CHAPTER
    };
    if last.ends_with(['!', '?', '"', '”', '»'])
        || !whole()
        || is_signature(context, at)
        || !has_text(context, stop, least)
    {
        return None;
    }
    claim(depth, 85, "capitals alone, and a text under them")
}

/// Why a line that names a chapter is a heading.
const NAMED: &str = "named as a chapter";

fn heading(depth: u8, confidence: Percent, evidence: &'static str) -> Claim {
    Claim { kind: LineKind::Heading(depth), strip: 0, confidence, evidence }
}

/// Whether a line of capitals is who signs what stands above: a sentence that did not end leads to it, or it stands in
/// where titles stand at the margin.
fn is_signature(context: &Context<'_>, at: usize) -> bool {
    let mut above = context.lines[..at].iter().rev().map(Line::trimmed);
    let leads = above
        .find(|text| page_mark(text).is_none())
        .is_some_and(|text| !names_part(text) && text.contains(char::is_lowercase) && goes_on(text));
    leads || context.titles_are_flush && context.lines[at].indent() >= LEAST_INDENT
}

/// How far who signs stands in at least.
const LEAST_INDENT: usize = 8;

/// Whether lines of capitals alone stand at the margin, nearly all.
pub(super) fn titles_are_flush(lines: &[Line<'_>]) -> bool {
    let alone = |at: &usize| {
        (*at == 0 || lines[*at].blanks > 0) && lines.get(at + 1).is_none_or(|next| next.blanks > 0)
    };
    let titles: Vec<usize> =
        (0..lines.len()).filter(alone).filter(|at| is_capital(lines[*at].trimmed())).collect();
    let flush = titles.iter().filter(|at| lines[**at].indent() == 0).count();
    flush >= LEAST_FLUSH && flush * 10 >= titles.len() * 6
}

/// How many lines of capitals at the margin make a habit.
const LEAST_FLUSH: usize = 6;

/// Whether a letter alone is one of an index: the letters alone before or after it are those of the alphabet.
fn is_of_index(lines: &[Line<'_>], at: usize) -> bool {
    let letter = |line: &Line<'_>| -> Option<u8> {
        let core = line.trimmed().trim_end_matches('.').as_bytes();
        (core.len() == 1 && core[0].is_ascii_uppercase()).then(|| core[0])
    };
    let Some(own) = letter(&lines[at]) else { return false };
    let before = lines[at.saturating_sub(INDEX_LETTER)..at].iter().rev().find_map(letter);
    let after = lines[at + 1..].iter().take(INDEX_LETTER).find_map(letter);
    let follows = |a: u8, b: u8| a < b && b - a <= 2;
    let other = |c: &u8| !b"IVXLC".contains(c);
    before.filter(other).is_some_and(|c| follows(c, own))
        || after.filter(other).is_some_and(|c| follows(own, c))
}

/// How many lines of an index stand under one letter.
const INDEX_LETTER: usize = 150;

/// Whether numerals alone begin anew with one, so that they number the sections of several texts.
pub(super) fn numerals_restart(lines: &[Line<'_>]) -> bool {
    let first =
        |at: &usize| (*at == 0 || lines[*at].blanks > 0) && lines[*at].trimmed().trim_end_matches('.') == "I";
    (0..lines.len()).filter(first).filter(|at| !is_of_index(lines, *at)).take(2).count() == 2
}

/// One past the last line of the heading at `at`: what names a chapter stands alone, a title may have several lines.
pub(super) fn end(context: &Context<'_>, at: usize) -> usize {
    let text = context.lines[at].trimmed();
    let over_text = || context.lines.get(at + 1).is_some_and(|l| is_running(l.trimmed()));
    let bare = is_bare_part(text) || is_numeral(text);
    if is_bare_part(text) || (bare || is_numbered(context, at)) && over_text() {
        return at + 1;
    }
    // the title below a number, in letters as a sentence has them
    if follows_part(context, at) && is_title_case(text)
        || bare && context.lines.get(at + 1).is_some_and(|l| is_title_case(l.trimmed()))
    {
        return at + 1;
    }
    let more = context.lines[at + 1..].iter().take(MOST_LINES).take_while(|l| l.blanks == 0 && !l.feed);
    at + 1 + more.count()
}

/// A line of running text, as wide as a page is: no title.
fn is_running(text: &str) -> bool {
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    text.chars().count() >= LEAST_RUNNING && small * 2 > text.len()
}

/// How many characters a line of running text has at least.
const LEAST_RUNNING: usize = 36;

/// Words of which every longer one has a capital, and that no stop ends: a title and no sentence.
pub(super) fn is_title_case(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let large = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.chars().count() <= SHORT_WORD || bare.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    };
    words.peek().is_some_and(|w| w.starts_with(char::is_uppercase))
        && !is_numeral(text)
        && text.chars().count() <= LONGEST_NUMBERED
        && !text.ends_with([',', ';', ':', '.', '-', '”', '"'])
        && words.all(large)
}

/// How many letters a word has at most that a title may write small.
const SHORT_WORD: usize = 4;

/// A title with its number, as they are set above sections: `II: Of the Rope`. A sentence ends with a stop.
fn is_numbered(context: &Context<'_>, at: usize) -> bool {
    let text = context.lines[at].trimmed();
    let Some((number, title)) = text.split_once([':', '.']) else { return false };
    let title = title.trim_start();
    is_numeral(number)
        && title.starts_with(char::is_uppercase)
        && title.chars().count() <= LONGEST_NUMBERED
        && title.ends_with(char::is_alphanumeric)
        && context.document.as_ref().is_some_and(|d| d.set_lines && d.short.contains(&at))
}

/// How many characters a title with its number has at most.
const LONGEST_NUMBERED: usize = 50;

/// Whether a heading names a part or chapter: `CHAPTER IV`, `Erstes Kapitel`.
pub(super) fn names_part(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let part = |word: &str| PARTS.contains(&word.to_lowercase().as_str());
    let large = text.starts_with(char::is_uppercase) && text.len() <= 90;
    let numbered = is_numeral(second) || second.bytes().all(|b| b.is_ascii_digit()) && !second.is_empty();
    let leads = part(first) && (numbered || is_capital(text) || second.is_empty() || words.next().is_none());
    large
        && (leads && first.len() < text.len()
            || part(second) && first.chars().count() > 3 && text.split_whitespace().count() == 2)
}

/// The word that names the part in a heading such as `CHAPTER IV`: `chapter`.
pub(super) fn part_word(text: &str) -> Option<String> {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty())?.to_lowercase();
    (names_part(text) && PARTS.contains(&first.as_str())).then_some(first)
}

/// `CHAPTER IV` without a title.
fn is_bare_part(text: &str) -> bool {
    names_part(text) && text.split_whitespace().count() <= 3
}

/// A Roman numeral alone: `IV`, `IV.`
pub(super) fn is_numeral(text: &str) -> bool {
    let core = text.trim_end_matches(['.', ' ']);
    !core.is_empty() && core.len() <= 7 && core.bytes().all(|b| b"IVXLC".contains(&b))
}

fn is_capital(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && text.chars().filter(|c| c.is_uppercase()).count() == letters
}

/// Whether something may begin at line `at`: white space, a page mark or the name of a chapter stands above it.
fn opens(context: &Context<'_>, at: usize) -> bool {
    let line = &context.lines[at];
    let above = |i: usize| {
        let text = context.lines[i].trimmed();
        is_bare_part(text) || is_numeral(text) || page_mark(text).is_some()
    };
    let page =
        |at: usize| context.document.as_ref().is_some_and(|d| d.heads_page(at) || d.begins_paragraph(at));
    at == 0 || line.blanks > 0 || line.feed || above(at - 1) || page(at)
}

/// Whether the line above names a chapter, so that this one is its title.
fn follows_part(context: &Context<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| {
        let text = context.lines[i].trimmed();
        is_bare_part(text) || is_numeral(text)
    })
}

/// The blank lines above line `at`, those above a page mark there too.
fn space(context: &Context<'_>, at: usize) -> usize {
    let line = &context.lines[at];
    match at.checked_sub(1) {
        Some(above) if page_mark(context.lines[above].trimmed()).is_some() => {
            line.blanks + context.lines[above].blanks
        }
        _ => line.blanks,
    }
}

/// Whether a text follows before the next thing that looks like a heading.
fn has_text(context: &Context<'_>, from: usize, least: usize) -> bool {
    let mut under = 0;
    for (index, line) in context.lines.iter().enumerate().skip(from).take(LOOK) {
        let text = line.trimmed();
        let other = line.blanks > 0
            && !text.starts_with(['-', '—', '–'])
            && (is_capital(text) || names_part(text) || is_contents(text));
        if other && index > from || context.is_licence(index) {
            return false;
        }
        if !is_capital(text) && page_mark(text).is_none() {
            under += text.chars().count();
        }
        if under >= least {
            return true;
        }
    }
    false
}

/// Whether any line names a chapter, so that a numeral alone is one of a section.
pub(super) fn has_chapters(lines: &[Line<'_>]) -> bool {
    let named = |(at, line): &(usize, &Line<'_>)| (*at == 0 || line.blanks > 0) && names_part(line.trimmed());
    lines.iter().enumerate().filter(named).take(2).count() == 2
}

/// Whether several numerals have a title under them, so that one without is that of a section.
pub(super) fn has_titled_numerals(lines: &[Line<'_>]) -> bool {
    let alone = |at: &usize| *at == 0 || lines[*at].blanks > 0;
    let titled = |at: &usize| is_numeral(lines[*at].trimmed()) && over_title(lines, *at);
    (0..lines.len()).filter(alone).filter(titled).take(2).count() == 2
}

/// Whether a line of capitals stands apart under a line.
fn over_title(lines: &[Line<'_>], at: usize) -> bool {
    let below = lines.get(at + 1).filter(|l| l.blanks <= 2);
    let parted = lines.get(at + 2).is_none_or(|l| l.blanks > 0 || is_capital(l.trimmed()));
    below.is_some_and(|l| is_capital(l.trimmed())) && parted
}

/// Whether the next lines name a part or chapter, so that what stands above it is a part that holds it.
fn leads_to_part(context: &Context<'_>, from: usize) -> bool {
    let next = context.lines.iter().skip(from).take(PART_TITLE);
    next.filter(|l| l.blanks > 0).any(|l| names_part(l.trimmed()))
}

/// How many lines the title of a part has at most, with that of its first chapter.
const PART_TITLE: usize = 3;

/// How many blank lines stand above the name of a preface at least.
const MATTER_SPACE: usize = 2;

/// Names of what stands before and after the chapters, in several languages.
const MATTER: [&str; 36] = [
    "preface",
    "foreword",
    "introduction",
    "prologue",
    "epilogue",
    "conclusion",
    "afterword",
    "postscript",
    "dedication",
    "acknowledgments",
    "acknowledgements",
    "appendix",
    "bibliography",
    "glossary",
    "index",
    "notes",
    "vorwort",
    "einleitung",
    "nachwort",
    "anhang",
    "schluss",
    "préface",
    "avant-propos",
    "introduction générale",
    "épilogue",
    "appendice",
    "conclusión",
    "prólogo",
    "epílogo",
    "introducción",
    "prefazione",
    "introduzione",
    "voorwoord",
    "inleiding",
    "предисловие",
    "введение",
];

/// Whether a line is the name of a preface, an appendix or the like.
fn is_matter(text: &str) -> bool {
    let name = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.starts_with(char::is_uppercase) && MATTER.contains(&name.as_str())
}

/// Lifts all headings so that the first rank is not empty.
pub(super) fn promote(draft: &mut Draft) {
    let depth = |kind: &Kind| if let Kind::Heading(depth) = kind { Some(*depth) } else { None };
    let least = draft.blocks.iter().filter_map(|b| depth(&b.kind)).min().unwrap_or(1);
    for block in &mut draft.blocks {
        if let Kind::Heading(depth) = &mut block.kind {
            *depth -= least - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_and_numerals() {
        for text in [
            "CHAPTER I",
            "Chapter 4. The Mill",
            "Erstes Kapitel",
            "CHAPITRE PREMIER",
            "ГЛАВА ПЕРВАЯ",
            "BOOK II",
        ] {
            assert!(names_part(text), "{text}");
        }
        for text in ["Part of the reason is this", "The Book", "Letter to the miller in March", "chapter one"]
        {
            assert!(!names_part(text), "{text}");
        }
        assert!(is_numeral("XIV.") && !is_numeral("MIX") && !is_numeral("In"));
    }
}
