//! Signs of languages that part no words by spaces.

/// Whether it is a sign of a language that parts no words by spaces.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFF00..=0xFFEF)
}
