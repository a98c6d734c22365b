//! Lines that stand for a pause between scenes.

use crate::book::typed_words::{MOST_SCENE_SIGNS, is_scene_ornament};

/// A line that is read as a pause.
pub(super) const PAUSE: &str = "* * *";

/// Whether a line is that of a pause: stars and the like, and nothing else.
pub(super) fn is_scene_break(words: &str) -> bool {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let count = bare.chars().count();
    let all = |signs: &str| bare.chars().all(|c| signs.contains(c));
    (1..=MOST_SCENE_SIGNS).contains(&count)
        && (is_scene_ornament(&bare.chars().collect::<Vec<_>>())
            || (2..=5).contains(&count) && all("#-–—=o") && !all("-") && !all("—")
            || bare == "#"
            || bare == "***")
        && !bare.chars().all(char::is_alphanumeric)
}

/// Whether a line is of signs alone that stand for a pause: `<<<>>>`, `oOo`, `◊` or `. . .` in the middle, `-----`
/// anywhere.
pub(super) fn is_ornament(words: &str, in_middle: bool) -> bool {
    /// A pause has three signs or more; fewer may be an answer or a sum.
    const FEWEST: usize = 3;
    let bare: Vec<char> = words.chars().filter(|c| !c.is_whitespace()).collect();
    let all = |test: &dyn Fn(&char) -> bool| bare.iter().all(test);
    let is_sign = |c: &char| !c.is_alphanumeric() && !matches!(c, '!' | '?' | '“' | '”' | '"');
    // arrows, figures and dingbats (U+2190 to U+2BFF)
    let is_drawn = |c: &char| ('\u{2190}'..='\u{2bff}').contains(c);
    let many = bare.len() >= FEWEST;
    let crosses = words.trim().contains(' ') && all(&|c| matches!(c, 'x' | 'X'));
    let rings = all(&|c| matches!(c, 'o' | 'O' | '0' | '-' | '~'));
    in_middle && !bare.is_empty() && (all(&is_drawn) || many && (all(&is_sign) || crosses || rings))
        || many && all(&|c| matches!(c, '-' | '_' | '=' | '—' | '–'))
}
