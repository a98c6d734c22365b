//! Which elements the rules of a judged sheet concern. Where a selector asks for
//! more than names, classes, ids and what stands around an element, it is taken to
//! fit: who bounds what a drawing costs must not count too little.

use super::parts::{rule, trimmed, trimmed_start, up_to, written};
use super::token::{Kind, Token, tokens};

/// An element, as selectors see it.
pub trait Node: Sized {
    /// The element that it stands in.
    fn parent(&self) -> Option<Self>;
    /// Whether it has that name.
    fn is_named(&self, name: &str) -> bool;
    /// Whether it has that class.
    fn has_class(&self, class: &str) -> bool;
    /// Whether it has that id.
    fn has_id(&self, id: &str) -> bool;
}

/// A rule with what it says of elements.
#[derive(Clone, Debug)]
pub struct Rule {
    selectors: Vec<Vec<(Compound, char)>>,
    /// Properties and their values.
    pub declarations: Vec<(String, String)>,
}

/// What one element must be: its names, classes and ids.
#[derive(Clone, Debug, Default)]
struct Compound {
    name: Option<String>,
    classes: Vec<String>,
    ids: Vec<String>,
}

/// The rules of a judged sheet, those of `@media` too.
#[must_use]
pub fn rules(css: &str) -> Vec<Rule> {
    let tokens = tokens(css);
    let mut rules = Vec::new();
    read(&tokens, &mut rules);
    rules
}

/// Calls itself as deep as judged rules stand in one another.
fn read(mut rest: &[Token], rules: &mut Vec<Rule>) {
    loop {
        rest = trimmed_start(rest);
        let Some(first) = rest.first() else { return };
        let is_at = matches!(first.kind, Kind::At(_));
        let (head, block, behind) = rule(rest, is_at);
        match block {
            Some(block) if is_at => read(block, rules),
            Some(block) => rules.push(Rule { selectors: selectors(head), declarations: pairs(block) }),
            None => {}
        }
        rest = behind;
    }
}

/// The declarations of an attribute `style`.
#[must_use]
pub fn properties(css: &str) -> Vec<(String, String)> {
    pairs(&tokens(css))
}

fn pairs(mut tokens: &[Token]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    while !tokens.is_empty() {
        let (declaration, rest) = up_to(tokens, |kind| *kind == Kind::Sign(';'));
        let declaration = trimmed(declaration);
        if let [Token { kind: Kind::Ident(name), .. }, Token { kind: Kind::Sign(':'), .. }, value @ ..] =
            declaration
        {
            pairs.push((name.to_ascii_lowercase(), written(trimmed(value))));
        }
        tokens = rest;
    }
    pairs
}

/// The selectors of a list, each as compounds from the last to the first, with the
/// sign that leads to the next.
fn selectors(mut head: &[Token]) -> Vec<Vec<(Compound, char)>> {
    let mut all = Vec::new();
    while !head.is_empty() {
        let (one, rest) = up_to(head, |kind| *kind == Kind::Sign(','));
        all.push(selector(trimmed(one)));
        head = rest;
    }
    all
}

fn selector(tokens: &[Token]) -> Vec<(Compound, char)> {
    let mut parts = vec![(Compound::default(), ' ')];
    let (mut depth, mut kept) = (0usize, None);
    for token in tokens {
        let last = parts.len() - 1;
        let compound = &mut parts[last].0;
        match &token.kind {
            Kind::Open(_) | Kind::Function(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            Kind::Ident(name) => match kept.take() {
                Some('.') => compound.classes.push(name.clone()),
                Some(':') => {}
                _ => compound.name = Some(name.clone()),
            },
            Kind::Hash(id) => compound.ids.push(id.clone()),
            Kind::Sign(c @ ('.' | ':')) => kept = Some(*c),
            Kind::Sign(c @ ('>' | '+' | '~')) => parts[last].1 = *c,
            Kind::Space => parts.push((Compound::default(), ' ')),
            _ => {}
        }
    }
    close_gaps(parts)
}

/// Joins what white space around a combinator parted, and turns it round.
fn close_gaps(parts: Vec<(Compound, char)>) -> Vec<(Compound, char)> {
    let mut joined: Vec<(Compound, char)> = Vec::new();
    for (compound, sign) in parts {
        let is_empty = compound.name.is_none() && compound.classes.is_empty() && compound.ids.is_empty();
        match joined.last_mut() {
            Some((_, before)) if is_empty && sign != ' ' => *before = sign,
            _ => joined.push((compound, sign)),
        }
    }
    joined.reverse();
    joined
}

impl Rule {
    /// How many steps it takes to hold the rule against an element.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.selectors.iter().map(Vec::len).sum::<usize>() + self.declarations.len()
    }

    /// Whether the rule may concern an element.
    pub fn fits(&self, node: &impl Node) -> bool {
        self.selectors.iter().any(|selector| {
            let (last, before) = match selector.split_first() {
                Some(((last, _), before)) => (last, before),
                None => return false,
            };
            last.fits(node) && around_fits(node, before)
        })
    }
}

/// Whether what must stand around an element does, by the first that fits each time;
/// elements before it are taken to be there.
fn around_fits(node: &impl Node, before: &[(Compound, char)]) -> bool {
    let mut above = node.parent();
    for (compound, _) in before.iter().filter(|(_, sign)| !matches!(sign, '+' | '~')) {
        loop {
            let Some(node) = above else { return false };
            above = node.parent();
            if compound.fits(&node) {
                break;
            }
        }
    }
    true
}

impl Compound {
    fn fits(&self, node: &impl Node) -> bool {
        self.name.as_deref().is_none_or(|name| node.is_named(name))
            && self.classes.iter().all(|class| node.has_class(class))
            && self.ids.iter().all(|id| node.has_id(id))
    }
}
