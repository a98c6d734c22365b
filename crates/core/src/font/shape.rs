//! Shaping: whole words to glyphs, each distinct word once.
//!
//! The only user of the shaper. A [`FontInstance`] says what decides a word's shapes
//! besides its letters; advances are in ems, so one shaping serves all sizes.

use super::build::{build, join};
use super::capitals::{REDUCED, alphabet, joins_figures};
use super::characters::is_ignorable;
use super::face_run::FaceRun;
use super::open::{OpenFace, OpenInstance};
use super::word::{FontInstance, FontInstanceId, Word, WordGlyph, WordId};
use super::{FaceId, Library, Variant};
use crate::capitals;
use crate::narrow::Nearest;
use harfrust::{BufferFlags, Direction, ShapeOptions, UnicodeBuffer};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Shapes words and keeps them.
pub struct ShaperCache<'a> {
    library: &'a Library,
    fallback: Vec<String>,
    /// What stands for a character that no face has.
    pub(super) stand_in: Option<char>,
    /// The faces that are open, in the places of their ids.
    faces: Vec<Option<OpenFace<'a>>>,
    shaped: ShapedWords,
    buffer: Option<UnicodeBuffer>,
}

/// Words that were shaped, and the instances that they were shaped in.
#[derive(Default)]
pub struct ShapedWords {
    instances: Vec<OpenInstance>,
    instance_ids: HashMap<FontInstance, FontInstanceId>,
    words: Vec<Word>,
    glyphs: Vec<WordGlyph>,
    /// The faces that have no small capitals of an alphabet, for the words of which some
    /// were wanted.
    reduced: BTreeMap<WordId, BTreeSet<(FaceId, &'static str)>>,
}

impl ShapedWords {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl<'a> ShaperCache<'a> {
    /// A cache for the faces of `library`; characters that a face lacks are
    /// looked for in the families `fallback`, in order, and nowhere else.
    #[must_use]
    pub fn new(library: &'a Library, fallback: Vec<String>) -> ShaperCache<'a> {
        ShaperCache {
            library,
            fallback,
            stand_in: None,
            faces: Vec::new(),
            shaped: ShapedWords::default(),
            buffer: None,
        }
    }

    /// Begins with the words that another cache of the same faces and fallbacks has shaped.
    pub fn begin_with(&mut self, shaped: ShapedWords) {
        self.shaped = shaped;
    }

    /// Takes all words that were shaped, for another cache.
    pub fn take_words(&mut self) -> ShapedWords {
        std::mem::take(&mut self.shaped)
    }

    /// The same, with a sign that stands for each character that no face has: it is missing all
    /// the same, and what is read is the author's character.
    #[must_use]
    pub fn standing_in(mut self, sign: Option<char>) -> ShaperCache<'a> {
        self.stand_in = sign;
        self
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

    /// The id of that instance.
    pub fn instance(&mut self, instance: &FontInstance) -> FontInstanceId {
        if let Some(id) = self.shaped.instance_ids.get(instance) {
            return *id;
        }
        let id = FontInstanceId(u32::nearest(self.shaped.instances.len()));
        self.shaped.instances.push(OpenInstance::new(instance));
        self.shaped.instance_ids.insert(instance.clone(), id);
        id
    }

    /// The word `text` in that instance, shaped now or before.
    pub fn word(&mut self, instance: FontInstanceId, text: &str) -> WordId {
        if let Some(id) = self.shaped.instances[instance.0 as usize].words.get(text) {
            return *id;
        }
        let id = WordId(u32::nearest(self.shaped.words.len()));
        let word = self.shape(instance, text);
        self.shaped.words.push(word);
        self.shaped.instances[instance.0 as usize].words.insert(text.into(), id);
        id
    }

    /// The word of that id.
    #[must_use]
    pub fn get(&self, id: WordId) -> &Word {
        &self.shaped.words[id.index()]
    }

    /// Its glyphs, from left to right.
    #[must_use]
    pub fn glyphs(&self, id: WordId) -> &[WordGlyph] {
        let word = self.get(id);
        &self.shaped.glyphs[word.first as usize..(word.first + word.count) as usize]
    }

    /// The characters of `text` that neither that instance's face nor a fallback
    /// has or can build.
    pub fn missing(&mut self, instance: FontInstanceId, text: &str) -> Vec<char> {
        let parts = self.parts(self.shaped.instances[instance.0 as usize].instance.face, text);
        let missing = parts.iter().filter(|part| part.missing);
        missing.flat_map(|part| text[part.start..part.end].chars()).collect()
    }

    /// The faces that have no small capitals of the word's alphabet, and in which it is
    /// set in small capitals.
    pub fn reduced(&self, id: WordId) -> impl Iterator<Item = (FaceId, &'static str)> + '_ {
        let known = self.get(id).is_reduced.then(|| self.shaped.reduced.get(&id)).flatten();
        known.into_iter().flatten().copied()
    }

    fn shape(&mut self, instance: FontInstanceId, text: &str) -> Word {
        let first = u32::nearest(self.shaped.glyphs.len());
        let instance = self.with_fit_figures(instance, text);
        let mut parts = self.parts(self.shaped.instances[instance.0 as usize].instance.face, text);
        let incomplete = parts.iter().any(|part| part.missing);
        if self.shaped.instances[instance.0 as usize].instance.rtl {
            parts.reverse();
        }
        for part in parts {
            self.shape_part(instance, text, &part);
        }
        let glyphs = &self.shaped.glyphs[first as usize..];
        let advance = glyphs.iter().map(|glyph| i64::from(glyph.advance)).sum();
        let is_reduced = self.shaped.reduced.contains_key(&WordId(u32::nearest(self.shaped.words.len())));
        Word { first, count: u32::nearest(glyphs.len()), advance, incomplete, is_reduced }
    }

    /// The instance, or the same with lining figures where they stand beside capitals.
    fn with_fit_figures(&mut self, id: FontInstanceId, text: &str) -> FontInstanceId {
        let instance = &self.shaped.instances[id.0 as usize].instance;
        if !instance.old_style || instance.caps_too || !joins_figures(text) {
            return id;
        }
        let lining = FontInstance { old_style: false, ..instance.clone() };
        self.instance(&lining)
    }

    /// Whether `c` needs no glyph of another face.
    pub(super) fn has(&mut self, face: FaceId, c: char) -> bool {
        if is_ignorable(c) {
            return true;
        }
        let wanted = if c.is_whitespace() { ' ' } else { c };
        self.open(face).is_some_and(|open| open.has(wanted))
    }

    /// The faces to look in for what `face` lacks, in order: of each fallback
    /// the same variant, or the upright; most scripts beside Latin, Greek and
    /// Cyrillic have no italic.
    pub(super) fn fallbacks(&self, face: FaceId) -> Vec<FaceId> {
        let variant = self.library.face(face).variant;
        let variants = [variant, Variant { italic: false, ..variant }, Variant::default()];
        let of_variant =
            |variant| self.fallback.iter().filter_map(move |family| self.library.find(family, variant));
        variants.into_iter().flat_map(of_variant).collect()
    }

    pub(super) fn open(&mut self, face: FaceId) -> Option<&mut OpenFace<'a>> {
        if self.faces.len() <= face.index() {
            self.faces.resize_with(face.index() + 1, || None);
        }
        let slot = &mut self.faces[face.index()];
        if slot.is_none() {
            *slot = OpenFace::new(self.library, face);
        }
        slot.as_mut()
    }

    fn shape_part(&mut self, instance: FontInstanceId, text: &str, part: &FaceRun) {
        let Some(face) = self.open(part.face) else { return };
        if let Some(recipe) = &part.built {
            let glyphs = build(face, recipe, (u32::nearest(part.start), u32::nearest(part.end)));
            self.shaped.glyphs.extend(glyphs);
            return;
        }
        let words = &text[part.start..part.end];
        if self.shaped.instances[instance.0 as usize].instance.small_caps
            && self.lacks_small_caps(part.face, words)
        {
            self.shape_capitals(instance, words, part);
        } else {
            let rounded = self.rounded(instance, words, part);
            self.shape_letters(instance, words, rounded.as_ref().unwrap_or(part));
        }
    }

    /// The part with each long s as a round one, where small capitals are wanted: there is one
    /// capital for both.
    fn rounded(&self, instance: FontInstanceId, words: &str, part: &FaceRun) -> Option<FaceRun> {
        let wanted = self.shaped.instances[instance.0 as usize].instance.small_caps && words.contains('ſ');
        let round = |(c, at)| (if c == 'ſ' { 's' } else { c }, at);
        wanted.then(|| FaceRun {
            spelled: part.letters(words).into_iter().map(round).collect(),
            ..part.clone()
        })
    }

    fn lacks_small_caps(&mut self, face: FaceId, words: &str) -> bool {
        self.open(face).is_some_and(|open| open.small_caps.are_missing(words))
    }

    /// Capitals of smaller size stand for small capitals that the face has not.
    fn shape_capitals(&mut self, instance: FontInstanceId, words: &str, part: &FaceRun) {
        let instance = &self.shaped.instances[instance.0 as usize].instance;
        let lang = instance.lang.clone();
        let plain = FontInstance { small_caps: false, caps_too: false, old_style: false, ..instance.clone() };
        let plain = self.instance(&plain);
        let letters = part.letters(words);
        let capitals = capitals::letters(&lang, letters.iter().copied());
        let mut spelled = Vec::new();
        for own in letters.chunk_by(|a, b| a.1 == b.1) {
            let large = capitals.iter().filter(|(_, at)| *at == own[0].1);
            let is_whole = large.clone().all(|(capital, _)| self.has(part.face, *capital));
            if is_whole {
                spelled.extend(large);
            } else {
                spelled.extend(own);
            }
        }
        let first = self.shaped.glyphs.len();
        self.shape_letters(plain, words, &FaceRun { spelled, ..part.clone() });
        self.shaped.glyphs[first..].iter_mut().for_each(|glyph| glyph.shrink(REDUCED));
        // the word that is being shaped is the next
        let word = WordId(u32::nearest(self.shaped.words.len()));
        self.shaped.reduced.entry(word).or_default().insert((part.face, alphabet(words)));
    }

    fn shape_letters(&mut self, instance: FontInstanceId, words: &str, part: &FaceRun) {
        let Some(Some(face)) = self.faces.get(part.face.index()) else { return };
        let first = self.shaped.glyphs.len();
        let open = &mut self.shaped.instances[instance.0 as usize];
        let mut buffer = self.buffer.take().unwrap_or_default();
        fill(&mut buffer, words, part, open);
        let plan = open.plan(part.face, &face.shaper, buffer.script());
        let plan = &open.plans[plan];
        plan.language.iter().for_each(|language| buffer.set_language(language.clone()));
        // A plan is made for features that hold for all of a word. Where something parts a ligature, the
        // word is shaped by itself; there are few such words.
        let parted = open.instance.parted(words);
        let options = ShapeOptions::new();
        let shaped = if parted.is_empty() {
            face.shaper.shape(buffer, options.features(&open.features).plan(Some(&plan.plan)))
        } else {
            face.shaper.shape(buffer, options.features(&open.features_with(&parted)))
        };
        let ends = cluster_ends(&shaped, words.len());
        // a font that makes heaps of glyphs of a word loses them, and the proof says so
        let most = MOST_GLYPHS * words.len();
        for ((info, position), end) in
            shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(ends).take(most)
        {
            let glyph = face.glyph(info, position);
            let start = u32::nearest(part.start);
            let end = without_joiners(words, glyph.start, end);
            self.shaped.glyphs.push(WordGlyph { start: start + glyph.start, end: start + end, ..glyph });
        }
        join_dashes(face, words, u32::nearest(part.start), &mut self.shaped.glyphs[first..]);
        self.buffer = Some(shaped.clear());
    }
}

/// Em dashes in a row are one line, as for an author who is named again or a name that is left out.
fn join_dashes(face: &OpenFace<'_>, words: &str, start: u32, glyphs: &mut [WordGlyph]) {
    if !words.contains("——") {
        return;
    }
    let is_dash = |glyph: &WordGlyph| words[(glyph.start - start) as usize..].starts_with('—');
    let both = |a: &WordGlyph, b: &WordGlyph| is_dash(a) && is_dash(b);
    glyphs.chunk_by_mut(both).filter(|row| row.len() > 1).for_each(|row| join(face, row));
}

/// Where the letters of a cluster end: marks that only forbid a break, which the shaper counts to
/// the letter before them, are no part of what its glyph stands for. Else each `7` of a font would
/// be read with such a mark, where the first of a book had one behind it.
fn without_joiners(words: &str, start: u32, end: u32) -> u32 {
    const JOINERS: [char; 2] = ['\u{2060}', '\u{feff}'];
    let cluster = words.get(start as usize..end as usize).unwrap_or("");
    let letters = cluster.trim_end_matches(JOINERS);
    if letters.is_empty() { end } else { start + u32::nearest(letters.len()) }
}

/// More glyphs than any byte of a text becomes.
const MOST_GLYPHS: usize = 64;

fn fill(buffer: &mut UnicodeBuffer, words: &str, part: &FaceRun, instance: &OpenInstance) {
    if part.spelled.is_empty() {
        buffer.push_str(words);
    } else {
        part.spelled.iter().for_each(|(c, at)| buffer.add(*c, *at));
    }
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
    buffer.guess_segment_properties();
    buffer.set_direction(if instance.instance.rtl { Direction::RightToLeft } else { Direction::LeftToRight });
}

/// For each glyph, where its cluster ends: at the next cluster in the text.
fn cluster_ends(shaped: &harfrust::GlyphBuffer, len: usize) -> Vec<u32> {
    let mut starts: Vec<u32> = shaped.glyph_infos().iter().map(|info| info.cluster).collect();
    starts.sort_unstable();
    starts.dedup();
    let end = |start: u32| {
        let after = starts.partition_point(|other| *other <= start);
        starts.get(after).copied().unwrap_or(u32::nearest(len))
    };
    shaped.glyph_infos().iter().map(|info| end(info.cluster)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Variant;

    fn instance(library: &Library) -> FontInstance {
        let face = library.find("Libertinus Serif", Variant::default()).unwrap();
        FontInstance { old_style: true, lang: "en".into(), ..FontInstance::of(face) }
    }

    fn ids(instance: &FontInstance, library: &Library, text: &str) -> Vec<u16> {
        let mut cache = ShaperCache::new(library, Vec::new());
        let id = cache.instance(instance);
        let word = cache.word(id, text);
        cache.glyphs(word).iter().map(|glyph| glyph.id).collect()
    }

    fn width(instance: &FontInstance, library: &Library, text: &str) -> i64 {
        let mut cache = ShaperCache::new(library, Vec::new());
        let id = cache.instance(instance);
        let word = cache.word(id, text);
        cache.get(word).advance
    }

    #[test]
    fn a_word_is_shaped_once_with_ligatures_and_kerning() {
        let library = Library::built_in();
        let mut cache = ShaperCache::new(&library, Vec::new());
        let id = cache.instance(&instance(&library));
        let office = cache.word(id, "office");
        assert_eq!(cache.word(id, "office"), office);
        assert!(cache.get(office).glyph_count() < 6);
        let spans: Vec<_> = cache.glyphs(office).iter().map(|g| (g.start, g.end)).collect();
        assert_eq!((spans[0], spans[1], spans.last().unwrap().1), ((0, 1), (1, 4), 6));
        let plain = instance(&library);
        assert!(width(&plain, &library, "To") < width(&plain, &library, "T") + width(&plain, &library, "o"));
    }

    #[test]
    fn no_ligature_goes_over_a_joint_of_a_german_word() {
        let library = Library::built_in();
        let english = instance(&library);
        let german = FontInstance { lang: "de".into(), ..english.clone() };
        let count = |of: &FontInstance, word| ids(of, &library, word).len();
        let turkish = FontInstance { lang: "tr".into(), ..english.clone() };
        assert!(count(&english, "fiil") < 4);
        assert_eq!(count(&turkish, "fiil"), 4);
        assert_eq!(count(&german, "Auflage"), 7);
        assert_eq!(count(&german, "fliegen"), count(&english, "fliegen"));
        assert!(count(&german, "hoffen") < 6);
    }

    #[test]
    fn a_long_s_has_the_small_capital_of_a_round_one() {
        let library = Library::built_in();
        let small = FontInstance { small_caps: true, lang: "de".into(), ..instance(&library) };
        assert_eq!(ids(&small, &library, "Waſſer"), ids(&small, &library, "Wasser"));
    }

    #[test]
    fn a_mark_that_forbids_a_break_is_no_part_of_a_glyph() {
        let library = Library::built_in();
        let mut cache = ShaperCache::new(&library, Vec::new());
        let id = cache.instance(&instance(&library));
        let word = cache.word(id, "a7\u{2060}–b");
        let spans: Vec<_> = cache.glyphs(word).iter().map(|g| (g.start, g.end)).collect();
        assert_eq!(spans, [(0, 1), (1, 2), (5, 8), (8, 9)]);
    }

    #[test]
    fn features_change_the_shapes() {
        let library = Library::built_in();
        let plain = instance(&library);
        let lining = FontInstance { old_style: false, ..plain.clone() };
        let small = FontInstance { small_caps: true, ..plain.clone() };
        let superior = FontInstance { superior: true, ..plain.clone() };
        assert_ne!(ids(&plain, &library, "2347"), ids(&lining, &library, "2347"));
        assert_ne!(width(&plain, &library, "abc"), width(&small, &library, "abc"));
        assert!(width(&superior, &library, "12") < width(&plain, &library, "12"));
    }

    #[test]
    fn a_missing_glyph_is_named_and_never_replaced_in_silence() {
        let library = Library::built_in();
        let mut cache = ShaperCache::new(&library, Vec::new());
        let id = cache.instance(&instance(&library));
        let word = cache.word(id, "a漢b");
        assert!(cache.get(word).incomplete);
        assert_eq!(cache.missing(id, "a漢b\u{200d}"), vec!['漢']);
    }

    #[test]
    fn a_fallback_is_used_only_when_it_is_named() {
        let library = Library::built_in();
        let mut mono = instance(&library);
        mono.face = library.find("Source Code Pro", Variant::default()).unwrap();
        let probe = |fallback: Vec<String>| {
            let mut cache = ShaperCache::new(&library, fallback);
            let id = cache.instance(&mono);
            let word = cache.word(id, "א");
            (cache.get(word).incomplete, cache.glyphs(word)[0].face == mono.face)
        };
        assert_eq!(probe(Vec::new()), (true, true));
        assert_eq!(probe(vec!["Libertinus Serif".into()]), (false, false));
    }

    #[test]
    fn a_fallback_without_italic_gives_its_upright() {
        let library = Library::built_in();
        let mut italic = instance(&library);
        italic.face = library.find("Libertinus Serif", Variant { bold: false, italic: true }).unwrap();
        let mut cache = ShaperCache::new(&library, vec!["Source Code Pro".into()]);
        let id = cache.instance(&italic);
        assert!(!cache.has(italic.face, '─'), "the test wants a sign that the italic lacks");
        let word = cache.word(id, "─");
        let face = library.find("Source Code Pro", Variant::default()).unwrap();
        assert_eq!((cache.get(word).incomplete, cache.glyphs(word)[0].face), (false, face));
    }
}
