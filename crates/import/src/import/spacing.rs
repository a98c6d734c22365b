//! How wide the lines of a text are, and how it parts its paragraphs.

use super::document::Document;
use super::line::Line;
use super::model::Flow;

/// How wide the lines of a text are, and how many blank lines stand between its paragraphs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spacing {
    /// The width that nine lines in ten do not exceed, in characters.
    pub measure: usize,
    /// The blank lines between two paragraphs.
    pub usual: usize,
}

impl Spacing {
    /// Learns it from all lines.
    pub(super) fn survey(lines: &[Line<'_>], document: Option<&Document>) -> Spacing {
        let mut widths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
        widths.sort_unstable();
        let measure = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
        let close = |(at, flow): (&usize, &Flow)| matches!(flow, Flow::Begins(_)) && lines[*at].blanks == 0;
        let by_indent = document.is_some_and(|d| {
            d.flow.iter().filter(|(at, flow)| close((at, flow))).take(LEAST_CLOSE).count() == LEAST_CLOSE
        });
        if by_indent {
            return Spacing { measure, usual: 0 };
        }
        let mut times = [0usize; MOST_BLANKS + 1];
        lines.iter().filter(|line| line.blanks > 0).for_each(|line| times[line.blanks.min(MOST_BLANKS)] += 1);
        let usual = (1..=MOST_BLANKS).rev().max_by_key(|blanks| times[*blanks]).unwrap_or(1);
        Spacing { measure, usual }
    }
}

/// How many paragraphs that begin without a blank line above show that white space parts none.
const LEAST_CLOSE: usize = 3;
/// From how many blank lines on they are counted as one.
const MOST_BLANKS: usize = 6;
