//! What a drawing may cost. Each bound is far above what drawings for books need,
//! and far below what a machine that sets books can bear.

/// The bounds of one drawing.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of the file, without the pictures in it.
    pub bytes: usize,
    /// Levels of elements in one another, followed through references: a programme
    /// that draws goes as deep into its stack.
    pub depth: u64,
    /// Elements, each counted as often as it is drawn: `use`, markers, patterns and
    /// masks repeat theirs.
    pub elements: u64,
    /// References to gradients, patterns, clips, masks, filters and other elements,
    /// counted likewise.
    pub references: u64,
    /// Points of paths, counted likewise.
    pub points: u64,
    /// Letters of its words, counted likewise.
    pub letters: u64,
    /// Rules of its style sheets times elements.
    pub matches: u64,
    /// Pixels of the pictures in it.
    pub pixels: u64,
    /// Steps that drawing it takes, see [`super::work`]: about as many nanoseconds.
    pub work: f64,
    /// Bytes of memory that drawing it takes.
    pub memory: f64,
    /// Pixels that something reaches from end to end: beyond, the program that draws
    /// reckons with numbers that it cannot hold.
    pub reach: f64,
    /// Spans of a text times its letters, and letters on a path times its points: the
    /// reader of drawings holds each against each.
    pub spans: u64,
}

/// The bounds of every drawing: of a picture as of a cover's template.
pub const BOUNDS: Bounds = Bounds {
    bytes: 16 << 20,
    depth: 100,
    elements: 100_000,
    references: 20_000,
    points: 2_000_000,
    letters: 20_000,
    matches: 20_000_000,
    pixels: 60_000_000,
    work: 3e9,
    memory: 384.0 * 1024.0 * 1024.0,
    reach: 1e7,
    spans: 5_000_000,
};
