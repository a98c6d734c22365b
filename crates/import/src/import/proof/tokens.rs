//! A text as words and marks, which is how two texts are compared.

/// Whether the proof counts a character: not white space, not a backslash.
pub(in crate::import) fn is_counted(c: char) -> bool {
    !c.is_whitespace() && c != '\\' && c != '\u{feff}' && c != LOOSE
}

/// A seam at which the transcription may have white space or none.
pub(super) const LOOSE: char = '\u{fdd0}';

/// A word, or a single mark.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Whether white space stands before it.
    spaced: bool,
    /// Whether there may be white space before it or not.
    loose: bool,
}

impl Token<'_> {
    /// Whether two tokens are the same, up to the style of quotation marks, dashes and emphasis signs.
    pub(super) fn same(&self, other: &Token<'_>) -> bool {
        (self.spaced == other.spaced || self.loose || other.loose)
            && (self.text == other.text
                || plain(self.text) == plain(other.text)
                || self.text.starts_with(is_dash) && hyphens(self.text) == hyphens(other.text))
    }
}

/// Hyphens and long dashes that nothing parts, or a backslash alone, are one mark: typists have written a dash as two of
/// them, and which two of several belong together nobody can tell.
fn is_dash(c: char) -> bool {
    matches!(c, '-' | '—')
}

/// How many hyphens a run of them stands for.
fn hyphens(run: &str) -> usize {
    let of = |c: char| match c {
        '-' => 1,
        '—' => 2,
        _ => 0,
    };
    run.chars().map(of).sum()
}

/// A mark in the style that all styles of it share.
fn plain(mark: &str) -> &str {
    match mark {
        "“" | "”" | "„" | "«" | "»" => "\"",
        "‘" | "’" | "‚" => "'",
        "_" => "*",
        "\u{0}" => "\u{fffd}",
        other => other,
    }
}

/// Parts a text into words and marks.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(text: &'a str) -> Tokens<'a> {
        Tokens { text, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let (mut spaced, mut loose) = (self.at == 0, false);
        let mut letters = self.text[self.at..].char_indices();
        let (skip, first) = loop {
            let (skip, c) = letters.next()?;
            if is_counted(c) {
                break (skip, c);
            }
            spaced |= c != '\\';
            loose |= c == LOOSE;
        };
        let at = self.at + skip;
        let rest = &self.text[at..];
        let length = if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else if is_dash(first) {
            let run = rest.find(|c: char| !is_dash(c) && c != '\\').unwrap_or(rest.len());
            rest[..run].trim_end_matches('\\').len()
        } else {
            first.len_utf8()
        };
        self.at = at + length;
        Some(Token { text: &rest[..length], at, spaced, loose })
    }
}
