//! Pictures that were read before, so that an edit of a text does not prepare them anew.

use crate::sources::{ImageFile, Unusable};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What became of the pictures of a book when it was read last.
///
/// It is asked with the bytes that a file has now, and compares all of them: an answer is
/// never older than the file. What one reading did not ask for is forgotten at its end, so
/// no more is held than one book has.
#[derive(Debug, Default)]
pub struct KnownPictures(Mutex<Held>);

/// What a picture was read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purpose {
    /// To stand in a text.
    Text,
    /// To be the cover: all of it was decoded once.
    Cover,
}

#[derive(Debug, Default)]
struct Held {
    pictures: BTreeMap<(Purpose, String), Known>,
    /// Counts the readings.
    reading: u64,
}

#[derive(Debug)]
struct Known {
    bytes: Arc<[u8]>,
    outcome: Result<ImageFile, Unusable>,
    /// The last reading that asked for it.
    reading: u64,
}

impl KnownPictures {
    /// What became of those bytes under that name before, or what `make` makes of them now.
    pub(super) fn or_make(
        &self,
        (purpose, name): (Purpose, &str),
        bytes: Vec<u8>,
        make: impl FnOnce(Arc<[u8]>) -> Result<ImageFile, Unusable>,
    ) -> Result<ImageFile, Unusable> {
        let key = (purpose, name.to_owned());
        let mut held = self.held();
        let reading = held.reading;
        if let Some(known) = held.pictures.get_mut(&key).filter(|known| *known.bytes == *bytes) {
            known.reading = reading;
            return known.outcome.clone();
        }
        // others are made meanwhile
        drop(held);
        let bytes: Arc<[u8]> = Arc::from(bytes);
        let outcome = make(bytes.clone());
        self.held().pictures.insert(key, Known { bytes, outcome: outcome.clone(), reading });
        outcome
    }

    /// Ends a reading.
    pub(super) fn end(&self) {
        let mut held = self.held();
        let reading = held.reading;
        held.pictures.retain(|_, known| known.reading == reading);
        held.reading += 1;
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
