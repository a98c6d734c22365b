//! Pictures that a drawing holds in itself, as `data:` addresses (RFC 2397).

/// The bytes of a picture in an address that begins with `data:`; none when they
/// are not written as base64 or it is no picture.
pub(super) fn decode(address: &str) -> Option<Vec<u8>> {
    let rest = strip_prefix(address.trim_start(), "data:")?;
    let (head, data) = rest.split_once(',')?;
    let kind = strip_prefix(head, "image/")?;
    let is_base64 = kind.rsplit(';').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64"));
    if !is_base64 { None } else { bytes(data) }
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// RFC 4648 §4, with white space and `%` escapes as programs write them.
fn bytes(data: &str) -> Option<Vec<u8>> {
    let mut values: [Option<u8>; 256] = [None; 256];
    for (value, sign) in (0..).zip(SIGNS) {
        values[usize::from(*sign)] = Some(value);
    }
    let (mut out, mut bits, mut count) = (Vec::with_capacity(data.len() / 4 * 3), 0u32, 0);
    let mut signs = data.bytes();
    while let Some(mut sign) = signs.next() {
        if sign == b'%' {
            let hex = [signs.next()?, signs.next()?];
            sign = u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?;
        }
        if sign.is_ascii_whitespace() || sign == b'=' {
            continue;
        }
        let value = values[usize::from(sign)]?;
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
        }
    }
    Some(out)
}

/// The address of a picture.
pub(super) fn encode(media: &str, bytes: &[u8]) -> String {
    let mut out = format!("data:{media};base64,");
    out.reserve(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0u32, |bits, n| bits << 8 | u32::from(three.get(n).copied().unwrap_or(0)));
        for n in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * n) & 63) as usize];
            out.push(if n <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_what_was_put_in() {
        for bytes in [&b""[..], b"a", b"ab", b"abc", b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(decode(&encode("image/png", bytes)).as_deref(), Some(bytes));
        }
        assert_eq!(decode(" DATA:image/PNG;charset=x;BASE64,Y\n W%4aj").as_deref(), Some(&b"abc"[..]));
        for bad in ["data:text/html;base64,YQ==", "data:image/png,abc", "data:image/png;base64,<", "http:"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
