//! A manuscript as a press needs it: blocks of words, with the calls of notes.

use crate::dice::Dice;
use std::path::{Path, PathBuf};

/// A word as it is printed, with the signs around it.
#[derive(Clone, Debug, Default)]
pub struct Word {
    pub text: String,
    pub italic: bool,
    pub note: Option<usize>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A title; those of the first rank stand in the contents.
    Heading(u8),
    Paragraph,
    Quote,
    /// A stanza: `ends` are the line ends.
    Verse,
    /// A picture with its caption.
    Picture,
    /// A table; `ends` are the ends of its rows, and each word is a cell.
    Table,
    /// A line that stands alone: the date of a letter, a signature, the end.
    Line,
    /// An index; `ends` are the ends of its entries.
    Index,
}

#[derive(Clone, Debug)]
pub struct Block {
    pub kind: Kind,
    pub words: Vec<Word>,
    pub ends: Vec<usize>,
}

#[derive(Clone, Debug, Default)]
pub struct Book {
    pub title: String,
    pub author: String,
    pub blocks: Vec<Block>,
    pub notes: Vec<Vec<Word>>,
}

/// The Markdown files of a book's folder in the order of their names, preface and introduction first.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut found: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e == "md"));
    let rank = |p: &Path| {
        let name = p.file_stem().unwrap().to_string_lossy().into_owned();
        let front = name.starts_with("preface") || name.starts_with("introduction");
        (!front, name)
    };
    found.sort_by_key(|p| rank(p));
    found.retain(|p| {
        let name = p.file_stem().unwrap().to_string_lossy().into_owned();
        !["frontispiece", "epigraph", "imprint", "dedication", "colophon"].contains(&name.as_str())
    });
    found
}

impl Book {
    /// Reads so many words of a book's folder, from a text that the dice choose.
    pub fn read(folder: &Path, words: usize, dice: &mut Dice) -> Book {
        let toml = std::fs::read_to_string(folder.join("book.toml")).unwrap_or_default();
        let value = |key: &str| {
            let line = toml.lines().find(|l| l.starts_with(key)).unwrap_or("");
            line.split('"').nth(1).unwrap_or("").to_owned()
        };
        let mut book = Book { title: value("title"), author: value("name"), ..Book::default() };
        let files = texts(folder);
        let from = dice.roll((files.len() / 2).max(1));
        for file in &files[from..] {
            if book.blocks.iter().map(|b| b.words.len()).sum::<usize>() >= words {
                break;
            }
            book.text(&std::fs::read_to_string(file).unwrap(), dice);
        }
        if !book.blocks.iter().any(|b| b.kind == Kind::Heading(1)) {
            // a list without a title gives no page a number
            let words = self::words("The Narrative", &mut |_| None);
            book.blocks.insert(0, Block { kind: Kind::Heading(1), words, ends: Vec::new() });
        }
        book
    }

    fn text(&mut self, markdown: &str, dice: &mut Dice) {
        let mut labels: Vec<(String, usize)> = Vec::new();
        let mut verse: Option<Block> = None;
        for part in markdown.split("\n\n") {
            let part = part.trim_matches('\n');
            if let Some((label, text)) = part.strip_prefix("[^").and_then(|p| p.split_once("]:")) {
                if let Some((_, index)) = labels.iter().find(|l| l.0 == label) {
                    self.notes[*index] = words(text.trim(), &mut |_| None);
                }
                continue;
            }
            if part.starts_with("::: verse") || verse.is_some() {
                let block =
                    verse.get_or_insert(Block { kind: Kind::Verse, words: Vec::new(), ends: Vec::new() });
                for line in part.lines().filter(|l| !l.trim_start().starts_with(":::")) {
                    block.words.extend(words(line, &mut |_| None));
                    block.ends.push(block.words.len());
                }
                if part.lines().any(|l| l.trim() == ":::") {
                    let block = verse.take().unwrap();
                    self.blocks.extend(Some(block).filter(|b| !b.words.is_empty()));
                }
                continue;
            }
            let skipped = ["|", "![", ":::", "<", "```", "    ", "* * *", "1. ", "- ", "* "];
            if part.is_empty() || skipped.iter().any(|s| part.starts_with(s)) {
                continue;
            }
            let depth = part.bytes().take_while(|b| *b == b'#').count() as u8;
            let (kind, body) = match depth {
                0 if part.starts_with('>') => (Kind::Quote, part.replace("\n> ", "\n").replace("> ", "")),
                0 => (Kind::Paragraph, part.to_owned()),
                depth => (Kind::Heading(depth.min(2)), part[usize::from(depth)..].trim().to_owned()),
            };
            let notes = &mut self.notes;
            let mut call = |label: &str| {
                notes.push(Vec::new());
                labels.push((label.to_owned(), notes.len() - 1));
                Some(notes.len() - 1)
            };
            let body = without_links(body.split(" {#").next().unwrap_or(""));
            let mut words = words(&body, &mut call);
            if words.is_empty() {
                continue;
            }
            if depth > 0 && words.len() > LONGEST_TITLE {
                // what stands behind the stop says what is in the chapter
                let stop =
                    words[3..LONGEST_TITLE].iter().position(|w| w.text.ends_with(['.', ':', ';', '—']));
                words.truncate(stop.map_or(LONGEST_TITLE, |n| n + 4));
                if let Some(last) = words.last_mut() {
                    last.text = last.text.trim_end_matches([',', ';', ':', '—']).to_owned();
                }
            }
            self.blocks.push(Block { kind, words, ends: Vec::new() });
        }
        let _ = dice;
        for note in &mut self.notes {
            if note.is_empty() {
                *note = words("See the note above.", &mut |_| None);
            }
        }
    }

    /// Adds what old books have: notes by chance, pictures, tables, titles within texts.
    pub fn adorn(&mut self, dice: &mut Dice, notes: bool) {
        let mut sentences: Vec<String> = Vec::new();
        for block in self.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
            let text: Vec<&str> = block.words.iter().map(|w| w.text.as_str()).collect();
            sentences.push(text.join(" "));
        }
        let mut added: Vec<(usize, Block)> = Vec::new();
        for (index, block) in self.blocks.iter_mut().enumerate() {
            if block.kind != Kind::Paragraph {
                continue;
            }
            if notes && dice.roll(5) == 0 && block.words.len() > 20 {
                let ends: Vec<usize> = (6..block.words.len())
                    .filter(|i| {
                        block.words[*i].text.ends_with(['.', ',', ';']) && block.words[*i].note.is_none()
                    })
                    .collect();
                if !ends.is_empty() {
                    let at = ends[dice.roll(ends.len())];
                    let text = match dice.roll(6) {
                        0 => format!("Ibid., p. {}.", 10 + dice.roll(300)),
                        1 => format!("See above, p. {}.", 10 + dice.roll(300)),
                        2 => format!(
                            "{} Report, vol. ii. p. {}.",
                            dice.pick(&["First", "Annual", "Blue"]),
                            dice.roll(90) + 1
                        ),
                        3 => format!("Art. {}.", dice.roll(40) + 1),
                        _ => {
                            let from = &sentences[dice.roll(sentences.len())];
                            let long = if dice.roll(4) == 0 { 160 } else { 18 };
                            let mut text: String =
                                from.split(' ').take(8 + dice.roll(long)).collect::<Vec<_>>().join(" ");
                            text = text.trim_end_matches([',', ';', ':', '.', '—', '-']).to_owned();
                            text + "."
                        }
                    };
                    self.notes.push(words(&text, &mut |_| None));
                    block.words[at].note = Some(self.notes.len() - 1);
                }
            }
            if dice.roll(60) == 0 {
                let place =
                    dice.pick(&["quay", "works", "weir", "mill", "market", "church", "bridge", "tower"]);
                let caption = match dice.roll(3) {
                    0 => format!("THE OLD {} IN {}.", place.to_uppercase(), 1700 + dice.roll(200)),
                    1 => format!("A plan of the {place}, from a survey of {}.", 1700 + dice.roll(200)),
                    _ => format!("The {place}, from a sketch by the author, no. {}.", dice.roll(90)),
                };
                let caption = words(&caption, &mut |_| None);
                added.push((index, Block { kind: Kind::Picture, words: caption, ends: Vec::new() }));
            } else if dice.roll(90) == 0 {
                let mut table = Block { kind: Kind::Table, words: Vec::new(), ends: Vec::new() };
                for row in 0..3 + dice.roll(4) {
                    for cell in [
                        (1890 + row).to_string(),
                        (dice.roll(9000) + 100).to_string(),
                        (dice.roll(90) + 10).to_string(),
                    ] {
                        table.words.push(Word { text: cell, ..Word::default() });
                    }
                    table.ends.push(table.words.len());
                }
                added.push((index, table));
            }
        }
        for (index, block) in added.into_iter().rev() {
            self.blocks.insert(index, block);
        }
    }
}

/// How many words a title has at most.
const LONGEST_TITLE: usize = 14;

/// The words of a Markdown paragraph. `call` gives the note of a label.
pub fn words(text: &str, call: &mut dyn FnMut(&str) -> Option<usize>) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut italic = false;
    let text = text.replace(['\u{2060}', '\u{feff}', '\\'], "").replace("**", "");
    for raw in text.split_whitespace() {
        let mut word = Word { italic, ..Word::default() };
        let mut rest = raw;
        while let Some(at) = rest.find(['*', '[']) {
            word.text.push_str(&rest[..at]);
            if rest[at..].starts_with('*') {
                italic = !italic;
                word.italic |= italic;
                rest = &rest[at + 1..];
            } else if let Some((label, more)) = rest[at..].strip_prefix("[^").and_then(|r| r.split_once(']'))
            {
                word.note = call(label);
                rest = more;
            } else {
                word.text.push('[');
                rest = &rest[at + 1..];
            }
        }
        word.text.push_str(rest);
        if !word.text.is_empty() {
            found.push(word);
        } else if let Some(before) = found.last_mut()
            && word.note.is_some()
        {
            before.note = word.note;
        }
    }
    found
}

/// A text whose links are their words alone.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let open = rest[..at].rfind('[').unwrap_or(at);
        out.push_str(&rest[..open]);
        out.push_str(rest.get(open + 1..at).unwrap_or(""));
        rest = rest[at..].split_once(')').map_or("", |r| r.1);
    }
    out + rest
}
