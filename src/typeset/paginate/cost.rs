//! What each imperfection of a page costs: the ranking that decides when
//! nothing is perfect.
//!
//! One unit is about what a paragraph costs whose lines are a little looser
//! or tighter than at their best. From bad to worse: another space around
//! a heading; a hyphen at the foot; a spread that is short but level; a figure
//! far from its place; a thin last page; a divided note; an uneven spread;
//! an orphan; a widow; a heading that ends a page; a note that begins late.

/// A hyphen at the foot of a verso: the eye need not turn the leaf.
pub const HYPHEN_VERSO: f64 = 160.0;
/// A hyphen at the foot of a recto.
pub const HYPHEN_RECTO: f64 = 260.0;
/// A page that is a line short, as its facing page is.
pub const SHORT: f64 = 500.0;
/// Each further line, squared.
pub const SHORTER: f64 = 160.0;
/// Facing pages of unlike depth.
pub const UNEVEN: f64 = 900.0;
/// A figure that stands on the page after its place.
pub const FLOAT: f64 = 15.0;
/// A line more above a figure: nobody sees it.
pub const FLOAT_GAP: f64 = 20.0;
/// Each further page that a figure waits.
pub const FLOAT_WAITS: f64 = 300.0;
/// Each line that a text's last page has less than [`THIN_LINES`].
pub const THIN: f64 = 90.0;
/// Fewer lines look lost on a last page.
pub const THIN_LINES: u32 = 5;
/// A small table that goes on overleaf.
pub const DIVIDED: f64 = 1500.0;
/// A long row of a table that goes on overleaf: dearer than a page that is three
/// lines short, cheaper than one that is four.
pub const DIVIDED_ROW: f64 = 1700.0;
/// A note that goes on overleaf.
pub const SPLIT: f64 = 700.0;
/// Each line of a note that goes on overleaf.
pub const SPLIT_LINE: f64 = 6.0;
/// The last line of a paragraph alone at the head of a page.
pub const WIDOW: f64 = 4000.0;
/// The first line of a paragraph alone at the foot of a page.
pub const ORPHAN: f64 = 3000.0;
/// A page break where the text must hold together: after a heading, in a stanza.
pub const SEVERED: f64 = 8000.0;
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
    let further = f64::from(lines.saturating_sub(1));
    if lines == 0 { 0.0 } else { SHORT + SHORTER * further * further }
}

/// An imperfection that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Evil {
    /// Which.
    pub kind: &'static str,
    /// How much of it: lines, mostly.
    pub amount: u32,
    /// What it cost.
    pub cost: f64,
}

impl Evil {
    /// An imperfection of that kind, amount and cost.
    #[must_use]
    pub fn new(kind: &'static str, amount: u32, cost: f64) -> Evil {
        Evil { kind, amount, cost }
    }

    /// Why it was taken, in words.
    #[must_use]
    pub fn reason(&self) -> String {
        let n = self.amount;
        let lines = if n == 1 { "a line".to_owned() } else { format!("{n} lines") };
        match self.kind {
            "short page" => format!(
                "the page is short by {lines}: a paragraph, heading or box that must hold together did not fit, and no paragraph before it could be set longer"
            ),
            "uneven spread" => "facing pages end at different depths: evening them would have cost a widow, an orphan or loose lines".to_owned(),
            "hyphen at foot" => "the last line ends in a hyphen: every other break of the paragraph was worse".to_owned(),
            "thin last page" => format!("the text's last page has only {lines}; the pages before could not take them in"),
            "split note" => format!("a note goes on overleaf with {lines}: it is longer than the room below its call"),
            "divided table" => "a small table goes on overleaf: the page would have been short by many lines".to_owned(),
            "divided row" => "a row of a table goes on overleaf: it is long, and the page would have been short by many lines".to_owned(),
            "widow" => "a paragraph's last line stands alone at the head of the page: nothing before it could be set shorter or longer".to_owned(),
            "orphan" => "a paragraph's first line stands alone at the foot of the page".to_owned(),
            "severed" => "the page ends where the text should hold together: after a heading, in a short paragraph or stanza".to_owned(),
            "late note" => "a note begins after the page of its call: a longer note fills the page".to_owned(),
            "late figure" => "a figure stands after the page of its place: it did not fit there".to_owned(),
            "old page white" => format!(
                "{lines} of white stand above the notes: the older edition's page holds no more text"
            ),
            "old page leaded" => format!(
                "the older edition's page is made even with the others by its leading, and a hair between paragraphs where that is not enough: it would be out by {lines}"
            ),
            "old page short" => format!(
                "the older edition's page is short by {lines}: its paragraphs can't be set longer within the limits, and it has no white to widen"
            ),
            "old page over" => format!(
                "the older edition's page is too long by {lines}: it goes deeper than the others"
            ),
            "old page divided" => format!(
                "the older edition's page is longer than ours and goes on over {}", if n == 1 { "a further page".to_owned() } else { format!("{n} further pages") }
            ),
            "overfull page" => "something is higher than the text block".to_owned(),
            other => other.to_owned(),
        }
    }
}
