//! Marks of formats that are no Markdown: what begins a line in AsciiDoc, Org, Textile, wikis and in
//! the programs of writers, and what stands between two marks of theirs.

use super::{COMMON_EMOJI, Look, Mark};
use crate::manuscript::leftover::kinds::Kind;

/// No mark that begins a line needs more characters to be known.
const LONGEST: usize = 400;
impl Look<'_> {
    /// What the line that begins at `at` is elsewhere.
    pub(super) fn line_mark(&self, at: usize, c: char) -> Option<Mark> {
        if !matches!(
            c,
            '=' | '*'
                | ':'
                | '#'
                | '/'
                | '-'
                | '+'
                | '!'
                | 'i'
                | 'e'
                | 'h'
                | 'b'
                | 'p'
                | 'f'
                | 't'
                | 'd'
                | 'n'
                | '@'
        ) {
            return None;
        }
        let end = self.line_end(at);
        let line = self.text(at, end.min(at + LONGEST));
        let line = line.trim_end();
        let is_alone = at == 0 && end == self.cells.len();
        let kind = match c {
            '=' | '*' if is_heading(line, c) => Kind::Heading,
            'h' | 'b' | 'p' | 'f' | 't' | 'd' | 'n' if at == 0 && is_textile(line) => Kind::Heading,
            ':' if self.is_field(at, line) => Kind::Field,
            '=' if line.starts_with("=== \"") || line.starts_with("=== “") => Kind::Tab,
            '+' if is_alone && (line == "+++" || line.starts_with("+++ ")) => Kind::Directive,
            '!' if ["!include ", "!INCLUDE ", "!!!include("].iter().any(|mark| line.starts_with(mark)) => {
                Kind::Include
            }
            'i' | 'e' if is_module(line) && !self.view.line_before(at).starts_with('#') => Kind::Directive,
            '#' if line.starts_with("#| ") => Kind::Field,
            '/' if line.strip_prefix("/// ").is_some_and(|name| name.starts_with(char::is_alphabetic)) => {
                Kind::Admonition
            }
            '#' if line.strip_prefix("#+").is_some_and(|rest| rest.starts_with(char::is_alphabetic)) => {
                Kind::Field
            }
            '#' if line.trim_start_matches('#').len() + 7 <= line.len() && line.contains("# ") => Kind::Deep,
            '#' if is_alone && are_tags(line) => Kind::Tags,
            '/' if line.starts_with("// ") || line.starts_with("/* ") => Kind::LineRemark,
            '/' if is_alone && is_path(line) => Kind::Include,
            'i' if line.starts_with("include::") && line.ends_with(']') => Kind::Include,
            '-' if line.starts_with("-> ") && line.ends_with(" <-") => Kind::Centred,
            '-' if line.starts_with("-----File: ") => Kind::PageNumber,
            '@' if is_texinfo(line) => Kind::Directive,
            '@' if is_alone && includes_file(line) => Kind::Include,
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
        let label = inside.strip_prefix('^').unwrap_or("");
        // `[a] words`: who writes a backslash there means the bracket
        if close == ']' && at == 0 && inside.len() == 1 && self.get(end + 1) == ' ' {
            return None;
        }
        if close == ']' && !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') {
            // as a word processor's text has it, whose brackets are words
            return self.mark(Kind::EscapedCall, at, end + 1);
        }
        let short = inside.trim().chars().count() == 1 && inside.trim().starts_with(char::is_alphabetic);
        // a formula in square brackets is a line of its own: among words, they are a letter's
        let short = short && (close == ')' || at == 0 && end + 1 == self.cells.len());
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
        // `[?Hobhouse]` is what an editor takes a name for
        if named('?') && !inside[1..].starts_with(char::is_uppercase) {
            return Some((Kind::Abbreviation, close + 1));
        }
        if is_reminder(inside) {
            return Some((Kind::Reminder, close + 1));
        }
        if is_page_number(inside) {
            return Some((Kind::PageNumber, close + 1));
        }
        // `[:en]`, as sites in several languages have it
        if inside
            .strip_prefix(':')
            .is_some_and(|tag| tag.len() <= 5 && tag.chars().all(|c| c.is_ascii_lowercase()))
        {
            return Some((Kind::Tag, close + 1));
        }
        self.forum_tag(close, inside)
    }

    /// `[b]words[/b]`, `[url=address]words[/url]`: whatever its name is, a tag that is closed by its own.
    fn forum_tag(&self, close: usize, inside: &str) -> Option<(Kind, usize)> {
        const LONGEST_TAG: usize = 20;
        let tag = inside.split(['=', ' ']).next().unwrap_or("").to_lowercase();
        let is_name =
            !tag.is_empty() && tag.len() <= LONGEST_TAG && tag.bytes().all(|b| b.is_ascii_alphanumeric());
        let end = self.next(close, "[/", 1000).filter(|_| is_name)?;
        let length = tag.len() + 3;
        let is_same = self.text(end, end + length).to_lowercase() == format!("[/{tag}]");
        is_same.then_some((Kind::Forum, end + length))
    }

    /// `:author: Ada` above a text, as AsciiDoc and reStructuredText have it: its name is that of no common emoji, and
    /// what stands behind it is no sentence, or nothing, near the head of a file or beside others.
    fn is_field(&self, at: usize, line: &str) -> bool {
        const HEAD: usize = 400;
        let Some((name, rest)) = field(line) else { return false };
        if COMMON_EMOJI.contains(&name) {
            return false;
        }
        let is_drawer = name.bytes().all(|b| b.is_ascii_uppercase());
        let next = self.line_end(at);
        let next = (next < self.cells.len()).then(|| self.text(next, self.line_end(next)));
        let beside = next.is_some_and(|next| field(next.trim()).is_some());
        let said = rest.trim();
        let is_value = !said.is_empty() && !said.ends_with(['.', '!', '?', '…']);
        // a cell of a table says nothing of the text
        let head =
            self.view.span(at, at + 1).start as usize <= HEAD && !self.view.line_before(at).contains('|');
        is_drawer || beside || is_value || head && said.is_empty()
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

/// `@chapter Words`, `@node Words`: a command of Texinfo's.
fn is_texinfo(line: &str) -> bool {
    const COMMANDS: [&str; 22] = [
        "c",
        "comment",
        "node",
        "top",
        "chapter",
        "section",
        "subsection",
        "subsubsection",
        "unnumbered",
        "appendix",
        "item",
        "itemx",
        "itemize",
        "enumerate",
        "table",
        "quotation",
        "example",
        "menu",
        "end",
        "bye",
        "settitle",
        "setfilename",
    ];
    line.strip_prefix('@').is_some_and(|line| COMMANDS.contains(&line.split(' ').next().unwrap_or("")))
}

/// `@include "chapter.md"`: a word behind the sign, and the name of a file.
fn includes_file(line: &str) -> bool {
    let Some((word, rest)) = line[1..].split_once(' ') else { return false };
    let name = rest.trim_matches(['"', '\'', '“', '”', '‘', '’']);
    word.bytes().all(|b| b.is_ascii_lowercase())
        && !name.contains(char::is_whitespace)
        && name.rsplit_once('.').is_some_and(|(_, ending)| {
            (2..=4).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase())
        })
}

/// `h2. Title`, `bq. Words`, `p(class). Words`, `fn1. A note`: a short tag, perhaps what it looks like, a full stop or
/// two, and words. A page is no tag: `p. 12`.
fn is_textile(line: &str) -> bool {
    const TAGS: [&str; 9] = ["h", "bq", "bc", "p", "pre", "fn", "table", "dl", "notextile"];
    let Some((tag, words)) = line.split_once(". ") else { return false };
    let tag = tag.trim_end_matches('.');
    let name = tag.split(['(', '{', '[', '<', '>', '=']).next().unwrap_or("");
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = bare.len() < name.len();
    let is_short = tag.len() <= 30 && name.len() <= bare.len() + 2;
    // what has a number is none without it
    let is_tag = TAGS.contains(&bare) && numbered == matches!(bare, "h" | "fn");
    let first = words.trim_start().chars().next();
    is_tag && is_short && !tag.contains(' ') && first.is_some_and(|c| !c.is_ascii_digit())
}

/// The name and the value of a line such as `:author: Ada`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (is_name && (rest.is_empty() || rest.starts_with(' '))).then_some((name, rest))
}

/// `import X from "./x"`, `export const x`: what MDX has above its words.
fn is_module(line: &str) -> bool {
    let import = line.strip_prefix("import ").is_some_and(|rest| {
        let from = rest.rsplit(" from ").next().unwrap_or("");
        from.len() < rest.len() && from.starts_with(['"', '\'', '“', '‘'])
    });
    let declares = ["const ", "default ", "function ", "let "];
    import
        || line.strip_prefix("export ").is_some_and(|rest| declares.iter().any(|word| rest.starts_with(word)))
}

/// `[Page 24]`, `[Pg xii]`.
fn is_page_number(inside: &str) -> bool {
    const PAGES: [&str; 8] = ["page", "pg", "pg.", "seite", "página", "pagina", "strona", "side"];
    let Some((word, number)) = inside.split_once(' ') else { return false };
    let is_number = |c: char| c.is_ascii_digit() || "ivxlcIVXLC".contains(c);
    PAGES.contains(&word.to_lowercase().as_str())
        && !number.is_empty()
        && number.len() <= 6
        && number.chars().all(is_number)
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
    let said = inside.to_lowercase();
    matches!(small.as_str(), "todo" | "tk" | "fixme" | "tbd")
        || first == "XXX"
        || said.starts_with("note to self")
        || said.starts_with("comment: ")
        || inside.len() >= 2 && inside.chars().all(|c| c == '?')
}
