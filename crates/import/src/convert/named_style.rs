//! The styles of word processors: what each says that a paragraph or its words are, and how one takes from
//! those that it is based on. Word and OpenDocument write them differently and mean the same.

use super::flow::Role;
use super::look::Look;

/// How many styles may be based on one another; a circle of styles ends with the count.
const MOST_ABOVE: usize = 12;

/// A style of paragraphs or of words.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedStyle {
    pub role: Role,
    pub look: Look,
    pub centred: bool,
    pub page_break: bool,
    /// Stands further in on both sides, as quotations do.
    pub is_set_in: bool,
    /// Begins further in than the text.
    pub indented: bool,
    /// The white space above, in twentieths of a point.
    pub above: Option<i64>,
    pub is_code: bool,
    pub language: Option<String>,
    /// List and level.
    pub number: Option<(String, usize)>,
    /// How many levels deeper than its list says an item stands: `List Bullet 2` has a list of its own.
    pub deeper: usize,
    /// The style that it is based on.
    pub base: Option<String>,
}

impl NamedStyle {
    /// The style of that name with what it takes from those that it is based on, which `find` knows.
    pub(super) fn resolved<'s>(name: &str, find: &dyn Fn(&str) -> Option<&'s NamedStyle>) -> NamedStyle {
        let mut found = NamedStyle::default();
        let mut next = find(name);
        for _ in 0..MOST_ABOVE {
            let Some(style) = next else { break };
            found.take(style);
            next = style.base.as_deref().and_then(find);
        }
        found
    }

    /// Takes what it does not say itself.
    fn take(&mut self, base: &NamedStyle) {
        if self.role == Role::Body {
            self.role = base.role;
        }
        self.look = self.look.or(base.look);
        self.centred |= base.centred;
        self.page_break |= base.page_break;
        self.is_set_in |= base.is_set_in;
        self.indented |= base.indented;
        self.above = self.above.or(base.above);
        self.is_code |= base.is_code;
        self.language = self.language.take().or_else(|| base.language.clone());
        self.deeper = self.deeper.max(base.deeper);
        self.number = self.number.take().or_else(|| base.number.clone());
    }
}
