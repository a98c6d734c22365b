//! Plays in HTML that are laid out as tables: the name of a speaker, and beside it what is said.

use super::cells::{cells, in_a_line};
use super::reader::Reader;
use super::styles::is_a;
use crate::convert::element::Element;
use crate::convert::habits::without_look;
use crate::convert::model::{Block, Inline, Style};

/// What an element with the name of a speaker is called.
const SPEAKERS: [&str; 3] = ["z3998:persona", "persona", "speaker"];
/// What else stands in a play, beside the empty place of a name.
const UNNAMED: [&str; 4] = ["z3998:stage-direction", "stage-direction", "z3998:verse", "verse"];

/// Whether an element holds the name of a speaker.
pub(super) fn is_speaker(element: &Element) -> bool {
    is_a(element, &SPEAKERS)
}

/// Whether the rows of a table are speeches: a third of them at least begin with a name that is called one, or stand
/// beside the place of a name that goes on, as a prologue in verse does.
pub(super) fn is_play(rows: &[&Element]) -> bool {
    let speeches = rows.iter().filter(|row| is_speech(row)).count();
    speeches > 0 && 3 * speeches >= rows.len() && rows.iter().all(|row| cells(row).count() <= 2)
}

fn is_speech(row: &Element) -> bool {
    let mut cells = cells(row);
    let Some(name) = cells.next() else { return false };
    let is_said = |said: &Element| is_a(said, &UNNAMED) || said.elements().any(|inner| is_a(inner, &UNNAMED));
    is_speaker(name) || name.words().trim().is_empty() && cells.next().is_some_and(is_said)
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
