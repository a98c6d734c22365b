//! Marks of formats that are no Markdown: what begins a line in AsciiDoc, Org, Textile, wikis and in
//! the programs of writers, and what stands between two marks of theirs.

use super::{COMMON_EMOJI, Look, Mark};
use crate::manuscript::leftover::kinds::Kind;

/// No mark that begins a line needs more characters to be known.
const LONGEST: usize = 400;
/// What AsciiDoc and reStructuredText say of a text above it.
const FIELDS: [&str; 18] = [
    "toc",
    "author",
    "authors",
    "title",
    "doctype",
    "icons",
    "sectnums",
    "numbered",
    "imagesdir",
    "email",
    "revdate",
    "revnumber",
    "date",
    "source-highlighter",
    "copyright",
    "lang",
    "orphan",
    "experimental",
];
/// The tags of forums that stand in pairs.
const FORUM_TAGS: [&str; 16] = [
    "b", "i", "u", "s", "url", "img", "quote", "center", "right", "left", "size", "color", "spoiler", "code",
    "list", "font",
];

impl Look<'_> {
    /// What the line that begins at `at` is elsewhere.
    pub(super) fn line_mark(&self, at: usize, c: char) -> Option<Mark> {
        if !matches!(c, '=' | '*' | ':' | '#' | '/' | '-' | 'i' | 'h' | 'b') {
            return None;
        }
        let end = self.line_end(at);
        let line = self.text(at, end.min(at + LONGEST));
        let line = line.trim_end();
        let is_alone = at == 0 && end == self.cells.len();
        let kind = match c {
            '=' | '*' if is_heading(line, c) => Kind::Heading,
            'h' | 'b' if is_textile(line) => Kind::Heading,
            ':' if is_field(line) => Kind::Field,
            '#' if line.strip_prefix("#+").is_some_and(|rest| rest.starts_with(char::is_alphabetic)) => {
                Kind::Field
            }
            '#' if line.trim_start_matches('#').len() + 7 <= line.len() && line.contains("# ") => Kind::Deep,
            '#' if is_alone && are_tags(line) => Kind::Tags,
            '/' if line.starts_with("// ") || line.starts_with("/* ") => Kind::LineRemark,
            '/' if is_alone && is_path(line) => Kind::Include,
            'i' if line.starts_with("include::") && line.ends_with(']') => Kind::Include,
            '-' if line.starts_with("-> ") && line.ends_with(" <-") => Kind::Centred,
            _ => return None,
        };
        self.mark(kind, at, end)
    }

    /// `||words||`, `::words::`, `>!words!<`: words that are hidden, marked or struck out elsewhere.
    pub(super) fn hidden(&self, at: usize, open: &str, close: &str) -> Option<Mark> {
        let free = !self.before(at).is_alphanumeric() && self.before(at) != ':';
        let lettered = self.starts(at, open) && self.get(at + open.len()).is_alphanumeric();
        let end = self.next(at + open.len(), close, 300)?;
        let behind = self.get(end + close.len());
        let closes = !self.before(end).is_whitespace() && !behind.is_alphanumeric() && behind != ':';
        (free && lettered && closes).then(|| self.mark(Kind::Hidden, at, end + close.len())).flatten()
    }

    /// ` ^name` at the end of a paragraph: the name that Obsidian gives it.
    pub(super) fn block_name(&self, at: usize) -> Option<Mark> {
        let length = self.run(at + 1, |c| c.is_ascii_alphanumeric() || c == '-');
        let ends = at + 1 + length == self.cells.len();
        (self.before(at).is_whitespace() && ends && length >= 4)
            .then(|| self.mark(Kind::Name, at, at + 1 + length))
            .flatten()
    }

    /// `\(x\)` and `\[x\]`, of which Markdown takes the backslashes for those of an author who means
    /// the brackets: what stands between them says which it is.
    pub(super) fn bracketed_math(&self, at: usize) -> Option<Mark> {
        let close = if self.get(at) == '(' { ')' } else { ']' };
        let end = (at + 1..self.cells.len().min(at + LONGEST)).find(|end| self.get(*end) == close)?;
        let inside = self.text(at + 1, end);
        let short = inside.trim().chars().count() == 1 && inside.trim().starts_with(char::is_alphabetic);
        let formula = short || inside.contains(['=', '^', '\\', '{']);
        (formula && self.cells[end].literal).then(|| self.mark(Kind::MathBrackets, at, end + 1)).flatten()
    }

    /// What a pair of brackets is elsewhere, by the words in it.
    pub(super) fn bracket_elsewhere(&self, close: usize, inside: &str) -> Option<(Kind, usize)> {
        let named =
            |mark: char| inside.strip_prefix(mark).is_some_and(|k| k.starts_with(char::is_alphabetic));
        if named('#') {
            return Some((Kind::Citation, close + 1));
        }
        if named('?') {
            return Some((Kind::Abbreviation, close + 1));
        }
        if is_reminder(inside) {
            return Some((Kind::Reminder, close + 1));
        }
        let tag = inside.split(['=', ' ']).next().unwrap_or("").to_lowercase();
        if FORUM_TAGS.contains(&tag.as_str())
            && let Some(end) = self.next(close, "[/", 1000)
        {
            let length = tag.chars().count() + 3;
            let same = self.text(end, end + length).to_lowercase() == format!("[/{tag}]");
            return same.then_some((Kind::Forum, end + length));
        }
        None
    }
}

/// `= Title` and `== Title ==` as in AsciiDoc and wikis, `** Title` as in Org.
fn is_heading(line: &str, sign: char) -> bool {
    let words = line.trim_start_matches(sign);
    let rank = line.len() - words.len();
    let title = words.strip_prefix(' ').unwrap_or("");
    let least = if sign == '*' { 2 } else { 1 };
    (least..=6).contains(&rank)
        && title.starts_with(char::is_uppercase)
        && (sign == '=' || !title.contains(sign))
        && title.chars().count() <= 80
}

/// `h2. Title`, `bq. Words`.
fn is_textile(line: &str) -> bool {
    let mark = line.get(..4).unwrap_or("");
    mark == "bq. " || mark.starts_with('h') && mark.ends_with(". ") && mark.as_bytes()[1].is_ascii_digit()
}

/// `:author: Ada`.
fn is_field(line: &str) -> bool {
    let Some((name, rest)) = line[1..].split_once(':') else { return false };
    let known = FIELDS.contains(&name) && !COMMON_EMOJI.contains(&name);
    known && (rest.is_empty() || rest.starts_with(' '))
}

/// Whether a line is nothing but tags.
fn are_tags(line: &str) -> bool {
    let is_tag = |word: &str| word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic));
    line.split_whitespace().count() > 1 && line.split_whitespace().all(is_tag)
}

/// Whether a line names a file to be put in: `/chapter-2.md`, `/map.png "The valley"`.
fn is_path(line: &str) -> bool {
    const ENDINGS: [&str; 9] = [".md", ".markdown", ".txt", ".csv", ".png", ".jpg", ".jpeg", ".gif", ".svg"];
    let path = line.split(" \"").next().unwrap_or(line).split(" “").next().unwrap_or(line);
    let small = path.to_lowercase();
    ENDINGS.iter().any(|ending| small.ends_with(ending)) && !path.contains(char::is_whitespace)
}

/// Whether words in brackets are what authors write to themselves: `[TK]`, `[TODO: a better name]`.
fn is_reminder(inside: &str) -> bool {
    let first = inside.split([' ', ':']).next().unwrap_or("");
    let small = first.to_lowercase();
    matches!(small.as_str(), "todo" | "tk" | "fixme" | "tbd")
        || first == "XXX"
        || inside.len() >= 2 && inside.chars().all(|c| c == '?')
}
