//! ALTO, the XML of libraries: every word is an element with its box.

use super::measures::starts_with_mark;
use super::xml::{Met, walk};
use super::zones::{is_margin, tag};
use super::{Line, ScannedPage, Tag, in_units_of_the_page, join, plain};
use crate::reason::Reason;
use std::collections::{BTreeMap, BTreeSet};

/// Reads the pages.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ScannedPage>, Reason> {
    let mut state = State::default();
    walk(bytes, &mut |met| match met {
        Met::Opens(name, attribute) => state.opens(name, attribute),
        Met::Closes("TextLine") => state.end_line(),
        Met::Closes("TopMargin" | "BottomMargin") => state.margin = false,
        Met::Closes("TextBlock") => state.end_block(),
        _ => {}
    })?;
    in_units_of_the_page(&mut state.pages);
    Ok(state.pages)
}

#[derive(Default)]
struct State {
    pages: Vec<ScannedPage>,
    line: Option<Line>,
    words: Vec<(String, bool)>,
    /// The styles of type: size, and whether it is slanted.
    styles: BTreeMap<String, (f32, bool)>,
    /// Whether the line stands in the margin above or below.
    margin: bool,
    /// The kinds of zones and lines, by the names under which the file refers to them.
    kinds: BTreeMap<String, Tag>,
    /// The names of zones of the margin.
    margins: BTreeSet<String>,
    /// Whether the zone is one, and how many lines of the page stand above it.
    beside: Option<usize>,
    /// Whether a line of the same zone stands above.
    follows: bool,
    /// What the zone is in which lines stand.
    block: Option<Tag>,
}

impl State {
    fn opens(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let number = |key: &str| {
            attribute(key).and_then(|n| n.parse::<f32>().ok()).filter(|n| n.is_finite()).unwrap_or(0.0)
        };
        match name {
            "TextStyle" => {
                let slanted = attribute("FONTSTYLE").is_some_and(|s| s.contains("italics"));
                self.styles.extend(attribute("ID").map(|id| (id, (number("FONTSIZE"), slanted))));
            }
            "OtherTag" | "LayoutTag" | "StructureTag" => {
                let label = attribute("LABEL");
                self.margins.extend(attribute("ID").filter(|_| label.as_deref().is_some_and(is_margin)));
                self.kinds.extend(attribute("ID").zip(label.and_then(|label| tag(&label))));
            }
            "TextBlock" => {
                let names = attribute("TAGREFS").unwrap_or_default();
                let beside = names.split_whitespace().any(|name| self.margins.contains(name));
                self.beside = self.pages.last().filter(|_| beside).map(|page| page.lines.len());
                (self.block, self.follows) = (self.kind(Some(names)), false);
            }
            "Page" => {
                let label = attribute("PRINTED_IMG_NR");
                self.pages.push(ScannedPage { label, ..ScannedPage::default() });
            }
            "TopMargin" | "BottomMargin" => self.margin = true,
            "TextLine" => {
                let (left, top) = (number("HPOS"), number("VPOS"));
                let (right, bottom) = (left + number("WIDTH"), top + number("HEIGHT"));
                let style = attribute("STYLEREFS").and_then(|ids| self.style(&ids));
                let block = self.block.or(self.margin.then_some(Tag::Edge));
                let own = || self.kind(attribute("TAGREFS"));
                self.line = Some(Line {
                    left,
                    top,
                    right,
                    bottom,
                    size: style.map_or(bottom - top, |s| s.0),
                    tag: block.or_else(own),
                    goes_on: self.follows,
                    ..Line::default()
                });
            }
            "String" => {
                let slanted = attribute("STYLE").is_some_and(|s| s.contains("italics"))
                    || attribute("STYLEREFS").and_then(|ids| self.style(&ids)).is_some_and(|s| s.1);
                self.words.push((plain(&attribute("CONTENT").unwrap_or_default()), slanted));
            }
            "HYP" => {
                if let Some(word) = self.words.last_mut().filter(|w| !w.0.ends_with(['-', '¬', '\u{ad}'])) {
                    word.0.push_str(&attribute("CONTENT").unwrap_or_else(|| "-".to_owned()));
                }
            }
            _ => {}
        }
    }

    /// What the file says of a zone or a line by the names of kinds.
    fn kind(&self, names: Option<String>) -> Option<Tag> {
        names?.split_whitespace().find_map(|name| self.kinds.get(name)).copied()
    }

    /// Ends a zone: what stands in the margin and begins as a note does is one.
    fn end_block(&mut self) {
        self.block = None;
        let Some((page, first)) = self.pages.last_mut().zip(self.beside.take()) else { return };
        let lines = page.lines.get_mut(first..).unwrap_or_default();
        if lines.first().is_some_and(|line| starts_with_mark(&line.text)) {
            lines.iter_mut().for_each(|line| line.tag = Some(Tag::Note));
            lines.iter_mut().for_each(|line| line.goes_on &= !starts_with_mark(&line.text));
        }
    }

    fn style(&self, ids: &str) -> Option<(f32, bool)> {
        ids.split_whitespace().find_map(|id| self.styles.get(id)).copied().filter(|s| s.0 > 0.0)
    }

    fn end_line(&mut self) {
        let words: Vec<(String, bool)> = self.words.drain(..).filter(|w| !w.0.is_empty()).collect();
        let Some(mut line) = self.line.take() else { return };
        self.follows = true;
        line.text = join(&words);
        if let Some(page) = self.pages.last_mut().filter(|_| !line.text.is_empty()) {
            page.lines.push(line);
        }
    }
}
