//! Pages of the older edition that are kept: where each of them begins in a column.

use super::builder::FlowBuilder;
use super::context::BlockContext;
use crate::length::Abs;
use crate::typeset::flow_item::ParagraphItem;
use crate::typeset::line::{Form, LineAlignment, Mark, Piece, StyledText};
use crate::typeset::source_pages::{cut, uncut};

impl FlowBuilder<'_, '_> {
    /// A page of the older edition begins here.
    pub(super) fn start_source_page(&mut self, label: &str) {
        if self.cx.keeps_source_pages() {
            self.column.start_source_page(label);
        }
    }

    /// A page of the older edition that begins among such pieces begins before them.
    pub(super) fn start_source_page_in<'p>(&mut self, pieces: impl IntoIterator<Item = &'p Piece>) {
        let label = pieces.into_iter().find_map(|piece| match piece {
            Piece::Mark(Mark::SourcePage(label)) => Some(label),
            _ => None,
        });
        label.into_iter().for_each(|label| self.start_source_page(label));
    }

    /// Lays a paragraph in which pages of the older edition may begin: its
    /// lines up to each of them are full, and what follows is not indented.
    /// The item of its first part.
    pub(super) fn lay_cut(
        &mut self,
        ctx: &BlockContext,
        text: StyledText,
        form: &Form,
    ) -> Option<&mut ParagraphItem> {
        let divisible =
            matches!(form.alignment, LineAlignment::Justified | LineAlignment::Left) && !ctx.noted;
        let parts = if divisible { cut(text) } else { vec![uncut(text)] };
        let mut first = None;
        for (n, part) in parts.into_iter().enumerate() {
            part.label.iter().for_each(|label| self.start_source_page(label));
            let mut form = Form { last: part.last, ..form.clone() };
            if n > 0 {
                (form.first, form.beside) = (Abs::ZERO, (0, Abs::ZERO));
            }
            let laid = self.lay_whole(ctx, part.text, &form).is_some();
            if laid && first.is_none() {
                first = Some(self.column.len() - 1);
            }
        }
        self.column.text_at(first?)
    }
}
