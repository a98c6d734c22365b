//! The faces of a book in the form that the SVG library wants.

use crate::book::Meta;
use crate::font::Library;
use crate::svg;
use resvg::usvg;
use std::sync::Arc;

/// The faces in the form that the SVG library wants.
#[derive(Clone)]
pub struct Faces {
    database: Arc<usvg::fontdb::Database>,
    library: Library,
}

/// The family in which templates are set that name none.
pub(super) const USUAL: &str = "Libertinus Serif";

impl Faces {
    /// All faces of a library; nothing is taken from the system.
    #[must_use]
    pub fn new(library: &Library) -> Faces {
        let mut database = usvg::fontdb::Database::new();
        for (_, face) in library.iter() {
            database.load_font_source(usvg::fontdb::Source::Binary(face.data.clone()));
        }
        Faces { database: Arc::new(database), library: library.clone() }
    }

    /// The words with signs that the face lacks built from others, as on pages.
    pub(super) fn spelled(&self, meta: &Meta) -> Meta {
        let mut meta = meta.clone();
        let spell = |words: &mut String| *words = self.library.spelled(USUAL, words);
        spell(&mut meta.title);
        meta.contributors.iter_mut().for_each(|contributor| spell(&mut contributor.name));
        meta.publisher.iter_mut().for_each(|publisher| spell(&mut publisher.name));
        meta.series.iter_mut().for_each(|(name, _)| spell(name));
        let prose = [&mut meta.subtitle, &mut meta.blurb, &mut meta.description];
        for words in prose.into_iter().chain([&mut meta.front_flap, &mut meta.back_flap]) {
            words.iter_mut().for_each(spell);
        }
        meta
    }

    pub(super) fn options(&self) -> usvg::Options<'static> {
        let family = USUAL.to_owned();
        let fontdb = self.database.clone();
        usvg::Options { fontdb, font_family: family, ..svg::sealed() }
    }
}
