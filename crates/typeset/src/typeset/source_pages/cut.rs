//! Cuts a paragraph where pages of the older edition begin in it, be it in the middle
//! of a word.

use crate::book::is_divided_without_hyphen;
use crate::narrow::Nearest;
use crate::typeset::line::{LastLine, Mark, Piece, StyledText, Words};

/// A part of a paragraph that stands on one page of the older edition.
#[derive(Debug)]
pub(in crate::typeset) struct TextPart {
    /// The page that begins with it.
    pub label: Option<String>,
    /// Its words.
    pub text: StyledText,
    /// How its last line ends: full where the paragraph goes on overleaf.
    pub last: LastLine,
}

impl TextPart {
    fn beginning(label: Option<String>) -> TextPart {
        TextPart { label, text: StyledText::default(), last: LastLine::Natural }
    }

    /// Its words before or after a cut: the nearest that there are.
    fn words(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.text.pieces.iter().filter_map(|piece| match piece {
            Piece::Words(words) if !words.text.is_empty() => Some(words.text.as_str()),
            Piece::Picture(..) => Some("\u{fffc}"),
            _ => None,
        })
    }

    fn is_empty(&self) -> bool {
        self.words().all(|words| words.trim().is_empty())
    }
}

/// A text that cannot be cut: the page begins before it.
pub(in crate::typeset) fn uncut(text: StyledText) -> TextPart {
    let label = text.pieces.iter().find_map(|piece| match piece {
        Piece::Mark(Mark::SourcePage(label)) => Some(label.clone()),
        _ => None,
    });
    TextPart { label, text, last: LastLine::Natural }
}

/// Cuts a text where pages begin in it.
pub(in crate::typeset) fn cut(text: StyledText) -> Vec<TextPart> {
    let mut parts = vec![TextPart::beginning(None)];
    for piece in text.pieces {
        let current = parts.len() - 1;
        if let Piece::Mark(Mark::SourcePage(label)) = &piece {
            // A mark before any word labels the part at hand; one in the middle begins a new one. Two
            // marks with no words between them are an empty old page, and the second names what
            // follows.
            if parts[current].is_empty() {
                parts[current].label = Some(label.clone());
            } else {
                parts.push(TextPart::beginning(Some(label.clone())));
            }
        }
        if let Some(part) = parts.last_mut() {
            part.text.pieces.push(piece);
        }
    }
    for n in 1..parts.len() {
        settle_cut(&mut parts, n);
    }
    parts
}

/// Settles the cut before the part `n`: whether a hyphen stands there, and on
/// which side the space.
fn settle_cut(parts: &mut [TextPart], n: usize) {
    let after = parts[n].words().next().and_then(|words| words.chars().next());
    let before = parts[n - 1].words().next_back().and_then(|words| words.chars().next_back());
    let (Some(before), Some(after)) = (before, after) else { return };
    // The old page ended within a word when letters meet at the cut. Its first half then ends in a
    // hyphen, as it did in print, which the running text does not have.
    let hyphen = before.is_alphabetic() && after.is_alphabetic() && !is_divided_without_hyphen(before);
    if !parts[n].is_empty() {
        parts[n - 1].last = LastLine::Full { hyphen };
    }
    if after.is_whitespace() {
        give_space_back(parts, n);
    }
}

/// A page does not begin with a space.
fn give_space_back(parts: &mut [TextPart], n: usize) {
    let (before, after) = parts.split_at_mut(n);
    let first = after[0].text.pieces.iter_mut().find_map(words_of);
    let last = before[n - 1].text.pieces.iter_mut().rev().find_map(words_of);
    let (Some(first), Some(last)) = (first, last) else { return };
    let spaces = first.text.len() - first.text.trim_start().len();
    let rest = first.text.split_off(spaces);
    last.text.push_str(&std::mem::replace(&mut first.text, rest));
    first.at = first.at.map(|at| at + u32::nearest(spaces));
}

fn words_of(piece: &mut Piece) -> Option<&mut Words> {
    match piece {
        Piece::Words(words) if !words.text.is_empty() => Some(words),
        _ => None,
    }
}
