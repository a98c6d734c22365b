//! Pictures as the package holds them.

use crate::book::{Image, ImageFormat};
use crate::diag::Checked;
use std::collections::BTreeSet;

/// A picture, ready for the package.
pub(super) struct Picture {
    pub(super) media: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// A name for each picture, as seen from the package document: safe in a URL
/// and unlike every other, whatever the author's folders are called.
pub(super) fn names(images: &[Image]) -> Vec<String> {
    let mut taken: BTreeSet<String> = ["cover.jpg", "cover.png"].map(str::to_owned).into();
    images.iter().map(|image| format!("images/{}", name(image, &mut taken))).collect()
}

fn name(image: &Image, taken: &mut BTreeSet<String>) -> String {
    let base = image.path.rsplit('/').next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_ascii_lowercase();
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
    let stem: String = stem.chars().map(safe).collect();
    let stem = if stem.trim_matches('-').is_empty() { "image" } else { stem.trim_matches('-') };
    let ending = ending(image.format);
    let mut name = format!("{stem}.{ending}");
    let mut n = 2;
    while !taken.insert(name.clone()) {
        name = format!("{stem}-{n}.{ending}");
        n += 1;
    }
    name
}

fn ending(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpg",
        ImageFormat::Gif => "gif",
        ImageFormat::Webp => "webp",
        ImageFormat::Svg => "svg",
    }
}

/// The picture as it goes into the package.
pub(super) fn prepare(image: &Image) -> Checked<Picture> {
    let media = match image.format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Webp => "image/webp",
        ImageFormat::Svg => "image/svg+xml",
    };
    Checked::clean(Picture { media, bytes: image.bytes.to_vec() })
}
