//! The proofreader's report: one HTML file that needs neither network nor
//! script. It leads with what a reader of proofs would mark, page by page, in words and
//! with the picture of the place; figures and all pages drawn small come after.

mod compare;
mod compromises;
mod draw;
mod lines;
mod marks;
mod words;

pub use compromises::compromises;
pub use lines::{Lines, lines};
pub use marks::{Mark, marks};

use crate::diag::{Diagnostic, SourceMap, counted};
use crate::html::{data_address, escaped};
use crate::jobs;
use crate::length::Abs;
use crate::pages::{PageStart, Pages};
use crate::raster::Painter;
use compare::Last;
use std::collections::BTreeMap;
use std::fmt::Write;

const STYLE: &str = include_str!("proof.css");

/// So many marks are shown with the picture of their place; those behind have words.
const MOST_PICTURES: usize = 400;
/// Pixels to the inch of such a picture.
const PPI: u32 = 120;
/// How much of the page is shown above and below the lines that a mark is about.
const AROUND: f64 = 19.0;

/// The report on a book that is set. What the report before it says, when there is one, is
/// compared with this.
#[must_use]
pub fn report(pages: &Pages, findings: &[Diagnostic], sources: &SourceMap, last: Option<&str>) -> String {
    let marked: Vec<Vec<Mark>> = jobs::side_by_side(pages.pages.len(), |page| marks(pages, page));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in marked.iter().flatten() {
        *counts.entry(mark.kind).or_default() += 1;
    }
    let mut last = last.map(Last::read);
    let mut out = head(pages, &counts);
    lead(pages, &marked, &mut out);
    let body = by_page(pages, &marked, sources, last.as_mut());
    if let Some(last) = &last {
        last.summary(&mut out);
    }
    filters(&counts, &mut out);
    out += &body;
    notes(findings, sources, &mut out);
    summary(pages, &mut out);
    out.push_str("<details><summary>All pages, drawn small: a bar for each line, orange where it is loose, blue where it is tight</summary>\n<div class=\"pages\">\n");
    for index in 0..pages.pages.len() {
        section(pages, index, &mut out);
    }
    out.push_str("</div></details>\n</main></body></html>\n");
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
    for kind in counts.keys().map(|kind| class(kind)).chain(["new".to_owned()]) {
        let _ = writeln!(
            out,
            "body:has(#f-{kind}:checked) :is(li.mark:not(.{kind}),article:not(:has(.{kind}))){{display:none}}"
        );
    }
    let _ =
        writeln!(out, "</style></head><body><main>\n<h1>Proof of <span lang=\"{lang}\">{title}</span></h1>");
    out
}

/// How much there is to look at.
fn lead(pages: &Pages, marked: &[Vec<Mark>], out: &mut String) {
    let count: usize = marked.iter().map(Vec::len).sum();
    let on = marked.iter().filter(|marks| !marks.is_empty()).count();
    let all = counted(pages.pages.len(), "page");
    let _ = match count {
        0 => writeln!(out, "<p class=\"lead\">There is nothing to mark on {all}.</p>"),
        _ => writeln!(
            out,
            "<p class=\"lead\">{} to look at, on {} of {all}.</p>",
            counted(count, "place"),
            counted(on, "page")
        ),
    };
}

/// The marks page by page, each with the picture of its place.
fn by_page(pages: &Pages, marked: &[Vec<Mark>], sources: &SourceMap, mut last: Option<&mut Last>) -> String {
    let with: Vec<(usize, &Vec<Mark>)> =
        marked.iter().enumerate().filter(|(_, marks)| !marks.is_empty()).collect();
    let mut left = MOST_PICTURES;
    let mut take = |marks: &Vec<Mark>| {
        let some = left.min(marks.len());
        left -= some;
        some
    };
    let drawn: Vec<usize> = with.iter().map(|(_, marks)| take(marks)).collect();
    let pictures = jobs::side_by_side(with.len(), |at| {
        let (index, marks) = with[at];
        strips(pages, index, &marks[..drawn[at]])
    });
    let mut out = String::new();
    for ((index, marks), mut pictures) in with.into_iter().zip(pictures) {
        let page = &pages.pages[index];
        let from = pages.starts.iter().find(|start| start.page as usize == index);
        let from = from.and_then(|start| place(start, sources));
        let from = from.map_or_else(String::new, |at| format!(" begins at {}", escaped(&at)));
        let _ = writeln!(
            out,
            "<article id=\"m{index}\"><h2>Page {} <small>{from}</small></h2><ul>",
            escaped(&page.label)
        );
        pictures.resize(marks.len(), String::new());
        for (mark, picture) in marks.iter().zip(pictures) {
            let is_new = last.as_mut().is_some_and(|last| !last.has(mark, &page.label));
            item(mark, &page.label, &picture, is_new, &mut out);
        }
        out.push_str("</ul></article>\n");
    }
    out
}

/// One mark.
fn item(mark: &Mark, label: &str, picture: &str, is_new: bool, out: &mut String) {
    let (kind, key) = (class(mark.kind), escaped(&compare::key(mark, label)));
    let taken = if mark.cost.is_some() { " taken" } else { "" };
    let (new, badge) = if is_new { (" new", "<b class=\"badge\">new</b> ") } else { ("", "") };
    let _ = write!(
        out,
        "<li class=\"mark {kind}{taken}{new}\" data-key=\"{key}\"><p>{badge}{} <i>{}</i></p>",
        escaped(&mark.says),
        mark.kind
    );
    if picture.is_empty() {
        let quoted: Vec<String> = mark.lines.iter().map(|line| format!("<q>{}</q>", escaped(line))).collect();
        out.push_str(&quoted.join("<br>"));
    } else {
        out.push_str(picture);
    }
    out.push_str("</li>\n");
}

/// The pictures of the places of marks, with a bar beside the lines that they are about;
/// none of a page that cannot be painted.
fn strips(pages: &Pages, index: usize, marks: &[Mark]) -> Vec<String> {
    let (page, height) = (&pages.pages[index], pages.trim.height.to_pt());
    let reach = |mark: &Mark| {
        let [_, top, _, high] = mark.area(page);
        ((top - AROUND).max(0.0), (top + high + AROUND).min(height))
    };
    let heights: Vec<(f64, f64)> = marks.iter().map(reach).collect();
    let in_points: Vec<(Abs, Abs)> =
        heights.iter().map(|(top, end)| (Abs::pt(*top), Abs::pt(*end))).collect();
    let painted = Painter::new(pages, PPI).strips(index, &in_points).unwrap_or_default();
    let figure = |((mark, (top, end)), png): ((&Mark, (f64, f64)), Vec<u8>)| {
        let [left, from, width, high] = mark.area(page);
        let (of_height, of_width) = (100.0 / (end - top).max(1.0), 100.0 / pages.trim.width.to_pt().max(1.0));
        format!(
            "<figure><img src=\"{}\" alt=\"{}\"><span style=\"top:{:.1}%;height:{:.1}%;left:{:.1}%;width:{:.1}%\"></span></figure>",
            data_address("image/png", &png),
            escaped(&mark.lines.join(" ")),
            (from - top) * of_height,
            high * of_height,
            (left - 4.0) * of_width,
            (width + 8.0) * of_width,
        )
    };
    marks.iter().zip(heights).zip(painted).map(figure).collect()
}

/// What page breaking paid, and the loosest and tightest lines of the book.
fn summary(pages: &Pages, out: &mut String) {
    let cost = pages.cost;
    out.push_str("<h2 class=\"after\">In figures</h2>\n");
    let _ = writeln!(
        out,
        "<p>Page breaking paid {:.0}; no pages of these lines can cost less than {:.0}, so that at most {:.0} could still be won.</p>",
        cost.paid,
        cost.bound,
        cost.paid - cost.bound,
    );
    out.push_str(&evenness(&lines(pages)));
    for (name, sign) in [("Loosest lines", 1.0), ("Tightest lines", -1.0)] {
        let worst = marks::worst(pages, sign);
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
    if counts.is_empty() {
        return;
    }
    out.push_str("<fieldset><legend>Show</legend>\n");
    let button = |id: &str, name: &str, checked: &str| {
        format!("<label><input class=\"f\" type=\"radio\" name=\"f\" id=\"f-{id}\"{checked}>{name}</label>\n")
    };
    out.push_str(&button("all", "everything", " checked"));
    out.push_str(&button("new", "what is new", ""));
    for (kind, count) in counts {
        out.push_str(&button(&class(kind), &format!("{kind} ({count})"), ""));
    }
    out.push_str("</fieldset>\n");
}

/// A page drawn small.
fn section(pages: &Pages, index: usize, out: &mut String) {
    let label = escaped(&pages.pages[index].label);
    let _ =
        writeln!(out, "<section id=\"p{index}\"><h3>{label}</h3>\n{}</section>", draw::page(pages, index));
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
    out.push_str("<h2 class=\"after\">What the checks found</h2>\n<ul>\n");
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
