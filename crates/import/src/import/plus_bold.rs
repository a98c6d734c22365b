//! `+bold+`, with which some distributors set the words that a paragraph begins with in heavier type: it becomes `=bold=`, as most
//! others write it, in each of its lines.

use super::bold_lines::extent;
use super::change::Change;
use std::ops::Range;

/// How many paragraphs begin so at least for it to be a habit.
const LEAST: usize = 10;
/// How many bytes such words have at most.
const LONGEST: usize = 400;

/// The changes of each line, as `split_inclusive` parts the text; none where it has no such habit.
pub(super) fn changes(text: &str) -> Vec<Vec<Change>> {
    let spans = spans(text);
    if spans.len() < LEAST {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (mut start, mut first) = (0, 0);
    for line in text.split_inclusive('\n') {
        let stop = start + line.len();
        let (begins, ends) = extent(line);
        let mut changes = Vec::new();
        while let Some(span) = spans.get(first).filter(|span| span.start < stop) {
            changes.push(match span.start.checked_sub(start) {
                Some(at) => (at, at + 1, "=".to_owned()),
                None => (begins, begins, "=".to_owned()),
            });
            if span.end >= stop {
                changes.push((ends, ends, "=".to_owned()));
                break;
            }
            changes.push((span.end - start, span.end - start + 1, "=".to_owned()));
            first += 1;
        }
        found.push(changes);
        start = stop;
    }
    found
}

/// Where the signs stand around the words that a paragraph begins with.
fn spans(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('+') {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let above = text[..line].trim_end_matches([' ', '\r', '\n']);
        let opens = text[line..at].trim().is_empty() && text[above.len()..line].matches('\n').count() >= 2;
        let rest = &text[at + 1..];
        if !opens || !rest.starts_with(|c: char| c.is_alphanumeric() || "\"“_".contains(c)) {
            continue;
        }
        let paragraph = rest.find("\n\n").or_else(|| rest.find("\n\r\n")).unwrap_or(rest.len());
        let words = rest[..paragraph].find('+').filter(|length| *length <= LONGEST);
        let closes = |length: &usize| {
            let behind = rest[length + 1..].chars().next();
            !rest[..*length].ends_with(char::is_whitespace) && behind.is_none_or(|c| !c.is_alphanumeric())
        };
        found.extend(words.filter(closes).map(|length| at..at + 1 + length));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_signs_around_first_words_are_a_habit_or_none() {
        let one = "+1. Of the\nwheel.+ It turns, 2 + 2 times.\n\n";
        assert!(changes(one).is_empty());
        let text = format!("Begin.\n\n{}", one.repeat(LEAST));
        let lines = changes(&text);
        assert_eq!(lines[2], [(0, 1, "=".to_owned()), (10, 10, "=".to_owned())]);
        assert_eq!(lines[3], [(0, 0, "=".to_owned()), (6, 7, "=".to_owned())]);
        assert!(lines[4].is_empty());
    }
}
