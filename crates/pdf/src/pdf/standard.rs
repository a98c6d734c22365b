//! Which standard a file for the press keeps.

use super::x4::{self, Intent};
use super::{Pdf, x1a};
use crate::diag::Error;
use crate::pages::Info;
use lopdf::Document;
use serde::Deserialize;

/// A part of PDF/X. Its name in a printer's file is the standard's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Standard {
    /// What is usual now.
    #[default]
    #[serde(rename = "PDF/X-4")]
    X4,
    /// For printers that take nothing newer.
    #[serde(rename = "PDF/X-1a")]
    X1a,
}

impl Standard {
    /// Makes a file for the press of a plain PDF that is painted in the inks of
    /// that intent. The older standard knows no press of black ink alone: there
    /// black is one of four.
    ///
    /// # Errors
    /// What could not be written, or what the standard forbids.
    pub(super) fn finish(self, document: Document, info: &Info, intent: Intent) -> Result<Pdf, Error> {
        Ok(match self {
            Standard::X4 => Pdf { bytes: x4::finish(document, info, intent)?, standards: &["PDF/X-4"] },
            Standard::X1a => Pdf { bytes: x1a::finish(document, info)?, standards: &["PDF/X-1a:2001"] },
        })
    }
}
