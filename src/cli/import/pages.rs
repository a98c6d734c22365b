//! A folder of page files, read as one transcription.

use crate::bounds;
use crate::import::has_positions;
use crate::project::{MAX_FILE, Refused, read_file};
use std::fs;
use std::path::{Path, PathBuf};

/// How many bytes of markup a letter has in page files that know where their words stand, so that these are longer.
const MARKUP: u64 = 16;

/// The endings of page files; those of one ending are read, the first of these that two files have.
const ENDINGS: [&str; 5] = ["txt", "xml", "hocr", "html", "alto"];

/// The page files of a folder, in the order of the numbers in their names: two at least.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let all: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    let ends = |path: &Path, ending: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending));
    let of = |ending: &&str| all.iter().filter(|p| ends(p, ending)).cloned().collect::<Vec<_>>();
    // web pages are page files only when they know where their words stand
    let pages = |files: &Vec<PathBuf>| {
        let text = files.first().is_some_and(|f| ends(f, "txt"));
        files.len() >= 2 && (text || read_file(&files[0], MAX_FILE).is_ok_and(|bytes| has_positions(&bytes)))
    };
    let mut found = ENDINGS.iter().map(of).find(pages).unwrap_or_default();
    let number = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        (digits.parse::<u64>().unwrap_or(u64::MAX), name)
    };
    found.sort_by_key(number);
    found
}

/// The bytes of a transcription, or of each of its page files.
///
/// # Errors
/// When one cannot be read, or all of them are more than those of any transcription.
pub(super) fn read(transcription: &Path, pages: &[PathBuf]) -> Result<Vec<Vec<u8>>, Refused> {
    if pages.is_empty() {
        return Ok(vec![read_file(transcription, MAX_FILE)?]);
    }
    let (mut read, mut length) = (Vec::new(), 0);
    for page in pages {
        let bytes = read_file(page, MAX_FILE)?;
        length += bytes.len();
        let most = bounds::TRANSCRIPTION.most.saturating_mul(MARKUP);
        if length as u64 > most {
            return Err(Refused::TooLarge { bytes: length as u64, most });
        }
        read.push(bytes);
    }
    Ok(read)
}
