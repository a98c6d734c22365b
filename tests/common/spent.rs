//! Processor time, which other work on the machine does not lengthen.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Where the system tells nothing better: time as it goes by.
static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// How long this thread has had a processor, since any fixed moment.
pub fn spent() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat");
    let nanoseconds = told.ok().and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGIN.elapsed(), Duration::from_nanos)
}
