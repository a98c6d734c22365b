//! The reference on a terminal: `pamphleteer keys`, and `explain` without a code.

use super::entry::{Entry, entries};
use crate::diag::CODES;
use crate::project::{nearest, there_is};
use std::fmt::Write as _;

/// What was found for the word behind `keys`.
pub enum Found {
    /// The words to print.
    Text(String),
    /// Nothing; with the nearest key, when one is near.
    Nothing(Option<String>),
}

/// Every key, by table.
#[must_use]
pub fn keys() -> String {
    let mut text = String::new();
    list(&mut text, &entries());
    text + "\n`pamphleteer keys KEY` says more about a key or a table, and looks for a word: `pamphleteer keys margin`.\n"
}

/// The key of that name, the keys of that table, or those that have to do with the word.
#[must_use]
pub fn key(word: &str) -> Found {
    let all = entries();
    let wanted = word.trim().trim_start_matches('[').trim_end_matches(']').to_lowercase().replace('_', "-");
    let wanted = wanted.strip_prefix("style.").unwrap_or(&wanted);
    if let Some(entry) = all.iter().find(|entry| entry.path == wanted && !is_table(&all, wanted)) {
        return Found::Text(in_full(entry));
    }
    let of_table: Vec<Entry> = all.iter().filter(|entry| entry.table == wanted).cloned().collect();
    if !of_table.is_empty() {
        return Found::Text(listed(&of_table));
    }
    let instead = there_is(&wanted.replace(' ', "-"));
    let named = |entry: &&Entry| instead.is_some_and(|text| text.contains(&format!("`{}`", entry.path)));
    let mut near: Vec<Entry> = all.iter().filter(named).cloned().collect();
    near.extend(matching(&all, wanted));
    near.sort_by_key(|entry| {
        all.iter().position(|other| other.path == entry.path && other.of_style == entry.of_style)
    });
    near.dedup_by(|one, other| one.path == other.path && one.of_style == other.of_style);
    if near.is_empty() && instead.is_none() {
        let names = all.iter().map(|entry| entry.path.as_str());
        return Found::Nothing(nearest(wanted, names).map(str::to_owned));
    }
    let mut text = format!("no key is called `{word}`");
    // whoever writes a full stop means a key, and no word to look for
    let names = || all.iter().map(|entry| entry.path.as_str()).filter(|_| wanted.contains('.'));
    text += &match instead {
        Some(instead) => format!(": {instead}"),
        None => {
            nearest(wanted, names()).map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
        }
    };
    text += "\n";
    if !near.is_empty() {
        text += "\nkeys that have to do with it:\n";
        list(&mut text, &near);
    }
    Found::Text(text)
}

/// Every finding, by family.
#[must_use]
pub fn codes() -> String {
    let width = CODES.iter().map(|entry| entry.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut family = "";
    for entry in CODES {
        if entry.family != family {
            family = entry.family;
            let _ = writeln!(text, "{}{family}\n", if text.is_empty() { "" } else { "\n" });
        }
        let _ =
            writeln!(text, "  {:width$}  {:7}  {}", entry.name, entry.severity.to_string(), entry.summary);
    }
    text + "\n`pamphleteer explain CODE` says why a finding matters and what to do.\n"
}

/// Whether a name is that of a table with keys of its own.
fn is_table(all: &[Entry], name: &str) -> bool {
    all.iter().any(|entry| entry.table == name)
}

/// The keys whose name, meaning or words hold every word that is looked for.
fn matching(all: &[Entry], wanted: &str) -> Vec<Entry> {
    let words: Vec<&str> = wanted.split([' ', '.', '-']).filter(|word| !word.is_empty()).collect();
    let holds = |entry: &&Entry| {
        let told = format!("{} {} {}", entry.path, entry.meaning, entry.about).to_lowercase();
        let chosen = |word: &&str| entry.words.iter().any(|(choice, _)| choice == word);
        words.iter().all(|word| told.contains(word) || chosen(word))
    };
    if words.is_empty() { Vec::new() } else { all.iter().filter(holds).cloned().collect() }
}

fn listed(entries: &[Entry]) -> String {
    let mut text = String::new();
    list(&mut text, entries);
    text
}

/// A line for each key, below its table.
fn list(text: &mut String, entries: &[Entry]) {
    let width = entries.iter().map(|entry| entry.path.len()).max().unwrap_or(0);
    let mut table = None;
    for entry in entries {
        if table != Some((entry.table, entry.of_style)) {
            table = Some((entry.table, entry.of_style));
            let place = match (entry.of_style, entry.table) {
                (true, name) => format!("[style], {name}: {}", entry.about),
                (false, "") => "book.toml: at the top of the file".to_owned(),
                (false, name) => format!("[{name}]: {}", entry.about),
            };
            let _ = writeln!(text, "{}{place}\n", if text.is_empty() { "" } else { "\n" });
        }
        let _ = writeln!(text, "  {:width$}  {}", entry.path, entry.meaning);
    }
}

/// All that there is to say about a key.
fn in_full(entry: &Entry) -> String {
    let mut text = format!("{}\n\n{}\n\n", entry.path, entry.meaning);
    let mut row = |label: &str, words: &str| {
        let _ = writeln!(text, "{label:9} {words}");
    };
    row("wants", entry.wanted);
    if !entry.unit.is_empty() {
        row("unit", entry.unit);
    }
    if let Some((least, most)) = entry.bounds {
        row("range", &format!("{least} to {most}"));
    }
    let longest = entry.words.iter().map(|(word, _)| word.chars().count()).max().unwrap_or(0);
    let column = (longest + "\"\" ".len()).max(14);
    for (index, (word, meaning)) in entry.words.iter().enumerate() {
        let line = format!("{:column$}{meaning}", format!("\"{word}\""));
        row(if index == 0 { "one of" } else { "" }, line.trim_end());
    }
    let values = |value: &Option<String>| value.clone().unwrap_or_else(|| "unset".to_owned());
    let all_agree = entry.defaults.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let shown = if all_agree { &entry.defaults[..entry.defaults.len().min(1)] } else { &entry.defaults[..] };
    for (index, (style, value)) in shown.iter().enumerate() {
        let place = if all_agree { String::new() } else { format!(" in the style {style}") };
        row(if index == 0 { "default" } else { "" }, &format!("{}{place}", values(value)));
    }
    if entry.required {
        row("", "every book needs it");
    }
    for (index, line) in entry.lines().lines().enumerate() {
        row(if index == 0 { "example" } else { "" }, line);
    }
    text
}
