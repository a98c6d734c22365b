//! The page around the book: its spreads, its ebook, its findings.

use super::Shown;
use crate::html::escaped;
use crate::length::Binding;
use crate::pages::Pages;
use std::fmt::Write;

/// The look of it.
pub const STYLE: &str = include_str!("preview.css");
/// What keeps the reader's place when the book changes.
pub const SCRIPT: &str = include_str!("preview.js");

/// The whole page.
pub fn page(shown: &Shown) -> String {
    let version = shown.version;
    let title = escaped(&shown.pages.info.title);
    let count = shown.findings.len();
    let view = |id: &str, name: &str, checked: &str| {
        format!("<label><input type=\"radio\" name=\"view\" id=\"{id}\"{checked}> {name}</label>")
    };
    let size = shown.pages.trim;
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/preview.css\"></head>\n\
         <body data-version=\"{version}\" data-shape=\"{:.4}\">\n<header><h1>{title}</h1>{}{}{}{}</header>\n\
         <main class=\"pages\">\n{}</main>\n<main class=\"ebook\">{}</main>\n<main class=\"findings\">{}</main>\n\
         <script src=\"/preview.js\"></script></body></html>\n",
        size.width.ratio(size.height),
        view("pages", "Pages", " checked"),
        view("ebook", "Ebook", ""),
        view("findings", &format!("Findings ({count})"), ""),
        shown.warning.as_deref().map_or_else(String::new, banner),
        spreads(version, shown),
        ebook(&shown.texts),
        findings(&shown.findings),
    )
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
fn spreads(version: u64, shown: &Shown) -> String {
    let pages = &shown.pages;
    let dir = if pages.binding == Binding::Right { "rtl" } else { "ltr" };
    let mut out = String::new();
    if shown.cover.is_some() {
        let _ = writeln!(
            out,
            "<div class=\"spread\"><figure><img src=\"/cover?v={version}\" alt=\"Cover\"><figcaption>Cover</figcaption></figure></div>"
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
            out += &place.map_or_else(
                || "<figure class=\"none\"></figure>".to_owned(),
                |index| figure(version, pages, index),
            );
        }
        out.push_str("</div>\n");
    }
    out
}

/// One page.
fn figure(version: u64, pages: &Pages, index: usize) -> String {
    let (width, height) = (pages.trim.width.to_pt(), pages.trim.height.to_pt());
    let (number, label) = (index + 1, escaped(&pages.pages[index].label));
    format!(
        "<figure><img src=\"/page/{number}.png?v={version}\" loading=\"lazy\" width=\"{width:.0}\" \
         height=\"{height:.0}\" alt=\"Page {label}\"><figcaption>{label}</figcaption></figure>"
    )
}

fn ebook(texts: &[String]) -> String {
    let mut out = String::from("<button value=\"-1\">◀</button> <select>");
    for text in texts {
        let path = escaped(text);
        let name = path.rsplit('/').next().unwrap_or_default();
        let _ = write!(out, "<option value=\"/book/{path}\">{name}</option>");
    }
    out + "</select> <button value=\"1\">▶</button><iframe title=\"Ebook\"></iframe>"
}

fn findings(findings: &[String]) -> String {
    if findings.is_empty() {
        return "<p>No findings.</p>".to_owned();
    }
    findings.iter().map(|finding| format!("<pre>{}</pre>\n", escaped(finding))).collect()
}
