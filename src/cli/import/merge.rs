//! A file that an editor works in, and its next version: what the import says is
//! brought up to date where it stands; comments, order and the editor's own keys
//! stay.
//!
//! Both versions are lists of tables. A table of the new version that the old one
//! has (by its id, its page or its passage) is laid on it, value by value; one
//! that is new goes behind the table that it follows in the new version; one that
//! is gone goes, unless the editor has put a hand to it.

use std::collections::BTreeMap;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError};

/// Keys that the import writes: one of these that a new version does not have is
/// out of date. Any other is the editor's.
const OURS: [&str; 15] = [
    "id",
    "rule",
    "line",
    "words",
    "verdict",
    "instead",
    "confidence",
    "evidence",
    "number",
    "certain",
    "next-line",
    "runner-up",
    "nth",
    "was",
    "reason",
];
/// Keys whose value is the editor's word, once it is there.
const EDITORS: [&str; 3] = ["editor", "approved", "now"];
/// How the headings between our tables begin.
const HEADING: &str = "# ----";
/// The table of what was written; see [`super::place`].
pub(super) const WRITTEN: &str = "written";
/// The table of what was imported; see [`super::place`].
pub(super) const SOURCE: &str = "source";

/// The `old` file with what the `new` one says.
///
/// # Errors
/// When the old one is not TOML.
pub(super) fn merge(old: &str, new: &str) -> Result<String, TomlError> {
    let (head, body) = old.split_at(head(old));
    let mut document: DocumentMut = body.parse()?;
    let new: DocumentMut = new[self::head(new)..].parse()?;
    let olds = take_tables(&mut document);
    let news = take_tables(&mut new.clone());
    put_back(&mut document, merged(olds, &news));
    Ok(format!("{head}{document}"))
}

/// How long the comment is that a file begins with.
fn head(text: &str) -> usize {
    text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum()
}

/// A table with the key that it stands under.
struct Entry {
    kind: String,
    /// Whether it is one of several, `[[kind]]`.
    is_listed: bool,
    table: Table,
}

impl Entry {
    /// What tells it from the others.
    fn identity(&self) -> String {
        let of = |keys: &[&str]| -> Option<String> {
            let values = keys.iter().map(|key| Some(plain(self.table.get(key)?))).collect::<Option<Vec<_>>>();
            values.map(|values| format!("{} {}", self.kind, values.join(" ")))
        };
        if !self.is_listed {
            return self.kind.clone();
        }
        let passage = || {
            of(&["line", "was"]).map(|it| format!("{it} {}", self.table.get("nth").map_or("1".into(), plain)))
        };
        of(&["id"]).or_else(|| of(&["number"])).or_else(passage).unwrap_or_default()
    }

    /// Whether the editor has put a hand to it: a word, a key or a comment.
    fn is_edited(&self) -> bool {
        let prefix = self.table.decor().prefix().and_then(|it| it.as_str()).unwrap_or_default();
        let comment =
            |text: &str| text.lines().any(|line| line.starts_with('#') && !line.starts_with(HEADING));
        let own = |(key, _): (&str, &Item)| !OURS.contains(&key) && !["approved", "now"].contains(&key);
        let approved = self.table.get("approved").and_then(Item::as_bool) == Some(true);
        self.kind == WRITTEN
            || self.kind == SOURCE
            || approved
            || comment(prefix)
            || self.table.iter().any(own)
            || self.has_comments()
    }

    /// Whether a comment stands among its keys: ours have none, but `[map]`.
    fn has_comments(&self) -> bool {
        self.is_listed && self.table.to_string().lines().any(|line| line.contains('#') && !line.contains('"'))
    }
}

/// A value without the space and comments around it.
fn plain(item: &Item) -> String {
    item.as_value().map_or_else(String::new, |value| value.clone().decorated("", "").to_string())
}

/// Takes the tables out of a document, in the order of the file.
fn take_tables(document: &mut DocumentMut) -> Vec<Entry> {
    let kinds: Vec<String> =
        document.iter().filter(|(_, item)| !item.is_value()).map(|(key, _)| key.to_owned()).collect();
    let mut entries = Vec::new();
    for kind in kinds {
        match document.remove(&kind) {
            Some(Item::Table(table)) => entries.push(Entry { kind, is_listed: false, table }),
            Some(Item::ArrayOfTables(list)) => {
                entries.extend(list.into_iter().map(|table| Entry {
                    kind: kind.clone(),
                    is_listed: true,
                    table,
                }));
            }
            _ => {}
        }
    }
    entries.sort_by_key(|entry| entry.table.position());
    entries
}

/// Lays the new tables on the old ones.
fn merged(olds: Vec<Entry>, news: &[Entry]) -> Vec<Entry> {
    let headings: Vec<&str> = news
        .iter()
        .flat_map(|entry| lines_of_prefix(&entry.table))
        .filter(|line| line.starts_with(HEADING))
        .collect();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (index, old) in olds.iter().enumerate() {
        places.entry(old.identity()).or_insert(index);
    }
    let mut matched = vec![false; olds.len()];
    let mut olds: Vec<Option<Entry>> = olds.into_iter().map(Some).collect();
    // the old tables keep their places 1, 2, 3 …; new ones go behind such a place
    let mut ordered: Vec<((usize, usize), Entry)> = Vec::new();
    let mut place = (0, 0);
    for (order, new) in news.iter().enumerate() {
        let identity = new.identity();
        let old = places.get(&identity).filter(|_| !identity.is_empty()).copied();
        match old.and_then(|index| olds[index].take().map(|old| (index, old))) {
            Some((index, mut old)) => {
                matched[index] = true;
                lay(&new.table, &mut old.table);
                place = (index + 1, 0);
                ordered.push((place, old));
            }
            None => {
                place = (place.0, order + 1);
                ordered.push((place, fresh(new)));
            }
        }
    }
    let left = olds.into_iter().enumerate().filter_map(|(index, old)| Some(((index + 1, 0), old?)));
    ordered.extend(left.filter(|(_, old)| old.is_edited()));
    ordered.sort_by_key(|(place, _)| *place);
    let mut entries: Vec<Entry> = ordered.into_iter().map(|(_, entry)| entry).collect();
    entries.iter_mut().for_each(|entry| renew_headings(&mut entry.table, &headings));
    entries
}

/// A new table, as it is put among old ones.
fn fresh(new: &Entry) -> Entry {
    let mut table = new.table.clone();
    let kept: Vec<String> = lines_of_prefix(&new.table)
        .filter(|line| !line.starts_with(HEADING) && !line.is_empty())
        .map(str::to_owned)
        .collect();
    table
        .decor_mut()
        .set_prefix(format!("\n{}", kept.iter().map(|line| format!("{line}\n")).collect::<String>()));
    Entry { kind: new.kind.clone(), is_listed: new.is_listed, table }
}

fn lines_of_prefix(table: &Table) -> impl Iterator<Item = &str> {
    table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().lines()
}

/// Puts the figures of the new version into the headings of the old one.
fn renew_headings(table: &mut Table, headings: &[&str]) {
    let kind = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let renewed = |line: &str| {
        if !line.starts_with(HEADING) {
            return Some(line.to_owned());
        }
        headings.iter().find(|heading| kind(heading) == kind(line)).map(|heading| (*heading).to_owned())
    };
    if lines_of_prefix(table).any(|line| line.starts_with(HEADING)) {
        let lines: String = lines_of_prefix(table).filter_map(renewed).map(|line| line + "\n").collect();
        table.decor_mut().set_prefix(lines);
    }
}

/// Brings an old table up to date.
fn lay(new: &Table, old: &mut Table) {
    let gone: Vec<String> = old
        .iter()
        .map(|(key, _)| key.to_owned())
        .filter(|key| OURS.contains(&key.as_str()) && !new.contains_key(key))
        .collect();
    gone.iter().for_each(|key| drop(old.remove(key)));
    for (key, item) in new {
        match (old.get_mut(key), item.as_value()) {
            (Some(Item::Value(value)), Some(wanted)) => {
                if !EDITORS.contains(&key) && value.clone().decorated("", "").to_string() != plain(item) {
                    let decor = value.decor().clone();
                    *value = wanted.clone();
                    *value.decor_mut() = decor;
                }
            }
            _ => drop(old.insert(key, item.clone())),
        }
    }
}

/// Puts tables into a document, in that order.
fn put_back(document: &mut DocumentMut, entries: Vec<Entry>) {
    let mut position = 0;
    for Entry { kind, is_listed, mut table } in entries {
        number(&mut table, &mut position);
        if !is_listed {
            document.insert(&kind, Item::Table(table));
        } else if let Some(list) = document
            .entry(&kind)
            .or_insert(Item::ArrayOfTables(ArrayOfTables::new()))
            .as_array_of_tables_mut()
        {
            list.push(table);
        }
    }
}

/// Numbers a table and those in it, as files have them.
fn number(table: &mut Table, position: &mut isize) {
    *position += 1;
    table.set_position(Some(*position));
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => number(table, position),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(|table| number(table, position)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merge;

    const OLD: &str = "\
# The head.

[map]
lines = 30.0        # lines that a page holds

# ---- To review: 2 below 85 % ----

# I must ask about this one.
[[decision]]
id = \"quote-2\"
line = 9  # in the scan: page 12
verdict = \"quote\"
editor = \"paragraph\"
seen-by = \"M.\"

[[decision]]
id = \"quote-1\"
line = 3
verdict = \"quote\"

[[decision]]
id = \"gone-1\"
line = 20
verdict = \"quote\"

[[decision]]
id = \"gone-2\"
line = 21
verdict = \"quote\"
editor = \"quote\"

# The end.
";

    const NEW: &str = "\
# The head.

[map]
lines = 31.0        # lines that a page holds

# ---- To review: 1 below 85 % ----

[[decision]]
id = \"quote-1\"
line = 4
verdict = \"list\"

[[decision]]
id = \"new-1\"
line = 5
verdict = \"quote\"

[[decision]]
id = \"quote-2\"
line = 10
verdict = \"quote\"
editor = \"paragraph\"
";

    const MERGED: &str = "\
# The head.

[map]
lines = 31.0        # lines that a page holds

# ---- To review: 1 below 85 % ----

# I must ask about this one.
[[decision]]
id = \"quote-2\"
line = 10  # in the scan: page 12
verdict = \"quote\"
editor = \"paragraph\"
seen-by = \"M.\"

[[decision]]
id = \"quote-1\"
line = 4
verdict = \"list\"

[[decision]]
id = \"new-1\"
line = 5
verdict = \"quote\"

[[decision]]
id = \"gone-2\"
line = 21
verdict = \"quote\"
editor = \"quote\"

# The end.
";

    #[test]
    fn comments_order_and_the_editors_keys_stay() {
        assert_eq!(merge(OLD, NEW).unwrap(), MERGED);
        assert_eq!(merge(MERGED, NEW).unwrap(), MERGED, "the second time nothing changes");
        assert_eq!(
            merge("", NEW).unwrap().trim(),
            NEW.split_once("\n\n").unwrap().1.replace("# ---- To review: 1 below 85 % ----\n\n", "").trim()
        );
        assert!(merge("[[decision]\n", NEW).is_err());
    }

    #[test]
    fn own_corrections_are_known_by_their_passage() {
        let old = "[[correction]]\n# mine\nline = 3\nwas = \"teh\"\nnow = \"the\"\napproved = true\n";
        let new = "[[correction]]\nline = 3\nwas = \"teh\"\nnow = \"the\"\napproved = true\n";
        assert_eq!(merge(old, new).unwrap(), old);
    }
}
