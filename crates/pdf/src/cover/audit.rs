//! What a filled template holds that could not be printed as it looks: letters
//! that no face has, and paint that is not plain.

use crate::diag::{Code, Diagnostic};
use resvg::usvg::{BlendMode, Group, Node, Paint, Path, Text, Tree};
use std::collections::BTreeSet;

/// What a drawing holds that is no plain paint, such as pictures or gradients.
pub(super) fn painted(tree: &Tree) -> BTreeSet<&'static str> {
    let mut seen = Audit::default();
    seen.group(tree.root());
    seen.foreign
}

/// Findings on a drawing that is printed as paths.
pub(super) fn audit(tree: &Tree) -> Vec<Diagnostic> {
    let mut findings = letters(tree);
    findings.extend(painted(tree).into_iter().map(|what| {
        let message = format!("the cover template uses {what}");
        Diagnostic::new(Code::CoverTemplate, None, message).hint("use plain fills, strokes and text")
    }));
    findings
}

/// How many letters a finding names.
const NAMED: usize = 6;

/// The finding on all letters that no face has: they want the same font.
pub(super) fn letters(tree: &Tree) -> Vec<Diagnostic> {
    let mut seen = Audit::default();
    seen.group(tree.root());
    let Some(more) = seen.missing.len().checked_sub(1) else { return Vec::new() };
    let named = seen.missing.iter().take(NAMED);
    let named: Vec<String> = named.map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let rest = match (more + 1).saturating_sub(NAMED) {
        0 => String::new(),
        rest => format!(" and {rest} more"),
    };
    let message = format!("no face of the cover has {}{rest}", named.join(", "));
    let it = if more == 0 { "it" } else { "them" };
    let hint =
        format!("add a font that has {it} to `fonts/`, or write `text.system-fonts = true` under [style]");
    let finding = Diagnostic::new(Code::GlyphMissing, None, message).hint(hint);
    seen.missing.iter().next().map(|c| finding.about(*c)).into_iter().collect()
}

#[derive(Default)]
struct Audit {
    missing: BTreeSet<char>,
    foreign: BTreeSet<&'static str>,
}

impl Audit {
    fn group(&mut self, group: &Group) {
        let uses = [
            (group.opacity().get() < 1.0, "opacity"),
            (group.blend_mode() != BlendMode::Normal, "blend modes"),
            (group.clip_path().is_some(), "clip paths"),
            (group.mask().is_some(), "masks"),
            (!group.filters().is_empty(), "filters"),
        ];
        self.foreign.extend(uses.iter().filter(|(used, _)| *used).map(|(_, what)| *what));
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner),
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text),
                Node::Image(_) => {
                    self.foreign.insert("pictures");
                }
            }
        }
    }

    fn path(&mut self, path: &Path) {
        let fill = path.fill().map(|fill| (fill.paint(), fill.opacity().get()));
        let stroke = path.stroke().map(|stroke| (stroke.paint(), stroke.opacity().get()));
        for (paint, opacity) in fill.into_iter().chain(stroke) {
            if !matches!(paint, Paint::Color(_)) {
                self.foreign.insert("gradients or patterns");
            }
            if opacity < 1.0 {
                self.foreign.insert("opacity");
            }
        }
        if path.stroke().is_some_and(|stroke| stroke.dasharray().is_some()) {
            self.foreign.insert("dashes");
        }
    }

    fn text(&mut self, text: &Text) {
        for glyph in text.layouted().iter().flat_map(|span| &span.positioned_glyphs) {
            let marks_direction = glyph.text == "\u{200f}";
            if glyph.id.0 == 0 && !marks_direction {
                self.missing.extend(glyph.text.chars().next());
            }
        }
        self.group(text.flattened());
    }
}
