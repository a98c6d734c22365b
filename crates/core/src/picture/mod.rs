//! Pictures as every edition needs them: upright, in sRGB, of a kind that all
//! writers know, and without what no reader shows.
//!
//! A picture is prepared once, where it is read. A file that is already so is
//! kept byte for byte; one that only carries metadata loses them and keeps its
//! pixels; only one that must be turned, whose colours mean something else, or
//! that is of another kind (TIFF, BMP) is decoded and packed anew.

mod bare;
mod encode;
mod gif;
mod jpeg;
mod kind;
mod png;
mod profile;
mod raster;
mod refusal;
mod tiff;
mod webp;

pub use encode::{as_jpeg, halved, is_photograph, is_photograph_without_loss, pack_jpeg};
pub use png::before_data;
pub use refusal::Refusal;

use crate::book::ImageFormat;
use crate::bounds;
use crate::guard::guarded;
use crate::jobs::with_room_for;
use crate::svg;
use bare::Bare;
use encode::encode;
use image::metadata::Orientation;
use kind::Kind;
use raster::within_bounds;

/// A picture that every edition can show.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What they are.
    pub format: ImageFormat,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// How many pages the file had, of which this is the first.
    pub pages: usize,
    /// Of a drawing, the time that it takes to draw it, about.
    pub seconds: f64,
    /// Of a drawing, what no edition shows, each with its line.
    pub left_out: Vec<(String, usize)>,
}

/// Makes a picture fit for every edition; `name` is that of its file.
///
/// # Errors
/// What the file is, when it is no picture that is read, or what is wrong with it.
pub fn prepare(name: &str, bytes: &[u8]) -> Result<Prepared, Refusal> {
    guarded(|| prepare_kind(name, bytes)).unwrap_or_else(|fall| Err(Refusal::unread("picture", &fall)))
}

fn prepare_kind(name: &str, bytes: &[u8]) -> Result<Prepared, Refusal> {
    match kind::of(name, bytes)? {
        Kind::Svg => drawing(bytes),
        Kind::Tiff => lossless(tiff::read(bytes)?),
        Kind::Bmp => {
            let size = raster::dimensions(bytes, "BMP")?;
            within_bounds(size)?;
            with_room_for(size, || lossless((raster::decode(bytes, "BMP")?, 1)))
        }
        Kind::Png => ready(png::bare(bytes)?, ImageFormat::Png),
        Kind::Jpeg => ready(jpeg::bare(bytes)?, ImageFormat::Jpeg),
        Kind::Gif => ready(gif::bare(bytes)?, ImageFormat::Gif),
        Kind::Webp => ready(webp::bare(bytes)?, ImageFormat::Webp),
    }
}

/// Whether the pixels of a prepared picture can all be decoded, and a drawing be
/// drawn, which only trying can say.
///
/// # Errors
/// What is wrong with the file.
pub fn verify(bytes: &[u8], format: ImageFormat) -> Result<(), Refusal> {
    guarded(|| decode(bytes, format)).unwrap_or_else(|fall| Err(Refusal::unread(name_of(format), &fall)))
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<(), Refusal> {
    match format {
        ImageFormat::Svg => {
            svg::printed(bytes).map(drop).map_err(|problem| Refusal::unread("SVG drawing", &problem))
        }
        _ => raster::decode(bytes, name_of(format)).map(drop),
    }
}

fn name_of(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::Gif => "GIF",
        ImageFormat::Webp => "WebP",
        ImageFormat::Svg => "SVG",
    }
}

fn drawing(bytes: &[u8]) -> Result<Prepared, Refusal> {
    let mut pixels = 0;
    let judged = svg::judge(bytes, &mut |bytes| inside(bytes, &mut pixels));
    let svg::Drawing { bytes, size, seconds, left_out } =
        judged.map_err(|fault| Refusal { reason: fault.reason, hint: fault.hint })?;
    Ok(Prepared { bytes, format: ImageFormat::Svg, size, pages: 1, seconds, left_out })
}

/// A picture inside of a drawing; `pixels` are those before it.
fn inside(bytes: &[u8], pixels: &mut u64) -> Result<(Vec<u8>, &'static str), svg::Inner> {
    match kind::of("", bytes) {
        Ok(Kind::Svg) => return Err(svg::Inner::LeftOut("a drawing in a `data:` address".to_owned())),
        Err(_) => return Err(svg::Inner::LeftOut("`data:` that is no picture".to_owned())),
        Ok(_) => {}
    }
    let fault = |refusal: Refusal| svg::Inner::Fault(refusal.reason);
    let prepared = prepare("", bytes).map_err(fault)?;
    *pixels += u64::from(prepared.size.0) * u64::from(prepared.size.1);
    if *pixels > bounds::DRAWING_PIXELS.most {
        let most = bounds::DRAWING_PIXELS.most / 1_000_000;
        let reason = format!("has too many pixels: those of a drawing may have {most} million together");
        return Err(svg::Inner::Fault(reason));
    }
    verify(&prepared.bytes, prepared.format).map_err(fault)?;
    let media = match prepared.format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Webp | ImageFormat::Svg => "image/webp",
    };
    Ok((prepared.bytes, media))
}

/// Pixels of a kind of file that editions don't hold.
fn lossless((pixels, pages): (image::DynamicImage, usize)) -> Result<Prepared, Refusal> {
    let size = (pixels.width(), pixels.height());
    let (bytes, format) = encode(&pixels, encode::Origin::Lossless)?;
    Ok(Prepared { bytes, format, size, pages, seconds: 0.0, left_out: Vec::new() })
}

/// The file as it is when its pixels can stay, else packed anew.
fn ready(bare: Bare, format: ImageFormat) -> Result<Prepared, Refusal> {
    let size = raster::dimensions(&bare.bytes, name_of(format))?;
    within_bounds(size)?;
    raster::colours_within_bounds(&bare.bytes, name_of(format))?;
    let inks = format == ImageFormat::Jpeg && jpeg::is_in_inks(&bare.bytes);
    let profile = bare.profile.as_deref().and_then(profile::Profile::read);
    let upright = bare.turn == Orientation::NoTransforms;
    if bare.moves || (upright && !inks && profile.as_ref().is_none_or(|profile| profile.is_srgb())) {
        if format == ImageFormat::Gif {
            verify(&bare.bytes, format)?;
        }
        return Ok(Prepared {
            bytes: bare.bytes,
            format,
            size,
            pages: 1,
            seconds: 0.0,
            left_out: Vec::new(),
        });
    }
    with_room_for(size, || anew(bare, format, (inks, profile)))
}

/// The file packed anew: upright, and in sRGB.
fn anew(
    bare: Bare,
    format: ImageFormat,
    (inks, profile): (bool, Option<profile::Profile>),
) -> Result<Prepared, Refusal> {
    let mut pixels = if inks {
        profile::inks_to_srgb(&jpeg::inks(&bare.bytes)?, profile.as_ref())?
    } else {
        let pixels = raster::decode(&bare.bytes, name_of(format))?;
        match profile {
            Some(profile) => profile.to_srgb(pixels),
            None => pixels,
        }
    };
    pixels.apply_orientation(bare.turn);
    let lossy = format == ImageFormat::Jpeg || (format == ImageFormat::Webp && is_photograph(&bare.bytes));
    let origin = if lossy { encode::Origin::Photograph } else { encode::Origin::Lossless };
    let size = (pixels.width(), pixels.height());
    let (bytes, format) = encode(&pixels, origin)?;
    Ok(Prepared { bytes, format, size, pages: 1, seconds: 0.0, left_out: Vec::new() })
}
