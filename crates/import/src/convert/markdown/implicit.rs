//! References to headings by their words alone, `[Introduction]`, as Pandoc has them.

use super::edits::Edits;
use super::mask::close_by;
use crate::convert::layout::Layout;
use crate::convert::tree::relative;
use crate::manuscript::heading_id;
use std::collections::BTreeMap;

/// Where a heading lies: the text, and the place in it.
type Lies = (String, String);

/// Where headings lie.
#[derive(Default)]
pub(super) struct Headings {
    /// By their words in small letters.
    words: BTreeMap<String, Lies>,
    /// Those without an id of their own, by the one that Pandoc makes of their words.
    ids: BTreeMap<String, Lies>,
}

impl Headings {
    /// Those of all texts, by name, in a layout of Pandoc's; in others there are no such references.
    pub(super) fn of<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>, layout: Layout) -> Headings {
        let mut headings = Headings::default();
        if matches!(layout, Layout::Pandoc | Layout::Quarto | Layout::Bookdown) {
            texts.for_each(|(name, text)| headings.take(name, text));
        }
        headings
    }

    /// Where a heading lies that has no id of its own, by the one that Pandoc makes of its words: `markdown-syntax`.
    pub(super) fn by_id(&self, id: &str) -> Option<&Lies> {
        self.ids.get(id)
    }

    /// Takes the headings of a text; the first of the same words counts, as with Pandoc.
    fn take(&mut self, name: &str, text: &str) {
        let lines = Edits::of(text).lines();
        for (index, (at, line)) in lines.iter().enumerate() {
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            let below = lines.get(index + 1).filter(|(below, _)| *below == at + line.len() + 1);
            let is_run = |sign: u8| {
                let signs = below.map_or("", |(_, signs)| signs.trim_end());
                !signs.is_empty() && !line.trim().is_empty() && signs.bytes().all(|b| b == sign)
            };
            let (hashes, words) = match line[hashes..].strip_prefix(' ').filter(|_| (1..=6).contains(&hashes))
            {
                Some(words) => (hashes, words),
                None if is_run(b'=') => (1, *line),
                None if is_run(b'-') && !line.contains('|') => (2, *line),
                None => continue,
            };
            let (words, attributes) = words.split_once('{').unwrap_or((words, ""));
            let words = words.trim_end_matches([' ', '#']).trim();
            let given = attributes.strip_prefix('#').and_then(|id| id.split([' ', '}']).next());
            let place = match given {
                Some(id) => format!("#{id}"),
                None if hashes == 1 => String::new(),
                // what stands between marks of links and code is not known to be words
                None if words.contains(['[', '<', '\\']) => continue,
                None => format!("#{}", heading_id(&words.replace(['*', '`'], ""))),
            };
            if given.is_none() {
                let id = pandoc_id(&words.replace(['*', '`'], ""));
                self.ids.entry(id).or_insert((name.to_owned(), place.clone()));
            }
            self.words.entry(words.to_lowercase()).or_insert((name.to_owned(), place));
        }
    }
}

/// The id that Pandoc makes of the words of a heading (`auto_identifiers`): small letters, white space to hyphens, of the
/// other signs only `_`, `-` and `.`, and nothing before the first letter.
fn pandoc_id(words: &str) -> String {
    let mut id = String::new();
    for c in words.trim().chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_whitespace() && id.ends_with('-') => {}
            c if c.is_whitespace() => id.push('-'),
            c if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') => id.push(c),
            _ => {}
        }
    }
    id.trim_start_matches(|c: char| !c.is_alphabetic()).to_owned()
}

/// Leads such references to their headings.
pub(super) fn implicit(edits: &mut Edits<'_>, headings: &Headings, name: &str) {
    let text = edits.text;
    for at in edits.places("[") {
        let Some(inside) = close_by(&text[at + 1..]).split(']').next() else { continue };
        let end = at + 1 + inside.len() + 1;
        let is_other = text[..at].ends_with(['!', ']', '\\', '^', '['])
            || text.get(end..).is_none_or(|rest| rest.starts_with(['(', '[', ':', '{']));
        let Some((file, place)) = headings.words.get(&inside.to_lowercase()).filter(|_| !is_other) else {
            continue;
        };
        let file = if file == name && !place.is_empty() { String::new() } else { relative(name, file) };
        edits.put(
            end,
            end,
            format!("({}{place})", file.replace(' ', "%20")),
            "references to headings by their words",
        );
    }
}
