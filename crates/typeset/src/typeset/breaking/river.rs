//! Rivers: white that runs down a paragraph through the word spaces of line
//! after line.
//!
//! Two spaces of neighbouring lines meet when they overlap by half of the
//! narrower one. Where spaces of three lines or more meet one below the other,
//! the eye sees a river. The search remembers for each line which of its
//! spaces lie under another, so that it sees the third line come.
//!
//! Both lines have their spaces in order, so one walk over the two finds all that meet:
//! a space of the upper line that ends before the lower one's begins meets none of the
//! later ones either. A line has a dozen spaces; the mask has a bit for each.
//!
//! For example, spaces at 5–7 and 21–23 above one another are masked in the second line;
//! when the third has spaces at 5–7 and 17–19, the first of them carries a river on.

use super::model::{Fit, Space, Totals};
use std::ops::Range;

/// The spaces of a line that lie under a space of the line above: a bit each,
/// from the line's first. Those past the 64th are not looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RiverMask(u64);

/// A line whose spaces stand somewhere.
pub(super) struct SetLine<'a> {
    /// Where the line begins.
    pub(super) left: f64,
    /// All before the line.
    pub(super) start: Totals,
    /// How it fills its measure.
    pub(super) fit: &'a Fit,
    /// Which spaces of the paragraph are in it.
    pub(super) spaces: Range<u32>,
}

/// The spaces of `line` that lie under one of the line `above`, and how many of
/// these carry a river on, which is to say that the space above lies under one itself.
pub(super) fn flow(
    spaces: &[Space],
    (above, river): (&SetLine<'_>, RiverMask),
    line: &SetLine<'_>,
) -> (RiverMask, u32) {
    let (mut under, mut carried) = (0, 0);
    let mut upper = above.places(spaces).enumerate().peekable();
    for (n, (from, to)) in line.places(spaces).take(64).enumerate() {
        // Spaces of the upper line that end before this one begins are passed for good: the next of
        // this line begins further to the right. So both lists are gone through once.
        while upper.next_if(|(_, (_, end))| *end <= from).is_some() {}
        let Some((m, (begin, end))) = upper.peek() else { break };
        let (overlap, narrower) = (to.min(*end) - from.max(*begin), (to - from).min(end - begin));
        // Half of the narrower one: less is a corner that two spaces share, and no way for the eye
        // down. The upper space stays where it is, since a wide one may lie over two.
        if overlap * 2.0 >= narrower {
            under |= 1 << n;
            carried += u32::from(*m < 64 && river.0 >> m & 1 == 1);
        }
    }
    (RiverMask(under), carried)
}

impl SetLine<'_> {
    /// Where each of its spaces begins and ends.
    fn places<'s>(&'s self, spaces: &'s [Space]) -> impl Iterator<Item = (f64, f64)> {
        // Stretch is proportional to width in a word space, so its ratio is what it grows by.
        let wider = 1.0 + self.fit.ratio;
        spaces[self.spaces.start as usize..self.spaces.end as usize].iter().map(move |space| {
            let before = space.before - self.start;
            let from =
                self.left + before.width + self.fit.flex * before.flex + self.fit.ratio * before.stretch;
            (from, from + space.width * wider)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrow::Nearest;

    /// The words of a line as their lengths; spaces are 2 wide.
    fn line(words: &[u32]) -> Vec<Space> {
        let mut width = 0.0;
        let spaces = words.iter().map(|word| {
            width += f64::from(*word);
            let space = Space { before: Totals { width, stretch: width, ..Totals::default() }, width: 2.0 };
            width += 2.0;
            space
        });
        spaces.collect()
    }

    #[test]
    fn a_river_is_seen_when_it_reaches_the_third_line() {
        let lines: [&[u32]; 4] = [&[5, 9, 3], &[4, 2, 7], &[5, 10, 9], &[2, 2, 2]];
        let mut spaces = Vec::new();
        let mut river = RiverMask::default();
        let mut seen = Vec::new();
        for (n, words) in lines.iter().enumerate() {
            let from = u32::nearest(spaces.len());
            spaces.extend(line(words));
            let set_line = |spaces| SetLine {
                left: 0.0,
                start: Totals::default(),
                fit: &Fit { ratio: 0.0, flex: 0.0, class: 0 },
                spaces,
            };
            if n > 0 {
                let found = flow(&spaces, (&set_line(from - 3..from), river), &set_line(from..from + 3));
                river = found.0;
                seen.push((river.0, found.1));
            }
        }
        // 5..7 16..18 21..23, then 4..6 8..10 17..19, then 5..7 17..19 28..30, then 2..4 6..8 10..12.
        assert_eq!(seen, [(0b101, 0), (0b011, 2), (0b010, 1)]);
    }
}
