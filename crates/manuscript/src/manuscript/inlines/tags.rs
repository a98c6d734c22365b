//! Tags of HTML that mean what a mark of ours does.

use super::{Fold, MOST_OPEN, Opener, TAG};
use crate::manuscript::html;
use crate::manuscript::prepare::Tag;
use crate::manuscript::raw::{self, InlineKind};
use std::ops::Range;

impl Fold<'_> {
    /// A tag that opens an element or ends one.
    pub(super) fn tag(&mut self, range: Range<usize>, html: String) {
        let Some(tag) = Tag::read(&html) else { return self.push(range, InlineKind::Text(html)) };
        if !tag.closes {
            if self.openers.len() < MOST_OPEN {
                let place = Some((tag.name.clone(), range.clone()));
                self.openers.push(Opener { mark: TAG, index: self.out.len(), tag: place });
            }
            return self.push(range, InlineKind::Text(html));
        }
        let same = |opener: &Opener| opener.tag.as_ref().is_some_and(|(name, _)| *name == tag.name);
        let Some(opener) = self.openers.iter().rposition(same) else {
            self.findings.push(html::found(&html, self.text.span(range.clone()), false));
            return self.push(range, InlineKind::Text(html));
        };
        let index = self.openers[opener].index;
        for inner in self.openers.split_off(opener).into_iter().skip(1) {
            self.tag_left(inner);
        }
        if index + 1 == self.out.len() {
            self.out.pop();
            self.ends.pop();
            self.depths.pop();
            return;
        }
        let open = raw::plain(&self.out[index..=index]);
        self.wrap(index, range.end, |children| html::meaning(&tag.name, &open, children));
    }

    /// Tags that were never closed.
    pub(super) fn tags_left(&mut self) {
        for opener in std::mem::take(&mut self.openers) {
            self.tag_left(opener);
        }
    }

    pub(super) fn tag_left(&mut self, opener: Opener) {
        if let Some((name, range)) = opener.tag {
            self.findings.push(html::found(&format!("<{name}>"), self.text.span(range), false));
        }
    }
}
