//! The one door for files: what comes through it is a regular file of bounded
//! size, whatever name led to it.
//!
//! A name that a book gives must also stay in the book's folder (see
//! [`Folder`](super::folder::Folder)); a path of the command line is the
//! user's own and may lead anywhere.

use crate::bounds;
use crate::diag::Code;
use crate::encoding::decode;
use crate::reason::Reason;
use sha2::{Digest, Sha256};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path};

/// The largest text or picture that is read, in bytes.
pub const MAX_FILE: u64 = bounds::FILE.most;
/// The largest table of a printer's or a shop's rules, in bytes.
const MAX_TABLE: u64 = bounds::SETTINGS.most;
/// So often a file is read again that changes while it is read.
const ATTEMPTS: usize = 4;

/// Why a file is not read.
#[derive(Debug)]
pub enum Refused {
    /// There is none of that name.
    Missing,
    /// It is something else: a folder, a device, a pipe.
    NotAFile(&'static str),
    /// It has more bytes than are read.
    TooLarge {
        /// How many it has, at least.
        bytes: u64,
        /// How many are read.
        most: u64,
    },
    /// Links that lead back to themselves.
    Circle,
    /// It was written while it was read, again and again.
    Changing,
    /// The machine failed.
    Failed(io::Error),
}

impl Refused {
    /// What is wrong, to be said behind the file's name.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Refused::Missing => "does not exist".to_owned(),
            Refused::NotAFile(what) => format!("is {what}, not a file"),
            Refused::TooLarge { bytes, most } if *most < 2 << 20 => {
                format!("has {} KiB; {} KiB is the most", bytes >> 10, most >> 10)
            }
            Refused::TooLarge { bytes, most } => {
                format!("has {} MiB; {} MiB is the most", bytes >> 20, most >> 20)
            }
            Refused::Circle => "is a link that leads back to itself".to_owned(),
            Refused::Changing => "keeps changing while it is read".to_owned(),
            Refused::Failed(error) => format!("cannot be read: {error}"),
        }
    }

    /// The finding when a book or its user named the file.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Refused::TooLarge { .. } => Code::FileTooLarge,
            _ => Code::FileMissing,
        }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Refused {
        /// `ELOOP` of Linux; `io::ErrorKind::FilesystemLoop` is not stable yet.
        const LOOP: Option<i32> = Some(if cfg!(target_os = "linux") { 40 } else { 62 });
        match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename
            | io::ErrorKind::InvalidInput => Refused::Missing,
            _ if cfg!(unix) && error.raw_os_error() == LOOP => Refused::Circle,
            _ => Refused::Failed(error),
        }
    }
}

/// Reads a regular file of at most `most` bytes, links followed.
///
/// # Errors
/// Anything else than a regular file is refused before it is opened: to open a
/// device may do something. What is opened is looked at once more and read no
/// further than the bound, since it may be another file by then, or grow. A file
/// that was written meanwhile is read anew.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, Refused> {
    for _ in 0..ATTEMPTS {
        regular(&fs::metadata(path)?, most)?;
        let mut file = opened(path)?;
        let before = file.metadata()?;
        regular(&before, most)?;
        let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default());
        file.by_ref().take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most {
            return Err(Refused::TooLarge { bytes: bytes.len() as u64, most });
        }
        let after = file.metadata()?;
        if before.len() == after.len() && before.modified().ok() == after.modified().ok() {
            return Ok(bytes);
        }
    }
    Err(Refused::Changing)
}

/// The length and the SHA-256 of a file that lies there, in hexadecimal; none
/// when there is none, or a link or anything else lies in its place.
#[must_use]
pub fn fingerprint(path: &Path) -> Option<(u64, String)> {
    let found = fs::symlink_metadata(path).ok().filter(Metadata::is_file)?;
    let mut file = opened(path).ok()?.take(found.len());
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Some((found.len(), hexadecimal(&hasher.finalize()))),
            Ok(count) => hasher.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

/// The SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short text that the user names on the command line, in UTF-8.
///
/// # Errors
/// What is wrong with it, in words that follow its name.
pub fn read_table(path: &Path) -> Result<String, Reason> {
    let bytes = read(path, MAX_TABLE).map_err(|refused| refused.words())?;
    table_text(bytes)
}

/// The text of a table of rules.
///
/// # Errors
/// When it is not UTF-8, in words that follow its name.
pub(super) fn table_text(bytes: Vec<u8>) -> Result<String, Reason> {
    decode(bytes)
        .map_err(|wrong| format!("is not UTF-8; it looks like {}: save it as UTF-8", wrong.encoding).into())
}

/// Opens a file, and does not wait for the writer of a pipe that has taken its place meanwhile.
fn opened(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        /// `O_NONBLOCK`, which makes no difference to a regular file.
        const AT_ONCE: i32 = if cfg!(target_os = "linux") { 0o4000 } else { 4 };
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, AT_ONCE);
    }
    options.read(true).open(path)
}

fn regular(found: &Metadata, most: u64) -> Result<(), Refused> {
    if !found.is_file() {
        return Err(Refused::NotAFile(if found.is_dir() { "a folder" } else { "a device or a pipe" }));
    }
    let bytes = found.len();
    if bytes > most { Err(Refused::TooLarge { bytes, most }) } else { Ok(()) }
}

/// Whether a name, with `/` between its parts, stays below the folder that it
/// counts from on every system: not absolute, no `..`, no drive or server of
/// Windows, no backslash, no character NUL.
#[must_use]
pub fn stays_inside(name: &str) -> bool {
    let drive = name.as_bytes().get(1) == Some(&b':') && name.starts_with(|c: char| c.is_ascii_alphabetic());
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    !drive && !name.contains(['\\', '\0']) && Path::new(name).components().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_known_on_every_system() {
        for name in ["a.md", "a/b.md", "./a.md", "ab:c.md", "ä:b", "..a/b..", ""] {
            assert!(stays_inside(name), "{name:?}");
        }
        for name in [
            "../a",
            "a/../b",
            "/a",
            "//server/share/a",
            "\\\\server\\share",
            "C:/a",
            "c:a",
            "a\\b",
            "a\0",
            "..",
        ] {
            assert!(!stays_inside(name), "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_for() {
        let pipe = std::env::temp_dir().join(format!("pamphleteer-pipe-{}", std::process::id()));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let (told, heard) = std::sync::mpsc::channel();
        let theirs = pipe.clone();
        std::thread::spawn(move || told.send(opened(&theirs).and_then(|file| file.metadata())).is_ok());
        let found = heard.recv_timeout(std::time::Duration::from_secs(10)).expect("no writer is waited for");
        fs::remove_file(pipe).unwrap();
        assert!(!found.unwrap().is_file());
    }

    #[test]
    fn only_regular_files_of_bearable_size_are_read() {
        let read = |path: &str, most| read(Path::new(path), most);
        assert!(matches!(read("src", 10), Err(Refused::NotAFile("a folder"))));
        assert!(matches!(read("Cargo.toml", 10), Err(Refused::TooLarge { .. })));
        assert!(matches!(read("absent", 10), Err(Refused::Missing)));
        assert!(read("Cargo.toml", MAX_FILE).is_ok());
        if cfg!(unix) {
            assert!(matches!(read("/dev/zero", 10), Err(Refused::NotAFile("a device or a pipe"))));
            // a file of the kernel has no length until it is read
            assert!(matches!(read("/proc/self/maps", 10), Err(Refused::TooLarge { .. } | Refused::Missing)));
        }
    }
}
