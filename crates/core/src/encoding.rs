//! Text from bytes in whichever encoding. The tables are those of the Encoding Standard (encoding_rs); which
//! one bytes are in, where nothing says so, is guessed here.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use std::borrow::Cow;
use std::ops::Range;

/// How many bytes at the beginning of a web page may say in which encoding it is (HTML Standard, 13.2.3.2).
const DECLARED_WITHIN: usize = 1024;

/// Bytes that are not UTF-8, as their likely encoding reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The text.
    pub text: String,
    /// Which byte of it is the first that is not UTF-8.
    pub at: usize,
    /// The likely encoding, as people call it.
    pub encoding: &'static str,
}

impl NotUtf8 {
    /// Where in the text the first letter stands that is not UTF-8; nowhere, at its beginning, in a text
    /// without letters.
    #[must_use]
    pub fn place(&self) -> Range<usize> {
        let letter = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.at..self.at + letter.map_or(0, char::len_utf8)
    }
}

/// The encoding that is known by its mark or its noughts, and is no guess.
pub const UTF_16: &str = "UTF-16";

/// Text from bytes: UTF-8, without its mark.
///
/// # Errors
/// What the text probably is, for a finding.
pub fn decode(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    if let Some(encoding) = unmarked_utf_16(&bytes) {
        let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        return Err(NotUtf8 { text, at: 0, encoding: UTF_16 });
    }
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        if let Some(text) = marked(bytes) {
            return NotUtf8 { text: text.into_owned(), at: 0, encoding: UTF_16 };
        }
        let (encoding, read) = likely(bytes);
        let at = read(&bytes[..error.utf8_error().valid_up_to()]).len();
        NotUtf8 { text: read(bytes), at, encoding }
    })
}

/// Text from the bytes of a file that another program wrote, and that may say in which encoding it is.
#[must_use]
pub fn read(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(text) = marked(bytes) {
        return text;
    }
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    match (std::str::from_utf8(bytes), declared) {
        // its bytes are all ASCII, and yet no text in it
        (_, Some(encoding)) if encoding == ISO_2022_JP => encoding.decode_without_bom_handling(bytes).0,
        (Ok(text), _) => Cow::Borrowed(text),
        (Err(_), Some(encoding)) => encoding.decode_without_bom_handling(bytes).0,
        (Err(_), None) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Text from bytes in UTF-8, or in UTF-16 with its mark; nothing when a byte of them is wrong.
#[must_use]
pub fn unicode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])
}

/// The text of bytes that begin with the mark of an encoding of Unicode.
fn marked(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, mark) = Encoding::for_bom(bytes)?;
    Some(encoding.decode_without_bom_handling(&bytes[mark..]).0)
}

/// UTF-16 without its mark: every other byte of its Latin letters is nought.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let noughts = bytes.iter().filter(|byte| **byte == 0).count();
    let is_marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if is_marked || bytes.len() < 8 || noughts * 3 < bytes.len() || noughts * 2 > bytes.len() {
        return None;
    }
    Some(if bytes[0] == 0 { UTF_16BE } else { UTF_16LE })
}

/// The encoding that a web page or an XML file says it is in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).to_ascii_lowercase();
    let in_xml = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let said = in_xml.and_then(|(xml, _)| xml.split_once("encoding")).or_else(|| {
        let (_, meta) = head.split_once("<meta")?;
        meta.split_once("charset")
    });
    let name = said?.1.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
    Encoding::for_label(name.split(['"', '\'', ';', '>', '/', ' ']).next()?.as_bytes())
}

/// Reads bytes in one encoding.
type Reader = fn(&[u8]) -> String;

/// The encoding that bytes which are not UTF-8 most likely have, and its reader.
fn likely(bytes: &[u8]) -> (&'static str, Reader) {
    let high = bytes.iter().filter(|b| **b >= 0xc0).count();
    let pairs = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    let quotes = bytes.iter().filter(|b| matches!(**b, 0x82 | 0x84 | 0x85 | 0x91..=0x97)).count();
    // accented letters of the West stand alone among plain ones, Cyrillic words are all of high bytes
    if high > 8 && pairs * 2 > high {
        ("Windows-1251 (Cyrillic)", cyrillic)
    } else if quotes > 0 {
        ("Windows-1252", western)
    } else {
        ("ISO 8859-1 (Latin-1)", western)
    }
}

fn cyrillic(bytes: &[u8]) -> String {
    WINDOWS_1251.decode_without_bom_handling(bytes).0.into_owned()
}

/// Windows-1252, of which Latin-1 is a part. Sequences that are UTF-8 stay so: some files are of both.
fn western(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_that_is_wrong_is_whole() {
        for (bytes, place) in [(&b"caf\xe9s"[..], 3..5), (b"\xff\xfe", 0..0)] {
            assert_eq!(decode(bytes.to_vec()).map_err(|wrong| wrong.place()), Err(place));
        }
    }

    #[test]
    fn encodings_are_guessed() {
        assert_eq!(decode(b"\xef\xbb\xbfabc".to_vec()), Ok("abc".to_owned()));
        let cyrillic = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, b' ', 0xec, 0xe8, 0xf0, 0xf3, b' ', 0xb8];
        for (bytes, text, at, encoding) in [
            (&b"caf\xe9"[..], "café", 3, "ISO 8859-1 (Latin-1)"),
            (b"\x93hi\x94", "“hi”", 0, "Windows-1252"),
            (b"caf\xc3\xa9 caf\xe9", "café café", 9, "ISO 8859-1 (Latin-1)"),
            (b"\xff\xfeh\0i\0", "hi", 0, "UTF-16"),
            (b"\xfe\xff\0h\0i", "hi", 0, "UTF-16"),
            (&cyrillic, "Привет миру ё", 0, "Windows-1251 (Cyrillic)"),
        ] {
            assert_eq!(decode(bytes.to_vec()), Err(NotUtf8 { text: text.to_owned(), at, encoding }));
        }
    }

    #[test]
    fn a_page_may_say_its_encoding() {
        for (bytes, text) in [
            (&b"<meta charset=\"koi8-r\">\xf0\xd2\xc9"[..], "При"),
            (b"<meta http-equiv=x content='text/html; charset=Shift_JIS'>\x93\xfa", "日"),
            (b"<?xml version='1.0' encoding='iso-8859-2'?>\xb3", "ł"),
            (b"<meta charset=iso-2022-jp>\x1b$BF|\x1b(B", "日"),
            // what it says is wrong
            ("<meta charset=windows-1252>é".as_bytes(), "é"),
            (b"\xe9", "é"),
        ] {
            assert!(read(bytes).ends_with(text), "{text}: {}", read(bytes));
        }
    }

    #[test]
    fn wrong_bytes_are_no_unicode() {
        assert_eq!(unicode(b"\xff\xfeh\0i\0").as_deref(), Some("hi"));
        assert_eq!((unicode(b"\xff\xfeh\0i"), unicode(b"caf\xe9")), (None, None));
    }
}
