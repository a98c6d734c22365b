//! Work on things in a row of which each needs to know how the one before ended: all
//! that does not depend on it is done side by side.

use super::budget::{Budget, PROCESS};
use crate::guard::{self, Fall, guarded};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Things 0, 1, 2 … in a row, each made in three steps. What goes from one to the next
/// is the baton: only the second step has it, and has it in the order of the row.
///
/// The three steps of a thing are taken by one thread, so that what a thread keeps for
/// itself may be referred to from one step to the next.
pub trait Relay: Sync {
    /// What each thread keeps for itself.
    type Workspace;
    /// What goes from one thing to the next.
    type Baton: Send;
    /// A thing after the first step.
    type Prepared;
    /// A thing after the second.
    type Placed;
    /// A thing that is done.
    type Made: Send;

    /// A thread begins.
    fn workspace(&self) -> Self::Workspace;
    /// The first step, which knows of no other thing.
    fn prepare(&self, workspace: &mut Self::Workspace, index: usize) -> Self::Prepared;
    /// The second: all before this one have taken it, and none behind.
    fn take_turn(
        &self,
        workspace: &mut Self::Workspace,
        baton: &mut Self::Baton,
        index: usize,
        prepared: Self::Prepared,
    ) -> Self::Placed;
    /// The third, which again knows of no other thing.
    fn finish(&self, workspace: &mut Self::Workspace, placed: Self::Placed) -> Self::Made;
}

/// So many things at most wait for their turn on each thread: they take memory.
const MOST_WAITING: usize = 6;

/// Makes all things of a row, on as many threads as the process has to spare: the baton
/// as the last one left it, and what was made, in order.
///
/// A thread that has prepared a thing whose turn has not come prepares the next one; it
/// waits only when it has [`MOST_WAITING`]. None waits for ever: things are begun in
/// order, so the first whose turn has not come is in the hands of a thread that is at
/// work on it, or has nothing else to do than to give it its turn.
pub fn relay<R: Relay>(relay: &R, count: usize, baton: R::Baton) -> (R::Baton, Vec<R::Made>) {
    run(&PROCESS, relay, count, baton)
}

fn run<R: Relay>(budget: &Budget, relay: &R, count: usize, baton: R::Baton) -> (R::Baton, Vec<R::Made>) {
    let course = Course { state: Mutex::default(), moved: Condvar::new(), count };
    let (baton, made) = (Mutex::new(baton), Mutex::new(Vec::with_capacity(count)));
    let work = || course.run(relay, &baton, &made);
    let _rest = thread::scope(|scope| {
        for _ in 1..count {
            let Some(place) = budget.place() else { break };
            let work = || {
                let _place = place;
                work();
            };
            // a thread that cannot be had is no loss: the others do its work
            let _ = thread::Builder::new().stack_size(guard::STACK).spawn_scoped(scope, work);
        }
        work();
        budget.rest()
    });
    if let Some(fall) = course.lock().fall.take() {
        fall.go_on();
    }
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(index, _)| *index);
    let baton = baton.into_inner().unwrap_or_else(PoisonError::into_inner);
    (baton, made.into_iter().map(|(_, thing)| thing).collect())
}

/// How far the row has come.
struct Course {
    state: Mutex<State>,
    /// The turn has moved on, or a step fell.
    moved: Condvar,
    count: usize,
}

#[derive(Default)]
struct State {
    /// The next thing to prepare.
    next: usize,
    /// Whose turn it is.
    turn: usize,
    /// A step panicked: all threads stop.
    fall: Option<Fall>,
}

/// What a thread does next.
enum Task {
    Prepare(usize),
    Turn,
    Stop,
}

impl Course {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The work of one thread. A panic is kept for the thread that began the relay, so
    /// that no other waits for a turn that never comes.
    fn run<R: Relay>(&self, relay: &R, baton: &Mutex<R::Baton>, made: &Mutex<Vec<(usize, R::Made)>>) {
        let outcome = guarded(|| {
            let mut workspace = relay.workspace();
            let mut waiting = VecDeque::new();
            loop {
                match self.task(waiting.front().map(|(index, _)| *index), waiting.len()) {
                    Task::Prepare(index) => waiting.push_back((index, relay.prepare(&mut workspace, index))),
                    Task::Turn => {
                        let Some((index, prepared)) = waiting.pop_front() else { continue };
                        let mut held = baton.lock().unwrap_or_else(PoisonError::into_inner);
                        let placed = relay.take_turn(&mut workspace, &mut held, index, prepared);
                        drop(held);
                        self.lock().turn += 1;
                        self.moved.notify_all();
                        let thing = relay.finish(&mut workspace, placed);
                        made.lock().unwrap_or_else(PoisonError::into_inner).push((index, thing));
                    }
                    Task::Stop => break,
                }
            }
        });
        if let Err(fall) = outcome {
            self.lock().fall.get_or_insert(fall);
            self.moved.notify_all();
        }
    }

    /// What a thread does next whose first thing that waits is `first`, of so many.
    fn task(&self, first: Option<usize>, waiting: usize) -> Task {
        let mut state = self.lock();
        loop {
            if state.fall.is_some() {
                return Task::Stop;
            }
            if first == Some(state.turn) {
                return Task::Turn;
            }
            if state.next < self.count && waiting < MOST_WAITING {
                state.next += 1;
                return Task::Prepare(state.next - 1);
            }
            if first.is_none() {
                return Task::Stop;
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    /// Each thing is told the sum of all before it.
    struct Sums {
        falls_at: Option<usize>,
        workspaces: AtomicUsize,
    }

    impl Relay for Sums {
        type Workspace = usize;
        type Baton = usize;
        type Prepared = usize;
        type Placed = (usize, usize);
        type Made = (usize, usize);

        fn workspace(&self) -> usize {
            self.workspaces.fetch_add(1, Ordering::Relaxed)
        }

        fn prepare(&self, _: &mut usize, index: usize) -> usize {
            thread::sleep(Duration::from_micros(if index.is_multiple_of(7) { 900 } else { 50 }));
            index * 2
        }

        fn take_turn(&self, _: &mut usize, baton: &mut usize, index: usize, it: usize) -> (usize, usize) {
            assert_ne!(self.falls_at, Some(index), "the one that falls");
            let before = *baton;
            *baton += it;
            (before, it)
        }

        fn finish(&self, _: &mut usize, placed: (usize, usize)) -> (usize, usize) {
            placed
        }
    }

    #[test]
    fn each_is_told_how_the_one_before_ended() {
        for threads in [1, 2, 5] {
            let sums = Sums { falls_at: None, workspaces: AtomicUsize::new(0) };
            let (last, made) = run(&Budget::of(threads), &sums, 60, 0);
            assert_eq!(last, (0..60).map(|n| n * 2).sum::<usize>());
            assert!((0..60).all(|n| made[n] == (n * (n.max(1) - 1), n * 2)), "{threads}: {made:?}");
            assert!(sums.workspaces.load(Ordering::Relaxed) <= threads);
            assert!(run(&Budget::of(threads), &sums, 0, 0).1.is_empty());
        }
    }

    #[test]
    fn a_panic_reaches_whoever_began() {
        for threads in [1, 4] {
            let sums = Sums { falls_at: Some(20), workspaces: AtomicUsize::new(0) };
            let fall = guarded(|| run(&Budget::of(threads), &sums, 60, 0)).map(drop);
            assert!(fall.is_err_and(|fall| fall.words.contains("the one that falls")), "{threads}");
        }
    }
}
