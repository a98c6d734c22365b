//! Whether a face has superior figures of its own.

use super::Face;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, GlyphId, MetadataProvider};

impl Face {
    /// Whether its feature `sups` makes figures superior. A face without it
    /// needs figures that are made small and raised.
    #[must_use]
    pub fn has_superiors(&self) -> bool {
        let font = FontRef::from_index((*self.data).as_ref(), self.index).ok();
        font.and_then(|font| raised(&font)).unwrap_or(false)
    }
}

/// Whether the feature leads from each figure to another glyph.
fn raised(font: &FontRef<'_>) -> Option<bool> {
    let gsub = font.gsub().ok()?;
    let list = gsub.feature_list().ok()?;
    let tags = list.feature_records().iter().map(|record| record.feature_tag().to_be_bytes());
    let features: IntSet<u16> =
        tags.zip(0u16..).filter(|(tag, _)| tag == b"sups").map(|(_, index)| index).collect();
    let lookups = gsub.collect_lookups(&features).ok()?;
    let has_another = |figure: char| {
        let mut glyphs: IntSet<GlyphId> = font.charmap().map(figure).into_iter().collect();
        gsub.closure_glyphs(&lookups, &mut glyphs).ok()?;
        Some(glyphs.len() > 1)
    };
    ('0'..='9').map(has_another).try_fold(true, |all, one| Some(all && one?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{Library, Variant};
    use std::sync::Arc;

    #[test]
    fn a_face_without_the_feature_has_no_superiors() {
        let library = Library::built_in();
        let face = library.face(library.find("Libertinus Serif", Variant::default()).unwrap());
        assert!(face.has_superiors());
        let mut bytes = (*face.data).as_ref().to_vec();
        let table = bytes.windows(4).position(|tag| tag == b"GSUB").unwrap();
        bytes[table..table + 4].copy_from_slice(b"GSUX");
        let bare = Face::read(Arc::new(bytes), 0).unwrap();
        assert!(!bare.has_superiors());
    }
}
