//! Leanpub and Softcover: the order stands in `Book.txt`, one file to the line, or in the text in TeX that includes the
//! chapters.

use super::order::{Item, Layout, Place, Plan};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, ends_with, folder_of, joined};

/// The one or the other: Softcover keeps its settings in `config/book.yml`.
pub(super) fn softcover_or_leanpub(tree: &Tree<'_>) -> Option<Plan> {
    let named = tree.first(&["manuscript/Book.txt", "Book.txt", "manuscript/book.txt", "book.txt"]);
    let (path, text) = named.or_else(|| included(tree))?;
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
                let name = name.strip_prefix("chapters/").unwrap_or(name);
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

/// The order of a book of Softcover's without `Book.txt`, as that would say it: the chapters that its text in TeX
/// includes, or else all in their folder.
fn included(tree: &Tree<'_>) -> Option<(String, String)> {
    if !tree.has("config/book.yml") {
        return None;
    }
    let masters = tree.in_folder("", &[".tex"], false);
    let orders = masters.iter().filter_map(|name| Some((name.clone(), order(tree, &tree.text(name)?)?)));
    let listed = || {
        let names = tree.in_folder("chapters", &[".md", ".markdown", ".tex"], false);
        (!names.is_empty()).then(|| (String::new(), names.join("\n")))
    };
    orders.into_iter().next().or_else(listed)
}

/// The names that a text in TeX includes, in its order, where they lie among the chapters: Markdown before the TeX that
/// was made of it.
fn order(tree: &Tree<'_>, text: &str) -> Option<String> {
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        let matter = ["frontmatter", "mainmatter", "backmatter"]
            .iter()
            .find(|name| line.strip_prefix('\\') == Some(name));
        names.extend(matter.map(|name| format!("{name}:")));
        let named =
            ["\\include{", "\\input{"].iter().find_map(|open| line.strip_prefix(open)?.split_once('}'));
        let Some((named, _)) = named else { continue };
        let stem = named.trim_end_matches(".tex");
        let bare = stem.strip_prefix("chapters/").unwrap_or(stem);
        let lies = [format!("chapters/{bare}"), stem.to_owned()];
        let endings = [".md", ".markdown", ".tex"];
        let paths = lies.iter().flat_map(|stem| endings.map(|ending| format!("{stem}{ending}")));
        names.extend(paths.into_iter().find(|path| tree.has(path)));
    }
    names.iter().any(|name| !name.ends_with(':')).then(|| names.join("\n"))
}
