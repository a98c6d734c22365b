//! Verse, addresses and the like whose lines Markdown joins into one paragraph.

use super::walk;
use crate::book::{Block, BlockKind, Book, Inline, InlineKind};
use crate::diag::{Code, Diagnostic, FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// Fewer lines may look like verse by accident.
const FEWEST_LINES: usize = 4;
/// A line of verse has hardly more characters.
const LONGEST_LINE: usize = 65;

/// Tells of each file once: where one poem was written so, all were.
pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let mut found: BTreeMap<FileId, (Span, usize)> = BTreeMap::new();
    walk::lists(book, &mut |blocks, _| {
        for block in blocks.iter().filter(|block| is_joined(block, map)) {
            found.entry(block.span.file).or_insert((block.span, 0)).1 += 1;
        }
    });
    for (span, count) in found.into_values() {
        let more = match count - 1 {
            0 => String::new(),
            1 => "; one more place in this file is like it".to_owned(),
            n => format!("; {n} more places in this file are like it"),
        };
        let message = format!("these lines look like verse, and are joined into one paragraph{more}");
        let hint =
            "for verse, write `::: verse` before them and `:::` behind; else end each with a backslash";
        findings.push(Diagnostic::new(Code::LinesJoined, span, message).hint(hint));
    }
}

fn is_joined(block: &Block, map: &SourceMap) -> bool {
    let BlockKind::Para(inlines) = &block.kind else { return false };
    let text = &map.file(block.span.file).text;
    let own = text.get(block.span.start as usize..block.span.end as usize).unwrap_or("");
    let lines: Vec<&str> = own.lines().map(bare).filter(|line| !line.is_empty()).collect();
    lines.len() >= FEWEST_LINES && !inlines.iter().any(has_break) && look_like_verse(&lines)
}

/// The line without the marks that a quotation and Markdown begin it with.
fn bare(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t']).trim_end()
}

fn has_break(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Break)
        || inline.kind.children().is_some_and(|children| children.iter().any(has_break))
}

/// Whether short lines begin with capitals, end where no sentence does, and end
/// before the next word needed a new line.
fn look_like_verse(lines: &[&str]) -> bool {
    let width = |line: &str| line.chars().count();
    let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
    let pairs = lines.windows(2);
    let early = |pair: &&[&str]| {
        let next = pair[1].split_whitespace().next().map_or(0, width);
        width(pair[0]) + 1 + next <= longest
    };
    let ended = lines[..lines.len() - 1].iter().filter(|line| ends_sentence(line)).count();
    longest <= LONGEST_LINE
        && lines.iter().all(|line| begins_with_capital(line))
        && ended * 2 < lines.len()
        && pairs.filter(early).count() * 2 >= lines.len() - 1
}

fn begins_with_capital(line: &str) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(char::is_uppercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '*', '_']).ends_with(['.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verse_is_told_from_prose() {
        let verse = ["The sun was up, the moon was down,", "And nobody was in the town", "But One,"];
        let wrapped = ["Der Mann war in der Stadt und", "Am Abend ging er dort allein", "In alle Häuser."];
        let sentences = ["This is a sentence.", "So is this!", "And a long one this is, too.", "Four."];
        let prose = ["The sun was up, the moon was", "down, and nobody was", "in the town."];
        let looks = [&verse[..], &wrapped, &sentences, &prose].map(look_like_verse);
        assert_eq!(looks, [true, false, false, false]);
    }
}
