//! Paragraphs that are nothing but the sign of a pause between two scenes: `~`, `⁂`, `•`, `#`, a dash.

use crate::book::is_forbidden;
use crate::book::typed_words::{MOST_SCENE_SIGNS, is_scene_ornament};
use crate::manuscript::inlines::unprotect;
use crate::manuscript::raw::{Block, BlockKind, Inline, InlineKind};

/// Makes a scene break of each paragraph of such signs, or of a space that is not seen (`&nbsp;`, `<br>`), that stands between
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
    drop_bare_ends(blocks);
}

/// Takes out what is nothing but ends of lines (`<br>`) and parts no two scenes.
pub(super) fn drop_bare_ends(blocks: &mut Vec<Block>) {
    let is_end = |inline: &Inline| matches!(inline.kind, InlineKind::Break);
    blocks.retain(|block| !matches!(&block.kind, BlockKind::Para(inlines) if inlines.iter().all(is_end)));
}

/// The letters of a paragraph that is nothing but words: a picture, a note's call, a page mark or code
/// beside them must not be lost.
fn bare(block: &Block) -> Option<impl Iterator<Item = char>> {
    let BlockKind::Para(inlines) = &block.kind else { return None };
    let all_words = inlines.iter().all(|inline| own_words(inline).is_some());
    all_words.then(|| {
        let letters = inlines.iter().filter_map(own_words).flat_map(str::chars);
        letters.map(|c| unprotect(c).unwrap_or(c))
    })
}

/// The words of a text, of a line's end, or of what Markdown set otherwise and holds one of those alone: `~*~`.
fn own_words(inline: &Inline) -> Option<&str> {
    match &inline.kind {
        InlineKind::Text(words) => Some(words),
        InlineKind::Break => Some(" "),
        InlineKind::Styled(_, inside) => match inside.as_slice() {
            [one] => own_words(one),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a paragraph holds nothing but spaces that Markdown keeps.
fn is_blank(block: &Block) -> bool {
    let Some(letters) = bare(block) else { return false };
    let mut letters = letters.peekable();
    letters.peek().is_some() && letters.all(|c| c.is_whitespace() || c == '\u{200B}')
}

/// Whether a stanza is nothing but the sign of a pause: `* * *`, `---`, `⁂`.
pub(super) fn is_pause(stanza: &Block) -> bool {
    let Some(letters) = bare(stanza) else { return false };
    let letters = letters.filter(|c| !c.is_whitespace() && !is_forbidden(*c));
    let signs: Vec<char> = letters.take(MOST_SCENE_SIGNS + 1).collect();
    is_scene_ornament(&signs) || is_escaped_rule(&signs) || matches!(signs[..], ['—' | '–'])
}

fn is_sign(block: &Block) -> bool {
    let Some(letters) = bare(block) else { return false };
    let signs: Vec<char> =
        letters.filter(|c| !c.is_whitespace() && *c != '\u{2060}').take(MOST_SCENE_SIGNS + 1).collect();
    let all = |known: &str| signs.iter().all(|c| known.contains(*c));
    is_scene_ornament(&signs)
        || (1..=3).contains(&signs.len()) && all("#")
        || is_escaped_rule(&signs)
        || signs.len() == 1 && all("—–")
}

/// Whether they are hyphens of which at least the first was protected, as exports write a row of them: `\---`.
fn is_escaped_rule(signs: &[char]) -> bool {
    matches!(signs, ['-', '–' | '—'])
        || signs.len() >= 3
            && signs[..3].iter().all(|c| *c == '-')
            && signs.iter().all(|c| matches!(c, '-' | '–' | '—'))
}

/// Whether it holds words of the text, and is no heading, picture or table.
fn is_prose(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Para(inlines) => inlines.iter().any(holds_letters),
        BlockKind::Quote(_) | BlockKind::Div(..) | BlockKind::Verse(_) => true,
        _ => false,
    }
}

fn holds_letters(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(words) | InlineKind::Code(words) => words.contains(char::is_alphabetic),
        kind => kind.children().is_some_and(|children| children.iter().any(holds_letters)),
    }
}

#[cfg(test)]
mod tests {
    use super::is_escaped_rule;

    #[test]
    fn a_row_of_hyphens_is_a_rule_and_what_goes_on_is_none() {
        let is_rule = |line: &str| is_escaped_rule(&line.chars().collect::<Vec<_>>());
        assert!(["---", "-----", "-–", "-—"].iter().all(|line| is_rule(line)));
        assert!(!["--", "--->", "---yes", "-–b", "*--", ""].iter().any(|line| is_rule(line)));
    }
}
