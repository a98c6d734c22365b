//! Random drawings and style sheets, put together from what SVG and CSS are made of and
//! then damaged: whatever comes in, what goes out is on the list, is read again as the
//! same, and can be drawn.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(
    clippy::unwrap_used,
    clippy::needless_borrows_for_generic_args,
    reason = "a test says so by failing"
)]

use pamphleteer::css::{self, BOOK, DRAWING};
use pamphleteer::picture::{self, prepare};
use pamphleteer::svg;

/// A generator of numbers: Knuth's, TAOCP §3.3.4, as `rand_pcg` has it.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const ELEMENTS: &[&str] = &[
    "g",
    "rect",
    "path",
    "circle",
    "use",
    "mask",
    "clipPath",
    "pattern",
    "filter",
    "linearGradient",
    "stop",
    "marker",
    "symbol",
    "svg",
    "text",
    "tspan",
    "textPath",
    "image",
    "style",
    "feFlood",
    "feGaussianBlur",
    "feOffset",
    "feImage",
    "feTile",
    "feMerge",
    "feMergeNode",
    "feTurbulence",
    "feDisplacementMap",
    "feMorphology",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "fePointLight",
    "feDropShadow",
    "feComposite",
    "switch",
    "a",
    "script",
    "foreignObject",
    "set",
    "svg:rect",
    "x:script",
    "metadata",
    "polygon",
    "line",
    "radialGradient",
];

const ATTRIBUTES: &[&str] = &[
    "id",
    "href",
    "xlink:href",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "opacity",
    "transform",
    "x",
    "y",
    "width",
    "height",
    "d",
    "points",
    "r",
    "cx",
    "style",
    "class",
    "mask",
    "clip-path",
    "filter",
    "marker-mid",
    "viewBox",
    "patternUnits",
    "patternContentUnits",
    "maskUnits",
    "clipPathUnits",
    "filterUnits",
    "primitiveUnits",
    "gradientUnits",
    "stdDeviation",
    "radius",
    "scale",
    "dx",
    "dy",
    "in",
    "in2",
    "result",
    "order",
    "kernelMatrix",
    "numOctaves",
    "baseFrequency",
    "onload",
    "xml:base",
    "data-x",
    "font-size",
    "text-anchor",
    "startOffset",
    "letter-spacing",
    "stroke-linejoin",
    "preserveAspectRatio",
    "gradientTransform",
    "offset",
    "operator",
    "specularExponent",
    "z",
    "xmlns",
    "xmlns:x",
    "mix-blend-mode",
    "spreadMethod",
    "stroke-miterlimit",
    "dominant-baseline",
    "textLength",
    "rotate",
    "markerWidth",
    "refX",
    "orient",
    "overflow",
];

const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "50",
    "100",
    "0.001",
    "1e-30",
    "1e7",
    "1e30",
    "-1e38",
    "NaN",
    "50%",
    "1em",
    "url(#a)",
    "url(#b)",
    "url(#c)",
    "#a",
    "#b",
    "#c",
    "a",
    "b",
    "c",
    "red",
    "none",
    "M0 0L50 50Z",
    "M0 0C10 90 90 10 99 99",
    "M1 1h90v90H1z",
    "0 0 100 100",
    "0 0 1e9 1",
    "scale(2)",
    "rotate(30)",
    "matrix(1 1 1 1 0 0)",
    "skewX(89.9999)",
    "scale(1e-9)",
    "translate(1e9)",
    "objectBoundingBox",
    "userSpaceOnUse",
    "1 2 3 4 5 6 7 8 9",
    "3",
    "fill:url(#b);mask:url(#a)",
    "filter: blur(3px)",
    "fill: url(http://evil/)",
    "behavior:url(#evil)",
    "SourceGraphic",
    "over",
    "arithmetic",
    "auto",
    "hidden",
    "visible",
    "color-dodge",
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://evil/",
    "javascript:evil()",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
    "&#64;",
    "5,3",
    "reflect",
    "u\\72l(http://evil/)",
    "image-set('http://evil/' 1x)",
];

const SHEET: &[&str] = &[
    "@import",
    "@media",
    "@font-face",
    "@keyframes",
    "@page",
    "@charset",
    "@namespace",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ";",
    ":",
    ",",
    " ",
    "\n",
    "rect",
    ".a",
    "#a",
    "*",
    ">",
    "+",
    "fill",
    "mask",
    "src",
    "content",
    "--x",
    "red",
    "url(#a)",
    "url(http://evil/)",
    "url('#b')",
    "u\\72l(",
    "'http://evil/'",
    "\"",
    "'",
    "\\",
    "\\22 ",
    "/*",
    "*/",
    "<!--",
    "-->",
    "!important",
    "3px",
    "1e3",
    "image-set(",
    "var(--x)",
    "calc(1px + 2%)",
    "all",
    "attr(href)",
    "\u{0}",
    "é",
    "\\0",
    "expression(",
    "\r\n",
    "\u{c}",
    "-",
    "--",
    "@",
    "#",
    ".5",
    "5.",
    "e",
    "\\\n",
    "U+26",
];

fn element(dice: &mut Dice, depth: usize, out: &mut String) {
    let name = dice.one(ELEMENTS);
    out.push_str(&format!("<{name}"));
    let mut used: Vec<&str> = Vec::new();
    for _ in 0..dice.below(7) {
        let attribute = dice.one(ATTRIBUTES);
        if !used.contains(&attribute) {
            used.push(attribute);
            out.push_str(&format!(" {attribute}=\"{}\"", dice.one(VALUES)));
        }
    }
    out.push('>');
    match dice.below(4) {
        0 if name == "style" => out.push_str(&quick_xml::escape::escape(&sheet(dice))),
        0 => out.push_str("words &amp; so on"),
        _ if depth < 6 => (0..dice.below(4)).for_each(|_| element(dice, depth + 1, out)),
        _ => {}
    }
    out.push_str(&format!("</{name}>"));
}

fn sheet(dice: &mut Dice) -> String {
    (0..dice.below(40)).map(|_| dice.one(SHEET)).collect()
}

fn drawing(dice: &mut Dice) -> Vec<u8> {
    let mut text = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 100 100\">",
    );
    (0..2 + dice.below(6)).for_each(|_| element(dice, 0, &mut text));
    text.push_str("</svg>");
    let mut bytes = text.into_bytes();
    if dice.below(4) == 0 {
        for _ in 0..1 + dice.below(3) {
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 => bytes[at] = dice.below(256) as u8,
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(1)),
            }
        }
    }
    bytes
}

/// How many are tried; `RANDOM_DRAWINGS=100000` tries more.
fn tries() -> u64 {
    option_env!("RANDOM_DRAWINGS").and_then(|tries| tries.parse().ok()).unwrap_or(400)
}

#[test]
fn random_drawings_come_out_on_the_list() {
    let (mut kept, mut drawn) = (0, 0);
    for seed in 0..tries() {
        let bytes = drawing(&mut Dice(seed));
        let Ok(prepared) = prepare("a.svg", &bytes) else { continue };
        kept += 1;
        let text = String::from_utf8(prepared.bytes.clone()).unwrap();
        let ebook = String::from_utf8(svg::for_ebook(&prepared.bytes).unwrap()).unwrap();
        let lower = ebook.to_ascii_lowercase();
        for bad in ["http://evil", "javascript:", "<script", "<set", "foreignobject", "onload=", "xml:base"] {
            assert!(!lower.contains(bad), "{seed}: {bad} in {text}");
        }
        let again = prepare("a.svg", &prepared.bytes)
            .unwrap_or_else(|refusal| panic!("{seed}: {}: {text}", refusal.reason));
        assert_eq!(String::from_utf8(again.bytes).unwrap(), text, "{seed}");
        assert!(!ebook.contains("data-x"), "{seed}");
        if seed % 8 == 0 || option_env!("RANDOM_DRAWINGS").is_some() {
            drawn += 1;
            let verdict = picture::verify(&prepared.bytes, prepared.format);
            assert!(verdict.is_ok(), "{seed}: {verdict:?}: {text}");
        }
    }
    assert!(kept > 50 && drawn > 5, "{kept} of them were drawings, {drawn} were drawn");
}

/// Whether a sheet has a name that is not the end of another.
fn has(css: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\' | '#') || !c.is_ascii();
    css.match_indices(name).any(|(at, _)| !css[..at].ends_with(is_part))
}

#[test]
fn random_style_sheets_come_out_on_the_list() {
    for seed in 0..tries() * 50 {
        let text = sheet(&mut Dice(seed));
        for (name, list) in [("drawing", &DRAWING), ("book", &BOOK)] {
            let judged = css::sheet(&text, list);
            // texts in quotation marks load nothing
            let flat: String = judged.css.to_ascii_lowercase().split('"').step_by(2).collect();
            for bad in
                ["@import", "@font-face", "url(http", "image-set(", "expression(", "src(", "/*", "<!--"]
            {
                assert!(!has(&flat, bad), "{seed} {name}: {bad} in {} of {text:?}", judged.css);
            }
            let again = css::sheet(&judged.css, list);
            assert_eq!(again.css, judged.css, "{seed} {name}: {text:?}");
            assert!(again.left_out.iter().all(|left_out| !left_out.matters), "{seed} {name}: {again:?}");
        }
        let style = css::declarations(&text, &DRAWING).css;
        assert_eq!(css::declarations(&style, &DRAWING).css, style, "{seed}: {text:?}");
    }
}
