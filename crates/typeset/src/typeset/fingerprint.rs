//! What something was made from, in numbers that are kept in its place.

use std::fmt::{self, Write as _};
use std::hash::{DefaultHasher, Hasher};

/// All that something was made from, as two hashes of 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64, u64);

/// Two hashes of the same, which hardly ever agree by chance for what differs.
pub(super) struct Twice(DefaultHasher, DefaultHasher);

impl Default for Twice {
    fn default() -> Twice {
        // The second hash begins with one byte more, and so differs from the first for the same input.
        // Two texts would have to agree in 128 bits to be taken for one another.
        let (one, mut other) = (DefaultHasher::new(), DefaultHasher::new());
        other.write_u8(1);
        Twice(one, other)
    }
}

impl Twice {
    /// Writes all that a thing holds, whatever that is.
    pub(super) fn write_in_full(&mut self, thing: &impl fmt::Debug) {
        let written = write!(self, "{thing:?}");
        debug_assert!(written.is_ok(), "a hash takes all that is written");
    }

    /// Both, of all that was written so far.
    pub(super) fn key(&self) -> Key {
        Key(self.0.finish(), self.1.finish())
    }
}

impl Hasher for Twice {
    fn finish(&self) -> u64 {
        self.0.finish()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
        self.1.write(bytes);
    }
}

impl fmt::Write for Twice {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.write(text.as_bytes());
        Ok(())
    }
}
