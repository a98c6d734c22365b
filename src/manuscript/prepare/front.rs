//! Front matter: what blogs and other programs write about a text above it.

use super::Lifter;
use crate::diag::{Code, Diagnostic, Span};

impl Lifter<'_> {
    /// Tells of the front matter that begins at `at`, which is no part of the
    /// text; returns its length.
    pub(super) fn front_matter(&mut self, at: usize) -> usize {
        let Some(length) = length(&self.source[at..]) else { return 0 };
        let message = "these lines tell programs about the text, and are not printed";
        let end = at + self.source[at..at + length].trim_end().len();
        let hint = "say it in book.toml, write the title as a heading `# Title`, and delete them";
        let span = Span::new(self.out.file, at, end);
        self.findings.push(Diagnostic::new(Code::FrontMatter, span, message).hint(hint));
        length
    }
}

/// The length of the front matter (YAML) that `text` begins with: a line of
/// hyphens, lines of which the first says `key: value`, and such a line again
/// or one of full stops.
fn length(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let mut length = lines.next().filter(|line| line.trim_end() == "---")?.len();
    let first = text[length..].lines().next()?;
    if !is_pair(first) {
        return None;
    }
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some(length);
        }
    }
    None
}

/// Whether the line says `key: value`, or only `key:`.
fn is_pair(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && (value.is_empty() || value.starts_with([' ', '\t', '\r']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_told_from_a_pause() {
        for (text, wanted) in [
            ("---\ntitle: A\n---\nWords.", Some(17)),
            ("---\r\ntitle: A\r\n...\r\n", Some(20)),
            ("---\n\nWords: a pause.\n\n---\n", None),
            ("---\nWords and: a pause.\n---\n", None),
            ("---\nhttps://a.org\n---\n", None),
            ("---\ntitle: never closed\n", None),
        ] {
            assert_eq!(length(text), wanted, "{text:?}");
        }
    }
}
