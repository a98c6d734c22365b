//! The one writer of our Markdown: a [`Book`] becomes the files of a manuscript.

use super::escape::{Place, attribute, escape};
use super::model::{Block, Book, Inline, Style, Text, tidy};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Deeper blocks than this stand beside those that hold them: see `bounds::NESTING`.
const MAX_DEPTH: usize = 24;

/// Writes one text; its notes stand at its end, numbered from 1.
/// With `all`, every sign that could be a mark is escaped, whether it would be read as one or not.
pub(super) fn text(book: &Book, text: &Text, all: bool) -> String {
    let mut pen = Pen { all, labels: BTreeMap::new(), order: Vec::new() };
    let mut out = pen.blocks(&text.blocks, 0);
    let mut written = 0;
    // a note may call further notes
    while let Some(note) = pen.order.get(written).copied() {
        written += 1;
        let words = book.notes.get(note).map(|blocks| pen.blocks(blocks, 1)).unwrap_or_default();
        let words = if words.trim().is_empty() { "\u{a0}".to_owned() } else { words };
        let _ = write!(out, "\n\n[^{}]: {}", written, indented(words.trim(), "    "));
    }
    let mut out = out.trim().to_owned();
    out.push('\n');
    out
}

/// What an entry of a list of definitions is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A term with its meaning.
    Whole,
    /// A term alone.
    Term,
    /// No term.
    Words,
}

#[derive(Default)]
struct Pen {
    all: bool,
    /// The number of each note that was called, by its index.
    labels: BTreeMap<usize, usize>,
    order: Vec<usize>,
}

/// Where inlines stand, as far as writing them depends on it.
#[derive(Clone, Copy, Default)]
struct Around {
    in_cell: bool,
    /// A break is written as an element, since a line end would end the block.
    one_line: bool,
}

impl Pen {
    fn blocks(&mut self, blocks: &[Block], depth: usize) -> String {
        let mut out = String::new();
        let mut before: Option<&Block> = None;
        for block in blocks {
            let written = self.block(block, depth);
            if written.trim().is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            // two lists in a row would be one
            let both_lists = matches!((before, block), (Some(Block::List { .. }), Block::List { .. }));
            if both_lists {
                out.push_str("<!-- -->\n\n");
            }
            out.push_str(written.trim_end());
            before = Some(block);
        }
        out
    }

    fn block(&mut self, block: &Block, depth: usize) -> String {
        match block {
            Block::Heading { level, words, id, class } => self.heading(*level, words, id.as_deref(), *class),
            Block::Paragraph(words) => match lone_picture(words) {
                // alone in its paragraph it is a figure, and its brackets are the caption
                Some((path, alt, id)) => self.figure(path, alt, &[], id),
                None => self.line(words, Around::default()),
            },
            Block::Quote(inner) if depth < MAX_DEPTH => quoted(&self.blocks(inner, depth + 1)),
            Block::Quote(inner) => self.blocks(inner, depth),
            Block::Verse(stanzas) => self.verse(stanzas),
            Block::List { start, items } if depth < MAX_DEPTH => self.list(*start, items, depth),
            Block::List { items, .. } => {
                items.iter().map(|item| self.blocks(item, depth)).collect::<Vec<_>>().join("\n\n")
            }
            Block::Definitions(list) => self.definitions(list, depth),
            Block::Table { head, rows, caption } => self.table(head.as_deref(), rows, caption.as_deref()),
            Block::Figure { path, alt, caption, id } => self.figure(path, alt, caption, id.as_deref()),
            Block::Code { language, text } => code(language, text),
            Block::SceneBreak => "* * *".to_owned(),
            Block::Division { class, blocks } if depth < MAX_DEPTH => {
                let inner = self.blocks(blocks, depth + 1);
                if inner.is_empty() {
                    return inner;
                }
                let colons = ":".repeat(longest_fence(&inner, ':').max(2) + 1);
                format!("{colons} {class}\n{inner}\n{colons}")
            }
            Block::Division { blocks, .. } => self.blocks(blocks, depth),
            Block::PageMark(label) => format!("<!-- page {label} -->"),
        }
    }

    fn heading(&mut self, level: u8, words: &[Inline], id: Option<&str>, class: Option<&str>) -> String {
        let written = self.line(words, Around { one_line: true, ..Around::default() });
        let hashes = "#".repeat(usize::from(level.clamp(1, 6)));
        // a `#` at the end would be read as part of the mark
        let bare = written.strip_suffix('#').filter(|before| !before.ends_with('\\'));
        let mut out = format!("{hashes} {}", bare.map_or(written.clone(), |before| format!("{before}\\#")));
        let marks: Vec<String> =
            id.map(|id| format!("#{id}")).into_iter().chain(class.map(|c| format!(".{c}"))).collect();
        if !marks.is_empty() {
            let _ = write!(out, " {{{}}}", marks.join(" "));
        }
        out
    }

    fn verse(&mut self, stanzas: &[Vec<(usize, Vec<Inline>)>]) -> String {
        let mut out = String::new();
        for stanza in stanzas.iter().filter(|stanza| !stanza.is_empty()) {
            let lines: Vec<String> = stanza
                .iter()
                .map(|(spaces, words)| {
                    let words = self.line(words, Around { one_line: true, ..Around::default() });
                    format!("{}{words}", " ".repeat((*spaces).min(20)))
                })
                .filter(|line| !line.trim().is_empty())
                .collect();
            if !lines.is_empty() {
                let _ = write!(out, "{}{}", if out.is_empty() { "" } else { "\n\n" }, lines.join("\n"));
            }
        }
        if out.is_empty() { out } else { format!("::: verse\n{out}\n:::") }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], depth: usize) -> String {
        let inside: Vec<String> = items.iter().map(|item| self.blocks(item, depth + 1)).collect();
        let loose = inside.iter().any(|item| item.contains("\n\n"));
        let mut out: Vec<String> = Vec::new();
        for (number, item) in inside.iter().enumerate() {
            let marker = match start {
                Some(start) => format!("{}. ", start.saturating_add(number as u64).min(999_999_999)),
                None => "- ".to_owned(),
            };
            let item = if item.is_empty() { "\u{a0}" } else { item };
            out.push(format!("{marker}{}", indented(item, &" ".repeat(marker.len()))));
        }
        out.join(if loose { "\n\n" } else { "\n" })
    }

    fn definitions(&mut self, list: &[(Vec<Inline>, Vec<Block>)], depth: usize) -> String {
        let one = |(term, meaning): &(Vec<Inline>, Vec<Block>)| {
            let term = self.line(term, Around { one_line: true, ..Around::default() });
            let meaning = self.blocks(meaning, depth + 1);
            match (term.is_empty(), meaning.is_empty()) {
                (true, _) => (meaning, Entry::Words),
                (false, true) => (term, Entry::Term),
                (false, false) => (format!("{term}\n:   {}", indented(&meaning, "    ")), Entry::Whole),
            }
        };
        let entries: Vec<(String, Entry)> = list.iter().map(one).collect();
        let mut out = String::new();
        // From the last to the first: whether a term without a meaning stands above one that has one,
        // and shares it, is known from what comes behind.
        let mut shared = false;
        for (words, entry) in entries.iter().rev() {
            let gap = match (out.is_empty(), *entry == Entry::Term && shared) {
                (true, _) => "",
                (false, true) => "\n",
                (false, false) => "\n\n",
            };
            out.insert_str(0, gap);
            out.insert_str(0, words);
            shared = *entry == Entry::Whole || *entry == Entry::Term && shared;
        }
        out
    }

    fn table(
        &mut self,
        head: Option<&[Vec<Inline>]>,
        rows: &[Vec<Vec<Inline>>],
        caption: Option<&[Inline]>,
    ) -> String {
        let columns = rows.iter().map(Vec::len).chain(head.map(<[_]>::len)).max().unwrap_or(0);
        if columns == 0 {
            return String::new();
        }
        let mut row = |cells: &[Vec<Inline>]| {
            let mut out = String::from("|");
            for column in 0..columns {
                let around = Around { in_cell: true, one_line: true };
                let words = cells.get(column).map(|cell| self.line(cell, around)).unwrap_or_default();
                let _ = write!(out, " {words} |");
            }
            out
        };
        let mut lines = vec![row(head.unwrap_or(&[])), format!("|{}", "---|".repeat(columns))];
        lines.extend(rows.iter().map(|cells| row(cells)));
        let mut out = lines.join("\n");
        if let Some(caption) =
            caption.map(|words| self.line(words, Around::default())).filter(|c| !c.is_empty())
        {
            let _ = write!(out, "\n\n::: caption\n{caption}\n:::");
        }
        out
    }

    fn figure(&mut self, path: &str, alt: &str, caption: &[Inline], id: Option<&str>) -> String {
        let mut marks: Vec<String> = id.map(|id| format!("#{id}")).into_iter().collect();
        let words = attribute(alt);
        if !words.is_empty() {
            marks.push(format!("alt=\"{words}\""));
        }
        let marks = if marks.is_empty() { String::new() } else { format!("{{{}}}", marks.join(" ")) };
        let mut out = format!("![]({}){marks}", address(path));
        let caption = self.line(caption, Around::default());
        if !caption.is_empty() {
            let _ = write!(out, "\n\n::: caption\n{caption}\n:::");
        }
        out
    }

    /// Inlines as one block's words.
    fn line(&mut self, words: &[Inline], around: Around) -> String {
        let mut words = tidy(words.to_vec());
        // a break with nothing behind it but spaces that do not break is none
        let is_blank = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            other => matches!(other, Inline::Break),
        };
        words.truncate(words.iter().rposition(|inline| !is_blank(inline)).map_or(0, |last| last + 1));
        words.drain(..words.iter().position(|inline| !is_blank(inline)).unwrap_or(words.len()));
        if let Some(Inline::Text(text)) = words.first_mut() {
            // what is written must know what it begins with
            *text = text.trim_start().to_owned();
        }
        let mut out = String::new();
        self.inlines(&words, around, None, &mut out);
        out.trim_start_matches([' ', '\n']).trim_end().to_owned()
    }

    /// `within` is the style around them, when there is one.
    fn inlines(&mut self, words: &[Inline], around: Around, within: Option<Style>, out: &mut String) {
        for (index, inline) in words.iter().enumerate() {
            match inline {
                Inline::Text(text) => {
                    // behind the mark of a page, too, a number would begin a list
                    let starts_line = out.is_empty() || out.ends_with('\n') || out.ends_with("-->");
                    out.push_str(&escape(
                        text,
                        Place { starts_line, in_cell: around.in_cell, all: self.all },
                    ));
                }
                Inline::Styled(style, inner) => {
                    let edges = (out.chars().next_back(), first_sign(&words[index + 1..], around));
                    self.styled(*style, inner, (around, within), edges, out);
                }
                Inline::Code(text) => out.push_str(&code_span(text, around.in_cell)),
                Inline::Link(to, inner) => {
                    out.push('[');
                    self.inlines(inner, around, Some(Style::Emphasis), out);
                    let _ = write!(out, "]({})", address(to));
                }
                Inline::Language(tag, inner) if tag.is_empty() => self.inlines(inner, around, within, out),
                Inline::Language(tag, inner) => {
                    let words = self.inside(inner, around, Style::Emphasis);
                    out.push_str(&span(&words, &format!("lang={tag}"), &format!("lang=\"{tag}\"")));
                }
                Inline::Note(index) => {
                    let label = self.label(*index);
                    let _ = write!(out, "[^{label}]");
                }
                Inline::Image { path, alt } => {
                    let _ =
                        write!(out, "![{}]({})", escape(&attribute(alt), Place::default()), address(path));
                }
                Inline::Break if around.one_line => out.push_str("<br>"),
                Inline::Break => out.push_str("\\\n"),
                Inline::PageMark(label) => {
                    let _ = write!(out, "<!-- page {label} -->");
                }
                Inline::Anchor(id) => {
                    let _ = write!(out, "[]{{#{id}}}");
                }
            }
        }
    }

    fn styled(
        &mut self,
        style: Style,
        inner: &[Inline],
        (around, within): (Around, Option<Style>),
        (before, after): (Option<char>, Option<char>),
        out: &mut String,
    ) {
        let words = self.inside(inner, around, style);
        if style == Style::SmallCaps {
            out.push_str(&span(&words, ".smallcaps", "class=\"smallcaps\""));
            return;
        }
        let (mark, element) = match style {
            Style::Emphasis => ("*", "em"),
            Style::Strong => ("**", "strong"),
            Style::Strike => ("~~", "s"),
            Style::Super => ("^", "sup"),
            _ => ("~", "sub"),
        };
        let simple = match style {
            // `[^` begins the call of a note
            Style::Super | Style::Sub => words.chars().all(char::is_alphanumeric) && before != Some('['),
            _ => within.is_none() && flanks(before, &words, after),
        };
        match simple && !words.is_empty() {
            true => _ = write!(out, "{mark}{words}{mark}"),
            false => _ = write!(out, "<{element}>{words}</{element}>"),
        }
    }

    /// Inlines within a mark, which stands before them: they do not begin a line.
    fn inside(&mut self, inner: &[Inline], around: Around, style: Style) -> String {
        let mut words = String::from("\u{0}");
        self.inlines(inner, around, Some(style), &mut words);
        words.remove(0);
        words
    }

    fn label(&mut self, note: usize) -> usize {
        let next = self.order.len() + 1;
        let label = *self.labels.entry(note).or_insert(next);
        if label == next {
            self.order.push(note);
        }
        label
    }
}

/// The picture that a paragraph consists of, with its description and the place that may
/// stand beside it.
fn lone_picture(words: &[Inline]) -> Option<(&str, &str, Option<&str>)> {
    let (mut picture, mut place) = (None, None);
    for inline in words {
        match inline {
            Inline::Image { path, alt } if picture.is_none() => picture = Some((path, alt)),
            Inline::Anchor(id) if place.is_none() => place = Some(id.as_str()),
            Inline::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    picture.map(|(path, alt)| (path.as_str(), alt.as_str(), place))
}

/// Words with attributes: in brackets, or as an element where brackets stand among them.
fn span(words: &str, marks: &str, attributes: &str) -> String {
    match words.contains(['[', ']', '\\', '<']) {
        true => format!("<span {attributes}>{words}</span>"),
        false => format!("[{words}]{{{marks}}}"),
    }
}

/// Whether marks of emphasis around `words` are read as such. CommonMark 6.2: an opening
/// mark has no white space behind it, and where a sign stands behind it, none but white
/// space before; a closing one likewise. Between letters both would be both, so there,
/// and wherever marks meet, the element says the same.
fn flanks(before: Option<char>, words: &str, after: Option<char>) -> bool {
    let (first, last) = (words.chars().next().unwrap_or(' '), words.chars().next_back().unwrap_or(' '));
    let fits = |inner: char, outer: Option<char>| match outer {
        None => true,
        Some(outer) if outer.is_whitespace() => true,
        Some(outer) => inner.is_alphanumeric() && !outer.is_alphanumeric() && !is_mark(outer),
    };
    // a space that does not break is white space too
    let is_solid = !first.is_whitespace() && !last.is_whitespace();
    is_solid && fits(first, before) && fits(last, after) && !words.contains(['*', '~'])
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '^' | '`' | '\\')
}

/// The first sign of what follows, as far as emphasis depends on it.
fn first_sign(rest: &[Inline], around: Around) -> Option<char> {
    match rest.first()? {
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Styled(..) => Some('*'),
        // an element, where a line end would end the block
        Inline::Break => Some(if around.one_line { '<' } else { ' ' }),
        _ => Some('['),
    }
}

/// An address for a link: one with signs that would end it stands between angle brackets. Tabs and ends of
/// lines are no part of an address (URL Standard, 4.4), and other control characters of none that leads anywhere.
pub(super) fn address(to: &str) -> String {
    let to: String = to.chars().filter(|c| !matches!(c, '<' | '>' | '\\') && !c.is_control()).collect();
    if to.contains([' ', '(', ')']) || to.is_empty() { format!("<{to}>") } else { to }
}

fn code_span(text: &str, in_cell: bool) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.trim().is_empty() {
        return text;
    }
    let text = if in_cell { text.replace('|', "\\|") } else { text };
    let fence = "`".repeat(longest_fence(&text, '`') + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn code(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_fence(text, '`').max(2) + 1);
    let language: String = language.chars().filter(|c| c.is_alphanumeric() || "+-#._".contains(*c)).collect();
    format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// The longest run of a sign.
fn longest_fence(text: &str, sign: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Lines behind angle brackets.
fn quoted(text: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

/// All lines but the first moved further in.
fn indented(text: &str, by: &str) -> String {
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(by);
            out.push_str(line);
        }
    }
    out
}
