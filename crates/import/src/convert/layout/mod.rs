//! Which tool made a folder, and what it says about the order of the book.

mod book_txt;
mod mkdocs;
mod order;
mod pandoc;
mod quarto;
mod site;
mod summary;

pub(super) use book_txt::is_tex;
pub(super) use order::{Item, Layout, Place, Plan, is_markdown};

use super::settings::Value;
use super::tree::Tree;
use crate::reason::Reason;

/// Tells the layout and the order of a folder; the reason when it holds no book.
pub(super) fn plan(tree: &Tree<'_>) -> Result<Plan, Reason> {
    if is_ours(tree) {
        return Err("is a book of this tool already: run `pamphleteer build` in it".into());
    }
    let readers: [fn(&Tree<'_>) -> Option<Plan>; 8] = [
        quarto::quarto,
        quarto::bookdown,
        summary::mdbook,
        book_txt::softcover_or_leanpub,
        summary::gitbook,
        mkdocs::mkdocs,
        pandoc::pandoc,
        site::site,
    ];
    let plan = readers.iter().find_map(|reader| reader(tree)).or_else(|| pandoc::plain(tree));
    match plan {
        Some(plan) if plan.items.iter().any(|item| matches!(item, Item::Chapter { .. })) => Ok(plan),
        Some(plan) => {
            Err(format!("looks like a book of {}, but names no text that is there", plan.layout.name())
                .into())
        }
        None => Err("holds no text in Markdown".into()),
    }
}

/// Whether `book.toml` is one of ours: mdBook's has a table `[book]`, ours a title.
fn is_ours(tree: &Tree<'_>) -> bool {
    let settings = tree.text("book.toml").and_then(|text| Value::from_toml(&text));
    settings.is_some_and(|settings| settings.at("matter").is_some() && settings.at("book").is_none())
}
