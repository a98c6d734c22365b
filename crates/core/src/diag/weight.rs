//! Which errors an author may make warnings, and why not the others.

use super::Code;

/// Errors that lose nothing: what was not understood stands in the text as it was typed; or a link, a place, an attribute,
/// a sign that nobody sees or a second mention goes, and all words stay.
const LOWERABLE: &[Code] = &[
    Code::HtmlRaw,
    Code::CommentUnclosed,
    Code::IdDuplicate,
    Code::LinkScheme,
    Code::DivUnclosed,
    Code::DivUnopened,
    Code::AttributeInvalid,
    Code::RemarkPrivate,
    Code::CodeUnclosed,
    Code::ControlCharacter,
    Code::FileRepeated,
    Code::LanguageUnknown,
    Code::CssUnfit,
    Code::StoreSize,
    Code::StoreAuthor,
];

/// The other errors, by what an edition that was made in spite of them would lack.
const FIRM: &[(&str, &[Code])] = &[
    (
        "words would be missing",
        &[
            Code::TextUnread,
            Code::FileMissing,
            Code::FileEncoding,
            Code::FileTooLarge,
            Code::LimitExceeded,
            Code::FileOutside,
            Code::ImportFirst,
            Code::LinkCircular,
            Code::LinkUntitled,
            Code::DivInvalid,
            Code::TableShape,
            Code::CaptionMisplaced,
            Code::NestingTooDeep,
            Code::TextLost,
            Code::IsbnInvalid,
        ],
    ),
    ("a picture would be missing", &[Code::ImageMissing, Code::ImageUnreadable, Code::PictureLost]),
    (
        "a note would be missing",
        &[Code::NoteUnknown, Code::NoteEmpty, Code::NoteDuplicate, Code::NoteRecursive, Code::NoteMisplaced],
    ),
    ("signs would be missing", &[Code::FaceMissing, Code::FontUnreadable, Code::GlyphMissing]),
    (
        "what is asked for would not be done",
        &[Code::TomlSyntax, Code::KeyUnknown, Code::KeyMissing, Code::ValueInvalid],
    ),
    ("nothing could be set so", &[Code::StyleImpossible, Code::CoverTemplate, Code::CoverPaper]),
    ("the printer would refuse the file", &[Code::PrintPages, Code::PrintMargin, Code::SheetSmall]),
    (
        "the edition would be faulty, and the fault is not the book's",
        &[Code::StageFailed, Code::TextOutside, Code::RuleLost, Code::ContentsNumber],
    ),
    (
        "words of the source would be missing",
        &[Code::ImportKind, Code::ImportOccupied, Code::ImportDamaged, Code::ImportEmpty, Code::ImportProof],
    ),
];

impl Code {
    /// Whether an author may go on in spite of such an error: no word, picture or note
    /// is lost, and every edition can be made.
    #[must_use]
    pub fn may_be_lowered(self) -> bool {
        LOWERABLE.contains(&self)
    }

    /// Why such an error cannot be made a warning; none where it can, or where it never is an error by itself.
    #[must_use]
    pub fn why_firm(self) -> Option<&'static str> {
        FIRM.iter().find(|(_, codes)| codes.contains(&self)).map(|(why, _)| *why)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, FIRM, LOWERABLE};
    use crate::diag::{CODES, Severity};

    #[test]
    fn every_error_can_be_lowered_or_says_why_not() {
        for entry in CODES {
            let code = Code::find(entry.name).expect("an entry has its code");
            let is_error = entry.severity == Severity::Error;
            assert_eq!(is_error, code.may_be_lowered() != code.why_firm().is_some(), "{}", entry.name);
        }
        let listed = FIRM.iter().map(|(_, codes)| codes.len()).sum::<usize>() + LOWERABLE.len();
        let errors = CODES.iter().filter(|entry| entry.severity == Severity::Error).count();
        assert_eq!(listed, errors, "a code stands twice");
    }
}
