//! Plays in HTML that are laid out as tables: the name of a speaker, and beside it what is said.

use super::cells::{cells, in_a_line};
use super::reader::Reader;
use super::styles::is_a;
use crate::convert::element::Element;
use crate::convert::habits::without_look;
use crate::convert::model::{Block, Inline, Style};

/// What an element with the name of a speaker is called.
const SPEAKERS: [&str; 4] = ["z3998:persona", "persona", "speaker", "character"];

/// Whether an element holds the name of a speaker.
pub(super) fn is_speaker(element: &Element) -> bool {
    is_a(element, &SPEAKERS)
}

/// Whether the rows of a table are speeches: a third of them at least begin with a name that is called one.
pub(super) fn is_play(rows: &[&Element]) -> bool {
    let is_named = |row: &&&Element| cells(row).next().is_some_and(is_speaker);
    let named = rows.iter().filter(is_named).count();
    named > 0 && 3 * named >= rows.len() && rows.iter().all(|row| cells(row).count() <= 2)
}

impl Reader<'_, '_> {
    /// The speeches of a table: as our plays have them, with the speaker's name in small capitals before what is said.
    pub(super) fn speeches(&mut self, rows: &[&Element], out: &mut Vec<Block>) {
        for row in rows {
            match cells(row).collect::<Vec<_>>()[..] {
                [name, said] => self.speech(name, said, out),
                ref others => others.iter().for_each(|cell| self.container(cell, out)),
            }
        }
        self.book.turn("tables of speeches into plays");
    }

    fn speech(&mut self, name: &Element, said: &Element, out: &mut Vec<Block>) {
        let name = self.blocks(&name.children);
        let name = in_a_line(name);
        let first = out.len();
        self.container(said, out);
        if name.is_empty() {
            return;
        }
        let name = Inline::Styled(Style::SmallCaps, without_look(name));
        match out.get_mut(first) {
            Some(Block::Paragraph(words)) => {
                words.splice(0..0, [name, Inline::Text(" ".to_owned())]);
            }
            // verse stands below the name
            _ => out.insert(first, Block::Paragraph(vec![name])),
        }
    }
}
