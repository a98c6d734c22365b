//! What was made of a book is kept, so that it need not be made again.
//!
//! A build is a pure function: of the files in the book's folder, of what is shared
//! with it, of the options and of the tool. The hash of all these is its *key*, and
//! what came of it lies in the [`Store`] under the key. A [`Memo`] beside it says
//! which key was built into a folder last, and how the files looked then ([`Stamp`]),
//! so that an unchanged book costs a look at the dates of its files and no more.
//!
//! Nothing here has to last: a file that a crash or a full disk has cut short is
//! known by its hash, or by not being JSON, and counts as not there.

mod files;
mod memo;
mod stamp;
mod store;

pub use files::{Files, Tree};
pub use memo::Memo;
pub use stamp::Stamp;
pub use store::Store;
