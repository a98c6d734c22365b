//! Writing XML that is always well-formed: every tag that is opened is closed,
//! every word is escaped, and no character that XML forbids gets through.

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;

/// An XML document that grows.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
    last: char,
}

/// Elements that stand in a line of words.
const INLINE: [&str; 12] = ["a", "b", "bdi", "br", "code", "em", "i", "s", "span", "strong", "sub", "sup"];

/// Attributes, each a name and an unescaped value.
pub(super) type Attributes<'a> = [(&'a str, &'a str)];

impl Xml {
    /// An empty document with its declaration.
    pub(super) fn new() -> Xml {
        let mut xml = Xml { writer: Writer::new(Vec::with_capacity(4096)), open: Vec::new(), last: '\n' };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.line();
        xml
    }

    /// The HTML5 doctype; before the first element only.
    pub(super) fn html_doctype(&mut self) {
        self.event(Event::DocType(BytesText::from_escaped("html")));
        self.line();
    }

    /// Opens an element.
    pub(super) fn open(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        let start = start(tag, attributes);
        self.event(Event::Start(start));
        if !INLINE.contains(&tag) {
            self.last = '\n';
        }
        self.open.push(tag);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        let tag = self.open.pop().expect("closed only after it was opened");
        self.event(Event::End(BytesEnd::new(tag)));
    }

    /// Closes the element that was opened last, and ends the line.
    pub(super) fn close_line(&mut self) {
        self.close();
        self.line();
    }

    /// An element without content, in the short form.
    pub(super) fn empty(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        let start = start(tag, attributes);
        self.event(Event::Empty(start));
    }

    /// An element that holds only words, on a line of its own.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: &Attributes<'_>, words: &str) {
        self.open(tag, attributes);
        self.text(words);
        self.close_line();
    }

    /// A property of the book, in the package document.
    pub(super) fn property(&mut self, name: &str, value: &str) {
        self.leaf("meta", &[("property", name)], value);
    }

    /// Words.
    pub(super) fn text(&mut self, words: &str) {
        self.last = words.chars().next_back().unwrap_or(self.last);
        let words = partial_escape(allowed(words));
        self.event(Event::Text(BytesText::from_escaped(words)));
    }

    /// Ends the line, for people who look into the file.
    pub(super) fn line(&mut self) {
        self.last = '\n';
        self.event(Event::Text(BytesText::from_escaped("\n")));
    }

    /// The character that was written last; a line end where a block begins.
    pub(super) fn last(&self) -> char {
        self.last
    }

    /// The document; closes what is still open.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close_line();
        }
        self.writer.into_inner()
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("writing to memory cannot fail");
    }
}

fn start<'a>(tag: &'static str, attributes: &'a Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(tag);
    for (name, value) in attributes {
        start.push_attribute((*name, allowed(value).as_ref()));
    }
    start
}

/// The words without characters that XML 1.0 §2.2 forbids.
fn allowed(words: &str) -> Cow<'_, str> {
    if !words.bytes().any(is_suspect) || words.chars().all(is_allowed) {
        Cow::Borrowed(words)
    } else {
        Cow::Owned(words.chars().filter(|c| is_allowed(*c)).collect())
    }
}

/// Whether a character that is not allowed may begin with that byte.
fn is_suspect(byte: u8) -> bool {
    matches!(byte, 0..=0x8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xef)
}

fn is_allowed(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_through_unescaped() {
        let mut xml = Xml::new();
        xml.open("p", &[("title", "a \"b\" <c>\u{1}")]);
        xml.text("x < y & \"z\"\u{0}\u{1b}");
        let text = String::from_utf8(xml.finish()).unwrap();
        assert!(
            text.ends_with("<p title=\"a &quot;b&quot; &lt;c&gt;\">x &lt; y &amp; \"z\"</p>\n"),
            "{text}"
        );
    }
}
