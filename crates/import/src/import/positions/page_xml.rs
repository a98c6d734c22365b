//! PAGE XML, of Transkribus, eScriptorium and OCR-D: regions with their kind,
//! lines with their outline and their text.

use super::xml::{Met, numbers, walk};
use super::zones::{goes_on, tag};
use super::{Line, ScannedPage, Tag, plain};
use crate::reason::Reason;
use std::collections::BTreeMap;

/// Reads the pages.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ScannedPage>, Reason> {
    let mut state = State::default();
    walk(bytes, &mut |met| match met {
        Met::Opens(name, attribute) => state.opens(name, attribute),
        Met::Words(words) => {
            if let Some(text) = &mut state.text {
                text.push_str(words);
            }
        }
        Met::Closes(name) => state.closes(name),
    })?;
    state.end_page();
    Ok(state.pages)
}

/// A region: its name, its kind, its lines.
struct Region {
    id: String,
    tag: Option<Tag>,
    /// Whether it goes on with a note of the page before.
    goes_on: bool,
    lines: Vec<Line>,
    /// Its outline.
    outline: Line,
    /// Its text, where it is not parted in lines.
    text: String,
}

impl Region {
    /// Puts the lines in the order of reading: some programs write them in the order of their names.
    fn read_downwards(&mut self) {
        let middle = |line: &Line| (line.top + line.bottom) / 2.0;
        let boxed = self.lines.iter().all(|l| l.bottom > l.top);
        let upwards = |w: &[Line]| middle(&w[1]) < w[0].top;
        if !boxed || !self.lines.windows(2).any(upwards) {
            return;
        }
        self.lines.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
        // pieces of one line stand side by side
        let mut from = 0;
        while from < self.lines.len() {
            let bottom = middle(&self.lines[from]) + (self.lines[from].bottom - self.lines[from].top) / 4.0;
            let row = self.lines[from..].iter().take_while(|l| middle(l) < bottom).count().max(1);
            self.lines[from..from + row].sort_by(|a, b| a.left.total_cmp(&b.left));
            from += row;
        }
    }

    /// A note begins with the first line of its region, and further ones with a mark of the same form.
    fn go_on(&mut self) {
        let form = |line: &Line| line.text.split_whitespace().next().map(form);
        let first = self.lines.first().and_then(form);
        for (n, line) in self.lines.iter_mut().enumerate() {
            let within = matches!(self.tag, Some(Tag::Heading(_))) || form(line) != first;
            line.goes_on = self.goes_on || n > 0 && within;
        }
    }

    /// The lines of a region that has only a text as a whole: they share its outline.
    fn part(&mut self) {
        let texts: Vec<&str> = self.text.lines().map(str::trim).filter(|t| !t.is_empty()).collect();
        if !self.lines.is_empty() || texts.is_empty() {
            return;
        }
        let height = (self.outline.bottom - self.outline.top) / texts.len() as f32;
        let mut top = self.outline.top;
        for text in texts {
            let bottom = top + height;
            let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
            self.lines.push(Line { text, top, bottom, size: height, tag: self.tag, ..self.outline.clone() });
            top = bottom;
        }
    }
}

#[derive(Default)]
struct State {
    pages: Vec<ScannedPage>,
    regions: Vec<Region>,
    /// The place of each region in the order of reading.
    order: BTreeMap<String, usize>,
    line: Option<Line>,
    /// How deep words stand in the line, whose texts are parts of its own.
    inside: usize,
    text: Option<String>,
}

impl State {
    fn opens(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        match name {
            "Page" => {
                self.end_page();
                self.pages.push(ScannedPage::default());
            }
            "RegionRefIndexed" | "RegionRef" => {
                let place = attribute("index").and_then(|i| i.parse().ok()).unwrap_or(self.order.len());
                self.order.extend(attribute("regionRef").map(|id| (id, place)));
            }
            "TextRegion" => {
                let custom = attribute("custom").unwrap_or_default();
                let kind = attribute("type").unwrap_or_default();
                let kind =
                    custom.split("type:").nth(1).and_then(|t| t.split([';', '}']).next()).unwrap_or(&kind);
                let kind = kind.trim();
                let id = attribute("id").unwrap_or_default();
                let (lines, outline, text) = (Vec::new(), Line::default(), String::new());
                let (tag, goes_on) = (tag(kind), goes_on(kind));
                self.regions.push(Region { id, tag, goes_on, lines, outline, text });
            }
            "TextLine" => {
                let custom = attribute("custom").unwrap_or_default();
                let kind =
                    custom.split("type:").nth(1).and_then(|t| t.split([';', '}']).next()).unwrap_or("");
                (self.line, self.inside) = (Some(Line { tag: tag(kind), ..Line::default() }), 0);
            }
            "Word" | "Glyph" => self.inside += 1,
            "Coords" if self.inside == 0 => {
                let points = numbers(&attribute("points").unwrap_or_default());
                let region = self.regions.last_mut().filter(|r| r.outline.right <= r.outline.left);
                if let Some(line) = self.line.as_mut().or(region.map(|r| &mut r.outline)) {
                    place(line, &points);
                }
            }
            "Baseline" if self.inside == 0 => {
                let points = numbers(&attribute("points").unwrap_or_default());
                if let Some(line) = self.line.as_mut().filter(|l| l.right <= l.left) {
                    place(line, &points);
                }
            }
            "Unicode" => self.text = Some(String::new()),
            _ => {}
        }
    }

    fn closes(&mut self, name: &str) {
        match name {
            "Word" | "Glyph" => self.inside = self.inside.saturating_sub(1),
            "Unicode" => {
                let text = self.text.take().unwrap_or_default();
                if let Some(line) = self.line.as_mut().filter(|_| self.inside == 0) {
                    // what stands last is the line's own text, or a further reading of it
                    if line.text.is_empty() {
                        line.text = plain(text.trim()).split_whitespace().collect::<Vec<_>>().join(" ");
                    }
                } else if let Some(region) = self.regions.last_mut().filter(|_| self.inside == 0)
                    && region.text.is_empty()
                {
                    region.text = text;
                }
            }
            "TextLine" => {
                if let Some(line) = self.line.take().filter(|l| !l.text.is_empty())
                    && let Some(region) = self.regions.last_mut()
                {
                    region.lines.push(Line { tag: region.tag.or(line.tag), ..line });
                }
            }
            _ => {}
        }
    }

    fn end_page(&mut self) {
        let mut regions = std::mem::take(&mut self.regions);
        for region in &mut regions {
            region.part();
            region.read_downwards();
            region.go_on();
        }
        let order = std::mem::take(&mut self.order);
        regions.sort_by_key(|region| order.get(&region.id).copied().unwrap_or(usize::MAX));
        if let Some(page) = self.pages.last_mut() {
            page.lines.extend(regions.into_iter().flat_map(|region| region.lines));
        }
    }
}

/// The form of the word that opens a note, whatever its number: `0)` for `12)`, `*)` for `**)`.
fn form(word: &str) -> String {
    let signs = word.chars().filter(|c| *c != '\\').map(|c| if c.is_ascii_digit() { '0' } else { c });
    let mut form: Vec<char> = signs.collect();
    form.dedup();
    form.into_iter().collect()
}

/// The box around an outline; the size is that of a box, less what reaches out of it.
fn place(line: &mut Line, points: &[f32]) {
    let axis = |from: usize| points.iter().copied().skip(from).step_by(2);
    let (least, most) = (|a, b| f32::min(a, b), |a, b| f32::max(a, b));
    let (Some(left), Some(right)) = (axis(0).reduce(least), axis(0).reduce(most)) else { return };
    let (Some(top), Some(bottom)) = (axis(1).reduce(least), axis(1).reduce(most)) else { return };
    (line.left, line.right, line.top, line.bottom) = (left, right, top, bottom);
    // an outline that follows the letters is as high as its area is over its width: one tall letter is no larger type
    let xs: Vec<f32> = axis(0).collect();
    let ys: Vec<f32> = axis(1).collect();
    let area: f32 = (0..xs.len().min(ys.len()))
        .map(|i| (i, (i + 1) % xs.len().min(ys.len())))
        .map(|(i, j)| xs[i] * ys[j] - xs[j] * ys[i])
        .sum();
    let mean = (area / 2.0).abs() / (right - left).max(1.0);
    line.size = if xs.len() > BOX { mean.min(bottom - top) } else { bottom - top };
}

/// How many corners a box has.
const BOX: usize = 4;
