//! Hugo, Zola and Jekyll: texts lie in a folder of content, and each says in its front
//! matter where it stands: a weight, a number, or a date.

use super::order::{Item, Layout, MARKDOWN, Plan};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, folder_of, stem};
use std::collections::BTreeMap;

/// A site: its settings, and a folder of content.
pub(super) fn site(tree: &Tree<'_>) -> Option<Plan> {
    let settings = tree.first(&[
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "config.toml",
        "config.yaml",
        "config.yml",
        "zola.toml",
        "_config.yml",
        "config/_default/config.toml",
        "config/_default/hugo.toml",
        "docusaurus.config.js",
        "docusaurus.config.ts",
    ]);
    let (name, text) = settings?;
    // what a program says of a site is not read
    let is_program = name.ends_with("js") || name.ends_with("ts");
    let settings = Value::from_file(&name, &text).filter(|_| !is_program);
    let roots = roots(tree, settings.as_ref())?;
    let root = if let [root] = roots.as_slice() { root.clone() } else { String::new() };
    let mut plan = Plan::new(Layout::Site, root);
    if let Some(settings) = &settings {
        plan.meta.take(settings);
        if let Some(params) = settings.at("params").or_else(|| settings.at("extra")) {
            plan.meta.take(params);
        }
    }
    let mut ordered: Vec<Placed> = Vec::new();
    for (index, root) in roots.iter().enumerate() {
        let mut names = tree.in_folder(root, &MARKDOWN, true);
        names.retain(|name| !is_translation(name));
        let ranks: BTreeMap<&String, Rank> = names.iter().map(|name| (name, Rank::of(tree, name))).collect();
        for name in names.iter().filter(|name| !ranks[name].draft) {
            let title = ranks[name].title.clone();
            ordered.push((index, order(name, root, &ranks), depth(name, root), name.clone(), title));
        }
    }
    ordered.sort();
    // a lesson of the Carpentries names its texts in the settings
    let listed: Vec<&str> =
        settings.iter().flat_map(|s| s.list("episodes")).filter_map(Value::as_text).collect();
    let place = |path: &str| listed.iter().position(|name| path.ends_with(name)).unwrap_or(usize::MAX);
    ordered.sort_by_key(|(_, _, _, path, _)| place(path));
    for (_, _, depth, path, title) in ordered {
        plan.add(tree, Item::Chapter { path, title, depth, place: super::order::Place::Body });
    }
    Some(plan)
}

/// A text with its place: its folder's, weights and names on the way to it, its depth; its path and its title.
type Placed = (usize, Vec<(i64, String)>, usize, String, Option<String>);

/// The folders of texts, in their order: that of a site's content, or the collections that Jekyll's settings name, and
/// its posts behind them.
fn roots(tree: &Tree<'_>, settings: Option<&Value>) -> Option<Vec<String>> {
    let has = |folder: &str| {
        let inside = format!("{folder}/");
        tree.paths.iter().any(|path| path.starts_with(&inside) && super::order::is_markdown(path))
    };
    let named: Vec<String> = match settings.and_then(|settings| settings.at("collections")) {
        Some(Value::Map(entries)) => entries.iter().map(|(name, _)| format!("_{name}")).collect(),
        Some(Value::List(names)) => names.iter().filter_map(|v| Some(format!("_{}", v.as_text()?))).collect(),
        _ => Vec::new(),
    };
    let mut found: Vec<String> = named.into_iter().filter(|folder| has(folder)).collect();
    if !found.is_empty() {
        if has("_posts") && found.iter().all(|folder| folder != "_posts") {
            found.push("_posts".to_owned());
        }
        return Some(found);
    }
    let known = ["content", "content.en", "_chapters", "_posts", "_docs", "_episodes", "episodes", "docs"];
    let root = known.into_iter().find(|root| has(root))?;
    let english = format!("{root}/en");
    Some(vec![if has(&english) { english } else { root.to_owned() }])
}

/// Whether a name ends in a language, such as `index.fr.md`.
fn is_translation(name: &str) -> bool {
    stem(name).rsplit_once('.').is_some_and(|(_, tag)| tag.len() == 2 && tag != "en")
}

/// Where a text stands among its neighbours.
#[derive(Clone, Debug)]
struct Rank {
    weight: i64,
    date: String,
    title: Option<String>,
    draft: bool,
}

impl Rank {
    fn of(tree: &Tree<'_>, name: &str) -> Rank {
        let text = tree.text(name).unwrap_or_default();
        let front = Value::of_front_matter(&text).or_else(|| {
            let rest = text.trim_start().strip_prefix("+++\n")?;
            Value::from_toml(&rest[..rest.find("\n+++")? + 1])
        });
        let said = |keys: &[&str]| keys.iter().find_map(|key| front.as_ref()?.text(key)).map(str::to_owned);
        let weight = said(&["weight", "order", "nav_order", "sidebar_position", "chapter", "number"]);
        // the name of a post of Jekyll's begins with its date
        let named = stem(name).get(..10).filter(|start| {
            start
                .bytes()
                .enumerate()
                .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() })
        });
        Rank {
            weight: weight.and_then(|weight| weight.parse().ok()).unwrap_or(i64::MAX),
            date: said(&["date"]).or_else(|| named.map(str::to_owned)).unwrap_or_default(),
            title: said(&["title", "linkTitle"]),
            draft: said(&["draft"]).as_deref() == Some("true"),
        }
    }
}

/// The place of a text: that of each folder on the way to it, then its own.
fn order(name: &str, root: &str, ranks: &BTreeMap<&String, Rank>) -> Vec<(i64, String)> {
    let mut places = Vec::new();
    let mut path = root.to_owned();
    let rest = name.strip_prefix(root).unwrap_or(name).trim_start_matches('/');
    let parts: Vec<&str> = rest.split('/').collect();
    for (index, part) in parts.iter().enumerate() {
        path = format!("{path}/{part}");
        let last = index + 1 == parts.len();
        if last && is_index(part) {
            // the index of a folder comes before all else in it
            places.push((i64::MIN, String::new()));
            continue;
        }
        let index_of = ["_index.md", "index.md"].map(|index| format!("{path}/{index}"));
        let rank = if last { ranks.get(&path) } else { index_of.iter().find_map(|index| ranks.get(index)) };
        let (weight, date) = rank.map_or((i64::MAX, String::new()), |rank| (rank.weight, rank.date.clone()));
        places.push((weight, format!("{date} {part}")));
    }
    places
}

fn is_index(name: &str) -> bool {
    matches!(stem(name), "_index" | "index" | "README")
}

/// How deep a text stands: the index of a folder stands over the others in it.
fn depth(name: &str, root: &str) -> usize {
    let folder = folder_of(name).strip_prefix(root).unwrap_or("");
    let folders = folder.split('/').filter(|part| !part.is_empty()).count();
    folders.saturating_sub(usize::from(is_index(name.rsplit('/').next().unwrap_or(name))))
}
