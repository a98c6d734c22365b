//! PDF with a layer of text: what is painted where, and what its tags say.
//!
//! Everything in the file is bounded: the bytes that a stream unpacks to, the
//! pages, the depth of forms and of the tree of tags, the letters of a page.
//! What cannot be read is passed over; nothing of it is run or loaded.

mod content;
mod font;
mod lines;
mod rtl;
mod tags;

use super::ScannedPage;
use crate::reason::Reason;
use lopdf::{Document, LoadOptions, Object};

/// How many bytes a stream unpacks to at most.
const MOST_BYTES: usize = 64 << 20;

/// Reads the pages.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ScannedPage>, Reason> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_BYTES), ..LoadOptions::default() };
    let file = Document::load_mem_with_options(bytes, options)
        .map_err(|error| format!("it is a damaged PDF ({error}); open it in a reader and save it anew"))?;
    if file.is_encrypted() {
        return Err("it is a PDF locked with a password; save it without one".into());
    }
    let tags = tags::Tags::of(&file);
    let labels = labels(&file);
    let mut pages = Vec::new();
    for (number, id) in file.page_iter().take(super::MOST_PAGES).enumerate() {
        let runs = content::runs(&file, id);
        let labels = labels.iter().rev().find(|labels| labels.from <= number).filter(|labels| labels.figures);
        let label = labels.map(|labels| labels.first.saturating_add(number - labels.from).to_string());
        pages.push(ScannedPage { label, lines: lines::lines(runs, id, &tags) });
    }
    Ok(pages)
}

/// How pages are numbered.
struct PageLabels {
    /// From which page on.
    from: usize,
    /// Whether in plain figures.
    figures: bool,
    /// The first number.
    first: usize,
}

/// The labels of pages.
fn labels(file: &Document) -> Vec<PageLabels> {
    let read = || {
        let tree = file.catalog().ok()?.get_deref(b"PageLabels", file).ok()?.as_dict().ok()?;
        let list = tree.get_deref(b"Nums", file).ok()?.as_array().ok()?;
        let pair = |pair: &[Object]| {
            let from = usize::try_from(pair.first()?.as_i64().ok()?).ok()?;
            let (_, label) = file.dereference(pair.get(1)?).ok()?;
            let label = label.as_dict().ok()?;
            let arabic = label.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"D");
            let first = label.get(b"St").and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok());
            Some(PageLabels { from, figures: arabic && !label.has(b"P"), first: first.unwrap_or(1) })
        };
        Some(list.chunks(2).filter_map(pair).collect::<Vec<_>>())
    };
    read().unwrap_or_default()
}
