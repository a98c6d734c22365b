//! What the shaping of divisions, figures and verse share.

use crate::book::Div;
use crate::diag::{Code, Diagnostic, Severity, Span};
use crate::manuscript::raw::{self, Attrs, Block, BlockKind, Inline, InlineKind};
use crate::manuscript::visit::each_inlines;

/// Whether the lines of a division that stands in verse are verse as well: it has
/// no name, or one that only the EPUB's style sheet knows.
pub(in crate::manuscript) fn goes_on_in_verse(attrs: &Attrs) -> bool {
    attrs.classes.iter().all(|class| class != "verse" && Div::find(class).is_none())
}

pub(super) fn begins_with_dash(inlines: &[Inline]) -> bool {
    raw::plain(inlines).trim_start().starts_with('—')
}

pub(super) fn is(attrs: &Attrs, div: Div) -> bool {
    attrs.classes.iter().any(|class| Div::find(class) == Some(div))
}

/// The words of a division that should hold one paragraph. More of them
/// are joined by line breaks and reported.
pub(super) fn one_paragraph(
    blocks: Vec<Block>,
    name: &str,
    span: Span,
    findings: &mut Vec<Diagnostic>,
) -> Option<Vec<Inline>> {
    let mut out: Vec<Inline> = Vec::new();
    let count = blocks.len();
    for mut block in blocks {
        let mut words = Vec::new();
        if let BlockKind::Para(inlines) = &mut block.kind {
            words = std::mem::take(inlines);
        } else {
            each_inlines(std::slice::from_mut(&mut block), &mut |inlines| words.append(inlines));
        }
        if !out.is_empty() {
            out.push(Inline { kind: InlineKind::Break, span: block.span });
        }
        out.append(&mut words);
    }
    if count != 1 {
        let message = format!("`{name}` holds one paragraph");
        let hint = "write it as one; `\\` at the end of a line keeps the line";
        // nothing is lost of them
        let finding = Diagnostic::new(Code::DivInvalid, span, message);
        findings.push(finding.severity(Severity::Warning).hint(hint));
    }
    (!out.is_empty()).then_some(out)
}
