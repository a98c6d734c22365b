//! How a file looks from outside: when this is the same, so are its bytes.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Length, times of last change and number of a file. The second time is the
/// system's own, which programs that keep the first one (`cp -p`, `rsync`, `tar`)
/// cannot set; where systems have neither it nor numbers, they are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    changed: u64,
    number: u64,
}

/// Times are no finer than this anywhere: FAT counts in steps of two seconds.
const COARSEST: u64 = 2_000_000_000;

impl Stamp {
    /// The stamp of a file, links followed; none when it cannot be looked at.
    #[must_use]
    pub fn of(path: &Path) -> Option<Stamp> {
        std::fs::metadata(path).ok().map(|found| Stamp::new(&found))
    }

    fn new(found: &Metadata) -> Stamp {
        let (changed, number) = inner(found);
        Stamp { bytes: found.len(), modified: nanoseconds(found.modified().ok()), changed, number }
    }

    /// The length of the file.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether a file that was read after `moment` cannot have been changed since
    /// without another stamp: a change in the same step of its clock would leave the
    /// times as they are. (git's documentation calls such files "racily clean".)
    #[must_use]
    pub fn is_settled(&self, moment: u64) -> bool {
        self.modified.max(self.changed).saturating_add(COARSEST) < moment
    }

    /// The later one of its times.
    #[must_use]
    pub fn time(&self) -> u64 {
        self.modified.max(self.changed)
    }
}

fn nanoseconds(time: Option<SystemTime>) -> u64 {
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

#[cfg(unix)]
fn inner(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(found.ctime()).unwrap_or(0);
    (seconds.saturating_mul(1_000_000_000) + u64::try_from(found.ctime_nsec()).unwrap_or(0), found.ino())
}

#[cfg(not(unix))]
fn inner(_: &Metadata) -> (u64, u64) {
    (0, 0)
}
