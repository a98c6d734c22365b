//! Pictures of pages, remembered by what they show: a page that looks as it did before is
//! not painted again, whatever its number has become.

use super::likeness::Likeness;
use crate::jobs;
use crate::pages::Pages;
use crate::raster::Painter;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

/// The resolutions that a browser may ask for, in pixels to the inch.
pub(super) const RESOLUTIONS: [u32; 7] = [THUMBNAIL, 50, 75, 100, 130, 200, 300];

/// That of thumbnails, which nobody waits for.
const THUMBNAIL: u32 = 24;

/// So many bytes of pictures are remembered: some hundred pages.
const MOST_BYTES: usize = 24 << 20;

/// So many pages that were asked for last are painted before they are asked for again: those
/// of a window and around it.
const MOST_AHEAD: usize = 6;
/// How long it is waited at most until a browser takes what was painted for it.
const PATIENCE: Duration = Duration::from_millis(80);

/// A picture by the hash of what it shows, and its resolution.
type Key = (u64, u32);

/// A picture, which is painted by whoever wants it first; none when it cannot be.
type Painted = Arc<OnceLock<Option<Arc<[u8]>>>>;

/// Pictures of pages that were asked for.
#[derive(Default)]
pub(super) struct Pictures {
    held: Mutex<Held>,
    /// A browser asks for one.
    asked: Condvar,
}

#[derive(Default)]
struct Held {
    /// The pictures, how many bytes each is known to have, and when it was asked for last.
    by_key: BTreeMap<Key, (Painted, usize, u64)>,
    bytes: usize,
    clock: u64,
    /// The pages that a browser asked for last, with their resolutions.
    last: VecDeque<(usize, u32)>,
}

impl Pictures {
    /// The picture of a page that a browser asks for; none when it cannot be painted.
    pub(super) fn get(
        &self,
        (pages, likeness): (&Pages, &[Likeness]),
        index: usize,
        ppi: u32,
    ) -> Option<Arc<[u8]>> {
        let key = (likeness.get(index)?.picture, ppi);
        if ppi > THUMBNAIL {
            self.held().note((index, ppi));
        }
        let picture = self.painted(key, pages, index);
        self.asked.notify_all();
        picture
    }

    /// Paints those pages that a browser asked for last and that look otherwise now, before
    /// it asks for them, and waits a moment until it takes them: whoever looks comes first.
    pub(super) fn paint_ahead(&self, pages: &Pages, likeness: &[Likeness]) {
        let held = self.held();
        let wanted = held.last.iter().filter_map(|(index, ppi)| {
            let key = (likeness.get(*index)?.picture, *ppi);
            (!held.by_key.contains_key(&key)).then_some((key, *index))
        });
        let wanted: Vec<(Key, usize)> = wanted.collect();
        let before = held.clock;
        drop(held);
        if wanted.is_empty() {
            return;
        }
        jobs::side_by_side(wanted.len(), |at| self.painted(wanted[at].0, pages, wanted[at].1));
        let all = before + wanted.len() as u64;
        drop(self.asked.wait_timeout_while(self.held(), PATIENCE, |held| held.clock <= all));
    }

    fn painted(&self, key: Key, pages: &Pages, index: usize) -> Option<Arc<[u8]>> {
        let place = self.place(key);
        let paint = || Some(Painter::new(pages, key.1).quick_png(index).ok()?.into());
        let picture = place.get_or_init(paint).clone();
        match &picture {
            Some(picture) => self.held().count(key, picture.len()),
            None => drop(self.held().by_key.remove(&key)),
        }
        picture
    }

    /// Where that picture is, or will be.
    fn place(&self, key: Key) -> Painted {
        let mut held = self.held();
        held.clock += 1;
        let now = held.clock;
        let (place, _, used) = held.by_key.entry(key).or_default();
        *used = now;
        place.clone()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Notes that a browser asks for a page at that resolution.
    fn note(&mut self, page: (usize, u32)) {
        self.last.retain(|one| *one != page);
        self.last.push_back(page);
        if self.last.len() > MOST_AHEAD {
            self.last.pop_front();
        }
    }

    /// Counts the bytes of a picture, and forgets those for which nobody has asked for long
    /// when there are too many.
    fn count(&mut self, key: Key, length: usize) {
        let Some((_, known, _)) = self.by_key.get_mut(&key) else { return };
        self.bytes = self.bytes - std::mem::replace(known, length) + length;
        while self.bytes > MOST_BYTES {
            let oldest = self.by_key.iter().min_by_key(|(_, (_, _, used))| *used).map(|(key, _)| *key);
            let Some((_, length, _)) = oldest.and_then(|key| self.by_key.remove(&key)) else { break };
            self.bytes -= length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::length::{Abs, Size};
    use crate::pages::{Item, Page, Placed, Role};

    /// Two pages, the second with a rule so wide.
    fn pages(wide: f64) -> (Pages, Vec<Likeness>) {
        let item = Item::Rule(Size::new(Abs::pt(wide), Abs::pt(9.0)));
        let ruled = Page {
            items: vec![Placed { at: Default::default(), item, role: Role::Ornament }],
            ..Page::default()
        };
        let trim = Size::new(Abs::pt(72.0), Abs::pt(72.0));
        let pages = Pages { trim, pages: vec![Page::default(), ruled], ..Pages::default() };
        let likeness = Likeness::of(&pages, (&Pages::default(), &[]));
        (pages, likeness)
    }

    #[test]
    fn a_page_is_painted_once_and_ahead_when_it_was_looked_at() {
        let pictures = Pictures::default();
        let (before, after) = (pages(9.0), pages(18.0));
        let get = |(pages, likeness): &(Pages, Vec<Likeness>), index| {
            pictures.get((pages, likeness), index, 50).expect("a page can be painted")
        };
        let seen = get(&before, 1);
        assert!(Arc::ptr_eq(&seen, &get(&before, 1)));
        pictures.get((&before.0, &before.1), 0, THUMBNAIL);
        pictures.paint_ahead(&after.0, &after.1);
        let key = (after.1[1].picture, 50);
        let ahead = pictures.held().by_key[&key].0.get().cloned().flatten().expect("it was painted");
        assert!(Arc::ptr_eq(&ahead, &get(&after, 1)));
        assert_ne!(seen, ahead);
        // the page without a rule was asked for as a thumbnail alone
        assert_eq!(pictures.held().by_key.len(), 3);
        assert!(pictures.get((&after.0, &after.1), 2, 50).is_none());
    }

    #[test]
    fn what_is_held_has_a_bound() {
        let pictures = Pictures::default();
        let (pages, likeness) = pages(9.0);
        pictures.get((&pages, &likeness), 0, 50);
        let key = (likeness[0].picture, 50);
        pictures.held().count(key, MOST_BYTES);
        assert_eq!(pictures.held().bytes, MOST_BYTES);
        pictures.get((&pages, &likeness), 1, 50);
        let held = pictures.held();
        assert!(!held.by_key.contains_key(&key) && held.bytes < MOST_BYTES, "{} bytes", held.bytes);
        assert_eq!(held.by_key.len(), 1);
    }
}
