//! What the builder and the answers to a browser share.

use super::shown::Shown;
use super::tried::Tried;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Pixels to the inch of pictures that a build makes for a preview.
pub(super) const PPI: u32 = 130;

/// What is shown, and what is tried: the one thing that the builder and the answers share.
#[derive(Default)]
pub(super) struct State {
    shown: Mutex<Arc<Shown>>,
    tried: Mutex<Tried>,
}

impl State {
    /// What is shown at this moment.
    pub(super) fn now(&self) -> Arc<Shown> {
        self.lock().clone()
    }

    /// Changes what is shown: to another version.
    pub(super) fn show(&self, change: impl FnOnce(&mut Shown)) {
        let mut shown = Shown::clone(&self.now());
        change(&mut shown);
        shown.version += 1;
        *self.lock() = Arc::new(shown);
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keys that are tried.
    pub(super) fn tried(&self) -> Tried {
        self.tried.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on these are.
    pub(super) fn set_tried(&self, tried: Tried) {
        *self.tried.lock().unwrap_or_else(PoisonError::into_inner) = tried;
    }
}
