//! Pages of the older edition that are kept: the column turns where each of
//! them begins, be it in the middle of a word.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use crate::length::Abs;
use crate::typeset::line::{Form, LastLine, Mark, Piece, Set, StyledText, Words};
use crate::typeset::slab::TextSlab;

impl FlowBuilder<'_, '_> {
    /// A page of the older edition begins here.
    pub(super) fn start_source_page(&mut self, label: &str) {
        if self.cx.keeps_source_pages() {
            self.column.start_source_page(label);
        }
    }

    /// A page of the older edition that begins among such pieces begins before them.
    pub(super) fn turn_in<'p>(&mut self, pieces: impl IntoIterator<Item = &'p Piece>) {
        let label = pieces.into_iter().find_map(|piece| match piece {
            Piece::Mark(Mark::SourcePage(label)) => Some(label),
            _ => None,
        });
        label.into_iter().for_each(|label| self.start_source_page(label));
    }

    /// Lays a paragraph in which pages of the older edition may begin: its
    /// lines up to each of them are full, and what follows is not indented.
    /// The slab of its first part.
    pub(super) fn lay_cut(
        &mut self,
        ctx: &BlockContext,
        text: StyledText,
        form: &Form,
    ) -> Option<&mut TextSlab> {
        let divisible = matches!(form.set, Set::Justified | Set::Left) && !ctx.noted;
        let parts = if divisible { cut(text) } else { vec![uncut(text)] };
        let mut first = None;
        for (n, part) in parts.into_iter().enumerate() {
            part.label.iter().for_each(|label| self.start_source_page(label));
            let mut form = Form { last: part.last, ..form.clone() };
            if n > 0 {
                (form.first, form.beside) = (Abs::ZERO, (0, Abs::ZERO));
            }
            let laid = self.lay_whole(ctx, part.text, &form).is_some();
            if laid && first.is_none() {
                first = Some(self.column.len() - 1);
            }
        }
        self.column.text_at(first?)
    }
}

/// A part of a paragraph that stands on one page of the older edition.
#[derive(Debug)]
struct Part {
    /// The page that begins with it.
    label: Option<String>,
    text: StyledText,
    last: LastLine,
}

impl Part {
    fn beginning(label: Option<String>) -> Part {
        Part { label, text: StyledText::default(), last: LastLine::Natural }
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
fn uncut(text: StyledText) -> Part {
    let label = text.pieces.iter().find_map(|piece| match piece {
        Piece::Mark(Mark::SourcePage(label)) => Some(label.clone()),
        _ => None,
    });
    Part { label, text, last: LastLine::Natural }
}

/// Cuts a text where pages begin in it.
fn cut(text: StyledText) -> Vec<Part> {
    let mut parts = vec![Part::beginning(None)];
    for piece in text.pieces {
        let current = parts.len() - 1;
        if let Piece::Mark(Mark::SourcePage(label)) = &piece {
            if parts[current].is_empty() {
                parts[current].label = Some(label.clone());
            } else {
                parts.push(Part::beginning(Some(label.clone())));
            }
        }
        if let Some(part) = parts.last_mut() {
            part.text.pieces.push(piece);
        }
    }
    for n in 1..parts.len() {
        join(&mut parts, n);
    }
    parts
}

/// Settles the cut before the part `n`: whether a hyphen stands there, and on
/// which side the space.
fn join(parts: &mut [Part], n: usize) {
    let after = parts[n].words().next().and_then(|words| words.chars().next());
    let before = parts[n - 1].words().next_back().and_then(|words| words.chars().next_back());
    let (Some(before), Some(after)) = (before, after) else { return };
    let hyphen = before.is_alphabetic() && after.is_alphabetic() && !is_ideograph(before);
    if !parts[n].is_empty() {
        parts[n - 1].last = LastLine::Full { hyphen };
    }
    if after.is_whitespace() {
        give_space_back(parts, n);
    }
}

/// A page does not begin with a space.
fn give_space_back(parts: &mut [Part], n: usize) {
    let (before, after) = parts.split_at_mut(n);
    let first = after[0].text.pieces.iter_mut().find_map(words_of);
    let last = before[n - 1].text.pieces.iter_mut().rev().find_map(words_of);
    let (Some(first), Some(last)) = (first, last) else { return };
    let spaces = first.text.len() - first.text.trim_start().len();
    let rest = first.text.split_off(spaces);
    last.text.push_str(&std::mem::replace(&mut first.text, rest));
    first.at = first.at.map(|at| at + spaces as u32);
}

fn words_of(piece: &mut Piece) -> Option<&mut Words> {
    match piece {
        Piece::Words(words) if !words.text.is_empty() => Some(words),
        _ => None,
    }
}

/// Whether words of that script are divided without a hyphen.
fn is_ideograph(c: char) -> bool {
    c >= '\u{2e80}'
}
