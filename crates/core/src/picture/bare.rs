//! A picture's file stripped to what readers show, with what its metadata said.

use image::metadata::Orientation;

/// A picture's file without what no reader shows, and what that said.
pub(super) struct Bare {
    pub(super) bytes: Vec<u8>,
    /// How the pixels must be turned to stand upright.
    pub(super) turn: Orientation,
    /// The colour profile (ICC.1) that came with it.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether it moves.
    pub(super) moves: bool,
}
