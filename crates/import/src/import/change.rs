//! A change to a passage of a transcription.

/// A change within a passage: from, to, what stands there instead.
pub(super) type Change = (usize, usize, String);
