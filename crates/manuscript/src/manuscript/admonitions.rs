//! What other programs call notes, tips and warnings, in terms of ours.

use crate::book::{Admonition, Div};

/// A kind of admonition, as an author named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    kind: Admonition,
    /// The words above it, where our name of the kind would say something else.
    title: Option<&'static str>,
}

/// Names of MkDocs, Docusaurus, VuePress, Obsidian, Sphinx and AsciiDoc.
const NAMES: [(&str, Admonition, Option<&str>); 44] = [
    ("note", Admonition::Note, None),
    ("tip", Admonition::Tip, None),
    ("important", Admonition::Important, None),
    ("warning", Admonition::Warning, None),
    ("caution", Admonition::Caution, None),
    ("info", Admonition::Note, None),
    ("information", Admonition::Note, None),
    ("admonition", Admonition::Note, None),
    ("notice", Admonition::Note, None),
    ("secondary", Admonition::Note, None),
    ("hint", Admonition::Tip, None),
    ("success", Admonition::Tip, None),
    ("check", Admonition::Tip, None),
    ("done", Admonition::Tip, None),
    ("attention", Admonition::Warning, None),
    ("warn", Admonition::Warning, None),
    ("danger", Admonition::Caution, None),
    ("error", Admonition::Caution, None),
    ("alert", Admonition::Caution, None),
    ("bug", Admonition::Caution, Some("Bug")),
    ("failure", Admonition::Caution, None),
    ("fail", Admonition::Caution, None),
    ("missing", Admonition::Caution, None),
    ("abstract", Admonition::Note, Some("Abstract")),
    ("summary", Admonition::Note, Some("Summary")),
    ("tldr", Admonition::Note, Some("Summary")),
    ("example", Admonition::Note, Some("Example")),
    ("question", Admonition::Note, Some("Question")),
    ("help", Admonition::Note, Some("Question")),
    ("faq", Admonition::Note, Some("Question")),
    ("quote", Admonition::Note, Some("Quotation")),
    ("cite", Admonition::Note, Some("Quotation")),
    ("todo", Admonition::Note, Some("To do")),
    ("seealso", Admonition::Note, Some("See also")),
    ("exercise", Admonition::Note, Some("Exercise")),
    ("definition", Admonition::Note, Some("Definition")),
    ("rmdnote", Admonition::Note, None),
    ("rmdtip", Admonition::Tip, None),
    ("rmdwarning", Admonition::Warning, None),
    ("rmdcaution", Admonition::Caution, None),
    ("rmdimportant", Admonition::Important, None),
    ("infobox", Admonition::Note, None),
    ("details", Admonition::Note, Some("Details")),
    ("aside", Admonition::Note, None),
];

/// The kind of that name, in any letters, also as Quarto's `callout-note`.
pub(super) fn find(name: &str) -> Option<Named> {
    let small = name.trim().to_lowercase();
    let bare = small.strip_prefix("callout-").unwrap_or(&small);
    let found = NAMES.iter().find(|(known, ..)| *known == bare);
    found.map(|(_, kind, title)| Named { kind: *kind, title: *title })
}

/// The kind that a class in braces names: there most names are the author's own.
pub(super) fn find_class(name: &str) -> Option<Named> {
    let common = ["info", "hint", "danger", "infobox", "example", "exercise", "definition"];
    let prefixed = name.starts_with("callout-") || name.starts_with("rmd");
    let ours = Div::find(name).is_some();
    find(name).filter(|_| prefixed || ours || common.contains(&name))
}

impl Named {
    /// The class of our division.
    pub(super) fn class(self) -> &'static str {
        self.kind.name()
    }

    /// The words above it where the author gave none.
    pub(super) fn title(self) -> Option<&'static str> {
        self.title
    }
}
