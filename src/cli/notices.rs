//! Who says that a file of a book may have changed: the system, and a look now and then.
//!
//! The system tells at once and costs nothing meanwhile, but it does not know of all
//! changes: not of those that another machine makes on a shared folder, and not of a file
//! behind a link. So whoever waits also looks once in a second; and where the system has no
//! watch to give, as often as one would not feel it.

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How often to look when the system tells of changes.
const WITH_SYSTEM: Duration = Duration::from_secs(1);
/// How often to look when it does not.
const ALONE: Duration = Duration::from_millis(100);
/// A save is several changes (the file is emptied, written, renamed): it is over when
/// nothing more comes for so long.
const SAVED: Duration = Duration::from_millis(2);
/// Whoever writes on and on is not waited for longer than this.
const LONGEST_SAVE: Duration = Duration::from_millis(40);

/// Tells when files of a folder may have changed.
pub(super) struct Notices {
    told: Receiver<()>,
    /// Held for as long as it is to watch.
    watcher: Option<RecommendedWatcher>,
}

impl Notices {
    /// About a folder and all in it.
    pub(super) fn of(root: &Path) -> Notices {
        let (tell, told) = mpsc::channel();
        let hear = move |event: notify::Result<Event>| {
            // what was lost is a change too
            if event.as_ref().map_or(true, is_change) {
                // nobody listens any more when the command ends
                let _ = tell.send(());
            }
        };
        let watcher = notify::recommended_watcher(hear).and_then(|mut watcher| {
            watcher.watch(root, RecursiveMode::Recursive)?;
            Ok(watcher)
        });
        Notices { told, watcher: watcher.ok() }
    }

    /// Waits until something may have changed.
    pub(super) fn wait(&self) {
        let Some(_) = self.watcher else { return std::thread::sleep(ALONE) };
        if self.told.recv_timeout(WITH_SYSTEM).is_err() {
            return;
        }
        let end = Instant::now() + LONGEST_SAVE;
        while Instant::now() < end && self.told.recv_timeout(SAVED).is_ok() {}
    }
}

/// Whether an event changes what a file holds; to read one does not, and we read them all.
fn is_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}
