//! One file of Markdown that holds a whole book: parted at its chapters, as each is a file here.
//!
//! Nothing is changed but the ranks of headings; the pieces one after the other are the source,
//! save that notes and definitions of links move to the chapters that call them.

use super::edits::{Edits, Log};
use super::mask::Mask;
use crate::convert::bylines;
use crate::convert::chapters::is_part;
use crate::file_names::slug;
use std::collections::{BTreeMap, BTreeSet};

/// The pieces of a file: names with their texts.
pub(super) struct Pieces {
    /// The title of the whole, when a heading above all chapters says it.
    pub title: Option<String>,
    /// Who wrote it, when a line alone below that heading says it.
    pub author: Option<String>,
    pub texts: Vec<(String, String)>,
}

/// A heading outside of code.
struct Heading {
    at: usize,
    /// Where its lines end.
    end: usize,
    /// Its rank, and the one that its signs give it.
    level: usize,
    written: usize,
    words: String,
    is_underlined: bool,
}

/// How a file is parted: the rank of chapters, whether parts stand above them, and whether the first heading is the book's title.
struct Ranks {
    chapter: usize,
    has_parts: bool,
    is_titled: bool,
}

/// Parts a text; none when undoing an edit does not give it back.
pub(super) fn split(text: &str, log: &mut Log) -> Option<Pieces> {
    let headings = headings(text);
    let Some(ranks) = ranks(&headings) else {
        let words = headings.first().map_or("text", |heading| &heading.words);
        return Some(Pieces {
            title: None,
            author: None,
            texts: vec![(file_name(0, words), text.to_owned())],
        });
    };
    let title = headings.first().filter(|_| ranks.is_titled).map(|heading| heading.words.clone());
    let cuts: Vec<&Heading> = headings
        .iter()
        .skip(usize::from(ranks.is_titled))
        .filter(|heading| heading.level <= ranks.chapter)
        .collect();
    let mut bounds: Vec<usize> = cuts.iter().map(|heading| heading.at).collect();
    bounds.push(text.len());
    let mut pieces = vec![("text".to_owned(), 0, bounds[0])];
    pieces.extend(
        cuts.iter().zip(bounds.windows(2)).map(|(heading, ends)| (heading.words.clone(), ends[0], ends[1])),
    );
    let (mut texts, mut author) = (Vec::new(), None);
    for (name, from, to) in pieces {
        let inside = headings.iter().filter(|heading| (from..to).contains(&heading.at));
        let mut piece = ranked(&text[from..to], from, inside, &ranks, log)?;
        if ranks.is_titled && texts.is_empty() && author.is_none() {
            author = byline(&piece);
            if author.is_some() {
                let mut edits = Edits::of(&piece);
                edits.leave_out(0, piece.len(), "", "the author, whom book.toml names");
                piece = edits.finish(log)?;
            }
        }
        if !piece.trim().is_empty() {
            texts.push((file_name(texts.len(), &name), piece));
        }
    }
    bring_definitions(&mut texts);
    Some(Pieces { title, author, texts })
}

/// Who a text of one line names as its author: `by Ann Writer`, `*Ann Writer*`.
fn byline(piece: &str) -> Option<String> {
    let mut lines = piece.lines().filter(|line| !line.trim().is_empty());
    let line = lines.next().filter(|_| lines.next().is_none())?;
    bylines::author(line.trim().trim_matches(['*', '_']))
}

/// The name of a piece, by its place and the first words of its title.
fn file_name(before: usize, title: &str) -> String {
    let words: String = title.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    format!("{:02}-{}.md", before + 1, slug(&words))
}

fn headings(text: &str) -> Vec<Heading> {
    let mask = Mask::of(text);
    let mut found: Vec<Heading> = Vec::new();
    let (mut at, mut before): (usize, Option<(usize, &str)>) = (0, None);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let bare = line.trim_end();
        let hashes = bare.bytes().take_while(|byte| *byte == b'#').count();
        let is_run = |sign: u8| bare.len() >= 2 && bare.bytes().all(|byte| byte == sign);
        if mask.is_code(at) {
            before = None;
        } else if (1..=6).contains(&hashes) && bare[hashes..].starts_with([' ', '\t']) {
            let words = words(bare[hashes..].trim().trim_end_matches('#'));
            found.push(Heading { at, end, level: hashes, written: hashes, words, is_underlined: false });
            before = None;
        } else if let Some((start, above)) = before.filter(|_| is_run(b'=') || is_run(b'-')) {
            let level = if is_run(b'=') { 1 } else { 2 };
            let words = words(above.trim());
            found.push(Heading { at: start, end, level, written: level, words, is_underlined: true });
            before = None;
        } else {
            // a heading of one line, as one within a paragraph is none that its author meant
            let is_first = text[..at].ends_with("\n\n") || at == 0;
            before = (is_first && !bare.trim().is_empty()).then_some((at, bare));
        }
        at = end;
    }
    by_number(&mut found);
    found
}

/// Where a program prints all headings in one rank, as docling does, their numbers tell the ranks: `5.1` stands below `5`.
fn by_number(headings: &mut [Heading]) {
    let flat = headings.windows(2).all(|pair| pair[0].level == pair[1].level)
        && headings.iter().all(|heading| !heading.is_underlined);
    if !flat {
        return;
    }
    let mut above: BTreeSet<String> = BTreeSet::new();
    for heading in headings {
        let Some(number) = number(&heading.words) else { continue };
        let parents = number.matches('.').count();
        if number.rsplit_once('.').is_none_or(|(parent, _)| above.contains(parent)) {
            heading.level = (heading.level + parents).min(6);
            above.insert(number.to_owned());
        }
    }
}

/// The number that a heading begins with: `5`, `5.1`.
fn number(words: &str) -> Option<&str> {
    let number = words.split(' ').next()?.trim_end_matches('.');
    let part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    number.split('.').all(part).then_some(number)
}

/// The words of a heading without its attributes and marks.
fn words(line: &str) -> String {
    let line = line.split(" {").next().unwrap_or(line);
    line.replace(['*', '`', '\\'], "").trim().to_owned()
}

fn ranks(headings: &[Heading]) -> Option<Ranks> {
    let count = |level: usize| headings.iter().filter(|heading| heading.level == level).count();
    let top = headings.iter().map(|heading| heading.level).min()?;
    let next = headings.iter().map(|heading| heading.level).filter(|level| *level > top).min();
    let parts = headings.iter().filter(|heading| heading.level == top && is_part(&heading.words)).count();
    match next {
        Some(next) if parts > 0 && parts * 2 >= count(top) => {
            Some(Ranks { chapter: next, has_parts: true, is_titled: false })
        }
        Some(next) if count(top) == 1 && count(next) > 1 && headings[0].level == top => {
            Some(Ranks { chapter: next, has_parts: false, is_titled: true })
        }
        _ if count(top) > 1 => Some(Ranks { chapter: top, has_parts: false, is_titled: false }),
        _ => None,
    }
}

/// A piece with its headings in the ranks of the new book. `from` is where it began.
fn ranked<'h>(
    piece: &str,
    from: usize,
    headings: impl Iterator<Item = &'h Heading>,
    ranks: &Ranks,
    log: &mut Log,
) -> Option<String> {
    const WHAT: &str = "headings given their rank";
    let mut edits = Edits::of(piece);
    for heading in headings {
        let (at, end) = (heading.at - from, heading.end - from);
        let line_end = piece[at..end].trim_end().len() + at;
        if ranks.is_titled && heading.level < ranks.chapter {
            edits.put(at, line_end, "", "the title, which book.toml says");
        } else if ranks.has_parts && heading.level < ranks.chapter {
            edits.put(at, line_end, format!("# {} {{.part}}", heading.words), "parts");
        } else if heading.is_underlined && ranks.chapter > 1 {
            let rank = (heading.level + 1).saturating_sub(ranks.chapter).max(1);
            let words = piece[at..].lines().next().unwrap_or("");
            edits.put(at, line_end, format!("{} {words}", "#".repeat(rank)), WHAT);
        } else {
            let wanted = (heading.level + 1).saturating_sub(ranks.chapter).max(1);
            match heading.written.checked_sub(wanted) {
                Some(0) => {}
                Some(fewer) => edits.put(at, at + fewer, "", WHAT),
                None => edits.put(at, at, "#".repeat(wanted - heading.written), WHAT),
            }
        }
    }
    edits.finish(log)
}

/// The label of the definition of a note or an address with which a line begins.
fn label(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix('[')?.split_once("]:")?;
    (!name.is_empty() && !name.contains(['[', ']'])).then_some(name)
}

/// Brings definitions of notes and addresses to all the pieces that call them.
fn bring_definitions(texts: &mut [(String, String)]) {
    let mut wanted: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for index in 0..texts.len() {
        let text = texts[index].1.clone();
        let mut kept = String::new();
        for (definition, words) in definitions(&text) {
            let callers: Vec<usize> = definition.map_or_else(Vec::new, |name| {
                (0..texts.len()).filter(|other| *other != index && calls(&texts[*other].1, name)).collect()
            });
            if callers.is_empty() || definition.is_some_and(|name| calls(&text, name)) {
                kept.push_str(words);
            }
            for caller in callers {
                wanted.entry(caller).or_default().push(words.trim_end().to_owned());
            }
        }
        texts[index].1 = kept;
    }
    for (caller, definitions) in wanted {
        let text = &mut texts[caller].1;
        let body = text.trim_end().len();
        text.truncate(body);
        for words in definitions {
            text.push_str("\n\n");
            text.push_str(&words);
        }
        text.push('\n');
    }
}

/// A text in pieces: definitions with what belongs to them, and all else.
fn definitions(text: &str) -> Vec<(Option<&str>, &str)> {
    let mask = Mask::of(text);
    let (mut out, mut from, mut at) = (Vec::new(), 0, 0);
    let mut open: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let next = label(line).filter(|_| !mask.is_code(at));
        let goes_on = match open {
            // a note goes on with lines that are set in, and with those of its first paragraph
            Some(name) if name.starts_with('^') => {
                line.starts_with("    ")
                    || line.starts_with('\t')
                    || line.trim().is_empty()
                    || !text[..at].ends_with("\n\n")
            }
            open => open.is_none(),
        };
        if next.is_some() || !goes_on {
            out.push((open, &text[from..at]));
            (open, from) = (next, at);
        }
        at += line.len();
    }
    out.push((open, &text[from..]));
    out
}

/// Whether a text calls a note or a definition by its label.
fn calls(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    let call = format!("[{name}]");
    text.match_indices(&call)
        .any(|(at, _)| !text[at + call.len()..].starts_with(':') || at > 0 && !text[..at].ends_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rank_headings_that_are_all_of_one_rank() {
        let text =
            "## Ferries\n\na\n\n## 1. Ropes\n\nb\n\n## 1.1. Hemp\n\nc\n\n## 2. Tolls\n\nd\n\n## 3.1 Calves\n";
        let levels: Vec<usize> = headings(text).iter().map(|heading| heading.level).collect();
        assert_eq!(levels, [2, 2, 3, 2, 2]);
        let pieces = split(text, &mut Log::default()).expect("every edit is given back");
        let texts: String = pieces.texts.into_iter().map(|(_, text)| text).collect();
        assert!(texts.contains("\n# 1. Ropes\n\nb\n\n## 1.1. Hemp\n\nc\n\n# 2. Tolls"), "{texts}");
    }
}
