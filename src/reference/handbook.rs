//! The generated texts of the handbook's appendix: definition lists, in the
//! Markdown that our own books are written in.

use super::entry::{Entry, entries};
use super::markdown::MADE;
use crate::bounds;
use crate::diag::CODES;
use std::fmt::Write as _;

/// Every key of a style.
pub(super) fn style() -> String {
    let mut text = format!(
        "# Every Key of a Style {{.appendix #reference-style}}\n\n{MADE}\n\nThese stand below `[style]` in `book.toml`, or in a file of your \
         own in the folder `styles`. The default is what holds when you say nothing: in the style `pamphlet` and, where they \
         differ, in the others. `pamphleteer keys` says the same at your desk.\n"
    );
    lists(&mut text, entries().into_iter().filter(|entry| entry.of_style));
    text
}

/// Every other key of book.toml.
pub(super) fn book() -> String {
    let mut text = format!(
        "# Every Key of book.toml {{.appendix #reference-book}}\n\n{MADE}\n\nThose of the style have [a list of their own](reference-style.md), \
         and the words that the tool adds are listed [where they are described](01-the-manuscript.md#folder).\n"
    );
    lists(&mut text, entries().into_iter().filter(|entry| !entry.of_style));
    text
}

/// Every bound: the table of `bounds`.
pub(super) fn bounds() -> String {
    let mut text = format!(
        "# What a Book May Hold {{.appendix #reference-bounds}}\n\n{MADE}\n\nA book that holds more of something than this is told so, with \
         the number, and is not made; where the reason says otherwise, it is made all the same.\n"
    );
    for bound in bounds::TABLE {
        let most = bound.most_in_words();
        let _ = writeln!(text, "\n{}\n:   At most {most}: {}.", escaped(bound.of), escaped(bound.why));
    }
    text
}

/// Every finding, by family.
pub(super) fn findings() -> String {
    let mut text = format!(
        "# Every Finding {{.appendix #reference-findings}}\n\n{MADE}\n\nWhat the tool may say about a book, with the word in brackets that \
         stands before it. An *error* keeps something from being made; a *warning* and a *note* do not.\n"
    );
    let mut family = "";
    for entry in CODES {
        if entry.family != family {
            family = entry.family;
            let _ = writeln!(text, "\n## {family}");
        }
        let (summary, explanation) = (escaped(entry.summary), escaped(entry.explanation));
        let _ = writeln!(text, "\n`{}` ({})\n:   {summary} {explanation}", entry.name, entry.severity);
    }
    text
}

fn lists(text: &mut String, entries: impl Iterator<Item = Entry>) {
    let mut table = None;
    for entry in entries {
        if table != Some(entry.table) {
            table = Some(entry.table);
            let heading = if entry.table.is_empty() {
                "At the top of the file".to_owned()
            } else {
                format!("[{}]", entry.table)
            };
            let _ = writeln!(text, "\n## {}", escaped(&heading));
            if !entry.table.is_empty() {
                let _ = writeln!(text, "\n{}", entry.about);
            }
        }
        let _ = writeln!(text, "\n`{}`\n:   {} {}", entry.path, escaped(entry.meaning), value(&entry));
    }
}

/// What a key may be and what it is when nobody says: a sentence or two.
fn value(entry: &Entry) -> String {
    let mut value = if entry.words.is_empty() { capitalised(&entry.kind) } else { words(entry) };
    if let Some((least, most)) = entry.bounds {
        value += &format!(", {least} to {most}");
    }
    value += ".";
    match (entry.required, entry.default()) {
        (true, _) => value += " Every book needs it.",
        (false, Some(default)) => value += &format!(" Default {default}."),
        (false, None) => {}
    }
    if !entry.of_style || entry.default().is_none() {
        value += &format!(" Such as `{}`.", entry.example);
    }
    value
}

/// The words of a choice, with what each means: `` `foot`, at the foot of the page; … ``.
fn words(entry: &Entry) -> String {
    let word = |(word, meaning): &(String, &str)| match meaning.trim_end_matches('.') {
        "" => format!("`{word}`"),
        meaning => format!("`{word}`: {}", lowered(meaning)),
    };
    let all: Vec<String> = entry.words.iter().map(word).collect();
    let separator = if entry.words.iter().any(|(_, meaning)| !meaning.is_empty()) { "; " } else { ", " };
    match entry.of_style {
        true => all.join(separator),
        false => format!("{}: {}", capitalised(&entry.kind), all.join(separator)),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default() + letters.as_str()
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default() + letters.as_str()
}

/// Words of a table as our Markdown takes them: what stands between back-quotes
/// is left alone, and elsewhere no sign begins a mark.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for (index, part) in text.split('`').enumerate() {
        match index % 2 {
            0 => part.chars().for_each(|c| {
                if "[]*_<>#{}^~|\\".contains(c) {
                    escaped.push('\\');
                }
                escaped.push(c);
            }),
            _ => escaped += &format!("`{part}`"),
        }
    }
    escaped
}
