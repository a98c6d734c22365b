//! Words in the HTML that people read about a book: reports, the preview.

/// Words as HTML shows them, in text and in attributes; without control
/// characters, which HTML forbids.
#[must_use]
pub fn escaped(text: &str) -> String {
    let clean = |c: &char| !c.is_control() || c.is_whitespace();
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(clean) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_word_becomes_a_tag() {
        assert_eq!(escaped("<a title=\"x\">&amp;\u{1b}\n"), "&lt;a title=&quot;x&quot;&gt;&amp;amp;\n");
    }
}
