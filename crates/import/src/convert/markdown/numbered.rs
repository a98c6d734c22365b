//! Figures, tables, formulas and the like that other tools number: a reference to one says its number, and so does its
//! caption. The numbers run through the book, each kind by itself.
//!
//! A reference is `[](#fig-x)` here, or `[@](#fig-x)` where the tool writes the word before the number too; [`WORDED`].

use super::chapter::Chapter;
use super::edits::{Edits, Log, add};
use super::ids::is_in_braces;
use super::mask::{line_start, near};
use crate::book::{Lang, Meta};
use crate::terms::Terms;
use std::collections::{BTreeMap, BTreeSet};

const WHAT: &str = "numbers of figures, tables and the like, as their references say them";

/// What stands between the brackets of a reference whose word is the tool's to write.
pub(super) const WORDED: &str = "@";

/// The kinds that are numbered, by what the ids of each begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Figure,
    Table,
    Listing,
    Equation,
    /// A theorem or one of its kin, by what it is called.
    Theorem(&'static str),
}

/// Theorems and their kin: what ids begin with, how a class or a chunk names them, and what a reader sees.
pub(super) const THEOREMS: [(&str, &str, &str); 9] = [
    ("thm", "theorem", "Theorem"),
    ("lem", "lemma", "Lemma"),
    ("cor", "corollary", "Corollary"),
    ("prp", "proposition", "Proposition"),
    ("cnj", "conjecture", "Conjecture"),
    ("def", "definition", "Definition"),
    ("exm", "example", "Example"),
    ("exr", "exercise", "Exercise"),
    ("hyp", "hypothesis", "Hypothesis"),
];

impl Kind {
    /// The kind that an id is of; none for headings and places.
    fn of(id: &str) -> Option<Kind> {
        let prefix = id.split_once([':', '-'])?.0;
        Some(match prefix {
            "fig" => Kind::Figure,
            "tbl" | "tab" | "table" => Kind::Table,
            "lst" | "code" | "listing" => Kind::Listing,
            "eq" | "eqn" => Kind::Equation,
            _ => Kind::Theorem(THEOREMS.iter().find(|(known, ..)| *known == prefix)?.2),
        })
    }

    /// What a reader sees: the word and the number.
    fn named(self, number: usize, terms: Terms<'_>) -> String {
        let number = number.to_string();
        match self {
            Kind::Figure => terms.figure(&number),
            Kind::Table => terms.table(&number),
            Kind::Listing => format!("Listing {number}"),
            Kind::Equation => format!("Equation {number}"),
            Kind::Theorem(name) => format!("{name} {number}"),
        }
    }
}

/// Whether ids that begin so are of what other tools number.
pub(super) fn is_numbered(id: &str) -> bool {
    Kind::of(id).is_some()
}

/// Whether an id is that of a figure, a table or a listing.
pub(super) fn is_float(id: &str) -> bool {
    matches!(Kind::of(id), Some(Kind::Figure | Kind::Table | Kind::Listing))
}

/// A thing that is numbered: its kind, and where the number goes.
struct Numbered<'t> {
    id: &'t str,
    kind: Kind,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    /// Before the words of a caption.
    Caption(usize),
    /// Within the brackets of a place in the words.
    Words(usize),
}

/// Numbers what the references of a book lead to; none when a text cannot be given back.
pub(super) fn number(chapters: &mut [Chapter], language: Option<&str>, log: &mut Log) -> Option<()> {
    let referred: BTreeSet<Kind> = chapters.iter().flat_map(|chapter| referred(&chapter.text)).collect();
    let language = language.and_then(Lang::parse).unwrap_or_else(Lang::none);
    let said = Meta { language, ..Meta::default() };
    let terms = Terms::of(&said);
    let (mut counts, mut numbers) = (BTreeMap::<Kind, usize>::new(), BTreeMap::new());
    for chapter in chapters.iter_mut() {
        let text = std::mem::take(&mut chapter.text);
        let mut edits = Edits::of(&text);
        for Numbered { id, kind, place } in
            numbered(&edits).into_iter().filter(|n| referred.contains(&n.kind))
        {
            let count = counts.entry(kind).or_default();
            *count += 1;
            numbers.insert(id.to_owned(), (kind, *count));
            let (at, new) = match (place, kind) {
                (Place::Caption(at), _) => (at, format!("{}. ", kind.named(*count, terms))),
                (Place::Words(at), Kind::Equation) => (at, format!("({count})")),
                (Place::Words(at), _) => (at, count.to_string()),
            };
            edits.put(at, at, new, WHAT);
        }
        let mut done = Log::new();
        chapter.text = edits.finish(&mut done)?;
        add(log, done);
    }
    for chapter in chapters.iter_mut() {
        let text = std::mem::take(&mut chapter.text);
        let mut edits = Edits::of(&text);
        for (at, word, id, end) in references(&edits) {
            let new = match (numbers.get(id), word) {
                (Some((kind, count)), WORDED) => kind.named(*count, terms),
                (Some((Kind::Equation, count)), _) => format!("({count})"),
                (Some((_, count)), _) => count.to_string(),
                // the title of the place, or what stands before it: see `plain`
                (None, _) => String::new(),
            };
            edits.leave_out(at + 1, end, new, WHAT);
        }
        let mut done = Log::new();
        chapter.text = edits.finish(&mut done)?;
        add(log, done);
    }
    Some(())
}

/// The kinds that the references of a text lead to.
fn referred(text: &str) -> Vec<Kind> {
    references(&Edits::of(text)).into_iter().filter_map(|(_, _, id, _)| Kind::of(id)).collect()
}

/// The references of a text: where each begins, its words, the id, and where the words end.
fn references<'t>(edits: &Edits<'t>) -> Vec<(usize, &'t str, &'t str, usize)> {
    let text = edits.text;
    let reference = |word: &'static str| {
        edits.places(if word.is_empty() { "[](" } else { "[@](" }).into_iter().filter_map(move |at| {
            let open = at + word.len() + 3;
            let target = near(&text[open..]).split([')', ' ', '\n']).next()?;
            let (_, id) = target.split_once('#')?;
            Some((at, word, id, at + 1 + word.len()))
        })
    };
    let mut found: Vec<_> = reference("").chain(reference(WORDED)).collect();
    found.retain(|(_, word, id, _)| *word == WORDED || is_numbered(id));
    found
}

/// What can be numbered in a text, in its order.
fn numbered<'t>(edits: &Edits<'t>) -> Vec<Numbered<'t>> {
    let text = edits.text;
    let mut found: Vec<Numbered<'t>> = Vec::new();
    for at in edits.places("#") {
        let rest = near(&text[at + 1..]);
        let id = &rest[..rest.find(|c: char| " }\t\n".contains(c)).unwrap_or(0)];
        let (Some(kind), true) = (Kind::of(id), is_in_braces(text, at)) else { continue };
        let place = place_of(text, at).filter(|place| !says_so(text, *place, kind));
        if let Some(place) = place.filter(|_| found.iter().all(|known| known.id != id)) {
            found.push(Numbered { id, kind, place });
        }
    }
    found
}

/// Where the number goes of what has its id at `at`.
fn place_of(text: &str, at: usize) -> Option<Place> {
    let line = line_start(text, at);
    let before = &text[line..at];
    let open = before.rfind('{')?;
    let bare = before.trim_start_matches([' ', '>']);
    let indent = before.len() - bare.len();
    if before[..open].ends_with("[]") {
        let behind = line + open + near(&text[line + open..]).find('}')? + 1;
        let above = text[..line].trim_end();
        let begins = bare == "[]{" && above[line_start(above, above.len())..].trim() == "::: caption";
        let caption = begins || ["Table: ", ": "].iter().any(|mark| bare == format!("{mark}[]{{"));
        return Some(if caption { Place::Caption(behind) } else { Place::Words(line + open - 1) });
    }
    if bare.starts_with("![") && before[..open].ends_with(')') {
        // without words there is no caption
        let is_captioned = !bare.starts_with("![](");
        return is_captioned.then_some(Place::Caption(line + indent + 2));
    }
    if bare.starts_with("::: {.caption ") {
        let next = line + near(&text[line..]).find('\n')? + 1;
        return Some(Place::Caption(next + text[next..].len() - text[next..].trim_start_matches(' ').len()));
    }
    let mark = ["Table: ", ": "].into_iter().find(|mark| bare.starts_with(mark))?;
    Some(Place::Caption(line + indent + mark.len()))
}

/// Whether a caption names itself already: `Figure 1. …`.
fn says_so(text: &str, place: Place, kind: Kind) -> bool {
    let Place::Caption(at) = place else { return false };
    let words = near(&text[at..]).trim_start_matches(['*', '_']).to_lowercase();
    let names: &[&str] = match kind {
        Kind::Figure => &["figure ", "fig. "],
        Kind::Table => &["table "],
        Kind::Listing => &["listing "],
        _ => &[],
    };
    names.iter().any(|name| {
        words.strip_prefix(name).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}
