//! What stands in a paragraph of an OpenDocument text: words, notes, pictures, changes, remarks.

use super::raw::{BESIDE, raw_of};
use super::reader::{PARAGRAPH_END, Reader};
use crate::bounds;
use crate::convert::element::{Element, Node};
use crate::convert::flow;
use crate::convert::look::Look;
use crate::convert::model::{Comment, Inline};
use crate::convert::targets::{anchor, linked, outside};
use crate::convert::tracked::Kind;

impl Reader<'_, '_, '_> {
    /// The inlines in an element; `usual` is the look of the paragraph.
    pub(super) fn inlines(&mut self, element: &Element, usual: Look) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in &element.children {
            match node {
                Node::Text(text) => self.text(text, &mut out),
                Node::Element(inner) => self.part(inner, usual, &mut out),
            }
        }
        out
    }

    fn text(&mut self, text: &str, out: &mut Vec<Inline>) {
        if self.dropping.is_some() {
            self.dropped.push_str(text);
            return;
        }
        self.remarks.see(text);
        out.push(Inline::Text(text.to_owned()));
    }

    fn part(&mut self, element: &Element, usual: Look, out: &mut Vec<Inline>) {
        match element.name.as_str() {
            "text:span" => self.span(element, usual, out),
            "text:a" => {
                // the line below a link is no emphasis
                let inner = self.inlines(element, Look { underlined: Some(true), ..usual });
                let to = self.target(element.get("xlink:href").unwrap_or(""));
                out.extend(linked(to, inner));
            }
            "text:bookmark-ref" | "text:reference-ref" => {
                let inner = self.inlines(element, usual);
                let place =
                    element.get("text:ref-name").and_then(anchor).filter(|id| self.wanted.contains(id));
                out.extend(linked(place.map(|id| format!("#{id}")), inner));
            }
            "text:s" => {
                let count = element.get("text:c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                self.text(&" ".repeat(count.min(80)), out);
            }
            "text:tab" => self.text("\t", out),
            "text:line-break" if self.dropping.is_some() => self.text(" ", out),
            "text:line-break" => out.push(Inline::Break),
            "text:bookmark" | "text:bookmark-start" | "text:reference-mark" | "text:reference-mark-start" => {
                let id = element.get("text:name").and_then(anchor).filter(|id| self.wanted.contains(id));
                out.extend(id.map(Inline::Anchor));
            }
            "text:note" => self.note(element, out),
            "office:annotation" => self.remark(element),
            "office:annotation-end" => {
                let name = element.get("office:name").unwrap_or("");
                self.remarks.mark(name, false);
            }
            "text:change-start" => self.change_start(element),
            "text:change-end" => self.change_end(element),
            "text:change" => self.deletion(element, usual, out),
            "text:ruby" => self.ruby(element, usual, out),
            "draw:frame" | "draw:a" | "draw:g" | "draw:custom-shape" | "draw:rect" => {
                self.drawing(element, out);
            }
            // where they stand in the text is said by `text:change`
            "text:tracked-changes" => {}
            name if BESIDE.contains(&name) => {}
            _ => out.extend(self.inlines(element, usual)),
        }
    }

    fn span(&mut self, element: &Element, usual: Look, out: &mut Vec<Inline>) {
        let style = self.styles.resolved("text", element.get("text:style-name").unwrap_or(""));
        if style.look.hidden == Some(true) {
            self.book.leave_out("words that the source hides", raw_of(element));
            return;
        }
        self.size = self.size.max(style.look.size.unwrap_or(0));
        let inner = self.inlines(element, usual);
        if inner.is_empty() {
            return;
        }
        let inner = style.look.capitals(inner, usual, self.book);
        let around = self.book.meta.language.as_deref().unwrap_or("en");
        let language = style.language.as_deref().map(|tag| (tag, around));
        out.extend(style.look.dress(inner, usual, style.is_code, language));
    }

    /// Where a link leads; a place in the text may say what it is: `#Heading|outline`.
    fn target(&mut self, href: &str) -> Option<String> {
        let Some(place) = href.strip_prefix('#') else {
            let to = outside(href);
            if to.is_none() {
                self.book.unfollowed.is_outside(href);
            }
            return to;
        };
        let id = anchor(place.split('|').next().unwrap_or(place))?;
        self.wanted.contains(&id).then(|| format!("#{id}"))
    }

    fn note(&mut self, element: &Element, out: &mut Vec<Inline>) {
        if self.dropping.is_some() {
            self.dropped.push_str(&raw_of(element));
            return;
        }
        let index = self.book.notes.len();
        self.book.notes.push(Vec::new());
        let joins = self.joins.take();
        let mut inside = Vec::new();
        self.blocks(element, &mut inside);
        self.joins = joins;
        let blocks = flow::blocks(inside, self.book);
        self.book.notes[index] = blocks;
        out.push(Inline::Note(index));
    }

    /// A remark of the margin. The words that it is about follow, up to its end.
    fn remark(&mut self, element: &Element) {
        let text =
            |name: &str| element.child(name).map(|inner| inner.words().trim().to_owned()).unwrap_or_default();
        let words = raw_of(element);
        self.book.leave_out("remarks of the margin, which stand in review.txt", words.clone());
        let date = text("dc:date").split('T').next().unwrap_or("").to_owned();
        let comment = Comment { author: text("dc:creator"), date, about: String::new(), words };
        let at = self.book.comments.len();
        self.book.comments.push(comment);
        if let Some(name) = element.get("office:name") {
            self.remarks.mark(name, true);
            self.remark_names.push((name.to_owned(), at));
        }
    }

    fn change_start(&mut self, element: &Element) {
        let id = element.get("text:change-id").unwrap_or("");
        let is_insertion = self.changes.get(id).is_some_and(|change| change.name == "text:insertion");
        if is_insertion {
            self.book.turn("changes that were kept track of, accepted or rejected as you asked");
        }
        if is_insertion && !self.wish.keep(Kind::Insertion, id) && self.dropping.is_none() {
            self.dropping = Some(id.to_owned());
        }
    }

    fn change_end(&mut self, element: &Element) {
        let id = element.get("text:change-id").unwrap_or("");
        if self.dropping.as_deref() == Some(id) {
            self.dropping = None;
            let words = std::mem::take(&mut self.dropped);
            self.book.leave_out("insertions that were rejected", words);
        }
    }

    /// Words that were deleted here: they come back when changes are rejected.
    fn deletion(&mut self, element: &Element, usual: Look, out: &mut Vec<Inline>) {
        let id = element.get("text:change-id").unwrap_or("");
        let changes = self.changes;
        let Some(change) = changes.get(id).filter(|change| change.name == "text:deletion") else { return };
        self.book.turn("changes that were kept track of, accepted or rejected as you asked");
        // deletions within deletions are followed by recursion
        if !self.wish.keep(Kind::Deletion, id)
            || bounds::NESTING.is_exceeded_by(self.restoring + 1)
            || !self.restored.insert(id.to_owned())
        {
            return;
        }
        self.restoring += 1;
        for (index, part) in change.elements().filter(|part| part.name != "office:change-info").enumerate() {
            if index > 0 {
                out.push(Inline::Text(PARAGRAPH_END.into()));
            }
            out.extend(self.inlines(part, usual));
        }
        self.restoring -= 1;
    }

    fn ruby(&mut self, element: &Element, usual: Look, out: &mut Vec<Inline>) {
        out.extend(element.child("text:ruby-base").map(|base| self.inlines(base, usual)).unwrap_or_default());
        if let Some(reading) = element.child("text:ruby-text") {
            self.book.added.push_str("() ");
            out.push(Inline::Text("(".into()));
            out.extend(self.inlines(reading, usual));
            out.push(Inline::Text(")".into()));
        }
    }

    /// A drawing: pictures stand here, the words of frames after the paragraph.
    fn drawing(&mut self, element: &Element, out: &mut Vec<Inline>) {
        let described = ["svg:desc", "svg:title"].iter().find_map(|name| element.child(name));
        let alt = described.map(|words| words.words().split_whitespace().collect::<Vec<_>>().join(" "));
        let mut shown = false;
        for inner in element.elements() {
            match inner.name.as_str() {
                // the same picture may follow in a further format
                "draw:image" if shown => {}
                "draw:image" => shown = self.picture(inner, alt.as_deref().unwrap_or(""), out),
                "draw:text-box" | "text:p" | "text:h" | "text:list" => {
                    self.book.turn("text boxes into paragraphs");
                    let mut text = Element::named("draw:text-box");
                    text.children.push(Node::Element(inner.clone()));
                    self.boxes.push(text);
                }
                "draw:frame" | "draw:a" | "draw:g" | "draw:custom-shape" | "draw:rect" => {
                    self.drawing(inner, out);
                }
                _ => {}
            }
        }
    }

    fn picture(&mut self, image: &Element, alt: &str, out: &mut Vec<Inline>) -> bool {
        let href = image.get("xlink:href").unwrap_or("");
        let path = crate::sources::path("", href.trim_start_matches("./"));
        if path.is_none() {
            self.book.unfollowed.is_outside(href);
        }
        let archive = self.archive;
        match path.and_then(|path| self.book.picture(&path, |path| archive.read(path))) {
            Some(path) => {
                out.push(Inline::Image { path, alt: alt.to_owned() });
                true
            }
            None => {
                self.book.missing.push(if href.is_empty() {
                    "a picture".to_owned()
                } else {
                    href.to_owned()
                });
                false
            }
        }
    }
}
