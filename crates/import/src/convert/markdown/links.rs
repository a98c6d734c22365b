//! Links, pictures and references of a text: where they lead in the new book.

use super::edits::Edits;
use super::implicit::Headings;
use super::mask::near;
use crate::convert::tree::{Tree, relative};
use std::collections::BTreeMap;

/// Where everything lies in the new book.
pub(super) struct Places<'a> {
    pub tree: &'a Tree<'a>,
    pub root: &'a str,
    /// The new name of each text, by its path in the source.
    pub texts: &'a BTreeMap<String, String>,
    /// The new name of the text in which each id stands.
    pub ids: &'a BTreeMap<String, String>,
}

/// Rewrites the targets of links and pictures. `path` is the text's place in the source, `name`
/// its new name; pictures that are used are added to `used`.
pub(super) fn targets(
    edits: &mut Edits<'_>,
    places: &Places<'_>,
    (path, name): (&str, &str),
    used: &mut BTreeMap<String, String>,
    missing: &mut Vec<String>,
) {
    let text = edits.text;
    let openings = openings(text);
    for at in edits.places("](") {
        let inside = near(&text[at + 2..]);
        let bracketed = inside.starts_with('<');
        let Some(end) = (if bracketed { inside.find('>') } else { inside.find([')', ' ', '\n']) }) else {
            continue;
        };
        let from = at + 2 + usize::from(bracketed);
        let target = &text[from..at + 2 + end];
        let open = openings.get(&at).copied();
        let is_picture = open.is_some_and(|open| text[..open].ends_with('!'));
        if target.is_empty() || target.starts_with('#') {
            continue;
        }
        if is_picture {
            let Some(open) = open else { continue };
            picture(edits, places, (path, name), (open, at, from, target), (used, missing));
        } else if !target.contains("://") && !target.starts_with("mailto:") {
            link(edits, places, (path, name), (from, target));
        }
    }
}

/// Where the bracket opens for each one that closes before an address, by one pass.
fn openings(text: &str) -> BTreeMap<usize, usize> {
    let (mut open, mut found) = (Vec::new(), BTreeMap::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                if let Some(from) = open.pop()
                    && text[at + 1..].starts_with('(')
                {
                    found.insert(at, from);
                }
            }
            _ => {}
        }
    }
    found
}

fn picture(
    edits: &mut Edits<'_>,
    places: &Places<'_>,
    (path, name): (&str, &str),
    (open, close, from, target): (usize, usize, usize, &str),
    (used, missing): (&mut BTreeMap<String, String>, &mut Vec<String>),
) {
    let text = edits.text;
    let found = places.tree.find(path, target, places.root).filter(|_| !target.contains("://"));
    let known = found
        .as_ref()
        .and_then(|found| crate::convert::pixels::picture_name(found, &places.tree.bytes(found)?));
    if let (Some(found), Some(_)) = (found, known) {
        let inside = found
            .strip_prefix(places.root)
            .map_or(found.as_str(), |rest| rest.trim_start_matches('/'))
            .to_owned();
        let to = relative(name, &inside).replace(' ', "%20");
        if to != target {
            edits.put(from, from + target.len(), to, "addresses of pictures");
        }
        enlarged(edits, close, places.tree.bytes(&found).as_deref().unwrap_or_default());
        used.insert(found, inside);
    } else {
        missing.push(target.to_owned());
        let end = near(&text[close..]).find(')').map_or(close + 2, |end| close + end + 1);
        let attributes =
            text[end..].strip_prefix('{').and_then(|rest| near(rest).find('}')).map_or(0, |at| at + 2);
        let words = &text[open + 1..close];
        // within a link no other link can stand
        let is_linked = text[..open - 1].ends_with('[') && text[end + attributes..].starts_with("](");
        let new = if target.contains("://") && !words.trim().is_empty() && !is_linked {
            format!("[{words}]({target})")
        } else {
            words.to_owned()
        };
        let id = text[end..end + attributes].split(['{', '}', ' ']).find(|part| part.starts_with('#'));
        let new = id.map_or(new.clone(), |id| format!("{new}[]{{{id}}}"));
        edits.put(open - 1, end + attributes, new, "pictures that are not there, of which the words stay");
    }
}

/// Leaves out a width of more pixels than the picture has: on paper it would be a blur.
fn enlarged(edits: &mut Edits<'_>, close: usize, picture: &[u8]) {
    let text = edits.text;
    let Some(end) = near(&text[close..]).find(')').map(|end| close + end + 1) else { return };
    let inside = near(&text[end..]).strip_prefix('{').and_then(|rest| rest.split('}').next());
    let Some(inside) = inside else { return };
    let Some(at) = inside.find("width=") else { return };
    let number: String =
        inside[at + 6..].trim_start_matches('"').chars().take_while(char::is_ascii_digit).collect();
    let behind = inside[at + 6..].trim_start_matches('"').strip_prefix(number.as_str()).unwrap_or("");
    let is_pixels = behind.is_empty() || behind.starts_with(['p', '"', ' ']) && !behind.starts_with("pt");
    let has = crate::convert::pixels::width(picture);
    if is_pixels && number.parse::<u32>().is_ok_and(|wanted| has.is_some_and(|has| wanted > has)) {
        let length = inside[at..].find(' ').unwrap_or(inside.len() - at);
        let (from, to) = (end + 1 + at, end + 1 + at + length);
        let (from, to) = if length == inside.len() { (from - 1, to + 1) } else { (from, to) };
        edits.leave_out(from, to, "", "widths beyond the pixels of a picture, left out");
    }
}

fn link(
    edits: &mut Edits<'_>,
    places: &Places<'_>,
    (path, name): (&str, &str),
    (from, target): (usize, &str),
) {
    let (file, id) = target.split_once('#').map_or((target, None), |(file, id)| (file, Some(id)));
    let bare = crate::sources::decode(file.trim_end_matches('/'));
    let stem = bare
        .rsplit_once('.')
        .filter(|(_, ending)| matches!(*ending, "html" | "htm"))
        .map_or(bare.as_str(), |(stem, _)| stem);
    let names = [
        bare.clone(),
        format!("{stem}.md"),
        format!("{stem}.qmd"),
        format!("{stem}.Rmd"),
        format!("{stem}/index.md"),
        format!("{stem}/_index.md"),
        format!("{stem}/README.md"),
    ];
    let found = names.iter().find_map(|name| {
        places.tree.find(path, name, places.root).filter(|found| places.texts.contains_key(found))
    });
    let Some(new) = found.and_then(|found| places.texts.get(&found)) else { return };
    let file = relative(name, new).replace(' ', "%20");
    let to = id.map_or(file.clone(), |id| format!("{file}#{id}"));
    if to != target {
        edits.put(from, from + target.len(), to, "addresses of links");
    }
}

/// References such as `@fig:x`, `@fig-x`, `\@ref(fig:x)` and `\ref{x}` become ours, where
/// their place is known.
pub(super) fn references(edits: &mut Edits<'_>, places: &Places<'_>, headings: &Headings, name: &str) {
    const WHAT: &str = "references to figures, tables and sections";
    let text = edits.text;
    let to = |id: &str| {
        let id = id.trim();
        let known = places.ids.get(id).map(|file| (file, format!("#{id}")));
        let known = known.or_else(|| headings.by_id(id).map(|(file, place)| (file, place.clone())));
        known.map(|(file, place)| {
            let file = if file == name && !place.is_empty() { String::new() } else { relative(name, file) };
            format!("[]({}{place})", file.replace(' ', "%20"))
        })
    };
    for (open, close) in
        [("\\@ref(", ")"), ("\\ref{", "}"), ("\\autoref{", "}"), ("\\cref{", "}"), ("\\Cref{", "}")]
    {
        for at in edits.places(open) {
            let inside = near(&text[at + open.len()..]);
            let Some(end) = inside.find(close) else { continue };
            let Some(new) = to(&inside[..end]) else { continue };
            let to = at + open.len() + end + close.len();
            match text[..at].strip_suffix('~') {
                // the word before belongs to it: `Section~\ref{x}`
                Some(before) => {
                    let word = before.len() - before.trim_end_matches(char::is_alphanumeric).len();
                    let (from, word) = (before.len() - word, &before[before.len() - word..]);
                    edits.leave_out(from, to, format!("{word}\u{a0}{new}"), WHAT);
                }
                None => edits.leave_out(at, to, new, WHAT),
            }
        }
    }
    for at in edits.places("@") {
        let is_word = |c: char| c.is_alphanumeric();
        if text[..at].ends_with(is_word) || text[..at].ends_with('\\') {
            continue;
        }
        let rest = &text[at + 1..];
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(rest.len());
        let id = rest[..end].trim_end_matches([':', '-']);
        let prefix = id.split([':', '-']).next().unwrap_or("").to_lowercase();
        if !matches!(prefix.as_str(), "fig" | "sec" | "tbl" | "tab" | "eq" | "lst" | "exm" | "thm") {
            continue;
        }
        if let Some(new) = to(id) {
            let bracketed = text[..at].ends_with('[') && rest[id.len()..].starts_with(']');
            let (from, to) = if bracketed { (at - 1, at + 2 + id.len()) } else { (at, at + 1 + id.len()) };
            edits.leave_out(from, to, new, WHAT);
        }
    }
}

/// Attributes of pictures that our Markdown does not know, after `](…)`.
pub(super) fn attributes(edits: &mut Edits<'_>) {
    for at in edits.places("){") {
        let inside = near(&edits.text[at + 2..]);
        let Some(end) = inside.find('}').filter(|end| !inside[..*end].contains('\n')) else { continue };
        let old = &inside[..end];
        let mut kept = Vec::new();
        for part in quoted_words(old) {
            let value = part.split_once('=').map(|(_, value)| value.trim_matches('"'));
            match part.split_once('=').map(|(key, _)| key) {
                None if part.starts_with('#') => kept.push(part.to_owned()),
                Some("width") if value.is_some_and(|v| v.ends_with(['%', 'm', 'n', 't', 'x', 'c'])) => {
                    kept.push(format!("width={}", value.unwrap_or("")));
                }
                Some("fig-alt" | "alt") => kept.push(format!("alt=\"{}\"", value.unwrap_or(""))),
                _ => {}
            }
        }
        let new = if kept.is_empty() { ")".to_owned() } else { format!("){{{}}}", kept.join(" ")) };
        if new.len() != old.len() + 3 {
            edits.leave_out(at, at + 2 + end + 1, new, "attributes that only another tool knows, left out");
        }
    }
}

/// Attributes of headings that our Markdown does not know.
pub(super) fn heading_attributes(edits: &mut Edits<'_>) {
    for (at, line) in edits.lines() {
        let bare = line.trim_start_matches([' ', '-', '*', '+', '>']);
        let is_heading = bare.starts_with('#') && bare.trim_start_matches('#').starts_with(' ');
        let Some((from, inside)) = line.rfind('{').filter(|_| is_heading).and_then(|from| {
            let inside = line[from + 1..].trim_end().strip_suffix('}')?;
            Some((from, inside))
        }) else {
            continue;
        };
        let parts = quoted_words(inside);
        let kept: Vec<&str> = parts.iter().copied().filter(|part| !part.contains('=')).collect();
        if kept.len() < parts.len()
            && parts.iter().all(|part| part.contains('=') || part.starts_with(['#', '.', '-']))
        {
            let new = if kept.is_empty() { String::new() } else { format!("{{{}}}", kept.join(" ")) };
            edits.leave_out(
                at + from,
                at + line.len(),
                new,
                "attributes that only another tool knows, left out",
            );
        }
    }
}

/// The parts of an attribute list; quotation marks hold words together.
fn quoted_words(text: &str) -> Vec<&str> {
    let (mut quote, mut from, mut out) = (false, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '"' => quote = !quote,
            ' ' | '\t' if !quote => {
                out.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[from..]);
    out.retain(|part| !part.is_empty());
    out
}
