//! What a face that was made from a variable font says of itself.

use super::numbers::{put_u16, u16_at};
use super::places::{LEAST_BOLD, Place};
use crate::font::sfnt::Tables;
use crate::narrow::Nearest;
use skrifa::instance::{Location, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::borrow::Cow;

/// Bits of `OS/2` `fsSelection`.
const ITALIC: u16 = 1;
const BOLD: u16 = 1 << 5;
const REGULAR: u16 = 1 << 6;

/// Settles `name`, `OS/2`, `head` and `post`.
pub(super) fn settle(
    font: &FontRef<'_>,
    location: &Location,
    place: &Place,
    tables: &mut Tables<'_>,
) -> Option<()> {
    let bold = place.weight >= LEAST_BOLD;
    let style = match (bold, place.italic) {
        (false, false) => "Regular",
        (false, true) => "Italic",
        (true, false) => "Bold",
        (true, true) => "Bold Italic",
    };
    tables.insert(*b"name", Cow::Owned(names(font, style)?));
    if let Some(os2) = tables.get_mut(b"OS/2") {
        let metrics = font.metrics(Size::unscaled(), location);
        let os2 = os2.to_mut();
        put_u16(os2, 4, u16::nearest(place.weight))?;
        let kept = u16_at(os2, 62)? & !(ITALIC | BOLD | REGULAR);
        let chosen = [(ITALIC, place.italic), (BOLD, bold), (REGULAR, !bold && !place.italic)];
        let chosen = chosen.into_iter().filter(|(_, is)| *is).fold(kept, |bits, (bit, _)| bits | bit);
        put_u16(os2, 62, chosen)?;
        let heights = [(86, metrics.x_height), (88, metrics.cap_height)];
        for (at, height) in heights.into_iter().filter_map(|(at, height)| Some((at, height?))) {
            // the tables of old fonts end before them
            let _ = put_u16(os2, at, i16::nearest(height.round()).cast_unsigned());
        }
    }
    let head = tables.get_mut(b"head")?.to_mut();
    put_u16(head, 44, u16::from(bold) | u16::from(place.italic) << 1)?;
    Some(())
}

/// A `name` table: the family and its face, and what the licence asks to be kept.
fn names(font: &FontRef<'_>, style: &str) -> Option<Vec<u8>> {
    let name = |id: StringId| font.localized_strings(id).english_or_first().map(|name| name.to_string());
    let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME))?;
    let kept = |id: StringId| name(id).unwrap_or_default();
    let plain: String = family.chars().filter(char::is_ascii_alphanumeric).collect();
    let records: Vec<(u16, Vec<u8>)> = [
        (0, kept(StringId::COPYRIGHT_NOTICE)),
        (1, family.clone()),
        (2, style.to_owned()),
        (3, format!("{} {style}", kept(StringId::UNIQUE_ID))),
        (4, format!("{family} {style}")),
        (5, kept(StringId::VERSION_STRING)),
        (6, format!("{plain}-{}", style.replace(' ', ""))),
        (7, kept(StringId::TRADEMARK)),
        (13, kept(StringId::LICENSE_DESCRIPTION)),
        (14, kept(StringId::LICENSE_URL)),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(id, text)| (id, text.encode_utf16().flat_map(u16::to_be_bytes).collect()))
    .collect();
    let strings = 6 + 12 * u16::nearest(records.len());
    let mut out: Vec<u8> =
        [0, u16::nearest(records.len()), strings].into_iter().flat_map(u16::to_be_bytes).collect();
    let mut at = 0;
    for (id, text) in &records {
        let len = u16::try_from(text.len()).ok()?;
        // Windows, Unicode, English of the United States
        out.extend([3, 1, 0x409, *id, len, at].into_iter().flat_map(u16::to_be_bytes));
        at = u16::checked_add(at, len)?;
    }
    records.iter().for_each(|(_, text)| out.extend(text));
    Some(out)
}
