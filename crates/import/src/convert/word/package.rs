//! The parts of a Word file: which files hold the text, its notes, remarks and pictures.

use crate::convert::archive::Archive;
use crate::convert::element::Element;
use crate::convert::tree::folder_of;
use crate::convert::unfollowed::Unfollowed;
use crate::convert::xml_names::with_usual_prefixes;
use crate::convert::{bounded, xml};
use crate::diag::{Code, Diagnostic};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a relationship leads to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub to: String,
    pub is_outside: bool,
    kind: String,
}

/// A Word file.
pub(super) struct Package<'a> {
    pub archive: Archive<'a>,
    name: String,
    /// The path of the text.
    pub main: String,
    /// The relationships of the parts that were asked for.
    known: RefCell<BTreeMap<String, Rc<BTreeMap<String, Target>>>>,
    /// What is wrong with the first relationships that are there and are no XML.
    broken: RefCell<Option<Diagnostic>>,
    /// What the file names outside of it, and the parts that stand too deep.
    pub unfollowed: RefCell<Unfollowed>,
}

impl<'a> Package<'a> {
    /// Opens a Word file.
    ///
    /// # Errors
    /// A finding, when it is damaged.
    pub(super) fn open(name: &str, bytes: &'a [u8]) -> Result<Package<'a>, Diagnostic> {
        let archive = Archive::open(name, bytes)?;
        let package = Package {
            archive,
            name: name.to_owned(),
            main: String::new(),
            known: RefCell::default(),
            broken: RefCell::default(),
            unfollowed: RefCell::default(),
        };
        let office =
            package.relations("").values().find(|target| target.kind.ends_with("/officeDocument")).cloned();
        let main = office.map_or_else(|| "word/document.xml".to_owned(), |target| target.to);
        Ok(Package { main, ..package })
    }

    /// What was made of the file, unless a part of it could not be read: nobody could say what is lost with it.
    ///
    /// # Errors
    /// The finding that says which, before any that follows from it.
    pub(super) fn whole<T>(&self, made: Result<T, Diagnostic>) -> Result<T, Diagnostic> {
        let made = self.archive.whole(&self.name, made);
        match self.broken.borrow_mut().take() {
            Some(broken) => Err(broken),
            None => made,
        }
    }

    /// The words of a part, as XML.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.archive.text(path).map(|text| with_usual_prefixes(&text).into_owned())
    }

    /// The tree of a part.
    ///
    /// # Errors
    /// A finding, when it is there and is not XML.
    pub(super) fn tree(&self, path: &str) -> Result<Option<Element>, Diagnostic> {
        let Some(text) = self.text(path) else { return Ok(None) };
        bounded(path, [text.as_str()].into_iter())?;
        let tree = xml::tree(&text).map_err(|what| self.damaged(&format!("{path}: {what}")))?;
        self.unfollowed.borrow_mut().is_deep(path, tree.1);
        Ok(Some(tree.0))
    }

    /// The finding that the file is damaged.
    pub(super) fn damaged(&self, what: &str) -> Diagnostic {
        Diagnostic::new(Code::ImportDamaged, None, format!("{} is no whole Word file: {what}", self.name))
            .hint("open it in a word processor, save it anew as .docx, and import that")
    }

    /// The relationships of a part, by their ids. One that leads out of the file leads nowhere.
    pub(super) fn relations(&self, part: &str) -> Rc<BTreeMap<String, Target>> {
        if let Some(known) = self.known.borrow().get(part) {
            return known.clone();
        }
        let found = Rc::new(self.read_relations(part));
        self.known.borrow_mut().insert(part.to_owned(), found.clone());
        found
    }

    fn read_relations(&self, part: &str) -> BTreeMap<String, Target> {
        let (folder, name) = (folder_of(part), part.rsplit('/').next().unwrap_or(part));
        let path = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        let tree = match self.tree(&path) {
            Ok(Some(tree)) => tree,
            Ok(None) => return BTreeMap::new(),
            Err(wrong) => {
                self.broken.borrow_mut().get_or_insert(wrong);
                return BTreeMap::new();
            }
        };
        let mut found = Vec::new();
        tree.all(&|element| element.name.ends_with("Relationship"), &mut found);
        let target = |element: &&Element| {
            let to = element.get("Target")?;
            let is_outside = element.get("TargetMode") == Some("External");
            let inside = || match to.strip_prefix('/') {
                Some(whole) => crate::sources::path("", whole),
                None => crate::sources::path(part, to),
            };
            let kind = element.get("Type").unwrap_or("").to_owned();
            let inside = if is_outside { Some(to.to_owned()) } else { inside() };
            // links and pictures are told of where they are used
            if inside.is_none() || is_outside && !["/hyperlink", "/image"].iter().any(|k| kind.ends_with(k)) {
                self.unfollowed.borrow_mut().is_outside(to);
            }
            let to = inside?;
            Some((element.get("Id")?.to_owned(), Target { to, is_outside, kind }))
        };
        found.iter().filter_map(target).collect()
    }

    /// The part of a kind that belongs to the text, such as `footnotes`.
    pub(super) fn part(&self, kind: &str) -> Option<String> {
        self.parts(kind).into_iter().next()
    }

    /// All parts of a kind, such as `header`.
    pub(super) fn parts(&self, kind: &str) -> Vec<String> {
        let ending = format!("/{kind}");
        let all = self.relations(&self.main);
        all.values().filter(|target| target.kind.ends_with(&ending)).map(|target| target.to.clone()).collect()
    }
}
