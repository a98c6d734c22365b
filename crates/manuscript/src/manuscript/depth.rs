//! How deep quotes, lists and marks may stand in one another.

use crate::bounds;
use crate::diag::{Code, Diagnostic, Span};

/// How deep blocks, and inlines, may nest; what lies deeper is kept, but one level up.
pub(super) const MAX_DEPTH: usize = bounds::NESTING.count();

/// Blocks or inlines that stand too deep in one another.
pub(in crate::manuscript) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("quotes, lists or marks stand more than {MAX_DEPTH} deep in one another here");
    Diagnostic::new(Code::NestingTooDeep, span, message)
        .hint("delete marks that are repeated by accident; what lies deeper is kept, but not set further in")
}
