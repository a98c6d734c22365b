//! How far two colours stand apart, so that words can be read on their ground
//! (WCAG 2.1: the definitions of contrast ratio and relative luminance).

/// Red, green and blue of sRGB.
pub type Colour = [u8; 3];

/// White.
pub const WHITE: Colour = [255; 3];
/// Black.
pub const BLACK: Colour = [0; 3];

/// The least contrast of running text at level AA (success criterion 1.4.3).
pub const LEAST: f64 = 4.5;

/// The contrast of two colours: from 1, alike, to 21, black and white.
#[must_use]
pub fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((ratio(WHITE, BLACK) - 21.0).abs() < 1e-9);
        assert!((ratio([0x76; 3], WHITE) - 4.54).abs() < 0.01);
        assert!((ratio([0xff, 0, 0], WHITE) - 4.0).abs() < 0.01);
    }
}
