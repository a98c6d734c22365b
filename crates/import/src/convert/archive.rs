//! Zip archives, as Word, OpenDocument and EPUB files are: read within bounds, so that a
//! few kilobytes cannot become gigabytes.

use crate::bounds;
use crate::diag::{Code, Diagnostic};
use crate::encoding;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// An open archive.
pub(super) struct Archive<'a> {
    zip: RefCell<zip::ZipArchive<Cursor<&'a [u8]>>>,
    /// The files in it by their name, with their place and their length.
    names: BTreeMap<String, (usize, u64)>,
    /// The first text that was asked for, is there, and could not be unpacked.
    broken: RefCell<Option<String>>,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// A finding, when it is damaged, or holds more than a book may hold.
    pub(super) fn open(name: &str, bytes: &'a [u8]) -> Result<Archive<'a>, Diagnostic> {
        let damaged = |what: String| damaged(name, &what);
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        if bounds::ARCHIVE_FILES.is_exceeded_by(zip.len()) {
            return Err(Diagnostic::too_much(name, &bounds::ARCHIVE_FILES, zip.len(), None));
        }
        let (mut names, mut total) = (BTreeMap::new(), 0_u64);
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).map_err(|error| damaged(error.to_string()))?;
            total = total.saturating_add(file.size());
            let name = file.name().map_err(|error| damaged(error.to_string()))?;
            names.insert(name.trim_start_matches('/').to_owned(), (index, file.size()));
        }
        if bounds::ARCHIVE.is_exceeded_by(usize::try_from(total).unwrap_or(usize::MAX)) {
            let found = usize::try_from(total).unwrap_or(usize::MAX);
            return Err(Diagnostic::too_much(name, &bounds::ARCHIVE, found, None)
                .hint("unpacked it is larger than any book"));
        }
        Ok(Archive { zip: RefCell::new(zip), names, broken: RefCell::default() })
    }

    /// The bytes of a file; none when there is no such file, when it is damaged, or when
    /// it goes on beyond what the archive says of its length.
    pub(super) fn read(&self, name: &str) -> Option<Vec<u8>> {
        let (index, size) = self.place(name)?;
        if bounds::FILE.is_exceeded_by(usize::try_from(*size).ok()?) {
            return None;
        }
        let mut zip = self.zip.borrow_mut();
        let file = zip.by_index(*index).ok()?;
        let mut bytes = Vec::new();
        file.take(size + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 == *size).then_some(bytes)
    }

    /// Where a file is, and its length.
    fn place(&self, name: &str) -> Option<&(usize, u64)> {
        self.names.get(name).or_else(|| {
            let same = |(known, _): &(&String, &(usize, u64))| known.eq_ignore_ascii_case(name);
            self.names.iter().find(same).map(|(_, place)| place)
        })
    }

    /// The words of a file. One that is there and cannot be unpacked is remembered for [`whole`](Archive::whole).
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let bytes = self.read(name);
        if bytes.is_none() && self.place(name).is_some() {
            self.broken.borrow_mut().get_or_insert_with(|| name.to_owned());
        }
        Some(encoding::read(&bytes?).into_owned())
    }

    /// What was made of the archive, unless a text of it could not be unpacked: nobody could say what is lost with it.
    ///
    /// # Errors
    /// The finding that says which, before any that follows from it.
    pub(super) fn whole<T>(&self, name: &str, made: Result<T, Diagnostic>) -> Result<T, Diagnostic> {
        match &*self.broken.borrow() {
            Some(broken) => Err(damaged(name, &format!("`{broken}` in it cannot be unpacked"))),
            None => made,
        }
    }
}

fn damaged(name: &str, what: &str) -> Diagnostic {
    Diagnostic::new(Code::ImportDamaged, None, format!("{name} is damaged: {what}"))
        .hint("open it in the program that made it, save it anew, and import that")
}
