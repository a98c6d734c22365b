//! Reading a PDF back: outline, page labels, structure and annotations as
//! lines of text.

#![allow(dead_code, reason = "each test binary reads other parts")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A file that has been read.
pub struct Read(pub Document);

impl Read {
    pub fn new(bytes: &[u8]) -> Read {
        Read(Document::load_mem(bytes).unwrap())
    }

    pub fn catalog(&self) -> &Dictionary {
        self.0.catalog().unwrap()
    }

    /// The dictionary that a value is, or refers to.
    pub fn dict<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        let (_, object) = self.0.dereference(object).unwrap();
        match object {
            Object::Stream(stream) => &stream.dict,
            other => other.as_dict().unwrap(),
        }
    }

    pub fn array<'a>(&'a self, object: &'a Object) -> &'a [Object] {
        self.0.dereference(object).unwrap().1.as_array().unwrap()
    }

    /// The ids of the pages in order.
    pub fn pages(&self) -> Vec<ObjectId> {
        self.0.get_pages().into_values().collect()
    }

    pub fn page(&self, index: usize) -> &Dictionary {
        self.0.get_dictionary(self.pages()[index]).unwrap()
    }

    /// A box of a page in points; none when the page has none.
    pub fn page_box(&self, index: usize, key: &str) -> Option<[f32; 4]> {
        let values = self.array(self.page(index).get(key.as_bytes()).ok()?);
        Some(std::array::from_fn(|side| values[side].as_float().unwrap()))
    }

    pub fn text(&self, dict: &Dictionary, key: &str) -> Option<String> {
        dict.get(key.as_bytes()).ok().map(|object| lopdf::decode_text_string(object).unwrap())
    }

    /// The titles of the outline, indented by depth.
    pub fn outline(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.outline_below(self.dict(self.catalog().get(b"Outlines").unwrap()), 0, &mut lines);
        lines
    }

    fn outline_below(&self, parent: &Dictionary, depth: usize, lines: &mut Vec<String>) {
        let mut next = parent.get(b"First").ok();
        while let Some(item) = next {
            let item = self.dict(item);
            lines.push(format!("{}{}", "  ".repeat(depth), self.text(item, "Title").unwrap()));
            self.outline_below(item, depth + 1, lines);
            next = item.get(b"Next").ok();
        }
    }

    /// The label of every page that has one of its own.
    pub fn labels(&self) -> Vec<String> {
        let tree = self.dict(self.catalog().get(b"PageLabels").unwrap());
        let pairs = self.array(tree.get(b"Nums").unwrap()).chunks(2);
        let label = |pair: &[Object]| {
            let label = self.dict(&pair[1]);
            let prefix = self.text(label, "P").unwrap_or_default();
            let style = label.get(b"S").map_or("", |s| std::str::from_utf8(s.as_name().unwrap()).unwrap());
            let start = label.get(b"St").map_or(0, |n| n.as_i64().unwrap());
            format!("{} {prefix}{style}{start}", pair[0].as_i64().unwrap())
        };
        pairs.map(label).collect()
    }

    /// The structure: one element a line, with the pieces of content in it.
    pub fn structure(&self) -> Vec<String> {
        let root = self.dict(self.catalog().get(b"StructTreeRoot").unwrap());
        let mut lines = Vec::new();
        self.element(root.get(b"K").unwrap(), 0, &mut lines);
        lines
    }

    fn element(&self, kid: &Object, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        let (_, kid) = self.0.dereference(kid).unwrap();
        match kid {
            Object::Array(kids) => kids.iter().for_each(|kid| self.element(kid, depth, lines)),
            Object::Integer(_) => lines.push(format!("{indent}*")),
            Object::Dictionary(dict) if dict.has(b"S") => {
                let name = std::str::from_utf8(dict.get(b"S").unwrap().as_name().unwrap()).unwrap();
                let alt = self.text(dict, "Alt").map(|alt| format!(" {alt:?}")).unwrap_or_default();
                lines.push(format!("{indent}{name}{alt}"));
                if let Ok(kids) = dict.get(b"K") {
                    self.element(kids, depth + 1, lines);
                }
            }
            Object::Dictionary(dict) if dict.get_type().is_ok_and(|t| t == b"OBJR") => {
                let words = self.text(self.dict(dict.get(b"Obj").unwrap()), "Contents").unwrap();
                lines.push(format!("{indent}-> {words}"));
            }
            _ => lines.push(format!("{indent}*")),
        }
    }
}
