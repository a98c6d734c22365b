//! What TeX and Typst write: formulas, commands, accents, ties.

use super::{Look, Mark};
use crate::manuscript::ideographs::is_wide;
use crate::manuscript::leftover::kinds::Kind;
use crate::manuscript::leftover::view::OBJECT;

impl Look<'_> {
    /// `\\(x\\)` and `\\[x\\]`, as site generators hand formulas on.
    pub(super) fn escaped_math(&self, at: usize) -> Option<Mark> {
        let close = match self.get(at + 1) {
            '(' => ')',
            '[' => ']',
            _ => return None,
        };
        let backslash =
            |end: &usize| self.cells[*end].literal && self.get(*end) == '\\' && self.get(end + 1) == close;
        let end = (at + 2..self.cells.len().min(at + 400)).find(backslash)?;
        self.mark(Kind::Math, at, end + 2)
    }

    /// `$x$` as Pandoc reads it: no space inside the dollars, no figure behind.
    pub(super) fn math(&self, at: usize) -> Option<Mark> {
        if self.starts(at, "$$") {
            return self.mark(Kind::Math, at, self.closed(at + 1, "$$"));
        }
        if self.get(at + 1).is_whitespace() {
            return None;
        }
        let close = (at + 2..self.cells.len().min(at + 300)).find(|end| {
            self.starts(*end, "$")
                && !self.before(*end).is_whitespace()
                && (!self.get(end + 1).is_alphanumeric() || is_wide(self.get(end + 1)))
        })?;
        let inside = self.text(at + 1, close);
        // `$5, £3 and 10$`: sums of money
        let sums = inside.contains(' ')
            && inside
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '-' | '–' | '£' | '€'));
        let sentence = inside
            .split_whitespace()
            .filter(|word| word.chars().all(char::is_alphabetic) && word.len() > 3)
            .count()
            > 2;
        (!sentence && !sums && !self.before(at).is_ascii_digit())
            .then(|| self.mark(Kind::Math, at, close + 1))
            .flatten()
    }

    pub(super) fn tex(&self, at: usize) -> Option<Mark> {
        if let Some(mark) = self.written_line_end(at).or_else(|| self.spaced_backslash(at)) {
            return Some(mark);
        }
        let letters = self.run(at + 1, |c| c.is_ascii_alphabetic());
        let free = !self.before(at).is_alphanumeric() && self.before(at) != ':';
        let after = self.get(at + 1 + letters);
        let digits = self.run(at + 1 + letters, |c| c.is_ascii_digit());
        // `\chapter*{Words}`
        let starred = after == '*' && self.get(at + 2 + letters) == '{';
        let argument =
            matches!(after, '{' | '[') || starred || digits > 0 && self.get(at + 1 + letters + digits) == '{';
        let command = letters >= 1 && !matches!(after, '\\' | '/' | ':' | '.');
        let at_end = letters == 0 && (at + 1 == self.cells.len() || self.get(at + 1) == ' ');
        let name = self.text(at + 1, at + 1 + letters);
        if !argument && matches!(name.as_str(), "newpage" | "pagebreak" | "clearpage" | "cleardoublepage") {
            return self.mark(Kind::NewPage, at, at + 1 + letters);
        }
        if letters > 0 && (argument || self.before(at) == '{') || (free && command && !self.in_address(at)) {
            return self.mark(Kind::Tex, at, at + 1 + letters + usize::from(starred));
        }
        let paired =
            |open: &str, close: &str| self.starts(at, open) && self.next(at + 2, close, 400).is_some();
        if paired("\\(", "\\)") || paired("\\[", "\\]") {
            return self.mark(Kind::Math, at, self.closed(at + 1, "\\"));
        }
        let broken = self.cells.get(at + 1).is_none_or(|cell| cell.c == OBJECT);
        (at_end && broken && !self.follows_lone_picture(at))
            .then(|| self.mark(Kind::Backslash, at, at + 1))
            .flatten()
    }

    /// Whether a paragraph is a picture and this backslash, as Pandoc has a picture without a caption.
    fn follows_lone_picture(&self, at: usize) -> bool {
        at == 1 && self.cells.len() == 2 && self.view.source_from(0).starts_with("![")
    }

    /// `etc.\ and`, a space where no line may end, as TeX and Pandoc have it; with the line's end behind its space it was
    /// to end the line. `\fBwords\fR`, a face of roff's.
    fn spaced_backslash(&self, at: usize) -> Option<Mark> {
        if self.starts(at, "\\f") && self.get(at + 2).is_ascii_uppercase() {
            let closes = self.next(at + 3, "\\f", 200).is_some();
            return closes.then(|| self.mark(Kind::Signs, at, at + 3)).flatten();
        }
        let next = self.cells.get(at + 2)?;
        let touches = !self.before(at).is_whitespace() || self.begins(at);
        let is_space = self.get(at + 1) == ' ' && touches && next.c != OBJECT;
        let kind = match (next.begins, self.begins(at)) {
            (true, _) => Kind::SpacedBackslash,
            (false, true) => Kind::Signs,
            (false, false) => Kind::Tie,
        };
        is_space.then(|| self.mark(kind, at, at + 2)).flatten()
    }

    /// `\(em`, a sign of roff's: its bracket is never closed.
    pub(super) fn roff_sign(&self, at: usize) -> Option<Mark> {
        let is_sign = self.get(at) == '('
            && self.run(at + 1, |c| c.is_ascii_lowercase()) == 2
            && self.view.line_before(at).ends_with('\\')
            && !self.cells[at..].iter().take(400).any(|cell| cell.c == ')');
        is_sign.then(|| self.mark(Kind::Signs, at, at + 3)).flatten()
    }

    /// Where the arguments of a command end that begin at `at`, as far as no further command stands in them.
    pub(super) fn behind_arguments(&self, mut at: usize) -> usize {
        while let Some(close) = match self.get(at) {
            '{' => Some("}"),
            '[' => Some("]"),
            _ => None,
        } {
            match self.next(at + 1, close, 200).filter(|end| !self.text(at, *end).contains('\\')) {
                Some(end) => at = end + 1,
                None => break,
            }
        }
        at
    }

    /// `caf\'e`, `na\"ive`: Markdown takes the backslash for that of an author who means the sign.
    pub(super) fn accent(&self, at: usize) -> Option<Mark> {
        let letters = if self.get(at) == '~' { "nNaAoO" } else { "aeiouyAEIOUY" };
        let behind = self.get(at + 1);
        let is_escaped =
            self.view.line_before(at).ends_with('\\') || self.view.source_from(at).starts_with('\\');
        // RTF's `\'e9`
        let (first, second) = (behind, self.get(at + 2));
        let is_number = self.get(at) == '\''
            && matches!((first, second), ('8'..='9', 'a'..='f') | ('a'..='f', '0'..='9'));
        if is_number && is_escaped {
            return self.mark(Kind::Accent, at, at + 3);
        }
        // `\"uber`: the mark stands alone, so that no quotation begins with it
        let is_alone = || {
            let near = &self.cells[at.saturating_sub(400)..self.cells.len().min(at + 400)];
            near.iter().filter(|cell| cell.c == '"').count() == 1
        };
        let begins = self.get(at) == '"' && self.get(at + 2).is_alphabetic() && is_alone();
        let inside = (self.before(at).is_alphabetic() || begins) && letters.contains(behind);
        let is_escaped = inside && is_escaped;
        is_escaped.then(|| self.mark(Kind::Accent, at, at + 2)).flatten()
    }

    /// `Dr.~Doe`, `no~more`: one tilde between two words, and no other in them.
    pub(super) fn tie(&self, at: usize) -> Option<Mark> {
        let word = |c: &char| !c.is_whitespace() && *c != OBJECT;
        let before = self.cells[..at].iter().rev().map(|cell| cell.c).take_while(word);
        let after = self.cells[at + 1..].iter().map(|cell| cell.c).take_while(word);
        let is_alone = before.chain(after).all(|c| c != '~' && c != '/');
        // between ideographs it is a voice that is drawn out
        let latin = |c: char| c.is_alphabetic() && c < '\u{2E80}';
        let behind_word = latin(self.before(at)) || self.before(at) == '.';
        let long = |at: usize| at > 2 && self.cells[at - 3..at].iter().all(|cell| cell.c.is_alphabetic());
        let counts = self.get(at + 1).is_ascii_digit() && (self.before(at) == '.' || long(at));
        (behind_word && (latin(self.get(at + 1)) || counts) && is_alone)
            .then(|| self.mark(Kind::Tie, at, at + 1))
            .flatten()
    }

    /// `#footnote[words]`, `#image("a.png")`, `#set page(…)`.
    pub(super) fn typst(&self, at: usize) -> Option<Mark> {
        let name = self.run(at + 1, |c| c.is_ascii_lowercase() || matches!(c, '-' | '.'));
        let behind = self.get(at + 1 + name);
        let sized = name == 1 && behind == '(' && self.get(at + 3).is_ascii_digit();
        let is_call =
            (name >= 2 || sized) && matches!(behind, '(' | '[') && !self.before(at).is_alphanumeric();
        let is_rule = self.begins(at) && behind == ' ' && {
            let line = self.text(at + 1, self.line_end(at));
            let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
            matches!(word, "set" | "show" | "let" | "import" | "include")
                && rest.contains(['(', '=', ':', '"', '“'])
        };
        (is_call || is_rule).then(|| self.mark(Kind::Typst, at, at + 1 + name)).flatten()
    }
}
