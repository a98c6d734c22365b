//! What came of a book, as it is kept and told.

use super::super::findings::Policy;
use super::super::production::Production;
use crate::diag::{self, Code, Colour, Diagnostic, Severity, SourceMap};
use crate::project::{Output, Tree, sha256};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// What came of a book: the same for the same inputs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// The book's title.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// How many findings are errors, and how many warnings.
    pub errors: usize,
    /// The same of warnings.
    pub warnings: usize,
    /// The editions that errors refuse.
    pub refused: Vec<String>,
    /// The findings.
    pub findings: Vec<Told>,
    /// The outputs, the record last; none when the book itself has errors.
    pub outputs: Vec<Kept>,
}

/// A finding in the words in which it is shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    /// Whether nothing need be done.
    pub is_note: bool,
    /// For scripts.
    pub json: String,
    /// For people.
    pub plain: String,
    /// For people, in colour.
    pub coloured: String,
}

/// An output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Its path from the folder of outputs.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Its hash.
    pub sha256: String,
}

impl Kept {
    /// An output with its hash.
    pub(super) fn new(output: &Output) -> Kept {
        let (file, bytes) = (output.name.clone(), output.bytes.len() as u64);
        Kept { file, bytes, sha256: sha256(&output.bytes) }
    }
}

impl Outcome {
    /// What came of a book that was made, with its outputs.
    pub(super) fn new(production: &mut Production, outputs: Vec<Kept>, policy: &Policy) -> Outcome {
        let findings = std::mem::take(&mut production.findings);
        let told = Outcome::of_findings(findings, &production.project.sources.map, policy);
        Outcome {
            title: production.project.sources.meta.title.clone(),
            pages: production.proof.pages.pages.len(),
            refused: production.refused.keys().map(|format| format.name().to_owned()).collect(),
            outputs,
            ..told
        }
    }

    /// What was found of a book that was not made.
    pub(super) fn of_findings(findings: Vec<Diagnostic>, map: &SourceMap, policy: &Policy) -> Outcome {
        let findings = policy.tidied(findings);
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let told = |finding: &Diagnostic| Told {
            is_note: finding.severity == Severity::Note,
            json: diag::json(finding, map),
            plain: diag::draw(finding, map, Colour::Off),
            coloured: diag::draw(finding, map, Colour::On),
        };
        let findings = findings.iter().map(told).collect();
        Outcome { errors, warnings, findings, ..Outcome::default() }
    }

    /// The record among the outputs: its name without its end.
    pub(super) fn slug(&self) -> Option<&str> {
        self.outputs.iter().find_map(|output| output.file.strip_suffix(".build.json"))
    }
}

/// How far an outcome holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Validity {
    /// For this run alone: it follows from more than the key says.
    Once,
    /// For this folder of outputs, in which older files lie that it speaks of.
    Here,
    /// For any folder.
    Anywhere,
}

impl Validity {
    /// How far what was made holds, of files as they lie in `tree`; `record` is the
    /// record that was written.
    pub(super) fn of(production: &Production, tree: &Tree, record: Option<&Output>) -> Validity {
        let project = &production.project;
        let shared = project.shared.as_ref().map_or("", |shared| shared.name());
        // a place in the catalogue is another when lines above it come or go
        let in_catalogue = |finding: &Diagnostic| {
            finding.span.is_some_and(|span| project.sources.map.file(span.file).name == shared)
        };
        let is_known = |name: &str| {
            name.starts_with("(built in) ")
                || name.starts_with("(catalogue) ")
                || name == "(command line)"
                || tree.contains_key(name)
                || tree.keys().any(|known| known.nfc().eq(name.nfc()))
        };
        let texts = project.sources.map.iter().map(|(_, file)| file.name.as_str());
        let pictures = project.sources.images.keys().map(String::as_str);
        if project.style.text.system_fonts
            || production.findings.iter().any(in_catalogue)
            || !texts.chain(pictures).all(is_known)
        {
            return Validity::Once;
        }
        let of_older = |finding: &Diagnostic| finding.code == Code::CoverStale;
        let speaks_of_older = record.is_some_and(|record| {
            let text = String::from_utf8_lossy(&record.bytes);
            text.contains("\"earlier\": true")
        });
        if speaks_of_older || production.findings.iter().any(of_older) {
            return Validity::Here;
        }
        Validity::Anywhere
    }
}
