//! What a single mark is, and what is noted where marks do not fit together.

/// What a single mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Apostrophe,
    Opens,
    Closes,
}

/// Something in a paragraph that does not fit together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Misfit {
    /// The place of the mark in `seen`.
    pub at: usize,
    pub cost: u32,
}
