//! Shaping: whole words to glyphs, each distinct word once.
//!
//! The only user of the shaper. A [`Cut`] says what decides a word's shapes
//! besides its letters; advances are in ems, so one shaping serves all sizes.

use super::characters::{clings, is_ignorable};
use super::open::{OpenCut, OpenFace};
use super::{FaceId, Library, Variant};
use harfrust::{BufferFlags, Direction, ShapeOptions, UnicodeBuffer};
use std::collections::HashMap;

/// What decides the shapes of a word besides its letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// The face.
    pub face: FaceId,
    /// Small letters become small capitals.
    pub small_caps: bool,
    /// Capitals become small capitals.
    pub caps_too: bool,
    /// Old-style figures rather than lining ones.
    pub old_style: bool,
    /// Superior figures and letters.
    pub superior: bool,
    /// No ligatures: letterspaced words.
    pub loose: bool,
    /// BCP 47 tag of the language.
    pub lang: String,
    /// Whether the word runs from right to left.
    pub rtl: bool,
}

/// Which cut: an index into [`Foundry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CutId(u16);

/// Which shaped word: an index into [`Foundry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordId(u32);

impl WordId {
    /// The word's number, from 0.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A glyph of a shaped word. Lengths are in 1/65536 em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordGlyph {
    /// The face that it is from: the cut's own, or a fallback.
    pub face: FaceId,
    /// Its number in the font.
    pub id: u16,
    /// First byte of the word that it stands for.
    pub start: u32,
    /// One past the last byte that it stands for.
    pub end: u32,
    /// How far the pen moves.
    pub advance: i32,
    /// Shift of this glyph alone, x to the right and y upwards.
    pub offset: (i32, i32),
}

/// A shaped word.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    first: u32,
    count: u32,
    /// Sum of the advances, in 1/65536 em.
    pub advance: i64,
    /// Whether a character has no glyph in the face or its fallbacks.
    pub incomplete: bool,
}

impl Word {
    /// How many glyphs it has.
    #[must_use]
    pub fn glyph_count(&self) -> usize {
        self.count as usize
    }
}

/// Shapes words and keeps them.
pub struct Foundry<'a> {
    library: &'a Library,
    fallback: Vec<String>,
    /// The faces that are open, in the places of their ids.
    faces: Vec<Option<OpenFace<'a>>>,
    cuts: Vec<OpenCut>,
    cut_ids: HashMap<Cut, CutId>,
    words: Vec<Word>,
    glyphs: Vec<WordGlyph>,
    buffer: Option<UnicodeBuffer>,
}

impl<'a> Foundry<'a> {
    /// A foundry for the faces of `library`; characters that a face lacks are
    /// looked for in the families `fallback`, in order, and nowhere else.
    #[must_use]
    pub fn new(library: &'a Library, fallback: Vec<String>) -> Foundry<'a> {
        Foundry {
            library,
            fallback,
            faces: Vec::new(),
            cuts: Vec::new(),
            cut_ids: HashMap::new(),
            words: Vec::new(),
            glyphs: Vec::new(),
            buffer: None,
        }
    }

    /// The faces.
    #[must_use]
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// The families in which glyphs are looked for that a face lacks.
    #[must_use]
    pub fn fallback(&self) -> &[String] {
        &self.fallback
    }

    /// The id of that cut.
    pub fn cut(&mut self, cut: &Cut) -> CutId {
        if let Some(id) = self.cut_ids.get(cut) {
            return *id;
        }
        let id = CutId(self.cuts.len() as u16);
        self.cuts.push(OpenCut::new(cut));
        self.cut_ids.insert(cut.clone(), id);
        id
    }

    /// The word `text` in that cut, shaped now or before.
    pub fn word(&mut self, cut: CutId, text: &str) -> WordId {
        if let Some(id) = self.cuts[cut.0 as usize].words.get(text) {
            return *id;
        }
        let id = WordId(self.words.len() as u32);
        let word = self.shape(cut, text);
        self.words.push(word);
        self.cuts[cut.0 as usize].words.insert(text.into(), id);
        id
    }

    /// The word of that id.
    #[must_use]
    pub fn get(&self, id: WordId) -> &Word {
        &self.words[id.index()]
    }

    /// Its glyphs, from left to right.
    #[must_use]
    pub fn glyphs(&self, id: WordId) -> &[WordGlyph] {
        let word = self.get(id);
        &self.glyphs[word.first as usize..(word.first + word.count) as usize]
    }

    /// The characters of `text` that neither that cut's face nor a fallback has.
    pub fn missing(&mut self, cut: CutId, text: &str) -> Vec<char> {
        let face = self.cuts[cut.0 as usize].cut.face;
        text.chars().filter(|c| self.face_for(face, *c).is_none()).collect()
    }

    fn shape(&mut self, cut: CutId, text: &str) -> Word {
        let first = self.glyphs.len() as u32;
        let mut parts = self.parts(self.cuts[cut.0 as usize].cut.face, text);
        let incomplete = parts.iter().any(|part| part.missing);
        if self.cuts[cut.0 as usize].cut.rtl {
            parts.reverse();
        }
        for part in parts {
            self.shape_part(cut, text, &part);
        }
        let glyphs = &self.glyphs[first as usize..];
        let advance = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        Word { first, count: glyphs.len() as u32, advance, incomplete }
    }

    /// Cuts `text` where the face must change. Marks stay with their letter.
    fn parts(&mut self, face: FaceId, text: &str) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            let found = self.face_for(face, c);
            let part = Part { face: found.unwrap_or(face), start: at, end, missing: found.is_none() };
            match parts.last_mut() {
                Some(last) if last.face == part.face || clings(c) && self.has(last.face, c) => {
                    last.end = end;
                    last.missing |= part.missing;
                }
                _ => parts.push(part),
            }
        }
        parts
    }

    /// The face that has `c`: `face`, or the first fallback of its variant, or of
    /// the upright; most scripts beside Latin, Greek and Cyrillic have no italic.
    fn face_for(&mut self, face: FaceId, c: char) -> Option<FaceId> {
        if self.has(face, c) {
            return Some(face);
        }
        let variant = self.library.face(face).variant;
        let variants = [variant, Variant { italic: false, ..variant }, Variant::default()];
        let library = self.library;
        let found: Vec<FaceId> = variants
            .iter()
            .flat_map(|variant| self.fallback.iter().filter_map(|family| library.find(family, *variant)))
            .collect();
        found.into_iter().find(|fallback| self.has(*fallback, c))
    }

    fn has(&mut self, face: FaceId, c: char) -> bool {
        if is_ignorable(c) {
            return true;
        }
        let wanted = if c.is_whitespace() { ' ' } else { c };
        self.open(face).is_some_and(|open| open.has(wanted))
    }

    fn open(&mut self, face: FaceId) -> Option<&OpenFace<'a>> {
        if self.faces.len() <= face.index() {
            self.faces.resize_with(face.index() + 1, || None);
        }
        let slot = &mut self.faces[face.index()];
        if slot.is_none() {
            *slot = OpenFace::new(self.library, face);
        }
        slot.as_ref()
    }

    fn shape_part(&mut self, cut: CutId, text: &str, part: &Part) {
        if self.open(part.face).is_none() {
            return;
        }
        let Some(Some(face)) = self.faces.get(part.face.index()) else { return };
        let open = &mut self.cuts[cut.0 as usize];
        let mut buffer = self.buffer.take().unwrap_or_default();
        fill(&mut buffer, &text[part.start..part.end], open);
        let plan = open.plan(part.face, &face.shaper, buffer.script());
        let shaped = face
            .shaper
            .shape(buffer, ShapeOptions::new().features(&open.features).plan(Some(&open.plans[plan].2)));
        let ends = cluster_ends(&shaped, part.end - part.start);
        for ((info, position), end) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(ends) {
            let ems = |units: i32| (f64::from(units) * face.per_unit).round() as i32;
            self.glyphs.push(WordGlyph {
                face: part.face,
                id: info.glyph_id as u16,
                start: part.start as u32 + info.cluster,
                end: part.start as u32 + end,
                advance: ems(position.x_advance),
                offset: (ems(position.x_offset), ems(position.y_offset)),
            });
        }
        self.buffer = Some(shaped.clear());
    }
}

/// A stretch of a word in one face.
struct Part {
    face: FaceId,
    start: usize,
    end: usize,
    missing: bool,
}

fn fill(buffer: &mut UnicodeBuffer, text: &str, cut: &OpenCut) {
    buffer.push_str(text);
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
    buffer.guess_segment_properties();
    buffer.set_direction(if cut.cut.rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    if let Some(language) = &cut.language {
        buffer.set_language(language.clone());
    }
}

/// For each glyph, where its cluster ends: at the next cluster in the text.
fn cluster_ends(shaped: &harfrust::GlyphBuffer, len: usize) -> Vec<u32> {
    let mut starts: Vec<u32> = shaped.glyph_infos().iter().map(|info| info.cluster).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: u32| {
        let after = starts.partition_point(|other| *other <= start);
        starts.get(after).copied().unwrap_or(len as u32)
    };
    shaped.glyph_infos().iter().map(|info| end(info.cluster)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Variant;

    fn cut(library: &Library) -> Cut {
        let face = library.find("Libertinus Serif", Variant::default()).unwrap();
        Cut {
            face,
            small_caps: false,
            caps_too: false,
            old_style: true,
            superior: false,
            loose: false,
            lang: "en".into(),
            rtl: false,
        }
    }

    fn ids(cut: &Cut, library: &Library, text: &str) -> Vec<u16> {
        let mut foundry = Foundry::new(library, Vec::new());
        let id = foundry.cut(cut);
        let word = foundry.word(id, text);
        foundry.glyphs(word).iter().map(|glyph| glyph.id).collect()
    }

    fn width(cut: &Cut, library: &Library, text: &str) -> i64 {
        let mut foundry = Foundry::new(library, Vec::new());
        let id = foundry.cut(cut);
        let word = foundry.word(id, text);
        foundry.get(word).advance
    }

    #[test]
    fn a_word_is_shaped_once_with_ligatures_and_kerning() {
        let library = Library::built_in();
        let mut foundry = Foundry::new(&library, Vec::new());
        let id = foundry.cut(&cut(&library));
        let office = foundry.word(id, "office");
        assert_eq!(foundry.word(id, "office"), office);
        assert!(foundry.get(office).glyph_count() < 6);
        let spans: Vec<_> = foundry.glyphs(office).iter().map(|g| (g.start, g.end)).collect();
        assert_eq!((spans[0], spans[1], spans.last().unwrap().1), ((0, 1), (1, 4), 6));
        let plain = cut(&library);
        assert!(width(&plain, &library, "To") < width(&plain, &library, "T") + width(&plain, &library, "o"));
    }

    #[test]
    fn features_change_the_shapes() {
        let library = Library::built_in();
        let plain = cut(&library);
        let lining = Cut { old_style: false, ..plain.clone() };
        let small = Cut { small_caps: true, ..plain.clone() };
        let superior = Cut { superior: true, ..plain.clone() };
        assert_ne!(ids(&plain, &library, "2347"), ids(&lining, &library, "2347"));
        assert_ne!(width(&plain, &library, "abc"), width(&small, &library, "abc"));
        assert!(width(&superior, &library, "12") < width(&plain, &library, "12"));
    }

    #[test]
    fn a_missing_glyph_is_named_and_never_replaced_in_silence() {
        let library = Library::built_in();
        let mut foundry = Foundry::new(&library, Vec::new());
        let id = foundry.cut(&cut(&library));
        let word = foundry.word(id, "a漢b");
        assert!(foundry.get(word).incomplete);
        assert_eq!(foundry.missing(id, "a漢b\u{200d}"), vec!['漢']);
    }

    #[test]
    fn a_fallback_is_used_only_when_it_is_named() {
        let library = Library::built_in();
        let mut mono = cut(&library);
        mono.face = library.find("Source Code Pro", Variant::default()).unwrap();
        let probe = |fallback: Vec<String>| {
            let mut foundry = Foundry::new(&library, fallback);
            let id = foundry.cut(&mono);
            let word = foundry.word(id, "א");
            (foundry.get(word).incomplete, foundry.glyphs(word)[0].face == mono.face)
        };
        assert_eq!(probe(Vec::new()), (true, true));
        assert_eq!(probe(vec!["Libertinus Serif".into()]), (false, false));
    }

    #[test]
    fn a_fallback_without_italic_gives_its_upright() {
        let library = Library::built_in();
        let mut italic = cut(&library);
        italic.face = library.find("Libertinus Serif", Variant { bold: false, italic: true }).unwrap();
        let mut foundry = Foundry::new(&library, vec!["Source Code Pro".into()]);
        let id = foundry.cut(&italic);
        assert!(!foundry.has(italic.face, '─'), "the test wants a sign that the italic lacks");
        let word = foundry.word(id, "─");
        let face = library.find("Source Code Pro", Variant::default()).unwrap();
        assert_eq!((foundry.get(word).incomplete, foundry.glyphs(word)[0].face), (false, face));
    }
}
