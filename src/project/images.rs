//! Pictures: which ones the texts name, and what their bytes really are.

use super::folder::{Folder, Unread};
use super::whole;
use crate::book::ImageFormat;
use crate::diag::{Error, SourceMap};
use crate::sources::{ImageFile, candidates, decode};
use image::{ImageFormat as Raster, ImageReader};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

/// What the names of pictures end in, after a full stop.
const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "gif", "webp", "svg"];

/// Reads every picture that a text names and that exists. What is missing is
/// the manuscript's finding, because it knows the place.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub fn read_all(folder: &Folder, map: &SourceMap) -> Result<BTreeMap<String, ImageFile>, Error> {
    let mut names = BTreeSet::new();
    for (_, file) in map.iter().filter(|(_, file)| file.name.ends_with(".md")) {
        let mut written = BTreeSet::new();
        collect_names(&file.text, &mut written);
        names.extend(written.iter().flat_map(|written| candidates(&file.name, written)));
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
    let parts_words = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '[' | ']');
    for (stop, _) in text.match_indices('.') {
        let (before, after) = (&text[..stop], &text[stop + 1..]);
        let ending = ENDINGS.iter().find(|ending| starts_with(after, ending));
        if let Some(ending) =
            ending.filter(|ending| after[ending.len()..].chars().next().is_none_or(parts_words))
        {
            let stem = before.rsplit(parts_words).next().unwrap_or(before);
            names.insert(decode(&text[stop - stem.len()..stop + 1 + ending.len()]));
        }
    }
    // Names with spaces stand in angle brackets.
    for piece in text.split('<').skip(1) {
        if let Some((name, _)) = piece.split_once('>')
            && name.len() < 256
            && let Some((_, ending)) = name.rsplit_once('.')
            && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
        {
            names.insert(decode(name));
        }
    }
}

/// Whether `text` starts with `word`, in capitals or not.
fn starts_with(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
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
    fn pictures_are_read_from_beside_the_text_and_from_the_book() {
        let folder = Folder::open(std::path::Path::new("manuscript/handbook")).unwrap();
        let mut map = SourceMap::default();
        map.add("images/one.md".to_owned(), "![a](fold.png) ![b](/images/spine.png)".to_owned());
        map.add("part/two.md".to_owned(), "![c](../images/spread.png) ![d](../../LICENSE.png)".to_owned());
        let images = read_all(&folder, &map).unwrap();
        let names: Vec<&str> = images.keys().map(String::as_str).collect();
        assert_eq!(names, ["images/fold.png", "images/spine.png", "images/spread.png"]);
    }

    #[test]
    fn names_are_found_in_text() {
        let mut names = BTreeSet::new();
        collect_names("![a](images/a%20b.png \"c\") and ![d](<e f.jpg>)\n\n[g]: h.SVG", &mut names);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["e f.jpg", "f.jpg", "h.SVG", "images/a b.png"]);
    }
}
