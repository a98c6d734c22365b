//! Quotation marks and apostrophes made even: straight ones become curly, by
//! what stands around them. House style (stops inside or outside) stays.

use super::model::{Draft, Inline, Join};

/// Makes the marks of the whole draft even.
pub(super) fn even(draft: &mut Draft) {
    let mut state = State::default();
    for index in 0..draft.blocks.len() {
        match draft.gaps[index].join {
            Join::Apart => state = State::default(),
            Join::Spaced => state.before = Some(' '),
            Join::Solid | Join::Dehyphenated => {}
        }
        even_inlines(&mut draft.blocks[index].inlines, &mut state);
    }
    for note in &mut draft.notes {
        for paragraph in &mut note.paragraphs {
            even_inlines(paragraph, &mut State::default());
        }
    }
}

/// What stood before, within one paragraph.
#[derive(Default)]
struct State {
    /// The last character that is no emphasis mark.
    before: Option<char>,
    /// Whether a double quotation is open.
    double: bool,
    /// Whether a single quotation is open.
    single: bool,
}

fn even_inlines(inlines: &mut [Inline], state: &mut State) {
    for index in 0..inlines.len() {
        let next = inlines[index + 1..].iter().find_map(|i| match i {
            Inline::Text(text) => text.chars().next(),
            Inline::Call { .. } => Some('1'),
            _ => None,
        });
        match &mut inlines[index] {
            Inline::Text(text) => *text = even_text(text, next, state),
            Inline::Call { .. } => state.before = state.before.map(|c| if c == ' ' { c } else { '1' }),
            _ => {}
        }
    }
}

fn even_text(text: &str, next: Option<char>, state: &mut State) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let after = || text[at + c.len_utf8()..].chars().find(|c| !matches!(c, '*' | '_')).or(next);
        let set = match c {
            '"' => state.double_mark(after()),
            '\'' => state.single_mark(after()),
            other => other,
        };
        match set {
            '“' => state.double = true,
            '”' => state.double = false,
            '‘' => state.single = true,
            '’' if !after().is_some_and(char::is_alphabetic) => state.single = false,
            _ => {}
        }
        if !matches!(set, '*' | '_') {
            state.before = Some(set);
        }
        out.push(set);
    }
    out
}

impl State {
    /// Whether a mark here stands where a word may begin.
    fn at_start(&self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '“' | '‘'))
    }

    fn after_dash(&self) -> bool {
        self.before.is_some_and(|c| matches!(c, '—' | '–' | '-' | '/'))
    }

    fn double_mark(&self, after: Option<char>) -> char {
        let closing_after =
            after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')' | '!' | '?'));
        let opens = (self.at_start() && !(closing_after && self.double))
            || (self.after_dash() && !self.double && !closing_after);
        if opens { '“' } else { '”' }
    }

    fn single_mark(&self, after: Option<char>) -> char {
        let letter = after.is_some_and(|c| c.is_alphabetic() || c == '“' || c == '"' || c == '.');
        let opens = (self.at_start() || self.after_dash()) && letter;
        if opens { '‘' } else { '’' }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_marks_become_curly() {
        for (text, wanted) in [
            (r#"He said "no," and "yes"."#, "He said “no,” and “yes”."),
            (r#"("mill")—"wheel"—it's"#, "(“mill”)—“wheel”—it’s"),
            ("the miller's 'old' wheels' in '48", "the miller’s ‘old’ wheels’ in ’48"),
            (r#""'Mill' is old," "*Mill*""#, "“‘Mill’ is old,” “*Mill*”"),
            (r#"time"—for"#, "time”—for"),
        ] {
            assert_eq!(even_text(text, None, &mut State::default()), wanted);
        }
    }
}
