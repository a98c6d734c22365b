//! Pictures: which ones the texts name, and the files that are meant.

use super::door::sha256;
use super::folder::{Folder, Unread};
use super::known::{KnownPictures, Purpose};
use super::matter::FROM_HERE;
use crate::book::ImageFormat;
use crate::bounds;
use crate::diag::{Code, Diagnostic, Error, SourceMap, Span, nearest};
use crate::file_names::is_text;
use crate::jobs;
use crate::picture::{self, Prepared, Refusal};
use crate::sources::{ImageFile, Sources, Unusable, candidates, decode};
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What the names of pictures end in, after a full stop.
const ENDINGS: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "tif", "tiff", "bmp"];

/// Reads every picture that a text names and that exists, several at a time. What
/// is missing is the manuscript's finding, because it knows the place.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub(super) fn read_all(
    folder: &Folder,
    known: Option<&KnownPictures>,
    sources: &mut Sources,
) -> Result<(), Error> {
    let names: Vec<String> = all_names(&sources.map).into_iter().collect();
    let mut missing = Vec::new();
    let mut sum = Sum::default();
    for names in names.chunks(AT_ONCE) {
        let read = jobs::side_by_side(names.len(), |n| read(folder, (Purpose::Text, &names[n]), known));
        for (name, image) in names.iter().zip(read) {
            match image? {
                Some(image) => {
                    let image = image.and_then(|image| sum.add(name, image));
                    sources.images.insert(name.clone(), image);
                }
                None => missing.push(name.clone()),
            }
        }
    }
    let near = |name: String| near(folder, &name).map(|near| (name, near));
    sources.near_images.extend(missing.into_iter().take(MOST_NEAR).filter_map(near));
    Ok(())
}

/// So many are read before they are summed up, and what is too much is let go.
const AT_ONCE: usize = 16;

/// What all pictures of a book take together.
#[derive(Default)]
struct Sum {
    /// The bytes of their files.
    bytes: usize,
    /// To make pictures of pixels ready, beyond what their files are given.
    packing: f64,
    /// To draw drawings.
    drawing: f64,
}

impl Sum {
    /// The picture, unless those before it take all that there is for pictures.
    fn add(&mut self, name: &str, image: ImageFile) -> Result<ImageFile, Unusable> {
        self.bytes += image.bytes.len();
        if image.format == ImageFormat::Svg {
            self.drawing += image.seconds;
        } else {
            self.packing += unpaid(&image);
        }
        let (message, hint) = if bounds::PICTURES.is_exceeded_by(self.bytes) {
            let most = bounds::PICTURES.most_in_words();
            (
                format!("the pictures of the book up to `{name}` have more than {most} together"),
                "save photographs as JPEG, or divide the book into volumes",
            )
        } else if self.packing > bounds::PICTURES_TIME.most as f64 {
            let most = bounds::PICTURES_TIME.most_in_words();
            (
                format!(
                    "the pictures of the book up to `{name}` have so many pixels, with so little in them, that they take longer than {most}"
                ),
                "make the largest pictures smaller (a printer wants 300 pixels to the inch), or divide the book into volumes",
            )
        } else if self.drawing > bounds::DRAWINGS_TIME.most as f64 {
            let most = bounds::DRAWINGS_TIME.most_in_words();
            (
                format!("the drawings of the book up to `{name}` take longer than {most}"),
                "simplify the drawings, export the largest as PNG, or divide the book into volumes",
            )
        } else {
            return Ok(image);
        };
        Err(Unusable { code: Code::FileTooLarge, message, hint: Some(hint) })
    }
}

/// Of the seconds that it takes to make a picture ready for all editions, those that its file is too small for.
///
/// A photograph has work in proportion to its file, and whoever wants three hundred of them in a book waits for
/// them. A file can also claim a hundred million pixels that are all alike: what a million of those take was
/// measured (docs/fuzzing.md), and each byte is given a hundred times and more of what it takes to unpack it.
fn unpaid(image: &ImageFile) -> f64 {
    /// Seconds for a million pixels.
    const JPEG: f64 = 0.03;
    const OTHER: f64 = 0.035;
    const GREY: f64 = 0.02;
    /// Seconds for a byte.
    const GIVEN: f64 = 0.5e-6;
    /// Where the header of a PNG says how colours are written, and what it says of grey (PNG, §11.2.1).
    const COLOUR_TYPE: (usize, u8) = (25, 0);
    let is_grey = || image.bytes.get(COLOUR_TYPE.0) == Some(&COLOUR_TYPE.1);
    let each = match image.format {
        ImageFormat::Jpeg => JPEG,
        ImageFormat::Png if is_grey() => GREY,
        _ => OTHER,
    };
    let pixels = f64::from(image.size.0) * f64::from(image.size.1);
    (pixels / 1e6 * each - image.bytes.len() as f64 * GIVEN).max(0.0)
}

/// For so many names a near one is looked for: where more are missing, a folder is.
const MOST_NEAR: usize = 200;

/// Reads one picture; none when it does not exist.
///
/// # Errors
/// When the machine fails to read a file that is there.
pub(super) fn read(
    folder: &Folder,
    (purpose, name): (Purpose, &str),
    known: Option<&KnownPictures>,
) -> Result<Option<Result<ImageFile, Unusable>>, Error> {
    let make = |bytes: Arc<[u8]>| prepared((purpose, name), bytes);
    let mut bytes = folder.read(name);
    if let Err(Unread::Finding(Code::FileMissing, _)) = bytes
        && let Some(same) = folder.find(name, |a, b| a.nfc().eq(b.nfc())).filter(|same| same != name)
    {
        bytes = folder.read(&same);
    }
    match bytes {
        Ok(bytes) => Ok(Some(match known {
            Some(known) => known.or_make((purpose, name), bytes, make),
            None => make(Arc::from(bytes)),
        })),
        Err(Unread::Finding(Code::FileMissing, _)) => Ok(None),
        Err(Unread::Finding(code, message)) => Ok(Some(Err(Unusable { code, message, hint: None }))),
        Err(Unread::Machine(error)) => Err(error),
    }
}

/// The picture as all editions need it.
fn prepared((purpose, name): (Purpose, &str), source: Arc<[u8]>) -> Result<ImageFile, Unusable> {
    let Prepared { bytes, format, size, pages, seconds, left_out } =
        picture::prepare(name, &source).map_err(|refusal| unusable(name, &refusal))?;
    if purpose == Purpose::Cover {
        picture::verify(&bytes, format).map_err(|refusal| unusable(name, &refusal))?;
    }
    let sha256 = sha256(&source);
    let bytes = if *bytes == *source { source } else { Arc::from(bytes) };
    Ok(ImageFile { bytes, format, size, pages, seconds, left_out, sha256 })
}

/// What is said of a picture that is refused.
fn unusable(name: &str, refusal: &Refusal) -> Unusable {
    let message = format!("`{name}` {}", refusal.reason);
    Unusable { code: Code::ImageUnreadable, message, hint: Some(refusal.hint) }
}

/// Whether a sign of the style is the name of a picture: it ends like one, or a file is called so,
/// whose kind is then told.
pub(super) fn is_named(sign: &str, folder: &Folder) -> bool {
    let Some((name, ending)) = sign.rsplit_once('.').filter(|(name, _)| !name.is_empty()) else {
        return false;
    };
    let is_file = || !name.contains(' ') && folder.find(sign, |_, _| false).is_some();
    ENDINGS.contains(&ending.to_lowercase().as_str()) || is_file()
}

/// What is said of a picture that a style names and that there is not.
pub(super) fn absent(folder: &Folder, name: &str, span: Option<Span>) -> Diagnostic {
    let finding = Diagnostic::new(Code::FileMissing, span, format!("there is no file `{name}`"));
    match near(folder, name) {
        Some(near) => finding.hint(format!("did you mean `{near}`?")),
        None => finding.hint(FROM_HERE),
    }
}

/// The file that is likely meant by a name that no file has: one whose name
/// differs in capitals, is written nearly so, or stands in another folder.
pub(super) fn near(folder: &Folder, name: &str) -> Option<String> {
    let lower = |text: &str| text.nfc().flat_map(char::to_lowercase).collect::<String>();
    if let Some(same) = folder.find(name, |a, b| lower(a) == lower(b)) {
        return Some(same);
    }
    let (place, file) = name.rsplit_once('/').unwrap_or(("", name));
    let is_picture = |name: &String| !is_text(name) && !name.ends_with(".toml");
    let beside: Vec<String> = folder.list(place, &[""]).into_iter().filter(is_picture).collect();
    let stem = |name: &str| lower(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let without_ending = || beside.iter().find(|other| stem(other.as_str()) == lower(name)).cloned();
    let slip = || nearest(name, beside.iter().map(String::as_str)).map(str::to_owned);
    let found = without_ending().or_else(slip);
    let other = || {
        folder.folders().into_iter().find_map(|place| folder.find(&format!("{place}/{file}"), |a, b| a == b))
    };
    found.or_else(other)
}

/// The files that the words of all texts may mean.
fn all_names(map: &SourceMap) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, file) in map.iter().filter(|(_, file)| is_text(&file.name)) {
        let mut written = BTreeSet::new();
        collect_names(&file.text, &mut written);
        names.extend(written.iter().flat_map(|written| candidates(&file.name, written)));
    }
    names.retain(|name| !name.is_empty() && name.len() < LONGEST);
    names
}

/// Longer than the name of any file.
const LONGEST: usize = 1024;

/// Adds every word of `text` that ends like a picture's file name, and what
/// stands where Markdown has the name of a picture.
fn collect_names(text: &str, names: &mut BTreeSet<String>) {
    let parts_words = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '[' | ']');
    for (stop, _) in text.match_indices('.') {
        let (before, after) = (&text[..stop], &text[stop + 1..]);
        let ending = ENDINGS.iter().filter(|ending| starts_with(after, ending));
        let whole = |ending: &&&str| after[ending.len()..].chars().next().is_none_or(parts_words);
        if let Some(ending) = ending.into_iter().find(whole) {
            let stem = before.rsplit(parts_words).next().unwrap_or(before);
            names.insert(decode(&text[stop - stem.len()..stop + 1 + ending.len()]));
        }
    }
    // Names with spaces stand in angle brackets.
    for piece in text.split('<').skip(1) {
        if let Some((name, _)) = piece.split_once('>')
            && name.len() < 256
            && let Some((_, ending)) = name.rsplit_once('.')
            && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
        {
            names.insert(decode(name));
        }
    }
    // Names with any ending, or none: behind the words of a picture, and in definitions of references.
    for paragraph in text.split("\n\n") {
        let pictured = paragraph.find("![").map_or("", |at| &paragraph[at..]);
        let inline = pictured.match_indices("](").map(|(at, mark)| start_of(&pictured[at + mark.len()..]));
        let defined = paragraph.lines().filter_map(definition);
        names.extend(inline.clone().filter_map(spaced));
        names.extend(inline.chain(defined).filter_map(destination));
    }
}

/// As much of a text as the longest name can take, each sign of it written with three more:
/// what looks for its end at every place of a long line would take time by the square.
fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST * 4)]
}

/// What stands behind the label of a reference; a note is none.
fn definition(line: &str) -> Option<&str> {
    let line = line.trim_start().strip_prefix('[').filter(|line| !line.starts_with('^'))?;
    line.split_once("]:").map(|(_, rest)| rest)
}

/// The destination at the start of `text` (CommonMark 0.31.2 §6.3), unless it is an
/// address, a text or a place in one.
fn destination(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = |stop: fn(char) -> bool| text.find(stop).unwrap_or(text.len());
    let written = match text.strip_prefix('<') {
        Some(rest) => rest.split_once('>')?.0,
        None => &text[..end(|c| c.is_whitespace() || c == ')')],
    };
    let is_file = !written.is_empty() && !written.contains([':', '#']) && !is_text(written);
    is_file.then(|| decode(written))
}

/// The destination with spaces in it that some write without angle brackets.
fn spaced(text: &str) -> Option<String> {
    let line = text.lines().next()?;
    let written = line[..line.find(')')?].split(" \"").next()?.trim();
    (written.contains(' ') && !written.starts_with('<')).then(|| decode(written))
}

/// Whether `text` starts with `word`, in capitals or not.
fn starts_with(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_read_from_beside_the_text_and_from_the_book() {
        let folder = Folder::open(std::path::Path::new("manuscript/handbook")).unwrap();
        let mut map = SourceMap::default();
        map.add("images/one.md".to_owned(), "![a](fold.png) ![b](/images/spine.png)".to_owned());
        map.add("part/two.md".to_owned(), "![c](../images/spread.png) ![d](../../LICENSE.png)".to_owned());
        let mut sources = Sources { map, ..Sources::default() };
        read_all(&folder, None, &mut sources).unwrap();
        let names: Vec<&str> = sources.images.keys().map(String::as_str).collect();
        assert_eq!(names, ["images/fold.png", "images/spine.png", "images/spread.png"]);
    }

    #[test]
    fn honest_pictures_are_as_many_as_a_book_wants_and_small_files_of_many_pixels_are_not() {
        let taken = |format, megapixels: u32, bytes: usize| {
            let bytes: Arc<[u8]> = Arc::from(vec![0; bytes]);
            let size = (megapixels * 1000, 1000);
            let image = || ImageFile {
                bytes: bytes.clone(),
                format,
                size,
                pages: 1,
                seconds: 0.0,
                left_out: Vec::new(),
                sha256: String::new(),
            };
            let mut sum = Sum::default();
            (0..1000).take_while(|_| sum.add("a", image()).is_ok()).count()
        };
        // photographs of a camera; then those that were packed hard, scans at 600 to the inch, screens
        assert_eq!(taken(ImageFormat::Jpeg, 24, 3_000_000), 1000);
        assert!(taken(ImageFormat::Jpeg, 24, 900_000) > 200);
        assert!(taken(ImageFormat::Png, 17, 1_300_000) == 1000);
        assert!(taken(ImageFormat::Png, 8, 300_000) > 400);
        // what files claim, with nothing in them
        assert!(taken(ImageFormat::Png, 120, 350_000) < 30);
        assert!(taken(ImageFormat::Jpeg, 120, 1_000_000) < 20);
        // and no book of them is more than can be held
        assert!(taken(ImageFormat::Png, 120, 60_000_000) < 60);
    }

    #[test]
    fn names_are_found_in_text() {
        let mut names = BTreeSet::new();
        collect_names("![a](images/a%20b.png \"c\") and ![d](<e f.jpg>)\n\n[g]: h.SVG", &mut names);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(names, ["e f.jpg", "f.jpg", "h.SVG", "images/a b.png"]);
    }
}
