//! The lists of a Word file: which have numbers, and from which on.

use super::styles::val;
use crate::convert::element::Element;
use crate::convert::flow::Numbered;
use crate::convert::numbers::written;
use std::collections::BTreeMap;

/// The mark of each level.
type Levels = BTreeMap<usize, Level>;

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    mark: Mark,
    /// How its numbers are written: `decimal`, `upperRoman`.
    format: String,
    /// What stands before an item, with its number as `%1`.
    text: String,
}

/// What stands before an item.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Bullet,
    /// The first number.
    Number(u64),
    /// Nothing: the paragraph goes on with the item before.
    Blank,
}

/// Lists by their numbers.
#[derive(Debug, Default)]
pub(super) struct Lists(BTreeMap<String, Levels>);

impl Lists {
    /// From `numbering.xml`.
    pub(super) fn read(tree: &Element) -> Lists {
        let Some(root) = tree.child("w:numbering") else { return Lists::default() };
        let mut kinds: BTreeMap<&str, Levels> = BTreeMap::new();
        for kind in root.elements().filter(|element| element.name == "w:abstractNum") {
            let levels = kind.elements().filter(|e| e.name == "w:lvl").filter_map(level).collect();
            kinds.insert(kind.get("w:abstractNumId").unwrap_or(""), levels);
        }
        let mut lists = BTreeMap::new();
        for list in root.elements().filter(|element| element.name == "w:num") {
            let Some(id) = list.get("w:numId") else { continue };
            let mut levels = list
                .child("w:abstractNumId")
                .and_then(val)
                .and_then(|kind| kinds.get(kind))
                .cloned()
                .unwrap_or_default();
            for changed in list.elements().filter(|element| element.name == "w:lvlOverride") {
                let start = changed.child("w:startOverride").and_then(val).and_then(|n| n.parse().ok());
                let number = changed.get("w:ilvl").and_then(|n| n.parse().ok());
                levels.extend(changed.child("w:lvl").and_then(level));
                if let (Some(start), Some(number)) = (start, number)
                    && let Some(Level { mark: Mark::Number(first), .. }) = levels.get_mut(&number)
                {
                    *first = start;
                }
            }
            lists.insert(id.to_owned(), levels);
        }
        Lists(lists)
    }

    /// The item that a list and a level are; none for the list without marks. One whose style says so stands deeper than
    /// the first level of its list.
    pub(super) fn item(&self, (list, level): (String, usize), deeper: usize) -> Option<Numbered> {
        let levels = self.0.get(&list).filter(|_| list != "0")?;
        let mark = levels.get(&level).map_or(Mark::Bullet, |level| level.mark);
        let start = if let Mark::Number(start) = mark { Some(start) } else { None };
        let level = if level == 0 { deeper } else { level };
        Some(Numbered { start, list, level, further: matches!(mark, Mark::Blank) })
    }
}

/// How far the numbers of headings have counted.
#[derive(Debug, Default)]
pub(super) struct Headings(BTreeMap<String, BTreeMap<usize, u64>>);

impl Headings {
    /// What stands before the next heading of a list and a level; none where that is no number.
    pub(super) fn next(&mut self, lists: &Lists, list: &str, level: usize) -> Option<String> {
        let levels = lists.0.get(list).filter(|_| list != "0")?;
        let Mark::Number(first) = levels.get(&level)?.mark else { return None };
        let counted = self.0.entry(list.to_owned()).or_default();
        counted.retain(|known, _| *known <= level);
        counted.entry(level).and_modify(|count| *count = count.saturating_add(1)).or_insert(first);
        let mut label = levels.get(&level)?.text.clone();
        for (known, number) in counted {
            let format = levels.get(known).map_or("decimal", |level| level.format.as_str());
            label = label.replace(&format!("%{}", known + 1), &written(*number, format));
        }
        Some(label.trim().trim_end_matches(['.', ':', ')']).to_owned()).filter(|label| !label.is_empty())
    }
}

/// A level with its mark.
fn level(level: &Element) -> Option<(usize, Level)> {
    let start = level.child("w:start").and_then(val).and_then(|n| n.parse().ok()).unwrap_or(1);
    let format = level.child("w:numFmt").and_then(val).unwrap_or("decimal");
    let text = level.child("w:lvlText").and_then(val);
    let is_blank =
        text.is_some_and(|text| text.trim().is_empty()) && level.child("w:lvlPicBulletId").is_none();
    let mark = match format {
        "none" => Mark::Blank,
        _ if is_blank => Mark::Blank,
        "bullet" => Mark::Bullet,
        _ => Mark::Number(start),
    };
    let number = level.get("w:ilvl").and_then(|n| n.parse().ok())?;
    Some((number, Level { mark, format: format.to_owned(), text: text.unwrap_or("").to_owned() }))
}
