//! A folder of page files, read as one transcription.

use crate::bounds;
use crate::project::{MAX_FILE, Refused, read_file};
use std::fs;
use std::path::{Path, PathBuf};

/// The page files of a folder, in the order of the numbers in their names: text files, two at least.
pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    found.retain(|p| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")));
    let number = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        (digits.parse::<u64>().unwrap_or(u64::MAX), name)
    };
    found.sort_by_key(number);
    if found.len() < 2 { Vec::new() } else { found }
}

/// The bytes of a transcription; page files are joined, each behind a form feed. No more are
/// read once they are too many for a transcription.
pub(super) fn read(transcription: &Path, pages: &[PathBuf]) -> Result<Vec<u8>, Refused> {
    let Some((first, others)) = pages.split_first() else { return read_file(transcription, MAX_FILE) };
    let mut joined = read_file(first, MAX_FILE)?;
    for page in others {
        if bounds::TRANSCRIPTION.is_exceeded_by(joined.len()) {
            break;
        }
        joined.extend_from_slice(b"\n\x0c");
        joined.extend(read_file(page, MAX_FILE)?);
    }
    Ok(joined)
}
