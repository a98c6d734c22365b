//! What sheets may hold: in the drawings of a book, and in the book's own sheet.

/// What may stay in a sheet.
#[derive(Debug)]
pub struct List {
    /// Properties; none when any may stay, since those that load need a function.
    properties: Option<&'static [&'static str]>,
    at_rules: &'static [(&'static str, Holds)],
    /// Whether an address may lead to a place in the same file: `url(#id)`.
    places: bool,
}

/// What stands in the block of a rule that begins with `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Rules,
    Declarations,
    Nothing,
}

/// The sheets and styles of a drawing: what SVG knows of CSS.
pub const DRAWING: List = List {
    properties: Some(PAINT),
    at_rules: &[("media", Holds::Rules), ("keyframes", Holds::Rules), ("charset", Holds::Nothing)],
    places: true,
};

/// The author's own sheet for the EPUB.
pub const BOOK: List = List {
    properties: None,
    at_rules: &[
        ("media", Holds::Rules),
        ("supports", Holds::Rules),
        ("layer", Holds::Rules),
        ("container", Holds::Rules),
        ("keyframes", Holds::Rules),
        ("page", Holds::Declarations),
        ("counter-style", Holds::Declarations),
        ("charset", Holds::Nothing),
    ],
    places: false,
};

impl List {
    pub(super) fn at_rule(&self, name: &str) -> Option<Holds> {
        self.at_rules.iter().find(|(known, _)| *known == name).map(|(_, holds)| *holds)
    }

    /// Whether it is the margin of a page (CSS Paged Media §4.2).
    pub(super) fn has_margin(&self, name: &str) -> bool {
        let edges = ["top", "bottom", "left", "right"];
        self.at_rule("page").is_some()
            && edges.iter().any(|edge| name.strip_prefix(edge).is_some_and(|rest| rest.starts_with('-')))
    }

    pub(super) fn has_property(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        match self.properties {
            Some(all) => all.binary_search(&name.as_str()).is_ok(),
            None => !RUNS.contains(&name.as_str()),
        }
    }

    pub(super) fn has_function(&self, name: &str) -> bool {
        FUNCTIONS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
    }

    pub(super) fn has_selector(&self, name: &str) -> bool {
        SELECTORS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
    }

    /// Whether an address leads to a place in the same file, written in signs that
    /// need no escape.
    pub(super) fn has_address(&self, url: &str) -> bool {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
        self.places && url.strip_prefix('#').is_some_and(|id| !id.is_empty() && id.chars().all(plain))
    }
}

/// Properties by which old browsers ran programs.
const RUNS: [&str; 4] = ["behavior", "-ms-behavior", "-moz-binding", "-o-link"];

/// Functions that compute a colour, a number, a shape or a position.
#[rustfmt::skip]
const FUNCTIONS: &[&str] = &[
    "abs", "acos", "asin", "atan", "atan2", "attr", "blur", "brightness", "calc", "circle", "clamp",
    "color", "color-mix", "conic-gradient", "contrast", "cos", "counter", "counters", "cubic-bezier",
    "device-cmyk", "drop-shadow", "ellipse", "env", "exp", "fit-content", "grayscale", "hsl", "hsla",
    "hue-rotate", "hwb", "hypot", "inset", "invert", "lab", "lch", "light-dark", "linear",
    "linear-gradient", "log", "matrix", "matrix3d", "max", "min", "minmax", "mod", "oklab", "oklch",
    "opacity", "path", "perspective", "polygon", "pow", "radial-gradient", "rect", "rem", "repeat",
    "repeating-conic-gradient", "repeating-linear-gradient", "repeating-radial-gradient", "rgb", "rgba",
    "rotate", "rotate3d", "rotatex", "rotatey", "rotatez", "round", "saturate", "scale", "scale3d",
    "scalex", "scaley", "scalez", "sepia", "sign", "sin", "skew", "skewx", "skewy", "sqrt", "steps",
    "symbols", "tan", "target-counter", "target-counters", "target-text", "translate", "translate3d",
    "translatex", "translatey", "translatez", "var",
];

/// Functions of selectors and of conditions, none of which load.
#[rustfmt::skip]
const SELECTORS: &[&str] = &[
    "dir", "has", "host", "is", "lang", "not", "nth-child", "nth-last-child", "nth-last-of-type",
    "nth-of-type", "selector", "slotted", "where",
];

/// Properties that the drawings of a book may set: those of SVG 2 (§6.6) and of the
/// modules that it refers to, as far as they paint.
#[rustfmt::skip]
const PAINT: &[&str] = &[
    "alignment-baseline", "animation", "animation-delay", "animation-direction", "animation-duration",
    "animation-fill-mode", "animation-iteration-count", "animation-name", "animation-play-state",
    "animation-timing-function", "background-color", "baseline-shift", "clip", "clip-path", "clip-rule", "color",
    "color-interpolation", "color-interpolation-filters", "color-profile", "color-rendering", "cx", "cy",
    "d", "direction", "display", "dominant-baseline", "enable-background", "fill", "fill-opacity",
    "fill-rule", "filter", "flood-color", "flood-opacity", "font", "font-family", "font-feature-settings",
    "font-kerning", "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant",
    "font-variant-caps", "font-variant-east-asian", "font-variant-ligatures", "font-variant-numeric",
    "font-variant-position", "font-weight", "glyph-orientation-horizontal", "glyph-orientation-vertical",
    "height", "image-rendering", "isolation", "kerning", "letter-spacing", "lighting-color",
    "line-height", "marker", "marker-end", "marker-mid", "marker-start", "mask", "mask-type",
    "mix-blend-mode", "opacity", "overflow", "paint-order", "r", "rx", "ry", "shape-rendering",
    "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor",
    "text-decoration", "text-decoration-color", "text-decoration-line", "text-decoration-style",
    "text-indent", "text-overflow", "text-rendering", "text-transform", "transform", "transform-box",
    "transform-origin", "unicode-bidi", "vector-effect", "visibility", "white-space", "width",
    "word-spacing", "writing-mode", "x", "y",
];

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_in_order() {
        for list in [super::FUNCTIONS, super::SELECTORS, super::PAINT] {
            assert!(list.is_sorted());
        }
    }
}
