//! Files that another tool puts in the place of a line that names them.

use super::edits::Edits;
use super::mask::{line_start, near};
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
            if open.starts_with("{{") && edits.text[..at].ends_with('\\') {
                continue;
            }
            let markua = open.starts_with("<<");
            // Leanpub reads it at the beginning of a line alone, or of one in a quotation or a box
            let before = &edits.text[line_start(edits.text, at)..at];
            let bare = before.trim_start_matches(|c: char| c == ' ' || c == '>' || c.is_ascii_uppercase());
            let is_line = bare.is_empty() && (before.trim().is_empty() || before.contains('>'));
            if markua && (edits.mask.is_code(at) || !is_line) {
                continue;
            }
            // options stand behind a comma: `<<(source/hello.rb, lang: ruby)`
            let named = inside[..end].split_whitespace().next().unwrap_or("").trim_end_matches(',');
            match included(tree, path, named) {
                Some((file, text)) => {
                    let text = text.trim_end_matches('\n').to_owned();
                    let is_code = markua || open.contains("play") && edits.mask.fence_at(at).is_none();
                    let text = if is_code { fenced(&file, &text) } else { text };
                    // each of its lines stands where the mark stood
                    let text = if markua { text.replace('\n', &format!("\n{before}")) } else { text };
                    taken.insert(file);
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

/// Directives that a backslash keeps from being followed: mdBook shows them, without it.
pub(super) fn shown(edits: &mut Edits<'_>) {
    for (at, _) in edits.text.match_indices("\\{{#") {
        let inside = near(&edits.text[at + 1..]);
        let Some(end) = inside.find("}}").filter(|end| !inside[..*end].contains('\n')) else { continue };
        let directive = &inside[..end + 2];
        let words = if edits.mask.is_code(at) { directive.to_owned() } else { format!("`{directive}`") };
        edits.put(at, at + 1 + directive.len(), words, "directives that are shown, without their backslash");
    }
}

/// Files that a block of code of R's puts in its place: ```` ```{r, child = "part.Rmd"} ````.
pub(super) fn children(
    edits: &mut Edits<'_>,
    tree: &Tree<'_>,
    path: &str,
    (taken, missing): (&mut BTreeSet<String>, &mut Vec<String>),
) {
    for fence in edits.mask.fences.clone() {
        let head = edits.text[fence.open.0..fence.open.1].trim_start_matches('`');
        let Some((_, named)) = head.strip_prefix('{').and_then(|head| head.split_once("child")) else {
            continue;
        };
        let Some(named) = named.trim_start().strip_prefix('=') else { continue };
        // one name, or several in `c(…)`, each in quotation marks
        let several = named.trim_start().strip_prefix("c(").and_then(|list| list.split(')').next());
        let quoted = several.unwrap_or(named).split(['"', '\'']).skip(1).step_by(2);
        let names: Vec<&str> = match several {
            Some(_) => quoted.filter(|name| !name.is_empty()).collect(),
            None => quoted.take(1).filter(|name| !name.is_empty()).collect(),
        };
        let mut words = Vec::new();
        for name in names {
            match included(tree, path, name) {
                Some((file, text)) => {
                    taken.insert(file);
                    words.push(format!("{}\n", text.trim_end_matches('\n')));
                }
                None if missing.iter().any(|known| known == name) => {}
                None => missing.push(name.to_owned()),
            }
        }
        if !words.is_empty() {
            edits.leave_out(fence.open.0, fence.end, words.join("\n"), "included files, put in their places");
        }
    }
}

/// Code as a block, in the language that the ending of its file says.
fn fenced(file: &str, text: &str) -> String {
    let ending =
        file.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest.max(2) + 1);
    format!("{marks}{}\n{text}\n{marks}", if ending == "rs" { "rust" } else { ending })
}

/// Code that Leanpub's authors put in with a title, or as they put a picture in: `<<[Title](code/a.js)`,
/// `![Title](code/a.js)`.
pub(super) fn titled_code(edits: &mut Edits<'_>, tree: &Tree<'_>, path: &str, taken: &mut BTreeSet<String>) {
    for (at, line) in edits.lines() {
        let Some(rest) = ["<<[", "![", "<<("].iter().find_map(|open| line.strip_prefix(open)) else {
            continue;
        };
        let Some((title, rest)) = rest.split_once("](") else { continue };
        let Some(named) = rest.trim_end().strip_suffix(')') else { continue };
        let named = named.split(['"', ' ']).next().unwrap_or(named);
        let places = [format!("resources/{named}"), format!("code/{named}")];
        let found = std::iter::once(named).chain(places.iter().map(String::as_str));
        let Some((file, text)) = found.into_iter().find_map(|name| included(tree, path, name)) else {
            continue;
        };
        let bytes = tree.bytes(&file).unwrap_or_default();
        if crate::convert::pixels::picture_name(&file, &bytes).is_some() || text.contains('\0') {
            continue;
        }
        let caption = match title.trim() {
            "" => String::new(),
            title => format!("\n\n::: caption\n{title}\n:::"),
        };
        let new = format!("{}{caption}", fenced(&file, text.trim_end_matches('\n')));
        taken.insert(file);
        edits.put(at, at + line.len(), new, "included files, put in their places");
    }
}

/// Code that a plugin of GitBook's puts in: `[import, title](code/a.js)`, `[include:2-9](code/a.js)`. The title names the
/// place for links.
pub(super) fn imported_code(
    edits: &mut Edits<'_>,
    tree: &Tree<'_>,
    path: &str,
    taken: &mut BTreeSet<String>,
) {
    let mut ids = BTreeSet::new();
    for (at, line) in edits.lines() {
        let bare = line.trim();
        let rest = ["[import", "[include"].iter().find_map(|open| bare.strip_prefix(open));
        let Some((said, named)) = rest.and_then(|rest| rest.strip_suffix(')')?.split_once("](")) else {
            continue;
        };
        if !(said.is_empty() || said.starts_with([',', ':', ' '])) {
            continue;
        }
        let mut parts = said.split([',', ' ']).map(str::trim);
        let lines = parts.next().unwrap_or("").trim_start_matches(':').trim_matches('"').replace('-', ":");
        let is_title =
            |part: &&str| !part.is_empty() && !part.starts_with("lang-") && !part.contains(['=', ':']);
        let title = parts.find(is_title).map(|title| title.trim_matches('"'));
        let named = if lines.is_empty() { named.to_owned() } else { format!("{named}:{lines}") };
        let Some((file, text)) = included(tree, path, &named) else { continue };
        let caption = title.map_or(String::new(), |title| {
            let id: String = title.split(|c: char| c.is_whitespace() || "{}".contains(c)).collect();
            let id = if ids.insert(id.clone()) { format!(" #{id}") } else { String::new() };
            format!("\n\n::: {{.caption{id}}}\n`{}`\n:::", title.replace('`', ""))
        });
        let new = format!("{}{caption}", fenced(&file, text.trim_end_matches('\n')));
        taken.insert(file);
        edits.leave_out(at, at + line.len(), new, "included files, put in their places");
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
