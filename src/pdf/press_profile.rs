//! The profile of the inks of a colour press (see profiles/README.md).

use super::x4::Intent;

/// Coated paper, sheet-fed offset.
pub const FOGRA39: &[u8] = include_bytes!("../../profiles/FOGRA39L_coated.icc");

impl Intent {
    /// Four inks on coated paper.
    pub fn colour() -> Intent {
        Intent {
            identifier: "FOGRA39",
            condition: "Coated paper, ISO 12647-2:2004/Amd 1",
            profile: FOGRA39.to_vec(),
            components: 4,
        }
    }
}
