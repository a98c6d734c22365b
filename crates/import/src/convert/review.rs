//! The review file: every remark that stood in the margin of a Word or OpenDocument file.

use super::model::Comment;
use std::fmt::Write;

/// The remarks, as a text for people; none when there are none.
pub(super) fn write(comments: &[Comment]) -> Option<String> {
    if comments.is_empty() {
        return None;
    }
    let mut out =
        String::from("The remarks that stood in the margin. This file is no part of the book.\n\nRemarks\n");
    for (index, comment) in comments.iter().enumerate() {
        let who = if comment.author.is_empty() { "Somebody" } else { &comment.author };
        let _ = write!(out, "\n{}. {who}", index + 1);
        if !comment.date.is_empty() {
            let _ = write!(out, ", {}", comment.date);
        }
        if !comment.about.trim().is_empty() {
            let _ = write!(out, ", on “{}”", flat(&comment.about));
        }
        let _ = writeln!(out, ": {}", flat(&comment.words));
    }
    Some(out)
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
