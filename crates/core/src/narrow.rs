//! Numbers held in fewer bits, in one place and never wrapped.
//!
//! A book holds far fewer of anything than a `u32` counts (see [`crate::bounds`]), so
//! places and counts are kept in 32 bits, glyphs and faces in 16, as the files that are
//! written have them. `as` would turn a number that does not fit into another one in
//! silence; [`Nearest::nearest`] gives the nearest that does, so that what goes wrong
//! beyond all bounds goes wrong in order: the last place, not the first.

/// A number that another can be held in.
pub trait Nearest<T> {
    /// The number of this kind that is nearest to `value`; nought for what is no number.
    fn nearest(value: T) -> Self;
}

/// Whole numbers that are never negative.
macro_rules! unsigned {
    ($($from:ident to $($to:ident)*;)*) => {
        $($(impl Nearest<$from> for $to {
            #[inline]
            fn nearest(value: $from) -> $to {
                <$to>::try_from(value).unwrap_or(<$to>::MAX)
            }
        })*)*
    };
}

/// Whole numbers that may be negative.
macro_rules! signed {
    ($($from:ident to $($to:ident)*;)*) => {
        $($(impl Nearest<$from> for $to {
            #[inline]
            fn nearest(value: $from) -> $to {
                <$to>::try_from(value).unwrap_or(if value < 0 { <$to>::MIN } else { <$to>::MAX })
            }
        })*)*
    };
}

/// Numbers with a fraction, which is cut off.
macro_rules! real {
    ($($from:ident to $($to:ident)*;)*) => {
        $($(impl Nearest<$from> for $to {
            #[inline]
            #[expect(clippy::cast_possible_truncation, reason = "of a real number `as` gives the nearest")]
            #[allow(clippy::cast_sign_loss, reason = "likewise")]
            fn nearest(value: $from) -> $to {
                value as $to
            }
        })*)*
    };
}

unsigned! {
    u16 to u8;
    u32 to u8 u16;
    u64 to u8 u16 u32 usize;
    usize to u8 u16 u32 i32;
}

signed! {
    i32 to u8 u16 i16 u32;
    i64 to u8 u16 u32 i32 usize;
}

real! {
    f32 to u8 u16 i16 u32 i32 usize;
    f64 to u8 u16 u32 u64 usize i32 i64 f32;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_the_nearest_that_does() {
        assert_eq!((u32::nearest(7_usize), u32::nearest(usize::MAX)), (7, u32::MAX));
        assert_eq!((u16::nearest(-1_i64), u16::nearest(70_000_i64)), (0, u16::MAX));
        assert_eq!((u8::nearest(254.7), u8::nearest(-3.0), u8::nearest(f64::NAN)), (254, 0, 0));
    }
}
