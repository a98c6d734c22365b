//! What the head of a picture's file says: its format, and how many pixels wide it is.

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

/// The path of a picture in the new book; none for one in a format that no book has.
pub(super) fn picture_name(path: &str, bytes: &[u8]) -> Option<String> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    let ending = match () {
        () if starts(b"\x89PNG") => "png",
        () if starts(b"\xff\xd8\xff") => "jpg",
        () if starts(b"GIF8") => "gif",
        () if starts(b"RIFF") => "webp",
        () if starts(b"II*\0") || starts(b"MM\0*") => "tiff",
        () if starts(b"BM") => "bmp",
        () if head.contains("<svg") => "svg",
        () => return None,
    };
    let stem: String = super::tree::stem(path)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' })
        .collect();
    Some(format!("images/{stem}.{ending}"))
}
