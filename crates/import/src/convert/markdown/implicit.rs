//! References to headings by their words alone, `[Introduction]`, as Pandoc has them.

use super::edits::Edits;
use super::mask::close_by;
use crate::convert::layout::Layout;
use crate::convert::tree::relative;
use std::collections::BTreeMap;

/// Where headings lie: the text and the place in it, by their words in small letters, and by the id that Pandoc makes
/// of these.
#[derive(Default)]
pub(super) struct Headings(BTreeMap<String, (String, String)>);

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
    pub(super) fn by_id(&self, id: &str) -> Option<&(String, String)> {
        let by_words = || self.0.get(&id.replace('-', " "));
        self.0.get(id).or_else(by_words).filter(|(_, place)| place.is_empty() || place[1..] == *id)
    }

    /// Takes the headings of a text; the first of the same words counts, as with Pandoc.
    fn take(&mut self, name: &str, text: &str) {
        for (_, line) in Edits::of(text).lines() {
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            let Some(words) = line[hashes..].strip_prefix(' ').filter(|_| (1..=6).contains(&hashes)) else {
                continue;
            };
            let (words, attributes) = words.split_once('{').unwrap_or((words, ""));
            let words = words.trim_end_matches([' ', '#']).trim().to_lowercase();
            // of other words it would not be known how their place is called
            let is_plain = words.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
            let given = attributes.strip_prefix('#').and_then(|id| id.split([' ', '}']).next());
            let place = match given {
                Some(id) => format!("#{id}"),
                None if hashes == 1 => String::new(),
                None if is_plain => format!("#{}", words.replace(' ', "-")),
                None => continue,
            };
            self.0.entry(words).or_insert((name.to_owned(), place));
        }
    }
}

/// Leads such references to their headings.
pub(super) fn implicit(edits: &mut Edits<'_>, headings: &Headings, name: &str) {
    let text = edits.text;
    for at in edits.places("[") {
        let Some(inside) = close_by(&text[at + 1..]).split(']').next() else { continue };
        let end = at + 1 + inside.len() + 1;
        let is_other = text[..at].ends_with(['!', ']', '\\', '^', '['])
            || text.get(end..).is_none_or(|rest| rest.starts_with(['(', '[', ':', '{']));
        let Some((file, place)) = headings.0.get(&inside.to_lowercase()).filter(|_| !is_other) else {
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
