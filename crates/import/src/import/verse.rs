//! Verse that no sign and no indent tells: by how its lines look together.

use super::line::Line;
use super::speaker::speaker;

/// How many lines verse has at least that is not indented.
const LEAST_VERSE: usize = 4;
/// How many characters a line of it has at most.
const LONGEST_VERSE: usize = 60;

/// Whether lines are verse that need not be indented: short, nearly all begin with a capital and many end with a stop,
/// none with a hyphen.
pub(super) fn are_verse(lines: &[Line<'_>]) -> bool {
    let count = |test: &dyn Fn(&str) -> bool| lines.iter().filter(|l| test(l.trimmed())).count();
    let capital = |t: &str| t.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let stop =
        |t: &str| t.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, '”' | '’' | '—' | '…'));
    let lower = |t: &str| t.contains(char::is_lowercase);
    lines.len() >= LEAST_VERSE
        && count(&|t| speaker(t).is_some()) * 2 < lines.len()
        && count(&|t| t.chars().count() > LONGEST_VERSE || t.ends_with('-') && !t.ends_with("--")) == 0
        && count(&capital) * 10 >= lines.len() * 9
        && count(&lower) * 10 >= lines.len() * 9
        && count(&stop) * 3 >= lines.len()
}

/// Whether lines that stand in are verse, however wide: each begins with a capital, of three at least, and some have room for the
/// next word; of two the first ends with a mark.
pub(super) fn end_at_will(lines: &[Line<'_>]) -> bool {
    let width = |line: &Line<'_>| line.trimmed().chars().count();
    let longest = lines.iter().map(width).max().unwrap_or(0);
    let word = |line: &Line<'_>| line.trimmed().split(' ').next().map_or(0, |word| word.chars().count());
    let large = |line: &Line<'_>| {
        let opened = line.trimmed().trim_start_matches(|c: char| !c.is_alphanumeric());
        opened.starts_with(char::is_uppercase) && line.trimmed().contains(char::is_lowercase)
    };
    let marked = |line: &Line<'_>| line.trimmed().ends_with([',', ';', ':', '.', '!', '?', '—']);
    let filled = lines.windows(2).all(|pair| width(&pair[0]) + 1 + word(&pair[1]) > longest);
    longest <= LONGEST_VERSE
        && lines.iter().all(large)
        && if lines.len() > 2 { !filled } else { marked(&lines[0]) }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn verse_without_indents() {
        let verse = "The wheel stood still, the miller slept,\nThe water in the millrace crept,\n'Twas ten o'clock; the cat\n\
            Lay by the sacks and caught no rat.\n";
        let prose = "The wheel stood still. The\nMiller slept, and the water in the\nmill race crept. It was ten\nO'clock.\n";
        let german = "Das Rad stand still, und der\nMüller schlief. In dem Graben stand\nWasser, und unter den\n\
            Säcken lag die Katze, die keine\nRatte fing.\n";
        for (text, wanted) in [(verse, true), (prose, false), (german, false)] {
            assert_eq!(are_verse(&lines(text)), wanted, "{text}");
        }
    }
}
