//! Verse in HTML: lines that end with `<br>`, or that are elements of their own.

use super::inlines::is_page_break;
use super::reader::Reader;
use super::styles::classes;
use super::tokens::is_block;
use crate::convert::element::{Element, Node};
use crate::convert::model::{Inline, tidy};

/// A line of verse: how many spaces it stands in, and its words.
type Line = (usize, Vec<Inline>);

/// Whether an element of verse can be read as lines: no heading or table stands in it.
pub(super) fn is_lined(element: &Element) -> bool {
    let mut found = Vec::new();
    let other = |inner: &Element| {
        matches!(
            inner.name.as_str(),
            "h1" | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "table"
                | "ul"
                | "ol"
                | "dl"
                | "figure"
                | "pre"
                | "blockquote"
                | "img"
        )
    };
    element.all(&other, &mut found);
    found.is_empty()
}

/// Whether a paragraph is nothing but elements with a break between each two: a stanza's lines.
pub(super) fn is_stanza(element: &Element) -> bool {
    element.children.iter().all(|node| match node {
        Node::Element(inner) => inner.name == "br" || inner.name == "span",
        Node::Text(text) => text.trim().is_empty(),
    }) && element.elements().any(|inner| inner.name == "span")
}

impl Reader<'_, '_> {
    /// The stanzas of an element.
    pub(super) fn verse(&mut self, element: &Element) -> Vec<Vec<Line>> {
        let mut stanzas: Vec<Vec<Line>> = Vec::new();
        let inner: Vec<&Element> =
            element.elements().filter(|e| is_block(&e.name) && e.name != "br").collect();
        let are_stanzas =
            inner.iter().any(|e| e.elements().any(|line| is_block(&line.name) || is_line(line)));
        if are_stanzas {
            for child in &element.children {
                match child {
                    Node::Element(stanza) if is_block(&stanza.name) && !is_page_break(stanza) => {
                        let anchors = self.anchors(stanza);
                        self.waiting.extend(anchors);
                        let nested = stanza
                            .elements()
                            .any(|e| e.elements().any(|line| is_block(&line.name) && line.name != "br"));
                        match nested {
                            true => stanzas.extend(self.verse(stanza)),
                            false => stanzas.push(self.lines(&stanza.children)),
                        }
                    }
                    other => stanzas.push(self.lines([other])),
                }
            }
        } else {
            stanzas.push(self.lines(&element.children));
        }
        stanzas.retain(|stanza| !stanza.is_empty());
        with_marks_in_lines(stanzas)
    }

    /// The lines of nodes.
    fn lines<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut open: Vec<&Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if element.name == "br" => {
                    self.line(0, std::mem::take(&mut open), &mut lines);
                }
                Node::Element(element)
                    if (is_block(&element.name) || is_line(element)) && !is_page_break(element) =>
                {
                    self.line(0, std::mem::take(&mut open), &mut lines);
                    let anchors = self.anchors(element);
                    self.waiting.extend(anchors);
                    self.line(indent(element), element.children.iter().collect(), &mut lines);
                }
                other => open.push(other),
            }
        }
        self.line(0, open, &mut lines);
        lines
    }

    /// Adds a line, or several when breaks stand in it.
    fn line(&mut self, spaces: usize, nodes: Vec<&Node>, lines: &mut Vec<Line>) {
        let words = self.inlines(nodes);
        for part in words.split(|inline| matches!(inline, Inline::Break)) {
            let part = tidy(part.to_vec());
            if !part.is_empty() {
                lines.push((spaces, part));
            }
        }
    }
}

/// The stanzas, with what stands between them and has no words (a page begins there) in the line
/// that follows, or at the end in the last one.
fn with_marks_in_lines(stanzas: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    let is_bare =
        |(_, words): &Line| words.iter().all(|it| matches!(it, Inline::PageMark(_) | Inline::Anchor(_)));
    let mut all: Vec<Vec<Line>> = Vec::new();
    let mut marks: Vec<Inline> = Vec::new();
    for mut stanza in stanzas {
        if stanza.iter().all(is_bare) {
            marks.extend(stanza.into_iter().flat_map(|(_, words)| words));
            continue;
        }
        if let Some((_, words)) = stanza.first_mut() {
            words.splice(0..0, marks.drain(..));
        }
        all.push(stanza);
    }
    match all.last_mut().and_then(|stanza| stanza.last_mut()) {
        Some((_, words)) => words.extend(marks),
        None if marks.is_empty() => {}
        None => all.push(vec![(0, marks)]),
    }
    all
}

/// Whether a `span` is a line: `i0`, `i2` … as Project Gutenberg has them, or `line`.
fn is_line(element: &Element) -> bool {
    element.name == "span"
        && classes(element).any(|class| matches!(class, "line" | "l") || gutenberg(class).is_some())
}

/// How far in a line stands, in spaces.
fn indent(element: &Element) -> usize {
    let of = |class: &str| {
        gutenberg(class)
            .or_else(|| class.strip_prefix("indent").and_then(|n| n.parse::<usize>().ok()).map(|n| n * 2))
    };
    classes(element).find_map(of).unwrap_or(0).min(20)
}

fn gutenberg(class: &str) -> Option<usize> {
    class.strip_prefix('i').and_then(|n| n.parse().ok())
}
