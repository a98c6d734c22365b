//! PDF with a layer of text: what is painted where, and what its tags say.
//!
//! Everything in the file is bounded: the bytes that a stream unpacks to, and all of them together,
//! the objects, the pages, the depth of forms and of the tree of tags, the letters.
//! What cannot be read is told of; nothing of it is run or loaded.

mod budget;
mod content;
mod font;
mod glyph_names;
mod lines;
mod load;
mod rtl;
mod tags;

use super::{Scanned, ScannedPage};
use crate::diag::counted;
use crate::reason::Reason;
use budget::Budget;
use lopdf::{Document, Object};

/// How many bytes a stream unpacks to at most.
const MOST_BYTES: usize = 64 << 20;

/// Reads the pages.
pub(super) fn read(bytes: &[u8]) -> Result<Scanned, Reason> {
    let file = load::load(bytes)?;
    if file.is_encrypted() {
        return Err("it is a PDF locked with a password; save it without one".into());
    }
    let tags = tags::Tags::of(&file);
    let labels = labels(&file);
    let (fonts, budget) = (font::Fonts::default(), Budget::default());
    let mut scanned = Scanned::default();
    // the first page with signs of no letter, and how many there are
    let mut unknown = None;
    for (number, id) in file.page_iter().take(super::MOST_PAGES + 1).enumerate() {
        let painted = content::painted(&file, id, &fonts, &budget)?;
        let page = number + 1;
        scanned
            .unread
            .extend(painted.unread.map(|why| format!("page {page} could not be read whole: {why}")));
        if painted.unknown > 0 {
            let (first, sum) = unknown.unwrap_or((page, 0));
            unknown = Some((first, sum + painted.unknown));
        }
        let labels = labels.iter().rev().find(|labels| labels.from <= number).filter(|labels| labels.figures);
        let label = labels.map(|labels| labels.first.saturating_add(number - labels.from).to_string());
        scanned.pages.push(ScannedPage { label, lines: lines::lines(painted.runs, id, &tags) });
    }
    scanned.unread.extend(unknown.map(|(page, sum)| {
        format!(
            "{}, first on page {page}, have no letters in the file and were left out",
            counted(sum, "sign")
        )
    }));
    Ok(scanned)
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
