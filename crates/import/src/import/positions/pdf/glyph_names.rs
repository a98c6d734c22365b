//! The names of glyphs in fonts of one byte a code: those that the dictionary of the font lists as differences, and those that an
//! embedded Type 1 program has by itself, as TeX makes them.
//!
//! A name says which letters its glyph stands for, by Adobe's list; ligatures are spelled. A name that nobody knows leaves its code
//! to others, and the names beside it stand.

use lopdf::{Dictionary, Document, Encoding, Object, dictionary};
use std::collections::BTreeMap;

/// The letters of the codes of a font, by the names of their glyphs; `program` is its Type 1 program.
pub(super) fn names(file: &Document, font: &Dictionary, program: Option<&[u8]>) -> BTreeMap<u8, String> {
    let encoding = font.get_deref(b"Encoding", file);
    let listed = encoding.as_ref().ok().and_then(|encoding| encoding.as_dict().ok());
    // an encoding that is named leaves nothing to the program
    let own = encoding.is_err() || listed.is_some_and(|listed| !listed.has(b"BaseEncoding"));
    let mut found = program.filter(|_| own).map_or_else(BTreeMap::new, of_program);
    let differences = listed.and_then(|listed| listed.get_deref(b"Differences", file).ok()?.as_array().ok());
    let mut code: i64 = 0;
    for object in differences.into_iter().flatten() {
        match object {
            Object::Integer(first) => code = *first,
            Object::Name(name) => {
                let letters = std::str::from_utf8(name).ok().and_then(letters_of);
                found.extend(u8::try_from(code).ok().zip(letters));
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    found
}

/// The embedded Type 1 program of a font.
pub(super) fn program(file: &Document, font: &Dictionary, most: usize) -> Option<Vec<u8>> {
    let descriptor = font.get_deref(b"FontDescriptor", file).ok()?.as_dict().ok()?;
    let stream = descriptor.get_deref(b"FontFile", file).ok()?.as_stream().ok()?;
    stream.get_plain_content_with_limit(most).ok()
}

/// `dup 12 /fi put`, in the part of a Type 1 program that is not encrypted.
fn of_program(program: &[u8]) -> BTreeMap<u8, String> {
    let plain = program.windows(5).position(|five| five == b"eexec").unwrap_or(program.len());
    let text = String::from_utf8_lossy(&program[..plain]);
    let array = text.split_once("/Encoding").map_or("", |(_, rest)| rest);
    let array = array.split("readonly").next().unwrap_or(array);
    let entry = |words: &str| {
        let (code, name) = words.trim_start().split_once('/')?;
        let name = name.split_whitespace().next()?;
        Some((code.trim().parse::<u8>().ok()?, letters_of(name)?))
    };
    array.split("dup").skip(1).filter_map(entry).collect()
}

/// The letters for which a name stands: `fi`, `a.sc`, `f_f_i`, `uni00660069`.
fn letters_of(name: &str) -> Option<String> {
    let bare = name.split('.').next().filter(|bare| !bare.is_empty())?;
    let letters: Option<String> = bare.split('_').map(letters_of_part).collect();
    letters.filter(|letters| !letters.is_empty())
}

fn letters_of_part(name: &str) -> Option<String> {
    if let Some(letters) = listed(name) {
        return Some(letters.chars().map(spelled).collect());
    }
    let value = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    if let Some(digits) =
        name.strip_prefix("uni").filter(|d| d.len() >= 4 && d.len() % 4 == 0 && d.is_ascii())
    {
        return (0..digits.len()).step_by(4).map(|at| value(&digits[at..at + 4])).collect();
    }
    let digits = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()))?;
    value(digits).map(String::from)
}

/// The letters of a name in Adobe's list, which lopdf tells of an encoding alone: of one that has nothing but this name.
fn listed(name: &str) -> Option<String> {
    let list = vec![Object::Integer(0), Object::Name(name.as_bytes().to_vec())];
    let encoding = dictionary! { "Type" => "Encoding", "Differences" => list };
    let font = dictionary! { "Type" => "Font", "Encoding" => encoding };
    let nothing = Document::new();
    let read = font.get_font_encoding(&nothing).ok()?;
    match read {
        Encoding::Differences(_) => read.bytes_to_string(&[0]).ok(),
        _ => None,
    }
}

/// The letters of a ligature, or the sign itself.
pub(super) fn spelled(sign: char) -> String {
    let letters = match sign {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        other => return other.to_string(),
    };
    letters.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_letters() {
        for (name, letters) in [
            ("fi", "fi"),
            ("ffl", "ffl"),
            ("a.sc", "a"),
            ("f_f_i", "ffi"),
            ("uni00660069", "fi"),
            ("u1F600", "\u{1f600}"),
            ("quotedblleft", "“"),
        ] {
            assert_eq!(letters_of(name).as_deref(), Some(letters), "{name}");
        }
        assert!(letters_of(".notdef").is_none() && letters_of("g123").is_none());
    }

    #[test]
    fn a_program_has_names_of_its_own() {
        let program = b"%!PS\n/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 12 /fi put\n\
                        dup 92/quotedblleft put\ndup 7 /strange put\nreadonly def\neexec dup 65 /B put";
        let found = of_program(program);
        assert_eq!(found, [(12, "fi".to_owned()), (92, "“".to_owned())].into());
    }
}
