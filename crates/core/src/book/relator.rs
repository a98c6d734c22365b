//! What somebody did for a book: the MARC relators, their English terms and their ONIX roles.

use std::fmt;

/// One line a relator: MARC code, contributor role of ONIX code list 17, English term.
const RELATORS: &str = include_str!("registry/relators.txt");

/// What authors write instead of the English term, without `by` and without `writer of`.
const ALIASES: [(&str, &str); 68] = [
    ("", "aut"),
    ("co author", "aut"),
    ("coauthor", "aut"),
    ("chapter author", "aut"),
    ("poet", "aut"),
    ("text", "aut"),
    ("writer", "aut"),
    ("written", "aut"),
    ("abridged", "abr"),
    ("adapted", "adp"),
    ("retold", "adp"),
    ("afterword", "aft"),
    ("annotated", "ann"),
    ("annotation", "ann"),
    ("note", "ann"),
    ("artwork", "art"),
    ("book design", "bkd"),
    ("cover and book design", "bkd"),
    ("design", "bkd"),
    ("designed", "bkd"),
    ("interior designer", "bkd"),
    ("layout", "bkd"),
    ("blurb", "blw"),
    ("colorist", "clr"),
    ("colourist", "clr"),
    ("music", "cmp"),
    ("typesetter", "cmt"),
    ("typesetting", "cmt"),
    ("compilation", "com"),
    ("compiled", "com"),
    ("selected", "com"),
    ("cover", "cov"),
    ("cover art", "cov"),
    ("cover artist", "cov"),
    ("cover design", "cov"),
    ("contribution", "ctb"),
    ("with", "ctb"),
    ("ghostwriter", "ctb"),
    ("ghost writer", "ctb"),
    ("map", "ctg"),
    ("copy editor", "edt"),
    ("copyeditor", "edt"),
    ("edited", "edt"),
    ("co editor", "edt"),
    ("coeditor", "edt"),
    ("editor in chief", "edt"),
    ("series editor", "edt"),
    ("drawing", "ill"),
    ("illustrated", "ill"),
    ("illustration", "ill"),
    ("narrated", "nrt"),
    ("read", "nrt"),
    ("reader", "nrt"),
    ("fotograf", "pht"),
    ("fotographer", "pht"),
    ("photo", "pht"),
    ("photograph", "pht"),
    ("photography", "pht"),
    ("translated", "trl"),
    ("co translator", "trl"),
    ("cotranslator", "trl"),
    ("translation", "trl"),
    ("commentary", "wac"),
    ("foreword", "wfw"),
    ("foreward", "wfw"),
    ("forward", "wfw"),
    ("introduction", "win"),
    ("preface", "wpr"),
];

/// A relator of the MARC code list: author, translator, photographer …
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relator {
    code: &'static str,
    onix: &'static str,
    english: &'static str,
}

impl Relator {
    /// Who wrote the book.
    pub const AUTHOR: Relator = Relator { code: "aut", onix: "A01", english: "author" };

    /// Whoever contributed in a way that is not told.
    pub const CONTRIBUTOR: Relator = Relator { code: "ctb", onix: "A32", english: "contributor" };

    /// Every relator, by code.
    pub fn all() -> impl Iterator<Item = Relator> {
        RELATORS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let (code, rest) = line.split_once(' ')?;
            let (onix, english) = rest.split_once(' ')?;
            Some(Relator { code, onix, english })
        })
    }

    /// The relator of that MARC code.
    #[must_use]
    pub fn find(code: &str) -> Option<Relator> {
        Relator::all().find(|relator| relator.code == code)
    }

    /// The relator that an author means by a code or by English words:
    /// `trl`, `Translator`, `translated by`, `foreword`, `writer of foreword`.
    #[must_use]
    pub fn meant(words: &str) -> Option<Relator> {
        let words = words.trim().to_lowercase().replace(['-', '_'], " ");
        let spaced = |c| if c == '-' { ' ' } else { c };
        let by_term =
            |term: &str| Relator::all().find(|relator| relator.english.chars().map(spaced).eq(term.chars()));
        let singular = words.strip_suffix('s').unwrap_or(&words);
        let known = Relator::find(&words).or_else(|| by_term(&words)).or_else(|| by_term(singular));
        known.or_else(|| {
            let alias = |name: &str| ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, code)| *code);
            let in_plural = |name: &str| alias(name.strip_suffix('s').unwrap_or(name));
            let code =
                [words.as_str(), bare(&words)].into_iter().find_map(|n| alias(n).or_else(|| in_plural(n)))?;
            Relator::find(code).filter(|_| !words.is_empty())
        })
    }

    /// The MARC code: `aut`, `edt`, `trl`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The English term: `author`, `writer of foreword`.
    #[must_use]
    pub fn english(self) -> &'static str {
        self.english
    }

    /// The contributor role of ONIX code list 17; `Z99` when none is nearer.
    #[must_use]
    pub fn onix(self) -> &'static str {
        self.onix
    }
}

/// Words without what only says that somebody wrote or made it: `foreword` of `writer of foreword`.
fn bare(words: &str) -> &str {
    let words = words.strip_suffix(" by").unwrap_or(words);
    let words =
        ["author of ", "writer of "].iter().find_map(|lead| words.strip_prefix(lead)).unwrap_or(words);
    if words == "by" {
        return "";
    }
    [" writer", " author"].iter().find_map(|tail| words.strip_suffix(tail)).unwrap_or(words)
}

impl fmt::Debug for Relator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert!(Relator::all().count() > 300);
        assert!(Relator::all().zip(Relator::all().skip(1)).all(|(a, b)| a.code < b.code));
        assert!(Relator::all().all(|r| r.code.len() == 3 && r.onix.len() == 3 && !r.english.is_empty()));
        assert_eq!(Relator::find("aut"), Some(Relator::AUTHOR));
        assert_eq!(Relator::find("ctb"), Some(Relator::CONTRIBUTOR));
        assert!(ALIASES.iter().all(|(_, code)| Relator::find(code).is_some()));
    }

    #[test]
    fn words_are_understood() {
        for (words, code) in [
            ("author", "aut"),
            ("Authors", "aut"),
            ("by", "aut"),
            ("TRL", "trl"),
            ("Translated by", "trl"),
            ("writer of foreword", "wfw"),
            ("Foreword by", "wfw"),
            ("foreword author", "wfw"),
            ("Photographs", "pht"),
            ("cover artist", "cov"),
            ("author of afterword", "aft"),
            ("metal-engraver", "mte"),
        ] {
            assert_eq!(Relator::meant(words).map(Relator::code), Some(code), "{words}");
        }
        assert_eq!(Relator::meant("").or(Relator::meant("wizard")), None);
    }
}
