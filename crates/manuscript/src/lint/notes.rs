//! Where notes are called.

use crate::book::{Book, Inline, InlineKind, Seen};
use crate::diag::{Code, Diagnostic};

pub(super) fn check(book: &Book, findings: &mut Vec<Diagnostic>) {
    book.visit(&mut |seen| {
        if let Seen::Inlines(inlines) = seen {
            spaces(inlines, findings);
        }
    });
}

/// A call stands at its word: no space goes before it.
fn spaces(inlines: &[Inline], findings: &mut Vec<Diagnostic>) {
    for pair in inlines.windows(2) {
        let [first, second] = pair else { continue };
        let spaced = matches!(&first.kind, InlineKind::Text(text) if text.words.ends_with(' '));
        if spaced && matches!(second.kind, InlineKind::NoteRef(_)) {
            let message = "a space stands before this call: it could go to the next line alone";
            let hint = "put the call directly after its word";
            findings.push(Diagnostic::new(Code::NoteSpace, second.span, message).hint(hint));
        }
    }
}
