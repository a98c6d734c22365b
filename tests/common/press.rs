//! A press with many books: folders that a catalogue lists, the same for the same
//! numbers, some with notes, pictures and tables, and some broken.

#![allow(dead_code, reason = "each test binary uses other parts")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use crate::dice::Dice;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How large a press is.
#[derive(Clone, Copy)]
pub struct Press {
    /// How many books it has.
    pub books: usize,
    /// How many words each has, about.
    pub words: usize,
    /// How many of them are broken: they call a note that is not there.
    pub broken: usize,
}

/// A picture of 40 by 30 pixels, one grey.
const PICTURE: &[u8] = include_bytes!("random_book.png");
const NOUNS: [&str; 16] = [
    "harbour", "ledger", "winter", "printer", "letter", "orchard", "lantern", "river", "margin", "copper",
    "sparrow", "station", "garden", "paper", "signal", "bridge",
];
const VERBS: [&str; 8] = ["kept", "left", "found", "followed", "remembered", "crossed", "sold", "mended"];
const LITTLE: [&str; 8] = ["the", "a", "her", "every", "no", "that", "their", "one"];

impl Press {
    /// Writes the catalogue and its books into a folder.
    pub fn write(self, folder: &Path) {
        fs::create_dir_all(folder.join("house/styles")).unwrap();
        let style = "text.size = \"10.5pt\"\npage.trim = \"5in x 8in\"\n";
        fs::write(folder.join("house/styles/house.toml"), style).unwrap();
        let catalogue = "books = [\"books/*\"]\nout = \"dist\"\nstyles = \"house/styles\"\n\n\
            [defaults]\npublisher = \"House Press\"\nstyle = \"house\"\noutputs.formats = [\"epub\", \"pdf\"]\n\n\
            [[book]]\nfolder = \"books/0001\"\nsubtitle = \"A Second Title\"\n";
        fs::write(folder.join("catalogue.toml"), catalogue).unwrap();
        for number in 0..self.books {
            self.book(&folder.join(format!("books/{number:04}")), number);
        }
    }

    /// Every book whose number this is of a multiple is broken.
    pub fn is_broken(self, number: usize) -> bool {
        self.broken > 0 && number % (self.books / self.broken).max(1) == 2
    }

    fn book(self, folder: &Path, number: usize) {
        let mut dice = Dice((number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        fs::create_dir_all(folder).unwrap();
        let chapters = 1 + dice.roll(6);
        let names: Vec<String> = (0..chapters).map(|chapter| format!("\"{chapter:02}.md\"")).collect();
        let title = format!("The {} of {}", capital(dice.pick(&NOUNS)), capital(dice.pick(&NOUNS)));
        let toml = format!(
            "title = \"{title}\"\nlanguage = \"en-GB\"\nslug = \"book-{number:04}\"\nauthor = \"Author {number}\"\n\n\
             [matter]\nfront = [\"title-page\", \"contents\"]\nbody = [{}]\n",
            names.join(", ")
        );
        fs::write(folder.join("book.toml"), toml).unwrap();
        for chapter in 0..chapters {
            let mut text = self.chapter(&mut dice, self.words / chapters);
            if chapter == 0 && self.is_broken(number) {
                text += "\nThis calls a note that is not there.[^absent]\n";
            }
            if chapter == 0 && number.is_multiple_of(5) {
                text += "\n![A grey field](grey.png)\n";
                fs::write(folder.join("grey.png"), PICTURE).unwrap();
            }
            fs::write(folder.join(format!("{chapter:02}.md")), text).unwrap();
        }
    }

    fn chapter(self, dice: &mut Dice, words: usize) -> String {
        let mut text = format!("# {} and {}\n", capital(dice.pick(&NOUNS)), capital(dice.pick(&NOUNS)));
        let (mut count, mut notes) = (0, String::new());
        while count < words.max(20) {
            text.push('\n');
            for _ in 0..3 + dice.roll(6) {
                let (first, second) = (dice.pick(&NOUNS), dice.pick(&NOUNS));
                let (verb, little) = (dice.pick(&VERBS), dice.pick(&LITTLE));
                let _ = writeln!(
                    text,
                    "{} {first} {verb} {little} {second}, and it was {} still.",
                    capital(little),
                    dice.pick(&LITTLE)
                );
                count += 10;
            }
            if dice.roll(8) == 0 {
                let label = count;
                let _ = writeln!(text, "It is told elsewhere.[^n{label}]");
                let _ = writeln!(
                    notes,
                    "\n[^n{label}]: In the *{}*, page {}.",
                    dice.pick(&NOUNS),
                    1 + dice.roll(400)
                );
            }
        }
        text + &notes
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
