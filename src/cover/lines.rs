//! Breaks the words of a cover into lines with the real widths of the faces.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use resvg::usvg;

/// Words are measured at this size and scaled.
pub const MEASURE_SIZE: f64 = 100.0;

/// The widths of texts that are dressed like `element`.
pub fn widths_of(
    element: &BytesStart<'static>,
    texts: &[&str],
    options: &usvg::Options<'_>,
) -> Result<Vec<f64>, String> {
    let mut out = Writer::new(Vec::new());
    let mut write = |event| out.write_event(event).map_err(|e| e.to_string());
    write(Event::Start(BytesStart::new("svg").with_attributes([("xmlns", "http://www.w3.org/2000/svg")])))?;
    for text in texts {
        write(Event::Start(element.borrow()))?;
        write(Event::Text(BytesText::new(text)))?;
        write(Event::End(BytesEnd::new("text")))?;
    }
    write(Event::End(BytesEnd::new("svg")))?;
    let tree =
        usvg::Tree::from_data(&out.into_inner(), options).map_err(|e| format!("is not valid SVG: {e}"))?;
    let widths = tree.root().children().iter().map(|text| f64::from(text.bounding_box().width()));
    let widths: Vec<f64> = widths.filter(|width| *width > 0.0).collect();
    if widths.len() == texts.len() {
        Ok(widths)
    } else {
        Err("names a face that the book does not have".to_owned())
    }
}

/// Words with their widths in ems.
pub struct Measured {
    pub words: Vec<(String, f64)>,
    pub space: f64,
}

impl Measured {
    pub fn widest(&self) -> f64 {
        self.words.iter().map(|(_, width)| *width).fold(0.0, f64::max)
    }

    /// Lines no wider than the measure, as few as can be and as even as can be.
    pub fn balanced(&self, measure: f64) -> Vec<String> {
        let count = self.first_fit(measure).len();
        let (mut low, mut high) = (self.widest(), measure.max(self.widest()));
        for _ in 0..20 {
            let middle = (low + high) / 2.0;
            if self.first_fit(middle).len() > count { low = middle } else { high = middle }
        }
        self.first_fit(high)
    }

    /// Lines filled one after the other.
    pub fn first_fit(&self, measure: f64) -> Vec<String> {
        let mut lines: Vec<(String, f64)> = Vec::new();
        for (word, width) in &self.words {
            match lines.last_mut() {
                Some((line, so_far)) if *so_far + self.space + width <= measure + 1e-9 => {
                    line.push(' ');
                    line.push_str(word);
                    *so_far += self.space + width;
                }
                _ => lines.push((word.clone(), *width)),
            }
        }
        lines.into_iter().map(|(line, _)| line).collect()
    }
}
