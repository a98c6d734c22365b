//! Text from bytes in whichever encoding.

/// Text from bytes: UTF-8 without its mark. When it is not UTF-8, the text as
/// its likely encoding has it, the first wrong byte, and that encoding.
///
/// # Errors
/// The guess, for a finding.
pub fn decode(bytes: Vec<u8>) -> Result<String, (String, usize, &'static str)> {
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        let (guess, read) = likely_encoding(bytes);
        let wrong = error.utf8_error().valid_up_to();
        let at = if guess == "UTF-16" { 0 } else { read(&bytes[..wrong]).len() };
        (read(bytes), at, guess)
    })
}

/// Reads bytes in one encoding.
type Reader = fn(&[u8]) -> String;

/// The encoding that bytes which are not UTF-8 most likely have, and its reader.
fn likely_encoding(bytes: &[u8]) -> (&'static str, Reader) {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return ("UTF-16", utf_16);
    }
    let high = bytes.iter().filter(|b| **b >= 0xc0).count();
    let pairs = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    let quotes = bytes.iter().filter(|b| matches!(**b, 0x82 | 0x84 | 0x85 | 0x91..=0x97)).count();
    if high > 8 && pairs * 2 > high {
        ("Windows-1251 (Cyrillic)", windows_1251)
    } else if quotes > 0 {
        ("Windows-1252", windows_1252)
    } else {
        ("ISO 8859-1 (Latin-1)", windows_1252)
    }
}

fn utf_16(bytes: &[u8]) -> String {
    let little = bytes.starts_with(b"\xff\xfe");
    let unit = |pair: &[u8; 2]| if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let (pairs, odd) = bytes.get(2..).unwrap_or_default().as_chunks::<2>();
    let units = pairs.iter().map(unit);
    let mut text: String =
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    text.extend(odd.iter().map(|_| char::REPLACEMENT_CHARACTER));
    text
}

/// Latin-1 and what Windows has in its empty places. Sequences that are UTF-8 stay so: some files are of both.
fn windows_1252(bytes: &[u8]) -> String {
    let letter = |b: &u8| match b {
        0x80..=0x9f => WINDOWS_1252.chars().nth(usize::from(b - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        other => char::from(*other),
    };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(letter));
    }
    text
}

/// The letters 0x80 to 0x9f of Windows-1252; a replacement sign where it has none.
const WINDOWS_1252: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

fn windows_1251(bytes: &[u8]) -> String {
    let letter = |b: &u8| match b {
        0xc0..=0xff => char::from_u32(u32::from(*b) - 0xc0 + 0x410).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x80..=0xbf => WINDOWS_1251.chars().nth(usize::from(b - 0x80)).unwrap_or(char::REPLACEMENT_CHARACTER),
        other => char::from(*other),
    };
    bytes.iter().map(letter).collect()
}

/// The signs 0x80 to 0xbf of Windows-1251; a replacement sign where it has none.
const WINDOWS_1251: &str =
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_guessed() {
        assert_eq!(decode(b"\xef\xbb\xbfabc".to_vec()), Ok("abc".to_owned()));
        let cyrillic = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, b' ', 0xec, 0xe8, 0xf0, 0xf3, b' ', 0xb8];
        for (bytes, text, at, guess) in [
            (&b"caf\xe9"[..], "café", 3, "ISO 8859-1 (Latin-1)"),
            (b"\x93hi\x94", "“hi”", 0, "Windows-1252"),
            (b"caf\xc3\xa9 caf\xe9", "café café", 9, "ISO 8859-1 (Latin-1)"),
            (b"\xff\xfeh\0i\0", "hi", 0, "UTF-16"),
            (b"\xfe\xff\0h\0i", "hi", 0, "UTF-16"),
            (&cyrillic, "Привет миру ё", 0, "Windows-1251 (Cyrillic)"),
        ] {
            assert_eq!(decode(bytes.to_vec()), Err((text.to_owned(), at, guess)));
        }
        assert_eq!((WINDOWS_1252.chars().count(), WINDOWS_1251.chars().count()), (32, 64));
    }
}
