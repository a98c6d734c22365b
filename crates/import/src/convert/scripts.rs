//! The scripts of a book's words: whether the faces that every style has can set them.

/// A book is of other scripts where so many of its letters are, in hundredths.
const SHARE: usize = 10;

/// Whether more than a few letters of these texts are of scripts that the faces of our styles lack: these have Latin,
/// Greek and Cyrillic letters.
pub(super) fn needs_other_faces<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let (mut all, mut other) = (0_usize, 0_usize);
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        all += 1;
        let is_ours = matches!(c, '\0'..='\u{52f}' | '\u{1d00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a640}'..='\u{a7ff}' | '\u{ff21}'..='\u{ff5a}');
        other += usize::from(!is_ours);
    }
    other * 100 > all * SHARE
}
