//! The lists of a Word file: which have numbers, and from which on.

use super::styles::val;
use crate::convert::element::Element;
use crate::convert::flow::Numbered;
use std::collections::BTreeMap;

/// The mark of each level.
type Levels = BTreeMap<usize, Mark>;

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
                    && let Some(Mark::Number(first)) = levels.get_mut(&number)
                {
                    *first = start;
                }
            }
            lists.insert(id.to_owned(), levels);
        }
        Lists(lists)
    }

    /// The item that a list and a level are; none for the list without marks.
    pub(super) fn item(&self, (list, level): (String, usize)) -> Option<Numbered> {
        let levels = self.0.get(&list).filter(|_| list != "0")?;
        let mark = levels.get(&level).copied().unwrap_or(Mark::Bullet);
        let start = if let Mark::Number(start) = mark { Some(start) } else { None };
        Some(Numbered { start, list, level, further: matches!(mark, Mark::Blank) })
    }
}

/// A level with its mark.
fn level(level: &Element) -> Option<(usize, Mark)> {
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
    Some((level.get("w:ilvl").and_then(|n| n.parse().ok())?, mark))
}
