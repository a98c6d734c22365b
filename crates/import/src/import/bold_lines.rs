//! `=bold=` that goes on over the end of a line: each of the two lines is given its own pair of signs.

/// What a line is given so that its bold words open and close in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Carried {
    /// Whether bold words go on from the line above.
    pub from_above: bool,
    /// Whether they go on in the line below.
    pub below: bool,
}

/// Of each line of a text, as `split_inclusive` parts it, what it is given.
pub(super) fn carried(text: &str) -> Vec<Carried> {
    let lines: Vec<&str> =
        text.split_inclusive('\n').map(|line| line.trim_end_matches(['\n', '\r'])).collect();
    let mut found = vec![Carried::default(); lines.len()];
    for at in 1..lines.len() {
        if stays_open(lines[at - 1]) && is_closed(lines[at]) {
            (found[at - 1].below, found[at].from_above) = (true, true);
        }
    }
    found
}

/// Whether the last sign of a line opens bold words which nothing closes in it.
fn stays_open(line: &str) -> bool {
    let Some(at) = line.rfind('=').filter(|_| line.matches('=').count() % 2 == 1) else { return false };
    let opens = line[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "([“\"—_".contains(c));
    opens && line[at + 1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '_'))
}

/// Whether the first sign of a line closes words that were opened above.
fn is_closed(line: &str) -> bool {
    let Some(at) = line.find('=').filter(|_| line.matches('=').count() % 2 == 1) else { return false };
    let ends = line[..at].ends_with(|c: char| !c.is_whitespace());
    ends && !line[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '=')
}

/// Where the text of a line begins and ends.
pub(super) fn extent(line: &str) -> (usize, usize) {
    (line.len() - line.trim_start().len(), line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_go_on_in_the_next_line() {
        let shown = |text: &str| -> Vec<(bool, bool)> {
            carried(text).into_iter().map(|c| (c.from_above, c.below)).collect()
        };
        assert_eq!(shown("he said =never\nmore=, and\n"), [(false, true), (true, false)]);
        assert_eq!(shown("x =\ny = z\n"), [(false, false), (false, false)]);
        assert_eq!(shown("he =said= it\nand =so= on\n"), [(false, false), (false, false)]);
    }
}
