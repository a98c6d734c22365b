//! The lines of a text that stand in one container, from a line on, with the
//! columns of their characters: what drawn tables and lists are read from.

/// A line without the marks of the quotations that it stands in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    /// Where the line starts in the source, with the marks of its container.
    pub(super) line: usize,
    /// Where its words start.
    pub(super) from: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// How many columns of white space stand before the words.
    pub(super) spaces: usize,
    /// The words.
    pub(super) words: &'a str,
}

impl Row<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    /// The bytes of the source between two columns, without the blank around them.
    pub(super) fn cut(&self, from: usize, to: usize) -> (usize, usize) {
        let (start, end) = (self.byte(from), self.byte(to));
        let piece = &self.words[start..end.max(start)];
        let lead = piece.len() - piece.trim_start().len();
        let from = self.from + start + lead;
        (from, from + piece.trim().len())
    }

    /// The character at a column.
    pub(super) fn at(&self, column: usize) -> Option<char> {
        (column >= self.spaces).then(|| self.words[self.byte(column)..].chars().next())?
    }

    /// The columns of its upright strokes.
    pub(super) fn strokes(&self) -> Vec<usize> {
        let mut column = self.spaces;
        let mut escaped = false;
        let mut strokes = Vec::new();
        for c in self.words.chars() {
            strokes.extend((c == '|' && !escaped).then_some(column));
            escaped = c == '\\' && !escaped;
            column += width(c);
        }
        strokes
    }

    /// The byte of the words at a column; their end for what lies beyond.
    pub(super) fn byte(&self, column: usize) -> usize {
        let mut at = self.spaces;
        for (byte, c) in self.words.char_indices() {
            if at >= column {
                return byte;
            }
            at += width(c);
        }
        self.words.len()
    }

    /// The column behind the last character.
    pub(super) fn width(&self) -> usize {
        self.spaces + self.words.chars().map(width).sum::<usize>()
    }
}

/// How many columns a character takes where letters are all as wide.
pub(super) fn width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// The rows from the line at `start` on, as long as they stand in as many
/// quotations as it does.
pub(super) fn rows(source: &str, start: usize) -> impl Iterator<Item = Row<'_>> {
    let depth = quotes(&source[start..line_end(source, start)]).1;
    let mut at = start;
    std::iter::from_fn(move || {
        let end = line_end(source, at);
        if at >= source.len() {
            return None;
        }
        let line = &source[at..end];
        let (marks, found) = quotes(line);
        if found != depth {
            return None;
        }
        let inside = &line[marks..];
        let words = inside.trim_start_matches([' ', '\t']);
        let blank = &inside[..inside.len() - words.len()];
        let spaces = blank
            .bytes()
            .fold(0usize, |column, byte| if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 });
        let from = at + line.len() - words.len();
        let words = words.trim_end();
        let row = Row { line: at, from, end, spaces: spaces.saturating_sub(usize::from(depth > 0)), words };
        at = after_newline(source, end);
        Some(row)
    })
}

/// The bytes of a line that mark quotations, and how many they are.
pub(super) fn quotes(line: &str) -> (usize, usize) {
    let (mut bytes, mut depth) = (0, 0);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'>' => (bytes, depth) = (at + 1, depth + 1),
            b' ' => {}
            _ => break,
        }
    }
    (bytes, depth)
}

/// How many bytes of a line are blank or mark quotations.
pub(super) fn lead(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>']).len()
}

/// How many columns a line is set in within the quotations that it stands in.
pub(super) fn set_in(line: &str) -> usize {
    let (marks, _) = quotes(line);
    indent(&line[marks..])
}

/// How many columns of spaces and tabs a text begins with; a tab counts as four.
pub(super) fn indent(text: &str) -> usize {
    let width = |b: u8| match b {
        b' ' => Some(1),
        b'\t' => Some(4),
        _ => None,
    };
    text.bytes().map_while(width).sum()
}

pub(super) fn line_end(source: &str, start: usize) -> usize {
    let rest = &source.as_bytes()[start..];
    start + rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len())
}

pub(super) fn after_newline(source: &str, end: usize) -> usize {
    let rest = &source[end..];
    end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) }
}
