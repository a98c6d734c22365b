//! Words so that our Markdown reads each of them as a word and none as a mark.
//!
//! Only what would mean something is escaped, so that the manuscript stays
//! readable; [`super::prove`] reads every file back and shows that nothing was
//! missed. The test at the end does the same for words made of marks alone.

/// Where words stand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// At the start of a line, where more signs have a meaning.
    pub starts_line: bool,
    /// In a cell of a table.
    pub in_cell: bool,
    /// Every sign that could be a mark is taken for one.
    pub all: bool,
}

/// The words with a backslash before whatever would be read as a mark.
pub(super) fn escape(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let opens = place.starts_line && opens_block(text);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if (opens && at == 0) || means(before, c, &text[at + c.len_utf8()..], place) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    if place.starts_line && !opens { numbered(out) } else { out }
}

/// Whether the first sign of a line would open a block.
fn opens_block(text: &str) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let run = text.chars().take_while(|c| *c == first).count();
    let next = text.chars().nth(run).unwrap_or(' ');
    match first {
        '#' | '>' | ':' | '%' | '|' | '=' => true,
        '-' | '+' => next.is_whitespace() || run > 1,
        '!' => run == 3,
        '(' => text.find(')').is_some_and(|end| end <= 6),
        _ => false,
    }
}

/// A number, letter or Roman numeral with a stop or a parenthesis at the start of a line is that of a list.
fn numbered(text: String) -> String {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (label, rest) = text.split_at(end);
    let is_number = label.len() <= 9 && label.bytes().all(|b| b.is_ascii_digit());
    let is_letters =
        label.len() == 1 || label.len() <= 6 && label.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    // a space that does not break is taken away at the end of a line, where the label then stands alone
    let ends = rest.get(1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
    if !label.is_empty() && rest.starts_with(['.', ')']) && ends && (is_number || is_letters) {
        return format!("{label}\\{rest}");
    }
    text
}

/// Whether a sign would be read as a mark between what stands before and behind it.
fn means(before: char, c: char, rest: &str, place: Place) -> bool {
    let next = rest.chars().next().unwrap_or(' ');
    if place.all {
        return c.is_ascii_punctuation()
            && !matches!(c, '\'' | '"' | '-' | '.' | ',' | ';' | '?' | '/')
            && (c != '|' || place.in_cell);
    }
    match c {
        '\\' => !(next.is_alphanumeric() || next == ' ') || rest.is_empty(),
        '*' | '`' | '[' | ']' | '{' | '}' | '^' | '~' => true,
        '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
        '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        '&' => next == '#' || next.is_ascii_alphabetic() && rest.find(';').is_some_and(|end| end < 33),
        '$' => next != ' ' || before != ' ',
        '|' => place.in_cell,
        '%' => next == '%' || before == '%',
        ':' => is_short_name(before, rest),
        // alone, it is the sign and no quotation
        '"' | '\'' => before == ' ' && next == ' ',
        _ => false,
    }
}

/// `:smile:` would be a picture of somebody who smiles.
fn is_short_name(before: char, rest: &str) -> bool {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '+' || c == '-'));
    !before.is_alphanumeric() && end.is_some_and(|end| end > 0 && rest[end..].starts_with(':'))
}

/// Words for a title or an attribute in quotation marks.
pub(super) fn attribute(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace(['"', '\\', '{', '}', '<', '>'], "'")
}
