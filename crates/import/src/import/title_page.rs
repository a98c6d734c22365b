//! What stands before the first chapter of a typed text: the title with who wrote it, a dedication, an epigraph.

use super::author_names::{LONGEST_NAME, is_name};
use super::contents::is_contents;
use super::heading::is_matter;
use super::part_name::{is_capital, is_title_case, names_part};

/// How many lines and characters a title page has at most.
const MOST_LINES: usize = 6;
const LONGEST_LINE: usize = 80;
/// How many characters a dedication has at most.
const LONGEST_DEDICATION: usize = 160;

/// What the first lines of a text say of the book.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TitlePage {
    /// The title.
    pub title: String,
    /// What stands below it.
    pub subtitle: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Whether they say nothing else.
    pub whole: bool,
}

impl TitlePage {
    /// Reads the first lines of a text; `is_author` knows a name from another place. `None` where they begin with no title.
    pub(super) fn read(text: &str, is_author: &dyn Fn(&str) -> bool) -> Option<TitlePage> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let title = *lines.first()?;
        let short = lines.iter().all(|line| line.chars().count() <= LONGEST_LINE);
        let titled = is_capital(title) || is_title_case(title);
        let named = is_matter(title) || is_contents(title) || names_part(title) || kind(title).is_some();
        if !short || lines.len() > MOST_LINES || !titled || named {
            return None;
        }
        let mut page = TitlePage { title: title.to_owned(), whole: true, ..TitlePage::default() };
        let mut by = false;
        for line in &lines[1..] {
            let lower = line.to_lowercase();
            let author = behind_by(line).or_else(|| Some(*line).filter(|line| by || is_author(line)));
            match author {
                _ if is_by(&lower) => by = true,
                Some(name) if page.author.is_none() && is_name(name) => page.author = Some(name.to_owned()),
                _ if page.subtitle.is_none() && is_subtitle(&lower) => {
                    page.subtitle = Some((*line).to_owned());
                }
                _ => page.whole = false,
            }
        }
        Some(page)
    }
}

/// `by` alone.
pub(super) fn is_by(lower: &str) -> bool {
    matches!(lower, "by" | "von" | "par" | "di" | "por")
}

/// The name behind `by` in a line of its own: `by Mary Ashdown`.
pub(super) fn behind_by(line: &str) -> Option<&str> {
    let (word, name) = line.split_once(' ')?;
    (is_by(&word.to_lowercase()) && is_name(name)).then_some(name)
}

/// Whether a line below a title says what kind of book it is: `A Novel`, `or, The Ferry`.
fn is_subtitle(lower: &str) -> bool {
    ["a ", "an ", "or ", "or, ", "being ", "ein ", "eine ", "un ", "une ", "oder ", "ou "]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// Whether a line says who wrote the book: `Copyright 2019 Mary Ashdown`, `by Mary Ashdown`.
pub(super) fn names_author(line: &str, name: &str) -> bool {
    let lower = line.to_lowercase();
    let says = ["copyright", "©", "(c)", "by ", "von ", "par "].iter().any(|word| lower.contains(word));
    says && lower.contains(&name.to_lowercase())
}

/// What a passage before the first chapter is, by how it begins and ends; as the file of the book is called that holds it.
pub(super) fn kind(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let opens = [
        "to ",
        "for ",
        "in memory of ",
        "in loving memory",
        "dedicated to ",
        "für ",
        "meinem ",
        "meiner ",
        "à ",
        "pour ",
    ];
    let business =
        ["copyright", "©", "permission", "information", "rights", "www.", "http", "@", "isbn", "order"];
    let one = !text.trim_end_matches('.').contains(['.', '?', '!', ':'])
        || text.split('.').all(|part| part.len() <= 3);
    if text.chars().count() <= LONGEST_DEDICATION
        && !text.starts_with(char::is_lowercase)
        && opens.iter().any(|word| lower.starts_with(word))
        && !business.iter().any(|word| lower.contains(word))
        && one
    {
        return Some("dedication");
    }
    let quoted = text.starts_with(['“', '"', '„', '«', '‘']);
    let signed = text.rsplit_once(['—', '–']).or_else(|| text.rsplit_once("--")).map(|(_, name)| name.trim());
    (quoted && signed.is_some_and(|name| !name.is_empty() && name.len() <= LONGEST_NAME))
        .then_some("epigraph")
}

/// Whether a line is the heading of a dedication.
pub(super) fn heads_dedication(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ["dedication", "widmung", "dédicace"].contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_pages_are_read() {
        let page = |text: &str| TitlePage::read(text, &|name| name == "Mary Ashdown");
        let read = |text: &str| page(text).map(|p| (p.title, p.subtitle, p.author, p.whole));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read("THE SALT ROAD\nA Novel\nby\nMARY ASHDOWN"),
            Some(("THE SALT ROAD".to_owned(), some("A Novel"), some("MARY ASHDOWN"), true))
        );
        assert_eq!(
            read("The Salt Road\nMary Ashdown"),
            Some(("The Salt Road".to_owned(), None, some("Mary Ashdown"), true))
        );
        assert_eq!(
            read("The Salt Road\nLove Letters"),
            Some(("The Salt Road".to_owned(), None, None, false))
        );
        for text in ["CHAPTER I", "Preface", "The road was long and the night was dark.", "To my sister"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn dedications_and_epigraphs_say_what_they_are() {
        for (text, wanted) in [
            ("For my sister, who read it first", Some("dedication")),
            ("To T.", Some("dedication")),
            ("For information write to the publisher", None),
            ("To the north the road was open. Nobody took it.", None),
            ("“The sea gives nothing back.” —Proverb", Some("epigraph")),
            ("The sea gives nothing back", None),
        ] {
            assert_eq!(kind(text), wanted, "{text}");
        }
    }
}
