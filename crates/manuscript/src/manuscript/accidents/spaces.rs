//! White space that Markdown takes away though the author may have placed it: spaces before a line that ends by hand, gaps
//! within a line, the blank lines that a sign alone in its line wants, and the line of a colon without words.

use crate::book::typed_words::is_scene_ornament;
use crate::book::{Block, BlockKind, Book, Inline, Seen, has_placed_lines, visit_inlines};
use crate::diag::{Code, Diagnostic, FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// A row of so many spaces is a gap; one that is wider was meant even where it is the only one.
const GAP: usize = 3;
const WIDE_GAP: usize = 6;

/// What is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    BeforeLine,
    Gap,
    AroundSign,
    /// Not the blank line, but the meaning of a term.
    NoMeaning,
}

impl Space {
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Space::BeforeLine => (
                "the spaces before this line are dropped",
                "write `::: verse` or `::: lines` before the lines and `:::` behind: there they stay",
            ),
            Space::Gap => (
                "a row of spaces within this line is printed as one",
                "columns are a table; `&emsp;` is a wide space",
            ),
            Space::AroundSign => (
                "a sign that stands alone in its line is joined to the lines around it",
                "leave a blank line above and below it; a scene break is `* * *`",
            ),
            Space::NoMeaning => (
                "a colon that stands alone in its line is joined to the line above it",
                "the meaning of a term stands behind its colon: `: words`; without one, delete the colon",
            ),
        }
    }
}

/// Tells of each kind once for a file.
pub(super) fn check(book: &Book, map: &SourceMap, findings: &mut Vec<Diagnostic>) {
    let mut found: BTreeMap<(FileId, Space), (Span, usize)> = BTreeMap::new();
    book.visit(&mut |seen| {
        let Seen::Blocks(blocks, _) = seen else { return };
        for block in blocks {
            let BlockKind::Para(inlines) = &block.kind else { continue };
            let text = &map.file(block.span.file).text;
            for (space, at) in lost(block, inlines, text) {
                let file = block.span.file;
                let end = at + text[at..].find('\n').unwrap_or(text.len() - at);
                let span = Span::new(file, at, text[..end].trim_end().len().max(at));
                found.entry((file, space)).or_insert((span, 0)).1 += 1;
            }
        }
    });
    for ((_, space), (span, count)) in found {
        let (message, hint) = space.told();
        let message = format!("{message}{}", super::more_places(count));
        findings.push(Diagnostic::new(Code::LinesJoined, span, message).hint(hint));
    }
}

/// What a paragraph loses, each kind once, and where its line begins.
fn lost(block: &Block, inlines: &[Inline], text: &str) -> Vec<(Space, usize)> {
    let start = (block.span.start as usize).min(text.len());
    let own = text.get(start..block.span.end as usize).unwrap_or("");
    if !own.contains("   ") && !own.contains('\n') && !own.contains('\t') {
        return Vec::new();
    }
    let column = text[..start].chars().rev().take_while(|c| *c != '\n').count();
    let is_code = own.contains('`') || own.contains('|');
    let breaks = has_break(inlines) && !has_placed_lines(inlines);
    let (mut out, mut at): (Vec<(Space, usize)>, usize) = (Vec::new(), start);
    let lines: Vec<&str> = own.split_inclusive('\n').collect();
    // two lines with a tab between words are columns
    let is_tabbed = |line: &&&str| line.trim().contains('\t');
    let tabbed = lines.iter().filter(is_tabbed).take(2).count() == 2;
    for (n, line) in lines.iter().enumerate() {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let lead = line.len() - words.len();
        let further = if column == 0 { 2 } else { 3 };
        let inside = n > 0 && n + 1 < lines.len();
        let mut put = |space: Space, lost: bool| {
            if lost && !out.iter().any(|(told, _)| *told == space) {
                out.push((space, at + lead));
            }
        };
        let placed = n > 0 && breaks && ends_by_hand(lines[n - 1]) && lead >= column + further;
        put(Space::BeforeLine, placed);
        put(
            Space::Gap,
            !is_code && (has_gaps(words.trim_end()) || tabbed && words.trim_end().contains('\t')),
        );
        put(Space::AroundSign, inside && is_alone(words.trim()));
        put(Space::NoMeaning, n > 0 && words.trim() == ":");
        at += line.len();
    }
    out
}

/// Whether a line ends where the author says so.
fn ends_by_hand(line: &str) -> bool {
    let line = line.trim_end_matches(['\n', '\r']);
    line.ends_with('\\') || line.ends_with("  ")
}

/// Whether words stand apart in a line: two gaps between them, or a wide one. Many type several spaces behind a stop.
fn has_gaps(line: &str) -> bool {
    let (mut gaps, mut blanks, mut before) = (0, 0, ' ');
    for c in line.chars() {
        match c {
            ' ' => blanks += 1,
            '\t' => blanks += GAP,
            _ => {
                let stops = matches!(before, '.' | '!' | '?' | ':' | ';' | '"' | '”');
                gaps += usize::from(blanks >= GAP && !stops) + usize::from(blanks >= WIDE_GAP);
                (blanks, before) = (0, c);
            }
        }
    }
    gaps >= 2
}

/// Whether a line is nothing but the sign of a pause.
fn is_alone(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    matches!(signs[..], ['.' | '#']) || !signs.is_empty() && signs.len() <= 5 && is_scene_ornament(&signs)
}

fn has_break(inlines: &[Inline]) -> bool {
    let mut found = false;
    visit_inlines(inlines, &mut |seen| found |= matches!(seen, Seen::Break));
    found
}

#[cfg(test)]
mod tests {
    use super::{has_gaps, is_alone};

    #[test]
    fn gaps_are_told_from_spaces_behind_a_stop() {
        for line in ["one   two   three", "one       two", "a\tb\tc", "I   go    home"] {
            assert!(has_gaps(line), "{line}");
        }
        for line in ["one  two  three", "It ended.   Then.   More", "one   two", "(a)\twords", ""] {
            assert!(!has_gaps(line), "{line}");
        }
        assert!(["*", "~", ".", "#", "* *"].iter().all(|line| is_alone(line)));
        assert!(!["", "a", "-", "....", "1."].iter().any(|line| is_alone(line)));
    }
}
