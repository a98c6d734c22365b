//! Forms in which texts differ: abbreviations, the spacing of ellipses, dates.

use crate::terms::months;

/// How an abbreviation of single letters is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `U.S.`
    Tight,
    /// `U. S.`
    Spaced,
    /// `US`
    Bare,
    /// `V.I. Miller`, before a name.
    TightName,
    /// `V. I. Miller`.
    SpacedName,
}

impl Form {
    /// The same form, before a name.
    pub(super) fn of_name(self) -> Form {
        match self {
            Form::Tight => Form::TightName,
            Form::Spaced => Form::SpacedName,
            other => other,
        }
    }

    /// Whether a name follows.
    pub(super) fn is_of_name(self) -> bool {
        matches!(self, Form::TightName | Form::SpacedName)
    }
}

/// Single capitals in a row.
pub(super) struct Run {
    /// Its first byte.
    pub at: usize,
    /// One past its last byte.
    pub end: usize,
    /// The letters alone.
    pub letters: String,
    /// Stops and spaces.
    pub form: Form,
    /// Whether a word with a capital follows: a person's name.
    pub name: bool,
}

/// All abbreviations of two to five single letters, and words of as many capitals.
pub(super) fn runs(text: &str) -> impl Iterator<Item = Run> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let free =
                at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && !matches!(bytes[at - 1], b'.' | 0x80..);
            let found =
                (free && bytes[at].is_ascii_uppercase()).then(|| dotted(text, at).or_else(|| bare(text, at)));
            if let Some(run) = found.flatten() {
                at = run.end;
                return Some(run);
            }
            at += 1;
        }
        None
    })
}

/// `U.S.` or `U. S.` at byte `at`.
fn dotted(text: &str, at: usize) -> Option<Run> {
    let bytes = text.as_bytes();
    let letter =
        |i: usize| bytes.get(i).is_some_and(u8::is_ascii_uppercase) && bytes.get(i + 1) == Some(&b'.');
    if !letter(at) {
        return None;
    }
    let mut letters = String::from(char::from(bytes[at]));
    let gap = usize::from(bytes.get(at + 2) == Some(&b' '));
    let mut end = at + 2;
    while letter(end + gap) && letters.len() < 5 && (gap == 0 || bytes[end] == b' ') {
        letters.push(char::from(bytes[end + gap]));
        end += gap + 2;
    }
    let form = if gap == 1 { Form::Spaced } else { Form::Tight };
    let name = text[end..].strip_prefix(' ').is_some_and(|r| r.starts_with(char::is_uppercase));
    (letters.len() >= 2).then_some(Run { at, end, letters, form, name })
}

/// `US` at byte `at`.
fn bare(text: &str, at: usize) -> Option<Run> {
    let length = text[at..].bytes().take_while(u8::is_ascii_uppercase).count();
    let end = at + length;
    let closed = !text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '’' | '.'));
    let run = Run { at, end, letters: text[at..end].to_owned(), form: Form::Bare, name: false };
    ((2..=5).contains(&length) && closed).then_some(run)
}

/// The white space around an ellipsis between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spacing {
    /// `word ... word`
    Both,
    /// `word... word`
    After,
    /// `word...word`
    None,
}

/// The ellipses between two words: place of the white space or dots before, spacing.
pub(super) fn ellipses(text: &str) -> impl Iterator<Item = (&str, Spacing)> {
    let places = text.match_indices("...").chain(text.match_indices('…'));
    places.filter_map(|(at, dots)| {
        let (before, after) = (&text[..at], &text[at + dots.len()..]);
        let word = |c: char| c.is_alphanumeric();
        let bare = before.trim_end_matches(' ');
        if !bare.ends_with(word) || !after.trim_start_matches(' ').starts_with(word) {
            return None;
        }
        let spacing = match (bare.len() < at, after.starts_with(' ')) {
            (true, true) => Spacing::Both,
            (false, true) => Spacing::After,
            (false, false) => Spacing::None,
            (true, false) => return None,
        };
        let end = at + dots.len() + after.len() - after.trim_start_matches(' ').len();
        Some((&text[bare.len()..end], spacing))
    })
}

/// `Month D` of English and what parts it from a year: place of the day, day, separator.
pub(super) fn marks(text: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    let is_day = move |day: &usize| {
        let month = text[..*day].strip_suffix(' ');
        month.is_some_and(|before| months("en").any(|month| before.ends_with(month)))
    };
    numbers(text).filter(is_day).filter_map(move |day| {
        let rest = &text[day..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = &rest[digits..];
        let sep = after.bytes().take_while(|b| matches!(b, b' ' | b',' | b'.')).count();
        let year = after[sep..].bytes().take_while(u8::is_ascii_digit).count();
        ((1..=2).contains(&digits) && year == 4 && sep > 0).then(|| (day, &rest[..digits], &after[..sep]))
    })
}

/// Where the numbers of a passage begin.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .filter(move |at| bytes[*at].is_ascii_digit() && (*at == 0 || !bytes[at - 1].is_ascii_digit()))
}
