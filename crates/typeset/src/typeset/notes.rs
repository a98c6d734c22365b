//! The marks of notes, and the roll of a text's foot notes.

use super::compose::{FootNote, PreviousPass};
use super::flow_item::FlowItem;
use super::paginate::{NoteLine, NoteRoll};
use crate::book::{Book, Note, NoteId, Stream};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::style::{Marks, Numbering, Style};
use crate::terms::numerals::mark;
use std::collections::BTreeMap;

/// What is known before any page is made.
#[must_use]
pub fn first_guess(book: &Book, style: &Style) -> PreviousPass {
    let marks = book.notes.iter().map(|(_, note)| {
        // A note that is counted by pages is first counted by texts: about as many figures, so that
        // the first pass breaks lines as the last will. The pages then say how it is counted.
        let number = match numbering(note, style) {
            Numbering::Book => note.number,
            Numbering::Text | Numbering::Page => note.number_in_text,
        };
        mark(number, marks_of(note, style))
    });
    PreviousPass { marks: marks.collect(), ..PreviousPass::default() }
}

fn numbering(note: &Note, style: &Style) -> Numbering {
    match note.stream {
        Stream::Author => style.notes.numbering,
        Stream::Editor => style.editor_notes.numbering,
    }
}

fn marks_of(note: &Note, style: &Style) -> Marks {
    match note.stream {
        Stream::Author => style.notes.marks,
        Stream::Editor => style.editor_notes.marks,
    }
}

/// Marks counted anew on each page, from the pages where the calls stand.
pub fn recount(book: &Book, style: &Style, pages: &BTreeMap<NoteId, u32>, learnt: &mut PreviousPass) {
    let mut counts: BTreeMap<(u32, Stream), u32> = BTreeMap::new();
    for (id, note) in book.notes.iter() {
        let Some(page) = pages.get(&id).filter(|_| numbering(note, style) == Numbering::Page) else {
            continue;
        };
        let count = counts.entry((*page, note.stream)).or_default();
        *count += 1;
        learnt.marks[id.index()] = mark(*count, marks_of(note, style));
    }
}

/// Which line of which item of which note a line of the roll is.
#[derive(Clone, Copy, Debug)]
pub struct RollLine {
    /// Index into the foot notes.
    pub note: usize,
    /// Index into its items.
    pub item: usize,
    /// Line of that item.
    pub line: u32,
    /// Space above it.
    pub above: Abs,
    /// Its height without that.
    pub height: Abs,
}

/// The roll of a text's foot notes.
#[derive(Debug, Default)]
pub struct Roll {
    /// Heights, for page breaking.
    pub roll: NoteRoll,
    /// What each line is.
    pub lines: Vec<RollLine>,
    /// Where each note's lines end, with those of the notes called in it.
    pub ends: BTreeMap<NoteId, u32>,
}

impl Roll {
    /// Rolls up the foot notes of a text, for so many columns of lines of that height.
    #[must_use]
    pub fn of(foot: &[FootNote], columns: u32, line: Abs) -> Roll {
        let mut roll = Roll { roll: NoteRoll::in_columns(columns, line), ..Roll::default() };
        let mut ends = Vec::with_capacity(foot.len());
        let mut above = Abs::ZERO;
        // First all lines, then the ends: a note is due with those that are called in it, which stand
        // behind it in the roll, so its end is known only when they are in.
        for (index, note) in foot.iter().enumerate() {
            above = roll.add(index, note, above);
            ends.push(u32::nearest(roll.lines.len()));
        }
        for (index, note) in foot.iter().enumerate() {
            roll.ends.insert(note.note, ends[index + note.nested]);
        }
        roll
    }

    /// Adds a note below that much space; the space that it ends in.
    fn add(&mut self, index: usize, note: &FootNote, mut above: Abs) -> Abs {
        let mut starts = true;
        let mut glued = false;
        for (place, item) in note.items.iter().enumerate() {
            let (count, height, keep) = match item {
                FlowItem::Paragraph(text) => {
                    (u32::nearest(text.variants[0].ends.len()), text.leading, text.keep_next)
                }
                FlowItem::Solid(solid) => (1, solid.height, solid.keep_next),
                FlowItem::Space { heights, .. } => {
                    above += heights[0].height;
                    continue;
                }
                FlowItem::Snap
                | FlowItem::PageEnd
                | FlowItem::ColumnsStart(_)
                | FlowItem::ColumnsEnd
                | FlowItem::TextEnd
                | FlowItem::SourcePageStart(_) => continue,
            };
            for line in 0..count {
                // The second line is glued to the first and the last to the one before it, so that no
                // page ends or begins with a single line of a note. Of a note of three lines nothing
                // can be parted.
                let lonely = count > 1 && (line == 1 || line + 1 == count);
                self.push(
                    RollLine { note: index, item: place, line, above, height },
                    starts,
                    glued || lonely,
                );
                (starts, glued, above) = (false, false, Abs::ZERO);
            }
            glued = keep;
        }
        above
    }

    fn push(&mut self, mut line: RollLine, starts: bool, glued: bool) {
        line.above += self.roll.up_to_line(line.above + line.height) - line.above - line.height;
        self.lines.push(line);
        self.roll.push(NoteLine { height: line.above + line.height, starts, glued });
    }
}
