//! Every text of a book, parsed by itself and not yet led to the others.

use super::leftover::Leftovers;
use super::memo::{Memo, Parsed};
use super::parsed::ParsedText;
use super::raw::{Inline, InlineKind};
use super::{limits, markdown, prepare, raw, sections};
use crate::book::{Section, file_span};
use crate::diag::{self, Diagnostic, FileId, Span};
use crate::guard::guarded;
use crate::jobs;
use crate::sources::Sources;

/// The book's sections, and every text parsed by itself, unless a memo has it.
pub(super) fn texts(
    sources: &Sources,
    memo: Option<&mut Memo>,
    findings: &mut Vec<Diagnostic>,
) -> (Vec<Section>, Vec<ParsedText>) {
    let (sections, files) = sections::list(sources);
    let read = files.iter().map(|(_, file)| (*file, sources.map.file(*file).text.as_str()));
    if let Some(finding) = limits::marks(read) {
        // nothing is made of such a book
        findings.push(finding);
        return (Vec::new(), Vec::new());
    }
    // No text knows of another before all are parsed, so they are parsed side by side; what is found is
    // told in the order of the book.
    let known = |file| memo.as_deref()?.find(sources, file).cloned();
    let parse = |file| known(file).unwrap_or_else(|| text(sources, file));
    let parsed = jobs::side_by_side(files.len(), |index| parse(files[index].1));
    if let Some(memo) = memo {
        memo.keep(sources, files.iter().map(|(_, file)| *file).zip(&parsed));
    }
    let mut parts: Vec<ParsedText> = Vec::with_capacity(files.len());
    for ((section, file), (text, mut found)) in files.into_iter().zip(parsed) {
        findings.append(&mut found);
        diag::bound(findings);
        parts.push(ParsedText { section, file, text });
    }
    (sections, parts)
}

/// One text, and what was found in it.
fn text(sources: &Sources, file: FileId) -> Parsed {
    let (source, language) = (&sources.map.file(file).text, &sources.meta.language);
    let (mut findings, mut found) = (Vec::new(), Vec::new());
    let prepared = prepare::prepare(file, source, language, &mut findings);
    let text = guarded(|| markdown::parse(&prepared, source, language, sources.markup, &mut found));
    let mut text = text.unwrap_or_else(|fall| {
        let what = format!("`{}` could not be read as Markdown", sources.map.file(file).name);
        found.push(fall.finding(&what, file_span(file)));
        raw::Text::default()
    });
    findings.append(&mut found);
    let title = prepared.title.map(|(title, span)| {
        let words = title_words(source, &title, span, sources, &mut findings);
        (words, span)
    });
    sections::title_from_above(&mut text, title, language, &mut findings);
    (text, findings)
}

/// The title that front matter gives, with its marks where it stands there as it is printed.
fn title_words(
    source: &str,
    title: &str,
    above: Span,
    sources: &Sources,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Inline> {
    let mut left = Leftovers::default();
    let how = (&sources.meta.language, sources.markup);
    let read = markdown::words_at(title, (source, above), how, &mut left, findings);
    left.tell(findings);
    read.unwrap_or_else(|| vec![Inline { kind: InlineKind::Text(title.to_owned()), span: above }])
}
