//! Whether words stand out from their ground: the contrast of the colours that
//! a style sheet names.

use crate::contrast::{BLACK, Colour, LEAST, WHITE, ratio};
use crate::diag::{Code, Diagnostic};

/// Rules of a style sheet whose words would be hard to read.
pub(super) fn judge(css: &str) -> Vec<Diagnostic> {
    rules(&without_comments(css))
        .filter_map(|(selector, declarations)| judge_rule(selector, declarations))
        .collect()
}

fn judge_rule(selector: &str, declarations: &str) -> Option<Diagnostic> {
    let value = |names: &[&str]| {
        let all = declarations.split(';').filter_map(|declaration| declaration.split_once(':'));
        all.filter(|(name, _)| names.contains(&name.trim().to_ascii_lowercase().as_str()))
            .filter_map(|(_, value)| colour(value))
            .next_back()
    };
    let (ink, ground) = (value(&["color"]), value(&["background", "background-color"]));
    let message = match (ink, ground) {
        (Some(ink), Some(ground)) if ratio(ink, ground) < LEAST => {
            format!("`{selector}` has a contrast of {:.1} to 1; {LEAST} is wanted", ratio(ink, ground))
        }
        (Some(one), None) | (None, Some(one)) if ratio(one, WHITE).min(ratio(one, BLACK)) < LEAST => {
            let (day, night) = (ratio(one, WHITE), ratio(one, BLACK));
            format!(
                "`{selector}` sets one colour and leaves the other to the reader: its contrast is {day:.1} to 1 \
                 with white, {night:.1} with black; {LEAST} is wanted"
            )
        }
        _ => return None,
    };
    Some(Diagnostic::new(Code::CssContrast, None, message))
}

/// The innermost rules: selector and declarations.
fn rules(css: &str) -> impl Iterator<Item = (&str, &str)> {
    css.split('}').filter_map(|piece| {
        let (before, declarations) = piece.rsplit_once('{')?;
        let selector = before.rsplit(['{', ';']).next().unwrap_or(before).trim();
        Some((selector, declarations))
    })
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out + rest
}

/// The colour that a value begins with; none for `inherit` and for ways of
/// naming colours that we do not read.
fn colour(value: &str) -> Option<Colour> {
    let value = value.trim().to_ascii_lowercase();
    if let Some(inside) = value.strip_prefix("rgb(").and_then(|rest| rest.split(')').next()) {
        let mut parts =
            inside.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse().ok());
        return Some([parts.next()??, parts.next()??, parts.next()??]);
    }
    let word = value.split([' ', '!']).next()?;
    match word.strip_prefix('#') {
        Some(digits) => hexadecimal(digits),
        None => NAMES.iter().find(|(name, _)| *name == word).and_then(|(_, digits)| hexadecimal(digits)),
    }
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    let wide: String = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let number = u32::from_str_radix(&wide, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// The names of CSS 2.1.
const NAMES: [(&str, &str); 18] = [
    ("aqua", "0ff"),
    ("black", "000"),
    ("blue", "00f"),
    ("fuchsia", "f0f"),
    ("gray", "808080"),
    ("green", "008000"),
    ("grey", "808080"),
    ("lime", "0f0"),
    ("maroon", "800000"),
    ("navy", "000080"),
    ("olive", "808000"),
    ("orange", "ffa500"),
    ("purple", "800080"),
    ("red", "f00"),
    ("silver", "c0c0c0"),
    ("teal", "008080"),
    ("white", "fff"),
    ("yellow", "ff0"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faint_words_are_named() {
        for (css, faults) in [
            ("p { color: #000; background: #fff }", 0),
            ("p { color: inherit; margin: 0 }", 0),
            ("p { color: #999; background: white }", 1),
            ("a { color: black }", 1),
            ("a { background-color: RGB(250, 250, 250) }", 1),
            ("a { color: #757575 !important }", 0),
            ("@media print { a { color: navy } b { color: inherit } }", 1),
            ("/* a { color: red } */ p { border: 1px solid red }", 0),
            ("p { color: red; color: #767676 }", 0),
        ] {
            assert_eq!(judge(css).len(), faults, "{css}");
        }
        assert!(judge("p { color: #999; background: white }")[0].message.contains("2.8 to 1; 4.5"));
    }
}
