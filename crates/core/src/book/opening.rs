//! The paragraph that opens a text: which it is, whether it bears an initial,
//! and how far its lead-in goes. The same for every edition.

use super::{Block, BlockKind, Div, Inline, InlineKind, Lang, Role, Section, Seen, plain, visit_inlines};

/// How many words a lead-in has at most.
const LEAD_IN_WORDS: usize = 4;
/// A line that says where and when a text begins has no more letters.
const LONGEST_DATELINE: usize = 70;
/// So many such lines may stand above a text: place and day.
const DATELINES: usize = 2;

impl Section {
    /// The paragraph that opens the text: the first below its title. A motto, a
    /// picture, verse or a line in italics that says where and when may stand between the two. None in a text that stands
    /// alone on its page, as a dedication does, has entries that hang, or is a play.
    #[must_use]
    pub fn opening(&self) -> Option<&[Inline]> {
        use Role::{
            Bibliography, Colophon, Dedication, Epigraph, Frontispiece, HalfTitle, Imprint, Index, TitlePage,
        };
        let alone = matches!(
            self.role,
            Bibliography
                | Colophon
                | Dedication
                | Epigraph
                | Frontispiece
                | HalfTitle
                | Imprint
                | Index
                | TitlePage
        );
        let body = self.body().filter(|body| !alone && !body.play)?;
        let title = body.blocks.iter().position(is_title)?;
        let below = &body.blocks[title + 1..];
        let datelines = below.iter().take(DATELINES).take_while(|block| is_dateline(block)).count();
        first_paragraph(&below[datelines..]).or_else(|_| first_paragraph(below)).ok()
    }
}

/// `*Prague, March 1911*`, and no word that is not in italics.
fn is_dateline(block: &Block) -> bool {
    let BlockKind::Para(words) = &block.kind else { return false };
    matches!(words.as_slice(), [Inline { kind: InlineKind::Emph(_), .. }])
        && plain(words).chars().count() <= LONGEST_DATELINE
}

fn is_title(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1)
}

/// The first paragraph among blocks that may stand before it. The error says
/// whether one may still come behind them.
fn first_paragraph(blocks: &[Block]) -> Result<&[Inline], bool> {
    for block in blocks {
        match &block.kind {
            BlockKind::Para(content) if holds_picture(content) => return Err(false),
            BlockKind::Para(content) if !plain(content).trim().is_empty() => return Ok(content),
            BlockKind::Div(Div::Continued | Div::Other, _, inner) => match first_paragraph(inner) {
                Err(true) => {}
                found => return found,
            },
            // A letter or a list in columns is the text itself already; what comes behind it opens nothing.
            BlockKind::Div(Div::Letter | Div::Columns | Div::Landscape | Div::Bibliography, ..) => {
                return Err(false);
            }
            BlockKind::Para(_)
            | BlockKind::Heading(_)
            | BlockKind::Quote(_)
            | BlockKind::Verse(_)
            | BlockKind::Figure(_)
            | BlockKind::Div(..)
            | BlockKind::PageMark(_) => {}
            BlockKind::List(_)
            | BlockKind::Definitions(_)
            | BlockKind::Table(_)
            | BlockKind::Code { .. }
            | BlockKind::SceneBreak => return Err(false),
        }
    }
    Err(true)
}

fn holds_picture(inlines: &[Inline]) -> bool {
    let mut found = false;
    visit_inlines(inlines, &mut |seen| found |= matches!(seen, Seen::Picture(..)));
    found
}

/// Whether a paragraph that opens a text bears an initial of so many lines: it begins
/// with a letter that can stand by itself. However short it is, so that no text of a
/// book goes without; the next paragraphs stand beside the initial as well. Initials of a
/// book stand on one side of the page, so a letter that is read the other way bears none.
#[must_use]
pub fn bears_initial(paragraph: &[Inline], lines: u32, book: &Lang) -> bool {
    let goes_with_book = |(_, letter)| is_hebrew(letter) == book.is_rtl();
    lines > 1 && first_words(paragraph).and_then(initial).is_some_and(goes_with_book)
}

/// Hebrew is the one script that runs from the right and whose letters do not join.
fn is_hebrew(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}')
}

/// Where in the first words the letter stands that becomes the initial: behind a
/// quotation mark at most. None for scripts whose letters join.
#[must_use]
pub fn initial(words: &str) -> Option<(usize, char)> {
    let (at, letter) = words.char_indices().find(|(_, c)| c.is_alphabetic())?;
    let marks = words[..at].chars().all(|c| matches!(c, '“' | '‘' | '"' | '„' | '¿' | '¡'));
    (marks && !joins(letter)).then_some((at, letter))
}

/// How far into the first words the lead-in goes: to the first comma or stop,
/// and not beyond four words.
#[must_use]
pub fn lead_in(words: &str) -> usize {
    let mut spaces = words.match_indices(' ').map(|(at, _)| at);
    let most = spaces.nth(LEAD_IN_WORDS - 1).unwrap_or(words.len());
    words.find([',', ';', '.', ':', '—', '!', '?']).map_or(most, |stop| stop.min(most))
}

/// Whether a letter is of a script whose letters join: none of them can stand
/// by itself.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn first_words(inlines: &[Inline]) -> Option<&str> {
    let mut first = None;
    visit_inlines(inlines, &mut |seen| {
        if let Seen::Words(text, _) | Seen::Code(text, _) = seen {
            first = first.or(Some(text.words.as_str()).filter(|words| !words.is_empty()));
        }
    });
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_in_ends_at_a_stop_or_after_four_words() {
        for (words, led) in [
            ("It was a dark and stormy night", "It was a dark"),
            ("“What is it?” she asked", "“What is it"),
            ("One word", "One word"),
            ("— said he", ""),
        ] {
            assert_eq!(&words[..lead_in(words)], led);
        }
    }

    #[test]
    fn initials_are_letters_behind_quotation_marks_alone() {
        for (words, wanted) in [
            ("“It was", Some((3, 'I'))),
            ("Été", Some((0, 'É'))),
            ("1914 was", None),
            ("— No", None),
            ("مرحبا", None),
            ("“‘Never", Some((6, 'N'))),
        ] {
            assert_eq!(initial(words), wanted, "{words}");
        }
    }
}
