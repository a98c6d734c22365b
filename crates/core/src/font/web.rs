//! Web fonts (WOFF, WOFF2): the OpenType font that is packed in them.

use super::sfnt::{self, Tables};
use flate2::{Decompress, FlushDecompress};
use std::borrow::Cow;

/// No font unpacks to more: as much as a WOFF2 decoder allows.
const MOST: u64 = 128 << 20;
/// A font has some twenty tables.
const MOST_TABLES: u16 = 128;

/// The font in a file: of a web font what is packed in it, otherwise the file as it is.
///
/// # Errors
/// What is wrong with the file, as the end of a sentence.
pub(super) fn unpacked(file: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    let unpacked = match file.get(..4) {
        Some(b"wOF2") => wuff::decompress_woff2(file).ok(),
        Some(b"wOFF") => woff(file),
        _ => return Ok(Cow::Borrowed(file)),
    };
    let damaged = || "is a web font that cannot be unpacked, so it is damaged: get the file again".to_owned();
    unpacked.map(Cow::Owned).ok_or_else(damaged)
}

/// The tables of a WOFF file (WOFF File Format 1.0, §4 and §5): each is packed for itself.
fn woff(file: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 44;
    const ENTRY: usize = 20;
    let count = u16::from_be_bytes(*file.get(12..)?.first_chunk()?);
    let entries = file.get(HEADER..HEADER + usize::from(count) * ENTRY)?;
    let mut left = MOST;
    let mut tables = Tables::new();
    for entry in entries.chunks_exact(ENTRY).take(usize::from(MOST_TABLES)) {
        let number = |at: usize| Some(u32::from_be_bytes(*entry.get(at..)?.first_chunk()?));
        let (offset, packed, size) = (number(4)?, number(8)?, number(12)?);
        left = left.checked_sub(u64::from(size))?;
        let packed = file.get(offset as usize..)?.get(..packed as usize)?;
        tables.insert(*entry.first_chunk()?, inflated(packed, size as usize)?);
    }
    (count <= MOST_TABLES).then(|| sfnt::build(tables))
}

/// A table of that size; one that would not be smaller is not packed.
fn inflated(packed: &[u8], size: usize) -> Option<Cow<'_, [u8]>> {
    if packed.len() >= size {
        return (packed.len() == size).then_some(Cow::Borrowed(packed));
    }
    let mut table = Vec::with_capacity(size);
    Decompress::new(true).decompress_vec(packed, &mut table, FlushDecompress::Finish).ok()?;
    (table.len() == size).then_some(Cow::Owned(table))
}
