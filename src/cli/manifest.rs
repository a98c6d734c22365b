//! `NAME.build.json`: what a build made, from what, and with which compromises.

use super::production::{Made, Production};
use crate::diag::Error;
use crate::pages::Pages;
use crate::project::{MAX_FILE, Output, Project, fingerprint, read_file, sha256, stays_inside};
use crate::proof::lines;
use crate::verify::{Account, Count};
use serde_json::{Value, json};
use std::path::Path;

/// The records of a build: the one that lies there while its files are moved
/// into their places, and the one that lies there from then on.
pub(super) struct Records {
    /// Names of the moved files only that they are in doubt: each entry is true
    /// at every moment.
    pub meanwhile: Output,
    /// The record.
    pub whole: Output,
}

/// The records of a build. They hold no clock and no folder, so that two builds
/// of the same book have the same. Files of earlier builds that stand there
/// unchanged keep their entries, and those of a refused edition are marked as
/// stale.
///
/// # Errors
/// When the record cannot be written as JSON.
pub(super) fn manifest(production: &Production) -> Result<Records, Error> {
    let Production { project, proof, made, refused, .. } = production;
    let pages = &proof.pages;
    let kept = kept(production);
    let slug = &project.sources.meta.slug;
    let meanwhile = meanwhile(slug, &kept, made.iter().map(|made| made.output.name.as_str()))?;
    let mut outputs: Vec<Value> = made.iter().map(output).collect();
    outputs.extend(kept);
    let mut record = json!({
        "tool": tool(),
        "inputs": inputs(project),
        "outputs": outputs,
        "proof": {
            "pages": proof.account.map(account),
            "epub": made.iter().find_map(|made| made.account).map(account),
        },
        "pages": labels(project, pages),
        "cost": {
            "paid": pages.cost.paid,
            "bound": pages.cost.bound,
            "gap": pages.cost.paid - pages.cost.bound,
        },
        "lines": evenness(pages),
        "compromises": pages.compromises.iter().map(|taken| json!({
            "page": pages.pages.get(taken.page as usize).map(|page| &page.label),
            "kind": taken.compromise.name(), "reason": taken.compromise.reason(), "cost": taken.cost,
        })).collect::<Vec<_>>(),
    });
    if !pages.old_pages.is_empty() {
        record["concordance"] = concordance(pages);
    }
    if !refused.is_empty() {
        let refused =
            refused.iter().map(|(format, codes)| json!({ "edition": format.name(), "codes": codes }));
        record["refused"] = refused.collect();
    }
    Ok(Records { meanwhile, whole: file(slug, &record)? })
}

/// The record that lies there while files of those names are moved into their places.
///
/// # Errors
/// When it cannot be written as JSON.
pub(super) fn meanwhile<'n>(
    slug: &str,
    kept: &[Value],
    names: impl Iterator<Item = &'n str>,
) -> Result<Output, Error> {
    let unfinished: Vec<&str> = names.collect();
    file(slug, &json!({ "tool": tool(), "outputs": kept, "unfinished": unfinished }))
}

/// The tool, as records call it.
pub(super) fn tool() -> String {
    format!("pamphleteer {}", env!("CARGO_PKG_VERSION"))
}

fn file(slug: &str, record: &Value) -> Result<Output, Error> {
    let text = serde_json::to_string_pretty(record).map_err(|e| Error::new(e.to_string()))?;
    Ok(Output { name: record_name(slug), bytes: (text + "\n").into_bytes() })
}

/// The name of a book's record.
fn record_name(slug: &str) -> String {
    format!("{slug}.build.json")
}

/// The record of the last build into `folder`; null when there is none that
/// can be read.
pub(super) fn last(folder: &Path, slug: &str) -> Value {
    let bytes = read_file(&folder.join(record_name(slug)), MAX_FILE).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The figures of the book's lines, and where the ranking of their costs gave
/// way. Ratios are to three decimals.
fn evenness(pages: &Pages) -> Value {
    let lines = lines(pages);
    let ratio = |ratio: f64| (ratio * 1000.0).round() / 1000.0;
    let places = |found: &[(usize, String)]| {
        let entry =
            |(page, words): &(usize, String)| json!({ "page": pages.pages[*page].label, "words": words });
        found.iter().map(entry).collect::<Vec<_>>()
    };
    json!({
        "count": lines.count,
        "full": lines.full,
        "mean": ratio(lines.mean),
        "p95": ratio(lines.p95),
        "loosest": ratio(lines.extremes.0),
        "tightest": ratio(lines.extremes.1),
        "change": ratio(lines.change),
        "leaps": lines.leaps,
        "hyphens": lines.hyphens,
        "ladders": places(&lines.ladders),
        "faults": { "taken": pages.cost.faults, "least": pages.cost.least_faults },
        "divided_names": places(&lines.divided_names),
    })
}

/// What the book has and what an edition was found to have.
fn account(account: Account) -> Value {
    let count = |count: Count| json!({ "book": count.wanted, "edition": count.found });
    json!({
        "words": count(account.words),
        "notes": count(account.notes),
        "calls": count(account.calls),
        "pictures": count(account.pictures),
        "rules": count(account.rules),
        "contents": count(account.entries),
    })
}

/// Where each page of the older edition starts.
fn concordance(pages: &Pages) -> Value {
    let entry = |(old, page): &(String, u32)| {
        let new = pages.pages.get(*page as usize).map(|page| &page.label);
        json!({ "old": old, "new": new })
    };
    pages.old_pages.iter().map(entry).collect()
}

/// The entries of files that this build did not make: those of the last record
/// that nobody has touched since, whose inputs may be others, and what stands
/// there of a refused edition, which is stale.
fn kept(production: &Production) -> Vec<Value> {
    let Production { project, made, refused, out, .. } = production;
    let slug = &project.sources.meta.slug;
    let record = last(out, slug);
    let mut entries: Vec<Value> = record["outputs"].as_array().cloned().unwrap_or_default();
    entries.retain(|entry| {
        let file = entry["file"].as_str().unwrap_or_default();
        let fresh = made.iter().any(|made| made.output.name == file);
        let lies_there = || stays_inside(file).then(|| fingerprint(&out.join(file))).flatten();
        !fresh && lies_there().is_some_and(|(_, hash)| entry["sha256"] == hash)
    });
    for (format, codes) in refused {
        for file in format.files(slug) {
            mark_stale(&file, codes, out, &mut entries);
        }
    }
    for entry in &mut entries {
        entry["earlier"] = json!(true);
    }
    entries
}

/// Marks the entries of a refused edition's file, or of the files in its folder;
/// a file that stands there without an entry gets one.
fn mark_stale(name: &str, codes: &[&str], out: &Path, entries: &mut Vec<Value>) {
    let is_meant = |entry: &Value| {
        let file = entry["file"].as_str().unwrap_or_default();
        file == name || name.ends_with('/') && file.starts_with(name)
    };
    if !entries.iter().any(is_meant)
        && let Some((length, hash)) = fingerprint(&out.join(name))
    {
        entries.push(json!({ "file": name, "bytes": length, "sha256": hash }));
    }
    for entry in entries.iter_mut().filter(|entry| is_meant(entry)) {
        entry["stale"] = json!(true);
        entry["codes"] = json!(codes);
    }
}

fn inputs(project: &Project) -> Value {
    // of a catalogue only what it says about this book is an input
    let settings = project.shared.as_ref().map(|shared| (shared.name(), shared.settings()));
    let text = |name: &str, text: &'_ str| match &settings {
        Some((catalogue, settings)) if name == *catalogue => sha256(settings.as_bytes()),
        _ => sha256(text.as_bytes()),
    };
    let texts = project.sources.map.iter().map(|(_, file)| (file.name.clone(), text(&file.name, &file.text)));
    let images = project.sources.images.iter();
    let images = images.filter_map(|(name, image)| Some((name.clone(), image.as_ref().ok()?.sha256.clone())));
    let fonts = project.font_files.iter().map(|(name, data)| (name.clone(), sha256((**data).as_ref())));
    Value::Object(texts.chain(images).chain(fonts).map(|(name, hash)| (name, json!(hash))).collect())
}

fn output(made: &Made) -> Value {
    let mut entry = json!({
        "file": made.output.name,
        "bytes": made.output.bytes.len(),
        "sha256": sha256(&made.output.bytes),
        "pages": made.pages,
        "standards": made.standards,
    });
    if let Some(wrap) = &made.wrap {
        entry["wrap"] = wrap.clone();
    }
    entry
}

/// Every page's label, and where the words that it starts with stand.
fn labels(project: &Project, pages: &Pages) -> Vec<Value> {
    let mut starts = pages.starts.iter().peekable();
    let map = &project.sources.map;
    let entry = |(index, page): (usize, &crate::pages::Page)| {
        let start = starts.next_if(|start| start.page as usize == index);
        while starts.next_if(|start| start.page as usize == index).is_some() {}
        let from = start.and_then(|start| start.span).map(|span| {
            let file = map.file(span.file);
            json!({ "file": file.name, "line": file.place(span.start).line, "column": file.place(span.start).column })
        });
        json!({ "label": page.label, "from": from })
    };
    pages.pages.iter().enumerate().map(entry).collect()
}
