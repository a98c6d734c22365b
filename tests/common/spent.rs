//! Processor time, which other work on the machine does not lengthen.

#![allow(dead_code, reason = "each test binary asks for another time")]

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

/// How long another process has had a processor, all its threads together.
pub fn spent_by(process: u32, since: Instant) -> Duration {
    let told = fs::read_to_string(format!("/proc/{process}/stat"));
    hundredths(told.ok()).unwrap_or_else(|| since.elapsed())
}

/// How long this process has had a processor, all its threads together.
pub fn spent_by_all() -> Duration {
    hundredths(fs::read_to_string("/proc/self/stat").ok()).unwrap_or_else(|| BEGIN.elapsed())
}

/// User and system time, as the system tells it in hundredths of a second.
fn hundredths(stat: Option<String>) -> Option<Duration> {
    // the name of the program, in brackets, may hold anything
    let stat = stat?;
    let mut fields = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(Duration::from_millis((user + system) * 10))
}
