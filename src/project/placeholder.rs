//! The words that `new` writes for an author to replace, and the finding on those that still stand.

use super::fields::Fields;
use crate::diag::{Code, Diagnostic, Span};

/// Stands for the author.
pub(super) const NAME: &str = crate::book::UNNAMED;
/// Stands for the publisher.
pub(super) const PRESS: &str = "Your Press";

/// Tells of a name that is still the one that `new` wrote: it would stand on cover and title page.
pub(super) fn look(name: &str, span: Option<Span>, fields: &mut Fields<'_>) {
    if name == NAME || name == PRESS {
        let message =
            format!("`{name}` is what `pamphleteer new` wrote, and would be printed on cover and title page");
        let hint = if name == NAME {
            "write the author's name, or delete the table"
        } else {
            "write the publisher's name, or delete the table"
        };
        fields.report(Diagnostic::new(Code::Placeholder, span, message).hint(hint));
    }
}
