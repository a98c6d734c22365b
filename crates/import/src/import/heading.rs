//! The headings of plain text, which nothing marks: chapters named as such,
//! numerals alone in their line, lines of capitals with a text under them.

use super::claim::{Claim, LineKind};
use super::contents::{heads_contents, is_contents};
use super::context::Context;
use super::dialect::Dialect;
use super::line::{Line, normal};
use super::mark::page_mark;
use super::model::{Draft, Kind, Percent};
use super::no_title::{is_of_index, is_repeated_name, is_signature};
use super::part_name::{
    LONGEST_TITLE, is_bare_part, is_capital, is_numeral, is_title_case, names_part, part_word,
};
use super::spaced_title::is_spaced_title;

/// How many characters of text a heading has under it at least; titles, bylines and signatures have less.
const LEAST_UNDER: usize = 120;
/// How many one inside a chapter has; names in a list have less.
const LEAST_IN_CHAPTER: usize = 400;
/// How many lines below a heading are looked at for them.
const LOOK: usize = 60;
/// From how many blank lines above it on a heading begins a text and no section.
const CHAPTER_SPACE: usize = 3;
/// The same where proofreaders kept to their rule: four above a text, two above a section, and one more where something ends
/// above it that stands between signs of its own.
const PROOFED_SPACE: usize = 4;
/// How many lines a heading may have.
const MOST_LINES: usize = 3;

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
    let claim = |depth, confidence, evidence| Some(heading(ranked(context, depth), confidence, evidence));
    if heads_contents(context.lines, at, text) && context.alone(at) {
        return claim(1, 85, "the heading of the contents");
    }
    // proofreaders set titles at the margin: what they keep as it stands on the page is set in
    if context.dialect == Dialect::Proofreaders && context.lines[at].indent() >= KEPT {
        return None;
    }
    let last = context.lines[stop - 1].trimmed();
    // who wrote a verse stands under it behind a dash, and whom a letter is to before one
    if last.ends_with([',', ';', ':', '-', '—', '–']) || text.starts_with(['-', '—', '–']) {
        return None;
    }
    let whole = || (at..stop).all(|i| is_capital(context.lines[i].trimmed()));
    if names_part(text) && (stop == at + 1 || whole()) && is_part(context, at, stop) {
        return Some(part(context, text));
    }
    if context.document.as_ref().is_some_and(|d| d.is_on_plate(context.lines, at)) {
        return None;
    }
    if stop == at + 1
        && context.alone(at)
        && space(context, at) >= context.matter_space
        && is_matter(text)
        && has_text(context, stop, LEAST_UNDER)
    {
        return Some(matter(context, at));
    }
    if context.letters.contains(&at) && !under_matter(context, at) && has_text(context, stop, LEAST_UNDER) {
        let depth = if space(context, at) >= CHAPTER_SPACE { 1 } else { 2 };
        return claim(depth, 85, "a letter of the alphabet above the words that begin with it");
    }
    if stop == at + 1
        && follows_part(context, at)
        && (is_title_case(text) && !is_row(text) || is_stopped_title(context, at))
        && has_text(context, stop, LEAST_UNDER)
    {
        return claim(1, 90, "a title below the number of its chapter");
    }
    if stop == at + 1
        && is_numeral(text)
        && !context.numerals_count_stanzas
        && !context.letters.contains(&at)
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
    let depth = if space(context, at) >= chapter_space(context) || begins_all(context, at) { 1 } else { 2 };
    if is_spaced_title(context, at, space(context, at)) && has_text(context, stop, LEAST_UNDER / 2) {
        return claim(depth, 85, "words as a title has them, with white space around, and a text under them");
    }
    let wide = context.alone(at) && space(context, at) > context.spacing.usual.max(1);
    let least = if depth == 1 || wide || !context.chapters || follows_part(context, at) {
        LEAST_UNDER
    } else {
        LEAST_IN_CHAPTER
    };
    if !whole() || !is_title_of_capitals(context, at, last) || !has_text(context, stop, least) {
        return None;
    }
    claim(depth, 85, "capitals alone, and a text under them")
}

/// Whether lines of capitals, of which this is the first and `last` the last, are no speech, name, byline or the like.
fn is_title_of_capitals(context: &Context<'_>, at: usize, last: &str) -> bool {
    let text = context.lines[at].trimmed();
    !(last.ends_with(['!', '?', '"', '”', '»'])
        || context.numerals_count_stanzas && is_numeral(text)
        || context.names_stand_alone && is_repeated_name(text, &context.repeated)
        || is_closing(text)
        || is_byline(context, at)
        || is_signature(context, at))
}

/// Whether a line is a row of a table: white space parts its figures from its words.
fn is_row(text: &str) -> bool {
    text.contains("  ") && text.ends_with(|c: char| c.is_ascii_digit())
}

/// How far what proofreaders keep as it stands is set in at least.
const KEPT: usize = 6;

/// Whether a transcription begins with line `at`, the sign of its page apart, and running text stands right under it, as it
/// does under no title of a book.
fn begins_all(context: &Context<'_>, at: usize) -> bool {
    let first = context.lines[..at].iter().all(|line| page_mark(line.trimmed()).is_some());
    first && context.lines.get(at + 1).is_some_and(|below| is_running(below.trimmed()))
}

/// A number alone that counts the chapters.
pub(super) fn chapter_number(context: &Context<'_>, at: usize) -> Option<Claim> {
    let why = "a number alone, and a text under it: the numbers of all texts follow on one another";
    let depth = if context.chapters { 2 } else { 1 };
    context.chapter_numbers.contains(&at).then(|| heading(depth, 90, why))
}

/// Whether a line says that a text ends: `END OF THE FIRST ACT.`
fn is_closing(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ["the end", "finis", "ende", "fin"].contains(&words.as_str()) || words.starts_with("end of ")
}

/// Whether a line of capitals says under the title of a text who wrote it.
fn is_byline(context: &Context<'_>, at: usize) -> bool {
    let text = context.lines[at].trimmed().to_lowercase();
    let above = at.checked_sub(1).map_or("", |above| context.lines[above].trimmed());
    let titled = is_capital(above) && !names_part(above) && !is_numeral(above);
    titled && ["by ", "von ", "par "].iter().any(|word| text.starts_with(word))
}

/// The rank of a heading: where the contents list has the titles of the texts, others are those of sections.
fn ranked(context: &Context<'_>, depth: u8) -> u8 {
    if context.document.as_ref().is_some_and(|d| d.titled) { depth.max(2) } else { depth }
}

/// Whether a line that names a part is no sentence: in capitals, or a text or the name of a chapter stands under it.
fn is_part(context: &Context<'_>, at: usize, stop: usize) -> bool {
    let text = context.lines[at].trimmed();
    is_capital(text)
        || !text.contains(',') && has_text(context, stop, LEAST_UNDER)
        || leads_to_part(context, stop)
}

/// The heading of a part; others of its kind may be in the list.
fn part(context: &Context<'_>, text: &str) -> Claim {
    let ranks = context.document.as_ref().map(|d| &d.part_ranks);
    let rank = ranks.zip(part_word(text)).and_then(|(ranks, word)| ranks.get(&word));
    let (rank, sure) = rank.map_or((ranked(context, 1), 95), |rank| (*rank, 92));
    heading(rank, sure, "named as a chapter")
}

/// The heading of a preface: lists leave out what stands before them; notes to every chapter are no texts.
fn matter(context: &Context<'_>, at: usize) -> Claim {
    let once = context.repeated.get(&normal(context.lines[at].trimmed())) == Some(&1);
    let rank = if once && space(context, at) >= CHAPTER_SPACE { 1 } else { ranked(context, 1) };
    heading(rank, 88, "the name of a preface or the like, alone, and a text under it")
}

fn heading(depth: u8, confidence: Percent, evidence: &'static str) -> Claim {
    Claim { kind: LineKind::Heading(depth), strip: 0, confidence, evidence }
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

/// Whether a line alone under the number of its chapter is a title with a stop, where the number has one too.
fn is_stopped_title(context: &Context<'_>, at: usize) -> bool {
    let title = context.lines[at].trimmed().strip_suffix('.');
    let stopped = |above: usize| context.alone(above) && context.lines[above].trimmed().ends_with('.');
    let numbered = at.checked_sub(1).is_some_and(stopped);
    numbered && context.alone(at) && title.is_some_and(is_title_case)
}

/// A title with its number, as they are set above sections: `II: Of the Rope`. A sentence ends with a stop.
fn is_numbered(context: &Context<'_>, at: usize) -> bool {
    let text = context.lines[at].trimmed();
    let Some((number, title)) = text.split_once([':', '.']) else { return false };
    let title = title.trim_start();
    is_numeral(number)
        && title.starts_with(char::is_uppercase)
        && title.chars().count() <= LONGEST_TITLE
        && title.ends_with(char::is_alphanumeric)
        && context.document.as_ref().is_some_and(|d| d.set_lines && d.short.contains(&at))
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

/// Whether the row of letters of the alphabet to which a line belongs stands under the name of an index or the like.
fn under_matter(context: &Context<'_>, at: usize) -> bool {
    let row = context.letters.range(..=at).rev();
    let key = |at: &usize| context.lines[*at].trimmed().as_bytes().first().copied();
    let mut first = at;
    for letter in row {
        if key(letter) > key(&first) {
            break;
        }
        first = *letter;
    }
    first.checked_sub(1).is_some_and(|above| is_matter(context.lines[above].trimmed()))
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
            // one blank line parts the mark itself from the text
            line.blanks + context.lines[above].blanks.saturating_sub(1)
        }
        _ => line.blanks,
    }
}

/// From how many blank lines above it on a heading begins a text.
fn chapter_space(context: &Context<'_>) -> usize {
    if context.dialect == Dialect::Proofreaders { PROOFED_SPACE } else { CHAPTER_SPACE }
}

/// Whether a text follows before the next thing that looks like a heading.
fn has_text(context: &Context<'_>, from: usize, least: usize) -> bool {
    let mut under = 0;
    for (index, line) in context.lines.iter().enumerate().skip(from).take(LOOK) {
        let text = line.trimmed();
        let other = line.blanks > 0
            && !text.starts_with(['-', '—', '–'])
            && (is_capital(text) || names_part(text) || is_contents(text));
        // the letters of an index stand under its name
        let letter = context.letters.contains(&index) && !under_matter(context, index);
        if other && index > from || letter || context.is_licence(index) {
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

/// How many blank lines stand above the name of a preface at least: as many as above the names of chapters, but no more
/// than two.
pub(super) fn matter_space(lines: &[Line<'_>]) -> usize {
    const MOST: usize = 2;
    let is_alone =
        |at: &usize| lines[*at].blanks > 0 && lines.get(at + 1).is_none_or(|below| below.blanks > 0);
    let chapters = (1..lines.len()).filter(is_alone).filter(|at| names_part(lines[*at].trimmed()));
    let spaces: Vec<usize> = chapters.map(|at| lines[at].blanks).collect();
    if spaces.len() < 2 { MOST } else { spaces.into_iter().min().map_or(MOST, |least| least.min(MOST)) }
}

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
pub(super) fn is_matter(text: &str) -> bool {
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
