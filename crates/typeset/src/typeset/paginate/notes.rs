//! The notes of a text, as one roll of lines in the order of their calls.

use crate::length::Abs;
use crate::narrow::Nearest;

/// A line of a note.
#[derive(Clone, Copy, Debug)]
pub struct NoteLine {
    /// Its height, with the space above it.
    pub height: Abs,
    /// Whether a new note begins with it.
    pub starts: bool,
    /// Whether it must stand on the page of the line before.
    pub glued: bool,
}

/// All lines of all notes of a text, in the order of their calls.
#[derive(Clone, Debug)]
pub struct NoteRoll {
    lines: Vec<NoteLine>,
    /// `heights[i]`: of all lines before line `i`.
    heights: Vec<Abs>,
    /// For each line, the first line of its note.
    starts: Vec<u32>,
    /// How many columns they stand in.
    columns: u32,
    /// The height of a line, to whole numbers of which columns are dealt.
    line: Abs,
}

impl Default for NoteRoll {
    fn default() -> NoteRoll {
        NoteRoll::in_columns(1, Abs::ZERO)
    }
}

impl NoteRoll {
    /// A roll for notes that stand in so many columns side by side. All its heights must be
    /// whole lines of that height ([`NoteRoll::up_to_line`]).
    #[must_use]
    pub fn in_columns(columns: u32, line: Abs) -> NoteRoll {
        let (lines, heights, starts) = (Vec::new(), vec![Abs::ZERO], Vec::new());
        NoteRoll { lines, heights, starts, columns, line }
    }

    /// A height in whole lines, where notes stand in columns; else as it is.
    #[must_use]
    pub fn up_to_line(&self, height: Abs) -> Abs {
        if self.columns < 2 || self.line <= Abs::ZERO {
            return height;
        }
        let line = self.line.to_raw();
        Abs::raw((height.to_raw() + line - 1).div_euclid(line) * line)
    }

    /// Adds a line.
    pub fn push(&mut self, line: NoteLine) {
        let here = u32::nearest(self.lines.len());
        let start = if line.starts { here } else { self.starts.last().copied().unwrap_or(here) };
        self.starts.push(start);
        // Sums from the beginning: the height of any stretch is one subtraction, and the search asks
        // for it at every line where it tries to end a page.
        self.heights.push(self.heights[self.lines.len()] + line.height);
        self.lines.push(line);
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::nearest(self.lines.len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The height of lines `from..to`.
    #[must_use]
    pub fn height(&self, from: u32, to: u32) -> Abs {
        let sum = self.heights[to as usize] - self.heights[from as usize];
        if self.columns < 2 || sum == Abs::ZERO { sum } else { self.height_in_columns(from, to, sum) }
    }

    /// The least depth of columns that hold lines `from..to` and none of which begins with a line
    /// that is glued to the one before: columns as even as can be, and a line deeper as long as that
    /// is not enough. A line or two are, as no more lines than two hang together; what is higher than
    /// the columns were deep is the end of it.
    fn height_in_columns(&self, from: u32, to: u32, sum: Abs) -> Abs {
        let step = self.line.max(Abs::pt(1.0));
        let mut depth = self.up_to_line(sum / i64::from(self.columns));
        while depth < sum && !self.is_dealt(from, to, depth) {
            depth += step;
        }
        depth
    }

    /// Whether lines `from..to` can be dealt to the columns when they are so deep. Each column takes
    /// as many as it holds, back to where it may end: one that took fewer would leave more for the rest.
    fn is_dealt(&self, from: u32, to: u32, depth: Abs) -> bool {
        let mut start = from;
        for _ in 0..self.columns {
            let most = self.heights[start as usize] + depth;
            let fit = (start..to).take_while(|line| self.heights[*line as usize + 1] <= most).count();
            let end = start + u32::nearest(fit);
            if end == to {
                return true;
            }
            let ends = |end: &u32| !self.lines[*end as usize].glued;
            let Some(end) = (start + 1..=end).rev().find(ends) else { return false };
            start = end;
        }
        false
    }

    /// Whether a line stands with the one before it, on one page and in one column.
    #[must_use]
    pub fn is_glued(&self, line: u32) -> bool {
        self.lines.get(line as usize).is_some_and(|line| line.glued)
    }

    /// The first line of the note that a line, or the end of the roll, belongs to.
    #[must_use]
    pub fn start(&self, line: u32) -> u32 {
        self.starts.get(line as usize).copied().unwrap_or_else(|| self.len())
    }

    /// Where the lines `from..need` are best divided when only `room` is left:
    /// the greatest end below `need` that leaves two lines of the note on each
    /// side. Second: whether every note called has begun before that end.
    #[must_use]
    pub fn divide(&self, from: u32, need: u32, room: Abs) -> Option<(u32, bool)> {
        // From the greatest end that fits downwards to the first at which a note may be parted. Few
        // notes are longer than a dozen lines, so that is a dozen looks at most.
        let most = self.fitting(from, need, room);
        let end = (from + 1..=most).rev().find(|end| self.may_divide(from, *end))?;
        let all_begun = self.starts[need as usize - 1] < end;
        Some((end, all_begun))
    }

    /// The greatest end below `need` of lines that fit into `room`.
    #[must_use]
    pub fn fitting(&self, from: u32, need: u32, room: Abs) -> u32 {
        let most = self.heights[from as usize] + room * i64::from(self.columns.max(1));
        // Heights only grow, so the end is found by halving: ten looks among a thousand lines.
        let heights = &self.heights[from as usize..need as usize];
        let end = from + u32::nearest(heights.partition_point(|height| *height <= most).saturating_sub(1));
        // Columns hold no more than their sum, and mostly that: what they cannot be dealt is a line or two.
        (from..=end).rev().find(|end| self.columns < 2 || self.height(from, *end) <= room).unwrap_or(from)
    }

    /// Whether a page may end before line `end`, having begun with `from`.
    fn may_divide(&self, from: u32, end: u32) -> bool {
        let line = &self.lines[end as usize];
        if line.starts {
            return true;
        }
        let start = self.starts[end as usize].max(from);
        // One line alone is a widow at the head of the next page's notes, or an orphan at the foot of
        // this one's: the same rule that paragraphs have in the text.
        let one_left = self.lines.get(end as usize + 1).is_none_or(|next| next.starts);
        !line.glued && end - start >= 2 && !one_left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll(notes: &[u32]) -> NoteRoll {
        let mut roll = NoteRoll::default();
        for lines in notes {
            for n in 0..*lines {
                roll.push(NoteLine { height: Abs::pt(10.0), starts: n == 0, glued: false });
            }
        }
        roll
    }

    #[test]
    fn columns_of_notes_keep_lines_together() {
        // The second line of a note hangs on the first, and the last on the one before it.
        let depth = |notes: &[u32], columns: u32| {
            let mut roll = NoteRoll::in_columns(columns, Abs::pt(10.0));
            for lines in notes {
                for n in 0..*lines {
                    let glued = *lines > 1 && (n == 1 || n + 1 == *lines);
                    roll.push(NoteLine { height: Abs::pt(10.0), starts: n == 0, glued });
                }
            }
            u32::nearest(roll.height(0, roll.len()).to_pt() / 10.0)
        };
        let cases = [
            (&[4][..], 2, 2),
            (&[3], 2, 3),
            (&[1, 1, 1], 2, 2),
            (&[2, 3], 2, 3),
            (&[1, 3, 2], 2, 4),
            (&[2, 5], 3, 3),
            (&[3, 3, 3], 2, 6),
        ];
        for (notes, columns, expected) in cases {
            assert_eq!(depth(notes, columns), expected, "{notes:?} in {columns}");
        }
    }

    #[test]
    fn a_note_leaves_two_lines_on_each_side() {
        let roll = roll(&[2, 6]);
        assert_eq!(roll.divide(0, 8, Abs::pt(79.0)), Some((6, true)));
        assert_eq!(roll.divide(0, 8, Abs::pt(45.0)), Some((4, true)));
        assert_eq!(roll.divide(0, 8, Abs::pt(35.0)), Some((2, false)));
        assert_eq!(roll.divide(0, 8, Abs::pt(15.0)), None);
    }
}
