//! What of a source is not followed, and told: files outside of it, and elements that stand
//! too deep in one another.

use super::element::MAX_DEPTH;
use crate::diag::{Code, Diagnostic};
use std::collections::BTreeSet;

/// What a reader met and did not follow.
#[derive(Clone, Debug, Default)]
pub(super) struct Unfollowed {
    /// Files outside of the source that it names: a picture that is linked, a part of a master document.
    outside: BTreeSet<String>,
    /// Texts that it names and does not hold.
    missing: BTreeSet<String>,
    /// The parts of the source in which elements stood too deep.
    deep: BTreeSet<String>,
    /// What it holds and no book can show as it is: charts, diagrams, texts in another format.
    unshown: BTreeSet<String>,
}

impl Unfollowed {
    /// Remembers a file outside of the source.
    pub(super) fn is_outside(&mut self, name: &str) {
        if !name.is_empty() {
            self.outside.insert(name.chars().take(LONGEST).collect());
        }
    }

    /// Remembers a text that the source names and does not hold.
    pub(super) fn is_missing(&mut self, name: &str) {
        self.missing.insert(name.chars().take(LONGEST).collect());
    }

    /// Remembers that elements of a part stood too deep, when they did.
    pub(super) fn is_deep(&mut self, part: &str, was_too_deep: bool) {
        if was_too_deep {
            self.deep.insert(part.to_owned());
        }
    }

    /// Remembers something that no book can show as it is.
    pub(super) fn is_unshown(&mut self, what: String) {
        self.unshown.insert(what);
    }

    /// Takes over what another reader of the same source met.
    pub(super) fn add(&mut self, other: Unfollowed) {
        self.outside.extend(other.outside);
        self.missing.extend(other.missing);
        self.deep.extend(other.deep);
        self.unshown.extend(other.unshown);
    }

    /// Says what was not followed.
    pub(super) fn tell(&self, source: &str, findings: &mut Vec<Diagnostic>) {
        if let Some(names) = some(&self.outside) {
            let message = format!("{source} names files outside of it, which were not opened: {names}");
            findings.push(
                Diagnostic::new(Code::ImportOutside, None, message)
                    .hint("if the book needs what stands in them, copy it into the source and import again"),
            );
        }
        if let Some(names) = some(&self.missing) {
            let message = format!("{source} names texts that are not in it: {names}");
            findings.push(
                Diagnostic::new(Code::ImportMissing, None, message)
                    .hint("compare with the original; what stands in them is not in the book"),
            );
        }
        if let Some(names) = some(&self.unshown) {
            let message = format!("{source} holds what was not brought in: {names}");
            findings.push(Diagnostic::new(Code::ImportMissing, None, message).hint(
                "open it in a word processor, put a picture or the words in place of each, save it, and import again",
            ));
        }
        if let Some(names) = some(&self.deep) {
            let message = format!(
                "elements stand more than {MAX_DEPTH} deep in one another in {names}; the inner ones were read \
                 as if they stood beside one another, and every word was kept"
            );
            findings.push(Diagnostic::new(Code::ImportShape, None, message).hint(
                "compare the text with the source: lists, tables and quotations may have lost their form",
            ));
        }
    }
}

/// So much of a name is shown.
const LONGEST: usize = 80;

/// The first three names, with how many more there are; none of none.
fn some(names: &BTreeSet<String>) -> Option<String> {
    let shown: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    let more = names.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!shown.is_empty()).then(|| format!("{}{more}", shown.join(", ")))
}
