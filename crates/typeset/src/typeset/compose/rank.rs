//! The ranks of headings in the logical structure: none is skipped (ISO 14289-1 §7.4.2).

/// The highest number of a rank.
const DEEPEST: u8 = 6;

/// The ranks of the headings so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ranks {
    /// Of the last one; 0 when there was none.
    last: u8,
    /// What the first one of this text wanted.
    first: Option<u8>,
}

impl Ranks {
    /// Those of a text that does not know what stands before it: any rank may come first.
    pub(super) fn of_text_apart() -> Ranks {
        Ranks { last: DEEPEST, first: None }
    }

    /// Those of a text that follows.
    pub(super) fn followed(self) -> Ranks {
        Ranks { first: None, ..self }
    }

    /// The rank of a heading that wants to have that one.
    pub(super) fn next(&mut self, wanted: u8) -> u8 {
        let wanted = wanted.clamp(1, DEEPEST);
        self.first.get_or_insert(wanted);
        self.last = wanted.min(self.last + 1);
        self.last
    }

    /// Whether the headings of a text have their ranks behind these as well.
    pub(super) fn may_precede(self, text: Ranks) -> bool {
        text.first.is_none_or(|first| first <= self.last + 1)
    }

    /// A text follows.
    pub(super) fn go_on(&mut self, text: Ranks) {
        if text.first.is_some() {
            self.last = text.last;
        }
    }
}
