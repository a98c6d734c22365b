//! Letters and signs as TeX writes them: accents, letters that ASCII lacks, and code.

use unicode_normalization::UnicodeNormalization;

/// Accents, with the mark that is laid over the letter or under it.
const ACCENTS: [(&str, char); 14] = [
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    ("u", '\u{306}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("r", '\u{30a}'),
    ("H", '\u{30b}'),
    ("v", '\u{30c}'),
    ("d", '\u{323}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
];

/// Letters that have a command of their own.
const LETTERS: [(&str, &str); 18] = [
    ("ss", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("aa", "å"),
    ("AA", "Å"),
    ("l", "ł"),
    ("L", "Ł"),
    ("i", "ı"),
    ("S", "§"),
    ("P", "¶"),
    ("dag", "†"),
    ("pounds", "£"),
    ("euro", "€"),
    ("textbullet", "•"),
];

/// A letter with its accent, or one that has a command: how much behind the command's name belongs to it, and the letter.
/// `name` is that of the command, or empty where it is a sign, which `behind` then begins with.
pub(super) fn accented(name: &str, behind: &str) -> Option<(usize, String)> {
    if let Some((_, letter)) = LETTERS.iter().find(|(known, _)| *known == name) {
        // white space behind the name parts it from the next word, and is none itself
        let end = if behind.starts_with("{}") { 2 } else { usize::from(behind.starts_with([' ', '\\'])) };
        let space = if behind.starts_with("\\ ") { " " } else { "" };
        let end = if behind.starts_with('\\') { 2 * space.len() } else { end };
        return Some((end, format!("{letter}{space}")));
    }
    let (sign, rest) =
        if name.is_empty() { behind.split_at(behind.chars().next()?.len_utf8()) } else { (name, behind) };
    let mark = ACCENTS.iter().find(|(known, _)| *known == sign)?.1;
    let (open, inside) = match rest.strip_prefix('{') {
        Some(inside) => (1, inside),
        // a name of letters needs braces, or a space
        None if name.is_empty() => (0, rest),
        None => (1, rest.strip_prefix(' ')?),
    };
    // `\i` has lost its dot to make room
    let letter = inside.strip_prefix("\\i").map_or_else(|| inside.chars().next(), |_| Some('i'))?;
    if !letter.is_alphabetic() {
        return None;
    }
    let length = if inside.starts_with("\\i") { 2 } else { letter.len_utf8() };
    let close = usize::from(rest.starts_with('{'));
    if close == 1 && !inside[length..].starts_with('}') {
        return None;
    }
    Some((sign.len() * usize::from(name.is_empty()) + open + length + close, composed(letter, mark)))
}

/// A letter and its accent as one character, where there is one.
fn composed(letter: char, mark: char) -> String {
    [letter, mark].into_iter().nfc().collect()
}

/// Words as code, between more back-quotes than stand in them. Within arguments TeX has marks of its own for signs.
pub(super) fn in_code(words: &str, is_argument: bool) -> String {
    let mut plain = String::new();
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        let (new, length) = match behind.chars().next().filter(|_| c == '\\' && is_argument) {
            Some('-') => ("", 2),
            Some(sign) if sign.is_ascii_punctuation() || sign == ' ' => (&behind[..1], 2),
            _ if behind.starts_with("textbackslash") && c == '\\' => ("\\", 14),
            _ if behind.starts_with("textasciitilde") && c == '\\' => ("~", 15),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        plain.push_str(new);
        rest = &rest[length..];
        rest = if length > 2 { rest.strip_prefix("{}").unwrap_or(rest) } else { rest };
    }
    let runs = plain.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(runs + 1);
    let gap = if plain.starts_with('`') || plain.ends_with('`') { " " } else { "" };
    format!("{marks}{gap}{plain}{gap}{marks}")
}
