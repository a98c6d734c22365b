//! How texts and notes end: with a sentence, or so that they go on overleaf.

use super::super::closers::bare;
use super::super::raised::SUPERSCRIPT;
use super::sentences::leads_on;

/// Whether a text ends with its sentence: not with a word that leads on, nor within a bracket.
pub(super) fn ends(text: &str) -> bool {
    let opens = |open: char, close: char| text.matches(open).count() > text.matches(close).count();
    // a whole note may say no more than that
    let same_again = text.ends_with("Ibid.") && text.split_whitespace().count() <= 2;
    if leads_on(text) && !same_again || opens('[', ']') {
        return false;
    }
    let called = |c: char| c.is_ascii_digit() || SUPERSCRIPT.contains(&c);
    let bare = bare(bare(text).trim_end_matches(called));
    bare.ends_with(['.', '!', '?', '…', ':']) || text.trim_end().ends_with(')') || is_signed(bare)
}

/// Whether a text ends with who wrote it, behind a dash: `—Editor`, `—J. Smith`.
fn is_signed(text: &str) -> bool {
    let Some((_, name)) = text.rsplit_once(['—', '–']) else { return false };
    let words: Vec<&str> = name.split_whitespace().collect();
    (1..=MOST_NAMES).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// How many words the name has at most of who wrote a note.
const MOST_NAMES: usize = 3;

/// A line without the call of a note at its end.
pub(super) fn before_call(text: &str) -> &str {
    let framed = [("<sup>", "</sup>"), ("[^", "]")];
    let before = |(open, close): (&str, &str)| Some(text.strip_suffix(close)?.rsplit_once(open)?.0);
    framed.into_iter().find_map(before).unwrap_or(text)
}
