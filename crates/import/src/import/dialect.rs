//! The dialect of a transcription: who wrote it, so what its marks mean.
//!
//! It is chosen once, from the whole text, by what only one writer has; the
//! editor may overrule it (`--dialect`). A mark counts only in the form that
//! the chosen dialect gives it: `{12}` is a page for marker and a set in a
//! formula for everybody else.

use super::line::{Line, fences};
use super::mark::{frame_of_pages, is_marker_page, scan_page};
use super::model::Number;
use crate::reason::Reason;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Who wrote a transcription.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Nothing is known: plain text, perhaps with page marks in words.
    #[default]
    Plain,
    /// Distributors of plain text: `[Pg 12]`, `=bold=`, `[Footnote 1: …]`.
    Distributor,
    /// Markdown without page marks of its own, as people and models write it.
    Markdown,
    /// marker: `{12}` and 48 hyphens before each page, counted from 0.
    Marker,
    /// Mathpix, Mistral, olmOCR: `${ }^{1}$`, `\section*{…}`, rules between pages.
    Latex,
    /// Distributed Proofreaders: `-----File: 012.png---`, `/* */`, `/# #/`, `-*`.
    Proofreaders,
    /// Wikisource: `<noinclude>`, `{{rh|…}}`, `<ref>`.
    Wikisource,
    /// Text that this program made of a file with positions: lines say by a sign what their place tells.
    Positions,
    /// A PDF reader's text: form feeds, lines as they are on the page.
    Reader,
}

/// All dialects, with the names that `--dialect` takes.
const NAMES: [(&str, Dialect); 9] = [
    ("plain", Dialect::Plain),
    ("distributor", Dialect::Distributor),
    ("markdown", Dialect::Markdown),
    ("marker", Dialect::Marker),
    ("latex", Dialect::Latex),
    ("proofreaders", Dialect::Proofreaders),
    ("wikisource", Dialect::Wikisource),
    ("reader", Dialect::Reader),
    ("positions", Dialect::Positions),
];

/// Other names that people may give, for a hint.
const NEAR: [(&str, &str); 9] = [
    ("gutenberg", "distributor"),
    ("mathpix", "latex"),
    ("mistral", "latex"),
    ("olmocr", "latex"),
    ("docling", "markdown"),
    ("pdftotext", "reader"),
    ("pdf", "reader"),
    ("dp", "proofreaders"),
    ("text", "plain"),
];

/// A dialect and what speaks for it: how often each of its signs was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// The dialect.
    pub dialect: Dialect,
    /// Its log-odds against plain text.
    pub score: f64,
    /// What was counted, in words.
    pub evidence: String,
}

impl Choice {
    /// What was chosen, and why, for people.
    pub(super) fn told(&self) -> String {
        format!("{} ({})", self.dialect.name(), self.evidence)
    }
}

impl Dialect {
    /// The names that `--dialect` takes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        // nobody writes by hand what positions tell
        NAMES.iter().filter(|(_, dialect)| *dialect != Dialect::Positions).map(|(name, _)| *name)
    }

    /// The dialect of that name.
    ///
    /// # Errors
    ///
    /// The names that there are, and the nearest, when there is none of that name.
    pub fn named(name: &str) -> Result<Dialect, Reason> {
        let lower = name.to_lowercase();
        let named = NAMES.iter().find(|(known, dialect)| *known == lower && *dialect != Dialect::Positions);
        if let Some((_, dialect)) = named {
            return Ok(*dialect);
        }
        let near = NEAR.iter().find(|(known, _)| *known == lower);
        let hint = near.map_or(String::new(), |(_, meant)| format!("; did you mean `{meant}`?"));
        Err(format!(
            "unknown dialect `{name}`{hint} Known: {}",
            Dialect::names().collect::<Vec<_>>().join(", ")
        )
        .into())
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, dialect)| *dialect == self).map_or("plain", |(name, _)| *name)
    }

    /// Whether `#`, `*` and `>` are marks.
    pub(super) fn is_markdown(self) -> bool {
        matches!(self, Dialect::Markdown | Dialect::Marker | Dialect::Latex | Dialect::Positions)
    }
}

/// Commands of TeX that tools write into Markdown.
pub(super) const TEX: [&str; 4] = ["\\section*{", "\\subsection*{", "\\subsubsection*{", "\\footnotetext{"];

/// What a line says for a dialect: a sign of it, and how much one more such line tells.
fn sign_of(line: &Line<'_>) -> Option<(Dialect, &'static str, f64)> {
    let text = line.trimmed();
    if is_marker_page(text).is_some() {
        Some((Dialect::Marker, "page signs `{n}` with hyphens", 4.0))
    } else if text.contains("<span id=\"page-") || text.contains("](#page-") || text.starts_with("![](_page_")
    {
        Some((Dialect::Marker, "anchors `page-n-m`", 2.0))
    } else if proof_file(text).is_some() {
        Some((Dialect::Proofreaders, "lines `-----File: `", 4.0))
    } else if text.starts_with("<noinclude>")
        || text.contains("<noinclude><pagequality")
        || text.starts_with("{{rh|")
        || text.starts_with("[[Page:")
        || text.contains("<ref>") && text.contains("</ref>")
    {
        Some((Dialect::Wikisource, "`<noinclude>` and `{{rh|…}}`", 4.0))
    } else if TEX.iter().any(|command| text.starts_with(command))
        || text.contains("${ }^{")
        || text.contains("${}^{")
    {
        Some((Dialect::Latex, "`\\section*{…}` and `${ }^{n}$`", 2.0))
    } else if has_inline_page(text) || text.starts_with("*** START OF") || text.starts_with("[Footnote ") {
        Some((Dialect::Distributor, "`[Pg n]`, `[Footnote n:`, START OF", 2.0))
    } else if scan_page(text).is_some() {
        Some((Dialect::Reader, "page signs `## p. 12 (#20) ###`", 4.0))
    } else if line.feed {
        Some((Dialect::Reader, "form feeds", 1.5))
    } else {
        None
    }
}

/// Whether the mark of a page stands within a line of text, as distributors have it who fill lines anew: `[Pg 12]`,
/// `[p. 12]`, `[Page 12]`. Alone in its line it says nothing of the lines around it, which may be those of the page.
fn has_inline_page(text: &str) -> bool {
    let follows = |(at, mark): (usize, &str)| {
        let rest = &text[at + mark.len()..];
        let number = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let behind = rest[number..].strip_prefix(']');
        number > 0 && behind.is_some_and(|behind| !(text[..at].trim().is_empty() && behind.trim().is_empty()))
    };
    ["[Pg ", "[pg ", "[p. ", "[Page ", "[page "].iter().flat_map(|mark| text.match_indices(mark)).any(follows)
}

/// Chooses the dialect with the greatest sum of log-odds: each kind of sign tells less the more often it came before.
/// What stands in a fence says nothing.
pub(super) fn choose(lines: &[Line<'_>], markdown: bool) -> Choice {
    let mut counts: Vec<(Dialect, &'static str, f64, usize)> = Vec::new();
    let fences = if markdown { fences(lines) } else { BTreeMap::new() };
    let opaque = |at: usize| fences.range(..=at).next_back().is_some_and(|(_, end)| at < *end);
    let told = lines.iter().enumerate().filter(|(at, _)| !opaque(*at));
    for (dialect, what, weight) in told.filter_map(|(_, line)| sign_of(line)) {
        match counts.iter_mut().find(|c| (c.0, c.1) == (dialect, what)) {
            Some(count) => count.3 += 1,
            None => counts.push((dialect, what, weight, 1)),
        }
    }
    if !markdown {
        counts.extend(framed_pages(lines));
    }
    let score = |c: &(Dialect, &str, f64, usize)| c.2 * (1.0 + c.3 as f64).ln();
    let fallback = if markdown { Dialect::Markdown } else { Dialect::Plain };
    let nothing = || Choice { dialect: fallback, score: 0.0, evidence: "no sign of any other writer".into() };
    counts.iter().max_by(|a, b| score(a).total_cmp(&score(b))).map_or_else(nothing, |best| Choice {
        dialect: if best.0 == Dialect::Reader && markdown { Dialect::Markdown } else { best.0 },
        score: score(best),
        evidence: format!("{}: {} times", best.1, best.3),
    })
}

/// What numbers in braces or brackets tell that are those of pages: where one stands within a line, distributors filled the lines
/// anew.
fn framed_pages(lines: &[Line<'_>]) -> Option<(Dialect, &'static str, f64, usize)> {
    let text: String = lines.iter().flat_map(|line| [line.text, "\n"]).collect();
    let frame = frame_of_pages(&text)?;
    let alone = |(at, length, _): &(usize, usize, Number)| {
        let before = text[..*at].rsplit('\n').next().unwrap_or("");
        before.trim().is_empty() && text[at + length..].trim_start_matches(' ').starts_with('\n')
    };
    let within = frame.numbers(&text).filter(|number| !alone(number)).count();
    (within > 0).then_some((Dialect::Distributor, "`{n}` or `[n]` that rise from page to page", 2.0, within))
}

/// A text whose page marks `[Pg 12]` stand in one line each: a program that fills lines parts them at their space. The
/// line's end, with the indent of the next line, goes before the mark, so that lines keep their numbers and their indents,
/// and all other bytes their places; from a mark within a word it goes behind that word.
pub(super) fn whole_marks(text: &str) -> Cow<'_, str> {
    const PARTED: [&str; 4] = ["[Pg\n", "[p.\n", "[Page\n", "[page\n"];
    if !PARTED.iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, mark) in PARTED.iter().flat_map(|mark| text.match_indices(mark)) {
        let behind = &text[at + mark.len()..];
        let rest = behind.trim_start_matches(' ');
        let digits = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if !(1..=LONGEST_NUMERAL).contains(&digits) || !rest[digits..].starts_with(']') {
            continue;
        }
        if text[..at].ends_with(' ') {
            let whole = format!("\n{}{} ", &behind[..behind.len() - rest.len()], mark.trim());
            bytes[at - 1..at - 1 + whole.len()].copy_from_slice(whole.as_bytes());
        } else {
            let end = at + mark.len() - 1;
            let word = rest.find([' ', '\n']).filter(|to| rest[*to..].starts_with(' '));
            if let Some(to) = word {
                bytes[at + mark.len() + behind.len() - rest.len() + to] = b'\n';
            }
            bytes[end] = b' ';
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// How many letters the number of a page has at most: `ccclxxxviii`.
const LONGEST_NUMERAL: usize = 11;

/// `-----File: 012.png---…`: the name of the file.
pub(super) fn proof_file(line: &str) -> Option<&str> {
    let name = line.strip_prefix("-----File: ")?;
    Some(name.split("---").next().unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn signs_choose_the_dialect() {
        for (text, dialect) in [
            ("One.\n\nTwo.\n", Dialect::Plain),
            ("{0}------------------------------------------------\n\n# One\n", Dialect::Marker),
            ("-----File: 001.png---\\anna\\---\nOne\n", Dialect::Proofreaders),
            ("One ${ }^{1}$ two.\n", Dialect::Latex),
            ("One [Pg 2] two.\n", Dialect::Distributor),
            ("One\n\n[Pg 2]\n\ntwo.\n", Dialect::Plain),
            ("One\u{c}two\u{c}three\n", Dialect::Reader),
            ("## p. 1 (#9) ########\n\nOne\n## p. 2 (#10) ########\n\nTwo\n", Dialect::Reader),
            ("The set {12} has one member.\n", Dialect::Plain),
            ("a {1} b {2} c\n{3} d {4}\n{5} e\n", Dialect::Distributor),
            ("<span id=\"page-1-0\"></span>a [1](#page-1-1)\n\n[2](#page-2-1) b\n", Dialect::Marker),
        ] {
            assert_eq!(choose(&lines(text), false).dialect, dialect, "{text}");
        }
        assert!(Dialect::named("pdftotext").is_err_and(|e| e.contains("`reader`")));
    }
}
