//! Quotation marks and apostrophes made even: straight ones become curly, by
//! what stands around them. House style (stops inside or outside) stays.

use super::model::{Draft, Inline, Join};

/// Opening and closing double mark, opening and closing single mark, as a language has them.
type Marks = [char; 4];

const CURLY: Marks = ['“', '”', '‘', '’'];

/// The marks that straight ones become. French has its own white space inside its marks, which is none of ours to add.
fn marks_of(language: &str) -> Marks {
    match language {
        "de" => ['„', '“', '‚', '‘'],
        "ru" => ['«', '»', '‘', '’'],
        _ => CURLY,
    }
}

/// Makes the marks of the whole draft even.
pub(super) fn set(draft: &mut Draft, language: &str) {
    let new = || State { marks: marks_of(language), ..State::default() };
    let mut state = new();
    for index in 0..draft.blocks.len() {
        match draft.gaps[index].join {
            Join::Apart => state = new(),
            Join::Spaced => state.before = Some(' '),
            Join::Solid | Join::Dehyphenated => {}
        }
        even_inlines(&mut draft.blocks[index].inlines, &mut state);
    }
    for note in &mut draft.notes {
        for paragraph in note.runs_mut() {
            even_inlines(paragraph, &mut new());
        }
    }
}

/// What stood before, within one paragraph.
struct State {
    /// What straight marks become.
    marks: Marks,
    /// The last character that is no emphasis mark.
    before: Option<char>,
    /// Whether a double quotation is open.
    double: bool,
    /// Whether a single quotation is open.
    single: bool,
}

impl Default for State {
    fn default() -> State {
        State { marks: CURLY, before: None, double: false, single: false }
    }
}

/// What letters are left out of at the head of a word, in English.
const CLIPPED: [&str; 14] = [
    "tis", "twas", "twere", "twill", "twould", "tisn", "twasn", "em", "un", "bout", "cause", "neath",
    "gainst", "tween",
];

/// Whether a word follows that has lost its first letters.
fn is_clipped(after: &str) -> bool {
    let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    CLIPPED.contains(&word.to_lowercase().as_str())
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
    let mut done = 0;
    let is_mark = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’');
    for (at, c) in text.char_indices().filter(|(_, c)| is_mark(*c)) {
        state.pass(&text[done..at]);
        let after = || text[at + c.len_utf8()..].chars().find(|c| !matches!(c, '*' | '_')).or(next);
        let set = match c {
            '"' => state.double_mark(after()),
            '\'' if is_clipped(&text[at + 1..]) => '’',
            '\'' => state.single_mark(after()),
            other => other,
        };
        match set {
            _ if set == state.marks[0] => state.double = true,
            _ if set == state.marks[1] => state.double = false,
            '“' => state.double = true,
            '”' => state.double = false,
            '‘' => state.single = true,
            _ if set == state.marks[2] && set != '‘' => state.single = true,
            _ if set == state.marks[3] && set != '’' => state.single = false,
            '’' if !after().is_some_and(char::is_alphabetic) => state.single = false,
            _ => {}
        }
        state.before = Some(set);
        out.push_str(&text[done..at]);
        out.push(set);
        done = at + c.len_utf8();
    }
    state.pass(&text[done..]);
    out.push_str(&text[done..]);
    out
}

impl State {
    /// Goes by words that stay.
    fn pass(&mut self, words: &str) {
        self.before = words.chars().rev().find(|c| !matches!(c, '*' | '_')).or(self.before);
    }

    /// Whether a mark here stands where a word may begin.
    fn at_start(&self) -> bool {
        self.before
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '{' | '“' | '‘' | '„' | '‚' | '«'))
    }

    fn after_dash(&self) -> bool {
        self.before.is_some_and(|c| matches!(c, '—' | '–' | '-' | '/'))
    }

    fn double_mark(&self, after: Option<char>) -> char {
        let closing_after =
            after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')' | '!' | '?'));
        // An opening mark of the language's own may stand there already.
        if self.double && self.before == Some(self.marks[0]) {
            return self.marks[1];
        }
        let opens = (self.at_start() && !(closing_after && self.double))
            || (self.after_dash() && !self.double && !closing_after);
        self.marks[usize::from(!opens)]
    }

    fn single_mark(&self, after: Option<char>) -> char {
        let letter = after.is_some_and(|c| c.is_alphabetic() || c == '“' || c == '"' || c == '.');
        let opens = (self.at_start() || self.after_dash()) && letter;
        match (opens, self.single && self.marks[3] != '’') {
            (true, _) => self.marks[2],
            (false, true) if !letter => self.marks[3],
            _ => '’',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_their_own_marks() {
        for (language, text, wanted) in [
            ("de", r#"„Der Brunnen", sagte er, "ist tief.""#, "„Der Brunnen“, sagte er, „ist tief.“"),
            ("de", "Er rief: 'Halt!' Das war's.", "Er rief: ‚Halt!‘ Das war’s."),
            ("ru", r#""Упрямый человек", -- подумал он."#, "«Упрямый человек», -- подумал он."),
            ("fr", "L'eau \"coule\".", "L’eau “coule”."),
        ] {
            let mut state = State { marks: marks_of(language), ..State::default() };
            assert_eq!(even_text(text, None, &mut state), wanted);
        }
    }

    #[test]
    fn straight_marks_become_curly() {
        for (text, wanted) in [
            (r#"He said "no," and "yes"."#, "He said “no,” and “yes”."),
            (r#"("mill")—"wheel"—it's"#, "(“mill”)—“wheel”—it’s"),
            ("the miller's 'old' wheels' in '48", "the miller’s ‘old’ wheels’ in ’48"),
            (r#""'Mill' is old," "*Mill*""#, "“‘Mill’ is old,” “*Mill*”"),
            (r#"time"—for"#, "time”—for"),
            ("'Tis old; 'twas 'the old' 'em", "’Tis old; ’twas ‘the old’ ’em"),
        ] {
            assert_eq!(even_text(text, None, &mut State::default()), wanted);
        }
    }
}
