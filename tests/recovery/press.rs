//! Sets a book as old editions were set: measure, lines to the page, indents,
//! notes at the foot that may go on overleaf, running heads, folios, roman
//! front matter, plates.

use crate::book::{Block, Book, Kind, Word};
use crate::habits::{Entry, Habits, contents_lines};
use hypher::Lang;
use std::collections::VecDeque;

/// The sign of a word that a line's end divides, in lines as they are set.
pub const CUT: char = '\u{3}';
/// The signs around the number of a note that is called.
pub const CALL: (char, char) = ('\u{1}', '\u{2}');

/// How an edition is set.
#[derive(Clone, Debug)]
pub struct Setting {
    pub measure: usize,
    pub lines: usize,
    /// The page number of the first page of the first text.
    pub first: u32,
    /// How many pages of roman numbers stand before it.
    pub roman: u32,
    pub plates: bool,
    pub marks: NoteMarks,
    /// How titles are written.
    pub titles: usize,
    /// What else the press does, in editions of the wider kind.
    pub habits: Option<Habits>,
}

/// How notes are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteMarks {
    /// From 1 on each page.
    Anew,
    /// Through a text.
    Running,
    /// `*`, `†`, `‡` on each page.
    Stars,
}

/// A page number as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folio {
    Roman(u32),
    Arabic(u32),
    /// A plate bears none and does not count.
    None,
}

impl Folio {
    pub fn shown(self) -> String {
        match self {
            Folio::Arabic(n) => n.to_string(),
            Folio::Roman(n) => roman(n),
            Folio::None => String::new(),
        }
    }
}

/// A small roman numeral.
pub fn roman(mut n: u32) -> String {
    let signs =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    for (value, sign) in signs {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// A line as it is set.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    /// The block, with the words whose beginning stands in the line.
    pub block: usize,
    pub words: (usize, usize),
    /// Whether the line begins its block, and whether it ends it.
    pub starts: bool,
    pub ends: bool,
    /// Notes called in the line.
    pub calls: Vec<usize>,
}

/// A line of a note: the note, and whether it begins here.
#[derive(Clone, Debug)]
pub struct NoteLine {
    pub note: usize,
    pub starts: bool,
    pub text: String,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub folio: Folio,
    pub body: Vec<Line>,
    pub notes: Vec<NoteLine>,
    /// Whether a text begins here.
    pub opening: bool,
    /// The title of the text that stands here.
    pub text: String,
    /// How many texts begin before the one that stands here.
    pub ordinal: u32,
    /// Lines of matter that is no text: title page, contents.
    pub matter: Vec<String>,
    /// Whether it was scanned before.
    pub copy: bool,
}

/// An edition: its pages, and how each note is marked where it stands.
pub struct Edition {
    pub pages: Vec<Page>,
    pub marks: Vec<String>,
    /// How the titles of texts are printed: chapter line, title.
    pub titles: Vec<(usize, Vec<String>)>,
    /// The contents: rank, title and page.
    pub contents: Vec<Entry>,
}

pub fn heading_lines(setting: &Setting, number: usize, block: &Block) -> Vec<String> {
    let title: Vec<&str> = block.words.iter().map(|w| w.text.as_str()).collect();
    let title = title.join(" ");
    let bare = title.split_once(": ").map_or(title.clone(), |t| t.1.to_owned());
    let calls: String =
        block.words.iter().filter_map(|w| w.note).map(|n| format!("{}{n}{}", CALL.0, CALL.1)).collect();
    let matter = number == 0;
    // a chapter that has a numeral alone, or `Act I`, has no other
    let numbered = bare.split(' ').next_back().is_some_and(|w| w.bytes().all(|b| b"IVXLC".contains(&b)));
    let mut lines = match setting.titles {
        _ if matter => vec![bare.to_uppercase()],
        0 if numbered && !bare.contains(' ') => vec![format!("CHAPTER {bare}")],
        _ if numbered => vec![bare.to_uppercase()],
        0 => vec![format!("CHAPTER {}", roman(number as u32).to_uppercase()), bare.to_uppercase()],
        1 => vec![bare.to_uppercase()],
        2 => vec![bare],
        _ => vec![format!("{}. {}", roman(number as u32).to_uppercase(), bare.to_uppercase())],
    };
    if let Some(last) = lines.last_mut() {
        last.push_str(&calls);
    }
    lines
}

/// Whether a title is that of a part, which stands on a leaf of its own.
pub fn is_part(block: &Block) -> bool {
    block.kind == Kind::Heading(1) && block.words.len() > 1 && block.words[0].text == "Part"
}

/// A title without its calls.
fn bare_title(lines: &[String]) -> Vec<String> {
    let bare = |line: &String| line.split(CALL.0).next().unwrap_or("").to_owned();
    lines.iter().map(bare).collect()
}

/// Sets the book.
pub fn set(book: &Book, setting: &Setting) -> Edition {
    let mut titles = Vec::new();
    let mut number_of = 0;
    for (index, block) in book.blocks.iter().enumerate() {
        if block.kind == Kind::Heading(1) {
            let name = block.words[0].text.as_str();
            let matter = setting.habits.is_some()
                && (block.words.len() == 1 && ["Preface", "Index"].contains(&name) || is_part(block));
            number_of += usize::from(!matter);
            titles.push((index, heading_lines(setting, if matter { 0 } else { number_of }, block)));
        }
    }
    let marks = vec![String::new(); book.notes.len()];
    let mut press = Press {
        book,
        setting,
        pages: Vec::new(),
        marks,
        text: String::new(),
        number: 0,
        due: VecDeque::new(),
        titles: &titles,
    };
    for index in 0..book.blocks.len() {
        press.block(index);
    }
    while !press.due.is_empty() {
        press.turn(false);
    }
    let (pages, marks) = (press.pages, press.marks);
    let mut edition = Edition { pages, marks, titles, contents: Vec::new() };
    match &setting.habits {
        None => {
            number(&mut edition.pages, setting);
            edition.list(book);
            edition.front(book, setting);
        }
        Some(habits) => {
            // how many leaves the contents take is known once they are set without the pages' numbers
            edition.list(book);
            let front = edition.leaves(book, setting, habits).len() as u32;
            edition.number(book, setting, habits, front);
            edition.list(book);
            let mut pages = edition.leaves(book, setting, habits);
            pages.append(&mut edition.pages);
            pages.retain(|p| {
                habits.blanks || !p.body.is_empty() || !p.notes.is_empty() || !p.matter.is_empty()
            });
            edition.pages = pages;
        }
    }
    edition
}

/// The page numbers: plates have none.
fn number(pages: &mut [Page], setting: &Setting) {
    let numbered = pages.iter_mut().filter(|p| p.folio != Folio::None);
    for (number, page) in (setting.first..).zip(numbered) {
        page.folio = Folio::Arabic(number);
    }
}

impl Edition {
    /// The contents list: texts, and their sections.
    fn list(&mut self, book: &Book) {
        self.contents.clear();
        let chapters = book.blocks.iter().any(|b| b.kind == Kind::Heading(1) && !is_part(b));
        for (index, block) in book.blocks.iter().enumerate() {
            let page =
                || self.pages.iter().find(|p| p.body.iter().any(|l| l.block == index)).unwrap().folio.shown();
            let title = self.titles.iter().find(|t| t.0 == index);
            if let Some((_, lines)) = title {
                // where a book has nothing but parts, the list has their pages
                let rank = if is_part(block) && chapters { 0 } else { 1 };
                self.contents.push((rank, bare_title(lines).join(" "), page()));
            } else if block.kind == Kind::Heading(2) {
                let words: Vec<&str> = block.words.iter().map(|w| w.text.as_str()).collect();
                self.contents.push((2, words.join(" "), page()));
            }
        }
    }

    /// The numbers of pages behind so many leaves of front matter; blank pages come before texts that begin on the right.
    fn number(&mut self, book: &Book, setting: &Setting, habits: &Habits, front: u32) {
        let mut pages = std::mem::take(&mut self.pages);
        let (mut roman, mut next, mut texts) = (habits.preface, front + 1, 0);
        if !roman {
            next = setting.first;
        }
        for mut page in pages.drain(..) {
            let begins =
                page.body.first().is_some_and(|l| l.starts && book.blocks[l.block].kind == Kind::Heading(1));
            texts += u32::from(begins);
            if roman && texts > 1 {
                (roman, next) = (false, 1);
            }
            let shown = |n| if roman { Folio::Roman(n) } else { Folio::Arabic(n) };
            if begins && habits.recto && next.is_multiple_of(2) {
                self.pages.push(Page::empty(shown(next)));
                next += 1;
            }
            if page.folio != Folio::None {
                page.folio = shown(next);
                next += 1;
            }
            page.ordinal = texts.saturating_sub(1);
            self.pages.push(page);
        }
    }

    /// The leaves before the text: half-title, title, dedication, contents, a list of pictures, errata.
    fn leaves(&self, book: &Book, setting: &Setting, habits: &Habits) -> Vec<Page> {
        let mut pages: Vec<Page> = Vec::new();
        let mut add = |lines: Vec<String>, right: bool| {
            if right && pages.len() % 2 == 1 {
                pages.push(Page::empty(Folio::Roman(pages.len() as u32 + 1)));
            }
            let folio = Folio::Roman(pages.len() as u32 + 1);
            pages.push(Page { matter: lines, opening: true, ..Page::empty(folio) });
        };
        let own = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        if habits.half_title {
            add(vec![book.title.to_uppercase()], true);
        }
        add(title_page(book), true);
        if habits.dedication {
            add(own(&["TO", "THE MEMORY OF MY FATHER", "AND OF ALL WHO WORKED WITH HIM"]), true);
        }
        let lines = contents_lines(habits.contents, setting.measure, &self.contents);
        for (n, part) in lines.chunks(setting.lines).enumerate() {
            add(part.to_vec(), n == 0);
        }
        if habits.pictures_listed {
            let pictures =
                own(&["LIST OF ILLUSTRATIONS", "", "The old mill .......... 12", "The bridge ........ 30"]);
            add(pictures, false);
        }
        if habits.errata {
            add(
                own(&[
                    "ERRATA",
                    "",
                    "Page 14, line 3, for “were” read “where.”",
                    "Page 20, line 12, for “no” read “now.”",
                ]),
                false,
            );
        }
        pages
    }

    /// Title page and contents, with roman numbers.
    fn front(&mut self, book: &Book, setting: &Setting) {
        let matter = |lines: Vec<String>, folio| Page {
            folio,
            body: Vec::new(),
            notes: Vec::new(),
            opening: true,
            text: String::new(),
            ordinal: 0,
            matter: lines,
            copy: false,
        };
        let title = title_page(book);
        let contents = contents_lines(0, setting.measure, &self.contents);
        let first = setting.roman.max(1);
        let mut front = vec![matter(title, Folio::Roman(first)), matter(contents, Folio::Roman(first + 2))];
        front.append(&mut self.pages);
        self.pages = front;
    }
}

/// The lines of the title page.
fn title_page(book: &Book) -> Vec<String> {
    let (title, author) = (book.title.to_uppercase(), book.author.to_uppercase());
    let (by, place, year) = ("BY".to_owned(), "LONDON".to_owned(), "1902".to_owned());
    vec![title, String::new(), by, author, String::new(), place, year]
}

impl Page {
    /// A page of that number on which nothing stands.
    fn empty(folio: Folio) -> Page {
        let (body, notes, matter) = (Vec::new(), Vec::new(), Vec::new());
        Page { folio, body, notes, opening: false, text: String::new(), ordinal: 0, matter, copy: false }
    }
}

struct Press<'a> {
    book: &'a Book,
    setting: &'a Setting,
    pages: Vec<Page>,
    marks: Vec<String>,
    text: String,
    number: usize,
    /// Lines of notes that are still to be set.
    due: VecDeque<NoteLine>,
    titles: &'a [(usize, Vec<String>)],
}

impl Press<'_> {
    fn room(&self) -> usize {
        let Some(page) = self.pages.last() else { return 0 };
        let notes = page.notes.len() + usize::from(!page.notes.is_empty());
        let sunk = if page.opening { 6 } else { 0 };
        self.setting.lines.saturating_sub(page.body.len() + notes + sunk)
    }

    /// Begins a page; what notes are due stand there first.
    fn turn(&mut self, opening: bool) {
        let text = self.text.clone();
        let (body, notes, matter) = (Vec::new(), Vec::new(), Vec::new());
        let folio = Folio::Arabic(0);
        self.pages.push(Page { folio, body, notes, opening, text, ordinal: 0, matter, copy: false });
        self.foot(self.setting.lines / 2);
        if self.setting.marks != NoteMarks::Running {
            self.number = 0;
        }
    }

    /// Sets so many lines of the notes that are due.
    fn foot(&mut self, most: usize) {
        let page = self.pages.last_mut().unwrap();
        for _ in 0..most {
            page.notes.extend(self.due.pop_front());
        }
    }

    fn block(&mut self, index: usize) {
        let block = &self.book.blocks[index];
        match block.kind {
            Kind::Heading(1) => {
                while !self.due.is_empty() {
                    self.turn(false);
                }
                let lines = self.titles.iter().find(|t| t.0 == index).unwrap().1.clone();
                self.text = bare_title(&lines).last().unwrap().clone();
                self.number = 0;
                self.turn(true);
                let last = lines.len() - 1;
                let words = block.words.len();
                for (n, text) in lines.into_iter().enumerate() {
                    let calls = block.words.iter().filter_map(|w| w.note).filter(|_| n == last).collect();
                    let words = if n == 0 { (0, words) } else { (words, words) };
                    self.put(Line { text, block: index, words, starts: n == 0, ends: n == last, calls });
                }
            }
            Kind::Picture if self.setting.plates => {
                let text = block.words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
                let words = (0, block.words.len());
                let line = Line { text, block: index, words, starts: true, ends: true, calls: Vec::new() };
                let page = Page {
                    folio: Folio::None,
                    body: vec![line],
                    notes: Vec::new(),
                    opening: true,
                    text: self.text.clone(),
                    ordinal: 0,
                    matter: Vec::new(),
                    copy: false,
                };
                // a plate is bound in before the page that is being filled
                let at = self.pages.len().saturating_sub(1);
                if self.pages.is_empty() { self.pages.push(page) } else { self.pages.insert(at, page) }
            }
            kind => {
                if self.pages.is_empty() {
                    self.turn(true);
                }
                if kind == Kind::Heading(2) && self.room() < 4 {
                    self.turn(false);
                }
                for line in lines(block, index, self.setting, &mut |_| String::new()) {
                    self.put(line);
                }
            }
        }
    }

    fn put(&mut self, mut line: Line) {
        if self.room() < 1 + usize::from(!line.calls.is_empty()) * 2
            && !self.pages.last().unwrap().body.is_empty()
        {
            self.turn(false);
        }
        for note in line.calls.clone() {
            self.number += 1;
            let mark = match self.setting.marks {
                NoteMarks::Stars => "*†‡§"
                    .chars()
                    .cycle()
                    .nth(self.number - 1)
                    .map(|c| c.to_string().repeat((self.number - 1) / 4 + 1))
                    .unwrap(),
                _ => self.number.to_string(),
            };
            self.marks[note] = mark;
            let measure = self.setting.measure * 23 / 20;
            let words = &self.book.notes[note];
            let block = Block { kind: Kind::Quote, words: words.clone(), ends: Vec::new() };
            let set = wrap(&block.words, 0, measure - 3, measure);
            for (n, (text, _)) in set.into_iter().enumerate() {
                self.due.push_back(NoteLine { note, starts: n == 0, text });
            }
        }
        line.calls.clear();
        self.pages.last_mut().unwrap().body.push(line);
        let room = self.room();
        self.foot(room.saturating_sub(usize::from(self.pages.last().unwrap().notes.is_empty())));
    }
}

/// The lines of a block.
pub fn lines(
    block: &Block,
    index: usize,
    setting: &Setting,
    _: &mut dyn FnMut(usize) -> String,
) -> Vec<Line> {
    let measure = setting.measure;
    let mut found = Vec::new();
    let mut push = |text: String, from: usize, to: usize| {
        let calls = block.words[from..to].iter().filter_map(|w| w.note).collect();
        found.push(Line { text, block: index, words: (from, to), starts: false, ends: false, calls });
    };
    match block.kind {
        Kind::Verse | Kind::Table | Kind::Index => {
            let mut from = 0;
            for end in &block.ends {
                let parts: Vec<String> = block.words[from..*end].iter().map(shown).collect();
                push(parts.join(if block.kind == Kind::Table { "      " } else { " " }), from, *end);
                from = *end;
            }
        }
        _ => {
            let (first, rest) = match block.kind {
                Kind::Paragraph => (measure - 2, measure),
                Kind::Quote => (measure - 6, measure - 6),
                _ => (measure - 8, measure - 8),
            };
            let mut from = 0;
            for (text, upto) in wrap(&block.words, 0, first, rest) {
                push(text, from, upto);
                from = upto;
            }
        }
    }
    if let Some(first) = found.first_mut() {
        first.starts = true;
    }
    if let Some(last) = found.last_mut() {
        last.ends = true;
    }
    found
}

/// A word with a sign where a note is called: a control character that the printer replaces.
pub fn shown(word: &Word) -> String {
    match word.note {
        Some(note) => format!("{}\u{1}{note}\u{2}", word.text),
        None => word.text.clone(),
    }
}

/// How many characters a word takes, its call as one.
fn width(text: &str) -> usize {
    let (mut width, mut inside) = (0, false);
    for c in text.chars() {
        match c {
            '\u{1}' => (inside, width) = (true, width + 1),
            '\u{2}' => inside = false,
            _ if inside => {}
            _ => width += 1,
        }
    }
    width
}

/// Words in lines, divided where the language allows; each with one past the last word that begins in it.
pub fn wrap(words: &[Word], _: usize, first: usize, rest: usize) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut line = String::new();
    for (index, word) in words.iter().enumerate() {
        let measure = if found.is_empty() { first } else { rest };
        let text = shown(word);
        let used = width(&line) + usize::from(!line.is_empty());
        if used + width(&text) <= measure {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&text);
            continue;
        }
        let (head, tail) = divide(&text, measure.saturating_sub(used));
        if !head.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&head);
            found.push((std::mem::take(&mut line), index + 1));
        } else {
            found.push((std::mem::take(&mut line), index));
        }
        line = tail;
    }
    if !line.is_empty() {
        found.push((line, words.len()));
    }
    if let Some(last) = found.last_mut() {
        last.1 = words.len();
    }
    found
}

/// A word divided so that its first part has room; empty when it cannot be.
fn divide(text: &str, room: usize) -> (String, String) {
    let whole = (String::new(), text.to_owned());
    if room < 5 || !text.chars().all(|c| c.is_ascii_alphabetic() || ",.;:".contains(c)) {
        return whole;
    }
    let word = text.trim_end_matches([',', '.', ';', ':']);
    if word.len() < 7 || word.starts_with(|c: char| c.is_uppercase()) {
        return whole;
    }
    let mut head = String::new();
    let mut best = 0;
    for part in hypher::hyphenate(word, Lang::English) {
        head.push_str(part);
        if head.len() < room && head.len() >= 3 && word.len() - head.len() >= 3 {
            best = head.len();
        }
    }
    if best == 0 { whole } else { (format!("{}{CUT}", &word[..best]), text[best..].to_owned()) }
}
