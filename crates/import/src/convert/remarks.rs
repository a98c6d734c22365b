//! Remarks of the margin, and the words that they are about.

use std::collections::{BTreeMap, BTreeSet};

/// So many bytes of the words that a remark is about are kept: what opens it and what closes
/// it may stand a book apart.
const LONGEST: usize = 400;

/// Remarks of the margin, by their ids: the words that each is about.
#[derive(Default)]
pub(super) struct Remarks {
    about: BTreeMap<String, String>,
    /// Those that have begun, have not ended, and are not full.
    open: BTreeSet<String>,
}

impl Remarks {
    /// A remark begins or ends.
    pub(super) fn mark(&mut self, id: &str, opens: bool) {
        match opens {
            true => _ = self.open.insert(id.to_owned()),
            false => _ = self.open.remove(id),
        }
    }

    /// Words of the text, which all open remarks are about.
    pub(super) fn see(&mut self, words: &str) {
        let about = &mut self.about;
        self.open.retain(|id| {
            let said = about.entry(id.clone()).or_default();
            said.push_str(&words[..words.floor_char_boundary(LONGEST)]);
            said.len() < LONGEST
        });
    }

    /// The words that a remark is about.
    pub(super) fn about(&self, id: &str) -> String {
        self.about.get(id).map(|words| words.trim().to_owned()).unwrap_or_default()
    }
}
