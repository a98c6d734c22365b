//! Plays: which texts are one, and which of their paragraphs are speeches.

use super::{Block, BlockKind, Inline, InlineKind, plain};
use std::collections::BTreeSet;

/// A text with fewer speeches is none.
const LEAST_SPEECHES: usize = 4;
/// A speaker's name is shorter than this.
const LONGEST_NAME: usize = 40;

/// Whether blocks are a play: a third of the paragraphs begin with a name in small
/// capitals or bold, and each name speaks twice or more on the average. The
/// headings at the beginnings of paragraphs, which differ from one another, are no
/// speakers.
#[must_use]
pub fn is_play(blocks: &[Block]) -> bool {
    let (mut paragraphs, mut speeches, mut names) = (0, 0, BTreeSet::new());
    for block in blocks {
        if let BlockKind::Para(words) = &block.kind {
            paragraphs += 1;
            if let Some(name) = speaker(words) {
                speeches += 1;
                names.insert(name);
            }
        }
    }
    speeches >= LEAST_SPEECHES && speeches * 3 >= paragraphs && names.len() * 2 <= speeches
}

/// The name with which a paragraph begins, if it is a speech.
#[must_use]
pub fn speaker(words: &[Inline]) -> Option<String> {
    let shown = |inline: &&Inline| !matches!(inline.kind, InlineKind::Anchor(_) | InlineKind::PageMark(_));
    let first = words.iter().find(shown)?;
    let (InlineKind::SmallCaps(name) | InlineKind::Strong(name)) = &first.kind else { return None };
    let name = plain(name);
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    (!name.is_empty() && name.len() < LONGEST_NAME).then_some(name)
}
