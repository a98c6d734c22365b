//! The words and numerals that the tool adds to a book, in the book's language,
//! and the same for pages and for files that flow.
//!
//! [`table`] lists the terms, `languages` has their words; an author's own
//! words, from `[words]` of book.toml, come before both. `reviewed` says which words
//! want the eye of somebody who speaks the language.

mod dates;
mod guess;
mod imprint;
mod languages;
mod lookup;
mod names;
pub mod numerals;
mod openings;
mod phrase;
mod reviewed;
mod table;
mod ties;
mod word;

pub use dates::months;
pub use guess::{guess, may_be_guessed};
pub use imprint::{imprint, publication};
pub use lookup::{credit_key, knows, languages};
pub use openings::{is_number_of_title, number_titles};
pub use phrase::Phrase;
pub use reviewed::unconfirmed;
pub use table::{Dates, Terms, Words, keys, placeholders};
pub use ties::{Tie, is_plain_pair, tie};
pub use word::Word;
