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
    /// How much higher than a line the highest thing is: by so much columns may be uneven.
    uneven: Abs,
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
        NoteRoll { lines, heights, starts, columns, line, uneven: Abs::ZERO }
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
        if self.columns > 1 {
            self.uneven = self.uneven.max(line.height - self.line);
        }
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
        if self.columns < 2 || sum == Abs::ZERO {
            return sum;
        }
        // As many lines in each column as it takes, and room for columns that cannot be even.
        self.up_to_line(sum / i64::from(self.columns)) + self.uneven
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
        let in_columns = || {
            let lines = (room - self.uneven).to_raw().div_euclid(self.line.to_raw().max(1));
            self.line * (lines * i64::from(self.columns))
        };
        let room = if self.columns < 2 { room } else { in_columns() };
        let most = self.heights[from as usize] + room;
        // Heights only grow, so the end is found by halving: ten looks among a thousand lines.
        let heights = &self.heights[from as usize..need as usize];
        from + u32::nearest(heights.partition_point(|height| *height <= most).saturating_sub(1))
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
    fn a_note_leaves_two_lines_on_each_side() {
        let roll = roll(&[2, 6]);
        assert_eq!(roll.divide(0, 8, Abs::pt(79.0)), Some((6, true)));
        assert_eq!(roll.divide(0, 8, Abs::pt(45.0)), Some((4, true)));
        assert_eq!(roll.divide(0, 8, Abs::pt(35.0)), Some((2, false)));
        assert_eq!(roll.divide(0, 8, Abs::pt(15.0)), None);
    }
}
