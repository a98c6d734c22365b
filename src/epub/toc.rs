//! The table of contents, as one tree for the navigation document, the
//! contents page and the NCX.

use super::Context;
use super::doc::Doc;
use super::plan::{File, Unit};
use crate::book::{BlockKind, Inline, Role, plain, without_notes};

/// An entry and what is inside it.
pub(super) struct Entry<'a> {
    /// The words, marked up; none when the file's title says it.
    pub(super) heading: Option<&'a [Inline]>,
    /// The words alone.
    pub(super) title: String,
    /// Where it leads, as seen from the text folder.
    pub(super) href: String,
    /// What is inside.
    pub(super) children: Vec<Entry<'a>>,
}

/// Which entries are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everything but the cover, for programs.
    Whole,
    /// The texts and the notes, for the page that people read.
    Texts,
}

/// The tree of entries.
pub(super) fn entries<'a>(cx: &Context<'a>, scope: Scope) -> Vec<Entry<'a>> {
    let mut flat = Vec::new();
    for file in &cx.plan.files {
        if is_listed(file, scope) {
            add_file(cx, file, &mut flat);
        }
    }
    let mut entries = nest(&mut flat.into_iter().peekable(), 0);
    if scope == Scope::Whole {
        prune(&mut entries, cx.store.toc_depth);
    }
    entries
}

/// Leaves out what is deeper than so many levels.
fn prune(entries: &mut [Entry<'_>], depth: usize) {
    for entry in entries {
        match depth {
            0 | 1 => entry.children.clear(),
            _ => prune(&mut entry.children, depth - 1),
        }
    }
}

fn is_listed(file: &File<'_>, scope: Scope) -> bool {
    match (&file.unit, scope) {
        (Unit::Cover, _) => false,
        (Unit::Made(_), Scope::Whole) => !matches!(file.role, Role::HalfTitle | Role::Contents | Role::Blank),
        (Unit::Made(_), Scope::Texts) => false,
        (Unit::Text { .. }, Scope::Texts) => !matches!(file.role, Role::TitlePage | Role::Imprint),
        (Unit::Notes { first, .. }, _) => *first == 0,
        (Unit::Text { .. }, _) => true,
    }
}

/// The file's own entry, and those of the headings that the style wants.
fn add_file<'a>(cx: &Context<'a>, file: &File<'a>, flat: &mut Vec<(u8, Entry<'a>)>) {
    let whole = || Entry {
        heading: None,
        title: file.title.clone(),
        href: format!("{}.xhtml", file.name),
        children: Vec::new(),
    };
    let Unit::Text { blocks, part, .. } = file.unit else {
        return flat.push((file.depth, whole()));
    };
    let ranks = u32::from(u8::MAX).min(cx.style.contents.depth.max(1));
    let headings = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) if u32::from(heading.level) <= ranks => Some(heading),
        _ => None,
    });
    let mut own = part > 0;
    for heading in headings {
        if !own && heading.level > 1 {
            flat.push((file.depth, whole()));
        }
        let title = words(&plain(&without_notes(&heading.content)));
        let href = if own || heading.level > 1 { cx.anchor_href(heading.anchor) } else { whole().href };
        own = true;
        let (heading, level) = (Some(heading.content.as_slice()), file.depth + heading.level.max(1) - 1);
        flat.push((level, Entry { heading, title, href, children: Vec::new() }));
    }
    if !own {
        flat.push((file.depth, whole()));
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts each entry inside the nearest one before it with a smaller level.
fn nest<'a, I>(flat: &mut std::iter::Peekable<I>, level: u8) -> Vec<Entry<'a>>
where
    I: Iterator<Item = (u8, Entry<'a>)>,
{
    let mut entries: Vec<Entry<'a>> = Vec::new();
    while let Some((own, mut entry)) = flat.next_if(|(next, _)| *next >= level) {
        entry.children = match flat.peek() {
            Some((next, _)) if *next > own => nest(flat, own + 1),
            _ => Vec::new(),
        };
        entries.push(entry);
    }
    entries
}

impl Doc<'_, '_> {
    /// A list of entries; `folder` is the way from here to the texts.
    pub(super) fn toc(&mut self, entries: &[Entry<'_>], folder: &str) {
        self.open_line("ol", &[]);
        for entry in entries {
            self.open("li", &[]);
            let href = format!("{folder}{}", entry.href);
            self.open("a", &[("href", &href)]);
            self.in_link = true;
            match entry.heading {
                Some(heading) if !entry.title.is_empty() => self.inlines(&without_notes(heading)),
                _ => self.words(if entry.title.is_empty() { "…" } else { &entry.title }),
            }
            self.in_link = false;
            self.xml.close();
            if !entry.children.is_empty() {
                self.xml.line();
                self.toc(&entry.children, folder);
            }
            self.xml.close_line();
        }
        self.xml.close_line();
    }
}
