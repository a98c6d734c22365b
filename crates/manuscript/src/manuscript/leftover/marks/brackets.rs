//! What stands in brackets and in braces.

use super::{Look, Mark};
use crate::manuscript::leftover::kinds::Kind;
use crate::manuscript::leftover::view::OBJECT;

impl Look<'_> {
    /// The last cell of the paragraph that closes a bracket.
    fn last_close(&self) -> usize {
        *self.last_close.get_or_init(|| self.cells.iter().rposition(|cell| cell.c == ']').unwrap_or(0))
    }

    pub(super) fn bracket(&self, at: usize) -> Option<Mark> {
        let close = self.next(at + 1, "]", 400);
        if self.starts(at, "[[") {
            let end = self.next(at, "]]", 200)?;
            let inside = self.text(at + 2, end);
            let contents = inside.to_lowercase().contains("toc");
            return self.mark(if contents { Kind::Contents } else { Kind::WikiLink }, at, end + 2);
        }
        let Some(close) = close else {
            // an editor's brackets may be long, and go over paragraphs
            let lettered = self.get(at + 1).is_alphabetic() && at > 0 && at > self.last_close();
            return lettered.then(|| self.mark(Kind::Bracket, at, at + 12)).flatten();
        };
        let inside = self.text(at + 1, close);
        if let Some((kind, end)) = self.bracket_elsewhere(close, &inside) {
            return self.mark(kind, at, end);
        }
        let box_sign = inside.chars().count() == 1
            && inside.contains([' ', 'x', 'X', '/', '-', '>', '<', '!', '*', '"', '?', '~']);
        if self.begins(at) && box_sign && self.get(close + 1) == ' ' {
            return self.mark(Kind::Task, at, close + 1);
        }
        let kind = match inside.to_lowercase().as_str() {
            "toc" | "_toc_" | "toc:" => Kind::Contents,
            _ if inside.starts_with('@') || inside.starts_with("-@") => Kind::Citation,
            // a name that is one is told of where its note is missing
            _ if inside.starts_with('^') && inside.contains(' ') => Kind::Call,
            _ if inside.starts_with('!')
                && self.begins(at)
                && inside[1..].chars().all(char::is_alphabetic)
                && inside.len() > 1 =>
            {
                Kind::Alert
            }
            // `[http://example.org words]`, as wikis have it
            _ if inside.starts_with(OBJECT)
                && inside.contains(' ')
                && self.view.source_from(at + 1).starts_with("http") =>
            {
                Kind::WikiLink
            }
            _ if self.starts(close, "](") && self.next(close, ")", 300).is_some() => Kind::Link,
            _ if self.is_link_with_space(close) => Kind::Link,
            _ if self.begins(at) && self.defines_with_spaces(close) => Kind::Link,
            // `[comment]: # words`: without brackets around its words it defines nothing
            _ if self.begins(at) && self.starts(close, "]: # ") => {
                return self.mark(Kind::Remark, at, self.line_end(at));
            }
            // `[label]:` and no address behind it
            _ if self.begins(at) && self.starts(close, "]:") && self.line_end(at) <= close + 2 => {
                Kind::Reference
            }
            _ if self.starts(close, "][") && self.next(close + 2, "]", 100).is_some() => Kind::Reference,
            _ => return self.odd_bracket(at, close, &inside),
        };
        let end = match kind {
            Kind::Link if self.starts(close, "]:") => self.line_end(close),
            Kind::Link => self.next(close, ")", 300).map_or(close + 1, |end| end + 1),
            Kind::Reference if self.starts(close, "][") => {
                self.next(close + 2, "]", 100).map_or(close + 1, |end| end + 1)
            }
            _ => close + 1,
        };
        self.mark(kind, at, end)
    }

    /// `[words] (http://a.org)`: a space stands between the words and the address.
    fn is_link_with_space(&self, close: usize) -> bool {
        let Some(end) = self.next(close + 3, ")", 300).filter(|_| self.starts(close, "] (")) else {
            return false;
        };
        let typed = self.view.source_from(close + 3);
        let leads = ["http://", "https://", "www.", "mailto:"].iter().any(|start| typed.starts_with(start));
        let inside = self.text(close + 3, end);
        leads && (inside.contains("://") || inside.chars().all(|c| c == OBJECT))
    }

    /// `[label]: a file.png "Title"`, a definition whose address has spaces in it.
    fn defines_with_spaces(&self, close: usize) -> bool {
        let Some(rest) = self.starts(close, "]: ").then(|| self.text(close + 3, self.line_end(close + 3)))
        else {
            return false;
        };
        let name = rest.split(['"', '“', '(']).next().unwrap_or("").trim();
        let is_file = name.rsplit_once('.').is_some_and(|(path, ending)| {
            (2..=4).contains(&ending.len())
                && ending.bytes().all(|b| b.is_ascii_lowercase())
                && !path.ends_with(' ')
        });
        is_file && name.contains(' ') && name.split(' ').count() <= 6
    }

    /// `{~~old~>new~~}`, whose tildes Markdown reads as marks of its own: they stand in the source alone.
    fn substitution(&self, at: usize) -> Option<Mark> {
        let rest = self.view.source_from(at);
        let inside = rest.strip_prefix("{~~")?;
        let inside = &inside[..inside.floor_char_boundary(LONGEST_SUBSTITUTION)];
        let end = inside.find("~~}").filter(|end| inside[..*end].contains("~>"))?;
        let length = "{~~".len() + end + "~~}".len();
        let to =
            (at..self.cells.len()).find(|cell| rest.len() - self.view.source_from(*cell).len() >= length);
        self.mark(Kind::Critic, at, to.unwrap_or(self.cells.len()))
    }

    /// `{*words*}` and `{_words_}`, whose inner marks Markdown reads: they stand in the source alone.
    fn emphasis_in_braces(&self, at: usize) -> Option<Mark> {
        let sign =
            self.view.source_from(at).strip_prefix('{')?.chars().next().filter(|c| matches!(c, '*' | '_'))?;
        let end = self.next(at, "}", 300)?;
        let rest = self.view.source_from(at);
        let inside = &rest[..rest.len() - self.view.source_from(end).len()];
        let is_closed = inside.len() > 3 && inside.ends_with(sign);
        is_closed.then(|| self.mark(Kind::Djot, at, end + 1)).flatten()
    }

    pub(super) fn brace(&self, at: usize) -> Option<Mark> {
        if let Some(mark) = self.substitution(at) {
            return Some(mark);
        }
        if let Some(mark) = self.emphasis_in_braces(at) {
            return Some(mark);
        }
        for (open, close, kind) in [
            ("{$$}", "{/$$}", Kind::Math),
            ("{::comment}", "{:/comment}", Kind::Remark),
            ("{% comment %}", "{% endcomment %}", Kind::Remark),
            ("{>>", "<<}", Kind::CriticRemark),
            ("{++", "++}", Kind::Critic),
            ("{--", "--}", Kind::Critic),
            ("{~~", "~~}", Kind::Critic),
            ("{==", "==}", Kind::Critic),
            ("{{#include", "}}", Kind::Include),
            ("{{<", ">}}", Kind::Tag),
            ("{{%", "%}}", Kind::Tag),
            ("{%", "%}", Kind::Tag),
            ("{#", "#}", Kind::Tag),
            ("{{", "}}", Kind::Tag),
            ("{=", "=}", Kind::Highlight),
            ("{+", "+}", Kind::Inserted),
            ("{-", "-}", Kind::Hidden),
            ("{=", "}", Kind::Raw),
        ] {
            if self.starts(at, open)
                && let Some(end) = self.next(at + open.len(), close, 2000)
            {
                let inside = self.text(at + open.len(), end);
                let kind = if kind == Kind::Tag && inside.trim().eq_ignore_ascii_case("toc") {
                    Kind::Contents
                } else {
                    kind
                };
                return self.mark(kind, at, end + close.len());
            }
        }
        let end = self.next(at, "}", 200)?;
        let inside = self.text(at + 1, end);
        if let Some(kind) = self.braces_elsewhere(at, &inside) {
            return self.mark(kind, at, end + 1);
        }
        let is_role = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | ':' | '_');
        if self.get(end + 1) == OBJECT && !inside.is_empty() && inside.chars().all(is_role) {
            // MyST's `{ref}` before code
            return self.mark(Kind::Role, at, end + 1);
        }
        let first = inside.trim_start().chars().next()?;
        let attached =
            self.before(at).is_alphanumeric() || matches!(self.before(at), ')' | OBJECT | '”' | '"' | '»');
        let alone = self.begins(at) && end + 1 >= self.line_end(at).saturating_sub(1);
        let attribute = matches!(first, '.' | '#' | ':') || inside.contains('=') && first.is_alphabetic();
        let word = inside.chars().all(|c| {
            c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | ' ' | '"' | '“' | '”' | '/' | ',' | '.')
        });
        match () {
            () if inside.starts_with("i:")
                || inside.starts_with("index:")
                || DIRECTIVES.contains(&inside.trim()) =>
            {
                self.mark(Kind::Directive, at, end + 1)
            }
            () if attribute
                && inside[first.len_utf8()..]
                    .starts_with(|c: char| c.is_alphanumeric() || c == ' ' || c == '-') =>
            {
                self.mark(Kind::Braces, at, end + 1)
            }
            () if alone && word && first.is_alphabetic() && at == 0 => {
                self.mark(Kind::Directive, at, end + 1)
            }
            () if attached && word && first.is_alphabetic() && self.before(at) == OBJECT => {
                self.mark(Kind::Braces, at, end + 1)
            }
            () => None,
        }
    }
}

/// As many bytes as a substitution may have: where none ends, each that begins is looked at no further.
const LONGEST_SUBSTITUTION: usize = 4000;

/// Commands of Leanpub's, wherever they stand.
const DIRECTIVES: &[&str] =
    &["pagebreak", "frontmatter", "mainmatter", "backmatter", "appendix", "newpage", "blank-page"];
