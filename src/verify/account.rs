//! What a proof counted.

/// How many of a kind the book has, and how many the edition has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// In the book.
    pub wanted: usize,
    /// In the edition.
    pub found: usize,
}

/// What was counted in one edition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Words of the running text and the notes.
    pub words: Count,
    /// Notes that are called.
    pub notes: Count,
    /// Calls of notes; a note may have several.
    pub calls: Count,
    /// Pictures in texts and notes.
    pub pictures: Count,
    /// Rules above and below tables; none is counted in an EPUB, nor in a style without them.
    pub rules: Count,
    /// Entries of the contents lists; none is counted in an EPUB.
    pub entries: Count,
}
