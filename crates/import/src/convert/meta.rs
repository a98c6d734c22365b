//! What a source says about its book, and the `book.toml` that says it again.

use super::style::Choice;
use crate::book::Lang;
use crate::bounds;
use std::fmt::Write;

/// Title, people and the like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub language: Option<String>,
    pub date: Option<String>,
    pub isbn: Option<String>,
    pub description: Option<String>,
    pub rights: Option<String>,
    pub publisher: Option<String>,
    pub publisher_url: Option<String>,
    /// The older edition of which this is one.
    pub source: Option<String>,
    /// Whether a colophon stands behind the text, which is made anew.
    pub has_colophon: bool,
    pub subjects: Vec<String>,
    /// Names, each with the code of a role: `aut`, `edt`, `trl` …
    pub people: Vec<(String, String)>,
    /// The cover's picture, a path of the new book.
    pub cover: Option<String>,
    /// Whether the words are of scripts that the faces of our styles lack.
    pub needs_other_faces: bool,
    /// What was said and has no place in book.toml: key and words.
    pub other: Vec<(String, String)>,
}

impl Meta {
    /// Whether somebody of that name made the book.
    pub(super) fn names(&self, name: &str) -> bool {
        self.people.iter().any(|(known, _)| known == name)
    }

    /// The book's `book.toml`. The lists hold names of files, in order.
    pub(super) fn book_toml(
        &self,
        [front, body, back]: [&[String]; 3],
        style: Choice,
        fallback: &str,
    ) -> String {
        let title = self.title.clone().unwrap_or_else(|| title_of(fallback));
        let mut out = format!("title = {}\n", quoted(&title));
        let mut put = |key: &str, value: &Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {}", quoted(value));
            }
        };
        put("subtitle", &self.subtitle);
        let language = self.language.as_deref().and_then(Lang::parse).unwrap_or(Lang::none());
        let tag = if language.is_none() { "en" } else { language.tag() };
        put("language", &Some(tag.to_owned()));
        put("date", &self.date);
        put("isbn", &self.isbn);
        put("description", &self.description);
        put("rights", &self.rights);
        if !self.subjects.is_empty() {
            let _ = writeln!(out, "subjects = [{}]", list(&self.subjects));
        }
        for (name, role) in &self.people {
            let _ = write!(out, "\n[[contributor]]\nname = {}\nrole = {}\n", quoted(name), quoted(role));
        }
        if let Some(publisher) = &self.publisher {
            let _ = write!(out, "\n[publisher]\nname = {}\n", quoted(publisher));
            if let Some(url) = &self.publisher_url {
                let _ = writeln!(out, "url = {}", quoted(url));
            }
        }
        if let Some(source) = &self.source {
            let _ = write!(out, "\n[source]\ntitle = {}\n", quoted(source));
        }
        let made = ["half-title", "title-page", "imprint", "contents"].map(str::to_owned);
        let all_front: Vec<String> = made.iter().chain(front).cloned().collect();
        let _ = write!(out, "\n[matter]\nfront = [{}]\nbody = [\n", list(&all_front));
        for name in body {
            let _ = writeln!(out, "    {},", quoted(name));
        }
        let colophon = self.has_colophon.then(|| "colophon".to_owned());
        let all_back: Vec<String> = back.iter().cloned().chain(colophon).collect();
        let _ = write!(out, "]\nback = [{}]\n", list(&all_back));
        let _ = write!(out, "\n[style]\nname = {}\n", quoted(style.name));
        // a first build shows the book, and a warning what its faces lack
        out.push_str("text.stand-in = \"□\"\n");
        if self.needs_other_faces {
            // those that are installed set the words, until the book has faces of its own
            out.push_str("text.system-fonts = true\n");
        }
        if let Some(cover) = &self.cover {
            let _ = writeln!(out, "cover.front = {}", quoted(cover));
        }
        out
    }
}

/// The author whom a file names, unless it is the name of a program or of nobody.
pub(super) fn author(name: &str) -> Option<(String, String)> {
    const NOBODY: [&str; 11] = [
        "anonymous",
        "various",
        "python-docx",
        "microsoft office user",
        "windows user",
        "user",
        "unknown",
        "author",
        "admin",
        "administrator",
        "un-named",
    ];
    let name = name.trim();
    let is_somebody = !name.is_empty() && !NOBODY.contains(&name.to_lowercase().as_str());
    is_somebody.then(|| (name.to_owned(), "aut".to_owned()))
}

/// A date as book.toml takes it: a year, with month and day when they stand in figures.
pub(super) fn day(date: &str) -> Option<String> {
    let numbers: Vec<&str> = date.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let year = numbers.iter().find(|n| n.len() == 4 && n.starts_with(['1', '2']))?;
    let is_iso = date.starts_with(*year);
    let in_range = |n: Option<&&str>, most: u32| {
        n.filter(|n| n.len() == 2).and_then(|n| n.parse::<u32>().ok()).filter(|n| (1..=most).contains(n))
    };
    let mut out = (*year).to_owned();
    if let Some(month) = in_range(numbers.get(1), 12).filter(|_| is_iso) {
        let _ = write!(out, "-{month:02}");
        let days = match month {
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if let Some(day) = in_range(numbers.get(2), days) {
            let _ = write!(out, "-{day:02}");
        }
    }
    Some(out)
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

pub(super) fn quoted(text: &str) -> String {
    let text = &text[..text.floor_char_boundary(bounds::FIELD.count())];
    toml::Value::String(text.to_owned()).to_string()
}

/// A title from a name: `my-first_book` becomes `My first book`.
pub(super) fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| "Book".to_owned(), |c| c.to_uppercase().chain(letters).collect())
}
