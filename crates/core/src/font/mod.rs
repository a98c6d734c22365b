//! Type: families, faces and their metrics.
//!
//! The only module that looks for faces, shapes words in them and subsets them.
//! [`Library`] holds the families that ship with the tool and those of the
//! book's `fonts/` folder, so a book looks the same on every machine; fonts of
//! the system are put into it by `project` alone, when the book asks for it.

mod build;
mod capitals;
mod characters;
mod face_run;
mod face_runs;
mod known;
mod library;
mod open;
mod outline;
mod profile;
mod sfnt;
mod shape;
mod sound;
mod spell;
mod subset;
mod superiors;
mod variable;
mod web;
mod word;

pub use capitals::is_unicase;
pub use characters::{clings, named};
pub use known::known_families;
pub use library::{Face, FaceId, FontData, Library, Variant, has_ink};
pub use profile::Letter;
pub use shape::{ShapedWords, ShaperCache};
pub use subset::{lacking, may_embed, subset};
pub use word::{FontInstance, FontInstanceId, Word, WordGlyph, WordId};
