//! Characters that stand in no place of their own.

/// Whether `c` belongs to the character before it: combining marks.
#[must_use]
pub fn clings(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether `c` needs no glyph: controls of joining, direction and breaking.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fffc}' | '\u{e0100}'..='\u{e01ef}')
}

/// Characters for a finding: the first of them with their numbers.
#[must_use]
pub fn named(chars: &[char]) -> String {
    const MOST: usize = 6;
    let name = |c: &char| {
        let circle = if clings(*c) { "\u{25cc}" } else { "" };
        format!("`{circle}{c}` (U+{:04X})", u32::from(*c))
    };
    let named: Vec<String> = chars.iter().take(MOST).map(name).collect();
    if chars.len() > MOST {
        return format!("{} and {} more", named.join(", "), chars.len() - MOST);
    }
    named.join(", ")
}
