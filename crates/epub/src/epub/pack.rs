//! The zip: the same bytes every time, whatever the machine.

use crate::jobs;
use crate::narrow::Nearest;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

pub(super) const MIMETYPE: &str = "application/epub+zip";

/// The folder of the package document.
pub(super) const ROOT: &str = "EPUB/";

/// The folder of the texts, as seen from the package document.
pub(super) const TEXT: &str = "text/";

/// A file of the package.
pub struct File {
    /// Its path from the root of the package.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// The section whose text it is, or a part of which.
    pub section: Option<u32>,
}

impl File {
    /// A file that holds no text of the book.
    pub(super) fn new(path: String, bytes: Vec<u8>) -> File {
        File { path, bytes, section: None }
    }
}

/// What does not get smaller is stored as it is.
const STORED: [&str; 5] = [".jpg", ".png", ".gif", ".webp", ".woff2"];

/// How hard to look for repetitions in texts; the usual 6 makes them smaller by
/// a sixtieth and takes a sixth more time.
const LEVEL: i64 = 4;
/// The same in fonts: outlines have few.
const FONT_LEVEL: i64 = 2;

/// A zip in memory.
type Zip = ZipWriter<Cursor<Vec<u8>>>;

/// Packs the files in order of their paths, after the media type, which comes
/// first and uncompressed (EPUB 3.3 §4.2.3). Each is compressed by itself, so they are
/// side by side, each in a zip of its own; the one that is wanted takes them over as they are.
pub(super) fn pack(files: &[File]) -> Vec<u8> {
    let mut files: Vec<&File> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let packed = jobs::side_by_side(files.len(), |index| {
        let mut zip = with_room(files[index].bytes.len());
        add_file(&mut zip, files[index]);
        zip.finish_into_readable().expect("a zip in memory that was just written can be read")
    });
    let mut zip = with_room(packed.iter().map(length).sum());
    add(&mut zip, "mimetype", MIMETYPE.as_bytes(), CompressionMethod::Stored);
    for file in packed {
        zip.merge_archive(file).expect("paths are unique, and copying in memory cannot fail");
    }
    zip.finish().expect("writing to memory cannot fail").into_inner()
}

fn with_room(bytes: usize) -> Zip {
    ZipWriter::new(Cursor::new(Vec::with_capacity(bytes + 4096)))
}

/// The bytes of a zip, but for the list of its files at the end.
fn length(zip: &ZipArchive<Cursor<Vec<u8>>>) -> usize {
    usize::nearest(zip.central_directory_start())
}

fn add_file(zip: &mut Zip, file: &File) {
    let stored = STORED.iter().any(|ending| file.path.ends_with(ending));
    let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    add(zip, &file.path, &file.bytes, method);
}

fn add(zip: &mut Zip, path: &str, bytes: &[u8], method: CompressionMethod) {
    let level = if path.ends_with(".otf") || path.ends_with(".ttf") { FONT_LEVEL } else { LEVEL };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .compression_level((method == CompressionMethod::Deflated).then_some(level))
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    zip.start_file(path, options).expect("paths are unique and short");
    zip.write_all(bytes).expect("writing to memory cannot fail");
}
