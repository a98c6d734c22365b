//! A chapter in TeX, as Softcover's authors write it (PolyTeX): comments go, headings, lists, quotations, code, quotation
//! marks and dashes become Markdown. What stands among Markdown as well stays for the passes that read it there
//! ([`super::tex_words`], [`super::tex_blocks`], [`super::tex_tables`], [`super::labels`]); so does what neither knows,
//! which the build then tells of.

use super::braces::argument;
use super::edits::Edits;
use super::mask::line_start;
use super::tex_signs::{accented, in_code};
use super::tex_words::FORMULAS;

const WHAT: &str = "marks of a chapter in TeX into Markdown";
const COMMENTS: &str = "remarks of a chapter in TeX, which nobody reads";

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

/// Environments that hold code.
const CODE_BLOCKS: [&str; 7] = ["code", "verbatim", "Verbatim", "lstlisting", "metacode", "alltt", "minted"];

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

/// An environment that is open, and what each line in it begins with.
struct Open<'t> {
    name: &'t str,
    prefix: &'static str,
    close: &'static str,
}

/// Rewrites a chapter.
pub(super) fn tex_chapter(edits: &mut Edits<'_>) {
    Reader { text: edits.text, edits, at: 0, open: Vec::new(), braces: Vec::new(), argued: 0 }.read();
}

struct Reader<'e, 't> {
    text: &'t str,
    edits: &'e mut Edits<'t>,
    at: usize,
    open: Vec<Open<'t>>,
    /// What stands in the place of each brace that closes; none where it stays.
    braces: Vec<Option<&'static str>>,
    /// Where the last argument that stays ended: braces there are of the same command.
    argued: usize,
}

impl<'t> Reader<'_, 't> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn line(&self) -> &'t str {
        self.rest().split('\n').next().unwrap_or("")
    }

    /// Leaves out so many bytes from here on, and goes on behind them.
    fn replace(&mut self, length: usize, new: impl Into<String>) {
        self.edits.leave_out(self.at, self.at + length, new, WHAT);
        self.at += length;
    }

    /// Replaces marks that are none of the book's words, and need no list of what went.
    fn put(&mut self, length: usize, new: impl Into<String>) {
        self.edits.put(self.at, self.at + length, new, WHAT);
        self.at += length;
    }

    fn read(mut self) {
        while self.at < self.text.len() {
            if self.at == 0 || self.text[..self.at].ends_with('\n') {
                if self.is_remark() {
                    continue;
                }
                self.line_begins();
            }
            let rest = self.rest();
            let Some(c) = rest.chars().next() else { break };
            match c {
                '\\' => self.command(),
                '%' => self.remark(),
                '$' => self.formula(),
                '`' if rest.starts_with("``") => self.put(2, "“"),
                '`' => self.put(1, "‘"),
                '\'' if rest.starts_with("''") => self.put(2, "”"),
                '-' if rest.starts_with("---") => self.put(3, "—"),
                '-' if rest.starts_with("--") => self.put(2, "–"),
                '~' => self.put(1, "\u{a0}"),
                '*' | '<' => self.put(1, format!("\\{c}")),
                '{' => self.brace(),
                '}' => match self.braces.pop().flatten() {
                    Some(close) => self.replace(1, close),
                    None => {
                        self.at += 1;
                        self.argued = self.at;
                    }
                },
                c => self.at += c.len_utf8(),
            }
        }
    }

    /// A line that is a remark, which goes as a whole; what it says to Softcover stays.
    fn is_remark(&mut self) -> bool {
        let line = self.line();
        let bare = line.trim_start();
        let Some(words) = bare.strip_prefix('%') else { return false };
        if let Some(file) = words.trim_start_matches(['=', ' ']).strip_prefix("<<(") {
            let mark = line.len() - file.len() - "<<(".len();
            self.replace(mark, "");
            self.at += line.len() - mark;
            return true;
        }
        let length = (line.len() + 1).min(self.rest().len());
        self.edits.leave_out(self.at, self.at + length, "", COMMENTS);
        self.at += length;
        true
    }

    /// A remark behind words: the words go on without a gap where it stands right behind one, as in TeX.
    fn remark(&mut self) {
        let line = self.line();
        let before = &self.text[line_start(self.text, self.at)..self.at];
        let space = before.len() - before.trim_end_matches([' ', '\t']).len();
        // white space before a remark at a line's end is none of the words
        let space = if before.len() == space { 0 } else { space };
        let is_joined = self.text[..self.at].ends_with(char::is_alphanumeric);
        let behind = &self.rest()[line.len()..];
        let gap = behind.strip_prefix('\n').map_or(0, |next| {
            let indent = next.len() - next.trim_start_matches([' ', '\t']).len();
            if next.trim_start_matches([' ', '\t']).starts_with('\n') { 0 } else { 1 + indent }
        });
        let length = line.len() + if is_joined { gap } else { 0 };
        self.edits.leave_out(self.at - space, self.at + length, "", COMMENTS);
        self.at += length;
    }

    /// What the lines of the open environments begin with.
    fn prefix(&self) -> String {
        self.open.iter().map(|open| open.prefix).collect()
    }

    /// The beginning of a line: its white space goes, and what the open environments want comes; signs that would be
    /// marks of Markdown there get a backslash.
    fn line_begins(&mut self) {
        let line = self.line();
        let bare = line.trim_start();
        let starts = |command: &str| bare.starts_with(command);
        let mut prefix = self.prefix();
        let is_list =
            self.open.last().is_some_and(|open| open.close.is_empty() && open.prefix.trim().is_empty());
        let begun = bare.strip_prefix("\\begin").and_then(argument);
        let is_new =
            begun.is_some_and(|name| CODE_BLOCKS.contains(&name) || rewritten(name, false).is_some());
        if bare.is_empty() || is_new {
            prefix.truncate(prefix.trim_end().len());
        } else if starts("\\item") && is_list {
            let own = self.open.last().map_or(0, |open| open.prefix.len());
            prefix.truncate(prefix.len() - own);
        } else if starts("\\end{") {
            prefix.clear();
        }
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let is_number =
            digits > 0 && bare[digits..].starts_with(['.', ')']) && bare[digits + 1..].starts_with(' ');
        let is_sign = ["- ", "+ ", "> ", ">", "|", ":::", "="].iter().any(|sign| starts(sign));
        let indent = line.len() - bare.len();
        if indent > 0 || !prefix.is_empty() {
            self.put(indent, prefix);
        }
        if is_sign {
            self.put(0, "\\");
            self.at += 1;
        } else if is_number {
            self.at += digits;
            self.put(0, "\\");
            self.at += 1;
        }
    }

    /// A formula between dollar signs stays as it is.
    fn formula(&mut self) {
        let marks = if self.rest().starts_with("$$") { "$$" } else { "$" };
        self.stay_until(marks.len(), marks);
    }

    /// Goes on behind a mark that closes, or behind the one that opens where none does in this paragraph.
    fn stay_until(&mut self, opened: usize, close: &str) {
        let inside = &self.rest()[opened..];
        let paragraph = inside.split("\n\n").next().unwrap_or("");
        self.at += opened + paragraph.find(close).map_or(0, |end| end + close.len());
    }

    /// Braces that belong to no command, around other letters perhaps.
    fn brace(&mut self) {
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

    fn command(&mut self) {
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

    fn begin(&mut self, name: &'t str) {
        let bare = name.trim_end_matches('*');
        let length = "\\begin{}".len() + name.len();
        if CODE_BLOCKS.contains(&bare) || FORMULAS.contains(&bare) || bare == "comment" {
            self.unread(name, length);
            return;
        }
        let in_float = self.open.iter().any(|open| is_float(open.name));
        let Some((prefix, open, close)) = rewritten(bare, in_float) else {
            self.open.push(Open { name, prefix: "", close: "" });
            self.at += length + arguments(&self.rest()[length..]);
            return;
        };
        self.open.push(Open { name, prefix, close });
        let options = self.line()[length..].trim_end();
        let options = if options.starts_with(['[', '{']) { options.len() } else { 0 };
        let is_first = self.text[..self.at].trim_end_matches(' ').ends_with("\n\n");
        let is_line = self.line()[length + options..].trim().is_empty();
        let parted = if is_first || in_float { "" } else { "\n" };
        let below = if is_line || open.is_empty() { "" } else { "\n" };
        self.replace(length + options, format!("{parted}{open}{below}"));
        if is_line && open.is_empty() {
            self.skip_line_end();
        }
    }

    fn end(&mut self, name: &str) {
        let length = "\\end{}".len() + name.len();
        let is_open = self.open.last().is_some_and(|open| open.name == name);
        let Some(open) = is_open.then(|| self.open.pop()).flatten() else {
            self.at += length;
            return;
        };
        let is_kept = open.prefix.is_empty() && open.close.is_empty();
        let in_float = self.open.iter().any(|open| is_float(open.name));
        if is_kept && !(in_float && matches!(name, "center" | "flushright" | "flushleft")) {
            self.at += length;
        } else {
            self.replace(length, open.close);
            if open.close.is_empty() && in_float {
                self.skip_line_end();
            }
        }
    }

    /// Leaves out the end of a line that holds nothing more.
    fn skip_line_end(&mut self) {
        let gap = self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len();
        if self.rest()[gap..].starts_with('\n') {
            self.put(gap + 1, "");
        }
    }

    /// An environment whose words are not read: code becomes a block, formulas stay, remarks go.
    fn unread(&mut self, name: &str, length: usize) {
        let end = format!("\\end{{{name}}}");
        let Some(inside) = closed(&self.rest()[length..], name) else {
            self.at += length;
            return;
        };
        let whole = length + inside + end.len();
        let body = &self.rest()[length..length + inside];
        let bare = name.trim_end_matches('*');
        if FORMULAS.contains(&bare) {
            self.at += whole;
        } else if bare == "comment" {
            self.edits.leave_out(self.at, self.at + whole, "", COMMENTS);
            self.at += whole;
        } else {
            let language = self.language(body);
            let (first, lines) = body.split_once('\n').unwrap_or(("", body));
            let lines = if first.trim().is_empty() || first.starts_with(['[', '{']) { lines } else { body };
            let prefix = self.prefix();
            let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let marks = "`".repeat(longest.max(2) + 1);
            let mut new = format!("\n{prefix}{marks}{language}\n");
            for line in lines.trim_end().split('\n') {
                new.push_str(&prefix);
                new.push_str(line);
                new.push('\n');
            }
            new.push_str(&format!("{prefix}{marks}\n"));
            self.replace(whole, new);
        }
    }

    /// The language of code: `%= lang:ruby` in the line above, `[language=ruby]` or `{ruby}` behind its name.
    fn language(&self, body: &str) -> String {
        let line = line_start(self.text, self.at);
        let above = self.text[..line].lines().next_back().unwrap_or("").trim();
        let said = above.strip_prefix("%=").and_then(|said| said.trim_start().strip_prefix("lang:"));
        let first = body.split('\n').next().unwrap_or("").trim();
        let option = first.split_once("language=").map(|(_, name)| name);
        let braced = first.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
        let name = said.or(option).or(braced).unwrap_or("");
        name.split(|c: char| !(c.is_alphanumeric() || "+-#_".contains(c))).next().unwrap_or("").to_owned()
    }
}

/// What the lines of an environment begin with, and what its own first and last line become; none where these stay.
fn rewritten(name: &str, in_float: bool) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match name {
        "itemize" | "compactitem" | "description" => ("  ", "", ""),
        "enumerate" | "compactenum" => ("   ", "", ""),
        "quote" | "quotation" => ("> ", "", "\n"),
        "verse" => ("", "::: verse", ":::\n"),
        "center" | "flushright" | "flushleft" if in_float => ("", "", ""),
        "center" => ("", "::: centre", ":::\n"),
        "flushright" | "flushleft" | "small" | "footnotesize" | "minipage" => ("", "", "\n"),
        _ => return None,
    })
}

/// How much of a text are arguments in brackets and braces, one behind the other.
fn arguments(text: &str) -> usize {
    let mut rest = text;
    loop {
        let option =
            rest.strip_prefix('[').and_then(|inside| inside.split_once(']')).map(|(option, _)| option);
        let Some(words) = option.filter(|option| !option.contains('\n')).or_else(|| argument(rest)) else {
            break;
        };
        rest = &rest[words.len() + 2..];
    }
    text.len() - rest.len()
}

/// Where the environment ends that begins before these words; what shows how to write one holds another.
fn closed(words: &str, name: &str) -> Option<usize> {
    let (begin, end) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
    let mut depth = 0_usize;
    let mut ends = words.match_indices(&end).map(|(at, _)| at).peekable();
    let mut begins = words.match_indices(&begin).map(|(at, _)| at).peekable();
    while let Some(close) = ends.next() {
        while begins.next_if(|open| *open < close).is_some() {
            depth += 1;
        }
        if depth == 0 || ends.peek().is_none() {
            return Some(close);
        }
        depth -= 1;
    }
    None
}

/// The letters of a command.
fn name_of(command: &str) -> &str {
    &command[..command.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(command.len())]
}

fn is_table(name: &str) -> bool {
    matches!(name.trim_end_matches('*'), "tabular" | "tabularx" | "longtable" | "array")
}

fn is_float(name: &str) -> bool {
    matches!(name.trim_end_matches('*'), "figure" | "table")
}
