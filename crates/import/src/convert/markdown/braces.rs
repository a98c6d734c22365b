//! Arguments of commands of TeX: words in braces, which stand in pairs.

/// What stands in the braces that a text begins with; none where they are not closed in the same paragraph.
pub(super) fn argument(text: &str) -> Option<&str> {
    let inside = super::mask::near(text.strip_prefix('{')?);
    let mut depth = 1;
    for (at, sign) in inside.match_indices(['{', '}', '\n']) {
        match sign {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ if inside[at + 1..].trim_start_matches([' ', '\t']).starts_with('\n') => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(&inside[..at]);
        }
    }
    None
}
