//! Where on the axes of a variable font the faces of a book are.

use skrifa::{FontRef, MetadataProvider, Tag};

/// The weights of text and of bold.
const REGULAR: f32 = 400.0;
const BOLD: f32 = 700.0;
/// The least weight that is told from that of text.
pub(super) const LEAST_BOLD: f32 = 600.0;

/// How far along an axis.
pub(super) type Along = ([u8; 4], f32);

/// A place on the axes of a font.
pub(super) struct Place {
    pub(super) weight: f32,
    pub(super) italic: bool,
    pub(super) axes: Vec<Along>,
}

/// Where on the axes the faces are: two weights, upright and slanted, as far as there are
/// axes for it. Of all others the usual place is meant.
pub(super) fn places(font: &FontRef<'_>, size: f32) -> Vec<Place> {
    let axis = |tag: &[u8; 4]| font.axes().get_by_tag(Tag::new(tag));
    let attributes = font.attributes();
    let optical = axis(b"opsz").map(|axis| (*b"opsz", size.clamp(axis.min_value(), axis.max_value())));
    let weights: Vec<f32> = match axis(b"wght") {
        Some(axis) => {
            let within = |weight: f32| weight.clamp(axis.min_value(), axis.max_value());
            let bold = Some(within(BOLD)).filter(|bold| *bold >= LEAST_BOLD && *bold > within(REGULAR));
            [within(REGULAR)].into_iter().chain(bold).collect()
        }
        None => vec![attributes.weight.value()],
    };
    let slanted = attributes.style != skrifa::attribute::Style::Normal;
    let slants: Vec<(bool, Option<Along>)> = match (axis(b"ital"), axis(b"slnt")) {
        (Some(axis), _) if axis.max_value() >= 1.0 => {
            vec![(false, Some((*b"ital", axis.min_value()))), (true, Some((*b"ital", axis.max_value())))]
        }
        (None, Some(axis)) if !slanted && axis.min_value() < -1.0 => {
            vec![(false, Some((*b"slnt", 0.0))), (true, Some((*b"slnt", axis.min_value())))]
        }
        _ => vec![(slanted, None)],
    };
    let weight_axis = axis(b"wght").is_some();
    let place = |weight: f32, (italic, slant): (bool, Option<Along>)| Place {
        weight,
        italic,
        axes: optical.into_iter().chain(slant).chain(weight_axis.then_some((*b"wght", weight))).collect(),
    };
    slants.iter().flat_map(|slant| weights.iter().map(|weight| place(*weight, *slant))).collect()
}
