//! Files that the reading order names and that are not there, and texts that are there and that
//! it does not name: each told of once.

use super::names::FROM_HERE;
use crate::bounds;
use crate::diag::{Code, Diagnostic};
use crate::file_names::TEXT_ENDINGS;
use crate::project::folder::Folder;
use crate::sources::Entry;
use std::collections::BTreeSet;

/// So many files that are not there are told of one by one.
const FEW: usize = 4;

/// Of many files that are not there, one finding tells.
pub(super) fn gather_missing(findings: &mut Vec<Diagnostic>) {
    let is_missing = |f: &Diagnostic| f.code == Code::FileMissing && f.hint.as_deref() == Some(FROM_HERE);
    let places: Vec<usize> = (0..findings.len()).filter(|at| is_missing(&findings[*at])).collect();
    let Some((first, others)) = places.split_first().filter(|(_, others)| others.len() >= FEW) else {
        return;
    };
    let names: Vec<&str> = others
        .iter()
        .filter_map(|at| findings[*at].message.strip_prefix("there is no file "))
        .take(NAMED)
        .collect();
    let more = others.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let told = format!("; nor {}{more}", names.join(", "));
    findings[*first].message += &told;
    let mut at = 0;
    findings.retain(|_| {
        at += 1;
        !others.contains(&(at - 1))
    });
}

/// How many forgotten texts are named.
const NAMED: usize = 8;

/// Texts that lie beside those of the book and that no list names: told of once.
pub(super) fn report_unused(folder: &Folder, entries: &[(String, Entry)], findings: &mut Vec<Diagnostic>) {
    let mut homes: Vec<&str> = vec![""];
    homes.extend(entries.iter().filter_map(|(name, _)| name.rsplit_once('/').map(|(home, _)| home)));
    homes.sort_unstable();
    homes.dedup();
    let mut names: Vec<String> = homes.iter().flat_map(|home| folder.list(home, &TEXT_ENDINGS)).collect();
    let listed: BTreeSet<&String> = entries.iter().map(|(name, _)| name).collect();
    names.retain(|name| !listed.contains(name) && !is_about_the_folder(name));
    // what a finding names is told of already; of very many, not all are asked
    if names.len() <= bounds::FINDINGS.count() && findings.len() <= bounds::FINDINGS.count() {
        names.retain(|name| !findings.iter().any(|f| f.message.contains(&format!("`{name}`"))));
    }
    let count = names.len();
    let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let message = match count {
        0 => return,
        1 => format!("{} is in no list of [matter]: it will not be in the book", shown.concat()),
        _ => format!("{}{more} are in no list of [matter]: they will not be in the book", shown.join(", ")),
    };
    let hint = if count == 1 {
        "add it to a list of [matter], or move it out of the folder"
    } else {
        "add them to the lists of [matter], or move them out of the folder"
    };
    findings.push(Diagnostic::new(Code::FileUnused, None, message).hint(hint));
}

/// Whether a file tells of the folder and is no text of the book: README.md, NOTES.md, _old.md.
pub(super) fn is_about_the_folder(name: &str) -> bool {
    const STEMS: [&str; 7] =
        ["readme", "changelog", "license", "licence", "contributing", "todo", "code_of_conduct"];
    let file = name.rsplit('/').next().unwrap_or(name);
    let stem = file.split('.').next().unwrap_or(file);
    let shouted = stem.chars().any(char::is_uppercase) && !stem.chars().any(char::is_lowercase);
    let lower = stem.to_lowercase();
    shouted || file.starts_with(['_', '.']) || STEMS.iter().any(|stem| lower.starts_with(stem))
}
