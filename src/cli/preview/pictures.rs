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
