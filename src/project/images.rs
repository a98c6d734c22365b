//! Pictures: which ones the texts name, and what their bytes really are.

use super::folder::{Folder, Unread};
use super::whole;
use crate::book::ImageFormat;
use crate::diag::{Error, SourceMap};
use crate::sources::ImageFile;
use image::{ImageFormat as Raster, ImageReader};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

const ENDINGS: [&str; 6] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];

/// Reads every picture that a text names and that exists. What is missing is
/// the manuscript's finding, because it knows the place.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub fn read_all(folder: &Folder, map: &SourceMap) -> Result<BTreeMap<String, ImageFile>, Error> {
    let mut names = BTreeSet::new();
    for (_, file) in map.iter().filter(|(_, file)| file.name.ends_with(".md")) {
        collect_names(&file.text, &mut names);
    }
    let mut images = BTreeMap::new();
    for name in names {
        match read(folder, &name) {
            Ok(image) => drop(images.insert(name, image)),
            Err(Unread::Finding(..)) => {}
            Err(Unread::Machine(error)) => return Err(error),
        }
    }
    Ok(images)
}

/// Reads one picture.
///
/// # Errors
/// As [`Folder::read`].
pub fn read(folder: &Folder, name: &str) -> Result<ImageFile, Unread> {
    let mut bytes = folder.read(name)?;
    let (format, size) = match understood(&mut bytes) {
        Some((format, size)) => (Some(format), size),
        None => (None, (0, 0)),
    };
    Ok(ImageFile { bytes: Arc::from(bytes), format, size })
}

/// What the bytes are, and how large; what stands behind the picture is cut off.
fn understood(bytes: &mut Vec<u8>) -> Option<(ImageFormat, (u32, u32))> {
    let format = sniff(bytes)?;
    let size = dimensions(bytes, format).filter(|(width, height)| *width > 0 && *height > 0)?;
    bytes.truncate(whole::length(bytes, format)?);
    Some((format, size))
}

/// Adds every word of `text` that ends like a picture's file name.
fn collect_names(text: &str, names: &mut BTreeSet<String>) {
    let ends_word = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '[' | ']');
    for word in text.split(ends_word) {
        let lower = word.to_ascii_lowercase();
        if ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
            names.insert(percent_decode(word));
        }
    }
    // Names with spaces stand in angle brackets.
    for piece in text.split('<').skip(1) {
        if let Some((name, _)) = piece.split_once('>')
            && name.len() < 256
            && ENDINGS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending))
        {
            names.insert(percent_decode(name));
        }
    }
}

/// Undoes `%20` and the like; what is no escape stays as it is.
#[must_use]
pub fn percent_decode(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| name.get(at + 1..at + 3)).flatten();
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_owned())
}

/// What the bytes are, whatever the name says.
fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    match image::guess_format(bytes) {
        Ok(Raster::Png) => Some(ImageFormat::Png),
        Ok(Raster::Jpeg) => Some(ImageFormat::Jpeg),
        Ok(Raster::Gif) => Some(ImageFormat::Gif),
        Ok(Raster::WebP) => Some(ImageFormat::Webp),
        Ok(_) => None,
        Err(_) => {
            let head = &bytes[..bytes.len().min(4096)];
            head.windows(4).any(|w| w == b"<svg").then_some(ImageFormat::Svg)
        }
    }
}

fn dimensions(bytes: &[u8], format: ImageFormat) -> Option<(u32, u32)> {
    if format == ImageFormat::Svg {
        let tree = crate::svg::read(bytes).ok()?;
        let size = tree.size().to_int_size();
        return Some((size.width(), size.height()));
    }
    ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?.into_dimensions().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_text() {
        let mut names = BTreeSet::new();
        collect_names("![a](images/a%20b.png \"c\") and ![d](<e f.jpg>)\n\n[g]: h.SVG", &mut names);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["e f.jpg", "f.jpg", "h.SVG", "images/a b.png"]);
    }
}
