//! The rank of headings in sections: HTML let each section begin again with `<h1>`, however deep it stood in others.

use crate::convert::element::Element;

/// What the sections around say of the rank of a heading.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outline {
    /// The highest rank of the section's own headings so far.
    own: Option<u8>,
    /// The rank of the heading of the section around.
    above: Option<u8>,
    /// By how much headings are lower than their elements say.
    lower: u8,
}

impl Outline {
    /// That within an element: a section whose heading is no lower than that around has it below.
    pub(super) fn within(self, element: &Element) -> Outline {
        if !matches!(element.name.as_str(), "section" | "article") {
            return self;
        }
        let above = self.own.or(self.above);
        let first = first_heading(element).map(|rank| rank + self.lower);
        let step = above.zip(first).map_or(0, |(above, first)| (above + 1).saturating_sub(first));
        Outline { own: None, above, lower: self.lower + step }
    }

    /// Behind an element, which it was entered for with `inner` as it is at its end.
    pub(super) fn behind(self, element: &Element, inner: Outline) -> Outline {
        if matches!(element.name.as_str(), "section" | "article") { self } else { inner }
    }

    /// The rank of a heading whose element says `said`.
    pub(super) fn rank(&mut self, said: u8) -> u8 {
        let rank = said.saturating_add(self.lower).min(LOWEST);
        self.own = Some(self.own.map_or(rank, |own| own.min(rank)));
        rank
    }
}

/// The lowest rank that HTML has.
const LOWEST: u8 = 6;

/// The rank that the first heading in an element has by its name.
fn first_heading(element: &Element) -> Option<u8> {
    element.elements().find_map(|inner| rank_of(inner).or_else(|| first_heading(inner)))
}

/// The rank of a heading by its name, `h1` to `h6`.
pub(super) fn rank_of(element: &Element) -> Option<u8> {
    let rank = element.name.strip_prefix('h')?.parse().ok()?;
    (1..=LOWEST).contains(&rank).then_some(rank)
}
