//! What a caption may belong to.

use super::rows::{quotes, set_in};

/// A table or a listing, when nothing but blank lines came since.
#[derive(Clone, Debug)]
pub(super) struct CaptionOwner {
    /// What each of its lines begins with: the marks of quotations, and white.
    pub(super) marks: String,
    pub(super) is_code: bool,
    /// It has a caption already.
    pub(super) captioned: bool,
}

impl CaptionOwner {
    /// In how many quotations it stands.
    pub(super) fn depth(&self) -> usize {
        quotes(&self.marks).1
    }

    /// How far it is set in within so many of its quotations.
    pub(super) fn column(&self, depth: usize) -> usize {
        let deeper = self.marks.match_indices('>').nth(depth).map_or(self.marks.len(), |(at, _)| at);
        set_in(&self.marks[..deeper])
    }
}
