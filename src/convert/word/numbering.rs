//! The lists of a Word file: which have numbers, and from which on.

use super::styles::val;
use crate::convert::element::Element;
use crate::convert::flow::Numbered;
use std::collections::BTreeMap;

/// The first number of each level; none for bullets.
type Levels = BTreeMap<usize, Option<u64>>;

/// Lists by their numbers.
#[derive(Debug, Default)]
pub(super) struct Lists(BTreeMap<String, Levels>);

impl Lists {
    /// From `numbering.xml`.
    pub fn read(tree: &Element) -> Lists {
        let Some(root) = tree.child("w:numbering") else { return Lists::default() };
        let mut kinds: BTreeMap<&str, Levels> = BTreeMap::new();
        for kind in root.elements().filter(|element| element.name == "w:abstractNum") {
            let level = |level: &Element| {
                let start = level.child("w:start").and_then(val).and_then(|n| n.parse().ok()).unwrap_or(1);
                let format = level.child("w:numFmt").and_then(val).unwrap_or("decimal");
                let number = level.get("w:ilvl").and_then(|n| n.parse().ok())?;
                Some((number, (!matches!(format, "bullet" | "none")).then_some(start)))
            };
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
                let level = changed.get("w:ilvl").and_then(|n| n.parse().ok());
                if let (Some(start), Some(level)) = (start, level)
                    && let Some(Some(first)) = levels.get_mut(&level)
                {
                    *first = start;
                }
            }
            lists.insert(id.to_owned(), levels);
        }
        Lists(lists)
    }

    /// The item that a list and a level are; none for the list without marks.
    pub fn item(&self, (list, level): (String, usize)) -> Option<Numbered> {
        let levels = self.0.get(&list).filter(|_| list != "0")?;
        Some(Numbered { start: levels.get(&level).copied().flatten(), list, level })
    }
}
