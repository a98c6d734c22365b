//! Leanpub and Softcover: the order stands in `Book.txt`, one file to the line.

use super::order::{Item, Layout, Place, Plan};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, ends_with, folder_of, joined};

/// The one or the other: Softcover keeps its settings in `config/book.yml`.
pub(super) fn softcover_or_leanpub(tree: &Tree<'_>) -> Option<Plan> {
    let (path, text) = tree.first(&["manuscript/Book.txt", "Book.txt", "manuscript/book.txt", "book.txt"])?;
    let settings = tree.first(&["config/book.yml", "book.yml"]).map(|(_, text)| Value::from_yaml(&text));
    let layout = if settings.is_some() { Layout::Softcover } else { Layout::Leanpub };
    let root = folder_of(&path).to_owned();
    let mut plan = Plan::new(layout, root.clone());
    if let Some(settings) = settings {
        plan.meta.take(&settings);
    }
    let mut place = Place::Body;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.trim_end_matches(':').trim_matches(['{', '}']) {
            "frontmatter" => place = Place::Front,
            "mainmatter" => place = Place::Body,
            "backmatter" => place = Place::Back,
            // pages that are made
            "cover" | "maketitle" | "tableofcontents" => {}
            name => {
                let lies = [joined(&root, name), joined(&root, &format!("chapters/{name}"))];
                let path = lies.iter().find(|path| tree.has(path)).unwrap_or(&lies[0]).clone();
                let is_text = super::order::is_markdown(name) || ends_with(name, ".txt") || is_tex(name);
                if is_text {
                    plan.add(tree, Item::Chapter { path, title: None, depth: 0, place });
                } else {
                    plan.missing.push(path);
                }
            }
        }
    }
    let covers = [
        "images/title_page.png",
        "images/title_page.jpg",
        "resources/title_page.png",
        "images/cover.jpg",
        "images/cover.png",
    ];
    plan.cover = covers
        .iter()
        .map(|name| joined(&root, name))
        .chain(covers.map(str::to_owned))
        .find(|name| tree.has(name));
    Some(plan)
}

/// Whether a name is that of a chapter in TeX.
pub(in crate::convert) fn is_tex(name: &str) -> bool {
    ends_with(name, ".tex")
}
