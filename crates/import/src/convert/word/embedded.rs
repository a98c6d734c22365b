//! Texts that a Word file holds in another format (`w:altChunk`): web pages, alone or in the envelope of a mail, plain
//! text, and other Word files. What is no such thing is told of, and nothing is run.

use super::package::Package;
use crate::bounds;
use crate::convert::element::Element;
use crate::convert::flow::Flow;
use crate::convert::html::{self, Paths, Spot, Styles};
use crate::convert::model::{Block, Book, Inline};
use crate::convert::visit::inlines_mut;
use crate::convert::words::Counts;
use crate::diag::Diagnostic;
use crate::encoding;
use std::collections::BTreeSet;

/// No text is read that is embedded deeper.
pub(super) const DEEPEST: usize = 4;

/// Notes of embedded texts are numbered from here on, until those of the whole are known: more than any source holds.
const FIRST_NOTE: usize = 1_000_000_000;

/// What the embedded texts of a file hold besides their paragraphs.
#[derive(Default)]
pub(super) struct Embedded {
    /// Their words, counted without the readers that make their paragraphs.
    pub words: Counts,
    /// Their notes, in the order of their calls.
    notes: Vec<Vec<Block>>,
    /// What there is to say of them.
    pub findings: Vec<Diagnostic>,
    /// How deep the text is embedded that is read.
    pub depth: usize,
    /// How many bytes of text were read.
    length: usize,
    /// Those that were read: the same text is brought in once.
    known: BTreeSet<String>,
}

/// What a text is.
pub(super) enum Text {
    /// A Word file.
    Word(Vec<u8>),
    /// A web page.
    Web(String),
    /// Lines of plain text.
    Plain(String),
    /// Something that is not read.
    Other,
}

impl Text {
    /// Tells what the bytes of a file are.
    pub(super) fn of(path: &str, bytes: Vec<u8>) -> Text {
        if bytes.starts_with(b"PK\x03\x04") {
            return Text::Word(bytes);
        }
        let text = encoding::read(&bytes).into_owned();
        let head = text[..text.floor_char_boundary(2048)].to_ascii_lowercase();
        if head.contains("mime-version:") || head.contains("content-type: multipart") {
            return page_of_mail(&text).map_or(Text::Other, Text::Web);
        }
        let is_web =
            ["<html", "<!doctype html", "<body", "<p>", "<p ", "<div"].iter().any(|tag| head.contains(tag));
        match path.rsplit('.').next().unwrap_or("").to_ascii_lowercase().as_str() {
            _ if is_web => Text::Web(text),
            "txt" => Text::Plain(text),
            _ => Text::Other,
        }
    }
}

impl Embedded {
    /// Whether a text of that name and length is read: each once, and no more than a source may hold.
    pub(super) fn takes(&mut self, name: &str, length: usize) -> bool {
        self.length = self.length.saturating_add(length);
        self.depth < DEEPEST
            && !bounds::SOURCE.is_exceeded_by(self.length)
            && self.known.insert(name.to_owned())
    }

    /// Keeps the notes of an embedded text, and leads its calls to them.
    pub(super) fn keep_notes(&mut self, flow: &mut [Flow], mut notes: Vec<Vec<Block>>) {
        let first = FIRST_NOTE + self.notes.len();
        let mut lead = |inline: &mut Inline| {
            if let Inline::Note(note) = inline
                && *note < FIRST_NOTE
            {
                *note += first;
            }
        };
        in_flow(flow, &mut lead);
        notes.iter_mut().for_each(|blocks| inlines_mut(blocks, &mut lead));
        self.notes.append(&mut notes);
    }

    /// Puts the notes behind those of the whole, and leads all calls there.
    pub(super) fn place_notes(&mut self, blocks: &mut [Block], book: &mut Book) {
        let first = book.notes.len();
        book.notes.append(&mut self.notes);
        let mut lead = |inline: &mut Inline| {
            if let Inline::Note(note) = inline
                && *note >= FIRST_NOTE
            {
                *note = *note - FIRST_NOTE + first;
            }
        };
        inlines_mut(blocks, &mut lead);
        book.notes.iter_mut().for_each(|blocks| inlines_mut(blocks, &mut lead));
    }

    /// The paragraphs of a web page that lies at `path` in a Word file.
    pub(super) fn page(
        &mut self,
        package: &Package<'_>,
        path: &str,
        text: &str,
        book: &mut Book,
    ) -> Vec<Flow> {
        let (page, was_too_deep) = html::tree(text);
        book.unfollowed.is_deep(path, was_too_deep);
        self.words.add(&html::raw_words(&page), 1);
        let mut styles = Styles::default();
        let mut sheets = Vec::new();
        page.all(&|element| element.name == "style", &mut sheets);
        sheets.iter().for_each(|sheet| styles.add(&sheet.words()));
        let paths = Parts { package, path };
        let language = book.meta.language.clone();
        let outer = std::mem::take(&mut book.notes);
        let documents: [&Element; 1] = [&page];
        let blocks = html::read(&documents, &paths, &styles, language.as_deref(), false, book);
        let own = std::mem::replace(&mut book.notes, outer);
        let mut flow = vec![Flow::Blocks(blocks.into_iter().flatten().collect())];
        self.keep_notes(&mut flow, own);
        flow
    }
}

/// Shows every inline of a flow to `change`.
fn in_flow(flow: &mut [Flow], change: &mut dyn FnMut(&mut Inline)) {
    for part in flow {
        match part {
            Flow::Paragraph(paragraph) => {
                // as those of a paragraph of the model
                let mut blocks = [Block::Paragraph(std::mem::take(&mut paragraph.words))];
                inlines_mut(&mut blocks, change);
                let [Block::Paragraph(words)] = blocks else { continue };
                paragraph.words = words;
            }
            Flow::Table { rows, .. } => {
                rows.iter_mut().flatten().for_each(|cell| in_flow(cell, change));
            }
            Flow::Blocks(blocks) => inlines_mut(blocks, change),
        }
    }
}

/// The paths of a page within a Word file.
struct Parts<'a, 'z> {
    package: &'a Package<'z>,
    path: &'a str,
}

impl Paths for Parts<'_, '_> {
    fn place(&self, document: usize, href: &str) -> Option<Spot> {
        let id = href.strip_prefix('#')?;
        Some((document, crate::sources::decode(id)))
    }

    fn page(&self, _: &Spot) -> Option<&str> {
        None
    }

    fn picture(&self, _: usize, src: &str) -> Option<String> {
        let path = crate::sources::path(self.path, &crate::sources::decode(src))?;
        (!src.contains(':')).then_some(path)
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.package.archive.read(path)
    }
}

/// The web page in the envelope of a mail (RFC 2557), as programs save pages in one file.
fn page_of_mail(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n")?;
    let Some(boundary) = parameter(head, "boundary") else { return decoded(head, body) };
    let mark = format!("--{boundary}");
    text.split(mark.as_str()).skip(1).find_map(|part| {
        let (head, body) = part.trim_start_matches('\n').split_once("\n\n")?;
        decoded(head, body)
    })
}

/// The value of a parameter of a head: `boundary="x"`.
fn parameter<'t>(head: &'t str, name: &str) -> Option<&'t str> {
    let at = head.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = &head[at + name.len() + 1..];
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', '\n', ' ']).next(),
    }
}

/// The words of a part that is a web page, written so that mail can hold them; none of another part.
fn decoded(head: &str, body: &str) -> Option<String> {
    let head = head.to_ascii_lowercase();
    if !head.contains("text/html") || head.contains("base64") {
        return None;
    }
    if !head.contains("quoted-printable") {
        return Some(body.to_owned());
    }
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let code =
            || std::str::from_utf8(behind.get(..2)?).ok().and_then(|code| u8::from_str_radix(code, 16).ok());
        match first {
            b'=' if behind.starts_with(b"\n") => rest = &behind[1..],
            b'=' => match code() {
                Some(byte) => {
                    bytes.push(byte);
                    rest = &behind[2..];
                }
                None => bytes.push(b'='),
            },
            byte => bytes.push(*byte),
        }
    }
    Some(encoding::read(&bytes).into_owned())
}
