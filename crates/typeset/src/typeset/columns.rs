//! Which lines of a page stand in which of the columns that share it.
//!
//! Page breaking knows one column. Lines that stand in `n` columns count there with a
//! share of their height, so that a page takes `n` times as many of them; here they are
//! dealt out: columns are as even as may be, none ends with a heading, and none begins or
//! ends with a single line of a paragraph if that can be helped.

use crate::narrow::Nearest;
use std::ops::Range;

/// A line, or white, in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ColumnLine {
    /// Its height in lines of the text.
    pub height: u32,
    /// It vanishes at the head of a column.
    pub white: bool,
    /// No column ends with it: it is a heading's.
    pub keep_next: bool,
    /// It is the first of several lines of a paragraph.
    pub first: bool,
    /// It is the last of several.
    pub last: bool,
}

/// A column ends with what should stay with the next.
const SEVERED: u32 = 10_000;
/// A line stands alone at the head or the foot.
const ALONE: u32 = 1000;

/// The lines of each column: `count` of them at most, none deeper than `most`, if lines
/// can be dealt so at all.
#[must_use]
pub(super) fn deal(lines: &[ColumnLine], count: usize, most: u32) -> Vec<Range<usize>> {
    let total: u32 = lines.iter().map(|line| line.height).sum();
    let even = total.div_ceil(u32::nearest(count.max(1))).max(1);
    // As even as can be is tried first; a line or two more are taken when nothing is torn apart for it,
    // as far as the page has room.
    let mut best: Option<(u32, Vec<Range<usize>>)> = None;
    // Depths are tried upwards: the first that tears nothing apart is also the most even.
    for depth in even..=even.max(most) {
        if let Some((cost, columns)) = dealt(lines, count, depth)
            && best.as_ref().is_none_or(|(least, _)| cost + ALONE / 2 < *least)
        {
            best = Some((cost, columns));
        }
        if best.as_ref().is_some_and(|(cost, _)| *cost < ALONE) {
            break;
        }
    }
    // Lines of several heights may need more room than their sum: then columns are as deep as they must be.
    best.map_or_else(
        || (even..=total).find_map(|depth| Some(dealt(lines, count, depth)?.1)).unwrap_or_default(),
        |(_, columns)| columns,
    )
}

/// The best columns that are no deeper than that, and what they cost: a path through the
/// ends of lines, column by column. Time is `count` × lines × `depth`.
fn dealt(lines: &[ColumnLine], count: usize, depth: u32) -> Option<(u32, Vec<Range<usize>>)> {
    let start = |at: usize| (at..lines.len()).find(|at| !lines[*at].white).unwrap_or(lines.len());
    // For each column, the least that it costs to end before a line, and where it then began.
    let mut known: Vec<Vec<Option<(u32, usize)>>> = vec![vec![None; lines.len() + 1]];
    known[0][0] = Some((0, 0));
    // What follows a line depends only on the line and the column that it ends, not on how the columns before
    // were filled. So of all ways to one place the cheapest is kept, and one number a place is enough
    // (Bellman's principle); the columns are then read backwards from the last line.
    for column in 0..count {
        let mut next = vec![None; lines.len() + 1];
        for (from, reached) in known[column].iter().enumerate() {
            let Some((paid, _)) = reached else { continue };
            let mut deep = 0;
            for (end, best) in next.iter_mut().enumerate().skip(start(from)) {
                // What is left empty weighs more in earlier columns: the last is the short one.
                let empty = (depth - deep).pow(2) * u32::nearest(count - column);
                let cost = paid + torn(lines, end) + empty;
                if best.is_none_or(|(least, _)| cost < least) {
                    *best = Some((cost, from));
                }
                deep += lines.get(end).map_or(0, |line| line.height);
                if deep > depth {
                    break;
                }
            }
        }
        known.push(next);
    }
    let (cost, _) = known[count][lines.len()]?;
    let mut columns = Vec::with_capacity(count);
    let mut end = lines.len();
    for column in known[1..].iter().rev() {
        let (_, from) = column[end]?;
        columns.push(start(from)..end);
        end = from;
    }
    columns.reverse();
    Some((cost, columns))
}

/// What it costs that a column ends before that line.
fn torn(lines: &[ColumnLine], end: usize) -> u32 {
    // White between a heading and its text does not part the two.
    let before = lines[..end].iter().rev().find(|line| !line.white);
    let after = lines[end..].iter().find(|line| !line.white);
    let (Some(before), Some(after)) = (before, after) else { return 0 };
    let alone = u32::from(before.first) + u32::from(after.last);
    if before.keep_next { SEVERED } else { alone * ALONE }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `h` a heading, `_` white, `f`, `m`, `l` the first, a middle and the last line of a
    /// paragraph, `o` a paragraph of one line.
    fn drawn(text: &str, count: usize, most: u32) -> String {
        let line = |c: char| ColumnLine {
            height: 1,
            white: c == '_',
            keep_next: c == 'h',
            first: c == 'f',
            last: c == 'l',
        };
        let lines: Vec<ColumnLine> = text.chars().map(line).collect();
        let columns = deal(&lines, count, most);
        let words: Vec<&str> = columns.into_iter().map(|column| &text[column]).collect();
        words.join("|")
    }

    #[test]
    fn lines_are_dealt_evenly_and_nothing_is_torn() {
        let cases = [
            ("oooooo", 2, 3, "ooo|ooo"),
            ("ooooooo", 2, 9, "oooo|ooo"),
            ("ooh_oo", 2, 9, "oo|h_oo"),
            ("ooo_ooo", 2, 9, "ooo_|ooo"),
            ("ofmlfml", 2, 9, "ofml|fml"),
            ("ofmmlo", 2, 3, "ofm|mlo"),
            ("ooooooooo", 3, 3, "ooo|ooo|ooo"),
            ("o", 3, 3, "o||"),
        ];
        for (lines, count, most, expected) in cases {
            assert_eq!(drawn(lines, count, most), expected, "{lines}");
        }
    }
}
