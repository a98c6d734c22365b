//! mdBook, GitBook and HonKit: the order stands in `SUMMARY.md`, as a list of links.

use super::order::{Item, Layout, Place, Plan};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, folder_of, joined};

/// mdBook: `book.toml` with a table `[book]`.
pub(super) fn mdbook(tree: &Tree<'_>) -> Option<Plan> {
    let settings = Value::from_toml(&tree.text("book.toml")?)?;
    settings.at("book")?;
    let root = settings.text("book.src").unwrap_or("src").trim_end_matches('/');
    let root = if root == "." { "" } else { root };
    let summary = tree.text(&joined(root, "SUMMARY.md"))?;
    let mut plan = Plan::new(Layout::MdBook, root);
    plan.meta.take(settings.at("book")?);
    read(tree, &summary, &mut plan);
    Some(plan)
}

/// GitBook and HonKit: `SUMMARY.md`, and what `book.json` or `.gitbook.yaml` says.
pub(super) fn gitbook(tree: &Tree<'_>) -> Option<Plan> {
    let settings = tree.first(&["book.json", ".gitbook.yaml", "book.js"]);
    let settings = settings.and_then(|(name, text)| Value::from_file(&name, &text));
    let text = |key: &str| settings.as_ref().and_then(|settings| settings.text(key)).map(str::to_owned);
    let named = text("root").map(|root| root.trim_start_matches("./").trim_matches('/').to_owned());
    let list = text("structure.summary").unwrap_or_else(|| "SUMMARY.md".to_owned());
    let root = named
        .into_iter()
        .chain(["".to_owned(), "src".to_owned(), "docs".to_owned()])
        .find(|root| tree.has(&joined(root, &list)))?;
    let list = joined(&root, &list);
    let mut plan = Plan::new(Layout::GitBook, folder_of(&list));
    if let Some(settings) = &settings {
        plan.meta.take(settings);
    }
    read(tree, &tree.text(&list)?, &mut plan);
    // both belong to the book though the list may not name them
    let page = |name: &str, place| {
        let path = joined(&plan.root, name);
        (tree.has(&path) && !plan.holds(&path)).then_some(Item::Chapter {
            path,
            title: None,
            depth: 0,
            place,
        })
    };
    let (first, last) = (page("README.md", Place::Front), page("GLOSSARY.md", Place::Back));
    plan.items.splice(0..0, first);
    plan.items.extend(last);
    let cover = ["cover.jpg", "cover.png"].map(|name| joined(&plan.root, name));
    plan.cover = cover.into_iter().find(|name| tree.has(name));
    Some(plan)
}

/// The lines of a summary: links, one to the line, lists in one another, and
/// headings over parts.
fn read(tree: &Tree<'_>, summary: &str, plan: &mut Plan) {
    let (mut indents, mut listed): (Vec<usize>, bool) = (Vec::new(), false);
    for line in summary.lines() {
        let words = line.trim_start();
        let indent: usize =
            line[..line.len() - words.len()].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        if let Some(title) = words.strip_prefix('#') {
            let title = title.trim_matches(['#', ' ']);
            // the first heading is that of the list itself
            let own = ["summary", "table of contents", "contents"].contains(&title.to_lowercase().as_str());
            if !title.is_empty() && !own && (listed || !plan.items.is_empty() || line.starts_with("# ")) {
                plan.items.push(Item::Part(plain(title)));
            }
            continue;
        }
        let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = || number.strip_prefix(['.', ')']).filter(|_| number.len() < words.len());
        let item = words.strip_prefix(['-', '*', '+']).or_else(numbered).map(str::trim_start);
        let Some((title, path)) = link(item.unwrap_or(words)) else { continue };
        let depth = match item {
            Some(_) => {
                listed = true;
                while indents.last().is_some_and(|last| *last >= indent) {
                    indents.pop();
                }
                indents.push(indent);
                indents.len() - 1
            }
            None => 0,
        };
        let place = match (item, listed) {
            (Some(_), _) => Place::Body,
            (None, false) => Place::Front,
            (None, true) => Place::Back,
        };
        add(tree, plan, (plain(&title), path), depth, place);
    }
    drop_part_over_everything(plan);
}

/// A title before all chapters is that of the book and not of a part, when no other part follows.
fn drop_part_over_everything(plan: &mut Plan) {
    let parts = plan.items.iter().filter(|item| matches!(item, Item::Part(_))).count();
    if let Some(Item::Part(title)) = plan.items.first().filter(|_| parts == 1).cloned() {
        plan.items.remove(0);
        plan.meta.title.get_or_insert(title);
    }
}

fn add(tree: &Tree<'_>, plan: &mut Plan, (title, path): (String, String), depth: usize, place: Place) {
    let file = path.split('#').next().unwrap_or("");
    if file.is_empty() || file.contains("://") {
        return;
    }
    let Some(path) = crate::sources::path("", &joined(&plan.root, &crate::sources::decode(file))) else {
        return;
    };
    plan.add(tree, Item::Chapter { path, title: Some(title), depth, place });
}

/// The words and the address of the link that a line holds.
fn link(line: &str) -> Option<(String, String)> {
    let line = line.strip_prefix('[')?;
    let close = line.find("](")?;
    let rest = &line[close + 2..];
    let end = rest.rfind(')')?;
    let address = rest[..end].trim().trim_start_matches('<').trim_end_matches('>');
    let address = address.split(" \"").next().unwrap_or(address).trim();
    Some((line[..close].to_owned(), address.trim_start_matches("./").to_owned()))
}

/// Words without the marks of emphasis and code.
fn plain(words: &str) -> String {
    words.replace(['`', '*'], "").replace('\\', "").trim().to_owned()
}
