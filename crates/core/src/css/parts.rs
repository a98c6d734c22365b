//! Rules, declarations and brackets among tokens (CSS Syntax Module Level 3, §5).

use super::token::{self, Kind, Token};

/// The head of a rule, its block, and what follows. A rule that begins with `@`
/// may end with a semicolon instead.
pub(super) fn rule(tokens: &[Token], is_at: bool) -> (&[Token], Option<&[Token]>, &[Token]) {
    let ends = |kind: &Kind| *kind == Kind::Open('{') || (is_at && *kind == Kind::Sign(';'));
    let end = depth_zero(tokens, ends);
    let head = &tokens[..end];
    match tokens.get(end).map(|token| &token.kind) {
        Some(Kind::Open(_)) => {
            let inside = &tokens[end + 1..];
            let close = depth_zero(inside, |kind| *kind == Kind::Close('}'));
            (head, Some(&inside[..close]), inside.get(close + 1..).unwrap_or_default())
        }
        Some(_) => (head, None, &tokens[end + 1..]),
        None => (head, None, &[]),
    }
}

/// The tokens before the first that ends them outside of brackets, and those behind it.
pub(super) fn up_to(tokens: &[Token], ends: impl Fn(&Kind) -> bool) -> (&[Token], &[Token]) {
    let end = depth_zero(tokens, ends);
    (&tokens[..end], tokens.get(end + 1..).unwrap_or_default())
}

/// The place of the first token outside of all brackets that `ends`; else the end.
fn depth_zero(tokens: &[Token], ends: impl Fn(&Kind) -> bool) -> usize {
    let mut depth = 0usize;
    for (place, token) in tokens.iter().enumerate() {
        if depth == 0 && ends(&token.kind) {
            return place;
        }
        match token.kind {
            Kind::Open(_) | Kind::Function(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    tokens.len()
}

/// Whether every bracket is closed by its own kind.
pub(super) fn is_balanced(tokens: &[Token]) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind {
            Kind::Open(c) => open.push(c),
            Kind::Function(_) => open.push('('),
            Kind::Close(c) => {
                let own = open.pop();
                if !matches!((own, c), (Some('('), ')') | (Some('['), ']') | (Some('{'), '}')) {
                    return false;
                }
            }
            _ => {}
        }
    }
    open.is_empty()
}

pub(super) fn trimmed(tokens: &[Token]) -> &[Token] {
    trimmed_start(trimmed_end(tokens))
}

pub(super) fn trimmed_start(tokens: &[Token]) -> &[Token] {
    let start = tokens.iter().position(|token| token.kind != Kind::Space).unwrap_or(tokens.len());
    &tokens[start..]
}

pub(super) fn trimmed_end(tokens: &[Token]) -> &[Token] {
    let end = tokens.iter().rposition(|token| token.kind != Kind::Space).map_or(0, |last| last + 1);
    &tokens[..end]
}

pub(super) fn written(tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        token::write(&token.kind, &mut out);
    }
    out
}
