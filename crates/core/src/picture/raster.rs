//! Decoding, with refusals in an author's words.

use super::Refusal;
use crate::bounds;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader};
use std::io::{Cursor, ErrorKind};

/// Width and height, read from the head of the file.
pub(super) fn dimensions(bytes: &[u8], kind: &str) -> Result<(u32, u32), Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let reader = reader.map_err(|problem| Refusal::unread(kind, &problem))?;
    reader.into_dimensions().map_err(|problem| refusal(kind, &problem))
}

/// Whether the colours of all pixels may be held, unpacked.
pub(super) fn colours_within_bounds(bytes: &[u8], kind: &str) -> Result<(), Refusal> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let decoder = reader.map_err(|problem| Refusal::unread(kind, &problem))?.into_decoder();
    let decoder = decoder.map_err(|problem| refusal(kind, &problem))?;
    bytes_within_bounds(decoder.total_bytes(), decoder.color_type().has_alpha())
}

/// Whether so many bytes of colours may be held: 120 million pixels of eight bytes each
/// are a gigabyte before anything is made of them. What is clear is held apart as well.
pub(super) fn bytes_within_bounds(total: u64, has_alpha: bool) -> Result<(), Refusal> {
    let bound = &bounds::PICTURE_BYTES;
    let (most, clear) =
        if has_alpha { (bound.most / 3 * 2, " where something is clear") } else { (bound.most, "") };
    if total > most {
        let (total, most) = (bound.in_words(total), bound.in_words(most));
        let reason = format!("has {total} of colours, more than {most}{clear}");
        return Err(Refusal::new(reason, "make it smaller, or save it with 8 bits for each colour"));
    }
    Ok(())
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
    let longest = bounds::PICTURE_SIDE.most;
    if u64::from(width.max(height)) > longest {
        let reason = format!("has {width} x {height} pixels, more than {longest} on a side");
        return Err(Refusal::new(reason, "make it smaller: no page shows so many"));
    }
    let most = bounds::PICTURE.most;
    if u64::from(width) * u64::from(height) > most {
        let reason = format!("has {width} x {height} pixels, more than {} million", most / 1_000_000);
        return Err(Refusal::new(reason, "make it smaller: no page shows so many"));
    }
    Ok(())
}
