//! Writes the manuscript, and beside it the ledger: what the transcription
//! holds at which place that the manuscript does not.

use super::formulas::{formulas, spelled_formulas};
use super::inline::written_code;
use super::model::{Block, Draft, Inline, Join, Kind, Piece};
use super::pages::{PageMap, PageStart};
use super::proof::{Held, LOOSE_SEAM, Ledger, Splice, Track, is_counted};
use std::collections::BTreeMap;

/// A Markdown file of the manuscript, with its part of the ledger.
#[derive(Clone, Debug)]
pub(super) struct TextFile {
    /// The path within the book's folder.
    pub name: String,
    /// The Markdown.
    pub text: String,
}

/// What to write: file name and range of blocks, in order.
pub(super) struct Plan {
    /// The path within the book's folder.
    pub name: String,
    /// The first block.
    pub from: usize,
    /// One past the last block.
    pub to: usize,
    /// Whether it stands before the first text.
    pub front: bool,
}

/// Writes all files.
pub(super) fn write(draft: &Draft, plans: &[Plan], map: Option<&PageMap>) -> (Vec<TextFile>, Ledger) {
    let starts: BTreeMap<usize, PageStart> =
        map.map(|m| m.starts.iter().map(|start| (start.gap, *start)).collect()).unwrap_or_default();
    let mut ledger = Ledger::default();
    let mut sheets = Vec::new();
    let mut notes_of: Vec<Vec<usize>> = vec![Vec::new(); plans.len()];
    for (index, note) in draft.notes.iter().enumerate() {
        notes_of[note.file.unwrap_or(0).min(plans.len() - 1)].push(index);
    }
    for (file, plan) in plans.iter().enumerate() {
        let mut pen = Pen {
            draft,
            starts: &starts,
            file,
            out: String::new(),
            track: Track::default(),
            at_start: true,
            table: false,
            bare: false,
        };
        pen.blocks(plan, file + 1 == plans.len());
        ledger.bodies.push(std::mem::take(&mut pen.track));
        let mut text = std::mem::take(&mut pen.out).trim_end().to_owned();
        for index in notes_of[file].iter().copied() {
            let note = &draft.notes[index];
            let (markdown, tracks) = pen.note(index);
            text.push_str("\n\n");
            text.push_str(&markdown);
            ledger.notes.insert((file, note.label.clone()), tracks);
        }
        let text = text.trim_start().to_owned() + "\n";
        sheets.push(TextFile { name: plan.name.clone(), text });
    }
    ledger.openings = draft
        .notes
        .iter()
        .map(|n| ((n.file.unwrap_or(0), n.label.clone()), (n.opening.clone(), n.closing.clone())))
        .collect();
    (sheets, ledger)
}

struct Pen<'a> {
    draft: &'a Draft,
    starts: &'a BTreeMap<usize, PageStart>,
    file: usize,
    out: String,
    track: Track,
    /// Whether the next word opens a block, where more signs have a meaning.
    at_start: bool,
    /// Whether text goes through as it is: a table's rows.
    table: bool,
    /// Whether a line end needs no sign: verse and tables.
    bare: bool,
}

impl Pen<'_> {
    fn blocks(&mut self, plan: &Plan, last: bool) {
        for index in plan.from..plan.to {
            let block = &self.draft.blocks[index];
            let gap = &self.draft.gaps[index];
            let joined = gap.join != Join::Apart && index > plan.from;
            let first = index == plan.from;
            if joined {
                self.joint(index);
            } else {
                self.open(index, block, first);
            }
            self.at_start = !joined;
            let next = self.draft.gaps.get(index + 1).map_or(Join::Apart, |g| g.join);
            self.body(block, next == Join::Dehyphenated && index + 1 < plan.to);
            let stanza = index + 1 < plan.to && self.is_stanza(index + 1);
            if matches!(block.kind, Kind::Verse | Kind::Subtitle | Kind::Caption)
                && (next == Join::Apart || index + 1 == plan.to)
                && !stanza
            {
                self.out.push_str("\n:::");
            }
        }
        self.out.push_str("\n\n");
        if last {
            self.splice(plan.to, seam(self.draft, plan.to));
        }
    }

    /// Whether block `index` is the next stanza of the verse before it.
    fn is_stanza(&self, index: usize) -> bool {
        let verse = |i: usize| self.draft.blocks.get(i).is_some_and(|b| b.kind == Kind::Verse);
        index > 0 && verse(index) && verse(index - 1) && !self.starts.contains_key(&index)
    }

    /// The white space, marks and signs between the block before and a new block.
    fn open(&mut self, index: usize, block: &Block, first: bool) {
        let before = index.checked_sub(1).map(|i| &self.draft.blocks[i].kind);
        let tight = matches!((before, &block.kind), (Some(Kind::Item(_)), Kind::Item(_))) && !first;
        let same_quote = matches!((before, &block.kind), (Some(Kind::Quote), Kind::Quote)) && !first;
        self.out.push_str(if tight {
            "\n"
        } else if same_quote {
            "\n>\n"
        } else {
            "\n\n"
        });
        self.splice(index, seam(self.draft, index));
        if self.out.ends_with("-->") {
            self.out.push_str("\n\n");
        }
        let start = self.starts.get(&index).copied();
        let inline = tight || same_quote;
        if let Some(start) = start.filter(|_| !inline) {
            self.mark(start);
            self.out.push_str("\n\n");
        }
        if first || !self.is_stanza(index) {
            self.marker(block);
        }
        if let Some(start) = start.filter(|_| inline) {
            self.mark(start);
        }
    }

    /// The sign that opens a block in Markdown, and the transcription's own sign in the ledger.
    fn marker(&mut self, block: &Block) {
        if !block.marker.is_empty() {
            // some write `>like this`, and `#like this`
            self.put(Piece::Literal(format!("{}{LOOSE_SEAM}", block.marker)), "\n");
        }
        match &block.kind {
            Kind::Heading(depth) => {
                self.out.push_str(&"#".repeat(usize::from(*depth)));
                self.out.push(' ');
            }
            Kind::Quote => self.out.push_str("> "),
            Kind::Item(marker) if marker == "-" => self.out.push_str("- "),
            Kind::Item(marker) => {
                self.count(marker);
                self.out.push_str(marker);
                self.out.push(' ');
            }
            Kind::Break => self.out.push_str("* * *"),
            Kind::Verse => self.out.push_str("::: verse\n"),
            Kind::Subtitle => self.out.push_str("::: subtitle\n"),
            Kind::Caption => self.out.push_str("::: centre\n"),
            Kind::Paragraph | Kind::Table | Kind::Code => {}
        }
    }

    /// The seam inside a paragraph: what stood there, and the page mark.
    fn joint(&mut self, index: usize) {
        let join = self.draft.gaps[index].join;
        let inside = self.draft.gaps[index].inside;
        let seam = seam(self.draft, index);
        let spaced = self.out.ends_with(char::is_whitespace);
        if join == Join::Spaced && inside.is_none() && !spaced {
            self.out.push(' ');
        }
        self.splice(index, seam);
        let marker = &self.draft.blocks[index].marker;
        // what a page mark parts within a line has its sign but once
        if !marker.is_empty() && inside.is_none() {
            self.put(Piece::Literal(format!("{marker}{LOOSE_SEAM}")), seam);
        }
        if let Some(start) = self.starts.get(&index).copied() {
            self.mark(start);
        }
        if self.draft.blocks[index].kind == Kind::Verse {
            // a comment at the head of a line would end the stanza
            self.out.truncate(self.out.trim_end().len());
            self.out.push('\n');
        }
    }

    /// A page begins here; where that is an estimate, a private comment says so.
    fn mark(&mut self, PageStart { page, certain, .. }: PageStart) {
        self.out.push_str(&format!("<!-- page {page} -->"));
        if !certain {
            self.out.push_str("<!-- estimated -->");
        }
    }

    /// Enters what stands in gap `index` into the ledger.
    fn splice(&mut self, index: usize, seam: &'static str) {
        let Some(gap) = self.draft.gaps.get(index) else { return };
        self.put(Piece::Literal(String::new()), seam);
        for piece in gap.pieces.clone() {
            if let Piece::Picture(text) = &piece {
                self.picture(text);
            }
            self.put(piece, seam);
        }
    }

    /// A private remark where a picture stands.
    fn picture(&mut self, text: &str) {
        let file = text.strip_prefix("![](").and_then(|rest| rest.strip_suffix(')'));
        let file = file.filter(|file| !file.contains("--")).map_or(String::new(), |file| format!(": {file}"));
        self.out.push_str(&format!("<!-- picture{file} -->"));
    }

    fn put(&mut self, piece: Piece, seam: &'static str) {
        let piece = match piece {
            Piece::Note(index, part) => {
                let note = &self.draft.notes[index];
                Held::Note { file: note.file.unwrap_or(0), label: note.label.clone(), part }
            }
            Piece::Literal(text) => Held::Literal(text),
            // the words under it may follow its sign at once: `[Illustration:The mill]`
            Piece::Picture(text) => Held::Literal(format!("{text}{LOOSE_SEAM}")),
        };
        self.track.splices.push(Splice { at: self.track.length, skip: 0, held: piece, seam });
    }

    /// The text of a block; the hyphen at its end goes when `cut`.
    fn body(&mut self, block: &Block, cut: bool) {
        let mut inlines = block.inlines.clone();
        if block.kind == Kind::Break {
            return;
        }
        let hyphen = if cut { super::join::cut_hyphen(&mut inlines) } else { String::new() };
        let heading = matches!(block.kind, Kind::Heading(_));
        self.table = block.kind == Kind::Table && block.lined;
        self.bare = matches!(block.kind, Kind::Table | Kind::Verse);
        self.inlines(&inlines, block.lined, heading);
        if !hyphen.is_empty() {
            self.put(Piece::Literal(hyphen), "");
        }
        (self.table, self.bare) = (false, false);
    }

    fn inlines(&mut self, inlines: &[Inline], lined: bool, heading: bool) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => {
                    if text.starts_with(':') && self.call_begins_the_line() {
                        self.out.push('\\');
                    }
                    self.words(text, lined, heading);
                }
                Inline::Call { literal, note: Some(index), .. }
                    if self.draft.notes[*index].file == Some(self.file) =>
                {
                    let label = &self.draft.notes[*index].label;
                    self.out.push_str(&format!("[^{label}]"));
                    self.track.length += 1;
                    self.track.calls.push((label.clone(), literal.clone()));
                }
                Inline::Call { literal, number, .. } if literal.starts_with("<sup>") => {
                    self.raised(number, literal);
                }
                Inline::Call { literal, .. } => self.words(literal, false, heading),
                Inline::Fix { was, now } => self.fix(was, now),
                Inline::Ours(signs) => self.ours(signs),
                Inline::Code(code) => self.code(code, lined, heading),
                Inline::Verbatim(code) => {
                    self.count(code);
                    self.out.push_str(code);
                }
                Inline::Drop(text) => {
                    let mark = text.starts_with(['[', '{', '<']);
                    let seam = if mark || text == ">" { LOOSE_SEAM } else { "" };
                    self.put(Piece::Literal(text.clone()), seam);
                    if !mark {
                        self.put(Piece::Literal(String::new()), "\n");
                    }
                }
            }
        }
    }

    /// Whether nothing but a call stands in the line so far: a colon behind it would make it the beginning of a note.
    fn call_begins_the_line(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        let call = line.trim_start_matches(|c: char| !c.is_alphabetic() && c != '[');
        call.strip_prefix("[^")
            .and_then(|rest| rest.strip_suffix(']'))
            .is_some_and(|label| !label.contains(']'))
    }

    /// Code within a line. Where the manuscript would end it at an accent that the transcription passes over, it is words.
    fn code(&mut self, code: &str, lined: bool, heading: bool) {
        let written = code.replace('\n', "");
        let is_code = written_code(&written, 0) == Some(written.len());
        for (line, part) in code.split('\n').enumerate() {
            if line > 0 {
                self.put(Piece::Literal(String::new()), "\n");
            }
            if is_code {
                self.count(part);
                self.out.push_str(part);
            } else {
                self.words(part, lined, heading);
            }
        }
    }

    /// A call without a note stays a raised number, or a raised star that opens no emphasis.
    fn raised(&mut self, number: &str, literal: &str) {
        let raised = format!("^{number}^");
        let skip = raised.chars().filter(|c| is_counted(*c)).count();
        let held = Held::Literal(literal.to_owned());
        self.track.splices.push(Splice { at: self.track.length, skip, held, seam: LOOSE_SEAM });
        self.count(&raised);
        self.out.push_str(&raised.replace('*', "\\*"));
    }

    /// A word set right: the manuscript has the editor's, the ledger the transcription's.
    fn fix(&mut self, was: &str, now: &str) {
        let skip = now.chars().filter(|c| is_counted(*c)).count();
        let held = Held::Literal(was.to_owned());
        self.track.splices.push(Splice { at: self.track.length, skip, held, seam: LOOSE_SEAM });
        if now == "**" {
            // the sign of strong type: it is Markdown's, and no word
            self.count(now);
            self.out.push_str(now);
            return;
        }
        self.words(now, false, false);
    }

    /// Signs that the transcription has not.
    fn ours(&mut self, signs: &str) {
        let skip = signs.chars().filter(|c| is_counted(*c)).count();
        let held = Held::Literal(String::new());
        self.track.splices.push(Splice { at: self.track.length, skip, held, seam: LOOSE_SEAM });
        self.count(signs);
        self.out.push_str(signs);
        self.at_start = false;
    }

    fn words(&mut self, text: &str, lined: bool, heading: bool) {
        let written = match self.table {
            true => table_safely(text, backslashes(&self.out)),
            false => escape(text, self.draft.plain, self.at_start, heading),
        };
        let written = if self.bare || self.table || !written.contains("  ") {
            written
        } else {
            single_spaced(&written)
        };
        let written = if (lined || self.bare) && !self.table {
            lines_safely(&written, self.out.ends_with('\n') && !self.at_start)
        } else {
            written
        };
        let mut written = if lined && !self.bare { written.replace('\n', "\\\n") } else { written };
        // what a mark parted that has gone would be a comment or a call together
        if [("<", "!"), ("[", "^")].iter().any(|(a, b)| self.out.ends_with(a) && written.starts_with(b)) {
            written.insert(0, '\\');
        }
        self.at_start = self.at_start && text.trim().is_empty();
        self.count(&written);
        self.out.push_str(&written);
    }

    fn count(&mut self, written: &str) {
        self.track.length += written.chars().filter(|c| is_counted(*c)).count();
    }

    /// A note as Markdown, with a track for each of its parts.
    fn note(&mut self, index: usize) -> (String, Vec<Track>) {
        let note = &self.draft.notes[index];
        self.out.push_str(&format!("[^{}]: ", note.label));
        for (number, paragraph) in note.paragraphs.iter().enumerate() {
            if number > 0 {
                self.out.push_str("\n\n    ");
            }
            self.at_start = true;
            self.inlines(paragraph, false, false);
        }
        let mut tracks = vec![std::mem::take(&mut self.track)];
        let before = note.paragraphs.last().into_iter().chain(&note.more);
        for (before, part) in before.zip(&note.more) {
            // what stands between the halves of a word has been weighed
            let solid = matches!(before.last(), Some(Inline::Drop(_)));
            let gap = if solid || self.out.ends_with(char::is_whitespace) { "" } else { " " };
            self.out.push_str(gap);
            self.inlines(part, false, false);
            tracks.push(std::mem::take(&mut self.track));
        }
        (std::mem::take(&mut self.out), tracks)
    }
}

/// A table's rows, which go through as they are, save that calls without a note and
/// comments are words: `before` backslashes stand before the text.
fn table_safely(text: &str, before: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut backslashes = before;
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        if backslashes.is_multiple_of(2) && (rest.starts_with("[^") || rest.starts_with("<!--")) {
            out.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(c);
    }
    out
}

/// Text with one space where several stand.
fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

/// What parts the pieces of a gap from the text: a line end, or what may be one.
fn seam(draft: &Draft, index: usize) -> &'static str {
    if draft.gaps.get(index).is_some_and(|g| g.loose) { LOOSE_SEAM } else { "\n" }
}

/// Text so that Markdown reads it as the transcription meant it.
pub(super) fn escape(text: &str, plain: bool, at_start: bool, heading: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    // nothing in a formula is a sign of Markdown's, nor of slanted type
    let formulas = if plain { spelled_formulas(text) } else { formulas(text) };
    for (at, sign) in text.match_indices(may_mean) {
        let formula = formulas.get(formulas.partition_point(|formula| formula.end <= at));
        let in_formula = formula.is_some_and(|formula| formula.contains(&at));
        if in_formula && !plain && sign != "\u{0}" {
            continue;
        }
        let rest = &text[at + 1..];
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let after = rest.chars().next().unwrap_or(' ');
        // what is written instead of how many bytes; a backslash goes before the sign
        let (instead, length) = match sign {
            // further hyphens of a dash
            _ if at < done => continue,
            "\u{0}" => ("\u{fffd}", 1),
            // the transcription has protected it
            _ if !plain && backslashes(&text[..at]) % 2 == 1 => continue,
            "_" if plain && (in_formula || before.is_alphanumeric() && after.is_alphanumeric()) => ("\\_", 1),
            "_" if plain => ("*", 1),
            // two are a dash, four a long one; other runs stay
            "-" if plain && before != '-' => match rest.bytes().take_while(|b| *b == b'-').count() {
                1 => ("—", 2),
                3 => ("——", 4),
                _ => continue,
            },
            "*" | "\\" if plain => ("\\", 0),
            // what is code stands apart from the text
            "`" => ("\\", 0),
            "^" => ("\\", 0),
            "~" if before != '~' && after != '~' => ("\\", 0),
            "<" if after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?') => ("\\", 0),
            "[" if after == '^' || before == '!' || (plain && after != ' ') => ("\\", 0),
            "{" if heading || plain => ("\\", 0),
            "&" if plain && after.is_ascii_alphanumeric() => ("\\", 0),
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(instead);
        done = at + length;
    }
    out.push_str(&text[done..]);
    // A backslash at the end would protect the sign that we write next.
    if backslashes(&out) % 2 == 1 {
        out.push('\\');
    }
    if at_start { open_safely(out) } else { out }
}

/// How many backslashes a text ends with.
fn backslashes(text: &str) -> usize {
    text.bytes().rev().take_while(|b| *b == b'\\').count()
}

/// Whether Markdown may give a character a meaning, or takes none of it.
fn may_mean(c: char) -> bool {
    matches!(c, '_' | '-' | '*' | '`' | '\\' | '^' | '~' | '<' | '[' | '{' | '&' | '\u{0}')
}

/// Lines that keep their ends, none of which opens a block; whether the first begins a line is `fresh`.
fn lines_safely(text: &str, fresh: bool) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let from = usize::from(!fresh);
    for line in lines.iter_mut().skip(from) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let safe = open_safely(line[indent..].to_owned());
        line.truncate(indent);
        line.push_str(&safe);
    }
    lines.join("\n")
}

/// A first sign that would open a list, heading, quote or div is escaped.
fn open_safely(text: String) -> String {
    let lead = text.trim_start();
    let blank = text.len() - lead.len();
    let digits = lead.bytes().take_while(u8::is_ascii_digit).count();
    let at = match lead.as_bytes().first() {
        Some(b'#' | b'>' | b'|' | b':' | b'=') => Some(0),
        Some(b'`' | b'~') if lead.starts_with("```") || lead.starts_with("~~~") => Some(0),
        Some(b'-' | b'+' | b'*')
            if lead[1..].starts_with(' ') || lead.starts_with("---") || lead.len() == 1 =>
        {
            Some(0)
        }
        Some(b'0'..=b'9') if lead[digits..].starts_with(['.', ')']) => Some(digits),
        _ => None,
    };
    let body = match at {
        Some(at) => format!("{}\\{}", &lead[..at], &lead[at..]),
        None => lead.to_owned(),
    };
    format!("{}{body}", if blank > 0 { " " } else { "" })
}
