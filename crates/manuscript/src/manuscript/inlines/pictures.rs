//! Lines of the manuscript that hold pictures alone are lines of their own.

use super::Token;
use crate::manuscript::attrs;
use crate::manuscript::prepare::Prepared;
use crate::manuscript::raw::InlineKind;

/// Ends the line between a line of the manuscript that holds pictures alone and
/// one that holds words.
pub(super) fn part_pictures(tokens: &mut [Token], text: &Prepared) {
    if !tokens.iter().any(|token| matches!(token, Token::Node(_, kind) if is_picture(kind))) {
        return;
    }
    let ends: Vec<usize> = (0..tokens.len()).filter(|at| ends_line(&tokens[*at], text)).collect();
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
    let pictures: Vec<bool> = starts
        .zip(ends.iter().copied().chain([tokens.len()]))
        .map(|(start, end)| holds_pictures_alone(&tokens[start..end]))
        .collect();
    for (line, at) in ends.into_iter().enumerate() {
        if let (true, Token::Words(from, _)) = (pictures[line] != pictures[line + 1], &tokens[at]) {
            tokens[at] = Token::Node(*from..*from + 1, InlineKind::Break);
        }
    }
}

/// Whether a token is the end of a line of the manuscript.
fn ends_line(token: &Token, text: &Prepared) -> bool {
    matches!(token, Token::Words(at, words) if words == " " && text.text[*at..].starts_with(['\n', '\r']))
}

fn holds_pictures_alone(line: &[Token]) -> bool {
    let mut pictures = 0;
    for token in line {
        match token {
            Token::Node(_, kind) if is_picture(kind) => pictures += 1,
            Token::Node(_, InlineKind::Note { .. }) | Token::Mark(..) => {}
            Token::Words(_, words)
                if attrs::braces(words).is_some_and(|end| words[end..].trim().is_empty()) => {}
            Token::Words(_, words) if words.trim().is_empty() => {}
            _ => return false,
        }
    }
    pictures > 0
}

/// Whether it is a picture, or a link that holds one and no words.
fn is_picture(kind: &InlineKind) -> bool {
    match kind {
        InlineKind::Image { .. } => true,
        InlineKind::Link { children, .. } => {
            !children.is_empty()
                && children.iter().all(|child| matches!(child.kind, InlineKind::Image { .. }))
        }
        _ => false,
    }
}
