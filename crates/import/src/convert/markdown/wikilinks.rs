//! What Obsidian and its like write in a vault of notes: links by name (`[[Note]]`, `[[Note#Heading|words]]`), pictures and
//! notes put in (`![[picture.png|300]]`), remarks (`%%…%%`) and the names of paragraphs (`^name` at their end).

use super::edits::Edits;
use super::links::Places;
use super::mask::{close_by, near};
use crate::convert::tree::{relative, stem};
use std::collections::BTreeMap;

const LINKS: &str = "links of a vault into links";

/// The files of a vault by their names in small letters; of two with one name the one nearer to the top counts.
pub(super) struct Names<'a> {
    notes: BTreeMap<String, &'a str>,
    others: BTreeMap<String, &'a str>,
}

impl<'a> Names<'a> {
    /// The names of all files; `texts` are those that are chapters.
    pub(super) fn of(paths: impl Iterator<Item = &'a String>, texts: &BTreeMap<String, String>) -> Names<'a> {
        let mut all: Vec<&str> = paths.map(String::as_str).collect();
        all.sort_by_key(|path| path.matches('/').count());
        let mut names = Names { notes: BTreeMap::new(), others: BTreeMap::new() };
        for path in all {
            let own = path.rsplit('/').next().unwrap_or(path);
            if texts.contains_key(path) {
                names.notes.entry(stem(own).to_lowercase()).or_insert(path);
            } else {
                names.others.entry(own.to_lowercase()).or_insert(path);
            }
        }
        names
    }

    /// The note that a link names, with or without its folders and its ending.
    fn note(&self, named: &str) -> Option<&'a str> {
        let own = named.trim_end_matches(".md").rsplit('/').next()?;
        self.notes.get(&own.to_lowercase()).copied()
    }

    /// The picture or other file that is put in.
    fn other(&self, named: &str) -> Option<&'a str> {
        self.others.get(&named.rsplit('/').next()?.to_lowercase()).copied()
    }
}

/// Whether a text has such links.
pub(super) fn has_wikilinks(text: &str) -> bool {
    let edits = Edits::of(text);
    edits.places("[[").into_iter().any(|at| link_at(text, at).is_some())
}

/// The words between the brackets of a link that begins at `at`.
fn link_at(text: &str, at: usize) -> Option<&str> {
    let inside = close_by(text.get(at + 2..)?).split("]]").next()?;
    let is_whole = text[at + 2 + inside.len()..].starts_with("]]");
    // `list[[1]]` is code, `[[1]](x)` is a link
    let is_other = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '\\')
        || text[at + 2 + inside.len()..].starts_with("]](");
    let is_name = !inside.trim().is_empty() && !inside.contains(['\n', '[', ']']);
    (is_whole && is_name && !is_other).then_some(inside)
}

/// Rewrites the links of a text; `path` is its place in the source, `name` its new name.
pub(super) fn wikilinks(
    edits: &mut Edits<'_>,
    places: &Places<'_>,
    names: &Names<'_>,
    (path, name): (&str, &str),
) {
    let text = edits.text;
    for at in edits.places("[[") {
        let Some(inside) = link_at(text, at) else { continue };
        let end = at + inside.len() + 4;
        let (target, words) = match inside.split_once('|') {
            Some((target, words)) => (target.trim_end_matches('\\'), Some(words.trim())),
            None => (inside, None),
        };
        let (file, heading) = target.split_once('#').map_or((target, ""), |(file, heading)| (file, heading));
        let (file, heading) = (file.trim(), heading.rsplit('#').next().unwrap_or("").trim());
        if text[..at].ends_with('!') && names.note(file).is_none() {
            edits.leave_out(at - 1, end, picture(names, path, file, words), "pictures of a vault");
            continue;
        }
        // a note that is put in is led to
        let from = if text[..at].ends_with('!') { at - 1 } else { at };
        let heading = if heading.starts_with('^') { "" } else { heading };
        let shown = words.filter(|words| !words.is_empty()).unwrap_or(if heading.is_empty() {
            file.rsplit('/').next().unwrap_or(file)
        } else {
            heading
        });
        let note = names.note(file).and_then(|note| places.texts.get(note));
        let address = match note {
            Some(new) if new != name || heading.is_empty() => Some(relative(name, new).replace(' ', "%20")),
            None if !file.is_empty() => None,
            _ => Some(String::new()),
        };
        let new = match address.map(|file| format!("{file}{}", place_of(heading))) {
            Some(address) if !address.is_empty() => format!("[{shown}]({address})"),
            _ => shown.to_owned(),
        };
        edits.leave_out(from, end, new, LINKS);
    }
}

/// The place of a heading in its text; none where its words do not say how it is called.
fn place_of(heading: &str) -> String {
    let is_plain = heading.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
    if heading.is_empty() || !is_plain {
        return String::new();
    }
    format!("#{}", heading.to_lowercase().replace(' ', "-"))
}

/// A picture that is put in: with the width that stands behind a bar, or its caption.
fn picture(names: &Names<'_>, path: &str, file: &str, words: Option<&str>) -> String {
    let width = words
        .map(|words| words.split('x').next().unwrap_or(words))
        .filter(|width| !width.is_empty() && width.bytes().all(|b| b.is_ascii_digit()));
    let caption = words.filter(|_| width.is_none()).unwrap_or("");
    let width = width.map(|width| format!("{{width={width}px}}")).unwrap_or_default();
    match names.other(file) {
        Some(found) => format!("![{caption}]({}){width}", relative(path, found).replace(' ', "%20")),
        None if caption.is_empty() => format!("![{file}](<{file}>)"),
        None => format!("![{caption}](<{file}>)"),
    }
}

/// Rewrites remarks, which nobody reads in a book, and takes off the names of paragraphs.
pub(super) fn remarks(edits: &mut Edits<'_>) {
    let text = edits.text;
    let mut done = 0;
    for at in edits.places("%%") {
        if at < done {
            continue;
        }
        let Some(inside) = near(&text[at + 2..]).split_once("%%").map(|(inside, _)| inside) else { continue };
        done = at + 2 + inside.len() + 2;
        edits.leave_out(
            at,
            done,
            format!("<!--{}-->", inside.replace("--", "- -")),
            "remarks of a vault into comments",
        );
    }
    for (at, line) in edits.lines() {
        let Some(mark) = line.rfind(" ^").filter(|mark| *mark >= done.saturating_sub(at)) else { continue };
        let id = &line[mark + 2..];
        if !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            edits.leave_out(at + mark, at + line.len(), "", "names of paragraphs in a vault, left out");
        }
    }
}
