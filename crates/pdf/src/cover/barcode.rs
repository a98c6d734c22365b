//! The EAN-13 bar code of an ISBN (GS1 General Specifications §5.2).

use crate::book::Isbn;
use crate::length::{Abs, Point, Size};
use crate::narrow::Nearest;

/// The width of one module at nominal size: 0.33 mm.
pub const MODULE_MM: f64 = 0.33;
/// Modules of light on the left of the bars, and on the right.
pub const QUIET: (u32, u32) = (11, 7);
/// Modules of the symbol itself.
pub const WIDTH: u32 = 95;
/// Height of the bars at nominal size; guard bars reach five modules lower.
pub const HEIGHT_MM: f64 = 22.85;

/// The seven modules of each digit in set A, from left to right, 1 = dark.
/// Set C is the complement, and set B is set C read backwards.
const SET_A: [u8; 10] = [
    0b000_1101, 0b001_1001, 0b001_0011, 0b011_1101, 0b010_0011, 0b011_0001, 0b010_1111, 0b011_1011,
    0b011_0111, 0b000_1011,
];

/// Which of the six digits on the left are in set B, by the first digit.
const PARITY: [u8; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110,
    0b01_1010,
];

/// The 95 modules, dark or light.
#[must_use]
pub fn modules(isbn: Isbn) -> [bool; WIDTH as usize] {
    let digits = isbn.digits();
    let parity = PARITY[usize::from(digits[0])];
    let mut out = Vec::with_capacity(WIDTH as usize);
    push(&mut out, 0b101, 3);
    for (place, digit) in digits[1..7].iter().enumerate() {
        let set_b = parity >> (5 - place) & 1 == 1;
        push(
            &mut out,
            if set_b { mirrored(!SET_A[usize::from(*digit)]) } else { SET_A[usize::from(*digit)] },
            7,
        );
    }
    push(&mut out, 0b0_1010, 5);
    for digit in &digits[7..] {
        push(&mut out, !SET_A[usize::from(*digit)], 7);
    }
    push(&mut out, 0b101, 3);
    std::array::from_fn(|module| out[module])
}

fn push(out: &mut Vec<bool>, pattern: u8, modules: u32) {
    out.extend((0..modules).rev().map(|bit| pattern >> bit & 1 == 1));
}

/// The lowest seven bits in the other order.
fn mirrored(pattern: u8) -> u8 {
    (pattern & 0x7f).reverse_bits() >> 1
}

/// The dark bars as rectangles, from the top left corner of the whole symbol
/// with its quiet zone.
#[must_use]
pub fn bars(isbn: Isbn) -> Vec<(Point, Size)> {
    let modules = modules(isbn);
    let mut bars = Vec::new();
    let mut start = 0;
    while start < modules.len() {
        let length = modules[start..].iter().take_while(|dark| **dark == modules[start]).count();
        if modules[start] {
            bars.push(bar(u32::nearest(start), u32::nearest(length)));
        }
        start += length;
    }
    bars
}

fn bar(first: u32, modules: u32) -> (Point, Size) {
    let mm = |modules: u32| Abs::mm(f64::from(modules) * MODULE_MM);
    let guard = matches!(first, 0..3 | 45..50 | 92..95);
    let depth = if guard { HEIGHT_MM + 5.0 * MODULE_MM } else { HEIGHT_MM };
    (Point::new(mm(QUIET.0 + first), Abs::ZERO), Size::new(mm(modules), Abs::mm(depth)))
}

/// The extent of the symbol with its quiet zone, without the digits below.
#[must_use]
pub fn size() -> Size {
    let modules = QUIET.0 + WIDTH + QUIET.1;
    Size::new(Abs::mm(f64::from(modules) * MODULE_MM), Abs::mm(HEIGHT_MM + 5.0 * MODULE_MM))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(isbn: &str) -> String {
        let isbn = Isbn::parse(isbn).expect("a sound ISBN");
        modules(isbn).iter().map(|dark| if *dark { '1' } else { '0' }).collect()
    }

    /// Reads a symbol back as a scanner does: by widths, whatever the sets.
    fn scan(modules: &[bool]) -> Option<String> {
        let digit = |chunk: &[bool]| {
            let bits = chunk.iter().fold(0u8, |bits, dark| bits << 1 | u8::from(*dark));
            (0..10u8).find_map(|d| {
                let a = SET_A[usize::from(d)];
                let (c, b) = (!a & 0x7f, mirrored(!a));
                if bits == a {
                    Some((d, 0))
                } else if bits == b {
                    Some((d, 1))
                } else {
                    (bits == c).then_some((d, 0))
                }
            })
        };
        let left: Vec<(u8, u8)> = modules[3..45].chunks(7).map(digit).collect::<Option<_>>()?;
        let right: Vec<(u8, u8)> = modules[50..92].chunks(7).map(digit).collect::<Option<_>>()?;
        let parity = left.iter().fold(0, |p, (_, b)| p << 1 | b);
        let first = PARITY.iter().position(|p| *p == parity)?;
        let rest = left.iter().chain(&right).map(|(d, _)| d.to_string());
        Some(first.to_string() + &rest.collect::<String>())
    }

    #[test]
    fn a_known_symbol_is_drawn() {
        // ISBN 978-1-4028-9462-6, worked by hand from the tables of the standard
        let expected = [
            "101", "0111011", "0001001", "0110011", "0100011", "0100111", "0010011", "01010", "1001000",
            "1110100", "1011100", "1010000", "1101100", "1010000", "101",
        ];
        assert_eq!(pattern("9781402894626"), expected.concat());
    }

    #[test]
    fn symbols_read_back() {
        for isbn in ["9780306406157", "9780000000002", "9791090636071", "9783161484100"] {
            let known = Isbn::parse(isbn).expect("a sound ISBN");
            assert_eq!(scan(&modules(known)).as_deref(), Some(isbn));
        }
    }

    #[test]
    fn thirty_bars_stand_between_quiet_zones() {
        let bars = bars(Isbn::parse("9780306406157").expect("a sound ISBN"));
        assert_eq!(bars.len(), 30);
        let (last, extent) = bars[29];
        assert_eq!((last.x + extent.width).to_mm().round(), (106.0 * MODULE_MM).round());
        assert!((size().width.to_mm() - 37.29).abs() < 0.001);
    }
}
