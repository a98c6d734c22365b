//! Words as they are compared: without case, and without what their comparison does not look at.

/// What `text` has in common with others but for case: of its characters those that count.
///
/// Most of what is read is ASCII, and a long book asks for this many million times: such
/// letters need no table.
pub(super) fn folded(text: &str, counts: impl Fn(char) -> bool) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| counts(*c)) {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            // `İ` becomes two, of which the second is a mark
            folded.extend(c.to_lowercase().filter(|c| counts(*c)));
        }
    }
    folded
}

/// A title without case, marks and white space.
pub(super) fn key(title: &str) -> String {
    folded(title, char::is_alphanumeric)
}

/// Whether two titles are the same but for case, marks and emphasis; those without a letter are like no other.
pub(super) fn same(a: &str, b: &str) -> bool {
    let [mut a, b] =
        [a, b].map(|title| title.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()));
    let mut b = b.peekable();
    // they differ in their first letters, nearly always: a long paragraph beside a title is not folded whole
    b.peek().is_some() && a.by_ref().eq(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_marks_and_white_space_do_not_count() {
        assert_eq!(key("The *Éloge*, II."), "theélogeii");
        assert_eq!(folded("A b,c", |c| c != ','), "a bc");
        assert_eq!(key("İ"), key("i\u{307}"));
        assert!(same("Of Ferries", "OF FERRIES.") && same("İ", "i\u{307}"));
        assert!(!same("Of", "Of Ferries") && !same("Of Ferries", "Of") && !same("*", "—") && !same("", ""));
    }
}
