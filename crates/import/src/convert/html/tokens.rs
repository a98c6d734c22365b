//! HTML, and XHTML as ebooks have it, as a tree: lenient, as browsers are. What is not
//! well-formed is read as its author meant it, and never refused.
//!
//! Every step takes at least one byte, and elements deeper than a bound are laid beside
//! one another, so that time and stack grow with the length of the text alone.

use super::entities::{entity, sign};
use crate::convert::element::{Builder, Element};

/// Elements that hold nothing.
const EMPTY: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "command",
];
/// Elements whose words are no marks.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];
/// Elements that end an open paragraph.
const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "figcaption",
];

/// Elements that a head may hold; any other ends it.
const IN_HEAD: [&str; 9] =
    ["base", "link", "meta", "noscript", "object", "script", "style", "template", "title"];

/// Whether an element stands below others, and its words apart from theirs.
pub(in crate::convert) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
        || matches!(
            name,
            "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "caption" | "html" | "head" | "summary" | "br"
        )
}

/// The tree of a document; whether elements stood too deep.
pub(in crate::convert) fn tree(text: &str) -> (Element, bool) {
    let mut builder = Builder::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            words(&decoded(rest), &mut builder);
            break;
        };
        if at > 0 {
            words(&decoded(&rest[..at]), &mut builder);
        }
        rest = mark(&rest[at..], &mut builder);
    }
    let too_deep = builder.was_too_deep;
    (builder.finish(), too_deep)
}

/// Reads what begins with `<`; the rest behind it.
fn mark<'t>(text: &'t str, builder: &mut Builder) -> &'t str {
    let behind = |end: &str| text.find(end).map_or("", |at| &text[at + end.len()..]);
    if text.starts_with("<!--") {
        return behind("-->");
    }
    if let Some(cdata) = text.strip_prefix("<![CDATA[") {
        builder.text(&cdata[..cdata.find("]]>").unwrap_or(cdata.len())]);
        return behind("]]>");
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        // a document type with declarations of its own ends behind its bracket
        let has_own = text.find('>').is_some_and(|end| text[..end].contains('['));
        return behind(if has_own { "]>" } else { ">" });
    }
    match Tag::read(text) {
        Some(tag) => put(tag, text, builder),
        None => {
            builder.text("<");
            &text[1..]
        }
    }
}

fn put<'t>(tag: Tag, text: &'t str, builder: &mut Builder) -> &'t str {
    let rest = &text[tag.length..];
    let name = tag.element.name.clone();
    if tag.closes {
        builder.close_named(&name);
        return rest;
    }
    close_implied(&name, builder);
    if tag.is_empty || EMPTY.contains(&name.as_str()) {
        builder.empty(tag.element);
        return rest;
    }
    builder.open(tag.element);
    if RAW.contains(&name.as_str()) {
        let end = find_close(rest, &name);
        builder.text(&decoded(&rest[..end]));
        builder.close();
        return rest[end..].find('>').map_or("", |at| &rest[end + at + 1..]);
    }
    rest
}

/// Where the closing tag of an element with raw words stands.
fn find_close(text: &str, name: &str) -> usize {
    let is_close =
        |at: &usize| text[at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(is_close).unwrap_or(text.len())
}

/// Words end a head that nobody has closed.
fn words(text: &str, builder: &mut Builder) {
    if builder.names().next_back() == Some("head") && !text.trim().is_empty() {
        builder.close();
    }
    builder.text(text);
}

/// Closes what an opening tag ends without saying so.
fn close_implied(name: &str, builder: &mut Builder) {
    if builder.names().next_back() == Some("head") && !IN_HEAD.contains(&name) {
        builder.close();
    }
    let (ends, until): (&[&str], &[&str]) = match name {
        // no link holds another
        "a" => (&["a"], &["td", "th"]),
        "li" => (&["li"], &["ul", "ol"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "option" => (&["option"], &["select"]),
        name if BLOCKS.contains(&name) => {
            (&["p"], &["td", "th", "li", "blockquote", "div", "section", "body", "figure"])
        }
        _ => return,
    };
    let open = builder.names().rev().find(|open| ends.contains(open) || until.contains(open));
    if let Some(open) = open.filter(|open| ends.contains(open)).map(str::to_owned) {
        builder.close_named(&open);
    }
}

/// A tag.
pub(in crate::convert) struct Tag {
    pub element: Element,
    pub closes: bool,
    pub is_empty: bool,
    /// How many bytes it has.
    pub length: usize,
}

impl Tag {
    /// The tag that `text` begins with; none when it begins with no tag.
    pub(crate) fn read(text: &str) -> Option<Tag> {
        let inside = text.strip_prefix('<')?;
        let closes = inside.starts_with('/');
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | ':' | '_' | '.');
        let end = inside.find(|c| !is_name(c))?;
        if end == 0 || !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut element = Element::named(inside[..end].to_ascii_lowercase());
        let mut rest = inside[end..].trim_start();
        let mut is_empty = false;
        loop {
            if let Some(behind) = rest.strip_prefix('>') {
                let length = text.len() - behind.len();
                return Some(Tag { element, closes, is_empty, length });
            }
            if rest.is_empty() || rest.starts_with('<') {
                return None;
            }
            if let Some(behind) = rest.strip_prefix('/') {
                is_empty = true;
                rest = behind.trim_start();
                continue;
            }
            is_empty = false;
            rest = attribute(rest, &mut element)?;
        }
    }
}

/// Reads an attribute; the rest behind it. A `<` outside of quotation marks is part of none,
/// so that what is read from one `<` ends at the next, and all tags together take linear time.
fn attribute<'t>(text: &'t str, element: &mut Element) -> Option<&'t str> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '<' | '>' | '/'))?;
    if end == 0 {
        // a stray sign
        return Some(text[text.chars().next()?.len_utf8()..].trim_start());
    }
    let name = text[..end].to_ascii_lowercase();
    let rest = text[end..].trim_start();
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        element.attributes.push((name, String::new()));
        return Some(rest);
    };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, rest) = match quote {
        Some(quote) => value[1..].split_once(quote)?,
        None => value.split_at(value.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))?),
    };
    element.attributes.push((name, decoded(value)));
    Some(rest.trim_start())
}

/// Words with their entities as characters; what is no entity stays as it stands.
pub(in crate::convert) fn decoded(text: &str) -> String {
    let is_special = |c: char| c == '&' || sign(c).is_some();
    let Some(first) = text.find(is_special) else { return text.to_owned() };
    let mut out = text[..first].to_owned();
    let mut rest = &text[first..];
    while let Some(special) = rest.chars().next() {
        let Some(inside) = rest.strip_prefix('&') else {
            out.push(sign(special).unwrap_or(special));
            rest = &rest[special.len_utf8()..];
            let next = rest.find(is_special).unwrap_or(rest.len());
            out.push_str(&rest[..next]);
            rest = &rest[next..];
            continue;
        };
        let name_end =
            inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#')).unwrap_or(inside.len()).min(32);
        let name = inside.get(..name_end).unwrap_or("");
        match entity(name) {
            Some(c) => {
                out.push(c);
                rest = inside[name_end..].strip_prefix(';').unwrap_or(&inside[name_end..]);
            }
            None => {
                out.push('&');
                rest = inside;
            }
        }
        let next = rest.find(is_special).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    out
}
