//! Page labels: a page's number as a reader cites it, for the viewer's page box.

use crate::terms::numerals::from_roman;
use krilla::page::{NumberingStyle, PageLabel};
use std::num::NonZeroU32;

/// The label of the cover page, which the book does not count.
const COVER: &str = "Cover";

/// The label of a page numbered `xii` or `12`; other labels are kept as text.
pub(super) fn label(text: &str) -> PageLabel {
    let number = arabic(text)
        .map(|n| (NumberingStyle::Arabic, n))
        .or_else(|| roman(text).map(|n| (NumberingStyle::LowerRoman, n)));
    match number {
        Some((style, n)) => PageLabel::new(Some(style), None, Some(n)),
        None => PageLabel::new(None, Some(text.to_owned()), None),
    }
}

/// The label of the cover page.
pub(super) fn cover() -> PageLabel {
    PageLabel::new(None, Some(COVER.to_owned()), None)
}

fn arabic(text: &str) -> Option<NonZeroU32> {
    let number: NonZeroU32 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

fn roman(text: &str) -> Option<NonZeroU32> {
    from_roman(text).and_then(NonZeroU32::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_numbers_have_no_leading_zero() {
        assert_eq!(arabic("12").map(NonZeroU32::get), Some(12));
        for text in ["", "0", "012", "+3", "1a"] {
            assert_eq!(arabic(text), None, "{text}");
        }
    }
}
