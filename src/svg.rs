//! SVG drawings, read without ever looking outside of them: no file, no
//! network, no font of the system.

use resvg::usvg;
use std::sync::Arc;
use usvg::fontdb::{Database, Source};

/// The files that the words of a drawing may be set from.
pub type FaceData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Options under which a drawing brings everything with it.
#[must_use]
pub fn sealed() -> usvg::Options<'static> {
    let image_href_resolver = usvg::ImageHrefResolver {
        resolve_string: Box::new(|_, _| None),
        ..usvg::ImageHrefResolver::default()
    };
    usvg::Options { image_href_resolver, ..usvg::Options::default() }
}

/// Reads a drawing.
///
/// # Errors
/// What is wrong with the file.
pub fn read(bytes: &[u8]) -> Result<usvg::Tree, String> {
    usvg::Tree::from_data(bytes, &sealed()).map_err(|error| error.to_string())
}

/// The drawing with its words as paths, set from those faces; none when it has
/// no words, or cannot be read. A face that is not there gives way to a serif.
#[must_use]
pub fn with_words_drawn(bytes: &[u8], faces: impl Iterator<Item = FaceData>) -> Option<Vec<u8>> {
    if !bytes.windows(5).any(|window| window == b"<text") {
        return None;
    }
    let mut fontdb = Database::new();
    faces.for_each(|face| {
        fontdb.load_font_source(Source::Binary(face));
    });
    fontdb.set_serif_family("Libertinus Serif");
    fontdb.set_sans_serif_family("Libertinus Sans");
    fontdb.set_monospace_family("Source Code Pro");
    let font_family = "Libertinus Serif".to_owned();
    let options = usvg::Options { fontdb: Arc::new(fontdb), font_family, ..sealed() };
    let tree = usvg::Tree::from_data(bytes, &options).ok()?;
    Some(tree.to_string(&usvg::WriteOptions::default()).into_bytes())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_become_paths() {
        let faces =
            || crate::font::Library::built_in().iter().map(|(_, face)| face.data.clone()).collect::<Vec<_>>();
        for family in ["Libertinus Sans", "Comic Sans", "sans-serif"] {
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><text y='30' font-family='{family}'>Words</text></svg>"
            );
            assert!(
                !super::read(svg.as_bytes()).unwrap().root().has_children(),
                "without faces they are lost"
            );
            let drawn = super::with_words_drawn(svg.as_bytes(), faces().into_iter()).unwrap();
            let tree = super::read(&drawn).unwrap();
            assert!(tree.root().has_children(), "{family}");
            assert_eq!((tree.size().width(), tree.size().height()), (90.0, 40.0));
        }
        let bare = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
        assert_eq!(super::with_words_drawn(bare.as_bytes(), faces().into_iter()), None);
    }

    #[test]
    fn nothing_outside_is_read() {
        let path = std::path::Path::new("manuscript/handbook/images").canonicalize().unwrap();
        let picture = std::fs::read_dir(path).unwrap().flatten().next().unwrap().path();
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='{}' width='9' height='9'/></svg>",
            picture.display()
        );
        assert!(!super::read(svg.as_bytes()).unwrap().root().has_children());
        let open = resvg::usvg::Tree::from_data(svg.as_bytes(), &resvg::usvg::Options::default()).unwrap();
        assert!(open.root().has_children(), "the test's picture is one that could be read");
    }
}
