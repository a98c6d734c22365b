//! HTML in a text of Markdown: what Markdown can say is said in it, and of all else the
//! words stay.

use super::edits::Edits;
use crate::convert::html::Tag;

/// Elements that our Markdown reads itself, when they have no attributes.
const KEPT: [&str; 18] = [
    "sup", "sub", "em", "i", "cite", "dfn", "u", "strong", "b", "s", "del", "strike", "ins", "kbd", "code",
    "samp", "small", "br",
];
/// Elements whose words are no words of a book.
const WITHOUT_WORDS: [&str; 9] =
    ["script", "style", "svg", "iframe", "video", "audio", "object", "noscript", "template"];
const WHAT: &str = "HTML, of which the words stay";

/// Rewrites the tags of a text.
pub(super) fn tags(edits: &mut Edits<'_>) {
    let text = edits.text;
    let mut links: Vec<Option<String>> = Vec::new();
    let mut skip = 0;
    for at in edits.places("<") {
        if at < skip || text[..at].ends_with('\\') {
            continue;
        }
        let Some(tag) = Tag::read(&text[at..]) else { continue };
        let (element, end) = (&tag.element, at + tag.length);
        let name = element.name.as_str();
        // an address between angle brackets
        if text[at + 1..end].starts_with(|c: char| c.is_alphabetic())
            && text[at..end].contains("://")
            && element.attributes.is_empty()
        {
            continue;
        }
        if WITHOUT_WORDS.contains(&name) {
            let close = format!("</{name}>");
            let length = if tag.closes || tag.is_empty {
                Some(0)
            } else {
                text[end..].find(&close).map(|at| at + close.len())
            };
            skip = end + length.unwrap_or(0);
            edits.put(at, skip, "", "parts of a web page that no book has");
            continue;
        }
        let new = match name {
            _ if KEPT.contains(&name) && element.attributes.is_empty() => continue,
            _ if KEPT.contains(&name) => {
                if tag.closes {
                    format!("</{name}>")
                } else {
                    format!("<{name}>")
                }
            }
            "img" => picture(element),
            "a" if tag.closes => links.pop().flatten().map(|href| format!("]({href})")).unwrap_or_default(),
            "a" => {
                let href = element.get("href").filter(|_| !tag.is_empty).map(|href| href.replace(' ', "%20"));
                let id = element
                    .get("id")
                    .or_else(|| element.get("name"))
                    .map(|id| format!("[]{{#{id}}}"))
                    .unwrap_or_default();
                let open = if href.is_some() { "[" } else { "" };
                if !tag.is_empty {
                    links.push(href);
                }
                format!("{id}{open}")
            }
            "hr" => "\n\n* * *\n\n".to_owned(),
            "td" | "th" if tag.closes => " ".to_owned(),
            "tr" | "p" | "div" | "li" | "dt" | "dd" | "section" | "table" | "blockquote" | "details"
            | "figure" | "center" => {
                let id = element
                    .get("id")
                    .map(|id| format!("[]{{#{id}}}"))
                    .filter(|_| !tag.closes)
                    .unwrap_or_default();
                let alone = text[..at].ends_with('\n') || at == 0;
                if alone && text[end..].starts_with('\n') { id } else { format!("\n\n{id}") }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.closes => "\n\n".to_owned(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                format!("\n\n{} ", "#".repeat(usize::from(name.as_bytes()[1] - b'0')))
            }
            "summary" | "figcaption" | "caption" => {
                if tag.closes {
                    "**\n\n".to_owned()
                } else {
                    "\n\n**".to_owned()
                }
            }
            _ => match element.get("id").filter(|_| !tag.closes) {
                Some(id) => format!("[]{{#{id}}}"),
                None => String::new(),
            },
        };
        edits.put(at, end, new, WHAT);
    }
}

fn picture(element: &crate::convert::element::Element) -> String {
    let Some(src) = element.get("src") else { return String::new() };
    let alt = element.get("alt").unwrap_or("").replace(['[', ']', '\n'], " ");
    let width = element
        .get("width")
        .map(|w| w.trim_end_matches("px"))
        .filter(|w| w.trim_end_matches('%').parse::<u32>().is_ok());
    let width =
        width.map(|w| if w.ends_with('%') { format!("{{width={w}}}") } else { format!("{{width={w}px}}") });
    format!("![{alt}]({}){}", src.replace(' ', "%20"), width.unwrap_or_default())
}
