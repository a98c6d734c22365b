//! The wrap: back, spine and front of a cover on one sheet with bleed.

use super::art::{self, Drawing, PaintedPath, rectangle};
use super::fill::Side;
use super::front::{Template, fields, filled, front};
use super::inks::{Inks, Paint};
use super::{Faces, WrapSpec, barcode, flap, ground};
use crate::book::{Isbn, Meta};
use crate::diag::Checked;
use crate::length::{Abs, Binding, Point, Size};
use resvg::usvg;

/// A finished wrap.
#[derive(Clone, Debug)]
pub struct Wrap {
    /// The sheet in paths; its size includes the bleed.
    pub drawing: Drawing,
    /// How far colour runs beyond the edge.
    pub bleed: Abs,
    /// The front with its bleed on three sides: corner and extent. A picture of
    /// the publisher's own fills it.
    pub front: (Point, Size),
    /// What it shows, in words.
    pub description: String,
}

/// How far the bar code stays from the spine and from the foot.
const BARCODE_INSET_IN: f64 = 0.74;
/// The white box that the bar code stands in.
const BARCODE_BOX_IN: (f64, f64) = (1.8, 1.2);

/// Makes the wrap; none when the template is not usable.
#[must_use]
pub fn wrap(meta: &Meta, template: Template<'_>, faces: &Faces, spec: &WrapSpec) -> Checked<Option<Wrap>> {
    let mut findings = Vec::new();
    let front = front(meta, template, faces).take(&mut findings);
    let Some(front_tree) = &front.tree else { return Checked { value: None, findings } };
    let meta = &faces.spelled(meta);
    let foot = meta.isbn.as_ref().map(|_| above_symbol(front_tree, spec));
    let back = filled(template, Side::Back, &fields(meta), faces, foot).take(&mut findings);
    let Some(back) = back else { return Checked { value: None, findings } };
    let sheet = spec.sheet();
    let mut shapes = art::flatten(front_tree, art::fit(front_tree, spec.front(), spec.trim), sheet);
    shapes.extend(art::flatten(&back, art::fit(&back, spec.back(), spec.trim), sheet));
    let inks = Inks::of_template(template.svg());
    if spec.spine_text {
        let spine = ground::spine(spec);
        shapes.extend(ground::field(&shapes, inks.spine(), spine, spine));
        shapes.extend(super::spine::words(meta, faces, spec, (&inks.spine_family(), inks.spine())));
    }
    shapes.extend(flap::flaps(&shapes, meta, &inks, faces, spec).take(&mut findings));
    if let Some(edition) = &meta.isbn {
        shapes.extend(symbol(edition.isbn, &edition.printed(), faces, spec));
    }
    let drawing = Drawing { size: sheet, shapes, inks };
    let front_panel = if meta.front_flap.is_some() { spec.page_panel() } else { spec.panel() };
    let wrap = Wrap { drawing, bleed: spec.bleed, front: front_panel, description: front.description };
    Checked { value: Some(wrap), findings }
}

/// How far down the words of the back may run, in the template's units: to the
/// bar code, but for a hair.
fn above_symbol(tree: &usvg::Tree, spec: &WrapSpec) -> f64 {
    let place = art::fit(tree, Point::default(), spec.trim);
    let top = spec.trim.height - Abs::inches(BARCODE_INSET_IN + BARCODE_BOX_IN.1) - Abs::mm(2.0);
    f64::from((top.to_f32() - place.ty) / place.sy)
}

/// The bar code in its white box, at the foot of the back beside the spine.
fn symbol(isbn: Isbn, printed: &str, faces: &Faces, spec: &WrapSpec) -> Vec<PaintedPath> {
    let area = Size::new(Abs::inches(BARCODE_BOX_IN.0), Abs::inches(BARCODE_BOX_IN.1));
    let inset = Abs::inches(BARCODE_INSET_IN);
    let left = match spec.binding {
        Binding::Left => spec.back().x + spec.trim.width - inset - area.width,
        Binding::Right => spec.back().x + inset,
    };
    let top = spec.bleed + spec.trim.height - inset - area.height;
    let mut shapes = vec![rectangle(Point::new(left, top), area, Paint([255; 3]))];
    let extent = barcode::size();
    let bars_left = left + (area.width - extent.width).scale(0.5);
    let bars_top = top + Abs::mm(4.4);
    for (at, size) in barcode::bars(isbn) {
        let at = Point::new(bars_left + at.x, bars_top + at.y);
        shapes.push(rectangle(at, size, Paint([0; 3])));
    }
    shapes.extend(figures(isbn, printed, faces, spec, Point::new(bars_left, bars_top)));
    shapes
}

/// The digits below the bars and the number above them.
fn figures(isbn: Isbn, printed: &str, faces: &Faces, spec: &WrapSpec, at: Point) -> Vec<PaintedPath> {
    let digits = isbn.to_string();
    let mm = |modules: u32| Abs::mm(f64::from(modules) * barcode::MODULE_MM).to_pt();
    let middle = |first: u32, modules: u32| mm(first) + mm(modules) / 2.0;
    let foot = Abs::mm(barcode::HEIGHT_MM + 2.6).to_pt();
    let start = barcode::QUIET.0;
    let text = |x: f64, y: f64, size: f64, spread: f64, words: &str| {
        format!(r#"<text x="{x:.3}" y="{y:.3}" font-size="{size}" textLength="{spread:.3}">{words}</text>"#)
    };
    let half = mm(40);
    let svg = [
        text(middle(0, start - 2), foot, 8.0, 4.2, &digits[..1]),
        text(middle(start + 4, 41), foot, 8.0, half, &digits[1..7]),
        text(middle(start + 50, 41), foot, 8.0, half, &digits[7..]),
        text(middle(start, barcode::WIDTH), -3.4, 7.4, mm(barcode::WIDTH), &format!("ISBN {printed}")),
    ];
    let size = barcode::size();
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{:.3}" height="{:.3}" text-anchor="middle" font-family="Libertinus Sans">{}</svg>"#,
        size.width.to_pt(),
        size.height.to_pt(),
        svg.concat()
    );
    let Ok(tree) = usvg::Tree::from_str(&svg, &faces.options()) else { return Vec::new() };
    let place = resvg::tiny_skia::Transform::from_translate(at.x.to_f32(), at.y.to_f32());
    art::flatten(&tree, place, spec.sheet())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::EditionIsbn;
    use crate::cover::front::tests::meta;
    use crate::font::Library;

    fn spec(spine_mm: f64) -> WrapSpec {
        WrapSpec {
            trim: Size::new(Abs::inches(5.5), Abs::inches(8.5)),
            spine: Abs::mm(spine_mm),
            bleed: Abs::inches(0.125),
            hinge: Abs::ZERO,
            flap: Abs::ZERO,
            clear: Abs::inches(0.0625),
            spine_text: true,
            binding: Binding::Left,
        }
    }

    fn made(template: Template<'static>, spec: &WrapSpec) -> Wrap {
        let mut meta = meta();
        meta.isbn = Isbn::parse("9780000000002").map(|isbn| EditionIsbn { isbn, parted: None });
        meta.blurb = Some("A word about margins. ".repeat(12));
        let checked = wrap(&meta, template, &Faces::new(&Library::built_in()), spec);
        assert_eq!(checked.findings, vec![], "{template:?}");
        checked.value.expect("a usable template")
    }

    #[test]
    fn the_sheet_grows_with_the_spine() {
        let sheet = spec(8.0).sheet();
        assert_eq!(sheet.height, Abs::inches(8.75));
        let width = sheet.width.to_mm();
        assert!((width - (2.0 * 139.7 + 8.0 + 6.35)).abs() < 0.001, "{width}");
    }

    /// How far from the left the bars of the symbol begin, in millimetres.
    fn bars_at(spec: &WrapSpec) -> f32 {
        let wrap = made(Template::of_style("report"), spec);
        let first = |shape: &PaintedPath| match shape.path.first() {
            Some(crate::cover::PathStep::Move([x, _])) => *x,
            _ => f32::MAX,
        };
        let black = wrap.drawing.shapes.iter().filter(|shape| shape.fill == Some(Paint([0; 3])));
        black.map(first).fold(f32::MAX, f32::min) / 72.0 * 25.4
    }

    #[test]
    fn a_book_bound_on_the_right_has_its_front_on_the_left() {
        let (left, right) = (spec(8.0), WrapSpec { binding: Binding::Right, ..spec(8.0) });
        let (width, bleed) = (left.trim.width, left.bleed);
        assert_eq!(left.panel().0.x, bleed + width + left.spine);
        assert_eq!(right.panel(), (Point::default(), Size::new(bleed + width, right.sheet().height)));
        assert_eq!((left.front(), left.back()), (right.back(), right.front()));
        // beside the spine, which stands from 142.9 to 150.9 mm
        assert!((60.0..120.0).contains(&bars_at(&left)), "{}", bars_at(&left));
        assert!((165.0..190.0).contains(&bars_at(&right)), "{}", bars_at(&right));
    }

    #[test]
    fn the_bars_are_black_ink_on_white() {
        let wrap = made(Template::of_style("novel"), &spec(12.0));
        let black: Vec<&PaintedPath> =
            wrap.drawing.shapes.iter().filter(|s| s.fill == Some(Paint([0; 3]))).collect();
        // thirty bars, three groups of digits below them, one line above
        assert_eq!(black.len(), 34);
        assert_eq!(wrap.drawing.inks.cmyk(Paint([0; 3])), [0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn a_thin_spine_stays_empty() {
        let thin = made(Template::of_style("pamphlet"), &spec(3.0)).drawing.shapes.len();
        let thick = made(Template::of_style("pamphlet"), &spec(9.0)).drawing.shapes.len();
        assert!(thick > thin);
    }

    #[test]
    fn every_template_covers_the_whole_sheet() {
        for template in Template::names().map(Template::of_style) {
            let wrap = made(template, &spec(20.0));
            let ground = &wrap.drawing.shapes[0];
            let corner = |step: &crate::cover::PathStep| match step {
                crate::cover::PathStep::Move(p) => Some(*p),
                _ => None,
            };
            let [left, top] = ground.path.iter().find_map(corner).expect("a start");
            assert!(left < 0.0 && top < 0.0, "{template:?}");
        }
    }
}
