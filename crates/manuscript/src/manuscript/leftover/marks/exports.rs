//! What exports and copies leave in words: letters that were read in another encoding, signs as mail, addresses and HTML
//! write them, indents and contents lists made by hand.

use super::{LONGEST_RUN, Look, Mark};
use crate::manuscript::leftover::kinds::Kind;

/// Fewer full stops in a row lead the eye to no number.
const FEWEST_LEADERS: usize = 5;

impl Look<'_> {
    /// `Ã©` for `é`, `â€™` for `’`: the bytes of one letter, each read as a letter of its own; the sign for a lost one.
    pub(super) fn misread(&self, at: usize, c: char) -> Option<Mark> {
        let behind = self.get(at + 1);
        // a capital may end a word in front of a guillemet: `«AMANHÃ»`
        let is_continuation = matches!(behind, '\u{80}'..='\u{BF}')
            && !(self.before(at).is_uppercase() && matches!(behind, '\u{A0}' | '«' | '»'));
        let length = match c {
            '\u{FFFD}' => 1,
            'Ã' | 'Â' | 'Ð' if is_continuation => 2,
            'â' if matches!(behind, '€' | '„' | '‚') => 3,
            'ï' if behind == '¿' || behind == '»' && self.get(at + 2) == '¿' => 3,
            _ => return None,
        };
        self.mark(Kind::Misread, at, at + length)
    }

    /// `=E2=80=99` and `don=92t` as mail has them, `words%20words` as addresses have them: two figures of base sixteen
    /// behind a sign, more of them or letters on both sides.
    pub(super) fn encoded(&self, at: usize, c: char) -> Option<Mark> {
        let is_byte = |at: usize| {
            self.get(at) == c && (1..=2).all(|n| matches!(self.get(at + n), '0'..='9' | 'A'..='F'))
        };
        let count = (0..).take_while(|n| is_byte(at + n * 3)).take(LONGEST_RUN).count();
        let end = at + count * 3;
        let letters = self.cells[..at].iter().rev().take(2).filter(|cell| cell.c.is_alphabetic()).count();
        let between = letters == 2 && self.get(end).is_alphabetic();
        (count >= 2 || count == 1 && between).then(|| self.mark(Kind::Encoded, at, end)).flatten()
    }

    /// `渡船《わたしぶね》`, `《《words》》`, `［＃改ページ］`: how words are read and set, as Japanese novels are typed.
    pub(super) fn ruby(&self, at: usize, c: char) -> Option<Mark> {
        if c == '［' {
            let end = self.next(at + 1, "］", 60).filter(|_| self.get(at + 1) == '＃')?;
            return self.mark(Kind::Signs, at, end + 1);
        }
        if self.get(at + 1) == '《' {
            let end = self.next(at + 2, "》》", 60)?;
            return self.mark(Kind::Signs, at, end + 2);
        }
        let is_kana = |c: char| matches!(c, '\u{3040}'..='\u{30FF}');
        let length = self.run(at + 1, is_kana);
        let is_read = length > 0 && self.get(at + 1 + length) == '》' && self.before(at).is_alphanumeric();
        is_read.then(|| self.mark(Kind::Ruby, at, at + 2 + length)).flatten()
    }

    /// `He left.^p`, which Word's search writes for the end of a paragraph, `^l` for that of a line, `^t` for a tab.
    pub(super) fn search_sign(&self, at: usize) -> Option<Mark> {
        let ends = matches!(self.before(at), '.' | '!' | '?' | '”' | '"' | '’');
        let is_sign = matches!(self.get(at + 1), 'p' | 'l' | 't') && !self.get(at + 2).is_alphanumeric();
        (ends && is_sign && self.get(at + 2) != '^').then(|| self.mark(Kind::Search, at, at + 2)).flatten()
    }

    /// `\\server\share`, the name of a place in a network, of which Markdown takes a backslash away.
    pub(super) fn network_path(&self, at: usize) -> Option<Mark> {
        let typed =
            self.view.line_before(at).ends_with('\\') || self.view.source_from(at).starts_with("\\\\");
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '$');
        let length = self.run(at + 1, is_name);
        let is_path = length > 1 && self.get(at + 1 + length) == '\\' && is_name(self.get(at + 2 + length));
        (typed && self.before(at).is_whitespace() && is_path)
            .then(|| self.mark(Kind::NetworkPath, at, at + 2 + length))
            .flatten()
    }

    /// `\n\n`, the ends of lines as programs write them.
    pub(super) fn written_line_end(&self, at: usize) -> Option<Mark> {
        let pair = ["\\n\\n", "\\r\\n"].iter().any(|ends| self.starts(at, ends));
        pair.then(|| self.mark(Kind::Encoded, at, at + 4)).flatten()
    }

    /// `&quot;` and `&#39;`, which HTML needs and of which Markdown makes the straight mark itself.
    pub(super) fn straight_mark(&self, at: usize) -> Option<Mark> {
        const WRITTEN: [&str; 6] = ["&quot;", "&#34;", "&#39;", "&apos;", "&#x27;", "&#x22;"];
        let typed = self.view.source_from(at);
        WRITTEN
            .iter()
            .any(|sign| typed.starts_with(sign))
            .then(|| self.mark(Kind::Straight, at, at + 1))
            .flatten()
    }

    /// `Chapter one ........ 12`: a line of a contents list that was copied with its pages.
    pub(super) fn leaders(&self, at: usize) -> Option<Mark> {
        let length = self.run(at, |c| matches!(c, '.' | ' ' | '…'));
        let row = self.text(at, at + length);
        let stops: usize = row.chars().map(|c| if c == '…' { 3 } else { usize::from(c == '.') }).sum();
        let digits = self.run(at + length, |c| c.is_ascii_digit() || "ivxl".contains(c));
        let ends = at + length + digits == self.line_end(at + length) && (1..=4).contains(&digits);
        let words = self.before(at).is_alphanumeric() || self.before(at) == ' ';
        (stops >= FEWEST_LEADERS && ends && words && !self.begins(at))
            .then(|| self.mark(Kind::Leaders, at, at + length + digits))
            .flatten()
    }

    /// Wide or no-break spaces that set in the first line of a paragraph; lines that are kept may be set in so.
    pub(super) fn indent(&self, at: usize) -> Option<Mark> {
        let length = self.run(at, |c| matches!(c, '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{3000}'));
        let is_wide = self.get(at) != '\u{A0}' || length > 1;
        let is_first = at == 0 && !self.view.keeps_lines && !self.view.line_before(0).contains('|');
        let words =
            self.get(length).is_alphanumeric() || matches!(self.get(length), '"' | '“' | '—' | '「' | '«');
        // the spaces of a line that `::: lines` keeps
        let typed = || !self.view.source_from(at).starts_with([' ', '\t']);
        (is_first && is_wide && words && typed())
            .then(|| self.mark(Kind::Indent, 0, length + self.run(length, |c| !c.is_whitespace())))
            .flatten()
    }

    /// `@January 1, 2020`, a day as Notion calls it.
    pub(super) fn called_day(&self, at: usize) -> Option<Mark> {
        let letters = self.run(at + 1, char::is_alphabetic);
        let line = self.text(at + 1 + letters, self.line_end(at).min(at + letters + 12));
        let mut parts = line.strip_prefix(' ')?.splitn(2, ", ");
        let (day, year) = (parts.next()?, parts.next()?);
        let is_number = |text: &str, most: usize| {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            digits > 0 && digits <= most
        };
        (letters > 2
            && self.get(at + 1).is_uppercase()
            && is_number(day, 2)
            && day.len() <= 2
            && is_number(year, 4))
        .then(|| self.mark(Kind::Signs, at, at + 1 + letters))
        .flatten()
    }
}
