//! A question of the editor about a place, with the book as the editor has it.

use super::documents::{Documents, real, root_of};
use super::place::{byte_at, range};
use crate::diag::{FileId, Span};
use crate::project::{Around, Project, load_with};
use serde_json::{Value, json};

/// A question about a place of a document, with the book as the editor has it.
pub(super) struct Asked<'d> {
    /// All that is open.
    pub documents: &'d Documents,
    /// The book.
    pub project: Project,
    /// The document's name in the book.
    pub name: String,
    /// The document's text.
    pub text: String,
    /// The byte that is asked about; 0 when it is the whole document.
    pub at: usize,
}

impl<'d> Asked<'d> {
    /// The question in `params`; none when the document is no book's.
    pub(super) fn new(documents: &'d Documents, params: &Value) -> Option<Asked<'d>> {
        let path = real(params["textDocument"]["uri"].as_str()?)?;
        let root = root_of(&path)?;
        let inside = path.strip_prefix(std::fs::canonicalize(&root).ok()?).ok()?;
        let parts: Vec<&str> = inside.iter().filter_map(|part| part.to_str()).collect();
        let around = Around { unsaved: Some(documents.texts()), ..Around::default() };
        let project = load_with(&root, around, &mut Vec::new()).ok()?;
        let text = documents.texts().get(&path)?.clone();
        let position = &params["position"];
        let number = |key: &str| usize::try_from(position[key].as_u64()?).ok();
        let at = number("line").zip(number("character")).map_or(0, |(line, unit)| byte_at(&text, line, unit));
        Some(Asked { documents, project, name: parts.join("/"), text, at })
    }

    /// The document among the book's sources.
    pub(super) fn file(&self) -> Option<FileId> {
        self.project.sources.map.find(&self.name)
    }

    /// The line up to the place that is asked about.
    pub(super) fn before(&self) -> &str {
        let start = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        &self.text[start..self.at]
    }

    /// A place of the book in the protocol's words.
    pub(super) fn location(&self, span: Span) -> Value {
        let file = self.project.sources.map.file(span.file);
        let uri = self.documents.uri(&self.project.root.join(&file.name));
        json!({ "uri": uri, "range": range(file, span) })
    }
}
