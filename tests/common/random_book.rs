//! Books made by chance from every construct of the manuscript format. Each of
//! their words is another, so that whoever reads an edition back can tell which
//! is missing, stands twice, or in another order.

#![allow(dead_code, reason = "each test binary uses other parts")]

use crate::dice::Dice;
use pamphleteer::book::{GeneratedPage, ImageFormat, Lang, Matter};
use pamphleteer::sources::{Entry, ImageFile, Item, Sources};

/// A book, and the words that its author wrote.
pub struct RandomBook {
    pub sources: Sources,
    /// The words of all texts and notes, in the order of the source.
    pub words: Vec<String>,
    /// Those of headings, which an edition repeats.
    pub repeated: Vec<String>,
    /// How many pictures the texts use.
    pub pictures: usize,
}

/// Languages whose letters the built-in faces have.
const LANGUAGES: [&str; 12] = ["en-GB", "en-US", "de", "fr", "it", "es", "pl", "nl", "pt", "la", "sv", "ru"];

/// A picture of 40 by 30 pixels, one grey.
pub fn picture() -> ImageFile {
    ImageFile {
        bytes: include_bytes!("random_book.png")[..].into(),
        format: ImageFormat::Png,
        size: (40, 30),
        pages: 1,
        seconds: 0.0,
        left_out: Vec::new(),
        sha256: String::new(),
    }
}

struct Author<'d> {
    dice: &'d mut Dice,
    text: String,
    words: Vec<String>,
    repeated: Vec<String>,
    /// Notes that are called and not yet written: label and how deep.
    notes: Vec<(String, usize)>,
    /// The notes that this text has called, which it may call again.
    called: Vec<String>,
    labels: usize,
    pictures: usize,
    number: usize,
    heading: bool,
}

/// Makes a book.
pub fn random_book(dice: &mut Dice) -> RandomBook {
    let mut sources = Sources::default();
    sources.meta.title = "Random Book".to_owned();
    sources.meta.language = Lang::parse(dice.pick(&LANGUAGES)).expect("a language");
    let made =
        [GeneratedPage::HalfTitle, GeneratedPage::TitlePage, GeneratedPage::Imprint, GeneratedPage::Contents];
    for page in made.into_iter().filter(|_| dice.roll(3) > 0) {
        sources.matter.push(Entry { matter: Matter::Front, item: Item::Made(page), span: None });
    }
    let mut book = RandomBook { sources, words: Vec::new(), repeated: Vec::new(), pictures: 0 };
    for file in 0..1 + dice.roll(3) {
        let number = book.words.len();
        let mut author = Author {
            dice,
            text: String::new(),
            words: Vec::new(),
            repeated: Vec::new(),
            notes: Vec::new(),
            called: Vec::new(),
            labels: 0,
            pictures: 0,
            number,
            heading: false,
        };
        author.chapter();
        let name = format!("{file:02}.md");
        let item = Item::File(book.sources.map.add(name, author.text));
        book.words.extend(author.words);
        book.repeated.extend(author.repeated);
        book.pictures += author.pictures;
        book.sources.matter.push(Entry { matter: Matter::Body, item, span: None });
    }
    if dice.roll(2) == 0 {
        let item = Item::Made(GeneratedPage::Notes);
        book.sources.matter.push(Entry { matter: Matter::Back, item, span: None });
    }
    book.sources.images.insert("p.png".to_owned(), Ok(picture()));
    book
}

impl Author<'_> {
    fn chapter(&mut self) {
        let classes =
            ["", "", "", "", " {.part}", " {.preface}", " {.appendix}", " {.dedication}", " {.unlisted}"];
        let class = self.dice.pick(&classes).to_owned();
        self.heading_of(1, &class);
        for _ in 0..1 + self.dice.roll(12) {
            self.block("", 0);
        }
        while let Some((label, depth)) = self.notes.pop() {
            self.note(&label, depth);
        }
    }

    fn heading_of(&mut self, level: usize, class: &str) {
        self.text += &format!("{} ", "#".repeat(level));
        self.heading = true;
        let count = 1 + self.dice.roll(6);
        self.sentence(count, 0, false);
        self.heading = false;
        self.text += &format!("{class}\n\n");
    }

    /// A block whose lines begin with `indent`.
    fn block(&mut self, indent: &str, depth: usize) {
        match self.dice.roll(if depth < 3 { 20 } else { 6 }) {
            0..=5 => self.paragraph(indent, depth),
            6 if depth == 0 => {
                let level = 2 + self.dice.roll(3);
                self.heading_of(level, "");
            }
            7 => self.quote(indent, depth),
            8 => self.division(indent, depth, "verse"),
            9 => self.list(indent, depth, "- "),
            10 => self.list(indent, depth, "1. "),
            11 if depth == 0 => self.table(),
            12 => self.code(indent),
            13 if depth == 0 => self.definitions(),
            14 => {
                let class = self.dice.pick(&[
                    "epigraph",
                    "letter",
                    "note-to-reader",
                    "signature",
                    "continued",
                    "dedication",
                ]);
                let class = class.to_owned();
                self.division(indent, depth, &class);
            }
            15 if depth == 0 => self.figure(),
            16 if depth == 0 => self.text += "* * *\n\n",
            17 => {
                self.text += &format!("{indent}<!-- page {} -->\n\n", 10 + self.dice.roll(80));
            }
            _ => self.paragraph(indent, depth),
        }
    }

    fn paragraph(&mut self, indent: &str, depth: usize) {
        self.text += indent;
        let most = if self.dice.roll(4) == 0 { 160 } else { 40 };
        let count = 1 + self.dice.roll(most);
        self.sentence(count, depth, true);
        self.text += "\n\n";
    }

    /// Words with marks of all kinds around them.
    fn sentence(&mut self, count: usize, depth: usize, notes: bool) {
        for n in 0..count {
            if n > 0 {
                self.text.push(' ');
            }
            let word = self.word();
            self.text += &match self.dice.roll(36) {
                0 => format!("*{word}*"),
                1 => format!("**{word}**"),
                2 => format!("`{word}`"),
                3 => format!("[{word}]{{.smallcaps}}"),
                4 => format!("[{word}](https://example.org/a)"),
                5 => format!("“{word}”"),
                6 => format!("‘{word},’"),
                7 => format!("{word} –"),
                8 => format!("~~{word}~~"),
                9 => format!("[{word}]{{lang=fr}}"),
                10 => format!("{word}\u{ad}"),
                11 => format!("({word})"),
                12 => format!("{word}^2^"),
                _ => word,
            };
            if notes && depth < 3 && self.dice.roll(30) == 0 {
                self.labels += 1;
                let label = format!("{}n{}", if self.dice.roll(5) == 0 { "ed:" } else { "" }, self.labels);
                self.text += &format!("[^{label}]");
                if depth == 0 {
                    self.called.push(label.clone());
                }
                self.notes.push((label, depth + 1));
            } else if notes && depth == 0 && !self.called.is_empty() && self.dice.roll(60) == 0 {
                let again = self.dice.roll(self.called.len());
                self.text += &format!("[^{}]", self.called[again]);
            }
            if notes && n + 1 < count && self.dice.roll(60) == 0 {
                self.text += if self.dice.roll(2) == 0 { " \\\n" } else { "\n" };
            }
        }
        self.text.push('.');
    }

    /// A word that no other place of the book has.
    fn word(&mut self) -> String {
        const STARTS: [&str; 12] = ["b", "d", "f", "g", "k", "l", "m", "p", "r", "s", "t", "v"];
        const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
        let mut rest = self.number + 1;
        self.number += 1;
        let mut word = String::new();
        while rest > 0 {
            word += STARTS[rest % 12];
            rest /= 12;
            word += VOWELS[rest % 5];
            rest /= 5;
        }
        // the last letter parts words that run on; longer ones are divided
        word += self.dice.pick(&["n", "ndring", "ntation", "nk", "nliness"]);
        word.push('x');
        if self.dice.roll(40) == 0 {
            word = word.repeat(8);
        }
        let list = if self.heading { &mut self.repeated } else { &mut self.words };
        list.push(word.clone());
        if self.heading {
            // counted, so that numbers go on
            self.words.push(String::new());
        }
        word
    }

    fn quote(&mut self, indent: &str, depth: usize) {
        let inner = format!("{indent}> ");
        self.text += &inner;
        self.sentence(12, depth, true);
        self.text = self.text.trim_end_matches('\n').to_owned();
        self.text += &format!("\n{indent}>\n");
        let count = 1 + self.dice.roll(30);
        self.text += &inner;
        // a line's end within a quotation stays in it
        let before = self.text.len();
        self.sentence(count, depth, true);
        let words = self.text.split_off(before).replace('\n', &format!("\n{inner}"));
        self.text += &words;
        self.text += "\n\n";
    }

    fn division(&mut self, indent: &str, depth: usize, class: &str) {
        self.text += &format!("{indent}::: {class}\n");
        if class == "verse" {
            for line in 0..1 + self.dice.roll(9) {
                let spaces = " ".repeat(self.dice.roll(4));
                self.text += &format!("{indent}{spaces}");
                let count = 1 + self.dice.roll(14);
                self.sentence(count, 3, false);
                self.text.push('\n');
                if line % 4 == 3 {
                    self.text += &format!("{}\n", indent.trim_end());
                }
            }
        } else {
            self.text += indent;
            let count = 1 + self.dice.roll(40);
            self.sentence(count, depth, false);
            self.text += "\n";
        }
        self.text = self.text.trim_end().to_owned();
        self.text += &format!("\n{indent}:::\n\n");
    }

    fn list(&mut self, indent: &str, depth: usize, marker: &str) {
        for _ in 0..1 + self.dice.roll(4) {
            let task = if marker == "- " && self.dice.roll(8) == 0 { "[x] " } else { "" };
            self.text += &format!("{indent}{marker}{task}");
            let count = 1 + self.dice.roll(20);
            self.sentence(count, 3, false);
            self.text += "\n\n";
            if self.dice.roll(4) == 0 {
                let inner = format!("{indent}{}", " ".repeat(marker.len()));
                self.block(&inner, depth + 1);
            }
        }
        // a comment ends the list
        self.text += &format!("{indent}<!-- -->\n\n");
    }

    fn table(&mut self) {
        let columns = 1 + self.dice.roll(4);
        for row in 0..2 + self.dice.roll(12) {
            self.text.push('|');
            for _ in 0..columns {
                self.text.push(' ');
                let count = 1 + self.dice.roll(5);
                self.sentence(count, 1, row > 0);
                self.text += " |";
            }
            self.text = self.text.replace(" \\\n", " ");
            self.text.push('\n');
            if row == 0 {
                self.text += &format!("|{}\n", "---|".repeat(columns));
            }
        }
        self.text.push('\n');
        if self.dice.roll(2) == 0 {
            self.text += "::: caption\n";
            self.sentence(6, 3, false);
            self.text += "\n:::\n\n";
        }
    }

    fn code(&mut self, indent: &str) {
        self.text += &format!("{indent}```\n");
        for _ in 0..1 + self.dice.roll(12) {
            self.text += &format!("{indent}{}", " ".repeat(self.dice.roll(6)));
            for _ in 0..1 + self.dice.roll(14) {
                let word = self.word();
                self.text += &format!("{word} ");
            }
            self.text.push('\n');
        }
        self.text += &format!("{indent}```\n\n");
    }

    fn definitions(&mut self) {
        for _ in 0..1 + self.dice.roll(4) {
            let (term, count) = (self.word(), 1 + self.dice.roll(20));
            self.text += &format!("{term}\n: ");
            self.sentence(count, 3, false);
            self.text += "\n\n";
        }
    }

    fn figure(&mut self) {
        self.pictures += 1;
        self.text += "![A grey ground](p.png)";
        if self.dice.roll(2) == 0 {
            self.text += &format!("{{width={}%}}", 20 + self.dice.roll(80));
        }
        self.text += "\n\n";
        if self.dice.roll(2) == 0 {
            self.text += "::: caption\n";
            let count = 1 + self.dice.roll(20);
            self.sentence(count, 3, false);
            self.text += "\n:::\n\n";
        }
    }

    fn note(&mut self, label: &str, depth: usize) {
        self.text += &format!("[^{label}]: ");
        let count = 1 + self.dice.roll(40);
        self.sentence(count, depth, true);
        self.text += "\n\n";
        while self.dice.roll(4) == 0 {
            self.block("    ", depth + 1);
        }
    }
}
