//! What real editions have beyond a plain page, and what a scan makes of it: heads of many forms, numbers between signs,
//! pages without any, signatures and catchwords at the foot, blank pages, prefaces in roman numbers, front matter of
//! several leaves, contents of two ranks, initials, letters, an index.

use crate::book::{Block, Book, Kind, Word, words};
use crate::dice::Dice;
use crate::press::{CALL, CUT, Page};

/// The habits of a press.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// How running heads are set: see [`Habits::head`].
    pub head: usize,
    /// Whether page numbers stand at the foot, and between which signs.
    pub at_foot: bool,
    pub signs: usize,
    /// Whether pages on which a text begins bear no number.
    pub bare_openings: bool,
    /// One page in so many bears no number, or none does: the scan lost it.
    pub unnumbered: usize,
    pub signatures: bool,
    pub catchwords: bool,
    /// Whether texts begin on right-hand pages, and whether the blank pages before them were scanned.
    pub recto: bool,
    pub blanks: bool,
    /// Whether the first text is a preface with roman numbers.
    pub preface: bool,
    /// How the first words of texts are set: as others, in small capitals, with an initial apart, with one that the scan lost.
    pub initials: usize,
    /// Of so many letters of heads and contents one is misread, or none.
    pub misread: usize,
    pub index: bool,
    /// Whether the index has two columns.
    pub columns: bool,
    /// Whether texts are gathered in parts, whose titles stand on leaves of their own.
    pub parts: bool,
    /// Whether one page was scanned twice, and whether one was lost.
    pub twice: bool,
    pub lost: bool,
    pub letters: bool,
    pub sidenotes: bool,
    pub half_title: bool,
    pub dedication: bool,
    pub errata: bool,
    pub pictures_listed: bool,
    /// How the contents are set: see [`contents_lines`].
    pub contents: usize,
    /// How distributors mark pages.
    pub page_signs: usize,
    /// How OCR tools write heads and titles.
    pub tool: usize,
}

/// A line of a head: what stands at the left, in the middle, at the right.
pub type HeadLine = [String; 3];

impl Habits {
    /// Throws the dice; `whole` adds what came last to the generator, so that editions before it stay as they were.
    pub fn roll(dice: &mut Dice, whole: bool) -> Habits {
        let mut one_in = |sides: usize| dice.roll(sides) == 0;
        let mut habits = Habits {
            at_foot: one_in(3),
            bare_openings: one_in(2),
            signatures: one_in(4),
            catchwords: one_in(8),
            recto: one_in(3),
            blanks: one_in(2),
            preface: one_in(2),
            index: one_in(3),
            letters: one_in(3),
            sidenotes: one_in(4),
            half_title: one_in(3),
            dedication: one_in(4),
            errata: one_in(6),
            pictures_listed: one_in(5),
            ..Habits::default()
        };
        habits.head = dice.roll(7);
        habits.signs = dice.roll(8);
        habits.unnumbered = [0, 0, 30, 8][dice.roll(4)];
        habits.initials = dice.roll(4);
        habits.misread = [0, 0, 120, 30][dice.roll(4)];
        habits.contents = dice.roll(5);
        habits.page_signs = dice.roll(5);
        habits.tool = dice.roll(6);
        if whole {
            habits.columns = dice.roll(2) == 0;
            habits.parts = dice.roll(4) == 0;
            habits.twice = dice.roll(5) == 0;
            habits.lost = dice.roll(5) == 0;
        }
        habits
    }

    /// Changes a book as such a press and scan would have it.
    pub fn apply(&self, book: &mut Book, dice: &mut Dice) {
        let prefaced = book.blocks.iter().any(|b| b.words.first().is_some_and(|w| w.text == "Preface"));
        if self.preface
            && !prefaced
            && let Some(first) = book.blocks.iter_mut().find(|b| b.kind == Kind::Heading(1))
        {
            let note = first.words.iter().find_map(|w| w.note);
            first.words = plain("Preface");
            first.words[0].note = note;
        }
        self.open(book);
        if self.parts {
            gather(book);
        }
        let mut blocks: Vec<Block> = Vec::new();
        for block in book.blocks.drain(..) {
            let paragraph = block.kind == Kind::Paragraph;
            let letter = self.letters && paragraph && block.words.len() > 30 && dice.roll(30) == 0;
            if self.sidenotes && paragraph && dice.roll(12) == 0 {
                let about: Vec<&str> = block.words.iter().take(4).map(|w| w.text.as_str()).collect();
                let about = about.join(" ").replace(['(', '[', ']'], "");
                blocks.push(line(&format!("[Sidenote: {}.]", about.trim_end_matches(['.', ',', ';']))));
            }
            if letter {
                let place = dice.pick(&["PARIS", "GENEVA", "BRIGHTON", "ST. PETERSBURG"]);
                blocks.push(line(&format!(
                    "{place}, {}th May, 18{}.",
                    4 + dice.roll(24),
                    10 + dice.roll(80)
                )));
                blocks.push(line(dice.pick(&["MY DEAR SIR,", "Dear Friend,", "Madam:"])));
            }
            blocks.push(block);
            if letter {
                blocks.push(line(dice.pick(&["I remain, Sir, your obedient servant,", "Yours ever,"])));
                blocks.push(line(dice.pick(&["J. B. SMITH.", "Harriet Martin.", "P. K."])));
            }
        }
        book.blocks = blocks;
        if self.index {
            self.add_index(book, dice);
        } else if dice.roll(3) == 0 {
            book.blocks.push(line(dice.pick(&["THE END.", "FINIS.", "THE END"])));
        }
    }

    /// The first words of each text.
    fn open(&self, book: &mut Book) {
        for at in 1..book.blocks.len() {
            if book.blocks[at - 1].kind != Kind::Heading(1) || book.blocks[at].kind != Kind::Paragraph {
                continue;
            }
            let words = &mut book.blocks[at].words;
            let first = words[0].text.clone();
            let initial = first.chars().next().filter(|c| c.is_ascii_uppercase());
            let (Some(initial), true) = (initial, first.len() > 1 && self.initials > 0) else { continue };
            let rest = first[1..].to_uppercase();
            words[0].text = match self.initials {
                1 => format!("{initial}{rest}"),
                2 => format!("{initial} {rest}"),
                _ => rest,
            };
            if let Some(second) = words.get_mut(1).filter(|w| w.note.is_none()) {
                second.text = second.text.to_uppercase();
            }
        }
    }

    /// Scans one page twice and leaves one out, where the numbers of the pages may tell it.
    pub fn misplace(&self, pages: &mut Vec<Page>, numbers_show: bool, dice: &mut Dice) {
        // neither a title nor a note nor a divided word at its edges, which stand elsewhere too
        let whole = |p: &Page| p.body.len() > 12 && p.notes.is_empty() && !p.opening;
        let uncut = |p: &Page| p.body.last().is_none_or(|l| !l.text.ends_with(CUT));
        let may = |pages: &[Page], i: usize| {
            (i.saturating_sub(1)..(i + 2).min(pages.len())).all(|j| whole(&pages[j]) && uncut(&pages[j]))
        };
        let mut choose = |pages: &[Page]| {
            let all: Vec<usize> = (1..pages.len().saturating_sub(1)).filter(|i| may(pages, *i)).collect();
            all.get(dice.roll(all.len().max(1))).copied()
        };
        if let Some(at) = choose(pages).filter(|_| self.lost && numbers_show) {
            pages.remove(at);
        }
        if let Some(at) = choose(pages).filter(|_| self.twice) {
            pages.insert(at + 1, Page { copy: true, ..pages[at].clone() });
        }
    }

    fn add_index(&self, book: &mut Book, dice: &mut Dice) {
        let mut names: Vec<String> = Vec::new();
        for block in book.blocks.iter().filter(|b| b.kind == Kind::Paragraph) {
            let long = block.words.iter().skip(1).filter(|w| {
                w.text.len() > 4
                    && w.text.chars().all(char::is_alphabetic)
                    && w.text.starts_with(char::is_uppercase)
            });
            names.extend(long.take(2).map(|w| w.text.clone()));
        }
        names.sort();
        names.dedup();
        names.truncate(60);
        let mut index = Block { kind: Kind::Index, words: Vec::new(), ends: Vec::new() };
        let mut entry = |name: &String| {
            let pages: Vec<String> =
                (0..1 + dice.roll(4)).map(|n| (n * 17 + 1 + dice.roll(16)).to_string()).collect();
            format!("{name}, {}", pages.join(", "))
        };
        let entries: Vec<String> = names.iter().map(&mut entry).collect();
        let half = if self.columns { entries.len().div_ceil(2) } else { entries.len() };
        for (n, left) in entries[..half].iter().enumerate() {
            index.words.extend(plain(left));
            if let Some(right) = entries.get(half + n) {
                // the white space between the columns
                if let Some(last) = index.words.last_mut() {
                    last.text.push_str(&" ".repeat(24usize.saturating_sub(left.len()).max(4)));
                }
                index.words.extend(plain(right));
            }
            index.ends.push(index.words.len());
        }
        if index.ends.len() > 8 {
            book.blocks.push(Block { kind: Kind::Heading(1), words: plain("Index"), ends: Vec::new() });
            book.blocks.push(index);
        }
    }

    /// The running head of page `number` of the row, with the number that it shows or none.
    pub fn head(
        &self,
        number: usize,
        page: &Page,
        title: &str,
        folio: &str,
        dice: &mut Dice,
    ) -> Vec<HeadLine> {
        let even = number.is_multiple_of(2);
        let (title, text) = (title.to_uppercase(), page.text.to_uppercase());
        // a title that has no room in a line is none of a head
        let text = if text.is_empty() || text.chars().count() > ROOM { title.clone() } else { text };
        let folio = if self.at_foot { "" } else { folio };
        let line = |words: &str| match even {
            true => [folio.to_owned(), words.to_owned(), String::new()],
            false => [String::new(), words.to_owned(), folio.to_owned()],
        };
        let middle = |words: &str| [String::new(), words.to_owned(), String::new()];
        let own = if even { title.clone() } else { text.clone() };
        let mut lines = match self.head {
            0 => vec![line(&own)],
            1 => vec![line(&title), middle(&text)],
            2 if !even => vec![line(&headline(page).unwrap_or(own))],
            2 => vec![line(&own)],
            3 => {
                let chapter = format!("CH. {}", crate::press::roman(1 + page.ordinal).to_uppercase());
                vec![match even {
                    true => [folio.to_owned(), format!("{title}."), format!("[{chapter}.")],
                    false => [format!("{chapter}.]"), format!("{text}."), folio.to_owned()],
                }]
            }
            4 => vec![line(&spaced(&own))],
            5 => vec![line(&own), middle(&"_".repeat(24))],
            _ => vec![line(&capitalised(&own))],
        };
        for line in &mut lines {
            line[1] = self.misread(&line[1], dice);
        }
        lines
    }

    /// What stands at the foot of page `number` of the row: its number, a signature.
    pub fn foot(&self, number: usize, page: &Page, folio: &str, next: Option<&Page>) -> Vec<String> {
        let mut lines = Vec::new();
        let word = next.and_then(|p| p.body.first()).and_then(|l| l.text.split_whitespace().next());
        if let Some(word) = word.filter(|w| self.catchwords && !page.body.is_empty() && !w.contains(CALL.0)) {
            lines.push(word.replace('\u{3}', "-"));
        }
        if !folio.is_empty() && (self.at_foot || page.opening && !self.bare_openings) {
            lines.push(self.signed(folio));
        }
        if self.signatures && number % 16 < 2 && number >= 16 {
            // printers left out the letters that Latin did not know
            let sheets = b"ABCDEFGHIKLMNOPQRSTUXYZ";
            let sheet = char::from(sheets[number / 16 % sheets.len()]);
            lines.push(if number.is_multiple_of(16) { sheet.to_string() } else { format!("{sheet} 2") });
        }
        lines
    }

    /// A number at the foot between its signs.
    fn signed(&self, folio: &str) -> String {
        match self.signs {
            0 => format!("— {folio} —"),
            1 => format!("[{folio}]"),
            2 => format!("( {folio} )"),
            3 => format!("- {folio} -"),
            4 => format!("[ {folio} ]"),
            5 => format!("{folio}."),
            _ => folio.to_owned(),
        }
    }

    /// Words as a scan misread them.
    pub fn misread(&self, text: &str, dice: &mut Dice) -> String {
        if self.misread == 0 {
            return text.to_owned();
        }
        let mut out = String::new();
        for c in text.chars() {
            if dice.roll(self.misread) > 0 || !c.is_alphanumeric() {
                out.push(c);
                continue;
            }
            match c {
                'I' | 'l' => out.push('1'),
                'O' => out.push('0'),
                'E' => out.push('F'),
                'S' => out.push('5'),
                'C' => out.push('G'),
                'm' => out.push_str("rn"),
                c if dice.roll(2) == 0 => out.extend([c, '.']),
                c if dice.roll(2) == 0 => out.extend([c, ' ']),
                _ => {}
            }
        }
        out
    }
}

/// How many letters a running head has at most.
const ROOM: usize = 44;

/// Gathers the texts in parts of two or more: each has a title before its first text.
fn gather(book: &mut Book) {
    let texts: Vec<usize> =
        (0..book.blocks.len()).filter(|i| book.blocks[*i].kind == Kind::Heading(1)).collect();
    let firsts: Vec<usize> = texts.iter().copied().skip(1).step_by(2).collect();
    for (n, at) in firsts.into_iter().enumerate().rev() {
        let number = crate::press::roman(n as u32 + 1).to_uppercase();
        let name = ["The River", "The Town", "The Harvest", "The Return"][n % 4];
        let words = plain(&format!("Part {number}. {name}"));
        book.blocks.insert(at, Block { kind: Kind::Heading(1), words, ends: Vec::new() });
    }
}

/// Words without marks.
fn plain(text: &str) -> Vec<Word> {
    words(text, &mut |_| None)
}

/// A line that stands alone.
fn line(text: &str) -> Block {
    Block { kind: Kind::Line, words: plain(text), ends: Vec::new() }
}

/// The headline of a page: a few of its words in capitals.
fn headline(page: &Page) -> Option<String> {
    let line = page.body.get(page.body.len() / 2)?;
    let words: Vec<&str> =
        line.text.split_whitespace().filter(|w| w.chars().all(char::is_alphabetic)).take(3).collect();
    (words.len() == 3).then(|| words.join(" ").to_uppercase())
}

/// Words with white space between their letters.
fn spaced(text: &str) -> String {
    let words: Vec<String> =
        text.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join(" ")).collect();
    words.join("  ")
}

/// Words in small letters that begin with capitals.
fn capitalised(text: &str) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|w| w.chars().take(1).chain(w.chars().skip(1).flat_map(char::to_lowercase)).collect())
        .collect();
    words.join(" ")
}

/// An entry of the contents: rank, title, page.
pub type Entry = (u8, String, String);

/// The contents as lines of so many characters: with dots or white space before the page, under a line that names the
/// columns, with the sections of each text, or in titles over two lines.
pub fn contents_lines(form: usize, measure: usize, entries: &[Entry]) -> Vec<String> {
    let mut lines = vec!["CONTENTS".to_owned(), String::new()];
    let filled = |title: &str, page: &str, with: &str| {
        let room = measure.saturating_sub(title.chars().count() + page.len() + 2);
        format!("{title} {} {page}", with.repeat(room.clamp(3, 60)))
    };
    if form == 1 {
        lines.push(filled("CHAPTER", "PAGE", " "));
    }
    let parts = entries.iter().any(|e| e.0 == 0);
    for (rank, title, page) in entries.iter().filter(|e| e.0 < 2 || form == 2) {
        let words: Vec<&str> = title.split(' ').collect();
        match (form, rank) {
            (_, 0) => lines.extend([String::new(), title.clone(), String::new()]),
            (0 | 1, 1) if parts => lines.push(format!("  {}", filled(title, page, "."))),
            (2, 2) => lines.push(format!("    {}", filled(title, page, "."))),
            (3, _) if words.len() > 5 => {
                lines.push(words[..words.len() / 2].join(" "));
                lines.push(format!("  {}", filled(&words[words.len() / 2..].join(" "), page, ".")));
            }
            (4, _) => lines.push(filled(title, page, " .").replace("  ", " ")),
            (1, _) => lines.push(filled(title, page, " ")),
            _ => lines.push(filled(title, page, ".")),
        }
    }
    lines
}
