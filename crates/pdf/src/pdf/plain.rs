//! A plain PDF of painted pages: what the pass for the press then finishes.

use super::draw;
use crate::diag::Error;
use crate::length::{Point, Size};
use krilla::configure::{ConfigurationBuilder, PdfVersion};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};

/// A document without tags, metadata or anything of the screen.
pub(super) fn document() -> Document {
    let version = ConfigurationBuilder::new().with_version(PdfVersion::Pdf16).finish();
    Document::new_with(SerializeSettings {
        configuration: version.unwrap_or_default(),
        enable_tagging: false,
        xmp_metadata: false,
        ..SerializeSettings::default()
    })
}

/// MediaBox and BleedBox are one; TrimBox stands inside with its corner there.
///
/// # Errors
/// Boxes without a size.
pub(super) fn boxes(media: Size, corner: Point, trim: Size) -> Result<PageSettings, Error> {
    let settings = || {
        let settings = PageSettings::from_wh(draw::points(media.width), draw::points(media.height))?;
        let sheet = draw::rectangle(Point::default(), media)?;
        Some(settings.with_bleed_box(Some(sheet)).with_trim_box(Some(draw::rectangle(corner, trim)?)))
    };
    settings().ok_or_else(|| Error::new("a page of the press file has no size"))
}

/// Writes the document.
///
/// # Errors
/// What the PDF library could not write.
pub(super) fn finish(document: Document) -> Result<Vec<u8>, Error> {
    document.finish().map_err(|problem| Error::new(format!("no press file could be written: {problem}")))
}
