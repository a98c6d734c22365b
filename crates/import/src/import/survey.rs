//! The first look over the whole transcription, from which a [`Context`] is made.

use super::chapter_numbers::chapter_numbers;
use super::context::Context;
use super::dialect::{Dialect, TEX};
use super::document::Document;
use super::first_lines::first_indent;
use super::furniture::Furniture;
use super::line::{Line, are_wrapped, fences, normal};
use super::mark::scan_page;
use super::numbered_paragraphs::numbered_paragraphs;
use super::rules::spelled_note;
use super::spacing::Spacing;
use super::{contents, heading, no_title};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

impl<'a> Context<'a> {
    /// Looks over the whole transcription once.
    pub(super) fn survey(lines: &'a [Line<'a>], dialect: Dialect) -> Context<'a> {
        let fences = if dialect.is_markdown() { fences(lines) } else { BTreeMap::new() };
        let document = Document::survey(lines, dialect, &fences);
        let wrapped = matches!(dialect, Dialect::Wikisource | Dialect::Positions)
            || are_wrapped(lines, dialect.is_markdown());
        let mut repeated = HashMap::new();
        for line in lines.iter().filter(|l| l.text.len() <= 90) {
            *repeated.entry(normal(line.trimmed())).or_insert(0) += 1;
        }
        repeated.remove("");
        let plain = dialect == Dialect::Wikisource || !dialect.is_markdown() && !is_markdown(lines);
        let body_to = lines.iter().position(|l| ends_body(l.text));
        let contents = if plain { contents::regions(lines) } else { Vec::new() };
        let mut furniture = Furniture::survey(lines, &|i| contents.iter().any(|r| r.contains(&i)));
        let counts = plain && document.as_ref().is_none_or(|document| document.unparted);
        let chapter_numbers = if counts { chapter_numbers(lines) } else { BTreeSet::new() };
        furniture.folios.retain(|at| !chapter_numbers.contains(at));
        Context {
            lines,
            plain,
            wrapped,
            rules_part_pages: document.as_ref().is_none_or(|d| d.unparted)
                && rules_part_pages(lines, &furniture.folios),
            first_indent: first_indent(lines, document.as_ref()).filter(|_| plain && wrapped),
            spacing: Spacing::survey(lines, document.as_ref()),
            document,
            dialect,
            fences,
            furniture,
            contents,
            chapters: plain && heading::has_chapters(lines),
            matter_space: heading::matter_space(lines),
            titled_numerals: plain && heading::has_titled_numerals(lines),
            numerals_restart: plain && no_title::numerals_restart(lines),
            numerals_count_stanzas: plain && no_title::numerals_count_stanzas(lines),
            chapter_numbers,
            numbered_paragraphs: numbered_paragraphs(lines),
            letters: if plain { no_title::alphabets(lines) } else { BTreeSet::new() },
            names_stand_alone: plain && no_title::names_stand_alone(lines, &repeated),
            titles_are_flush: plain && no_title::titles_are_flush(lines),
            repeated,
            body_from: lines[..body_to.unwrap_or(lines.len())].iter().rposition(|l| begins_body(l.text)),
            body_to,
            among_notes: false,
            note_open: false,
            foot: false,
            in_contents: false,
            notes_are_spelled: lines.iter().any(|line| spelled_note(line.trimmed()).is_some()),
            last_note: 0,
            calls: BTreeMap::new(),
            next_item: None,
        }
    }
}

/// The line after which the book itself begins.
fn begins_body(line: &str) -> bool {
    line.starts_with("***") && line.to_ascii_uppercase().contains("START OF")
        || line.starts_with("*END*") && line.contains("SMALL PRINT")
}

/// The line at which the distributor's words at the end begin.
fn ends_body(line: &str) -> bool {
    line.starts_with("***") && line.to_ascii_uppercase().contains("END OF TH")
        || line.starts_with("End of the Project Gutenberg")
        || line.starts_with("End of Project Gutenberg")
}

/// Whether any line speaks Markdown: a heading, strong emphasis, a call.
pub(super) fn is_markdown(lines: &[Line<'_>]) -> bool {
    let strong = |t: &str| {
        let (before, after) = t.split_once("**").unwrap_or((t, ""));
        !before.ends_with('*') && after.starts_with(char::is_alphanumeric)
    };
    lines.iter().map(Line::trimmed).filter(|t| scan_page(t).is_none()).any(|t| {
        t.starts_with("# ")
            || t.starts_with("## ")
            || t.starts_with("```")
            || t.contains("<sup>")
            || TEX.iter().any(|command| t.starts_with(command))
            || t.contains("[^")
            || strong(t)
    })
}

/// Whether rules part the pages: a sentence runs on across one, or folios stand beside two.
fn rules_part_pages(lines: &[Line<'_>], folios: &HashSet<usize>) -> bool {
    let rule = |l: &Line<'_>| l.text.len() >= 3 && l.text.bytes().all(|b| b == b'-');
    let cut = |w: &[Line<'_>]| {
        let open = w[0].text.ends_with(|c: char| c.is_alphabetic() || c == ',' || c == '-');
        open && w[2].trimmed().starts_with(char::is_lowercase)
    };
    let beside = |i: usize| (i.saturating_sub(2)..=i + 2).any(|j| folios.contains(&j));
    let numbered = (0..lines.len()).filter(|i| rule(&lines[*i]) && beside(*i)).take(2).count();
    numbered == 2 || lines.windows(3).any(|w| rule(&w[1]) && !rule(&w[0]) && cut(w))
}
