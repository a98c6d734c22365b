//! Books that come back from their own PDF: by its tags, and by positions alone.

#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

#[path = "common/spent.rs"]
mod spent;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use pamphleteer::import::{Positions, Unreadable, text_of_positions};
use spent::spent;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

fn run(args: &[&str], path: &Path, more: &[&str]) {
    let ran =
        Command::new(env!("CARGO_BIN_EXE_pamphleteer")).args(args).arg(path).args(more).output().unwrap();
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// A folder of its own, which goes with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // what is left in the folder of temporary files harms nobody
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("pamphleteer-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    Folder(folder)
}

/// A book of two texts: paragraphs of many lengths, notes, a quotation, verse, a list.
fn book(folder: &Path) {
    let words: Vec<&str> =
        "the ferry lay at a lower stage in fog and whoever had business on the far bank walked up to \
                            the bridge which was tolled and spoke of it at the inn until somebody paid"
            .split(' ')
            .collect();
    let mut texts = String::new();
    for text in 1..=2 {
        let mut out = format!("# Crossing number {text}\n\n");
        for paragraph in 0..24usize {
            let length = 9 + (paragraph * 37 + text * 11) % 120;
            let line: Vec<&str> =
                (0..length).map(|n| words[(n * 7 + paragraph * 3 + text) % words.len()]).collect();
            let call = if paragraph % 5 == 2 { format!("[^{paragraph}]") } else { String::new() };
            out.push_str(&format!(
                "Paragraph {text}.{paragraph} says that {} for *once*.{call}\n\n",
                line.join(" ")
            ));
            if paragraph % 5 == 2 {
                out.push_str(&format!(
                    "[^{paragraph}]: Note {text}.{paragraph}, as {}.\n\n",
                    line[..8].join(" ")
                ));
            }
            if paragraph == 7 {
                out.push_str("## Of the rope\n\n");
            }
        }
        fs::write(folder.join(format!("0{text}.md")), out).unwrap();
        texts.push_str(&format!("\"0{text}.md\", "));
    }
    let toml = format!(
        "title = \"The Ferry\"\nlanguage = \"en\"\ncreator = \"Mary Weir\"\n[matter]\nfront = [\"title-page\", \"contents\"]\n\
         body = [{}]\nback = []\n",
        texts.trim_end_matches(", ")
    );
    let toml = toml.replace("creator = \"Mary Weir\"\n", "");
    fs::write(folder.join("book.toml"), toml + "[[contributor]]\nname = \"Mary Weir\"\nrole = \"aut\"\n")
        .unwrap();
}

/// The paragraphs, headings and notes of all texts of a folder, without marks.
fn passages(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "md") && !path.ends_with("imprint.md"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        for passage in text.split("\n\n") {
            let mut out = String::new();
            let mut rest = passage;
            while let Some((before, comment)) = rest.split_once("<!--") {
                out.push_str(before);
                rest = comment.split_once("-->").unwrap().1;
            }
            out.push_str(rest);
            let (label, words) = match out.strip_prefix("[^").and_then(|note| note.split_once("]:")) {
                Some((_, words)) => ("note: ", words.to_owned()),
                None if out.starts_with('#') => ("title: ", out.trim_start_matches('#').to_owned()),
                None => ("", out),
            };
            let words = words.split("[^").next().unwrap().trim().replace(['*', '\n'], " ");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
            found.push(format!("{label}{words}"));
        }
    }
    found.retain(|passage| !passage.is_empty());
    found
}

/// How many of the book's passages came back whole, and those that did not.
fn share(wanted: &[String], found: &[String]) -> (f64, Vec<String>) {
    let missing: Vec<String> = wanted.iter().filter(|passage| !found.contains(passage)).cloned().collect();
    (1.0 - missing.len() as f64 / wanted.len() as f64, missing)
}

#[test]
fn a_book_comes_back_from_its_pdf() {
    let source = folder("positions-book");
    book(&source.0);
    run(&["build"], &source.0, &["--to", "pdf,print"]);
    let wanted = passages(&source.0);
    for (file, least) in [("the-ferry.pdf", 1.0), ("the-ferry-print.pdf", 0.98)] {
        let into = folder(&format!("positions-{file}"));
        let out = into.0.join("recovered");
        run(&["import"], &source.0.join("out").join(file), &["--into", out.to_str().unwrap()]);
        let found = passages(&out);
        let (share, missing) = share(&wanted, &found);
        assert!(share >= least, "{file}: {share:.3} of the passages came back; not {missing:#?}");
    }
}

/// Code, terms, items, quotations side by side and a note of two paragraphs, as the tags of a PDF have them.
const TAGGED: &str = "# Of knots\n\nA knot is tied with `reef(left, right)` and loosed by hand.\n\n\
- The first item says `[^one]` and goes on for a while, so that it is turned over at the end of its line.\n\
- The second has a class in `{.class}` and a call.[^one]\n\n\
Bight\n\n:   a loop of rope that `does not cross` itself\n\nStanding part\n\n:   what is not worked with\n\n\
> The rope is the whole of the ferry\n>\n> The bank is the rest of it\n\n> Another says so too.\n\n\
[^one]: The note begins here.\n\n    It goes on in a second paragraph with `code` in it.\n\n\
The last paragraph ends the text.\n";

#[test]
fn code_terms_and_notes_come_back_from_the_tags() {
    let source = folder("positions-tagged");
    fs::write(source.0.join("01.md"), TAGGED).unwrap();
    fs::write(
        source.0.join("book.toml"),
        "title = \"Knots\"\nlanguage = \"en\"\n[matter]\nbody = [\"01.md\"]\n",
    )
    .unwrap();
    run(&["build"], &source.0, &["--to", "pdf"]);
    let out = source.0.join("recovered");
    run(&["import"], &source.0.join("out/knots.pdf"), &["--into", out.to_str().unwrap()]);
    let files = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for wanted in [
        "tied with `reef(left, right)` and loosed by hand.\n",
        "says `[^one]` and goes on",
        "in `{.class}` and a call.[^",
        "\n\na loop of rope that `does not cross` itself\n\n",
        "> The rope is the whole of the ferry\n>\n> The bank is the rest of it\n",
        "\n\n    It goes on in a second paragraph with `code` in it.\n",
        "\n\nThe last paragraph ends the text.\n",
    ] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

/// A PDF for a press has no tags: the letters of a typewriter tell what is code.
#[test]
fn code_comes_back_from_letters_of_a_typewriter() {
    let source = folder("positions-typewriter");
    fs::write(source.0.join("01.md"), TAGGED).unwrap();
    fs::write(
        source.0.join("book.toml"),
        "title = \"Knots\"\nlanguage = \"en\"\n[matter]\nbody = [\"01.md\"]\n",
    )
    .unwrap();
    run(&["build"], &source.0, &["--to", "print", "--printer", "offset"]);
    let out = source.0.join("recovered");
    run(&["import"], &source.0.join("out/knots-print.pdf"), &["--into", out.to_str().unwrap()]);
    let files = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for wanted in ["tied with `reef(left, right)` and loosed by hand.\n", "says `[^one]` and goes on"] {
        assert!(text.contains(wanted), "{wanted:?} is not in\n{text}");
    }
}

/// A line as Tesseract writes it: its box, its size as measured, how far its letters reach below.
fn hocr_line(out: &mut String, (left, right, base): (u32, u32, u32), (size, below): (u32, u32), text: &str) {
    let words: Vec<String> =
        text.split(' ').map(|word| format!("<span class='ocrx_word'>{word}</span>")).collect();
    out.push_str(&format!(
        "<span class='ocr_line' title=\"bbox {left} {} {right} {}; baseline 0 -{below}; x_size {size}\">{}</span>\n",
        base - size + below,
        base + below,
        words.join(" ")
    ));
}

const NUMBERS: [&str; 8] = ["one", "two", "three", "four", "five", "six", "seven", "eight"];

/// Pages as Tesseract reads them: a running head above a first line that stands in, a last line of text that seems
/// smaller, notes whose numbers and calls it misread.
fn scanned() -> String {
    let mut out = "<html><body>\n".to_owned();
    for page in 1..=8u32 {
        out.push_str("<div class='ocr_page' title='bbox 0 0 1100 1700'>\n");
        hocr_line(&mut out, (300, 802, 120), (20, 4), "THE ECONOMY OF FERRIES");
        let number = NUMBERS[page as usize - 1];
        for line in 0..12 {
            let (left, text) = match line {
                0 => (239, format!("Page {number} of the ferry begins with a line that stands in")),
                5 => (194, "and the bank was left in fog.* Nobody who had business".to_owned()),
                11 => (194, "the last of its lines is as wide as all the others are".to_owned()),
                _ => (194, "and goes on with lines that reach from one side to the".to_owned()),
            };
            let size = if line == 11 { (25, 4) } else { (28, 7) };
            hocr_line(&mut out, (left, 909, 180 + line * 37), size, &text);
        }
        let mark = if page == 2 { "z.".to_owned() } else { format!("{page}.") };
        hocr_line(
            &mut out,
            (232, 909, 700),
            (23, 6),
            &format!("{mark} Note {page} says who went over on that"),
        );
        hocr_line(&mut out, (194, 500, 732), (20, 3), &format!("morning {number} and came back."));
        hocr_line(&mut out, (540, 563, 1600), (23, 0), &(page + 20).to_string());
        out.push_str("</div>\n");
    }
    out + "</body></html>\n"
}

#[test]
fn a_scan_gives_its_paragraphs_notes_and_calls() {
    let source = folder("positions-scan");
    let file = source.0.join("scan.hocr");
    fs::write(&file, scanned()).unwrap();
    let out = source.0.join("recovered");
    run(&["import"], &file, &["--into", out.to_str().unwrap()]);
    let files = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let text: String = files
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    assert!(!text.contains("\n> ") && text.matches("THE ECONOMY").count() <= 1, "{text}");
    assert_eq!(text.matches("the last of its lines is as wide").count(), 8);
    for (page, number) in (1..).zip(NUMBERS) {
        let note = format!(": Note {page} says who went over on that morning {number} and came back.\n");
        assert!(text.contains(&note), "{note} {text}");
        assert!(text.contains(&format!("left in fog.[^{page}] Nobody")), "{page}: {text}");
    }
}

#[test]
fn broken_files_with_positions_end_in_a_finding() {
    let source = folder("positions-broken");
    book(&source.0);
    run(&["build"], &source.0, &["--to", "pdf"]);
    let whole = fs::read(source.0.join("out/the-ferry.pdf")).unwrap();
    for step in [7usize, 211, 1009] {
        let mut broken = whole.clone();
        broken.iter_mut().step_by(step * 13).for_each(|byte| *byte = byte.wrapping_add(97));
        let _ = text_of_positions(&[broken]);
        let _ = text_of_positions(&[whole[..whole.len() / step].to_vec()]);
    }
    for text in ["<html><div class='ocr_page'>", "<alto>", "<PcGts><Page><TextLine>", "%PDF-1.7\n"] {
        let read = text_of_positions(&[text.as_bytes().to_vec()]);
        assert!(read.is_some_and(|text| text.is_err()));
    }
}

/// What is read of a file, or why nothing is.
fn read(bytes: impl Into<Vec<u8>>) -> Result<Positions, String> {
    let read = text_of_positions(&[bytes.into()]).expect("the format is known");
    read.map_err(|why| match why {
        Unreadable::Damaged(_, why) | Unreadable::Refused(why) => why.into(),
    })
}

#[test]
fn a_file_that_was_cut_off_is_refused_and_an_untidy_one_is_read() {
    let page = |n: usize| {
        let line = |k: usize| {
            format!(
                "<TextLine HPOS='9' VPOS='{}' WIDTH='900' HEIGHT='20'><String CONTENT='w{n}x{k}'/></TextLine>\n",
                k * 30
            )
        };
        format!("<Page>{}</Page>\n", (0..20).map(line).collect::<String>())
    };
    let alto = format!("<alto><Layout>\n{}</Layout></alto>\n", (0..3).map(page).collect::<String>());
    let scan = scanned();
    for whole in [&alto, &scan] {
        let all = read(whole.as_str()).unwrap().text;
        for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 20] {
            let why = read(&whole[..whole[..cut].rfind('\n').unwrap()]).unwrap_err();
            assert!(why.contains("ends before its"), "{why}");
            let why = read(&whole[..whole[..cut].rfind('<').unwrap() + 2]).unwrap_err();
            assert!(why.contains("from line"), "{why}");
        }
        // what a browser reads over is no damage, and costs no word
        let deep = whole.replacen("<Layout>", &"<Layout>".repeat(300), 1);
        let deep = deep.replacen("<div", &format!("{}<div", "<div>".repeat(300)), 2);
        assert_eq!(read(deep).unwrap().text, all);
    }
    let words = read(scan.replace("ECONOMY", "Rye&Dee<br>")).unwrap().text;
    assert!(words.contains("THE Rye&Dee OF FERRIES"), "{words}");
    assert!(words.contains("who went over on that"), "{words}");
    // a browser reads what has no end as well; each line break was looked for among all before
    let begin = spent();
    let breaks =
        format!("<div class='ocr_page'><span class='ocr_line'>{}</span></div>", "<br> word ".repeat(200_000));
    assert!(read(breaks).unwrap().text.contains("word word"));
    assert!(spent() - begin < Duration::from_secs(10), "{:?}", spent() - begin);
    // where its lines begin was counted for each of them
    let line = |k: usize| {
        let (left, top) = (k % 600 * 40, k * 7919 % 80_000);
        format!(
            "<TextLine HPOS='{left}' VPOS='{top}' WIDTH='900' HEIGHT='20'><String CONTENT='w{k}'/></TextLine>\n"
        )
    };
    let page = |lines: usize| {
        let lines: String = (0..lines).map(line).collect();
        format!("<alto><Layout><Page>{lines}</Page></Layout></alto>")
    };
    let time = |lines: usize| {
        let page = page(lines);
        let begin = spent();
        assert!(read(page).is_ok());
        spent() - begin
    };
    let (few, many) = (time(10_000), time(80_000));
    assert!(many < few * 24 + Duration::from_secs(1), "8 times as many lines: {few:?}, then {many:?}");
}

/// A PDF of so many pages that all paint `content`, with `more` in their resources.
fn painted(content: &str, pages: usize, more: impl FnOnce(&mut Document) -> Dictionary) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let tree = file.new_object_id();
    let mut stream = Stream::new(Dictionary::new(), content.as_bytes().to_vec());
    stream.compress().unwrap();
    let content = file.add_object(stream);
    let mut resources = more(&mut file);
    if !resources.has(b"Font") {
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman" };
        resources.set("Font", dictionary! { "F" => font });
    }
    let resources = file.add_object(resources);
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources };
            Object::Reference(file.add_object(page))
        })
        .collect();
    let count = i64::try_from(pages).unwrap();
    file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    // lopdf writes no object streams as they are, so they have another name until then
    for at in 0..bytes.len().saturating_sub(6) {
        if bytes[at..].starts_with(b"ObjStX") {
            bytes[at + 5] = b'm';
        }
    }
    bytes
}

const WORDS: &str = "BT /F 12 Tf 50 700 Td (Some words of a page.) Tj ET ";

#[test]
fn a_small_pdf_that_paints_without_end_is_refused() {
    let nothing = |_: &mut Document| Dictionary::new();
    let form = |file: &mut Document| {
        let mut form = Stream::new(dictionary! { "Subtype" => "Form" }, vec![b' '; 20_000_000]);
        form.compress().unwrap();
        let form = file.add_object(form);
        dictionary! { "XObject" => dictionary! { "X" => form } }
    };
    let words = |file: &mut Document| {
        let list = dictionary! { "ActualText" => Object::string_literal("x".repeat(500_000)) };
        let list = file.add_object(list);
        dictionary! { "Properties" => dictionary! { "M" => list } }
    };
    let objects = |file: &mut Document| {
        for _ in 0..40 {
            let head = "900000 0 ";
            let text = format!("{head}{}", "1 ".repeat(7_900_000));
            let length = i64::try_from(head.len()).unwrap();
            let mut stream = Stream::new(
                dictionary! { "Type" => "ObjStX", "N" => 1, "First" => length },
                text.into_bytes(),
            );
            stream.compress().unwrap();
            file.add_object(stream);
        }
        Dictionary::new()
    };
    let files = [
        (
            "a form of 20 MB, 10,000 times",
            painted(&format!("{WORDS}{}", "/X Do ".repeat(10_000)), 1, form),
            "512 MiB",
        ),
        ("a page of 1 MB, 1,000 times", painted(&" ".repeat(1_000_000), 1000, nothing), "512 MiB"),
        ("40 object streams of 16 MB", painted(WORDS, 1, objects), "512 MiB"),
        (
            "steps by the million",
            painted(&"q ".repeat(5_500_000), 2, nothing),
            "10,000,000 steps of painting",
        ),
        ("words that stand for others", painted(&"/Span /M BDC EMC ".repeat(10_000), 1, words), "24 MiB"),
    ];
    for (name, file, most) in files {
        assert!(file.len() < 1_500_000, "{name}: {}", file.len());
        let begin = spent();
        let why = read(file).unwrap_err();
        assert!(why.contains(most), "{name}: {why}");
        assert!(spent() - begin < Duration::from_secs(40), "{name}: {:?}", spent() - begin);
    }
}

#[test]
fn what_a_pdf_does_not_say_is_told_of() {
    let wide = |file: &mut Document| {
        // each range names 70,000 codes anew
        let ranges: Vec<Object> = [0, 70_000, 500].repeat(20_000).into_iter().map(Object::Integer).collect();
        let below = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "W" => ranges };
        let below = file.add_object(below);
        let mut table = Stream::new(Dictionary::new(), b"begincmap endcmap".to_vec());
        table.compress().unwrap();
        let table = file.add_object(table);
        let font = dictionary! {
            "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![below.into()], "ToUnicode" => table,
        };
        let plain = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman" };
        dictionary! { "Font" => dictionary! { "F" => plain, "G" => font } }
    };
    let begin = spent();
    let file = painted(&format!("{WORDS}BT /G 12 Tf (abcd) Tj /H 9 Tf (lost) Tj ET"), 1, wide);
    let found = read(file).unwrap();
    assert!(spent() - begin < Duration::from_secs(10), "{:?}", spent() - begin);
    assert!(found.text.contains("Some words of a page."), "{}", found.text);
    let told: Vec<&str> = found.unread.iter().map(|(_, what)| what.as_str()).collect();
    assert_eq!(
        told,
        [
            "page 1 could not be read whole: words are painted in a font that the file does not have",
            "2 signs, first on page 1, have no letters in the file and were left out"
        ]
    );
}
