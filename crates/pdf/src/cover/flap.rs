//! The words on the flaps of a jacket.
//!
//! A template knows a front and a back, and its ground runs on over the flaps; their words are set here, in
//! the family and the colour of those on the spine. Where the ground changes below them, they stand on a
//! plain field, as the words of a spine do.

use super::art::{self, PaintedPath};
use super::fields::Field;
use super::fill::Side;
use super::front::{Template, fields, filled};
use super::inks::Inks;
use super::room::VIEW_WIDTH;
use super::{Faces, WrapSpec, ground};
use crate::book::Meta;
use crate::diag::{Checked, Code, Diagnostic, Severity};
use crate::length::{Abs, Point, Size};
use quick_xml::escape::escape;
use resvg::tiny_skia::Transform;

/// The size of the words wanted, and the least; in points.
const SIZES: (f64, f64) = (10.0, 7.5);
/// How far the ground must be even above the words and below them.
const AIR: Abs = Abs::raw(65_536 * 12);
/// What stays free at both sides, of the flap's width.
const MARGIN: f64 = 0.14;
/// What stays free at head and foot, of the book's height.
const INSET: f64 = 0.08;

/// Both flaps with their words, above what was drawn so far; nothing where no words are given. Words for which
/// the cover has no flap are told of.
pub(super) fn flaps(
    shapes: &[PaintedPath],
    meta: &Meta,
    inks: &Inks,
    faces: &Faces,
    spec: &WrapSpec,
) -> Checked<Vec<PaintedPath>> {
    let mut findings = Vec::new();
    let mut made = Vec::new();
    let words = fields(meta);
    for (field, at) in [(Field::FrontFlap, spec.front_flap()), (Field::BackFlap, spec.back_flap())] {
        if words.get(field).is_empty() {
            continue;
        }
        if spec.flap <= Abs::ZERO {
            findings.push(without_flap(field));
            continue;
        }
        let svg = svg(field, inks, spec);
        let tree = filled(Template::Own(&svg), Side::Front, &words, faces, Some(foot(spec)));
        let Some(tree) = tree.take(&mut findings) else { continue };
        let scale = Abs::pt(1.0 / unit(spec)).to_f32();
        let words = tree.root().abs_bounding_box();
        let down = |units: f32| at.y + Abs::pt(f64::from(units * scale));
        let (top, bottom) = (down(words.top()) - AIR, down(words.bottom()) + AIR);
        let behind = (Point { y: top, ..at }, Size::new(spec.flap, bottom - top));
        made.extend(ground::field(shapes, inks.spine(), behind, around(at, spec)));
        let place = Transform::from_row(scale, 0.0, 0.0, scale, at.x.to_f32(), at.y.to_f32());
        made.extend(art::flatten(&tree, place, spec.sheet()));
    }
    Checked { value: made, findings }
}

/// Units of the drawing for each point of a flap.
fn unit(spec: &WrapSpec) -> f64 {
    VIEW_WIDTH / spec.flap.to_pt().max(1.0)
}

/// How far down the words may run, in units of the drawing.
fn foot(spec: &WrapSpec) -> f64 {
    spec.trim.height.to_pt() * (1.0 - INSET) * unit(spec)
}

/// A flap before its words are set.
fn svg(field: Field, inks: &Inks, spec: &WrapSpec) -> String {
    let (unit, height) = (unit(spec), spec.trim.height.to_pt());
    let [red, green, blue] = inks.spine().0;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {VIEW_WIDTH} {:.2}"><text data-field="{}" data-break="first-fit" data-width="{:.2}" data-lines="{}" data-size="{:.2}" data-min-size="{:.2}" data-leading="1.4" x="{:.2}" y="{:.2}" font-family="{}" fill="#{red:02x}{green:02x}{blue:02x}"/></svg>"##,
        height * unit,
        field.name(),
        VIEW_WIDTH * (1.0 - 2.0 * MARGIN),
        (height * (1.0 - 2.0 * INSET) / (SIZES.1 * 1.4)).max(1.0).floor(),
        SIZES.0 * unit,
        SIZES.1 * unit,
        VIEW_WIDTH * MARGIN,
        (height * INSET + SIZES.0) * unit,
        escape(inks.spine_family().as_str()),
    )
}

/// A flap with its bleed at the three edges.
fn around(at: Point, spec: &WrapSpec) -> (Point, Size) {
    let left = if at.x > spec.spine_left() { at.x } else { Abs::ZERO };
    (Point::new(left, Abs::ZERO), Size::new(spec.flap + spec.bleed, spec.sheet().height))
}

fn without_flap(field: Field) -> Diagnostic {
    let message = format!("the words of `{}` are not printed: the cover has no flaps", field.name());
    let hint = "only a jacket has flaps: `flap` in a printer's file of your own says how wide they are";
    let mut finding = Diagnostic::new(Code::CoverText, None, message).hint(hint);
    finding.severity = Severity::Note;
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cover::PathStep;
    use crate::cover::front::tests::meta;
    use crate::cover::wrap;
    use crate::font::Library;
    use crate::length::Binding;

    fn spec(flap_mm: f64, binding: Binding) -> WrapSpec {
        WrapSpec {
            trim: Size::new(Abs::inches(5.5), Abs::inches(8.5)),
            spine: Abs::mm(20.0),
            bleed: Abs::inches(0.125),
            hinge: Abs::ZERO,
            flap: Abs::mm(flap_mm),
            clear: Abs::mm(1.5),
            spine_text: true,
            binding,
        }
    }

    /// Where the shapes that the words of flaps add to a wrap begin and end, from the left and from the head.
    fn extent(front: bool, spec: &WrapSpec) -> [f64; 4] {
        let faces = Faces::new(&Library::built_in());
        let bare = wrap(&meta(), Template::of_style("plain"), &faces, spec).value.expect("a wrap");
        let words = Some("Words about margins, and who wrote them. ".repeat(14));
        let meta = if front {
            crate::book::Meta { front_flap: words, ..meta() }
        } else {
            crate::book::Meta { back_flap: words, ..meta() }
        };
        let checked = wrap(&meta, Template::of_style("plain"), &faces, spec);
        assert_eq!(checked.findings, vec![]);
        let made = checked.value.expect("a wrap").drawing.shapes;
        let added = made.iter().filter(|shape| !bare.drawing.shapes.contains(shape));
        let points = added.flat_map(|shape| &shape.path).filter_map(|step| match *step {
            PathStep::Move([x, y]) => Some([f64::from(x), f64::from(y)]),
            _ => None,
        });
        points.fold([f64::MAX, f64::MIN, f64::MAX, f64::MIN], |[left, right, head, foot], [x, y]| {
            [left.min(x), right.max(x), head.min(y), foot.max(y)]
        })
    }

    #[test]
    fn words_stay_within_their_flap() {
        for (front, binding) in [(true, Binding::Left), (false, Binding::Left), (true, Binding::Right)] {
            let spec = spec(80.0, binding);
            let (at, size) = around(if front { spec.front_flap() } else { spec.back_flap() }, &spec);
            let [left, right, head, foot] = extent(front, &spec);
            let edges = (at.x.to_pt(), (at.x + size.width).to_pt());
            assert!(left > edges.0 + 20.0 && right < edges.1 - 20.0, "{left} {right} {edges:?}");
            assert!(head > 40.0 && foot < spec.sheet().height.to_pt() - 40.0, "{head} {foot}");
        }
    }

    #[test]
    fn words_without_a_flap_are_told_of() {
        let faces = Faces::new(&Library::built_in());
        let meta = crate::book::Meta { front_flap: Some("Words.".into()), ..meta() };
        let checked = wrap(&meta, Template::of_style("plain"), &faces, &spec(0.0, Binding::Left));
        let found: Vec<(Code, Severity)> = checked.findings.iter().map(|f| (f.code, f.severity)).collect();
        assert_eq!(found, [(Code::CoverText, Severity::Note)]);
    }
}
