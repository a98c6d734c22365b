//! Transcriptions that know where their words stand: hOCR, ALTO, PAGE XML, and
//! PDF with a layer of text.
//!
//! Each is read into the same [`ScannedPage`]s of lines with their boxes; [`notation`]
//! writes these as a text in the dialect `positions`, in which each line says
//! of itself what its place tells: that a paragraph begins, that the line goes
//! on, that it is a note, a running head. The words are those of the file, in
//! its order; the rest of the import reads that text as it reads any other.

use crate::reason::Reason;

mod alto;
mod captions;
mod edges;
mod entries;
mod headings;
mod hocr;
mod measures;
mod notation;
mod page_xml;
mod passages;
mod pdf;
mod places;
mod speakers;
mod tidy;
mod xml;
mod zones;

/// A page with the lines that stand on it.
#[derive(Clone, Debug, Default)]
pub(super) struct ScannedPage {
    /// Its number as the file gives it.
    pub label: Option<String>,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
}

/// What is read of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct Scanned {
    pages: Vec<ScannedPage>,
    /// What of it could not be read, each in a sentence.
    unread: Vec<String>,
}

/// The text of files that know where their words stand.
#[derive(Clone, Debug)]
pub struct Positions {
    /// The text, in the dialect `positions`.
    pub text: String,
    /// What could not be read: of which file, and what, in a sentence.
    pub unread: Vec<(usize, String)>,
}

/// Why there is no such text.
#[derive(Clone, Debug)]
pub enum Unreadable {
    /// A file is damaged: which, and how.
    Damaged(usize, Reason),
    /// There is nothing in it that could be read, or more than is read.
    Refused(Reason),
}

/// What a line is, where the file itself says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A running head, a page number: no text of the book.
    Edge,
    Heading(u8),
    /// A large initial, which stands beside the line that it begins.
    Initial,
    Paragraph,
    /// Words below a picture.
    Caption,
    Quote,
    Verse,
    Note,
    Code,
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
}

/// What a line is, and whether a passage begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub tag: Tag,
    pub begins: bool,
}

/// A line. Coordinates grow to the right and downwards, in any unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Its words, with the signs of Markdown for slanted words and calls of notes.
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
    /// The size of its type: the height of a line, or of the font.
    pub size: f32,
    /// What the file says that it is.
    pub tag: Option<Tag>,
    /// The passage that it belongs to, where the file says so: lines of one passage go on.
    pub block: Option<usize>,
    /// The cell of its row.
    pub cell: usize,
    /// Whether the file says that it goes on with the note before it.
    pub goes_on: bool,
}

/// How many pages are read.
const MOST_PAGES: usize = 20_000;

/// Whether a file is in one of the formats that have positions.
#[must_use]
pub fn has_positions(bytes: &[u8]) -> bool {
    kind(bytes).is_some()
}

/// The text of files in one of the formats that have positions, page after page; `None` when they are of another
/// kind.
///
/// # Errors
///
/// Why a file of such a kind has no text to give.
pub fn text_of(files: &[Vec<u8>]) -> Option<Result<Positions, Unreadable>> {
    let kind = kind(files.first()?)?;
    let (mut pages, mut unread) = (Vec::new(), Vec::new());
    for (index, file) in files.iter().enumerate() {
        let read = match kind {
            Kind::Pdf => pdf::read(file).map_err(Unreadable::Refused),
            Kind::Xml(read) => read(file)
                .map(|pages| Scanned { pages, unread: Vec::new() })
                .map_err(|why| Unreadable::Damaged(index, why)),
        };
        match read {
            Ok(read) => {
                pages.extend(read.pages);
                unread.extend(read.unread.into_iter().map(|what| (index, what)));
            }
            Err(why) => return Some(Err(why)),
        }
    }
    if pages.len() > MOST_PAGES {
        let why = format!("it has {} pages; {MOST_PAGES} is the most: divide it into volumes", pages.len());
        return Some(Err(Unreadable::Refused(why.into())));
    }
    if pages.iter().all(|page| page.lines.is_empty()) {
        let why = "it has no layer of text: read its pages with a program for text recognition first, for example \
                   `tesseract PAGE.png PAGE hocr`";
        return Some(Err(Unreadable::Refused(why.into())));
    }
    pages.iter_mut().for_each(tidy::tidy);
    pages.iter_mut().for_each(ScannedPage::gather);
    let text = notation::write(&pages);
    Some(Ok(Positions { text, unread }))
}

impl ScannedPage {
    /// In a list of contents the numbers stand at the other end of their lines: each is put back into its own.
    fn gather(&mut self) {
        let number = |l: &Line| {
            l.tag.is_none()
                && (1..=6).contains(&l.text.len())
                && l.text.bytes().all(|b| b.is_ascii_digit() || b"ivxlc".contains(&b))
        };
        let beside = |a: &Line, b: &Line| {
            (a.bottom - b.bottom).abs() < a.size * 0.5 && a.right <= b.left + a.size * 0.3
        };
        let entry = |lines: &[Line], at: usize| {
            (0..lines.len()).find(|i| *i != at && !number(&lines[*i]) && beside(&lines[*i], &lines[at]))
        };
        let numbers: Vec<usize> = (0..self.lines.len()).filter(|at| number(&self.lines[*at])).collect();
        // lines by the hundred are no list, and a list has several numbers
        if !(3..200).contains(&numbers.len()) {
            return;
        }
        for at in numbers.into_iter().rev() {
            let Some(entry) = entry(&self.lines, at) else { continue };
            let gone = self.lines.remove(at);
            let entry = if entry > at { entry - 1 } else { entry };
            self.lines[entry].text.push_str(&format!(" .... {}", gone.text));
            self.lines[entry].right = gone.right;
        }
    }
}

/// Sizes of type are in points, boxes in units of the scan: the usual share of the two brings them together.
fn in_units_of_the_page(pages: &mut [ScannedPage]) {
    let lines = || pages.iter().flat_map(|p| &p.lines);
    let mut shares: Vec<f32> = lines().map(|l| (l.bottom - l.top) / l.size.max(0.1)).collect();
    shares.sort_by(f32::total_cmp);
    let share = shares.get(shares.len() / 2).copied().filter(|s| *s > 0.0).unwrap_or(1.0);
    pages.iter_mut().flat_map(|p| &mut p.lines).for_each(|l| l.size *= share);
}

/// The formats.
#[derive(Clone, Copy)]
enum Kind {
    Pdf,
    /// One of XML, with its reader.
    Xml(fn(&[u8]) -> Result<Vec<ScannedPage>, Reason>),
}

/// How much of a file is looked at to know its kind.
const LOOKED_AT: usize = 16_384;

/// A file's format, by its first bytes.
fn kind(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    if head[..head.len().min(1024)].windows(5).any(|five| five == b"%PDF-") {
        return Some(Kind::Pdf);
    }
    let head = String::from_utf8_lossy(head);
    if !head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).starts_with('<') {
        return None;
    }
    if head.contains("ocr_page") || head.contains("ocr-system") {
        Some(Kind::Xml(hocr::read))
    } else if head.contains("<alto") {
        Some(Kind::Xml(alto::read))
    } else if head.contains("<PcGts") || head.contains(":PcGts") {
        Some(Kind::Xml(page_xml::read))
    } else {
        None
    }
}

/// A word so that Markdown takes none of its signs for marks.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !c.is_control()) {
        if matches!(c, '*' | '_' | '`' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Puts words together to a line; neighbours in slanted type stand between one pair of stars.
fn join(words: &[(String, bool)]) -> String {
    let mut out = String::new();
    for (index, (word, slanted)) in words.iter().enumerate() {
        let neighbour = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|w| w.1);
        if !out.is_empty() {
            out.push(' ');
        }
        let (opens, closes) =
            (*slanted && !neighbour(index.checked_sub(1)), *slanted && !neighbour(Some(index + 1)));
        out.push_str(if opens { "*" } else { "" });
        out.push_str(word);
        out.push_str(if closes { "*" } else { "" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_by_their_first_bytes() {
        for (bytes, known) in [
            (&b"%PDF-1.7"[..], true),
            (b"<?xml version='1.0'?><html><div class='ocr_page'>", true),
            (b"<?xml version='1.0'?><alto xmlns='x'>", true),
            (b"<pc:PcGts xmlns:pc='x'>", true),
            (b"<html><p>ocr</p>", false),
            (b"plain %", false),
        ] {
            assert_eq!(kind(bytes).is_some(), known);
        }
    }
}
