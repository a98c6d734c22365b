//! Decoding, with refusals in an author's words.

use super::Refusal;
use crate::bounds;
use image::{DynamicImage, ImageError, ImageReader};
use std::io::{Cursor, ErrorKind};

/// Width and height, read from the head of the file.
pub(super) fn dimensions(bytes: &[u8], kind: &str) -> Result<(u32, u32), Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.map_err(|problem| Refusal::unread(kind, &problem))?;
    reader.into_dimensions().map_err(|problem| refusal(kind, &problem))
}

/// All pixels.
pub(super) fn decode(bytes: &[u8], kind: &str) -> Result<DynamicImage, Refusal> {
    image::load_from_memory(bytes).map_err(|problem| refusal(kind, &problem))
}

/// What stopped the decoder: a limit of ours, a kind that it does not know, or
/// a damaged file.
fn refusal(kind: &str, problem: &ImageError) -> Refusal {
    match problem {
        ImageError::Unsupported(problem) => Refusal::unread(kind, problem),
        ImageError::Limits(problem) => Refusal::unread(kind, problem),
        ImageError::IoError(problem) if problem.kind() == ErrorKind::UnexpectedEof => {
            Refusal::damaged("it ends before its picture does")
        }
        other if is_corrupt(&other.to_string()) => Refusal::damaged("its data are corrupt"),
        other => Refusal::damaged(&format!("it is no sound {kind} file ({other})")),
    }
}

/// Whether a PNG decoder stumbled over data that were changed since they were written.
fn is_corrupt(problem: &str) -> bool {
    ["CRC error", "Corrupt deflate stream"].iter().any(|words| problem.contains(words))
}

pub(super) fn within_bounds((width, height): (u32, u32)) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::damaged("it says that it has no pixels"));
    }
    let most = bounds::PICTURE.most;
    if u64::from(width) * u64::from(height) > most {
        let reason = format!("has {width} x {height} pixels, more than {} million", most / 1_000_000);
        return Err(Refusal::new(reason, "make it smaller: no page shows so many"));
    }
    Ok(())
}
