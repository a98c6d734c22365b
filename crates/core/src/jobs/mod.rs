//! Work side by side on several threads, with results in the order asked for.

mod budget;
mod relay;
mod room;

pub use relay::{Relay, relay};
pub use room::with_room_for;

use crate::guard::guarded;
use budget::{Budget, PROCESS};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// What `make` makes of 0, 1, 2 … below `count`, in that order, on as many threads as
/// the process has to spare. With none, nothing is started.
pub fn side_by_side<T: Send>(count: usize, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    PROCESS.side_by_side(count, make)
}

/// What `make` makes of each of the things, in their order, side by side.
pub fn each<T: Send, R: Send>(things: Vec<T>, make: impl Fn(T) -> R + Sync) -> Vec<R> {
    let things: Vec<Mutex<Option<T>>> = things.into_iter().map(|thing| Mutex::new(Some(thing))).collect();
    side_by_side(things.len(), |n| {
        let thing = things[n].lock().unwrap_or_else(PoisonError::into_inner).take();
        make(thing.expect("each number is given out once"))
    })
}

/// What two pieces of work make, each on a thread of its own when the process has one to
/// spare. The second one begins after the first when there is none.
pub fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl FnOnce() -> B + Send) -> (A, B) {
    PROCESS.both(first, second)
}

/// The same as [`side_by_side`] for work that waits, and so may be done more at a time than there are
/// processors: `threads` at most.
pub fn waiting_side_by_side<T: Send>(
    count: usize,
    threads: usize,
    make: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    Budget::of(threads).side_by_side(count, make)
}

/// From now on this process works on so many things at a time, one at least; when
/// nobody says, one a processor.
pub fn at_a_time(threads: usize) {
    PROCESS.bound(threads.max(1));
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
