//! The style of a book: every key that an author may set, with its meaning.
//!
//! One table makes the types, their defaults, the reader and the manual's
//! list of keys, so that none of them can disagree.

mod choices;
mod family;
mod fit;
mod follow;
mod key;
mod measures;
mod table;
mod value;

pub use choices::{
    Alignment, BoxDesign, CaptionPlace, Case, Figures, FolioFrame, FolioPlace, HeadText, Lines, Markers,
    Marks, NotePlace, Numbering, Opening, PageBreaks, Paragraphs, Place, Rules, TitleDesign, TitleNumber,
    TitleRules,
};
pub use family::Family;
pub use fit::{Fault, Own, characters, fault_of};
pub use key::{Key, Refusal};
pub use measures::FOLIO_BELOW;
pub use table::{
    BookletStyle, BoxStyle, ContentsStyle, CoverStyle, EditorNoteStyle, EpubStyle, FigureStyle, FolioStyle,
    HeadingStyle, KEYS, ListStyle, NoteStyle, PageStyle, QuoteStyle, RuleStyle, RunningHeadStyle,
    SceneBreakStyle, Style, TableStyle, TextStyle, TitlePageStyle, VerseStyle,
};
pub use value::{Bounds, Colour, Kind, Paper, Percent, Setting, Value};
