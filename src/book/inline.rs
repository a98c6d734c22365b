//! Inlines: what stands beside one another in a line.

use super::{AnchorId, Attrs, ImageId, NoteId, Width};
use crate::diag::Span;

/// An inline with its place in the manuscript.
#[derive(Clone, Debug, Hash)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands in the manuscript.
    pub span: Span,
}

/// The kinds of inline.
#[derive(Clone, Debug, Hash)]
pub enum InlineKind {
    /// Words, with the author's quotation marks and dashes already made.
    Text(Text),
    /// Emphasis: italics, and upright inside italics.
    Emph(Vec<Inline>),
    /// Strong emphasis: bold.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// Superior letters.
    Super(Vec<Inline>),
    /// Inferior letters.
    Sub(Vec<Inline>),
    /// Small capitals.
    SmallCaps(Vec<Inline>),
    /// The number of a title, parted from its words; a line end follows it, if words do.
    Number(Vec<Inline>),
    /// A span with classes or a language of its own.
    Span(Attrs, Vec<Inline>),
    /// Text as it stands, in a fixed-width face.
    Code(Text),
    /// A link; its words are never empty.
    Link(Target, Vec<Inline>),
    /// A cross-reference that prints its target's title, as words known only
    /// when the book is whole.
    TitleOf(AnchorId),
    /// A cross-reference that prints its target's page; in an edition without
    /// pages, its title.
    PageOf(AnchorId),
    /// A cross-reference that prints a note's number.
    NumberOf(NoteId),
    /// A note is called.
    NoteRef(NoteRef),
    /// A place to link to.
    Anchor(AnchorId),
    /// A page of the older edition starts here.
    PageMark(PageMark),
    /// A line ends here.
    Break,
    /// A picture in the line.
    Image {
        /// The picture.
        image: ImageId,
        /// What it shows, in words; none when it only decorates.
        alt: Option<String>,
        /// How wide the author wants it.
        width: Option<Width>,
    },
}

/// Words, and where they stand in the section's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// The words. Line ends of the manuscript are single spaces.
    pub words: String,
    /// How many bytes of the section's (or note's) running text come before;
    /// set by [`super::number_texts`]. Both editions find page starts by it.
    pub at: u32,
}

impl Text {
    /// Words whose place is not yet known.
    pub fn new(words: impl Into<String>) -> Text {
        Text { words: words.into(), at: 0 }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Out of the book: `https:`, `http:` or `mailto:`.
    Url(String),
    /// A place in the book.
    Anchor(AnchorId),
}

/// A note's call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoteRef {
    /// Which note.
    pub note: NoteId,
    /// Which of its calls this is, from 0.
    pub call: u32,
}

/// A page of the older edition starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageMark {
    /// Its number as printed: `12`, `xiv`.
    pub label: String,
}

/// The bare words: no marks, no note calls; line breaks become spaces.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

/// Whether all letters are capitals: such words become small capitals as a whole.
#[must_use]
pub fn is_capitals(inlines: &[Inline]) -> bool {
    let words = plain(inlines);
    words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(&text.words),
            InlineKind::Break => out.push(' '),
            InlineKind::Image { alt: Some(alt), .. } => out.push_str(alt),
            kind => {
                if let Some(children) = kind.children() {
                    push_plain(children, out);
                }
            }
        }
    }
}

/// A heading's words for contents lists, running heads, nav and outline: words
/// alone, without note calls, anchors, page marks, line breaks and soft
/// hyphens. A picture is there with what it shows.
#[must_use]
pub fn without_notes(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept = label(inlines);
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = kept.first_mut() {
        text.words = text.words.trim_start().to_owned();
    }
    if let Some(Inline { kind: InlineKind::Text(text), .. }) = kept.last_mut() {
        text.words.truncate(text.words.trim_end().len());
    }
    kept
}

fn label(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in inlines {
        let kind = match &inline.kind {
            InlineKind::NoteRef(_) | InlineKind::Anchor(_) | InlineKind::PageMark(_) => continue,
            InlineKind::Image { alt, .. } => match alt {
                Some(alt) => InlineKind::Text(Text::new(alt.clone())),
                None => continue,
            },
            InlineKind::Text(text) => {
                InlineKind::Text(Text { words: text.words.replace('\u{ad}', ""), at: text.at })
            }
            InlineKind::Break if is_number(kept.last()) => InlineKind::Text(Text::new(": ")),
            InlineKind::Break => InlineKind::Text(Text::new(" ")),
            InlineKind::Link(_, children) => {
                kept.extend(label(children));
                continue;
            }
            InlineKind::Span(attrs, children) => {
                InlineKind::Span(Attrs { anchor: None, ..attrs.clone() }, label(children))
            }
            kind => match kind.children() {
                Some(children) => kind.with_children(label(children)),
                None => kind.clone(),
            },
        };
        kept.push(Inline { kind, span: inline.span });
    }
    kept
}

fn is_number(inline: Option<&Inline>) -> bool {
    inline.is_some_and(|inline| matches!(inline.kind, InlineKind::Number(_)))
}

/// The number that a heading begins with, and the words behind it; no number, and
/// all words, where the style parts none from them, or nothing is behind it.
#[must_use]
pub fn numbered(heading: &[Inline]) -> (Option<&[Inline]>, &[Inline]) {
    match heading {
        [Inline { kind: InlineKind::Number(number), .. }, _, words @ ..] if !words.is_empty() => {
            (Some(number), words)
        }
        _ => (None, heading),
    }
}

/// A title as it is named in the middle of a sentence: without the full stop
/// at its end, unless that belongs to an initial or to an ellipsis.
#[must_use]
pub fn without_stop(mut title: Vec<Inline>) -> Vec<Inline> {
    drop_stop(&mut title);
    title
}

fn drop_stop(inlines: &mut [Inline]) {
    let Some(last) = inlines.last_mut() else { return };
    match &mut last.kind {
        InlineKind::Text(text) => {
            let words = text.words.trim_end();
            let Some(rest) = words.strip_suffix(['.', '。', '।', '۔']) else { return };
            let mut before = rest.chars().rev();
            let initial = before.next().is_some_and(char::is_uppercase)
                && before.next().is_none_or(|c| !c.is_alphanumeric());
            if !initial && !rest.ends_with('.') && !rest.is_empty() {
                text.words.truncate(rest.len());
            }
        }
        kind => {
            if let Some(children) = kind.children_mut() {
                drop_stop(children);
            }
        }
    }
}

impl InlineKind {
    /// What is inside, for the kinds that hold inlines.
    #[must_use]
    pub fn children(&self) -> Option<&Vec<Inline>> {
        use InlineKind::{Emph, Link, Number, SmallCaps, Span, Strike, Strong, Sub, Super};
        match self {
            Emph(c)
            | Strong(c)
            | Strike(c)
            | Super(c)
            | Sub(c)
            | SmallCaps(c)
            | Number(c)
            | Span(_, c)
            | Link(_, c) => Some(c),
            _ => None,
        }
    }

    /// What is inside, to be changed.
    pub fn children_mut(&mut self) -> Option<&mut Vec<Inline>> {
        use InlineKind::{Emph, Link, Number, SmallCaps, Span, Strike, Strong, Sub, Super};
        match self {
            Emph(c)
            | Strong(c)
            | Strike(c)
            | Super(c)
            | Sub(c)
            | SmallCaps(c)
            | Number(c)
            | Span(_, c)
            | Link(_, c) => Some(c),
            _ => None,
        }
    }

    /// The same kind around other inlines.
    #[must_use]
    pub fn with_children(&self, children: Vec<Inline>) -> InlineKind {
        let mut kind = self.clone();
        if let Some(slot) = kind.children_mut() {
            *slot = children;
        }
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    #[test]
    fn capitals_have_no_small_letter_among_them() {
        let capitals = |words: &str| {
            let kind = InlineKind::Text(Text { words: words.to_owned(), at: 0 });
            is_capitals(&[Inline { kind, span: Span::new(FileId::default(), 0, 0) }])
        };
        assert_eq!(
            ["BC", "A.-B. ΑΒ", "Bc", "bc", "19", ""].map(capitals),
            [true, true, false, false, false, false]
        );
    }

    fn text(words: &str) -> Inline {
        Inline { kind: InlineKind::Text(Text::new(words)), span: Span::new(FileId::default(), 0, 0) }
    }

    #[test]
    fn labels_hold_words_alone() {
        let span = Span::new(FileId::default(), 0, 0);
        let picture = |alt: Option<&str>| Inline {
            kind: InlineKind::Image { image: ImageId(0), alt: alt.map(str::to_owned), width: None },
            span,
        };
        let of = |inlines: &[Inline]| plain(&without_notes(inlines));
        assert_eq!(of(&[picture(Some("An ornament")), text(" Chap\u{ad}ter ")]), "An ornament Chapter");
        assert_eq!(of(&[picture(None), text(" Chapter")]), "Chapter");
        assert_eq!(of(&[picture(None)]), "");
    }

    #[test]
    fn a_title_in_a_sentence_ends_without_its_stop() {
        for (title, wanted) in [
            ("The old mill.", "The old mill"),
            ("Portrait of J. S. B.", "Portrait of J. S. B."),
            ("And so on...", "And so on..."),
            ("What is it?", "What is it?"),
            (".", "."),
        ] {
            assert_eq!(plain(&without_stop(vec![text(title)])), wanted);
            let emphatic = Inline { kind: InlineKind::Emph(vec![text(title)]), span: text("").span };
            assert_eq!(plain(&without_stop(vec![emphatic])), wanted);
        }
    }
}
