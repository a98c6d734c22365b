//! Edits of a text that can be undone: what the author typed stays, byte for byte, wherever
//! no edit says otherwise.

use super::mask::Mask;
use std::collections::BTreeMap;

/// How many examples of a kind of change are shown.
const EXAMPLES: usize = 8;

/// What was done, kind by kind.
pub(super) type Log = BTreeMap<&'static str, Done>;

/// One kind of change.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    /// How often.
    pub count: usize,
    /// The first few, before and after.
    pub examples: Vec<String>,
    /// The words that it took away.
    pub left_out: Vec<String>,
    /// What was rewritten where words may go ([`Edits::leave_out`]): before, and after, each with the letters that adjoin
    /// it, as `Mac\TeX` becomes one word.
    pub meant: Vec<(String, String)>,
}

impl Done {
    /// Counts one more, which is shown when it is one of the first.
    pub(super) fn one_more(&mut self, example: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(example());
        }
    }

    /// Adds what was done elsewhere.
    fn take(&mut self, other: Done) {
        self.count += other.count;
        self.examples.extend(other.examples);
        self.examples.truncate(EXAMPLES);
        self.left_out.extend(other.left_out);
        self.meant.extend(other.meant);
    }
}

/// Adds what was done to one text to what was done to others.
pub(super) fn add(log: &mut Log, other: Log) {
    other.into_iter().for_each(|(what, done)| log.entry(what).or_default().take(done));
}

/// Edits of one text, gathered by one pass.
pub(super) struct Edits<'t> {
    pub text: &'t str,
    pub mask: Mask,
    list: Vec<Edit>,
}

/// One change: what stood from `start` to `end`, and the words that come for it.
struct Edit {
    start: usize,
    end: usize,
    new: String,
    what: &'static str,
    /// Whether words of the text may go with it.
    leaves_out: bool,
}

impl<'t> Edits<'t> {
    pub(super) fn of(text: &'t str) -> Edits<'t> {
        Edits { text, mask: Mask::of(text), list: Vec::new() }
    }

    /// Replaces what stands from `start` to `end`; what a reader sees of it has to stay ([`super::proof`]).
    pub(super) fn put(&mut self, start: usize, end: usize, new: impl Into<String>, what: &'static str) {
        self.list.push(Edit { start, end, new: new.into(), what, leaves_out: false });
    }

    /// Replaces words that are a mark for another tool and none of the book: what goes is listed as left out.
    pub(super) fn leave_out(&mut self, start: usize, end: usize, new: impl Into<String>, what: &'static str) {
        self.list.push(Edit { start, end, new: new.into(), what, leaves_out: true });
    }

    /// The lines outside of code and comments: where each begins, and its words.
    pub(super) fn lines(&self) -> Vec<(usize, &'t str)> {
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
    pub(super) fn places(&self, word: &str) -> Vec<usize> {
        self.text.match_indices(word).map(|(at, _)| at).filter(|at| !self.mask.is_code(*at)).collect()
    }

    /// The new text; none when undoing the edits does not give back the old one.
    pub(super) fn finish(mut self, log: &mut Log) -> Option<String> {
        self.list.sort_by_key(|edit| (edit.start, edit.end));
        let (mut out, mut restored, mut at) = (String::new(), String::new(), 0);
        for (index, Edit { start, end, new, what, leaves_out }) in self.list.iter().enumerate() {
            if *start < at {
                // two edits of one place: the first counts
                continue;
            }
            let (kept, old) = (self.text.get(at..*start)?, self.text.get(*start..*end)?);
            out.push_str(kept);
            out.push_str(new);
            restored.push_str(kept);
            restored.push_str(old);
            let done = log.entry(what).or_default();
            done.one_more(|| format!("{} → {}", short(old), short(new)));
            done.left_out.extend(gone(old, new));
            if *leaves_out {
                let next = self.list[index + 1..].iter().map(|edit| edit.start).find(|next| next >= end);
                let behind = self.text.get(*end..next.unwrap_or(self.text.len()))?;
                let (before, behind) = (letters_at_end(kept), letters_at_start(behind));
                done.meant.push((format!("{before}{old}{behind}"), format!("{before}{new}{behind}")));
            }
            at = *end;
        }
        let rest = self.text.get(at..)?;
        out.push_str(rest);
        restored.push_str(rest);
        (restored == self.text).then_some(out)
    }
}

/// The letters and figures that a text ends with.
fn letters_at_end(text: &str) -> &str {
    &text[text.trim_end_matches(char::is_alphanumeric).len()..]
}

/// The letters and figures that a text begins with.
fn letters_at_start(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(char::is_alphanumeric).len()]
}

/// The words of `old` that `new` has not.
fn gone(old: &str, new: &str) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let mut kept = words(new);
    let mut is_gone = |word: &String| match kept.iter().position(|known| known == word) {
        Some(at) => {
            kept.swap_remove(at);
            false
        }
        None => true,
    };
    words(old).into_iter().filter(|word| is_gone(word)).collect()
}

fn short(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 70 { flat } else { flat.chars().take(69).chain(['…']).collect() }
}
