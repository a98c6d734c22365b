//! The fonts of a page: what their codes stand for, and how wide they are.

use super::MOST_BYTES;
use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::BTreeMap;

/// How many codes have a width of their own at most.
const MOST_WIDTHS: usize = 70_000;

/// A font.
pub(super) struct Font<'f> {
    encoding: Option<Encoding<'f>>,
    /// Bytes to a code.
    code: usize,
    widths: BTreeMap<u32, f32>,
    usual: f32,
    /// Whether it is slanted.
    pub slanted: bool,
}

impl<'f> Font<'f> {
    /// Reads a font.
    pub(super) fn of(file: &'f Document, font: &'f Dictionary) -> Font<'f> {
        let name = |d: &Dictionary| {
            let name = d.get(b"BaseFont").and_then(Object::as_name).unwrap_or(b"");
            String::from_utf8_lossy(name).to_lowercase()
        };
        let base = name(font);
        let wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type0");
        let below = font.get_deref(b"DescendantFonts", file).ok().and_then(|f| f.as_array().ok()?.first());
        let below = below.and_then(|f| file.dereference(f).ok()?.1.as_dict().ok());
        let (widths, usual) = match below.filter(|_| wide) {
            Some(below) => {
                (wide_widths(file, below), number(below.get_deref(b"DW", file).ok()).unwrap_or(1000.0))
            }
            None => (narrow_widths(file, font), 500.0),
        };
        Font {
            encoding: font.get_font_encoding_with_limit(file, MOST_BYTES).ok(),
            code: if wide { 2 } else { 1 },
            widths,
            usual,
            slanted: base.contains("italic") || base.contains("oblique"),
        }
    }

    /// The codes of a string: what each stands for, its width in thousandths, whether it is a space of one byte.
    pub(super) fn letters(&self, bytes: &[u8]) -> Vec<(String, f32, bool)> {
        let letter = |code: &[u8]| {
            let number = code.iter().fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte));
            let text = self.encoding.as_ref().and_then(|e| e.bytes_to_string(code).ok()).unwrap_or_default();
            let width = self.widths.get(&number).copied().unwrap_or(self.usual);
            (text, width, code == b" ")
        };
        bytes.chunks(self.code).map(letter).collect()
    }
}

/// A number of either kind.
pub(super) fn number(object: Option<&Object>) -> Option<f32> {
    object.and_then(|o| o.as_float().ok()).filter(|n| n.is_finite())
}

fn narrow_widths(file: &Document, font: &Dictionary) -> BTreeMap<u32, f32> {
    let first = font.get_deref(b"FirstChar", file).and_then(Object::as_i64).unwrap_or(0);
    let first = u32::try_from(first).unwrap_or(0);
    let list = font.get_deref(b"Widths", file).and_then(Object::as_array).map(Vec::as_slice).unwrap_or(&[]);
    let of = |width: &Object| file.dereference(width).ok().and_then(|w| number(Some(w.1)));
    (first..).zip(list.iter().take(256)).filter_map(|(code, width)| Some((code, of(width)?))).collect()
}

/// `[1 [500 600] 7 9 400]`: the widths of the codes from 1 on, and one for 7 to 9.
fn wide_widths(file: &Document, font: &Dictionary) -> BTreeMap<u32, f32> {
    let mut found = BTreeMap::new();
    let list = font.get_deref(b"W", file).and_then(Object::as_array).map(Vec::as_slice).unwrap_or(&[]);
    let code = |object: &Object| object.as_i64().ok().and_then(|n| u32::try_from(n).ok());
    let mut at = 0;
    while let Some(first) = list.get(at).and_then(code) {
        let Some(next) = list.get(at + 1).and_then(|o| file.dereference(o).ok()).map(|o| o.1) else { break };
        if let Ok(widths) = next.as_array() {
            let all = (first..).zip(widths);
            found
                .extend(all.take(MOST_WIDTHS).filter_map(|(code, width)| Some((code, number(Some(width))?))));
            at += 2;
        } else {
            let (Some(last), Some(width)) = (code(next), number(list.get(at + 2))) else { break };
            found.extend((first..=last).take(MOST_WIDTHS).map(|code| (code, width)));
            at += 3;
        }
        if found.len() > MOST_WIDTHS {
            break;
        }
    }
    found
}
