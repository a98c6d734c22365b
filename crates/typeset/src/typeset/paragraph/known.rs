//! What the ways to break a paragraph follow from, so that those of one that was set before
//! are found again.

use super::model::{Paragraph, PieceKind};
use crate::length::Abs;
use crate::typeset::fingerprint::{Key, Twice};
use crate::typeset::line::Form;
use crate::typeset::shaper::Shaper;
use std::hash::{Hash, Hasher};

impl Paragraph {
    /// All that the ways to break it in a style follow from.
    pub(super) fn key(&self, style: Key, shaper: &Shaper<'_>) -> Key {
        // Neither leaves nor links nor places in the manuscript are among it: they move when something is
        // written above, and no line is broken otherwise for that. Words are named by their letters and not
        // by the numbers of a shaper, since another thread's shaper has others.
        let mut twice = Twice::default();
        (style, &self.text).hash(&mut twice);
        feed(&self.form, &mut twice);
        for piece in &self.pieces {
            piece.start.hash(&mut twice);
            match &piece.kind {
                PieceKind::Words { style, glued, .. } => {
                    (0, &shaper.open(*style).style, glued).hash(&mut twice);
                }
                PieceKind::Picture(_, size, _) => (1, size.width, size.height).hash(&mut twice),
                PieceKind::Break => 2.hash(&mut twice),
            }
        }
        twice.key()
    }
}

/// A form, but for the flow of its words.
fn feed(form: &Form, twice: &mut Twice) {
    // Taken apart in full, so that a field that is added must be thought of here: what is left out
    // would be a paragraph broken for another form.
    let Form {
        alignment,
        measure,
        indents,
        first,
        beside,
        hyphenate,
        limits,
        protrude,
        display,
        last,
        mirrored,
        loosest,
        flow: _,
    } = form;
    let lengths: [&Abs; 5] = [measure, &indents.0, &indents.1, first, &beside.1];
    (alignment, lengths, beside.0, hyphenate, protrude, display, last, mirrored).hash(twice);
    [limits.0, limits.1, *loosest].iter().for_each(|number| twice.write_u64(number.to_bits()));
}
