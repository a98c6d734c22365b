//! Environments of a chapter in TeX: lists, quotations and verse become Markdown, code becomes a block; formulas stay.

use super::{COMMENTS, Open, Reader};
use crate::convert::markdown::braces::argument;
use crate::convert::markdown::mask::line_start;
use crate::convert::markdown::tex_words::FORMULAS;

/// Environments that hold code.
const CODE_BLOCKS: [&str; 7] = ["code", "verbatim", "Verbatim", "lstlisting", "metacode", "alltt", "minted"];

impl<'t> Reader<'_, 't> {
    pub(super) fn begin(&mut self, name: &'t str) {
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

    pub(super) fn end(&mut self, name: &str) {
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

/// Whether an environment begins a block of Markdown of its own.
pub(super) fn begins_block(name: &str) -> bool {
    CODE_BLOCKS.contains(&name) || rewritten(name, false).is_some()
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

pub(super) fn is_table(name: &str) -> bool {
    matches!(name.trim_end_matches('*'), "tabular" | "tabularx" | "longtable" | "array")
}

fn is_float(name: &str) -> bool {
    matches!(name.trim_end_matches('*'), "figure" | "table")
}
