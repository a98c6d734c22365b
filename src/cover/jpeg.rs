//! Baseline JPEG (ITU-T T.81), for drawings: most of a cover is ground, and a
//! block of one colour costs next to nothing here.
//!
//! A general encoder takes a third of the time that a whole book takes. Full
//! colour resolution is kept, since letters on a coloured ground bleed without.

/// Luminance and chrominance (T.81 Annex K, tables K.1 and K.2).
const QUANTA: [[u8; 64]; 2] = [
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14,
        17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49,
        64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ],
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47,
        66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ],
];

/// Where the coefficient of each place in the file stands in the block.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// A Huffman table as the file gives it: how many codes of each length, and
/// what they stand for (T.81 Annex K.3).
struct Table {
    counts: [u8; 16],
    values: &'static [u8],
}

const SIZES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// For the mean of a block: luminance and chrominance.
const MEANS: [Table; 2] = [
    Table { counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], values: &SIZES },
    Table { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], values: &SIZES },
];

/// For all else in a block: luminance and chrominance.
const WAVES: [Table; 2] = [
    Table {
        counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
        values: &[
            0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07,
            0x22, 0x71, 0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0,
            0x24, 0x33, 0x62, 0x72, 0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28,
            0x29, 0x2a, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49,
            0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69,
            0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89,
            0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
            0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3, 0xc4, 0xc5,
            0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
            0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
            0xf9, 0xfa,
        ],
    },
    Table {
        counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
        values: &[
            0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71,
            0x13, 0x22, 0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0,
            0x15, 0x62, 0x72, 0xd1, 0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26,
            0x27, 0x28, 0x29, 0x2a, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48,
            0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68,
            0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
            0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3, 0xa4, 0xa5,
            0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
            0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
            0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8,
            0xf9, 0xfa,
        ],
    },
];

/// Packs pixels, three bytes each, row by row. `quality` runs from 50 to 100.
/// None when the sides don't fit the pixels or the format.
pub fn encode(rgb: &[u8], width: u32, height: u32, quality: u32) -> Option<Vec<u8>> {
    let (short_width, short_height) = (u16::try_from(width).ok()?, u16::try_from(height).ok()?);
    if width == 0 || height == 0 || rgb.len() != width as usize * height as usize * 3 {
        return None;
    }
    let quanta = QUANTA.map(|table| table.map(|step| scaled(step, quality)));
    let mut scan = Scan::new(head(short_width, short_height, &quanta), &quanta);
    for top in (0..height as usize).step_by(8) {
        for left in (0..width as usize).step_by(8) {
            scan.block(&pixels(rgb, width as usize, height as usize, left, top));
        }
    }
    Some(scan.finish())
}

/// The Independent JPEG Group's scale of quality.
fn scaled(step: u8, quality: u32) -> u8 {
    let percent = 200 - 2 * quality.clamp(50, 100);
    ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u8
}

fn head(width: u16, height: u16, quanta: &[[u8; 64]; 2]) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8];
    segment(&mut out, 0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (number, table) in (0u8..).zip(quanta) {
        let mut body = vec![number];
        body.extend(ZIGZAG.map(|place| table[place]));
        segment(&mut out, 0xDB, &body);
    }
    let ([h1, h0], [w1, w0]) = (height.to_be_bytes(), width.to_be_bytes());
    segment(&mut out, 0xC0, &[8, h1, h0, w1, w0, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]);
    for (class, tables) in [(0x00, &MEANS), (0x10, &WAVES)] {
        for (number, table) in (0u8..).zip(tables) {
            let body = [&[class | number], &table.counts[..], table.values].concat();
            segment(&mut out, 0xC4, &body);
        }
    }
    segment(&mut out, 0xDA, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    out
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    out.extend([0xFF, marker]);
    out.extend((body.len() as u16 + 2).to_be_bytes());
    out.extend(body);
}

/// The 64 pixels of a block; beyond the edge the last ones are repeated.
fn pixels(rgb: &[u8], width: usize, height: usize, left: usize, top: usize) -> [[u8; 3]; 64] {
    let mut block = [[0; 3]; 64];
    for (row, line) in block.chunks_exact_mut(8).enumerate() {
        let start = (top + row).min(height - 1) * width;
        for (column, pixel) in line.iter_mut().enumerate() {
            let at = (start + (left + column).min(width - 1)) * 3;
            pixel.copy_from_slice(&rgb[at..at + 3]);
        }
    }
    block
}

/// Code and length by value.
type Codes = [(u16, u8); 256];

fn codes(table: &Table) -> Codes {
    let mut codes = [(0, 0); 256];
    let mut code = 0u16;
    let mut values = table.values.iter();
    for (length, count) in (1u8..).zip(table.counts) {
        for value in values.by_ref().take(usize::from(count)) {
            codes[usize::from(*value)] = (code, length);
            code += 1;
        }
        code <<= 1;
    }
    codes
}

/// The entropy-coded part of the file.
struct Scan {
    out: Vec<u8>,
    bits: u64,
    filled: u32,
    means: [Codes; 2],
    waves: [Codes; 2],
    /// What each coefficient is multiplied with, by kind of component.
    factors: [[f32; 64]; 2],
    /// The last mean of each component.
    last: [i32; 3],
}

/// The scale that [`transform`] leaves in each row and column
/// (Y. Arai, T. Agui, M. Nakajima, Trans. IEICE E71, 1988).
const LEFT: [f32; 8] =
    [1.0, 1.387_039_8, 1.306_563, 1.175_875_6, 1.0, 0.785_694_96, 0.541_196_1, 0.275_899_38];

impl Scan {
    fn new(out: Vec<u8>, quanta: &[[u8; 64]; 2]) -> Scan {
        let factor =
            |place: usize, step: u8| 1.0 / (f32::from(step) * LEFT[place / 8] * LEFT[place % 8] * 8.0);
        Scan {
            out,
            bits: 0,
            filled: 0,
            means: [codes(&MEANS[0]), codes(&MEANS[1])],
            waves: [codes(&WAVES[0]), codes(&WAVES[1])],
            factors: quanta.map(|table| std::array::from_fn(|place| factor(place, table[place]))),
            last: [0; 3],
        }
    }

    fn block(&mut self, pixels: &[[u8; 3]; 64]) {
        let flat = pixels.iter().all(|pixel| *pixel == pixels[0]);
        for component in 0..3 {
            let kind = component.min(1);
            if flat {
                let mean = levels(pixels[0])[component] * 64.0 * self.factors[kind][0];
                self.mean(component, nearest(mean));
                self.put(self.waves[kind][0]);
            } else {
                let mut block = pixels.map(|pixel| levels(pixel)[component]);
                transform(&mut block);
                self.coefficients(component, &block);
            }
        }
    }

    fn coefficients(&mut self, component: usize, block: &[f32; 64]) {
        let kind = component.min(1);
        let whole = |place: usize| nearest(block[place] * self.factors[kind][place]);
        let values: [i32; 64] = std::array::from_fn(|index| whole(ZIGZAG[index]));
        self.mean(component, values[0]);
        let mut zeros = 0;
        for value in &values[1..] {
            if *value == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                self.put(self.waves[kind][0xF0]);
                zeros -= 16;
            }
            let size = size_of(*value);
            self.put(self.waves[kind][zeros << 4 | size as usize]);
            self.magnitude(*value, size);
            zeros = 0;
        }
        if zeros > 0 {
            self.put(self.waves[kind][0]);
        }
    }

    fn mean(&mut self, component: usize, value: i32) {
        let step = value - self.last[component];
        self.last[component] = value;
        let size = size_of(step);
        self.put(self.means[component.min(1)][size as usize]);
        self.magnitude(step, size);
    }

    fn magnitude(&mut self, value: i32, size: u32) {
        let bits = if value < 0 { value - 1 } else { value };
        self.push((bits & ((1 << size) - 1)) as u64, size);
    }

    fn put(&mut self, (code, length): (u16, u8)) {
        self.push(u64::from(code), u32::from(length));
    }

    fn push(&mut self, bits: u64, length: u32) {
        self.bits = self.bits << length | bits;
        self.filled += length;
        while self.filled >= 8 {
            self.filled -= 8;
            let byte = (self.bits >> self.filled) as u8;
            self.out.push(byte);
            if byte == 0xFF {
                self.out.push(0);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.push(0x7F, 7);
        self.out.extend([0xFF, 0xD9]);
        self.out
    }
}

/// The nearest whole number; `round` is a call on machines without SSE 4.1.
fn nearest(value: f32) -> i32 {
    (value + 0.5f32.copysign(value)) as i32
}

/// How many bits a value's magnitude needs.
fn size_of(value: i32) -> u32 {
    32 - value.unsigned_abs().leading_zeros()
}

/// Luminance and the two colour differences around zero (JFIF 1.02).
fn levels([red, green, blue]: [u8; 3]) -> [f32; 3] {
    let (red, green, blue) = (f32::from(red), f32::from(green), f32::from(blue));
    [
        0.299 * red + 0.587 * green + 0.114 * blue - 128.0,
        -0.168_736 * red - 0.331_264 * green + 0.5 * blue,
        0.5 * red - 0.418_688 * green - 0.081_312 * blue,
    ]
}

/// The cosine transform of rows and columns, each coefficient scaled by [`LEFT`].
fn transform(block: &mut [f32; 64]) {
    for row in 0..8 {
        line(block, row * 8, 1);
    }
    for column in 0..8 {
        line(block, column, 8);
    }
}

fn line(block: &mut [f32; 64], start: usize, step: usize) {
    let at = |index: usize| start + index * step;
    let sum = |block: &[f32; 64], a: usize, b: usize| block[at(a)] + block[at(b)];
    let difference = |block: &[f32; 64], a: usize, b: usize| block[at(a)] - block[at(b)];
    let (s07, s16, s25, s34) = (sum(block, 0, 7), sum(block, 1, 6), sum(block, 2, 5), sum(block, 3, 4));
    let (d07, d16, d25, d34) =
        (difference(block, 0, 7), difference(block, 1, 6), difference(block, 2, 5), difference(block, 3, 4));
    let (outer, inner) = (s07 + s34, s16 + s25);
    let (high, low) = (s07 - s34, s16 - s25);
    block[at(0)] = outer + inner;
    block[at(4)] = outer - inner;
    let turned = (low + high) * std::f32::consts::FRAC_1_SQRT_2;
    block[at(2)] = high + turned;
    block[at(6)] = high - turned;
    let (first, second, third) = (d34 + d25, d25 + d16, d16 + d07);
    let shared = (first - third) * 0.382_683_43;
    let (near, far) = (0.541_196_1 * first + shared, 1.306_563 * third + shared);
    let middle = second * std::f32::consts::FRAC_1_SQRT_2;
    let (plus, minus) = (d07 + middle, d07 - middle);
    block[at(5)] = minus + near;
    block[at(3)] = minus - near;
    block[at(1)] = plus + far;
    block[at(7)] = plus - far;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disc on a gradient: edges, slopes and, outside, one colour.
    fn picture(width: u32, height: u32) -> Vec<u8> {
        let pixel = |x: u32, y: u32| {
            let (dx, dy) = (x as f32 - 30.0, y as f32 - 25.0);
            if dx.hypot(dy) < 14.0 {
                [200, 30, (x * 4) as u8]
            } else if y > 50 {
                [244, 236, 220]
            } else {
                [20, 60, 160]
            }
        };
        (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect()
    }

    #[test]
    fn another_decoder_sees_the_picture() {
        for (width, height) in [(64, 64), (61, 83), (8, 8), (1, 1)] {
            let rgb = picture(width, height);
            let file = encode(&rgb, width, height, 92).expect("a file");
            let read = image::load_from_memory(&file).expect("a JPEG").to_rgb8();
            assert_eq!(read.dimensions(), (width, height));
            let off = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b)).powi(2);
            let error = rgb.iter().zip(read.as_raw()).map(off).sum::<f64>() / rgb.len() as f64;
            let decibels = 10.0 * (65_025.0 / error.max(1e-9)).log10();
            assert!(decibels > 32.0, "{width} x {height}: {decibels:.1} dB");
        }
    }

    #[test]
    fn flat_ground_costs_next_to_nothing() {
        let file = encode(&[240, 230, 210].repeat(640 * 640), 640, 640, 82).expect("a file");
        assert!(file.len() < 640 + 6400 * 2, "{}", file.len());
    }

    #[test]
    fn pixels_must_fit_the_sides() {
        assert_eq!(encode(&[0; 12], 2, 3, 80), None);
        assert_eq!(encode(&[], 0, 0, 80), None);
    }
}
