//! The keys whose value is one of a few words: an enum each, with what each word means.

use super::value::{self, Kind, Setting, Value};
use crate::reason::Reason;

macro_rules! choices {
    ($(#[doc = $doc:literal] $name:ident { $($variant:ident $word:literal $meaning:literal)* })*) => {
        $(
            #[doc = $doc]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $name { $(#[doc = $meaning] $variant,)* }

            impl Setting for $name {
                const WANTED: &'static str = concat!("one of" $(, " \"", $word, "\"")*);
                const KIND: Kind = Kind::Choice;
                const WORDS: &'static [&'static str] = &[$($word),*];
                const MEANINGS: &'static [&'static str] = &[$($meaning),*];
                fn read(value: &Value) -> Result<$name, Reason> {
                    match value {
                        $(Value::Text(text) if text.eq_ignore_ascii_case($word) => Ok($name::$variant),)*
                        _ => Err(value::refuse::<$name>(value)),
                    }
                }
                fn written(&self) -> Option<String> {
                    Some(match self { $($name::$variant => concat!("\"", $word, "\"").to_owned(),)* })
                }
            }
        )*
    };
}

choices! {
    /// Where a text begins.
    Opening { Any "any" "On the next page." Recto "recto" "On the next right-hand page." Verso "verso" "On the next left-hand page." RunOn "run-on" "On the same page, below the text before it." }
    /// Whose page breaks are kept.
    PageBreaks { Flow "flow" "Our own." Source "source" "Those of the older edition." }
    /// Which figures numbers are set in.
    Figures { OldStyle "oldstyle" "With ascenders and descenders." Lining "lining" "As tall as capitals." }
    /// Where notes stand.
    NotePlace { Foot "foot" "At the foot of the page." Text "text" "At the end of each text." Book "book" "On the notes pages at the end of the book." }
    /// When note numbers begin anew.
    Numbering { Book "book" "Never." Text "text" "In each text." Page "page" "On each page." }
    /// How notes are marked.
    Marks { Arabic "arabic" "1, 2, 3." LowerAlpha "lower-alpha" "a, b, c." LowerRoman "lower-roman" "i, ii, iii." Symbols "symbols" "*, †, ‡." }
    /// How lines stand that are not justified.
    Alignment { Left "left" "Flush left." Centre "centre" "Centred." Right "right" "Flush right." Outside "outside" "Towards the fore-edge." }
    /// In which letters words are set.
    Case { Roman "roman" "As written." Italic "italic" "In italics." SmallCaps "small-caps" "In small capitals." Capitals "capitals" "In capitals, letterspaced." Bold "bold" "In bold." BoldItalic "bold-italic" "In bold italics." BoldCapitals "bold-capitals" "In bold capitals, letterspaced." }
    /// How the lines of running text end.
    Lines { Justified "justified" "At the margin." Left "left" "Where they end: ragged right." }
    /// What parts one paragraph from the next.
    Paragraphs { Indented "indented" "The indent of the first line." Spaced "spaced" "An empty line, and no indent." }
    /// Where rules stand beside a title.
    TitleRules { None "none" "Nowhere." Above "above" "Above it." Below "below" "Below it." Both "both" "Above and below." }
    /// How the number of a chapter or a part stands that its title begins with.
    TitleNumber { Typed "typed" "As typed, in the title." Figure "figure" "Above the title: 3." Roman "roman" "Above the title: III." Word "word" "Above the title: Three." ChapterFigure "chapter-figure" "Above the title: Chapter 3." ChapterRoman "chapter-roman" "Above the title: Chapter III." ChapterWord "chapter-word" "Above the title: Chapter Three." }
    /// What stands on both sides of a folio.
    FolioFrame { None "none" "Nothing." Dashes "dashes" "A dash on each side." Brackets "brackets" "Square brackets." }
    /// How title page and half-title are laid out.
    TitleDesign { Classic "classic" "Centred, the author above the title." Modern "modern" "Flush left under a heavy rule." Framed "framed" "Centred in a double frame." Ruled "ruled" "Centred, the title between rules." Low "low" "Centred, title above and author in the middle of the page." Open "open" "Flush left without rules, the author at the head." Parted "parted" "Flush left, title, names and publisher parted by rules." Sunk "sunk" "Flush left, the author at the head, the title under a heavy rule in the lower half." }
    /// How a box for the reader is marked off.
    BoxDesign { Indented "indented" "By indents." Ruled "ruled" "By a rule above and below." Headed "headed" "By a heavy rule above." }
    /// What a running head says.
    HeadText { Title "title" "The book's title." Author "author" "The first author's name." Section "section" "The text's title." None "none" "Nothing." }
    /// Where the folio stands.
    FolioPlace { Foot "foot" "Below the text." Head "head" "In the line of the running head." None "none" "Nowhere." }
    /// How the marker of a list item stands.
    Markers { Hanging "hanging" "In the indent, left of the item's lines." Indented "indented" "In the first line, as a paragraph's indent." }
    /// Where a figure stands.
    Place { Float "float" "At its place, or at the head of the next page when it doesn't fit there." Here "here" "At its place, whatever white that leaves." }
    /// Where the caption of a figure stands.
    CaptionPlace { Below "below" "Below the picture." Above "above" "Above the picture." }
    /// Where a table has rules.
    Rules { Open "open" "Above, below and under the head." None "none" "Nowhere." }
}
