//! docs/reference as Markdown: tables of keys, the catalogue of findings.

use super::entry::{Entry, entries};
use crate::bounds;
use crate::diag::CODES;
use crate::project::word_keys;
use std::fmt::Write as _;

/// What stands above every generated file.
pub const MADE: &str = "<!-- Made from the tool's own tables by tests/reference.rs; ACCEPT=1 cargo test --test reference writes it. -->";

/// Every key of a style.
pub(super) fn style() -> String {
    let mut text = format!(
        "# Keys of a style\n\n{MADE}\n\nThey stand in `styles/NAME.toml`, or below `[style]` in `book.toml`, where `text.size = \"10.5pt\"` \
         overrules the style that `name` chooses. `pamphleteer keys KEY` prints one of them. The default is that of the \
         style `pamphlet`; where another style differs, it is named.\n"
    );
    tables(&mut text, entries().into_iter().filter(|entry| entry.of_style));
    text
}

/// Every other key of book.toml.
pub(super) fn book() -> String {
    let mut text = format!(
        "# Keys of book.toml\n\n{MADE}\n\nThe keys below `[style]` are in [style.md](style.md). A book needs `title`, `language` and \
         `matter.body`; everything else may wait.\n"
    );
    tables(&mut text, entries().into_iter().filter(|entry| !entry.of_style));
    text += "\n## `[words]`\n\nYour own words for those that the tool adds. These keys want words";
    let plain: Vec<String> =
        word_keys().filter(|(_, parts)| parts.is_empty()).map(|(key, _)| code(key)).collect();
    let _ = writeln!(text, ": {}.\n", plain.join(", "));
    text += "In these stands what is put in its place:\n\n| key | holds |\n|:--|:--|\n";
    for (key, parts) in word_keys().filter(|(_, parts)| !parts.is_empty()) {
        let parts: Vec<String> = parts.iter().map(|part| code(part)).collect();
        let _ = writeln!(text, "| `{key}` | {} |", parts.join(", "));
    }
    text += "\nWhere no term is about somebody's role, its MARC code is a key: `mus = \"Music by\"`.\n";
    text
}

/// Every bound: the table of `bounds`.
pub(super) fn bounds() -> String {
    let mut text = format!(
        "# Bounds\n\n{MADE}\n\nWhat a book may hold. More is a finding with the number (`limit-exceeded`, `file-too-large`, \
         `nesting-too-deep`), and nothing is made; where the reason says so, the book is made all the same.\n\n\
         | of | at most | because |\n|:--|--:|:--|\n"
    );
    for bound in bounds::TABLE {
        let _ = writeln!(text, "| {} | {} | {} |", cell(bound.of), bound.most_in_words(), cell(bound.why));
    }
    text
}

/// Every finding, by family.
pub(super) fn findings() -> String {
    let mut text = format!(
        "# Findings\n\n{MADE}\n\n`pamphleteer explain CODE` prints an entry. `--allow CODE` hides a finding, `--warn CODE` makes it a \
         warning and `--deny CODE` an error; an error is lowered only by `--warn`, and only where nothing is lost: the tool says so where it cannot.\n"
    );
    let mut family = "";
    for entry in CODES {
        if entry.family != family {
            family = entry.family;
            let _ = writeln!(
                text,
                "\n## {family}\n\n| code | severity | what it says | what to do |\n|:--|:--|:--|:--|"
            );
        }
        let (summary, explanation) = (cell(entry.summary), cell(entry.explanation));
        let _ = writeln!(text, "| `{}` | {} | {summary} | {explanation} |", entry.name, entry.severity);
    }
    text
}

fn tables(text: &mut String, entries: impl Iterator<Item = Entry>) {
    let mut table = None;
    for entry in entries {
        if table != Some(entry.table) {
            table = Some(entry.table);
            match entry.table {
                "" => *text += "\n## At the top\n",
                name => {
                    let _ = writeln!(text, "\n## `[{name}]`\n\n{}", entry.about);
                }
            }
            *text += "\n| key | value | default | example | meaning |\n|:--|:--|:--|:--|:--|\n";
        }
        let default = match (entry.default(), entry.required) {
            (_, true) => "required".to_owned(),
            (Some(default), _) => default,
            (None, _) => "unset".to_owned(),
        };
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | `{}` | {} |",
            entry.path,
            cell(&value(&entry)),
            cell(&default),
            cell(&entry.example),
            cell(entry.meaning)
        );
    }
}

/// Type, unit, range or words of a key, in one cell.
fn value(entry: &Entry) -> String {
    let words: Vec<String> = entry.words.iter().map(|(word, _)| code(&format!("\"{word}\""))).collect();
    let mut value = entry.kind.clone();
    if !words.is_empty() {
        value += &format!(": {}", words.join(" "));
    }
    if !entry.unit.is_empty() {
        value += &format!(" in {}", entry.unit);
    }
    if let Some((least, most)) = entry.bounds {
        value += &format!("; {least} to {most}");
    }
    value
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Words that may stand in a cell of a table.
pub(super) fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
