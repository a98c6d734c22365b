//! A book as other tools have it, in the few shapes that a manuscript of ours knows.
//!
//! Readers of Word, EPUB, HTML and OpenDocument make it; [`super::emit`] alone
//! turns it into Markdown. Nothing in it is escaped, and nothing is styled.

use super::meta::Meta;
use super::unfollowed::Unfollowed;
use crate::book::is_forbidden;
use std::collections::BTreeMap;

/// A whole book.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    pub meta: Meta,
    pub texts: Vec<Text>,
    /// Notes, in the order of their first calls; [`Inline::Note`] holds an index.
    pub notes: Vec<Vec<Block>>,
    /// Pictures by their path in the new book.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// The path in the new book of each path of the source that was looked for.
    pub picture_names: BTreeMap<String, Option<String>>,
    /// Remarks of the margin, which go to the review file.
    pub comments: Vec<Comment>,
    /// Changes that were kept track of, when the editor is asked about them.
    pub changes: super::tracked::Met,
    /// Words that stand in the source and not in the book: why, and which.
    pub left_out: Vec<(&'static str, String)>,
    /// Signs that the book has and the source has not.
    pub added: String,
    /// Pictures that the source names and that are not there.
    pub missing: Vec<String>,
    /// How many documents were read by their words alone.
    pub by_words: usize,
    /// What the source names and nobody opened, what stood too deep in it.
    pub unfollowed: Unfollowed,
    /// What was turned into what, with how often.
    pub turned: BTreeMap<&'static str, usize>,
}

impl Book {
    /// Counts something that was turned into something else.
    pub(super) fn turn(&mut self, what: &'static str) {
        *self.turned.entry(what).or_default() += 1;
    }

    /// Takes the picture at a path of the source into the book, and reads it once however often
    /// it is shown. Its path in the new book; none for one that is not there, or in a format
    /// that no book has.
    pub(super) fn picture(
        &mut self,
        path: &str,
        read: impl FnOnce(&str) -> Option<Vec<u8>>,
    ) -> Option<String> {
        if let Some(known) = self.picture_names.get(path) {
            return known.clone();
        }
        let found = read(path).and_then(|bytes| {
            let name = self.free_name(super::pixels::picture_name(path, &bytes)?, &bytes);
            self.pictures.insert(name.clone(), bytes);
            Some(name)
        });
        self.picture_names.insert(path.to_owned(), found.clone());
        found
    }

    /// A name that no other picture has: two folders may hold files of the same name.
    fn free_name(&self, name: String, bytes: &[u8]) -> String {
        let is_free = |name: &String| self.pictures.get(name).is_none_or(|other| other == bytes);
        if is_free(&name) {
            return name;
        }
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let mut numbers = 2_u32..;
        let next = numbers.find_map(|number| Some(format!("{stem}-{number}.{ending}")).filter(is_free));
        next.unwrap_or_else(|| name.clone())
    }

    /// Remembers words that stay out.
    pub(super) fn leave_out(&mut self, why: &'static str, words: impl Into<String>) {
        let words = words.into();
        if !words.trim().is_empty() {
            self.left_out.push((why, words));
        }
    }
}

/// A text: what becomes a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    /// The file's name without its ending, when the source has one.
    pub name: Option<String>,
    pub blocks: Vec<Block>,
    /// In which list it stands: front, body or back.
    pub place: Place,
}

/// In which list of `[matter]` a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Place {
    Front,
    #[default]
    Body,
    Back,
}

/// A remark of the margin.
#[derive(Clone, Debug, Default)]
pub(super) struct Comment {
    pub author: String,
    pub date: String,
    /// The words that it is about.
    pub about: String,
    pub words: String,
}

/// What stands below one another.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Heading {
        level: u8,
        words: Vec<Inline>,
        id: Option<String>,
        class: Option<&'static str>,
    },
    Paragraph(Vec<Inline>),
    Quote(Vec<Block>),
    /// Stanzas of lines; each line with how many spaces it stands in.
    Verse(Vec<Vec<(usize, Vec<Inline>)>>),
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Definitions(Vec<(Vec<Inline>, Vec<Block>)>),
    Table {
        head: Option<Vec<Vec<Inline>>>,
        rows: Vec<Vec<Vec<Inline>>>,
        caption: Option<Vec<Inline>>,
    },
    Figure {
        path: String,
        alt: String,
        caption: Vec<Inline>,
        id: Option<String>,
    },
    Code {
        language: String,
        text: String,
    },
    SceneBreak,
    /// A division of ours, by its class; in another language when one is named.
    Division {
        class: String,
        blocks: Vec<Block>,
    },
    PageMark(String),
}

/// What stands beside one another.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Styled(Style, Vec<Inline>),
    Code(String),
    Link(String, Vec<Inline>),
    Note(usize),
    Image { path: String, alt: String },
    Language(String, Vec<Inline>),
    Break,
    PageMark(String),
    Anchor(String),
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Emphasis,
    Strong,
    SmallCaps,
    Super,
    Sub,
    Strike,
}

/// The bare words of inlines.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Styled(_, inner) | Inline::Link(_, inner) | Inline::Language(_, inner) => {
                push_plain(inner, out);
            }
            Inline::Break => out.push(' '),
            _ => {}
        }
    }
}

/// Inlines as they are written: runs of one style joined, styles without words gone,
/// white space single and outside of styles, none at the ends.
pub(super) fn tidy(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = joined(inlines);
    trim_start(&mut out);
    trim_end(&mut out);
    out
}

/// Joins neighbours of the same kind, and moves white space out of styles.
pub(super) fn joined(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) => push_text(&mut out, &text),
            Inline::Styled(style, inner) => match out.last_mut() {
                Some(Inline::Styled(last, words)) if *last == style => words.extend(inner),
                _ => out.push(Inline::Styled(style, inner)),
            },
            Inline::Code(text) => match out.last_mut() {
                Some(Inline::Code(last)) => last.push_str(&text),
                _ => out.push(Inline::Code(text)),
            },
            Inline::Language(tag, inner) => match out.last_mut() {
                Some(Inline::Language(last, words)) if *last == tag => words.extend(inner),
                _ => out.push(Inline::Language(tag, inner)),
            },
            Inline::Link(to, inner) => match out.last_mut() {
                Some(Inline::Link(last, words)) if *last == to => words.extend(inner),
                _ => out.push(Inline::Link(to, inner)),
            },
            other => out.push(other),
        }
    }
    let mut spread = Vec::with_capacity(out.len());
    for inline in out {
        match inline {
            Inline::Styled(style, inner) => {
                lift(&mut spread, joined(inner), |inner| Inline::Styled(style, inner));
            }
            Inline::Language(tag, inner) => {
                lift(&mut spread, joined(inner), |inner| Inline::Language(tag, inner));
            }
            Inline::Link(to, inner) => lift(&mut spread, joined(inner), |inner| Inline::Link(to, inner)),
            Inline::Text(text) => push_text(&mut spread, &text),
            other => spread.push(other),
        }
    }
    spread
}

/// Adds `inner` in its wrapping, with the white space at its ends left outside.
fn lift(out: &mut Vec<Inline>, mut inner: Vec<Inline>, wrap: impl FnOnce(Vec<Inline>) -> Inline) {
    let (before, after) = (trim_start(&mut inner), trim_end(&mut inner));
    if before {
        push_text(out, " ");
    }
    let has_words =
        inner.iter().any(|inline| !matches!(inline, Inline::Anchor(_) | Inline::PageMark(_) | Inline::Break));
    if has_words {
        out.push(wrap(inner));
    } else {
        out.extend(inner);
    }
    if after {
        push_text(out, " ");
    }
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if text.is_empty() {
        return;
    }
    if !matches!(out.last(), Some(Inline::Text(_))) {
        out.push(Inline::Text(String::new()));
    }
    let Some(Inline::Text(last)) = out.last_mut() else { return };
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}' if !last.ends_with(' ') => {
                last.push(' ');
            }
            ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}' => {}
            c if is_forbidden(c) || c == '\u{feff}' => {}
            c => last.push(c),
        }
    }
}

/// Takes white space and line breaks from the start; whether there was any.
fn trim_start(inlines: &mut Vec<Inline>) -> bool {
    let is_space = |inline: &Inline| match inline {
        Inline::Break => true,
        Inline::Text(text) => text.trim_start_matches(' ').is_empty(),
        _ => false,
    };
    let spaces = inlines.iter().take_while(|inline| is_space(inline)).count();
    let mut found =
        inlines.drain(..spaces).any(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        let kept = text.trim_start_matches(' ');
        found |= kept.len() < text.len();
        *text = kept.to_owned();
    }
    found
}

/// The same at the end.
fn trim_end(inlines: &mut Vec<Inline>) -> bool {
    let mut found = false;
    while let Some(last) = inlines.last_mut() {
        match last {
            Inline::Break => found = true,
            Inline::Text(text) => {
                let kept = text.trim_end_matches(' ').len();
                found |= kept < text.len();
                text.truncate(kept);
                if kept > 0 {
                    return found;
                }
            }
            _ => return found,
        }
        inlines.pop();
    }
    found
}
