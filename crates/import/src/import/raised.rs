//! Figures that are raised: those of calls and notes, of fractions and of powers.

/// Raised figures.
pub(super) const SUPERSCRIPT: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Whether raised figures, behind which this stands, are the upper ones of a fraction: `⁹⁄₁₃`.
pub(super) fn is_over(behind: &str) -> bool {
    let lower = |c: char| c.is_ascii_digit() || ('₀'..='₉').contains(&c);
    behind.strip_prefix(['⁄', '/']).is_some_and(|below| below.starts_with(lower))
}

/// Whether raised figures are the power of a quantity, a small letter by itself: `x²`.
pub(super) fn is_power(before: &str) -> bool {
    let mut letters = before.chars().rev();
    let lone = letters.next().is_some_and(|c| c.is_ascii_lowercase());
    lone && letters.next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '’' | '\'' | '.'))
}

/// Whether a line opens with a raised number or a star that is none of Markdown, as notes do: `<sup>1</sup> `, `¹ `, `^1 `, `\* `.
pub(super) fn opens_raised(text: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit();
    let tagged = ["<sup>", "^"].iter().filter_map(|open| text.strip_prefix(open));
    tagged.into_iter().any(|rest| rest.starts_with(figure))
        || text.starts_with(SUPERSCRIPT)
        || text.starts_with("\\*")
}
