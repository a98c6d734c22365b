//! The numbers in the tables of a font.

/// A number of 16 bits in a table.
pub(super) fn u16_at(table: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*table.get(at..)?.first_chunk()?))
}

/// A number of 32 bits in a table.
pub(super) fn u32_at(table: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_be_bytes(*table.get(at..)?.first_chunk()?) as usize)
}

/// Writes a number of 16 bits into a table.
pub(super) fn put_u16(table: &mut [u8], at: usize, value: u16) -> Option<()> {
    table.get_mut(at..at + 2)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}
