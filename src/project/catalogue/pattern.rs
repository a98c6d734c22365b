//! Names of folders with `*`: which folders of books they mean.

use std::fs;
use std::path::{Path, PathBuf};

/// The name of a folder as it is compared: without `./`, doubled and closing `/`.
pub fn plain(name: &str) -> String {
    let slashed = name.replace('\\', "/");
    let begin = if slashed.starts_with('/') { "/" } else { "" };
    let parts: Vec<&str> = slashed.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let joined = format!("{begin}{}", parts.join("/"));
    if joined.is_empty() { ".".to_owned() } else { joined }
}

/// Whether the name is that of one folder.
pub(super) fn is_one_folder(name: &str) -> bool {
    !name.contains(['*', '?'])
}

/// The folders with a book.toml that the pattern means, as seen from `from`, by
/// their names. `*` and `?` stand for what is in one name, `**` for any folders;
/// hidden folders are meant by no sign.
pub(super) fn books(from: &Path, pattern: &str) -> Vec<String> {
    let pattern = plain(pattern);
    let is_book = |name: &String| from.join(name).join("book.toml").is_file();
    if is_one_folder(&pattern) {
        return Some(pattern).filter(is_book).into_iter().collect();
    }
    let parts: Vec<&str> = pattern.trim_start_matches('/').split('/').collect();
    let begin = if pattern.starts_with('/') { "/" } else { "" };
    let mut found = Vec::new();
    walk(from, begin, &parts, &mut found);
    found.retain(is_book);
    found.sort();
    found.dedup();
    found
}

/// Folders within folders are looked into so deep for `**`.
const DEEPEST: usize = 12;

fn walk(from: &Path, here: &str, parts: &[&str], found: &mut Vec<String>) {
    let Some((first, rest)) = parts.split_first() else {
        found.push(if here.is_empty() { ".".to_owned() } else { here.to_owned() });
        return;
    };
    let below = |name: &str| match here {
        "" => name.to_owned(),
        "/" => format!("/{name}"),
        _ => format!("{here}/{name}"),
    };
    if *first == "**" {
        walk(from, here, rest, found);
        if here.matches('/').count() < DEEPEST {
            folders(&at(from, here)).iter().for_each(|name| walk(from, &below(name), parts, found));
        }
    } else if is_one_folder(first) {
        if from.join(below(first)).is_dir() {
            walk(from, &below(first), rest, found);
        }
    } else {
        let meant = |name: &&String| matches_name(first, name);
        folders(&at(from, here)).iter().filter(meant).for_each(|name| walk(from, &below(name), rest, found));
    }
}

/// The folder of that name; no name and no path are where the command is run.
fn at(from: &Path, name: &str) -> PathBuf {
    let path = from.join(name);
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path }
}

/// The folders in a folder, but hidden ones and links: a link may lead back.
fn folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Whether a pattern means the folder of that name.
pub fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (plain(pattern), plain(name));
    let (pattern, name): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), name.split('/').collect());
    matches_parts(&pattern, &name)
}

fn matches_parts(pattern: &[&str], name: &[&str]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => (0..=name.len()).any(|at| matches_parts(rest, &name[at..])),
        (Some((first, rest)), Some((part, others))) => {
            matches_name(first, part) && matches_parts(rest, others)
        }
        _ => false,
    }
}

/// Whether `*` and `?` in a pattern can stand for what is in the name: the last `*`
/// is stretched by a letter whenever what follows does not fit, so that no name
/// takes longer than its length times the pattern's.
fn matches_name(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => (p, n) = (p + 1, n + 1),
            _ => {
                let Some((at, begun)) = star else { return false };
                star = Some((at, begun + 1));
                (p, n) = (at + 1, begun + 1);
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::{matches, plain};

    #[test]
    fn patterns_mean_what_shells_mean() {
        for (pattern, name) in [
            ("novels/*", "novels/emma"),
            ("./novels/e?ma/", "novels/emma"),
            ("**", "a/b/c"),
            ("**/c", "c"),
            ("a/**/c", "a/c"),
            ("*a*b*", "xaxbx"),
            ("**/*-de", "a/b/x-de"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("novels/*", "novels/a/b"), ("*", "a/b"), ("e?ma", "ema"), ("*a", "ab")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
        assert_eq!([plain("./a//b/"), plain("."), plain("/a")], ["a/b", ".", "/a"]);
    }
}
