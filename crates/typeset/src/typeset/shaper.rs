//! Words for the composer: one shaper for a whole book.
//!
//! Shapes each distinct word once for each font instance, and keeps with it
//! where it may be broken and how it hangs into the margins.

use super::breaking::{BreakClass, Opportunities, is_address};
use super::fingerprint::Key;
use super::line::ResolvedStyle;
use super::protrude::hang;
use super::ways::{KnownWays, MetWays, Ways};
use crate::book::Lang;
use crate::bounds;
use crate::diag::{Code, Diagnostic, Scope, Severity, Span};
use crate::font::{
    FaceId, FontInstance, FontInstanceId, Letter, Library, ShapedWords, ShaperCache, Variant, Word,
    WordGlyph, WordId, known_families, lacking, named,
};
use crate::hyphenate::{Hyphenator, has_patterns};
use crate::length::Abs;
use crate::narrow::Nearest;
use crate::style::Style;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Shapes the words of one book. Every distinct word is shaped once for each
/// font instance, so one shaper should serve all paragraphs.
pub struct Shaper<'a> {
    cache: ShaperCache<'a>,
    hyphenator: Hyphenator,
    opportunities: Opportunities,
    learnt: Learnt,
    gaps: Gaps,
    /// What is remembered of the book, and the paragraphs that were met since then.
    memory: Option<(&'a ShaperMemory<'a>, MetWays)>,
    /// What stands for characters that no face has.
    stand_in: Option<char>,
    reported: BTreeSet<String>,
    language: Lang,
    system_fonts: bool,
}

/// What a shaper knows of the words and looks of a book, its shaped words aside.
#[derive(Default)]
struct Learnt {
    styles: Vec<OpenStyle>,
    style_ids: HashMap<ResolvedStyle, StyleId>,
    facts: Vec<Option<Facts>>,
    inner: Vec<Inner>,
    /// The white between two letters of which one slants.
    corrections: HashMap<(Neighbour, Neighbour), Abs>,
}

/// What shapers knew of a book when they were done with it, for those that set it again.
#[derive(Default)]
pub(super) struct ShaperPool(Mutex<Vec<(Learnt, ShapedWords)>>);

/// Of more words nothing is kept: it would be an author who types for a year.
const MOST_WORDS: usize = 1 << 18;

impl ShaperPool {
    /// So much as one shaper knew; nothing when there is no more.
    fn take(&self) -> (Learnt, ShapedWords) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give(&self, learnt: Learnt, words: ShapedWords) {
        // What is known of words holds for a style, a language and faces, and the memo throws all of it away
        // when one of these is another. Which shaper learnt what follows from chance, as threads take turns;
        // nothing that is set depends on it.
        if words.len() <= MOST_WORDS {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push((learnt, words));
        }
    }
}

/// What is remembered of a book that is set again.
pub(super) struct ShaperMemory<'m> {
    /// What shapers knew of its words.
    pub(super) pool: &'m ShaperPool,
    /// The ways in which its paragraphs were broken.
    pub(super) ways: KnownWays<'m>,
}

/// What a shaper of a book that is set again has learnt is for the next.
impl Drop for Shaper<'_> {
    fn drop(&mut self) {
        // a word at which a shaper fell may be half learnt
        if std::thread::panicking() {
            return;
        }
        if let Some((memory, _)) = self.memory.take() {
            memory.pool.give(std::mem::take(&mut self.learnt), self.cache.take_words());
        }
    }
}

/// What faces and patterns lack that words asked for.
#[derive(Clone, Debug, Default)]
pub struct Gaps {
    /// Characters that a family and its fallbacks lack: where the first stands, and in
    /// how many words.
    missing: BTreeMap<(String, char), (Option<Span>, u32)>,
    /// Languages without patterns of hyphenation.
    patternless: BTreeSet<String>,
    /// Faces that have no small capitals of an alphabet.
    reduced: BTreeSet<(FaceId, &'static str)>,
}

impl Gaps {
    /// Adds those of words behind these.
    fn append(&mut self, mut behind: Gaps) {
        for (which, (span, words)) in behind.missing {
            self.missing.entry(which).or_insert((span, 0)).1 += words;
        }
        self.patternless.append(&mut behind.patternless);
        self.reduced.append(&mut behind.reduced);
    }
}

/// Which look: an index into [`Shaper`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct StyleId(u32);

/// A style that is ready for shaping.
pub(super) struct OpenStyle {
    pub(super) style: ResolvedStyle,
    instances: [FontInstanceId; 2],
    lang: Option<Arc<str>>,
    /// Natural width of a word space.
    pub(super) space: Abs,
    /// The glyph of a word space.
    pub(super) space_glyph: WordGlyph,
    /// Width of a hyphen, and how far it hangs out.
    pub(super) hyphen: (Abs, Abs),
    /// The character of hyphens that are added: not the author's own, so that
    /// a reader of the file can tell them apart.
    pub(super) hyphen_character: char,
    /// Words in its language should be divided, and it has no patterns for that.
    is_patternless: bool,
}

/// A place inside a word where a line may end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inner {
    /// Bytes of the word before it.
    pub(super) at: u32,
    /// Glyphs before it.
    pub(super) glyphs: u32,
    /// Width before it, in 1/65536 em.
    pub(super) width: i64,
    /// How far the part before it hangs out, in 1/65536 em.
    pub(super) hang: i64,
    /// What a break there shows.
    pub(super) kind: InnerKind,
    /// How willingly a line ends there.
    pub(super) class: BreakClass,
}

/// What a break inside a word shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InnerKind {
    /// Nothing, or a dash.
    Plain,
    /// A hyphen that is there already.
    Hard,
    /// A hyphen that is added.
    Hyphen,
}

/// What the breaker must know of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    inner: (u32, u32),
    /// A hash of its letters and figures, 0 when it has none.
    pub(super) hash: u32,
    /// How far it hangs out on the left and on the right, in 1/65536 em.
    pub(super) hang: (i64, i64),
}

/// Characters that no face has.
#[derive(Default)]
struct Lacking {
    /// Where the first stands.
    span: Option<Span>,
    chars: Vec<char>,
    families: Vec<String>,
    /// In how many words of one family.
    words: u32,
}

impl Lacking {
    /// Characters of one alphabet are told of at the first place where one of them is
    /// missing; that one is named first, so that the drawing points at it.
    fn add(&mut self, family: String, c: char, span: Option<Span>, words: u32) {
        if !self.chars.contains(&c) {
            if self.span.is_none() || span.is_some() && span < self.span {
                self.chars.insert(0, c);
                self.span = span;
            } else {
                self.chars.push(c);
            }
        }
        if !self.families.contains(&family) {
            self.families.push(family);
        }
        self.words = self.words.max(words);
    }
}

impl<'a> Shaper<'a> {
    /// A shaper for books in the faces of `library`; the style gives fallback
    /// families and exceptions to hyphenation.
    #[must_use]
    pub fn new(library: &'a Library, style: &Style) -> Shaper<'a> {
        Shaper {
            cache: ShaperCache::new(library, style.text.fallback.clone())
                .standing_in(style.text.stand_in.chars().next()),
            stand_in: style.text.stand_in.chars().next(),
            hyphenator: Hyphenator::new(&style.text.exceptions),
            opportunities: Opportunities::default(),
            learnt: Learnt::default(),
            gaps: Gaps::default(),
            memory: None,
            reported: BTreeSet::new(),
            language: Lang::default(),
            system_fonts: style.text.system_fonts,
        }
    }

    /// The same for a book in that language: runs in another one say so.
    #[must_use]
    pub fn in_language(mut self, language: &Lang) -> Shaper<'a> {
        self.language = language.clone();
        self
    }

    /// The same for a book that was set before, in the same style and faces.
    pub(super) fn with_memory(mut self, memory: &'a ShaperMemory<'a>) -> Shaper<'a> {
        let (learnt, words) = memory.pool.take();
        self.learnt = learnt;
        self.cache.begin_with(words);
        self.memory = Some((memory, MetWays::new()));
        self
    }

    /// The ways in which paragraphs were broken when the book was set before, if it was.
    pub(super) fn known_ways(&self) -> Option<&'a KnownWays<'a>> {
        self.memory.as_ref().map(|(memory, _)| &memory.ways)
    }

    /// Remembers in which ways a paragraph was broken.
    pub(super) fn meet(&mut self, key: Key, ways: Arc<Ways>) {
        if let Some((_, met)) = &mut self.memory {
            met.push((key, ways));
        }
    }

    /// The paragraphs that were met since the last call.
    pub(super) fn take_ways(&mut self) -> MetWays {
        self.memory.as_mut().map(|(_, met)| std::mem::take(met)).unwrap_or_default()
    }

    /// The faces.
    #[must_use]
    pub fn library(&self) -> &'a Library {
        self.cache.library()
    }

    /// What was found since the last call: characters that no face has,
    /// languages without hyphenation patterns.
    pub fn take_findings(&mut self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (lacking, stand_in) in self.gathered() {
            let hint = self.who_has(&lacking.chars);
            let finding = glyph_missing(&lacking).hint(hint);
            findings.push(match stand_in {
                Some(sign) => standing_in(finding, sign),
                None => finding,
            });
        }
        findings.extend(self.reduced_small_caps());
        for tag in std::mem::take(&mut self.gaps.patternless) {
            if self.reported.insert(tag.clone()) {
                let message = format!("there are no hyphenation patterns for `{tag}`");
                findings.push(Diagnostic::new(Code::LanguageNoPatterns, None, message));
            }
        }
        findings
    }

    /// What was found lacking since the last call, told of together as [`kin`] says, and the sign that stands
    /// there: what two families lack is one thing, and mended once.
    fn gathered(&mut self) -> Vec<(Lacking, Option<char>)> {
        let missing = std::mem::take(&mut self.gaps.missing);
        // Signs of no alphabet are told of by their places, and a family that lacks one later in the
        // book must not make a finding of its own: the first place of each counts for all families.
        let mut first: BTreeMap<char, Option<Span>> = BTreeMap::new();
        for ((_, c), (span, _)) in &missing {
            let place = first.entry(*c).or_insert(*span);
            *place = (*place).into_iter().chain(*span).min();
        }
        let mut together: BTreeMap<(Kin, Option<char>), Lacking> = BTreeMap::new();
        for ((family, c), (_, words)) in missing {
            let span = first[&c];
            // A sign stands for them, where the face has it; the pages can then be made, and those that
            // cannot be are another finding.
            let has = |sign: &char| self.library().missing(&family, &[], &sign.to_string()).is_empty();
            let stand_in = self.stand_in.filter(has);
            together.entry((kin(c, span), stand_in)).or_default().add(family, c, span, words);
        }
        together.into_iter().map(|((_, stand_in), lacking)| (lacking, stand_in)).collect()
    }

    /// Takes what was found lacking since the last call.
    pub fn take_gaps(&mut self) -> Gaps {
        std::mem::take(&mut self.gaps)
    }

    /// Adds what another shaper of the same book found lacking, in words behind these.
    pub fn add_gaps(&mut self, gaps: Gaps) {
        self.gaps.append(gaps);
    }

    /// Families without small capitals of some alphabet, each told of once.
    fn reduced_small_caps(&mut self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (face, alphabet) in self.gaps.reduced.clone() {
            let family = &self.library().face(face).family;
            let which = if alphabet == "Latin" { String::new() } else { format!("{alphabet} ") };
            let message = format!("{family} has no {which}small capitals: reduced capitals are used instead");
            if self.reported.insert(message.clone()) {
                findings.push(Diagnostic::new(Code::SmallCapsMissing, None, message));
            }
        }
        findings
    }

    /// Whether a style, or a fallback, has all of these characters.
    pub fn has(&mut self, style: &ResolvedStyle, text: &str) -> bool {
        let id = self.style(style);
        self.cache.missing(self.learnt.styles[id.0 as usize].instances[0], text).is_empty()
    }

    /// Which family has all characters that a face and its fallbacks lack, and
    /// the line that names it as a further fallback.
    fn who_has(&self, chars: &[char]) -> String {
        let upright = self.library().iter().filter(|(_, face)| face.variant == Variant::default());
        let found = upright.map(|(_, face)| face).find(|face| lacking(face, chars).is_empty());
        let what = if chars.len() > 1 { "them" } else { "it" };
        if let Some(face) = found {
            return format!("{} has {what}: write {}", face.family, self.fallback_line(&[&face.family]));
        }
        let families = known_families(chars, self.language.tag());
        if families.is_empty() {
            return format!("add a font that has {what} to `fonts/` and name its family in `text.fallback`");
        }
        let (names, line) = (families.join(" and "), self.fallback_line(&families));
        if self.system_fonts {
            return format!(
                "no installed font has {what}; install {names}, or add the files to `fonts/` and write {line}"
            );
        }
        let verb = if families.len() > 1 { "have" } else { "has" };
        format!(
            "{names} {verb} {what}: add the files to `fonts/` and write {line}, or use what is installed here with `text.system-fonts = true`"
        )
    }

    fn fallback_line(&self, more: &[&str]) -> String {
        let families = self.cache.fallback().iter().map(String::as_str).chain(more.iter().copied());
        let families: Vec<String> = families.map(|family| format!("\"{family}\"")).collect();
        format!("`text.fallback = [{}]` under [style]", families.join(", "))
    }

    /// The id of a style, made ready for shaping.
    pub(super) fn style(&mut self, style: &ResolvedStyle) -> StyleId {
        if let Some(id) = self.learnt.style_ids.get(style).copied() {
            self.note_patternless(id);
            return id;
        }
        let instances = [false, true].map(|rtl| self.cache.instance(&font_instance(style, rtl)));
        let space_word = self.cache.word(instances[0], " ");
        let own_hyphen = self.cache.missing(instances[0], "\u{2010}").is_empty();
        let hyphen_character = if own_hyphen { '\u{2010}' } else { '-' };
        // A hyphen that the tool adds is U+2010 where the face has it, so that a reader of the file
        // can tell it from one that the author typed; it looks the same.
        let hyphen_word = self.cache.word(instances[0], hyphen_character.encode_utf8(&mut [0; 4]));
        let space_glyph = self.cache.glyphs(space_word).first().copied().unwrap_or(WordGlyph {
            face: style.face,
            id: 0,
            scale: WordGlyph::WHOLE,
            start: 0,
            end: 1,
            advance: 16384,
            offset: (0, 0),
        });
        let hyphen = ems(self.cache.get(hyphen_word).advance, style.size);
        let open = OpenStyle {
            instances,
            lang: (*style.lang != self.language).then(|| Arc::from(style.lang.tag())),
            space: ems(i64::from(space_glyph.advance), style.size) + style.letterspace,
            space_glyph,
            hyphen: (hyphen, hyphen.scale(hang('-').1)),
            hyphen_character,
            is_patternless: style.lang.is_divided() && !has_patterns(&style.lang),
            style: style.clone(),
        };
        let id = StyleId(u32::nearest(self.learnt.styles.len()));
        self.learnt.styles.push(open);
        self.learnt.style_ids.insert(style.clone(), id);
        self.note_patternless(id);
        id
    }

    /// Notes that something is set in a style whose language has no patterns.
    fn note_patternless(&mut self, id: StyleId) {
        let open = &self.learnt.styles[id.0 as usize];
        if open.is_patternless && !self.gaps.patternless.contains(open.style.lang.tag()) {
            self.gaps.patternless.insert(open.style.lang.tag().to_owned());
        }
    }

    /// The style of that id.
    pub(super) fn open(&self, id: StyleId) -> &OpenStyle {
        &self.learnt.styles[id.0 as usize]
    }

    /// The width of a word space in a style.
    pub(super) fn space(&mut self, style: &ResolvedStyle) -> Abs {
        let id = self.style(style);
        self.open(id).space
    }

    /// The tag of a style's language when it is not the book's.
    pub(super) fn lang(&self, id: StyleId) -> Option<Arc<str>> {
        self.open(id).lang.clone()
    }

    /// The word `text` in a style. Glyphs that are missing are noted as found
    /// at `span`.
    pub(super) fn word(&mut self, style: StyleId, rtl: bool, text: &str, span: Option<Span>) -> WordId {
        let instance = self.learnt.styles[style.0 as usize].instances[usize::from(rtl)];
        let id = self.cache.word(instance, text);
        self.gaps.reduced.extend(self.cache.reduced(id));
        if self.cache.get(id).incomplete {
            let face = self.learnt.styles[style.0 as usize].style.face;
            let family = self.library().face(face).family.clone();
            for c in self.cache.missing(instance, text) {
                self.gaps.missing.entry((family.clone(), c)).or_insert((span, 0)).1 += 1;
            }
        }
        id
    }

    /// A part of a word that a line break cut; its glyphs were looked for.
    pub(super) fn part(&mut self, style: StyleId, rtl: bool, text: &str) -> WordId {
        let instance = self.learnt.styles[style.0 as usize].instances[usize::from(rtl)];
        self.cache.word(instance, text)
    }

    /// The shaped word of that id.
    pub(super) fn shaped(&self, id: WordId) -> &Word {
        self.cache.get(id)
    }

    /// Its glyphs from left to right.
    pub(super) fn glyphs(&self, id: WordId) -> &[WordGlyph] {
        self.cache.glyphs(id)
    }

    /// What the breaker must know of the word `id`, which is `text` in a style.
    pub(super) fn facts(&mut self, id: WordId, text: &str, style: StyleId) -> Facts {
        // Facts are kept by the number of the shaped word. The same letters in another font instance
        // are another word, since their widths differ; in another place of the book they are the same
        // one, and are not looked at again.
        if self.learnt.facts.len() <= id.index() {
            self.learnt.facts.resize(id.index() + 1, None);
        }
        if let Some(facts) = self.learnt.facts[id.index()] {
            return facts;
        }
        let first = u32::nearest(self.learnt.inner.len());
        let lang = self.open(style).style.lang.clone();
        self.find_inner(id, text, &lang);
        let glyphs = self.cache.glyphs(id);
        let hangs = |c: Option<char>, glyph: Option<&WordGlyph>| {
            let (left, right) = c.map_or((0.0, 0.0), hang);
            let advance = glyph.map_or(0.0, |glyph| f64::from(glyph.advance));
            (i64::nearest(left * advance), i64::nearest(right * advance))
        };
        let facts = Facts {
            inner: (first, u32::nearest(self.learnt.inner.len())),
            hash: hash(text),
            hang: (
                hangs(text.chars().next(), glyphs.first()).0,
                hangs(text.chars().next_back(), glyphs.last()).1,
            ),
        };
        self.learnt.facts[id.index()] = Some(facts);
        facts
    }

    /// The places inside a word where a line may end, in order.
    pub(super) fn inner(&self, facts: &Facts) -> &[Inner] {
        &self.learnt.inner[facts.inner.0 as usize..facts.inner.1 as usize]
    }

    /// The natural width of a word.
    pub(super) fn width(&self, style: StyleId, word: WordId) -> Abs {
        let style = &self.open(style).style;
        let shaped = self.shaped(word);
        ems(shaped.advance, style.size) + style.letterspace * shaped.glyph_count() as i64
    }

    /// The natural width of a space, or of several.
    pub(super) fn spaces(&self, style: StyleId, text: &str) -> Abs {
        self.open(style).space * text.chars().count() as i64
    }

    /// The white that must be added between two words that touch, when one of them slants and
    /// the other does not: a slanted letter leans over what stands upright behind it (`*of*’`),
    /// and its tail runs below what stands before it (`(*f*`).
    pub(super) fn correction(&mut self, before: (WordId, StyleId), after: (WordId, StyleId)) -> Abs {
        let (Some(last), Some(first)) = (self.glyphs(before.0).last(), self.glyphs(after.0).first()) else {
            return Abs::ZERO;
        };
        let slants = |face: FaceId| self.library().face(face).variant.italic;
        if last.face == first.face || slants(last.face) == slants(first.face) {
            return Abs::ZERO;
        }
        let (last, first) = (*last, *first);
        // The same two letters meet again and again in a book (a slanted word before a comma), and to
        // draw them takes as long as to shape a page of words.
        let key = (self.neighbour(&last, before.1), self.neighbour(&first, after.1));
        if let Some(known) = self.learnt.corrections.get(&key) {
            return *known;
        }
        let (left, right) = (key.0.letter(), key.1.letter());
        let size = self.open(before.1).style.size;
        let pace = (ems(i64::from(last.advance - last.offset.0), size)
            + ems(i64::from(first.offset.0), self.open(after.1).style.size))
        .to_pt();
        // Letters of which one stands above the other do not come near each other, whatever their boxes do:
        // behind a slanted f there is room for a comma.
        let white = self.library().white_between(left, pace, right);
        let em = left.size.min(right.size);
        let lacking = white.map_or(0.0, |white| (em * LEAST_WHITE - white).clamp(0.0, em * MOST_CORRECTION));
        let correction = Abs::pt(lacking);
        self.learnt.corrections.insert(key, correction);
        correction
    }

    fn neighbour(&self, glyph: &WordGlyph, style: StyleId) -> Neighbour {
        let style = &self.open(style).style;
        let size = style.size * i64::from(glyph.scale) / i64::from(WordGlyph::WHOLE);
        let raise = style.raise + ems(i64::from(glyph.offset.1), style.size);
        Neighbour { face: glyph.face, glyph: glyph.id, size, raise }
    }

    /// Whether a line may end between two words, with a space or without.
    pub(super) fn between(&mut self, before: &str, spaced: bool, after: &str) -> BreakClass {
        self.opportunities.between(before, spaced, after)
    }

    fn find_inner(&mut self, id: WordId, text: &str, lang: &Lang) {
        let mut found: Vec<(usize, InnerKind, BreakClass)> = Vec::new();
        for (at, class) in self.opportunities.inside(text) {
            let kind = match text[..at].chars().next_back() {
                Some('\u{ad}') => InnerKind::Hyphen,
                Some('-' | '\u{2010}') => InnerKind::Hard,
                _ => InnerKind::Plain,
            };
            // `Smith-Jones` is parted at its hyphen only for want of something better, `well-known` at
            // once.
            let proud = kind == InnerKind::Hard && starts_capital(text) && class == BreakClass::Allowed;
            found.push((at, kind, if proud { BreakClass::Poor } else { class }));
        }
        let odd = text.contains(['\u{ad}', '/', '@', '_']) || text.contains(char::is_numeric);
        if !odd && text.len() <= LONGEST_WORD && !is_address(text) {
            self.find_hyphens(text, lang, &mut found);
        }
        found.sort_unstable_by_key(|(at, ..)| *at);
        let mut glyphs: Vec<_> =
            self.cache.glyphs(id).iter().map(|glyph| (glyph.start as usize, glyph.advance)).collect();
        // Glyphs stand from left to right; in a word that runs the other way their bytes fall. Sorted
        // by bytes they are in the order of the break places, and one pass over both adds up the
        // widths.
        glyphs.sort_by_key(|(start, _)| *start);
        let mut glyphs = glyphs.into_iter().peekable();
        let (mut count, mut width, mut last) = (0, 0, 0);
        for (at, kind, class) in found {
            while let Some((_, advance)) = glyphs.next_if(|(start, _)| *start < at) {
                (count, width, last) = (count + 1, width + i64::from(advance), advance);
            }
            let hang = text[..at].chars().next_back().map_or(0.0, |c| hang(c).1) * f64::from(last);
            self.learnt.inner.push(Inner {
                at: u32::nearest(at),
                glyphs: count,
                width,
                hang: i64::nearest(hang),
                kind,
                class,
            });
        }
    }

    /// Adds the hyphenation points of the words in `text`. Capitalised words
    /// and parts of compounds are divided in despair alone.
    fn find_hyphens(&self, text: &str, lang: &Lang, found: &mut Vec<(usize, InnerKind, BreakClass)>) {
        // A compound has a better place to be parted, and a name should not be parted at all; in
        // German every noun has a capital, which says nothing.
        let compound = text.contains(['-', '\u{2010}', '–', '—']);
        for (start, letters) in letter_runs(text) {
            let capital = starts_capital(letters);
            let german = lang.primary() == "de";
            let class =
                if compound || capital && !german { BreakClass::Emergency } else { BreakClass::Allowed };
            let points = self.hyphenator.points(letters, lang);
            if points.is_empty() {
                let guessed = self.hyphenator.guessed(letters, lang).into_iter();
                found.extend(guessed.map(|at| (start + at, InnerKind::Hyphen, BreakClass::LastResort)));
            }
            found.extend(points.into_iter().map(|at| (start + at, InnerKind::Hyphen, class)));
        }
    }
}

/// The least white between a slanted letter and an upright one, in ems: a little less than
/// there is between a letter and a mark of one face.
const LEAST_WHITE: f64 = 0.04;
/// No more than this is added, in ems.
const MOST_CORRECTION: f64 = 0.25;

/// A letter that stands beside one that slants otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Neighbour {
    face: FaceId,
    glyph: u16,
    size: Abs,
    raise: Abs,
}

impl Neighbour {
    fn letter(self) -> Letter {
        let Neighbour { face, glyph, size, raise } = self;
        Letter { face, glyph, size: size.to_pt(), raise: raise.to_pt() }
    }
}

/// A word of more letters is none: it has no syllables, and is broken at every
/// eighth only. At each, there would be more ways to break it than time to weigh
/// them.
pub(super) const LONGEST_WORD: usize = bounds::WORD.count();

/// Whether the first letter is a capital.
fn starts_capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// The runs of letters in `text`, each with its first byte. An apostrophe ends
/// a run.
fn letter_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| !c.is_alphabetic() && !matches!(c, '\u{300}'..='\u{36f}')).map(move |run| {
        let start = at + (text[at..].find(run).unwrap_or(0));
        at = start + run.len();
        (start, run)
    })
}

/// A hash of a word's letters and figures, whatever their case; 0 for none.
fn hash(text: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut any = false;
    for c in text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        // FNV-1a (draft-eastlake-fnv-17). Two words with the same hash would cost a line as much as a
        // stack does and harm nothing; nought is kept for words without letters, which are never
        // alike.
        hash = (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
        any = true;
    }
    if any { hash.max(1) } else { 0 }
}

/// A length in 1/65536 em at a type size.
pub(super) fn ems(length: i64, size: Abs) -> Abs {
    // Rounded to the nearest 1/65536 pt, with a shift and no division. The product of a length below
    // 2^31 and a size of 144 pt, 2^24, is far below 2^63.
    Abs::raw((length * size.to_raw() + 32768) >> 16)
}

fn font_instance(style: &ResolvedStyle, rtl: bool) -> FontInstance {
    FontInstance {
        face: style.face,
        small_caps: style.small_caps,
        caps_too: style.caps_too,
        old_style: style.old_style,
        superior: style.superior,
        loose: style.letterspace != Abs::ZERO,
        lang: style.lang.tag().to_owned(),
        rtl,
    }
}

/// What missing characters are reported together by: their alphabet, or where
/// signs of no alphabet stand first.
type Kin = (u32, Option<Span>);

fn kin(c: char, span: Option<Span>) -> Kin {
    const EAST_ASIAN: u32 = 1;
    match u32::from(c) {
        0x2e80..=0xa4cf | 0xac00..=0xd7ff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff => {
            (EAST_ASIAN, None)
        }
        // the signs of an Indic alphabet, its stops among them, are in the same fonts; two share a block of 256
        code @ 0x0900..=0x0dff => (code & !0x7f, None),
        // marks over letters, vowel signs
        code @ 0x0300..=0x1fff => (code & !0xff, None),
        code if c.is_alphabetic() => (code & !0xff, None),
        _ => (0, span),
    }
}

/// The finding on characters for which a sign stands: the pages can be made.
fn standing_in(mut finding: Diagnostic, sign: char) -> Diagnostic {
    finding.severity = Severity::Warning;
    finding.message.push_str(&format!("; `{sign}` stands there, as `text.stand-in` says"));
    finding
}

/// The characters that one stretch of text wants and its families lack.
fn glyph_missing(lacking: &Lacking) -> Diagnostic {
    let Lacking { span, chars, families, words } = lacking;
    let more = match words.saturating_sub(1) {
        0 => String::new(),
        1 => ", here and in one more word".to_owned(),
        more => format!(", here and in {more} more words"),
    };
    let who = match families.as_slice() {
        [one] => format!("{one} has"),
        [first @ .., last] => format!("{} and {last} have", first.join(", ")),
        [] => "no family has".to_owned(),
    };
    let message = format!("{who} no glyph for {}{more}", named(chars));
    let finding = Diagnostic::new(Code::GlyphMissing, *span, message).within(Scope::Pages);
    match chars.first() {
        Some(c) => finding.about(*c),
        None => finding,
    }
}
