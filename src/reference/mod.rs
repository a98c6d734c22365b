//! The reference: every key, finding, printer and shop in words, each made from
//! the one table that the tool itself reads.
//!
//! [`documents()`] are the files of docs/reference and the generated texts of
//! the handbook; tests/reference.rs says when one of them is no longer what the
//! tables say, and `ACCEPT=1` writes it anew. [`terminal`] is `pamphleteer
//! keys` and the list of `pamphleteer explain`, [`schema`] what editors of TOML
//! read.

mod entry;
mod handbook;
mod markdown;
mod pattern;
pub mod schema;
pub mod terminal;
mod trade;

pub use entry::{Entry, entries};
pub use handbook::escaped;
pub use markdown::MADE;

/// A file of documentation that is made from a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Where it stands, from the root of the repository.
    pub path: &'static str,
    /// What stands in it.
    pub text: String,
}

/// Every file that this module makes.
#[must_use]
pub fn documents() -> Vec<Document> {
    let document = |path, text| Document { path, text };
    vec![
        document("docs/reference/style.md", markdown::style()),
        document("docs/reference/book.md", markdown::book()),
        document("docs/reference/findings.md", markdown::findings()),
        document("docs/reference/bounds.md", markdown::bounds()),
        document("docs/reference/printers.md", trade::printers()),
        document("docs/reference/shops.md", trade::shops()),
        document("docs/reference/book.schema.json", schema::printed(&schema::book())),
        document("docs/reference/style.schema.json", schema::printed(&schema::style_file())),
        document("manuscript/handbook/reference-style.md", handbook::style()),
        document("manuscript/handbook/reference-book.md", handbook::book()),
        document("manuscript/handbook/reference-bounds.md", handbook::bounds()),
        document("manuscript/handbook/reference-trade.md", trade::handbook()),
        document("manuscript/handbook/reference-findings.md", handbook::findings()),
    ]
}
