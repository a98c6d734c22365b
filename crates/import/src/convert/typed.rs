//! What typists type where a word processor has a command: lists by hand, tables of tabs, contents with dots, the words
//! below a picture, paragraphs that a soft return ends.

use super::flow::{Flow, Numbered, Paragraph, Role};
use super::model::{Book, Inline, plain, tidy};

/// Signs that begin an item.
const BULLETS: [char; 9] = ['•', '◦', '▪', '●', '○', '■', '‣', '·', '\u{f0b7}'];
/// What a line below a picture begins with when it is its caption.
const FIGURES: [&str; 12] = [
    "figure",
    "fig",
    "abbildung",
    "abb",
    "figura",
    "photo",
    "plate",
    "map",
    "illustration",
    "image",
    "рис",
    "kuva",
];

/// Reads all that is typed so.
pub(super) fn typed(flow: &mut Vec<Flow>, book: &mut Book) {
    soft_returns(flow, book);
    contents(flow);
    captions(flow);
    tables(flow, book);
    items(flow, book);
}

/// The words of a paragraph of running text, tabs kept.
fn words_of(part: &Flow) -> Option<String> {
    match part {
        Flow::Paragraph(p) if p.role == Role::Body && p.item.is_none() => Some(plain(&p.words)),
        _ => None,
    }
}

/// Parts a paragraph at its soft returns, where two stand together, or where each line is a paragraph: a long one that
/// ends as sentences do. Lines of verse and of addresses are short.
fn soft_returns(flow: &mut Vec<Flow>, book: &mut Book) {
    let old = std::mem::take(flow);
    for part in old {
        let Flow::Paragraph(paragraph) = part else {
            flow.push(part);
            continue;
        };
        let lines: Vec<Vec<Inline>> =
            paragraph.words.split(|inline| matches!(inline, Inline::Break)).map(<[Inline]>::to_vec).collect();
        let is_plain = paragraph.role == Role::Body && paragraph.item.is_none() && !paragraph.centred;
        if lines.len() < 2 || !is_plain || !are_paragraphs(&lines) {
            flow.push(Flow::Paragraph(paragraph));
            continue;
        }
        book.turn("soft returns into ends of paragraphs");
        let mut page_break = paragraph.page_break;
        for words in lines.into_iter().filter(|words| !plain(words).trim().is_empty()) {
            flow.push(Flow::Paragraph(Paragraph { words, page_break, ..paragraph.clone() }));
            page_break = false;
        }
    }
}

/// Whether lines are paragraphs: most are long, and all but the last end a sentence.
fn are_paragraphs(lines: &[Vec<Inline>]) -> bool {
    /// A line of verse has hardly more characters.
    const LONG: usize = 66;
    let words: Vec<String> = lines.iter().map(|line| plain(line).trim().to_owned()).collect();
    let full: Vec<&String> = words.iter().filter(|line| !line.is_empty()).collect();
    let ends = |line: &&String| line.ends_with(['.', '!', '?', '"', '”', '’', '»', '…', ':']);
    let ended = full.iter().take(full.len().saturating_sub(1)).all(ends);
    let long = full.iter().filter(|line| line.chars().count() > LONG).count();
    let parted = full.len() < words.len();
    full.len() >= 2 && ended && (long * 2 >= full.len() || parted && full.iter().all(ends))
}

/// Contents that were typed: lines that end in dots, or a tab, and the number of a page.
fn contents(flow: &mut [Flow]) {
    let is_field =
        |part: &Flow| matches!(part, Flow::Paragraph(p) if p.role == Role::Contents && !p.is_empty());
    let is_line = |part: &Flow| is_field(part) || words_of(part).is_some_and(|words| leads_to_page(&words));
    // below a title that says so, a tab before the number is enough
    let is_tabbed = |part: &Flow| {
        words_of(part)
            .and_then(|words| Some(words.trim().rsplit_once('\t')?.1.trim().to_owned()))
            .is_some_and(|number| {
                !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c))
            })
    };
    let mut at = 0;
    while at < flow.len() {
        let above = flow[..at].iter().rev().find(|part| !super::flow::is_blank(part));
        let titled = above.is_some_and(is_title);
        let is_line = |part: &Flow| is_line(part) || titled && is_tabbed(part);
        let length =
            flow[at..].iter().take_while(|part| is_line(part) || super::flow::is_blank(part)).count();
        if flow[at..at + length].iter().filter(|part| is_line(part)).count() >= 2 {
            let from = (0..at)
                .rev()
                .find(|before| !super::flow::is_blank(&flow[*before]))
                .filter(|before| is_title(&flow[*before]));
            for part in &mut flow[from.unwrap_or(at)..at + length] {
                if let Flow::Paragraph(paragraph) = part {
                    paragraph.role = Role::Contents;
                }
            }
        }
        at += length.max(1);
    }
}

/// `Chapter One ........ 3`, `The Boat\t12`.
fn leads_to_page(words: &str) -> bool {
    let words = words.trim();
    let before = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'i' | 'v' | 'x'));
    let number = words.len() - before.len();
    let bare = before.trim_end_matches(['.', '…', '·', '_', ' ']);
    let dots = before[bare.len()..].chars().filter(|c| *c != ' ').count();
    let dotted = dots >= 4 || before[bare.len()..].contains('…');
    (1..=5).contains(&number) && !bare.trim().is_empty() && words.chars().count() <= 120 && dotted
}

/// Whether a line is what stands above contents.
fn is_title(part: &Flow) -> bool {
    const TITLES: [&str; 8] = [
        "contents",
        "table of contents",
        "inhalt",
        "inhaltsverzeichnis",
        "sommaire",
        "table des matières",
        "índice",
        "indice",
    ];
    words_of(part)
        .is_some_and(|words| TITLES.contains(&words.trim().trim_end_matches(':').to_lowercase().as_str()))
}

/// A line below a picture that says which figure it is.
fn captions(flow: &mut [Flow]) {
    for at in 1..flow.len() {
        let is_picture = |inline: &Inline| matches!(inline, Inline::Image { .. });
        let below_picture = matches!(&flow[at - 1], Flow::Paragraph(p) if p.words.iter().any(is_picture) && plain(&p.words).trim().is_empty());
        let Some(words) = words_of(&flow[at]).filter(|_| below_picture) else { continue };
        let mut parts = words
            .split(|c: char| c.is_whitespace() || matches!(c, '.' | ':'))
            .filter(|part| !part.is_empty());
        let first = parts.next().unwrap_or("").to_lowercase();
        let numbered = parts
            .next()
            .is_some_and(|second| second.starts_with(|c: char| c.is_ascii_digit() || "IVX".contains(c)));
        if let Flow::Paragraph(paragraph) = &mut flow[at]
            && FIGURES.contains(&first.as_str())
            && numbered
        {
            paragraph.role = Role::Caption;
        }
    }
}

/// Paragraphs one below the other with as many tabs within them are the rows of a table.
fn tables(flow: &mut Vec<Flow>, book: &mut Book) {
    let tabs = |part: &Flow| words_of(part).map_or(0, |words| words.trim().matches('\t').count());
    let mut at = 0;
    while at < flow.len() {
        let wanted = tabs(&flow[at]);
        let rows = flow[at..].iter().take_while(|part| wanted > 0 && tabs(part) == wanted).count();
        // one tab in each may set speech or an index out
        if rows >= 2 && (wanted >= 2 || rows >= 4) {
            let made = flow[at..at + rows].iter().map(cells).collect();
            flow.splice(at..at + rows, [Flow::Table { head: false, rows: made }]);
            book.turn("lines parted by tabs into tables");
        }
        at += 1;
    }
}

/// The cells of a line that tabs part.
fn cells(part: &Flow) -> Vec<Vec<Flow>> {
    let Flow::Paragraph(paragraph) = part else { return Vec::new() };
    let mut cells: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in &paragraph.words {
        match inline {
            Inline::Text(text) if text.contains('\t') => {
                for (index, piece) in text.split('\t').enumerate() {
                    // what stands before the first words is an indent
                    if index > 0 && (cells.len() > 1 || !plain(&cells[0]).trim().is_empty()) {
                        cells.push(Vec::new());
                    }
                    cells.last_mut().into_iter().for_each(|cell| cell.push(Inline::Text(piece.to_owned())));
                }
            }
            other => cells.last_mut().into_iter().for_each(|cell| cell.push(other.clone())),
        }
    }
    cells
        .into_iter()
        .map(|words| vec![Flow::Paragraph(Paragraph { words, ..Paragraph::default() })])
        .collect()
}

/// Lists that were typed: two items or more with the same sign, or with numbers that go on by one.
fn items(flow: &mut [Flow], book: &mut Book) {
    let mut at = 0;
    while at < flow.len() {
        let marks: Vec<Mark> = flow[at..].iter().map_while(mark).collect();
        let length =
            marks.iter().zip(0..).take_while(|(mark, index)| mark.follows(&marks[0], *index)).count();
        if length >= 2 {
            for (part, mark) in flow[at..at + length].iter_mut().zip(&marks) {
                let Flow::Paragraph(paragraph) = part else { continue };
                paragraph.words = without(std::mem::take(&mut paragraph.words), mark.length);
                let list = format!("typed {at}");
                paragraph.item = Some(Numbered { list, level: 0, start: marks[0].number, further: false });
                book.leave_out("signs and numbers of items, which are made anew", mark.shown.clone());
            }
            book.turn("typed items into lists");
        }
        at += length.max(1);
    }
}

/// What an item begins with.
struct Mark {
    shown: String,
    number: Option<u64>,
    /// How many bytes of the words it takes, with the space behind it.
    length: usize,
}

impl Mark {
    /// Whether it is that of the item so many behind the first.
    fn follows(&self, first: &Mark, index: u64) -> bool {
        match (first.number, self.number) {
            (Some(first), Some(number)) => number == first + index,
            (None, None) => self.shown == first.shown,
            _ => false,
        }
    }
}

fn mark(part: &Flow) -> Option<Mark> {
    let words = words_of(part)?;
    let rest = words.trim_start();
    let begin = words.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (sign, number) = match rest.chars().next()? {
        c if BULLETS.contains(&c) => (c.len_utf8(), None),
        _ if (1..=3).contains(&digits) && rest[digits..].starts_with(['.', ')']) => {
            (digits + 1, rest[..digits].parse().ok())
        }
        _ => return None,
    };
    let gap = rest[sign..].len() - rest[sign..].trim_start().len();
    let is_said = gap > 0 && !rest[sign..].trim().is_empty();
    is_said.then(|| Mark { shown: rest[..sign].to_owned(), number, length: begin + sign + gap })
}

/// Words without so many bytes at their beginning, where they are text.
pub(super) fn without(words: Vec<Inline>, mut length: usize) -> Vec<Inline> {
    let take = |inline| match inline {
        Inline::Text(text) if length > 0 => {
            let cut = text.floor_char_boundary(length.min(text.len()));
            length -= cut;
            Inline::Text(text[cut..].to_owned())
        }
        Inline::Styled(style, inner) if length > 0 => {
            let taken = plain(&inner).len().min(length);
            let inner = without(inner, length);
            length -= taken;
            Inline::Styled(style, inner)
        }
        other => other,
    };
    tidy(words.into_iter().map(take).collect())
}
