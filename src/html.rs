//! Words in the HTML that people read about a book: reports, the preview.

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

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_word_becomes_a_tag() {
        assert_eq!(escaped("<a title=\"x\">&amp;\u{1b}\n"), "&lt;a title=&quot;x&quot;&gt;&amp;amp;\n");
    }
}
