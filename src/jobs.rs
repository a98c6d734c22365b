//! Work side by side on several threads, with results in the order asked for.

use crate::guard::{self, guarded};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many jobs are done at a time when nobody says: one a processor.
pub fn usual() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What `make` makes of 0, 1, 2 … below `count`, in that order, on at most
/// `jobs` threads. With one, nothing is started.
pub fn side_by_side<T: Send>(count: usize, jobs: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(count));
    let work = || {
        while let Some(index) = Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < count) {
            let result = make(index);
            made.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    thread::scope(|scope| {
        for _ in 1..jobs.min(count) {
            // a thread that cannot be had is no loss: this one does all work that is left
            let _ = thread::Builder::new().stack_size(guard::STACK).spawn_scoped(scope, work);
        }
        work();
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_by_key(|(index, _)| *index);
    made.into_iter().map(|(_, result)| result).collect()
}

/// Stack for work that calls itself as deep as its input goes, which is bounded: what
/// a main thread has eight times, and other threads thirty times.
const DEEP: usize = 64 << 20;

/// Does work that may go deep, on a thread of its own; none when it panics, or the
/// machine gives no thread.
pub fn on_a_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread =
            thread::Builder::new().stack_size(DEEP).spawn_scoped(scope, || guarded(work).ok()).ok()?;
        thread.join().ok().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn the_order_does_not_depend_on_the_number_of_threads() {
        let slow_first = |index: usize| {
            std::thread::sleep(std::time::Duration::from_millis(8 - index as u64));
            index * index
        };
        for jobs in [0, 1, 2, 5, 20] {
            assert_eq!(side_by_side(8, jobs, slow_first), [0, 1, 4, 9, 16, 25, 36, 49], "{jobs}");
        }
        assert!(side_by_side(0, 4, slow_first).is_empty());
    }
}
