//! What stands in a line of HTML.

use super::drama::is_speaker;
use super::reader::{Reader, named_picture};
use super::styles::is_a;
use super::tokens::is_block;
use crate::convert::element::{Element, Node};
use crate::convert::formulas;
use crate::convert::model::{Inline, Style, plain};

/// Elements without words for a book.
pub(super) const WITHOUT_WORDS: [&str; 16] = [
    "script", "style", "head", "template", "noscript", "iframe", "object", "embed", "video", "audio",
    "canvas", "input", "button", "select", "textarea", "map",
];

impl Reader<'_, '_> {
    /// The inlines of nodes.
    pub(super) fn inlines<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) -> Vec<Inline> {
        let mut out: Vec<Inline> = self.waiting.drain(..).map(Inline::Anchor).collect();
        for node in nodes {
            match node {
                Node::Text(text) => out.push(Inline::Text(text.clone())),
                Node::Element(element) => self.inline(element, &mut out),
            }
        }
        out
    }

    fn inline(&mut self, element: &Element, out: &mut Vec<Inline>) {
        if self.is_note(element) {
            return;
        }
        if self.label == Some(super::notes::key(element)) {
            self.book.leave_out("numbers of notes, which are made anew", element.words());
            return;
        }
        if WITHOUT_WORDS.contains(&element.name.as_str()) {
            self.book.leave_out("parts of a web page that no book has", element.words());
            return;
        }
        if is_page_break(element) {
            self.page(element, out);
            return;
        }
        let look = self.styles.look(element);
        if look.hidden {
            self.book.leave_out("words that the source hides", element.words());
            return;
        }
        out.extend(self.listed_page(element).as_deref().and_then(page_label).map(Inline::PageMark));
        out.extend(self.anchors(element).into_iter().map(Inline::Anchor));
        match element.name.as_str() {
            "br" => out.push(Inline::Break),
            "img" | "image" => self.image(element, out),
            "a" => self.link(element, out),
            "code" | "tt" | "kbd" | "samp" if element.elements().next().is_none() => {
                out.push(Inline::Code(element.words()));
            }
            "q" => {
                // some write the marks within it as well
                let is_marked = element.words().trim_start().starts_with(['“', '‘', '"', '«', '„', '»']);
                let marks = if is_marked { ["", ""] } else { ["“", "”"] };
                out.push(Inline::Text(marks[0].into()));
                out.extend(self.inlines(&element.children));
                out.push(Inline::Text(marks[1].into()));
            }
            "rt" => {
                let inner = self.inlines(&element.children);
                self.book.added.push_str("() ");
                out.push(Inline::Text("(".into()));
                out.extend(inner);
                out.push(Inline::Text(")".into()));
            }
            "math" => out.extend(formulas::inlines(element, self.book)),
            "rp" => self.book.leave_out("parentheses around readings, which are made anew", element.words()),
            _ => self.styled(element, out),
        }
    }

    /// An element that says how its words look, or in which language they are.
    fn styled(&mut self, element: &Element, out: &mut Vec<Inline>) {
        let look = self.styles.look(element);
        let mut inner = self.inlines(&element.children);
        if is_block(&element.name) {
            // a block among words: its words stand apart
            inner.insert(0, Inline::Break);
            inner.push(Inline::Break);
        }
        let only_call = inner.iter().all(|i| {
            matches!(i, Inline::Note(_) | Inline::Anchor(_))
                || matches!(i, Inline::Text(t) if t.trim().is_empty())
        });
        let named = match element.name.as_str() {
            "em" | "i" | "cite" | "dfn" | "var" | "u" => Some(Style::Emphasis),
            "strong" | "b" if is_speaker(element) => Some(Style::SmallCaps),
            "strong" | "b" => Some(Style::Strong),
            "sup" if !only_call => Some(Style::Super),
            "sub" => Some(Style::Sub),
            "s" | "del" | "strike" => Some(Style::Strike),
            _ => None,
        };
        let looks =
            [(look.italic, Style::Emphasis), (look.bold, Style::Strong), (look.small_caps, Style::SmallCaps)];
        let looks =
            looks.into_iter().filter(|(is, style)| *is && Some(*style) != named).map(|(_, style)| style);
        for style in looks.chain(named) {
            inner = vec![Inline::Styled(style, inner)];
        }
        if let Some(tag) = self.foreign(element) {
            inner = vec![Inline::Language(tag, inner)];
        }
        out.extend(inner);
    }

    fn image(&mut self, element: &Element, out: &mut Vec<Inline>) {
        let alt = element.get("alt").unwrap_or("").to_owned();
        match self.picture(element) {
            Some(path) => out.push(Inline::Image { path, alt }),
            None => {
                self.book.missing.push(named_picture(element).unwrap_or("").chars().take(80).collect());
            }
        }
        // an `image` of a drawing may say what it shows; and where nothing closes one, the text goes on in it
        let inner = self.inlines(&element.children);
        out.extend(inner);
    }

    fn link(&mut self, element: &Element, out: &mut Vec<Inline>) {
        if let Some(note) = self.call(element) {
            self.book.leave_out("numbers of notes, which are made anew", element.words());
            out.push(Inline::Note(note));
            return;
        }
        if self.leads_back(element) {
            self.book.leave_out("links from notes back to their calls, which are made anew", element.words());
            return;
        }
        let inner = unlinked(self.inlines(&element.children));
        let target = self.target(element);
        match target.filter(|_| !plain(&inner).trim().is_empty()) {
            Some(to) => out.push(Inline::Link(to, inner)),
            None => out.extend(inner),
        }
    }

    /// Where a link leads: into the book, or out of it.
    fn target(&mut self, element: &Element) -> Option<String> {
        let href = element.get("href")?.trim();
        if let Some(spot) = self.paths.place(self.document, href) {
            return self.places.get(&spot).map(|name| format!("#{name}"));
        }
        let outside = ["http://", "https://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
        if href.starts_with("file:") {
            self.book.unfollowed.is_outside(href);
        }
        outside.then(|| href.to_owned())
    }

    /// A page of the printed edition begins.
    fn page(&mut self, element: &Element, out: &mut Vec<Inline>) {
        let words = element.words();
        let said = element.get("title").or_else(|| element.get("aria-label")).filter(|said| !said.is_empty());
        let listed = self.listed_page(element);
        let label = listed
            .as_deref()
            .and_then(page_label)
            .or_else(|| page_label(said.unwrap_or(&words)))
            .or_else(|| page_label(&words))
            .or_else(|| page_label(element.get("id")?));
        self.book.leave_out("numbers of printed pages, kept as marks", words);
        out.extend(self.anchors(element).into_iter().map(Inline::Anchor));
        let mut inner = Vec::new();
        element.all(&|inner| inner.get("id").is_some(), &mut inner);
        let anchors: Vec<String> = inner.into_iter().flat_map(|inner| self.anchors(inner)).collect();
        out.extend(anchors.into_iter().map(Inline::Anchor));
        if let Some(label) = label {
            self.book.turn("numbers of printed pages into page marks");
            out.push(Inline::PageMark(label));
        }
    }
}

/// What stands in a link, without links of its own: no link holds another.
fn unlinked(inlines: Vec<Inline>) -> Vec<Inline> {
    let freed = |inline| match inline {
        Inline::Link(_, inner) => unlinked(inner),
        Inline::Styled(style, inner) => vec![Inline::Styled(style, unlinked(inner))],
        Inline::Language(tag, inner) => vec![Inline::Language(tag, unlinked(inner))],
        other => vec![other],
    };
    inlines.into_iter().flat_map(freed).collect()
}

/// Whether an element says that a page of the printed edition begins.
pub(super) fn is_page_break(element: &Element) -> bool {
    is_a(element, &["pagebreak", "pagenum", "pageno", "page-number", "x-ebookmaker-pageno", "pb"])
        && (element.words().trim().chars().count() <= 16)
}

/// The number of a page: `12`, `xiv`, `Page 12`, `[Pg 12]`, `{12}`.
fn page_label(words: &str) -> Option<String> {
    let bare = words.trim().trim_matches(|c: char| !c.is_alphanumeric());
    let last =
        bare.rsplit(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '-')).next().unwrap_or(bare);
    let digits = last.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_roman = !last.is_empty() && last.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    let is_number = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number {
        Some(digits.trim_start_matches('0').to_owned()).filter(|d| !d.is_empty())
    } else {
        is_roman.then(|| last.to_owned())
    }
}
