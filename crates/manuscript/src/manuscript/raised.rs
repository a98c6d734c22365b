//! What is told of two signs that would raise or lower what stands between them, and hardly mean to.

use crate::diag::{Code, Diagnostic, Span};

/// Two signs with nothing between them that anybody would raise or lower.
pub(super) fn by_accident(span: Span, sign: char) -> Diagnostic {
    let message = format!(
        "two `{sign}` stand around what is hardly meant to be {}: they are printed",
        if sign == '^' { "raised" } else { "lowered" }
    );
    let hint = format!("write `\\{sign}` for the sign itself; `x{sign}2{sign}` sets the 2 alone");
    Diagnostic::new(Code::MarkAccident, span, message).hint(hint)
}
