//! `NAME.build.json`: what a build made, from what, and with which evils.

use super::build::Made;
use crate::diag::Error;
use crate::pages::Pages;
use crate::project::{Output, Project};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The record of a build. It holds no clock and no folder, so that two builds
/// of the same book have the same one.
///
/// # Errors
/// When the record cannot be written as JSON.
pub fn manifest(project: &Project, pages: &Pages, made: &[Made]) -> Result<Output, Error> {
    let mut record = json!({
        "tool": format!("pamphleteer {}", env!("CARGO_PKG_VERSION")),
        "inputs": inputs(project),
        "outputs": made.iter().map(output).collect::<Vec<_>>(),
        "pages": labels(project, pages),
        "cost": {
            "paid": pages.cost.paid,
            "bound": pages.cost.bound,
            "gap": pages.cost.paid - pages.cost.bound,
        },
        "evils": pages.evils.iter().map(|evil| json!({
            "page": pages.pages.get(evil.page as usize).map(|page| &page.label),
            "kind": evil.kind, "reason": evil.reason, "cost": evil.cost,
        })).collect::<Vec<_>>(),
    });
    if !pages.old_pages.is_empty() {
        record["concordance"] = concordance(pages);
    }
    let text = serde_json::to_string_pretty(&record).map_err(|e| Error::new(e.to_string()))?;
    let name = format!("{}.build.json", project.sources.meta.slug);
    Ok(Output { name, bytes: (text + "\n").into_bytes() })
}

/// Where each page of the older edition starts.
fn concordance(pages: &Pages) -> Value {
    let entry = |(old, page): &(String, u32)| {
        let new = pages.pages.get(*page as usize).map(|page| &page.label);
        json!({ "old": old, "new": new })
    };
    pages.old_pages.iter().map(entry).collect()
}

fn inputs(project: &Project) -> Value {
    let texts = project.sources.map.iter().map(|(_, file)| (file.name.as_str(), file.text.as_bytes()));
    let images = project.sources.images.iter().map(|(name, image)| (name.as_str(), &*image.bytes));
    let hashed = texts.chain(images).map(|(name, bytes)| (name.to_owned(), json!(sha256(bytes))));
    Value::Object(hashed.collect())
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

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
