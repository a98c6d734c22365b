//! Mending a file of TOML that a person typed: what is not TOML is told in a
//! writer's words, and the parser is given what was most likely meant.
//!
//! One pass over the text, statement by statement. Everything that is right is
//! copied; what is not is replaced, and a table of offsets leads from the
//! mended text back to the author's. So one run finds all that is wrong with
//! the file, and each finding stands at its own place. Every step consumes
//! what it looked at, so the pass is linear in the text.

mod list;
mod signs;
mod string;

use signs::{is_blank, is_break, looks_like_statement};
use std::cell::Cell;
use std::ops::Range;

/// What stands for a value that could not be understood and was told of.
pub(super) const UNREAD: &str = "\0";

/// How deep lists and tables may stand in one another.
const DEEPEST: usize = 40;

/// The equals sign that keyboards of Chinese and Japanese write.
const WIDE_EQUALS: char = '＝';

/// How many faults of one file are told at once.
const MOST_FAULTS: usize = 200;

/// Something wrong in the text.
pub(super) struct Fault {
    /// Where, in the author's text.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

/// The mended text, the faults, and the way back.
#[derive(Default)]
pub(super) struct Repaired {
    /// What the parser is given.
    pub text: String,
    /// What was wrong.
    pub faults: Vec<Fault>,
    /// Where copied or replaced pieces begin: in the mended text, in the author's.
    anchors: Vec<(usize, usize)>,
}

impl Repaired {
    /// The place in the author's text of a place in the mended one.
    #[must_use]
    pub(super) fn original(&self, at: usize) -> usize {
        let next = self.anchors.partition_point(|(mended, _)| *mended <= at);
        let Some((mended, original)) = next.checked_sub(1).map(|index| self.anchors[index]) else {
            return at;
        };
        let here = original + (at - mended);
        self.anchors.get(next).map_or(here, |(_, end)| here.min(*end))
    }
}

/// Mends a file of TOML.
#[must_use]
pub(super) fn repair(source: &str) -> Repaired {
    let mut mender = Mender {
        source,
        at: 0,
        depth: 0,
        key: String::new(),
        told: false,
        known_end: Cell::new(0),
        out: Repaired::default(),
    };
    while mender.at < source.len() {
        mender.statement();
    }
    mender.out
}

/// Where a value stands, and so what may follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// After `key =` on a line.
    Line,
    /// In a list.
    List,
    /// In a table between braces.
    Braces,
}

/// The text on its way.
struct Mender<'s> {
    source: &'s str,
    at: usize,
    depth: usize,
    /// The key whose value is being read.
    key: String,
    /// Whether this statement's quotation marks were told of.
    told: bool,
    /// Where the line ends that was last looked at.
    known_end: Cell<usize>,
    out: Repaired,
}

impl<'s> Mender<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Copies up to `end`.
    fn copy(&mut self, end: usize) {
        if end > self.at {
            self.out.anchors.push((self.out.text.len(), self.at));
            self.out.text += &self.source[self.at..end];
            self.at = end;
        }
    }

    /// Writes `text` for what stands up to `end`.
    fn replace(&mut self, end: usize, text: &str) {
        self.out.anchors.push((self.out.text.len(), self.at));
        self.out.text += text;
        self.at = end;
        self.out.anchors.push((self.out.text.len(), self.at));
    }

    /// Tells of a fault; after so many, nobody reads on.
    fn fault(&mut self, range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        if self.out.faults.len() == MOST_FAULTS {
            return;
        }
        self.out.faults.push(Fault { range, message: message.into(), hint: hint.into() });
    }

    /// Where the line ends; looked for once a line, however much stands in it.
    fn line_end(&self) -> usize {
        if self.at > self.known_end.get() || self.known_end.get() == 0 {
            let length = self.rest().find(is_break);
            self.known_end.set(length.map_or(self.source.len(), |length| self.at + length));
        }
        self.known_end.get()
    }

    /// Copies white space; what only looks like it becomes a space.
    fn blanks(&mut self) {
        while let Some(c) = self.peek().filter(|c| is_blank(*c)) {
            let end = self.at + c.len_utf8();
            if matches!(c, ' ' | '\t') { self.copy(end) } else { self.replace(end, " ") }
        }
    }

    /// Copies white space, line ends and remarks.
    fn gaps(&mut self) {
        loop {
            self.blanks();
            match self.peek() {
                Some('\r') if !self.rest().starts_with("\r\n") => self.replace(self.at + 1, "\n"),
                Some(c) if is_break(c) => self.copy(self.at + 1),
                Some('#') => self.copy(self.line_end()),
                _ => return,
            }
        }
    }

    /// One line: blank, a remark, the name of a table, or a key with its value.
    fn statement(&mut self) {
        self.gaps();
        self.told = false;
        match self.peek() {
            None => {}
            Some('[') => self.header(),
            Some(_) => {
                self.pair(Place::Line);
                self.after_value();
            }
        }
    }

    /// `[table]` or `[[table]]`.
    fn header(&mut self) {
        let (start, line_end) = (self.at, self.line_end());
        let line = &self.source[start..line_end];
        let brackets = if line.starts_with("[[") { 2 } else { 1 };
        let inner = &line[brackets..];
        let length = inner.find([']', '#', '=']).unwrap_or(inner.len());
        let (name, tail) = inner.split_at(length);
        let closing = tail.bytes().take_while(|b| *b == b']').count();
        let clean = name.trim().trim_matches('[').replace(' ', "-");
        if clean.is_empty()
            || clean.contains(['"', '\'', ',', '“', '”']) && closing == 0
            || clean.contains(',')
        {
            self.fault(start..line_end, "this list belongs to no key", "write `key = [\"one\", \"two\"]`");
            return self.replace(line_end, "");
        }
        let whole = format!("{}{clean}{}", &"[["[..brackets], &"]]"[..brackets]);
        if closing != brackets || clean != name.trim() {
            let message = if closing == brackets {
                "the name of a table is one word".to_owned()
            } else {
                format!("`{}` is not closed as it was opened", line[..brackets + length + closing].trim())
            };
            self.fault(start..start + brackets + length + closing, message, format!("write `{whole}`"));
            self.replace(start + brackets + length + closing, &whole);
        } else if clean == "contributor" && brackets == 1 {
            // Two people under `[contributor]` each are meant as two.
            self.replace(start + brackets + length + closing, "[[contributor]]");
        } else {
            self.copy(start + brackets + length + closing);
        }
        self.blanks();
        if !self.at_line_end() {
            let message = format!("something stands behind `{whole}`, which wants a line of its own");
            self.fault(self.at..line_end, message, "begin a new line after the bracket");
            self.replace(self.at, "\n");
        }
    }

    fn at_line_end(&self) -> bool {
        self.peek().is_none_or(|c| is_break(c) || c == '#')
    }

    /// `key = value`.
    fn pair(&mut self, place: Place) {
        let (start, rest) = (self.at, self.rest());
        let stop = |c: char| {
            is_break(c)
                || matches!(c, '=' | WIDE_EQUALS | ':' | '#' | '[' | '{' | '}' | '"' | '\'')
                || signs::is_curly(c)
        };
        if rest.starts_with(['"', '\'']) {
            return self.quoted_key(place);
        }
        let length = rest.find(stop).unwrap_or(rest.len());
        let key = rest[..length].trim_end();
        let next = rest[length..].chars().next();
        let apart = rest[..length].ends_with(is_blank);
        let opens_value =
            apart && next.is_some_and(|c| matches!(c, '[' | '{' | '"' | '\'') || signs::is_curly(c));
        if !(matches!(next, Some('=' | WIDE_EQUALS | ':')) || opens_value) || key.is_empty() {
            return self.no_pair(place);
        }
        let clean = key.replace(' ', "-");
        if key.split('.').any(|part| part.trim().contains(char::is_whitespace)) {
            self.fault(
                start..start + key.len(),
                format!("`{key}` is not a key: keys are one word"),
                format!("write `{clean}`"),
            );
            self.replace(start + key.len(), &clean);
        } else if !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ')) {
            let clean: String = key.chars().filter(|c| !matches!(c, '"' | '\\')).collect();
            self.replace(start + key.len(), &format!("\"{clean}\""));
        } else {
            self.copy(start + key.len());
        }
        key.clone_into(&mut self.key);
        self.blanks();
        self.equals();
        self.blanks();
        self.value(place);
    }

    /// The sign between key and value, whatever was typed for it: `=`, `:`, `:=`, `=>` or nothing.
    fn equals(&mut self) {
        let (at, key) = (self.at, self.key.clone());
        if self.peek() == Some(WIDE_EQUALS) {
            let end = at + WIDE_EQUALS.len_utf8();
            self.fault(at..end, "the equals sign is a wide one", format!("write `{key} = …`"));
            return self.replace(end, "=");
        }
        let length = self.rest().bytes().take(2).take_while(|b| matches!(b, b'=' | b':' | b'>')).count();
        let sign = &self.source[at..at + length];
        let message = match sign {
            "=" => return self.copy(at + 1),
            "" => format!("`=` is missing behind `{key}`"),
            ":" => format!("a colon stands behind `{key}`"),
            _ => format!("`{sign}` stands behind `{key}`"),
        };
        self.fault(at..at + length, message, format!("write `{key} = …`"));
        self.replace(at + length, if sign.is_empty() { "= " } else { "=" });
    }

    /// A key between quotation marks is right, and rare.
    fn quoted_key(&mut self, place: Place) {
        let line = &self.source[self.at..self.line_end()];
        match line.find('=') {
            Some(length) => {
                line[..length].trim().trim_matches(['"', '\'']).clone_into(&mut self.key);
                self.copy(self.at + length + 1);
                self.blanks();
                self.value(place);
            }
            None => self.no_pair(place),
        }
    }

    /// A line without `=`.
    fn no_pair(&mut self, place: Place) {
        let line_end = self.line_end();
        let rest = &self.source[self.at..line_end];
        let end = if place == Place::Braces {
            rest.find([',', '}']).map_or(line_end, |l| self.at + l)
        } else {
            line_end
        };
        let words = self.source[self.at..end].trim_end();
        let (message, hint) = not_a_pair(words);
        let range = self.at..self.at + words.len();
        self.fault(range, message, hint);
        self.replace(end, "");
    }

    /// What follows a value on its line.
    fn after_value(&mut self) {
        self.blanks();
        if self.at_line_end() {
            return;
        }
        let (start, line_end) = (self.at, self.line_end());
        let tail = &self.source[start..line_end];
        if tail.starts_with([',', ';']) && tail[1..].trim_start().is_empty_or_remark() {
            self.fault(
                start..start + 1,
                format!("`{}` at the end of a line is one too many", &tail[..1]),
                "delete it",
            );
            return self.replace(start + 1, "");
        }
        let tail_start = tail.trim_start_matches([',', ';', ' ']);
        if looks_like_statement(tail_start) {
            let message = "two keys stand on one line".to_owned();
            self.fault(start..line_end, message, "begin a new line for each key");
            return self.replace(line_end - tail_start.len(), "\n");
        }
        let message = format!("`{}` stands behind the value", tail.trim_end());
        self.fault(start..line_end, message, "delete it, or put `#` before it");
        self.replace(line_end, "");
    }

    /// A value, in whatever form it was typed.
    fn value(&mut self, place: Place) {
        match self.peek() {
            Some('"' | '\'') => self.string(place),
            Some(c) if signs::is_curly(c) => self.curly(place),
            Some('[') if self.depth < DEEPEST => self.nested(|mender| mender.list()),
            Some('{') if self.depth < DEEPEST => self.nested(|mender| mender.braces()),
            _ => self.bare(place),
        }
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self)) {
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }
}

/// What a line is that has no key, and what to do with it.
fn not_a_pair(words: &str) -> (&'static str, &'static str) {
    let is_of = |signs: [char; 2]| words.len() > 2 && words.trim().chars().all(|c| signs.contains(&c));
    if words.starts_with("//") || words.starts_with("--") && !is_of(['-', '-']) {
        return ("a remark begins with another sign in book.toml", "begin it with `#`");
    }
    if is_of(['-', '+']) {
        return ("book.toml wants no line of hyphens around its keys", "delete the line");
    }
    if words.starts_with('{') {
        let hint =
            "write each key on a line of its own, such as `title = \"My Book\"`, with no braces around them";
        return ("these keys are written as JSON has them", hint);
    }
    if words.split_once('=').is_some_and(|(before, _)| before.trim().is_empty()) {
        return ("a key is missing before `=`", "write `key = \"words\"`; a remark begins with `#`");
    }
    ("this is neither a key with its value nor a remark", "write `key = \"words\"`; a remark begins with `#`")
}

/// Whether nothing but a remark is left.
trait Rest {
    fn is_empty_or_remark(&self) -> bool;
}

impl Rest for str {
    fn is_empty_or_remark(&self) -> bool {
        self.is_empty() || self.starts_with('#')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_stays() {
        let text = include_str!("../../../manuscript/handbook/book.toml");
        let repaired = repair(text);
        assert!(repaired.faults.is_empty());
        assert_eq!(repaired.text, text);
        assert_eq!(repaired.original(100), 100);
    }

    #[test]
    fn places_lead_back() {
        let repaired = repair("a = “x”\nb = 1");
        assert_eq!(repaired.text, "a = \"x\"\nb = 1");
        assert_eq!(repaired.original(8), 12);
    }
}
