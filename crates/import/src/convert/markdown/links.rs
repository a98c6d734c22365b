//! Links, pictures and references of a text: where they lead in the new book.

use super::edits::Edits;
use super::ids::fitting;
use super::implicit::Headings;
use super::mask::{close_by, line_start, near};
use super::numbered::{WORDED, is_numbered};
use crate::convert::tree::{Tree, address, relative};
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
    let openings = openings(text, '(');
    for at in edits.places("](") {
        let inside = near(&text[at + 2..]);
        let bracketed = inside.starts_with('<');
        let Some(end) = (if bracketed { inside.find('>') } else { target_end(inside) }) else {
            continue;
        };
        let from = at + 2 + usize::from(bracketed);
        let target = &text[from..at + 2 + end];
        let open = openings.get(&at).copied();
        let is_picture = open.is_some_and(|open| text[..open].ends_with('!'));
        if let Some(id) = target.strip_prefix('#') {
            let lost = id.len() - fitting(id).len();
            if lost > 0 && lost < id.len() {
                edits.put(from + 1, from + 1 + lost, "", "addresses of links");
            }
            continue;
        }
        if target.is_empty() {
            continue;
        }
        if is_picture {
            let Some(open) = open else { continue };
            picture(edits, places, (path, name), (open, at, from, target), (used, missing));
        } else if is_of_a_program(target) {
            // what no book can lead to; the words stay
            let close = near(&text[from + target.len()..]).find(')').map(|end| from + target.len() + end + 1);
            if let (Some(open), Some(close)) = (open, close) {
                edits.leave_out(open, open + 1, "", PROGRAMS);
                edits.leave_out(at, close, "", PROGRAMS);
            }
        } else if !target.contains("://") && !target.starts_with("mailto:") {
            link(edits, places, (path, name), (from, target));
        }
    }
}

const PROGRAMS: &str = "links into programs, of which the words stay";

/// Where an address ends that stands in no angle brackets: parentheses in it are paired (CommonMark 0.31, §6.3).
fn target_end(inside: &str) -> Option<usize> {
    let mut depth = 0_usize;
    inside
        .char_indices()
        .find(|(_, c)| match c {
            ' ' | '\n' => true,
            ')' if depth == 0 => true,
            ')' => {
                depth -= 1;
                false
            }
            '(' => {
                depth += 1;
                false
            }
            _ => false,
        })
        .map(|(at, _)| at)
}

/// Whether an address leads neither to a text nor into the web, such as `app://open`.
fn is_of_a_program(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else { return false };
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    is_scheme && !["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Where the bracket opens for each one that closes before a sign, that of an address or of attributes, by one pass.
pub(super) fn openings(text: &str, behind: char) -> BTreeMap<usize, usize> {
    let (mut open, mut found) = (Vec::new(), BTreeMap::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => {
                if let Some(from) = open.pop()
                    && text[at + 1..].starts_with(behind)
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
        let to = address(&relative(name, &inside));
        if to != target {
            edits.put(from, from + target.len(), to, "addresses of pictures");
        }
        untitled(edits, (open - 1, close), from + target.len());
        enlarged(edits, from + target.len(), places.tree.bytes(&found).as_deref().unwrap_or_default());
        used.insert(found, inside);
    } else {
        missing.push(target.to_owned());
        let behind = from + target.len();
        let end = near(&text[behind..]).find(')').map_or(close + 2, |end| behind + end + 1);
        let attributes =
            text[end..].strip_prefix('{').and_then(|rest| near(rest).find('}')).map_or(0, |at| at + 2);
        let words = &text[open + 1..close];
        // within a link no other link can stand
        let behind = &text[end + attributes..];
        let is_linked =
            text[..open - 1].ends_with('[') && (behind.starts_with("](") || behind.starts_with("]["));
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

/// Leaves out the title of a picture that does not stand alone: it would be its caption, for which a line has no room.
fn untitled(edits: &mut Edits<'_>, (start, close): (usize, usize), behind: usize) {
    let text = edits.text;
    let Some(length) = near(&text[behind..]).find(['\n', ')']).filter(|_| text[close..].starts_with("]("))
    else {
        return;
    };
    let end = behind + length;
    let title = text[behind..end].trim_start_matches('>').trim();
    if title.is_empty() || !text[end..].starts_with(')') {
        return;
    }
    let attributes =
        text[end + 1..].strip_prefix('{').and_then(|rest| near(rest).find('}')).map_or(0, |at| at + 2);
    let line = line_start(text, start);
    let is_blank = |words: &str| words.trim_matches([' ', '\t', '>']).is_empty();
    let above = text[..line].strip_suffix('\n').unwrap_or("");
    let behind_picture = &text[end + 1 + attributes..];
    let mut below = near(behind_picture).split('\n');
    let is_alone = is_blank(&text[line..start])
        && is_blank(&above[line_start(above, above.len())..])
        && below.next().is_none_or(is_blank)
        && below.next().is_none_or(is_blank);
    if !is_alone {
        let at = end - text[behind..end].trim_start_matches('>').len();
        edits.leave_out(at, end, "", "titles of pictures in a line, which has no room for a caption");
    }
}

/// Pixels to the inch that any printer wants at the least: with fewer, a build for print is refused.
const LEAST_RESOLUTION: f64 = 150.0;
/// Pixels to the inch as web pages count them.
const OF_SCREENS: f64 = 96.0;
/// No text block of ours is wider, in inches.
const WIDEST: f64 = 5.0;

/// Leaves out a width in which the pixels of a picture would be a blur on paper: it is then printed at its own size.
fn enlarged(edits: &mut Edits<'_>, behind: usize, picture: &[u8]) {
    let text = edits.text;
    let Some(end) = near(&text[behind..]).find(')').map(|end| behind + end + 1) else { return };
    let inside = near(&text[end..]).strip_prefix('{').and_then(|rest| rest.split('}').next());
    let Some(inside) = inside else { return };
    let Some(at) = inside.find("width=") else { return };
    let value = inside[at + 6..].split([' ', ',']).next().unwrap_or("").trim_matches('"');
    let (Some(wanted), Some(has)) = (inches(value), crate::convert::pixels::width(picture)) else { return };
    if wanted * LEAST_RESOLUTION > f64::from(has) {
        let length = inside[at..].find(' ').unwrap_or(inside.len() - at);
        let (from, to) = (end + 1 + at, end + 1 + at + length);
        let (from, to) = if length == inside.len() { (from - 1, to + 1) } else { (from, to) };
        edits.leave_out(from, to, "", "widths beyond the pixels of a picture, left out");
    }
}

/// How wide a picture is to be: in pixels, in a unit of length, or in hundredths of the text block.
fn inches(value: &str) -> Option<f64> {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = value[..value.len() - unit.len()].parse().ok()?;
    Some(match unit {
        "" | "px" => number / OF_SCREENS,
        "%" => number / 100.0 * WIDEST,
        "in" => number,
        "cm" => number / 2.54,
        "mm" => number / 25.4,
        "pt" => number / 72.0,
        "pc" => number / 6.0,
        _ => return None,
    })
}

fn link(
    edits: &mut Edits<'_>,
    places: &Places<'_>,
    (path, name): (&str, &str),
    (from, target): (usize, &str),
) {
    let (file, id) = target.split_once('#').map_or((target, None), |(file, id)| (file, Some(id)));
    let bare = crate::sources::decode(file.trim_end_matches('/'));
    // Zola's authors write where a text lies so, from the folder of content on
    let bare = bare.strip_prefix('@').filter(|rest| rest.starts_with('/')).unwrap_or(&bare).to_owned();
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
    let file = address(&relative(name, new));
    let to = id.map_or(file.clone(), |id| format!("{file}#{id}"));
    if to != target {
        edits.put(from, from + target.len(), to, "addresses of links");
    }
}

/// References such as `@fig:x`, `@fig-x`, `\@ref(fig:x)` and `\ref{x}` become ours, where
/// their place is known.
pub(super) fn references(edits: &mut Edits<'_>, places: &Places<'_>, headings: &Headings, name: &str) {
    const WHAT: &str = REFERENCES;
    let text = edits.text;
    let to = |id: &str| {
        let id = id.trim();
        let known = places.ids.get(id).map(|file| (file, format!("#{id}")));
        let known = known.or_else(|| headings.by_id(id).map(|(file, place)| (file, place.clone())));
        known.map(|(file, place)| {
            let file = if file == name && !place.is_empty() { String::new() } else { relative(name, file) };
            let link = format!("[]({}{place})", file.replace(' ', "%20"));
            // what other tools number by its rank has its title here, which stands in quotation marks among words
            if is_numbered(id) { link } else { format!("\"{link}\"") }
        })
    };
    for (open, close) in [
        ("\\@ref(", ")"),
        ("\\ref{", "}"),
        ("\\eqref{", "}"),
        ("\\autoref{", "}"),
        ("\\cref{", "}"),
        ("\\Cref{", "}"),
    ] {
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
    cross_references(edits, &to);
    for at in edits.places("](#") {
        let id = near(&text[at + 3..]).split([')', ' ', '\n']).next().unwrap_or("");
        let found = headings.by_id(id).filter(|_| !places.ids.contains_key(id));
        let Some((file, place)) = found else { continue };
        let file = if file == name { String::new() } else { relative(name, file).replace(' ', "%20") };
        let address = format!("{file}{place}");
        if !address.is_empty() && address[..] != text[at + 2..at + 3 + id.len()] {
            edits.put(at + 2, at + 3 + id.len(), address, "addresses of links");
        }
    }
}

/// What the report calls references that were rewritten.
const REFERENCES: &str = "references to figures, tables and sections";

/// References of Quarto's and of pandoc-crossref: `@fig-x`, `-@fig-x` for the number alone, and several in brackets.
fn cross_references(edits: &mut Edits<'_>, to: &dyn Fn(&str) -> Option<String>) {
    let text = edits.text;
    let mut done = 0;
    for at in edits.places("@") {
        let Some((id, new)) = cross_reference(text, at, to).filter(|_| at >= done) else { continue };
        let Some((open, close)) = brackets(text, at, to) else {
            edits.leave_out(at, at + 1 + id.len(), new, REFERENCES);
            continue;
        };
        // within brackets the author may write the word, and then the number alone stands behind it
        let group = &text[open + 1..close];
        let mut out = String::new();
        let mut from = 0;
        for (inner, _) in group.match_indices('@') {
            let Some((id, new)) = cross_reference(text, open + 1 + inner, to) else { continue };
            let before = &group[from..inner];
            let bare = before.trim_end_matches('-');
            let has_word = bare.trim_end_matches(['.', ' ', '\u{a0}']).ends_with(char::is_alphabetic);
            let is_alone = bare.len() < before.len() || has_word;
            out.push_str(&bare.replace(';', ","));
            let worded = format!("[{WORDED}](");
            out.push_str(&if is_alone { new.replacen(&worded, "[](", 1) } else { new });
            from = inner + 1 + id.len();
        }
        out.push_str(&group[from..]);
        edits.leave_out(open, close + 1, out, REFERENCES);
        done = close;
    }
}

/// The id of a reference that begins at `at`, and what stands in its place.
fn cross_reference<'t>(
    text: &'t str,
    at: usize,
    to: &dyn Fn(&str) -> Option<String>,
) -> Option<(&'t str, String)> {
    if text[..at].ends_with(char::is_alphanumeric) || text[..at].ends_with('\\') {
        return None;
    }
    let rest = &text[at + 1..];
    let is_in = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    let end = rest.find(|c: char| !is_in(c)).unwrap_or(rest.len());
    let id = rest[..end].trim_end_matches([':', '-']);
    let prefix = id.split([':', '-']).next().unwrap_or("").to_lowercase();
    let is_numbered = is_numbered(id);
    if !is_numbered && !matches!(prefix.as_str(), "sec" | "fig" | "tbl" | "tab" | "eq" | "lst") {
        return None;
    }
    let new = to(id)?;
    Some((id, if is_numbered { new.replacen("[](", &format!("[{WORDED}]("), 1) } else { new }))
}

/// The brackets around a reference, which hold nothing but references and words before them: `[see @fig-a; @fig-b]`.
fn brackets(text: &str, at: usize, to: &dyn Fn(&str) -> Option<String>) -> Option<(usize, usize)> {
    let line = super::mask::line_start(text, at);
    let open = line + text[line..at].rfind(['[', ']']).filter(|open| text[line + open..].starts_with('['))?;
    let close =
        at + close_by(&text[at..]).find(['[', ']', '\n']).filter(|end| text[at + end..].starts_with(']'))?;
    let is_other =
        text[close + 1..].starts_with(['(', '[', '{', ':']) || text[..open].ends_with(['!', '\\', ']']);
    let mut all = text[open..close].match_indices('@');
    let known = all.all(|(inner, _)| cross_reference(text, open + inner, to).is_some());
    (!is_other && known).then_some((open, close))
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
pub(super) fn quoted_words(text: &str) -> Vec<&str> {
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
