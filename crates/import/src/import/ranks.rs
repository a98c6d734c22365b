//! Ranks of headings that a tool printed unevenly: `# Book I`, `## Book II`; `# Book I`, and `## The Mill` below it.

use super::model::{Block, Draft, Join, Kind, roman_value};
use super::part_name::{is_bare_part, is_numeral, names_part, part_word};
use std::collections::BTreeMap;

/// How many headings show a row, and one in how many may break it.
const LEAST: usize = 3;
const BROKEN: usize = 10;

/// Gives headings that are numbered in one row the rank of the highest of them: those with the same word before their numeral,
/// or with a numeral alone before their words. Where each rank counts for itself, as sections do within chapters, no row runs
/// through both.
pub(super) fn even(draft: &mut Draft) {
    let mut rows: BTreeMap<String, Vec<(usize, u8, u32)>> = BTreeMap::new();
    for (at, block) in draft.blocks.iter().enumerate() {
        let Kind::Heading(rank) = block.kind else { continue };
        if block.marker.is_empty() || draft.gaps[at].join != Join::Apart {
            continue;
        }
        if let Some((word, number)) = numbered(&block.plain()) {
            rows.entry(word).or_default().push((at, rank, number));
        }
    }
    for row in rows.into_values().filter(|row| row.len() >= LEAST) {
        let highest = row.iter().map(|(_, rank, _)| *rank).min().unwrap_or(1);
        let broken = row.windows(2).filter(|pair| pair[1].2 != pair[0].2 + 1).count();
        if broken * BROKEN > row.len() {
            continue;
        }
        for (at, ..) in row {
            draft.blocks[at].kind = Kind::Heading(highest);
        }
    }
}

/// Makes one title of the number of a text and the heading close below it, whichever the ranks of both, where most numbers have
/// one: the heading is the subtitle.
pub(super) fn unite(draft: &mut Draft) {
    let title = |at: usize| draft.blocks[at].plain().trim_matches(['*', '_', ' ']).to_owned();
    let heading = |at: usize| match draft.blocks.get(at) {
        Some(Block { kind: Kind::Heading(rank), marker, .. }) if !marker.is_empty() => Some(*rank),
        _ => None,
    };
    let is_number =
        |at: &usize| heading(*at).is_some() && (is_bare_part(&title(*at)) || is_numeral(&title(*at)));
    let has_title = |at: &usize| {
        let close = draft.gaps.get(at + 1).is_some_and(|gap| gap.pieces.is_empty() && gap.starts.is_none());
        close && heading(at + 1).is_some() && !names_part(&title(at + 1)) && !is_numeral(&title(at + 1))
    };
    let numbers: Vec<usize> = (0..draft.blocks.len()).filter(is_number).collect();
    let titled =
        |at: &usize| draft.blocks.get(at + 1).is_some_and(|b| b.kind == Kind::Subtitle) || has_title(at);
    if numbers.iter().filter(|at| titled(at)).count() * 2 <= numbers.len() {
        return;
    }
    let pairs: Vec<(usize, u8)> = numbers
        .into_iter()
        .filter(has_title)
        .filter_map(|at| Some((at, heading(at)?.min(heading(at + 1)?))))
        .collect();
    for (at, rank) in pairs {
        (draft.blocks[at].kind, draft.blocks[at + 1].kind) = (Kind::Heading(rank), Kind::Subtitle);
    }
}

/// The word before the number of a heading, empty where there is none, and the number.
fn numbered(title: &str) -> Option<(String, u32)> {
    let title = title.trim_start_matches(['*', '_', ' ']);
    let word = part_word(title).unwrap_or_default();
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let number = if word.is_empty() { words.next() } else { words.nth(1) }?;
    let value =
        if is_numeral(number) { roman_value(&number.to_lowercase())? } else { number.parse().ok()? };
    Some((word, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings() {
        for (title, wanted) in [
            ("Book IV", Some(("book", 4))),
            ("**CHAPTER 12.** The Mill", Some(("chapter", 12))),
            ("XIV. The Mill", Some(("", 14))),
            ("The Mill", None),
        ] {
            let found = numbered(title);
            assert_eq!(found.as_ref().map(|(word, n)| (word.as_str(), *n)), wanted, "{title}");
        }
    }
}
