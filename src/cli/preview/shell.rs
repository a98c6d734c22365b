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
pub fn page(version: u64, shown: &Shown) -> String {
    let title = escaped(&shown.pages.info.title);
    let count = shown.findings.len();
    let view = |id: &str, name: &str, checked: &str| {
        format!("<label><input type=\"radio\" name=\"view\" id=\"{id}\"{checked}> {name}</label>")
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/preview.css\"></head>\n\
         <body data-version=\"{version}\">\n<header><h1>{title}</h1>{}{}{}</header>\n\
         <main class=\"pages\">\n{}</main>\n<main class=\"ebook\">{}</main>\n<main class=\"findings\">{}</main>\n\
         <script src=\"/preview.js\"></script></body></html>\n",
        view("pages", "Pages", " checked"),
        view("ebook", "Ebook", ""),
        view("findings", &format!("Findings ({count})"), ""),
        spreads(version, &shown.pages),
        ebook(&shown.texts),
        findings(&shown.findings),
    )
}

/// The first page alone, then two and two, as the open book shows them.
fn spreads(version: u64, pages: &Pages) -> String {
    let mut out = String::new();
    let (width, height) = (pages.trim.width.to_pt(), pages.trim.height.to_pt());
    for (index, page) in pages.pages.iter().enumerate() {
        let recto = Pages::is_recto(index);
        if index == 0 || !recto {
            let dir = if pages.binding == Binding::Right { "rtl" } else { "ltr" };
            let _ = write!(out, "<div class=\"spread\" dir=\"{dir}\">");
        }
        let (number, label) = (index + 1, escaped(&page.label));
        let _ = write!(
            out,
            "<figure><img src=\"/page/{number}.png?v={version}\" loading=\"lazy\" width=\"{width:.0}\" \
             height=\"{height:.0}\" alt=\"Page {label}\"><figcaption>{label}</figcaption></figure>"
        );
        if recto || number == pages.pages.len() {
            out.push_str("</div>\n");
        }
    }
    out
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
        return "<p>Nothing to find fault with.</p>".to_owned();
    }
    findings.iter().map(|finding| format!("<pre>{}</pre>\n", escaped(finding))).collect()
}
