//! The import report: one HTML file that needs no network, with the pages of
//! the old edition beside the recovered text, and every decision on its page.

use super::docket::{Decision, Docket};
use super::model::{Draft, Inline, Join, Kind};
use super::pages::PageMap;
use super::suspect::Proposal;
use crate::html::escaped;
use std::collections::BTreeSet;
use std::fmt::Write;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8886}
body{font:16px/1.45 Georgia,serif;margin:0 auto;max-width:90rem;padding:1rem}
nav{position:sticky;top:0;background:Canvas;padding:.5rem 0;border-bottom:1px solid var(--line);font:14px system-ui,sans-serif}
nav label,nav button{margin-right:.8rem}
section{display:grid;grid-template-columns:1fr 1fr 22rem;gap:1.5rem;border-bottom:1px solid var(--line);padding:1rem 0}
section h2{grid-column:1/-1;font:600 15px system-ui,sans-serif;margin:0}
pre{white-space:pre-wrap;font:13px/1.4 ui-monospace,monospace;margin:0;opacity:.85}
blockquote{margin:.5rem 0 .5rem 1.5rem}
ul{list-style:none;margin:0;padding:0;font:13px/1.35 system-ui,sans-serif}
li{border-left:.4rem solid;padding:.2rem .5rem;margin:0 0 .4rem}
.sure{border-color:#2a7d4f}.likely{border-color:#b8860b}.doubtful{border-color:#b3261e}
.estimated h2::after{content:\" · end estimated\";color:#b3261e}
sup{font-size:.7em}code{font-size:.95em}
body.doubts li.sure,li[hidden]{display:none}
@media(max-width:60rem){section{grid-template-columns:1fr}}
";

const SCRIPT: &str = "\
const d=document,b=d.body;
d.getElementById('doubts').onchange=e=>b.classList.toggle('doubts',e.target.checked);
d.getElementById('rule').onchange=e=>d.querySelectorAll('li').forEach(l=>l.hidden=e.target.value&&l.dataset.rule!==e.target.value);
";

/// A page of the old edition: its blocks, its bytes in the transcription.
struct Page {
    name: String,
    certain: bool,
    /// From this gap to the next.
    gaps: (usize, usize),
    bytes: (usize, usize),
}

/// The report.
pub(super) fn write(
    draft: &Draft,
    map: Option<&PageMap>,
    docket: &Docket,
    proposals: &[Proposal],
    source: &str,
) -> String {
    let rules: BTreeSet<&str> = docket.decisions.iter().map(|d| d.rule).collect();
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Import report</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>{STYLE}</style></head><body>\n<h1>Import report</h1>\n"
    );
    out.push_str("<nav><label><input type=\"checkbox\" id=\"doubts\"> only decisions below 95 %</label>\n");
    out.push_str("<label>rule <select id=\"rule\"><option value=\"\">all</option>");
    for rule in rules {
        let _ = write!(out, "<option>{rule}</option>");
    }
    let _ = writeln!(
        out,
        "</select></label> {} decisions, {} proposals</nav>",
        docket.decisions.len(),
        proposals.len()
    );
    suspected(&mut out, proposals);
    let mut decisions: Vec<&Decision> = docket.decisions.iter().collect();
    decisions.sort_by_key(|d| d.at);
    let pages = pages(draft, map, source);
    let mut next = 0;
    for (index, page) in pages.iter().enumerate() {
        let stop = if index + 1 == pages.len() { usize::MAX } else { page.bytes.1 };
        let upto = next + decisions[next..].partition_point(|d| d.at < stop);
        section(&mut out, draft, page, &decisions[next..upto], source);
        next = upto;
    }
    let _ = writeln!(out, "<script>{SCRIPT}</script></body></html>");
    out
}

/// The proposals of corrections.toml as a table of their own.
fn suspected(out: &mut String, proposals: &[Proposal]) {
    if proposals.is_empty() {
        return;
    }
    out.push_str(
        "<details open><summary>Suspected faults (approve them in corrections.toml)</summary><ul>\n",
    );
    for p in proposals {
        let now = p
            .now
            .as_deref()
            .map_or("<em>for the editor to say</em>".to_owned(), |n| format!("<ins>{}</ins>", escaped(n)));
        let class = class(p.confidence);
        let (was, reason) = (escaped(&p.was), escaped(&p.reason));
        let _ = writeln!(
            out,
            "<li class=\"{class}\">line {}: <del>{was}</del> {now} — {reason} ({} %)</li>",
            p.line, p.confidence
        );
    }
    out.push_str("</ul></details>\n");
}

fn pages(draft: &Draft, map: Option<&PageMap>, source: &str) -> Vec<Page> {
    let starts = map.map_or(&[][..], |m| &m.starts);
    let last = draft.blocks.len();
    let byte = |gap: usize| draft.blocks.get(gap).map_or(source.len(), |b| b.at);
    let mut found = Vec::new();
    let first = starts.first().map_or(last, |s| s.0);
    if first > 0 {
        let name = if starts.is_empty() { "The text" } else { "Before the first page" };
        found.push(Page { name: name.into(), certain: true, gaps: (0, first), bytes: (0, byte(first)) });
    }
    for (index, (gap, page, _)) in starts.iter().enumerate() {
        let to = starts.get(index + 1).map_or(last, |s| s.0);
        let certain = starts.get(index + 1).is_none_or(|s| s.2);
        let bytes = (byte(*gap), if to == last { source.len() } else { byte(to) });
        found.push(Page { name: format!("Page {page}"), certain, gaps: (*gap, to), bytes });
    }
    found
}

fn section(out: &mut String, draft: &Draft, page: &Page, decisions: &[&Decision], source: &str) {
    let class = if page.certain { "certain" } else { "estimated" };
    let _ = writeln!(out, "<section class=\"{class}\"><h2>{}</h2>", page.name);
    let _ = writeln!(
        out,
        "<pre>{}</pre><div>",
        escaped(source[page.bytes.0..page.bytes.1.max(page.bytes.0)].trim())
    );
    text(out, draft, page.gaps);
    out.push_str("</div><ul>\n");
    for decision in decisions {
        item(out, decision);
    }
    out.push_str("</ul></section>\n");
}

/// The recovered text of a page.
fn text(out: &mut String, draft: &Draft, (from, to): (usize, usize)) {
    for index in from..to {
        let block = &draft.blocks[index];
        let (open, close) = match &block.kind {
            Kind::Heading(_) | Kind::Subtitle => ("<h3>", "</h3>"),
            Kind::Quote => ("<blockquote>", "</blockquote>"),
            Kind::Table | Kind::Verse => ("<pre>", "</pre>"),
            Kind::Break => ("<hr>", ""),
            Kind::Paragraph | Kind::Item(_) => ("<p>", "</p>"),
        };
        out.push_str(open);
        if index == from && draft.gaps[index].join != Join::Apart {
            out.push_str("… ");
        }
        if let Kind::Item(marker) = &block.kind {
            let _ = write!(out, "{marker} ");
        }
        inlines(out, &block.inlines);
        out.push_str(close);
        out.push('\n');
    }
}

fn inlines(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Call { number, .. } => out.push_str(&format!("<sup>{}</sup>", escaped(number))),
            Inline::Fix { was, now } => {
                out.push_str(&format!("<del>{}</del><ins>{}</ins>", escaped(was), escaped(now)));
            }
            Inline::Drop(_) => {}
        }
    }
}

fn item(out: &mut String, decision: &Decision) {
    let verdict = if decision.stands() { decision.verdict } else { decision.instead };
    let editor = if decision.editor.is_some() { ", by the editor" } else { "" };
    let _ = writeln!(
        out,
        "<li class=\"{}\" data-rule=\"{}\"><b>{}</b>: {}{editor} ({} %)<br>{}<br><small>{} <code>{}</code></small></li>",
        class(decision.confidence),
        decision.rule,
        decision.rule,
        escaped(verdict),
        decision.confidence,
        escaped(&decision.words),
        escaped(&decision.evidence),
        decision.id,
    );
}

fn class(confidence: u8) -> &'static str {
    match confidence {
        95.. => "sure",
        80..=94 => "likely",
        _ => "doubtful",
    }
}
