//! The front cover of an EPUB.

use crate::book::ImageFormat;

/// The front cover.
#[derive(Clone, Copy)]
pub struct Cover<'a> {
    /// JPEG or PNG.
    pub format: ImageFormat,
    /// The picture, [`super::Store::cover_width`] wide. Documents are made before its bytes are asked for, so that it may
    /// be packed meanwhile.
    pub picture: &'a (dyn AsRef<[u8]> + Sync),
    /// What it shows, in words.
    pub alt: &'a str,
}

impl Cover<'_> {
    /// Its address, as seen from the package document, and its media type.
    pub(super) fn file(&self) -> (&'static str, &'static str) {
        match self.format {
            ImageFormat::Png => ("images/cover.png", "image/png"),
            _ => ("images/cover.jpg", "image/jpeg"),
        }
    }
}
