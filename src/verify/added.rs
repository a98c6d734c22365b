//! What the tool says on pages among the author's words: labels of items, numbers of notes, what
//! cross-references print, the pages that are made of book.toml, and the signs of pauses.
//!
//! Such words come from no place in the manuscript, so they are found by the structure: every
//! label has words, and what the book wants said stands in a node of its kind, as often as it
//! should. The letters of a node are compared without their order, since the runs of a line
//! stand as they are seen.

use super::expected::{Expected, Own, leads_on, quoted, titles};
use super::leaves::{Leaf, leaves, letters_in};
use super::letters::{letters, sorted_letters};
use super::{made, page_notes};
use crate::book::{Book, Content, GeneratedPage, InlineKind, numbered, plain, without_notes};
use crate::diag::{Code, Diagnostic, Span};
use crate::pages::{Child, Item, Labels, LinkTarget, NodeId, Pages, Role, Tag, Tree};
use crate::terms::Terms;
use crate::terms::numerals::item_label;
use std::collections::{BTreeMap, BTreeSet};

/// What the tool says on the pages.
#[derive(Default)]
struct Said {
    /// Labels of items.
    labels: Vec<String>,
    /// Labels of notes, and the marks that call them.
    notes: BTreeSet<String>,
    calls: BTreeSet<String>,
    /// Labels, headings and links that say nothing.
    silent: usize,
    /// Entries of contents lists, with the numbers of their pages.
    entries: Vec<String>,
    /// Links whose words are all the tool's.
    links: Vec<(NodeId, String)>,
    /// Lines of pages that are made.
    lines: Vec<String>,
}

/// What a label belongs to.
#[derive(Clone, Copy)]
enum Before {
    Item,
    Note,
    Call,
}

/// Looks for all of it.
pub(super) fn check(book: &Book, expected: &Expected<'_>, pages: &Pages, findings: &mut Vec<Diagnostic>) {
    let leaves = leaves(pages);
    let mut said = Said::default();
    said.walk(&pages.tree, &leaves, Tree::ROOT, None);
    let mut missing = Missing { findings };
    if said.silent > expected.unseen {
        let message = format!("{} labels, titles or links of the tool's would lose their words", said.silent);
        missing.tell(None, message);
    }
    if let Some(call) = said.calls.difference(&said.notes).next() {
        missing.tell(None, format!("a note is called by `{call}`, and none has that mark"));
    }
    labels(expected, &said, &mut missing);
    references(book, expected, pages, &said, &mut missing);
    let notes = page_notes::check(book, pages, &leaves);
    if let Some(wrong) = notes.wrong {
        missing.tell(None, format!("above notes, {wrong}"));
    }
    entries(book, &said, notes.have_pages, &mut missing);
    made_pages(book, pages, &said, &mut missing);
    pauses(expected, pages, &mut missing);
}

/// The lines of the pages that are made of book.toml.
fn made_pages(book: &Book, pages: &Pages, said: &Said, missing: &mut Missing<'_>) {
    let mut lines = Bag::of(said.lines.iter().map(String::as_str));
    for line in made::lines_on_pages(book, pages) {
        if !lines.take(&sorted_letters(&line)) {
            missing.tell(
                None,
                format!("`{}` would be missing from a page that is made of book.toml", quoted(&line)),
            );
        }
    }
}

/// What is told.
struct Missing<'f> {
    findings: &'f mut Vec<Diagnostic>,
}

impl Missing<'_> {
    fn tell(&mut self, span: Option<Span>, message: String) {
        let hint =
            "this is a fault of Pamphleteer: these pages are not written; please report it with this text";
        self.findings.push(Diagnostic::new(Code::TextLost, span, message).hint(hint));
    }
}

/// Words without their order, and how often they stand there.
struct Bag(BTreeMap<String, usize>);

impl Bag {
    fn of<'a>(all: impl Iterator<Item = &'a str>) -> Bag {
        let mut bag = BTreeMap::new();
        all.for_each(|one| *bag.entry(sorted_letters(one)).or_default() += 1);
        Bag(bag)
    }

    fn take(&mut self, one: &str) -> bool {
        match self.0.get_mut(one) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

impl Said {
    /// Gathers what is said in a node; `list` says what a label in it belongs to. A tree is as deep as the book's own divisions, which are bounded.
    fn walk(&mut self, tree: &Tree, leaves: &[Leaf], id: NodeId, list: Option<Before>) {
        let node = tree.get(id);
        let said = || letters_in(tree, leaves, id);
        let list = match node.tag {
            Tag::TocItem => {
                self.entries.extend(said().map(|(letters, _)| letters));
                return;
            }
            Tag::List(Labels::Terms) => None,
            Tag::List(_) => Some(Before::Item),
            Tag::Note => Some(Before::Note),
            Tag::Reference => Some(Before::Call),
            Tag::Label if list.is_some() => {
                let (label, is_seen) = said().unwrap_or((String::new(), true));
                self.silent += usize::from(!is_seen);
                match list {
                    Some(Before::Note) => drop(self.notes.insert(sorted_letters(&label.replace('.', "")))),
                    Some(Before::Call) => drop(self.calls.insert(sorted_letters(&label))),
                    _ => self.labels.push(label),
                }
                return;
            }
            Tag::Link if matches!(list, Some(Before::Call)) => list,
            Tag::Link => {
                if let Some((letters, is_seen)) = said() {
                    self.silent += usize::from(!is_seen);
                    self.links.push((id, letters));
                }
                return;
            }
            Tag::P | Tag::Heading(_) => {
                if let Some((letters, is_seen)) = said() {
                    self.silent += usize::from(!is_seen && matches!(node.tag, Tag::Heading(_)));
                    self.lines.push(letters);
                }
                None
            }
            Tag::ListItem => list,
            _ => None,
        };
        for child in &node.children {
            if let Child::Node(child) = child {
                self.walk(tree, leaves, *child, list);
            }
        }
    }
}

/// Every item of a numbered list has its number, every task its box, and all others the one sign of the style.
fn labels(expected: &Expected<'_>, said: &Said, missing: &mut Missing<'_>) {
    let mut labels = Bag::of(said.labels.iter().map(String::as_str));
    let owns = expected.flows.values().flat_map(|running| &running.own);
    for (_, own) in owns {
        let Own::Item(list, index) = own else { continue };
        let sign = list.items.get(*index).and_then(|item| item.tick_box()).unwrap_or("");
        let label = item_label(list, *index).unwrap_or_default() + sign;
        if !label.is_empty() && !labels.take(&sorted_letters(&label)) {
            let span = list.items.get(*index).map(|item| item.span);
            missing.tell(span, format!("an item would lose the `{label}` before it"));
        }
    }
    let signs: Vec<&String> =
        labels.0.iter().filter(|(_, count)| **count > 0).map(|(sign, _)| sign).collect();
    if let [one, other, ..] = signs.as_slice() {
        missing.tell(
            None,
            format!("items of lists would have different signs before them: `{one}` and `{other}`"),
        );
    }
}

/// Every cross-reference prints what it should: the title, the number of the page.
fn references(book: &Book, expected: &Expected<'_>, pages: &Pages, said: &Said, missing: &mut Missing<'_>) {
    let links = &said.links;
    let mut marks = links.iter().filter(|(_, letters)| said.notes.contains(&sorted_letters(letters))).count();
    let mut titles = Bag::of(links.iter().map(|(_, letters)| letters.as_str()));
    let mut numbers = right_numbers(pages, links);
    let owns = expected.flows.values().flat_map(|running| &running.own);
    for (_, own) in owns {
        let Own::Reference(inline) = own else { continue };
        let lost = match &inline.kind {
            InlineKind::TitleOf(anchor) => {
                let title = book.anchors.get(*anchor).title.as_deref().unwrap_or_default();
                let leads_on = leads_on(title);
                let words = plain(title);
                let is_there =
                    leads_on || letters(&words).next().is_none() || titles.take(&sorted_letters(&words));
                (!is_there).then(|| {
                    format!("a cross-reference would lose the title that it prints, “{}”", quoted(&words))
                })
            }
            InlineKind::PageOf(_) if numbers == 0 => {
                Some("a cross-reference would not say the page of what it leads to".to_owned())
            }
            InlineKind::PageOf(_) => {
                numbers -= 1;
                None
            }
            InlineKind::NumberOf(_) if marks == 0 => {
                Some("a cross-reference would not say the number of its note".to_owned())
            }
            InlineKind::NumberOf(_) => {
                marks -= 1;
                None
            }
            _ => None,
        };
        if let Some(message) = lost {
            missing.tell(Some(inline.span), message);
        }
    }
}

/// The contents list names every text in its words, in order. What stands before a title may be shortened there, so
/// an entry may say more or less than its number.
fn entries(book: &Book, said: &Said, notes: bool, missing: &mut Missing<'_>) {
    if said.entries.is_empty() {
        return;
    }
    // the number of the page stands behind it
    let of_notes: String = letters(Terms::of(&book.meta).notes().words()).collect();
    let is_right = |entry: &String| {
        entry.starts_with(&of_notes)
            || book.meta.language.is_rtl() && includes(&sorted_letters(entry), &sorted_letters(&of_notes))
    };
    let has_pages = |content: &Content| matches!(content, Content::Made(GeneratedPage::Notes));
    let listed = notes && book.sections.iter().any(|section| has_pages(&section.content));
    if listed && !said.entries.iter().any(is_right) {
        missing.tell(None, "the contents list would not name the notes".to_owned());
    }
    let mut rest = said.entries.iter();
    for (_, heading) in titles(book) {
        let title = without_notes(&heading.content);
        let words = plain(numbered(&title).1);
        let wanted = sorted_letters(&words);
        let before = rest.clone();
        if !leads_on(&title) && !rest.any(|entry| includes(&sorted_letters(entry), &wanted)) {
            rest = before;
            missing.tell(
                None,
                format!("the contents list would not name “{}” in all its words", quoted(&words)),
            );
        }
    }
}

/// Whether all letters of `wanted` are among those of `all`; both are in order.
fn includes(all: &str, wanted: &str) -> bool {
    let mut all = all.chars();
    wanted.chars().all(|letter| all.any(|other| other == letter))
}

/// How many links say the number of the page that they lead to.
fn right_numbers(pages: &Pages, links: &[(NodeId, String)]) -> usize {
    let mut labels: BTreeMap<NodeId, &str> = BTreeMap::new();
    for link in pages.pages.iter().flat_map(|page| &page.links) {
        if let LinkTarget::Destination(to) = &link.to
            && let Some(place) = pages.destinations.get(to.0 as usize)
            && let Some(page) = pages.pages.get(place.page as usize)
        {
            labels.insert(link.node, &page.label);
        }
    }
    let is_right = |(node, said): &&(NodeId, String)| {
        labels.get(node).is_some_and(|label| sorted_letters(label) == sorted_letters(said))
    };
    links.iter().filter(is_right).count()
}

/// The sign of every pause is there. A sign may be several runs, so each of their texts is counted.
fn pauses(expected: &Expected<'_>, pages: &Pages, missing: &mut Missing<'_>) {
    if !pages.marked_scenes || expected.scene_breaks == 0 {
        return;
    }
    let mut signs: BTreeMap<&str, usize> = BTreeMap::new();
    for placed in
        pages.pages.iter().flat_map(|page| &page.items).filter(|placed| placed.role == Role::SceneBreak)
    {
        let sign = match &placed.item {
            Item::Run(run) => run.text.trim(),
            Item::Picture(..) | Item::Rule(_) => "",
        };
        *signs.entry(sign).or_default() += 1;
    }
    if signs.is_empty() || signs.values().any(|count| !count.is_multiple_of(expected.scene_breaks)) {
        let message =
            format!("of {} pauses between scenes some would lose their sign", expected.scene_breaks);
        missing.tell(None, message);
    }
}
