//! How many threads may work at a time, and work that is shared out among them.

use crate::guard::{self, guarded};
use std::num::NonZero;
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, Scope};

/// The threads of this process.
pub(super) static PROCESS: Budget = Budget::of(0);

/// How many threads may work. Work that is done side by side may itself have parts
/// that are: all draw on one budget, so that there are never more threads than were
/// asked for, and a thread that has nothing left to do serves whoever still has.
pub(super) struct Budget {
    /// How many may work; 0 when nobody has said.
    limit: AtomicUsize,
    /// How many work now, over the one that each piece of work began on. Less than none when that one waits.
    started: AtomicIsize,
}

/// How many processors the process may use. The system is asked once: it reads several files
/// to know.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// A thread's place in the budget: it becomes free again when the thread ends.
pub(super) struct Place<'a>(&'a Budget);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.started.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A thread that has nothing left to do than to wait for others: its place is theirs until it goes on. Where work of
/// somebody else has taken that place by then, one thread more than was asked for works until that is done.
pub(super) struct Rest<'a>(&'a Budget);

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        self.0.started.fetch_add(1, Ordering::Relaxed);
    }
}

impl Budget {
    /// One for so many threads.
    pub(super) const fn of(threads: usize) -> Budget {
        Budget { limit: AtomicUsize::new(threads), started: AtomicIsize::new(0) }
    }

    /// From now on so many threads may work.
    pub(super) fn bound(&self, threads: usize) {
        self.limit.store(threads, Ordering::Relaxed);
    }

    /// A place for one more thread, when there is one.
    pub(super) fn place(&self) -> Option<Place<'_>> {
        let limit = match self.limit.load(Ordering::Relaxed) {
            0 => processors(),
            said => said,
        };
        let limit = isize::try_from(limit).unwrap_or(isize::MAX);
        let more = |started: isize| (started + 1 < limit).then_some(started + 1);
        self.started.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Place(self))
    }

    /// From now on the calling thread only waits.
    pub(super) fn rest(&self) -> Rest<'_> {
        self.started.fetch_sub(1, Ordering::Relaxed);
        Rest(self)
    }

    /// What `make` makes of 0, 1, 2 … below `count`, in that order.
    pub(super) fn side_by_side<T: Send>(&self, count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
        let next = AtomicUsize::new(0);
        let made = Mutex::new(Vec::with_capacity(count));
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|index| *index < count);
        let make_one = |index| {
            let result = make(index);
            made.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        };
        let work = || std::iter::from_fn(take).for_each(make_one);
        let _rest = thread::scope(|scope| {
            while let Some(index) = take() {
                if index + 1 < count {
                    self.start_another(scope, &work);
                }
                make_one(index);
            }
            self.rest()
        });
        let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        made.sort_unstable_by_key(|(index, _)| *index);
        made.into_iter().map(|(_, result)| result).collect()
    }

    /// What both make; whichever thread is free first takes the second. When that one falls,
    /// it does so here.
    pub(super) fn both<A, B: Send>(
        &self,
        first: impl FnOnce() -> A,
        second: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        let (second, made) = (Mutex::new(Some(second)), Mutex::new(None));
        let take = || {
            let second = second.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(second) = second {
                let outcome = guarded(second);
                *made.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            }
        };
        let (first, _rest) = thread::scope(|scope| {
            self.start_another(scope, &take);
            let first = first();
            take();
            (first, self.rest())
        });
        let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        match made.expect("one of the two threads has taken the second and made it") {
            Ok(second) => (first, second),
            Err(fall) => fall.go_on(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;
    use std::time::Duration;

    #[test]
    fn the_order_does_not_depend_on_the_number_of_threads() {
        let slow_first = |index: usize| {
            thread::sleep(Duration::from_millis(8 - index as u64));
            index * index
        };
        for threads in [1, 2, 5, 20] {
            let budget = Budget::of(threads);
            assert_eq!(budget.side_by_side(8, slow_first), [0, 1, 4, 9, 16, 25, 36, 49], "{threads}");
            assert!(budget.side_by_side(0, slow_first).is_empty());
            assert_eq!(budget.started.load(Ordering::Relaxed), 0);
        }
    }

    #[test]
    fn two_pieces_of_work_are_both_done_with_a_thread_and_without() {
        for threads in [1, 2] {
            let (budget, words) = (Budget::of(threads), String::from("of the caller"));
            assert_eq!(budget.both(|| words.len(), || words.to_uppercase()), (13, "OF THE CALLER".into()));
            let fall = guarded(|| budget.both(|| 1, || -> u8 { panic!("it falls") })).expect_err("a fall");
            assert_eq!((fall.words.as_str(), budget.started.load(Ordering::Relaxed)), ("it falls", 0));
        }
    }

    #[test]
    fn a_thread_that_waits_gives_its_place_to_others() {
        let budget = Budget::of(2);
        let begun = AtomicBool::new(false);
        let inner = |_: usize| {
            begun.store(true, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(4));
            thread::current().id()
        };
        let wait = || {
            while !begun.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
            thread::current().id()
        };
        let (first, mut second) = budget.both(wait, || budget.side_by_side(20, inner));
        second.sort_unstable_by_key(|id| format!("{id:?}"));
        second.dedup();
        assert_eq!((second.len(), second.contains(&first)), (2, false));
        assert_eq!(budget.started.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn work_inside_of_work_keeps_to_the_budget_and_takes_what_becomes_free() {
        let budget = Budget::of(3);
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let inner = |_: usize| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(2));
            now.fetch_sub(1, Ordering::SeqCst);
        };
        // the first has nearly all the work: the threads of the others come to help
        budget.side_by_side(3, |n| budget.side_by_side(if n == 0 { 60 } else { 1 }, inner).len());
        // one more where a thread goes on whose place was taken while it waited
        assert!((3..=4).contains(&most.load(Ordering::SeqCst)), "{most:?}");
        assert_eq!(budget.started.load(Ordering::Relaxed), 0);
    }
}
