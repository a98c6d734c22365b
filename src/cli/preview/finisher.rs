//! The thread that makes the editions of a book whose pages are shown, while whoever
//! writes it goes on and sees the next pages.

use super::editions::editions;
use super::places::{placed, same};
use super::state::{PPI, State};
use crate::cli::findings::Policy;
use crate::cli::produce::{Halt, SetBook};
use crate::diag::Error;
use crate::guard::{self, guarded};
use std::sync::{Arc, mpsc};
use std::thread;

/// The thread's door.
pub(super) struct Finisher {
    orders: mpsc::Sender<Order>,
}

/// What it is asked for.
enum Order {
    /// To make the editions of that book.
    Make(Box<SetBook>),
    /// To tell when all that was asked for before is done.
    Tell(mpsc::SyncSender<()>),
}

impl Finisher {
    /// Starts it.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub(super) fn start(state: Arc<State>, policy: Policy) -> Result<Finisher, Error> {
        let (orders, asked) = mpsc::channel();
        let work = move || {
            while let Some((book, waiting)) = next(&asked) {
                if let Some(book) = book {
                    make(&state, &policy, book);
                }
                for done in waiting {
                    // whoever went away meanwhile
                    let _ = done.send(());
                }
            }
        };
        // as deep as that of `build`
        let thread = thread::Builder::new().stack_size(guard::STACK).spawn(work);
        thread.map_err(|e| Error::io("cannot start the preview", e))?;
        Ok(Finisher { orders })
    }

    /// Makes the editions of that book; of several that wait only those of the last.
    pub(super) fn make(&self, book: SetBook) {
        // the thread ends with the preview
        let _ = self.orders.send(Order::Make(Box::new(book)));
    }

    /// Tells when all that it was asked for is done.
    pub(super) fn tell(&self, done: mpsc::SyncSender<()>) {
        let _ = self.orders.send(Order::Tell(done));
    }
}

/// The last book of those that wait, and who waits for it; none when no more will come.
fn next(asked: &mpsc::Receiver<Order>) -> Option<(Option<SetBook>, Vec<mpsc::SyncSender<()>>)> {
    let first = asked.recv().ok()?;
    let (mut book, mut waiting) = (None, Vec::new());
    for order in [first].into_iter().chain(asked.try_iter()) {
        match order {
            Order::Make(next) => book = Some(*next),
            Order::Tell(done) => waiting.push(done),
        }
    }
    Some((book, waiting))
}

/// Makes the editions of a book, and shows its ebook and all that was found.
fn make(state: &State, policy: &Policy, book: SetBook) {
    match guarded(|| finish(state, policy, book)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => state.show(|shown| shown.fail(error.to_string())),
        Err(fall) => state.show(|shown| shown.fail(fall.to_string())),
    }
}

fn finish(state: &State, policy: &Policy, book: SetBook) -> Result<(), Error> {
    let mut production = book.produce(policy).map_err(Halt::into_error)?;
    let found = std::mem::take(&mut production.findings);
    let pages = production.proof.pages.clone();
    let made = editions(&mut production, PPI)?;
    drop(production);
    let now = state.now();
    // findings on an older state of the files are told no more
    let is_current = Arc::ptr_eq(&pages, &now.pages);
    let is_new = is_current && !same(&found, &now.findings);
    let findings = is_new.then(|| placed(found, &now.manuscript, &now.pages));
    state.show(|shown| {
        if let Some(findings) = findings.filter(|_| Arc::ptr_eq(&pages, &shown.pages)) {
            shown.findings = findings;
        }
        shown.editions = made;
        shown.edition += 1;
    });
    Ok(())
}
