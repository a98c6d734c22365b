//! Pictures, as the book holds them.

use std::sync::Arc;

/// Which picture: an index into [`super::Book::images`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub u32);

/// A picture, whole and checked.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its path in the book's folder, with `/`.
    pub path: String,
    /// The file as it is.
    pub bytes: Arc<[u8]>,
    /// What the bytes really are.
    pub format: ImageFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// The kinds of picture that we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the formats' own names")]
pub enum ImageFormat {
    Png,
    Jpeg,
    Gif,
    Webp,
    Svg,
}
