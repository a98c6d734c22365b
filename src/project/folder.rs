//! The book's folder: names that stay inside it, and files of bearable size.

use crate::diag::{Code, Error};
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// The largest text or picture that we read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// A book's folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    canonical: PathBuf,
}

/// Why a file was not read.
#[derive(Debug)]
pub enum Unread {
    /// The book is to blame.
    Finding(Code, String),
    /// The machine is to blame.
    Machine(Error),
}

impl Folder {
    /// The folder at `root`.
    ///
    /// # Errors
    /// When the folder cannot be entered.
    pub fn open(root: &Path) -> Result<Folder, Error> {
        let canonical =
            fs::canonicalize(root).map_err(|e| Error::io(format!("cannot open {}", root.display()), e))?;
        Ok(Folder { root: root.to_owned(), canonical })
    }

    /// Reads the file of that name, which may not lead out of the folder.
    ///
    /// # Errors
    /// [`Unread`] says whether the book or the machine is to blame.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Unread> {
        let path = self.inside(name)?;
        let metadata = fs::metadata(&path).map_err(|e| missing(name, e))?;
        if !metadata.is_file() {
            return Err(Unread::Finding(Code::FileMissing, format!("`{name}` is not a file")));
        }
        if metadata.len() > MAX_FILE {
            let message = format!("`{name}` has {} MiB; 64 MiB is the most", metadata.len() >> 20);
            return Err(Unread::Finding(Code::FileTooLarge, message));
        }
        fs::read(&path).map_err(|e| missing(name, e))
    }

    /// The real path of that name.
    fn inside(&self, name: &str) -> Result<PathBuf, Unread> {
        let outside =
            || Unread::Finding(Code::FileOutside, format!("`{name}` leads out of the book's folder"));
        let plain =
            Path::new(name).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        if !plain || name.contains(['\\', '\0']) {
            return Err(outside());
        }
        let path = fs::canonicalize(self.root.join(name)).map_err(|e| missing(name, e))?;
        if path.starts_with(&self.canonical) { Ok(path) } else { Err(outside()) }
    }

    /// The names of files in a folder of the book that end in one of `endings`,
    /// sorted. No such folder, no names.
    #[must_use]
    pub fn list(&self, folder: &str, endings: &[&str]) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.root.join(folder)) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().is_file())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| endings.iter().any(|ending| name.to_lowercase().ends_with(ending)))
            .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
            .collect();
        names.sort();
        names
    }
}

fn missing(name: &str, error: std::io::Error) -> Unread {
    match error.kind() {
        ErrorKind::NotFound
        | ErrorKind::NotADirectory
        | ErrorKind::InvalidFilename
        | ErrorKind::InvalidInput => Unread::Finding(Code::FileMissing, format!("there is no file `{name}`")),
        _ => Unread::Machine(Error::io(format!("cannot read {name}"), error)),
    }
}

/// Text from bytes: UTF-8 without its mark. When it is not UTF-8, the text as
/// far as it can be guessed, the first wrong byte, and the likely encoding.
///
/// # Errors
/// The guess, for a finding.
pub fn decode(bytes: Vec<u8>) -> Result<String, (String, usize, &'static str)> {
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let guess = likely_encoding(error.as_bytes());
        (String::from_utf8_lossy(error.as_bytes()).into_owned(), at, guess)
    })
}

/// The encoding that bytes which are not UTF-8 most likely have.
fn likely_encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return "UTF-16";
    }
    let high = bytes.iter().filter(|b| **b >= 0xc0).count();
    let pairs = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    let quotes = bytes.iter().filter(|b| matches!(**b, 0x82 | 0x84 | 0x85 | 0x91..=0x97)).count();
    if high > 8 && pairs * 2 > high {
        "Windows-1251 (Cyrillic)"
    } else if quotes > 0 {
        "Windows-1252"
    } else {
        "ISO 8859-1 (Latin-1)"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_guessed() {
        assert_eq!(decode(b"\xef\xbb\xbfabc".to_vec()), Ok("abc".to_owned()));
        assert!(matches!(decode(b"caf\xe9".to_vec()), Err((_, 3, "ISO 8859-1 (Latin-1)"))));
        assert!(matches!(decode(b"\x93hi\x94".to_vec()), Err((_, 0, "Windows-1252"))));
        let cyrillic = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, b' ', 0xec, 0xe8, 0xf0, 0xf3];
        assert!(matches!(decode(cyrillic.to_vec()), Err((_, 0, "Windows-1251 (Cyrillic)"))));
    }

    #[test]
    fn names_stay_inside() {
        let folder = Folder::open(Path::new("src")).unwrap();
        for name in ["../Cargo.toml", "/etc/passwd", "diag/../../Cargo.toml", "a\\b", "a\0b"] {
            let refused = folder.read(name);
            assert!(matches!(refused, Err(Unread::Finding(Code::FileOutside, _))), "{name:?}");
        }
        assert!(matches!(folder.read("absent.md"), Err(Unread::Finding(Code::FileMissing, _))));
        assert!(folder.read("lib.rs").is_ok());
    }
}
