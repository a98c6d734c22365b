//! The words of a passage, without any marks.

/// The words of a passage without any marks.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let cut = match c {
            '<' => rest.find('>').map(|n| n + 1),
            '{' if rest.starts_with("{{") => {
                [rest.find('|').map(|bar| bar + 1), rest.find("}}").map(|end| end + 2)]
                    .into_iter()
                    .flatten()
                    .min()
            }
            '[' if rest.starts_with("[[") => Some(2),
            _ if ["}}", "]]", "''"].iter().any(|s| rest.starts_with(s)) => Some(2),
            _ => None,
        };
        match cut {
            Some(length) => rest = &rest[length..],
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a running head: what stands left, in the middle and right.
pub(super) fn head_words(parts: &[String]) -> String {
    parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join("   ")
}
