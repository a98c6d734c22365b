//! Words in the style of a book's text, and the form of its paragraphs.

use pamphleteer::book::Lang;
use pamphleteer::font::{Library, Variant};
use pamphleteer::length::Abs;
use pamphleteer::pages::{Flow, Tree};
use pamphleteer::typeset::breaking::CostTable;
use pamphleteer::typeset::line::{Form, LastLine, LineAlignment, ResolvedStyle, Words};
use std::sync::Arc;

/// The style of a text.
pub fn style(library: &Library, lang: &str) -> ResolvedStyle {
    ResolvedStyle {
        face: library.find("Libertinus Serif", Variant::default()).expect("a face that is built in"),
        size: Abs::pt(11.0),
        small_caps: false,
        caps_too: false,
        old_style: true,
        superior: false,
        raise: Abs::ZERO,
        letterspace: Abs::ZERO,
        struck: false,
        lang: Arc::new(Lang::parse(lang).expect("a language")),
    }
}

/// Words that begin a flow.
pub fn words(style: &ResolvedStyle, text: impl Into<String>) -> Words {
    Words {
        text: text.into(),
        style: style.clone(),
        leaf: Tree::default().leaf(Tree::ROOT),
        at: Some(0),
        span: None,
        glued: false,
        link: None,
    }
}

/// A justified paragraph.
pub fn form(measure: Abs) -> Form {
    Form {
        alignment: LineAlignment::Justified,
        measure,
        indents: (Abs::ZERO, Abs::ZERO),
        first: Abs::ZERO,
        beside: (0, Abs::ZERO),
        hyphenate: true,
        limits: (0.02, 0.005),
        protrude: true,
        display: false,
        last: LastLine::Natural,
        mirrored: false,
        loosest: CostTable::default().loosest,
        flow: Some(Flow::Section(0)),
    }
}
