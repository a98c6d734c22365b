//! The fonts of a page: what their codes stand for, and how wide they are.

use super::MOST_BYTES;
use super::budget::Budget;
use super::glyph_names::{names, program, spelled};
use crate::reason::Reason;
use lopdf::{Dictionary, Document, Encoding, Object};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ptr;
use std::rc::Rc;

/// How many codes have a width of their own at most.
const MOST_WIDTHS: usize = 70_000;
/// How many letters of one width show that a font has no others.
const LEAST_LETTERS: usize = 8;

/// The fonts of a file that were read, by the place of their dictionaries: many pages share one, and its tables
/// may be large.
#[derive(Default)]
pub(super) struct Fonts<'f>(RefCell<BTreeMap<*const Dictionary, Rc<Font<'f>>>>);

impl<'f> Fonts<'f> {
    /// The font of a dictionary.
    ///
    /// # Errors
    /// When more was unpacked than is read of a file.
    pub(super) fn of(
        &self,
        file: &'f Document,
        font: &'f Dictionary,
        budget: &Budget,
    ) -> Result<Rc<Font<'f>>, Reason> {
        if let Some(known) = self.0.borrow().get(&ptr::from_ref(font)) {
            return Ok(Rc::clone(known));
        }
        let table = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream);
        let table = table.and_then(|table| table.get_plain_content_with_limit(MOST_BYTES));
        budget.content(table.map_or(0, |table| table.len()))?;
        let program = program(file, font, MOST_BYTES);
        budget.content(program.as_ref().map_or(0, Vec::len))?;
        let read = Rc::new(Font::of(file, font, program.as_deref()));
        self.0.borrow_mut().insert(ptr::from_ref(font), Rc::clone(&read));
        Ok(read)
    }
}

/// A font.
pub(super) struct Font<'f> {
    encoding: Option<Encoding<'f>>,
    /// What the file says of the letters of codes, which goes before everything else.
    unicode: Option<Encoding<'f>>,
    /// The letters of codes of one byte by the names of their glyphs.
    names: BTreeMap<u8, String>,
    /// Bytes to a code.
    code: usize,
    widths: BTreeMap<u32, f32>,
    usual: f32,
    /// Whether it is slanted.
    pub slanted: bool,
    /// Whether all its letters are of one width, as those of a typewriter.
    pub fixed: bool,
}

impl<'f> Font<'f> {
    /// Reads a font.
    fn of(file: &'f Document, font: &'f Dictionary, program: Option<&[u8]>) -> Font<'f> {
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
        let fixed = is_fixed(&widths);
        Font {
            encoding: font.get_font_encoding_with_limit(file, MOST_BYTES).ok(),
            unicode: if wide { None } else { unicode(file, font) },
            names: if wide { BTreeMap::new() } else { names(file, font, program) },
            code: if wide { 2 } else { 1 },
            widths,
            usual,
            slanted: base.contains("italic") || base.contains("oblique"),
            fixed,
        }
    }

    /// The codes of a string: what each stands for, its width in thousandths, whether it is a space of one byte.
    pub(super) fn letters(&self, bytes: &[u8]) -> Vec<(String, f32, bool)> {
        let letter = |code: &[u8]| {
            let number = code.iter().fold(0u32, |sum, byte| (sum << 8) | u32::from(*byte));
            let read = |by: &Option<Encoding<'f>>| by.as_ref().and_then(|e| e.bytes_to_string(code).ok());
            let told = read(&self.unicode).filter(|text| !text.is_empty() && !text.contains('\u{fffd}'));
            let named = || code.first().and_then(|byte| self.names.get(byte)).cloned();
            let text = told.or_else(named).or_else(|| read(&self.encoding)).unwrap_or_default();
            let text: String = text.chars().map(spelled).collect();
            let width = self.widths.get(&number).copied().unwrap_or(self.usual);
            (text, width, code == b" ")
        };
        bytes.chunks(self.code).map(letter).collect()
    }
}

/// The table of a font of one byte a code that says which letters its codes are: read without the encoding, beside which it would
/// be passed over.
fn unicode<'f>(file: &Document, font: &Dictionary) -> Option<Encoding<'f>> {
    font.get_deref(b"ToUnicode", file).ok()?;
    let mut alone = font.clone();
    alone.remove(b"Encoding");
    match alone.get_font_encoding_with_limit(file, MOST_BYTES).ok()? {
        Encoding::UnicodeMapEncoding(table) => Some(Encoding::UnicodeMapEncoding(table)),
        _ => None,
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
    let width = |(code, width): (u64, &Object)| Some((u32::try_from(code).ok()?, of(width)?));
    (u64::from(first)..).zip(list.iter().take(256)).filter_map(width).collect()
}

/// Whether a font has many letters, all of one width; what is not in the file measures nothing.
fn is_fixed(widths: &BTreeMap<u32, f32>) -> bool {
    let mut all = widths.values().filter(|width| **width > 0.0);
    let Some(first) = all.next() else { return false };
    let (same, others) =
        all.fold(
            (1, 0),
            |(same, others), width| {
                if (width - first).abs() < 1.0 { (same + 1, others) } else { (same, others + 1) }
            },
        );
    same >= LEAST_LETTERS && others == 0
}

/// `[1 [500 600] 7 9 400]`: the widths of the codes from 1 on, and one for 7 to 9.
fn wide_widths(file: &Document, font: &Dictionary) -> BTreeMap<u32, f32> {
    let mut found = BTreeMap::new();
    let list = font.get_deref(b"W", file).and_then(Object::as_array).map(Vec::as_slice).unwrap_or(&[]);
    let code = |object: &Object| object.as_i64().ok().and_then(|n| u32::try_from(n).ok());
    // a range may name the same codes as the one before
    let mut left = MOST_WIDTHS;
    let mut at = 0;
    while let Some(first) = list.get(at).and_then(code) {
        let Some(next) = list.get(at + 1).and_then(|o| file.dereference(o).ok()).map(|o| o.1) else { break };
        if let Ok(widths) = next.as_array() {
            let all = (u64::from(first)..).zip(widths.iter().take(left));
            let width =
                |(code, width): (u64, &Object)| Some((u32::try_from(code).ok()?, number(Some(width))?));
            found.extend(all.filter_map(width));
            left -= widths.len().min(left);
            at += 2;
        } else {
            let (Some(last), Some(width)) = (code(next), number(list.get(at + 2))) else { break };
            let codes = (first..=last).take(left);
            left -= codes.clone().count();
            found.extend(codes.map(|code| (code, width)));
            at += 3;
        }
        if left == 0 {
            break;
        }
    }
    found
}
