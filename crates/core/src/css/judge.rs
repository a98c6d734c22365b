//! The judge of style sheets: what is on the list stays, and is written anew.

use super::lists::{DRAWING, Holds, List};
use super::parts::{is_balanced, rule, trimmed, trimmed_end, trimmed_start, up_to, written};
use super::token::{self, Kind, Token, tokens};

/// How deep brackets may stand in one another.
const MOST_DEPTH: usize = 32;

/// What is left of a sheet, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// What may stay, written anew.
    pub css: String,
    /// What was left out, in order.
    pub left_out: Vec<LeftOut>,
}

/// Something that is not on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is: `@import`, `url()`, `<!--`.
    pub what: String,
    /// Whether it would load or run something, or is not understood; else a reader
    /// of the book would take no notice of it.
    pub matters: bool,
    /// The byte where it stands.
    pub at: usize,
}

/// The rules of a sheet that may stay.
#[must_use]
pub fn sheet(css: &str, list: &List) -> Judged {
    judged(css, list, |judge, tokens| judge.rules(tokens, true, 0))
}

/// The declarations that may stay, as they stand in an attribute `style`.
#[must_use]
pub fn declarations(css: &str, list: &List) -> Judged {
    judged(css, list, |judge, tokens| judge.declarations(tokens))
}

/// The value of a property, when all of it may stay.
#[must_use]
pub fn value(css: &str, list: &List) -> Option<String> {
    let tokens = tokens(css);
    let mut judge = Judge { list, judged: Judged::default() };
    judge.is_value(trimmed(&tokens)).then(|| written(trimmed(&tokens)))
}

fn judged(css: &str, list: &List, read: impl Fn(&mut Judge<'_>, &[Token])) -> Judged {
    let tokens = tokens(css);
    let mut judge = Judge { list, judged: Judged::default() };
    if is_nested_too_deep(&tokens) {
        judge.leave_out("more than thirty brackets in one another", true, 0);
    } else {
        if !is_balanced(&tokens) {
            judge.leave_out("brackets that do not match", true, 0);
        }
        read(&mut judge, &tokens);
    }
    judge.judged
}

fn is_nested_too_deep(tokens: &[Token]) -> bool {
    let mut depth = 0usize;
    tokens.iter().any(|token| {
        match token.kind {
            Kind::Open(_) | Kind::Function(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MOST_DEPTH
    })
}

struct Judge<'l> {
    list: &'l List,
    judged: Judged,
}

impl Judge<'_> {
    fn leave_out(&mut self, what: impl Into<String>, matters: bool, at: usize) {
        self.judged.left_out.push(LeftOut { what: what.into(), matters, at });
    }

    /// Rules, each up to the end of its block or its semicolon.
    fn rules(&mut self, mut tokens: &[Token], is_top: bool, depth: usize) {
        loop {
            tokens = trimmed_start(tokens);
            let Some(first) = tokens.first() else { return };
            if is_top && first.kind == Kind::Broken {
                self.leave_out(name_of(&first.kind), true, first.at);
                tokens = &tokens[1..];
                continue;
            }
            let is_at = matches!(first.kind, Kind::At(_));
            let (head, block, rest) = rule(tokens, is_at);
            match (&first.kind, block) {
                (Kind::At(name), block) => self.at_rule(name, head, block, depth),
                (_, Some(block)) => self.style_rule(head, block),
                (_, None) => self.leave_out("a rule without a block", true, first.at),
            }
            tokens = rest;
        }
    }

    /// `@name head { … }` or `@name head;`.
    fn at_rule(&mut self, name: &str, head: &[Token], block: Option<&[Token]>, depth: usize) {
        let at = head[0].at;
        let name = name.to_ascii_lowercase();
        let Some(holds) = self.list.at_rule(&name).filter(|_| depth < MOST_DEPTH) else {
            return self.leave_out(format!("`@{name}`"), true, at);
        };
        if let Some(text) =
            head.iter().find(|token| matches!(token.kind, Kind::Text(_))).filter(|_| name != "charset")
        {
            let at = text.at;
            return self.leave_out(format!("a text behind `@{name}`"), true, at);
        }
        if !self.is_head(&head[1..]) {
            return;
        }
        let head = format!("@{name}{}", written(trimmed_end(&head[1..])));
        let Some(block) = block else {
            // `@charset` says what the file is written in, which is decided already
            if name != "charset" {
                self.judged.css.push_str(&head);
                self.judged.css.push_str(";\n");
            }
            return;
        };
        self.judged.css.push_str(&head);
        self.judged.css.push_str(" {\n");
        match holds {
            Holds::Rules => self.rules(block, false, depth + 1),
            Holds::Declarations => self.declarations(block),
            Holds::Nothing => {}
        }
        self.judged.css.push_str("}\n");
    }

    fn style_rule(&mut self, head: &[Token], block: &[Token]) {
        // in a selector only functions have parentheses
        if let Some(open) = head.iter().find(|token| token.kind == Kind::Open('(')) {
            return self.leave_out(name_of(&open.kind), true, open.at);
        }
        if !self.is_head(head) {
            return;
        }
        self.judged.css.push_str(&written(trimmed_end(head)));
        self.judged.css.push_str(" { ");
        self.declarations(block);
        self.judged.css.push_str("}\n");
    }

    /// Whether all of a selector, or of what stands behind the name of a rule, may stay.
    fn is_head(&mut self, head: &[Token]) -> bool {
        let bad = head.iter().find(|token| match &token.kind {
            Kind::Function(name) => !self.list.has_selector(name) && !self.list.has_function(name),
            Kind::Url(_) | Kind::Broken | Kind::At(_) | Kind::Open('{') | Kind::Close('}') => true,
            _ => false,
        });
        let Some(bad) = bad else { return is_balanced(head) || self.refuse_brackets(head) };
        let (what, at) = (name_of(&bad.kind), bad.at);
        self.leave_out(what, true, at);
        false
    }

    fn refuse_brackets(&mut self, tokens: &[Token]) -> bool {
        self.leave_out("brackets that do not match", true, tokens.first().map_or(0, |token| token.at));
        false
    }

    fn declarations(&mut self, mut tokens: &[Token]) {
        loop {
            let start = tokens.iter().position(|t| !matches!(t.kind, Kind::Space | Kind::Sign(';')));
            let Some(start) = start else { return };
            tokens = &tokens[start..];
            if let Kind::At(name) = &tokens[0].kind {
                let (head, block, rest) = rule(tokens, true);
                self.margin_rule(name, head, block);
                tokens = rest;
                continue;
            }
            let (declaration, rest) = up_to(tokens, |kind| *kind == Kind::Sign(';'));
            self.declaration(declaration);
            tokens = rest;
        }
    }

    /// A rule among declarations: the margins of `@page`.
    fn margin_rule(&mut self, name: &str, head: &[Token], block: Option<&[Token]>) {
        let at = head[0].at;
        let name = name.to_ascii_lowercase();
        match block.filter(|_| self.list.has_margin(&name) && trimmed(&head[1..]).is_empty()) {
            Some(block) => {
                self.judged.css.push_str(&format!("@{name} {{ "));
                self.declarations(block);
                self.judged.css.push_str("} ");
            }
            None => self.leave_out(format!("`@{name}`"), true, at),
        }
    }

    fn declaration(&mut self, tokens: &[Token]) {
        let tokens = trimmed(tokens);
        let parted = tokens.iter().position(|token| token.kind == Kind::Sign(':'));
        let (Some(Token { kind: Kind::Ident(name), at }), Some(parted)) = (tokens.first(), parted) else {
            let at = tokens.first().map_or(0, |token| token.at);
            return self.leave_out("something that is no declaration (`name: value;`)", true, at);
        };
        if !trimmed(&tokens[1..parted]).is_empty() {
            return self.leave_out("something that is no declaration (`name: value;`)", true, *at);
        }
        if !self.list.has_property(name) {
            return self.leave_out(format!("`{name}`"), false, *at);
        }
        let value = trimmed(&tokens[parted + 1..]);
        if self.is_value(value) {
            let mut declaration = String::new();
            token::write(&Kind::Ident(name.clone()), &mut declaration);
            self.judged.css.push_str(&format!("{declaration}: {}; ", written(value)));
        }
    }

    /// Whether every token of a value may stay.
    fn is_value(&mut self, value: &[Token]) -> bool {
        let bad = value.iter().find(|token| match &token.kind {
            Kind::Function(name) => !self.list.has_function(name),
            Kind::Url(url) => !self.list.has_address(url),
            // an address without a function has a colon, and no value has one
            Kind::Sign(sign) => !matches!(sign, ',' | '/' | '+' | '-' | '*' | '!' | '.' | '=' | '%' | '#'),
            Kind::At(_) | Kind::Broken | Kind::Open('{') | Kind::Close('}') => true,
            _ => false,
        });
        let Some(bad) = bad else { return is_balanced(value) || self.refuse_brackets(value) };
        let (what, at) = (name_of(&bad.kind), bad.at);
        self.leave_out(what, true, at);
        false
    }
}

/// What to call a token that may not stay.
fn name_of(kind: &Kind) -> String {
    match kind {
        Kind::Function(name) => format!("`{}()`", name.to_ascii_lowercase()),
        Kind::Url(_) => "`url()`".to_owned(),
        Kind::At(name) => format!("`@{}`", name.to_ascii_lowercase()),
        Kind::Open(c) | Kind::Close(c) | Kind::Sign(c) => format!("`{c}` where none belongs"),
        _ => "a text, an address or a comment that is not written as CSS has it".to_owned(),
    }
}

/// Whether drawings may set that property, in an attribute of its own too.
#[must_use]
pub fn is_of_drawings(property: &str) -> bool {
    DRAWING.has_property(property)
}
