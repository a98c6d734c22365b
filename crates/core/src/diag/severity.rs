//! How grave a finding is, and which editions it concerns.

use std::fmt;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Note,
    /// The book is made, but a careful editor would mend this.
    Warning,
    /// The book cannot be made as it stands.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// Which editions a finding concerns, and so which of them an error refuses.
///
/// A finding gets its scope where it arises: what a writer of one edition finds
/// concerns that edition alone, and so needs none ([`Scope::Book`] is the
/// default, and counts only for findings of the stages that all editions share).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All: the manuscript or book.toml is wrong, and nothing can be made.
    #[default]
    Book,
    /// Those that are made of pages, and not the EPUB.
    Pages,
    /// The EPUB alone.
    Ebook,
    /// Those that show the front cover.
    FrontCover,
    /// Those that show it on a page: all of these but the EPUB.
    PrintedCover,
    /// The cover's files alone.
    Wrap,
}
