//! The table of contents, as one tree for the navigation document, the
//! contents page and the NCX.

use super::context::Context;
use super::doc::Doc;
use super::plan::{File, Opening, Unit};
use crate::book::{Block, BlockKind, Heading, Inline, Role, plain, without_notes};
use crate::style::{Case, Family, Style};

/// An entry and what is inside it.
pub(super) struct Entry<'a> {
    /// The words, marked up; none when the file's title says it.
    pub(super) heading: Option<&'a [Inline]>,
    /// The words alone.
    pub(super) title: String,
    /// The language of those words, when it is not the book's.
    pub(super) lang: Option<&'static str>,
    /// Where it leads, as seen from the text folder.
    pub(super) href: String,
    /// What it names.
    pub(super) names: Named,
    /// What is inside.
    pub(super) children: Vec<Entry<'a>>,
}

/// What an entry names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A part, a division or a volume.
    Part,
    /// A text.
    Text,
    /// A heading within a text.
    Heading,
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
            add_file(cx, file, scope, &mut flat);
        }
    }
    if flat.is_empty() {
        flat.extend(cx.plan.files.first().map(|file| (0, whole(file))));
    }
    let entries = nest(&mut flat.into_iter().peekable(), 0);
    if scope == Scope::Whole { no_deeper(entries, cx.store.toc_depth) } else { entries }
}

/// No more than so many levels: texts that are deeper come up behind the entry
/// that they were inside of, and headings within them are left out.
pub(super) fn no_deeper(entries: Vec<Entry<'_>>, levels: usize) -> Vec<Entry<'_>> {
    let mut kept = Vec::new();
    for mut entry in entries {
        let inside = std::mem::take(&mut entry.children);
        if levels > 1 {
            entry.children = no_deeper(inside, levels - 1);
            kept.push(entry);
        } else {
            kept.push(entry);
            texts(inside, &mut kept);
        }
    }
    kept
}

/// The entries that lead to a whole file, in reading order.
fn texts<'a>(entries: Vec<Entry<'a>>, found: &mut Vec<Entry<'a>>) {
    for mut entry in entries {
        let inside = std::mem::take(&mut entry.children);
        if !entry.href.contains('#') {
            found.push(entry);
        }
        texts(inside, found);
    }
}

fn is_listed(file: &File<'_>, scope: Scope) -> bool {
    match (&file.unit, scope) {
        (Unit::Cover, _) => false,
        (Unit::Made(_), Scope::Whole) => !matches!(file.role, Role::HalfTitle | Role::Contents | Role::Blank),
        (Unit::Made(_), Scope::Texts) => false,
        (Unit::Text { blocks, .. }, Scope::Texts) => match file.role {
            Role::TitlePage | Role::Imprint | Role::Dedication => false,
            // As in print: what is looked at and bears no title has no place in the list.
            Role::Epigraph | Role::Frontispiece => blocks.iter().any(|block| named_heading(block).is_some()),
            _ => true,
        },
        (Unit::Notes { first, .. }, _) => *first == 0,
        (Unit::TextNotes, _) => false,
        (Unit::Text { .. }, _) => true,
    }
}

/// The file's own entry, and those of its headings: on the page that people
/// read, of as many ranks as the style wants. A heading that a file begins with
/// names it, whatever its rank, and stands inside the text that it goes on with.
fn add_file<'a>(cx: &Context<'a>, file: &File<'a>, scope: Scope, flat: &mut Vec<(u8, Entry<'a>)>) {
    let whole = || whole(file);
    let Unit::Text { blocks, part, .. } = file.unit else {
        return flat.push((file.depth, whole()));
    };
    let all = u32::from(u8::MAX);
    let ranks = if scope == Scope::Whole { all } else { all.min(cx.style.contents.depth.max(1)) };
    let mut leading = part == 0 && file.opening != Opening::Other;
    let mut own = part > 0;
    for heading in blocks.iter().filter_map(named_heading) {
        let leads = std::mem::take(&mut leading);
        if !heading.listed {
            own |= heading.level == 1 || leads;
            continue;
        }
        if !leads && u32::from(heading.level) > ranks {
            continue;
        }
        if !own && !leads && heading.level > 1 {
            flat.push((file.depth, whole()));
        }
        let title = words(&plain(&without_notes(&heading.content)));
        let href =
            if !leads && (own || heading.level > 1) { cx.anchor_href(heading.anchor) } else { whole().href };
        own = true;
        let below = if leads && file.opening == Opening::Alone { 0 } else { heading.level.max(1) - 1 };
        let names = if heading.level == 1 { whole().names } else { Named::Heading };
        let heading = Some(heading.content.as_slice());
        flat.push((
            file.depth + below,
            Entry { heading, title, lang: None, href, names, children: Vec::new() },
        ));
    }
    if !own {
        flat.push((file.depth, whole()));
    }
}

/// The entry that leads to all of a file.
fn whole<'a>(file: &File<'a>) -> Entry<'a> {
    let (title, href) = (file.title.clone(), format!("{}.xhtml", file.name));
    let names = if file.role.rank() > 0 { Named::Part } else { Named::Text };
    Entry { heading: None, title, lang: file.lang, href, names, children: Vec::new() }
}

/// The heading that a block is, when it has words.
fn named_heading(block: &Block) -> Option<&Heading> {
    match &block.kind {
        BlockKind::Heading(heading) if heading.has_words() => Some(heading),
        _ => None,
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

/// The class and the letters of an entry that the style sets otherwise than the rest.
pub(super) fn entry_look(style: &Style, names: Named) -> Option<(&'static str, Case)> {
    let contents = &style.contents;
    let of_text = contents.title_case.filter(|_| contents.depth > 1);
    match names {
        Named::Part => Some(("part-entry", contents.part_case.or(of_text)?)),
        Named::Text => Some(("text-entry", of_text?)),
        Named::Heading => None,
    }
}

impl Doc<'_, '_> {
    /// A list of entries; `folder` is the way from here to the texts.
    pub(super) fn toc(&mut self, entries: &[Entry<'_>], folder: &str) {
        self.open_line("ol", &[]);
        for entry in entries {
            self.open("li", &[]);
            let href = format!("{folder}{}", entry.href);
            // the letters of the printed list, on the page that people read
            let look = if folder.is_empty() { entry_look(self.cx.style, entry.names) } else { None };
            let before = self.face;
            let mut attributes = vec![("href", href.as_str())];
            if folder.is_empty() {
                let letters = look.map_or(self.cx.style.contents.case, |(_, case)| case);
                self.face = self.cx.case_face(Family::Text, letters);
            }
            if let Some((class, _)) = look {
                attributes.push(("class", class));
            }
            self.open("a", &attributes);
            self.in_link = true;
            match entry.heading {
                Some(heading) if !entry.title.is_empty() => self.inlines(&without_notes(heading)),
                _ => self.words_of(&entry.title, entry.lang),
            }
            self.in_link = false;
            self.face = before;
            self.xml.close();
            if !entry.children.is_empty() {
                self.session.nested_toc = true;
                self.xml.line();
                self.toc(&entry.children, folder);
            }
            self.xml.close_line();
        }
        self.xml.close_line();
    }
}
