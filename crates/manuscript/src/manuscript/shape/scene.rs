//! Paragraphs that are nothing but the sign of a pause between two scenes: `~`, `⁂`, `•`, `#`, a dash.

use crate::book::typed_words::{MOST_SCENE_SIGNS, SCENE_SIGNS};
use crate::manuscript::inlines::unprotect;
use crate::manuscript::raw::{self, Block, BlockKind, Inline, InlineKind};

/// Makes a scene break of each paragraph of such signs, or of a space that is not seen (`&nbsp;`), that stands between
/// two blocks of words. Elsewhere, as below a title or in a list of signs, it is what it says.
pub(super) fn breaks(blocks: &mut Vec<Block>) {
    let mut at = 1;
    while at < blocks.len() {
        let blanks = blocks[at..].iter().take_while(|block| is_blank(block)).count();
        let length = if blanks > 0 { blanks } else { usize::from(is_sign(&blocks[at])) };
        let between =
            length > 0 && is_prose(&blocks[at - 1]) && blocks.get(at + length).is_some_and(is_prose);
        if between {
            blocks[at].kind = BlockKind::SceneBreak;
            blocks.drain(at + 1..at + length);
        }
        at += length.max(1);
    }
}

fn words(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Para(inlines) => {
            Some(raw::plain(inlines).chars().map(|c| unprotect(c).unwrap_or(c)).collect())
        }
        _ => None,
    }
}

/// The words of a paragraph that is nothing but words: a picture, a note's call, a page mark or code
/// beside them must not be lost.
fn bare(block: &Block) -> Option<String> {
    let is_text = |inline: &Inline| matches!(inline.kind, InlineKind::Text(_) | InlineKind::Break);
    match &block.kind {
        BlockKind::Para(inlines) if inlines.iter().all(is_text) => words(block),
        _ => None,
    }
}

/// Whether a paragraph holds nothing but spaces that Markdown keeps.
fn is_blank(block: &Block) -> bool {
    bare(block).is_some_and(|words| !words.is_empty() && words.chars().all(char::is_whitespace))
}

fn is_sign(block: &Block) -> bool {
    let Some(words) = bare(block) else { return false };
    let signs: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let all = |known: &str| signs.iter().all(|c| known.contains(*c));
    (1..=MOST_SCENE_SIGNS).contains(&signs.len())
        && (all(SCENE_SIGNS) || signs.len() <= 3 && all("#") || signs.len() == 1 && all("—–"))
}

/// Whether it holds words of the text, and is no heading, picture or table.
fn is_prose(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Para(_) => words(block).is_some_and(|words| words.contains(char::is_alphabetic)),
        BlockKind::Quote(_) | BlockKind::Div(..) | BlockKind::Verse(_) => true,
        _ => false,
    }
}
