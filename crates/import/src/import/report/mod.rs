//! The import report: one HTML file that needs no network, with the pages of
//! the old edition beside the recovered text, and every decision on its page,
//! numbered at its place in the transcription. Without a script it can still
//! be read; only the sieve is lost.

mod text;

use super::Summary;
use super::decisions::{DOUBTFUL, Decision, Decisions};
use super::model::{Draft, Percent};
use super::page_end::PageEnd;
use super::pages::{PageMap, PageStart};
use super::suggestions::Proposal;
use crate::html::escaped;
use std::collections::BTreeSet;
use std::fmt::Write;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// From how many per cent on a decision is sure.
const SURE: Percent = 95;
/// How many cards of one kind stand open.
const AGENDA: usize = 20;

/// What the report tells of.
pub(super) struct Import<'a> {
    /// The file name of the transcription.
    pub name: &'a str,
    /// Its text.
    pub source: &'a str,
    /// What was made of it.
    pub draft: &'a Draft,
    /// The pages of the old edition.
    pub map: Option<&'a PageMap>,
    /// The decisions.
    pub decisions: &'a Decisions,
    /// The suspected faults.
    pub proposals: &'a [Proposal],
    /// The counts.
    pub summary: &'a Summary,
}

/// A page of the old edition: its blocks, its bytes in the transcription, its end.
struct OldPage<'a> {
    name: String,
    id: String,
    /// From this gap to the next.
    gaps: (usize, usize),
    bytes: (usize, usize),
    end: Option<&'a PageEnd>,
}

impl OldPage<'_> {
    fn class(&self) -> &'static str {
        if self.end.is_none_or(|end| end.certain) { "certain" } else { "estimated" }
    }
}

/// The report.
pub(super) fn write(import: &Import<'_>) -> String {
    let name = escaped(import.name);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Import of {name}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n{STYLE}</style></head><body>\n\
         <h1>Import of {name}</h1>\n"
    );
    let mut decisions: Vec<&Decision> = import.decisions.all.iter().collect();
    decisions.sort_by_key(|d| d.at);
    let pages = pages(import);
    told(&mut out, import.summary);
    controls(&mut out, &decisions, &pages);
    agenda(&mut out, &decisions);
    suspected(&mut out, import.proposals);
    let mut next = 0;
    for (index, page) in pages.iter().enumerate() {
        // what stands behind the last page belongs to it
        let upto = match index + 1 == pages.len() {
            true => decisions.len(),
            false => next + decisions[next..].partition_point(|d| d.at < page.bytes.1),
        };
        section(&mut out, import, page, (&decisions[next..upto], next + 1));
        next = upto;
    }
    let _ = writeln!(out, "<script>\n{SCRIPT}</script></body></html>");
    out
}

/// What was recovered, in a sentence or two.
fn told(out: &mut String, s: &Summary) {
    let pages = match s.pages {
        None => "No pages of an old edition are known.".to_owned(),
        Some((first, last)) => format!(
            "Pages {first} to {last} of the old edition: {} page ends are sure, {} estimated.",
            s.certain_ends, s.estimated_ends
        ),
    };
    let _ = writeln!(
        out,
        "<p class=\"sum\">Texts: {}. Paragraphs: {}. Quoted paragraphs: {}. Items of lists: {}. Notes: {}, called {} times. \
         All words kept: set again at the recovered breaks, the manuscript gives back the {} words and marks of the \
         transcription. Lines left out as running heads and page numbers: {}. \
         {pages}</p>",
        s.texts, s.paragraphs, s.quotes, s.items, s.notes, s.calls, s.tokens, s.furniture
    );
}

/// The sieve, and a strip of all pages.
fn controls(out: &mut String, decisions: &[&Decision], pages: &[OldPage<'_>]) {
    let below = |limit: Percent| decisions.iter().filter(|d| d.confidence < limit).count();
    let _ = write!(
        out,
        "<nav><form><label>decisions <select id=\"least\"><option value=\"101\">all ({})</option>\
         <option value=\"{SURE}\">below {SURE} % ({})</option><option value=\"{DOUBTFUL}\">below {DOUBTFUL} % ({})</option>\
         </select></label> <label>rule <select id=\"rule\"><option value=\"\">every</option>",
        decisions.len(),
        below(SURE),
        below(DOUBTFUL)
    );
    for rule in decisions.iter().map(|d| d.rule).collect::<BTreeSet<&str>>() {
        let count = decisions.iter().filter(|d| d.rule == rule).count();
        let _ = write!(out, "<option value=\"{rule}\">{rule} ({count})</option>");
    }
    let _ = write!(
        out,
        "</select></label> <label>words <input id=\"word\" type=\"search\" size=\"12\"></label> \
         <span><b id=\"shown\">{}</b> shown</span></form><div class=\"strip\">",
        decisions.len()
    );
    for page in pages {
        let (class, id) = (page.class(), &page.id);
        let short = page.name.strip_prefix("Page ").unwrap_or("–");
        let _ = write!(out, "<a class=\"{class}\" href=\"#{id}\">{short}</a>");
    }
    out.push_str("</div></nav>\n");
}

/// The proposals of corrections.toml, each with the words around it.
fn suspected(out: &mut String, proposals: &[Proposal]) {
    if proposals.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<details class=\"faults\"{}><summary>Suspected faults: {}. Nothing is changed before it is approved in \
         corrections.toml.</summary><ul>",
        if proposals.len() <= AGENDA { " open" } else { "" },
        proposals.len()
    );
    for p in proposals {
        let now = p
            .now
            .as_deref()
            .map_or("<em>for the editor to say</em>".to_owned(), |n| format!("<ins>{}</ins>", escaped(n)));
        let (was, reason, around) = (escaped(&p.was), escaped(&p.reason), escaped(p.around.trim()));
        let _ = writeln!(
            out,
            "<li class=\"{}\"><del>{was}</del> {now} <i>{reason} ({} %)</i><br><q>… {around} …</q><br>line {} · <code>{}</code></li>",
            class(p.confidence),
            p.confidence,
            p.line,
            p.id
        );
    }
    out.push_str("</ul></details>\n");
}

fn pages<'a>(import: &Import<'a>) -> Vec<OldPage<'a>> {
    let (draft, source) = (import.draft, import.source);
    let starts = import.map.map_or(&[][..], |m| &m.starts);
    let ends = import.map.map_or(&[][..], |m| &m.ends);
    let last = draft.blocks.len();
    let byte = |gap: usize| draft.blocks.get(gap).map_or(source.len(), |b| b.at);
    let mut found = Vec::new();
    let first = starts.first().map_or(last, |s| s.gap);
    if first > 0 {
        let name = if starts.is_empty() { "The text" } else { "Before the first page" };
        let bytes = (0, byte(first));
        found.push(OldPage { name: name.into(), id: "front".into(), gaps: (0, first), bytes, end: None });
    }
    for (index, PageStart { gap, page, .. }) in starts.iter().enumerate() {
        let to = starts.get(index + 1).map_or(last, |s| s.gap);
        let bytes = (byte(*gap), if to == last { source.len() } else { byte(to) });
        let (name, id) = (format!("Page {page}"), format!("p{page}"));
        let end = ends.iter().find(|e| e.page == *page);
        found.push(OldPage { name, id, gaps: (*gap, to), bytes, end });
    }
    found
}

/// A page: the transcription, the text that was recovered, the decisions from number `first` on.
fn section(
    out: &mut String,
    import: &Import<'_>,
    page: &OldPage<'_>,
    (decisions, first): (&[&Decision], usize),
) {
    let _ = write!(out, "<section id=\"{}\" class=\"{}\"><h2>{}", page.id, page.class(), page.name);
    if let Some(end) = page.end {
        let kind = if end.certain { "ends certainly" } else { "end estimated" };
        let _ = write!(out, " · <b>{kind}</b> <small>({} %: {})", end.confidence, escaped(&end.evidence));
        if let Some((gap, sure)) = end.runner_up {
            let line = import.draft.blocks.get(gap).map_or(0, |b| b.line);
            let _ = write!(out, "; or before line {line} ({sure} %)");
        }
        out.push_str("</small>");
    }
    out.push_str("</h2>\n<pre class=\"src\">");
    marked(out, import.source, page.bytes, decisions, first);
    out.push_str("</pre><div class=\"text\">");
    text::page(out, import.draft, page.gaps);
    out.push_str("</div><div class=\"cards\">\n");
    cards(out, decisions, first);
    out.push_str("</div></section>\n");
}

/// The decisions of a page by doubt: the one to look at first is open, the others are folded, and so is routine.
fn cards(out: &mut String, decisions: &[&Decision], first: usize) {
    let mut numbered: Vec<(usize, &Decision)> = (first..).zip(decisions.iter().copied()).collect();
    numbered.sort_by_key(|(number, decision)| (decision.confidence, *number));
    let doubted = numbered.partition_point(|(_, decision)| decision.confidence < SURE);
    let (open, rest) = numbered.split_at(doubted.min(1));
    let (doubted, routine) = rest.split_at(doubted - open.len());
    list(out, open);
    for (cards, what) in [(doubted, "more to look at"), (routine, "routine")] {
        if !cards.is_empty() {
            let _ = writeln!(out, "<details><summary>{} {what}</summary>", cards.len());
            list(out, cards);
            out.push_str("</details>\n");
        }
    }
}

fn list(out: &mut String, cards: &[(usize, &Decision)]) {
    if cards.is_empty() {
        return;
    }
    out.push_str("<ul>\n");
    cards.iter().for_each(|(number, decision)| item(out, decision, *number));
    out.push_str("</ul>\n");
}

/// What an editor should look at, by doubt: each with its place.
fn agenda(out: &mut String, decisions: &[&Decision]) {
    let mut doubted: Vec<(usize, &Decision)> = (1..).zip(decisions.iter().copied()).collect();
    doubted.retain(|(_, decision)| decision.confidence < DOUBTFUL);
    if doubted.is_empty() {
        return;
    }
    doubted.sort_by_key(|(number, decision)| (decision.confidence, *number));
    let count = doubted.len();
    let shown = if count > AGENDA { format!(", the {AGENDA} most doubtful of them") } else { String::new() };
    let _ = writeln!(out, "<details class=\"agenda\" open><summary>To look at: {count}{shown}</summary><ol>");
    for (number, decision) in doubted.iter().take(AGENDA) {
        let verdict = if decision.stands() { decision.verdict } else { decision.instead };
        let _ = writeln!(
            out,
            "<li class=\"doubtful\"><a class=\"doubtful\" href=\"#d{number}\">{number}</a><b>{}</b> <q>{}</q> <i>{} ({} %)</i></li>",
            escaped(verdict),
            escaped(&decision.words),
            escaped(&decision.evidence),
            decision.confidence
        );
    }
    out.push_str("</ol></details>\n");
}

/// The transcription of a page, with the number of each decision at its place.
fn marked(out: &mut String, source: &str, (from, to): (usize, usize), decisions: &[&Decision], first: usize) {
    let mut at = from;
    let to = to.max(from);
    let mut lead = true;
    let mut put = |out: &mut String, from: usize, to: usize| {
        let text = source.get(from..to).unwrap_or("");
        out.push_str(&escaped(if lead { text.trim_start() } else { text }));
        lead &= text.trim().is_empty();
    };
    for (number, decision) in (first..).zip(decisions) {
        let place = decision.at.clamp(at, to);
        put(out, at, place);
        let class = class(decision.confidence);
        let _ = write!(out, "<a class=\"{class}\" id=\"s{number}\" href=\"#d{number}\">{number}</a>");
        at = place;
    }
    put(out, at, to);
    out.truncate(out.trim_end().len());
}

fn item(out: &mut String, decision: &Decision, number: usize) {
    let verdict = if decision.stands() { decision.verdict } else { decision.instead };
    let other = if decision.stands() { decision.instead } else { decision.verdict };
    let editor = if decision.editor.is_some() { ", by the editor" } else { "" };
    let class = class(decision.confidence);
    let _ = writeln!(
        out,
        "<li class=\"{class}\" id=\"d{number}\" data-rule=\"{rule}\" data-sure=\"{sure}\"><a class=\"{class}\" href=\"#s{number}\">{number}</a>\
         <b>{}</b>{editor} <small>{rule}, {sure} %</small><br><q>{}</q><br><i>{}</i><br>\
         <small>or <code>editor = \"{}\"</code> under <code>{}</code></small></li>",
        escaped(verdict),
        escaped(&decision.words),
        escaped(&decision.evidence),
        escaped(other),
        decision.id,
        rule = decision.rule,
        sure = decision.confidence,
    );
}

fn class(confidence: Percent) -> &'static str {
    match confidence {
        SURE.. => "sure",
        DOUBTFUL..SURE => "likely",
        _ => "doubtful",
    }
}
