//! A paragraph: shaped once, broken in several ways, set on demand.

use super::line::{Breaks, Form, Line, Mark, StyledText};
use super::shape::Shaper;
use crate::length::Abs;

/// A paragraph that is shaped and can be broken into lines.
///
/// It keeps shaped items only; lines are made when asked for, so that the
/// paragraphs of a whole book fit into memory while its pages are chosen.
#[derive(Clone, Debug)]
pub struct Paragraph {
    form: Form,
}

impl Paragraph {
    /// Shapes `text` for `form`.
    #[must_use]
    pub fn new(_text: &StyledText, form: &Form, _shaper: &mut Shaper<'_>) -> Paragraph {
        Paragraph { form: form.clone() }
    }

    /// The ways to break it that are worth having, each with another number of
    /// lines, in order of that number. Never empty; the one with the fewest
    /// demerits is the paragraph's own choice. An empty paragraph has no lines.
    #[must_use]
    pub fn variants(&self) -> Vec<Breaks> {
        vec![Breaks { ends: Vec::new(), demerits: 0.0, loosest: 0.0, hyphenated: Vec::new() }]
    }

    /// Its lines when broken so.
    pub fn lines(&self, _breaks: &Breaks, _shaper: &mut Shaper<'_>) -> Vec<Line> {
        Vec::new()
    }

    /// Its marks in logical order, each with the number of the line, from 0,
    /// that it comes to stand in: cheaper than making the lines.
    #[must_use]
    pub fn marks(&self, _breaks: &Breaks) -> Vec<(u32, &Mark)> {
        Vec::new()
    }

    /// The width of the widest part that cannot be broken, and of the whole
    /// in one line, without indents: for columns of tables.
    #[must_use]
    pub fn widths(&self) -> (Abs, Abs) {
        (Abs::ZERO, self.form.measure)
    }
}
