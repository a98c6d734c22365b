//! hOCR, the HTML of Tesseract, OCRopus and archive.org: boxes stand in titles.

use super::xml::{Met, numbers, walk};
use super::{Line, ScannedPage, Tag, in_units_of_the_page, join, plain};
use crate::reason::Reason;

/// Classes of lines.
const LINES: [&str; 6] =
    ["ocr_line", "ocrx_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocr_footer"];

/// What is open in the file.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Line,
    Word,
    Slanted,
    Other,
}

/// Reads the pages.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ScannedPage>, Reason> {
    let mut state = State::default();
    walk(bytes, &mut |met| match met {
        Met::Opens(name, attribute) => state.opens(name, attribute),
        Met::Words(words) => state.words(words),
        Met::Closes(_) => state.closes(),
    })?;
    state.end_line();
    state.take_points();
    Ok(state.pages)
}

#[derive(Default)]
struct State {
    pages: Vec<ScannedPage>,
    open: Vec<Open>,
    line: Option<Line>,
    words: Vec<(String, bool)>,
    slanted: usize,
    /// The size of type that the style of the paragraph or line gives, in points, and those of all lines, page by page.
    points: Option<f32>,
    all_points: Vec<Vec<Option<f32>>>,
    /// How many words are open.
    in_words: usize,
}

impl State {
    /// Where all lines have a size of type in points, these tell more than the heights of their boxes.
    fn take_points(&mut self) {
        let mut all = self.all_points.iter().flatten();
        if all.any(Option::is_none) || self.all_points.len() != self.pages.len() {
            return;
        }
        for (page, points) in self.pages.iter_mut().zip(&self.all_points) {
            page.lines
                .iter_mut()
                .zip(points)
                .for_each(|(line, points)| line.size = points.unwrap_or(line.size));
        }
        in_units_of_the_page(&mut self.pages);
    }

    fn opens(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        let class = attribute("class").unwrap_or_default();
        let title = attribute("title").unwrap_or_default();
        let is = |wanted: &str| class.split_whitespace().any(|c| c == wanted);
        let styled = attribute("style").and_then(|style| points(&style));
        if is("ocr_par") {
            self.points = None;
        }
        if !is("ocrx_word") && !is("ocr_word") {
            self.points = styled.or(self.points);
        }
        let kind = if is("ocr_page") {
            self.end_line();
            self.pages.push(ScannedPage { label: value(&title, "lpageno"), ..ScannedPage::default() });
            self.all_points.push(Vec::new());
            Open::Other
        } else if LINES.iter().any(|c| is(c)) {
            self.end_line();
            let box_of = bbox(&title).unwrap_or([0.0; 4]);
            let size = value(&title, "x_size").and_then(|s| s.parse().ok()).filter(|s: &f32| s.is_finite());
            let furniture = is("ocr_header") && !title.contains("x_size") || is("ocr_footer");
            self.line = Some(Line {
                left: box_of[0],
                top: box_of[1],
                right: box_of[2],
                // letters that reach below the line they stand on make the box larger in some lines
                bottom: box_of[3] + baseline(&title),
                size: size.unwrap_or(box_of[3] - box_of[1]),
                tag: furniture.then_some(Tag::Edge),
                ..Line::default()
            });
            Open::Line
        } else if is("ocrx_word") || is("ocr_word") {
            self.words.push((String::new(), self.slanted > 0));
            self.in_words += 1;
            Open::Word
        } else if (name == "em" || name == "i") && self.line.is_some() {
            self.slanted += 1;
            if let Some(word) = self.words.last_mut().filter(|w| w.0.is_empty()) {
                word.1 = true;
            }
            Open::Slanted
        } else {
            Open::Other
        };
        self.open.push(kind);
    }

    fn words(&mut self, words: &str) {
        if self.line.is_none() {
            return;
        }
        if self.in_words > 0 {
            if let Some(last) = self.words.last_mut() {
                last.0.push_str(words.trim_matches(['\n', '\r', ' ', '\t']));
            }
        } else {
            // some write lines without words
            let slanted = self.slanted > 0;
            self.words.extend(words.split_whitespace().map(|w| (w.to_owned(), slanted)));
        }
    }

    fn closes(&mut self) {
        match self.open.pop() {
            Some(Open::Line) => self.end_line(),
            Some(Open::Word) => self.in_words = self.in_words.saturating_sub(1),
            Some(Open::Slanted) => self.slanted = self.slanted.saturating_sub(1),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let words = std::mem::take(&mut self.words);
        let Some(mut line) = self.line.take() else { return };
        let words: Vec<(String, bool)> =
            words.into_iter().map(|(w, s)| (plain(&w), s)).filter(|w| !w.0.trim().is_empty()).collect();
        line.text = join(&words);
        if self.pages.is_empty() {
            self.pages.push(ScannedPage::default());
            self.all_points.push(Vec::new());
        }
        if let (Some(page), Some(all)) = (self.pages.last_mut(), self.all_points.last_mut())
            && !line.text.is_empty()
        {
            page.lines.push(line);
            all.push(self.points);
        }
    }
}

/// How far the line on which letters stand is below the foot of the box at its left: `baseline 0.01 -7`.
fn baseline(title: &str) -> f32 {
    let given = value(title, "baseline").map(|given| numbers(&given));
    given.and_then(|given| given.get(1).copied()).filter(|off| off.is_finite()).unwrap_or(0.0)
}

/// The size of type in a style: `font-size:9pt`.
fn points(style: &str) -> Option<f32> {
    let size = style.split("font-size:").nth(1)?.split("pt").next()?;
    size.trim().parse().ok().filter(|size: &f32| *size > 0.0)
}

/// `bbox 90 90 800 120` in a title.
fn bbox(title: &str) -> Option<[f32; 4]> {
    let rest = title.split("bbox").nth(1)?;
    numbers(rest.split(';').next()?).get(..4)?.try_into().ok()
}

/// The value of a property in a title.
fn value(title: &str, key: &str) -> Option<String> {
    let mut properties = title.split(';').map(str::trim);
    let found = properties.find_map(|p| p.strip_prefix(key)?.strip_prefix(' '))?;
    Some(found.trim().trim_matches(['"', '\'']).to_owned())
}
