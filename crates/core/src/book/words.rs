//! The words of inlines: bare, as contents lists and running heads show them, and as sentences name them.

use super::visit::{Seen, visit_inlines};
use super::{Attrs, Heading, Inline, InlineKind, Text};

/// The bare words: no marks, no note calls; line breaks become spaces.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    visit_inlines(inlines, &mut |seen| match seen {
        Seen::Words(text, _) | Seen::Code(text, _) => out.push_str(&text.words),
        Seen::Break => out.push(' '),
        Seen::Picture(_, Some(alt)) => out.push_str(alt),
        _ => {}
    });
    out
}

/// Whether spaces that may not break begin a line within a paragraph, as those of `::: lines` do: its lines are placed, and
/// the first is not set in either.
#[must_use]
pub fn has_placed_lines(inlines: &[Inline]) -> bool {
    let (mut begins, mut placed) = (false, false);
    visit_inlines(inlines, &mut |seen| match seen {
        Seen::Break => begins = true,
        Seen::Words(text, _) => placed |= std::mem::take(&mut begins) && text.words.starts_with('\u{A0}'),
        _ => {}
    });
    placed
}

/// Whether all letters are capitals: such words become small capitals as a whole.
#[must_use]
pub fn is_capitals(inlines: &[Inline]) -> bool {
    let words = plain(inlines);
    words.contains(char::is_uppercase) && !words.contains(char::is_lowercase)
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

impl Heading {
    /// Whether anything in it can be named: words, or a picture's description.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !plain(&without_notes(&self.content)).trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{ImageId, PictureLook};
    use crate::diag::{FileId, Span};

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
            kind: InlineKind::Image {
                image: ImageId(0),
                alt: alt.map(str::to_owned),
                look: PictureLook::default(),
            },
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
