//! Formulas of TeX within Markdown, in which no sign has the meaning that Markdown gives it.

use std::ops::Range;

/// How many bytes a formula has at most.
const LONGEST: usize = 600;

/// The formulas of a text: `$$ … $$`, and `$ … $` with no space at its inner ends and no figure behind it, as sums of money have.
pub(super) fn formulas(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find('$').map(|n| at + n) {
        let fence = if text[from..].starts_with("$$") { "$$" } else { "$" };
        let begin = from + fence.len();
        let near = text.floor_char_boundary(begin.saturating_add(LONGEST));
        let end = text.get(begin..near).and_then(|inner| inner.find(fence)).map(|n| begin + n);
        let escaped = text[..from].ends_with('\\');
        let is_formula = |end: &usize| {
            let (inner, behind) = (&text[begin..*end], &text[end + fence.len()..]);
            let tight = !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace);
            !escaped
                && !inner.is_empty()
                && (fence == "$$" || tight && !behind.starts_with(|c: char| c.is_ascii_digit()))
        };
        at = match end.filter(is_formula) {
            Some(end) => {
                found.push(from..end + fence.len());
                end + fence.len()
            }
            None => begin,
        };
    }
    found
}

/// The formulas of a plain text, as distributors spell them: `[Math: x_{1} + x_{2}]`.
pub(super) fn spelled_formulas(text: &str) -> Vec<Range<usize>> {
    const OPENS: &str = "[Math: ";
    let end = |(from, _): (usize, &str)| {
        let inner = &text[from..text.floor_char_boundary(from.saturating_add(LONGEST))];
        let end = inner.find(']').map_or(from + OPENS.len(), |n| from + n + 1);
        from..end
    };
    text.match_indices(OPENS).map(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_formulas_end_at_their_brackets() {
        let text = "given [Math: x_{1}, x_{2}] and _more_";
        let found: Vec<&str> = spelled_formulas(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["[Math: x_{1}, x_{2}]"]);
    }

    #[test]
    fn formulas_and_sums_of_money() {
        let of = |text: &str| formulas(text).into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(of("as $x^2$ and $$y_1 = \\sum$$ are"), ["$x^2$", "$$y_1 = \\sum$$"]);
        assert!(of("from $5 to $7 a head").is_empty());
        assert!(of("a \\$x$ b").is_empty());
    }
}
