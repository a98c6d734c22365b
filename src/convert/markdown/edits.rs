//! Edits of a text that can be undone: what the author typed stays, byte for byte, wherever
//! no edit says otherwise.

use super::mask::Mask;
use std::collections::BTreeMap;

/// What was done, kind by kind: how often, and the first few before and after.
pub(super) type Log = BTreeMap<&'static str, (usize, Vec<String>)>;

/// Edits of one text, gathered by one pass.
pub(super) struct Edits<'t> {
    pub text: &'t str,
    pub mask: Mask,
    list: Vec<(usize, usize, String, &'static str)>,
}

impl<'t> Edits<'t> {
    pub fn of(text: &'t str) -> Edits<'t> {
        Edits { text, mask: Mask::of(text), list: Vec::new() }
    }

    /// Replaces what stands from `start` to `end`.
    pub fn put(&mut self, start: usize, end: usize, new: impl Into<String>, what: &'static str) {
        self.list.push((start, end, new.into(), what));
    }

    /// The lines outside of code and comments: where each begins, and its words.
    pub fn lines(&self) -> Vec<(usize, &'t str)> {
        let mut at = 0;
        let mut lines = Vec::new();
        for line in self.text.split_inclusive('\n') {
            if !self.mask.is_code(at) {
                lines.push((at, line.trim_end_matches('\n')));
            }
            at += line.len();
        }
        lines
    }

    /// Where a word stands outside of code and comments.
    pub fn places(&self, word: &str) -> Vec<usize> {
        self.text.match_indices(word).map(|(at, _)| at).filter(|at| !self.mask.is_code(*at)).collect()
    }

    /// The new text; none when undoing the edits does not give back the old one.
    pub fn finish(mut self, log: &mut Log) -> Option<String> {
        self.list.sort_by_key(|(start, end, ..)| (*start, *end));
        let (mut out, mut restored, mut at) = (String::new(), String::new(), 0);
        for (start, end, new, what) in &self.list {
            if *start < at {
                // two edits of one place: the first counts
                continue;
            }
            let (kept, old) = (self.text.get(at..*start)?, self.text.get(*start..*end)?);
            out.push_str(kept);
            out.push_str(new);
            restored.push_str(kept);
            restored.push_str(old);
            let entry = log.entry(what).or_default();
            entry.0 += 1;
            if entry.1.len() < 8 {
                entry.1.push(format!("{} → {}", short(old), short(new)));
            }
            at = *end;
        }
        let rest = self.text.get(at..)?;
        out.push_str(rest);
        restored.push_str(rest);
        (restored == self.text).then_some(out)
    }
}

fn short(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 70 { flat } else { flat.chars().take(69).chain(['…']).collect() }
}
