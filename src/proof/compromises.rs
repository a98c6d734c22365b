//! What pages had to take that a reader notices, as findings: one for each kind,
//! with its number and first places. All of it stands in `build.json`.

use crate::diag::{Code, Diagnostic, Scope, Span};
use crate::pages::{Compromise, Pages};
use std::collections::BTreeSet;

/// So many pages are named; the others are counted.
const NAMED: usize = 6;
/// A kind of compromise: which of [`Pages::compromises`] it takes in, its code, what
/// is said of one and of several, and what to do.
struct Kind {
    holds: fn(&Compromise) -> bool,
    code: Code,
    one: &'static str,
    many: &'static str,
    hint: &'static str,
}

const KINDS: &[Kind] = &[
    Kind {
        holds: |taken| matches!(taken, Compromise::LateNote { .. }),
        code: Code::NoteLate,
        one: "a note begins on a later page than its call",
        many: "notes begin on a later page than their calls, {n} times",
        hint: "shorten the notes before it, move a call to another sentence, or set `notes.place = \"text\"`",
    },
    Kind {
        holds: |taken| matches!(taken, Compromise::OverfullPage),
        code: Code::PageOverfull,
        one: "something is higher than the text block",
        many: "{n} things are higher than the text block",
        hint: "make a picture smaller with `{width=50%}`, or divide what is too high",
    },
    Kind {
        holds: |taken| {
            use Compromise::{HeadingAtFoot, Orphan, Severed, Widow};
            matches!(taken, Widow | Orphan | Severed | HeadingAtFoot)
        },
        code: Code::PageBreakPoor,
        one: "a page ends where the text should hold together",
        many: "{n} pages end where the text should hold together",
        hint: "a line more or less in a paragraph before it would mend this",
    },
    Kind {
        holds: |taken| matches!(taken, Compromise::ShortPage { .. }),
        code: Code::PageShort,
        one: "a page ends above the others",
        many: "{n} pages end above the others",
        hint: "what comes next did not fit: a line more or less in a paragraph above it, or a smaller table or picture, would fill the page",
    },
    Kind {
        holds: |taken| matches!(taken, Compromise::LooseLine { .. }),
        code: Code::LineLoose,
        one: "a line is too loose",
        many: "{n} lines are too loose",
        hint: "reword the paragraph a little: the words around the line's end cannot be divided",
    },
    Kind {
        holds: |taken| matches!(taken, Compromise::LineOfOneWord),
        code: Code::LineOfOneWord,
        one: "a word stands alone in its line",
        many: "{n} words stand alone in their lines",
        hint: "reword the paragraph a little, or give the text a wider measure",
    },
];

const HEAVY_NOTES: Kind = Kind {
    holds: |_| false,
    code: Code::NotesHeavy,
    one: "notes take up most of a page",
    many: "notes take up most of {n} pages",
    hint: "shorten the notes, or set them at the end of each text: `notes.place = \"text\"`",
};

/// Findings on the compromises that a reader notices.
#[must_use]
pub fn compromises(pages: &Pages) -> Vec<Diagnostic> {
    let of_breaking = KINDS.iter().filter_map(|kind| {
        let taken = pages.compromises.iter().filter(|taken| (kind.holds)(&taken.compromise));
        finding(kind, taken.map(|taken| (taken.page as usize, taken.span)), pages)
    });
    // Where that is so of most pages, the typesetting has said what could be done about it.
    let told = pages.are_heavy();
    let heavy = pages.pages.iter().enumerate().filter(|(_, page)| page.is_heavy() && !told);
    of_breaking.chain(finding(&HEAVY_NOTES, heavy.map(|(index, _)| (index, None)), pages)).collect()
}

/// One finding on all places of a kind; none when there are none.
fn finding(
    kind: &Kind,
    places: impl Iterator<Item = (usize, Option<Span>)>,
    pages: &Pages,
) -> Option<Diagnostic> {
    let places: Vec<(usize, Option<Span>)> = places.collect();
    let (first, span) = *places.first()?;
    let numbers: BTreeSet<usize> = places.iter().map(|(page, _)| *page).collect();
    let said = match places.len() {
        1 => kind.one.to_owned(),
        n => kind.many.replace("{n}", &n.to_string()),
    };
    let message = format!("{said}: {}", named(&numbers, pages));
    let span = span.or_else(|| start_of(pages, first));
    Some(Diagnostic::new(kind.code, span, message).within(Scope::Pages).hint(kind.hint))
}

/// `page 12`, `pages 12, 14 and 3 more`.
fn named(numbers: &BTreeSet<usize>, pages: &Pages) -> String {
    let label = |page: &usize| pages.pages.get(*page).map_or("?", |page| page.label.as_str());
    let first: Vec<&str> = numbers.iter().take(NAMED).map(label).collect();
    let noun = if numbers.len() == 1 { "page" } else { "pages" };
    let more = match numbers.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{noun} {}{more}", first.join(", "))
}

/// Where in the manuscript a page starts.
fn start_of(pages: &Pages, page: usize) -> Option<Span> {
    pages.starts.iter().find(|start| start.page as usize == page)?.span
}
