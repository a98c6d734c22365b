//! Work side by side on several threads, with results in the order asked for.

use crate::guard::{self, guarded};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};

/// What `make` makes of 0, 1, 2 … below `count`, in that order, on as many threads as
/// the process has to spare. With none, nothing is started.
pub fn side_by_side<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    PROCESS.side_by_side(count, make)
}

/// The same for work that waits, and so may be done more at a time than there are
/// processors: `threads` at most.
pub fn waiting_side_by_side<T: Send>(
    count: usize,
    threads: usize,
    make: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    Budget { limit: AtomicUsize::new(threads), ..Budget::new() }.side_by_side(count, make)
}

/// From now on this process works on so many things at a time, one at least; when
/// nobody says, one a processor.
pub fn at_a_time(threads: usize) {
    PROCESS.limit.store(threads.max(1), Ordering::Relaxed);
}

/// The threads of this process.
static PROCESS: Budget = Budget::new();

/// How many threads may work. Work that is done side by side may itself have parts
/// that are: all draw on one budget, so that there are never more threads than were
/// asked for, and a thread that has nothing left to do serves whoever still has.
struct Budget {
    /// How many may work; 0 when nobody has said.
    limit: AtomicUsize,
    /// How many work now, over the one that each piece of work began on.
    started: AtomicUsize,
}

/// A thread's place in the budget: it becomes free again when the thread ends.
struct Place<'a>(&'a Budget);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.started.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Budget {
    const fn new() -> Budget {
        Budget { limit: AtomicUsize::new(0), started: AtomicUsize::new(0) }
    }

    /// A place for one more thread, when there is one.
    fn place(&self) -> Option<Place<'_>> {
        let limit = match self.limit.load(Ordering::Relaxed) {
            0 => thread::available_parallelism().map_or(1, NonZero::get),
            said => said,
        };
        let more = |started: usize| (started + 1 < limit).then_some(started + 1);
        self.started.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Place(self))
    }

    fn side_by_side<T: Send>(&self, count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let made = Mutex::new(Vec::with_capacity(count));
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < count);
        let make_one = |index| {
            let result = make(index);
            made.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        };
        let work = || std::iter::from_fn(take).for_each(make_one);
        thread::scope(|scope| {
            while let Some(index) = take() {
                if index + 1 < count {
                    self.start_another(scope, &work);
                }
                make_one(index);
            }
        });
        let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        made.sort_unstable_by_key(|(index, _)| *index);
        made.into_iter().map(|(_, result)| result).collect()
    }

    /// Starts another thread, when there is a place for one. A thread that cannot be
    /// had is no loss: the others do all work that is left.
    fn start_another<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        work: &'scope (impl Fn() + Sync),
    ) {
        let Some(place) = self.place() else { return };
        let work = move || {
            let _place = place;
            work();
        };
        let _ = thread::Builder::new().stack_size(guard::STACK).spawn_scoped(scope, work);
    }
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
    use super::*;
    use std::time::Duration;

    fn budget(threads: usize) -> Budget {
        Budget { limit: AtomicUsize::new(threads), started: AtomicUsize::new(0) }
    }

    #[test]
    fn the_order_does_not_depend_on_the_number_of_threads() {
        let slow_first = |index: usize| {
            thread::sleep(Duration::from_millis(8 - index as u64));
            index * index
        };
        for threads in [1, 2, 5, 20] {
            let budget = budget(threads);
            assert_eq!(budget.side_by_side(8, slow_first), [0, 1, 4, 9, 16, 25, 36, 49], "{threads}");
            assert!(budget.side_by_side(0, slow_first).is_empty());
            assert_eq!(budget.started.load(Ordering::Relaxed), 0);
        }
    }

    #[test]
    fn work_inside_of_work_keeps_to_the_budget_and_takes_what_becomes_free() {
        let budget = budget(3);
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let inner = |_: usize| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(2));
            now.fetch_sub(1, Ordering::SeqCst);
        };
        // the first has nearly all the work: the threads of the others come to help
        budget.side_by_side(3, |n| budget.side_by_side(if n == 0 { 60 } else { 1 }, inner).len());
        assert_eq!(most.load(Ordering::SeqCst), 3);
        assert_eq!(budget.started.load(Ordering::Relaxed), 0);
    }
}
