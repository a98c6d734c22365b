//! Every text of a book, parsed by itself and not yet led to the others.

use super::parsed::ParsedText;
use super::{markdown, prepare, raw, sections};
use crate::book::{Section, file_span};
use crate::diag::Diagnostic;
use crate::guard::guarded;
use crate::sources::Sources;

/// The book's sections, and every text parsed by itself.
pub(super) fn texts(sources: &Sources, findings: &mut Vec<Diagnostic>) -> (Vec<Section>, Vec<ParsedText>) {
    let (sections, files) = sections::list(sources);
    let mut parts: Vec<ParsedText> = Vec::new();
    for (section, file) in files {
        let source = &sources.map.file(file).text;
        let prepared = prepare::prepare(file, source, &sources.meta.language, findings);
        let (language, mut found) = (&sources.meta.language, Vec::new());
        let text = guarded(|| markdown::parse(&prepared, source, language, sources.markup, &mut found));
        let mut text = text.unwrap_or_else(|fall| {
            let what = format!("`{}` could not be read as Markdown", sources.map.file(file).name);
            found.push(fall.finding(&what, file_span(file)));
            raw::Text::default()
        });
        findings.append(&mut found);
        sections::title_from_above(&mut text, prepared.title, language, findings);
        parts.push(ParsedText { section, file, text });
    }
    (sections, parts)
}
