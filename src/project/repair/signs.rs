//! What the signs in a file of TOML may be taken for.

/// Whether a sign ends a line.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

/// White space inside a line, of whatever kind.
pub(super) fn is_blank(c: char) -> bool {
    !is_break(c)
        && (c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{200e}' | '\u{200f}'))
}

/// Quotation marks that are none to TOML.
pub(super) fn is_curly(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '‹'
            | '›'
            | '″'
            | '′'
            | '＂'
            | '＇'
            | '`'
            | '´'
    )
}

/// Whether a value may end before `tail`: at the end of its line, or with `ends`.
pub(super) fn ends_before(tail: &str, ends: &[char]) -> bool {
    let tail = tail.trim_start_matches(is_blank);
    tail.is_empty() || tail.starts_with(is_break) || tail.starts_with('#') || tail.starts_with(ends)
}

/// Whether a line begins as `key =` or `[table]` does.
pub(super) fn looks_like_statement(line: &str) -> bool {
    let line = line.trim_start_matches(is_blank);
    let name = line.trim_start_matches('[');
    let length = name
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .unwrap_or(name.len());
    let tail = name[length..].trim_start_matches(' ');
    length > 0 && if name.len() < line.len() { tail.starts_with(']') } else { tail.starts_with('=') }
}

/// Words as a string of TOML.
pub(super) fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// A name of a file with `/` between folders, when that is what the words are.
pub(super) fn as_path(words: &str) -> Option<String> {
    const ENDINGS: [&str; 14] = [
        ".md",
        ".markdown",
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".svg",
        ".webp",
        ".tif",
        ".tiff",
        ".css",
        ".toml",
        ".otf",
        ".ttf",
    ];
    let lower = words.to_lowercase();
    let on_drive = lower.get(1..3) == Some(":\\");
    let is_path = on_drive || ENDINGS.iter().any(|ending| lower.ends_with(ending));
    (is_path && words.contains('\\')).then(|| words.replace("\\\\", "\\").replace('\\', "/"))
}

/// Whether a word that stands without quotation marks is a number, a date or a truth of TOML's.
pub(super) fn is_literal(word: &str) -> bool {
    let parses = format!("x = {word}");
    toml::de::DeTable::parse(&parses).is_ok() && !word.contains(is_break)
}
