//! What the manuscript leaves out of the transcription, and where it stood.

use std::collections::BTreeMap;

/// What the manuscript leaves out, and where.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Ledger {
    /// One per file.
    pub bodies: Vec<Track>,
    /// By file and label, for each part of the note that stands by itself.
    pub notes: BTreeMap<(usize, String), Vec<Track>>,
    /// By file and label, what stands before and after a note's text.
    pub openings: BTreeMap<(usize, String), (String, String)>,
}

/// The splices and calls of one run of text.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Track {
    /// In order.
    pub splices: Vec<Splice>,
    /// Labels of the calls in order, with the transcription's way to write them.
    pub calls: Vec<(String, String)>,
    /// Counted characters so far.
    pub length: usize,
}

/// Something of the transcription at a place of the manuscript.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::import) struct Splice {
    /// After how many counted characters.
    pub at: usize,
    /// How many counted characters of the manuscript stand instead of it (a correction).
    pub skip: usize,
    /// What stood there.
    pub held: Held,
    /// What parts it from its surroundings: a line end, or nothing.
    pub seam: &'static str,
}

/// What a splice holds.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::import) enum Held {
    /// Characters.
    Literal(String),
    /// A part of a note.
    Note { file: usize, label: String, part: usize },
}

/// [`super::LOOSE`] as a seam.
pub(in crate::import) const LOOSE_SEAM: &str = "\u{fdd0}";
