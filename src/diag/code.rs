//! The catalogue of findings: stable names, gravity, and the manual's words.
//!
//! `pamphleteer explain CODE` prints an entry; the handbook's list is made
//! from this same table.

use super::Severity;
use std::fmt;

/// One entry of the catalogue.
#[derive(Debug)]
pub struct CodeEntry {
    /// The stable name, in kebab-case.
    pub name: &'static str,
    /// How grave such a finding is when nobody says otherwise.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// Why it matters and what to do.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $summary:literal $explanation:literal)*) => {
        /// Which finding: a stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $variant,)*
        }

        /// Every entry, in the order of [`Code`].
        pub const CODES: &[CodeEntry] = &[
            $(CodeEntry {
                name: $name,
                severity: Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            },)*
        ];

        const ALL: &[Code] = &[$(Code::$variant,)*];
    };
}

codes! {
    // -- book.toml and the book's folder
    TomlSyntax "toml-syntax" Error
        "book.toml or a style file is not valid TOML."
        "The file could not be read at all. Check quotation marks and brackets at the place shown."
    KeyUnknown "key-unknown" Error
        "A key is not one that we know."
        "A mistyped key would be ignored in silence, so it is refused. `pamphleteer schema` lists every key."
    KeyMissing "key-missing" Error
        "A key that every book needs is missing."
        "A book needs at least `title` and `language`, and a `[matter]` table that names its files."
    ValueInvalid "value-invalid" Error
        "A value is not of the kind that its key wants."
        "The message says what is wanted, with an example."
    FileMissing "file-missing" Error
        "A file that the book names does not exist."
        "Names are relative to the folder of book.toml, with `/` between folders; case counts."
    FileOutside "file-outside" Error
        "A path leads out of the book's folder."
        "A book must be whole in its folder: absolute paths, `..` and links that lead outside are refused."
    FileEncoding "file-encoding" Error
        "A file is not UTF-8."
        "Save the file as UTF-8. The message names the encoding that it most likely has."
    FileTooLarge "file-too-large" Error
        "A file is larger than a book can bear."
        "Texts may have 64 MiB, images 64 MiB and 100 megapixels."
    FileRepeated "file-repeated" Error
        "A file or made page stands twice in [matter]."
        "Each text is set once. Remove one of the two names."
    FileUnused "file-unused" Warning
        "A Markdown file lies beside book.toml but is in no list of [matter]."
        "It will not be in the book. Add it to [matter], or move it to another folder."
    LanguageUnknown "language-unknown" Error
        "A language is not a BCP 47 tag."
        "Write `en-GB`, `fr`, `ru`, `grc` and the like."
    LanguageNoPatterns "language-no-patterns" Note
        "There are no hyphenation patterns for a language."
        "Its words are set without hyphenation."
    FontUnreadable "font-unreadable" Error
        "A file in fonts/ is not a font."
        "Put OpenType fonts (.otf, .ttf) there, as the foundry delivers them."
    IsbnInvalid "isbn-invalid" Error
        "An ISBN's check digit is wrong."
        "One digit is mistyped or two are exchanged; compare with the publisher's list."

    // -- covers
    CoverTemplate "cover-template" Error
        "A cover's template cannot be used."
        "The SVG is not well formed or names a field that does not exist. Compare with the templates in covers/."
    CoverText "cover-text" Warning
        "Words are too long for the cover."
        "A title or name was set smaller than the template wants. Shorten it, or choose or draw another template."
}

impl Code {
    /// The catalogue's entry.
    #[must_use]
    pub fn entry(self) -> &'static CodeEntry {
        &CODES[self as usize]
    }

    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The code of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Code> {
        ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for code in ALL {
            assert_eq!(Code::find(code.name()), Some(*code));
        }
    }
}
