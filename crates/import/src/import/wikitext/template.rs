//! Templates give way to the words that they show.

use super::brackets::Pair;
use super::names::{FIRST, LAST, PICTURES, QUOTES, VERSE, fixed, is_centred, is_running_head, size};
use super::words::{bare, head_words};
use super::{DEEPEST, Reader};
use crate::import::line::{EDGE_LINE, LINE_END};

/// An argument of a template: its name, and its words.
pub(super) struct Argument<'a> {
    pub(super) name: &'a str,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl<'a> Reader<'a> {
    /// The arguments of a template at byte `at`, and its name.
    pub(super) fn arguments(&self, at: usize, pair: &Pair) -> (String, Vec<Argument<'a>>) {
        let inner = pair.end - 2;
        let stops: Vec<usize> = pair.bars.iter().copied().chain([inner]).collect();
        let name = self.text[at + 2..stops[0]].trim().to_lowercase().replace('_', " ");
        let argument = |pair: &[usize]| {
            let (from, to) = (pair[0] + 1, pair[1]);
            let whole = &self.text[from..to];
            let key = |k: &&str| {
                !k.trim().is_empty() && k.trim().chars().all(|c| c.is_alphanumeric() || " -_".contains(c))
            };
            let name = whole.split_once('=').map(|p| p.0).filter(key);
            let length = name.map_or(0, |n| n.len() + 1);
            let name = name.map_or("", str::trim);
            let name = if name.bytes().all(|b| b.is_ascii_digit()) { "" } else { name };
            Argument { name, from: from + length, to }
        };
        (name, stops.windows(2).map(argument).collect())
    }

    /// `{{…}}`: the words that it shows.
    pub(super) fn template(&mut self, at: usize, to: usize) -> usize {
        let Some(pair) = self.pairs.get(&at).filter(|p| p.end <= to).cloned() else { return at + 2 };
        if self.depth >= DEEPEST {
            return pair.end;
        }
        let (name, arguments) = self.arguments(at, &pair);
        let plain: Vec<&Argument<'_>> = arguments.iter().filter(|a| a.name.is_empty()).collect();
        let words = |a: &&Argument<'_>| bare(&self.text[a.from..a.to]);
        if let Some(sign) = fixed(&name) {
            self.put(at, pair.end, sign);
        } else if is_running_head(&name) {
            let head = head_words(&plain.iter().map(words).collect::<Vec<_>>());
            self.put(at, pair.end, &format!("{LINE_END}{EDGE_LINE}{head}{LINE_END}"));
        } else if name == "page" || name == "pagenum" || name == "page number" {
            let number = arguments.iter().rfind(|a| matches!(a.name, "" | "num")).map(|a| words(&a));
            let number = number.filter(|n| n.bytes().all(|b| b.is_ascii_digit())).unwrap_or_default();
            self.put(at, pair.end, &format!("\u{c}{number}{LINE_END}"));
            self.fresh = true;
        } else if PICTURES.iter().any(|p| name.starts_with(p)) {
            let caption = arguments.iter().find(|a| matches!(a.name, "caption" | "cap"));
            self.picture(at, pair.end, caption.map(|a| (a.from, a.to)));
        } else if name.starts_with("toc row") || name.starts_with("dotted toc") || name.starts_with("dtpl") {
            let cells: Vec<String> = plain.iter().map(words).filter(|w| !w.is_empty()).collect();
            let (page, title) = cells.split_last().map_or(("", &[][..]), |(p, t)| (p.as_str(), t));
            self.put(at, pair.end, &format!("{} .... {page}", title.join(" ")));
        } else if let Some(shown) = shown(&name, &plain) {
            let (from, until) = (shown.from, shown.to);
            self.show(at, pair.end, (from, until), &name);
        }
        pair.end
    }

    /// Takes away what stands around the words that a template shows.
    pub(super) fn show(&mut self, at: usize, end: usize, (from, to): (usize, usize), name: &str) {
        let whole = !self.text[..at].ends_with(|c: char| c != '\n' && c != '\u{c}' && c != '>')
            && !self.text[end..].starts_with(|c: char| c != '\n' && c != '\u{c}' && c != '<');
        let size = if self.depth == 0 && whole && is_centred(name) { size(&self.text[from..to]) } else { 0 };
        self.put(at, from, ["", "## ", "# "][size]);
        let (verse, quote) = (usize::from(VERSE.contains(&name)), usize::from(QUOTES.contains(&name)));
        (self.verse, self.quote, self.depth) = (self.verse + verse, self.quote + quote, self.depth + 1);
        if quote > 0 && whole {
            self.put(from, from, "> ");
        }
        self.read(from, to);
        (self.verse, self.quote, self.depth) = (self.verse - verse, self.quote - quote, self.depth - 1);
        let divided = name == "hws" || name == "hyphenated word start";
        // the whole word shows whether the hyphen is its own
        let own = || bare(&self.text[to..end]).contains(&format!("{}-", bare(&self.text[from..to])));
        self.put(to, end, ["", "\u{ad}", "-"][usize::from(divided) + usize::from(divided && own())]);
    }

    /// A picture with its caption.
    pub(super) fn picture(&mut self, at: usize, end: usize, caption: Option<(usize, usize)>) {
        let Some((from, to)) = caption.filter(|(from, to)| !self.text[*from..*to].trim().is_empty()) else {
            return self.put(at, end, "[Illustration]");
        };
        self.put(at, from, "[Illustration: ");
        self.depth += 1;
        self.read(from, to);
        self.depth -= 1;
        self.put(to, end, "]");
    }
}

/// The argument whose words a template shows; `None` when nobody can know.
fn shown<'t, 'a>(name: &str, plain: &[&'t Argument<'a>]) -> Option<&'t Argument<'a>> {
    match plain {
        [only] => Some(only),
        [first, ..] if FIRST.contains(&name) => Some(first),
        [.., last] if LAST.contains(&name) => Some(last),
        _ => None,
    }
}
