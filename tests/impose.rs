//! The booklet, taken from the file, folded, and read.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/read.rs"]
mod read;

use lopdf::content::Content;
use pamphleteer::book::Meta;
use pamphleteer::cover::{self, Booklet, Faces, Template, WrapSpec};
use pamphleteer::font::Library;
use pamphleteer::impose::{self, A4, Gathering, LETTER, Plan};
use pamphleteer::length::{Abs, Binding, Point, Size};
use pamphleteer::pages::{Info, Item, Page, Pages, Placed, Role};
use pamphleteer::pdf::{self, Extras, WrapContent};
use read::Read;

/// A book whose page n has a rule of n points, to be told by it.
fn book(count: u32, trim: Size) -> Pages {
    let page = |number: u32| {
        let size = Size::new(Abs::pt(f64::from(number)), Abs::pt(2.0));
        let at = Point::new(Abs::pt(100.0), Abs::pt(100.0));
        let items = vec![Placed { at, item: Item::Rule(size), role: Role::Ornament }];
        Page { label: number.to_string(), items, ..Page::default() }
    };
    let info =
        Info { title: "Rules".into(), language: "en".into(), date: Some((2024, 2, 29)), ..Info::default() };
    Pages { info, trim, pages: (1..=count).map(page).collect(), ..Pages::default() }
}

fn half_letter() -> Size {
    Size::new(Abs::inches(5.5), Abs::inches(8.5))
}

/// A page as it stands on a side of a sheet in the file.
#[derive(Clone, Copy, Debug)]
struct Found {
    number: u32,
    x: f32,
    y: f32,
    scale: f32,
}

/// The left and the right page of every side; none for a blank.
fn sides(pdf: &Read) -> Vec<[Option<Found>; 2]> {
    let middle = pdf.page_box(0, "MediaBox").unwrap()[2] / 2.0;
    let side = |index: usize| {
        let found = painted(pdf, index);
        let left = |found: &&Found| found.x < middle - 40.0;
        [found.iter().find(left).copied(), found.iter().find(|f| !left(f)).copied()]
    };
    (0..pdf.pages().len()).map(side).collect()
}

fn painted(pdf: &Read, index: usize) -> Vec<Found> {
    let content = Content::decode(&pdf.0.get_page_content(pdf.pages()[index])).unwrap();
    let forms = pdf.dict(pdf.page(index).get(b"Resources").unwrap());
    let forms = pdf.dict(forms.get(b"XObject").unwrap());
    let mut place = [0.0; 6];
    let mut found = Vec::new();
    for operation in &content.operations {
        match operation.operator.as_str() {
            "cm" => place = std::array::from_fn(|i| operation.operands[i].as_float().unwrap()),
            "Do" => {
                let form = forms.get(operation.operands[0].as_name().unwrap()).unwrap();
                found.push(Found {
                    number: width_of_rule(pdf, form),
                    x: place[4],
                    y: place[5],
                    scale: place[0],
                });
            }
            _ => {}
        }
    }
    found
}

/// The page's own number, from what is painted in its form.
fn width_of_rule(pdf: &Read, form: &lopdf::Object) -> u32 {
    let (_, form) = pdf.0.dereference(form).unwrap();
    let content = form.as_stream().unwrap().decompressed_content().unwrap();
    let content = Content::decode(&content).unwrap();
    let mut xs = Vec::new();
    for operation in &content.operations {
        match operation.operator.as_str() {
            "m" | "l" => xs.push(operation.operands[0].as_float().unwrap()),
            "re" => xs.extend([0.0, operation.operands[2].as_float().unwrap()]),
            _ => {}
        }
    }
    let (least, most) = xs.iter().fold((f32::MAX, f32::MIN), |(a, b), x| (a.min(*x), b.max(*x)));
    (most - least).round() as u32
}

/// Folds each gathering of sheets and leafs through it: the right half of an
/// outer side, then the left half of the inner side behind it, and so on to
/// the middle; then back out.
fn leaf_through(sides: &[[Option<Found>; 2]], sheets: usize) -> Vec<Option<u32>> {
    let mut read = Vec::new();
    for gathering in sides.chunks(2 * sheets) {
        let number = |side: &[Option<Found>; 2], half: usize| side[half].map(|found| found.number);
        for sheet in gathering.chunks(2) {
            read.extend([number(&sheet[0], 1), number(&sheet[1], 0)]);
        }
        for sheet in gathering.chunks(2).rev() {
            read.extend([number(&sheet[1], 1), number(&sheet[0], 0)]);
        }
    }
    read
}

fn write(pages: &Pages, plan: &Plan) -> Read {
    let (sheets, _) = impose::sheets(pages, plan).unwrap();
    Read::new(&pdf::sheets(pages, &sheets, Extras::default()).unwrap().bytes)
}

#[test]
fn a_folded_booklet_reads_from_one_to_the_end() {
    for count in [1, 4, 7, 8, 76] {
        let pdf = write(&book(count, half_letter()), &Plan::booklet(LETTER));
        let sheets = (count as usize).div_ceil(4);
        assert_eq!(pdf.pages().len(), 2 * sheets);
        let mut expected: Vec<_> = (1..=count).map(Some).collect();
        expected.resize(4 * sheets, None);
        assert_eq!(leaf_through(&sides(&pdf), sheets), expected, "{count} pages");
    }
}

#[test]
fn folded_sections_read_from_one_to_the_end() {
    let plan = Plan { gathering: Gathering::Sections(16), ..Plan::booklet(LETTER) };
    let pdf = write(&book(64, half_letter()), &plan);
    let expected: Vec<_> = (1..=64).map(Some).collect();
    assert_eq!(leaf_through(&sides(&pdf), 4), expected);
}

#[test]
fn the_two_pages_of_a_side_add_up() {
    for [left, right] in sides(&write(&book(76, half_letter()), &Plan::booklet(LETTER))) {
        assert_eq!(left.unwrap().number + right.unwrap().number, 77);
    }
}

#[test]
fn inner_sheets_move_to_the_spine_by_the_formula() {
    let paper = Abs::mm(0.13);
    let plan = Plan { paper, ..Plan::booklet(LETTER) };
    let pdf = write(&book(76, half_letter()), &plan);
    for (index, [left, right]) in sides(&pdf).into_iter().enumerate() {
        let creep = 1.25 * 0.13 * 72.0 / 25.4 * (index / 2) as f32;
        let (left, right) = (left.unwrap(), right.unwrap());
        assert!((left.x - creep).abs() < 0.002, "left of side {index}: {} for {creep}", left.x);
        assert!((right.x - (396.0 - creep)).abs() < 0.002, "right of side {index}: {}", right.x);
        assert!(left.y.abs() < 0.002 && (left.scale - 1.0).abs() < 1e-6);
    }
}

#[test]
fn pages_are_reused_as_forms_and_nothing_is_rasterised() {
    let pdf = write(&book(8, half_letter()), &Plan::booklet(A4));
    let streams = || pdf.0.objects.values().filter_map(|object| object.as_stream().ok());
    let of_kind = |kind: &[u8]| {
        streams().filter(|s| s.dict.get(b"Subtype").is_ok_and(|k| k.as_name().unwrap() == kind)).count()
    };
    assert_eq!((of_kind(b"Form"), of_kind(b"Image")), (8, 0));
}

#[test]
fn boxes_and_marks_tell_where_to_cut() {
    let sheet = Size::new(Abs::mm(450.0), Abs::mm(320.0));
    let pdf = write(&book(8, half_letter()), &Plan::booklet(sheet));
    let trim = pdf.page_box(0, "TrimBox").unwrap();
    assert!((trim[2] - trim[0] - 792.0).abs() < 0.01 && (trim[3] - trim[1] - 612.0).abs() < 0.01);
    let content = Content::decode(&pdf.0.get_page_content(pdf.pages()[0])).unwrap();
    let strokes: Vec<_> =
        content.operations.iter().filter(|o| o.operator == "m" || o.operator == "l").collect();
    assert_eq!(strokes.len(), 20, "eight crop marks and two for the fold");
    for stroke in strokes {
        let [x, y] = [0, 1].map(|i| stroke.operands[i].as_float().unwrap());
        assert!(!(x > trim[0] && x < trim[2] && y > trim[1] && y < trim[3]), "{x} {y} is inside of the trim");
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let pages = book(12, half_letter());
    let (sheets, _) = impose::sheets(&pages, &Plan::booklet(A4)).unwrap();
    let write = || pdf::sheets(&pages, &sheets, Extras::default()).unwrap();
    assert_eq!(write(), write());
}

#[test]
fn sheets_of_other_pages_are_an_error() {
    let (sheets, _) = impose::sheets(&book(12, half_letter()), &Plan::booklet(A4)).unwrap();
    assert!(pdf::sheets(&book(4, half_letter()), &sheets, Extras::default()).is_err());
}

/// On every side of every gathering on every sheet: who stands beside whom, and
/// how far from the fold.
#[test]
fn any_sheet_and_any_gathering_keep_the_rules() {
    let wide = Size::new(Abs::mm(450.0), Abs::mm(320.0));
    let paper = Abs::mm(0.2);
    for sheet in [A4, LETTER, wide] {
        for (gathering, each) in
            [(Gathering::Saddle, 76), (Gathering::Sections(16), 16), (Gathering::Sections(32), 32)]
        {
            let plan = Plan { gathering, paper, ..Plan::booklet(sheet) };
            let pages = book(76, half_letter());
            let (sheets, _) = impose::sheets(&pages, &plan).unwrap();
            let sides = sides(&write(&pages, &plan));
            assert_eq!(sides.len(), 38);
            let (left_edge, open) = (sheets.trim.0.x.to_f32(), sheets.trim.1.width.to_f32());
            for (index, [left, right]) in sides.iter().enumerate() {
                let (left, right) = (left.unwrap(), right.unwrap());
                let section = 2 * index / each;
                let (before, count) = (section * each, each.min(76 - section * each));
                assert_eq!((left.number + right.number) as usize, 2 * before + count + 1);
                let around = (index - before / 2) / 2;
                let creep = 1.25 * 0.2 * 72.0 / 25.4 * around as f32;
                assert!((left.x - left_edge - creep).abs() < 0.003, "{gathering:?} side {index}: {left:?}");
                let fold = left_edge + open / 2.0;
                assert!((right.x - (fold - creep)).abs() < 0.003, "{gathering:?} side {index}: {right:?}");
                assert!((f64::from(left.scale) - sheets.scale).abs() < 1e-6);
            }
        }
    }
}

/// The open cover with a spine of that width.
fn flat_cover(spine: Abs) -> cover::Wrap {
    let bleed = Abs::inches(0.125);
    let spec = WrapSpec {
        trim: half_letter(),
        spine,
        bleed,
        clear: Abs::ZERO,
        spine_text: false,
        hinge: Abs::ZERO,
        flap: Abs::ZERO,
        binding: Binding::Left,
    };
    let meta = Meta { title: "Rules".into(), ..Meta::default() };
    let faces = Faces::new(&Library::built_in());
    cover::wrap(&meta, Template::of_style("pamphlet"), &faces, &spec).value.unwrap()
}

#[test]
fn a_cover_lies_around_all_sheets() {
    let plan = Plan { cover: true, ..Plan::booklet(LETTER) };
    let pages = book(8, half_letter());
    let (sheets, _) = impose::sheets(&pages, &plan).unwrap();
    let wrap = flat_cover(Abs::ZERO);
    let cover = WrapContent { wrap: &wrap, picture: None, ink_percent: 300 };
    let extras = Extras { cover: Some(cover), advice: None };
    let pdf = Read::new(&pdf::sheets(&pages, &sheets, extras).unwrap().bytes);
    assert_eq!(pdf.pages().len(), 2 + 4);
    let all = sides(&pdf);
    let [outside, inside] = [0, 1].map(|side| painted_forms(&pdf, side));
    assert_eq!((outside, inside), (1, 0), "the cover is blank inside");
    let expected: Vec<_> = (1..=8).map(Some).collect();
    assert_eq!(leaf_through(&all[2..], 2), expected);
    let creep = impose::creep(1, plan.paper).to_f32();
    assert!((all[2][0].unwrap().x - creep).abs() < 0.003, "the outermost sheet lies in the cover");
    let intent = pdf.array(pdf.catalog().get(b"OutputIntents").unwrap())[0].clone();
    let (_, profile) = pdf.0.dereference(pdf.dict(&intent).get(b"DestOutputProfile").unwrap()).unwrap();
    assert_eq!(profile.as_stream().unwrap().dict.get(b"N").unwrap().as_i64().unwrap(), 4);
}

#[test]
fn a_cover_around_sections_has_its_spine_in_the_middle() {
    let sheet = Size::new(Abs::mm(450.0), Abs::mm(320.0));
    let plan =
        Plan { gathering: Gathering::Sections(16), cover: true, paper: Abs::mm(0.2), ..Plan::booklet(sheet) };
    let pages = book(40, half_letter());
    let (sheets, _) = impose::sheets(&pages, &plan).unwrap();
    assert_eq!(sheets.cover.spine, Abs::mm(0.2) * 20);
    let wrap = flat_cover(sheets.cover.spine);
    let cover = WrapContent { wrap: &wrap, picture: None, ink_percent: 300 };
    let extras = Extras { cover: Some(cover), advice: None };
    let pdf = Read::new(&pdf::sheets(&pages, &sheets, extras).unwrap().bytes);
    let [around, inner] = [0, 2].map(|side| pdf.page_box(side, "TrimBox").unwrap());
    let spine = sheets.cover.spine.to_f32();
    assert!((around[2] - around[0] - (inner[2] - inner[0]) - spine).abs() < 0.01);
    assert!((around[0] + around[2] - (inner[0] + inner[2])).abs() < 0.01, "both stand in the middle");
    let bleed = pdf.page_box(0, "BleedBox").unwrap();
    assert!((around[0] - bleed[0] - 9.0).abs() < 0.01 && (bleed[3] - around[3] - 9.0).abs() < 0.01);
    assert!((painted(&pdf, 0)[0].x - bleed[0]).abs() < 0.01, "the form begins with its bleed");
}

fn painted_forms(pdf: &Read, side: usize) -> usize {
    let content = Content::decode(&pdf.0.get_page_content(pdf.pages()[side])).unwrap();
    content.operations.iter().filter(|operation| operation.operator == "Do").count()
}

#[test]
fn advice_comes_on_a_sheet_of_its_own() {
    let plan = Plan { marks: false, ..Plan::booklet(A4) };
    let pages = book(8, half_letter());
    let (sheets, _) = impose::sheets(&pages, &plan).unwrap();
    let booklet = Booklet { title: "Rules", sheets: 2, section: 2, cover: false };
    let advice = cover::advice(&booklet, &Faces::new(&Library::built_in()), A4);
    let extras = Extras { advice: Some(&advice), cover: None };
    let pdf = Read::new(&pdf::sheets(&pages, &sheets, extras).unwrap().bytes);
    assert_eq!(pdf.pages().len(), 2 + 4);
    assert_eq!((painted_forms(&pdf, 0), painted_forms(&pdf, 1)), (1, 0));
    assert_eq!(leaf_through(&sides(&pdf)[2..], 2), (1..=8).map(Some).collect::<Vec<_>>());
}
