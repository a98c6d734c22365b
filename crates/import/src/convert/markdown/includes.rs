//! Files that another tool puts in the place of a line that names them.

use super::edits::Edits;
use super::mask::near;
use crate::convert::tree::{Tree, folder_of};
use std::collections::BTreeSet;

/// The directives that put another file in their place, with what stands behind the name.
const INCLUDES: [(&str, &str); 12] = [
    ("{{#include ", "}}"),
    ("{{#rustdoc_include ", "}}"),
    ("{{#playground ", "}}"),
    ("{{#playpen ", "}}"),
    ("{{ #include ", "}}"),
    ("{{< include ", ">}}"),
    ("{% include \"", "\" %}"),
    ("{% include '", "' %}"),
    ("{{% include \"", "\" %}}"),
    ("{{< readfile file=\"", "\" >}}"),
    ("<<{", "}"),
    ("<<(", ")"),
];

/// Puts included files in their places, within code as well; names those that are not there.
pub(super) fn includes(
    edits: &mut Edits<'_>,
    tree: &Tree<'_>,
    path: &str,
    (taken, missing): (&mut BTreeSet<String>, &mut Vec<String>),
) {
    for (open, close) in INCLUDES {
        for (at, _) in edits.text.match_indices(open) {
            let inside = &edits.text[at + open.len()..];
            let Some(end) = near(inside).find(close).filter(|end| !inside[..*end].contains('\n')) else {
                continue;
            };
            let all = at + open.len() + end + close.len();
            // options stand behind a comma: `<<(source/hello.rb, lang: ruby)`
            let named = inside[..end].split_whitespace().next().unwrap_or("").trim_end_matches(',');
            match included(tree, path, named) {
                Some((file, text)) => {
                    taken.insert(file);
                    let text = text.trim_end_matches('\n').to_owned();
                    let text = if open.starts_with("<<") { format!("```\n{text}\n```") } else { text };
                    edits.put(at, all, text, "included files, put in their places");
                }
                None => {
                    if !missing.iter().any(|known| known == named) {
                        missing.push(named.to_owned());
                    }
                    if !edits.mask.is_code(at) {
                        edits.put(
                            at,
                            all,
                            format!("`{}`", &edits.text[at..all]),
                            "directives left as they are",
                        );
                    }
                }
            }
        }
    }
}

/// A file's path, and its words, or the lines or the passage of it that are named: `x.rs:3:9`, `x.rs:part`.
fn included(tree: &Tree<'_>, from: &str, named: &str) -> Option<(String, String)> {
    let (file, rest) = named.split_once(':').unwrap_or((named, ""));
    let path = tree.find(from, file, folder_of(from))?;
    let words = passage(&tree.text(&path)?, rest)?;
    Some((path, words))
}

/// The lines `3:9` of a text, or its passage `part`, or all of it.
fn passage(text: &str, rest: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let anchor = |line: &str, word: &str| {
        line.split(word).nth(1).map(|name| name.split_whitespace().next().unwrap_or("").to_owned())
    };
    if !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        let mut inside = false;
        let mut out = Vec::new();
        for line in lines {
            match (anchor(line, "ANCHOR: "), anchor(line, "ANCHOR_END: ")) {
                (_, Some(name)) if name == rest => inside = false,
                (Some(name), _) if name == rest => inside = true,
                (None, None) if inside => out.push(line),
                _ => {}
            }
        }
        return Some(out.join("\n"));
    }
    let number = |n: Option<&str>| n.and_then(|n| n.parse::<usize>().ok());
    let mut numbers = rest.split(':');
    let from = number(numbers.next()).unwrap_or(1).max(1);
    let single = !rest.is_empty() && !rest.contains(':');
    let to = if single { from } else { number(numbers.next()).unwrap_or(lines.len()) }.min(lines.len());
    let kept = lines.get(from.min(to + 1) - 1..to)?.iter().filter(|line| !line.contains("ANCHOR"));
    Some(kept.copied().collect::<Vec<_>>().join("\n"))
}
