//! How many pixels wide a picture is, by the head of its file.

/// The width of a PNG, GIF or JPEG.
pub(super) fn width(bytes: &[u8]) -> Option<u32> {
    let number = |at: usize, length: usize| {
        let digits = bytes.get(at..at + length)?;
        Some(digits.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
    };
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => number(16, 4),
        [b'G', b'I', b'F', b'8', ..] => Some(u32::from(u16::from_le_bytes([*bytes.get(6)?, *bytes.get(7)?]))),
        [0xff, 0xd8, ..] => {
            let mut at = 2;
            // each segment says its length; that of the frame says the size
            while *bytes.get(at)? == 0xff {
                let kind = *bytes.get(at + 1)?;
                if matches!(kind, 0xc0..=0xcf) && !matches!(kind, 0xc4 | 0xc8 | 0xcc) {
                    return number(at + 7, 2);
                }
                at += 2 + number(at + 2, 2)?.max(2) as usize;
            }
            None
        }
        _ => None,
    }
}
