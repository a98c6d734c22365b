//! Signs that may close a passage, in any language.

/// Quotation marks of all languages that close somewhere: `“` closes in German, `«` in what is set as »so«.
pub(super) const QUOTATION: [char; 10] = ['"', '”', '“', '\'', '’', '‘', '»', '«', '›', '‹'];

/// Whether a sign may stand behind the last stop of a sentence.
pub(super) fn may_close(c: char) -> bool {
    QUOTATION.contains(&c) || matches!(c, ')' | ']' | '*' | '_')
}

/// A text without what closes behind its last word or stop, and without the space that French sets before that.
pub(super) fn bare(text: &str) -> &str {
    text.trim_end_matches(|c: char| may_close(c) || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_all_languages_end_with_their_stop() {
        for text in ["So.”", "So.«", "So.“", "Ainsi. »", "So.)*", "So.", "So.’”"] {
            assert!(bare(text).ends_with('.'), "{text}");
        }
    }
}
