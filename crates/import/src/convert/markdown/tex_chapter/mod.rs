//! A chapter in TeX, as Softcover's authors write it (PolyTeX): comments go, headings, lists, quotations, code, quotation
//! marks and dashes become Markdown. What stands among Markdown as well stays for the passes that read it there
//! ([`super::tex_words`], [`super::tex_blocks`], [`super::tex_tables`], [`super::labels`]); so does what neither knows,
//! which the build then tells of.

mod commands;
mod environments;
mod lines;

use super::edits::Edits;

const WHAT: &str = "marks of a chapter in TeX into Markdown";
const COMMENTS: &str = "remarks of a chapter in TeX, which nobody reads";

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
}
