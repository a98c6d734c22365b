//! The front cover in pixels: the shop image, and the one inside an EPUB.

use crate::book::ImageFormat;
use crate::jobs;
use crate::narrow::Nearest;
use crate::svg::{Work, measure};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use resvg::tiny_skia::{Color, IntSize, Pixmap, Transform};
use resvg::usvg;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::Write;
use std::iter::repeat_n;
use std::sync::OnceLock;

/// Width in pixels of the image for shops: 1600 by 2560.
pub const SHOP_WIDTH: u32 = 1600;

/// Above this, JPEG files grow and look no better.
const QUALITY: u8 = 82;

/// Rows that are drawn at a time: what fits into the cache of a processor, and
/// spares the memory of a whole page in four channels.
const BAND: u32 = 64;

/// Renders a drawing that many pixels wide and packs it as JPEG; none when it
/// has no size.
pub(super) fn jpeg(tree: &usvg::Tree, width: u32) -> Option<Vec<u8>> {
    let size = fitted(tree, width)?;
    let across = 3 * size.width() as usize;
    let mut picture = Vec::with_capacity(across * size.height() as usize);
    for row in draw(tree, size)? {
        match row {
            Row::Runs(runs) => add_row(&runs, |colour| colour, &mut picture),
            Row::AsAbove => picture.extend_from_within(picture.len() - across..),
        }
    }
    pack(&picture, size.width(), size.height())
}

/// A picture inside an EPUB: it is drawn, and packed when its bytes are first asked for, since a book's documents are
/// made sooner than a picture is packed and need only know its format.
pub struct EbookPicture {
    /// What is to be packed as PNG; none when it is a JPEG.
    flat: Option<Flat>,
    bytes: OnceLock<Vec<u8>>,
}

impl EbookPicture {
    /// Draws it that many pixels wide; none when the drawing has no size. Flat art packs faster as PNG than as JPEG,
    /// becomes smaller, and keeps its edges sharp; what has more than 256 colours becomes JPEG.
    pub(super) fn draw(tree: &usvg::Tree, width: u32) -> Option<EbookPicture> {
        match Flat::draw(tree, width)? {
            flat if flat.palette.bytes().is_some() => {
                Some(EbookPicture { flat: Some(flat), bytes: OnceLock::new() })
            }
            _ => jpeg(tree, width).map(EbookPicture::of_jpeg),
        }
    }

    /// One that is packed already.
    #[must_use]
    pub fn of_jpeg(bytes: Vec<u8>) -> EbookPicture {
        EbookPicture { flat: None, bytes: bytes.into() }
    }

    /// PNG or JPEG.
    #[must_use]
    pub fn format(&self) -> ImageFormat {
        if self.flat.is_some() { ImageFormat::Png } else { ImageFormat::Jpeg }
    }
}

/// The whole file.
impl AsRef<[u8]> for EbookPicture {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get_or_init(|| {
            let png = self.flat.as_ref().and_then(Flat::png);
            png.expect("a picture with a palette and a size is packed into memory, which cannot fail")
        })
    }
}

/// A drawing of few colours.
struct Flat {
    size: IntSize,
    palette: Palette,
    /// The numbers of the colours in the rows that are unlike the one above, which are most often few.
    rows: Vec<u8>,
    /// Where in those each row begins.
    order: Vec<usize>,
}

impl Flat {
    fn draw(tree: &usvg::Tree, width: u32) -> Option<Flat> {
        let size = fitted(tree, width)?;
        let across = size.width() as usize;
        let (mut palette, mut rows, mut order) = (Palette::default(), Vec::new(), Vec::new());
        for row in draw(tree, size)? {
            match row {
                Row::Runs(runs) => {
                    order.push(rows.len());
                    add_row(&runs, |colour| [palette.index(colour)], &mut rows);
                }
                Row::AsAbove => order.push(rows.len() - across),
            }
        }
        Some(Flat { size, palette, rows, order })
    }

    fn png(&self) -> Option<Vec<u8>> {
        let across = self.size.width() as usize;
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.size.width(), self.size.height());
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(self.palette.bytes()?);
        encoder.set_compression(png::Compression::Fastest);
        encoder.set_filter(png::Filter::Up);
        let mut writer = encoder.write_header().ok()?;
        let mut stream = writer.stream_writer().ok()?;
        self.order.iter().try_for_each(|row| stream.write_all(&self.rows[*row..row + across])).ok()?;
        stream.finish().ok()?;
        drop(writer);
        Some(out)
    }
}

/// What it takes to draw a cover for shops, band after band; none when it has no size.
pub(super) fn work(tree: &usvg::Tree) -> Option<Work> {
    let size = fitted(tree, SHOP_WIDTH)?;
    let place = placed(tree, size);
    let rows = rows(tree, size);
    let bands = (0..size.height()).step_by(rows as usize).map(|top| {
        let place = place.post_translate(0.0, -(top as f32));
        measure(tree, (size.width(), rows), place)
    });
    bands.reduce(|all, band| Work {
        steps: all.steps + band.steps,
        memory: all.memory.max(band.memory),
        reach: all.reach.max(band.reach),
    })
}

/// The size of a drawing that many pixels wide.
pub(super) fn fitted(tree: &usvg::Tree, width: u32) -> Option<IntSize> {
    tree.size().to_int_size().scale_to_width(width)
}

/// How many rows are drawn at a time. A picture in the drawing is unpacked as often as
/// bands are drawn, so there is one.
fn rows(tree: &usvg::Tree, size: IntSize) -> u32 {
    let all = size.height().max(1);
    if holds_picture(tree.root()) { all } else { BAND.min(all) }
}

fn holds_picture(group: &usvg::Group) -> bool {
    group.children().iter().any(|node| match node {
        usvg::Node::Group(group) => holds_picture(group),
        usvg::Node::Image(_) => true,
        usvg::Node::Path(_) | usvg::Node::Text(_) => false,
    })
}

/// How a drawing is brought to a width.
fn placed(tree: &usvg::Tree, size: IntSize) -> Transform {
    let scale = size.width() as f32 / tree.size().width();
    Transform::from_scale(scale, scale)
}

/// A row of a drawing.
enum Row {
    /// How many pixels of each colour stand beside one another.
    Runs(Vec<([u8; 3], usize)>),
    /// It is like the row above.
    AsAbove,
}

/// Draws on white, several bands at a time: row after row.
fn draw(tree: &usvg::Tree, size: IntSize) -> Option<Vec<Row>> {
    let height = size.height();
    let rows = rows(tree, size);
    let bands = jobs::side_by_side(height.div_ceil(rows) as usize, |n| {
        let top = u32::nearest(n) * rows;
        band(tree, size, (top, rows)).map(|band| band.into_iter().take((height - top) as usize))
    });
    Some(bands.into_iter().collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}

/// So many rows of a drawing, from the topmost on.
fn band(tree: &usvg::Tree, size: IntSize, (top, rows): (u32, u32)) -> Option<Vec<Row>> {
    let mut band = Pixmap::new(size.width(), rows)?;
    band.fill(Color::WHITE);
    resvg::render(tree, placed(tree, size).post_translate(0.0, -(top as f32)), &mut band.as_mut());
    let mut above: &[u8] = &[];
    let rows = band.data().chunks_exact(4 * size.width() as usize).map(|row| {
        if std::mem::replace(&mut above, row) == row {
            return Row::AsAbove;
        }
        let (pixels, _) = row.as_chunks::<4>();
        let runs = pixels.chunk_by(|a, b| a == b).map(|run| {
            let [red, green, blue, _] = run[0];
            ([red, green, blue], run.len())
        });
        Row::Runs(runs.collect())
    });
    Some(rows.collect())
}

/// Adds a row, run by run.
fn add_row<const N: usize>(
    runs: &[([u8; 3], usize)],
    mut code: impl FnMut([u8; 3]) -> [u8; N],
    picture: &mut Vec<u8>,
) {
    for (colour, length) in runs {
        picture.extend(repeat_n(code(*colour), *length).flatten());
    }
}

/// The colours of a picture, in the order in which they are met.
#[derive(Default)]
struct Palette {
    colours: Vec<[u8; 3]>,
    numbers: HashMap<u32, usize, BuildHasherDefault<Spread>>,
}

impl Palette {
    /// A colour's number, cut to a byte: it counts only when
    /// [`Palette::bytes`] says that all colours have one.
    fn index(&mut self, colour: [u8; 3]) -> u8 {
        let [red, green, blue] = colour;
        u8::nearest(*self.numbers.entry(u32::from_be_bytes([0, red, green, blue])).or_insert_with(|| {
            self.colours.push(colour);
            self.colours.len() - 1
        }))
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        (self.colours.len() <= 256).then(|| self.colours.concat())
    }
}

/// Spreads colours over a table by multiplying them (D. E. Knuth, The Art of
/// Computer Programming, §6.4): a palette is asked a hundred thousand times.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        // a product's high bits depend on all of its factors
        self.0.rotate_left(32)
    }
}

/// The publisher's own picture, its shorter side made no longer than that, which is the
/// width of an upright one; none when it can't be decoded.
#[must_use]
pub fn scaled_jpeg(bytes: &[u8], shorter: u32) -> Option<Vec<u8>> {
    let picture = image::load_from_memory(bytes).ok()?;
    let least = picture.width().min(picture.height()).max(1);
    let scaled = |side: u32| u32::try_from(u64::from(side) * u64::from(shorter) / u64::from(least)).ok();
    let fitted = if least > shorter {
        let (width, height) = (scaled(picture.width())?.max(1), scaled(picture.height())?.max(1));
        picture.resize_exact(width, height, FilterType::CatmullRom)
    } else {
        picture
    };
    let rgb = fitted.into_rgb8();
    pack(rgb.as_raw(), rgb.width(), rgb.height())
}

fn pack(rgb: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    encoder.encode(rgb, width, height, ExtendedColorType::Rgb8).ok()?;
    Some(out)
}
