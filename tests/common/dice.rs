//! Numbers that look random and are the same on every machine and every run.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(dead_code, reason = "each test binary rolls other things")]

/// A generator (xorshift, Marsaglia 2003), by its seed, which is not 0.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    /// One of several texts.
    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}
