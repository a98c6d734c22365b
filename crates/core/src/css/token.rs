//! The tokens of CSS (CSS Syntax Module Level 3, §4), with escapes decoded and
//! comments gone, as a reader sees them; and how they are written again.

use std::fmt::Write as _;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name.
    Ident(String),
    /// A name with a parenthesis behind it, which it opens.
    Function(String),
    /// `@name`.
    At(String),
    /// `#name`.
    Hash(String),
    /// A text in quotation marks.
    Text(String),
    /// An address: `url(…)`, with quotation marks or without.
    Url(String),
    /// A number with its unit or per-cent sign, as it is written.
    Number(String),
    /// Any other sign: `:`, `;`, `,`, `>`, …
    Sign(char),
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// White space or comments.
    Space,
    /// What no reader understands: a text that its line ends, a broken address,
    /// `<!--`, `-->`.
    Broken,
}

/// A token and the byte where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: usize,
}

/// All tokens of a sheet, in one pass.
pub(super) fn tokens(css: &str) -> Vec<Token> {
    let mut reader = Reader { css, at: 0 };
    let mut tokens = Vec::new();
    while let Some(c) = reader.peek() {
        let at = reader.at;
        let kind = reader.token(c);
        let repeats = kind == Kind::Space && tokens.last().is_some_and(|t: &Token| t.kind == Kind::Space);
        if !repeats {
            tokens.push(Token { kind, at });
            unquote(&mut tokens);
        }
    }
    tokens
}

/// Takes `url("…")`, when it has just been closed, for the address that it is.
fn unquote(tokens: &mut Vec<Token>) {
    let inner = |token: &&Token| token.kind != Kind::Space;
    let mut last = tokens.iter().rev().filter(inner);
    let (close, text, open) = (last.next(), last.next(), last.next());
    let (Some(Kind::Close(')')), Some(Kind::Text(url)), Some(Kind::Function(name))) =
        (close.map(|t| &t.kind), text.map(|t| &t.kind), open.map(|t| &t.kind))
    else {
        return;
    };
    if name.eq_ignore_ascii_case("url") {
        let kind = Kind::Url(url.clone());
        let at = open.map_or(0, |token| token.at);
        let start = tokens.iter().rposition(|token| matches!(token.kind, Kind::Function(_))).unwrap_or(0);
        tokens.truncate(start);
        tokens.push(Token { kind, at });
    }
}

struct Reader<'c> {
    css: &'c str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.css[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn take(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn token(&mut self, c: char) -> Kind {
        match c {
            _ if c.is_ascii_whitespace() => self.space(),
            '/' if self.rest().starts_with("/*") => self.comment(),
            '"' | '\'' => self.text(c),
            '#' if self.name_follows(1) => Kind::Hash(self.name_behind(1)),
            '@' if self.ident_follows(1) => Kind::At(self.name_behind(1)),
            '(' | '[' | '{' => {
                self.at += 1;
                Kind::Open(c)
            }
            ')' | ']' | '}' => {
                self.at += 1;
                Kind::Close(c)
            }
            '<' if self.rest().starts_with("<!--") => self.broken(4),
            '-' if self.rest().starts_with("-->") => self.broken(3),
            _ if self.number_follows() => self.number(),
            _ if self.ident_follows(0) => self.ident(),
            '\\' | '\0' => self.broken(1),
            _ => {
                self.at += c.len_utf8();
                Kind::Sign(c)
            }
        }
    }

    fn broken(&mut self, length: usize) -> Kind {
        self.at += length;
        Kind::Broken
    }

    fn space(&mut self) -> Kind {
        while self.peek().is_some_and(|c| c.is_ascii_whitespace()) {
            self.at += 1;
        }
        Kind::Space
    }

    fn comment(&mut self) -> Kind {
        let end = self.rest()[2..].find("*/").map_or(self.css.len(), |end| self.at + 2 + end + 2);
        self.at = end;
        Kind::Space
    }

    fn text(&mut self, quote: char) -> Kind {
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.take() {
                None => return Kind::Broken,
                Some(c) if c == quote => return Kind::Text(text),
                Some('\n' | '\r' | '\u{c}' | '\0') => return Kind::Broken,
                Some('\\') if self.peek() == Some('\n') => self.at += 1,
                Some('\\') => match self.escaped() {
                    Some(c) => text.push(c),
                    None => return Kind::Broken,
                },
                Some(c) => text.push(c),
            }
        }
    }

    /// The character of an escape, whose backslash was taken.
    fn escaped(&mut self) -> Option<char> {
        let digits = self.rest().bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits == 0 {
            return self.take().filter(|c| !matches!(c, '\n' | '\r' | '\u{c}' | '\0'));
        }
        let code = u32::from_str_radix(&self.rest()[..digits], 16).ok()?;
        self.at += digits;
        if self.rest().starts_with("\r\n") {
            self.at += 1;
        }
        if self.peek().is_some_and(|c| c.is_ascii_whitespace()) {
            self.at += 1;
        }
        Some(char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// Whether a character of a name, or an escape, stands so many bytes ahead.
    fn name_follows(&self, ahead: usize) -> bool {
        let rest = &self.rest()[ahead..];
        rest.chars().next().is_some_and(is_name) || escape_starts(rest)
    }

    /// Whether a name starts so many bytes ahead (§4.3.9).
    fn ident_follows(&self, ahead: usize) -> bool {
        let rest = &self.rest()[ahead..];
        let starts = |text: &str| text.chars().next().is_some_and(starts_name) || escape_starts(text);
        match rest.strip_prefix('-') {
            Some(behind) => behind.starts_with('-') || starts(behind),
            None => starts(rest),
        }
    }

    fn name_behind(&mut self, ahead: usize) -> String {
        self.at += ahead;
        self.name()
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(c) = self.peek() {
            if is_name(c) {
                name.push(c);
                self.at += c.len_utf8();
            } else if escape_starts(self.rest()) {
                self.at += 1;
                name.extend(self.escaped());
            } else {
                break;
            }
        }
        name
    }

    fn ident(&mut self) -> Kind {
        let name = self.name();
        if self.peek() != Some('(') {
            return Kind::Ident(name);
        }
        self.at += 1;
        let quoted = self.rest().trim_start_matches(|c: char| c.is_ascii_whitespace());
        if name.eq_ignore_ascii_case("url") && !quoted.starts_with(['"', '\'']) {
            return self.url();
        }
        Kind::Function(name)
    }

    /// An address up to its parenthesis; a broken one is taken as far.
    fn url(&mut self) -> Kind {
        let (mut url, mut is_whole) = (String::new(), true);
        self.space();
        loop {
            match self.take() {
                None => return Kind::Broken,
                Some(')') => break,
                Some('\\') => match self.escaped() {
                    Some(c) => url.push(c),
                    None => is_whole = false,
                },
                Some(c) if c.is_ascii_whitespace() => {
                    self.space();
                    is_whole &= self.peek() == Some(')');
                }
                Some(c) => {
                    is_whole &= !matches!(c, '"' | '\'' | '(') && !c.is_control();
                    url.push(c);
                }
            }
        }
        if is_whole { Kind::Url(url) } else { Kind::Broken }
    }

    fn number_follows(&self) -> bool {
        let rest = self.rest().strip_prefix(['+', '-']).unwrap_or(self.rest());
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        rest.starts_with(|c: char| c.is_ascii_digit())
    }

    /// A number with what belongs to it; a unit keeps its letters as they are, so
    /// one with an escape is none that we know.
    fn number(&mut self) -> Kind {
        let start = self.at;
        if matches!(self.peek(), Some('+' | '-')) {
            self.at += 1;
        }
        self.digits();
        if self.peek() == Some('.') && self.second().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.digits();
        }
        let exponent = self.rest().strip_prefix(['e', 'E']).map(|e| e.strip_prefix(['+', '-']).unwrap_or(e));
        if let Some(exponent) = exponent.filter(|e| e.starts_with(|c: char| c.is_ascii_digit())) {
            self.at = self.css.len() - exponent.len();
            self.digits();
        }
        if self.peek() == Some('%') {
            self.at += 1;
        } else if self.ident_follows(0) {
            let unit = self.at;
            self.name();
            if self.css[unit..self.at].contains('\\') {
                return Kind::Broken;
            }
        }
        Kind::Number(self.css[start..self.at].to_owned())
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
    }
}

fn starts_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

fn is_name(c: char) -> bool {
    starts_name(c) || c.is_ascii_digit() || c == '-'
}

fn escape_starts(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next() == Some('\\') && chars.next().is_some_and(|c| !matches!(c, '\n' | '\r' | '\u{c}' | '\0'))
}

/// Writes a token so that it is read again as the same one.
pub(super) fn write(kind: &Kind, out: &mut String) {
    match kind {
        Kind::Ident(name) => write_name(name, out),
        Kind::Function(name) => {
            write_name(name, out);
            out.push('(');
        }
        Kind::At(name) => {
            out.push('@');
            write_name(name, out);
        }
        Kind::Hash(name) => {
            out.push('#');
            name.chars().for_each(|c| write_character(c, out));
        }
        Kind::Text(text) => write_text(text, out),
        Kind::Url(url) => {
            out.push_str("url(");
            out.push_str(url);
            out.push(')');
        }
        Kind::Number(number) => out.push_str(number),
        Kind::Sign(c) | Kind::Open(c) | Kind::Close(c) => out.push(*c),
        Kind::Space => out.push(' '),
        Kind::Broken => {}
    }
}

/// CSSOM §2.1, "serialize an identifier".
fn write_name(name: &str, out: &mut String) {
    let mut chars = name.chars().peekable();
    if let Some('-') = chars.peek() {
        chars.next();
        out.push_str(if chars.peek().is_none() { "\\-" } else { "-" });
    }
    if let Some(c) = chars.next_if(char::is_ascii_digit) {
        escape(c, out);
    }
    chars.for_each(|c| write_character(c, out));
}

fn write_character(c: char, out: &mut String) {
    if is_name(c) && !c.is_control() { out.push(c) } else { escape(c, out) }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' => escape(c, out),
            _ if c.is_control() => escape(c, out),
            _ => out.push(c),
        }
    }
    out.push('"');
}

fn escape(c: char, out: &mut String) {
    // writing to memory cannot fail
    let _ = write!(out, "\\{:x} ", u32::from(c));
}
