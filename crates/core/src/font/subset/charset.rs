//! Which strings of a CFF table name a glyph that is kept, or the font itself
//! (Adobe Technical Note 5176, "Charsets" and appendix A).

use super::cff_data::{CHARSET, Dict};
use std::collections::BTreeSet;

/// So many strings are the same for all fonts and stand in no table.
const STANDARD: u16 = 391;
/// Entries of the top DICT whose number is that of a string.
const NAMES: [u16; 8] = [0, 1, 2, 3, 4, 0x0c00, 0x0c15, 0x0c16];
/// Charsets below this are standard ones, which no table holds.
const OWN: usize = 3;

/// The places in the table's strings that are in use; nothing when the glyphs
/// have no names of their own.
pub(super) fn names_in_use(
    table: &[u8],
    top: &Dict,
    glyphs: usize,
    is_kept: &dyn Fn(u32) -> bool,
) -> Option<BTreeSet<usize>> {
    let charset = usize::try_from(top.last(CHARSET)?.value).ok().filter(|at| *at >= OWN)?;
    let of_font = NAMES.iter().filter_map(|name| u16::try_from(top.last(*name)?.value).ok());
    let of_glyphs = names(table, charset, glyphs)?;
    let kept = of_glyphs.into_iter().zip(1..).filter(|(_, glyph)| is_kept(*glyph)).map(|(name, _)| name);
    Some(of_font.chain(kept).filter_map(|name| name.checked_sub(STANDARD)).map(usize::from).collect())
}

/// The names of all glyphs but the first, which has none.
fn names(table: &[u8], charset: usize, glyphs: usize) -> Option<Vec<u16>> {
    let format = *table.get(charset)?;
    let (mut names, mut at) = (Vec::with_capacity(glyphs), charset + 1);
    let mut number = |bytes: usize| {
        at += bytes;
        Some(table.get(at - bytes..at)?.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    while names.len() + 1 < glyphs {
        let first = number(2)?;
        let more = match format {
            0 => 0,
            1 => number(1)?,
            2 => number(2)?,
            _ => return None,
        };
        names.extend((first..=first + more).map_while(|name| u16::try_from(name).ok()));
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_charset_is_read() {
        let singly = [9, 0, 1, 144, 0, 7, 1, 145];
        assert_eq!(names(&singly, 1, 4), Some(vec![400, 7, 401]));
        assert_eq!(names(&[1, 0, 10, 2, 1, 144, 0], 0, 5), Some(vec![10, 11, 12, 400]));
        assert_eq!(names(&[2, 1, 144, 0, 2], 0, 4), Some(vec![400, 401, 402]));
        assert_eq!(names(&[0, 1], 0, 2), None, "it ends too soon");
        assert_eq!(names(&[3, 0, 1], 0, 2), None, "there is no such form");
    }
}
