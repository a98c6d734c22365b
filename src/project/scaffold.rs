//! `pamphleteer new`: a small book that builds at once.

use super::door::{MAX_FILE, read};
use super::keys::BookKey;
use super::placeholder::{NAME, PRESS};
use super::write::{Output, WriteFolder};
use crate::diag::Error;
use crate::file_names::{counting_order, slug, text_stem};
use crate::terms::guess;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The first text of a story.
const STORY: &str = "\
# One

\"Write here,\" she said. \"A blank line parts two paragraphs.\"

He looked up. *Emphasis* stands between asterisks.

* * *

Three stars alone on a line are a pause between two scenes.
";

/// The first text of a book of poems.
const POEMS: &str = "\
# The First Poem

::: verse
Between these fences a line is a line,
  and two spaces at its start
  set it further in.

A blank line parts two stanzas.
:::
";

/// The first text of a report.
const REPORT: &str = "\
# Summary

Write here. A note is called like this.[^1]

[^1]: And stands anywhere in the same file.

::: note
What stands between these fences is marked off from the text.
:::

## Figures

| Year | Copies |
|------|-------:|
| 2024 | 1200   |

: What was printed. {#printed}

A link leads to the table: [](#printed).
";

const FIRST: &str = "\
# The First Text

Write here. A blank line parts two paragraphs; *emphasis* stands between
asterisks, and a note is called like this.[^1]

[^1]: And stands anywhere in the same file.

> A passage from elsewhere stands behind angle brackets.

## A heading inside the text

`pamphleteer build` makes every edition into the folder `out`, and
`pamphleteer check` only says what it would find.
";

/// Makes a book in `folder`, which must not hold one yet. Files that are there
/// already stay as they are; their names are returned.
///
/// # Errors
/// When there is a book already, or the machine fails.
pub fn scaffold(folder: &Path, style: &str, waiting: &mut dyn FnMut()) -> Result<Vec<String>, Error> {
    let opened = WriteFolder::open(folder, waiting)?;
    let is_there = |name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
    if is_there("book.toml") {
        let quoted = for_shell(folder);
        let message = format!(
            "{} holds a book already; to make its editions: pamphleteer build {quoted}",
            folder.display()
        );
        return Err(Error::new(message));
    }
    let texts = texts(folder);
    let files = files(folder, style, &texts);
    let (kept, new): (Vec<Output>, Vec<Output>) = files.into_iter().partition(|file| is_there(&file.name));
    opened.commit(&new)?;
    Ok(kept.into_iter().map(|file| file.name).collect())
}

/// The files of a new book. Texts that lie there already are listed in place of
/// a first one.
fn files(folder: &Path, style: &str, texts: &[String]) -> Vec<Output> {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let file = |name: &str, text: &str| Output { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let language = language_of(folder, texts);
    let mut files = vec![file("book.toml", &book_toml(&title_of(&slug(&name)), language, style, texts))];
    if texts.is_empty() {
        files.push(file("01-first.md", first_text(style)));
    }
    files.push(file(".gitignore", "out/\n"));
    files
}

fn first_text(style: &str) -> &'static str {
    match style {
        "novel" | "thriller" | "literary" | "memoir" | "large-print" => STORY,
        "poetry" => POEMS,
        "report" | "textbook" => REPORT,
        _ => FIRST,
    }
}

/// book.toml with what every book needs, and the keys that most want next, each
/// with what it means.
fn book_toml(title: &str, language: &str, style: &str, texts: &[String]) -> String {
    let place = |name: &String| {
        let bare = name
            .rsplit('/')
            .next()
            .unwrap_or(name)
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | ' '))
            .to_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
        if is(&["dedication", "epigraph", "foreword", "preface"]) {
            0
        } else if is(&["appendix", "afterword", "glossary", "bibliography", "acknowledg", "index"]) {
            2
        } else {
            1
        }
    };
    let list = |generated: &[&str], at: usize| {
        let own = texts.iter().filter(|name| place(name) == at).map(String::as_str);
        let all: Vec<String> = generated.iter().copied().chain(own).map(|name| format!("{name:?}")).collect();
        all.join(", ")
    };
    let body = if texts.is_empty() { "\"01-first.md\"".to_owned() } else { list(&[], 1) };
    let mut keys = String::new();
    for name in ["subtitle", "date", "isbn", "description", "rights"] {
        if let Some(key) = BookKey::find("", name) {
            let _ = writeln!(keys, "# {name} = {}  # {}", key.example, key.meaning);
        }
    }
    let back = [list(&[], 2), "\"colophon\"".to_owned()].into_iter().filter(|list| !list.is_empty());
    let back = back.collect::<Vec<_>>().join(", ");
    format!(
        "title = \"{title}\"\nlanguage = \"{language}\"\n{keys}\n[[contributor]]\nname = \"{NAME}\"\nrole = \"aut\"\n\n\
         [publisher]\nname = \"{PRESS}\"\n\n[matter]\n\
         front = [{}]\nbody = [{body}]\nback = [{back}]\n\n\
         # `pamphleteer keys` lists every key of a style, `pamphleteer styles` every style.\n\
         [style]\nname = \"{style}\"\n",
        list(&["half-title", "title-page", "imprint", "contents"], 0),
    )
}

/// Folders of what is about a book and no part of it.
const ASIDE: [&str; 12] = [
    "out",
    "notes",
    "research",
    "characters",
    "templates",
    "archive",
    "archived",
    "trash",
    "attachments",
    "assets",
    "node_modules",
    "target",
];
/// Files of what is about a book and no part of it, without their ending.
const ABOUT: [&str; 8] =
    ["readme", "license", "licence", "changelog", "contributing", "notes", "todo", "code_of_conduct"];
/// Texts lie so deep in folders at most: parts, chapters, scenes.
const DEPTH: usize = 3;
/// Lists of texts and settings by which the book of another tool is known.
const OF_OTHERS: [(&str, &str); 10] = [
    ("_quarto.yml", "Quarto"),
    ("_bookdown.yml", "bookdown"),
    ("SUMMARY.md", "mdBook or GitBook"),
    ("src/SUMMARY.md", "mdBook"),
    ("mkdocs.yml", "MkDocs"),
    ("Book.txt", "Leanpub"),
    ("manuscript/Book.txt", "Leanpub"),
    ("config/book.yml", "Softcover"),
    ("_config.yml", "Jekyll"),
    (".obsidian", "Obsidian"),
];

/// The tool that a folder's texts were written for, where one of its files tells it.
#[must_use]
pub fn tool_of(folder: &Path) -> Option<&'static str> {
    OF_OTHERS.iter().find(|(name, _)| folder.join(name).exists()).map(|(_, tool)| *tool)
}

/// The texts that lie in the folder already and in those within it, in their order: figures count as numbers. What is
/// about a book and no part of it is left out, and so is a book of its own.
fn texts(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    texts_below(folder, "", DEPTH, &mut found);
    found
}

fn texts_below(folder: &Path, inside: &str, depth: usize, found: &mut Vec<String>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = |entry: fs::DirEntry| {
        let kind = entry.file_type().ok()?;
        let is_file = if kind.is_symlink() { entry.path().is_file() } else { kind.is_file() };
        Some((entry.file_name().into_string().ok()?, is_file)).filter(|_| is_file || kind.is_dir())
    };
    let mut names: Vec<(String, bool)> = entries.filter_map(named).collect();
    names.sort_by_key(|(name, _)| counting_order(name));
    for (name, is_file) in names {
        let path = format!("{inside}{name}");
        let small = name.to_lowercase();
        if is_file {
            if is_text_of_a_book(&name) {
                found.push(path);
            }
        } else if depth > 0 && !name.starts_with(['.', '_']) && !ASIDE.contains(&small.as_str()) {
            let below = folder.join(&name);
            if fs::symlink_metadata(below.join("book.toml")).is_err() {
                texts_below(&below, &format!("{path}/"), depth - 1, found);
            }
        }
    }
}

/// Whether a file of this name is a text of a book: not one about it, and not one that is hidden.
#[must_use]
pub fn is_text_of_a_book(name: &str) -> bool {
    let stem = text_stem(name).unwrap_or("");
    let is_about = ABOUT.contains(&stem.to_lowercase().as_str()) || name == "SUMMARY.md";
    !stem.is_empty() && !stem.starts_with('.') && !is_about
}

/// The language that the texts are in, as far as their words tell it.
fn language_of(folder: &Path, texts: &[String]) -> &'static str {
    let words = |name: &String| {
        let bytes = read(&folder.join(name), MAX_FILE).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let words: Vec<String> = texts.iter().take(LOOKED_INTO).map(words).collect();
    // most people who write in English and say no more are not asked which
    guess(words.iter().map(String::as_str)).filter(|language| *language != "en").unwrap_or("en-GB")
}

/// So many texts are looked into for their language.
const LOOKED_INTO: usize = 12;

/// A path as a shell takes it for one word, on Unix and on Windows: as it is, or
/// between quotation marks where it holds anything that a shell reads.
#[must_use]
pub fn for_shell(path: &Path) -> String {
    // what begins with a hyphen would be an option
    let here =
        if path.to_string_lossy().starts_with('-') { Path::new(".").join(path) } else { path.to_owned() };
    let path = here.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "/\\._-+:@%,=~".contains(c);
    if !path.is_empty() && path.chars().all(plain) && !path.starts_with('~') {
        return path.into_owned();
    }
    if cfg!(windows) { format!("\"{path}\"") } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// A title from a folder's name: `my-first-book` becomes `My First Book`.
fn title_of(slug: &str) -> String {
    let words = slug.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_folders_are_listed_among_those_beside_them() {
        let folder = std::env::temp_dir().join(format!("pamphleteer-scaffold-{}", std::process::id()));
        for name in ["2 later", "1 first", "1 first/deep", "out", ".git", "Notes", "3 other"] {
            fs::create_dir_all(folder.join(name)).expect("a folder for temporary files is there");
            for text in ["10.md", "9.md", "README.md"] {
                fs::write(folder.join(name).join(text), "# Eins\n").expect("the folder was made");
            }
        }
        fs::write(folder.join("3 other/book.toml"), "").expect("the folder was made");
        let deep = ["1 first/9.md", "1 first/10.md", "1 first/deep/9.md", "1 first/deep/10.md"];
        let later = ["2 later/9.md", "2 later/10.md"];
        assert_eq!(texts(&folder), [&deep[..], &later[..]].concat());
        assert_eq!((tool_of(&folder), language_of(&folder, &texts(&folder))), (None, "en-GB"));
        let german = "Er ist nicht mit der Frau und den Kindern zu dem Haus auf die Insel. ".repeat(20);
        fs::write(folder.join("1 first.md"), german).expect("the folder was made");
        fs::write(folder.join("4.md"), "# Four\n").expect("the folder was made");
        fs::write(folder.join("SUMMARY.md"), "# Summary\n").expect("the folder was made");
        let all = texts(&folder);
        assert_eq!(all, [&deep[..], &["1 first.md"], &later[..], &["4.md"]].concat());
        assert_eq!((tool_of(&folder), language_of(&folder, &all)), (Some("mdBook or GitBook"), "de"));
        fs::remove_dir_all(&folder).expect("the folder was made");
    }

    #[test]
    #[cfg(unix)]
    fn paths_are_quoted_for_the_shell() {
        for (path, quoted) in [
            ("books/my-book", "books/my-book"),
            ("Ä/б", "Ä/б"),
            ("My Second Novel!", "'My Second Novel!'"),
            ("Joan's", "'Joan'\\''s'"),
            ("$HOME", "'$HOME'"),
            ("-first", "./-first"),
            ("", "''"),
        ] {
            assert_eq!(for_shell(Path::new(path)), quoted);
        }
    }
}
