//! The JSON Schemas of docs/reference before a validator that is not ours: what
//! ships is valid, and what an author may mistype is refused at its key.

use jsonschema::Validator;
use serde_json::Value;
use std::fs;

fn schema(name: &str) -> Validator {
    let text = fs::read_to_string(format!("../docs/reference/{name}.schema.json")).expect("the schema is there");
    let schema: Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{name} is no schema");
    jsonschema::draft202012::new(&schema).expect("it can be compiled")
}

/// A file of TOML as JSON has it; dates are words.
fn json(text: &str) -> Value {
    fn of(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(flag) => Value::from(flag),
            toml::Value::Datetime(date) => Value::from(date.to_string()),
            toml::Value::Array(list) => list.into_iter().map(of).collect(),
            toml::Value::Table(table) => table.into_iter().map(|(key, value)| (key, of(value))).collect(),
        }
    }
    of(toml::Value::Table(text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))))
}

/// Where a schema refuses what.
fn refused(schema: &Validator, text: &str) -> Vec<String> {
    schema.iter_errors(&json(text)).map(|error| error.instance_path().to_string()).collect()
}

#[test]
fn the_styles_that_ship_are_valid() {
    let schema = schema("style");
    for style in ["pamphlet", "novel", "report"] {
        let text = fs::read_to_string(format!("../styles/{style}.toml")).expect("the style is there");
        assert_eq!(refused(&schema, &text), [""; 0], "{style}");
    }
}

#[test]
fn a_style_is_valid_below_style_as_well() {
    let book = schema("book");
    for style in ["pamphlet", "novel", "report"] {
        let text = fs::read_to_string(format!("../styles/{style}.toml")).expect("the style is there");
        let text = text.replace("\n[", "\n[style.");
        assert_eq!(refused(&book, &format!("{BOOK}{text}")), [""; 0], "{style}");
    }
}

#[test]
fn books_are_valid() {
    let schema = schema("book");
    for book in ["manuscript/handbook", "manuscript/pamphlet", "tests/fixtures/look", "tests/fixtures/every-construct"] {
        let text = fs::read_to_string(format!("../{book}/book.toml")).expect("the book is there");
        assert_eq!(refused(&schema, &text), [""; 0], "{book}");
    }
}

const BOOK: &str = "title = \"T\"\nlanguage = \"en\"\nmatter = { body = [\"a.md\"] }\n";

/// Lines that may stand in a book.
const RIGHT: &[&str] = &[
    "[style]\ntext.size = \"10.5pt\"",
    "[style]\ntext.size = \"10,5 pt\"",
    "[style]\ntext.size = \"72pt\"",
    "[style]\ntext.size = \"0.2in\"",
    "[style]\ntext.indent = 0",
    "[style]\ntext.expansion = \"0%\"",
    "[style]\ntext.tracking = \"0.01em\"",
    "[style]\npage.trim = \"A5\"",
    "[style]\npage.trim = \"148 x 210 mm\"",
    "[style]\npage.trim = \"5.5in × 8.5in\"",
    "[style]\nname = \"house\"",
    "[style]\nbooklet.sheet = \"tabloid\"",
    "[style]\nnotes.editor.place = \"book\"",
    "[style]\ntext.fallback = [\"Noto Serif\"]",
    "[style]\ncover.colour = \"#1F3a4d\"",
    "[outputs]\nprinter = \"houses/next-door.toml\"",
    "[outputs]\nformats = [\"epub\", \"png\"]",
    "author = [\"A\", { name = \"B\", sort = \"B\" }]",
    "photographer = \"C\"",
    "date = 2023-01-31",
    "date = 2023",
    "isbn = \"978-0-306-40615-7\"",
    "publisher = \"P\"",
    "series = { name = \"S\", number = 2 }",
    "[words]\nfigure = \"Picture {}\"\nmus = \"Music by\"",
];

/// A wrong line, and the path of the value that is refused.
const WRONG: &[(&str, &str)] = &[
    ("[style]\ntext.size = 16", "/style/text/size"),
    ("[style]\ntext.size = \"16\"", "/style/text/size"),
    ("[style]\ntext.size = \"16px\"", "/style/text/size"),
    ("[style]\ntext.size = \"73pt\"", "/style/text/size"),
    ("[style]\ntext.size = \"3pt\"", "/style/text/size"),
    ("[style]\ntext.size = \"110mm\"", "/style/text/size"),
    ("[style]\ntext.size = \"-11pt\"", "/style/text/size"),
    ("[style]\ntext.expansion = 0.02", "/style/text/expansion"),
    ("[style]\ntext.expansion = \"11%\"", "/style/text/expansion"),
    ("[style]\ntext.tracking = \"1pt\"", "/style/text/tracking"),
    ("[style]\ntext.hyphenate = \"maybe\"", "/style/text/hyphenate"),
    ("[style]\ntext.figures = \"modern\"", "/style/text/figures"),
    ("[style]\ntext.colour = \"red\"", "/style/text"),
    ("[style]\npage.lines = \"many\"", "/style/page/lines"),
    ("[style]\npage.lines = 401", "/style/page/lines"),
    ("[style]\npage.lines = 36.5", "/style/page/lines"),
    ("[style]\npage.trim = \"5.5 x 8.5\"", "/style/page/trim"),
    ("[style]\npage.trim = \"A9\"", "/style/page/trim"),
    ("[style]\npage.trim = \"90in x 90in\"", "/style/page/trim"),
    ("[style]\nheading.align = \"center\"", "/style/heading/align"),
    ("[style]\nheading.drop-cap = -1", "/style/heading/drop-cap"),
    ("[style]\nnotes.place = \"end\"", "/style/notes/place"),
    ("[style]\nnotes.editor.size = \"9pt\"", "/style/notes/editor"),
    ("[style]\ncover.colour = \"blue\"", "/style/cover/colour"),
    ("[style]\nfont = \"Garamond\"", "/style"),
    ("[outputs]\nprinter = \"amazon\"", "/outputs/printer"),
    ("[outputs]\nformats = [\"mobi\"]", "/outputs/formats"),
    ("[outputs]\nstore = \"kdp\"", "/outputs"),
    ("titel = \"T\"", ""),
    ("date = \"soon\"", "/date"),
    ("isbn = \"none\"", "/isbn"),
    ("slug = \"My Book\"", "/slug"),
    ("publisher = { town = \"London\" }", "/publisher"),
    ("subjects = 7", "/subjects"),
    ("[words]\nfigure = \"Picture\"", "/words/figure"),
    ("[words]\ncontent = \"C\"", "/words"),
];

#[test]
fn what_is_right_is_taken() {
    let schema = schema("book");
    for lines in RIGHT {
        assert_eq!(refused(&schema, &format!("{BOOK}{lines}")), [""; 0], "{lines}");
    }
}

#[test]
fn what_is_wrong_is_refused_at_its_key() {
    let schema = schema("book");
    for (lines, path) in WRONG {
        assert_eq!(refused(&schema, &format!("{BOOK}{lines}")), [*path], "{lines}");
    }
}

#[test]
fn what_every_book_needs_is_missed() {
    let schema = schema("book");
    for book in ["", "title = \"T\"\nlanguage = \"en\"", "title = \"\"\nlanguage = \"en\"\nmatter = { body = [\"a.md\"] }",
        "title = \"T\"\nlanguage = \"English\"\nmatter = { body = [\"a.md\"] }",
        "title = \"T\"\nlanguage = \"en\"\nmatter = { body = [] }",
        "title = \"T\"\nlanguage = \"en\"\nmatter = { body = [\"a.txt\"] }",
    ] {
        assert!(!refused(&schema, book).is_empty(), "{book}");
    }
}
