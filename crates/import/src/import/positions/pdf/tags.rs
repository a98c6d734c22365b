//! The tree of tags: which marked content is a heading, a note, a passage
//! (ISO 32000-1 §14.7, §14.8).

use super::super::Tag;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// How deep the tree is followed.
const DEEPEST: usize = 100;
/// How many elements are read.
const MOST: usize = 2_000_000;

/// What is known of a marked content.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    pub tag: Option<Tag>,
    /// The passage, one for all its parts.
    pub block: usize,
    /// The cell of a row.
    pub cell: usize,
    /// Whether it calls a note.
    pub call: bool,
    /// Whether it is emphasised.
    pub slanted: bool,
    /// Whether it stands in running text, where code is a word or two and no listing.
    pub running: bool,
    /// The code within a line that it is part of, counted from 1.
    pub code: usize,
    /// Whether it is the mark of an item or a note.
    pub label: bool,
    /// Whether it stands in a list of contents, where references call no notes.
    pub contents: bool,
    /// Whether it stands in a list of terms, whose labels are passages of their own.
    pub terms: bool,
}

/// All marked contents of the file: page and number.
#[derive(Default)]
pub(super) struct Tags(BTreeMap<(ObjectId, i64), Known>);

impl Tags {
    /// Reads the tree.
    pub(super) fn of(file: &Document) -> Tags {
        let mut reader =
            Reader { file, found: BTreeMap::new(), blocks: 0, begun: 0, seen: BTreeSet::new(), left: MOST };
        let root =
            file.catalog().and_then(|c| c.get_deref(b"StructTreeRoot", file)).and_then(Object::as_dict);
        if let Ok(root) = root {
            let roles = root.get_deref(b"RoleMap", file).and_then(Object::as_dict).ok();
            let kids = root.get(b"K").ok();
            reader.kids(kids, Known::default(), None, roles, 0);
        }
        Tags(reader.found)
    }

    /// Whether the file has no tags.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the tree says of a marked content.
    pub(super) fn known(&self, page: ObjectId, mark: i64) -> Option<Known> {
        self.0.get(&(page, mark)).copied()
    }
}

struct Reader<'f> {
    file: &'f Document,
    found: BTreeMap<(ObjectId, i64), Known>,
    blocks: usize,
    /// The last note or item of which a passage was met.
    begun: usize,
    seen: BTreeSet<ObjectId>,
    left: usize,
}

impl<'f> Reader<'f> {
    fn kids(
        &mut self,
        kids: Option<&'f Object>,
        known: Known,
        page: Option<ObjectId>,
        roles: Option<&'f Dictionary>,
        depth: usize,
    ) {
        let Some(kids) = kids.filter(|_| depth < DEEPEST && self.left > 0) else { return };
        self.left -= 1;
        if let Ok(number) = kids.as_i64() {
            self.found.extend(page.map(|page| ((page, number), known)));
            return;
        }
        if let Ok(id) = kids.as_reference()
            && !self.seen.insert(id)
        {
            return;
        }
        let Ok((_, object)) = self.file.dereference(kids) else { return };
        match object {
            Object::Array(all) => {
                for kid in all {
                    self.kids(Some(kid), known, page, roles, depth + 1);
                }
            }
            Object::Dictionary(element) => self.element(element, known, page, roles, depth),
            _ => {}
        }
    }

    fn element(
        &mut self,
        element: &'f Dictionary,
        mut known: Known,
        page: Option<ObjectId>,
        roles: Option<&'f Dictionary>,
        depth: usize,
    ) {
        let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
        if let Ok(number) = element.get(b"MCID").and_then(Object::as_i64) {
            self.found.extend(page.map(|page| ((page, number), known)));
            return;
        }
        let name = element.get(b"S").and_then(Object::as_name).unwrap_or(b"");
        let mapped = roles.and_then(|r| r.get(name).ok()?.as_name().ok()).unwrap_or(name);
        known.slanted |= name == b"Em";
        if mapped == b"L" {
            known.terms = self.lists_terms(element);
        }
        self.enter(&String::from_utf8_lossy(mapped), &mut known);
        self.kids(element.get(b"K").ok(), known, page, roles, depth + 1);
    }

    /// Whether the attributes of a list say that its labels are no marks: `/A << /O /List /ListNumbering /None >>`.
    fn lists_terms(&self, list: &Dictionary) -> bool {
        let none = |attributes: &Object| {
            let attributes = self.file.dereference(attributes).ok().and_then(|(_, a)| a.as_dict().ok());
            attributes.and_then(|a| a.get(b"ListNumbering").and_then(Object::as_name).ok()) == Some(b"None")
        };
        match list.get_deref(b"A", self.file) {
            Ok(Object::Array(all)) => all.iter().any(none),
            Ok(attributes) => none(attributes),
            Err(_) => false,
        }
    }

    /// What an element says of all that stands in it.
    fn enter(&mut self, name: &str, known: &mut Known) {
        let inside = known.tag;
        let running = known.running;
        known.running |= is_running(name);
        let mut begin = |known: &mut Known, tag: Tag| {
            self.blocks += 1;
            (known.tag, known.block) = (Some(tag), self.blocks);
        };
        match name {
            "H" | "Title" => begin(known, Tag::Heading(1)),
            _ if name.len() == 2 && name.starts_with('H') && name.as_bytes()[1].is_ascii_digit() => {
                begin(known, Tag::Heading(name.as_bytes()[1] - b'0'));
            }
            "Note" | "FENote" => begin(known, Tag::Note),
            "Code" if running => {
                self.blocks += 1;
                known.code = self.blocks;
            }
            // what a note holds is the note's; its first passage stands beside its mark
            _ if inside == Some(Tag::Note) && PASSAGES.contains(&name) => {
                if self.begun == known.block {
                    begin(known, Tag::Note);
                } else {
                    self.begun = known.block;
                }
            }
            "BlockQuote" => begin(known, Tag::Quote),
            "Code" => begin(known, Tag::Code),
            "LI" if known.terms => known.tag = None,
            "Lbl" if known.terms => begin(known, Tag::Paragraph),
            "LI" => begin(known, Tag::Item),
            "TR" => begin(known, Tag::Row),
            "TD" | "TH" => known.cell += 1 + self.found.len(),
            "Caption" => begin(known, Tag::Caption),
            "TOCI" => {
                begin(known, Tag::Paragraph);
                known.contents = true;
            }
            "P" if known.contents => {}
            "P" => match inside {
                None | Some(Tag::Paragraph) => begin(known, Tag::Paragraph),
                Some(Tag::Quote) => begin(known, Tag::Quote),
                // the first passage of an item stands beside its mark
                Some(Tag::Item) if self.begun != known.block => self.begun = known.block,
                Some(Tag::Item) => begin(known, Tag::Item),
                _ => {}
            },
            "Lbl" => known.label = true,
            "Reference" => known.call = inside.is_some() && !known.contents,
            _ => {}
        }
    }
}

/// What is a passage of its own.
const PASSAGES: [&str; 5] = ["P", "BlockQuote", "LI", "TR", "Code"];

/// Whether words stand in an element as they run on.
fn is_running(name: &str) -> bool {
    let heading = name.starts_with('H') && name.len() <= 2;
    heading || matches!(name, "P" | "Title" | "TD" | "TH" | "Caption" | "TOCI" | "Lbl")
}
