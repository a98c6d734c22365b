//! Words in the HTML that people read about a book: reports, the preview.
//!
//! Six pages are written (the proof, two reports of imports, the styles, the preview and its ebook), each a
//! frame that does not change around words that are escaped here. A template crate such as maud would add a
//! procedural macro to every build, and the frames with their style sheets and scripts would stay text.

/// Words as HTML shows them, in text and in attributes; without control
/// characters, which HTML forbids.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, c) in text.char_indices() {
        let instead = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            c if c.is_control() && !c.is_whitespace() => "",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(instead);
        done = at + c.len_utf8();
    }
    out.push_str(&text[done..]);
    out
}

/// A file as an address that holds all of it (RFC 2397, RFC 4648 §4).
#[must_use]
pub fn data_address(media: &str, bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = format!("data:{media};base64,");
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{data_address, escaped};

    #[test]
    fn bytes_are_written_in_base64() {
        let addresses = ["f", "fo", "foo", "foob"].map(|word| data_address("a/b", word.as_bytes()));
        assert_eq!(
            addresses,
            ["Zg==", "Zm8=", "Zm9v", "Zm9vYg=="].map(|code| format!("data:a/b;base64,{code}"))
        );
    }

    #[test]
    fn no_word_becomes_a_tag() {
        assert_eq!(escaped("<a title=\"x\">&amp;\u{1b}\n"), "&lt;a title=&quot;x&quot;&gt;&amp;amp;\n");
    }
}
