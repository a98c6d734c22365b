//! Words below pictures that part a sentence: at the head of a page they stand between its two halves.
//!
//! The picture stood there because there was room; its words belong behind the paragraph.

use super::entries::{INDENT, Measures};
use super::{Line, Place, ScannedPage, Tag};

/// How many lines the words below a picture have at most.
const MOST: usize = 4;
/// How far they stand in on both sides at least, and how differently at most, in sizes.
const INSET: f32 = 1.0;
const EVENLY: f32 = 1.6;

/// The lines at the head of a page that are words below a picture, behind a page whose last sentence goes on below them: in the
/// middle, white space under them, and then a small letter at the margin.
pub(super) fn at_head(page: &ScannedPage, measures: &Measures<'_>) -> Option<std::ops::Range<usize>> {
    let lines = &page.lines;
    let inner = |line: &Line| (line.left - measures.margins.0) / measures.size;
    let room = |line: &Line| (measures.margins.1 - line.right) / measures.size;
    let inset = |line: &Line| {
        inner(line) > INSET
            && room(line) > INSET
            && (inner(line) - room(line)).abs() < EVENLY
            && line.tag.is_none()
    };
    let head = (0..lines.len()).find(|at| (measures.is_text)(*at))?;
    let more = lines[head..].iter().take(MOST + 1).take_while(|line| inset(line)).count();
    let below = lines.get(head + more).filter(|_| (1..=MOST).contains(&more))?;
    let goes_on = below.text.starts_with(char::is_lowercase) && inner(below) < INDENT && below.tag.is_none();
    let parted = (measures.apart)(&lines[head + more - 1], below);
    (goes_on && parted).then_some(head..head + more)
}

/// The order of the lines of a page in which no words below a picture stand within a paragraph that ends on it.
pub(super) fn order(places: &[Place]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    let is_caption = |at: usize| places[at].tag == Tag::Caption;
    let Some(from) = (0..places.len()).find(|at| is_caption(*at)) else { return order };
    let rest = from + (from..places.len()).take_while(|at| is_caption(*at)).count();
    let goes_on = |at: &usize| matches!(places[*at].tag, Tag::Paragraph | Tag::Quote) && !places[*at].begins;
    let end = rest + (rest..places.len()).take_while(goes_on).count();
    let ends_here = places.get(end).is_some_and(|next| !matches!(next.tag, Tag::Edge | Tag::Note));
    if end > rest && ends_here {
        order[from..end].rotate_left(rest - from);
    }
    order
}
