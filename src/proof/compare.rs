//! What the report before this one marked, so that this one can say what is new and what is
//! gone. It is read off the report itself.

use super::marks::Mark;
use crate::diag::counted;
use crate::html::escaped;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The marks of the last report that are not found again yet.
pub(super) struct Last {
    left: BTreeMap<String, usize>,
    /// How many marks are new.
    new: usize,
}

/// So many of the marks that are gone are named.
const NAMED: usize = 12;

impl Last {
    /// Reads them; of a file that is none of our reports there are none.
    pub(super) fn read(report: &str) -> Last {
        let mut left = BTreeMap::new();
        for rest in report.split(" data-key=\"").skip(1) {
            let key = rest.split('"').next().unwrap_or_default().to_owned();
            *left.entry(key).or_default() += 1;
        }
        Last { left, new: 0 }
    }

    /// Whether that mark was there. One that was there once is found once.
    pub(super) fn has(&mut self, mark: &Mark, label: &str) -> bool {
        let found = self.left.get_mut(&escaped(&key(mark, label))).filter(|count| **count > 0);
        match found {
            Some(count) => *count -= 1,
            None => {
                self.new += 1;
                return false;
            }
        }
        true
    }

    /// How many are new and how many are gone, and which.
    pub(super) fn summary(&self, out: &mut String) {
        let gone: Vec<&str> =
            self.left.iter().flat_map(|(key, count)| std::iter::repeat_n(key.as_str(), *count)).collect();
        if self.new == 0 && gone.is_empty() {
            out.push_str("<p>They are those of the last proof.</p>\n");
            return;
        }
        let _ = writeln!(
            out,
            "<p>Since the last proof {} {} new, and {} {} gone.</p>",
            counted(self.new, "mark"),
            if self.new == 1 { "is" } else { "are" },
            counted(gone.len(), "mark"),
            if gone.len() == 1 { "is" } else { "are" },
        );
        if gone.is_empty() {
            return;
        }
        out.push_str("<details><summary>What is gone</summary>\n<ul>\n");
        for key in gone.iter().take(NAMED) {
            let (kind, words) = key.split_once(": ").unwrap_or((key, ""));
            let _ = writeln!(out, "<li>{kind}<br><q>{words}</q></li>");
        }
        if gone.len() > NAMED {
            let _ = writeln!(out, "<li>and {} more</li>", gone.len() - NAMED);
        }
        out.push_str("</ul></details>\n");
    }
}

/// What a mark is known by from one report to the next: its kind and its words, which stay
/// when its page does not; without words, its page.
pub(super) fn key(mark: &Mark, label: &str) -> String {
    let words = if mark.lines.is_empty() { format!("page {label}") } else { mark.lines.join(" / ") };
    format!("{}: {words}", mark.kind)
}
