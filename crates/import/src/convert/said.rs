//! What settings files and front matter say of a book.

use super::meta::{Meta, day};
use super::settings::Value;
use crate::book::Relator;

/// Keys of front matter and project files that are known, besides those that name people.
const KNOWN: [&str; 20] = [
    "title",
    "subtitle",
    "lang",
    "language",
    "date",
    "isbn",
    "identifier",
    "description",
    "abstract",
    "rights",
    "copyright",
    "publisher",
    "subject",
    "keywords",
    "cover-image",
    "cover",
    "author",
    "editor",
    "creator",
    "contributor",
];

impl Meta {
    /// Takes what a map of metadata says, where nothing is said yet.
    pub(super) fn take(&mut self, map: &Value) {
        let text = |keys: &[&str]| {
            let found = keys.iter().find_map(|key| map.text(key));
            found.map(|words| flat(&plain(words))).filter(|words| !words.is_empty())
        };
        let set = |slot: &mut Option<String>, found: Option<String>| {
            if slot.is_none() {
                *slot = found;
            }
        };
        let of_kind = |kind: &str| {
            let listed = map.list("title").iter().find(|value| value.text("type") == Some(kind));
            listed.and_then(|value| value.text("text")).map(|words| flat(&plain(words)))
        };
        set(&mut self.title, text(&["title", "title.text", "title.main"]).or_else(|| of_kind("main")));
        set(&mut self.subtitle, text(&["subtitle"]).or_else(|| of_kind("subtitle")));
        set(&mut self.language, text(&["lang", "language"]).map(|tag| tag.replace('_', "-")));
        set(&mut self.date, text(&["date"]).and_then(|date| day(&date)));
        let numbers = map.list("identifier").iter().filter_map(number_of_book).next();
        set(&mut self.isbn, text(&["isbn"]).filter(|isbn| digits(isbn) >= 10).or(numbers));
        set(&mut self.description, text(&["description", "abstract"]));
        set(&mut self.rights, text(&["rights", "copyright", "license"]));
        set(&mut self.publisher, text(&["publisher"]));
        if self.subjects.is_empty() {
            let listed = ["subject", "keywords"].iter().flat_map(|key| map.list(key));
            self.subjects =
                listed.filter_map(Value::as_text).map(str::to_owned).filter(|s| !s.is_empty()).collect();
        }
        // Pandoc's lists of creators say the role of each
        for value in map.list("creator").iter().chain(map.list("contributor")) {
            let role =
                value.text("role").and_then(|role| Relator::find(role).or_else(|| Relator::meant(role)));
            let role = role.map_or("aut", Relator::code);
            if let Some(name) =
                name_of(value).filter(|name| self.people.iter().all(|(known, _)| known != name))
            {
                self.people.push((name, role.to_owned()));
            }
        }
        for (keys, role) in [
            (["author", "authors"], "aut"),
            (["editor", "editors"], "edt"),
            (["translator", "translators"], "trl"),
        ] {
            if self.people.iter().all(|(_, known)| known != role) {
                let found = keys.iter().flat_map(|key| map.list(key)).filter_map(name_of);
                self.people.extend(found.map(|name| (name, role.to_owned())));
            }
        }
    }

    /// Keeps keys that have no place in book.toml, for the report.
    pub(super) fn keep_other(&mut self, map: &Value) {
        let Value::Map(entries) = map else { return };
        for (key, value) in entries.iter().filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
            if let Some(words) = value.as_text().filter(|words| !words.is_empty()) {
                self.other.push((key.clone(), flat(words)));
            }
        }
    }
}

/// The name of a person, said as words or as a map.
fn name_of(value: &Value) -> Option<String> {
    let parts = || {
        let given = value.text("given").or_else(|| value.text("name.given"));
        let family = value.text("family").or_else(|| value.text("name.family"))?;
        Some(given.map_or(family.to_owned(), |given| format!("{given} {family}")))
    };
    let name = value.as_text().or_else(|| value.text("name")).or_else(|| value.text("text"));
    name.map(|name| flat(&plain(name))).or_else(parts).filter(|name| !name.is_empty())
}

/// The ISBN that an identifier is, said as words or as a map of its scheme and its text, as Pandoc has it.
fn number_of_book(value: &Value) -> Option<String> {
    let words = value.as_text().or_else(|| value.text("text"))?;
    let says_so = |words: &str| words.to_lowercase().contains("isbn");
    let is_isbn = says_so(words) || value.text("scheme").is_some_and(says_so);
    let number = words.rsplit(':').next().unwrap_or(words);
    let number = number.trim_start_matches(|c: char| !c.is_ascii_digit()).trim();
    (is_isbn && matches!(digits(number), 9 | 10 | 13)).then(|| number.to_owned())
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// Words without marks of Markdown and HTML; of links the words stay.
fn plain(words: &str) -> String {
    let mut unlinked = String::new();
    let mut rest = words;
    while let Some((before, (label, address))) = rest.split_once('[').and_then(|(before, behind)| {
        let (label, behind) = behind.split_once("](")?;
        (!label.contains(['[', ']'])).then_some((before, (label, behind)))
    }) {
        unlinked.push_str(before);
        unlinked.push_str(label);
        rest = address.split_once(')').map_or("", |(_, rest)| rest);
    }
    unlinked.push_str(rest);
    let words = unlinked.as_str();
    let mut out = String::new();
    let mut in_tag = false;
    for c in words.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            '*' | '`' | '\\' => {}
            _ => out.push(c),
        }
    }
    out
}

fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
