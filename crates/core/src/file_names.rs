//! Names of files: from titles, in lower-case ASCII letters, digits and hyphens; and in the order in which people count.

/// The title in kebab-case; `book` when nothing of it can be written in ASCII.
#[must_use]
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ => match latin(c) {
                "" => {
                    if !out.is_empty() && !out.ends_with('-') {
                        out.push('-');
                    }
                }
                letters => out.push_str(letters),
            },
        }
    }
    let mut kept: String = out.chars().take(80).collect();
    kept.truncate(kept.trim_end_matches('-').len());
    if kept.is_empty() { "book".to_owned() } else { kept }
}

/// The ends of the names of texts, in small letters; in a name they may have capitals.
pub const TEXT_ENDINGS: [&str; 4] = [".md", ".markdown", ".mdown", ".mkd"];

/// The name of a text without its ending; none where it is no text by its name.
#[must_use]
pub fn text_stem(name: &str) -> Option<&str> {
    TEXT_ENDINGS.iter().find_map(|ending| {
        let stem = name.len().checked_sub(ending.len())?;
        name.get(stem..).filter(|end| end.eq_ignore_ascii_case(ending)).map(|_| &name[..stem])
    })
}

/// Whether a name is that of a text.
#[must_use]
pub fn is_text(name: &str) -> bool {
    text_stem(name).is_some()
}

/// A name in pieces that sort as people count: words, and numbers.
#[must_use]
pub fn counting_order(name: &str) -> Vec<(u64, String)> {
    let mut pieces = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().unwrap_or(u64::MAX);
        let words = rest[digits..].find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len() - digits);
        pieces.push((number, rest[digits..digits + words].to_lowercase()));
        rest = &rest[digits + words..];
    }
    pieces
}

/// The customary Latin letters for a letter of Latin, Cyrillic or Greek; empty for all else.
fn latin(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'α' | 'ά' | 'а' => "a",
        'æ' => "ae",
        'β' | 'б' => "b",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' | 'δ' | 'д' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ε' | 'έ' | 'е' | 'ё' | 'э' | 'є' => "e",
        'φ' | 'ф' => "f",
        'ğ' | 'γ' | 'г' | 'ґ' => "g",
        'х' => "kh",
        'ì'..='ï' | 'ī' | 'ı' | 'η' | 'ή' | 'ι' | 'ί' | 'и' | 'і' => "i",
        'й' | 'ы' | 'ý' | 'ÿ' | 'υ' | 'ύ' => "y",
        'ї' => "yi",
        'κ' | 'к' => "k",
        'ł' | 'ľ' | 'λ' | 'л' => "l",
        'μ' | 'м' => "m",
        'ñ' | 'ń' | 'ň' | 'ν' | 'н' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ο' | 'ό' | 'ω' | 'ώ' | 'о' => "o",
        'œ' => "oe",
        'π' | 'п' => "p",
        'ř' | 'ρ' | 'р' => "r",
        'ś' | 'š' | 'ş' | 'σ' | 'ς' | 'с' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'τ' | 'т' => "t",
        'þ' | 'θ' => "th",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'у' => "u",
        'в' => "v",
        'ξ' => "x",
        'ź' | 'ż' | 'ž' | 'ζ' | 'з' => "z",
        'ж' => "zh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{slug, text_stem};

    #[test]
    fn texts_are_known_by_their_names() {
        for (name, stem) in [
            ("a.md", Some("a")),
            ("A.MD", Some("A")),
            ("ä/é.markdown", Some("ä/é")),
            ("md", None),
            ("a.mdx", None),
        ] {
            assert_eq!(text_stem(name), stem, "{name}");
        }
    }

    #[test]
    fn titles_become_file_names() {
        for (title, want) in [
            ("On the Question of Margins", "on-the-question-of-margins"),
            ("Alice’s Adventures", "alices-adventures"),
            ("  Übergröße — 2nd ed. ", "ubergrosse-2nd-ed"),
            ("Как стать", "kak-stat"),
            ("空", "book"),
            ("", "book"),
        ] {
            assert_eq!(slug(title), want);
        }
    }
}
