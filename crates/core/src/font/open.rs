//! Faces and instances that are open for shaping.

use super::capitals::SmallCaps;
use super::{FaceId, FontInstance, Library, WordGlyph, WordId};
use crate::narrow::Nearest;
use harfrust::{
    Direction, Feature, FontRef, GlyphInfo, GlyphPosition, Language, Script, ShapeOptions, ShapePlan,
    ShaperData, Tag, UnicodeBuffer, script,
};
use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use std::collections::HashMap;
use std::str::FromStr;

/// A face with its shaper.
pub(super) struct OpenFace<'a> {
    id: FaceId,
    pub(super) shaper: harfrust::Shaper<'a>,
    characters: skrifa::charmap::Charmap<'a>,
    /// Which characters of ASCII it has: nearly all of most books.
    ascii: [bool; 128],
    pub(super) per_unit: f64,
    /// Height of capitals, in 1/65536 em.
    pub(super) cap_height: i32,
    /// Height of the small x, in 1/65536 em.
    pub(super) x_height: i32,
    pub(super) metrics: GlyphMetrics<'a>,
    pub(super) small_caps: SmallCaps<'a>,
}

impl<'a> OpenFace<'a> {
    pub(super) fn new(library: &'a Library, id: FaceId) -> Option<OpenFace<'a>> {
        let face = library.face(id);
        let bytes: &'a [u8] = (*face.data).as_ref();
        let font = FontRef::from_index(bytes, face.index).ok()?;
        let data: &'a ShaperData = face.shaper.get_or_init(|| std::sync::Arc::new(ShaperData::new(&font)));
        let tables = skrifa::FontRef::from_index(bytes, face.index).ok()?;
        let characters = tables.charmap();
        let per_unit = 65536.0 / f64::from(face.units_per_em.max(1));
        Some(OpenFace {
            id,
            shaper: data.shaper(&font).build(),
            ascii: std::array::from_fn(|code| characters.map(u32::nearest(code)).is_some()),
            characters,
            per_unit,
            cap_height: i32::nearest((f64::from(face.cap_height) * per_unit).round()),
            x_height: i32::nearest((f64::from(face.x_height) * per_unit).round()),
            metrics: tables.glyph_metrics(Size::unscaled(), LocationRef::default()),
            small_caps: SmallCaps::new(tables),
        })
    }

    /// A glyph as the shaper gives it, for the bytes of its cluster.
    pub(super) fn glyph(&self, info: &GlyphInfo, position: &GlyphPosition) -> WordGlyph {
        let ems = |units: i32| i32::nearest((f64::from(units) * self.per_unit).round());
        WordGlyph {
            face: self.id,
            id: u16::nearest(info.glyph_id),
            scale: WordGlyph::WHOLE,
            start: info.cluster,
            end: info.cluster,
            advance: ems(position.x_advance),
            offset: (ems(position.x_offset), ems(position.y_offset)),
        }
    }

    pub(super) fn has(&self, c: char) -> bool {
        let known = self.ascii.get(c as usize).copied();
        known.unwrap_or_else(|| self.characters.map(c).is_some())
    }
}

/// How a face is shaped in a script.
pub(super) struct Plan {
    face: FaceId,
    script: Script,
    /// The language that the shaper is told, unless the face knows less in it.
    pub(super) language: Option<Language>,
    pub(super) plan: ShapePlan,
}

/// A instance with what it has shaped.
pub(super) struct OpenInstance {
    pub(super) instance: FontInstance,
    pub(super) features: Vec<Feature>,
    language: Option<Language>,
    pub(super) plans: Vec<Plan>,
    pub(super) words: HashMap<Box<str>, WordId>,
}

impl OpenInstance {
    pub(super) fn new(instance: &FontInstance) -> OpenInstance {
        let mut features = Vec::new();
        let mut set = |tag: &[u8; 4], on: bool| features.push(Feature::new(Tag::new(tag), u32::from(on), ..));
        set(if instance.old_style { b"onum" } else { b"lnum" }, true);
        for (tag, on) in [
            (b"smcp", instance.small_caps || instance.caps_too),
            (b"c2sc", instance.caps_too),
            (b"sups", instance.superior),
        ] {
            if on {
                set(tag, true);
            }
        }
        if instance.loose {
            set(b"liga", false);
            set(b"clig", false);
        }
        OpenInstance {
            features,
            language: Language::from_str(&instance.lang).ok(),
            instance: instance.clone(),
            plans: Vec::new(),
            words: HashMap::new(),
        }
    }

    /// Its features, and no ligature over those places in a word. (A ligature is made of
    /// glyphs that all have the feature: it is taken from the letter before each place.)
    pub(super) fn features_with(&self, parted: &[usize]) -> Vec<Feature> {
        let none = |tag: &[u8; 4], at: usize| {
            let (start, end) = (u32::nearest(at - 1), u32::nearest(at));
            Feature { tag: Tag::new(tag), value: 0, start, end }
        };
        let without = parted.iter().flat_map(|at| [none(b"liga", *at), none(b"clig", *at)]);
        self.features.iter().copied().chain(without).collect()
    }

    /// The place in `plans` of the plan for that face and script.
    pub(super) fn plan(&mut self, face: FaceId, shaper: &harfrust::Shaper<'_>, script: Script) -> usize {
        let known = self.plans.iter().position(|plan| plan.face == face && plan.script == script);
        known.unwrap_or_else(|| {
            let direction = if self.instance.rtl { Direction::RightToLeft } else { Direction::LeftToRight };
            let language = self.language.clone();
            let language = language.filter(|language| !self.loses_small_caps(shaper, script, language));
            let plan = ShapePlan::new(shaper, direction, Some(script), language.as_ref(), &self.features);
            self.plans.push(Plan { face, script, language, plan });
            self.plans.len() - 1
        })
    }

    /// Whether small capitals are wanted that the face has, but not in this
    /// language: Libertinus lists forms of their own for Swedish, Finnish,
    /// Norwegian, Serbian and Macedonian, and forgets small capitals there.
    fn loses_small_caps(&self, shaper: &harfrust::Shaper<'_>, script: Script, language: &Language) -> bool {
        let sample = match script {
            script::LATIN => "n",
            script::CYRILLIC => "п",
            script::GREEK => "ν",
            _ => return false,
        };
        let glyph = |language: Option<&Language>, features: &[Feature]| {
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(sample);
            buffer.guess_segment_properties();
            language.into_iter().for_each(|language| buffer.set_language(language.clone()));
            let shaped = shaper.shape(buffer, ShapeOptions::new().features(features));
            shaped.glyph_infos().first().map(|info| info.glyph_id)
        };
        let wanted = self.instance.small_caps || self.instance.caps_too;
        let plain = glyph(None, &[]);
        wanted && glyph(Some(language), &self.features) == plain && glyph(None, &self.features) != plain
    }
}
