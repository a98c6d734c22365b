//! SVG drawings, read without ever looking outside of them: no file, no
//! network, no font of the system.

use resvg::usvg;

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

#[cfg(test)]
mod tests {
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
