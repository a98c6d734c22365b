//! The elements and attributes that a drawing may have.

use crate::css::{self, DRAWING};
use crate::reason::Reason;

/// Elements that draw, and those that drawing elements refer to.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage",
    "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
    "feSpotLight", "feTile", "feTurbulence", "filter", "g", "image", "line", "linearGradient", "marker",
    "mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg",
    "switch", "symbol", "text", "textPath", "title", "tspan", "use",
];

/// Elements of SVG whose going nobody sees.
#[rustfmt::skip]
const UNSEEN: &[&str] = &[
    "color-profile", "cursor", "discard", "font", "font-face", "hatch", "hatchpath", "mesh", "metadata",
    "script", "solidcolor", "unknown", "view",
];

/// Elements that hold words.
const WORDS: &[&str] = &["desc", "text", "textPath", "title", "tspan"];

/// Attributes that hold numbers, names and keywords, which load nothing.
#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "amplitude", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "azimuth",
    "baseFrequency", "baseProfile", "bias", "class", "clipPathUnits", "cx", "cy", "d", "diffuseConstant",
    "divisor", "dx", "dy", "edgeMode", "elevation", "exponent", "filterUnits", "fr", "fx", "fy",
    "gradientTransform", "gradientUnits", "height", "id", "in", "in2", "intercept", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "lang", "lengthAdjust", "limitingConeAngle", "markerHeight",
    "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "mode", "numOctaves", "offset",
    "operator", "order", "orient", "pathLength", "patternContentUnits", "patternTransform", "patternUnits",
    "points", "pointsAtX", "pointsAtY", "pointsAtZ", "preserveAlpha", "preserveAspectRatio",
    "primitiveUnits", "r", "radius", "refX", "refY", "requiredExtensions", "requiredFeatures", "result",
    "role", "rotate", "rx", "ry", "scale", "seed", "slope", "specularConstant", "specularExponent",
    "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "surfaceScale", "systemLanguage",
    "tableValues", "targetX", "targetY", "textLength", "transform", "type", "values", "version", "viewBox",
    "width", "x", "x1", "x2", "xChannelSelector", "y", "y1", "y2", "yChannelSelector", "z",
];

/// What an element is for the judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stays; the name is ours.
    Stays(&'static str),
    /// It goes, and what it holds stays.
    Opens,
    /// It goes with all that it holds. Whether that can be seen.
    Goes { seen: bool },
}

/// What becomes of an element of SVG.
pub(super) fn element(name: &str) -> Verdict {
    match ELEMENTS.binary_search(&name) {
        Ok(found) => Verdict::Stays(ELEMENTS[found]),
        Err(_) if name == "a" => Verdict::Opens,
        Err(_) => Verdict::Goes { seen: !UNSEEN.contains(&name) },
    }
}

pub(super) fn holds_words(element: &str) -> bool {
    WORDS.contains(&element)
}

/// What may stay of an attribute that is no link; the error is what of it may not.
pub(super) fn attribute(name: &str, value: &str) -> Result<Option<String>, Reason> {
    if PLAIN.binary_search(&name).is_ok() {
        return Ok(plain(name, value));
    }
    if name == "style" {
        let judged = css::declarations(value, &DRAWING);
        if let Some(bad) = judged.left_out.into_iter().find(|left_out| left_out.matters) {
            return Err(bad.what.into());
        }
        return Ok(Some(judged.css.trim_end().to_owned()).filter(|css| !css.is_empty()));
    }
    if !css::is_of_drawings(name) {
        return Ok(None);
    }
    if value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'#' | b'.' | b'-' | b'%')) {
        return Ok(Some(value.to_owned()));
    }
    match css::value(value, &DRAWING) {
        Some(value) => Ok(Some(value)),
        None => Err(format!("`{name}`").into()),
    }
}

/// The value of an attribute that loads nothing: numbers, names and keywords have no
/// signs of which addresses and programs are made.
fn plain(name: &str, value: &str) -> Option<String> {
    let is_sign = |c: char| c.is_alphanumeric() || c.is_whitespace() || ".,;-+%#_()".contains(c);
    match name {
        // what it asks for is in no reader that we know
        "requiredExtensions" => Some("unknown".to_owned()),
        "aria-label" | "id" | "role" => Some(value.to_owned()),
        "requiredFeatures" if value.split_whitespace().all(|one| one.starts_with(FEATURES)) => {
            Some(value.to_owned())
        }
        "class" => {
            let names =
                value.split_whitespace().filter(|name| !name.contains(['/', '\\', '(', '<', '"', '\'']));
            Some(names.collect::<Vec<_>>().join(" "))
        }
        _ => value.chars().all(is_sign).then(|| value.to_owned()),
    }
}

/// How the names of parts of SVG 1.1 begin.
const FEATURES: &str = "http://www.w3.org/TR/SVG11/feature#";

#[cfg(test)]
mod tests {
    #[test]
    fn lists_are_in_order() {
        for list in [super::ELEMENTS, super::PLAIN] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
