//! The page around the book: its spreads, its ebook, its findings.

use super::shown::{Shown, SourcePlace};
use crate::html::escaped;
use crate::length::Binding;
use serde_json::{Value, json};
use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The look of it.
pub(super) const STYLE: &str = include_str!("preview.css");
/// What keeps the reader's place when the book changes.
pub(super) const SCRIPT: &str = include_str!("preview.js");

/// The whole page.
pub(super) fn page(shown: &Shown) -> String {
    let version = shown.version;
    let title = escaped(&shown.pages.info.title);
    let view = |id: &str, name: &str, checked: &str| {
        format!("<label><input type=\"radio\" name=\"view\" id=\"{id}\"{checked}> {name}</label>")
    };
    let size = shown.pages.trim;
    let count = format!("Findings (<span id=\"count\">{}</span>)", shown.findings.len());
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/preview.css\"></head>\n\
         <body data-version=\"{version}\" data-edition=\"{}\" data-shape=\"{:.4}\">\n<header><h1>{title}</h1>{}{}{}\
         <label>Page <input id=\"jump\" size=\"5\" autocomplete=\"off\"></label><div id=\"warning\" role=\"status\">{}</div></header>\n\
         <main class=\"pages\">\n{}</main>\n<main class=\"ebook\">{}</main>\n<main class=\"findings\">{}</main>\n\
         <script type=\"module\" src=\"/preview.js\"></script></body></html>\n",
        shown.edition,
        size.width.ratio(size.height),
        view("pages", "Pages", " checked"),
        view("ebook", "Ebook", ""),
        view("findings", &count, ""),
        shown.warning.as_deref().map_or_else(String::new, banner),
        spreads(shown),
        ebook(&shown.texts),
        findings(&shown.findings),
    )
}

/// What a page that shows another version puts in its place; `moves` says where the
/// pages of the version before are now.
pub(super) fn change(shown: &Shown, from: u64) -> Value {
    let follows = shown.moved_from == from;
    let size = shown.pages.trim;
    json!({
        "version": shown.version,
        "title": shown.pages.info.title,
        "shape": size.width.ratio(size.height),
        "pages": spreads(shown),
        "moves": if follows { &shown.moves[..] } else { &[] },
        "edition": shown.edition,
        "texts": options(&shown.texts),
        "count": shown.findings.len(),
        "findings": findings(&shown.findings),
        "warning": shown.warning.as_deref().map_or_else(String::new, banner),
    })
}

/// What a reader must know of what is shown.
fn banner(warning: &str) -> String {
    let words = escaped(warning);
    format!(
        "<p class=\"banner\" role=\"status\">{words} <label for=\"findings\">See the findings</label></p>"
    )
}

/// The cover, then the pages as the open book shows them: the first on the
/// right beside the inside of the cover, then two and two.
fn spreads(shown: &Shown) -> String {
    let pages = &shown.pages;
    let dir = if pages.binding == Binding::Right { "rtl" } else { "ltr" };
    let mut out = String::new();
    if let Some(cover) = &shown.cover {
        let mut hash = DefaultHasher::new();
        cover.hash(&mut hash);
        let _ = writeln!(
            out,
            "<div class=\"spread\"><figure><img src=\"/cover?v={:x}\" alt=\"Cover\"><figcaption>Cover</figcaption></figure></div>",
            hash.finish()
        );
    }
    let mut places: Vec<Option<usize>> = vec![None];
    places.extend((0..pages.pages.len()).map(Some));
    if places.len() % 2 == 1 {
        places.push(None);
    }
    for pair in places.chunks(2).filter(|pair| pair.iter().any(Option::is_some)) {
        let _ = write!(out, "<div class=\"spread\" dir=\"{dir}\">");
        for place in pair {
            out += &place
                .map_or_else(|| "<figure class=\"none\"></figure>".to_owned(), |index| figure(shown, index));
        }
        out.push_str("</div>\n");
    }
    out
}

/// One page. Its address changes when it looks different, so that a browser that has
/// its picture keeps it.
fn figure(shown: &Shown, index: usize) -> String {
    let pages = &shown.pages;
    let (width, height) = (pages.trim.width.to_pt(), pages.trim.height.to_pt());
    let (number, label) = (index + 1, escaped(&pages.pages[index].label));
    let picture = shown.likeness.get(index).map_or(0, |page| page.picture);
    let place = shown.places.get(index).and_then(Option::as_ref).map_or_else(String::new, place);
    format!(
        "<figure data-page=\"{index}\" data-label=\"{label}\"><img src=\"/page/{number}.png?v={picture:x}\" loading=\"lazy\" width=\"{width:.0}\" \
         height=\"{height:.0}\" alt=\"Page {label}\"><figcaption>{label}{place}</figcaption></figure>"
    )
}

/// Where a page begins in the manuscript, as a link that editors know.
fn place(place: &SourcePlace) -> String {
    let (name, line) = (escaped(&place.name), place.line);
    let path = percent_encoded(&place.path.to_string_lossy());
    format!(
        " <a href=\"vscode://file/{path}:{line}\" title=\"Open in the editor where this page begins\">{name}:{line}</a>"
    )
}

/// A path in an address.
fn percent_encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.trim_start_matches('/').bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn ebook(texts: &[String]) -> String {
    let options = options(texts);
    format!(
        "<button value=\"-1\" aria-label=\"The text before\">◀</button> <select aria-label=\"Text\">{options}</select> \
         <button value=\"1\" aria-label=\"The next text\">▶</button><iframe title=\"Ebook\"></iframe>"
    )
}

/// The texts to choose from.
fn options(texts: &[String]) -> String {
    let mut out = String::new();
    for text in texts {
        let path = escaped(text);
        let name = path.rsplit('/').next().unwrap_or_default();
        let _ = write!(out, "<option value=\"/book/{path}\">{name}</option>");
    }
    out
}

fn findings(findings: &[String]) -> String {
    if findings.is_empty() {
        return "<p>No findings.</p>".to_owned();
    }
    findings.iter().map(|finding| format!("<pre>{}</pre>\n", escaped(finding))).collect()
}
