//! Every key of book.toml outside of `[style]`: what it wants and what it means.
//!
//! The readers in this module take the keys; this table says about them what
//! authors and editors need to know. docs/reference, the handbook's appendix,
//! `pamphleteer keys` and the JSON Schema are made from it, and a test holds it
//! against what the readers ask for.

use super::format::Format;
use crate::book::GeneratedPage;
use crate::terms;

/// A key of book.toml.
#[derive(Clone, Copy, Debug)]
pub struct BookKey {
    /// The table: `publisher`, or empty for the top of the file.
    pub table: &'static str,
    /// The key in it.
    pub name: &'static str,
    /// What stands behind it.
    pub kind: BookValue,
    /// Whether the table cannot do without it.
    pub required: bool,
    /// A value, as it is written.
    pub example: &'static str,
    /// What it says.
    pub meaning: &'static str,
}

impl BookKey {
    /// The key with its table: `publisher.name`.
    #[must_use]
    pub fn path(&self) -> String {
        if self.table.is_empty() { self.name.to_owned() } else { format!("{}.{}", self.table, self.name) }
    }
}

/// What may stand behind a key of book.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookValue {
    /// Words.
    Text,
    /// Words or a number.
    TextOrNumber,
    /// A list of words; words alone are a list of one.
    Texts,
    /// A BCP 47 tag.
    Language,
    /// A year, a month or a day.
    Date,
    /// Small letters, digits and hyphens.
    Slug,
    /// Ten or thirteen figures.
    Isbn,
    /// Ten or thirteen figures, or a table of that name.
    Isbns,
    /// An address of the web.
    Address,
    /// A name, a table of that name, or a list of either.
    People,
    /// A name, or a table of that name.
    Named,
    /// A table of that name.
    Table,
    /// Texts and generated pages, in their order.
    Matter,
    /// Formats that are made.
    Formats,
    /// A printer, or a file with its demands.
    Printer,
    /// `true` or `false`.
    Flag,
    /// `"join"` or `"keep"`.
    LineEnds,
    /// `"en"` or `"em"`.
    DoubleHyphen,
}

impl BookValue {
    /// What is wanted, in the author's words.
    #[must_use]
    pub fn wanted(self) -> &'static str {
        match self {
            BookValue::Text => "words in quotation marks",
            BookValue::TextOrNumber => "words or a number",
            BookValue::Texts => "a list of words, such as [\"one\", \"two\"]",
            BookValue::Language => "a BCP 47 tag, such as \"en-GB\", \"fr\" or \"ru\"",
            BookValue::Date => "a date: 2023, \"2023-01\" or 2023-01-31",
            BookValue::Slug => "small letters, digits and hyphens",
            BookValue::Isbn => "an ISBN of thirteen or ten figures",
            BookValue::Isbns => "an ISBN of thirteen or ten figures, or a table",
            BookValue::Address => "an address that begins with https://",
            BookValue::People => "a name, a table, or a list of either",
            BookValue::Named => "a name, or a table",
            BookValue::Table => "a table",
            BookValue::Matter => "a list of files ending in .md and of generated pages",
            BookValue::Formats => "a list of formats",
            BookValue::Printer => "the name of a printer, or a file with its demands",
            BookValue::Flag => "`true` or `false`",
            BookValue::LineEnds => "`\"join\"` or `\"keep\"`",
            BookValue::DoubleHyphen => "`\"en\"` or `\"em\"`",
        }
    }

    /// The words that may stand there besides files; empty where any may.
    #[must_use]
    pub fn words(self) -> Vec<&'static str> {
        match self {
            BookValue::Matter => GeneratedPage::ALL.iter().map(|(_, name)| *name).collect(),
            BookValue::Formats => Format::ALL.iter().map(|(_, name)| *name).collect(),
            BookValue::LineEnds => vec!["join", "keep"],
            BookValue::DoubleHyphen => vec!["en", "em"],
            _ => Vec::new(),
        }
    }
}

/// Other names that are taken for a key, by table: the name, and the key.
pub const OTHER_KEYS: &[(&str, &str, &str)] = &[
    ("", "authors", "author"),
    ("", "contributors", "contributor"),
    ("", "editors", "editor"),
    ("", "illustrators", "illustrator"),
    ("", "lang", "language"),
    ("", "translators", "translator"),
    ("outputs", "format", "formats"),
];

/// What each table is about.
pub const TABLES: &[(&str, &str)] = &[
    ("", "At the top, above the first line in brackets."),
    ("contributor", "Somebody who helped; one table `[[contributor]]` for each."),
    ("isbn", "The ISBN of each edition, where they have one each."),
    ("publisher", "Who publishes the book."),
    ("series", "The series that the book belongs to."),
    ("source", "The older edition that is being reissued."),
    ("matter", "The reading order."),
    ("markdown", "What marks mean that mean several things elsewhere."),
    ("text", "How the lines and signs of the texts are read."),
    ("outputs", "What is made when nobody says."),
];

macro_rules! keys {
    ($($table:literal { $($name:literal $kind:ident $($required:ident)?: $example:literal, $meaning:literal;)* })*) => {
        /// Every key of book.toml outside of `[style]` and `[words]`, in the order of the manual.
        pub const BOOK_KEYS: &[BookKey] = &[$($(BookKey {
            table: $table,
            name: $name,
            kind: BookValue::$kind,
            required: required!($($required)?),
            example: $example,
            meaning: $meaning,
        },)*)*];
    };
}

macro_rules! required {
    () => {
        false
    };
    (required) => {
        true
    };
}

keys! {
    "" {
        "title" Text required: "\"On the Question of Margins\"", "What the book is called.";
        "subtitle" Text: "\"A pamphlet\"", "What stands below the title.";
        "short-title" Text: "\"Margins\"", "A shorter title for running heads.";
        "language" Language required: "\"en-GB\"", "The language of the text. It decides hyphenation, quotation marks and the words that the tool adds.";
        "author" People: "\"Joan Ferry\"", "Who wrote it. `editor`, `translator`, `illustrator`, `photographer` and other trades are keys of the same form.";
        "editor" People: "\"Bo Hill\"", "Who edited it.";
        "translator" People: "\"Bo Hill\"", "Who translated it.";
        "illustrator" People: "\"Bo Hill\"", "Who drew the pictures.";
        "contributor" People: "[{ name = \"Bo Hill\", role = \"foreword\" }]", "Whoever else helped, with a role; usually tables `[[contributor]]`.";
        "date" Date: "2023-01-31", "When this edition is published, as exactly as it is known. It is never taken from the clock.";
        "identifier" Text: "\"https://doi.org/10.1000/182\"", "What identifies the book: an ISBN, a DOI, an address, a UUID. Without it one is derived that stays the same.";
        "isbn" Isbns: "\"978-0-00-000000-2\"", "The ISBN; the bar code is made from it. A table `[isbn]` gives the printed book and the ebook one each.";
        "description" Text: "\"A short book about white paper.\"", "One sentence for shops and catalogues.";
        "blurb" Text: "\"A few lines for the back of the cover.\"", "The words on the back cover; without them the description.";
        "front-flap" Text: "\"What the book is about.\"", "The words on the front flap of a jacket, where the printer's cover has one.";
        "back-flap" Text: "\"Joan Ferry keeps a printing shop.\"", "The words on its back flap: who the author is, as a rule.";
        "subjects" Texts: "[\"Typography\", \"Book design\"]", "Keywords for shops and catalogues.";
        "rights" Text: "\"© 2023 Joan Ferry\"", "Whose the book is; it stands in the imprint.";
        "publisher" Named: "\"Example Press\"", "Who publishes it: a name, or a table `[publisher]`.";
        "series" Named: "{ name = \"Pamphlets\", number = 2 }", "The series: a name, or a name and a number.";
        "source" Table: "{ title = \"The Older Edition\", date = 1923 }", "The older edition, as a table `[source]`.";
        "slug" Slug: "\"margins\"", "What the files are called; without it they are called after the title.";
        "certified-by" Text: "\"An assessor\"", "Who certifies that the ebook is accessible.";
        "words" Table: "{ contents = \"What is in it\" }", "Your own words for those that the tool adds, as a table `[words]`.";
        "matter" Table required: "{ body = [\"01-first.md\"] }", "The reading order, as a table `[matter]`.";
        "style" Table: "{ name = \"novel\", text.size = \"10.5pt\" }", "How the book looks, as a table `[style]`: `name` says which style, every other key overrules it.";
        "markdown" Table: "{ captions = false }", "What some marks mean, as a table `[markdown]`.";
        "text" Table: "{ line-ends = \"keep\" }", "How lines and signs are read, as a table `[text]`.";
        "outputs" Table: "{ formats = [\"epub\", \"print\"] }", "What is made, as a table `[outputs]`.";
    }
    "contributor" {
        "name" Text required: "\"Bo Hill\"", "The name as it is printed.";
        "sort" Text: "\"Hill, Bo\"", "The name as it is filed; without it the last word comes first.";
        "role" Texts: "\"translator\"", "What they did, as the name of the trade or a MARC code; without it, they wrote the book.";
    }
    "isbn" {
        "print" Isbn: "\"978-0-00-000000-2\"", "That of the printed book: it stands in the bar code and in the imprint.";
        "ebook" Isbn: "\"978-0-00-000001-9\"", "That of the EPUB: it identifies the ebook, and stands in the imprint.";
    }
    "publisher" {
        "name" Text required: "\"Example Press\"", "The name.";
        "place" Text: "\"London\"", "Where it is.";
        "url" Address: "\"https://example.org\"", "Its address on the web.";
    }
    "series" {
        "name" Text required: "\"Pamphlets\"", "The name.";
        "number" TextOrNumber: "2", "Which volume of it this is.";
    }
    "source" {
        "title" Text required: "\"The Older Edition\"", "Its title.";
        "date" Date: "1923", "When it came out.";
    }
    "matter" {
        "front" Matter: "[\"half-title\", \"title-page\", \"imprint\", \"contents\", \"preface.md\"]", "What comes before the text; its pages have Roman numerals.";
        "body" Matter required: "[\"01-first.md\", \"02-last.md\"]", "The texts.";
        "back" Matter: "[\"appendix.md\", \"notes\", \"colophon\"]", "What comes after them.";
    }
    "markdown" {
        "captions" Flag: "false", "Whether the brackets of a picture that stands alone hold its caption, as with Pandoc, where no title in quotation marks follows. With `false` they describe it.";
        "autolinks" Flag: "false", "Whether bare addresses of the web and of mail become links.";
    }
    "text" {
        "line-ends" LineEnds: "\"keep\"", "Whether the end of a line within a paragraph is one in the book: `keep`, or `join` as Markdown has it.";
        "double-hyphen" DoubleHyphen: "\"em\"", "Which dash two hyphens are: `en`, or `em`, which they are by themselves in English where they touch a word on each side.";
    }
    "outputs" {
        "formats" Formats: "[\"epub\", \"pdf\", \"print\", \"cover\"]", "What `build` makes; without it all but `home` and `png`.";
        "printer" Printer: "\"kdp\"", "Who prints the book: a printer that the tool knows, or a file with a printer's demands.";
    }
}

impl BookKey {
    /// The key of that table and name.
    #[must_use]
    pub fn find(table: &str, name: &str) -> Option<&'static BookKey> {
        BOOK_KEYS.iter().find(|key| key.table == table && key.name == name)
    }
}

/// The keys of `[words]`, with what the words of each must hold.
pub fn word_keys() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    terms::keys().map(|key| (key, terms::placeholders(key)))
}
