//! Whether a font file can be relied on: later stages read it without doubts.

use super::subset::effort;
use crate::jobs;
use crate::narrow::Nearest;
use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

/// A collection has a face for each style of a family or two; no more are read.
pub(super) const MOST_FACES: u32 = 64;

/// The letters that are drawn to see whether outlines can be read, and so many
/// others, spread over the whole face.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const OTHERS: usize = 4000;

/// What a file is that is no OpenType font: how it begins, and in words.
const FOREIGN: [(&[u8], &str); 4] = [
    (b"%!PS-AdobeFont", "is a Type 1 font, which is not read: use the .otf or .ttf file of the same face"),
    (b"\x80\x01", "is a Type 1 font, which is not read: use the .otf or .ttf file of the same face"),
    (b"<", "is a page of the web, not a font: download the font file itself"),
    (b"PK", "is a ZIP archive: unpack the font files in it"),
];

/// What is wrong with a font file, as the end of a sentence; none when nothing is.
/// A reader of fonts that fails on it says so too.
pub(super) fn fault(data: &[u8]) -> Option<String> {
    jobs::on_a_deep_stack(|| first_fault(data)).unwrap_or_else(|| {
        Some("is damaged: programs that read fonts fail on it; get the file again".to_owned())
    })
}

fn first_fault(data: &[u8]) -> Option<String> {
    if let Some((_, what)) = FOREIGN.iter().find(|(begin, _)| data.starts_with(begin)) {
        return Some((*what).to_owned());
    }
    let fonts: Vec<FontRef<'_>> = match FileRef::new(data) {
        Ok(FileRef::Font(font)) => vec![font],
        Ok(FileRef::Collection(collection)) => {
            (0..collection.len().min(MOST_FACES)).filter_map(|index| collection.get(index).ok()).collect()
        }
        Err(_) => Vec::new(),
    };
    if fonts.is_empty() {
        return Some("is not an OpenType font".to_owned());
    }
    fonts.iter().find_map(|font| cut_short(font, data.len()).or_else(|| damaged(font)))
}

/// The first table that the file should hold and does not.
fn cut_short(font: &FontRef<'_>, len: usize) -> Option<String> {
    let records = font.table_directory().table_records();
    let beyond = records.iter().find(|r| u64::from(r.offset()) + u64::from(r.length()) > len as u64)?;
    let tag = beyond.tag();
    Some(format!("is cut short: its table `{tag}` reaches beyond the end of the file; copy the file again"))
}

/// The first table that cannot be what it says, or letter that cannot be drawn.
fn damaged(font: &FontRef<'_>) -> Option<String> {
    let table =
        |name: &str| Some(format!("is damaged: its table `{name}` makes no sense; get the file again"));
    let head = font.head().ok();
    let is_sized = head.is_some_and(|head| {
        (16..=16384).contains(&head.units_per_em())
            && head.x_min() < head.x_max()
            && head.y_min() < head.y_max()
    });
    let glyphs = font.maxp().map_or(0, |maxp| maxp.num_glyphs());
    let widths = font.hhea().map_or(0, |hhea| hhea.number_of_h_metrics());
    let characters: Vec<(u32, GlyphId)> = font.charmap().mappings().collect();
    if !is_sized {
        return table("head");
    }
    if glyphs == 0 {
        return table("maxp");
    }
    if widths == 0 || widths > glyphs || font.hmtx().is_err() {
        return table("hmtx");
    }
    if !is_named(font) {
        return table("name");
    }
    if characters.is_empty() || characters.iter().any(|(_, glyph)| glyph.to_u32() >= u32::from(glyphs)) {
        return table("cmap");
    }
    if !has_widths(font) {
        return table("hmtx");
    }
    endless(font).or_else(|| undrawn(font, &characters)).or_else(|| unshapely(font))
}

/// Whether letters take room.
fn has_widths(font: &FontRef<'_>) -> bool {
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let glyphs = LETTERS.chars().filter_map(|c| font.charmap().map(c));
    glyphs.into_iter().all(|glyph| metrics.advance_width(glyph).is_some_and(|width| width > 0.0))
}

/// More parts than a letter has that is put together from others.
const MOST_PARTS: u64 = 1000;

/// The table whose outlines take a thousand times as long as any letter does: parts
/// that are made of parts, and subroutines that call others, many times over.
fn endless(font: &FontRef<'_>) -> Option<String> {
    let is_drawn = |tag: &&str| {
        let table = Tag::new_checked(tag.as_bytes()).ok().and_then(|tag| font.table_data(tag));
        table.is_none_or(|table| effort::is_drawn_in_time(table.as_bytes()))
    };
    if let Some(tag) = ["CFF ", "CFF2"].iter().find(|tag| !is_drawn(tag)) {
        return Some(senseless(tag));
    }
    let (Ok(glyf), Ok(loca)) = (font.glyf(), font.loca(None)) else { return None };
    let parts_of = |glyph: u32| match loca.get_glyf(GlyphId::new(glyph), &glyf) {
        Ok(Some(Glyph::Composite(whole))) => whole.components().map(|part| part.glyph.into()).collect(),
        _ => Vec::<u32>::new(),
    };
    let mut parts = vec![None; loca.len()];
    let glyphs = 0..u32::nearest(loca.len());
    let most = glyphs.clone().map(|glyph| count_parts(glyph, &parts_of, &|_| 1, &mut parts, 0)).max();
    if most.is_some_and(|most| most > MOST_PARTS) {
        return Some(senseless("glyf"));
    }
    let variations = font.gvar().ok();
    let bytes = |glyph: u32| {
        let outline =
            usize::try_from(glyph).ok().and_then(|at| loca.get_raw(at + 1)?.checked_sub(loca.get_raw(at)?));
        let deltas =
            variations.as_ref().and_then(|gvar| gvar.data_for_gid(GlyphId::new(glyph)).ok().flatten());
        1 + u64::from(outline.unwrap_or(0)) + deltas.map_or(0, |deltas| deltas.len() as u64)
    };
    let mut weights = vec![None; loca.len()];
    let all = glyphs.map(|glyph| count_parts(glyph, &parts_of, &bytes, &mut weights, 0));
    (all.fold(0, u64::saturating_add) > MOST_DRAWN).then(|| senseless("glyf"))
}

/// A font whose glyphs are read from more bytes than that, if each were drawn once: those
/// of the largest fonts from a tenth. Glyphs that share their outlines could come to
/// millions of millions.
const MOST_DRAWN: u64 = 256 << 20;

/// How many parts a glyph has, those of its parts too, each with its weight; each is
/// counted once.
fn count_parts(
    glyph: u32,
    parts_of: &dyn Fn(u32) -> Vec<u32>,
    weight: &dyn Fn(u32) -> u64,
    known: &mut [Option<u64>],
    depth: usize,
) -> u64 {
    /// As deep as programs that draw glyphs follow their parts.
    const MOST_DEPTH: usize = 32;
    match known.get(glyph as usize) {
        None => return 0,
        Some(Some(count)) => return *count,
        Some(None) if depth > MOST_DEPTH => return u64::MAX,
        Some(None) => {}
    }
    let counts =
        parts_of(glyph).into_iter().map(|part| count_parts(part, parts_of, weight, known, depth + 1));
    let count = counts.fold(weight(glyph), u64::saturating_add);
    known[glyph as usize] = Some(count);
    count
}

/// More glyphs than a letter is made of.
const MOST_GLYPHS: usize = 64;

/// The table of rules by which a letter becomes a heap of glyphs.
fn unshapely(font: &FontRef<'_>) -> Option<String> {
    let data = ShaperData::new(font);
    let shaper = data.shaper(font).build();
    let is_heap = |c: char| {
        let mut buffer = UnicodeBuffer::new();
        buffer.add(c, 0);
        buffer.guess_segment_properties();
        shaper.shape(buffer, ShapeOptions::new()).len() > MOST_GLYPHS
    };
    LETTERS.chars().any(is_heap).then(|| senseless("GSUB"))
}

/// Whether its names are in the file, as those who embed it take for granted.
fn is_named(font: &FontRef<'_>) -> bool {
    font.name().is_ok_and(|names| {
        let records = names.name_record().iter().filter(|record| record.is_unicode());
        records.into_iter().all(|record| record.string(names.string_data()).is_ok())
    })
}

fn senseless(table: &str) -> String {
    format!("is damaged: its table `{table}` makes no sense; get the file again")
}

/// A letter whose outline cannot be read, or is empty.
fn undrawn(font: &FontRef<'_>, characters: &[(u32, GlyphId)]) -> Option<String> {
    if font.outline_glyphs().format().is_none() {
        let outlines =
            [b"glyf", b"CFF ", b"CFF2"].into_iter().find(|tag| font.table_data(Tag::new(tag)).is_some());
        if let Some(tag) = outlines {
            return Some(senseless(&Tag::new(tag).to_string()));
        }
        return Some(
            "has pictures in place of outlines, which cannot be printed: use another font".to_owned(),
        );
    }
    let step = characters.len().div_ceil(OTHERS).max(1);
    let others =
        characters.iter().step_by(step).filter_map(|(code, glyph)| Some((char::from_u32(*code)?, *glyph)));
    let letters = LETTERS.chars().filter_map(|c| Some((c, font.charmap().map(c)?)));
    let bad = letters.chain(others).find(|(c, glyph)| {
        let needs_ink = c.is_ascii_alphanumeric();
        inked(font, *glyph).is_none_or(|inked| needs_ink && !inked)
    });
    bad.map(|(c, _)| format!("is damaged: its outline of `{c}` cannot be read; get the file again"))
}

/// Whether a glyph has any ink; none when its outline cannot be read.
pub(super) fn inked(font: &FontRef<'_>, glyph: GlyphId) -> Option<bool> {
    let mut ink = Ink(false);
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(glyph)?.draw(settings, &mut ink).ok()?;
    Some(ink.0)
}

/// Sees whether something is drawn.
struct Ink(bool);

impl OutlinePen for Ink {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 = true;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 = true;
    }
    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Library;

    fn file() -> Vec<u8> {
        let library = Library::built_in();
        (*library.iter().next().unwrap().1.data).as_ref().to_vec()
    }

    /// The file with a table of nothing but noughts.
    fn without(tag: &[u8; 4]) -> Vec<u8> {
        let mut bytes = file();
        let record = bytes.windows(4).position(|window| window == tag).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (start, len) = (number(record + 8), number(record + 12));
        bytes[start..start + len].fill(0);
        bytes
    }

    #[test]
    fn what_ships_is_sound() {
        for (_, face) in Library::built_in().iter() {
            assert_eq!(fault((*face.data).as_ref()), None, "{}", face.postscript);
        }
    }

    #[test]
    fn parts_of_parts_are_counted_once_each() {
        let count = |parts_of: &dyn Fn(u32) -> Vec<u32>| count_parts(0, parts_of, &|_| 1, &mut [None; 30], 0);
        assert_eq!(count(&|_| Vec::new()), 1);
        assert_eq!(count(&|glyph| if glyph < 2 { vec![glyph + 1; 2] } else { Vec::new() }), 7);
        assert!(count(&|glyph| vec![glyph + 1; 8]) > MOST_PARTS);
        assert_eq!(count(&|glyph| vec![1 - glyph]), u64::MAX);
    }

    #[test]
    fn damage_is_named() {
        for (bytes, words) in [
            (file()[..file().len() / 2].to_vec(), "is cut short"),
            (without(b"head"), "`head`"),
            (without(b"maxp"), "`maxp`"),
            (without(b"hhea"), "`hmtx`"),
            (without(b"cmap"), "`cmap`"),
            (without(b"CFF "), "`CFF `"),
            (b"<!DOCTYPE html>".to_vec(), "page of the web"),
            (b"text".to_vec(), "not an OpenType font"),
            (Vec::new(), "not an OpenType font"),
        ] {
            let said = fault(&bytes).unwrap_or_default();
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}
