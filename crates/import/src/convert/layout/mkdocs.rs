//! MkDocs: the order stands in `mkdocs.yml`, as lists within lists; without one it is that of the names.

use super::order::{Item, Layout, MARKDOWN, Place, Plan, is_markdown};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, joined, stem};

/// Lists within lists are followed so far.
const DEEPEST: usize = 5;

/// A folder with `mkdocs.yml`.
pub(super) fn mkdocs(tree: &Tree<'_>) -> Option<Plan> {
    let (_, text) = tree.first(&["mkdocs.yml", "mkdocs.yaml"])?;
    let settings = Value::from_yaml(&text);
    let root = settings.text("docs_dir").unwrap_or("docs").trim_end_matches('/').to_owned();
    let mut plan = Plan::new(Layout::MkDocs, root.clone());
    let named =
        |key: &str, said: &str| (key.to_owned(), Value::Text(settings.text(said).unwrap_or("").to_owned()));
    plan.meta.take(&Value::Map(vec![
        named("title", "site_name"),
        named("author", "site_author"),
        named("description", "site_description"),
        named("rights", "copyright"),
        named("lang", "theme.language"),
    ]));
    for entry in settings.list("nav") {
        add(tree, entry, 0, &mut plan);
    }
    if plan.items.is_empty() {
        let mut names = tree.in_folder(&root, &MARKDOWN, true);
        names.sort_by_key(|name| *name != joined(&root, "index.md"));
        names.into_iter().for_each(|path| plan.add(tree, Item::chapter(path)));
    }
    Some(plan)
}

/// An entry: a file, a file with its title, or a title over entries.
fn add(tree: &Tree<'_>, entry: &Value, depth: usize, plan: &mut Plan) {
    match entry {
        Value::Text(name) => chapter(tree, name, None, depth, plan),
        Value::Map(entries) => {
            for (title, value) in entries {
                match value {
                    Value::Text(name) => chapter(tree, name, Some(title.clone()), depth, plan),
                    _ if depth < DEEPEST => section(tree, title, value, depth, plan),
                    _ => {}
                }
            }
        }
        Value::List(_) => {}
    }
}

/// A title over entries: a part at the first rank; its page, where it has one, heads those below.
fn section(tree: &Tree<'_>, title: &str, value: &Value, depth: usize, plan: &mut Plan) {
    let Value::List(entries) = value else { return };
    if depth == 0 {
        plan.items.push(Item::Part(title.to_owned()));
    }
    let heads = |entry: &Value| entry.as_text().is_some_and(|name| stem(name) == "index");
    for entry in entries {
        add(tree, entry, if depth == 0 || heads(entry) { depth } else { depth + 1 }, plan);
    }
}

fn chapter(tree: &Tree<'_>, name: &str, title: Option<String>, depth: usize, plan: &mut Plan) {
    let name = name.trim();
    if is_markdown(name) && !name.contains("://") {
        let path = joined(&plan.root, name.trim_start_matches("./"));
        let depth = depth.saturating_sub(1);
        plan.add(tree, Item::Chapter { path, title, depth, place: Place::Body });
    }
}
