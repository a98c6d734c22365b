//! GIF files: their blocks (GIF89a §15 to §27).

use super::Refusal;
use super::bare::Bare;
use image::metadata::Orientation;

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3b;
const COMMENT: u8 = 0xfe;
const APPLICATION: u8 = 0xff;
/// The applications that say how often the frames are repeated.
const REPEATS: [&[u8]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

/// Keeps pictures and what says how they are shown, up to the trailer; goes
/// without comments and what programs left for themselves.
pub(super) fn bare(bytes: &[u8]) -> Result<Bare, Refusal> {
    let cut = || Refusal::damaged("it ends before its picture does");
    let screen = *bytes.get(10).ok_or_else(cut)?;
    let mut at = 13 + colours(screen);
    let mut out = bytes.get(..at).ok_or_else(cut)?.to_vec();
    let (mut images, mut moves) = (0, false);
    loop {
        let start = at;
        match *bytes.get(at).ok_or_else(cut)? {
            TRAILER if images > 0 => break,
            IMAGE => {
                images += 1;
                at += 11 + colours(*bytes.get(at + 9).ok_or_else(cut)?);
            }
            EXTENSION => at += 2,
            _ => return Err(cut()),
        }
        let end = after_blocks(bytes, at).ok_or_else(cut)?;
        let application = bytes.get(start + 3..start + 14).unwrap_or_default();
        let kept = match bytes[start..start + 2] {
            [EXTENSION, COMMENT] => false,
            [EXTENSION, APPLICATION] => REPEATS.contains(&application),
            _ => true,
        };
        moves |= bytes[start] == EXTENSION && kept && REPEATS.contains(&application);
        if kept {
            out.extend(&bytes[start..end]);
        }
        at = end;
    }
    out.push(TRAILER);
    Ok(Bare { bytes: out, turn: Orientation::NoTransforms, profile: None, moves: moves || images > 1 })
}

/// How many bytes the table of colours takes that a packed field announces.
fn colours(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

/// The place behind a chain of sub-blocks.
fn after_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
