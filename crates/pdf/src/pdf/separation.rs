//! Pictures for four inks: from sRGB through the press's own profile.
//!
//! The way is that of ICC.1:2001-04: sRGB (IEC 61966-2-1) to the profile
//! connection space, L*a*b* under D50, and from there through the profile's
//! `B2A1` table (§6.5.8, lut16Type) to cyan, magenta, yellow and black, for
//! relative colorimetric rendering. White stays paper white.

use crate::diag::Error;
use crate::narrow::Nearest;
use crate::press_profile::FOGRA39;

/// Entries of the lut16 header before its tables.
const TABLES: usize = 52;
const INKS: usize = 4;

/// The profile's table from L*a*b* to inks.
pub(super) struct Separation {
    grid: usize,
    /// One curve for each of L*, a* and b*.
    input: [Vec<u16>; 3],
    lattice: Vec<u16>,
    output: [Vec<u16>; INKS],
    /// Light of each level of sRGB.
    light: [f64; 256],
}

impl Separation {
    /// Reads the table from the profile that ships with the tool.
    ///
    /// # Errors
    /// A profile that is not what a test found it to be.
    pub(super) fn new() -> Result<Separation, Error> {
        read(FOGRA39).ok_or_else(|| Error::new("the colour profile cannot be read; this is a bug of ours"))
    }

    /// The inks of a colour, at most `limit` per cent in all. What is too much
    /// is taken from the colours, not from black, which holds the drawing.
    pub(super) fn inks(&self, rgb: [u8; 3], limit: u32) -> [u8; INKS] {
        let full = self.looked_up(encoded(lab(rgb.map(|level| self.light[usize::from(level)]))));
        let most = f64::from(limit) / 100.0;
        let colours: f64 = full[..3].iter().sum();
        let share = if colours + full[3] > most { ((most - full[3]) / colours).max(0.0) } else { 1.0 };
        let level = |part: f64| u8::nearest((part * 255.0).floor());
        [level(full[0] * share), level(full[1] * share), level(full[2] * share), level(full[3])]
    }

    /// Trilinear interpolation between the eight corners around a colour.
    fn looked_up(&self, lab: [f64; 3]) -> [f64; INKS] {
        let last = (self.grid - 1) as f64;
        let at: [f64; 3] = std::array::from_fn(|axis| curve(&self.input[axis], lab[axis]) * last);
        let low = at.map(|place| usize::nearest(place.floor()).min(self.grid - 2));
        let part: [f64; 3] = std::array::from_fn(|axis| at[axis] - low[axis] as f64);
        let mut sum = [0.0; INKS];
        for corner in 0..8usize {
            let high = |axis: usize| corner >> axis & 1;
            let weight: f64 =
                (0..3).map(|axis| if high(axis) == 1 { part[axis] } else { 1.0 - part[axis] }).product();
            let index = (0..3).fold(0, |index, axis| index * self.grid + low[axis] + high(axis)) * INKS;
            for (ink, value) in sum.iter_mut().zip(&self.lattice[index..index + INKS]) {
                *ink += weight * f64::from(*value) / 65535.0;
            }
        }
        std::array::from_fn(|ink| curve(&self.output[ink], sum[ink]))
    }
}

fn read(profile: &[u8]) -> Option<Separation> {
    let number = |at: usize| Some(u32::from_be_bytes(profile.get(at..at + 4)?.try_into().ok()?) as usize);
    let entries = (0..number(128)?).map(|n| 132 + 12 * n);
    let entry = entries.into_iter().find(|at| profile.get(*at..at + 4) == Some(b"B2A1"))?;
    let table = profile.get(number(entry + 4)?..)?.get(..number(entry + 8)?)?;
    let word = |at: usize| Some(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?));
    if table.get(..4)? != b"mft2" || table.get(8..10)? != [3, u8::nearest(INKS)] {
        return None;
    }
    let grid = usize::from(*table.get(10)?);
    let (entering, leaving) = (usize::from(word(48)?), usize::from(word(50)?));
    let mut at = TABLES;
    let mut words = |count: usize| {
        let list = table.get(at..at + 2 * count)?.chunks_exact(2);
        at += 2 * count;
        Some(list.map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect::<Vec<u16>>())
    };
    let input = [words(entering)?, words(entering)?, words(entering)?];
    let lattice = words(grid.pow(3) * INKS)?;
    let output = [words(leaving)?, words(leaving)?, words(leaving)?, words(leaving)?];
    let sound = grid >= 2 && entering >= 2 && leaving >= 2;
    sound.then(|| Separation { grid, input, lattice, output, light: std::array::from_fn(linear) })
}

/// The value of a curve at a place from 0 to 1.
fn curve(points: &[u16], place: f64) -> f64 {
    let at = place.clamp(0.0, 1.0) * (points.len() - 1) as f64;
    let low = usize::nearest(at.floor()).min(points.len() - 2);
    let part = at - low as f64;
    (f64::from(points[low]) * (1.0 - part) + f64::from(points[low + 1]) * part) / 65535.0
}

/// The light of a level of sRGB (IEC 61966-2-1 §5.2).
fn linear(level: usize) -> f64 {
    let level = level as f64 / 255.0;
    if level <= 0.040_45 { level / 12.92 } else { ((level + 0.055) / 1.055).powf(2.4) }
}

/// sRGB's primaries adapted to D50 (the linear Bradford transform of ICC.1:2010
/// annex E), each row divided by the white's part.
const TO_WHITE: [[f64; 3]; 3] = [
    [0.436_074_7 / 0.964_22, 0.385_064_9 / 0.964_22, 0.143_080_4 / 0.964_22],
    [0.222_504_5, 0.716_878_6, 0.060_616_9],
    [0.013_932_2 / 0.825_21, 0.097_104_5 / 0.825_21, 0.714_173_3 / 0.825_21],
];

/// L*a*b* (CIE 15:2004 §8.2.1).
fn lab(light: [f64; 3]) -> [f64; 3] {
    let root = |share: f64| {
        if share > 216.0 / 24_389.0 { share.cbrt() } else { (24_389.0 / 27.0 * share + 16.0) / 116.0 }
    };
    let [x, y, z] = TO_WHITE.map(|row| root(row.iter().zip(light).map(|(part, light)| part * light).sum()));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// L*a*b* as the profile's version 2 counts it, from 0 to 1.
fn encoded([lightness, a, b]: [f64; 3]) -> [f64; 3] {
    let share = |value: f64, whole: f64| value / whole * (65_280.0 / 65_535.0);
    [share(lightness, 100.0), share(a + 128.0, 255.0), share(b + 128.0, 255.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_become_the_inks_that_a_printer_would_take() {
        let inks = |rgb| Separation::new().expect("our profile").inks(rgb, 400);
        assert!(inks([255; 3]).iter().all(|ink| *ink <= 2), "white is paper: {:?}", inks([255; 3]));
        let black = inks([0; 3]);
        assert!(black[3] > 200, "{black:?}");
        let red = inks([200, 20, 20]);
        assert!(red[0] < 90 && red[1] > 200 && red[2] > 190 && red[3] < 60, "{red:?}");
        let blue = inks([20, 40, 140]);
        assert!(blue[0] > 200 && blue[1] > 150 && blue[2] < 80, "{blue:?}");
    }

    #[test]
    fn no_spot_has_more_ink_than_the_printer_takes() {
        let separation = Separation::new().expect("our profile");
        for limit in [240, 300] {
            for red in (0..=255).step_by(15) {
                for green in (0..=255).step_by(51) {
                    let inks = separation.inks([u8::nearest(red), u8::nearest(green), 30], limit);
                    let sum: u32 = inks.iter().map(|ink| u32::from(*ink)).sum();
                    assert!(sum * 100 <= limit * 255, "{inks:?}");
                }
            }
        }
    }
}
