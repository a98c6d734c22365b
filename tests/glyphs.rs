//! Signs that a face lacks: built from others, set in another face, or told of.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of a test are small")]
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use pamphleteer::diag::{Code, Diagnostic};
use pamphleteer::font::{Library, Variant};
use pamphleteer::pages::{Item, Pages, Run};
use pamphleteer::{manuscript, project, typeset};
use skrifa::{FontRef, MetadataProvider};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const BOOK: &str = "title = \"A Small Test\"\nlanguage = \"en-GB\"\ndate = 2023-01-31\n\
    [[contributor]]\nname = \"Ada Example\"\nrole = \"aut\"\n[publisher]\nname = \"Example Press\"\n\
    [matter]\nbody = [\"01.md\"]\n[style]\n";

/// Made by tests/fixtures/fonts/make.py.
const BARS: &[u8] = include_bytes!("fixtures/fonts/bars.ttf");
const BARS_WEB: &[u8] = include_bytes!("fixtures/fonts/bars.woff2");
const BARS_CUBIC: &[u8] = include_bytes!("fixtures/fonts/bars-cff2.otf");
const BARS_STATIC: &[u8] = include_bytes!("fixtures/fonts/bars-static.woff");

/// A book's folder, which goes with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // what is left in the folder of temporary files harms nobody
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn new(name: &str, style: &str, text: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("pamphleteer-glyphs-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("fonts")).unwrap();
        fs::write(folder.join("book.toml"), format!("{BOOK}{style}\n")).unwrap();
        fs::write(folder.join("01.md"), format!("# Signs\n\n{text}\n")).unwrap();
        Folder(folder)
    }

    fn set(&self) -> (Pages, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let project = project::load(&self.0, &mut findings).unwrap();
        let book = manuscript::parse(&project.sources).take(&mut findings);
        let pages = typeset::set(&book, &project.style, &project.fonts).take(&mut findings);
        (pages, findings)
    }

    /// What a build says, and how it ends.
    fn build(&self, to: &str) -> (String, Option<i32>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pamphleteer"));
        let command = command.args(["build", "--to", to, "--color", "never"]).arg(&self.0);
        let ran = command.env("HOME", self.0.join("home")).env_remove("XDG_DATA_HOME").output().unwrap();
        (String::from_utf8_lossy(&ran.stderr).into_owned(), ran.status.code())
    }
}

fn runs(pages: &Pages) -> impl Iterator<Item = &Run> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    items.filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(&**run),
        _ => None,
    })
}

/// The run that holds those words.
fn run<'p>(pages: &'p Pages, words: &str) -> &'p Run {
    runs(pages).find(|run| run.text.contains(words)).unwrap_or_else(|| panic!("no run holds {words}"))
}

/// The glyphs that stand for those words.
fn ids(run: &Run, words: &str) -> Vec<u16> {
    let start = run.text.find(words).unwrap() as u32;
    let end = start + words.len() as u32;
    let glyphs = run.glyphs.iter().filter(|glyph| glyph.text().start >= start && glyph.text().end <= end);
    glyphs.map(|glyph| glyph.id).collect()
}

/// The glyphs that the file has for those characters.
fn own(pages: &Pages, run: &Run, characters: &str) -> Vec<u16> {
    let font = &pages.fonts[run.font as usize];
    let font = FontRef::from_index((*font.data).as_ref(), font.index).unwrap();
    characters.chars().map(|c| font.charmap().map(c).unwrap().to_u32() as u16).collect()
}

fn codes(findings: &[Diagnostic]) -> Vec<Code> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn signs_are_built_from_the_face_and_read_as_they_were_written() {
    let signs = "⸺ ⸻ ⅑ ⅒ ⅟ 3⅐ ℠ Ⅻ ⅻ ﬃ ẛ ǵ x⁹ y₉ № ‑ ‒ ― ″";
    for family in ["Libertinus Serif", "Source Code Pro"] {
        let folder = Folder::new("built", &format!("text.font = \"{family}\""), &format!("Signs: {signs}."));
        let (pages, findings) = folder.set();
        assert!(!codes(&findings).contains(&Code::GlyphMissing), "{findings:?}");
        let text: String = runs(&pages).map(|run| run.text.as_str()).collect();
        for sign in signs.split(' ') {
            assert!(text.contains(sign), "{sign} is not in {text}");
        }
        for run in runs(&pages) {
            assert!(run.glyphs.iter().all(|glyph| glyph.id != 0), "{:?}", run.text);
            assert!(pages.fonts[run.font as usize].name.starts_with(&family.replace(' ', "")[..8]));
        }
    }
}

/// The file with combining marks taken out of its table of characters: a face
/// of the kind that has accents only as signs that stand alone.
fn without_marks() -> Vec<u8> {
    let mut bytes = renamed("Markless Facexy");
    let font = FontRef::new(&bytes).unwrap();
    let kept: Vec<(u32, u32)> = font
        .charmap()
        .mappings()
        .filter(|(code, _)| *code < 0xc0 || (0x2c6..0x2de).contains(code))
        .map(|(code, glyph)| (code, glyph.to_u32()))
        .collect();
    // a table of format 12, in place of the file's own
    let subtable = kept.iter().flat_map(|(code, glyph)| [*code, *code, *glyph]);
    let len = 16 + 12 * kept.len() as u32;
    let mut map: Vec<u8> = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    map.extend([len, 0, kept.len() as u32].into_iter().chain(subtable).flat_map(u32::to_be_bytes));
    let record = bytes.windows(4).position(|tag| tag == b"cmap").unwrap();
    let start = bytes.len() as u32;
    bytes[record + 8..record + 12].copy_from_slice(&start.to_be_bytes());
    bytes[record + 12..record + 16].copy_from_slice(&(map.len() as u32).to_be_bytes());
    bytes.extend(map);
    bytes
}

#[test]
fn accents_that_stand_alone_are_put_on_letters() {
    let folder = Folder::new("accents", "text.font = \"Markless Facexy\"", "Words ǵ and é, x\u{301} and ạ.");
    fs::write(folder.0.join("fonts/markless.otf"), without_marks()).unwrap();
    let (pages, findings) = folder.set();
    assert!(!codes(&findings).contains(&Code::GlyphMissing), "{findings:?}");
    let run = run(&pages, "Words");
    assert_eq!(run.text, "Words ǵ and é, x\u{301} and ạ.");
    for (letter, parts) in [("ǵ", "g´"), ("é", "e´"), ("x\u{301}", "x´"), ("ạ", "a.")] {
        assert_eq!(ids(run, letter), own(&pages, run, parts), "{letter}");
    }
}

#[test]
fn dashes_of_several_ems_have_no_gap() {
    let folder = Folder::new("dashes", "", "Mr ⸻ and — so.");
    let (pages, _) = folder.set();
    let run = run(&pages, "⸻");
    let dash = own(&pages, run, "—");
    assert_eq!(ids(run, "⸻"), dash.repeat(3));
    let of = |words: &str| -> f64 {
        let at = run.text.find(words).unwrap() as u32;
        run.glyphs.iter().filter(|g| g.text().start == at).map(|g| g.advance().to_pt()).sum()
    };
    assert!(of("⸻") > 2.5 * of("—") && of("⸻") < 3.0 * of("—"));
}

#[test]
fn capitals_stand_for_small_ones_that_a_face_has_not() {
    let style = "text.font = \"Source Code Pro\"\nrunning-head.case = \"small-caps\"";
    let folder = Folder::new("capitals", style, "## Straße of Words\n\nText.");
    let (pages, findings) = folder.set();
    let missing: Vec<_> = findings.iter().filter(|f| f.code == Code::SmallCapsMissing).collect();
    assert_eq!(missing.len(), 1, "{findings:?}");
    let run = run(&pages, "Straße");
    let letters = own(&pages, run, "STRASSE");
    assert_eq!(ids(run, "Straße"), letters, "they are capitals");
    let size = run.size.to_pt();
    assert!((size - 12.0 * 0.8).abs() < 0.01, "{size}");
}

#[test]
fn alphabets_without_capitals_are_not_letterspaced() {
    let width = |style: &str| {
        let folder = Folder::new("unicase", style, "## דברים רבים\n\nText.");
        let (pages, _) = folder.set();
        run(&pages, "דברים").width()
    };
    assert_eq!(width("heading.case = \"small-caps\""), width("heading.case = \"roman\""));
}

#[test]
fn figures_beside_capitals_are_lining() {
    let folder = Folder::new("figures", "", "Under CC0 since 1900, in A4.");
    let (pages, _) = folder.set();
    let run = run(&pages, "CC0");
    let nought = |words: &str| *ids(run, words).last().unwrap();
    assert_ne!(nought("CC0"), nought("1900"));
    let library = Library::built_in();
    let face = library.face(library.find("Libertinus Serif", Variant::default()).unwrap());
    assert!((face.cap_height - face.x_height).abs() > 100.0, "there is a difference to see");
}

#[test]
fn a_missing_glyph_refuses_pages_and_never_an_epub() {
    let folder = Folder::new("epub", "", "Platform 二号.");
    let (said, code) = folder.build("epub");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("note[glyph-not-embedded]") && !said.contains("glyph-missing"), "{said}");
    let (said, code) = folder.build("epub,pdf");
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("error[glyph-missing]") && folder.0.join("out/a-small-test.epub").exists(),
        "{said}"
    );
    let folder = Folder::new("epub-fonts", "epub.fonts = false", "Platform 二号.");
    let (said, code) = folder.build("epub");
    assert_eq!((code, said.contains("glyph-")), (Some(0), false), "{said}");
}

#[test]
fn a_title_that_no_font_has_leaves_the_epub_without_a_cover() {
    let folder = Folder::new("cover", "", "Words.");
    let toml = fs::read_to_string(folder.0.join("book.toml")).unwrap().replace("A Small Test", "二十");
    fs::write(folder.0.join("book.toml"), toml).unwrap();
    let (said, code) = folder.build("epub");
    assert_eq!((code, said.contains("warning[cover-left-out]")), (Some(0), true), "{said}");
    let (said, code) = folder.build("cover");
    assert_eq!((code, said.contains("error[glyph-missing]")), (Some(1), true), "{said}");
}

#[test]
fn signs_on_a_cover_are_built_as_well() {
    let library = Library::built_in();
    assert_eq!(library.spelled("Libertinus Serif", "Mr ⸺ & ⅑, No. ½"), "Mr —— & 1⁄9, No. ½");
    let folder = Folder::new("title", "", "Words.");
    let toml =
        fs::read_to_string(folder.0.join("book.toml")).unwrap().replace("A Small Test", "The ⅑ of Mr ⸺");
    fs::write(folder.0.join("book.toml"), toml).unwrap();
    let (said, code) = folder.build("epub,pdf");
    assert_eq!((code, said.contains("glyph-missing")), (Some(0), false), "{said}");
}

const SANS: &[u8] = include_bytes!("../fonts/LibertinusSans-Regular.otf");

/// The sans with another family's name of as many letters.
fn renamed(to: &str) -> Vec<u8> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let mut bytes = SANS.to_vec();
    for (from, to) in
        [(wide("Libertinus Sans"), wide(to)), (b"Libertinus Sans".to_vec(), to.as_bytes().to_vec())]
    {
        assert_eq!(from.len(), to.len());
        let places: Vec<usize> =
            (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(&from)).collect();
        places.into_iter().for_each(|at| bytes[at..at + to.len()].copy_from_slice(&to));
    }
    bytes
}

/// A folder whose user has installed that font.
fn with_installed(name: &str, style: &str, text: &str) -> Folder {
    let folder = Folder::new(name, style, text);
    let fonts = folder.0.join("home/.local/share/fonts/some");
    fs::create_dir_all(&fonts).unwrap();
    fs::write(fonts.join("sans.otf"), renamed("Installed Sansx")).unwrap();
    folder
}

#[test]
fn installed_fonts_are_used_when_the_book_asks_for_them() {
    let style = "text.fallback = [\"Installed Sansx\"]";
    let folder = with_installed("named", style, "Words.");
    let (said, code) = folder.build("pdf");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("face-missing") && said.contains("book.toml:12"), "{said}");
    assert!(said.contains("text.system-fonts = true"), "{said}");

    let folder = with_installed("taken", &format!("{style}\ntext.system-fonts = true"), "Words.");
    let (said, code) = folder.build("epub,pdf");
    assert_eq!(code, Some(0), "{said}");
    let record = fs::read_to_string(folder.0.join("out/a-small-test.build.json")).unwrap();
    assert!(record.contains("\"(installed) sans.otf\""), "{record}");
}

#[test]
fn missing_signs_are_looked_for_among_installed_fonts() {
    let has = |bytes: &[u8], c: char| FontRef::new(bytes).unwrap().charmap().map(c).is_some();
    let library = Library::built_in();
    let others = || library.iter().filter(|(_, face)| face.family != "Libertinus Sans");
    let lacked = |c: &char| others().all(|(_, face)| !has((*face.data).as_ref(), *c));
    let is_plain = |c: &char| c.is_alphabetic() && *c > '\u{250}';
    let sans = FontRef::new(SANS).unwrap();
    let codes = sans.charmap().mappings().filter_map(|(code, _)| char::from_u32(code));
    // what ships comes first: nothing is taken that is not needed
    let mut own: Vec<char> = codes.filter(is_plain).filter(lacked).collect();
    own.sort_unstable();
    if let Some(letter) = own.first() {
        let folder = with_installed("ours", "text.system-fonts = true", &format!("A {letter}."));
        let (said, code) = folder.build("pdf");
        assert_eq!(code, Some(0), "{said}");
        let record = fs::read_to_string(folder.0.join("out/a-small-test.build.json")).unwrap();
        assert!(!record.contains("(installed)"), "{record}");
    }
    let folder = with_installed("none", "text.system-fonts = true", "A \u{e123}.");
    let (said, code) = folder.build("pdf");
    assert!(code == Some(0) || said.contains("glyph-missing"), "{said}");
}

#[test]
fn damaged_fonts_are_named() {
    let page = b"<html>Not found</html>".to_vec();
    let mut head = SANS.to_vec();
    let record = head.windows(4).position(|tag| tag == b"head").unwrap();
    let start = u32::from_be_bytes(head[record + 8..record + 12].try_into().unwrap()) as usize;
    head[start..start + 54].fill(0);
    for (file, bytes, words) in [
        ("half.otf", SANS[..SANS.len() / 2].to_vec(), "is cut short"),
        ("head.otf", head, "is damaged: its table `head`"),
        ("web.woff2", BARS_WEB[..BARS_WEB.len() / 2].to_vec(), "is a web font that cannot be unpacked"),
        ("web.woff", b"wOFF\0\x01".to_vec(), "is a web font that cannot be unpacked"),
        ("page.ttf", page, "is a page of the web"),
    ] {
        let folder = Folder::new(&format!("damage-{file}"), "", "Words.");
        fs::write(folder.0.join("fonts").join(file), bytes).unwrap();
        let (said, code) = folder.build("epub,pdf");
        assert_eq!(code, Some(1), "{said}");
        let named = format!("`fonts/{file}` ");
        assert!(said.contains("error[font-unreadable]") && said.contains(&named), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

/// Whatever is wrong in a file, reading and setting it ends without a panic.
#[test]
fn no_damage_brings_the_tool_down() {
    let tables = ["OS/2", "hhea", "hmtx", "maxp", "post", "name", "GSUB", "GPOS", "GDEF", "cmap", "CFF "];
    for (n, tag) in tables.into_iter().enumerate() {
        let mut bytes = renamed("Hostile Facexyz");
        let record = bytes.windows(4).position(|window| window == tag.as_bytes()).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (start, len) = (number(record + 8), number(record + 12));
        let step = 1 + len / 40;
        for at in (start + n..start + len).step_by(step) {
            bytes[at] = bytes[at].wrapping_add(0x55);
        }
        let folder = Folder::new(
            &format!("hostile-{n}"),
            "text.font = \"Hostile Facexyz\"",
            "Words ⅑ *of* [Capitals]{.smallcaps}.",
        );
        fs::write(folder.0.join("fonts/hostile.otf"), bytes).unwrap();
        let (said, code) = folder.build("epub,pdf,print");
        assert!(code == Some(0) || code == Some(1), "{tag}: {code:?} {said}");
    }
}

/// A font that is read, and whose letters cannot be taken from it for a PDF, is named: that is no failure of
/// the machine, and the EPUB, which carries it otherwise, is made.
#[test]
fn a_font_whose_letters_cannot_be_taken_is_named() {
    let mut face = include_bytes!("../fonts/SourceCodePro-Regular.otf").to_vec();
    let record = face.windows(4).position(|window| window == b"CFF ").unwrap();
    let start = u32::from_be_bytes(face[record + 8..record + 12].try_into().unwrap()) as usize;
    // a part of the outlines that all letters share
    face[start + 64_350..start + 64_365].fill(0);
    let folder = Folder::new("letters", "text.font = \"Source Code Pro\"", "The quick brown fox.");
    fs::write(folder.0.join("fonts/a.otf"), face).unwrap();
    let (said, code) = folder.build("epub,pdf");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[font-unreadable]: the font SourceCodePro-Regular is damaged"), "{said}");
    assert!(folder.0.join("out").join("a-small-test.epub").exists(), "{said}");
}

/// A sign that the author chose stands where no face has the character: the pages are made, the
/// finding is a warning, and a copy of the text holds the character.
#[test]
fn a_sign_stands_in_for_what_no_face_has() {
    let folder = Folder::new("stand-in", "text.stand-in = \"□\"", "One 漢 two, `✔`.");
    let (pages, findings) = folder.set();
    let found: Vec<&Diagnostic> = findings.iter().filter(|f| f.code == Code::GlyphMissing).collect();
    assert!(
        !found.is_empty() && found.iter().all(|f| f.severity == pamphleteer::diag::Severity::Warning),
        "{findings:?}"
    );
    assert!(found[0].message.contains("`□` stands there"), "{}", found[0].message);
    assert!(run(&pages, "漢").text.contains('漢'));
    let (said, code) = folder.build("pdf,epub");
    assert_eq!(code, Some(0), "{said}");
}

/// How far the pen goes on after a word, in a thousandth of an em.
fn width(library: &Library, bold: bool, text: &str) -> i32 {
    let face = library.find("Pamphleteer Test Bars", Variant { bold, italic: false }).unwrap();
    let face = library.face(face);
    let font = harfrust::FontRef::from_index((*face.data).as_ref(), face.index).unwrap();
    let data = harfrust::ShaperData::new(&font);
    let shaper = data.shaper(&font).build();
    let mut buffer = harfrust::UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = shaper.shape(buffer, harfrust::ShapeOptions::new());
    shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum()
}

/// Widths, kerning and substitutions are those at weight 400 and 700; between 400 and 900
/// lies 0.6 of the way at 700. The figures are those of fontTools' instancer.
#[test]
fn regular_and_bold_come_from_the_axis_of_weight() {
    for bytes in [BARS, BARS_WEB, BARS_CUBIC] {
        let mut library = Library::default();
        library.add(std::sync::Arc::new(bytes)).unwrap();
        assert_eq!(library.families(), ["Pamphleteer Test Bars"]);
        let faces: Vec<_> = library.iter().map(|(_, face)| face).collect();
        assert!(faces.len() == 2 && faces.iter().all(|face| face.is_variable));
        assert_eq!(faces.iter().map(|face| face.weight).collect::<Vec<_>>(), [400.0, 700.0]);
        let names: Vec<_> = faces.iter().map(|face| face.postscript.as_str()).collect();
        assert_eq!(names, ["PamphleteerTestBars-Regular", "PamphleteerTestBars-Bold"]);
        let [a, v] = ["A", "V"].map(|letter| width(&library, false, letter));
        assert_eq!([width(&library, true, "A"), width(&library, true, "V")], [a + 120, v + 120]);
        assert_eq!(width(&library, false, "AV"), a + v - 50);
        assert_eq!(width(&library, true, "AV"), a + v + 240 - 80);
        assert_ne!(width(&library, true, "$"), width(&library, false, "$") + 120, "another dollar sign");
    }
}

#[test]
fn web_fonts_and_variable_fonts_are_set_and_embedded() {
    for (file, bytes, faces) in [
        ("bars.ttf", BARS, 2),
        ("bars.woff2", BARS_WEB, 2),
        ("bars.otf", BARS_CUBIC, 2),
        ("bars.woff", BARS_STATIC, 1),
    ] {
        let text = if faces == 2 { "Words and **bold** words." } else { "Words." };
        let style = "text.font = \"Pamphleteer Test Bars\"\ntext.hyphenate = false";
        let folder = Folder::new(&format!("axes-{file}"), style, text);
        fs::write(folder.0.join("fonts").join(file), bytes).unwrap();
        let (said, code) = folder.build("epub,pdf");
        assert_eq!(code, Some(0), "{file}: {said}");
        let (pages, _) = folder.set();
        let bars = pages.fonts.iter().filter(|font| font.name.starts_with("PamphleteerTestBars-"));
        assert_eq!(bars.count(), faces, "{file}");
    }
}

/// Whatever is wrong in a variable or a web font, it is refused or set, in a second or so.
#[test]
fn damaged_axes_are_refused_or_set() {
    let mut random = 7_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    for bytes in [BARS, BARS_WEB, BARS_CUBIC, BARS_STATIC] {
        for _ in 0..150 {
            let mut bytes = bytes.to_vec();
            for _ in 0..=next(3) {
                let at = next(bytes.len());
                bytes[at] = [0, 1, 0x7f, 0x80, 0xff, bytes[at] ^ (1 << next(8))][next(6)];
            }
            let mut library = Library::default();
            if library.add(std::sync::Arc::new(bytes)).is_ok() {
                assert!(library.iter().next().is_some());
            }
        }
    }
}
