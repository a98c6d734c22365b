//! The persons of a play, whose names stand in capitals before what they say.

/// How many bytes a name has at most.
const LONGEST: usize = 28;

/// The name before what a person of a play says: `NORA.`, `MRS. LINDE:`, `FIRST LORD.`.
pub(super) fn speaker(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut from = 0;
    for word in text.split(' ') {
        let large = word.chars().any(char::is_alphabetic) && !word.contains(char::is_lowercase);
        if !large || from + word.len() > LONGEST {
            break;
        }
        from += word.len() + 1;
        if word.ends_with(['.', ':']) {
            end = from - 1;
        }
    }
    let name = &text[..end];
    let spoken = text[end..].contains(char::is_alphabetic);
    (name.chars().filter(|c| c.is_alphabetic()).count() >= 2 && spoken).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::speaker;

    #[test]
    fn names_before_speeches() {
        assert_eq!(speaker("NORA. I couldn’t."), Some("NORA."));
        assert_eq!(speaker("MRS. LINDE. Because."), Some("MRS. LINDE."));
        for text in ["THE MILL", "NORA.", "I. The Mill", "Nora. No.", "A. was here"] {
            assert_eq!(speaker(text), None, "{text}");
        }
    }
}
