//! HTML among the words: what means the same as a mark of ours is read so, and
//! all else is told of.

use super::inlines::unprotect;
use super::prepare::Tag;
use super::raw::{Attrs, Inline, InlineKind, InlineStyle};
use crate::book::Lang;
use crate::diag::{Code, Diagnostic, Span};

/// Elements inside of a line that have a meaning in a book; with no attributes they are read as what they mean.
pub const INLINE_ELEMENTS: [&str; 17] = [
    "sup", "sub", "em", "i", "cite", "dfn", "u", "strong", "b", "s", "del", "strike", "ins", "kbd", "code",
    "samp", "small",
];

/// Whether a tag opens or ends an element that is read as what it means: one of
/// ours without attributes, or a `span` that says a language or small capitals.
pub(super) fn is_understood(html: &str) -> bool {
    let Some(tag) = Tag::read(html) else { return false };
    INLINE_ELEMENTS.contains(&tag.name.as_str())
        || (tag.name == "span" && (tag.closes || span_attrs(&tag).is_some()))
}

/// What a `span` means: a language, small capitals, an id.
fn span_attrs(tag: &Tag<'_>) -> Option<Attrs> {
    let mut attrs = Attrs::default();
    if let Some(lang) = tag.get("lang").or_else(|| tag.get("xml:lang")) {
        attrs.lang = Some(Lang::parse(lang)?);
    }
    let style = tag.get("style").unwrap_or("").replace(' ', "");
    let small = tag.get("class").is_some_and(|class| matches!(class, "smallcaps" | "small-caps" | "sc"));
    if small || style.trim_end_matches(';') == "font-variant:small-caps" {
        attrs.classes.push("smallcaps".to_owned());
    } else if !style.is_empty() || tag.get("class").is_some() {
        return None;
    }
    attrs.id = tag.get("id").map(str::to_owned);
    (attrs.lang.is_some() || attrs.id.is_some() || !attrs.classes.is_empty()).then_some(attrs)
}

/// The inline that an element of this name is; `open` is its opening tag.
pub(super) fn meaning(name: &str, open: &str, children: Vec<Inline>) -> InlineKind {
    let style = match name {
        "sup" => InlineStyle::Super,
        "sub" => InlineStyle::Sub,
        "strong" | "b" => InlineStyle::Strong,
        "s" | "del" | "strike" => InlineStyle::Strike,
        "kbd" | "code" | "samp" => {
            let words = super::raw::plain(&children);
            // straight marks that were escaped stay what they are, and nothing sets them later
            let typed = words.chars().map(|c| unprotect(c).unwrap_or(c));
            return InlineKind::Code(typed.collect());
        }
        "small" => {
            return InlineKind::Span(
                Attrs { classes: vec!["small".to_owned()], ..Attrs::default() },
                children,
            );
        }
        "ins" => return InlineKind::Span(Attrs::default(), children),
        "span" => {
            let attrs = Tag::read(open).and_then(|tag| span_attrs(&tag)).unwrap_or_default();
            return InlineKind::Span(attrs, children);
        }
        _ => InlineStyle::Emph,
    };
    InlineKind::Styled(style, children)
}

/// The finding about a tag that means nothing here.
pub(super) fn found(html: &str, span: Span, in_cell: bool) -> Diagnostic {
    let (name, _) = tag_name(html);
    let shown: String = html.trim().lines().next().unwrap_or("").chars().take(40).collect();
    let message = format!("raw HTML is not supported: `{shown}`");
    let meant = match in_cell {
        true if matches!(name.as_str(), "ul" | "ol" | "li" | "p" | "div") => {
            "write `<br>` between the lines of the cell, and take the tags away"
        }
        _ => in_markdown(&name, html),
    };
    let hint = format!("{meant}; write `\\<` for the sign itself");
    Diagnostic::new(Code::HtmlRaw, span, message).hint(hint)
}

/// The name of the tag that `html` begins with, in small letters, and whether
/// it is a closing one.
pub(super) fn tag_name(html: &str) -> (String, bool) {
    let inside = html.trim_start().trim_start_matches('<');
    let closes = inside.starts_with('/');
    let name = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric);
    (name.collect::<String>().to_ascii_lowercase(), closes)
}

/// What Markdown has for an element of HTML.
fn in_markdown(name: &str, html: &str) -> &'static str {
    let has = |attribute: &str| html.contains(attribute);
    match name {
        "br" => "end the line with a backslash",
        "hr" => "write `* * *` on a line of its own",
        "img" | "figure" | "picture" => "write ![what it shows](file.png \"caption\")",
        "sup" => "write `^1^`",
        "sub" => "write `~2~`",
        "em" | "i" | "cite" | "dfn" => "write `*words*`",
        "strong" | "b" => "write `**words**`",
        "del" | "s" | "strike" => "write `~~words~~`",
        "code" | "kbd" | "samp" | "tt" | "var" => "write the words between back-quotes",
        "pre" => "put a line of three back-quotes before it and one behind",
        "blockquote" => "begin each line with `>`",
        "a" if has("id=") || has("name=") && !has("href") => "write `[]{#id}` in place of its two tags",
        "a" => "write [words](address)",
        "u" | "small" | "mark" | "span" | "font" => "write [words]{.class}",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write a heading with `#`",
        "ul" | "ol" | "li" => "write a list with `-` or `1.`",
        "table" | "tr" | "td" | "th" => "write a table with upright strokes",
        "div" | "p" | "center" | "section" | "aside" | "details" => "write a `:::` division",
        "iframe" | "video" | "audio" | "object" | "embed" | "script" | "style" | "link" | "form"
        | "input" => "delete it: no page of a book can show it",
        _ => "delete it, or put code between back-quotes",
    }
}
