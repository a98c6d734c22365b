//! Prints an edition as the tools and people print it from whom editors have
//! their transcriptions, and tells beside it what is right.

use crate::book::{Book, Kind};
use crate::dice::Dice;
use crate::habits::HeadLine;
use crate::press::{CALL, CUT, Edition, Folio, Line, NoteLine, NoteMarks, Page, Setting};

/// Who printed the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// `pdftotext`: form feeds, no indents.
    Reader,
    /// `pdftotext -layout`.
    Layout,
    /// marker: `{12}` and hyphens.
    Marker,
    /// Distributors' plain text with `[Pg 12]`.
    Distributor,
    /// Distributed Proofreaders.
    Proofreaders,
    /// Mathpix, Mistral: LaTeX calls, rules between pages.
    Latex,
    /// Wikisource's page files.
    Wikisource,
}

pub const DIALECTS: [Dialect; 7] = [
    Dialect::Distributor,
    Dialect::Marker,
    Dialect::Reader,
    Dialect::Layout,
    Dialect::Proofreaders,
    Dialect::Latex,
    Dialect::Wikisource,
];

/// Where a page begins in the annotated text of what is right: its label stands between these.
pub const PAGE: (char, char) = ('\u{e000}', '\u{e001}');
/// Before a block: paragraph, heading, title that the contents name, something else, a paragraph whose beginning
/// nobody can see.
pub const PARAGRAPH: char = '\u{e002}';
pub const HEADING: char = '\u{e003}';
pub const TITLE: char = '\u{e004}';
pub const OTHER: char = '\u{e005}';
pub const HIDDEN: char = '\u{e006}';
/// Where a paragraph goes on that may as well have ended: the page ends with a sentence, or a plate is between.
pub const MAYBE: char = '\u{e009}';
/// A call: the note's text stands between these.
pub const NOTE: (char, char) = ('\u{e007}', '\u{e008}');

/// What is printed, and what is right.
pub struct Printed {
    pub text: String,
    pub truth: String,
    /// Words of the front that are neither title nor contents.
    pub matter: String,
}

/// Prints the edition.
pub fn print(
    dialect: Dialect,
    book: &Book,
    edition: &Edition,
    setting: &Setting,
    dice: &mut Dice,
) -> Printed {
    let printer = Printer { book, edition, setting };
    let text = match dialect {
        Dialect::Reader => printer.reader(false, dice),
        Dialect::Layout => printer.reader(true, dice),
        Dialect::Marker => printer.marker(dice),
        Dialect::Distributor => printer.distributor(dice),
        Dialect::Proofreaders => printer.proofreaders(dice),
        Dialect::Latex => printer.latex(dice),
        Dialect::Wikisource => printer.wikisource(dice),
    };
    let truth = match dialect {
        Dialect::Distributor => printer.truth_by_blocks(),
        _ => printer.truth(dialect),
    };
    // a sidenote comes in as a line by itself, without what the distributor calls it
    let truth = truth.replace("[Sidenote: ", "");
    let pages = edition.pages.iter().filter(|p| !p.matter.is_empty());
    let own = pages.filter(|p| setting.habits.is_some() && !p.matter[0].starts_with("CONTENTS"));
    let matter = own.map(|p| p.matter.join(" ")).collect::<Vec<_>>().join(" ");
    Printed { text, truth, matter }
}

struct Printer<'a> {
    book: &'a Book,
    edition: &'a Edition,
    setting: &'a Setting,
}

/// How a note is called in a line.
type Call<'c> = dyn Fn(&str, usize) -> String + 'c;

impl Printer<'_> {
    /// The text of a line with its calls as the dialect writes them.
    fn called(&self, text: &str, call: &Call<'_>) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(CALL.0) {
            out.push_str(&rest[..at]);
            let (number, more) = rest[at + 1..].split_once(CALL.1).unwrap();
            let note: usize = number.parse().unwrap();
            out.push_str(&call(&self.edition.marks[note], note));
            rest = more;
        }
        out + rest
    }

    fn kind(&self, line: &Line) -> Kind {
        self.book.blocks[line.block].kind
    }

    fn note_text(&self, note: usize) -> String {
        self.book.notes[note].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// What is right, page by page.
    fn truth(&self, dialect: Dialect) -> String {
        let mut out = String::new();
        let mut before: Option<&Line> = None;
        let call = |_: &str, note: usize| format!("{}{}{}", NOTE.0, self.note_text(note), NOTE.1);
        for page in self.edition.pages.iter().filter(|p| p.matter.is_empty()) {
            let mut mark = match page.folio {
                Folio::None => String::new(),
                _ if page.copy => String::new(),
                folio => format!("{}{}{}", PAGE.0, folio.shown(), PAGE.1),
            };
            for (index, line) in page.body.iter().enumerate() {
                let divided = before.is_some_and(|b| b.text.ends_with(CUT)) && !line.starts;
                if !divided && !line.starts {
                    out.push(' ');
                    let stopped = before.is_some_and(|b| {
                        let text = b.text.split(CALL.0).next().unwrap_or("");
                        text.trim_end_matches(['”', '’', '"', ')']).ends_with(['.', '!', '?', ':', ';'])
                    });
                    // a plate stands between, or a page was lost or scanned twice
                    let plate = before.is_some_and(|b| b.block != line.block || b.words.1 != line.words.0);
                    if index == 0 && (stopped && dialect != Dialect::Layout || plate) {
                        out.push(MAYBE);
                    }
                }
                if line.starts {
                    out.push('\n');
                }
                out.push_str(&std::mem::take(&mut mark));
                if line.starts {
                    let full = before.is_some_and(|b| {
                        b.text.chars().count() + 9 > self.setting.measure && self.kind(b) == Kind::Paragraph
                    });
                    let flush = dialect == Dialect::Reader && full;
                    let overleaf = index == 0 && full && dialect != Dialect::Layout;
                    out.push(match self.kind(line) {
                        Kind::Heading(1) => TITLE,
                        Kind::Heading(_) => HEADING,
                        Kind::Paragraph if flush || overleaf => HIDDEN,
                        Kind::Paragraph => PARAGRAPH,
                        _ => OTHER,
                    });
                }
                out.push_str(&self.called(line.text.trim_end_matches(CUT), &call));
                before = Some(line);
            }
        }
        out
    }

    /// What is right where the text is printed block by block.
    fn truth_by_blocks(&self) -> String {
        let mut out = String::new();
        let call = |_: &str, note: usize| format!("{}{}{}", NOTE.0, self.note_text(note), NOTE.1);
        let starts = self.page_words();
        for (index, block) in self.book.blocks.iter().enumerate() {
            out.push('\n');
            out.push(match block.kind {
                Kind::Heading(1) => TITLE,
                Kind::Heading(_) => HEADING,
                Kind::Paragraph => PARAGRAPH,
                _ => OTHER,
            });
            let title = self.edition.titles.iter().find(|t| t.0 == index);
            for (n, word) in block.words.iter().enumerate() {
                for (_, _, label) in starts.iter().filter(|s| (s.0, s.1) == (index, n)) {
                    out.push_str(&format!("{}{label}{}", PAGE.0, PAGE.1));
                }
                match title {
                    None => out.push_str(&word.text),
                    Some((_, lines)) if n == 0 => out.push_str(&self.called(&lines.join(" "), &call)),
                    Some(_) => {}
                }
                if let Some(note) = word.note.filter(|_| title.is_none()) {
                    out.push_str(&call("", note));
                }
                out.push(' ');
            }
        }
        out
    }

    /// The word with which each numbered page begins: block, word, label. A divided word belongs to the page before.
    fn page_words(&self) -> Vec<(usize, usize, String)> {
        let pages = self.edition.pages.iter().filter(|p| p.matter.is_empty() && p.folio != Folio::None);
        let first = |p: &Page| p.body.first().map(|l| (l.block, l.words.0, p.folio.shown()));
        let mut found: Vec<_> = pages.filter_map(first).collect();
        for start in &mut found {
            while start.1 >= self.book.blocks[start.0].words.len() {
                *start = (start.0 + 1, 0, start.2.clone());
            }
        }
        found
    }

    fn note_lines(&self, page: &Page, open: &dyn Fn(&str) -> String) -> Vec<String> {
        let mut out = Vec::new();
        for line in &page.notes {
            let NoteLine { note, starts, text } = line;
            let mark = &self.edition.marks[*note];
            let text = text.replace(CUT, "-");
            out.push(if *starts { format!("{}{text}", open(mark)) } else { text });
        }
        out
    }

    /// What a PDF reader writes.
    fn reader(&self, layout: bool, dice: &mut Dice) -> String {
        let stars = self.setting.marks == NoteMarks::Stars;
        let raised = dice.roll(3) == 0;
        let opening_sign = dice.roll(3);
        let call = |mark: &str, _: usize| if raised && !stars { superscript(mark) } else { mark.to_owned() };
        let open = |mark: &str| match (stars, raised, opening_sign) {
            (true, _, _) => format!("{mark} "),
            (_, true, 0) => superscript(mark),
            (_, true, _) => format!("{} ", superscript(mark)),
            (_, _, 0) => format!("{mark} "),
            (_, _, 1) => format!("{mark}. "),
            _ => format!("{mark} "),
        };
        let rule = dice.roll(2) == 0;
        let head = dice.roll(5);
        let fault = dice.roll(3) == 0;
        let margin = if layout { dice.roll(7) } else { 0 };
        let indent = if layout { 2 + dice.roll(3) } else { 0 };
        let mut out = String::new();
        for (number, page) in self.edition.pages.iter().enumerate() {
            let mut lines: Vec<String> = Vec::new();
            let folio = page.folio.shown();
            let folio =
                if fault && dice.roll(12) == 0 { folio.replace('1', "l").replace('0', "O") } else { folio };
            let centred = |text: &str| {
                let pad =
                    if layout { self.setting.measure.saturating_sub(text.chars().count()) / 2 } else { 0 };
                format!("{}{text}", " ".repeat(pad))
            };
            let even = number % 2 == 0;
            let words = if even { self.book.title.to_uppercase() } else { page.text.to_uppercase() };
            let shown = self.shown(page, &folio, dice);
            let with_head = !page.opening && head < 4 && !words.is_empty();
            if let Some(habits) = &self.setting.habits {
                if !page.opening && !page.body.is_empty() {
                    for line in habits.head(number, page, &self.book.title, &shown, dice) {
                        lines.push(self.spread(&line, layout));
                    }
                    lines.push(String::new());
                }
            } else if with_head {
                match head {
                    0 | 3 if layout => {
                        let pad =
                            self.setting.measure.saturating_sub(words.chars().count() + folio.len()) / 2;
                        let pad = " ".repeat(pad.max(3));
                        lines.push(if even {
                            format!("{folio}{pad}{words}")
                        } else {
                            format!("{pad}{words}{pad}{folio}")
                        });
                    }
                    0 | 3 => lines.push(if even {
                        format!("{folio}   {words}")
                    } else {
                        format!("{words}   {folio}")
                    }),
                    1 if even => lines.extend([folio.clone(), String::new(), centred(&words)]),
                    1 => lines.extend([centred(&words), String::new(), folio.clone()]),
                    _ => lines.push(centred(&words)),
                }
                lines.push(String::new());
            }
            for text in &page.matter {
                lines.push(centred(text));
            }
            self.reader_body(page, (layout, indent), &call, &mut lines, &centred);
            let notes = self.note_lines(page, &open);
            if !notes.is_empty() {
                lines.push(String::new());
                if rule {
                    lines.push("_".repeat(12));
                }
                lines.extend(notes);
            }
            let at_foot = matches!(head, 2 | 4) || (page.opening && page.folio != Folio::None && head != 3);
            if at_foot && !folio.is_empty() && self.setting.habits.is_none() {
                lines.push(String::new());
                lines.push(centred(&if head == 4 && !layout {
                    format!("— {folio} —")
                } else {
                    folio.clone()
                }));
            }
            if let Some(habits) = &self.setting.habits
                && (!page.body.is_empty() || page.matter.first().is_some_and(|l| l == "CONTENTS"))
            {
                let next = self.edition.pages.get(number + 1);
                for line in habits.foot(number, page, &shown, next) {
                    lines.extend([String::new(), centred(&line)]);
                }
            }
            for line in lines {
                if line.is_empty() {
                    out.push('\n');
                } else {
                    out.push_str(&format!("{}{line}\n", " ".repeat(margin)));
                }
            }
            out.push('\u{c}');
        }
        out
    }

    /// The number that a page shows: a scan loses some, and openings may have none.
    fn shown(&self, page: &Page, folio: &str, dice: &mut Dice) -> String {
        let Some(habits) = &self.setting.habits else { return String::new() };
        let lost = habits.unnumbered > 0 && dice.roll(habits.unnumbered) == 0;
        let bare = page.opening && habits.bare_openings || page.folio == Folio::None;
        if lost || bare { String::new() } else { folio.to_owned() }
    }

    /// A line of a head as a PDF reader writes it.
    fn spread(&self, line: &HeadLine, layout: bool) -> String {
        if !layout {
            let parts: Vec<&str> = line.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
            return parts.join("   ");
        }
        let used: usize = line.iter().map(|p| p.chars().count()).sum();
        let pad = " ".repeat((self.setting.measure.saturating_sub(used) / 2).max(2));
        format!("{}{pad}{}{pad}{}", line[0], line[1], line[2]).trim_end().to_owned()
    }

    /// The head of a page in one block, where an OCR tool leaves heads in: some take them for titles.
    fn tool_head(&self, index: usize, page: &Page, dice: &mut Dice) -> Option<String> {
        let habits =
            self.setting.habits.as_ref().filter(|h| h.tool >= 3 && !page.opening && !page.body.is_empty())?;
        let folio = self.shown(page, &page.folio.shown(), dice);
        let lines =
            habits.head(index, page, &self.book.title, if habits.tool == 3 { "" } else { &folio }, dice);
        let parts: Vec<String> = lines
            .iter()
            .map(|line| line.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.trim_matches('_').is_empty())
            .collect();
        let sign = ["", "", "## ", "", "# ", "**"][(habits.tool + dice.roll(3)) % 6];
        let set = |line: &String| format!("{sign}{line}{}", sign.trim_start_matches(['#', ' ']));
        Some(parts.iter().map(set).collect::<Vec<_>>().join("\n\n"))
    }

    fn reader_body(
        &self,
        page: &Page,
        (layout, indent): (bool, usize),
        call: &Call<'_>,
        lines: &mut Vec<String>,
        centred: &dyn Fn(&str) -> String,
    ) {
        for (index, line) in page.body.iter().enumerate() {
            let text = self.called(&line.text.replace(CUT, "-"), call);
            let kind = self.kind(line);
            let apart = !matches!(kind, Kind::Paragraph);
            let before = index.checked_sub(1).map(|i| &page.body[i]);
            let new = before.is_some_and(|b| b.block != line.block);
            if new && (apart || before.is_some_and(|b| self.kind(b) != Kind::Paragraph)) {
                lines.push(String::new());
            }
            let pad = match kind {
                Kind::Paragraph if line.starts => indent,
                Kind::Quote if layout => 3,
                Kind::Verse if layout => 8,
                Kind::Table if layout => 4,
                Kind::Line if layout => self.setting.measure.saturating_sub(text.chars().count() + 2),
                _ => 0,
            };
            lines.push(match kind {
                Kind::Heading(_) | Kind::Picture => centred(&text),
                _ => format!("{}{text}", " ".repeat(pad)),
            });
        }
    }

    /// The paragraphs of a page, lines joined: kind, text, whether it begins and ends here.
    fn paragraphs(&self, page: &Page, call: &Call<'_>) -> Vec<(Kind, String, bool, bool)> {
        let mut found: Vec<(usize, Kind, String, bool, bool)> = Vec::new();
        for line in &page.body {
            let text = self.called(&line.text, call);
            match found.last_mut().filter(|f| f.0 == line.block) {
                Some(last) if last.2.ends_with(CUT) => {
                    last.2.pop();
                    last.2.push_str(&text);
                    last.4 = line.ends;
                }
                Some(last) => {
                    let end =
                        if matches!(last.1, Kind::Verse | Kind::Table | Kind::Index) { '\n' } else { ' ' };
                    last.2.push(end);
                    last.2.push_str(&text);
                    last.4 = line.ends;
                }
                None => found.push((line.block, self.kind(line), text, line.starts, line.ends)),
            }
        }
        found.into_iter().map(|f| (f.1, f.2.replace(CUT, "-"), f.3, f.4)).collect()
    }

    fn page_notes(&self, page: &Page) -> Vec<(usize, bool, String)> {
        let mut found: Vec<(usize, bool, String)> = Vec::new();
        for line in &page.notes {
            match found.last_mut().filter(|f| f.0 == line.note) {
                Some(last) if last.2.ends_with(CUT) => {
                    last.2.pop();
                    last.2.push_str(&line.text);
                }
                Some(last) => {
                    last.2.push(' ');
                    last.2.push_str(&line.text);
                }
                None => found.push((line.note, line.starts, line.text.clone())),
            }
        }
        found.into_iter().map(|f| (f.0, f.1, f.2.replace(CUT, "-"))).collect()
    }

    /// What marker writes.
    fn marker(&self, dice: &mut Dice) -> String {
        let style = dice.roll(4);
        let (heads, folios) = (dice.roll(3) == 0, dice.roll(3) == 0);
        let spans = style == 1;
        let mut out = String::new();
        for (index, page) in self.edition.pages.iter().enumerate() {
            out.push_str(&format!("\n\n{{{index}}}{}\n\n", "-".repeat(48)));
            let call = |mark: &str, note: usize| match style {
                1 => format!("[{mark}](#page-{index}-{note})"),
                2 => mark.replace('*', "\\*"),
                3 => format!("[^{mark}]"),
                _ => format!("<sup>{}</sup>", mark.replace('*', "\\*")),
            };
            let mut blocks: Vec<String> = Vec::new();
            let head = if index % 2 == 0 { self.book.title.to_uppercase() } else { page.text.to_uppercase() };
            let wider = self.setting.habits.is_some();
            blocks.extend(self.tool_head(index, page, dice));
            if !wider && heads && !page.opening && !head.is_empty() {
                let folio = page.folio.shown();
                blocks.push(if folios { format!("{head} {folio}") } else { head });
            }
            if !page.matter.is_empty() {
                for (n, line) in page.matter.iter().enumerate().filter(|l| !l.1.is_empty()) {
                    blocks.push(if n == 0 { format!("# {line}") } else { line.clone() });
                }
            }
            for (kind, text, _, _) in self.paragraphs(page, &call) {
                let id = if spans {
                    format!("<span id=\"page-{index}-{}\"></span>", blocks.len())
                } else {
                    String::new()
                };
                match kind {
                    Kind::Heading(depth) => {
                        let rank = if wider && depth == 1 { 1 + dice.roll(3) } else { usize::from(depth) };
                        let sign = "#".repeat(rank);
                        blocks.push(format!("{sign} {id}**{text}**"));
                    }
                    Kind::Index => {
                        blocks.push(text.lines().map(|l| format!("- {l}")).collect::<Vec<_>>().join("\n"));
                    }
                    Kind::Quote => blocks.push(format!("> {text}")),
                    Kind::Picture => {
                        blocks.push(format!("![](_page_{index}_Picture_{}.jpeg)", blocks.len()));
                        blocks.push(text);
                    }
                    Kind::Table => {
                        let mut rows: Vec<String> = text
                            .lines()
                            .map(|l| format!("| {} |", l.split_whitespace().collect::<Vec<_>>().join(" | ")))
                            .collect();
                        rows.insert(1, "|---|---|---|".to_owned());
                        blocks.push(rows.join("\n"));
                    }
                    _ => blocks.push(text),
                }
            }
            for (note, starts, text) in self.page_notes(page) {
                let mark = self.edition.marks[note].replace('*', "\\*");
                let id =
                    if spans { format!("<span id=\"page-{index}-{note}\"></span>") } else { String::new() };
                blocks.push(match (starts, style) {
                    (false, _) => text,
                    (_, 3) => format!("[^{}]: {text}", self.edition.marks[note]),
                    (_, 2) => format!("{mark} {text}"),
                    _ => format!("<sup>{mark}</sup> {id}{text}"),
                });
            }
            let bare = page.folio == Folio::None || page.body.is_empty() && wider;
            if folios && (wider || !heads) && !bare {
                blocks.push(page.folio.shown());
            }
            out.push_str(&blocks.join("\n\n"));
        }
        out
    }

    /// What distributors of plain text write.
    fn distributor(&self, dice: &mut Dice) -> String {
        let (own_lines, notes_at_end, letters) = (dice.roll(3) == 0, dice.roll(2) == 0, dice.roll(5) == 0);
        let spelled = !notes_at_end || dice.roll(2) == 0;
        let numbers = dice.roll(4) != 0;
        let starts = self.page_words();
        let mut out = String::new();
        if dice.roll(2) == 0 {
            let title = &self.book.title;
            out.push_str(&format!(
                "The Project Gutenberg eBook of {title}\n\nThis ebook is for the use of anyone anywhere.\n\nTitle: {title}\n\nAuthor: {}\n\n\
                 *** START OF THE PROJECT GUTENBERG EBOOK {} ***\n\n\n\nProduced by nobody in particular\n\n\n\n",
                self.book.author, title.to_uppercase()
            ));
        }
        out.push_str(&format!(
            "{}\n\nBY\n\n{}\n\n\n\n",
            self.book.title.to_uppercase(),
            self.book.author.to_uppercase()
        ));
        if self.setting.habits.as_ref().is_some_and(|habits| habits.dedication) {
            out.push_str("TO\n\nTHE MEMORY OF MY FATHER\n\nAND OF ALL WHO WORKED WITH HIM\n\n\n\n");
        }
        let sign = |label: &str| match self.setting.habits.as_ref().map_or(0, |h| h.page_signs) {
            1 => format!("{{{label}}}"),
            2 => format!("[Page\u{6}{label}]"),
            3 => format!("[p.\u{6}{label}]"),
            _ => format!("[Pg\u{6}{label}]"),
        };
        out.push_str("CONTENTS\n\n");
        let forms = self.setting.habits.as_ref().map(|h| h.contents);
        if forms == Some(1) {
            out.push_str(&format!("CHAPTER{}PAGE\n", " ".repeat(56)));
        }
        let parts = self.edition.contents.iter().any(|e| e.0 == 0);
        for (rank, title, page) in self.edition.contents.iter().filter(|e| e.0 < 2 || forms == Some(2)) {
            let indent = usize::from(*rank == 2) + usize::from(parts && *rank > 0);
            let title = &format!("{}{title}", "  ".repeat(indent));
            if *rank == 0 {
                out.push_str(&format!("\n{title}\n\n"));
                continue;
            }
            let pad = 64usize.saturating_sub(title.chars().count()).max(2);
            out.push_str(&if numbers {
                format!("{title}{}{page:>4}\n", " ".repeat(pad))
            } else {
                format!("{title}\n")
            });
        }
        out.push_str("\n\n\n");
        let mut number = 0;
        let mut due: Vec<(String, usize)> = Vec::new();
        for (index, block) in self.book.blocks.iter().enumerate() {
            let title = self.edition.titles.iter().find(|t| t.0 == index);
            if title.is_some() {
                self.end_notes(&mut due, spelled, &mut out);
                out.push_str("\n\n\n");
            }
            let mut body: Vec<String> = Vec::new();
            let mut here: Vec<(String, usize)> = Vec::new();
            for (n, word) in block.words.iter().enumerate() {
                let mut text = match title {
                    Some((_, lines)) if n == 0 => self.called(&lines.join("\n\n"), &|_, _| String::new()),
                    Some(_) => String::new(),
                    None if word.italic => format!("_{}_", word.text),
                    None => word.text.clone(),
                };
                if let Some(note) = word.note {
                    number += 1;
                    let mark = if letters {
                        char::from(b'A' + ((number - 1) % 26) as u8).to_string()
                    } else {
                        number.to_string()
                    };
                    text.push_str(&format!("[{mark}]"));
                    here.push((mark, note));
                }
                for (_, _, label) in starts.iter().filter(|s| (s.0, s.1) == (index, n)) {
                    if n == 0 && (own_lines || block.kind != Kind::Paragraph) {
                        out.push_str(&format!("{}\n\n", sign(label).replace('\u{6}', " ")));
                    } else if own_lines {
                        body.push(format!("\u{4}{}\u{4}", sign(label)));
                    } else {
                        text = format!("{} {text}", sign(label));
                    }
                }
                if block.ends.contains(&(n + 1)) {
                    text.push('\u{5}');
                }
                body.push(text);
            }
            let text =
                body.join(" ").replace("\u{4} ", "\u{4}").replace(" \u{4}", "\u{4}").replace("_ _", " ");
            for part in
                text.trim().split("\u{5}").map(str::trim).filter(|p| block.ends.is_empty() || !p.is_empty())
            {
                let indent = match block.kind {
                    Kind::Verse => 6,
                    Kind::Quote => 4,
                    Kind::Table => 4,
                    Kind::Line if !part.starts_with('[') => {
                        72usize.saturating_sub(part.chars().count()).min(40)
                    }
                    _ => 0,
                };
                let part = if block.kind == Kind::Picture {
                    format!("[Illustration: {part}]")
                } else {
                    part.to_owned()
                };
                let part = if block.kind == Kind::Table { part.replace(' ', "        ") } else { part };
                let part = part.replace('\u{6}', " ");
                for piece in part.split('\u{4}') {
                    if block.kind == Kind::Table {
                        out.push_str(&format!("    {piece}\n"));
                    } else if title.is_some() {
                        out.push_str(&format!("{piece}\n"));
                    } else {
                        fill(piece, 72 - indent, indent, &mut out);
                    }
                }
            }
            out.push('\n');
            if title.is_some() {
                out.push('\n');
            }
            if notes_at_end {
                due.extend(here);
            } else {
                self.end_notes(&mut here, true, &mut out);
            }
        }
        self.end_notes(&mut due, spelled, &mut out);
        out
    }

    fn end_notes(&self, due: &mut Vec<(String, usize)>, spelled: bool, out: &mut String) {
        if due.is_empty() {
            return;
        }
        if due.len() > 1 {
            out.push_str("\nFOOTNOTES:\n\n");
        }
        for (mark, note) in due.drain(..) {
            let text = self.note_text(note);
            fill(
                &if spelled { format!("[Footnote {mark}: {text}]") } else { format!("[{mark}] {text}") },
                72,
                0,
                out,
            );
            out.push('\n');
        }
    }

    /// What proofreaders of Distributed Proofreaders write.
    fn proofreaders(&self, dice: &mut Dice) -> String {
        let names = dice.roll(2) == 0;
        let mut out = String::new();
        for (index, page) in self.edition.pages.iter().enumerate() {
            let who = if names { "\\anna\\bert\\" } else { "" };
            out.push_str(&format!("-----File: {:03}.png---{who}{}\n", index + 1, "-".repeat(40)));
            for line in &page.matter {
                out.push_str(line);
                out.push('\n');
            }
            if page.body.is_empty() && page.matter.is_empty() {
                out.push_str("[Blank Page]\n");
            }
            let mut before: Option<&Line> = None;
            for (at, line) in page.body.iter().enumerate() {
                let kind = self.kind(line);
                if before.is_some_and(|b| b.block != line.block) {
                    out.push('\n');
                }
                if line.starts && kind == Kind::Heading(1) {
                    out.push_str("\n\n\n\n");
                }
                let wrap = |k: Kind| match k {
                    Kind::Quote => Some(("/#", "#/")),
                    Kind::Verse | Kind::Table | Kind::Index => Some(("/*", "*/")),
                    _ => None,
                };
                if let Some((open, _)) = wrap(kind)
                    && before.is_none_or(|b| b.block != line.block)
                {
                    out.push_str(&format!("{open}\n"));
                }
                let call = |mark: &str, _: usize| format!("[{mark}]");
                let last = at + 1 == page.body.len();
                let mut text = self.called(&line.text, &call);
                if text.ends_with(CUT) {
                    text.pop();
                    text.push_str(if last { "-*" } else { "-" });
                }
                if at == 0 && !line.starts && self.cut_before(index) {
                    text.insert(0, '*');
                }
                if kind == Kind::Picture && before.is_none_or(|b| b.block != line.block) {
                    text.insert_str(0, "[Illustration: ");
                }
                if kind == Kind::Picture && (last || page.body[at + 1].block != line.block) {
                    text.push(']');
                }
                out.push_str(&text);
                out.push('\n');
                if let Some((_, close)) = wrap(kind)
                    && (last || page.body[at + 1].block != line.block)
                {
                    out.push_str(&format!("{close}\n"));
                }
                before = Some(line);
            }
            for (note, starts, text) in self.page_notes(page) {
                out.push('\n');
                let mark = &self.edition.marks[note];
                fill(
                    &if starts {
                        format!("[Footnote {mark}: {text}]")
                    } else {
                        format!("*[Footnote: {text}]")
                    },
                    72,
                    0,
                    &mut out,
                );
            }
        }
        out
    }

    /// Whether the last word of the page before is divided.
    fn cut_before(&self, index: usize) -> bool {
        let page = self.edition.pages[..index].iter().rev().find(|p| p.folio != Folio::None);
        page.and_then(|p| p.body.last()).is_some_and(|l| l.text.ends_with(CUT))
    }

    /// What Mathpix and Mistral write.
    fn latex(&self, dice: &mut Dice) -> String {
        let (sections, folios) = (dice.roll(2) == 0, dice.roll(2) == 0);
        let call = |mark: &str, _: usize| format!("${{ }}^{{{mark}}}$");
        let mut pages: Vec<String> = Vec::new();
        for (index, page) in self.edition.pages.iter().enumerate() {
            let mut blocks: Vec<String> = Vec::new();
            blocks.extend(self.tool_head(index, page, dice));
            for (n, line) in page.matter.iter().enumerate().filter(|l| !l.1.is_empty()) {
                blocks.push(if n == 0 { format!("# {line}") } else { line.clone() });
            }
            for (kind, text, _, _) in self.paragraphs(page, &call) {
                match kind {
                    Kind::Heading(depth) if sections => {
                        blocks.push(format!("\\{}section*{{{text}}}", if depth == 1 { "" } else { "sub" }));
                    }
                    Kind::Heading(depth) => blocks.push(format!("{} {text}", "#".repeat(usize::from(depth)))),
                    Kind::Quote => blocks.push(format!("> {text}")),
                    Kind::Table => {
                        let mut rows: Vec<String> = text
                            .lines()
                            .map(|l| format!("| {} |", l.split_whitespace().collect::<Vec<_>>().join(" | ")))
                            .collect();
                        rows.insert(1, "|---|---|---|".to_owned());
                        blocks.push(rows.join("\n"));
                    }
                    _ => blocks.push(text),
                }
            }
            for (note, starts, text) in self.page_notes(page) {
                let mark = &self.edition.marks[note];
                blocks.push(if starts { format!("${{ }}^{{{mark}}}$ {text}") } else { text });
            }
            let blank = self.setting.habits.is_some() && page.body.is_empty();
            if folios && page.folio != Folio::None && !blank {
                blocks.push(page.folio.shown());
            }
            pages.push(blocks.join("\n\n"));
        }
        pages.join("\n\n---\n\n")
    }

    /// What Wikisource's pages hold.
    fn wikisource(&self, dice: &mut Dice) -> String {
        let header = dice.roll(2) == 0;
        let mut out = String::new();
        for (index, page) in self.edition.pages.iter().enumerate() {
            let words =
                if index % 2 == 0 { self.book.title.to_uppercase() } else { page.text.to_uppercase() };
            let head = match (page.opening, index % 2) {
                (true, _) => String::new(),
                (_, 0) => format!("{{{{rh|{}|{words}|}}}}", page.folio.shown()),
                _ => format!("{{{{rh||{words}|{}}}}}", page.folio.shown()),
            };
            let quality = if header { "<pagequality level=\"3\" user=\"Anna\" />" } else { "" };
            out.push_str(&format!("<noinclude>{quality}{head}</noinclude>"));
            let mut blocks: Vec<String> = Vec::new();
            for (n, line) in page.matter.iter().enumerate().filter(|l| !l.1.is_empty()) {
                blocks.push(if n == 0 { format!("{{{{c|{line}}}}}") } else { line.clone() });
            }
            let call = |_: &str, note: usize| format!("<ref>{}</ref>", self.note_text(note));
            for (kind, text, _, _) in self.paragraphs(page, &call) {
                blocks.push(match kind {
                    Kind::Heading(_) => format!("{{{{c|{{{{larger|{text}}}}}}}}}"),
                    Kind::Verse => format!("<poem>\n{text}\n</poem>"),
                    Kind::Table => text.replace("      ", " "),
                    Kind::Picture => format!("[[File:A picture.jpg|center|{text}]]"),
                    _ => text,
                });
            }
            out.push_str(&blocks.join("\n\n"));
            out.push_str("<noinclude></noinclude>\n\u{c}");
        }
        out
    }
}

/// A mark in raised figures.
fn superscript(mark: &str) -> String {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    mark.chars().map(|c| c.to_digit(10).map_or(c, |d| raised[d as usize])).collect()
}

/// Fills lines.
fn fill(text: &str, width: usize, indent: usize, out: &mut String) {
    let mut line = String::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
}
