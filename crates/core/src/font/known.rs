//! Families that are known to have the signs of a script, for advice: free
//! fonts that are easily had.

/// First and last character of a script, and a family that has it.
const KNOWN: &[(u32, u32, &str)] = &[
    (0x00a0, 0x036f, "Noto Serif"),
    (0x0370, 0x03ff, "Libertinus Serif"),
    (0x0400, 0x052f, "Noto Serif"),
    (0x0530, 0x058f, "Noto Serif Armenian"),
    (0x0590, 0x05ff, "Noto Serif Hebrew"),
    (0x0600, 0x06ff, "Amiri"),
    (0x0700, 0x074f, "Noto Sans Syriac"),
    (0x0750, 0x077f, "Amiri"),
    (0x0900, 0x097f, "Noto Serif Devanagari"),
    (0x0980, 0x09ff, "Noto Serif Bengali"),
    (0x0a00, 0x0a7f, "Noto Serif Gurmukhi"),
    (0x0a80, 0x0aff, "Noto Serif Gujarati"),
    (0x0b00, 0x0b7f, "Noto Serif Oriya"),
    (0x0b80, 0x0bff, "Noto Serif Tamil"),
    (0x0c00, 0x0c7f, "Noto Serif Telugu"),
    (0x0c80, 0x0cff, "Noto Serif Kannada"),
    (0x0d00, 0x0d7f, "Noto Serif Malayalam"),
    (0x0d80, 0x0dff, "Noto Serif Sinhala"),
    (0x0e00, 0x0e7f, "Noto Serif Thai"),
    (0x0e80, 0x0eff, "Noto Serif Lao"),
    (0x0f00, 0x0fff, "Noto Serif Tibetan"),
    (0x1000, 0x109f, "Noto Serif Myanmar"),
    (0x10a0, 0x10ff, "Noto Serif Georgian"),
    (0x1100, 0x11ff, "Noto Serif CJK KR"),
    (0x1200, 0x139f, "Noto Serif Ethiopic"),
    (0x13a0, 0x13ff, "Noto Sans Cherokee"),
    (0x1780, 0x17ff, "Noto Serif Khmer"),
    (0x1800, 0x18af, "Noto Sans Mongolian"),
    (0x1d00, 0x1fff, "Noto Serif"),
    (0x2000, 0x23ff, "DejaVu Sans"),
    (0x2460, 0x24ff, "Noto Sans Symbols"),
    (0x2500, 0x25ff, "DejaVu Sans"),
    (0x2600, 0x27bf, "DejaVu Sans"),
    (0x27c0, 0x27ff, "Noto Sans Math"),
    (0x2800, 0x28ff, "DejaVu Sans"),
    (0x2900, 0x2aff, "Noto Sans Math"),
    (0x2b00, 0x2bff, "Noto Sans Symbols 2"),
    (0x2c00, 0x2c5f, "Noto Sans Glagolitic"),
    (0x2c80, 0x2cff, "Noto Sans Coptic"),
    (0x2d30, 0x2d7f, "Noto Sans Tifinagh"),
    (0x2e80, 0x312f, CJK),
    (0x3130, 0x318f, "Noto Serif CJK KR"),
    (0x3190, 0xa4cf, CJK),
    (0xac00, 0xd7ff, "Noto Serif CJK KR"),
    (0xf900, 0xfaff, CJK),
    (0xfe30, 0xfe4f, CJK),
    (0xff00, 0xffef, CJK),
    (0x10000, 0x100ff, "Noto Sans Linear B"),
    (0x10330, 0x1034f, "Noto Sans Gothic"),
    (0x12000, 0x1254f, "Noto Sans Cuneiform"),
    (0x13000, 0x1345f, "Noto Sans Egyptian Hieroglyphs"),
    (0x16a0, 0x16ff, "Noto Sans Runic"),
    (0x1d100, 0x1d1ff, "Noto Music"),
    (0x1d400, 0x1d7ff, "Noto Sans Math"),
    (0x1f000, 0x1faff, "Noto Emoji"),
    (0x20000, 0x3ffff, CJK),
];

/// Han, as Japan writes it unless the language says otherwise.
const CJK: &str = "Noto Serif CJK JP";

/// A family that has most characters of the script of `c`, as readers of that
/// language know them.
fn known_family(c: char, language: &str) -> Option<&'static str> {
    let code = u32::from(c);
    let family = KNOWN.iter().find(|(first, last, _)| (*first..=*last).contains(&code))?.2;
    Some(if family == CJK { cjk_family(language) } else { family })
}

/// The family of Han characters for a language.
fn cjk_family(language: &str) -> &'static str {
    let tag = language.to_ascii_lowercase();
    match tag.split('-').next() {
        Some("ko") => "Noto Serif CJK KR",
        Some("zh") if tag.contains("hk") => "Noto Serif CJK HK",
        Some("zh") if tag.contains("hant") || tag.contains("tw") => "Noto Serif CJK TC",
        Some("zh") => "Noto Serif CJK SC",
        _ => CJK,
    }
}

/// The families that have those characters, each once.
#[must_use]
pub fn known_families(chars: &[char], language: &str) -> Vec<&'static str> {
    let mut families = Vec::new();
    for family in chars.iter().filter_map(|c| known_family(*c, language)) {
        if !families.contains(&family) {
            families.push(family);
        }
    }
    families
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_have_a_family() {
        assert_eq!(known_family('二', "en-GB"), Some("Noto Serif CJK JP"));
        assert_eq!(known_family('二', "zh-Hant"), Some("Noto Serif CJK TC"));
        assert_eq!(known_family('한', "en"), Some("Noto Serif CJK KR"));
        assert_eq!(known_family('😀', "en"), Some("Noto Emoji"));
        assert_eq!(known_family('ա', "hy"), Some("Noto Serif Armenian"));
        assert_eq!(known_family('\u{e000}', "en"), None);
    }
}
