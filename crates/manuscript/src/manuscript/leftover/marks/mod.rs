//! What looks like a mark in a paragraph, and where.

mod brackets;
mod cells;
mod elsewhere;
mod exports;
mod signs;
mod tex;
mod writers;

use super::kinds::Kind;
use super::view::{Cell, OBJECT, View};
use crate::manuscript::raw::{Inline, InlineKind};
use std::cell::OnceCell;

/// A mark: its kind, and its cells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A pair of asterisks: its cells, and how many asterisks make each.
pub(super) type Pair = (usize, usize, usize);

/// The marks of a paragraph, and its pairs of asterisks.
pub(super) fn find(view: &View<'_>) -> (Vec<Mark>, Vec<Pair>) {
    let look = Look::new(view);
    let mut found = Vec::new();
    let mut pairs = Vec::new();
    let mut at = 0;
    while at < view.cells.len() {
        let mark = match view.cells[at] {
            // within a line no mark begins with one of these, and nearly all cells are such
            Cell { c: ' ' | 'a'..='z' | 'A'..='Z', .. } if !look.begins(at) => None,
            Cell { literal: true, c: '\\', .. } => {
                look.escaped_math(at).or_else(|| look.doubled_backslash(at)).or_else(|| look.network_path(at))
            }
            Cell { literal: true, c: '&', .. } if look.is_escaped_twice(at) => look.entity(at),
            Cell { literal: true, c: '@' | '#', .. } => look.escaped_reference(at),
            Cell { literal: true, c: '(' | '[', .. } => {
                look.bracketed_math(at).or_else(|| look.roff_sign(at))
            }
            Cell { literal: true, c: '\'' | '"' | '`' | '^' | '~', .. } => {
                look.straight_mark(at).or_else(|| look.accent(at))
            }
            Cell { literal: true, c: '\u{A0}' | '\u{2002}' | '\u{2003}', .. } => look.indent(at),
            Cell { literal: true, .. } => None,
            Cell { c, .. } => look.at(at, c),
        };
        match mark {
            Some(mark) => {
                at = mark.to.max(at + 1);
                if mark.kind == Kind::Tex {
                    at = look.behind_arguments(at);
                }
                found.push(mark);
            }
            None => at += 1,
        }
    }
    stars(&look, &mut found, &mut pairs);
    (found, pairs)
}

/// Whether a word behind `@` is the key of a reference, `fig:x` or `tbl-x`, or of a book, `smith2004`: a name alone is
/// that of an account. So is one with a number but a year's, `anna99`, where no other key stands beside it.
fn is_key(word: &str, beside_others: bool) -> bool {
    const LABELS: [&str; 9] = ["fig", "tbl", "tab", "sec", "eq", "lst", "thm", "exm", "ch"];
    let labelled = word.split_once(['-', ':']).is_some_and(|(label, _)| LABELS.contains(&label));
    let bare = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let name = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &bare[name.len()..];
    let year = number.parse().is_ok_and(|year: u32| (1500..2100).contains(&year));
    let dated = year || beside_others && number.len() == 2;
    labelled || dated && word.len() - bare.len() <= 1 && !name.is_empty()
}

/// Whether the words of a picture end in its size: `The valley|300`, `|300x200`.
pub(super) fn ends_in_size(alt: &str) -> bool {
    let size = alt.rsplit_once('|').map_or("", |(_, size)| size.trim());
    size.starts_with(|c: char| c.is_ascii_digit()) && size.chars().all(|c| c.is_ascii_digit() || c == 'x')
}

/// Whether code within words is a program's own that puts something there: R Markdown's `r mean(x)`, Dataview's
/// `= this.file.name`.
pub(super) fn in_words_of_code(words: &str) -> bool {
    let is_name = |call: &str| {
        call.starts_with(|c: char| c.is_ascii_alphabetic())
            && call.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
    };
    let is_r = words
        .strip_prefix("r ")
        .is_some_and(|call| call.contains(['(', '$', '[']) || is_name(call.trim_end()));
    // `{python} x`, as Quarto has it
    let is_run = words
        .strip_prefix('{')
        .and_then(|rest| rest.split_once("} "))
        .is_some_and(|(name, _)| matches!(name, "r" | "python" | "julia" | "ojs"));
    let is_query = words.strip_prefix("= ").is_some_and(|query| query.starts_with("this."));
    is_r || is_run || is_query || words.starts_with("$= ")
}

/// Whether it is a switch of MediaWiki's between two underscores each, `__TOC__`, which Markdown reads as strong.
pub(super) fn is_switch(inline: &Inline, source: &str) -> bool {
    let own = source.get(inline.span.start as usize..inline.span.end as usize).unwrap_or("");
    matches!(
        own,
        "__TOC__" | "__NOTOC__" | "__FORCETOC__" | "__NOEDITSECTION__" | "__INDEX__" | "__NOINDEX__"
    )
}

/// Whether it is a name between two underscores each that Markdown reads as strong: `__init__`, which is no word, or
/// `__main__.py`, `__call__()`, which touch what no word does.
pub(super) fn is_underscored_name(inline: &Inline, source: &str) -> bool {
    const NAMES: [&str; 26] = [
        "init", "str", "repr", "dict", "del", "len", "getitem", "setitem", "getattr", "setattr", "iter",
        "eq", "ne", "lt", "gt", "le", "ge", "cls", "proto", "dirname", "filename", "pycache", "func", "attr",
        "ctx", "env",
    ];
    let (from, to) = (inline.span.start as usize, inline.span.end as usize);
    let own = source.get(from..to).unwrap_or("");
    let Some(name) = own.strip_prefix("__").and_then(|rest| rest.strip_suffix("__")) else { return false };
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let behind = source.get(to..).unwrap_or("");
    let file =
        behind.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
    let before = source.get(..from).unwrap_or("");
    let field = before.strip_suffix('.').is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_lowercase()));
    is_name && (NAMES.contains(&name) || file || field || behind.starts_with('('))
}

/// Whether the words of a cell may begin with the mark of a list.
pub(super) fn may_begin_list(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if text.starts_with(['•', '▪', '‣', '◦', '·', '(', 'a', '1', 'i']))
}

/// What a listing holds for other programs.
pub(super) fn in_code(info: &str, text: &str) -> Option<(Kind, String)> {
    let shown = |text: &str| text.chars().take(24).collect::<String>();
    if info.starts_with("{=") || info.starts_with('=') {
        return Some((Kind::Raw, shown(info)));
    }
    // `{r, echo=FALSE}`, but `{caption="Words"}`
    let is_key = |inner: &str| inner.split([' ', ',']).next().unwrap_or("").contains('=');
    let chunk = info
        .strip_prefix('{')
        .filter(|inner| inner.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_key(inner));
    if chunk.is_some() {
        return Some((Kind::Chunk, shown(info)));
    }
    let language = info.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    if matches!(language, "verse" | "poem" | "poetry") {
        return Some((Kind::VerseFence, shown(info)));
    }
    if DRAWN.contains(&language) {
        return Some((Kind::Diagram, shown(info)));
    }
    if language == "math" {
        return Some((Kind::Math, shown(text)));
    }
    if PROGRAMS.contains(&language) {
        return Some((Kind::Chunk, shown(info)));
    }
    let lines = || text.lines().map(str::trim_start);
    let tag = lines().find(|line| line.starts_with("{{#") && line.ends_with("}}"));
    let include =
        tag.or_else(|| lines().find(|line| line.starts_with("--8<--") || line.starts_with("@@snip")));
    if let Some(line) = include {
        return Some((Kind::Include, shown(line)));
    }
    let leanpub = lines().find(|line| line.starts_with("leanpub-start-") || line.starts_with("leanpub-end-"));
    let leanpub =
        leanpub.or_else(|| lines().find(|line| line.starts_with("{lang=") || line.starts_with("{title=")));
    // in Rust nothing else begins with such a sign and a space
    let hidden = || lines().find(|line| language == "rust" && (*line == "#" || line.starts_with("# ")));
    leanpub
        .map(|line| (Kind::Leanpub, shown(line)))
        .or_else(|| hidden().map(|line| (Kind::Hiding, shown(line))))
}

/// No mark has more characters of one kind: further ones are not looked at, so that each place costs the same however
/// long the paragraph is.
const LONGEST_RUN: usize = 400;

struct Look<'a> {
    view: &'a View<'a>,
    cells: &'a [Cell],
    /// Of each cell, whether a line begins there for the author, spaces before it aside: it is asked for at every
    /// cell, and there may be as many spaces as the paragraph has cells.
    begins: Vec<bool>,
    /// The cells with which lines begin.
    lines: Vec<usize>,
    /// Whether a key stands in the paragraph that is one for sure; asked for once, however many there are.
    cites: OnceCell<bool>,
    /// The last cell that closes a bracket; asked for once, likewise.
    last_close: OnceCell<usize>,
}

impl<'a> Look<'a> {
    fn new(view: &'a View<'a>) -> Look<'a> {
        let cells = &view.cells[..];
        let lines = cells.iter().enumerate().filter(|(_, cell)| cell.begins).map(|(at, _)| at).collect();
        Look {
            view,
            cells,
            begins: beginnings(cells),
            lines,
            cites: OnceCell::new(),
            last_close: OnceCell::new(),
        }
    }
}

/// Whether a line begins at each cell, spaces before it aside.
fn beginnings(cells: &[Cell]) -> Vec<bool> {
    let mut spaces = 0;
    let begins = |(at, cell): (usize, &Cell)| {
        let first = at - spaces;
        let behind_object = spaces == 0 && at > 0 && cells[at - 1].c == OBJECT;
        spaces = if cell.c == ' ' && !cell.begins { spaces + 1 } else { 0 };
        first == 0 || cell.begins || cells[first].begins || behind_object
    };
    cells.iter().enumerate().map(begins).collect()
}

impl Look<'_> {
    fn get(&self, at: usize) -> char {
        self.cells.get(at).map_or(' ', |cell| cell.c)
    }

    /// The character before; a space at the start.
    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.get(at))
    }

    fn starts(&self, at: usize, mark: &str) -> bool {
        let mut cells = self.cells[at.min(self.cells.len())..].iter();
        mark.chars().all(|c| cells.next().is_some_and(|cell| cell.c == c && !cell.literal))
    }

    /// Where `mark` stands next, from `at` on, within so many cells.
    fn next(&self, at: usize, mark: &str, within: usize) -> Option<usize> {
        (at..self.cells.len().min(at + within)).find(|at| self.starts(*at, mark))
    }

    /// Whether a line begins there, for the author.
    fn begins(&self, at: usize) -> bool {
        self.begins.get(at) == Some(&true)
    }

    /// How many cells from `at` on are of that kind, up to [`LONGEST_RUN`].
    fn run(&self, at: usize, wanted: impl Fn(char) -> bool) -> usize {
        let from = at.min(self.cells.len());
        self.cells[from..].iter().take(LONGEST_RUN).take_while(|cell| wanted(cell.c)).count()
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.cells[from.min(to)..to.min(self.cells.len())].iter().map(|cell| cell.c).collect()
    }

    /// Where the line that holds `at` ends.
    fn line_end(&self, at: usize) -> usize {
        let next = self.lines.partition_point(|begins| *begins <= at);
        self.lines.get(next).copied().unwrap_or(self.cells.len())
    }

    /// Whether the word around `at` is an address or the name of a file.
    fn in_address(&self, at: usize) -> bool {
        let from = self.cells[..at].iter().rev().take_while(|cell| !cell.c.is_whitespace()).take(200).count();
        let word = self.text(at - from, at + self.run(at, |c| !c.is_whitespace()).min(200));
        word.contains("://") || word.matches('/').count() > 1 || word.starts_with("www.")
    }

    fn mark(&self, kind: Kind, from: usize, to: usize) -> Option<Mark> {
        Some(Mark { kind, from, to: to.min(self.cells.len()) })
    }

    /// The mark that begins at `at`.
    fn at(&self, at: usize, c: char) -> Option<Mark> {
        let verse = self.view.is_verse && self.begins(at);
        if let Some(mark) = verse.then(|| self.verse_mark(at, c)).flatten() {
            return Some(mark);
        }
        if let Some(mark) = self.cell_list(at, c) {
            return Some(mark);
        }
        if matches!(c, '-' | '*' | '+') && self.begins_cell_item(at) {
            return self.mark(Kind::CellItem, at, at + 1);
        }
        if matches!(c, '#' | '>') && self.begins_cell_block(at, c) {
            return self.mark(Kind::CellBlock, at, at + self.run(at, |sign| sign == c));
        }
        let line = self.begins(at).then(|| self.line_mark(at, c)).flatten();
        line.or_else(|| self.in_line(at, c)).or_else(|| self.foreign_sign(at, c))
    }

    /// The mark of any place in a line that begins at `at`.
    fn in_line(&self, at: usize, c: char) -> Option<Mark> {
        let free = !self.before(at).is_alphanumeric();
        match c {
            '_' => self.underscore(at),
            '`' if self.doubled_ticks(at).is_some() => self.doubled_ticks(at),
            '`' => self.mark(
                Kind::Tick,
                at,
                at + self.run(at, |c| c == '`') + self.run(at + 1, |c| !c.is_whitespace()).min(12),
            ),
            '~' if !self.starts(at, "~~") => self.tie(at),
            '~' if self.starts(at, "~~") && !self.in_address(at) => self.mark(Kind::Struck, at, at + 2),
            '!' if self.starts(at, "![[") => self.mark(Kind::WikiLink, at, self.closed(at, "]]")),
            '!' if self.starts(at, "![") => self.mark(Kind::Picture, at, self.closed(at, ")")),
            '[' => self.bracket(at),
            '{' => self.brace(at),
            '=' if free && self.starts(at, "==") && self.pair(at, "==") => {
                self.mark(Kind::Highlight, at, self.closed(at + 2, "=="))
            }
            '+' if self.begins(at) && (self.starts(at, "+--") || self.starts(at, "+==")) => {
                self.mark(Kind::Drawn, at, self.line_end(at))
            }
            '+' if free && self.starts(at, "++") && self.pair(at, "++") => {
                self.mark(Kind::Inserted, at, self.closed(at + 2, "++"))
            }
            '%' => self.percent(at).or_else(|| self.left_by_writers(at, c, free)),
            '$' => self.math(at),
            ':' if self.begins(at) && self.starts(at, ":::") => self.mark(Kind::Fence, at, self.line_end(at)),
            ':' if self.begins(at)
                && is_rule_of_table(self.text(at, self.line_end(at).min(at + LONGEST_RUN)).trim_end()) =>
            {
                self.mark(Kind::Drawn, at, self.line_end(at))
            }
            ':' if self.starts(at, "::") => {
                self.hidden(at, "::", "::").or_else(|| self.property(at)).or_else(|| self.literal_block(at))
            }
            ':' if free || self.names_emoji(at) => self.role(at).or_else(|| self.emoji(at)),
            '|' if self.starts(at, "||") => self.hidden(at, "||", "||"),
            '>' if self.starts(at, ">!") => self.hidden(at, ">!", "!<"),
            '|' if self.begins(at) && self.get(at + 1) != '|' => self.stroke(at),
            '!' if self.begins(at) && (self.starts(at, "!!! ") || self.names_admonition(at)) => {
                self.mark(Kind::Admonition, at, self.line_end(at))
            }
            '!' => self.lost_field(at),
            '?' if self.begins(at) && (self.starts(at, "??? ") || self.starts(at, "???+ ")) => {
                self.mark(Kind::Admonition, at, self.line_end(at))
            }
            '>' if self.begins(at.saturating_sub(1))
                && at > 0
                && self.before(at).is_ascii_uppercase()
                && self.get(at + 1).is_whitespace() =>
            {
                self.mark(Kind::Leanpub, at - 1, at + 1)
            }
            '-' if self.begins(at) => self.hyphens(at),
            '<' => self.angle(at),
            '@' => self.citation(at).or_else(|| self.called_day(at)),
            '\'' if free && self.starts(at, "''") && self.get(at + 2).is_alphanumeric() => {
                let close = self.next(at + 2, "''", 1000)?;
                // a speech that begins with a word without its beginning, ''Ow, opens with the same two signs
                let closes = !self.before(close).is_whitespace() && !self.get(close + 2).is_alphanumeric();
                closes.then(|| self.mark(Kind::Quotes, at, close + 2)).flatten()
            }
            '\\' => self.tex(at),
            '&' => self.entity(at),
            '^' => self.raised(at),
            '.' if self.begins(at) && self.starts(at, ".. ") && self.next(at, "::", 40).is_some() => {
                self.mark(Kind::Role, at, self.line_end(at))
            }
            '(' if self.starts(at, "(@") => self.example(at),
            '(' if self.starts(at, "(fn)") => self.mark(Kind::StandIn, at, at + 4),
            '(' if self.starts(at, "(img)") => self.mark(Kind::StandIn, at, at + 5),
            _ => self.left_by_writers(at, c, free),
        }
    }

    /// `%% words %%`, `%= lang:ruby` as Softcover has it, `% Title`.
    fn percent(&self, at: usize) -> Option<Mark> {
        if self.starts(at, "%%") {
            return self.remark(at);
        }
        let kind = match self.get(at + 1) {
            '=' if self.get(at + 2) == ' ' => Kind::Directive,
            space if space.is_whitespace() => Kind::Percent,
            _ => return None,
        };
        // the head of a column may begin with `% of`
        let begins = self.begins(at) && !self.view.in_cell;
        begins.then(|| self.mark(kind, at, self.line_end(at))).flatten()
    }

    /// A line that a stroke begins: with another one it is a row of a table, alone a line of Pandoc's verse.
    fn stroke(&self, at: usize) -> Option<Mark> {
        let line = self.text(at + 1, self.line_end(at).min(at + LONGEST_RUN));
        let kind = if line.contains('|') { Kind::Row } else { Kind::StrokedLine };
        self.mark(kind, at, self.line_end(at))
    }

    /// What begins with `<`.
    fn angle(&self, at: usize) -> Option<Mark> {
        let is_included = |next: char| {
            let alone = next != ' ' && next != '<' && self.line_end(at) == self.cells.len();
            next == '[' || next == '(' || alone
        };
        let includes = || {
            let next = self.cells.get(at + 2)?.c;
            let begins = self.begins(at) && self.starts(at, "<<") && is_included(next);
            begins.then(|| self.mark(Kind::Include, at, self.line_end(at))).flatten()
        };
        self.centred_end(at)
            .or_else(|| self.doubled_angles(at))
            .or_else(includes)
            .or_else(|| self.placeholder(at))
    }

    /// `(@label)`, an example of Pandoc's; `(@one--@two)` too.
    fn example(&self, at: usize) -> Option<Mark> {
        let label = self.run(at + 2, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let end = self.next(at + 2, ")", 60)?;
        let behind = self.text(at + 2 + label, end);
        let several = label > 0 && behind.contains('@') && !behind.contains(':');
        // `(@fig-mill)` is a reference in brackets
        if is_key(&self.text(at + 2, at + 2 + label), false) {
            return self.mark(Kind::Citation, at + 1, at + 2 + label);
        }
        (end == at + 2 + label || several).then(|| self.mark(Kind::Example, at, end + 1)).flatten()
    }

    /// bookdown's `\@ref(label)`, and its labels `(\#fig:label)`.
    fn escaped_reference(&self, at: usize) -> Option<Mark> {
        let label = self.run(at + 1, |c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'));
        match self.get(at) {
            '@' if self.starts(at + 1, "ref(") => self.mark(Kind::Citation, at, self.closed(at, ")")),
            '#' if self.before(at) == '(' && self.text(at, at + label).contains(':') => {
                self.mark(Kind::Citation, at, at + 1 + label)
            }
            _ => None,
        }
    }

    /// Whether `!!!note` stands alone in its line.
    fn names_admonition(&self, at: usize) -> bool {
        let name = self.run(at + 3, |c| c.is_ascii_lowercase());
        self.starts(at, "!!!") && name > 2 && self.text(at + 3 + name, self.line_end(at)).trim().is_empty()
    }

    /// Where a mark ends that `close` ends.
    pub(super) fn closed(&self, at: usize, close: &str) -> usize {
        self.next(at + 1, close, 200).map_or(at + 2, |end| end + close.len())
    }

    /// Whether words stand between two of this mark, without space inside.
    fn pair(&self, at: usize, mark: &str) -> bool {
        let length = mark.len();
        let inside = self.get(at + length);
        let end = self.next(at + length + 1, mark, 300);
        !inside.is_whitespace()
            && !mark.starts_with(inside)
            && end.is_some_and(|end| !self.before(end).is_whitespace())
    }

    fn underscore(&self, at: usize) -> Option<Mark> {
        let run = self.run(at, |c| c == '_');
        let (before, after) = (self.before(at), self.get(at + run));
        let inside = before.is_alphanumeric() && after.is_alphanumeric();
        let blank = before.is_whitespace() && after.is_whitespace();
        let behind_address = || {
            self.view
                .line_before(at)
                .rsplit(' ')
                .next()
                .is_some_and(|word| word.contains("://") && !word.contains(['`', '>']))
        };
        if matches!(before, ']' | OBJECT)
            && !after.is_alphanumeric()
            && after != OBJECT
            && run <= 2
            && !behind_address()
        {
            return self.mark(Kind::Role, at, at + run);
        }
        if blank && self.next(at + 2, " _ ", 200).is_some() {
            return self.mark(Kind::Underscore, at, at + 1);
        }
        if run > 2 || inside || blank || self.in_address(at) || before == OBJECT && after == OBJECT {
            return None;
        }
        let emphatic =
            (before.is_alphanumeric() || after.is_alphanumeric()) || matches!(after, '“' | '"' | '«' | '\'');
        // a name such as `size_t` may end or begin with one
        let name = self.word_has_inner_underscore(at);
        (emphatic && !name)
            .then(|| {
                self.mark(Kind::Underscore, at, at + run + self.run(at + run, |c| !c.is_whitespace()).min(12))
            })
            .flatten()
    }

    fn word_has_inner_underscore(&self, at: usize) -> bool {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let before = self.cells[..at].iter().rev().take(LONGEST_RUN);
        let from = at - before.take_while(|cell| word(cell.c)).count();
        let text = self.text(from, at + self.run(at, word));
        // `__very__late` was to be two words' worth of emphasis, and is no name
        let doubled = text.strip_prefix("__").is_some_and(|rest| rest.contains("__") && !rest.ends_with('_'));
        text.trim_matches('_').contains('_') && !doubled
    }

    fn remark(&self, at: usize) -> Option<Mark> {
        let end = self.next(at + 2, "%%", 4000);
        if self.before(at).is_ascii_digit() {
            return None;
        }
        match end {
            Some(end) => self.mark(Kind::Remark, at, end + 2),
            None => self.begins(at).then(|| self.mark(Kind::Remark, at, self.line_end(at))).flatten(),
        }
    }

    /// `:ref:` right before code.
    fn role(&self, at: usize) -> Option<Mark> {
        let length = self.run(at + 1, |c| c.is_ascii_lowercase() || c == '-' || c == ':');
        let code = length > 1 && self.get(at + length) == ':' && self.get(at + 1 + length) == OBJECT;
        code.then(|| self.mark(Kind::Role, at, at + 1 + length)).flatten()
    }

    /// Whether a common short name of an emoji stands there; that may touch a word.
    fn names_emoji(&self, at: usize) -> bool {
        COMMON_EMOJI.iter().any(|name| self.starts(at + 1, name) && self.get(at + 1 + name.len()) == ':')
    }

    /// `:word:` of small letters.
    fn emoji(&self, at: usize) -> Option<Mark> {
        let length = self
            .run(at + 1, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-'));
        let end = at + 1 + length;
        let named = self.cells[at + 1..(at + 1 + length).min(self.cells.len())]
            .iter()
            .any(|cell| cell.c.is_ascii_lowercase());
        let free = !self.get(end + 1).is_alphanumeric() && self.get(end + 1) != ':';
        (length >= 2
            && (named || self.names_emoji(at))
            && self.starts(end, ":")
            && (free || self.names_emoji(at)))
        .then(|| self.mark(Kind::Emoji, at, end + 1))
        .flatten()
    }

    /// Lines of hyphens, parts of Leanpub's, files of MkDocs'.
    fn hyphens(&self, at: usize) -> Option<Mark> {
        let end = self.line_end(at);
        let line = self.text(at, end.min(at + LONGEST_RUN));
        let line = line.trim_end();
        if line.starts_with("-# ") {
            return self.mark(Kind::Leanpub, at, end);
        }
        if line.len() > 4 && line.starts_with("->") && (line.ends_with("<-") || line.ends_with("->")) {
            return self.mark(Kind::Centred, at, end);
        }
        if line.starts_with("--8<--") {
            return self.mark(Kind::Include, at, end);
        }
        let rule = line.len() >= 4 && line.chars().all(|c| matches!(c, '-' | ' ')) && line.contains("--");
        (rule || is_rule_of_table(line)).then(|| self.mark(Kind::Drawn, at, end)).flatten()
    }

    /// `@key` with nothing before it.
    fn citation(&self, at: usize) -> Option<Mark> {
        let free = self.before(at).is_whitespace()
            || matches!(self.before(at), '(' | ';' | '-' | '"' | '“' | '\'' | '[');
        let named = self.run(at + 1, |c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-'));
        let lettered = self.get(at + 1).is_alphabetic();
        let key = self.text(at + 1, at + 1 + named);
        let bracketed = self.cells[..at].iter().rev().take(400).find(|cell| matches!(cell.c, '[' | ']'));
        let cited = bracketed.is_some_and(|cell| cell.c == '[')
            || self.get(at + 1 + named) == '('
            || self.get(at + 1 + named) == ' ' && self.get(at + 2 + named) == '[';
        (free && lettered && named > 1 && (cited || is_key(&key, self.cites())))
            .then(|| self.mark(Kind::Citation, at, at + 1 + named))
            .flatten()
    }

    /// Whether the paragraph holds a key that is one for sure. One that is needs no other beside it, so that the key
    /// that is asked about need not be left out.
    fn cites(&self) -> bool {
        *self.cites.get_or_init(|| {
            (0..self.cells.len()).filter(|at| self.starts(*at, "@")).any(|at| {
                let named = self.run(at + 1, |c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-'));
                self.before(at) == '[' || is_key(&self.text(at + 1, at + 1 + named), false)
            })
        })
    }

    /// `&amp;amp;`: a sign that was made an entity by one program, and again by another.
    fn is_escaped_twice(&self, at: usize) -> bool {
        let behind = self.text(at + 1, at + 8);
        self.view.source_from(at).starts_with("&amp;") && TWICE.iter().any(|name| behind.starts_with(name))
    }

    fn entity(&self, at: usize) -> Option<Mark> {
        let letters = self.run(at + 1, |c| c.is_ascii_alphanumeric());
        let named =
            letters >= 2 && self.get(at + 1).is_ascii_alphabetic() && self.get(at + 1 + letters) == ';';
        named.then(|| self.mark(Kind::Entity, at, at + 2 + letters)).flatten()
    }

    /// `x^2` and `^[`.
    fn raised(&self, at: usize) -> Option<Mark> {
        if self.starts(at, "^[") {
            return self.mark(Kind::Raised, at, at + 12);
        }
        if let Some(mark) = self.block_name(at).or_else(|| self.search_sign(at)) {
            return Some(mark);
        }
        let (before, after) = (self.before(at), self.get(at + 1));
        let word = |cell: &&Cell| !cell.c.is_whitespace();
        let others = self.cells[..at].iter().rev().take(LONGEST_RUN).take_while(word);
        let others = others.chain(self.cells[at + 1..].iter().take(LONGEST_RUN).take_while(word));
        if others.into_iter().any(|cell| cell.c == '^') {
            // told of as a pair
            return None;
        }
        let formula = (before.is_alphanumeric() || before == ')')
            && (after.is_alphanumeric() || matches!(after, '-' | '{' | '('));
        (formula && !self.in_address(at))
            .then(|| self.mark(Kind::Raised, at, at + 1 + self.run(at + 1, |c| !c.is_whitespace()).min(8)))
            .flatten()
    }
}

/// Asterisks: those that would be a pair but for the letters around them, and
/// those without a partner.
fn stars(look: &Look<'_>, found: &mut Vec<Mark>, pairs: &mut Vec<Pair>) {
    let cells = look.cells;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    // in the order of their places, none within another
    let mut marks = found.iter().peekable();
    while at < cells.len() {
        let run = if cells[at].literal {
            0
        } else {
            cells[at..].iter().take_while(|cell| cell.c == '*' && !cell.literal).count()
        };
        while marks.next_if(|mark| mark.to <= at).is_some() {}
        if run > 0 && marks.peek().is_none_or(|mark| at < mark.from) {
            runs.push((at, run));
        }
        at += run.max(1);
    }
    if !cells.iter().any(|cell| cell.c.is_alphanumeric()) {
        return;
    }
    let mut index = 0;
    while index < runs.len() {
        let (from, length) = runs[index];
        let (before, after) = (look.before(from), look.get(from + length));
        if let Some((close, same)) = runs.get(index + 1).copied()
            && same == length
            && (!after.is_whitespace() || after == '\u{A0}')
            && !look.before(close).is_whitespace()
        {
            pairs.push((from, close + length, length));
            index += 2;
            continue;
        }
        index += 1;
        let abbreviation =
            look.begins(from) && look.starts(from, "*[") && look.next(from, "]:", 80).is_some();
        let kind = if abbreviation { Kind::Abbreviation } else { Kind::Star };
        let opens = !after.is_whitespace() && after != OBJECT && !before.is_alphanumeric();
        let closes = !before.is_whitespace() && !after.is_alphanumeric() && length >= 2;
        let between = before.is_whitespace() && after.is_whitespace();
        if abbreviation
            || (opens
                && !between
                && (after.is_alphanumeric() || length >= 2 || matches!(after, '“' | '"' | '\'' | '¿' | '¡')))
            || closes
            || (between && length == 2)
        {
            let to = from + length + look.run(from + length, |c| !c.is_whitespace()).min(16);
            found.push(Mark { kind, from, to });
        }
    }
}

/// How entities begin that one program writes for what an author typed, and another writes again.
const TWICE: [&str; 11] = [
    "amp;", "quot;", "apos;", "nbsp;", "mdash;", "ndash;", "hellip;", "lsquo;", "rsquo;", "ldquo;", "rdquo;",
];

/// Whether a line is the rule below a table's head, `--- | ---`, `:---`: with a stroke or a colon, three hyphens say so.
fn is_rule_of_table(line: &str) -> bool {
    line.contains("---")
        && line.contains(['|', ':'])
        && line.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b' '))
}

/// Short names that are read as such wherever they stand.
const COMMON_EMOJI: &[&str] = &[
    "smile",
    "smiley",
    "grin",
    "joy",
    "wink",
    "heart",
    "thumbsup",
    "thumbsdown",
    "+1",
    "-1",
    "tada",
    "rocket",
    "fire",
    "star",
    "warning",
    "bulb",
    "memo",
    "book",
    "bug",
    "sparkles",
    "eyes",
    "wave",
    "ok_hand",
    "thinking",
    "heavy_check_mark",
    "white_check_mark",
    "heart_eyes",
    "x",
    "one",
    "two",
    "three",
    "100",
    "point_right",
    "arrow_right",
    "pencil",
    "construction",
    "exclamation",
    "information_source",
    "pushpin",
    "pray",
    "muscle",
];

/// Languages of which Obsidian shows what they find, and no words.
const PROGRAMS: [&str; 3] = ["dataview", "dataviewjs", "tasks"];

/// Languages that are written for the sake of the picture that a program makes of them.
const DRAWN: [&str; 8] =
    ["mermaid", "plantuml", "puml", "ditaa", "wavedrom", "vega-lite", "nomnoml", "flowchart"];
