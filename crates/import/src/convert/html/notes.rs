//! Notes of HTML: which links call a note, and which element is its text.
//!
//! A link calls a note when it says so (`epub:type`, a role, a class), or when it looks
//! like a call (a number or a star) and the place that it leads to links back to it.
//! An element is the text of at most one note: where two calls with different targets
//! lead into the same element, that element is a list of notes in a shape that is not
//! known, and all of it stays as it is.

use super::styles::{is_a, types};
use super::tokens::is_block;
use crate::convert::element::Element;
use std::collections::{BTreeMap, BTreeSet};

/// Which element: its address, as long as the tree stands.
pub(super) type Key = usize;

/// The key of an element.
pub(super) fn key(element: &Element) -> Key {
    std::ptr::from_ref(element) as usize
}

/// A place: a document and an id in it.
pub(in crate::convert) type Spot = (usize, String);

/// What is known of the notes of all documents.
#[derive(Debug, Default)]
pub(super) struct Notes<'t> {
    /// The note that a link calls, by the link.
    pub calls: BTreeMap<Key, usize>,
    /// The texts of the notes, with their document.
    pub texts: Vec<(usize, &'t Element)>,
    /// The elements of those texts.
    pub elements: BTreeSet<Key>,
    /// Links in the texts that lead back.
    pub back: BTreeSet<Key>,
}

/// A link of a document, with the ids that stand at it.
struct Link<'t> {
    element: &'t Element,
    from: usize,
    to: Spot,
    ids: Vec<String>,
    /// Whether its words are raised.
    raised: bool,
}

/// What is gathered on one way through the documents.
#[derive(Default)]
struct Gathered<'t> {
    links: Vec<Link<'t>>,
    /// The block around each place.
    blocks: BTreeMap<Spot, &'t Element>,
}

/// Finds the notes of documents. `resolve` turns a link of a document into a place.
pub(super) fn find<'t>(
    documents: &[&'t Element],
    resolve: &dyn Fn(usize, &str) -> Option<Spot>,
) -> Notes<'t> {
    let mut gathered = Gathered::default();
    for (index, document) in documents.iter().enumerate() {
        let mut around =
            Around { document: index, block: document, note: None, ids: Vec::new(), raised: false, resolve };
        gather(document, &mut around, &mut gathered);
    }
    let mut inside: BTreeMap<Key, Inside> = BTreeMap::new();
    let mut targets: BTreeMap<Key, BTreeSet<&Spot>> = BTreeMap::new();
    let mut calls = Vec::new();
    // a link that leads back looks like a call; the first of the two in the text is the call
    let mut leads_back: BTreeSet<Key> = BTreeSet::new();
    for link in gathered.links.iter() {
        if leads_back.contains(&key(link.element)) {
            continue;
        }
        let Some(block) = gathered.blocks.get(&link.to).copied() else { continue };
        let says_so =
            is_a(link.element, &["noteref", "footnote-ref", "footnoteref", "fnanchor", "footnote-anchor"]);
        let words = link.element.words();
        let counts = is_call(&words) || link.raised && is_letters(&words);
        if !says_so && !counts {
            continue;
        }
        let inside = inside.entry(key(block)).or_insert_with(|| Inside::of(block, link.to.0, resolve));
        let back = link.ids.iter().find_map(|id| inside.back.get(&(link.from, id.clone()))).copied();
        if (says_so || back.is_some()) && !inside.links.contains(&key(link.element)) {
            targets.entry(key(block)).or_default().insert(&link.to);
            leads_back.extend(back);
            calls.push((link, block, back));
        }
    }
    let mut notes = Notes::default();
    let mut numbers: BTreeMap<Key, usize> = BTreeMap::new();
    for (link, block, back) in calls {
        let mut around_itself = Vec::new();
        link.element.all(&|element| key(element) == key(block), &mut around_itself);
        if !around_itself.is_empty() || targets.get(&key(block)).is_none_or(|spots| spots.len() != 1) {
            continue;
        }
        let number = *numbers.entry(key(block)).or_insert_with(|| {
            notes.texts.push((link.to.0, block));
            notes.elements.insert(key(block));
            notes.texts.len() - 1
        });
        notes.calls.insert(key(link.element), number);
        notes.back.extend(back);
    }
    notes
}

/// The links in an element, looked through once for all that lead to it.
struct Inside {
    links: BTreeSet<Key>,
    /// The link that leads to a place.
    back: BTreeMap<Spot, Key>,
}

impl Inside {
    fn of(block: &Element, document: usize, resolve: &dyn Fn(usize, &str) -> Option<Spot>) -> Inside {
        let mut found = Vec::new();
        block.all(&|element| element.name == "a", &mut found);
        let links = found.iter().map(|link| key(link)).collect();
        let spot = |link: &&Element| Some((resolve(document, link.get("href")?)?, key(link)));
        Inside { links, back: found.iter().filter_map(spot).collect() }
    }
}

/// An anchor stands beside its call: so many of those before it in its block are looked at. All
/// of them would be the square of what a block holds.
const NEAR: usize = 16;

/// What stands around an element on the way down.
struct Around<'t, 'r> {
    document: usize,
    block: &'t Element,
    note: Option<&'t Element>,
    ids: Vec<String>,
    raised: bool,
    resolve: &'r dyn Fn(usize, &str) -> Option<Spot>,
}

fn gather<'t>(element: &'t Element, around: &mut Around<'t, '_>, out: &mut Gathered<'t>) {
    for child in element.elements() {
        let is_block = is_block(&child.name) && child.name != "br";
        let (block, note, raised) = (around.block, around.note, around.raised);
        around.raised |= child.name == "sup";
        let ids = is_block.then(|| std::mem::take(&mut around.ids));
        if is_block {
            around.block = child;
        }
        if is_note(child) {
            around.note = Some(child);
        }
        let own = [child.get("id"), child.get("name").filter(|_| child.name == "a")];
        for id in own.into_iter().flatten() {
            around.ids.push(id.to_owned());
            let spot = (around.document, id.to_owned());
            out.blocks.entry(spot).or_insert(around.note.unwrap_or(around.block));
        }
        if child.name == "a"
            && let Some(to) = child.get("href").and_then(|href| (around.resolve)(around.document, href))
        {
            let mut ids = around.ids[around.ids.len().saturating_sub(NEAR)..].to_vec();
            let inside = child.elements().filter_map(|inner| inner.get("id"));
            ids.extend(inside.take(NEAR).map(str::to_owned));
            let raised = around.raised || child.child("sup").is_some();
            out.links.push(Link { element: child, from: around.document, to, ids, raised });
        }
        gather(child, around, out);
        (around.block, around.note, around.raised) = (block, note, raised);
        // within a block ids stay: an anchor may stand beside its call
        if let Some(ids) = ids {
            around.ids = ids;
        }
    }
}

/// Whether an element says that it is the text of one note.
fn is_note(element: &Element) -> bool {
    let says_so = types(element).any(|word| matches!(word, "footnote" | "endnote" | "rearnote" | "note"));
    says_so && element.name != "a" || element.name == "div" && is_a(element, &["footnote"])
}

/// Whether words are letters that count, `b` or `xiv`, which call a note where they are raised.
fn is_letters(words: &str) -> bool {
    let bare = words.trim();
    bare.len() <= 5 && !bare.is_empty() && bare.bytes().all(|letter| letter.is_ascii_alphabetic())
}

/// Whether words look like the call of a note: `3`, `[12]`, `(a)`, `*`, `†`.
pub(super) fn is_call(words: &str) -> bool {
    let bare = words.trim().trim_matches(['[', ']', '(', ')', '{', '}', '.', ' ']);
    let number = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit());
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_lowercase()) && words.trim().len() > 1;
    let sign = !words.trim().is_empty()
        && words.trim().chars().all(|c| "*†‡§¶‖".contains(c))
        && words.trim().chars().count() < 5;
    let named = bare
        .strip_prefix("Footnote ")
        .or(bare.strip_prefix("Note "))
        .is_some_and(|n| n.parse::<u32>().is_ok());
    number || letter || sign || named
}
