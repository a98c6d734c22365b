//! Which lines are titles: in larger type, or in the middle between white space.

use super::super::part_name::names_part;
use super::Line;
use super::edges::{LARGER, SMALLER};
use super::entries::INDENT;
use super::measures::{BookMeasures, EVEN};
use super::passages::starts_small;
use crate::narrow::Nearest;

/// How far a title stands in that stands close above its text, and how much further on one side than on the other, in sizes.
const FREE: f32 = 2.0;
const EVENLY: f32 = 0.5;

impl BookMeasures {
    /// The depth of a heading: larger type, not as wide as a full line unless it is much larger.
    pub(super) fn heading(&self, line: &Line, (left, right): (f32, f32)) -> Option<u8> {
        let rank = self.headings.iter().position(|h| (h - line.size).abs() < self.size * 0.12)?;
        let short = line.right - line.left < (right - left) * 0.92;
        let words = line.text.chars().any(char::is_alphabetic);
        (words && (short || line.size > self.size * 1.5)).then_some(1 + u8::nearest(rank.min(2)))
    }

    /// The depth of a heading that only stands apart: white space above and below, as much on the left as on the
    /// right, and no sentence.
    pub(super) fn centred(
        &self,
        line: &Line,
        (above, below): (Option<&Line>, Option<&Line>),
        margins: (f32, f32),
    ) -> Option<u8> {
        if self.headings_are_told {
            return None;
        }
        let (inner, room) = (line.left - margins.0, margins.1 - line.right);
        let parted = above.is_none_or(|a| self.apart(a, line));
        let apart = parted && below.is_some_and(|b| self.apart(line, b));
        // the lines of a scan end unevenly, and the name of a chapter is one wherever it stands
        let aside = if names_part(&line.text) { 4.0 } else { 1.6 };
        let middle = inner > self.size * 1.5 && (inner - room).abs() < self.size * aside;
        // a chapter may be named with a stop: `CHAPITRE II.`
        let open = !line.text.ends_with(['.', ',', ';', ':', '-', '—', '…', '”', '"', '\u{ad}'])
            || names_part(&line.text);
        let numeral = line.text.trim_end_matches('.').bytes().all(|b| b"IVXLC".contains(&b));
        let words = line.text.contains(char::is_uppercase) && line.text.len() < 90;
        let whole = line.size > self.size * SMALLER;
        // a numeral alone counts a section wherever it stands, as long as something parts it from the text above
        let counts =
            numeral && words && above.is_none_or(|a| self.apart(a, line) || a.size > self.size * LARGER);
        // a title of a low rank stands close above the first line of its text, which is flush
        let close = parted
            && open
            && inner > self.size * FREE
            && (inner - room).abs() < self.size * EVENLY
            && below.is_some_and(|b| self.is_first_below_title(b, margins));
        ((apart || close) && middle && words && whole && (open || numeral) || counts)
            .then_some(1 + u8::nearest(self.headings.len().min(2)))
    }

    /// Whether a line is full and flush though first lines of paragraphs stand in, and begins a sentence, as one below a title does.
    fn is_first_below_title(&self, line: &Line, (left, right): (f32, f32)) -> bool {
        let flush = (line.left - left).abs() < INDENT / 2.0 * self.size;
        let full = (right - line.right).abs() < self.size;
        self.indent > INDENT
            && flush
            && full
            && !starts_small(&line.text)
            && (line.size - self.size).abs() < self.size * EVEN
    }
}
