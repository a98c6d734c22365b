//! Quarto and bookdown: the order stands in a project file, or is that of the names.

use super::order::{Item, Layout, Place, Plan};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, stem};

/// Quarto: `_quarto.yml`.
pub(super) fn quarto(tree: &Tree<'_>) -> Option<Plan> {
    let (_, text) = tree.first(&["_quarto.yml", "_quarto.yaml"])?;
    let settings = Value::from_yaml(&text);
    let mut plan = Plan::new(Layout::Quarto, "");
    if let Some(book) = settings.at("book") {
        plan.meta.take(book);
        plan.cover = book.text("cover-image").and_then(|name| tree.find("", name, ""));
    }
    plan.meta.take(&settings);
    for (key, place) in [("book.chapters", Place::Body), ("book.appendices", Place::Back)] {
        for entry in settings.list(key) {
            chapters(tree, entry, place, 0, &mut plan);
        }
    }
    if plan.items.is_empty() && settings.at("book").is_none() {
        let listed = tree.in_folder("", &[".qmd"], false);
        listed.into_iter().for_each(|path| plan.add(tree, Item::chapter(path)));
    }
    // the index of a book is its preface
    if let Some(Item::Chapter { path, place, .. }) =
        plan.items.first_mut().filter(|_| settings.at("book").is_some())
        && stem(path) == "index"
    {
        *place = Place::Front;
    }
    Some(plan)
}

/// An entry: a file, a part with its chapters, or a list.
fn chapters(tree: &Tree<'_>, entry: &Value, place: Place, depth: usize, plan: &mut Plan) {
    if let Some(name) = entry.as_text() {
        add(tree, name, place, depth, plan);
        return;
    }
    let Some(part) = entry.text("part") else {
        if let Some(name) = entry.text("file").or_else(|| entry.text("href")) {
            add(tree, name, place, depth, plan);
        }
        return;
    };
    match tree.has(part) {
        // a file whose title is that of the part
        true => {
            plan.part_texts.insert(part.to_owned());
            plan.add(tree, Item::chapter(part));
        }
        false => plan.items.push(Item::Part(part.to_owned())),
    }
    for inner in entry.list("chapters") {
        // no settings file has parts in parts
        if depth < 3 {
            chapters(tree, inner, place, depth, plan);
        }
    }
}

fn add(tree: &Tree<'_>, name: &str, place: Place, depth: usize, plan: &mut Plan) {
    if tree.has(name) || super::order::is_markdown(name) {
        plan.add(tree, Item::Chapter { path: name.to_owned(), title: None, depth, place });
    }
}

/// bookdown: `_bookdown.yml`, `index.Rmd`, and the other files by their names.
pub(super) fn bookdown(tree: &Tree<'_>) -> Option<Plan> {
    let text = tree.first(&["_bookdown.yml", "_bookdown.yaml"]).map(|(_, text)| text).unwrap_or_default();
    if text.is_empty() && !tree.has("index.Rmd") {
        return None;
    }
    let settings = Value::from_yaml(&text);
    let mut plan = Plan::new(Layout::Bookdown, "");
    plan.meta.take(&settings);
    let listed = match settings.at("rmd_files") {
        Some(Value::Map(_)) => settings.list("rmd_files.html"),
        _ => settings.list("rmd_files"),
    };
    let mut names: Vec<String> = listed.iter().filter_map(Value::as_text).map(str::to_owned).collect();
    if names.is_empty() {
        names = tree.in_folder("", &[".rmd"], false);
        for folder in settings.list("rmd_subdir").iter().filter_map(Value::as_text) {
            names.extend(tree.in_folder(folder, &[".rmd"], true));
        }
        names.retain(|name| !name.starts_with('_'));
        names.sort_by_key(|name| name != "index.Rmd");
    }
    names
        .into_iter()
        .filter(|name| super::order::is_markdown(name))
        .for_each(|path| plan.add(tree, Item::chapter(path)));
    let front = tree.text("index.Rmd").and_then(|text| Value::of_front_matter(&text));
    if let Some(front) = front {
        plan.meta.take(&front);
        plan.cover = front.text("cover-image").and_then(|name| tree.find("", name, ""));
    }
    if let Some(Item::Chapter { path, place, .. }) = plan.items.first_mut()
        && stem(path) == "index"
    {
        *place = Place::Front;
    }
    Some(plan)
}
