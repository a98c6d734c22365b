//! Languages: tags of BCP 47 (RFC 5646) whose subtags the registry has.

use super::subtags;
use std::fmt;

/// A language: a valid tag of BCP 47 (RFC 5646 §2.2.9), or a private one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(String);

impl Default for Lang {
    fn default() -> Lang {
        Lang("en".to_owned())
    }
}

impl Lang {
    /// Reads a tag whose subtags the IANA registry has, and writes it in the
    /// customary case (`en-GB`, `ru-Latn`). Underscores count as hyphens, and
    /// what the registry has replaced is replaced (`iw` by `he`).
    #[must_use]
    pub fn parse(tag: &str) -> Option<Lang> {
        let lower = tag.trim().to_ascii_lowercase().replace('_', "-");
        if let Some(new) = subtags::replaced(&lower) {
            return Some(Lang(new.to_owned()));
        }
        let mut rest = lower.split('-').peekable();
        let first = rest.next()?;
        let mut out = subtags::replaced(first).unwrap_or(first).to_owned();
        if first != "x" {
            if !subtags::is_language(&out) {
                return None;
            }
            for kind in [Kind::Extended, Kind::Script, Kind::Region] {
                if let Some(subtag) = rest.next_if(|subtag| kind.takes(subtag)) {
                    out = out + "-" + &kind.cased(subtag);
                }
            }
            while let Some(variant) = rest.next_if(|subtag| subtags::is_variant(subtag)) {
                out = out + "-" + variant;
            }
        }
        extensions(rest, first == "x").map(|tail| Lang(out + &tail))
    }

    /// The language that an author means by a name, a code of ISO 639-2 or a
    /// tag with faults: `en` for `English`, `en-GB` for `en-UK`, `de` for `ger`.
    #[must_use]
    pub fn meant(words: &str) -> Option<Lang> {
        let words = words.to_lowercase();
        let plain = words.split(['.', '@']).next().unwrap_or_default();
        let parts: Vec<&str> = plain
            .split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '(' | ')' | ',' | '/'))
            .filter(|part| !part.is_empty())
            .collect();
        // The longest beginning that is a language; what follows it is a script or a region.
        (1..=parts.len()).rev().find_map(|length| {
            let name = parts[..length].join(" ");
            let tag = Lang::parse(&name).or_else(|| Lang::parse(subtags::called(&name)?))?;
            let rest = &parts[length..];
            let places = rest.iter().copied().map(str::to_owned).chain([rest.join(" ")]);
            let mut fits = places.filter_map(|place| {
                let subtag = subtags::place(&place).map_or(place.clone(), str::to_owned);
                Lang::parse(&format!("{tag}-{subtag}"))
            });
            Some(fits.next_back().unwrap_or(tag))
        })
    }

    /// The names of languages that we know, each with its tag.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        subtags::names()
    }

    /// Whether it means something only to those who agreed on it: `x-…` and
    /// the codes from `qaa` to `qtz`. Readers refuse it, or read it wrong.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.primary() == "x" || self.primary().len() == 3 && ("qaa"..="qtz").contains(&self.primary())
    }

    /// The tag as readers take it: `en` of `en-x-wessex`; none when it is private
    /// as a whole.
    #[must_use]
    pub fn shared(&self) -> Option<&str> {
        let tag = self.0.split_once("-x-").map_or(self.0.as_str(), |(tag, _)| tag);
        (!self.is_private()).then_some(tag)
    }

    /// Its code in ISO 639-2, in the bibliographic form that catalogues use:
    /// `ger` of `de-AT`; `und` when there is none.
    #[must_use]
    pub fn bibliographic(&self) -> &str {
        let primary = self.primary();
        subtags::bibliographic(primary).unwrap_or(if primary.len() == 3 { primary } else { "und" })
    }

    /// No language: program text and the like (`zxx` of ISO 639-2).
    #[must_use]
    pub fn none() -> Lang {
        Lang("zxx".to_owned())
    }

    /// Whether it is no language at all.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0 == "zxx"
    }

    /// The whole tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The language alone: `en` of `en-GB`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("en")
    }

    /// The region: `GB` of `en-GB`.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0
            .split('-')
            .skip(1)
            .take_while(|s| s.len() > 1)
            .find(|s| s.len() == 2 || (s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit())))
    }

    /// The script, when the tag names it: `Latn` of `ru-Latn`.
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        self.0.split('-').skip(1).find(|s| s.len() == 4 && s.bytes().all(|b| b.is_ascii_alphabetic()))
    }

    /// Whether it is Chinese as written in Taiwan, Hong Kong and Macao.
    #[must_use]
    pub fn is_traditional_chinese(&self) -> bool {
        let by_region = matches!(self.region(), Some("TW" | "HK" | "MO"));
        self.primary() == "zh" && self.script().map_or(by_region, |script| script == "Hant")
    }

    /// Whether its words stand without spaces, so that lines have none to widen.
    #[must_use]
    pub fn is_unspaced(&self) -> bool {
        self.is_ideographic() || matches!(self.primary(), "th" | "lo" | "km" | "my")
    }

    /// Whether it is written in letters that each fill a square: Japanese and Chinese.
    #[must_use]
    pub fn is_ideographic(&self) -> bool {
        matches!(self.primary(), "ja" | "zh" | "yue") && self.script() != Some("Latn")
    }

    /// Whether its words are divided with a hyphen at the ends of lines.
    #[must_use]
    pub fn is_divided(&self) -> bool {
        !self.is_unspaced() && !self.is_rtl()
    }

    /// Whether it is written in Arabic letters, which have marks above and below them.
    #[must_use]
    pub fn has_marks_around_letters(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Arab" | "Syrc"),
            None => matches!(self.primary(), "ar" | "fa" | "ur" | "ps" | "sd" | "ug" | "syr"),
        }
    }

    /// Whether its script runs from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm"),
            None => {
                matches!(self.primary(), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "syr")
            }
        }
    }
}

/// What follows the variants, each subtag with its hyphen: extensions (`-u-nu-thai`)
/// and what is private (`-x-…`, or all of a tag that begins so).
fn extensions<'t>(subtags: impl Iterator<Item = &'t str>, all_private: bool) -> Option<String> {
    let mut out = String::new();
    let mut singleton = all_private.then_some("x");
    // Something must follow a singleton.
    let mut due = all_private;
    for subtag in subtags {
        let private = singleton == Some("x");
        let opens = !private && !due && matches!(subtag, "t" | "u" | "x");
        let belongs = opens || private || (singleton.is_some() && subtag.len() > 1);
        let fits = subtag.bytes().all(|b| b.is_ascii_alphanumeric()) && (1..=8).contains(&subtag.len());
        if !(belongs && fits) {
            return None;
        }
        singleton = if opens { Some(subtag) } else { singleton };
        due = opens;
        out = out + "-" + subtag;
    }
    (!due).then_some(out)
}

/// What may stand between a language and its variants, in this order.
#[derive(Clone, Copy)]
enum Kind {
    Extended,
    Script,
    Region,
}

impl Kind {
    /// Whether a subtag in small letters is one of this kind.
    fn takes(self, subtag: &str) -> bool {
        match self {
            Kind::Extended => subtag.len() == 3 && subtags::is_language(subtag),
            Kind::Script => subtags::is_script(&self.cased(subtag)),
            Kind::Region => subtags::is_region(&self.cased(subtag)),
        }
    }

    /// A subtag in its customary case: `GB`, `Latn`, everything else small.
    fn cased(self, subtag: &str) -> String {
        match (self, subtag.split_at_checked(1)) {
            (Kind::Script, Some((first, rest))) => first.to_ascii_uppercase() + rest,
            (Kind::Region, _) => subtag.to_ascii_uppercase(),
            _ => subtag.to_owned(),
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_tags() {
        for (written, tag) in [
            ("EN-gb", "en-GB"),
            ("en_GB", "en-GB"),
            ("ru-latn", "ru-Latn"),
            ("zh-cn", "zh-CN"),
            ("zh-yue-hant-hk", "zh-yue-Hant-HK"),
            ("es-419", "es-419"),
            ("de-1996", "de-1996"),
            ("sl-rozaj-biske-1994", "sl-rozaj-biske-1994"),
            ("grc", "grc"),
            ("iw", "he"),
            ("iw-IL", "he-IL"),
            ("i-klingon", "tlh"),
            ("x-elvish", "x-elvish"),
            ("en-x-pirate", "en-x-pirate"),
            ("th-TH-u-nu-thai", "th-TH-u-nu-thai"),
            ("en-t-jp-u-co-phonebk", "en-t-jp-u-co-phonebk"),
        ] {
            assert_eq!(Lang::parse(written).as_ref().map(Lang::tag), Some(tag), "{written}");
        }
        assert_eq!(Lang::parse("de-1996").and_then(|l| l.region().map(str::to_owned)), None);
        for bad in [
            "",
            "e",
            "english",
            "en-UK",
            "en-",
            "x",
            "x-",
            "ger",
            "eng",
            "en-GB-GB",
            "en-Xyzz",
            "xx",
            "en-u",
            "en-x",
            "en--GB",
            "i-nothing",
            "en-GB-oed-x-",
            "en-foobar",
        ] {
            assert_eq!(Lang::parse(bad), None, "{bad}");
        }
        let private = |tag| Lang::parse(tag).is_some_and(|lang| lang.is_private());
        let shared = |tag: &str| Lang::parse(tag).and_then(|lang| lang.shared().map(str::to_owned));
        assert_eq!(shared("en-x-wessex").as_deref(), Some("en"));
        assert_eq!(shared("x-elvish"), None);
        assert!(private("x-elvish") && private("qaa") && !private("en-x-pirate") && !private("grc"));
    }

    #[test]
    fn languages_are_meant() {
        for (written, tag) in [
            ("English", "en"),
            ("en-UK", "en-GB"),
            ("English (UK)", "en-GB"),
            ("British English", "en-GB"),
            ("en-EN", "en"),
            ("ger", "de"),
            ("deu", "de"),
            ("eng-USA", "en-US"),
            ("Deutsch", "de"),
            ("français", "fr"),
            ("de_DE.UTF-8", "de-DE"),
            ("pt-Brazil", "pt-BR"),
            ("Serbian (Latin)", "sr-Latn"),
            ("Chinese, traditional", "zh-Hant"),
            ("Spanish - Latin America", "es-419"),
            ("jp", "ja"),
            ("Ancient Greek", "grc"),
        ] {
            assert_eq!(Lang::meant(written).as_ref().map(Lang::tag), Some(tag), "{written}");
        }
        assert_eq!(Lang::meant("Pirate").or(Lang::meant("")), None);
        assert!(Lang::names().all(|(name, tag)| Lang::parse(tag).is_some() && !name.is_empty()));
    }

    #[test]
    fn languages_have_their_codes() {
        let code = |tag: &str| Lang::parse(tag).map(|lang| lang.bibliographic().to_owned());
        assert_eq!(code("en-GB").as_deref(), Some("eng"));
        assert_eq!(code("de").as_deref(), Some("ger"));
        assert_eq!(code("grc").as_deref(), Some("grc"));
        assert_eq!(code("x-elvish").as_deref(), Some("und"));
    }
}
