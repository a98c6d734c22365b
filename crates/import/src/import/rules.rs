//! The recogniser's rules: small, named, in order; each looks at one line
//! in its context and claims it, with its reason, or passes.

use super::claim::{Claim, LineKind};
use super::contents::contents_entry;
use super::context::Context;
use super::dialect::Dialect;
use super::document::Role;
use super::furniture::{LEAST_HEADS, is_capital};
use super::heading::{chapter_number, plain_heading};
use super::line::{Line, normal};
use super::mark::{self, folio_number};
use super::model::{Number, Percent};
use super::part_name::{is_numeral, is_title_case, names_part};
use super::picture;
use super::raised::SUPERSCRIPT;
use super::sidenote;
use crate::narrow::Nearest;

/// The name of the rule that asks the model of the whole document; its decisions stand under those of [`LineKind::rule`].
pub(super) const DOCUMENT: &str = "document";

/// A rule of the recogniser.
pub(super) struct Rule {
    /// Its name, as decisions show it.
    pub name: &'static str,
    /// Whether it may end a paragraph without a blank line before.
    pub interrupts: bool,
    /// Looks at line `at` of the context.
    pub look: fn(&Context<'_>, usize) -> Option<Claim>,
}

/// All rules; the first that claims a line has it. Running text is what no rule claims.
pub(super) const RULES: &[Rule] = &[
    Rule { name: "code", interrupts: true, look: code },
    Rule { name: DOCUMENT, interrupts: true, look: document },
    Rule { name: "licence", interrupts: true, look: licence },
    Rule { name: "page-mark", interrupts: true, look: page_mark },
    Rule { name: "chapter-number", interrupts: false, look: chapter_number },
    Rule { name: "contents-entry", interrupts: true, look: contents_entry },
    Rule { name: "running-head", interrupts: false, look: running_head },
    Rule { name: "notes-heading", interrupts: true, look: notes_heading },
    Rule { name: "note-text", interrupts: true, look: note_text },
    Rule { name: "rule", interrupts: true, look: rule },
    Rule { name: "heading", interrupts: true, look: hash_heading },
    Rule { name: "heading", interrupts: false, look: strong_heading },
    Rule { name: "folio", interrupts: false, look: folio },
    Rule { name: "list-item", interrupts: true, look: list_item },
    Rule { name: "quote-mark", interrupts: true, look: quote_mark },
    Rule { name: "table", interrupts: false, look: table },
    Rule { name: "sidenote", interrupts: true, look: sidenote::sidenote },
    Rule { name: "picture", interrupts: true, look: picture::picture },
    Rule { name: "strange-shape", interrupts: false, look: strange },
    Rule { name: "capital-heading", interrupts: false, look: plain_heading },
];

fn claim(kind: LineKind, strip: usize, confidence: Percent, evidence: &'static str) -> Option<Claim> {
    Some(Claim { kind, strip, confidence, evidence })
}

/// Code between fences, which is left as it stands.
fn code(context: &Context<'_>, at: usize) -> Option<Claim> {
    let end = context.fences.get(&at)?;
    claim(LineKind::Code(*end), 0, 99, "stands between fences")
}

/// What the model of the whole document knows of the line.
fn document(context: &Context<'_>, at: usize) -> Option<Claim> {
    let document = context.document.as_ref()?;
    match &document.roles[at] {
        Role::Text | Role::NoteText | Role::TitleText | Role::Code => None,
        Role::PageSign => {
            claim(LineKind::PageSign, 0, 99, "a sign between two pages, in the form of the dialect")
        }
        Role::Furniture(sure, why) => claim(LineKind::Furniture, 0, *sure, why),
        Role::FootRule => {
            claim(LineKind::FootRule, 0, 97, "a rule above notes whose calls stand on the page")
        }
        Role::NotesHeading => {
            claim(LineKind::NotesHeading, 0, 97, "the heading of notes that the text above calls")
        }
        Role::Note(mark, strip) => {
            let why = "at the foot of its page, with a number or mark that is called above";
            claim(LineKind::Note(mark.clone()), *strip, 97, why)
        }
        Role::Contents => claim(LineKind::Aside, 0, 90, "stands in the contents"),
        Role::Entry(title, page) => match page {
            Some(page) if !page.roman => claim(
                LineKind::Contents(title.clone(), page.value),
                0,
                97,
                "a title and its page in the contents",
            ),
            Some(_) => {
                claim(LineKind::FrontContents(title.clone()), 0, 95, "a title and its page in the contents")
            }
            None => claim(LineKind::Aside, 0, 95, "a title in the contents"),
        },
        Role::Title(depth, confidence, why) => {
            let text = context.lines[at].trimmed();
            let marks = text.bytes().take_while(|b| *b == b'#').count();
            let strip = if marks == 0 { 0 } else { text.len() - text[marks..].trim_start().len() };
            claim(LineKind::Heading(*depth), strip, *confidence, why)
        }
    }
}

/// The distributor's words before and after a Project Gutenberg text, and those of its makers at its head.
fn licence(context: &Context<'_>, at: usize) -> Option<Claim> {
    if context.is_licence(at) {
        return claim(LineKind::Licence, 0, 97, "outside the distributor's START and END lines");
    }
    let makers = context.body_from.is_some_and(|from| at <= from + 24) && context.is_makers(at);
    if !makers {
        return None;
    }
    claim(LineKind::Licence, 0, 90, "says who made the electronic text")
}

/// A page mark. Where the pages' own numbers are others, as in a scan that counts its images, these count.
fn page_mark(context: &Context<'_>, at: usize) -> Option<Claim> {
    if context.is_paged() {
        return None;
    }
    let text = context.lines[at].trimmed();
    let Some(number) = mark::page_mark(text) else {
        mark::scan_page(text)?;
        return claim(LineKind::PageSign, 0, 97, "the sign of a scanned page that bears no number");
    };
    // the roman numbers of the matter at the front are a row of their own
    let shift = if number.roman { 0 } else { context.furniture.shift };
    let right = number.value.checked_add_signed(shift).filter(|n| *n > 0);
    match right.map(|value| Number { value, ..number }) {
        Some(number) if shift == 0 => {
            claim(LineKind::PageMark(number), 0, 99, "a page mark alone in its line")
        }
        Some(number) => {
            let why = "a page mark alone in its line; its number is put right by those that the pages bear";
            claim(LineKind::PageMark(number), 0, 95, why)
        }
        None => claim(LineKind::PageSign, 0, 90, "a page mark before the first page that bears a number"),
    }
}

/// The text of a note: `[Footnote 1: …`, `[^1]: …`, or under a rule `1 …`, `[1] …`, `* …`.
fn note_text(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    if let Some((number, strip)) = spelled_note(line) {
        return claim(LineKind::Note(number), strip, 99, "the text says that it is a note");
    }
    let (number, strip) = note_number(line).filter(|_| !is_within_note(context, at))?;
    // where notes say what they are, a number alone counts something else
    if context.notes_are_spelled && number.bytes().all(|b| b.is_ascii_digit()) && line.starts_with(&number) {
        return None;
    }
    let called = context.calls.contains_key(&number);
    let numbered = context.numbered_paragraphs.contains(&at);
    let next = !numbered && number.parse().is_ok_and(|n: u32| n == context.last_note + 1);
    if context.foot && (called || next) {
        let why = if called {
            "under a rule, with a number that is called above"
        } else {
            "under a rule, with the next number"
        };
        return claim(LineKind::Note(number), strip, if called { 99 } else { 85 }, why);
    }
    let raised = line.starts_with(['[', '<', '^']) || line.starts_with(SUPERSCRIPT);
    if raised && called && context.lines[at].blanks > 0 {
        return claim(
            LineKind::Note(number),
            strip,
            90,
            "a number in brackets or raised that is called above opens the paragraph",
        );
    }
    None
}

/// Whether line `at` is a further line of a note with brackets around its number, and has none: its figures are words of that
/// note, as in `includes / 75 percent`.
fn is_within_note(context: &Context<'_>, at: usize) -> bool {
    let framed = |i: usize| context.lines[i].trimmed().starts_with('[');
    let mut above = (at.saturating_sub(LONGEST_NOTE)..=at).rev();
    let first = above.find(|i| context.lines[*i].blanks > 0 || framed(*i)).unwrap_or(at);
    first < at && framed(first) && note_number(context.lines[first].trimmed()).is_some()
}

/// How many lines a note has at most that is looked through.
const LONGEST_NOTE: usize = 200;

/// How notes begin that say what they are.
pub(super) const SPELLED: [&str; 6] =
    ["[Footnote ", "[Note de bas de page ", "[Note ", "[Anmerkung ", "[Fußnote ", "[^"];

/// `[Footnote 1: ` and `[^1]: `: the number and the marker's length.
pub(super) fn spelled_note(line: &str) -> Option<(String, usize)> {
    for opening in SPELLED {
        let Some(rest) = line.strip_prefix(opening) else { continue };
        let close = if opening == "[^" { "]:" } else { ":" };
        let stop = rest.find(close)?;
        let number = &rest[..stop];
        if number.is_empty() || number.len() > 8 || number.contains(char::is_whitespace) {
            return None;
        }
        let marker = opening.len() + stop + close.len();
        let blank = line[marker..].len() - line[marker..].trim_start().len();
        return Some((number.to_owned(), marker + blank));
    }
    None
}

/// `FOOTNOTES:` above notes.
fn notes_heading(context: &Context<'_>, at: usize) -> Option<Claim> {
    let text = context.lines[at].trimmed();
    if !names_notes(text) {
        return None;
    }
    let next = context.lines.get(at + 1)?.trimmed();
    let note = spelled_note(next).is_some()
        || note_number(next).is_some_and(|(n, _)| context.calls.contains_key(&n));
    if !note {
        return None;
    }
    claim(LineKind::NotesHeading, 0, 95, "the heading of notes, which follow")
}

/// Whether a line is the heading of notes, and nothing else.
pub(super) fn names_notes(text: &str) -> bool {
    let title = text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    text.len() <= 40 && NOTES_TITLES.contains(&title.as_str())
}

/// Headings of notes.
const NOTES_TITLES: [&str; 12] = [
    "footnotes",
    "footnote",
    "notes",
    "note",
    "endnotes",
    "fußnoten",
    "fussnoten",
    "anmerkungen",
    "примечания",
    "notas",
    "note a piè di pagina",
    "voetnoten",
];

/// Signs that mark notes where no figures do, in the order of printers; TeX has an asterisk of its own.
pub(super) const NOTE_SIGNS: [char; 8] = ['*', '∗', '†', '‡', '§', '¶', '‖', '∥'];

/// A number or mark that can open a note: `12 `, `12. `, `[12] `, `<sup>12</sup> `, `^12^ `, `**12** `, `* `, `† `. A tool may
/// print notes as items of a list.
pub(super) fn note_number(line: &str) -> Option<(String, usize)> {
    let item = line.strip_prefix("- ").filter(|item| item.starts_with("<sup>"));
    let opened = item.unwrap_or(line);
    // two stars before a space are the mark of a second note
    let strong = opened.strip_prefix("**").filter(|inner| !inner.starts_with([' ', '*']));
    let mut rest = strong.unwrap_or(opened);
    for opening in ["<sup>", "[", "(", "^"] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    let stars = rest.len() - rest.trim_start_matches("\\*").len();
    if stars > 0 {
        let mut after = &rest[stars..];
        for closing in ["</sup>", ")", "]"] {
            after = after.strip_prefix(closing).unwrap_or(after);
        }
        let text = after.trim_start();
        return (!text.is_empty() && text.len() < line.len())
            .then(|| ("*".repeat(stars / 2), line.len() - text.len()));
    }
    let raised: String = rest.chars().take_while(|c| SUPERSCRIPT.contains(c)).take(3).collect();
    if !raised.is_empty() {
        let text = rest[raised.len()..].trim_start();
        let number =
            raised.chars().filter_map(|c| SUPERSCRIPT.iter().position(|d| *d == c)).map(|n| n.to_string());
        return (!text.is_empty()).then(|| (number.collect(), line.len() - text.len()));
    }
    let mark: String = if rest.starts_with(NOTE_SIGNS) {
        rest.chars().take_while(|c| NOTE_SIGNS.contains(c)).collect()
    } else if line.starts_with('[') && rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        rest.chars().take(1).filter(|_| rest[1..].starts_with(']')).collect()
    } else if let Some(label) =
        rest.split(']').next().filter(|label| line.starts_with('[') && is_paged_label(label))
    {
        label.to_owned()
    } else {
        rest.chars().take_while(char::is_ascii_digit).take(5).collect()
    };
    if mark.is_empty() || mark.chars().count() > MOST_SIGNS && !is_paged_label(&mark) {
        return None;
    }
    rest = &rest[mark.len()..];
    for closing in ["</sup>", "^", "]", ")", ".", ":"] {
        rest = rest.strip_prefix(closing).unwrap_or(rest);
    }
    if strong.is_some() {
        // strong type that goes on behind the number is a title
        rest = rest.strip_prefix("**")?;
    }
    let text = rest.trim_start();
    // the star of Markdown may begin emphasis
    let sign = mark.starts_with(NOTE_SIGNS) && !mark.starts_with('*');
    let parted = text.len() < rest.len() || opened.starts_with(['[', '<']) || sign;
    (parted && !text.is_empty()).then(|| (mark, line.len() - text.len()))
}

/// Whether a label of a note names its page too: `58:3`, `434:A`.
pub(super) fn is_paged_label(label: &str) -> bool {
    let page = |page: &str| {
        (1..=4).contains(&page.len()) && page.bytes().all(|b| b.is_ascii_digit() || b"ivxlc".contains(&b))
    };
    let note = |note: &str| {
        (1..=3).contains(&note.len()) && note.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
    };
    label.split_once(':').is_some_and(|(first, second)| page(first) && note(second))
}

/// How many characters the mark of a note has at most.
const MOST_SIGNS: usize = 5;

/// Signs that typists set between two scenes; in a manuscript for a printer it is `#`.
const PAUSES: &str = "#*~•·⁂❦❧✻✽✦◆◇●○";
/// A row of more signs is a rule, or drawn.
const LONGEST_PAUSE: usize = 9;

/// A line of nothing but a few such signs, between blank lines of a typed text. In what was read from a page they may be specks.
fn is_pause(context: &Context<'_>, at: usize) -> bool {
    let signs = context.lines[at].trimmed().chars().filter(|c| !c.is_whitespace());
    let count = signs.clone().count();
    context.plain
        && matches!(context.dialect, Dialect::Plain | Dialect::Distributor)
        && (1..=LONGEST_PAUSE).contains(&count)
        && signs.into_iter().all(|c| PAUSES.contains(c))
        && context.alone(at)
}

/// A line of nothing but hyphens, asterisks, underscores or long dashes; or of the signs of a pause.
fn rule(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = &context.lines[at];
    let is_sign = |c: char| "-—–─=_".contains(c) || PAUSES.contains(c);
    // in Markdown a star that is a sign has a backslash
    let escaped = line.trimmed().strip_prefix('\\').filter(|_| context.dialect.is_markdown());
    if !escaped.unwrap_or(line.trimmed()).starts_with(is_sign) {
        return None;
    }
    let is_written = |c: &char| !c.is_whitespace() && (*c != '\\' || escaped.is_none());
    let signs: String = line.text.chars().filter(is_written).collect();
    let same = |set: &str| signs.chars().all(|c| set.contains(c));
    if signs.chars().count() < 3 || !(same("-—–─=") || same("*") || same("_")) {
        let pause = is_pause(context, at).then_some(LineKind::Break)?;
        return claim(pause, 0, 75, "signs alone between two paragraphs");
    }
    let after = context.lines.get(at + 1).map_or("", Line::trimmed);
    let numbered = context.numbered_paragraphs.contains(&(at + 1));
    if note_number(after).is_some_and(|(n, _)| {
        context.calls.contains_key(&n) || !numbered && n.parse() == Ok(context.last_note + 1)
    }) {
        return claim(
            LineKind::FootRule,
            0,
            98,
            "a rule; what follows has the number of a note called above",
        );
    }
    if spelled_note(after).is_some() {
        return claim(LineKind::FootRule, 0, 98, "a rule; what follows is a note");
    }
    if context.note_open && after.starts_with(char::is_lowercase) && same("-—–─=_") {
        return claim(
            LineKind::FootRule,
            0,
            85,
            "a rule; the last note breaks off, and what follows goes on with it",
        );
    }
    if context.rules_part_pages && same("-—–─=_") {
        return claim(LineKind::PageSign, 0, 90, "rules part the pages here: sentences run on across them");
    }
    claim(LineKind::Break, 0, 75, "a rule with no notes under it, and no sentence runs on across it")
}

/// `## Heading`, as Markdown has it.
fn hash_heading(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let depth = line.bytes().take_while(|b| *b == b'#').count();
    let text = line[depth..].trim_start();
    if depth == 0 || depth > 6 || text.is_empty() || text.len() == line.len() - depth {
        return None;
    }
    claim(LineKind::Heading(u8::nearest(depth)), line.len() - text.len(), 99, "marked as a heading")
}

/// A line all in strong type that names a chapter, in Markdown whose writer has no other sign for headings there.
fn strong_heading(context: &Context<'_>, at: usize) -> Option<Claim> {
    let text = strong(context.lines[at].trimmed())?;
    if context.plain || !context.alone(at) {
        return None;
    }
    let chapter = |text: &str| is_numeral(text) || names_part(text);
    if chapter(text) {
        return claim(LineKind::Heading(1), 0, 90, "strong type alone, which names a chapter");
    }
    let above = at.checked_sub(1).and_then(|i| strong(context.lines[i].trimmed()));
    if above.is_some_and(chapter) && is_title_case(text) {
        return claim(LineKind::Heading(1), 0, 90, "strong type below the number of its chapter");
    }
    let ended = text.ends_with([',', ';', ':', '.']);
    (is_capital(text) && !ended && text.len() <= 90).then_some(())?;
    claim(LineKind::Heading(2), 0, 85, "capitals in strong type, alone")
}

/// The words of a line that is all in strong type.
fn strong(line: &str) -> Option<&str> {
    let text = line.strip_prefix("**")?.strip_suffix("**")?.trim();
    (!text.contains("**")).then_some(text)
}

/// A number alone in its line where a page may end.
fn folio(context: &Context<'_>, at: usize) -> Option<Claim> {
    if context.is_paged() || !context.shows_edges() {
        return None;
    }
    let number = folio_number(context.lines[at].trimmed())?;
    let known = context.furniture.folios.len() + context.furniture.numbered.len();
    if known < 3 || !context.furniture.folios.contains(&at) {
        return None;
    }
    claim(LineKind::Folio(number), 0, 93, "a number alone in its line, one of a rising row")
}

/// A line that comes again and again beside the page's ends, or whose number is that of the page.
fn running_head(context: &Context<'_>, at: usize) -> Option<Claim> {
    if context.is_paged() || !context.shows_edges() {
        return None;
    }
    let text = context.lines[at].trimmed();
    let called = note_number(text).is_some_and(|(number, _)| context.calls.contains_key(&number));
    // the label of a note is no number of a page
    let labelled = called && text.starts_with('[');
    if let Some(number) = context.furniture.numbered.get(&at).filter(|_| !labelled) {
        let why = "a title and a page number that is one more than the page before has";
        return claim(LineKind::RunningHead(Some(*number)), 0, 94, why);
    }
    if text.len() > 90 || !context.beside_page_end(at) || text.starts_with('#') {
        return None;
    }
    let times = context.repeated.get(&normal(text)).copied().unwrap_or(0);
    if times == 0 || called {
        return None;
    }
    let title = || {
        is_capital(text) && context.alone_on_page(at) && (times >= 2 || context.furniture.repeats_title(text))
    };
    let ends = context.furniture.times_at_end(text);
    let least = if context.furniture.touches(context.lines, at) { LEAST_HEADS - 1 } else { LEAST_HEADS };
    let head = ends >= least && ends * 2 >= times;
    if !head && !title() || context.furniture.is_masthead(context.lines, at) {
        return None;
    }
    claim(LineKind::RunningHead(None), 0, 92, "the same words stand at the head of other pages")
}

/// `1. …` that begins or continues a list; `- …`, `• …`.
fn list_item(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    for bullet in ["- ", "* ", "+ ", "• ", "· "] {
        if let Some(rest) = line.strip_prefix(bullet) {
            let strip = line.len() - rest.trim_start().len();
            return claim(LineKind::Item("-".into()), strip, 90, "marked as an item of a list");
        }
    }
    let (number, marker) = ordinal(line).filter(|_| !context.numbered_paragraphs.contains(&at))?;
    let strip = line.len() - line[marker.len()..].trim_start().len();
    if context.next_item == Some(number) {
        return claim(LineKind::Item(marker), strip, 97, "has the next number of the list");
    }
    let follows = context.lines[at + 1..]
        .iter()
        .take(40)
        .any(|l| ordinal(l.trimmed()).is_some_and(|(n, _)| n == number + 1));
    if number == 1 && follows {
        return claim(LineKind::Item(marker), strip, 95, "has the number 1, and 2 follows");
    }
    None
}

/// `12. ` or `12) ` at a line's start: the number, and the marker.
pub(super) fn ordinal(line: &str) -> Option<(u32, String)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = &line[digits..];
    let parted = rest.starts_with(". ") || rest.starts_with(") ");
    parted.then(|| Some((line[..digits].parse().ok()?, line[..=digits].to_owned())))?
}

/// `> …`, as Markdown has it.
fn quote_mark(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let text = line.strip_prefix('>')?.trim_start();
    if text.is_empty() {
        return None;
    }
    claim(LineKind::Quoted, line.len() - text.len(), 99, "marked as a quotation")
}

/// A table whose columns are parted by white space alone.
fn table(context: &Context<'_>, at: usize) -> Option<Claim> {
    if !context.wrapped {
        return None;
    }
    super::whitespace_table::end(context.lines, at)?;
    claim(
        LineKind::Strange("a table without rules"),
        0,
        70,
        "several lines have their words in the same columns",
    )
}

/// Tables, pictures and HTML.
fn strange(context: &Context<'_>, at: usize) -> Option<Claim> {
    let line = context.lines[at].trimmed();
    let is_row = line.starts_with('|') && line.len() > 1 && line.ends_with('|');
    let next = context.lines.get(at + 1).filter(|next| next.blanks == 0).map(Line::trimmed);
    if is_row && next.is_some_and(is_table_rule) {
        return claim(
            LineKind::Strange("a table"),
            0,
            95,
            "a table, as Markdown has it: it stays as it stands",
        );
    }
    let what = if is_row {
        "a table"
    } else if line.starts_with("![") || line.starts_with("[Illustration") || line.starts_with("[Music") {
        "a picture"
    } else if line.starts_with("<table") || line.starts_with("<div") || line.starts_with("<img") {
        "HTML"
    } else {
        return None;
    };
    claim(LineKind::Strange(what), 0, 60, "no rule understands this shape")
}

/// Whether a line is the rule below the head of a table: `|---|:--|`.
pub(super) fn is_table_rule(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| "|-: ".contains(c))
}
