//! Addresses outside of the book, checked and written as every reader takes
//! them (RFC 3986, RFC 6068 and, for what is mended, the URL standard of the
//! WHATWG, which browsers follow).

use crate::narrow::Nearest;
use crate::reason::Reason;
use std::fmt::Write;

/// The longest label of a domain name (RFC 1035 §2.3.4).
const LONGEST_LABEL: usize = 63;
/// The longest domain name.
const LONGEST_HOST: usize = 253;

/// The address that an author means, in ASCII: a lone `%` and a second `#` are
/// encoded, backslashes become slashes, letters of other scripts in the name of
/// a host become Punycode.
///
/// # Errors
/// Why it is no address, in the author's words.
pub fn address(written: &str) -> Result<String, Reason> {
    let is_stray = |c: char| c.is_control() || is_unseen(c) && !is_joiner(c);
    let clean: String = written.trim().chars().filter(|c| !is_stray(*c)).collect();
    let (scheme, rest) = clean.split_once(':').unwrap_or(("", &clean));
    let scheme: String = scheme.chars().filter(|c| !c.is_whitespace()).collect();
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("http" | "https") => web(scheme, rest),
        "mailto" => mailbox(rest),
        _ => Err("it begins with none of `https:`, `http:` and `mailto:`".into()),
    }
}

/// The address that words without a scheme were meant for: `www.example.org`,
/// `example.org/book`, `joe@example.org`. None when they look like a file's name.
#[must_use]
pub fn near_address(written: &str) -> Option<String> {
    let written = written.trim();
    if !written.contains(['/', ':', ' ']) && written.contains('@') {
        let (_, domain) = written.rsplit_once('@')?;
        return is_domain(domain).then(|| mailbox(written).ok()).flatten();
    }
    let lower = written.to_ascii_lowercase();
    if lower.starts_with("doi:10.") {
        return web("https", &format!("//doi.org/{}", &written[4..])).ok();
    }
    if let Some((scheme, rest)) = lower.split_once("://")
        && is_misspelt(scheme)
    {
        let meant = if scheme.contains('s') { "https" } else { "http" };
        return web(meant, &written[written.len() - rest.len()..]).ok();
    }
    let bare = ["https//", "http//", "//"].iter().find_map(|start| lower.strip_prefix(start));
    let bare = &written[written.len() - bare.unwrap_or(&lower).len()..];
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    is_domain(host).then(|| web("https", bare).ok()).flatten()
}

/// Whether a scheme is `http` or `https` with a letter too many, too few or out of place.
fn is_misspelt(scheme: &str) -> bool {
    let letters = scheme.chars().all(|c| "htps".contains(c));
    letters && scheme.contains('t') && scheme.contains('p') && !matches!(scheme, "http" | "https")
}

/// Whether a name with dots is that of a host rather than of a file.
fn is_domain(name: &str) -> bool {
    const FILES: [&str; 33] = [
        "md", "markdown", "mdown", "mkd", "txt", "text", "rst", "adoc", "tex", "typ", "html", "htm", "xhtml",
        "xml", "toml", "json", "csv", "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "heic", "tif",
        "tiff", "bmp", "pdf", "epub", "doc", "docx", "odt",
    ];
    let Some((stem, last)) = name.rsplit_once('.') else { return false };
    let is_file = FILES.contains(&last.to_ascii_lowercase().as_str());
    let is_web = name.to_ascii_lowercase().starts_with("www.");
    let fits = last.len() > 1 && last.chars().all(char::is_alphabetic) && !stem.is_empty();
    fits && (is_web || !is_file) && host(name).is_ok()
}

fn web(scheme: &str, rest: &str) -> Result<String, Reason> {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let bare = rest.trim_start_matches(is_slash);
    if rest.len() - bare.len() > 2 {
        return Err("no host stands between its slashes".into());
    }
    let end = bare.find(|c| is_slash(c) || matches!(c, '?' | '#')).unwrap_or(bare.len());
    let (authority, tail) = bare.split_at(end);
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, authority),
    };
    let mut out = format!("{scheme}://");
    if let Some(user) = user {
        encode(user, &[], &mut out);
        out.push('@');
    }
    let (name, port) = name_and_port(place);
    out.push_str(&host(name)?);
    if let Some(port) = port.filter(|port| !port.is_empty()) {
        let number = port.bytes().all(|b| b.is_ascii_digit()).then(|| port.parse::<u16>().ok()).flatten();
        let number = number.ok_or_else(|| format!("`{port}` is not the number of a port"))?;
        let _ = write!(out, ":{number}");
    }
    let (path, fragment) = tail.split_once('#').map_or((tail, None), |(path, id)| (path, Some(id)));
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    encode(&path.replace('\\', "/"), b"/:@", &mut out);
    for (sign, part) in [('?', query), ('#', fragment)] {
        if let Some(part) = part {
            out.push(sign);
            encode(part, b"/:@?", &mut out);
        }
    }
    Ok(out)
}

/// A host and what stands behind its colon; an address of IPv6 has colons of its own.
fn name_and_port(place: &str) -> (&str, Option<&str>) {
    match place.find(']') {
        Some(end) if place.starts_with('[') => (&place[..=end], place[end + 1..].strip_prefix(':')),
        _ => place.split_once(':').map_or((place, None), |(name, port)| (name, Some(port))),
    }
}

/// The name of a host, in small letters and in ASCII.
fn host(name: &str) -> Result<String, Reason> {
    if name.is_empty() {
        return Err("it names no host, such as `example.org`".into());
    }
    if let Some(inner) = name.strip_prefix('[') {
        let number = inner.strip_suffix(']').and_then(|inner| inner.parse::<std::net::Ipv6Addr>().ok());
        return number
            .map(|_| name.to_ascii_lowercase())
            .ok_or_else(|| format!("`{name}` is no host").into());
    }
    let name = decoded(name);
    let name: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    let labels: Vec<&str> = name.split(['.', '。', '．', '｡']).collect();
    let rooted = labels.len() > 1 && labels.last() == Some(&"");
    let labels = if rooted { &labels[..labels.len() - 1] } else { &labels[..] };
    let mut out = Vec::with_capacity(labels.len());
    for label in labels {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || (!c.is_ascii() && is_joined(c));
        if let Some(strange) = label.chars().find(|c| !fits(*c)) {
            let why = match strange {
                ' ' => format!("a space stands in the name of its host, `{name}`"),
                strange => format!("`{strange}` stands in the name of its host, `{name}`"),
            };
            return Err(why.into());
        }
        let written = ascii_label(label);
        // whoever shows an address decodes its Punycode, and refuses what is none
        let code = written.strip_prefix("xn--").filter(|_| label.is_ascii() && label.len() <= LONGEST_LABEL);
        if code.is_some_and(|code| from_punycode(code).is_none_or(|letters| punycode(&letters) != code)) {
            return Err(format!("`{label}` in the name of its host stands for no letters").into());
        }
        out.push(written);
    }
    let whole = out.join(".") + if rooted { "." } else { "" };
    let odd = out.iter().any(|label| label.is_empty() || label.len() > LONGEST_LABEL);
    if odd || whole.len() > LONGEST_HOST {
        return Err(format!("`{name}` is no host, such as `example.org`").into());
    }
    Ok(whole)
}

/// Signs that no one sees: they come along when an address is copied, and the name of a host is compared without them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The two of them that words of Persian and of Indian languages are spelt with.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a sign joins the letter before it, as vowel signs do.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{900}'..='\u{109f}' | '·' | '・')
}

/// A label in small letters; one with letters beyond ASCII as Punycode.
fn ascii_label(label: &str) -> String {
    let label = label.to_lowercase();
    // Punycode is never shorter, and takes long for what is no name at all.
    let is_long = label.chars().count() > LONGEST_LABEL;
    if is_long || label.is_ascii() { label } else { format!("xn--{}", punycode(&label)) }
}

/// The parameters of Punycode (RFC 3492 §5).
const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;

/// Punycode (RFC 3492 §6.3): the letters of ASCII, then, for each other letter in
/// the order of codes, how far it lies from the one before it.
fn punycode(label: &str) -> String {
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::nearest(out.len());
    if basic > 0 {
        out.push('-');
    }
    let (mut code, mut delta, mut bias, mut done) = (128, 0u32, 72, basic);
    while let Some(next) = letters.iter().copied().filter(|letter| *letter >= code).min() {
        delta = delta.saturating_add((next - code).saturating_mul(done + 1));
        code = next;
        for letter in &letters {
            delta = delta.saturating_add(u32::from(*letter < code));
            if *letter == code {
                push_number(delta, bias, &mut out);
                bias = adapted(delta, done + 1, done == basic);
                (delta, done) = (0, done + 1);
            }
        }
        (delta, code) = (delta.saturating_add(1), code + 1);
    }
    out
}

/// The letters that Punycode stands for (RFC 3492 §6.2).
fn from_punycode(code: &str) -> Option<String> {
    let (basic, numbers) = code.rsplit_once('-').unwrap_or(("", code));
    let mut letters: Vec<char> = basic.chars().collect();
    let (mut at, mut code, mut bias) = (0u32, 128u32, 72);
    let mut digits = numbers.bytes().peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut step) = (at, 1u32, BASE);
        loop {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => letter - b'a',
                figure @ b'0'..=b'9' => figure - b'0' + 26,
                _ => return None,
            };
            at = at.checked_add(u32::from(digit).checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(LEAST, MOST);
            if u32::from(digit) < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            step += BASE;
        }
        let places = u32::nearest(letters.len()) + 1;
        bias = adapted(at - before, places, before == 0);
        code = code.checked_add(at / places)?;
        at %= places;
        letters.insert(at as usize, char::from_u32(code)?);
        at += 1;
    }
    let is_name = letters.iter().any(|letter| !letter.is_ascii()) && !letters.iter().any(|c| c.is_control());
    is_name.then(|| letters.into_iter().collect())
}

/// A number of variable length, the least digit first.
fn push_number(mut number: u32, bias: u32, out: &mut String) {
    let mut digit =
        |value: u32| out.push(char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize % 36]));
    let mut step = BASE;
    loop {
        let threshold = step.saturating_sub(bias).clamp(LEAST, MOST);
        if number < threshold {
            return digit(number);
        }
        digit(threshold + (number - threshold) % (BASE - threshold));
        number = (number - threshold) / (BASE - threshold);
        step += BASE;
    }
}

/// How the digits of the next number are weighed (RFC 3492 §6.1).
fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    const SKEW: u32 = 38;
    const DAMP: u32 = 700;
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut bias = 0;
    while delta > (BASE - LEAST) * MOST / 2 {
        delta /= BASE - LEAST;
        bias += BASE;
    }
    bias + (BASE - LEAST + 1) * delta / (delta + SKEW)
}

fn mailbox(rest: &str) -> Result<String, Reason> {
    let rest = rest.trim_start_matches('/');
    let (boxes, query) = rest.split_once('?').map_or((rest, None), |(boxes, query)| (boxes, Some(query)));
    let is_whole = |mailbox: &str| {
        let parts = mailbox.trim().rsplit_once('@');
        parts.is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty())
    };
    if !(boxes.split(',').all(is_whole) || boxes.is_empty() && query.is_some()) {
        return Err(format!("`{rest}` is no mailbox, such as `name@example.org`").into());
    }
    let mut out = String::from("mailto:");
    encode(boxes, b"/:@", &mut out);
    if let Some(query) = query {
        out.push('?');
        encode(query, b"/:@?", &mut out);
    }
    Ok(out)
}

/// Percent-encoded characters of a host as they are; what is not UTF-8 stays.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| hex(after)).flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// The byte that two hexadecimal digits say.
fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| digits.get(at).and_then(|digit| char::from(*digit).to_digit(16));
    Some(u8::nearest(digit(0)? * 16 + digit(1)?))
}

/// Adds a part of an address, with what may not stand in it as `%XX` (RFC 3986
/// §2); `also` are the signs that this part may hold besides.
fn encode(part: &str, also: &[u8], out: &mut String) {
    let bytes = part.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let stands = byte.is_ascii_alphanumeric()
            || b"-._~!$&'()*+,;=".contains(byte)
            || also.contains(byte)
            || (*byte == b'%' && hex(&bytes[at + 1..]).is_some());
        if stands {
            out.push(char::from(*byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_mended_where_their_meaning_is_plain() {
        for (written, wanted) in [
            ("https://example.org/100%", "https://example.org/100%25"),
            ("https://example.org/?q=50%&y=%41", "https://example.org/?q=50%25&y=%41"),
            ("https://example.org/#a#b", "https://example.org/#a%23b"),
            (" HTTPS://Example.ORG:443/A b ", "https://example.org:443/A%20b"),
            (r"https:\\example.org\a\b?c\d", "https://example.org/a/b?c%5Cd"),
            ("https:example.org", "https://example.org"),
            ("https://example.org:/a[1]", "https://example.org/a%5B1%5D"),
            ("https://a@b@example.org/", "https://a%40b@example.org/"),
            ("https://bücher.example/é?ü", "https://xn--bcher-kva.example/%C3%A9?%C3%BC"),
            ("https://b%C3%BCcher.example", "https://xn--bcher-kva.example"),
            ("https://例え。jp", "https://xn--r8jz45g.jp"),
            ("https://пример.испытание/", "https://xn--e1afmkfd.xn--80akhbyknj4f/"),
            ("http://[::1]:80/", "http://[::1]:80/"),
            ("https://exa_mple.org", "https://exa_mple.org"),
            // copied from a page that breaks it there
            ("\u{feff}https://example.org/\u{200b}a\u{ad}b\u{2060}", "https://example.org/ab"),
            ("https://example.org/\u{645}\u{200c}", "https://example.org/%D9%85%E2%80%8C"),
            ("mailto:M_H/SE%SMI@example.org", "mailto:M_H/SE%25SMI@example.org"),
            ("MailTo://joe@example.org?subject=Hi you", "mailto:joe@example.org?subject=Hi%20you"),
            ("mailto:?subject=x", "mailto:?subject=x"),
        ] {
            assert_eq!(address(written).as_deref(), Ok(wanted), "{written}");
            assert_eq!(address(wanted).as_deref(), Ok(wanted), "{wanted}");
        }
    }

    #[test]
    fn what_is_none_says_why() {
        let long = format!("https://{}.org", "a".repeat(64));
        for (written, why) in [
            ("https://exa_mple.org:abc/", "`abc` is not the number"),
            ("https://example.org:70000", "`70000` is not the number"),
            ("http:///x", "no host stands"),
            ("https://", "names no host"),
            ("https://exam ple.org", "a space stands"),
            ("https://example..org", "is no host"),
            ("https://.org", "is no host"),
            ("https://[::g]/", "is no host"),
            ("https://…", "`…` stands in the name"),
            ("https://exa%25mple.org", "`%` stands in the name"),
            (&long, "is no host"),
            ("mailto:joe", "is no mailbox"),
            ("https://xn--a.org/", "stands for no letters"),
            ("https://xn--/", "stands for no letters"),
            ("mailto:", "is no mailbox"),
            ("javascript:alert(1)", "begins with none"),
            ("x", "begins with none"),
        ] {
            let found = address(written).unwrap_err();
            assert!(found.contains(why), "{written}: {found}");
        }
    }

    #[test]
    fn near_addresses_get_what_they_lack() {
        for (written, wanted) in [
            ("www.example.org/book", Some("https://www.example.org/book")),
            ("example.org", Some("https://example.org")),
            ("example.com/a#b", Some("https://example.com/a#b")),
            ("example.org:8080/x", Some("https://example.org:8080/x")),
            ("//example.org/x", Some("https://example.org/x")),
            ("http//example.org", Some("https://example.org")),
            ("joe@example.org", Some("mailto:joe@example.org")),
            ("htp://example.org/A", Some("http://example.org/A")),
            ("htpps://example.org", Some("https://example.org")),
            ("doi:10.1000/182", Some("https://doi.org/10.1000/182")),
            ("ftp://example.org", None),
            ("chapter.md", None),
            ("a/b.html", None),
            ("old mill.jpg", None),
            ("photo.JPG", None),
            ("../x", None),
            ("1.2", None),
            ("chapter", None),
        ] {
            assert_eq!(near_address(written).as_deref(), wanted, "{written}");
        }
    }
}
