//! Drawings (SVG): judged by a list, bounded, and read without ever looking outside
//! of them: no file, no network, no font of the system.
//!
//! [`judge`] is the one door. It takes the XML apart, keeps the elements, attributes
//! and styles that are on the list, and writes them anew; all that comes after it, the
//! reader of drawings as well as the EPUB, sees only what was written so. Then it
//! counts what the drawing repeats ([`graph`]), and reckons what it takes to draw it
//! ([`work`]). What is too much is refused with its number, before anything is drawn.

mod canvas;
mod data;
mod document;
mod edges;
mod fault;
mod graph;
mod names;
mod reader;
mod work;

pub use fault::Fault;
pub use reader::{Inner, Prepare};
pub use work::{Work, measure};

use crate::bounds;
use crate::encoding;
use crate::jobs;
use crate::reason::Reason;
use fault::within;
use resvg::tiny_skia::{IntSize, Pixmap, PixmapPaint, Transform};
use resvg::usvg;
use std::sync::Arc;
use usvg::fontdb::{Database, Source};

/// The files that the words of a drawing may be set from.
pub type FaceData = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A drawing that every edition can show.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The file, written anew.
    pub bytes: Vec<u8>,
    /// Width and height in its own pixels.
    pub size: (u32, u32),
    /// The time that it takes to draw it, about.
    pub seconds: f64,
    /// What was left out that an author would miss, each with its line.
    pub left_out: Vec<(String, usize)>,
}

/// Judges a drawing. `prepare` makes the pictures in it ready.
///
/// # Errors
/// Why it cannot be used.
pub fn judge(bytes: &[u8], prepare: Prepare<'_>) -> Result<Drawing, Fault> {
    let text = encoding::unicode(bytes).ok_or_else(|| Fault::malformed("its text is not UTF-8"))?;
    let reader::Read { document, left_out } = reader::read(&text, prepare)?;
    graph::judge(&document)?;
    let bytes = document.write(true).into_bytes();
    let tree = read(&bytes).map_err(|problem| Fault::malformed(&problem))?;
    let size = tree.size();
    within(&bounds::DRAWING_SIDE, f64::from(size.width().max(size.height())))?;
    let (canvas, place) = printed_canvas(&tree).ok_or_else(|| Fault::malformed("it has no size"))?;
    let work = measure(&tree, (canvas.width(), canvas.height()), place);
    work.within_bounds()?;
    let size = tree.size().to_int_size();
    Ok(Drawing { bytes, size: (size.width(), size.height()), seconds: work.seconds(), left_out })
}

/// The drawing as the EPUB holds it; none when it is not one that was judged.
#[must_use]
pub fn for_ebook(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut as_it_is = |bytes: &[u8]| match media_type(bytes) {
        Some(media) => Ok((bytes.to_vec(), media)),
        None => Err(Inner::LeftOut(String::new())),
    };
    let read = reader::read(std::str::from_utf8(bytes).ok()?, &mut as_it_is).ok()?;
    Some(read.document.write(false).into_bytes())
}

/// The media type of a picture that a drawing may hold.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => return None,
    })
}

/// Options under which a drawing brings everything with it.
#[must_use]
pub fn sealed() -> usvg::Options<'static> {
    use usvg::ImageKind;
    let image_href_resolver = usvg::ImageHrefResolver {
        resolve_string: Box::new(|_, _| None),
        resolve_data: Box::new(|media, data, _| match media {
            "image/png" => Some(ImageKind::PNG(data)),
            "image/jpeg" => Some(ImageKind::JPEG(data)),
            "image/gif" => Some(ImageKind::GIF(data)),
            "image/webp" => Some(ImageKind::WEBP(data)),
            _ => None,
        }),
    };
    usvg::Options { image_href_resolver, ..usvg::Options::default() }
}

/// Reads a drawing that was judged.
///
/// # Errors
/// What is wrong with the file.
pub fn read(bytes: &[u8]) -> Result<usvg::Tree, Reason> {
    read_with(bytes, &sealed())
}

/// Reads a drawing that was judged, its words in the faces of `options`.
///
/// # Errors
/// What is wrong with the file.
pub fn read_with(bytes: &[u8], options: &usvg::Options<'_>) -> Result<usvg::Tree, Reason> {
    let read = || usvg::Tree::from_data(bytes, options).map_err(|error| Reason::from(error.to_string()));
    jobs::on_a_deep_stack(read).unwrap_or_else(|| Err("the reader of drawings fails on it".into()))
}

/// The longer side of a drawing on paper in pixels: 300 to the inch on a page of 8 inches.
const PRINTED: f32 = 2400.0;

/// The canvas of a drawing on paper, and how it is brought to it.
fn printed_canvas(tree: &usvg::Tree) -> Option<(IntSize, Transform)> {
    let scale = PRINTED / tree.size().width().max(tree.size().height());
    let size = tree.size().to_int_size().scale_by(scale)?;
    Some((size, Transform::from_scale(scale, scale)))
}

/// A drawing in pixels, as fine as paper needs it.
///
/// # Errors
/// What is wrong with it.
pub fn printed(bytes: &[u8]) -> Result<Pixmap, Reason> {
    let tree = read(bytes)?;
    let (size, place) = printed_canvas(&tree).ok_or("it has no size")?;
    drawn(&tree, size, place)
}

/// A drawing in pixels, stretched to that size. Where that would take too much, it is
/// drawn as fine as paper needs it, and enlarged.
///
/// # Errors
/// What is wrong with it.
pub fn stretched(bytes: &[u8], [width, height]: [u32; 2]) -> Result<Pixmap, Reason> {
    let tree = read(bytes)?;
    let (across, down) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
    let size = IntSize::from_wh(width, height).ok_or("it has no size")?;
    let place = Transform::from_scale(across, down);
    if measure(&tree, (width, height), place).within_bounds().is_ok() {
        return drawn(&tree, size, place);
    }
    let (own, place) = printed_canvas(&tree).ok_or("it has no size")?;
    let fine = drawn(&tree, own, place)?;
    let mut pixels = Pixmap::new(width, height).ok_or("it has no size")?;
    let place = Transform::from_scale(width as f32 / own.width() as f32, height as f32 / own.height() as f32);
    pixels.draw_pixmap(0, 0, fine.as_ref(), &PixmapPaint::default(), place, None);
    Ok(pixels)
}

fn drawn(tree: &usvg::Tree, size: IntSize, place: Transform) -> Result<Pixmap, Reason> {
    let work = measure(tree, (size.width(), size.height()), place);
    work.within_bounds().map_err(|fault| fault.reason)?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("it has no size")?;
    let draw = || resvg::render(tree, place, &mut pixels.as_mut());
    jobs::on_a_deep_stack(draw).ok_or("the program that draws it fails on it")?;
    Ok(pixels)
}

/// The drawing with its words as paths, set from those faces; none when it has
/// no words, or cannot be read. A face that is not there gives way to a serif.
///
/// # Errors
/// When its words take too much to draw.
pub fn with_words_drawn(
    bytes: &[u8],
    faces: impl Iterator<Item = FaceData>,
) -> Result<Option<Vec<u8>>, Fault> {
    if !bytes.windows(5).any(|window| window == b"<text") {
        return Ok(None);
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
    let Ok(tree) = read_with(bytes, &options) else { return Ok(None) };
    if let Some((canvas, place)) = printed_canvas(&tree) {
        measure(&tree, (canvas.width(), canvas.height()), place).within_bounds()?;
    }
    Ok(jobs::on_a_deep_stack(|| tree.to_string(&usvg::WriteOptions::default()).into_bytes()))
}
