//! Pandoc's folders, and those that follow no tool: the order is that of a defaults
//! file, or of the names.

use super::order::{Item, Layout, MARKDOWN, Plan};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, stem};

/// Files that are about a folder and no part of a book.
const ABOUT: [&str; 13] = [
    "readme",
    "license",
    "licence",
    "changelog",
    "contributing",
    "todo",
    "code_of_conduct",
    "authors",
    "security",
    "claude",
    "summary",
    "history",
    "notice",
];

/// Pandoc: `metadata.yaml`, or a defaults file that names its input.
pub(super) fn pandoc(tree: &Tree<'_>) -> Option<Plan> {
    let defaults = tree.first(&["defaults.yaml", "defaults.yml", "pandoc.yaml", "pandoc.yml", "book.yaml"]);
    let metadata = tree.first(&[
        "metadata.yaml",
        "metadata.yml",
        "title.yaml",
        "title.txt",
        "meta.yaml",
        "epub-metadata.yaml",
    ]);
    if defaults.is_none() && metadata.is_none() {
        return None;
    }
    let mut plan = plain(tree)?;
    plan.layout = Layout::Pandoc;
    for (_, text) in metadata.iter().chain(&defaults) {
        let settings = Value::from_yaml(text);
        plan.meta.take(&settings);
        if let Some(inner) = settings.at("metadata") {
            plan.meta.take(inner);
        }
        let listed: Vec<&str> = settings
            .list("input-files")
            .iter()
            .chain(settings.list("input-file"))
            .filter_map(Value::as_text)
            .filter(|name| super::order::is_markdown(name))
            .collect();
        if !listed.is_empty() {
            plan.items.clear();
            listed.into_iter().for_each(|path| plan.add(tree, Item::chapter(path.trim_start_matches("./"))));
        }
        for key in ["cover-image", "epub-cover-image", "metadata.cover-image"] {
            plan.cover = plan.cover.or_else(|| settings.text(key).and_then(|name| tree.find("", name, "")));
        }
    }
    Some(plan)
}

/// A folder of chapters, by their names, with those of the folders in it; those of a folder of texts alone, when none
/// lies in the root.
pub(super) fn plain(tree: &Tree<'_>) -> Option<Plan> {
    let is_text = |path: &String| {
        let name = stem(path).to_lowercase();
        !ABOUT.contains(&name.as_str()) && !name.starts_with(['_', '.'])
    };
    let folders = ["", "manuscript", "chapters", "src", "text", "texts", "book", "content", "docs"];
    let found = |folder: &str, deep: bool| {
        let mut names = tree.in_folder(folder, &MARKDOWN, deep);
        names.retain(is_text);
        names
    };
    let (root, names) = folders
        .iter()
        .map(|folder| (*folder, found(folder, !folder.is_empty())))
        .find(|(_, names)| !names.is_empty())
        .filter(|(root, _)| !root.is_empty())
        .or_else(|| Some(("", found("", true))).filter(|(_, names)| !names.is_empty()))
        .or_else(|| Some(("", tree.in_folder("", &MARKDOWN, true))).filter(|(_, names)| !names.is_empty()))?;
    let mut plan = Plan::new(Layout::Plain, root);
    names.into_iter().for_each(|path| plan.add(tree, Item::chapter(path)));
    let cover = tree.first(&["cover.jpg", "cover.png", "images/cover.jpg", "images/cover.png"]);
    plan.cover = cover.map(|(name, _)| name);
    Some(plan)
}
