//! ALTO, the XML of libraries: every word is an element with its box.

use super::xml::{Met, walk};
use super::zones::tag;
use super::{Line, ScannedPage, Tag, in_units_of_the_page, join, plain};
use crate::reason::Reason;
use std::collections::BTreeMap;

/// Reads the pages.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ScannedPage>, Reason> {
    let mut state = State::default();
    walk(bytes, &mut |met| match met {
        Met::Opens(name, attribute) => state.opens(name, attribute),
        Met::Closes("TextLine") => state.end_line(),
        Met::Closes("TopMargin" | "BottomMargin") => state.margin = false,
        Met::Closes("TextBlock") => state.block = None,
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
                let kind = attribute("LABEL").and_then(|label| tag(&label));
                self.kinds.extend(attribute("ID").zip(kind));
            }
            "TextBlock" => (self.block, self.follows) = (self.kind(attribute("TAGREFS")), false),
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
