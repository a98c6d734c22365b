//! Words to glyphs for the composer: one shaper for a whole book.

use crate::diag::Diagnostic;
use crate::font::Library;
use crate::style::Style;

/// Shapes the words of one book. Every distinct word is shaped once for each
/// look, so one shaper should serve all paragraphs.
pub struct Shaper<'a> {
    library: &'a Library,
    findings: Vec<Diagnostic>,
}

impl<'a> Shaper<'a> {
    /// A shaper for books in the faces of `library`; the style gives fallback
    /// families and exceptions to hyphenation.
    #[must_use]
    pub fn new(library: &'a Library, _style: &Style) -> Shaper<'a> {
        Shaper { library, findings: Vec::new() }
    }

    /// The faces.
    #[must_use]
    pub fn library(&self) -> &'a Library {
        self.library
    }

    /// What was found since the last call: glyphs that no face has, languages
    /// without hyphenation patterns.
    pub fn take_findings(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.findings)
    }
}
