//! PDF/X-1a, judged by a walk through the file's objects and operators, which
//! knows nothing of the code that wrote it: a short list of the rules of
//! ISO 15930-1, as guides to preflight tell them.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/pages.rs"]
mod fixture;
#[path = "common/read.rs"]
mod read;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};
use pamphleteer::length::{Abs, Point, Size};
use pamphleteer::pages::{Item, Pages, Placed, Role};
use pamphleteer::pdf::{self, Inside, Printer};
use read::Read;

/// The small book with blank pages up to that many.
fn book(pages: usize) -> Pages {
    let mut book = fixture::book();
    book.pages.resize(pages, Default::default());
    book
}

/// The same with a picture of two inches that runs over an edge.
fn bleeding() -> Pages {
    let mut pages = book(24);
    let at = Point::new(Abs::pt(-20.0), Abs::pt(-20.0));
    let item = Item::Picture(0, Size::new(Abs::inches(2.0), Abs::inches(0.67)));
    pages.pages[1].items.push(Placed { at, item, role: Role::Ornament });
    pages
}

/// A printer of nobody in particular who takes nothing newer than PDF/X-1a.
fn old_printer() -> Printer {
    let known = include_str!("../crates/pdf/src/pdf/printers.toml");
    let table = known.split("[generic]\n").nth(1).unwrap();
    Printer::read(&format!("standard = \"PDF/X-1a\"\n{table}")).unwrap()
}

#[test]
fn a_printer_may_want_the_older_standard() {
    let file = pdf::press(&book(24), &old_printer()).unwrap().value.unwrap();
    assert_eq!(file.standards, ["PDF/X-1a:2001"]);
    assert!(file.bytes.starts_with(b"%PDF-1.3\n"));
    let pdf = Read::new(&file.bytes);
    let info = pdf.dict(pdf.0.trailer.get(b"Info").unwrap());
    let said = |key: &[u8]| String::from_utf8(info.get(key).unwrap().as_str().unwrap().to_vec()).unwrap();
    assert_eq!(said(b"GTS_PDFXVersion"), "PDF/X-1:2001");
    assert_eq!(said(b"GTS_PDFXConformance"), "PDF/X-1a:2001");
    assert_eq!(info.get(b"Trapped").unwrap().as_name().unwrap(), b"False");
    for key in [&b"Title"[..], b"Creator", b"Producer", b"CreationDate", b"ModDate"] {
        assert!(info.has(key), "{}", String::from_utf8_lossy(key));
    }
    assert!(pdf.0.trailer.has(b"ID"));
    let catalog = pdf.0.catalog().unwrap();
    let keys: Vec<_> = catalog.iter().map(|(key, _)| String::from_utf8_lossy(key)).collect();
    assert_eq!(keys.len(), 3, "pages, type and output intents: {keys:?}");
    let intents = catalog.get(b"OutputIntents").unwrap().as_array().unwrap();
    let intent = pdf.dict(&intents[0]);
    assert_eq!(intent.get(b"OutputConditionIdentifier").unwrap().as_str().unwrap(), b"FOGRA39");
    assert_eq!(intent.get(b"RegistryName").unwrap().as_str().unwrap(), b"http://www.color.org");
    let packed =
        |object: &lopdf::Object| object.type_name().is_ok_and(|kind| kind == b"ObjStm" || kind == b"XRef");
    assert!(!pdf.0.objects.values().any(packed), "PDF 1.3 has no streams of objects");
}

#[test]
fn both_standards_print_the_same_pages() {
    let bytes = |printer: &Printer| pdf::press(&book(24), printer).unwrap().value.unwrap().bytes;
    let [old, new] =
        [old_printer(), Printer::named("generic").unwrap()].map(|printer| Read::new(&bytes(&printer)));
    assert_eq!(old.pages().len(), new.pages().len());
    for (before, after) in old.pages().into_iter().zip(new.pages()) {
        assert_eq!(old.0.get_page_content(before), new.0.get_page_content(after));
    }
}

/// Every dictionary of the file, wherever it stands.
fn dictionaries(pdf: &Read) -> Vec<&Dictionary> {
    fn below<'a>(object: &'a Object, all: &mut Vec<&'a Dictionary>) {
        let facts = match object {
            Object::Dictionary(facts) => facts,
            Object::Stream(stream) => &stream.dict,
            Object::Array(parts) => return parts.iter().for_each(|part| below(part, all)),
            _ => return,
        };
        all.push(facts);
        facts.iter().for_each(|(_, value)| below(value, all));
    }
    let mut all = Vec::new();
    pdf.0.objects.values().for_each(|object| below(object, &mut all));
    all
}

/// Whether a colour space is one of inks: gray, four inks, a spot colour, or a
/// palette of those.
fn is_of_inks(pdf: &Read, space: &Object) -> bool {
    match pdf.0.dereference(space).unwrap().1 {
        Object::Name(name) => [&b"DeviceGray"[..], b"DeviceCMYK"].contains(&name.as_slice()),
        Object::Array(parts) => match parts[0].as_name().unwrap() {
            b"Separation" => is_of_inks(pdf, &parts[2]),
            b"Indexed" => is_of_inks(pdf, &parts[1]),
            _ => false,
        },
        _ => false,
    }
}

/// What paints the pages and the forms in them.
fn operations(pdf: &Read) -> Vec<Operation> {
    let pages = pdf.pages().into_iter().map(|page| pdf.0.get_page_content(page));
    let forms = pdf.0.objects.values().filter_map(|object| object.as_stream().ok());
    let forms =
        forms.filter(|form| form.dict.get(b"Subtype").is_ok_and(|kind| kind.as_name().unwrap() == b"Form"));
    let contents = pages.chain(forms.map(|form| form.decompressed_content().unwrap()));
    contents.flat_map(|content| Content::decode(&content).unwrap().operations).collect()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let write =
        |pages: &Pages, inside| pdf::press_in(pages, &old_printer(), inside).unwrap().value.unwrap().bytes;
    vec![
        ("in black", write(&book(24), Inside::Black)),
        ("in colour", write(&book(24), Inside::Colour)),
        ("with bleed", write(&bleeding(), Inside::Black)),
    ]
}

#[test]
fn the_file_is_a_plain_one_of_its_day() {
    for (name, bytes) in files() {
        assert!(bytes.starts_with(b"%PDF-1.3") || bytes.starts_with(b"%PDF-1.4"), "{name}");
        assert!(
            bytes[8..20].iter().filter(|byte| **byte > 127).count() >= 4,
            "{name} says that it is binary"
        );
        let pdf = Read::new(&bytes);
        assert!(!pdf.0.trailer.has(b"Encrypt"), "{name}");
        assert_eq!(pdf.array(pdf.0.trailer.get(b"ID").unwrap()).len(), 2, "{name}");
        for facts in dictionaries(&pdf) {
            let kind = facts.get_type().unwrap_or_default();
            assert!(![&b"ObjStm"[..], b"XRef", b"Annot", b"Action"].contains(&kind), "{name}: {facts:?}");
            for key in [
                "Annots",
                "AA",
                "OpenAction",
                "AcroForm",
                "JavaScript",
                "EmbeddedFiles",
                "OC",
                "OCProperties",
                "OPI",
                "TR",
                "TR2",
                "HTP",
                "PS",
                "F",
                "Alternates",
            ] {
                assert!(!facts.has(key.as_bytes()), "{name} has {key}: {facts:?}");
            }
            for filter in ["LZWDecode", "JBIG2Decode", "JPXDecode", "Crypt"] {
                let said = facts.get(b"Filter").map(|value| format!("{value:?}")).unwrap_or_default();
                assert!(!said.contains(filter), "{name}: {said}");
            }
        }
    }
}

#[test]
fn the_file_says_what_it_is_and_for_which_press() {
    for (name, bytes) in files() {
        let pdf = Read::new(&bytes);
        let info = pdf.dict(pdf.0.trailer.get(b"Info").unwrap());
        assert!(pdf.text(info, "GTS_PDFXVersion").unwrap().starts_with("PDF/X-1"), "{name}");
        assert!(pdf.text(info, "GTS_PDFXConformance").unwrap().starts_with("PDF/X-1a"), "{name}");
        let trapped = info.get(b"Trapped").unwrap().as_name().unwrap();
        assert!([&b"True"[..], b"False"].contains(&trapped), "{name}: trapped is said, and known");
        let intents = pdf.array(pdf.catalog().get(b"OutputIntents").unwrap());
        let kinds = intents.iter().map(|intent| pdf.dict(intent).get(b"S").unwrap().as_name().unwrap());
        assert_eq!(kinds.filter(|kind| kind == b"GTS_PDFX").count(), 1, "{name}");
        assert!(pdf.dict(&intents[0]).has(b"OutputConditionIdentifier"), "{name}");
        assert!(pdf.dict(&intents[0]).has(b"Info"), "{name}");
    }
}

#[test]
fn nothing_shows_through_and_all_is_ink() {
    for (name, bytes) in files() {
        let pdf = Read::new(&bytes);
        for facts in dictionaries(&pdf) {
            let is_name = |key: &[u8], allowed: &[&[u8]]| {
                facts.get(key).is_ok_and(|value| value.as_name().is_ok_and(|name| allowed.contains(&name)))
            };
            assert!(!facts.has(b"SMask") || is_name(b"SMask", &[b"None"]), "{name}: {facts:?}");
            assert!(!facts.has(b"BM") || is_name(b"BM", &[b"Normal", b"Compatible"]), "{name}: {facts:?}");
            assert!(!facts.has(b"Group"), "{name}: {facts:?}");
            for key in [&b"CA"[..], b"ca"] {
                let opacity = facts.get(key).map_or(1.0, |value| value.as_float().unwrap());
                assert!((opacity - 1.0).abs() < f32::EPSILON, "{name}: {facts:?}");
            }
            // of a picture the space itself; of resources a list of spaces by name
            match facts.get(b"ColorSpace").map(|space| pdf.0.dereference(space).unwrap().1) {
                Ok(Object::Dictionary(spaces)) => {
                    assert!(spaces.iter().all(|(_, space)| is_of_inks(&pdf, space)), "{name}: {spaces:?}");
                }
                Ok(space) => assert!(is_of_inks(&pdf, space), "{name}: {space:?}"),
                Err(_) => {}
            }
        }
        let operations = operations(&pdf);
        assert!(operations.iter().any(|operation| operation.operator == "Do"), "{name} has a picture");
        for operation in operations {
            let operator = operation.operator.as_str();
            assert!(!["rg", "RG", "sh", "ri", "BX", "EX", "PS"].contains(&operator), "{name}: {operation:?}");
            if operator.eq_ignore_ascii_case("cs") {
                let space = operation.operands[0].as_name().unwrap();
                assert!(space != b"DeviceRGB" && space != b"Pattern", "{name}: {operation:?}");
            }
        }
    }
}

#[test]
fn boxes_lie_in_each_other_and_faces_are_in_the_file() {
    for (name, bytes) in files() {
        let pdf = Read::new(&bytes);
        for page in 0..pdf.pages().len() {
            let [media, bleed, trim] =
                ["MediaBox", "BleedBox", "TrimBox"].map(|key| pdf.page_box(page, key).unwrap());
            assert!(!pdf.page(page).has(b"ArtBox") && !pdf.page(page).has(b"CropBox"), "{name} {page}");
            for (inner, outer) in [(trim, bleed), (bleed, media)] {
                let inside = inner[0] >= outer[0] && inner[1] >= outer[1];
                assert!(inside && inner[2] <= outer[2] && inner[3] <= outer[3], "{name} {page}");
            }
        }
        let faces = dictionaries(&pdf);
        let faces = faces.iter().filter(|facts| facts.get_type().is_ok_and(|kind| kind == b"FontDescriptor"));
        let kept = faces
            .map(|face| ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| face.has(key.as_bytes())));
        let kept: Vec<bool> = kept.collect();
        assert!(kept.len() >= 3 && kept.iter().all(|kept| *kept), "{name}: {kept:?}");
    }
}
