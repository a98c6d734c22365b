//! Crop and fold marks: hairlines outside of the trimmed sheet.

use crate::length::{Abs, Point, Size};

/// A line to cut or fold at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// One end.
    pub from: Point,
    /// The other.
    pub to: Point,
    /// A fold is dashed, a cut is not.
    pub fold: bool,
}

/// Marks keep this far from the trim, so that none is left after a cut that
/// wanders.
const GAP: f64 = 2.0;
/// How long they are, where the paper has room.
const LENGTH: f64 = 5.0;

/// The marks of an open book with that corner and extent, which is folded on
/// both sides of its spine; once where that has no width. Where the paper ends
/// at the trim there are none.
pub(super) fn marks(sheet: Size, corner: Point, open: Size, spine: Abs) -> Vec<Mark> {
    let far = Point::new(corner.x + open.width, corner.y + open.height);
    let page = (open.width - spine) / 2;
    let other = (spine > Abs::ZERO).then_some(far.x - page);
    let folds = [corner.x + page].into_iter().chain(other).map(|x| (x, true));
    let mut marks = Vec::new();
    for (x, fold) in folds.chain([(corner.x, false), (far.x, false)]) {
        for (edge, outwards, end) in [(corner.y, -1, Abs::ZERO), (far.y, 1, sheet.height)] {
            if let Some((near, off)) = reach(edge, outwards, end) {
                marks.push(Mark { from: Point::new(x, near), to: Point::new(x, off), fold });
            }
        }
    }
    for y in [corner.y, far.y] {
        for (edge, outwards, end) in [(corner.x, -1, Abs::ZERO), (far.x, 1, sheet.width)] {
            if let Some((near, off)) = reach(edge, outwards, end) {
                marks.push(Mark { from: Point::new(near, y), to: Point::new(off, y), fold: false });
            }
        }
    }
    marks
}

/// From the gap at an edge outwards, not over the end of the paper.
fn reach(edge: Abs, outwards: i64, end: Abs) -> Option<(Abs, Abs)> {
    let near = edge + Abs::mm(GAP) * outwards;
    let room = (end - near) * outwards;
    let length = room.min(Abs::mm(LENGTH));
    (length > Abs::mm(0.5)).then(|| (near, near + length * outwards))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_on_the_paper_and_off_the_trim() {
        let sheet = Size::new(Abs::mm(450.0), Abs::mm(320.0));
        let (corner, open) =
            (Point::new(Abs::mm(70.0), Abs::mm(50.0)), Size::new(Abs::mm(310.0), Abs::mm(220.0)));
        let marks = marks(sheet, corner, open, Abs::ZERO);
        assert_eq!(marks.iter().filter(|mark| mark.fold).count(), 2);
        assert_eq!(marks.len(), 10);
        for end in marks.iter().flat_map(|mark| [mark.from, mark.to]) {
            let inside = |at: Abs, low: Abs, length: Abs| at > low && at < low + length;
            assert!(!(inside(end.x, corner.x, open.width) && inside(end.y, corner.y, open.height)));
            assert!(
                end.x >= Abs::ZERO && end.y >= Abs::ZERO && end.x <= sheet.width && end.y <= sheet.height
            );
        }
    }

    #[test]
    fn paper_of_the_exact_size_has_no_marks() {
        let sheet = Size::new(Abs::inches(11.0), Abs::inches(8.5));
        assert_eq!(marks(sheet, Point::default(), sheet, Abs::ZERO), []);
    }
}
