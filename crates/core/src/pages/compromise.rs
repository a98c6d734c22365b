//! What page breaking and line breaking could not have and gave up.

use crate::diag::Span;
use crate::narrow::Nearest;

/// Something less than perfect that was chosen because all else was worse.
///
/// Names in `build.json` and in the proofreader's report, and the reasons given there,
/// derive from the variant alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Compromise {
    /// A page ends above the others.
    ShortPage {
        /// How many lines it lacks.
        lines: u32,
    },
    /// Facing pages end at different depths.
    UnevenSpread {
        /// By how many whole lines.
        lines: u32,
        /// What makes it so.
        by: UnevenBy,
    },
    /// The last line of a page ends in a hyphen.
    HyphenAtFoot {
        /// On a recto the eye must turn the leaf in the middle of a word.
        recto: bool,
    },
    /// The last page of a text is nearly empty.
    ThinLastPage {
        /// How many lines it has.
        lines: u32,
    },
    /// A note goes on overleaf.
    SplitNote {
        /// How many of its lines stand there.
        lines: u32,
    },
    /// A note begins after the page of its call.
    LateNote {
        /// How many lines of notes are put off.
        lines: u32,
    },
    /// A small table goes on overleaf.
    DividedTable,
    /// A row of a table goes on overleaf.
    DividedRow,
    /// A short box (a note to the reader, a tip) goes on overleaf.
    DividedBox,
    /// A short stanza goes on overleaf.
    DividedStanza,
    /// An item of one line stands on another page than the rest of its list.
    LoneItem,
    /// The last line of a paragraph stands alone at the head of a page.
    Widow,
    /// The first line of a paragraph stands alone at the foot of a page.
    Orphan,
    /// A page ends where the text must hold together: after a heading, in a stanza.
    Severed,
    /// A page ends with a heading, and what it stands above begins the next.
    HeadingAtFoot,
    /// Figures stand after the page of their place.
    LateFigure {
        /// How many.
        figures: u32,
    },
    /// Something is higher than the text block.
    OverfullPage,
    /// White stands above the notes of a source page.
    SourcePageWhite {
        /// How many lines of it.
        lines: u32,
    },
    /// A source page is made even with the others by its leading.
    SourcePageLeaded {
        /// By how many lines it would be out; negative when it would be too deep.
        lines: f64,
    },
    /// A source page lacks lines.
    SourcePageShort {
        /// How many.
        lines: f64,
    },
    /// A source page goes deeper than the others.
    SourcePageOver {
        /// By how many lines.
        lines: f64,
    },
    /// A source page goes on over further pages.
    SourcePageDivided {
        /// How many.
        pages: u32,
    },
    /// A line whose word spaces are far wider than natural; beyond a bound it ends
    /// before the margin rather than have holes between its words.
    LooseLine {
        /// The adjustment ratio that fills it, or would: 0.8 is 80 % wider than natural.
        needed: f64,
    },
    /// A word stands alone in its line.
    LineOfOneWord,
    /// A source page ends in a line that should be full and is not.
    ShortLastLine,
}

/// What makes facing pages end at different depths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnevenBy {
    /// Every other way to break the pages cost more.
    Breaks,
    /// The author ends one of them, or a text ends on it.
    End,
    /// One of them ends in a picture.
    Picture,
    /// One of them ends in lines that do not stand on those of the text: a table, smaller type, columns.
    Grid,
}

/// A compromise and where it was made.
#[derive(Clone, Debug, PartialEq)]
pub struct PageCompromise {
    /// Index into [`Pages::pages`](super::Pages::pages).
    pub page: u32,
    /// Which.
    pub compromise: Compromise,
    /// What it cost in the ranking of page breaking.
    pub cost: f64,
    /// Where in the manuscript, when that is narrower than the page.
    pub span: Option<Span>,
}

impl Compromise {
    /// Its name in `build.json` and in the proofreader's report.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Compromise::ShortPage { .. } => "short page",
            Compromise::UnevenSpread { .. } => "uneven spread",
            Compromise::HyphenAtFoot { .. } => "hyphen at foot",
            Compromise::ThinLastPage { .. } => "thin last page",
            Compromise::SplitNote { .. } => "split note",
            Compromise::LateNote { .. } => "late note",
            Compromise::DividedTable => "divided table",
            Compromise::DividedRow => "divided row",
            Compromise::DividedBox => "divided box",
            Compromise::DividedStanza => "divided stanza",
            Compromise::LoneItem => "lone item",
            Compromise::Widow => "widow",
            Compromise::Orphan => "orphan",
            Compromise::Severed => "severed",
            Compromise::HeadingAtFoot => "heading at foot",
            Compromise::LateFigure { .. } => "late figure",
            Compromise::OverfullPage => "overfull page",
            Compromise::SourcePageWhite { .. } => "old page white",
            Compromise::SourcePageLeaded { .. } => "old page leaded",
            Compromise::SourcePageShort { .. } => "old page short",
            Compromise::SourcePageOver { .. } => "old page over",
            Compromise::SourcePageDivided { .. } => "old page divided",
            Compromise::LooseLine { .. } => "loose line",
            Compromise::LineOfOneWord => "line of one word",
            Compromise::ShortLastLine => "short last line",
        }
    }

    /// Why nothing better was to be had.
    #[must_use]
    pub fn reason(&self) -> String {
        match *self {
            Compromise::ShortPage { lines } => format!(
                "the page is short by {}: a paragraph, heading or box that must hold together did not fit, and no paragraph before it could be set longer",
                counted(lines)
            ),
            Compromise::UnevenSpread { lines, by } => {
                let why = match by {
                    UnevenBy::Breaks => "evening them would have cost a widow, an orphan or loose lines",
                    UnevenBy::End => "the author ends one of them there, or a text ends on it",
                    UnevenBy::Picture => "one of them ends in a picture",
                    UnevenBy::Grid => {
                        "one of them ends in a table, in columns or in smaller type, whose lines are not those of the text"
                    }
                };
                let far = if lines == 0 { "less than a line".to_owned() } else { counted(lines) };
                format!("facing pages end at different depths, {far} apart: {why}")
            }
            Compromise::HyphenAtFoot { .. } => "the last line ends in a hyphen: every other break of the paragraph was worse".into(),
            Compromise::ThinLastPage { lines } => format!(
                "the text's last page has only {}; the pages before could not take them in",
                counted(lines)
            ),
            Compromise::SplitNote { lines } => {
                format!("a note goes on overleaf with {}: it is longer than the room below its call", counted(lines))
            }
            Compromise::LateNote { .. } => "a note begins after the page of its call: a longer note fills the page".into(),
            Compromise::DividedTable => "a small table goes on overleaf: the page would have been short by many lines".into(),
            Compromise::DividedRow => "a row of a table goes on overleaf: it is long, and the page would have been short by many lines".into(),
            Compromise::DividedBox => "a box goes on overleaf: the page would have been short by many lines".into(),
            Compromise::DividedStanza => "a stanza goes on overleaf: the page would have been short by many lines".into(),
            Compromise::LoneItem => "an item of one line stands on another page than the rest of its list: every other break of the page was worse".into(),
            Compromise::Widow => "a paragraph's last line stands alone at the head of the page: nothing before it could be set shorter or longer".into(),
            Compromise::Orphan => "a paragraph's first line stands alone at the foot of the page".into(),
            Compromise::HeadingAtFoot => "a heading ends the page: what follows it is as high as a page, or nearly".into(),
            Compromise::Severed => "the page ends where the text should hold together: after a heading, in a short paragraph or stanza".into(),
            Compromise::LateFigure { .. } => "a figure stands after the page of its place: it did not fit there".into(),
            Compromise::OverfullPage => "something is higher than the text block".into(),
            Compromise::SourcePageWhite { lines } => format!(
                "{} of white stand above the notes: the older edition's page holds no more text",
                counted(lines)
            ),
            Compromise::SourcePageLeaded { lines } => format!(
                "the older edition's page is made even with the others by its leading, and a hair between paragraphs where that is not enough: it would be out by {}",
                counted(whole(lines))
            ),
            Compromise::SourcePageShort { lines } => format!(
                "the older edition's page is short by {}: its paragraphs can't be set longer within the limits, and it has no white to widen",
                counted(whole(lines))
            ),
            Compromise::SourcePageOver { lines } => format!(
                "the older edition's page is too long by {}: it goes deeper than the others",
                counted(whole(lines))
            ),
            Compromise::SourcePageDivided { pages: 1 } => {
                "the older edition's page is longer than ours and goes on over a further page".into()
            }
            Compromise::SourcePageDivided { pages } => {
                format!("the older edition's page is longer than ours and goes on over {pages} further pages")
            }
            Compromise::LooseLine { needed } => format!(
                "a line is loose: to end at the margin its word spaces must be {:.0} % wider than natural, as the words around its end cannot be divided",
                needed * 100.0
            ),
            Compromise::LineOfOneWord => "a word stands alone in its line: the next does not fit beside it, and neither can be divided there".into(),
            Compromise::ShortLastLine => "the older edition's page ends in a line that cannot be filled within the limits".into(),
        }
    }

    /// Whether the author should hear of it as a page of the older edition that could
    /// not be kept.
    #[must_use]
    pub fn is_unkept_source_page(&self) -> bool {
        matches!(
            self,
            Compromise::SourcePageShort { .. }
                | Compromise::SourcePageOver { .. }
                | Compromise::SourcePageDivided { .. }
        )
    }
}

/// `a line`, `3 lines`.
fn counted(lines: u32) -> String {
    if lines == 1 { "a line".to_owned() } else { format!("{lines} lines") }
}

/// How many lines are touched by so much of one.
fn whole(lines: f64) -> u32 {
    u32::nearest(lines.abs().ceil())
}
