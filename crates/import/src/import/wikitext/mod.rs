//! Wikisource's markup in the notation that the recogniser knows.
//!
//! A page is what stands behind a `<noinclude>` head, a form feed or a link to
//! the scan. Its running head is put in a line of its own, templates give way
//! to the words that they show, `<ref>` stays for the reader of lines.
//!
//! All pairs of brackets are found in one pass with a stack, so that a template
//! is judged in the length of its own words however deep it stands: n bytes
//! take n steps. What a change takes out keeps its line ends as [`UNSEEN_END`],
//! so that lines keep their numbers.

mod brackets;
mod inline;
mod names;
mod template;
mod words;

use super::change::Change;
use super::line::UNSEEN_END;
use brackets::{Pair, pairs};
use std::collections::BTreeMap;

/// How deep templates are read.
const DEEPEST: usize = 40;

/// The changes of a text, in order.
pub(super) fn changes(text: &str) -> Vec<Change> {
    let mut reader = Reader {
        text,
        pairs: pairs(text),
        changes: Vec::new(),
        verse: 0,
        quote: 0,
        table: false,
        bold: false,
        italic: false,
        fresh: true,
        depth: 0,
    };
    reader.read(0, text.len());
    reader.changes
}

struct Reader<'a> {
    text: &'a str,
    pairs: BTreeMap<usize, Pair>,
    changes: Vec<Change>,
    /// How many poems are open.
    verse: usize,
    /// How many quotations are open.
    quote: usize,
    table: bool,
    bold: bool,
    italic: bool,
    /// Whether nothing of the page was met yet.
    fresh: bool,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// Reads a passage.
    fn read(&mut self, from: usize, to: usize) {
        let mut at = from;
        let signs = ['{', '[', '<', '\'', '&', '\n', '\u{c}'];
        if from == 0 || self.text[..from].ends_with(['\n', '\u{c}']) {
            at = self.line_start(from, to);
        }
        while let Some(next) = self.text[at..to].find(signs).map(|n| at + n) {
            self.fresh &= self.text[at..next].trim().is_empty();
            let rest = &self.text[next..to];
            at = match rest.as_bytes()[0] {
                b'\n' => self.line_start(next + 1, to),
                b'\x0c' => {
                    self.fresh = true;
                    self.line_start(next + 1, to)
                }
                b'{' if rest.starts_with("{{") => self.template(next, to),
                b'[' => self.link(next, to),
                b'<' => self.tag(next, to),
                b'\'' => self.emphasis(next, rest),
                b'&' => self.entity(next, rest),
                _ => next + 1,
            };
        }
        self.fresh &= self.text[at..to].trim().is_empty();
    }

    /// Puts something else in the place of a passage; its line ends stay as ends that nobody sees.
    fn put(&mut self, from: usize, to: usize, now: &str) {
        let ends = self.text[from..to].matches('\n').count();
        let kept = now.matches('\n').count();
        let now = now.to_owned() + &UNSEEN_END.to_string().repeat(ends.saturating_sub(kept));
        if from < to || !now.is_empty() {
            self.changes.push((from, to, now));
        }
    }

    /// What a sign at the start of a line means; returns where to go on.
    fn line_start(&mut self, at: usize, to: usize) -> usize {
        let line = self.text[at..to].split(['\n', '\u{c}']).next().unwrap_or("");
        if self.table || line.starts_with("{|") {
            return self.row(at, line);
        }
        if line.trim().is_empty() {
            return at;
        }
        if self.verse > 0 && !line.trim_start().starts_with("</poem") {
            self.put(at, at, "      ");
            return at;
        }
        if let Some(end) = page_link(line) {
            self.put(at, at + end, "\u{c}");
            self.fresh = true;
            return at + end;
        }
        let depth = line.bytes().take_while(|b| *b == b'=').count();
        let title = line.trim_end();
        if (2..=6).contains(&depth) && title.len() > 2 * depth && title.ends_with(&"=".repeat(depth)) {
            let close = at + title.len() - depth;
            self.put(at, at + depth, &format!("{} ", "#".repeat(depth)));
            self.read(at + depth, close);
            self.put(close, close + depth, "");
            return close + depth;
        }
        let stop = |sign: &[char]| at + line.len() - line.trim_start_matches(sign).len();
        match line.as_bytes().first() {
            Some(b':' | b';') => {
                self.put(at, stop(&[':', ';', ' ']), "> ");
                stop(&[':', ';', ' '])
            }
            Some(b'#' | b'*') if !line.starts_with("* *") => {
                self.put(at, stop(&['#', '*', ' ']), "- ");
                stop(&['#', '*', ' '])
            }
            _ => {
                if self.quote > 0 {
                    self.put(at, at, "> ");
                }
                at
            }
        }
    }

    /// A line of a table: `|-` parts its rows, `||` its cells.
    fn row(&mut self, at: usize, line: &str) -> usize {
        self.table = !line.trim_start().starts_with("|}");
        let end = at + line.len();
        let text = line.trim_start();
        if text.starts_with("{|") || text.starts_with("|-") || text.starts_with("|}") {
            self.put(at, end, "");
            return end;
        }
        if text.starts_with('|') || text.starts_with('!') {
            let lead = at + line.len() - text.len();
            let mut from = lead + 1;
            self.put(at, from, "| ");
            while let Some(bar) = self.text[from..end].find("||").map(|n| from + n) {
                self.read(from, bar);
                self.put(bar, bar + 2, "|");
                from = bar + 2;
            }
            self.read(from, end);
            self.put(end, end, " |");
            return end;
        }
        at
    }
}

/// `[[Page:The Mill.djvu/25]]` or `Page:The Mill.djvu/25`, alone in a line: its length.
fn page_link(line: &str) -> Option<usize> {
    let core = line.trim().trim_start_matches(['[', '=', ' ']);
    let name = core.strip_prefix("Page:").or_else(|| core.strip_prefix("Seite:"))?;
    let bare = name.trim_end_matches([']', '=', ' ']);
    let number = bare.split('|').next()?.rsplit_once('/')?.1;
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())).then(|| line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::super::dialect::Dialect;
    use super::super::translate::Translation;

    #[test]
    fn markup_gives_way_to_its_words() {
        for (text, wanted) in [
            (
                "<noinclude><pagequality level=\"3\" user=\"\" />{{rh|12|THE ''MILL''|}}</noinclude>Up",
                "\u{c}\u{2029}12   THE MILL\u{b}Up",
            ),
            ("a{{hws|ac|acknow}}<noinclude>\n<references/></noinclude>", "aac\u{ad}\u{85}"),
            ("{{hwe|know|acknow}} it", "know it"),
            ("{{c|{{x-larger|THE {{sc|Mill}}}}}}\n", "# THE Mill\n"),
            ("''a'' '''b''' &mdash; {{gap}}[[Author:X|X]] [[Y]]", "_a_ =b= —  X Y"),
            ("== I ==\n:q\n<poem>\na\n b\n</poem>", "##  I \n> q\n\n      a\n       b\n"),
            ("x<ref>one\ntwo</ref> y", "x<ref>one\u{85}two</ref> y"),
            ("[[File:A.jpg|center|300px|The mill]] {{lang|fr|mot}}", "[Illustration: The mill] mot"),
            ("{{what|1|2}} {{ {{ [[ ]", "{{what|1|2}} {{ {{ [[ ]"),
            ("{|\n|-\n| 1 || 2\n|}", "\n\n|  1 | 2 |\n"),
        ] {
            let translation = Translation::of(text, Dialect::Wikisource);
            assert_eq!(translation.text, wanted);
            assert_eq!(translation.restored(), text);
        }
    }
}
