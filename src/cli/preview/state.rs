//! What the builder and the answers to a browser share.

use super::pictures::Pictures;
use super::shown::Shown;
use super::tried::Tried;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Pixels to the inch of pictures that a build makes for a preview.
pub(super) const PPI: u32 = 130;

/// What is shown, and what is tried: the one thing that the builder and the answers share.
#[derive(Default)]
pub(super) struct State {
    shown: Mutex<Arc<Shown>>,
    /// Another version is shown.
    changed: Condvar,
    tried: Mutex<Tried>,
    /// Pictures of its pages.
    pub(super) pictures: Pictures,
    /// How many browsers wait for changes.
    watching: AtomicUsize,
}

/// A browser that waits for changes, as long as this is held.
pub(super) struct Watching(Arc<State>);

impl Watching {
    /// What is shown as soon as it is another version than that one; none when it still is
    /// the same after a while.
    pub(super) fn after(&self, version: u64, patience: Duration) -> Option<Arc<Shown>> {
        let is_same = |shown: &mut Arc<Shown>| shown.version == version;
        let waited = self.0.changed.wait_timeout_while(self.0.lock(), patience, is_same);
        let (shown, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (shown.version != version).then(|| shown.clone())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.watching.fetch_sub(1, Ordering::Relaxed);
    }
}

impl State {
    /// What is shown at this moment.
    pub(super) fn now(&self) -> Arc<Shown> {
        self.lock().clone()
    }

    /// Changes what is shown: to another version.
    pub(super) fn show(&self, change: impl FnOnce(&mut Shown)) {
        let mut now = self.lock();
        let mut shown = Shown::clone(&now);
        change(&mut shown);
        shown.version += 1;
        *now = Arc::new(shown);
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more browser waits for changes.
    pub(super) fn watch(self: &Arc<State>) -> Watching {
        self.watching.fetch_add(1, Ordering::Relaxed);
        Watching(self.clone())
    }

    /// Whether a browser waits for changes.
    pub(super) fn is_watched(&self) -> bool {
        self.watching.load(Ordering::Relaxed) > 0
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
