//! A document by its words alone: paragraphs, headings and pictures, in their order. It is
//! what remains of a page whose elements overlap so that its shapes would lose words.
//!
//! Each word of the tree is met once, goes to the paragraph that is open and nowhere else,
//! and a paragraph ends where a block begins or ends: so no word can be lost or doubled.

use super::inlines::WITHOUT_WORDS;
use super::reader::{Reader, named_picture};
use super::tokens::is_block;
use crate::convert::element::{Element, Node};
use crate::convert::model::{Block, Inline, plain, tidy};

/// What was read so far.
#[derive(Default)]
struct Words {
    blocks: Vec<Block>,
    /// The words of the paragraph that is open.
    open: String,
}

impl Words {
    /// Ends the open paragraph, which is a heading of that level when it has one.
    fn end(&mut self, level: Option<u8>) {
        let words = tidy(vec![Inline::Text(std::mem::take(&mut self.open))]);
        if words.is_empty() {
            return;
        }
        self.blocks.push(match level {
            Some(level) => Block::Heading { level, words, id: None, class: None },
            None => Block::Paragraph(words),
        });
    }
}

impl Reader<'_, '_> {
    /// The blocks of a document that is read by its words.
    pub(super) fn words_of(&mut self, body: &Element, document: usize) -> Vec<Block> {
        self.document = document;
        let mut words = Words::default();
        self.add_words(body, None, &mut words);
        words.end(None);
        words.blocks.into_iter().map(|block| self.scene_break_or(block)).collect()
    }

    /// The block, or the pause that its line of stars makes: so would the manuscript read it.
    fn scene_break_or(&mut self, block: Block) -> Block {
        match &block {
            Block::Paragraph(words) if crate::convert::pauses::is_scene_break(&plain(words)) => {
                self.book.leave_out("signs of scene breaks, which are made anew", plain(words));
                Block::SceneBreak
            }
            _ => block,
        }
    }

    /// Adds the words of an element; `level` is that of the heading that it stands in.
    fn add_words(&mut self, element: &Element, level: Option<u8>, out: &mut Words) {
        for node in &element.children {
            match node {
                Node::Text(text) => out.open.push_str(text),
                Node::Element(inner) => self.add_element(inner, level, out),
            }
        }
    }

    fn add_element(&mut self, element: &Element, level: Option<u8>, out: &mut Words) {
        if WITHOUT_WORDS.contains(&element.name.as_str()) {
            self.book.leave_out("parts of a web page that no book has", super::all_words(element));
        } else if self.styles.look(element).hidden {
            self.book.leave_out("words that the source hides", super::all_words(element));
        } else if matches!(element.name.as_str(), "img" | "image") {
            out.end(level);
            self.add_picture(element, out);
            self.add_words(element, level, out);
        } else if is_block(&element.name) {
            out.end(level);
            let own = heading_level(&element.name);
            self.add_words(element, own, out);
            out.end(own);
        } else {
            self.add_words(element, level, out);
        }
    }

    fn add_picture(&mut self, element: &Element, out: &mut Words) {
        let alt = element.get("alt").unwrap_or("").to_owned();
        match self.picture(element) {
            Some(path) => out.blocks.push(Block::Figure { path, alt, caption: Vec::new(), id: None }),
            None => self.book.missing.push(named_picture(element).unwrap_or("").chars().take(80).collect()),
        }
    }
}

/// The level of a heading, by its element's name.
fn heading_level(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))
}
