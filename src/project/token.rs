//! Values of book.toml that are names and numbers of the trade, and no prose: an ISBN, a
//! date, a format. They mean the same in whichever width a keyboard writes them, and with the
//! signs that nobody sees and a web page leaves behind.

use unicode_normalization::UnicodeNormalization;

/// Signs without width: marks of direction, joiners, soft hyphens, byte order marks.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether there is nothing to be seen of these words.
pub(super) fn is_blank(words: &str) -> bool {
    words.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

/// The value without what nobody sees, in letters and digits of usual width.
pub(super) fn token(value: &str) -> String {
    value.nfkc().filter(|c| !is_unseen(*c)).collect::<String>().trim().to_owned()
}
