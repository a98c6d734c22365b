//! The proof of the words: our own parser reads each text, and must find every word that stands
//! in it, but those of addresses, attributes and comments, which nobody reads in a book.
//!
//! That each text is its author's, save for the edits, is proved by undoing them ([`super::edits`]).
//! [`dropped`] holds the source against what the edits made of it: a word that a reader of the source
//! sees, and that stands in the text no more, went with an edit that says so, or is a word lost.
//! Together: every word of the source is read, or listed.

use super::edits::Log;
use super::mask::{Mask, near};
use crate::book::is_divided_without_hyphen;
use crate::convert::html::decoded;
use crate::convert::prove;
use crate::convert::words::Counts;
use crate::diag::Code;
use crate::manuscript::INLINE_ELEMENTS;
use std::collections::BTreeMap;

/// The words that a reader of `source` sees and that the edits took away, but for those of edits that leave words out.
pub(super) fn dropped(source: &str, text: &str, log: &Log) -> Vec<String> {
    let mut counts = Counts::default();
    counts.add(&bare(&printed(source)), 1);
    counts.add(&bare(&printed(text)), -1);
    for (old, new) in log.values().flat_map(|done| &done.meant) {
        let mut gone = Counts::default();
        gone.add(&bare(&printed(old)), 1);
        gone.add(&bare(&printed(new)), -1);
        // what is new in its place may be a mark of ours that nobody reads
        gone.more().for_each(|(word, count)| counts.add(word, -count));
    }
    lost(&counts)
}

/// The words that are missing, with how often; but those that are there divided otherwise, as where an address stood
/// within a word.
fn lost(counts: &Counts) -> Vec<String> {
    let left = counts.left();
    let of = |sign: i64| -> BTreeMap<&str, i64> {
        left.iter()
            .filter(|(_, count)| count.signum() == sign)
            .map(|(word, count)| (*word, count.abs()))
            .collect()
    };
    let (mut lost, mut doubled) = (of(1), of(-1));
    rejoined(&mut lost, &mut doubled);
    rejoined(&mut doubled, &mut lost);
    let lost = lost.into_iter().filter(|(word, count)| *count > 0 && is_word(word));
    lost.map(|(word, count)| if count == 1 { word.to_owned() } else { format!("{word} × {count}") }).collect()
}

/// No word that is longer is looked for in parts.
const LONGEST_WORD: usize = 200;

/// Takes away words that are others joined, and these with them.
fn rejoined<'w>(parts: &mut BTreeMap<&'w str, i64>, wholes: &mut BTreeMap<&'w str, i64>) {
    for (word, count) in wholes.iter_mut().filter(|(word, _)| word.len() <= LONGEST_WORD) {
        while *count > 0 {
            let Some(found) = parts_of(word, parts) else { break };
            for part in found {
                *parts.entry(part).or_default() -= 1;
            }
            *count -= 1;
        }
    }
}

/// The parts that a word is made of, one behind the other: for each place in it, the part that ends there and with which
/// the way to it is known.
fn parts_of<'w>(word: &'w str, parts: &BTreeMap<&'w str, i64>) -> Option<Vec<&'w str>> {
    let mut ways: BTreeMap<usize, Vec<&'w str>> = BTreeMap::from([(0, Vec::new())]);
    let places: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    for (index, from) in places.iter().enumerate() {
        let Some(way) = ways.get(from).cloned() else { continue };
        for to in &places[index + 1..] {
            let part = &word[*from..*to];
            let used = way.iter().filter(|known| **known == part).count();
            if parts.get(part).is_some_and(|count| usize::try_from(*count).is_ok_and(|count| count > used)) {
                ways.entry(*to).or_insert_with(|| way.iter().copied().chain([part]).collect());
            }
        }
    }
    ways.remove(&word.len())
}

/// The words of a text that our parser does not read, with how often.
pub(super) fn unread(text: &str, parsed: &prove::Parsed, name: &str) -> (usize, Vec<String>) {
    let file = parsed.map.find(name);
    let sections: Vec<&crate::book::Section> =
        parsed.book.sections.iter().filter(|section| section.body().map(|body| body.file) == file).collect();
    let found = prove::of_book(&parsed.book, &sections);
    let wanted = printed(text);
    let mut counts = Counts::default();
    counts.add(&bare(&wanted), 1);
    counts.add(&bare(&found), -1);
    // the source's own edition has no room for them either, and the build names each
    uncalled(text, parsed, name).for_each(|note| counts.add(&bare(&printed(note)), -1));
    let mut unread = lost(&counts);
    if !unread.is_empty() {
        // what a picture in a line shows is read to those who cannot see it
        shown(&parsed.book, &sections).iter().for_each(|words| counts.add(&bare(words), -1));
        unread = Some(lost(&counts)).filter(|less| less.len() < unread.len()).unwrap_or(unread);
    }
    (wanted.split_whitespace().count(), unread)
}

/// What the pictures of these sections show, in words.
fn shown(book: &crate::book::Book, sections: &[&crate::book::Section]) -> Vec<String> {
    let mut words = Vec::new();
    let bodies = sections.iter().filter_map(|section| section.body()).map(|body| &body.blocks);
    for blocks in bodies.chain(book.notes.iter().map(|(_, note)| &note.blocks)) {
        crate::book::visit(blocks, &mut |seen| {
            if let crate::book::Seen::Picture(_, Some(alt)) = seen {
                words.push(alt.to_owned());
            }
        });
    }
    words
}

/// The notes of a text that nothing calls.
fn uncalled<'t>(text: &'t str, parsed: &prove::Parsed, name: &str) -> impl Iterator<Item = &'t str> {
    let file = parsed.map.find(name);
    let spans = parsed.findings.iter().filter(|finding| finding.code == Code::NoteUnused);
    spans
        .filter_map(move |finding| finding.span)
        .filter(move |span| Some(span.file) == file)
        .map(|span| {
            let note = text.get(span.start as usize..).unwrap_or("");
            // it goes on below a blank line in lines that are set in
            let mut ends = note.match_indices("\n\n").map(|(at, _)| at);
            let end = ends.find(|at| !note[at + 2..].starts_with([' ', '\t', '\n']));
            &note[..end.unwrap_or(note.len())]
        })
        .collect::<Vec<_>>()
        .into_iter()
}

/// Whether it is more than the sign of an item: `a)`, `iv.`, `12.`.
fn is_word(word: &str) -> bool {
    let signs = |c: char| c.is_ascii_digit() || "ivxlcIVXLC".contains(c);
    let is_sign = word.chars().count() <= 1 && !word.chars().any(is_divided_without_hyphen);
    !is_sign && !word.chars().all(signs) && word.chars().any(char::is_alphanumeric)
}

/// Letters and figures alone, in words: marks within a word part nothing, but for the backslash of a command.
fn bare(text: &str) -> String {
    let mut after = text.chars().skip(1);
    let keep = |c: char| {
        let next = after.next();
        if is_divided_without_hyphen(c) {
            // no spaces part the words of its script: each letter is one
            return [Some(' '), Some(c), Some(' ')];
        }
        let kept = if c.is_alphanumeric() || c.is_whitespace() {
            Some(c)
        } else if c == '\\' && next.is_some_and(|next| next.is_ascii_alphabetic()) {
            Some(' ')
        } else if "*_~^\\`'’".contains(c) {
            None
        } else {
            Some(' ')
        };
        [kept, None, None]
    };
    text.chars().flat_map(keep).flatten().collect()
}

/// What a reader sees of a text, told without the parser: no addresses, attributes, comments,
/// tags, labels of notes, and lines that open or close a division or code.
fn printed(text: &str) -> String {
    let mask = Mask::of(text);
    let mut out = String::new();
    let mut at = 0;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let is_address = std::mem::take(&mut is_open);
        match mask.fence_at(at) {
            Some(fence) if (fence.body.0..fence.body.1).contains(&at) => out.push_str(line),
            Some(_) => out.push('\n'),
            None if is_address && !line.trim().is_empty() => out.push('\n'),
            None if is_definition(line) => {
                // the address may stand in the next line
                is_open = line.trim_end().ends_with("]:");
                out.push('\n');
            }
            None if line.trim_start().starts_with(":::") => out.push('\n'),
            None => out.push_str(without_name(line)),
        }
        at += line.len();
    }
    without_marks(&out)
}

/// A line without the word that says what it is: a caption, or the kind of a callout.
fn without_name(line: &str) -> &str {
    let bare = line.trim_start_matches([' ', '>']);
    let is_kind = bare.strip_prefix("[!").and_then(|kind| kind.split_once(']'));
    let is_kind = is_kind.filter(|(kind, _)| kind.chars().all(char::is_alphabetic));
    let admonition = ["!!! ", "???+ ", "??? "].iter().find_map(|mark| bare.strip_prefix(mark));
    match (is_kind, admonition) {
        (Some((_, rest)), _) => rest,
        (None, Some(named)) => named.trim_start_matches(|c: char| c.is_alphanumeric() || c == '-'),
        (None, None) => bare.strip_prefix("Table:").unwrap_or(line),
    }
}

/// Whether a line says where a link leads: `[name]: address`.
fn is_definition(line: &str) -> bool {
    let inside = line.trim_start().strip_prefix('[');
    inside
        .and_then(|inside| inside.split_once("]:"))
        .is_some_and(|(name, _)| !name.starts_with('^') && !name.contains(['[', ']']))
}

fn without_marks(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    // behind the last of them, no comment is closed
    let behind_comments = text.len() - text.rfind("-->").unwrap_or(0);
    let mut behind_mark = false;
    while let Some(c) = rest.chars().next() {
        let skipped = match rest.starts_with("<!--") {
            true if rest.len() > behind_comments => rest.find("-->").map_or(0, |end| end + 3),
            true => 0,
            false => skipped(rest, if behind_mark { Some(']') } else { out.chars().next_back() }),
        };
        behind_mark = skipped > 0;
        if behind_mark {
            // an address, attributes and what stands within a line part no words
            if !rest.starts_with([']', '{']) && !is_inline_tag(rest) {
                out.push(' ');
            }
            rest = &rest[skipped..];
            continue;
        }
        if c == '&'
            && let Some(end) = near(rest).find(';').filter(|end| *end < 12)
        {
            let entity = &rest[..=end];
            let sign = decoded(entity);
            if sign != entity {
                out.push_str(&sign);
                rest = &rest[end + 1..];
                continue;
            }
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// Whether a tag begins here that stands within a word as well as around one.
fn is_inline_tag(rest: &str) -> bool {
    let Some(name) = rest.strip_prefix('<').map(|rest| rest.trim_start_matches('/')) else { return false };
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    INLINE_ELEMENTS.contains(&name) || matches!(name, "span" | "a" | "font" | "big" | "tt")
}

/// How long a mark is that begins here and whose words nobody reads.
fn skipped(rest: &str, before: Option<char>) -> usize {
    let until = |open: &str, close: &str| {
        let inside = near(rest).strip_prefix(open)?;
        inside.find(close).map(|end| open.len() + end + close.len())
    };
    let short = |length: Option<usize>| length.unwrap_or(0);
    match rest.as_bytes().first() {
        Some(b'<') if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
            let length = short(until("<", ">"));
            let inside = &rest[..length];
            let is_one = !inside.contains(|c: char| c == '"' || c.is_whitespace());
            let is_address = ["://", "@", "<mailto:", "<tel:", "<urn:", "<doi:"];
            if is_one && is_address.iter().any(|sign| inside.contains(sign)) { 0 } else { length }
        }
        Some(b']') if rest.starts_with("](") => address(rest),
        // `[words][other](address)` is a link behind words in brackets
        Some(b']') if rest.starts_with("][") => {
            short(until("][", "]").filter(|length| !rest[*length..].starts_with('(')))
        }
        Some(b'[') if rest.starts_with("[^") => short(until("[^", "]")),
        // an example that is called by its name shows its number
        Some(b'(') if rest.starts_with("(@") => label(rest),
        Some(b'{') if before.is_some_and(|c| matches!(c, ']' | ')' | '`' | ' ' | '*')) => {
            // what opens a block of code has its line's end behind it, and may close far below
            let length = short(until("{", "}").filter(|_| !rest[1..].starts_with('\n')));
            let is_attribute =
                rest[1..].starts_with(['#', '.']) || rest[..length].contains('=') || length == 3;
            if is_attribute { length } else { 0 }
        }
        _ => 0,
    }
}

/// The length of the name of an example, `(@good)`.
fn label(rest: &str) -> usize {
    let end = rest[2..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).map(|end| end + 2);
    end.filter(|end| rest[*end..].starts_with(')')).map_or(0, |end| end + 1)
}

/// The most parentheses in one another in an address (CommonMark 0.31, §6.3).
const NESTED: usize = 32;

/// The length of an address in parentheses behind a bracket.
fn address(rest: &str) -> usize {
    let mut depth = 0;
    for (at, c) in rest.char_indices().skip(1).take(4000) {
        match c {
            '(' if depth > NESTED => return 0,
            '(' => depth += 1,
            ')' if depth == 1 => return at + 1,
            ')' => depth -= 1,
            '\n' if rest[at + 1..].starts_with('\n') => return 0,
            _ => {}
        }
    }
    0
}
