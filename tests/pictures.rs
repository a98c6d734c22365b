//! Pictures as they are read: upright, in sRGB, without what no reader shows,
//! and refused in words when they are something else or damaged.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/dice.rs"]
mod dice;

use dice::Dice;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageEncoder, ImageFormat as Raster, Rgb, RgbImage};
use moxcms::ColorProfile;
use pamphleteer::book::ImageFormat;
use pamphleteer::diag::Code;
use pamphleteer::length::{Abs, Point, Size};
use pamphleteer::pages::{Item, Page, Pages, Picture, PictureKind, Placed, Role};
use pamphleteer::picture::{Prepared, prepare, verify};
use pamphleteer::{manuscript, pdf, project};
use std::io::Cursor;

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 160, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const YELLOW: [u8; 3] = [230, 200, 20];

/// A card, wider than high, whose corners tell how it lies.
fn card() -> DynamicImage {
    let colour = |x, y| match (x < 16, x >= 32, y < 16) {
        (true, _, true) => RED,
        (_, true, true) => GREEN,
        (true, _, false) => BLUE,
        (_, true, false) => YELLOW,
        _ => [255; 3],
    };
    RgbImage::from_fn(48, 32, |x, y| Rgb(colour(x, y))).into()
}

fn corners(pixels: &DynamicImage) -> [[u8; 3]; 4] {
    let pixels = pixels.to_rgb8();
    let (right, foot) = (pixels.width() - 4, pixels.height() - 4);
    [(3, 3), (right, 3), (3, foot), (right, foot)].map(|(x, y)| pixels.get_pixel(x, y).0)
}

#[track_caller]
fn assert_like(made: [u8; 3], wanted: [u8; 3], within: u8, what: &str) {
    assert!(
        made.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= within),
        "{what}: {made:?}, not {wanted:?}"
    );
}

#[track_caller]
fn assert_upright(made: &Prepared, within: u8, what: &str) {
    assert_eq!(made.size, (48, 32), "{what}");
    let pixels = image::load_from_memory(&made.bytes).unwrap();
    assert_eq!((pixels.width(), pixels.height()), made.size, "{what}");
    for (made, wanted) in corners(&pixels).into_iter().zip([RED, GREEN, BLUE, YELLOW]) {
        assert_like(made, wanted, within, what);
    }
    for word in ["Exif", "eXIf", "EXIF", "ICC_PROFILE", "iCCP", "ICCP", "SECRET"] {
        assert!(!holds(&made.bytes, word.as_bytes()), "{what} still holds {word}");
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

fn packed(pixels: &DynamicImage, format: Raster) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    pixels.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Metadata of a camera that say how it was held, and a place.
fn exif(orientation: Orientation) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"SECRET 48 51 30 N");
    exif
}

/// What must be done to upright pixels so that `orientation` sets them right.
fn undone(orientation: Orientation) -> Orientation {
    match orientation {
        Orientation::Rotate90 => Orientation::Rotate270,
        Orientation::Rotate270 => Orientation::Rotate90,
        same => same,
    }
}

fn turned(orientation: Orientation) -> DynamicImage {
    let mut pixels = card();
    pixels.apply_orientation(undone(orientation));
    pixels
}

fn jpeg(pixels: &DynamicImage, exif: Option<Vec<u8>>, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, 95);
    exif.into_iter().for_each(|exif| encoder.set_exif_metadata(exif).unwrap());
    profile.into_iter().for_each(|profile| encoder.set_icc_profile(profile).unwrap());
    pixels.write_with_encoder(encoder).unwrap();
    out
}

fn png(pixels: &DynamicImage, exif: Option<Vec<u8>>, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = PngEncoder::new(&mut out);
    exif.into_iter().for_each(|exif| encoder.set_exif_metadata(exif).unwrap());
    profile.into_iter().for_each(|profile| encoder.set_icc_profile(profile).unwrap());
    pixels.write_with_encoder(encoder).unwrap();
    out
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("tests/fixtures/pictures/{name}")).unwrap()
}

#[test]
fn pictures_stand_upright() {
    for number in 1..=8 {
        let orientation = Orientation::from_exif(number).unwrap();
        let pixels = turned(orientation);
        let made = prepare("a.jpg", &jpeg(&pixels, Some(exif(orientation)), None)).unwrap();
        assert_eq!(made.format, ImageFormat::Jpeg);
        assert_upright(&made, 12, &format!("JPEG {number}"));
        let made = prepare("a.png", &png(&pixels, Some(exif(orientation)), None)).unwrap();
        assert_eq!(made.format, ImageFormat::Png);
        assert_upright(&made, 0, &format!("PNG {number}"));
    }
    assert_upright(&prepare("a.webp", &fixture("turned.webp")).unwrap(), 40, "WebP");
    assert_upright(&prepare("a.tif", &fixture("turned.tif")).unwrap(), 0, "TIFF");
}

#[test]
fn what_is_fit_is_kept_byte_for_byte_and_metadata_go() {
    for (name, format) in
        [("a.png", Raster::Png), ("a.jpg", Raster::Jpeg), ("a.gif", Raster::Gif), ("a.webp", Raster::WebP)]
    {
        let file = packed(&card(), format);
        assert_eq!(prepare("wrong-ending.txt", &file).unwrap().bytes, file, "{name}");
        let behind = [&file[..], b"SECRET picture behind it"].concat();
        assert_eq!(prepare(name, &behind).unwrap().bytes, file, "{name}");
    }
    let plain = jpeg(&card(), None, None);
    assert_eq!(
        prepare("a.jpg", &jpeg(&card(), Some(exif(Orientation::NoTransforms)), None)).unwrap().bytes,
        plain
    );
    let comment = [&plain[..2], b"\xff\xfe\0\x08SECRET", &plain[2..]].concat();
    assert_eq!(prepare("a.jpg", &comment).unwrap().bytes, plain);
    let gif = packed(&card(), Raster::Gif);
    let screen = 13 + if gif[10] & 0x80 == 0 { 0 } else { 3 << ((gif[10] & 7) + 1) };
    let comment = [&gif[..screen], b"\x21\xfe\x06SECRET\0", &gif[screen..]].concat();
    assert_eq!(prepare("a.gif", &comment).unwrap().bytes, gif);
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    assert_eq!(
        prepare("a.jpg", &jpeg(&card(), None, Some(srgb))).unwrap().bytes,
        plain,
        "sRGB needs no saying"
    );
}

#[test]
fn profiles_are_honoured() {
    // the colours are those of LittleCMS 2.16, relative colorimetric
    let flat = |colour| DynamicImage::from(RgbImage::from_pixel(8, 8, Rgb(colour)));
    let adobe = ColorProfile::new_adobe_rgb().encode().unwrap();
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    for (profile, from, to) in [
        (&adobe, [128, 64, 160], [146, 62, 164]),
        (&adobe, [20, 160, 20], [0, 161, 0]),
        (&adobe, [200, 200, 200], [201, 201, 201]),
        (&p3, [128, 64, 160], [138, 59, 165]),
    ] {
        let made = prepare("a.png", &png(&flat(from), None, Some(profile.clone()))).unwrap();
        let pixels = image::load_from_memory(&made.bytes).unwrap().to_rgb8();
        assert_like(pixels.get_pixel(4, 4).0, to, 2, "a profile");
    }
    let gray = ColorProfile::new_gray_with_gamma(1.8).encode().unwrap();
    let pixels = DynamicImage::from(image::GrayImage::from_pixel(8, 8, image::Luma([128])));
    let made = prepare("a.png", &png(&pixels, None, Some(gray))).unwrap();
    let made = image::load_from_memory(&made.bytes).unwrap();
    assert!(!made.color().has_color());
    assert_like([made.to_luma8().get_pixel(4, 4).0[0]; 3], [146; 3], 2, "a profile of grey");
}

#[test]
fn four_inks_become_srgb() {
    for name in ["cmyk.jpg", "cmyk.tif"] {
        let made = prepare(name, &fixture(name)).unwrap();
        let pixels = image::load_from_memory(&made.bytes).unwrap();
        assert_eq!(pixels.color(), image::ColorType::Rgb8, "{name}");
        // inks on coated paper are not as bright as a screen's colours
        let wanted = [[210, 57, 49], [12, 122, 75], [67, 60, 128], [237, 196, 42]];
        for (made, wanted) in corners(&pixels).into_iter().zip(wanted) {
            assert_like(made, wanted, 14, name);
        }
    }
}

#[test]
fn tiff_and_bmp_are_read() {
    let made = prepare("fax.tif", &fixture("fax.tif")).unwrap();
    assert_eq!((made.format, made.size, made.pages), (ImageFormat::Png, (48, 32), 1));
    let levels = corners(&image::load_from_memory(&made.bytes).unwrap()).map(|corner| corner[0]);
    assert_eq!(levels, [0, 0, 0, 255]);
    assert_upright(&prepare("palette.tif", &fixture("palette.tif")).unwrap(), 0, "a palette");
    assert_upright(&prepare("ycbcr.tif", &fixture("ycbcr.tif")).unwrap(), 12, "JPEG in TIFF");
    assert_eq!(prepare("three-pages.tif", &fixture("three-pages.tif")).unwrap().pages, 3);
    assert_upright(&prepare("card.bmp", &packed(&card(), Raster::Bmp)).unwrap(), 0, "BMP");
    let deep = DynamicImage::from(card().to_rgb16());
    let mut out = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut out).unwrap();
    encoder
        .write_image::<tiff::encoder::colortype::RGB16>(48, 32, deep.as_rgb16().unwrap().as_raw())
        .unwrap();
    assert_upright(&prepare("deep.tif", &out.into_inner()).unwrap(), 0, "16 bits");
}

#[test]
fn files_are_called_what_they_are() {
    for (start, what) in [
        (&b"\0\0\0\x1cftypavif\0\0\0\0"[..], "is an AVIF picture, which is not read"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "is a HEIC picture, which is not read"),
        (b"\xff\x0a\xfa\x7f", "is a JPEG XL picture"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "is a JPEG 2000 picture"),
        (b"8BPS\0\x01", "is a Photoshop file (PSD)"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "is a PostScript drawing (EPS)"),
        (b"\x1f\x8b\x08\0", "SVGZ"),
        (b"\0\0\x01\0\x01\0\x10\x10", "is an icon (ICO)"),
        (b"\0\0\x02\0\x01\0\x20\x20", "is a cursor (CUR)"),
        (b"\0\0\x02\0\0\0\0\0\0\0\0\0\x08\0\x08\0", "is not a picture of a kind that is read"),
        (
            b"\x01\0\0\0\x84\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0 EMF",
            "is a Windows metafile (EMF)",
        ),
        (b"P6\n8 8\n255\n", "is a Netpbm picture"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "is a web page (HTML)"),
        (b"Not a picture but a few words.\n", "is a text, not a picture"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "is a Git LFS pointer"),
        (b"", "is an empty file"),
        (b"\x9c\x01\x02\xfe\xfd", "is not a picture of a kind that is read"),
    ] {
        let refusal = prepare("a.png", start).unwrap_err();
        assert!(refusal.reason.contains(what), "{refusal:?} instead of {what}");
        assert!(!refusal.hint.is_empty());
    }
}

#[test]
fn damaged_pictures_are_refused() {
    for format in [Raster::Png, Raster::Jpeg, Raster::Gif, Raster::WebP] {
        let file = packed(&card(), format);
        for part in [file.len() / 2, file.len() - 3] {
            let refusal = prepare("a", &file[..part]).unwrap_err();
            assert_eq!(refusal.reason, "is damaged: it ends before its picture does", "{format:?}");
        }
    }
    for name in ["fax.tif", "palette.tif", "cmyk.tif", "cmyk.jpg"] {
        let file = fixture(name);
        let refusal = prepare(name, &file[..file.len() / 2]).map(|made| made.size);
        assert!(refusal.is_err_and(|refusal| refusal.reason.starts_with("is ")), "{name}");
    }
    let mut flipped = packed(&card(), Raster::Png);
    let data = flipped.windows(4).position(|name| name == b"IDAT").unwrap();
    flipped[data + 9] ^= 1;
    assert_eq!(prepare("a.png", &flipped).unwrap_err().reason, "is damaged: its data are corrupt");
    let mut empty = packed(&card(), Raster::Bmp);
    empty[18..22].fill(0);
    assert!(prepare("a.bmp", &empty).unwrap_err().reason.starts_with("is "));
}

#[test]
fn pictures_have_no_more_pixels_than_a_page_shows() {
    let mut file = packed(&card(), Raster::Bmp);
    file[18..22].copy_from_slice(&60_000u32.to_le_bytes());
    file[22..26].copy_from_slice(&60_000u32.to_le_bytes());
    assert_eq!(
        prepare("a.bmp", &file).unwrap_err().reason,
        "has 60000 x 60000 pixels, more than 120 million"
    );
    let png = |width: u32, height: u32, bits: u8, colours: u8| {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |name: &[u8], content: &[u8]| {
            let named = [name, content].concat();
            file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            file.extend(&named);
            file.extend(crc(&named).to_be_bytes());
        };
        let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[bits, colours, 0, 0, 0]].concat();
        chunk(b"IHDR", &head);
        chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
        chunk(b"IEND", b"");
        prepare("a.png", &file).map(|_| ()).map_err(|refusal| refusal.reason)
    };
    let longest = "has 100000000 x 1 pixels, more than 65535 on a side";
    assert_eq!(png(100_000_000, 1, 8, 2).unwrap_err(), longest);
    assert_eq!(
        png(10_000, 10_000, 16, 6).unwrap_err(),
        "has 763 MiB of colours, more than 256 MiB where something is clear"
    );
    assert_eq!(png(10_000, 10_000, 8, 2), Ok(()));
}

/// The sum that a PNG has behind each part (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

#[test]
fn no_damage_is_more_than_a_refusal() {
    let mut dice = Dice(7);
    let profile = ColorProfile::new_adobe_rgb().encode().unwrap();
    let mut seeds: Vec<Vec<u8>> = [Raster::Png, Raster::Jpeg, Raster::Gif, Raster::WebP, Raster::Bmp]
        .map(|format| packed(&card(), format))
        .into();
    let names =
        ["cmyk.jpg", "fax.tif", "palette.tif", "cmyk.tif", "three-pages.tif", "ycbcr.tif", "turned.webp"];
    seeds.extend(names.map(fixture));
    seeds.push(jpeg(
        &turned(Orientation::Rotate90),
        Some(exif(Orientation::Rotate90)),
        Some(profile.clone()),
    ));
    seeds.push(png(&card(), Some(exif(Orientation::Rotate90)), Some(profile)));
    for seed in &seeds {
        for _ in 0..120 {
            let mut file = seed.clone();
            for _ in 0..=dice.roll(3) {
                let at = dice.roll(file.len());
                file[at] = dice.roll(256) as u8;
            }
            file.truncate(file.len() - dice.roll(4) * dice.roll(file.len() / 8 + 1));
            if let Ok(made) = prepare("a.jpg", &file) {
                // what the decoder alone can say is said in the same words
                let _ = verify(&made.bytes, made.format);
            }
        }
    }
}

/// A folder of its own for a book, which goes with it.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new(name: &str, text: &str, files: &[(&str, Vec<u8>)]) -> Folder {
        let path = std::env::temp_dir().join(format!("pamphleteer-pictures-{name}-{}", std::process::id()));
        let book = "title = \"Pictures\"\nlanguage = \"en-GB\"\n[matter]\nbody = [\"text.md\"]\n[style]\ncover.front = \"front.jpg\"\n";
        for (name, bytes) in [("book.toml", book.as_bytes().to_vec()), ("text.md", text.as_bytes().to_vec())]
            .iter()
            .chain(files)
        {
            let file = path.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
        Folder(path)
    }

    fn findings(&self) -> (project::Project, pamphleteer::book::Book, Vec<(Code, String, String)>) {
        let mut findings = Vec::new();
        let project = project::load(&self.0, &mut findings).unwrap();
        let book = manuscript::parse(&project.sources).take(&mut findings);
        let told = |finding: pamphleteer::diag::Diagnostic| {
            (finding.code, finding.message, finding.hint.unwrap_or_default())
        };
        (project, book, findings.into_iter().map(told).collect())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn names_are_compared_as_people_read_them() {
    let file = packed(&card(), Raster::Png);
    let text = "# One\n\n![a](caf\u{e9}.png)\n\n![b](Pics/Plan.PNG)\n\n![c](plan.png)\n\n![d](scan)\n\n![e](absent.png)\n";
    let apart = "cafe\u{301}.png";
    let files =
        [(apart, file.clone()), ("pics/plan.png", file.clone()), ("scan", file.clone()), ("front.jpg", file)];
    let (_, book, findings) = Folder::new("names", text, &files).findings();
    let names: Vec<&str> = book.images.iter().map(|image| image.path.as_str()).collect();
    assert_eq!(names, ["caf\u{e9}.png", "scan"]);
    let missing = |name: &str, hint: &str| {
        let message = format!("there is no picture `{name}`");
        assert!(findings.iter().any(|f| f.1 == message && f.2.contains(hint)), "{name}: {findings:?}");
    };
    missing("Pics/Plan.PNG", "did you mean `pics/plan.png`?");
    missing("plan.png", "did you mean `pics/plan.png`?");
    missing("absent.png", "write its path as seen from");
}

#[test]
fn a_turned_cover_stands_upright_and_a_damaged_one_is_told_of() {
    let upright = jpeg(&turned(Orientation::Rotate270), Some(exif(Orientation::Rotate270)), None);
    let (project, ..) = Folder::new("cover", "# One\n\nWords.\n", &[("front.jpg", upright)]).findings();
    let front = project.front.unwrap();
    assert_eq!((front.size, front.format), ((48, 32), ImageFormat::Jpeg));
    let scan = fixture("palette.tif");
    let (project, ..) = Folder::new("scan", "# One\n\nWords.\n", &[("front.jpg", scan)]).findings();
    assert_eq!(project.front.unwrap().format, ImageFormat::Png);
    let mut damaged = packed(&card(), Raster::Png);
    damaged.truncate(60);
    let (project, _, findings) =
        Folder::new("damaged", "# One\n\nWords.\n", &[("front.jpg", damaged)]).findings();
    assert!(project.front.is_none());
    assert!(
        findings.iter().any(|f| f.0 == Code::ImageUnreadable && f.1.starts_with("`front.jpg` is damaged"))
    );
}

/// What pages show of a picture that is so many inches wide on them.
fn made_ready(bytes: Vec<u8>, kind: PictureKind, inches: f64) -> Picture {
    let pixels = image::load_from_memory(&bytes).unwrap();
    let width = Abs::pt(inches * 72.0);
    let placed = Placed {
        at: Point::default(),
        item: Item::Picture(0, Size::new(width, width)),
        role: Role::Ornament,
    };
    let pixels = (pixels.width(), pixels.height());
    let picture = Picture { path: "a".to_owned(), bytes: bytes.into(), kind, pixels };
    let page = Page { items: vec![placed], ..Page::default() };
    let mut pages = Pages { pages: vec![page], images: vec![picture], ..Pages::default() };
    assert!(pdf::make_ready(&mut pages).is_empty());
    pages.images.remove(0)
}

#[test]
fn a_photograph_in_webp_is_no_finer_than_a_press_prints() {
    let made = made_ready(fixture("photograph.webp"), PictureKind::Webp, 47.0 / 350.0 / 2.0);
    assert_eq!((made.kind, made.pixels), (PictureKind::Jpeg, (24, 16)));
    let pixels = image::load_from_memory(&made.bytes).unwrap();
    assert_like(pixels.to_rgb8().get_pixel(2, 2).0, RED, 40, "the corner");
}

#[test]
fn a_large_photograph_is_no_finer_than_a_press_prints() {
    let mut dice = Dice(7);
    let grain: Vec<u8> = (0..4001).map(|_| dice.roll(60) as u8).collect();
    // a left half in one colour, and grain that packs no better than that of a camera
    let large = RgbImage::from_fn(4001, 2003, |x, y| {
        let grain = grain[((x * 7 + y * 1009) % 4001) as usize];
        if x < 2000 { Rgb([180 + grain, 20, grain]) } else { Rgb([20, 90 + grain, 20]) }
    });
    let large = DynamicImage::ImageRgb8(large);
    let grey = DynamicImage::ImageLuma8(large.to_luma8());
    let colours = [
        (jpeg(&large, None, None), PictureKind::Jpeg, 3),
        (packed(&large, Raster::Png), PictureKind::Png, 3),
        (jpeg(&grey, None, None), PictureKind::Jpeg, 1),
    ];
    for (file, kind, channels) in colours {
        let what = format!("{kind:?} of {channels}");
        let fine = made_ready(file.clone(), kind, 2.0);
        assert_eq!((fine.kind, fine.pixels), (PictureKind::Jpeg, (1000, 500)), "{what}");
        let pixels = image::load_from_memory(&fine.bytes).unwrap();
        assert_eq!(pixels.color().channel_count(), channels, "{what}");
        if channels == 3 {
            assert_like(pixels.to_rgb8().get_pixel(400, 250).0, [210, 20, 30], 12, &what);
        }
        // where it is needed as it is, it stays so
        let whole = made_ready(file.clone(), kind, 8.0);
        assert_eq!(whole.pixels, (4001, 2003), "{what}");
        assert!(kind != PictureKind::Jpeg || *whole.bytes == *file, "{what}");
    }
    // a drawing keeps each of its pixels, however fine it is
    let drawing = RgbImage::from_fn(4001, 2003, |x, _| if x % 9 == 0 { Rgb([0; 3]) } else { Rgb([255; 3]) });
    let drawing = packed(&drawing.into(), Raster::Png);
    assert_eq!(*made_ready(drawing.clone(), PictureKind::Png, 2.0).bytes, *drawing);
}
