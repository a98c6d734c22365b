//! Page breaking always finds a way: random columns that no page wants.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::length::Abs;
use pamphleteer::pages::Compromise;
use pamphleteer::typeset::paginate::{
    Divided, Frame, Layout, LineCall, Lines, NoteLine, NoteRoll, OptimalPages, PageBreaker, PageItem,
    PagePart, Shape, Solid, SpaceHeight,
};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

const GRID: i64 = 10;
const DEPTH: i64 = 100;

fn points(n: u64) -> Abs {
    Abs::pt(n as f64)
}

/// A column with notes, in which nothing is higher than a page.
fn column(dice: &mut Dice) -> (Vec<PageItem>, NoteRoll) {
    let mut notes = NoteRoll::default();
    let count = 1 + dice.below(40);
    let keeps = 1 + dice.below(6);
    let mut items = Vec::new();
    for _ in 0..count {
        // White that stays is never doubled by other white.
        let kept = matches!(items.last(), Some(PageItem::Space { kept: true, .. }));
        items.push(match dice.below(8) {
            0 | 1 if kept => lines(dice, &mut notes, keeps),
            0 => space(dice),
            1 => PageItem::Snap,
            2 | 3 => solid(dice, &mut notes, keeps),
            _ => lines(dice, &mut notes, keeps),
        });
    }
    (items, notes)
}

fn space(dice: &mut Dice) -> PageItem {
    let height = points(dice.below(40));
    if dice.once_in(4) {
        let gone = SpaceHeight { height: Abs::ZERO, cost: 30_000.0 };
        return PageItem::Space { heights: vec![SpaceHeight::natural(height), gone], kept: true };
    }
    PageItem::Space { heights: vec![SpaceHeight::natural(height)], kept: false }
}

fn call(dice: &mut Dice, notes: &mut NoteRoll) -> u32 {
    let most = if dice.once_in(9) { 60 } else { 6 };
    let lines = 1 + dice.below(most);
    for n in 0..lines {
        let glued = n > 0 && dice.once_in(3);
        notes.push(NoteLine { height: points(4 + dice.below(8)), starts: n == 0, glued });
    }
    notes.len()
}

fn solid(dice: &mut Dice, notes: &mut NoteRoll, keeps: u64) -> PageItem {
    let floats = dice.once_in(2);
    PageItem::Solid(Solid {
        height: points(1 + dice.below(DEPTH as u64)),
        keep_next: dice.once_in(keeps),
        divided: dice.once_in(4).then_some(Divided::Row),
        floats,
        begins_spread: false,
        pad: if floats { points(GRID as u64) } else { Abs::ZERO },
        notes_due: (!floats && dice.once_in(6)).then(|| call(dice, notes)),
        head: None,
    })
}

fn lines(dice: &mut Dice, notes: &mut NoteRoll, keeps: u64) -> PageItem {
    let most = if dice.once_in(8) { 40 } else { 6 };
    let count = 1 + dice.below(most) as u32;
    let calls = if dice.once_in(4) {
        vec![LineCall { line: dice.below(u64::from(count)) as u32, notes_due: call(dice, notes) }]
    } else {
        Vec::new()
    };
    let shape = Shape { lines: count, cost: 0.0, calls, ..Shape::default() };
    PageItem::Lines(Lines {
        leading: points(if dice.once_in(3) { 1 + dice.below(DEPTH as u64) } else { GRID as u64 }),
        shapes: vec![shape],
        keep_next: dice.once_in(keeps),
        keep_together: dice.once_in(keeps),
        barrier: dice.once_in(5),
        divided: (None, None),
    })
}

/// Everything stands once, in order, and on the page.
fn holds_all(items: &[PageItem], notes: &NoteRoll, layout: &Layout, name: u64) {
    let mut set = vec![0u32; items.len()];
    let mut note = 0;
    for page in &layout.pages {
        for part in &page.parts {
            let (height, first) = match &items[part.item.index()] {
                PageItem::Lines(lines) => {
                    (lines.leading * i64::from(part.lines.end - part.lines.start), part.lines.start)
                }
                PageItem::Solid(solid) => (solid.height, 0),
                other => panic!("{name}: {other:?} is no part of a page"),
            };
            assert!(part.y + height <= Abs::pt(DEPTH as f64), "{name}: item {:?} leaves the page", part.item);
            assert_eq!(first, set[part.item.index()], "{name}: item {:?} in disorder", part.item);
            set[part.item.index()] = part.lines.end;
        }
        assert_eq!(page.notes.start, note, "{name}: notes in disorder");
        note = page.notes.end;
    }
    assert_eq!(note, notes.len(), "{name}: notes are lost");
    for (unit, set) in items.iter().zip(set) {
        let whole = match unit {
            PageItem::Lines(lines) => lines.shapes[0].lines,
            PageItem::Solid(_) => 1,
            _ => 0,
        };
        assert_eq!(set, whole, "{name}: {unit:?} is lost or cut");
    }
}

/// A paragraph of so many lines as high as the grid, the first of which may call notes.
fn text(count: u32, notes_due: Option<u32>) -> Lines {
    let calls = notes_due.map(|notes_due| LineCall { line: 0, notes_due }).into_iter().collect();
    Lines {
        leading: points(GRID as u64),
        shapes: vec![Shape { lines: count, cost: 0.0, calls, ..Shape::default() }],
        keep_next: false,
        keep_together: false,
        barrier: false,
        divided: (None, None),
    }
}

fn frame() -> Frame {
    Frame { depth: points(DEPTH as u64), grid: points(GRID as u64), note_gap: Abs::ZERO, starts_recto: true }
}

/// How many lines of text and of notes stand on each page.
fn dealt(items: &[PageItem], notes: &NoteRoll) -> Vec<(u32, u32)> {
    let layout = OptimalPages.break_pages(items, notes, &frame());
    let lines = |part: &PagePart| match &items[part.item.index()] {
        PageItem::Lines(_) => part.lines.end - part.lines.start,
        _ => 0,
    };
    let pages = layout.pages.iter();
    pages.map(|page| (page.parts.iter().map(lines).sum(), page.notes.end - page.notes.start)).collect()
}

#[test]
fn a_long_note_is_as_long_on_one_page_as_on_the_next() {
    let mut notes = NoteRoll::default();
    for n in 0..12 {
        notes.push(NoteLine { height: points(GRID as u64), starts: n == 0, glued: false });
    }
    let items = [PageItem::Lines(text(2, Some(12))), PageItem::Lines(text(16, None))];
    assert_eq!(dealt(&items, &notes), [(4, 6), (4, 6), (10, 0)]);
}

#[test]
fn a_heading_goes_overleaf_though_its_page_is_left_nearly_empty() {
    let heading = Lines { barrier: true, keep_next: true, ..text(1, None) };
    let table = Solid {
        height: points(9 * GRID as u64),
        keep_next: false,
        divided: None,
        floats: false,
        begins_spread: false,
        pad: Abs::ZERO,
        notes_due: None,
        head: None,
    };
    let items = [PageItem::Lines(text(1, None)), PageItem::Lines(heading), PageItem::Solid(table)];
    assert_eq!(dealt(&items, &NoteRoll::default()), [(1, 0), (1, 0)]);
}

#[test]
fn an_item_of_one_line_stays_with_its_list() {
    let mut first = text(1, None);
    first.divided.1 = Some(Divided::Item);
    let list = [first, text(1, None), text(1, None), text(12, None)].map(PageItem::Lines);
    let mut shapes = text(8, None);
    let shorter = Shape { lines: 9, cost: 50.0, ..shapes.shapes[0].clone() };
    shapes.shapes.push(Shape { lines: 10, cost: 60.0, ..shorter.clone() });
    shapes.shapes.push(shorter);
    let items: Vec<PageItem> =
        [PageItem::Lines(text(1, None)), PageItem::Lines(shapes)].into_iter().chain(list).collect();
    assert_eq!(dealt(&items, &NoteRoll::default())[0], (10, 0));
    assert_eq!(dealt(&items, &NoteRoll::default())[1], (10, 0));
}

#[test]
fn a_plate_may_stand_behind_the_last_words() {
    let plate = Solid {
        height: points(DEPTH as u64),
        keep_next: false,
        divided: None,
        floats: true,
        begins_spread: false,
        pad: Abs::ZERO,
        notes_due: None,
        head: None,
    };
    let items = [PageItem::Lines(text(3, None)), PageItem::Solid(plate), PageItem::Lines(text(4, None))];
    assert_eq!(dealt(&items, &NoteRoll::default()), [(7, 0), (0, 0)]);
}

#[test]
fn every_column_has_its_pages() {
    for seed in 0..1000 {
        let mut dice = Dice(seed * 7919 + 1);
        let (items, notes) = column(&mut dice);
        let frame = Frame {
            depth: Abs::pt(DEPTH as f64),
            grid: Abs::pt(GRID as f64),
            note_gap: Abs::pt(7.0),
            starts_recto: dice.once_in(2),
        };
        let layout = OptimalPages.break_pages(&items, &notes, &frame);
        holds_all(&items, &notes, &layout, seed);
        let forced = layout.compromises.iter().find(|(_, taken)| *taken == Compromise::OverfullPage);
        assert!(forced.is_none(), "{seed}: {forced:?} in {items:?}");
        no_float_passes_a_barrier(&items, &layout, seed);
    }
}

fn no_float_passes_a_barrier(items: &[PageItem], layout: &Layout, name: u64) {
    let mut order = Vec::new();
    for part in layout.pages.iter().flat_map(|page| &page.parts) {
        order.push(part.item);
    }
    for (at, unit) in order.iter().enumerate() {
        if matches!(&items[unit.index()], PageItem::Lines(lines) if lines.barrier) {
            assert!(order[at..].iter().all(|later| later >= unit), "{name}: a box floats past {unit:?}");
        }
    }
}
