//! The page around the book, and what it is told: JSON alone, which its script shows as
//! words, so that nothing of what an author writes is ever markup.

use super::shown::{Found, Shown};
use super::tried::LOOK;
use super::words::{self, Area, Hit};
use crate::diag::Severity;
use crate::html::escaped;
use crate::length::Binding;
use crate::pages::Pages;
use crate::project::{BUILT_IN_STYLES, Project};
use crate::proof;
use crate::style::{KEYS, Key};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The look of it.
pub(super) const STYLE: &str = include_str!("preview.css");
/// What fills it.
pub(super) const SCRIPT: &str = include_str!("preview.js");

/// The whole page, with the token that its requests must bring.
pub(super) fn page(title: &str, token: &str) -> String {
    let title = escaped(title);
    include_str!("preview.html").replace("{token}", token).replace("{title}", &title)
}

/// What a page that shows the version `from` must know to show this one.
pub(super) fn change(shown: &Shown, from: u64) -> Value {
    let pages = &shown.pages;
    let ((head, tail), moves) = shown.since(from).unwrap_or(((0, 0), &[]));
    let page = |index: usize| {
        let picture = shown.likeness.get(index).map_or(0, |page| page.picture);
        json!([pages.pages[index].label, format!("{picture:x}")])
    };
    let changed = head..pages.pages.len().saturating_sub(tail).max(head);
    json!({
        "version": shown.version,
        "took": shown.took.as_secs_f64() * 1000.0,
        "title": pages.info.title,
        "lang": pages.info.language,
        "rtl": pages.binding == Binding::Right,
        "trim": [pages.trim.width.to_pt(), pages.trim.height.to_pt()],
        "head": head,
        "tail": tail,
        "pages": changed.map(page).collect::<Value>(),
        "moves": moves,
        "outline": outline(pages),
        "edition": shown.edition,
        "editions": editions(shown),
        "findings": shown.findings.iter().map(finding).collect::<Value>(),
        "warning": shown.warning,
        "style": *shown.style,
        "tried": shown.tried,
        "untried": shown.untried,
    })
}

fn outline(pages: &Pages) -> Value {
    let entry = |item: &crate::pages::OutlineItem| {
        let page = pages.destinations.get(item.to.0 as usize).map(|place| place.page);
        json!([item.level, item.title, page])
    };
    pages.outline.iter().map(entry).collect()
}

fn editions(shown: &Shown) -> Value {
    let made = &shown.editions;
    let of = |bytes: &[u8]| {
        let mut hash = DefaultHasher::new();
        bytes.hash(&mut hash);
        format!("{:x}", hash.finish())
    };
    json!({
        "cover": made.cover.as_deref().map(of),
        "wrap": made.wrap.as_deref().map(|svg| of(svg.as_bytes())),
        "texts": *made.texts,
        "outputs": made.outputs.iter().map(|output| json!([output.name, output.bytes.len()])).collect::<Value>(),
    })
}

/// A finding in words, with its places.
fn finding(found: &Found) -> Value {
    let finding = &found.finding;
    json!({
        "severity": severity(finding.severity),
        "code": finding.code.name(),
        "message": finding.message,
        "hint": finding.hint,
        "more": finding.more,
        "at": found.at,
        "page": found.on_page.as_ref().map(|(page, ..)| page),
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// What lies over the picture of a page: its words, what a reader of proofs would mark,
/// and the findings on it.
pub(super) fn overlay(shown: &Shown, index: usize) -> Option<Value> {
    let page = shown.pages.pages.get(index)?;
    let lines = words::lines(page);
    let rounded = |area: Area| area.map(|length| (length * 100.0).round() / 100.0);
    let words: Value = lines.iter().map(|line| json!([rounded(line.area), line.words.trim_end()])).collect();
    let marks = proof::marks(&shown.pages, index);
    let marks: Value =
        marks.iter().map(|mark| json!([rounded(mark.area(page)), mark.kind, mark.says])).collect();
    let here = shown.findings.iter().filter_map(|found| match found.on_page {
        Some((page, place, length)) if page == index => {
            let areas: Vec<Area> = words::areas_of(&lines, place, length).into_iter().map(rounded).collect();
            Some(json!([areas, severity(found.finding.severity), found.finding.message]))
        }
        _ => None,
    });
    Some(json!({ "lines": words, "marks": marks, "findings": here.collect::<Value>() }))
}

/// Where words were found.
pub(super) fn hits(hits: &[Hit]) -> Value {
    let hit = |hit: &Hit| json!({ "page": hit.page, "words": hit.words, "areas": hit.areas });
    json!({ "hits": hits.iter().map(hit).collect::<Value>(), "most": words::MOST_HITS })
}

/// The values of a style, as book.toml would write them.
pub(super) fn style(project: &Project) -> Value {
    let value = |key: &Key| (key.path(), json!(project.style.written(key.table, key.name)));
    KEYS.iter().map(value).collect::<Map<String, Value>>().into()
}

/// Every key of the style for whoever tries one, the name of the style itself first.
pub(super) fn keys(own_styles: BTreeSet<String>) -> Value {
    let mut looks: Vec<String> = BUILT_IN_STYLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    looks.extend(own_styles);
    let key = |key: &Key| {
        json!({
            "path": key.path(), "words": key.words, "wanted": key.wanted, "meaning": key.meaning,
            "flag": key.kind == crate::style::Kind::Flag,
        })
    };
    json!({ "look": LOOK, "looks": looks, "keys": KEYS.iter().map(key).collect::<Value>() })
}
