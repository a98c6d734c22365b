//! The press edition, read back from the file that was written.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/pages.rs"]
mod fixture;
#[path = "common/read.rs"]
mod read;

use pamphleteer::diag::{Code, Severity};
use pamphleteer::length::{Abs, Binding, Point, Size};
use pamphleteer::pages::{Glyph, Item, Pages, Placed, Role};
use pamphleteer::pdf::{self, Printer};
use read::Read;
use std::sync::Arc;

fn printer(name: &str) -> Printer {
    Printer::named(name).unwrap()
}

/// The small book with blank pages up to that many.
fn book(pages: usize) -> Pages {
    let mut book = fixture::book();
    book.pages.resize(pages, Default::default());
    book
}

fn press(pages: &Pages, name: &str) -> Read {
    Read::new(&pdf::press(pages, &printer(name)).unwrap().value.unwrap().bytes)
}

/// A black rectangle over the whole page, and over its edges.
fn bleeding(mut pages: Pages) -> Pages {
    let at = Point::new(Abs::pt(-20.0), Abs::pt(-20.0));
    let size = Size::new(pages.trim.width + Abs::pt(40.0), pages.trim.height + Abs::pt(40.0));
    pages.pages[1].items.push(Placed { at, item: Item::Rule(size), role: Role::Ornament });
    pages
}

#[test]
fn without_bleed_all_boxes_are_the_trim() {
    for name in ["kdp", "offset", "saddle"] {
        let pdf = press(&book(24), name);
        for page in 0..pdf.pages().len() {
            for key in ["MediaBox", "BleedBox", "TrimBox"] {
                assert_eq!(pdf.page_box(page, key), Some([0.0, 0.0, 396.0, 612.0]), "{name} {key}");
            }
            assert_eq!(pdf.page_box(page, "CropBox"), None);
        }
    }
}

#[test]
fn bleed_is_on_the_sides_that_the_printer_wants() {
    let pages = bleeding(book(24));
    let kdp = press(&pages, "kdp");
    assert_eq!(kdp.page_box(0, "MediaBox"), Some([0.0, 0.0, 405.0, 630.0]));
    assert_eq!(kdp.page_box(0, "TrimBox"), Some([0.0, 9.0, 396.0, 621.0]), "the spine of a recto is left");
    assert_eq!(kdp.page_box(1, "TrimBox"), Some([9.0, 9.0, 405.0, 621.0]), "the spine of a verso is right");
    let saddle = press(&pages, "saddle");
    assert_eq!(saddle.page_box(0, "MediaBox"), Some([0.0, 0.0, 414.0, 630.0]));
    assert_eq!(saddle.page_box(0, "BleedBox"), saddle.page_box(0, "MediaBox"));
    assert_eq!(saddle.page_box(0, "TrimBox"), Some([9.0, 9.0, 405.0, 621.0]));
}

#[test]
fn a_book_bound_on_the_right_bleeds_on_the_left_of_a_recto() {
    let pages = Pages { binding: Binding::Right, ..bleeding(book(24)) };
    let kdp = press(&pages, "kdp");
    assert_eq!(kdp.page_box(0, "TrimBox"), Some([9.0, 9.0, 405.0, 621.0]), "the spine of a recto is right");
    assert_eq!(kdp.page_box(1, "TrimBox"), Some([0.0, 9.0, 396.0, 621.0]), "the spine of a verso is left");
}

#[test]
fn blanks_are_added_up_to_the_multiple() {
    for (name, count) in [("offset", 32), ("kdp", 26), ("saddle", 28), ("ingram", 26)] {
        assert_eq!(press(&book(25), name).pages().len(), count, "{name}");
    }
}

#[test]
fn nothing_of_the_screen_is_left() {
    let pdf = press(&book(24), "kdp");
    for key in ["Outlines", "StructTreeRoot", "Names", "AcroForm", "OpenAction"] {
        assert!(!pdf.catalog().has(key.as_bytes()), "{key}");
    }
    for page in 0..24 {
        assert!(!pdf.page(page).has(b"Annots"));
    }
}

#[test]
fn everything_is_black_or_grey() {
    let pdf = press(&book(24), "kdp");
    for id in pdf.pages() {
        let content = pdf.0.get_page_content(id);
        let content = lopdf::content::Content::decode(&content).unwrap();
        for operation in &content.operations {
            let coloured = ["rg", "RG", "k", "K", "sh"].contains(&operation.operator.as_str());
            assert!(!coloured, "{operation:?}");
            if operation.operator.eq_ignore_ascii_case("cs") {
                assert_eq!(operation.operands[0].as_name().unwrap(), b"DeviceGray");
            }
        }
    }
    let images = pdf.0.objects.values().filter_map(|object| object.as_stream().ok());
    let images: Vec<_> =
        images.filter(|s| s.dict.get(b"Subtype").is_ok_and(|k| k.as_name().unwrap() == b"Image")).collect();
    assert_eq!(images.len(), 1);
    assert_eq!(images[0].dict.get(b"ColorSpace").unwrap().as_name().unwrap(), b"DeviceGray");
    assert!(!images[0].dict.has(b"SMask"));
}

#[test]
fn the_output_intent_is_our_grey_profile() {
    let pdf = press(&book(24), "offset");
    let intents = pdf.array(pdf.catalog().get(b"OutputIntents").unwrap());
    assert_eq!(intents.len(), 1);
    let intent = pdf.dict(&intents[0]);
    assert_eq!(intent.get(b"S").unwrap().as_name().unwrap(), b"GTS_PDFX");
    let (_, profile) = pdf.0.dereference(intent.get(b"DestOutputProfile").unwrap()).unwrap();
    let profile = profile.as_stream().unwrap();
    assert_eq!(profile.dict.get(b"N").unwrap().as_i64().unwrap(), 1);
    assert_eq!(&profile.decompressed_content().unwrap()[12..20], b"prtrGRAY");
}

#[test]
fn metadata_say_the_same_twice() {
    let pdf = press(&book(24), "offset");
    let (_, packet) = pdf.0.dereference(pdf.catalog().get(b"Metadata").unwrap()).unwrap();
    let packet = packet.as_stream().unwrap();
    assert!(!packet.dict.has(b"Filter"));
    let xmp = String::from_utf8(packet.content.clone()).unwrap();
    for part in
        ["PDF/X-4", "2024-02-29T00:00:00Z", "A Book of Parts &amp; Pieces", "Ada Example, Bertram Muster"]
    {
        assert!(xmp.contains(part), "{part}");
    }
    let info = pdf.dict(pdf.0.trailer.get(b"Info").unwrap());
    assert_eq!(pdf.text(info, "Title").as_deref(), Some("A Book of Parts & Pieces"));
    assert_eq!(pdf.text(info, "CreationDate").as_deref(), Some("D:20240229000000Z"));
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let write = || pdf::press(&book(24), &printer("ingram")).unwrap().value;
    assert!(write().is_some());
    assert_eq!(write(), write());
}

/// What a finding says, and whether the file is refused for it.
fn findings(pages: &Pages, name: &str) -> (Vec<(Code, Severity, String)>, bool) {
    let checked = pdf::press(pages, &printer(name)).unwrap();
    let told = checked.findings.into_iter().map(|f| (f.code, f.severity, f.message)).collect();
    (told, checked.value.is_none())
}

#[test]
fn a_margin_too_small_names_the_number_wanted() {
    let mut pages = book(24);
    for placed in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        placed.at.x -= Abs::pt(34.0);
    }
    let (told, refused) = findings(&pages, "kdp");
    let expected = "words on page i stand 0.278in (7.1 mm) from the inside edge; \
                    Amazon KDP wants 0.375in (9.5 mm) in a book of 24 pages";
    assert!(refused);
    assert_eq!(told[0], (Code::PrintMargin, Severity::Error, expected.to_owned()));
}

#[test]
fn a_space_at_the_end_of_a_line_is_no_word_in_the_margin() {
    let mut pages = book(24);
    for placed in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Item::Run(run) = &mut placed.item {
            let run = Arc::make_mut(run);
            let end = run.text.len() as u32;
            run.text.push(' ');
            run.glyphs.push(Glyph::new(1, pages.trim.width, Point::default(), end..end + 1));
        }
    }
    let (told, refused) = findings(&pages, "kdp");
    assert!(!refused && told.iter().all(|told| told.0 != Code::PrintMargin), "{told:?}");
}

#[test]
fn a_book_too_thin_or_too_thick_is_refused() {
    let (told, refused) = findings(&fixture::book(), "kdp");
    assert!(refused);
    assert_eq!(told[0].2, "the book has 8 pages; Amazon KDP takes 24 to 828 pages");
    assert!(findings(&book(68), "saddle").1);
    assert!(!findings(&book(64), "saddle").1);
}

#[test]
fn coarse_pictures_are_named_and_very_coarse_ones_refused() {
    for (ppi, severity) in [
        (100, Some(Severity::Error)),
        (149, Some(Severity::Error)),
        (150, Some(Severity::Warning)),
        (299, Some(Severity::Warning)),
        (300, None),
        (600, None),
    ] {
        let mut pages = book(24);
        // the picture is two inches wide
        pages.images[0] = fixture::ramp(2 * ppi, 2 * ppi / 3);
        let (told, refused) = findings(&pages, "offset");
        let of_pictures: Vec<_> = told.iter().filter(|told| told.0 == Code::PrintResolution).collect();
        assert_eq!(of_pictures.first().map(|told| told.1), severity, "{ppi} pixels to the inch");
        assert_eq!(refused, severity == Some(Severity::Error), "{ppi} pixels to the inch");
        let named = |told: &&(_, _, String)| told.2.contains(&format!("has {ppi} pixels to the inch"));
        assert!(of_pictures.iter().all(named), "{of_pictures:?}");
    }
}

#[test]
fn many_coarse_pictures_are_counted_and_the_worst_named() {
    let mut pages = book(24);
    let placed = pages.pages.iter().flat_map(|page| &page.items);
    let picture = placed.clone().find(|placed| matches!(placed.item, Item::Picture(..))).unwrap().clone();
    pages.pages.iter_mut().for_each(|page| {
        page.items.retain(|placed| !matches!(placed.item, Item::Picture(..)));
    });
    // two inches wide: 100, 110 ... 190 pixels to the inch, five of them refused
    pages.images = (0..10).map(|n| fixture::ramp(200 + 20 * n, 80)).collect();
    for (n, image) in pages.images.iter_mut().enumerate() {
        image.path = format!("{n}.png");
        let Item::Picture(_, size) = picture.item else { unreachable!("found above") };
        pages.pages[n].label = format!("{}", n + 1);
        pages.pages[n].items.push(Placed { item: Item::Picture(n as u32, size), ..picture.clone() });
    }
    let (told, refused) = findings(&pages, "offset");
    let told: Vec<_> = told.into_iter().filter(|told| told.0 == Code::PrintResolution).collect();
    assert!(refused && told.len() == 2, "{told:?}");
    assert_eq!((told[0].1, told[1].1), (Severity::Error, Severity::Warning));
    assert!(told[0].2.starts_with("5 pictures have fewer"), "{told:?}");
    assert!(
        told[0].2.contains("the worst: `0.png` on page 1 has 100, `1.png` on page 2 has 110"),
        "{told:?}"
    );
    assert!(told[1].2.contains("`5.png` on page 6 has 150"), "{told:?}");
}

#[test]
fn fine_rules_are_made_stronger_and_odd_sizes_are_warned_of() {
    let mut pages = book(24);
    let (told, refused) = findings(&pages, "kdp");
    assert!(!refused && told.is_empty(), "{told:?}");
    pages.trim = Size::new(Abs::inches(9.0), Abs::inches(13.0));
    assert_eq!(findings(&pages, "kdp").0[0].0, Code::PrintTrim);
}

#[test]
fn a_transparent_picture_lets_the_paper_through() {
    let mut pages = book(24);
    let clear = image::RgbaImage::from_pixel(600, 200, image::Rgba([0, 0, 0, 0]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    clear.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    pages.images[0].bytes = bytes.into_inner().into();
    let pdf = press(&pages, "offset");
    let images = pdf.0.objects.values().filter_map(|object| object.as_stream().ok());
    let image =
        images.into_iter().find(|s| s.dict.get(b"Width").is_ok_and(|w| w.as_i64().unwrap() == 600)).unwrap();
    assert!(image.decompressed_content().unwrap().iter().all(|level| *level == 255));
}

#[test]
fn a_colour_inside_has_pictures_in_inks_and_words_in_black() {
    let mut pages = book(24);
    let paint = |red: image::Rgb<u8>| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(600, 200, red).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner().into()
    };
    let mut space = |colour: [u8; 3]| {
        pages.images[0].bytes = paint(image::Rgb(colour));
        let written = pdf::press_in(&pages, &printer("offset"), pdf::Inside::Colour).unwrap();
        let pdf = Read::new(&written.value.unwrap().bytes);
        let images = pdf.0.objects.values().filter_map(|object| object.as_stream().ok());
        let mut images = images.filter(|s| s.dict.get(b"Width").is_ok_and(|w| w.as_i64().unwrap() == 600));
        let image = images.next().unwrap().clone();
        let space = String::from_utf8(image.dict.get(b"ColorSpace").unwrap().as_name().unwrap().to_vec());
        (pdf, space.unwrap(), image.decompressed_content().unwrap())
    };
    assert_eq!(space([128; 3]).1, "DeviceGray", "a grey picture takes one ink");
    let (pdf, inks, levels) = space([200, 20, 20]);
    assert_eq!(inks, "DeviceCMYK");
    assert!(
        levels.chunks(4).all(|ink| ink[1] > 200 && ink[0] < 60),
        "red is magenta and yellow: {:?}",
        &levels[..4]
    );
    let intent = pdf.dict(&pdf.array(pdf.catalog().get(b"OutputIntents").unwrap())[0]);
    let (_, profile) = pdf.0.dereference(intent.get(b"DestOutputProfile").unwrap()).unwrap();
    assert_eq!(profile.as_stream().unwrap().dict.get(b"N").unwrap().as_i64().unwrap(), 4);
    for id in pdf.pages() {
        let content = lopdf::content::Content::decode(&pdf.0.get_page_content(id)).unwrap();
        assert!(content.operations.iter().all(|o| !["rg", "RG", "k", "K"].contains(&o.operator.as_str())));
    }
}
