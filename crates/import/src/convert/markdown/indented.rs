//! Code that is set in by four spaces (CommonMark 0.31, §4.4), outside of lists and within them.

/// What is known of the lines above.
#[derive(Debug, Default)]
pub(super) struct Indented {
    /// Where the words of the items begin that are open, outermost first.
    items: Vec<usize>,
    /// Whether the line above was blank, or there is none.
    behind_blank: Option<bool>,
    /// Whether the line above was code.
    in_code: bool,
}

impl Indented {
    /// Whether the next line of the text is code.
    pub(super) fn is_code(&mut self, line: &str) -> bool {
        let words = line.trim_start();
        // a line of attributes is no paragraph that the next line could go on with
        if words.is_empty() || super::attribute_list::is_attributes(words) {
            self.behind_blank = Some(true);
            return false;
        }
        let indent = width(line, line.len() - words.len());
        let blank_above = self.behind_blank.replace(false).unwrap_or(true);
        if blank_above {
            self.items.retain(|content| *content <= indent);
        }
        let content = self.items.last().copied().unwrap_or(0);
        self.in_code = indent >= content + 4 && (blank_above || self.in_code);
        if self.in_code {
            return true;
        }
        if let Some(rest) = behind_marker(words) {
            self.items.retain(|content| *content <= indent);
            let mark = words.len() - rest.len();
            // behind more than four spaces the item begins with code
            let gap = rest.len() - rest.trim_start().len();
            self.items.push(indent + mark + if gap < 4 { gap } else { 0 });
        } else if is_set_in_below(words) {
            self.items = vec![indent + 4];
        }
        false
    }
}

impl Indented {
    /// Where the words of the item begin that holds the line last asked for; `is_marked` when its own mark stands in it.
    pub(super) fn item(&self, indent: usize, is_marked: bool) -> usize {
        let holds = |content: &&usize| is_marked || **content <= indent;
        self.items.iter().rev().find(holds).copied().unwrap_or(0)
    }
}

/// What stands behind the mark of an item: `- `, `12. `, `a) `.
pub(super) fn behind_marker(line: &str) -> Option<&str> {
    let sign = line.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        line[digits..].strip_prefix(['.', ')']).filter(|_| (1..=9).contains(&digits))
    })?;
    sign.strip_prefix([' ', '\t'])
}

/// Whether what is set in below a line belongs to it and is no code: a note, a definition, a callout.
fn is_set_in_below(words: &str) -> bool {
    words.starts_with("[^") && words.contains("]:")
        || [": ", "~ ", "!!! ", "??? "].iter().any(|mark| words.starts_with(mark))
}

/// How wide the white space is before the words; a tab goes to the next of the columns of four.
fn width(line: &str, length: usize) -> usize {
    line[..length].chars().fold(0, |width, c| if c == '\t' { width / 4 * 4 + 4 } else { width + 1 })
}
