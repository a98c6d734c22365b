//! What the kinds of regions and lines mean that PAGE XML and ALTO name: those of PAGE itself, and those of SegmOnto, which
//! eScriptorium writes, with the shorter names that it had at first.

use super::Tag;

/// What a kind of region or line is; `None` where it says nothing but that there is text.
pub(super) fn tag(kind: &str) -> Option<Tag> {
    // `MainZone:column#1` is a main zone
    match kind.trim().split([':', '#']).next().unwrap_or(kind) {
        "page-number" | "header" | "footer" | "catch-word" | "signature-mark" | "NumberingZone"
        | "RunningTitleZone" | "QuireMarksZone" | "StampZone" | "Numbering" | "RunningTitle"
        | "QuireMarks" => Some(Tag::Edge),
        "heading" | "HeadingLine" | "Title" => Some(Tag::Heading(1)),
        "footnote" | "footnote-continued" | "endnote" => Some(Tag::Note),
        "drop-capital" | "DropCapitalZone" | "DropCapitalLine" => Some(Tag::Initial),
        _ => None,
    }
}

/// Whether a kind is that of what stands in the margin, at the side or below the text.
pub(super) fn is_margin(kind: &str) -> bool {
    kind.trim().split([':', '#']).next() == Some("MarginTextZone")
}

/// Whether a kind says of its lines that they go on with a note of the page before.
pub(super) fn goes_on(kind: &str) -> bool {
    kind == "footnote-continued"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_page_xml_and_of_segmonto() {
        assert_eq!(tag("catch-word"), Some(Tag::Edge));
        assert_eq!(tag("NumberingZone:page"), Some(Tag::Edge));
        assert_eq!(tag("MainZone:column#1"), None);
        assert_eq!(tag("DropCapitalLine"), Some(Tag::Initial));
    }
}
