//! What typists do who use no styles: chapters are lines that say so, or that stand alone in
//! the middle in bold; a pause is an empty line.
//!
//! A book with headings of its own is left as it is. Otherwise the plainest sign that occurs
//! at least twice decides for the whole book, so that a lone bold line makes no chapter.

use super::flow::{Flow, Paragraph, Role, is_blank};
use super::model::{Book, Inline, Style, plain, tidy};
use super::pauses::{PAUSE, is_scene_break};
use super::spaced::spaced;
use super::typed_verse;
use crate::book::typed_words::{ALONE, NUMBERED, is_number_word};
use std::collections::{BTreeMap, BTreeSet};

/// Words that begin the title of a part, in the languages that novels are typed in.
const PARTS: [&str; 8] = ["part", "book", "teil", "partie", "parte", "часть", "volume", "deel"];
/// What stands behind a novel, as its typist titles it.
const BEHIND: [&str; 8] = [
    "about the author",
    "acknowledgements",
    "acknowledgments",
    "author's note",
    "author’s note",
    "a note from the author",
    "über den autor",
    "danksagung",
];
/// What stands in a title where others have a number.
const ORDINALS: [&str; 5] = ["first", "second", "third", "last", "the"];
/// How a sentence ends.
const ENDS: [char; 9] = ['.', '!', '?', '"', '”', '’', '\'', '»', '…'];
/// A title has no more letters.
pub(super) const LONGEST: usize = 80;

/// Finds chapters and pauses in a flow without headings, or whose only heading is its title.
pub(super) fn recognise(flow: &mut Vec<Flow>, book: &mut Book) {
    let is_heading = |part: &Flow| matches!(part, Flow::Paragraph(p) if matches!(p.role, Role::Heading(_)) && !p.is_empty());
    let headings: Vec<usize> = (0..flow.len()).filter(|at| is_heading(&flow[*at])).collect();
    match headings.as_slice() {
        [] => _ = chapters(flow, book),
        [title] if flow[..*title].iter().all(is_blank) => title_above(flow, *title, book),
        _ => join_stacked(flow, book),
    }
    typed_verse::verse(flow, book, &|line| line.is_marked() || line.large || is_chapter(&plain(&line.words)));
    ornaments(flow, book);
    spaced(flow, book);
    pauses(flow, book);
}

/// A picture that stands alone again and again is the ornament of a pause.
fn ornaments(flow: &mut [Flow], book: &mut Book) {
    /// A picture that is shown so often says nothing of its own.
    const OFTEN: usize = 3;
    let path = |part: &Flow| match part {
        Flow::Paragraph(p) if plain(&p.words).trim().is_empty() => match p.words.as_slice() {
            [Inline::Image { path, .. }] => Some(path.clone()),
            _ => None,
        },
        _ => None,
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    flow.iter().filter_map(path).for_each(|path| *counts.entry(path).or_default() += 1);
    for part in flow.iter_mut() {
        let is_ornament = path(part).and_then(|path| counts.get(&path)).is_some_and(|count| *count >= OFTEN);
        if let Flow::Paragraph(paragraph) = part
            && is_ornament
        {
            book.turn("a picture that is repeated between scenes into scene breaks");
            book.added.push_str(PAUSE);
            book.added.push(' ');
            paragraph.words = vec![Inline::Text(PAUSE.into())];
        }
    }
}

/// A single heading above chapters that are plain lines is the title of the whole.
fn title_above(flow: &mut [Flow], title: usize, book: &mut Book) {
    if !chapters(flow, book) {
        return;
    }
    if let Flow::Paragraph(paragraph) = &mut flow[title] {
        paragraph.role = Role::Title;
        book.meta.title = Some(plain(&tidy(paragraph.words.clone())).trim().to_owned());
    }
}

/// A heading that is only a number, right above another of its rank, is one title with it: `1` and `The Boat`.
fn join_stacked(flow: &mut [Flow], book: &mut Book) {
    let mut above: Option<(usize, u8)> = None;
    for at in 0..flow.len() {
        let Flow::Paragraph(paragraph) = &flow[at] else {
            above = None;
            continue;
        };
        if paragraph.is_empty() {
            continue;
        }
        let Role::Heading(level) = paragraph.role else {
            above = None;
            continue;
        };
        let words = plain(&paragraph.words);
        if above.is_some_and(|(_, rank)| rank == level) && !is_bare_number(&words) {
            join_to_title(flow, at);
            book.turn("numbers and titles above one another into one title");
            above = None;
        } else {
            above = is_bare_number(&words).then_some((at, level));
        }
    }
}

/// Whether a line names or numbers a chapter.
pub(super) fn is_chapter(words: &str) -> bool {
    let first = words.split_whitespace().next().unwrap_or("").to_lowercase();
    is_bare_number(words) || NUMBERED.contains(&first.as_str()) || ALONE.contains(&first.as_str())
}

/// `7`, `VII`, `Seven`, `Chapter Seven`: a title that says nothing but which chapter it is.
pub(super) fn is_bare_number(words: &str) -> bool {
    let lower = words.trim().trim_end_matches(['.', ':']).to_lowercase();
    let parts: Vec<&str> = lower.split_whitespace().collect();
    match parts.as_slice() {
        [number] => is_number(number),
        [name, number] => NUMBERED.contains(name) && is_number(number),
        _ => false,
    }
}

/// How plainly a paragraph looks like the title of a chapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// `Chapter 7`.
    Named,
    /// `Prologue`, which stands beside chapters of any kind.
    Alone,
    /// `PART ONE`.
    Part,
    /// In the middle and in bold, or at the head of a page in bold, capitals or larger type.
    Set,
    /// A number alone, in the middle or at the head of a page.
    Number,
    /// `ABOUT THE AUTHOR`.
    Behind,
    /// A line apart, short and no sentence: in the middle, in bold, underlined or in larger type.
    Apart,
}

/// Makes headings of what typists set for titles; whether there were any.
fn chapters(flow: &mut [Flow], book: &mut Book) -> bool {
    let mut signs: Vec<Option<Sign>> = (0..flow.len()).map(|at| sign(flow, at)).collect();
    if chapters_of(flow, &signs, book) {
        return true;
    }
    // a title page in the middle, above titles that are not
    let in_middle = |part: &&Flow| is_blank(part) || matches!(part, Flow::Paragraph(p) if p.centred);
    let led = flow.iter().take_while(in_middle).count();
    if signs.get(led).is_some_and(Option::is_some) {
        let mut signs = signs.clone();
        signs[..led].fill(None);
        if chapters_of(flow, &signs, book) {
            return true;
        }
    }
    // a title page above the first chapter: lines that stand apart, one below the other
    let first_text = (0..flow.len()).find(|at| signs[*at].is_none() && !is_blank(&flow[*at]));
    let stacked: Vec<usize> = (0..first_text.unwrap_or(0)).filter(|at| signs[*at].is_some()).collect();
    let Some((_, above)) = stacked.split_last().filter(|(_, above)| !above.is_empty()) else { return false };
    above.iter().for_each(|at| signs[*at] = None);
    chapters_of(flow, &signs, book)
}

/// The same by the signs of the lines.
fn chapters_of(flow: &mut [Flow], signs: &[Option<Sign>], book: &mut Book) -> bool {
    let count = |wanted: Sign| signs.iter().filter(|sign| **sign == Some(wanted)).count();
    // a number above each title, and not here and there a number in the middle
    let numbered = count(Sign::Number) >= 2 && count(Sign::Set) <= count(Sign::Number) + 1;
    let order = match numbered {
        true => [Sign::Named, Sign::Number, Sign::Set, Sign::Alone, Sign::Apart],
        false => [Sign::Named, Sign::Set, Sign::Number, Sign::Alone, Sign::Apart],
    };
    let is_said = |sign: &Sign| match sign {
        // the first of all stands at the head of its page
        Sign::Apart => {
            count(Sign::Apart) >= 1 && count(Sign::Apart) + count(Sign::Set) >= 2 && are_titles(flow, signs)
        }
        sign => count(*sign) >= 2,
    };
    // two that stand alone are the only chapters where no others are found
    let Some(chosen) = order.into_iter().find(is_said) else { return false };
    let chosen = match chosen {
        Sign::Alone if is_said(&Sign::Apart) => Sign::Apart,
        chosen => chosen,
    };
    let known: BTreeSet<Looks> =
        (0..flow.len()).filter(|at| signs[*at] == Some(chosen)).filter_map(|at| looks(flow, at)).collect();
    let mut before_was_heading = false;
    let mut begun = false;
    for at in 0..flow.len() {
        // `ABOUT THE AUTHOR`, at the head of its page and set as `CHAPTER 1` is
        let alike = begun
            && signs[at] == Some(Sign::Set)
            && heads_page(flow, at)
            && looks(flow, at).is_some_and(|own| known.contains(&own));
        let takes = signs[at] == Some(chosen)
            || chosen == Sign::Apart && signs[at] == Some(Sign::Set)
            || signs[at] == Some(Sign::Part)
            || matches!(signs[at], Some(Sign::Named | Sign::Alone))
            || begun && signs[at] == Some(Sign::Behind)
            || alike && !before_was_heading;
        begun |= signs[at] == Some(chosen);
        let second = before_was_heading
            && (matches!(signs[at], Some(Sign::Set)) && chosen != Sign::Set
                || !takes && is_second_line(flow, at));
        let Flow::Paragraph(paragraph) = &mut flow[at] else { continue };
        if paragraph.is_empty() {
            continue;
        }
        if takes || second {
            let level = if signs[at] == Some(Sign::Part) { 1 } else { 2 };
            paragraph.role = Role::Heading(level);
            paragraph.words = without_look(std::mem::take(&mut paragraph.words));
            book.turn("plain lines into titles of chapters");
        }
        before_was_heading = takes;
        if second {
            join_to_title(flow, at);
        }
    }
    true
}

/// Whether a line in the middle, right below the number of a chapter, is its name: short, no sentence, and text or
/// nothing comes next.
fn is_second_line(flow: &[Flow], at: usize) -> bool {
    let Flow::Paragraph(paragraph) = &flow[at] else { return false };
    let words = plain(&paragraph.words);
    let words = words.trim();
    // `Scene 1` below `Act I`
    let is_counted = words.split_whitespace().nth(1).is_some_and(|second| is_number(&second.to_lowercase()))
        && words.split_whitespace().count() == 2;
    let next = flow[at + 1..].iter().find(|part| !is_blank(part));
    let is_alone = matches!(next, None | Some(Flow::Paragraph(Paragraph { centred: false, .. })))
        || flow.get(at + 1).is_some_and(|part| matches!(part, Flow::Paragraph(p) if p.page_break));
    paragraph.centred
        && paragraph.role == Role::Body
        && is_alone
        && !is_counted
        && words.chars().count() <= LONGEST
        && words.chars().any(char::is_alphabetic)
        && !words.ends_with(['.', ',', ';', ':'])
        && !words.starts_with(['“', '"', '—', '–', '-'])
}

/// Whether lines that stand apart are titles: no two are the same, as names of speakers are, and text stands below each.
fn are_titles(flow: &[Flow], signs: &[Option<Sign>]) -> bool {
    let mut seen = BTreeSet::new();
    let apart = (0..flow.len()).filter(|at| matches!(signs[*at], Some(Sign::Apart | Sign::Set)));
    apart.into_iter().all(|at| {
        let Flow::Paragraph(paragraph) = &flow[at] else { return false };
        let next = flow[at + 1..].iter().zip(&signs[at + 1..]).find(|(part, _)| !is_blank(part));
        let text_below = next.is_some_and(|(part, sign)| {
            sign.is_none() && matches!(part, Flow::Paragraph(p) if p.role == Role::Body && !p.centred)
        });
        seen.insert(plain(&paragraph.words).trim().to_lowercase()) && text_below
    })
}

/// How a line is set: in the middle, in bold or underlined, in larger type.
type Looks = (bool, bool, bool);

fn looks(flow: &[Flow], at: usize) -> Option<Looks> {
    match &flow[at] {
        Flow::Paragraph(paragraph) => Some((paragraph.centred, paragraph.is_marked(), paragraph.large)),
        Flow::Table { .. } | Flow::Blocks(_) => None,
    }
}

/// Makes the second line of a title part of it.
fn join_to_title(flow: &mut [Flow], at: usize) {
    let Flow::Paragraph(second) = &mut flow[at] else { return };
    let words = std::mem::take(&mut second.words);
    second.role = Role::Body;
    let first = flow[..at].iter_mut().rev().find_map(|part| match part {
        Flow::Paragraph(paragraph) if !paragraph.is_empty() => Some(paragraph),
        _ => None,
    });
    if let Some(first) = first {
        first.words.push(Inline::Break);
        first.words.extend(words);
    }
}

fn sign(flow: &[Flow], at: usize) -> Option<Sign> {
    let Flow::Paragraph(paragraph) = &flow[at] else { return None };
    let words = plain(&tidy(paragraph.words.clone()));
    let words = words.trim();
    let letters = words.chars().count();
    if letters == 0
        || letters > LONGEST
        || paragraph.role != Role::Body
        || paragraph.item.is_some()
        || is_scene_break(words)
    {
        return None;
    }
    let bare = words.trim_end_matches(['.', ':']);
    let lower = bare.to_lowercase();
    let mut parts = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '–' | '—' | '-'))
        .filter(|part| !part.is_empty());
    let (first, second) = (parts.next().unwrap_or(""), parts.next());
    let numbered = second.is_none_or(is_number);
    if ALONE.contains(&first) && numbered {
        return Some(Sign::Alone);
    }
    let is_short = words.split_whitespace().count() <= 3;
    let is_set = paragraph.centred || paragraph.is_marked() || paragraph.page_break || heads_page(flow, at);
    // `Chapitre premier`: a number in whichever words
    if NUMBERED.contains(&first) && (numbered || is_short && is_set) {
        return Some(Sign::Named);
    }
    let capitals = words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase);
    if BEHIND.contains(&lower.as_str())
        && (capitals || paragraph.is_marked() || paragraph.centred || heads_page(flow, at))
    {
        return Some(Sign::Behind);
    }
    if PARTS.contains(&first) && second.is_some_and(is_number) {
        return Some(Sign::Part);
    }
    let heads_page = paragraph.page_break || heads_page(flow, at);
    let ends_sentence = words.ends_with(['.', ',', ';', ':']) || words.starts_with(['“', '"', '—', '–']);
    if is_set && (second.is_none() && is_number(first) || !ends_sentence && has_number_before(words)) {
        return Some(Sign::Number);
    }
    let set = paragraph.centred && (paragraph.is_marked() || paragraph.large)
        || heads_page && (paragraph.is_marked() || paragraph.large || capitals || paragraph.centred);
    if set && !ends_sentence {
        return Some(Sign::Set);
    }
    let apart = paragraph.centred || paragraph.is_marked() || paragraph.large;
    let speaks = words.ends_with(['!', '?', '…', '"', '”', '’']);
    (apart && !ends_sentence && !speaks && capitals_begin(words)).then_some(Sign::Apart)
}

/// `I. The Boat`, `3 – The Hill`.
fn has_number_before(words: &str) -> bool {
    let Some((number, rest)) = words.split_once(['.', ':', '–', '—']) else { return false };
    let number = number.trim().to_lowercase();
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let is_numeral = is_number(&number) && (digits || number.chars().all(|c| "ivxlc".contains(c)));
    is_numeral && capitals_begin(rest.trim())
}

/// Whether words begin with a capital, a sign or a figure, as titles do.
fn capitals_begin(words: &str) -> bool {
    words.chars().next().is_some_and(|c| !c.is_lowercase())
}

/// Whether nothing but empty paragraphs stands between a page break and this one; or it is the
/// first of all, and running text follows.
fn heads_page(flow: &[Flow], at: usize) -> bool {
    // from behind: what is blank before one paragraph is looked at for no other
    if flow[..at].iter().rev().all(is_blank) {
        let next = flow[at + 1..].iter().find(|part| !is_blank(part));
        let is_text = |p: &Paragraph| p.role == Role::Body && !p.centred && !p.large && !p.is_marked();
        return matches!(next, Some(Flow::Paragraph(p)) if is_text(p) && plain(&p.words).trim_end().ends_with(ENDS));
    }
    for part in flow[..at].iter().rev().take(12) {
        match part {
            Flow::Paragraph(paragraph) if paragraph.is_empty() && paragraph.page_break => return true,
            Flow::Paragraph(paragraph) if paragraph.is_empty() => {}
            _ => return false,
        }
    }
    false
}

fn is_number(word: &str) -> bool {
    let digits = word.bytes().all(|b| b.is_ascii_digit()) && word.len() <= 3;
    let roman = word.chars().all(|c| "ivxlc".contains(c)) && word.len() <= 7;
    !word.is_empty() && (digits || roman || is_number_word(word) || ORDINALS.contains(&word))
}

/// Words without the bold or italics of the whole line: a heading has its own look.
pub(super) fn without_look(words: Vec<Inline>) -> Vec<Inline> {
    let mut words = tidy(words);
    while let [Inline::Styled(Style::Strong | Style::Emphasis, inner)] = words.as_mut_slice() {
        words = tidy(std::mem::take(inner));
    }
    words
}

impl Paragraph {
    /// Whether there is nothing to be seen in it.
    pub(super) fn is_empty(&self) -> bool {
        let blank = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Break | Inline::Anchor(_) => true,
            _ => false,
        };
        self.words.iter().all(blank)
    }

    /// Whether all its words are bold, or underlined, as on a typewriter; a link is that by itself.
    fn is_marked(&self) -> bool {
        let bold = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::Styled(Style::Strong, _) => true,
            Inline::Styled(_, inner) | Inline::Language(_, inner) => {
                inner.iter().all(|inline| matches!(inline, Inline::Styled(Style::Strong, _)))
            }
            _ => matches!(inline, Inline::Break | Inline::Anchor(_) | Inline::Note(_)),
        };
        let is_link = || self.words.iter().any(|inline| matches!(inline, Inline::Link(..)));
        !self.is_empty() && (self.words.iter().all(bold) || self.underlined && !is_link())
    }
}

/// Empty lines between paragraphs are pauses where most paragraphs have none between them.
fn pauses(flow: &mut Vec<Flow>, book: &mut Book) {
    let is_empty = |part: &Flow| matches!(part, Flow::Paragraph(paragraph) if paragraph.is_empty());
    let runs = flow.windows(2).filter(|pair| is_empty(&pair[0]) && !is_empty(&pair[1])).count();
    let full = flow.iter().filter(|part| !is_empty(part)).count();
    let mean_something = runs * 5 <= full;
    let is_text = |part: Option<&Flow>| {
        matches!(part, Some(Flow::Paragraph(p)) if p.role == Role::Body && !p.centred && p.item.is_none()
            && !is_scene_break(&plain(&p.words)) && plain(&p.words).chars().count() > 1)
    };
    let old = std::mem::take(flow);
    for (at, part) in old.iter().enumerate() {
        if !is_empty(part) {
            flow.push(part.clone());
            continue;
        }
        let anchors = matches!(part, Flow::Paragraph(p) if p.words.iter().any(|inline| matches!(inline, Inline::Anchor(_))));
        let first = at == 0 || !is_empty(&old[at - 1]);
        let before = || old[..at].last();
        let after = || old[at + 1..].iter().find(|part| !is_empty(part));
        if mean_something && first && is_text(before()) && is_text(after()) {
            book.turn("empty lines into scene breaks");
            book.added.push_str(PAUSE);
            flow.push(Flow::Paragraph(Paragraph {
                words: vec![Inline::Text(PAUSE.into())],
                ..Paragraph::default()
            }));
        } else if anchors {
            flow.push(part.clone());
        }
    }
}
