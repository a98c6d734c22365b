//! Words in every kind of quotation marks, and without any.

use super::signs::{self, ends_before, is_break, is_curly, looks_like_statement, quoted};
use super::{Mender, Place, UNREAD};
use crate::book::{Date, DateFault};

/// How far the other mark of a string in a list is looked for. On a line of its
/// own a string takes all of the line in any case.
const LONGEST: usize = 512;
/// Over how many lines words may run between two marks.
const LINES: usize = 40;

impl Place {
    /// What may follow a value besides the end of its line.
    fn ends(self) -> &'static [char] {
        match self {
            Place::Line => &[],
            Place::List => &[',', ';', ']'],
            Place::Braces => &[',', ';', '}'],
        }
    }
}

impl Mender<'_> {
    /// A string between straight quotation marks.
    pub(super) fn string(&mut self, place: Place) {
        let rest = self.rest();
        for fence in ["\"\"\"", "'''"] {
            if rest.starts_with(fence) {
                return self.long_string(fence);
            }
        }
        let mark = if rest.starts_with('"') { '"' } else { '\'' };
        let line_end = self.line_end();
        let line = &self.source[self.at..line_end];
        match close_of(line, mark) {
            Some(close) if self.may_follow(&line[close + 1..], place) => self.sound(close, mark),
            Some(_) => self.marks_inside(line, mark, place),
            None => self.unclosed(line, place),
        }
    }

    /// Whether `tail` may follow a string; what is wrong in it is told later.
    fn may_follow(&self, tail: &str, place: Place) -> bool {
        let next = tail.trim_start_matches(signs::is_blank);
        let apart = next.len() < tail.len();
        match place {
            Place::Line => {
                let bare = next.trim_start_matches([',', ';', ' ']);
                // Remarks of other languages are told of when the value has been read.
                let remark = bare.starts_with("//") || bare.starts_with("--");
                ends_before(bare, &[]) || looks_like_statement(bare) || remark
            }
            _ => ends_before(tail, place.ends()) || (apart && next.starts_with(['"', '\''])),
        }
    }

    /// A string that ends where it must; its backslashes may still be wrong.
    fn sound(&mut self, close: usize, mark: char) {
        let start = self.at;
        let inner = &self.source[start + 1..start + close];
        if mark == '\'' || !inner.contains('\\') {
            return self.copy(start + close + 1);
        }
        if let Some(path) = signs::as_path(inner) {
            let at = start + 1 + inner.find('\\').unwrap_or(0);
            let hint = match path.get(1..2) {
                Some(":") => "copy the file into the book’s folder, and write its name alone".to_owned(),
                _ => format!("write \"{path}\""),
            };
            self.fault(at..at + 1, "a backslash stands between folders", hint);
            return self.replace(start + close + 1, &quoted(&path));
        }
        let (mended, wrong) = escapes(inner);
        if let Some((at, sign)) = wrong {
            let at = start + 1 + at;
            let message = format!("`\\{sign}` means nothing between double quotation marks");
            self.fault(at..at + 1, message, "write two backslashes for one, or none");
            return self.replace(start + close + 1, &format!("\"{mended}\""));
        }
        self.copy(start + close + 1);
    }

    /// A mark inside ends the string too early: `'Joan's Book'`.
    fn marks_inside(&mut self, line: &str, mark: char, place: Place) {
        let close = line
            .char_indices()
            .skip(1)
            .take(if place == Place::Line { line.len() } else { LONGEST })
            .filter(|(_, c)| *c == mark || is_curly(*c))
            .find(|(at, c)| ends_before(&line[at + c.len_utf8()..], place.ends()));
        let first = close_of(line, mark).unwrap_or(1);
        let Some((close, last)) = close else { return self.unclosed(line, place) };
        let inner = &line[1..close];
        // In a list a comma before the next mark says that this one's partner is missing.
        let comma = inner.split_once(',').is_some_and(|(_, after)| after.trim_start().starts_with(mark));
        if place == Place::List && comma {
            return self.unclosed(line, place);
        }
        let start = self.at;
        let words = inner.to_owned();
        if is_curly(last) {
            self.tell_of_curly(start + close, last, &words);
        } else if mark == '\'' {
            let hint = if words.contains('"') {
                format!("write {}", quoted(&words))
            } else {
                format!("write \"{words}\"")
            };
            self.fault(start + first..start + first + 1, "the apostrophe ends the words here", hint);
        } else {
            let hint = format!("write '{words}', or curly marks inside the words");
            self.fault(
                start + first..start + first + 1,
                "the quotation mark inside ends the words here",
                hint,
            );
        }
        self.replace(start + close + last.len_utf8(), &quoted(&words));
    }

    /// Words that run over several lines between two marks, which TOML wants three of.
    /// Returns whether these are.
    fn runs_on(&mut self, line: &str) -> bool {
        let start = self.at;
        let Some(mark) = line.chars().next().filter(|mark| *mark == '"') else { return false };
        let mut end = start + line.len();
        for next in self.source[end..].split_inclusive(is_break).take(LINES) {
            if looks_like_statement(next) {
                return false;
            }
            if let Some((words, tail)) = next.split_once(mark) {
                let close = end + words.len();
                let all = quoted(self.source[start + 1..close].trim());
                let ends_here = ends_before(tail, &[]) && close > start + line.len();
                if ends_here {
                    let hint = "put three quotation marks before the first word and three behind the last";
                    self.fault(start..start + 1, "the words run over several lines", hint);
                    self.replace(close + 1, &all);
                }
                return ends_here;
            }
            end += next.len();
        }
        false
    }

    /// A string whose closing mark is missing on its line.
    fn unclosed(&mut self, line: &str, place: Place) {
        if place == Place::Line && self.runs_on(line) {
            return;
        }
        let start = self.at;
        let inner = &line[1..];
        let end = match place {
            Place::Line => inner.find(" #").unwrap_or(inner.len()),
            _ => inner.find(place.ends()).unwrap_or(inner.len()),
        };
        let words = inner[..end].trim_end();
        let last = words.chars().next_back().filter(|c| is_curly(*c));
        let bare = words.trim_end_matches(|c| is_curly(c) || c == '"' || c == '\'');
        let after = start + 1 + words.len();
        match last {
            Some(last) => self.tell_of_curly(after - last.len_utf8(), last, bare),
            None => {
                let hint = format!("write {}", quoted(bare));
                self.fault(start..start + 1, "the quotation mark here is never closed", hint);
            }
        }
        self.replace(after, &quoted(bare));
    }

    /// A text over several lines, between three marks.
    fn long_string(&mut self, fence: &str) {
        let (start, inner) = (self.at, self.at + 3);
        let body = &self.source[inner..];
        if let Some(length) = body.find(fence) {
            // Up to two more marks belong to the text.
            let more = body[length + 3..].chars().take(2).take_while(|c| fence.starts_with(*c)).count();
            return self.copy(inner + length + 3 + more);
        }
        let mut end = inner;
        for line in body.split_inclusive('\n') {
            if end > inner && looks_like_statement(line) {
                break;
            }
            end += line.len();
        }
        let message = "the text that begins here with three quotation marks never ends";
        self.fault(start..inner, message, format!("write {fence} behind its last word"));
        let words = self.source[inner..end].trim_end();
        let last = inner + words.len();
        let words = words.trim_end_matches(['"', '\'']).replace('\\', "\\\\");
        self.replace(last, &format!("{fence}{words}{fence}"));
    }

    /// Words between curly quotation marks.
    pub(super) fn curly(&mut self, place: Place) {
        let start = self.at;
        let line = &self.source[start..self.line_end()];
        let opening = line.chars().next().unwrap_or('“');
        let inner = &line[opening.len_utf8()..];
        let closes = |c: char| is_curly(c) || matches!(c, '"' | '\'');
        let close = inner
            .char_indices()
            .find(|(at, c)| closes(*c) && self.may_follow(&inner[at + c.len_utf8()..], place));
        let (words, tail) = match close {
            Some((at, c)) => (&inner[..at], at + c.len_utf8()),
            None => {
                let end = inner.find(place.ends()).unwrap_or(inner.len());
                (inner[..end].trim_end(), end)
            }
        };
        self.tell_of_curly(start, opening, words);
        self.replace(start + opening.len_utf8() + tail, &quoted(words));
    }

    /// Once for a statement, since a list has them everywhere or nowhere.
    fn tell_of_curly(&mut self, at: usize, mark: char, words: &str) {
        if !std::mem::replace(&mut self.told, true) {
            let what = if matches!(mark, '`' | '´') {
                "an accent is no quotation mark".to_owned()
            } else {
                format!("`{mark}` is a curly quotation mark")
            };
            let message = format!("{what}: book.toml wants straight quotation marks around words");
            self.fault(at..at + mark.len_utf8(), message, format!("write {}", quoted(words)));
        }
    }

    /// A value without quotation marks.
    pub(super) fn bare(&mut self, place: Place) {
        let start = self.at;
        let rest = self.rest();
        let ends = |(at, c): &(usize, char)| {
            is_break(*c)
                || place.ends().contains(c)
                || (*c == '#' && (*at == 0 || rest[..*at].ends_with(' ')))
        };
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        let word = rest[..end].trim_end();
        let after = start + word.len();
        if signs::is_literal(word) {
            return self.copy(after);
        }
        let key = self.key.clone();
        let read = self.understood(word, &key);
        if let Some((message, hint)) = read.fault {
            self.fault(start..after, message, hint);
        }
        self.replace(after, &read.value);
    }

    /// What a word without quotation marks is.
    fn understood(&self, word: &str, key: &str) -> BareWord {
        let lower = word.to_lowercase();
        let plain = word.trim_end_matches([',', ';', '"', '\'']);
        let truth = match lower.trim_end_matches([',', ';']) {
            "yes" | "on" | "true" => Some("true"),
            "no" | "off" | "false" => Some("false"),
            _ => None,
        };
        if word.is_empty() || matches!(lower.as_str(), "none" | "null" | "nil" | "~" | "-") {
            let message = if word.is_empty() {
                format!("`{key}` has no value")
            } else {
                format!("`{word}` is no value")
            };
            let hint = "write one, or leave the whole line out".to_owned();
            return BareWord::wrong(message, hint, quoted(UNREAD));
        }
        if let Some(truth) = truth {
            let message = format!("`{word}` is neither `true` nor `false`");
            return BareWord::wrong(message, format!("write `{key} = {truth}`"), truth.to_owned());
        }
        if let Some(read) = day(plain) {
            return read;
        }
        let decimal = plain.replacen(',', ".", 1);
        if decimal != plain && signs::is_literal(&decimal) {
            let message = format!("`{word}` has a comma in a number");
            return BareWord::wrong(message, format!("write {decimal}"), decimal);
        }
        let message = if plain.starts_with(|c: char| c.is_ascii_digit()) {
            format!("`{plain}` wants quotation marks, since it is more than a number")
        } else if plain.len() < word.len() {
            format!("a quotation mark is missing before `{plain}`")
        } else {
            format!("`{plain}` stands without quotation marks")
        };
        BareWord::wrong(message, format!("write {}", quoted(plain)), quoted(plain))
    }
}

/// How a word without quotation marks is read.
struct BareWord {
    /// What is wrong, and what to write.
    fault: Option<(String, String)>,
    /// What it is read as.
    value: String,
}

impl BareWord {
    fn wrong(message: String, hint: String, value: String) -> BareWord {
        BareWord { fault: Some((message, hint)), value }
    }
}

/// A date that TOML does not know. One that there is not is told by who reads the key.
fn day(word: &str) -> Option<BareWord> {
    let date = match Date::read(word) {
        Ok(date) => date,
        Err(DateFault::Shape) => return None,
        Err(_) => return Some(BareWord { fault: None, value: quoted(word) }),
    };
    let right = if date.day.is_some() { date.to_string() } else { quoted(&date.to_string()) };
    let message = match date.day {
        Some(_) => format!("`{word}` is not how a date is written here"),
        None => format!("`{word}` wants quotation marks, since a date without a day is words"),
    };
    Some(BareWord::wrong(message, format!("write {right}"), quoted(word)))
}

/// Where a string that begins with `mark` ends on its line.
fn close_of(line: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    line.char_indices().skip(1).find_map(|(at, c)| {
        if escaped {
            escaped = false;
        } else if c == mark {
            return Some(at);
        } else {
            escaped = c == '\\' && mark == '"';
        }
        None
    })
}

/// The inside of a string with every backslash that means nothing doubled, and the first of those.
fn escapes(inner: &str) -> (String, Option<(usize, char)>) {
    let mut out = String::new();
    let mut wrong = None;
    let mut signs = inner.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        out.push(c);
        if c != '\\' {
            continue;
        }
        let Some((_, next)) = signs.next() else { break };
        let digits = match next {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let number = inner.get(at + 2..at + 2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let known = match digits {
            0 => "\"\\bfnrte".contains(next),
            _ => number.and_then(char::from_u32).is_some(),
        };
        if !known {
            // Nobody means a backslash before an apostrophe.
            if next == '\'' {
                let _backslash = out.pop();
            } else {
                out.push('\\');
            }
            wrong = wrong.or(Some((at, next)));
        }
        out.push(next);
    }
    (out, wrong)
}
