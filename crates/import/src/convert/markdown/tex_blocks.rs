//! Environments of TeX among Markdown, as Softcover's authors write them: listings and boxes with a label and a title,
//! figures. Their words, labels and pictures are kept, in our marks.

use super::braces::argument;
use super::edits::Edits;
use super::tex_words::OF_ITS_PAGES;

const WHAT: &str = "environments of TeX into boxes, captions and figures";

/// An environment lies within so many lines.
const LONGEST: usize = 400;

/// So many lines more has a caption at most.
const LONGEST_CAPTION: usize = 8;

/// What was said of a block in lines of its own.
#[derive(Default)]
struct Said<'t> {
    label: Option<&'t str>,
    title: Option<String>,
    pictures: Vec<&'t str>,
}

/// Rewrites the environments of a text.
pub(super) fn tex_blocks(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let mut index = 0;
    while index < lines.len() {
        let name = begins(lines[index].1);
        let body = &lines[index + 1..lines.len().min(index + LONGEST)];
        let ends = name.and_then(|name| {
            let end = format!("\\end{{{name}}}");
            body.iter().position(|(_, line)| line.trim() == end)
        });
        if let (Some(name), Some(length)) = (name, ends) {
            block(edits, name, &lines[index..=index + 1 + length]);
            index += length;
        }
        index += 1;
    }
}

/// The name of the environment that a line begins, when it is one of these.
fn begins(line: &str) -> Option<&str> {
    let name = argument(line.trim().strip_prefix("\\begin")?)?;
    matches!(name.trim_end_matches('*'), "codelisting" | "aside" | "figure" | "table").then_some(name)
}

/// Rewrites one of them: its first line, what is said in it, its last line.
fn block(edits: &mut Edits<'_>, name: &str, lines: &[(usize, &str)]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let mut said = Said::default();
    let mut done = 0;
    for (index, (at, line)) in
        lines[1..lines.len() - 1].iter().enumerate().filter(|(_, (_, line))| !line.trim().is_empty())
    {
        // a caption may go over several lines
        let next = lines[index + 2..lines.len().min(index + 2 + LONGEST_CAPTION)].iter();
        let ends = std::iter::once(at + line.len()).chain(next.map(|(at, line)| at + line.len()));
        let whole = ends.filter(|_| *at >= done).find(|end| said.take(edits.text[*at..*end].trim()));
        if let Some(end) = whole {
            edits.leave_out(*at, end + 1, "", WHAT);
            done = end;
        }
    }
    let named = said.label.map(|label| format!(" #{label}")).unwrap_or_default();
    let title = said.title.unwrap_or_default();
    let last_picture = said.pictures.pop();
    let (open, close) = match (name.trim_end_matches('*'), last_picture) {
        ("aside", _) => {
            let kind = if named.is_empty() { "note".to_owned() } else { format!("{{.note{named}}}") };
            let title = if title.is_empty() { title } else { format!("\n\n**{title}**\n") };
            (format!("::: {kind}{title}"), ":::".to_owned())
        }
        ("figure", Some(picture)) => {
            let id = if named.is_empty() { named } else { format!("{{{}}}", named.trim()) };
            let before: String = said.pictures.iter().map(|picture| format!("![]({picture})\n\n")).collect();
            (format!("{before}![{title}]({picture}){id}"), String::new())
        }
        _ if title.is_empty() => {
            let place = said.label.map(|label| format!("[]{{#{label}}}")).unwrap_or_default();
            (place, String::new())
        }
        _ => (String::new(), format!("\n::: {{.caption{named}}}\n{title}\n:::")),
    };
    edits.leave_out(first.0, first.0 + first.1.len(), open, WHAT);
    edits.leave_out(last.0, last.0 + last.1.len(), close, WHAT);
}

impl<'t> Said<'t> {
    /// Takes a line that says something of the block, and nothing else.
    fn take(&mut self, line: &'t str) -> bool {
        let mut rest = line;
        // nothing is said before all of the line is understood
        let (mut label, mut title, mut pictures) = (self.label, self.title.clone(), Vec::new());
        while let Some(command) = rest.strip_prefix('\\') {
            let name = command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len());
            let (name, behind) = command.split_at(name);
            if OF_ITS_PAGES.contains(&name) {
                rest = behind.trim_start();
                continue;
            }
            // options in brackets say how large
            let behind = match behind.strip_prefix('[').and_then(|options| options.split_once(']')) {
                Some((_, behind)) => behind,
                None => behind,
            };
            let Some(words) = argument(behind) else { return false };
            match name {
                "label" => label = Some(words),
                "codecaption" | "caption" | "heading" => {
                    let (named, words) = titled(words);
                    label = named.or(label);
                    title = Some(words);
                }
                "image" | "imagebox" | "includegraphics" => pictures.push(words),
                "vspace" | "hspace" => {}
                _ => return false,
            }
            rest = behind[words.len() + 2..].trim_start();
        }
        if !rest.is_empty() || line.is_empty() {
            return false;
        }
        (self.label, self.title) = (label, title);
        self.pictures.extend(pictures);
        true
    }
}

/// A title without the label that may stand in it, in one line.
fn titled(words: &str) -> (Option<&str>, String) {
    let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let label =
        words.split_once("\\label").and_then(|(before, behind)| Some((before, behind, argument(behind)?)));
    match label {
        Some((before, behind, label)) => {
            (Some(label), flat(&format!("{before}{}", &behind[label.len() + 2..])))
        }
        None => (None, flat(words)),
    }
}
