//! What one pass over the book learns for the next: marks of notes and labels of
//! pages are known only when pages are made.

use super::link::LinkEnd;
use crate::book::AnchorId;
use std::collections::BTreeMap;

/// What the pass before learnt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreviousPass {
    /// The mark of each note, by its index.
    pub marks: Vec<String>,
    /// The page label of each anchor whose page number is printed in the text.
    pub labels: BTreeMap<AnchorId, String>,
    /// How many lines shallower than the text block source pages are set.
    pub lines_removed: u32,
    /// What is known of the contents lists.
    pub lists: PreviousLists,
}

/// What a pass learnt of the contents lists. It stays empty while the lists are
/// as long with their numbers as without, which nearly all are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreviousLists {
    /// The page label of each entry.
    pub labels: BTreeMap<LinkEnd, String>,
    /// How many passes found a list of another length.
    pub tries: u32,
    /// How many pages each list takes at least.
    pub least: Vec<usize>,
}
