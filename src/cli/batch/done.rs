//! What became of a book of many.

use super::outcome::Outcome;
use crate::reason::Reason;

/// How a book came to be as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It was made.
    Made,
    /// It was looked at, and nothing was to be made.
    Checked,
    /// Its editions were in the cache.
    Restored,
    /// Its editions lay there.
    Unchanged,
}

/// What became of a book.
pub(super) struct Done {
    /// What came of it, or how the machine failed.
    pub outcome: Result<Outcome, Reason>,
    /// How.
    pub way: Way,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Done {
    /// What is kept until all books are done: not the words for people.
    pub(super) fn settled(mut self) -> Done {
        for told in self.outcome.iter_mut().flat_map(|outcome| &mut outcome.findings) {
            (told.plain, told.coloured) = (String::new(), String::new());
        }
        self
    }
}
