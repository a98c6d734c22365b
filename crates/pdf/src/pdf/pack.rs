//! A finished file, packed small: what the PDF library left plain is compressed, on as
//! many threads as there are, and objects that are no streams go together into streams
//! of objects behind a cross-reference stream (PDF 1.5; ISO 32000-1, 7.5.7 and 7.5.8).
//!
//! The library compresses each page as it ends, one after the other, with a compressor
//! made anew; and a tagged book has more bytes in its thousands of small objects than in
//! its words. Reading the file again costs little, since it is no file of strangers: the
//! library writes a plain table of where its objects begin, and each ends where the next
//! begins.

use super::own_text::OwnText;
use super::stand_in::Originals;
use crate::diag::Error;
use crate::jobs;
use crate::narrow::Nearest;
use flate2::{Compress, Compression, FlushCompress, Status};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How many objects share a stream: a reader unpacks all of them to see one.
const OBJECTS_TOGETHER: usize = 128;

/// How hard to compress: level 6 takes a sixth longer, for half a hundredth of the room.
const LEVEL: u32 = 5;

/// Packs a file that the PDF library wrote, with what we add to its pages: none, or one
/// for each. Pictures take the places of their stand-ins.
///
/// # Errors
/// The file is not written as the library writes.
pub(super) fn pack(file: &[u8], own: &[OwnText], originals: &Originals<'_>) -> Result<Vec<u8>, Error> {
    let odd = || Error::new("the PDF library wrote what cannot be packed");
    let plain = Plain::read(file).ok_or_else(odd)?;
    let own = plain.contents_of(own).ok_or_else(odd)?;
    let (streams, others): (Vec<_>, Vec<_>) =
        plain.objects.iter().partition(|object| matches!(object.content, Content::Stream { .. }));
    let groups: Vec<_> = others.chunks(OBJECTS_TOGETHER).collect();
    let first_group = plain.size;
    let packed = jobs::side_by_side(streams.len() + groups.len(), |n| match n.checked_sub(streams.len()) {
        None => match stand_in(streams[n], originals) {
            Ok(None) => stream(streams[n], own.get(&streams[n].number).copied()),
            picture => picture.ok().flatten(),
        },
        Some(group) => Some(objects_together(first_group + group, groups[group])),
    });
    let packed: Vec<Vec<u8>> = packed.into_iter().collect::<Option<_>>().ok_or_else(odd)?;

    let mut out = plain.header.to_vec();
    let table = first_group + groups.len();
    let mut entries = vec![Entry::Free; table + 1];
    let numbers = streams.iter().map(|object| object.number).chain(first_group..);
    for (number, packed) in numbers.zip(packed) {
        entries[number] = Entry::At(out.len());
        out.extend_from_slice(&packed);
    }
    for (group, members) in groups.iter().enumerate() {
        for (index, object) in members.iter().enumerate() {
            entries[object.number] = Entry::In { stream: first_group + group, index };
        }
    }
    let start = out.len();
    entries[table] = Entry::At(start);
    out.extend_from_slice(&cross_references(table, &entries, plain.trailer));
    out.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
    Ok(out)
}

/// A file as the library writes it.
struct Plain<'a> {
    /// What stands before the first object.
    header: &'a [u8],
    objects: Vec<Object<'a>>,
    /// One more than the highest number of an object.
    size: usize,
    /// What the trailer says, without its size.
    trailer: &'a [u8],
}

struct Object<'a> {
    number: usize,
    content: Content<'a>,
}

enum Content<'a> {
    /// Anything but a stream.
    Value(&'a [u8]),
    /// A stream: its dictionary without what opens and ends it, and its bytes.
    Stream { dictionary: &'a [u8], bytes: &'a [u8] },
}

impl<'a> Plain<'a> {
    fn read(file: &'a [u8]) -> Option<Plain<'a>> {
        let start = rfind(file, b"startxref")?;
        let table = number(&file[start + b"startxref".len()..])?;
        let (entries, trailer) = split(file.get(table..start)?, b"trailer")?;
        let trailer = between(trailer, b"<<", b">>")?;
        let (size, trailer) = split(trailer.strip_prefix(b"/Size ")?, b"/")?;
        let size = number(size)?;
        let mut starts = starts(entries, size)?;
        starts.sort_unstable();
        let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([table]);
        let objects = starts.iter().zip(ends);
        let objects = objects.map(|((at, number), end)| Object::read(*number, file.get(*at..end)?));
        let first = starts.first().map_or(table, |(at, _)| *at);
        // the solidus that parted the size from it is its first byte
        let trailer_start = trailer.as_ptr() as usize - file.as_ptr() as usize - 1;
        let trailer = &file[trailer_start..trailer_start + trailer.len() + 1];
        Some(Plain { header: &file[..first], objects: objects.collect::<Option<_>>()?, size, trailer })
    }
}

impl Plain<'_> {
    /// What is added to the content of each page, by the number of its object. Pages stand
    /// in the file in their order.
    fn contents_of<'o>(&self, own: &'o [OwnText]) -> Option<BTreeMap<usize, &'o OwnText>> {
        if own.is_empty() {
            return Some(BTreeMap::new());
        }
        let contents = self.objects.iter().filter_map(|object| match object.content {
            Content::Value(value) if value.starts_with(b"<</Type/Page/") => {
                split(value, b"/Contents ").map(|(_, behind)| number(behind))
            }
            _ => None,
        });
        let contents: Vec<usize> = contents.collect::<Option<_>>()?;
        (contents.len() == own.len()).then(|| contents.into_iter().zip(own).collect())
    }
}

/// The content of a page with what we add: at the end of a piece of marked content, which
/// are counted from 0. None when there are fewer pieces.
///
/// What stands in strings is passed over; between them the library writes operators and
/// their operands alone.
fn with_own(content: &[u8], own: &[(usize, Vec<u8>)]) -> Option<Vec<u8>> {
    let colour = colour_of_text(content)?;
    let added: usize = own.iter().map(|(_, text)| colour.len() + text.len() + 1).sum();
    let mut out = Vec::with_capacity(content.len() + added);
    let mut own = own.iter().peekable();
    let (mut at, mut copied, mut depth, mut piece) = (0, 0, 0_usize, 0);
    while at < content.len() && own.peek().is_some() {
        match content[at] {
            b'(' => at = end_of_string(content, at),
            b'<' if content[at..].starts_with(b"<<") => at += 2,
            // digits of sixteen may spell an operator: those of U+BDC1 do
            b'<' => at += content[at..].iter().position(|byte| *byte == b'>').unwrap_or(1),
            b'B' if content[at..].starts_with(b"BDC") || content[at..].starts_with(b"BMC") => {
                depth += 1;
                at += 3;
            }
            b'E' if content[at..].starts_with(b"EMC") => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    if let Some((_, text)) = own.next_if(|(wanted, _)| *wanted == piece) {
                        out.extend_from_slice(&content[copied..at]);
                        out.extend_from_slice(colour);
                        out.push(b'\n');
                        out.extend_from_slice(text);
                        copied = at;
                    }
                    piece += 1;
                }
                at += 3;
            }
            _ => at += 1,
        }
    }
    out.extend_from_slice(&content[copied..]);
    own.peek().is_none().then_some(out)
}

/// The operators that give the library's text its colour, which has a profile in files that
/// are to be archived: between its first matrix and its first text object. On a page to
/// which we add, it has drawn something in each font that we use.
fn colour_of_text(content: &[u8]) -> Option<&[u8]> {
    let text = find(content, b"\nBT")?;
    let matrix = rfind(&content[..text], b" cm")?;
    Some(&content[matrix + b" cm".len()..text])
}

/// The end of the string that begins there.
fn end_of_string(content: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < content.len() {
        match content[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' if depth <= 1 => return at + 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Where each object begins, with its number.
fn starts(table: &[u8], size: usize) -> Option<Vec<(usize, usize)>> {
    let mut lines = table.split(|byte| *byte == b'\n').skip(2);
    let mut starts = Vec::with_capacity(size);
    for number_of_object in 0..size {
        let line = lines.next()?;
        if line.get(17)? == &b'n' {
            starts.push((number(line)?, number_of_object));
        }
    }
    Some(starts)
}

impl<'a> Object<'a> {
    fn read(number: usize, text: &'a [u8]) -> Option<Object<'a>> {
        let text = text.strip_prefix(format!("{number} 0 obj\n").as_bytes())?.trim_ascii_end();
        let text = text.strip_suffix(b"endobj")?.trim_ascii_end();
        let Some(stream) = text.strip_suffix(b"\nendstream") else {
            return Some(Object { number, content: Content::Value(text) });
        };
        let (dictionary, bytes) = split(stream, b">>\nstream\n")?;
        Some(Object {
            number,
            content: Content::Stream { dictionary: dictionary.strip_prefix(b"<<")?, bytes },
        })
    }
}

/// A stream as an object of its own, compressed unless it is already, or is metadata,
/// which programs search for in plain words. That of a page gets what we add to it.
fn stream(object: &Object<'_>, own: Option<&OwnText>) -> Option<Vec<u8>> {
    let Content::Stream { dictionary, bytes } = object.content else { return Some(Vec::new()) };
    let done = find(dictionary, b"/Filter").is_some() || find(dictionary, b"/Type/Metadata").is_some();
    if done {
        return own.is_none().then(|| written(object.number, dictionary, bytes));
    }
    let whole = match own.filter(|own| !own.is_empty()) {
        Some(own) => Some(with_own(bytes, own)?),
        None => None,
    };
    let bytes = whole.as_deref().unwrap_or(bytes);
    let (before, after) = split(dictionary, b"/Length ").unwrap_or((dictionary, b""));
    let after = &after[after.iter().take_while(|byte| byte.is_ascii_digit()).count()..];
    let bytes = deflated(bytes);
    let filter = format!("/Length {}/Filter/FlateDecode", bytes.len());
    Some(written(object.number, &[before, filter.as_bytes(), after].concat(), &bytes))
}

/// The picture that a stream is the stand-in for, as an object in its place.
fn stand_in(object: &Object<'_>, originals: &Originals<'_>) -> Result<Option<Vec<u8>>, Error> {
    let Content::Stream { dictionary, bytes } = object.content else { return Ok(None) };
    let mut facts = lopdf::Dictionary::new();
    for key in ["Width", "Height", "ColorSpace", "SMask"] {
        value_of(dictionary, key).into_iter().for_each(|value| facts.set(key, value));
    }
    let Some((mut picture, rows)) = originals.behind(&facts, bytes)? else { return Ok(None) };
    picture.set("Length", i64::from(u32::nearest(rows.len())));
    let mut said = Vec::new();
    // a vector takes all that is written
    let _ = lopdf::Writer::write_object(&mut said, &picture.into());
    let inside = said.strip_prefix(b"<<").and_then(|said| said.strip_suffix(b">>"));
    Ok(inside.map(|inside| written(object.number, inside, rows)))
}

/// A number, name or reference in a dictionary that holds such alone.
fn value_of(dictionary: &[u8], key: &str) -> Option<lopdf::Object> {
    let (_, value) = split(dictionary, format!("/{key}").as_bytes())?;
    let ends = value.iter().skip(1).position(|byte| *byte == b'/').map_or(value.len(), |at| at + 1);
    let value = std::str::from_utf8(&value[..ends]).ok()?.trim();
    match (value.strip_prefix('/'), value.strip_suffix(" 0 R")) {
        (Some(name), _) => Some(name.into()),
        (_, Some(number)) => Some(lopdf::Object::Reference((number.parse().ok()?, 0))),
        _ => value.parse::<i64>().ok().map(lopdf::Object::Integer),
    }
}

/// Objects in one stream: their numbers and where they begin, then they.
fn objects_together(number: usize, objects: &[&Object<'_>]) -> Vec<u8> {
    let (mut index, mut values) = (String::new(), Vec::new());
    for object in objects {
        let Content::Value(value) = object.content else { continue };
        index.push_str(&format!("{} {} ", object.number, values.len()));
        values.extend_from_slice(value);
        values.push(b'\n');
    }
    let bytes = deflated(&[index.as_bytes(), &values].concat());
    let (count, first, length) = (objects.len(), index.len(), bytes.len());
    let dictionary = format!("/Type/ObjStm/N {count}/First {first}/Length {length}/Filter/FlateDecode");
    written(number, dictionary.as_bytes(), &bytes)
}

fn written(number: usize, dictionary: &[u8], bytes: &[u8]) -> Vec<u8> {
    [format!("{number} 0 obj\n<<").as_bytes(), dictionary, b">>\nstream\n", bytes, b"\nendstream\nendobj\n\n"]
        .concat()
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Entry {
    /// Nowhere: there is none of that number.
    Free,
    /// At that byte.
    At(usize),
    /// In a stream of objects.
    In { stream: usize, index: usize },
}

/// Bytes of an entry: its kind, a place or a stream's number, an index.
const WIDTHS: (usize, usize) = (5, 2);

/// The stream that says where objects are. Each row is written as what it differs by
/// from the one above, which is nearly the same.
fn cross_references(number: usize, entries: &[Entry], trailer: &[u8]) -> Vec<u8> {
    const ROW: usize = 1 + WIDTHS.0 + WIDTHS.1;
    let mut rows = Vec::with_capacity(entries.len() * (ROW + 1));
    let mut above = [0; ROW];
    for entry in entries {
        let (kind, first, second) = match *entry {
            Entry::Free => (0, 0, 0),
            Entry::At(at) => (1, at, 0),
            Entry::In { stream, index } => (2, stream, index),
        };
        let mut row = [0; ROW];
        row[0] = kind;
        row[1..=WIDTHS.0].copy_from_slice(&first.to_be_bytes()[size_of::<usize>() - WIDTHS.0..]);
        row[1 + WIDTHS.0..].copy_from_slice(&second.to_be_bytes()[size_of::<usize>() - WIDTHS.1..]);
        const UP: u8 = 2;
        rows.push(UP);
        rows.extend(row.iter().zip(above).map(|(now, above)| now.wrapping_sub(above)));
        above = row;
    }
    let bytes = deflated(&rows);
    let (size, length) = (entries.len(), bytes.len());
    let (place, index) = WIDTHS;
    let dictionary = format!(
        "/Type/XRef/Size {size}/W[1 {place} {index}]/Length {length}/Filter/FlateDecode\
         /DecodeParms<</Predictor 12/Columns {ROW}>>"
    );
    written(number, &[dictionary.as_bytes(), trailer].concat(), &bytes)
}

/// Bytes in the zlib format. A thread makes one compressor, and uses it again: to set
/// one up takes as long as a fifth of a page.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    thread_local! {
        static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), true));
    }
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        // as much as zlib's own bound for bytes that cannot be compressed
        let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 1000 + 64);
        let mut status = compressor.compress_vec(bytes, &mut out, FlushCompress::Finish);
        while !matches!(status, Ok(Status::StreamEnd) | Err(_)) {
            out.reserve(out.len().max(64));
            let done = usize::nearest(compressor.total_in());
            status = compressor.compress_vec(&bytes[done..], &mut out, FlushCompress::Finish);
        }
        out
    })
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).position(|window| window == word)
}

fn rfind(text: &[u8], word: &[u8]) -> Option<usize> {
    text.windows(word.len()).rposition(|window| window == word)
}

/// What stands before and behind the first such word.
fn split<'a>(text: &'a [u8], word: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    find(text, word).map(|at| (&text[..at], &text[at + word.len()..]))
}

/// What stands between a word and the last of another.
fn between<'a>(text: &'a [u8], open: &[u8], close: &[u8]) -> Option<&'a [u8]> {
    let (_, inside) = split(text, open)?;
    Some(&inside[..rfind(inside, close)?])
}

/// The number that a text begins with.
fn number(text: &[u8]) -> Option<usize> {
    let text = text.trim_ascii_start();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&text[..digits]).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::Document;

    /// A file of these objects, written as the library writes.
    fn plain(objects: &[&str]) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f\r\n", objects.len() + 1);
        for (number, object) in (1..).zip(objects) {
            table += &format!("{:010} 00000 n\r\n", file.len());
            file.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n\n").as_bytes());
        }
        let start = file.len();
        let size = objects.len() + 1;
        table += &format!("trailer\n<</Size {size}/Root 1 0 R/ID[(a>>b)(c)]>>\nstartxref\n{start}\n%%EOF");
        file.extend_from_slice(table.as_bytes());
        file
    }

    #[test]
    fn every_object_is_in_the_packed_file_as_it_was() {
        let words = "q BT ET Q ".repeat(300);
        let page = format!("<</Length {}/Type/XObject>>\nstream\n{words}\nendstream", words.len());
        let metadata = "<</Length 7/Type/Metadata>>\nstream\n<x:xmp>\nendstream";
        let mut objects =
            vec!["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", &page, metadata];
        objects.extend(["[1 2 (three endobj)]"; 300]);
        let (file, none) = (plain(&objects), Originals::new([].into_iter()));
        let packed = pack(&file, &[], &none).expect("a sound file");
        assert!(packed.len() < file.len() / 4, "{} bytes of {}", packed.len(), file.len());
        let (before, after) = (Document::load_mem(&file), Document::load_mem(&packed));
        let (before, after) = (before.expect("a file"), after.expect("a packed file"));
        for (id, object) in &before.objects {
            match (object, &after.objects[id]) {
                (lopdf::Object::Stream(a), lopdf::Object::Stream(b)) => {
                    assert_eq!(a.content, b.get_plain_content().expect("what was packed"), "{id:?}");
                }
                (a, b) => assert_eq!(a, b, "{id:?}"),
            }
        }
        assert_eq!(before.trailer.get(b"ID").ok(), after.trailer.get(b"ID").ok());
        let plain_words = |file: &[u8]| find(file, b"<x:xmp>").is_some();
        assert!(plain_words(&packed), "metadata are found in plain words");
    }

    #[test]
    fn what_we_add_stands_at_the_end_of_its_marked_content() {
        let content = b"/A BMC q 1 0 0 1 0 0 cm/c0 cs\nBT (EMC \\) ( BDC)) EMC/Span<</MCID 0>>BDC q/S<<>>BDC EMC Q EMC /B BMC EMC";
        let own = |pieces: &[(usize, &str)]| -> Vec<(usize, Vec<u8>)> {
            pieces.iter().map(|(piece, text)| (*piece, text.as_bytes().to_vec())).collect()
        };
        let with = with_own(content, &own(&[(1, "one\n"), (2, "two\n")])).expect("three pieces");
        let want = "/A BMC q 1 0 0 1 0 0 cm/c0 cs\nBT (EMC \\) ( BDC)) EMC/Span<</MCID 0>>BDC q/S<<>>BDC EMC Q /c0 cs\none\nEMC /B BMC /c0 cs\ntwo\nEMC";
        assert_eq!(String::from_utf8(with).expect("text"), want);
        assert!(with_own(content, &own(&[(3, "none")])).is_none());
    }

    #[test]
    fn no_other_file_is_taken_for_one_of_the_library() {
        let (file, none) = (plain(&["<</Type/Catalog>>"]), Originals::new([].into_iter()));
        for file in [&b""[..], b"startxref", b"%PDF-1.7\nstartxref\n99999\n%%EOF", &file[9..]] {
            assert!(pack(file, &[], &none).is_err(), "{:?}", String::from_utf8_lossy(file));
        }
    }
}
