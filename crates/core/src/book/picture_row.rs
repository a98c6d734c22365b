//! Pictures beside one another: lines of a paragraph that hold nothing but pictures.
//!
//! Both editions set such a row as large as figures, and pictures among words as high as
//! the type; what is a row is decided here for both.

use super::{Inline, InlineKind};

/// So many pictures share a line when their author gives them no width.
pub const MOST_BESIDE: usize = 4;

/// The parts of a paragraph: lines of pictures alone, and what stands between
/// them, without the line breaks that part the two.
#[must_use]
pub fn parts(inlines: &[Inline]) -> Vec<&[Inline]> {
    let is_break = |inline: &Inline| matches!(inline.kind, InlineKind::Break);
    let mut parts: Vec<&[Inline]> = Vec::new();
    let (mut from, mut at) = (0, 0);
    for line in inlines.split(is_break) {
        let end = at + line.len();
        if is_row(line) {
            // The words between two rows, without the line break that parted them from the row.
            if from < at {
                parts.push(&inlines[from..at - 1]);
            }
            parts.push(line);
            from = (end + 1).min(inlines.len());
        }
        at = end + 1;
    }
    if from < inlines.len() {
        parts.push(&inlines[from..]);
    }
    parts
}

/// Whether inlines are nothing but pictures, and what stands beside a picture
/// without being read: a note's call, a mark.
#[must_use]
pub fn is_row(inlines: &[Inline]) -> bool {
    let fits = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.words.trim().is_empty(),
        InlineKind::Link(_, inside) => is_row(inside),
        kind => matches!(
            kind,
            InlineKind::Image { .. }
                | InlineKind::NoteRef(_)
                | InlineKind::Anchor(_)
                | InlineKind::PageMark(_)
        ),
    };
    inlines.iter().all(fits) && pictures(inlines) > 0
}

/// How many pictures stand in a text, at any depth.
#[must_use]
pub fn pictures(inlines: &[Inline]) -> usize {
    let of = |inline: &Inline| match &inline.kind {
        InlineKind::Image { .. } => 1,
        kind => kind.children().map_or(0, |inside| pictures(inside)),
    };
    inlines.iter().map(of).sum()
}
