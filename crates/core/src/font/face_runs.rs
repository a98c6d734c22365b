//! A word cut where its face must change, or a character must be built.

use super::characters::clings;
use super::face_run::FaceRun;
use super::shape::ShaperCache;
use super::spell::{Recipe, accented, recipes};
use super::{FaceId, FontInstance, Library, Variant};
use unicode_normalization::UnicodeNormalization;

/// So many letters of a word are asked whose face they are of.
const LETTERS_ASKED: usize = 32;

/// Where the glyph of a character comes from.
enum Source {
    /// A face has it.
    Face(FaceId),
    /// A face has what it is built from.
    Built(FaceId, Recipe),
    /// None has.
    Missing,
}

impl Library {
    /// The characters of `text` that the upright of a family and its fallbacks
    /// neither have nor can build.
    #[must_use]
    pub fn missing(&self, family: &str, fallback: &[String], text: &str) -> Vec<char> {
        let Some(face) = self.find(family, Variant::default()) else { return Vec::new() };
        let mut cache = ShaperCache::new(self, fallback.to_vec());
        let cut = cache.instance(&FontInstance::of(face));
        cache.missing(cut, text)
    }

    /// The words with each sign that the upright of a family lacks written as
    /// those that it is built from, for places that cannot build it.
    #[must_use]
    pub fn spelled(&self, family: &str, words: &str) -> String {
        let Some(face) = self.find(family, Variant::default()) else { return words.to_owned() };
        let mut cache = ShaperCache::new(self, Vec::new());
        let mut spell = |c| match cache.source(face, c) {
            Source::Built(_, recipe) => recipe.text(),
            _ => None,
        };
        words.chars().map(|c| spell(c).unwrap_or_else(|| c.to_string())).collect()
    }
}

impl ShaperCache<'_> {
    /// Cuts `text` where the face must change. Marks stay with their letter.
    pub(super) fn parts(&mut self, face: FaceId, text: &str) -> Vec<FaceRun> {
        let mut parts: Vec<FaceRun> = Vec::new();
        for (at, c) in text.char_indices() {
            let mut source = self.source(face, c);
            if matches!(source, Source::Built(..))
                && let Some(other) = self.face_of_word(face, text, c)
            {
                source = Source::Face(other);
            }
            if matches!(source, Source::Missing) && clings(c) && self.accent(&mut parts, c, text) {
                continue;
            }
            let (wanted, recipe, missing) = match source {
                Source::Face(found) => (found, None, false),
                Source::Built(found, recipe) => (found, Some(recipe), false),
                Source::Missing => (face, None, true),
            };
            let stand_in = self.stand_in.filter(|sign| missing && self.has(face, *sign));
            let (way, built) = match recipe {
                None => (stand_in.map(String::from), None),
                Some(Recipe::Letters(way)) => (Some(way), None),
                other => (None, other),
            };
            let last = parts.last_mut().filter(|last| last.built.is_none() && built.is_none());
            let goes_on = |last: &FaceRun, it: &mut Self| {
                last.missing == missing && last.face == wanted || clings(c) && it.has(last.face, c)
            };
            match last {
                Some(last) if goes_on(last, self) => last.push(c, way.as_deref(), &text[last.start..at]),
                _ => {
                    let blank =
                        FaceRun { face: wanted, start: at, end: at, missing, built, spelled: Vec::new() };
                    parts.push(blank);
                    if let Some(part) = parts.last_mut() {
                        part.push(c, way.as_deref(), "");
                    }
                }
            }
        }
        parts
    }

    /// Puts a mark that no face has on the letter before it, as an accent that
    /// stands alone elsewhere; false when that cannot be.
    fn accent(&mut self, parts: &mut Vec<FaceRun>, mark: char, text: &str) -> bool {
        let Some(last) = parts.last() else { return false };
        let words = &text[last.start..last.end];
        let (start, marks) = match words.char_indices().rfind(|(_, c)| !clings(*c)) {
            Some((at, _)) if last.built.is_none() && last.spelled.is_empty() && !last.missing => {
                (last.start + at, &words[at..])
            }
            Some((0, _)) if matches!(last.built, Some(Recipe::Accented(..))) => (last.start, words),
            _ => return false,
        };
        let (letter, marks): (String, String) = marks.nfd().chain([mark]).partition(|c| !clings(*c));
        let recipe = letter.chars().next().and_then(|letter| accented(letter, &marks));
        let (face, end) = (last.face, last.end + mark.len_utf8());
        let Some(recipe) = recipe.and_then(|recipe| self.possible(face, &[recipe])) else { return false };
        if start == last.start {
            parts.pop();
        } else if let Some(last) = parts.last_mut() {
            last.end = start;
        }
        parts.push(FaceRun { face, start, end, missing: false, built: Some(recipe), spelled: Vec::new() });
        true
    }

    /// The other face from which all letters of a word come, if it has this one as well: a word of another script is
    /// not set in two faces because the first could build one of its letters (μ from the sign of millionths).
    fn face_of_word(&mut self, face: FaceId, text: &str, c: char) -> Option<FaceId> {
        if !c.is_alphabetic() {
            return None;
        }
        let mut found = None;
        for other in text.chars().filter(|other| other.is_alphabetic() && *other != c).take(LETTERS_ASKED) {
            match self.source(face, other) {
                Source::Face(own) if own == face => return None,
                Source::Face(other) if self.has(other, c) => found = Some(other),
                _ => {}
            }
        }
        found
    }

    /// Where `c` comes from: the face itself before its fallbacks, and of each
    /// its own glyph before one that is built.
    fn source(&mut self, face: FaceId, c: char) -> Source {
        if self.has(face, c) {
            return Source::Face(face);
        }
        let recipes = recipes(c);
        if let Some(recipe) = self.possible(face, &recipes) {
            return Source::Built(face, recipe);
        }
        let fallbacks = self.fallbacks(face);
        if let Some(found) = fallbacks.iter().find(|fallback| self.has(**fallback, c)) {
            return Source::Face(*found);
        }
        for fallback in fallbacks {
            if let Some(recipe) = self.possible(fallback, &recipes) {
                return Source::Built(fallback, recipe);
            }
        }
        Source::Missing
    }

    /// The first recipe for which the face has everything.
    fn possible(&mut self, face: FaceId, recipes: &[Recipe]) -> Option<Recipe> {
        recipes.iter().find(|recipe| recipe.needs().into_iter().all(|c| self.has(face, c))).cloned()
    }
}
