//! Shops: what each asks of an EPUB, as dated data with sources.
//!
//! The data stand in `stores.toml`; a publisher may add a shop as a file of
//! the same form (one table without its name).

use crate::book::{Book, Note, Seen, UNNAMED, visit};
use crate::diag::{Code, Diagnostic};
use crate::reason::Reason;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Cursor;

/// A shop's demands on a file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Store {
    /// What to call it in findings.
    pub title: String,
    /// When the numbers were looked up.
    pub checked: String,
    /// Width of the cover inside the book, in pixels.
    pub cover_width: u32,
    pub(super) cover_least: u32,
    pub(super) cover_most: u32,
    /// How many levels of contents its readers show.
    pub(super) toc_depth: usize,
    /// Whether pages of the printed edition may be listed.
    pub(super) pages: bool,
    /// The most pixels of a picture.
    pub(super) picture_pixels: u64,
    /// Above this many bytes a picture is compressed anew.
    pub(super) picture_bytes: usize,
    /// Whether WebP pictures are taken.
    pub(super) webp: bool,
    #[serde(default)]
    pub(super) popup: Option<(usize, usize)>,
    /// Whether a book must name an author, or another who made it.
    #[serde(default)]
    pub(super) author: bool,
    pub(super) megabytes: u32,
    /// Where the numbers come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Which numbers are our own caution.
    #[serde(default)]
    pub guesses: Vec<String>,
}

const DATA: &str = include_str!("stores.toml");

impl Store {
    /// The shop of that name; none when we don't know it.
    #[must_use]
    pub fn named(name: &str) -> Option<Store> {
        known().remove(name)
    }

    /// The names of all shops that we know.
    #[must_use]
    pub fn names() -> Vec<String> {
        known().into_keys().collect()
    }

    /// Reads a publisher's own shop.
    ///
    /// # Errors
    /// What is wrong with the file, and where.
    pub fn read(toml: &str) -> Result<Store, Reason> {
        let store: Store = toml::from_str(toml).map_err(|problem| problem.to_string())?;
        let sound =
            store.toc_depth > 0 && store.picture_pixels > 0 && (1..=10_000).contains(&store.cover_width);
        if sound { Ok(store) } else { Err("widths, pixels and depths must be more than nothing".into()) }
    }

    /// What of the cover's picture the shop does not take.
    pub(super) fn judge_cover(&self, picture: &[u8]) -> Option<Diagnostic> {
        let reader = image::ImageReader::new(Cursor::new(picture)).with_guessed_format().ok()?;
        let (width, height) = reader.into_dimensions().ok()?;
        let (short, long) = (width.min(height), width.max(height));
        let (what, limit) = if short < self.cover_least {
            ("at least", self.cover_least)
        } else if long > self.cover_most {
            ("at most", self.cover_most)
        } else {
            return None;
        };
        let message =
            format!("the cover has {width} x {height} pixels; {} wants {what} {limit} a side", self.title);
        Some(Diagnostic::new(Code::StoreCover, None, message))
    }

    /// Notes that the shop's readers don't show as pop-ups.
    pub(super) fn judge_notes(&self, book: &Book) -> Option<Diagnostic> {
        let (least, most) = self.popup?;
        let unfit = |note: &&Note| !(least..=most).contains(&length(note));
        let mut all = book.notes.iter().map(|(_, note)| note).filter(unfit);
        let first = all.next()?;
        let (count, title, others) = (length(first), &self.title, all.count());
        let others =
            if others == 0 { String::new() } else { format!("; {others} more have the same problem") };
        let message = format!(
            "this note has {count} characters, and {title} shows {least} to {most} as a pop-up{others}"
        );
        Some(Diagnostic::new(Code::StoreNote, Some(first.span), message))
    }

    /// A book that names nobody, where the shop lists books by their authors.
    pub(super) fn judge_people(&self, book: &Book) -> Option<Diagnostic> {
        if !self.author {
            return None;
        }
        let people = &book.meta.contributors;
        let message = match people.iter().find(|person| person.name == UNNAMED) {
            Some(_) => {
                format!("the author is still `{UNNAMED}`; {} lists books by their authors", self.title)
            }
            None if people.is_empty() => {
                format!("the book names no author; {} lists books by their authors", self.title)
            }
            None => return None,
        };
        let hint = "write `author = \"…\"` above all tables of book.toml, or a [[contributor]]";
        Some(Diagnostic::new(Code::StoreAuthor, None, message).hint(hint))
    }

    /// Whether a file of so many bytes is too large.
    pub(super) fn judge_size(&self, bytes: usize) -> Option<Diagnostic> {
        let megabytes = bytes.div_ceil(1_000_000);
        (megabytes > self.megabytes as usize).then(|| {
            let message =
                format!("the EPUB has {megabytes} MB; {} takes {} at most", self.title, self.megabytes);
            Diagnostic::new(Code::StoreSize, None, message)
        })
    }
}

fn known() -> BTreeMap<String, Store> {
    toml::from_str(DATA).expect("a test reads the data that ship with the tool")
}

/// The characters of a note with its number, as a reader counts them.
fn length(note: &Note) -> usize {
    let mut count = note.number.to_string().len() + ". ".len();
    visit(&note.blocks, &mut |seen| {
        if let Seen::Words(words, _) | Seen::Code(words, _) = seen {
            count += words.words.chars().count();
        }
    });
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_are_sound() {
        assert_eq!(Store::names(), ["apple", "generic", "google", "ingram", "kdp", "kobo"]);
        for (name, store) in known() {
            assert!(!store.sources.is_empty() || !store.guesses.is_empty(), "{name}");
            let pixels = u64::from(store.cover_width) * u64::from(store.cover_width) * 8 / 5;
            assert!(
                pixels <= store.picture_pixels.max(4_100_000),
                "{name}: its cover is larger than its pictures may be"
            );
            assert!(store.cover_width >= store.cover_least, "{name}");
            assert!(store.cover_width * 8 / 5 <= store.cover_most, "{name}");
            assert!(Store::read(&toml::to_string(&table(&name)).unwrap()).is_ok(), "{name}");
        }
    }

    fn table(name: &str) -> toml::Table {
        let all: toml::Table = toml::from_str(DATA).unwrap();
        all[name].as_table().unwrap().clone()
    }

    #[test]
    fn a_publisher_may_bring_a_shop() {
        let own = "title='Us'\nchecked='2026-01-01'\ncover_width=900\ncover_least=900\ncover_most=2000\n\
                   toc_depth=1\npages=false\npicture_pixels=1000000\npicture_bytes=100000\nwebp=true\nmegabytes=1";
        let handbook = include_str!("../../../../manuscript/handbook/appendix.md");
        let example = handbook.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        assert_eq!(Store::read(example).unwrap().popup, Some((9, 5000)));
        let own_store = Store::read(own).unwrap();
        assert_eq!(own_store.judge_size(1_000_000), None);
        assert!(own_store.judge_size(1_000_001).unwrap().message.contains("2 MB; Us takes 1"));
        assert!(Store::read("title='Us'").unwrap_err().contains("missing field"));
        assert!(Store::read(&own.replace("toc_depth=1", "toc_depth=0")).is_err());
    }
}
