//! Reads the XML of a drawing, and keeps what is on the list.

use super::data;
use super::document::{Child, Document, Element, Id, LINKS};
use super::fault::{Fault, SAVE_PARTS, within};
use super::names::{self, Verdict};
use crate::bounds;
use crate::css::{self, DRAWING};
use crate::narrow::Nearest;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
/// Longer than any entity that a program writes for itself, and than what refers to one.
const LONGEST_ENTITY: usize = 256;
const LONGEST_WITH_ENTITIES: usize = 1 << 16;
/// More attributes than an element has, more prefixes than a drawing, and as many
/// kinds of parts that are left out as anybody wants to hear of.
const MOST_ATTRIBUTES: usize = 500;
const MOST_PREFIXES: usize = 100;
const MOST_TOLD: usize = 10;

/// What becomes of a picture inside of a drawing: its bytes and media type, or why
/// it goes.
pub type Prepare<'p> = &'p mut dyn FnMut(&[u8]) -> Result<(Vec<u8>, &'static str), Inner>;

/// A prefix, and the namespace that it stands for from a depth on.
struct Prefix {
    depth: u64,
    name: String,
    namespace: Namespace,
}

/// Why a picture inside of a drawing is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inner {
    /// It is no picture that is shown, and is left out.
    LeftOut(String),
    /// It is damaged, or too large: the drawing cannot be used.
    Fault(String),
}

/// A drawing's parts that stay, and what was left out that an author would miss, each
/// kind once with its line.
pub(super) struct Read {
    pub(super) document: Document,
    pub(super) left_out: Vec<(String, usize)>,
}

/// Reads a drawing.
pub(super) fn read(text: &str, prepare: Prepare<'_>) -> Result<Read, Fault> {
    let mut sieve = Sieve {
        text,
        at: 0,
        document: Document::default(),
        left_out: Vec::new(),
        open: Vec::new(),
        skipped: 0,
        depth: 0,
        prefixes: vec![Prefix { depth: 0, name: String::new(), namespace: Namespace::Svg }],
        entities: BTreeMap::new(),
        bytes: 0,
        prepare,
    };
    let mut reader = Reader::from_str(text);
    loop {
        sieve.at = usize::nearest(reader.buffer_position());
        let event = reader.read_event().map_err(|problem| sieve.malformed(&problem))?;
        if matches!(event, Event::Eof) {
            break;
        }
        sieve.event(&event)?;
    }
    if sieve.depth > 0 {
        return Err(sieve.malformed(&"it ends before its last element does"));
    }
    if sieve.document.elements.is_empty() {
        return Err(sieve.malformed(&"it has no element `svg`"));
    }
    sieve.judge_sheets();
    let Sieve { mut document, left_out, .. } = sieve;
    document.settle_ids();
    Ok(Read { document, left_out })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Namespace {
    Svg,
    Xlink,
    Other,
}

struct Sieve<'t, 'p> {
    text: &'t str,
    /// Where the event begins that is looked at.
    at: usize,
    document: Document,
    left_out: Vec<(String, usize)>,
    /// The elements that are open; none for one that gives way to what it holds.
    open: Vec<Option<Id>>,
    /// How many elements are open that go with all that they hold.
    skipped: usize,
    depth: u64,
    /// The namespaces that prefixes stand for.
    prefixes: Vec<Prefix>,
    /// The entities that the drawing defines, each a text.
    entities: BTreeMap<String, String>,
    /// How many bytes of it stay, pictures aside.
    bytes: usize,
    prepare: Prepare<'p>,
}

impl Sieve<'_, '_> {
    fn line(&self) -> usize {
        self.text.as_bytes()[..self.at.min(self.text.len())].iter().filter(|b| **b == b'\n').count() + 1
    }

    fn malformed(&self, problem: &dyn std::fmt::Display) -> Fault {
        Fault::malformed(&format!("{problem} (line {})", self.line()))
    }

    fn leave_out(&mut self, what: String) {
        if self.left_out.len() < MOST_TOLD && !self.left_out.iter().any(|(known, _)| *known == what) {
            self.left_out.push((what, self.line()));
        }
    }

    fn event(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(start) => self.start(start),
            Event::Empty(start) => {
                self.start(start)?;
                self.end()
            }
            Event::End(_) => self.end(),
            Event::Text(words) => self.words(&words.xml10_content()),
            Event::CData(words) => self.words(&words.xml10_content()),
            Event::DocType(words) => {
                self.entities = entities(words);
                Ok(())
            }
            Event::GeneralRef(name) => {
                let words = match name.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    Ok(None) => self.entity(name).ok_or_else(|| self.unknown_entity(name))?.to_owned(),
                    Err(problem) => return Err(self.malformed(&problem)),
                };
                self.words(&words)
            }
            _ => Ok(()),
        }
    }

    fn entity(&self, name: &str) -> Option<&str> {
        let known = quick_xml::escape::resolve_predefined_entity(name);
        known.or_else(|| self.entities.get(name).map(String::as_str))
    }

    fn unknown_entity(&self, name: &str) -> Fault {
        self.malformed(&format!("the entity `&{name};` is not one of XML's"))
    }

    /// The namespace of a prefix, and the name without it.
    fn resolved<'n>(&self, name: &'n str) -> (Namespace, &'n str) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let known = self.prefixes.iter().rev().find(|known| known.name == prefix);
        // a program that forgets to declare its prefix means the usual one
        let usual = || match prefix {
            "svg" => Namespace::Svg,
            "xlink" => Namespace::Xlink,
            _ => Namespace::Other,
        };
        (known.map_or_else(usual, |known| known.namespace), local)
    }

    /// The attributes of an element, without escapes; namespaces are taken in.
    fn attributes(&mut self, start: &BytesStart<'_>) -> Result<Vec<(String, String)>, Fault> {
        let mut all: Vec<(String, String)> = Vec::new();
        // it would compare each with each
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|problem| self.malformed(&problem))?;
            if all.len() > MOST_ATTRIBUTES || self.prefixes.len() > MOST_PREFIXES {
                return Err(self.malformed(&"an element has hundreds of attributes"));
            }
            if attribute.value.len() > LONGEST_WITH_ENTITIES && !self.entities.is_empty() {
                return Err(self.malformed(&"it defines entities, and has very long attributes"));
            }
            let value = quick_xml::escape::unescape_with(&attribute.value, |name| self.entity(name));
            let value = value.map_err(|problem| self.malformed(&problem))?;
            let value: String = value.chars().filter(|c| is_allowed(*c)).collect();
            let key = attribute.key.into_inner();
            if let Some(prefix) = key.strip_prefix("xmlns:").or_else(|| (key == "xmlns").then_some("")) {
                let namespace = match value.as_str() {
                    SVG => Namespace::Svg,
                    XLINK => Namespace::Xlink,
                    _ => Namespace::Other,
                };
                self.prefixes.push(Prefix { depth: self.depth, name: prefix.to_owned(), namespace });
            } else if all.iter().any(|(known, _)| known == key) {
                return Err(self.malformed(&format!("the attribute `{key}` stands twice in an element")));
            } else {
                all.push((key.to_owned(), value));
            }
        }
        Ok(all)
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Fault> {
        self.depth += 1;
        within(&bounds::DRAWING_LEVELS, self.depth as f64)?;
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let attributes = self.attributes(start)?;
        let (namespace, name) = self.resolved(start.name().into_inner());
        let verdict =
            if namespace == Namespace::Svg { names::element(name) } else { Verdict::Goes { seen: false } };
        match verdict {
            _ if self.open.is_empty() && verdict != Verdict::Stays("svg") => {
                Err(self.malformed(&"its first element is not `svg`"))
            }
            Verdict::Stays(name) => self.keep(name, attributes),
            Verdict::Opens => {
                self.open.push(None);
                Ok(())
            }
            Verdict::Goes { seen } => {
                if seen {
                    self.leave_out(format!("`<{name}>`"));
                }
                self.skipped = 1;
                Ok(())
            }
        }
    }

    fn keep(&mut self, name: &'static str, attributes: Vec<(String, String)>) -> Result<(), Fault> {
        let parent = self.open.iter().rev().find_map(|open| *open);
        if self.open.is_empty() && !self.document.elements.is_empty() {
            return Err(self.malformed(&"it has two first elements"));
        }
        let id = self.document.elements.len();
        let mut element = Element { name, parent, attributes: Vec::new(), children: Vec::new() };
        for (key, value) in attributes {
            self.attribute(&mut element, key, value)?;
        }
        if let Some(own) = element.get("id") {
            self.document.ids.entry(own.to_owned()).or_insert(id);
        }
        self.bytes += name.len();
        within(&bounds::DRAWING_ELEMENTS, id as f64 + 1.0)?;
        self.within_bytes()?;
        self.document.elements.push(element);
        if let Some(parent) = parent {
            self.document.elements[parent].children.push(Child::Element(id));
        }
        self.open.push(Some(id));
        Ok(())
    }

    fn within_bytes(&self) -> Result<(), Fault> {
        within(&bounds::DRAWING, self.bytes as f64)
    }

    fn attribute(&mut self, element: &mut Element, key: String, value: String) -> Result<(), Fault> {
        let (namespace, local) = match key.split_once(':') {
            Some(_) => self.resolved(&key),
            None => (Namespace::Svg, key.as_str()),
        };
        let kept = match (namespace, local) {
            (Namespace::Svg, "href") if key == "href" => self.link(&value)?.map(|value| (key, value)),
            (Namespace::Xlink, "href") => self.link(&value)?.map(|value| (LINKS[1].to_owned(), value)),
            (_, "lang" | "space") if key.starts_with("xml:") => Some((key, value)),
            (Namespace::Svg, _) if key.starts_with("data-") => is_plain(&key).then_some((key, value)),
            (Namespace::Svg, local) if !key.contains(':') => match names::attribute(local, &value) {
                Ok(value) => value.map(|value| (key, value)),
                Err(what) => {
                    self.leave_out(what.into());
                    None
                }
            },
            _ => None,
        };
        if let Some((key, value)) = kept
            && element.get(&key).is_none()
        {
            let is_picture = LINKS.contains(&key.as_str());
            self.bytes += key.len() + if is_picture { 0 } else { value.len() };
            element.attributes.push((key, value));
        }
        Ok(())
    }

    /// Where a link may lead: to a place in the drawing, or to a picture that it holds.
    fn link(&mut self, address: &str) -> Result<Option<String>, Fault> {
        let address = address.trim();
        if address.starts_with('#') {
            return Ok(Some(address.to_owned()));
        }
        let is_data = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        let Some(bytes) = data::decode(address) else {
            let what = if is_data { "`data:` that is no picture" } else { "a link out of the drawing" };
            self.leave_out(what.to_owned());
            return Ok(None);
        };
        match (self.prepare)(&bytes) {
            Ok((bytes, media)) => Ok(Some(data::encode(media, &bytes))),
            Err(Inner::LeftOut(what)) => {
                self.leave_out(what);
                Ok(None)
            }
            Err(Inner::Fault(reason)) => {
                let reason = format!("holds a picture (line {}) that {reason}", self.line());
                Err(Fault { reason, hint: SAVE_PARTS })
            }
        }
    }

    fn words(&mut self, words: &str) -> Result<(), Fault> {
        if self.skipped > 0 {
            return Ok(());
        }
        let Some(id) = self.open.iter().rev().find_map(|open| *open) else { return Ok(()) };
        let words: String = words.chars().filter(|c| is_allowed(*c)).collect();
        self.bytes += words.len();
        self.within_bytes()?;
        let element = &mut self.document.elements[id];
        let is_space = words.chars().all(char::is_whitespace);
        if !is_space && !names::holds_words(element.name) && element.name != "style" {
            return Ok(());
        }
        match element.children.last_mut() {
            Some(Child::Words(before)) => before.push_str(&words),
            _ => element.children.push(Child::Words(words)),
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Fault> {
        let depth = self.depth;
        self.prefixes.retain(|prefix| prefix.depth < depth);
        self.depth = depth.checked_sub(1).ok_or_else(|| self.malformed(&"it closes an element twice"))?;
        if self.skipped > 0 {
            self.skipped -= 1;
        } else {
            self.open.pop();
        }
        Ok(())
    }

    /// Judges each style sheet as a whole, as a reader sees it.
    fn judge_sheets(&mut self) {
        for id in 0..self.document.elements.len() {
            if self.document.elements[id].name != "style" {
                continue;
            }
            let element = &self.document.elements[id];
            let is_css = element.get("type").is_none_or(|kind| kind.eq_ignore_ascii_case("text/css"));
            let words: String = element.words().collect();
            let judged = if is_css { css::sheet(&words, &DRAWING) } else { css::Judged::default() };
            for left_out in judged.left_out.into_iter().filter(|left_out| left_out.matters) {
                self.leave_out(format!("{} in a style sheet", left_out.what));
            }
            self.document.elements[id].children = vec![Child::Words(judged.css)];
        }
    }
}

/// Whether a name is made of plain letters.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// XML 1.0 §2.2, without the controls that it advises against.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The texts that a document type gives names to, as drawing programs do for
/// namespaces. One that holds other entities or elements is none that we take.
fn entities(doctype: &str) -> BTreeMap<String, String> {
    let declared = |part: &str| {
        let (name, rest) = part.trim_start().split_once(|c: char| c.is_ascii_whitespace())?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, _) = rest[1..].split_once(quote)?;
        let is_text = value.len() <= LONGEST_ENTITY && !value.contains(['&', '<', '%']);
        is_text.then(|| (name.to_owned(), value.to_owned()))
    };
    doctype.split("<!ENTITY").skip(1).filter_map(declared).collect()
}
