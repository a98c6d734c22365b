//! The order of words in a line: the Unicode Bidirectional Algorithm (UAX #9).

/// The embedding level of each byte of `text`; `None` when everything runs from
/// left to right.
pub(super) fn levels(text: &str, rtl: bool) -> Option<Vec<u8>> {
    // Most books have no letter that turns the direction. To look for one is a pass over the
    // characters, many times cheaper than the algorithm, which they need not pay for.
    if !rtl && !text.chars().any(is_rtl) {
        return None;
    }
    let base = unicode_bidi::Level::from(u8::from(rtl));
    let info = unicode_bidi::BidiInfo::new(text, Some(base));
    Some(info.levels.iter().map(|level| level.number()).collect())
}

/// Whether a character may turn the direction.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Puts the parts of a line into the order in which they stand from left to
/// right (rule L2).
pub(super) fn visual<T>(parts: &mut [T], level: impl Fn(&T) -> u8) {
    let highest = parts.iter().map(&level).max().unwrap_or(0);
    // Rule L2 word for word: from the highest level down to the lowest odd one, whatever stands at
    // that level or above is turned round. A number within Hebrew (level 2 within 1) is turned twice
    // and so reads from left to right, in its place among words that do not.
    for least in (1..=highest).rev() {
        let mut from = 0;
        while from < parts.len() {
            let len = parts[from..].iter().take_while(|part| level(part) >= least).count();
            parts[from..from + len].reverse();
            from += len + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_runs_are_turned_around_in_their_place() {
        let mut parts = vec![("a", 0), ("C", 1), ("1", 2), ("2", 2), ("D", 1), ("b", 0)];
        visual(&mut parts, |part| part.1);
        let order: String = parts.iter().map(|part| part.0).collect();
        assert_eq!(order, "aD12Cb");
    }

    #[test]
    fn only_text_that_turns_has_levels() {
        assert_eq!(levels("plain — ελληνικά", false), None);
        assert_eq!(levels("a א", false), Some(vec![0, 0, 1, 1]));
    }
}
