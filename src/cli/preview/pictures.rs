//! Pictures of pages, remembered by what they show: a page that looks as it did before is
//! not painted again, whatever its number has become.

use crate::pages::Pages;
use crate::raster::Painter;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The resolutions that a browser may ask for, in pixels to the inch.
pub(super) const RESOLUTIONS: [u32; 7] = [24, 50, 75, 100, 130, 200, 300];

/// So many bytes of pictures are remembered: some hundred pages.
const MOST_BYTES: usize = 24 << 20;

/// A picture by the hash of what it shows, and its resolution.
type Key = (u64, u32);

/// Pictures of pages that were asked for.
#[derive(Default)]
pub(super) struct Pictures(Mutex<Held>);

#[derive(Default)]
struct Held {
    /// The pictures, and when each was asked for last.
    by_key: BTreeMap<Key, (Arc<[u8]>, u64)>,
    bytes: usize,
    clock: u64,
}

impl Pictures {
    /// The picture of a page that shows what has that hash; none when it cannot be painted.
    pub(super) fn get(&self, pages: &Pages, index: usize, hash: u64, ppi: u32) -> Option<Arc<[u8]>> {
        let key = (hash, ppi);
        if let Some(known) = self.known(key) {
            return Some(known);
        }
        let made: Arc<[u8]> = Painter::new(pages, ppi).quick_png(index).ok()?.into();
        self.keep(key, made.clone());
        Some(made)
    }

    fn known(&self, key: Key) -> Option<Arc<[u8]>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.clock += 1;
        let now = held.clock;
        let (picture, used) = held.by_key.get_mut(&key)?;
        *used = now;
        Some(picture.clone())
    }

    fn keep(&self, key: Key, picture: Arc<[u8]>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes += picture.len();
        let now = held.clock;
        if let Some((old, _)) = held.by_key.insert(key, (picture, now)) {
            held.bytes -= old.len();
        }
        while held.bytes > MOST_BYTES {
            let oldest = held.by_key.iter().min_by_key(|(_, (_, used))| *used).map(|(key, _)| *key);
            let Some((gone, _)) = oldest.and_then(|key| held.by_key.remove(&key)) else { break };
            held.bytes -= gone.len();
        }
    }
}
