//! The profile of the inks of a colour press (see profiles/README.md).

/// Coated paper, sheet-fed offset.
pub const FOGRA39: &[u8] = include_bytes!("../profiles/FOGRA39L_coated.icc");
