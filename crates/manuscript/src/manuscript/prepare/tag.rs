//! The simple HTML that people write in Markdown: a tag and its attributes.

/// A tag of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::manuscript) struct Tag<'a> {
    /// Its name, in small letters.
    pub(in crate::manuscript) name: String,
    /// Whether it closes an element.
    pub(in crate::manuscript) closes: bool,
    attributes: &'a str,
    /// How many bytes it has.
    pub(in crate::manuscript) length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that `text` begins with.
    pub(in crate::manuscript) fn read(text: &'a str) -> Option<Tag<'a>> {
        let inside = text.strip_prefix('<')?;
        let closes = inside.starts_with('/');
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let named = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let rest = &inside[named..];
        let end = end_of(rest)?;
        let attributes = rest[..end].trim_end_matches('/');
        if !(attributes.is_empty() || attributes.starts_with(char::is_whitespace)) {
            return None;
        }
        let length = text.len() - inside.len() + named + end + 1;
        Some(Tag { name: inside[..named].to_ascii_lowercase(), closes, attributes, length })
    }

    /// The value of an attribute.
    pub(in crate::manuscript) fn get(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes.trim_start();
        while !rest.is_empty() {
            let named = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let found = rest[..named].eq_ignore_ascii_case(name);
            rest = rest[named..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                let after = after.trim_start();
                let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
                let body = quote.map_or(after, |_| &after[1..]);
                let end = body.find(|c: char| quote.map_or(c.is_whitespace(), |quote| c == quote));
                let end = end.unwrap_or(body.len());
                value = &body[..end];
                rest = body[end..].strip_prefix(['"', '\'']).unwrap_or(&body[end..]).trim_start();
            }
            if found {
                return Some(value);
            }
            if named == 0 && value.is_empty() {
                return None;
            }
        }
        None
    }
}

/// Where a tag ends: a `>` outside quotation marks.
fn end_of(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(2000) {
        match (byte, quote) {
            (b'>', None) => return Some(at),
            (b'<', None) => return None,
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_with_its_attributes() {
        let tag = Tag::read("<img src='a b.png' ALT=\"A > b\" width=50 hidden/> rest").expect("a tag");
        assert_eq!((tag.name.as_str(), tag.closes), ("img", false));
        assert_eq!(
            ["src", "alt", "width", "hidden", "title"].map(|name| tag.get(name)),
            [Some("a b.png"), Some("A > b"), Some("50"), Some(""), None]
        );
        assert_eq!(
            Tag::read("</SUP>x").map(|tag| (tag.name, tag.closes, tag.length)),
            Some(("sup".into(), true, 6))
        );
        for none in ["<3 of them", "<https://a.org>", "< b>", "<b", "<a@b.org>"] {
            assert_eq!(Tag::read(none), None, "{none}");
        }
    }
}
