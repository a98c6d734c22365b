//! The notes of a text, as one roll of lines in the order of their calls.

use crate::length::Abs;

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
}

impl Default for NoteRoll {
    fn default() -> NoteRoll {
        NoteRoll { lines: Vec::new(), heights: vec![Abs::ZERO], starts: Vec::new() }
    }
}

impl NoteRoll {
    /// Adds a line.
    pub fn push(&mut self, line: NoteLine) {
        let here = self.lines.len() as u32;
        let start = if line.starts { here } else { self.starts.last().copied().unwrap_or(here) };
        self.starts.push(start);
        self.heights.push(self.heights[self.lines.len()] + line.height);
        self.lines.push(line);
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.lines.len() as u32
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The height of lines `from..to`.
    #[must_use]
    pub fn height(&self, from: u32, to: u32) -> Abs {
        self.heights[to as usize] - self.heights[from as usize]
    }

    /// Where the lines `from..need` are best divided when only `room` is left:
    /// the greatest end below `need` that leaves two lines of the note on each
    /// side. Second: whether every note called has begun before that end.
    #[must_use]
    pub fn divide(&self, from: u32, need: u32, room: Abs) -> Option<(u32, bool)> {
        let fits = |end: u32| self.height(from, end) <= room;
        let end = (from + 1..need).rev().find(|end| fits(*end) && self.may_divide(from, *end))?;
        let late = self.lines[end as usize..need as usize].iter().any(|line| line.starts);
        Some((end, !late))
    }

    /// Whether a page may end before line `end`, having begun with `from`.
    fn may_divide(&self, from: u32, end: u32) -> bool {
        let line = &self.lines[end as usize];
        if line.starts {
            return true;
        }
        let start = self.starts[end as usize].max(from);
        let note_end = (end + 1..self.len()).find(|i| self.lines[*i as usize].starts).unwrap_or(self.len());
        !line.glued && end - start >= 2 && note_end - end >= 2
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
