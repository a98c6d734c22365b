//! The proofreader's report: one HTML file that needs neither network nor
//! script, with every page drawn small and beside it what there is to mark.

mod compromises;
mod draw;
mod faults;
mod lines;
mod words;

pub use compromises::compromises;
pub use lines::{Lines, lines};

use crate::diag::{Diagnostic, SourceMap};
use crate::html::escaped;
use crate::pages::{PageStart, Pages};
use faults::Fault;
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8886;--loose:#d9822b;--tight:#3b7dd8}
body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:82rem;padding:1rem}
h1{font:600 1.6rem Georgia,serif;margin:.2rem 0}
h2{font:600 1rem system-ui,sans-serif;margin:0 0 .4rem}h2 small{font-weight:400;opacity:.7}
table{border-collapse:collapse;margin:.6rem 0 1.2rem}td,th{text-align:left;padding:.15rem .9rem .15rem 0;vertical-align:top}
td.n,th.n{text-align:right}
fieldset{border:0;padding:0;margin:1rem 0}input.f{margin:0 .3rem 0 0}label{margin-right:1rem;white-space:nowrap}
.pages{display:grid;grid-template-columns:repeat(auto-fill,minmax(26rem,1fr));gap:1rem}
section{display:grid;grid-template-columns:11rem 1fr;gap:.9rem;border-top:1px solid var(--line);padding:.8rem 0}
section h2{grid-column:1/-1}
svg{width:11rem;height:auto;background:#fff;border:1px solid var(--line)}
rect.w{fill:#0004}rect.l{fill:var(--loose)}rect.t{fill:var(--tight)}rect.o{fill:none;stroke:#0006;stroke-width:.6}
circle{fill:#b3261e}
ul{list-style:none;margin:0;padding:0}li{border-left:.3rem solid var(--line);padding:.1rem .6rem;margin:0 0 .5rem}
li.taken{border-color:#b3261e}li b{font-weight:600}li i{opacity:.75}
q{font-family:Georgia,serif}
";

/// The report on a book that is set.
#[must_use]
pub fn report(pages: &Pages, findings: &[Diagnostic], sources: &SourceMap) -> String {
    let marked: Vec<Vec<Fault>> = (0..pages.pages.len()).map(|page| faults::of_page(pages, page)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in marked.iter().flatten() {
        *counts.entry(fault.kind).or_default() += 1;
    }
    let mut out = head(pages, &counts);
    summary(pages, &marked, &mut out);
    filters(&counts, &mut out);
    out.push_str("<div class=\"pages\">\n");
    for (index, faults) in marked.iter().enumerate() {
        section(pages, index, faults, sources, &mut out);
    }
    out.push_str("</div>\n");
    notes(findings, sources, &mut out);
    out.push_str("</body></html>\n");
    out
}

/// The style sheet with the rules of the filters, and the title.
fn head(pages: &Pages, counts: &BTreeMap<&str, usize>) -> String {
    let title = escaped(&pages.info.title);
    let lang = escaped(&pages.info.language);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Proof of {title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>{STYLE}"
    );
    for kind in counts.keys().map(|kind| class(kind)).chain(["marked".to_owned()]) {
        let _ = writeln!(out, "body:has(#f-{kind}:checked) section:not(.{kind}){{display:none}}");
    }
    let _ = writeln!(out, "</style></head><body>\n<h1>Proof of <span lang=\"{lang}\">{title}</span></h1>");
    out
}

/// What page breaking paid, and the loosest and tightest lines of the book.
fn summary(pages: &Pages, marked: &[Vec<Fault>], out: &mut String) {
    let cost = pages.cost;
    let clean = marked.iter().filter(|faults| faults.is_empty()).count();
    let _ = writeln!(
        out,
        "<p>{} pages, {clean} of them with nothing to mark. Page breaking paid {:.0}; no pages of these lines can cost less \
         than {:.0}, so that at most {:.0} could still be won.</p>",
        marked.len(),
        cost.paid,
        cost.bound,
        cost.paid - cost.bound,
    );
    out.push_str(&evenness(&lines(pages)));
    for (name, sign) in [("Loosest lines", 1.0), ("Tightest lines", -1.0)] {
        let worst = faults::worst(pages, sign);
        if worst.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "<table><caption>{name}</caption><tr><th class=\"n\">page<th class=\"n\">spaces<th>line</tr>"
        );
        for (page, ratio, line) in worst {
            let label = escaped(&pages.pages[page].label);
            let _ = writeln!(
                out,
                "<tr><td class=\"n\"><a href=\"#p{page}\">{label}</a><td class=\"n\">{:+.0} %<td><q>{}</q></tr>",
                ratio * 100.0,
                escaped(&line)
            );
        }
        out.push_str("</table>\n");
    }
}

/// The figures of the book's lines, in a table of two columns.
fn evenness(lines: &Lines) -> String {
    let percent = |ratio: f64| format!("{:.1} %", ratio * 100.0);
    let share = |count: usize, of: usize| percent(count as f64 / of.max(1) as f64);
    let rows = [
        ("lines of the text, and those that fill their measure", format!("{}, {}", lines.count, lines.full)),
        ("word spaces wider or narrower than natural, in the mean", percent(lines.mean)),
        ("nineteen lines in twenty stay within", percent(lines.p95)),
        ("change from line to line, in the mean", percent(lines.change)),
        ("changes of half a space and more", lines.leaps.to_string()),
        ("lines that end in a hyphen", format!("{} ({})", lines.hyphens, share(lines.hyphens, lines.count))),
        ("two such lines in a row", lines.ladders.len().to_string()),
        ("names that are divided", lines.divided_names.len().to_string()),
    ];
    let row = |(name, figure): &(&str, String)| format!("<tr><td>{name}<td class=\"n\">{figure}</tr>\n");
    format!("<table><caption>Lines</caption>\n{}</table>\n", rows.iter().map(row).collect::<String>())
}

/// One button for each kind of mark.
fn filters(counts: &BTreeMap<&str, usize>, out: &mut String) {
    out.push_str("<fieldset><legend>Show</legend>\n");
    let button = |id: &str, name: &str, checked: &str| {
        format!("<label><input class=\"f\" type=\"radio\" name=\"f\" id=\"f-{id}\"{checked}>{name}</label>\n")
    };
    out.push_str(&button("all", "all pages", " checked"));
    out.push_str(&button("marked", "pages with marks", ""));
    for (kind, count) in counts {
        out.push_str(&button(&class(kind), &format!("{kind} ({count})"), ""));
    }
    out.push_str("</fieldset>\n");
}

fn section(pages: &Pages, index: usize, faults: &[Fault], sources: &SourceMap, out: &mut String) {
    let page = &pages.pages[index];
    let mut classes: Vec<String> = faults.iter().map(|fault| class(fault.kind)).collect();
    if !faults.is_empty() {
        classes.push("marked".to_owned());
    }
    classes.sort();
    classes.dedup();
    let side = if Pages::is_recto(index) { "recto" } else { "verso" };
    let from = pages.starts.iter().find(|start| start.page as usize == index);
    let from = from
        .and_then(|start| place(start, sources))
        .map_or_else(String::new, |at| format!(" · from {}", escaped(&at)));
    let _ = write!(
        out,
        "<section id=\"p{index}\" class=\"{}\"><h2>Page {} <small>{side}{from}</small></h2>\n{}<ul>\n",
        classes.join(" "),
        escaped(&page.label),
        draw::page(pages, index),
    );
    for fault in faults {
        let cost = fault.cost.map_or_else(String::new, |cost| format!(" <i>cost {cost:.0}</i>"));
        let class = if fault.cost.is_some() { " class=\"taken\"" } else { "" };
        let _ = writeln!(out, "<li{class}><b>{}</b>{cost}<br>{}</li>", fault.kind, fault.words);
    }
    out.push_str("</ul></section>\n");
}

/// Where the words that a page starts with stand in the manuscript.
fn place(start: &PageStart, sources: &SourceMap) -> Option<String> {
    let span = start.span?;
    let file = sources.file(span.file);
    Some(format!("{}:{}", file.name, file.place(span.start).line))
}

/// The findings of the checks, with their places.
fn notes(findings: &[Diagnostic], sources: &SourceMap, out: &mut String) {
    if findings.is_empty() {
        return;
    }
    out.push_str("<h2>Findings of the checks</h2>\n<ul>\n");
    for finding in findings {
        let at = finding.span.map_or_else(String::new, |span| {
            let file = sources.file(span.file);
            format!(" <i>{}:{}</i>", escaped(&file.name), file.place(span.start).line)
        });
        let _ = writeln!(out, "<li><b>{}</b>{at}<br>{}</li>", finding.code, escaped(&finding.message));
    }
    out.push_str("</ul>\n");
}

/// A kind of mark as the name of a class.
fn class(kind: &str) -> String {
    kind.replace(' ', "-")
}
