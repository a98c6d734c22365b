//! Breaks the words of a cover into lines with the real widths of the faces.

use crate::reason::Reason;
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use resvg::usvg;

/// Words are measured at this size and scaled.
pub(super) const MEASURE_SIZE: f64 = 100.0;

/// The widths of texts that are dressed like `element`.
pub(super) fn widths_of(
    element: &BytesStart<'static>,
    texts: &[&str],
    options: &usvg::Options<'_>,
) -> Result<Vec<f64>, Reason> {
    let mut out = Writer::new(Vec::new());
    let mut write = |event| out.write_event(event).map_err(|e| e.to_string());
    write(Event::Start(BytesStart::new("svg").with_attributes([("xmlns", "http://www.w3.org/2000/svg")])))?;
    for text in texts {
        write(Event::Start(element.borrow()))?;
        write(Event::Text(BytesText::new(text)))?;
        write(Event::End(BytesEnd::new("text")))?;
    }
    write(Event::End(BytesEnd::new("svg")))?;
    let tree =
        usvg::Tree::from_data(&out.into_inner(), options).map_err(|e| format!("is not valid SVG: {e}"))?;
    let widths = tree.root().children().iter().map(|text| f64::from(text.bounding_box().width()));
    let widths: Vec<f64> = widths.filter(|width| *width > 0.0).collect();
    if widths.len() == texts.len() {
        return Ok(widths);
    }
    // Of a face that is not there nothing is drawn, and of some faces nothing for letters that they lack.
    let words = texts.iter().max_by_key(|text| text.chars().count()).map_or("", |text| *text);
    Err(format!("cannot show `{words}`: no face that it names has letters for that; add a font that has them to `fonts/`").into())
}

/// A line of so many words can spare one for the line below it.
const SPARES_A_WORD: usize = 4;

/// A word that is narrower than this part of the widest looks lost in a line.
const SHORT: f64 = 0.6;

/// What stands together on a line: a word, or a part of one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    /// In ems.
    pub width: f64,
    /// Whether the word goes on in the next piece.
    pub goes_on: bool,
}

impl Piece {
    /// Whether a line that ends with it takes a hyphen.
    fn takes_hyphen(&self) -> bool {
        self.goes_on && self.text.ends_with(char::is_alphabetic)
    }
}

/// Words with their widths in ems.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    pub pieces: Vec<Piece>,
    pub space: f64,
    pub hyphen: f64,
}

/// Words in lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines {
    pub lines: Vec<String>,
    /// How many words are divided.
    pub divided: usize,
}

impl Measured {
    /// The same words, those that are wider than the measure in the parts that
    /// `next` gives, one word at a call.
    pub(super) fn divided(&self, measure: f64, next: &mut dyn FnMut() -> Vec<Piece>) -> Measured {
        let pieces = self.pieces.iter().flat_map(|word| {
            let parts = if word.width > measure { next() } else { Vec::new() };
            if parts.is_empty() { vec![word.clone()] } else { parts }
        });
        Measured { pieces: pieces.collect(), ..*self }
    }

    pub(super) fn widest(&self) -> f64 {
        self.pieces.iter().map(|piece| self.at_end(piece)).fold(0.0, f64::max)
    }

    /// The width of a piece at the end of a line.
    fn at_end(&self, piece: &Piece) -> f64 {
        piece.width + if piece.takes_hyphen() { self.hyphen } else { 0.0 }
    }

    /// Lines no wider than the measure, as few as can be and as even as can be.
    pub(super) fn balanced(&self, measure: f64) -> Lines {
        let count = self.first_fit(measure).lines.len();
        let (mut low, mut high) = (self.widest(), measure.max(self.widest()));
        for _ in 0..20 {
            let middle = (low + high) / 2.0;
            if self.first_fit(middle).lines.len() > count { low = middle } else { high = middle }
        }
        let lines = self.first_fit(high);
        if self.ends_in_a_word(&lines) { self.evened(high, count).unwrap_or(lines) } else { lines }
    }

    /// Whether the last of several lines is a word that is short beside the others.
    fn ends_in_a_word(&self, lines: &Lines) -> bool {
        let last = self.pieces.last().map_or(0.0, |piece| piece.width);
        let word = lines.lines.last().is_some_and(|line| !line.contains(' '));
        lines.lines.len() > 2 && word && last < SHORT * self.widest()
    }

    /// Whole words in so many lines no wider than the measure, the squares of what the lines leave empty as
    /// small as can be; `None` where words are divided. Time is `count` × words².
    fn evened(&self, measure: f64, count: usize) -> Option<Lines> {
        if self.pieces.iter().any(|piece| piece.goes_on) {
            return None;
        }
        let words = self.pieces.len();
        // For each number of words, the least that they cost in the lines so far, and where the last begins.
        let mut least = vec![vec![None; words + 1]; count + 1];
        least[0][0] = Some((0.0, 0));
        for line in 1..=count {
            for begin in 0..words {
                let Some((paid, _)) = least[line - 1][begin] else { continue };
                let mut width = -self.space;
                for (last, piece) in self.pieces.iter().enumerate().skip(begin) {
                    width += self.space + piece.width;
                    if width > measure + 1e-9 {
                        break;
                    }
                    let cost = paid + (measure - width).powi(2);
                    let known = &mut least[line][last + 1];
                    if known.is_none_or(|(known, _)| cost < known) {
                        *known = Some((cost, begin));
                    }
                }
            }
        }
        let (mut end, mut lines) = (words, Vec::with_capacity(count));
        for line in (1..=count).rev() {
            let (_, begin) = least[line][end]?;
            let texts: Vec<&str> = self.pieces[begin..end].iter().map(|piece| piece.text.as_str()).collect();
            lines.push(texts.join(" "));
            end = begin;
        }
        lines.reverse();
        Some(Lines { lines, divided: 0 })
    }

    /// Lines filled one after the other, the last of which is more than one word where the line before can spare one.
    pub(super) fn filled(&self, measure: f64) -> Lines {
        let mut all = self.first_fit(measure);
        let [.., before_last, last] = self.pieces.as_slice() else { return all };
        let fits = before_last.width + self.space + last.width <= measure;
        let whole = self.pieces.iter().rev().take(3).all(|piece| !piece.goes_on && !piece.takes_hyphen());
        if let [.., above, lone] = all.lines.as_mut_slice()
            && fits
            && whole
            && !lone.contains(' ')
            && above.split(' ').count() >= SPARES_A_WORD
            && let Some(at) = above.rfind(' ')
        {
            *lone = format!("{} {lone}", &above[at + 1..]);
            above.truncate(at);
        }
        all
    }

    /// Lines filled one after the other.
    fn first_fit(&self, measure: f64) -> Lines {
        let mut all = Lines::default();
        let (mut so_far, mut goes_on, mut takes_hyphen) = (0.0, false, false);
        for piece in &self.pieces {
            let space = if goes_on { 0.0 } else { self.space };
            match all.lines.last_mut() {
                Some(line) if so_far + space + self.at_end(piece) <= measure + 1e-9 => {
                    line.push_str(if goes_on { "" } else { " " });
                    line.push_str(&piece.text);
                    so_far += space + piece.width;
                }
                last => {
                    if let Some(line) = last.filter(|_| takes_hyphen) {
                        line.push('-');
                    }
                    all.divided += usize::from(goes_on);
                    all.lines.push(piece.text.clone());
                    so_far = piece.width;
                }
            }
            (goes_on, takes_hyphen) = (piece.goes_on, piece.takes_hyphen());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str, goes_on: bool) -> Piece {
        Piece { text: text.to_owned(), width: text.chars().count() as f64, goes_on }
    }

    fn set(pieces: &[Piece]) -> Measured {
        Measured { pieces: pieces.to_vec(), space: 1.0, hyphen: 1.0 }
    }

    #[test]
    fn no_word_stands_alone_below_full_lines() {
        let words: Vec<Piece> =
            "a blurb of some words, which ends".split(' ').map(|word| piece(word, false)).collect();
        assert_eq!(set(&words).first_fit(29.0).lines, ["a blurb of some words, which", "ends"]);
        assert_eq!(set(&words).filled(29.0).lines, ["a blurb of some words,", "which ends"]);
        // a line that would be left with two words keeps them
        let few: Vec<Piece> = "three short words ends".split(' ').map(|word| piece(word, false)).collect();
        assert_eq!(set(&few).filled(17.0).lines, ["three short words", "ends"]);
    }

    #[test]
    fn a_word_is_divided_only_where_it_must_be() {
        let words = set(&[piece("a", false), piece("steam", true), piece("boat", false)]);
        assert_eq!(words.first_fit(11.0).lines, ["a steamboat"]);
        let tight = words.first_fit(10.0);
        assert_eq!((tight.lines, tight.divided), (vec!["a steam-".to_owned(), "boat".to_owned()], 1));
        assert_eq!(words.widest(), 6.0, "with its hyphen");
    }

    #[test]
    fn no_short_word_stands_alone_below_the_others() {
        let words = "The Interminable Prolongation of Titles in the Century before Last".split(' ');
        let words: Vec<Piece> = words.map(|word| piece(word, false)).collect();
        let lines = set(&words).balanced(16.0).lines;
        let even = ["The Interminable", "Prolongation", "of Titles in", "the Century", "before Last"];
        assert_eq!(lines, even);
    }

    #[test]
    fn a_part_that_ends_in_a_hyphen_takes_no_other() {
        let words = set(&[piece("steam-", true), piece("boat", false)]);
        assert_eq!(words.first_fit(6.0).lines, ["steam-", "boat"]);
    }

    #[test]
    fn only_what_is_too_wide_is_taken_apart() {
        let words = set(&[piece("steamboat", false), piece("captain", false)]);
        let mut parts = || vec![piece("steam", true), piece("boat", false)];
        let divided = words.divided(8.0, &mut parts);
        assert_eq!(divided.pieces.len(), 3);
        assert_eq!(divided.balanced(8.0).lines, ["steam-", "boat", "captain"]);
        assert_eq!(words.divided(9.0, &mut parts), words);
    }
}
