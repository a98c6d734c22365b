//! Tags of HTML that were told of and are not closed yet.

use std::collections::BTreeMap;

/// Tags that were told of and are not closed yet.
#[derive(Default)]
pub(super) struct OpenTags {
    names: Vec<String>,
    /// How often each stands in `names`, so that one that does not is not looked for.
    counts: BTreeMap<String, usize>,
}

impl OpenTags {
    pub(super) fn open(&mut self, name: String) {
        *self.counts.entry(name.clone()).or_default() += 1;
        self.names.push(name);
    }

    /// Closes the last tag of that name and all that were opened inside of it; whether
    /// there is one.
    pub(super) fn close(&mut self, name: &str) -> bool {
        if self.counts.get(name).is_none_or(|count| *count == 0) {
            return false;
        }
        while let Some(last) = self.names.pop() {
            if let Some(count) = self.counts.get_mut(&last) {
                *count -= 1;
            }
            if last == name {
                break;
            }
        }
        true
    }
}
