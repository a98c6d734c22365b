//! The front cover of an EPUB.

/// The front cover.
#[derive(Clone, Copy)]
pub struct Cover<'a> {
    /// The picture: JPEG or PNG, [`super::Store::cover_width`] wide.
    pub bytes: &'a [u8],
    /// What it shows, in words.
    pub alt: &'a str,
}

impl Cover<'_> {
    /// Its address, as seen from the package document.
    pub(super) fn href(&self) -> &'static str {
        if self.bytes.starts_with(b"\x89PNG") { "images/cover.png" } else { "images/cover.jpg" }
    }
}
