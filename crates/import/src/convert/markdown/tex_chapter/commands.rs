//! Commands of a chapter in TeX: headings, items, code, accents, signs, and the braces around words.

use super::environments::is_table;
use super::{Reader, WHAT};
use crate::convert::markdown::braces::argument;
use crate::convert::markdown::mask::line_start;
use crate::convert::markdown::tex_signs::{accented, in_code};

/// Commands of headings, by rank.
const HEADINGS: [(&str, &str); 7] = [
    ("part", "#"),
    ("chapter", "#"),
    ("section", "##"),
    ("subsection", "###"),
    ("subsubsection", "####"),
    ("paragraph", "#####"),
    ("subparagraph", "######"),
];

/// Commands whose words are code.
const CODE: [&str; 4] = ["kode", "code", "texttt", "filepath"];

/// Commands whose argument is no words: an address, a name, a length.
const WITHOUT_WORDS: [&str; 22] = [
    "label",
    "ref",
    "pageref",
    "eqref",
    "autoref",
    "cref",
    "Cref",
    "cite",
    "citep",
    "citet",
    "url",
    "index",
    "includegraphics",
    "image",
    "imagebox",
    "input",
    "include",
    "hspace",
    "vspace",
    "bibliography",
    "pagestyle",
    "thispagestyle",
];

/// Commands that change the letters up to the end of their braces, and the mark around these.
const LETTERS: [(&str, &str); 14] = [
    ("em", "*"),
    ("it", "*"),
    ("sl", "*"),
    ("itshape", "*"),
    ("bf", "**"),
    ("bfseries", "**"),
    ("small", ""),
    ("footnotesize", ""),
    ("large", ""),
    ("Large", ""),
    ("sc", ""),
    ("scshape", ""),
    ("rm", ""),
    ("normalsize", ""),
];

impl<'t> Reader<'_, 't> {
    /// Braces that belong to no command, around other letters perhaps.
    pub(super) fn brace(&mut self) {
        if self.at > 0 && self.at == self.argued {
            self.braces.push(None);
            self.at += 1;
            return;
        }
        let inside = &self.rest()[1..];
        let name = inside.strip_prefix('\\').map(name_of);
        let letters = name.and_then(|name| LETTERS.iter().find(|(known, _)| *known == name));
        match (letters, name) {
            (Some((_, mark)), Some(name)) => {
                let gap = inside[1 + name.len()..].len() - inside[1 + name.len()..].trim_start().len();
                self.braces.push(Some(mark));
                self.replace(2 + name.len() + gap, *mark);
            }
            _ => {
                self.braces.push(Some(""));
                self.replace(1, "");
            }
        }
    }

    pub(super) fn command(&mut self) {
        let rest = self.rest();
        let name = name_of(&rest[1..]);
        let behind = &rest[1 + name.len()..];
        if name.is_empty() {
            self.sign(behind);
        } else if name == "begin" || name == "end" {
            match argument(behind) {
                Some(environment) if name == "begin" => self.begin(environment),
                Some(environment) => self.end(environment),
                None => self.at += 1 + name.len(),
            }
        } else if name == "item" {
            self.item(behind);
        } else if let Some((_, hashes)) = HEADINGS.iter().find(|(known, _)| *known == name)
            && let Some(open) = behind.find('{')
            && behind[..open].chars().all(|c| c == '*')
            && let Some(words) = argument(&behind[open..])
        {
            self.heading((name, hashes), 1 + name.len() + open, &behind[open + words.len() + 2..]);
        } else if let Some(sign) = behind.chars().next().filter(|_| name == "verb" || name == "verb*") {
            let inside = &behind[sign.len_utf8()..];
            let words = inside.split(['\n', sign]).next().unwrap_or("");
            self.replace(1 + name.len() + words.len() + 2 * sign.len_utf8(), in_code(words, false));
        } else if let Some(words) = argument(behind).filter(|words| CODE.contains(&name) && !words.is_empty())
        {
            self.replace(1 + name.len() + words.len() + 2, in_code(words, true));
        } else if let Some((length, letter)) = accented(name, behind) {
            self.replace(1 + name.len() + length, letter);
        } else {
            self.with_arguments(name, behind);
        }
    }

    /// A heading, with what stands behind it: its place may be named in its line, other words go into one of their own.
    fn heading(&mut self, (name, hashes): (&str, &str), length: usize, behind: &str) {
        let is_first = self.at == 0 || self.text[..self.at].ends_with("\n\n");
        let tail = behind.split('\n').next().unwrap_or("").trim();
        let is_alone = tail.is_empty() || tail.starts_with('%') || tail.starts_with("\\label");
        self.braces.push(Some(match name {
            "part" => " {.part}",
            _ if is_alone => "",
            _ => "\n\n",
        }));
        let parted = if is_first { "" } else { "\n" };
        self.replace(length + 1, format!("{parted}{hashes} "));
    }

    /// A command that a later pass reads, or none does: its braces stay, and the words in them are read here.
    fn with_arguments(&mut self, name: &str, behind: &str) {
        let options = if behind.starts_with('[') { behind.find(']').map_or(0, |end| end + 1) } else { 0 };
        let options = if behind[..options].contains('\n') { 0 } else { options };
        let words = argument(&behind[options..]);
        self.at += 1 + name.len();
        let Some(words) = words else { return };
        if WITHOUT_WORDS.contains(&name) {
            self.at += options + words.len() + 2;
            return;
        }
        self.at += options + 1;
        self.braces.push(None);
        if name == "href" {
            self.at += words.len();
        }
    }

    /// A command that is a sign.
    fn sign(&mut self, behind: &str) {
        let Some(c) = behind.chars().next() else {
            self.at += 1;
            return;
        };
        match c {
            '(' | '[' => self.stay_until(2, if c == '(' { "\\)" } else { "\\]" }),
            ' ' | ';' | ':' => self.put(2, " "),
            ',' => self.put(2, "\u{202f}"),
            '\n' => self.put(1, ""),
            '@' | '/' | '-' | '!' => self.put(2, ""),
            '\\' => self.line_ends(),
            _ => match accented("", behind) {
                Some((length, letter)) => self.replace(1 + length, letter),
                // signs that are marks have a backslash in Markdown too
                None => self.at += 1 + c.len_utf8(),
            },
        }
    }

    /// The end of a line within a paragraph; in tables it is that of a row.
    fn line_ends(&mut self) {
        let behind = self.rest()[2..].trim_start_matches('*');
        let space = behind
            .strip_prefix('[')
            .and_then(|inside| inside.split_once(']'))
            .map_or(0, |(space, _)| space.len() + 2);
        let length = self.rest().len() - behind.len() + space;
        let after = &self.rest()[length..];
        let is_last = after.trim_start_matches([' ', '\t']).starts_with(['\n', '}']) || after.is_empty();
        let is_verse = self.open.iter().any(|open| open.name == "verse");
        let is_table = self.open.iter().any(|open| is_table(open.name));
        if is_table {
            self.at += length;
        } else if is_verse && is_last {
            self.replace(length, "");
        } else if !self.braces.is_empty() {
            self.replace(length, " ");
        } else if after.trim_start_matches([' ', '\t']).starts_with("\n\n") || after.is_empty() {
            self.replace(length, "");
        } else if is_last {
            self.replace(length, "\\");
        } else {
            let prefix = self.prefix();
            let gap = after.len() - after.trim_start_matches(' ').len();
            self.replace(length + gap, format!("\\\n{prefix}"));
        }
    }

    fn item(&mut self, behind: &str) {
        let mark = match self.open.last().map(|open| open.name) {
            Some(name) if name.starts_with("enum") => "1. ",
            Some(_) => "- ",
            None => {
                self.at += "\\item".len();
                return;
            }
        };
        let line = line_start(self.text, self.at);
        let is_first = self.text[line..self.at].trim().is_empty();
        let parted = if is_first { String::new() } else { format!("\n{}", self.prefix()) };
        let gap = behind.len() - behind.trim_start_matches([' ', '\t', '\n']).len();
        let gap = if behind[..gap].contains("\n\n") { 0 } else { gap };
        let named = behind[gap..].strip_prefix('[').and_then(|inside| inside.split_once(']'));
        match named.filter(|(name, _)| !name.contains('\n')) {
            // the name is read like all other words
            Some((name, behind)) => {
                let close = self.at + "\\item".len() + gap + 1 + name.len();
                let space = if behind.starts_with([' ', '\n']) { "" } else { " " };
                self.edits.leave_out(close, close + 1, format!("**{space}"), WHAT);
                self.replace("\\item".len() + gap + 1, format!("{parted}{mark}**"));
            }
            None => self.replace("\\item".len() + gap, format!("{parted}{mark}")),
        }
    }
}

/// The letters of a command.
fn name_of(command: &str) -> &str {
    &command[..command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len())]
}
