//! The editions side by side, as another renderer paints them: what is read on
//! the screen is what comes from the press, and what a proof image shows.
//!
//! Needs `pdftoppm` (poppler-utils). Real books are taken from the folder that
//! `PAMPHLETEER_BOOKS` names.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

#[path = "common/pages.rs"]
mod fixture;
#[path = "common/outside.rs"]
mod outside;

use pamphleteer::pages::Pages;
use pamphleteer::pdf::{self, Printer};
use pamphleteer::raster::Painter;
use pamphleteer::{manuscript, project, typeset};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

const PPI: u32 = 150;

/// The small book with a grey picture: colours are for the screen alone.
fn book() -> Pages {
    let mut pages = fixture::book();
    let grey = image::GrayImage::from_fn(600, 200, |x, y| image::Luma([(x / 3 + y / 4) as u8]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    grey.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    pages.images[0].bytes = bytes.into_inner().into();
    pages.images[0].pixels = (600, 200);
    pages
}

/// A page's width, height and grey levels.
type Levels = (usize, usize, Vec<u8>);

/// Those pages in grey, from 1 on.
fn painted(name: &str, pdf: &[u8], which: RangeInclusive<usize>) -> Vec<Levels> {
    let folder = std::env::temp_dir().join(format!("pamphleteer-pixels-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("book.pdf");
    std::fs::write(&file, pdf).unwrap();
    let ran = Command::new("pdftoppm")
        .args(["-gray", "-r", &PPI.to_string()])
        .args(["-f", &which.start().to_string(), "-l", &which.end().to_string()])
        .args([&file, &folder.join("page")])
        .status();
    assert!(
        ran.is_ok_and(|status| status.success()),
        "pdftoppm (poppler-utils) must be there to paint the pages"
    );
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().flatten().map(|e| e.path()).collect();
    pages.retain(|path| path.extension().is_some_and(|kind| kind == "pgm"));
    pages.sort();
    let levels = pages.iter().map(|path| grey_map(path)).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    levels
}

/// `P5`, width, height, depth, each after white space; then the levels.
fn grey_map(path: &Path) -> Levels {
    let bytes = std::fs::read(path).unwrap();
    let mut rest = bytes.as_slice();
    let mut word = || {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        let word = String::from_utf8(rest[..end].to_vec()).unwrap();
        rest = &rest[end + 1..];
        word
    };
    assert_eq!(word(), "P5");
    let size = [word(), word(), word()].map(|number| number.parse::<usize>().unwrap());
    assert_eq!((size[2], rest.len()), (255, size[0] * size[1]));
    (size[0], size[1], rest.to_vec())
}

const ALL: RangeInclusive<usize> = 1..=9999;

/// A square of so many pixels is compared at once, and so far its grey may differ. A painter
/// puts letters on quarters of a pixel, so one that stands between two may come to either
/// by the last digit of a sum; a letter that is lost, or another, is darker by far more.
const SQUARE: usize = 6;
const NEARLY: f64 = 40.0;
/// One pixel of so many may differ at all.
const ONE_OF: usize = 200;

/// Whether two pages look the same.
fn look_the_same(screen: &Levels, press: &Levels, page: &str) {
    assert_eq!((screen.0, screen.1), (press.0, press.1), "{page}");
    let (width, height) = (screen.0, screen.1);
    let other = screen.2.iter().zip(&press.2).filter(|(one, other)| one != other).count();
    assert!(other * ONE_OF <= width * height, "{page}: {other} pixels of {} differ", width * height);
    for top in (0..height).step_by(SQUARE) {
        for left in (0..width).step_by(SQUARE) {
            let (bottom, right) = ((top + SQUARE).min(height), (left + SQUARE).min(width));
            let grey = |levels: &[u8]| {
                let rows = (top..bottom).flat_map(|y| &levels[y * width + left..y * width + right]);
                rows.map(|level| f64::from(*level)).sum::<f64>()
            };
            let count = ((bottom - top) * (right - left)) as f64;
            let off = (grey(&screen.2) - grey(&press.2)).abs() / count;
            assert!(off <= NEARLY, "{page}: {off:.0} levels at {left}, {top}");
        }
    }
}

#[test]
#[ignore = "needs pdftoppm"]
fn the_screen_shows_what_the_press_prints() {
    let pages = book();
    let screen = pdf::screen(&pages, None).unwrap().bytes;
    let press = pdf::press(&pages, &Printer::named("offset").unwrap()).unwrap().value.unwrap().bytes;
    let (screen, press) = (painted("screen", &screen, ALL), painted("press", &press, ALL));
    assert_eq!(screen.len(), pages.pages.len());
    assert!(press.len() >= screen.len(), "blanks come after");
    for (number, (screen, press)) in (1..).zip(screen.iter().zip(&press)) {
        look_the_same(screen, press, &format!("page {number}"));
    }
    assert!(screen.iter().any(|page| page.2.contains(&0)), "something was painted");
}

#[test]
#[ignore = "needs PAMPHLETEER_BOOKS and pdftoppm"]
fn real_books_look_the_same_on_screen_and_from_the_press() {
    for folder in outside::each_book() {
        let name = folder.file_name().unwrap().to_string_lossy();
        let mut findings = Vec::new();
        let project = project::load(&folder, &mut findings).unwrap();
        let book = manuscript::parse(&project.sources).take(&mut findings);
        let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
        let screen = pdf::screen(&pages, None).unwrap().bytes;
        let press = pdf::press(&pages, &Printer::named("generic").unwrap()).unwrap();
        let press = press.value.unwrap_or_else(|| panic!("{name}: {:?}", press.findings)).bytes;
        // four pages, each in the middle of a quarter of the book
        for page in [1, 3, 5, 7].map(|eighths| (pages.pages.len() * eighths / 8).max(1)) {
            let paint = |edition: &str, pdf| painted(&format!("{name}-{edition}"), pdf, page..=page);
            let (screen, press) = (paint("screen", &screen), paint("press", &press));
            look_the_same(&screen[0], &press[0], &format!("{name}, page {page}"));
        }
    }
}

#[test]
#[ignore = "needs pdftoppm"]
fn proof_images_show_the_pages() {
    let pages = book();
    let expected = painted("proof", &pdf::screen(&pages, None).unwrap().bytes, ALL);
    let mut painter = Painter::new(&pages, PPI);
    for (number, page) in (1..).zip(&expected) {
        let image = image::load_from_memory(&painter.png(number - 1).unwrap()).unwrap().into_luma8();
        assert_eq!((image.width() as usize, image.height() as usize), (page.0, page.1));
        let proof = (page.0, page.1, image.into_raw());
        let [as_it_is, moved] = [0, 8].map(|pixels| farthest(&darkness(&proof, pixels), &darkness(page, 0)));
        // the other renderer sets lines on whole pixels, and weighs the edges of letters differently
        assert!(as_it_is < 12.0, "page {number}: a spot differs by {as_it_is:.1} levels");
        let blank = page.2.iter().all(|level| *level == 255);
        assert!(blank || as_it_is * 3.0 < moved, "page {number}: {as_it_is:.1}, and {moved:.1} when moved");
    }
}

/// The mean level of every square of a sixth of an inch, read so many pixels lower.
fn darkness((width, height, levels): &Levels, lower: usize) -> Vec<f64> {
    const SIDE: usize = PPI as usize / 6;
    let square = |row: usize, column: usize| {
        let line = |y: usize| &levels[y * width + column * SIDE..][..SIDE];
        let rows = (row * SIDE + lower..).take(SIDE).map(|y| line(y % height));
        rows.flatten().map(|level| f64::from(*level)).sum::<f64>() / (SIDE * SIDE) as f64
    };
    let columns = width / SIDE;
    (0..height / SIDE * columns).map(|at| square(at / columns, at % columns)).collect()
}

fn farthest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
