//! What a file is, by how it begins: the ending of its name counts for nothing.

use super::Refusal;

/// The kinds of picture that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Svg,
    Tiff,
    Bmp,
}

const SAVE: &str = "save it as PNG or JPEG";
const EXPORT: &str = "export it as SVG, PNG or JPEG";

/// How files begin that are read.
const READ: &[(&[u8], Kind)] = &[
    (b"\x89PNG\r\n\x1a\n", Kind::Png),
    (b"\xff\xd8\xff", Kind::Jpeg),
    (b"GIF87a", Kind::Gif),
    (b"GIF89a", Kind::Gif),
    (b"II*\0", Kind::Tiff),
    (b"MM\0*", Kind::Tiff),
    (b"II+\0", Kind::Tiff),
    (b"MM\0+", Kind::Tiff),
];

/// How files begin that are not read, what they are, and what helps.
const UNREAD: &[(&[u8], &str, &str)] = &[
    (b"\xff\x0a", "a JPEG XL picture", SAVE),
    (b"\0\0\0\x0cJXL \r\n", "a JPEG XL picture", SAVE),
    (b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 picture", SAVE),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", SAVE),
    (b"II\xbc", "a JPEG XR picture", SAVE),
    (b"8BPS", "a Photoshop file (PSD)", SAVE),
    (b"gimp xcf", "a GIMP file (XCF)", SAVE),
    (b"%PDF", "a PDF", EXPORT),
    (b"%!PS", "a PostScript drawing (EPS)", EXPORT),
    (b"\xc5\xd0\xd3\xc6", "a PostScript drawing (EPS)", EXPORT),
    (b"\x1f\x8b", "compressed with gzip (an SVGZ drawing?)", "unpack it, or save the drawing as plain SVG"),
    (b"\xd7\xcd\xc6\x9a", "a Windows metafile (WMF)", EXPORT),
    (b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", "an InDesign document", EXPORT),
    (b"\x0a\x05\x01\x08", "a PCX picture", SAVE),
    (b"\x76\x2f\x31\x01", "an OpenEXR picture", SAVE),
    (b"#?RADIANCE", "a Radiance picture (HDR)", SAVE),
    (b"DDS ", "a DirectDraw picture (DDS)", SAVE),
    (b"qoif", "a QOI picture", SAVE),
    (b"farbfeld", "a farbfeld picture", SAVE),
    (b"BPG\xfb", "a BPG picture", SAVE),
    (b"FUJIFILMCCD-RAW", "a camera's raw file", SAVE),
    (b"AT&TFORM", "a DjVu scan", SAVE),
    (b"/* XPM */", "an XPM picture", SAVE),
    (b"PK\x03\x04", "a ZIP archive", "take the picture out of it"),
    (b"Rar!", "a RAR archive", "take the picture out of it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "take the picture out of it"),
    (b"\x1a\x45\xdf\xa3", "a film (WebM)", "save one picture of it as PNG or JPEG"),
    (
        b"version https://git-lfs",
        "a Git LFS pointer, not the picture",
        "fetch the picture with `git lfs pull`",
    ),
];

/// The kind of a file, or what it is when it is not read.
pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new("is an empty file", "copy the picture from its source again"));
    }
    if let Some((_, kind)) = READ.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Ok(*kind);
    }
    if matches!(bytes, [0xff, 0xfe, b'<', 0, ..] | [0xfe, 0xff, 0, b'<', ..]) {
        return Ok(Kind::Svg);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Kind::Webp);
    }
    if is_bmp(bytes) {
        return Ok(Kind::Bmp);
    }
    if let Some((_, what, hint)) = UNREAD.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Err(Refusal::new(unread(what), hint));
    }
    if let Some((what, hint)) = by_more_than_the_start(bytes).or_else(|| boxed(bytes)) {
        return Err(Refusal::new(unread(what), hint));
    }
    plain(name, bytes)
}

/// `is an AVIF picture, which is not read`
fn unread(what: &str) -> String {
    format!("is {what}, which is not read")
}

/// A bitmap file header, whose second word is its length or 0, and whose information
/// header has one of the sizes that there are.
fn is_bmp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && bytes.get(14..18).is_some_and(|size| matches!(size, [12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

/// What a file is that its first bytes alone do not tell: icons and cursors are lists of at least
/// one (Targa pictures may begin likewise, but with none), and the signature of an enhanced
/// metafile stands within its header.
fn by_more_than_the_start(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0, 0, 1 | 2, 0, 0, 0, ..] => None,
        [0, 0, 1, 0, ..] => Some(("an icon (ICO)", SAVE)),
        [0, 0, 2, 0, ..] => Some(("a cursor (CUR)", SAVE)),
        _ if bytes.get(40..44) == Some(b" EMF") => Some(("a Windows metafile (EMF)", EXPORT)),
        _ => None,
    }
}

/// What the brand of an ISO base media file says (ISO/IEC 14496-12 §4.3).
fn boxed(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match bytes.get(8..12)? {
        b"avif" | b"avis" => ("an AVIF picture", SAVE),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"mif1" | b"msf1" => {
            ("a HEIC picture", SAVE)
        }
        b"crx " => ("a camera's raw file", SAVE),
        b"jxl " => ("a JPEG XL picture", SAVE),
        _ => ("a film (MP4)", "save one picture of it as PNG or JPEG"),
    })
}

/// How much of a text says what it is.
const HEAD: usize = 4096;
/// The same of a file in XML, which may begin with a long comment.
const MARKED_UP: usize = 1 << 20;

/// A drawing, or a text that is none; else a file of a kind that nobody knows.
fn plain(name: &str, bytes: &[u8]) -> Result<Kind, Refusal> {
    let is_marked_up = bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<");
    let head = &bytes[..bytes.len().min(if is_marked_up { MARKED_UP } else { HEAD })];
    let holds = |mark: &[u8]| head.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark));
    if holds(b"<!doctype html") || holds(b"<html") {
        let hint = "the address gave a page, not the picture: save the picture itself";
        return Err(Refusal::new("is a web page (HTML), not a picture", hint));
    }
    if holds(b"<svg") || holds(b":svg") {
        return Ok(Kind::Svg);
    }
    if matches!(head, [b'P', b'1'..=b'7', b' ' | b'\n' | b'\r' | b'\t' | b'#', ..]) {
        return Err(Refusal::new(unread("a Netpbm picture (PBM, PGM, PPM)"), SAVE));
    }
    let cut = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(problem) => problem.error_len().is_none() && problem.valid_up_to() > 0,
    };
    if cut && !head.contains(&0) {
        return Err(Refusal::new("is a text, not a picture", "name the file of the picture"));
    }
    if name.to_ascii_lowercase().ends_with(".tga") {
        return Err(Refusal::new(unread("a Targa picture (TGA)"), SAVE));
    }
    Err(Refusal::new("is not a picture of a kind that is read", "save it as PNG, JPEG, GIF, WebP or SVG"))
}
