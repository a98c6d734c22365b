//! Plays: which texts are one, and which of their paragraphs are speeches.

use super::{Block, BlockKind, Content, Inline, InlineKind, Section, plain};
use std::collections::BTreeSet;

/// A text with fewer speeches is none.
const LEAST_SPEECHES: usize = 4;
/// A speaker's name is shorter than this.
const LONGEST_NAME: usize = 40;

/// Marks the texts of a book that are plays. A third of a play's paragraphs begin with a name in small
/// capitals or bold, and each name speaks twice or more on the average: the headings at the beginnings of
/// paragraphs, which differ from one another, are no speakers. A scene that is too short to be told from
/// them is a play all the same where its speakers speak in another text.
pub fn mark_plays(sections: &mut [Section]) {
    let counts: Vec<Option<Speeches>> =
        sections.iter().map(|section| section.body().map(|body| Speeches::of(&body.blocks))).collect();
    let cast: BTreeSet<&String> =
        counts.iter().flatten().filter(|speeches| speeches.make_a_play()).flat_map(|it| &it.names).collect();
    for (section, speeches) in sections.iter_mut().zip(&counts) {
        let (Content::Text(body), Some(speeches)) = (&mut section.content, speeches) else { continue };
        body.play = speeches.make_a_play() || speeches.are_of(&cast);
    }
}

/// The paragraphs of a text that begin with a name.
struct Speeches {
    paragraphs: usize,
    speeches: usize,
    names: BTreeSet<String>,
}

impl Speeches {
    fn of(blocks: &[Block]) -> Speeches {
        let mut found = Speeches { paragraphs: 0, speeches: 0, names: BTreeSet::new() };
        for block in blocks {
            if let BlockKind::Para(words) = &block.kind {
                found.paragraphs += 1;
                if let Some(name) = speaker(words) {
                    found.speeches += 1;
                    found.names.insert(name);
                }
            }
        }
        found
    }

    fn are_many(&self) -> bool {
        self.speeches > 0 && self.speeches * 3 >= self.paragraphs
    }

    fn make_a_play(&self) -> bool {
        self.are_many() && self.speeches >= LEAST_SPEECHES && self.names.len() * 2 <= self.speeches
    }

    /// Whether they are those of a cast that is known from another text.
    fn are_of(&self, cast: &BTreeSet<&String>) -> bool {
        self.are_many()
            && self.names.iter().filter(|name| cast.contains(name)).count() * 2 >= self.names.len()
    }
}

/// The name with which a paragraph begins, if it is a speech.
#[must_use]
pub fn speaker(words: &[Inline]) -> Option<String> {
    let shown = |inline: &&Inline| !matches!(inline.kind, InlineKind::Anchor(_) | InlineKind::PageMark(_));
    let first = words.iter().find(shown)?;
    let (InlineKind::SmallCaps(name) | InlineKind::Strong(name)) = &first.kind else { return None };
    let name = plain(name);
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    (!name.is_empty() && name.len() < LONGEST_NAME).then_some(name)
}
