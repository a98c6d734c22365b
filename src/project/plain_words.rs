//! Words of book.toml that hold marks of Markdown, which nothing there reads: a cover, a
//! catalogue and a shop would show the stars.

use crate::diag::{Code, Diagnostic, Span};

/// The finding on words that hold marks of emphasis or a link.
pub(super) fn check(key: &str, words: &str, span: Span) -> Option<Diagnostic> {
    let mark = words.lines().find_map(|line| emphasis(line).or_else(|| link(line)))?;
    let message = format!("`{mark}` in `{key}` is printed with its marks: book.toml takes plain words");
    let hint = "write the words without them";
    Some(Diagnostic::new(Code::MarkLeft, span, message).hint(hint))
}

/// `*these words*`, `**these**`, `_these_`: no sign that stands within a word, and none that
/// stands alone.
fn emphasis(line: &str) -> Option<&str> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(['*', '_']).find_map(|(at, sign)| {
        let inside = line[at..].trim_start_matches(sign);
        let opens = !letter(line[..at].chars().next_back())
            && inside.starts_with(|c: char| !c.is_whitespace() && !c.is_ascii_punctuation());
        let begin = line.len() - inside.len();
        let end = inside.match_indices(sign).map(|(end, _)| begin + end).find(|end| {
            let before = line[..*end].chars().next_back();
            let after = line[*end..].trim_start_matches(sign).chars().next();
            before.is_some_and(|c| !c.is_whitespace()) && !letter(after)
        })?;
        let rest = line[end..].trim_start_matches(sign);
        opens.then(|| &line[at..line.len() - rest.len()])
    })
}

/// `[these words](https://…)`
fn link(line: &str) -> Option<&str> {
    let middle = line.find("](")?;
    let begin = line[..middle].rfind('[')?;
    let end = middle + line[middle..].find(')')?;
    Some(&line[begin..=end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    #[test]
    fn marks_are_told_from_signs() {
        for (words, mark) in [
            ("“The best.” — *The Kerryman*", Some("*The Kerryman*")),
            ("told **never** to open", Some("**never**")),
            ("a _quiet_ word", Some("_quiet_")),
            ("see [us](https://example.org)", Some("[us](https://example.org)")),
            ("M*A*S*H", None),
            ("3 * 4 * 5, and a snake_case_name", None),
            ("* * *", None),
            ("[sic] (1914)", None),
        ] {
            let found =
                check("blurb", words, Span::new(FileId::default(), 0, 0)).map(|finding| finding.message);
            assert_eq!(found.is_some(), mark.is_some(), "{words}: {found:?}");
            assert!(mark.is_none_or(|mark| found.unwrap_or_default().contains(mark)), "{words}");
        }
    }
}
