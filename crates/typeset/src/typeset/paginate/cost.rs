//! What each imperfection of a page costs: the ranking that decides when
//! nothing is perfect.
//!
//! One unit is about what a paragraph costs whose lines are a little looser
//! or tighter than at their best. From bad to worse: another space around
//! a heading; a hyphen at the foot; a spread that is short but level; a figure
//! far from its place; a thin last page; a divided note; an uneven spread;
//! an orphan; a widow; a heading that ends a page; a note that begins late.

use crate::pages::{Compromise, UnevenBy};

/// A hyphen at the foot of a verso: the eye need not turn the leaf.
pub const HYPHEN_VERSO: f64 = 400.0;
/// A hyphen at the foot of a recto.
pub const HYPHEN_RECTO: f64 = 2000.0;
/// A page with fewer lines of text than [`FEW_LINES`], white below them and notes at its foot.
pub const FEW_ABOVE_WHITE: f64 = 1200.0;
/// So many lines of text hold the head of a page.
pub const FEW_LINES: u32 = 3;
/// A page that is a line short, as its facing page is.
pub const SHORT: f64 = 500.0;
/// Each further line, squared.
pub const SHORTER: f64 = 160.0;
/// So many lines may be left empty below a text, when the next one that runs on has no
/// room there for its title and some lines.
pub const BEFORE_TITLE: u32 = 10;
/// Each of them: a text that can run on should.
pub const LEFT_BEFORE_TITLE: f64 = 120.0;
/// Facing pages of unlike depth: dearer than to have both of them, and the two behind them, lack a line; cheaper
/// than to divide what had better stay on one page.
pub const UNEVEN: f64 = 1550.0;
/// A figure that stands on the page after its place.
pub const FLOAT: f64 = 15.0;
/// A line more above a figure: nobody sees it.
pub const FLOAT_GAP: f64 = 20.0;
/// Each further page that a figure waits.
pub const FLOAT_WAITS: f64 = 300.0;
/// A text's last page that lacks one of [`THIN_LINES`]; for several, the square: two lines alone
/// on a page are dearer than a page that is a line short.
pub const THIN: f64 = 65.0;
/// Fewer lines look lost on a last page.
pub const THIN_LINES: u32 = 5;
/// A small table that goes on overleaf.
pub const DIVIDED: f64 = 1600.0;
/// A short box that goes on overleaf, without its rule or its heading there.
pub const DIVIDED_BOX: f64 = 1600.0;
/// A short stanza that goes on overleaf: dearer than a page that is three lines short.
pub const DIVIDED_STANZA: f64 = 1600.0;
/// An item of one line that stands on another page than the rest of its list.
pub const LONE_ITEM: f64 = 600.0;
/// A long row of a table that goes on overleaf: dearer than a page that is three
/// lines short, cheaper than one that is four.
pub const DIVIDED_ROW: f64 = 1700.0;
/// A note that goes on overleaf.
pub const SPLIT: f64 = 700.0;
/// Each line of a note that goes on overleaf.
pub const SPLIT_LINE: f64 = 6.0;
/// Each line by which the two parts of a divided note differ, beyond [`EVEN_SPLIT`].
pub const UNEVEN_SPLIT: f64 = 10.0;
/// So many lines more on one page than on the next nobody sees.
pub const EVEN_SPLIT: u32 = 2;
/// The last line of a paragraph alone at the head of a page.
pub const WIDOW: f64 = 4000.0;
/// The first line of a paragraph alone at the foot of a page.
pub const ORPHAN: f64 = 3000.0;
/// A page break where the text must hold together: in a stanza, between a caption and its table.
pub const SEVERED: f64 = 8000.0;
/// A heading that ends a page: dearer than half a page left empty above it.
pub const HEADING_AT_FOOT: f64 = 60_000.0;
/// A note that begins after the page of its call: dearer than a page that is
/// twelve lines short.
pub const LATE: f64 = 22_000.0;
/// No white at the head of a page where there should be: nothing fitted below it.
pub const SPACE_GONE: f64 = 30_000.0;
/// A box that is higher than the page.
pub const OVERFULL: f64 = 50_000.0;

/// A line that is looser or shorter than any should be: the breaker has already
/// paid for it, so page breaking does not.
pub const LOOSE_LINE: f64 = 0.0;
/// A line of white above the notes of an older edition's page that is kept; for
/// several, the square.
pub const OLD_WHITE: f64 = 40.0;
/// A line that such a page gains or loses by its leading; for several, the square.
pub const OLD_LEADED: f64 = 600.0;
/// Each line that it lacks.
pub const OLD_SHORT: f64 = 3000.0;
/// Each line that it has too many.
pub const OLD_OVER: f64 = 6000.0;
/// Each further page that it needs.
pub const OLD_DIVIDED: f64 = 20_000.0;
/// A line more of white where an older edition's page must be filled; for
/// several, the square.
pub const WHITE_MORE: f64 = 130.0;
/// A line less, likewise.
pub const WHITE_LESS: f64 = 150.0;
/// No white at all where there should be.
pub const WHITE_GONE: f64 = 350.0;

/// What a page costs that is so many lines short.
#[must_use]
pub fn short(lines: u32) -> f64 {
    // One line short is bearable, and each further one is worse than the one before: 500, 660, 1140,
    // 1940 for one to four lines. So two pages that lack one line each are cheaper than one that lacks
    // two beside a full one, and a short page is spread over its neighbours where they can give a
    // line.
    let further = f64::from(lines.saturating_sub(1));
    if lines == 0 { 0.0 } else { SHORT + SHORTER * further * further }
}

/// What a compromise costs: the ranking that the constants above spell out.
#[must_use]
pub fn of(compromise: &Compromise) -> f64 {
    match *compromise {
        Compromise::ShortPage { lines } => short(lines),
        Compromise::UnevenSpread { by: UnevenBy::Breaks, .. } => UNEVEN,
        // measured on pages that are set already
        Compromise::UnevenSpread { .. } => 0.0,
        Compromise::HyphenAtFoot { recto: true } => HYPHEN_RECTO,
        Compromise::HyphenAtFoot { recto: false } => HYPHEN_VERSO,
        Compromise::ThinLastPage { lines } => THIN * f64::from(THIN_LINES.saturating_sub(lines)).powi(2),
        Compromise::SplitNote { lines } => SPLIT + SPLIT_LINE * f64::from(lines),
        Compromise::LateNote { lines } => LATE + SPLIT_LINE * f64::from(lines),
        Compromise::DividedTable => DIVIDED,
        Compromise::DividedRow => DIVIDED_ROW,
        Compromise::DividedBox => DIVIDED_BOX,
        Compromise::DividedStanza => DIVIDED_STANZA,
        Compromise::LoneItem => LONE_ITEM,
        Compromise::Widow => WIDOW,
        Compromise::Orphan => ORPHAN,
        Compromise::Severed => SEVERED,
        Compromise::HeadingAtFoot => HEADING_AT_FOOT,
        Compromise::LateFigure { figures } => FLOAT_WAITS * f64::from(figures),
        Compromise::OverfullPage => OVERFULL,
        Compromise::SourcePageWhite { lines } => OLD_WHITE * f64::from(lines) * f64::from(lines),
        Compromise::SourcePageLeaded { lines } => OLD_LEADED * lines * lines,
        Compromise::SourcePageShort { lines } => OLD_SHORT * lines,
        Compromise::SourcePageOver { lines } => OLD_OVER * lines,
        Compromise::SourcePageDivided { pages } => OLD_DIVIDED * f64::from(pages),
        Compromise::LooseLine { .. } | Compromise::LineOfOneWord | Compromise::ShortLastLine => LOOSE_LINE,
    }
}
