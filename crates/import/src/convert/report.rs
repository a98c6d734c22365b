//! The import report: one HTML file that needs no network, for people who want to know
//! what became of their book.

use crate::html::escaped;
use std::fmt::Write;

/// What the report tells of.
pub(super) struct Report {
    pub name: String,
    pub kind: String,
    pub summary: String,
    /// What was turned into what.
    pub turned: Vec<Row>,
    /// What was left out, or left as it was.
    pub left: Vec<Row>,
    /// What the source says of the book and book.toml has no key for.
    pub other: Vec<(String, String)>,
    /// The texts as they were written.
    pub texts: Vec<(String, String)>,
}

/// One kind of change.
pub(super) struct Row {
    pub what: String,
    pub count: usize,
    pub examples: Vec<String>,
}

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;width:100%}td,th{border-top:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}
td.n{text-align:right;width:4rem}code,pre{font:14px/1.4 ui-monospace,monospace}pre{white-space:pre-wrap;background:#f6f6f4;padding:1rem}
small{color:#555}.ok{background:#eef6ee;padding:.6rem 1rem;border-left:4px solid #393}
";

/// The report as HTML.
pub(super) fn write(report: &Report) -> String {
    let name = escaped(&report.name);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Import of {name}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n{STYLE}</style></head><body>\n\
         <h1>Import of {name}</h1>\n<p>It is {}.</p>\n<p class=\"ok\">{}</p>\n",
        escaped(&report.kind),
        escaped(&report.summary)
    );
    table(&mut out, "What was turned into what", &report.turned);
    table(&mut out, "What was left out, or left as it was", &report.left);
    if !report.other.is_empty() {
        out.push_str("<h2>What book.toml has no key for</h2>\n<table>\n");
        for (key, words) in &report.other {
            let _ = writeln!(out, "<tr><th>{}</th><td>{}</td></tr>", escaped(key), escaped(words));
        }
        out.push_str("</table>\n");
    }
    out.push_str(TEXTS);
    for (name, text) in &report.texts {
        let _ = writeln!(
            out,
            "<details><summary><code>{}</code></summary><pre>{}</pre></details>",
            escaped(name),
            escaped(text)
        );
    }
    out.push_str("</body></html>\n");
    out
}

/// A report with the corrections that were made: in which text, what it said, what it says now.
pub(super) fn with_corrections(page: &str, made: &[(String, String, String)]) -> String {
    let mut rows = String::from(
        "<h2>Corrections of corrections.toml</h2>\n<p>The texts below show them not yet made.</p>\n<table>\n",
    );
    for (file, was, now) in made {
        let _ = writeln!(
            rows,
            "<tr><td><code>{}</code></td><td><del>{}</del> <ins>{}</ins></td></tr>",
            escaped(file),
            escaped(was),
            escaped(now)
        );
    }
    rows.push_str("</table>\n");
    match page.find(TEXTS) {
        Some(at) => format!("{}{rows}{}", &page[..at], &page[at..]),
        None => format!("{page}{rows}"),
    }
}

/// What stands above the texts.
const TEXTS: &str = "<h2>The texts</h2>\n";

/// So many examples of a kind are shown at once.
const EXAMPLES: usize = 12;

fn table(out: &mut String, title: &str, rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(out, "<h2>{title}</h2>\n<table>");
    for row in rows {
        let code = |words: &str| format!("<code>{}</code>", escaped(words));
        let some: Vec<String> = row.examples.iter().take(EXAMPLES).map(|words| code(&short(words))).collect();
        let is_cut = row.examples.len() > EXAMPLES || row.examples.iter().any(|words| short(words) != *words);
        let all: Vec<String> = row.examples.iter().filter(|_| is_cut).map(|words| code(words)).collect();
        let all = match all.len() {
            0 => String::new(),
            count => format!("<details><summary>all {count}</summary>{}</details>", all.join("<br>")),
        };
        let (what, some) = (escaped(&row.what), some.join(" · "));
        let _ = writeln!(
            out,
            "<tr><td class=\"n\">{}</td><td>{what}<br><small>{some}</small>{all}</td></tr>",
            row.count
        );
    }
    out.push_str("</table>\n");
}

/// Words cut to a bearable length.
fn short(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= 160 { flat } else { flat.chars().take(159).chain(['…']).collect() }
}
