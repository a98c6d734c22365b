//! HTML in a text of Markdown: what our Markdown reads itself stays, what it can say is said in it, of all else the
//! words stay; but scripts and the like hold no words of a book.

use super::callouts::kind_of_classes;
use super::edits::Edits;
use super::ids::fitting;
use crate::convert::element::Element;
use crate::convert::html::Tag;
use crate::convert::meta::title_of;
use crate::convert::tree::address;
use crate::manuscript::INLINE_ELEMENTS;
use std::collections::{BTreeMap, BTreeSet};

/// Elements whose words are no words of a book.
const WITHOUT_WORDS: [&str; 9] =
    ["script", "style", "svg", "iframe", "video", "audio", "object", "noscript", "template"];
/// Marks that some write within `<q>` as well.
const QUOTES: [char; 8] = ['"', '“', '”', '‘', '’', '«', '»', '„'];
/// What the report calls the edits of tags.
const WORDS_STAY: &str = "HTML, of which the words stay";

/// Whether our Markdown reads an element itself, when it has no attributes.
fn is_kept(name: &str) -> bool {
    name == "br" || INLINE_ELEMENTS.contains(&name)
}

/// Rewrites the tags of a text.
pub(super) fn tags(edits: &mut Edits<'_>) {
    let text = edits.text;
    let mut open = Open::default();
    let mut unclosed = BTreeSet::new();
    let mut skip = 0;
    for at in edits.places("<") {
        let is_target = text[..at].ends_with("](");
        if at < skip || is_target || text[..at].ends_with(['\\', '{']) || is_address(&text[at..]) {
            continue;
        }
        let Some(tag) = Tag::read(&text[at..]) else { continue };
        let end = at + tag.length;
        if tag.element.name == "figure"
            && !tag.closes
            && let Some((length, new)) = figure(&text[at..])
        {
            skip = at + length;
            edits.put(at, skip, new, "figures of HTML into pictures with captions");
        } else if WITHOUT_WORDS.contains(&tag.element.name.as_str()) || is_hidden(&tag.element) {
            skip = end + length_inside(&tag, &text[end..], &mut unclosed);
            edits.leave_out(at, skip, "", "parts of a web page that no book has");
        } else if let Some(new) =
            in_markdown(&tag, &mut open, Around { before: &text[..at], behind: &text[end..] })
        {
            edits.put(at, end, new, WORDS_STAY);
        }
    }
}

/// Whether a page shows nothing of an element.
fn is_hidden(element: &Element) -> bool {
    let class =
        element.get("class").is_some_and(|names| names.split_whitespace().any(|name| name == "hidden"));
    let style = element.get("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
    class || style || element.get("hidden").is_some()
}

/// A figure that holds nothing but pictures and a caption: its length, and how it is written here.
/// Pictures without a caption of their own have that of the figure, the last of them.
fn figure(text: &str) -> Option<(usize, String)> {
    let is_tag = |at: &usize| text[..*at].ends_with('<') || text[..*at].ends_with("</");
    let next = text.match_indices("figure").map(|(at, _)| at).skip(1).find(is_tag)?;
    // a figure in this one begins before this one ends
    let before = text[..next].strip_suffix("</").filter(|_| text[next..].starts_with("figure>"))?;
    let length = before.len() + "</figure>".len();
    let inside = &text[..length];
    let caption = inside.find("<figcaption").and_then(|from| {
        let words = &inside[from + inside[from..].find('>')? + 1..];
        Some(in_one_line(&words[..words.find("</figcaption>")?]))
    });
    let mut pictures: Vec<Element> = Vec::new();
    for (at, _) in inside.match_indices("<img") {
        pictures.extend(Tag::read(&inside[at..]).map(|tag| tag.element));
    }
    let last = pictures.pop()?;
    let mut out: Vec<String> = pictures.iter().map(picture).collect();
    let caption = caption.unwrap_or_default().replace(['[', ']'], "");
    let (mut alt, src) =
        (last.get("alt").unwrap_or("").replace(['"', '\n', '{', '}'], " "), last.get("src")?);
    if alt == caption {
        alt.clear();
    }
    let mut marks: Vec<String> =
        Tag::read(text)?.element.get("id").map(|id| format!("#{id}")).into_iter().collect();
    marks.extend((!alt.is_empty()).then(|| format!("alt=\"{alt}\"")));
    marks.extend(width(&last));
    let marks = if marks.is_empty() { String::new() } else { format!("{{{}}}", marks.join(" ")) };
    out.push(format!("![{caption}]({}){marks}", address(src)));
    Some((length, format!("\n\n{}\n\n", out.join("\n\n"))))
}

/// Words with marks of ours for the tags among them, in one line.
fn in_one_line(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let (mark, length) = match Tag::read(&rest[at..]) {
            Some(tag) => (mark(&tag.element.name), tag.length),
            None => ("<", 1),
        };
        out.push_str(mark);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The mark of ours that an element within a line begins and ends with.
fn mark(name: &str) -> &'static str {
    match name {
        "em" | "i" | "cite" => "*",
        "strong" | "b" => "**",
        "code" | "tt" => "`",
        "sup" => "^",
        "sub" => "~",
        "br" => " ",
        _ => "",
    }
}

/// The elements that are open, and what their closing tags are written as.
#[derive(Default)]
struct Open {
    /// The addresses of links.
    links: Vec<Option<String>>,
    /// The elements that may be boxes: their names, and whether they are admonitions.
    boxes: Vec<(String, bool)>,
    /// How many of each name are among them: what closes none is not looked for.
    named: BTreeMap<String, usize>,
    /// Elements of another tool's own that say the caption of what they hold.
    captioned: Vec<(String, String)>,
}

impl Open {
    /// A box of a web page that is an admonition here, or the end of one; none for another element. It stands on lines
    /// of its own, set in as its line is.
    fn admonition(&mut self, tag: &Tag, around: &Around<'_>) -> Option<String> {
        const MAY_BE: [&str; 5] = ["div", "aside", "section", "blockquote", "p"];
        let element = &tag.element;
        if !MAY_BE.contains(&element.name.as_str()) || tag.is_empty {
            return None;
        }
        let words = around.before.trim_end_matches([' ', '\t']);
        let is_first = words.is_empty() || words.ends_with('\n');
        let indent = if is_first { &around.before[words.len()..] } else { "" };
        if tag.closes {
            let is_ours = self.close(&element.name)?;
            return is_ours.then(|| format!("\n\n{indent}:::\n\n{indent}"));
        }
        let class = element.get("class");
        let is_caption = class.is_some_and(|names| names.split_whitespace().any(|name| name == "caption"));
        let kind = if is_caption { Some("caption") } else { class.and_then(kind_of_classes) };
        self.boxes.push((element.name.clone(), kind.is_some()));
        *self.named.entry(element.name.clone()).or_default() += 1;
        kind.map(|kind| format!("\n\n{indent}::: {kind}\n{}\n{indent}", anchor(tag)))
    }

    /// An element of another tool's own: what its attributes say of a listing stands above and below it, as Listing and the
    /// like of mdBook's authors have it; a place to link to, where it names one.
    fn own(&mut self, tag: &Tag) -> String {
        let said = |key: &str| tag.element.get(key).map(str::trim).filter(|words| !words.is_empty());
        let name = &tag.element.name;
        if tag.closes {
            let caption = self.captioned.pop_if(|(open, _)| open == name);
            return caption
                .map(|(_, words)| format!("\n\n::: caption\n{words}\n:::\n\n"))
                .unwrap_or_default();
        }
        if let (Some(caption), false) = (said("caption"), tag.is_empty) {
            let number = said("number").map(|number| format!("{} {number}. ", title_of(name)));
            self.captioned.push((name.clone(), format!("{}{caption}", number.unwrap_or_default())));
        }
        let file = said("file-name").filter(|_| !tag.is_empty).map(|file| format!("`{file}`\n\n"));
        format!("{}{}", anchor(tag), file.unwrap_or_default())
    }

    /// Closes the boxes up to the last of that name, if one is open; whether it is an admonition.
    fn close(&mut self, name: &str) -> Option<bool> {
        if self.named.get(name).is_none_or(|count| *count == 0) {
            return None;
        }
        while let Some((closed, is_ours)) = self.boxes.pop() {
            if let Some(count) = self.named.get_mut(&closed) {
                *count -= 1;
            }
            if closed == name {
                return Some(is_ours);
            }
        }
        None
    }
}

/// What stands on both sides of a tag.
struct Around<'t> {
    before: &'t str,
    behind: &'t str,
}

/// Whether an address between angle brackets begins here, and no tag (CommonMark 0.31, §6.5): a scheme of two letters at
/// least and a colon, or an address of mail; no white space, and no other bracket.
fn is_address(text: &str) -> bool {
    let inside = &text[1..];
    let end = inside.find(|c: char| matches!(c, '<' | '>') || c.is_whitespace() || c.is_control());
    let Some((inside, _)) = end.map(|end| inside.split_at(end)).filter(|(_, end)| end.starts_with('>'))
    else {
        return false;
    };
    let is_scheme = |scheme: &str| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    };
    let is_mail = |(user, host): (&str, &str)| {
        let in_user = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b);
        let in_host = |b: u8| b.is_ascii_alphanumeric() || b == b'.' || b == b'-';
        !user.is_empty() && user.bytes().all(in_user) && !host.is_empty() && host.bytes().all(in_host)
    };
    inside.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
        || inside.split_once('@').is_some_and(is_mail)
}

/// How far an element reaches behind its tag, the tag that closes it included. Names whose
/// elements nobody closes are `unclosed` from there on, and looked for once.
fn length_inside(tag: &Tag, behind: &str, unclosed: &mut BTreeSet<String>) -> usize {
    if tag.closes || tag.is_empty || unclosed.contains(&tag.element.name) {
        return 0;
    }
    let close = format!("</{}>", tag.element.name);
    let Some(at) = behind.find(&close) else {
        unclosed.insert(tag.element.name.clone());
        return 0;
    };
    at + close.len()
}

/// A tag in Markdown; none where the tag itself stays.
fn in_markdown(tag: &Tag, open: &mut Open, around: Around<'_>) -> Option<String> {
    let element = &tag.element;
    if let Some(mark) = open.admonition(tag, &around) {
        return Some(mark);
    }
    let links = &mut open.links;
    let name = element.name.as_str();
    Some(match name {
        _ if is_kept(name) && element.attributes.is_empty() => return None,
        _ if is_kept(name) => format!("<{}{name}>", if tag.closes { "/" } else { "" }),
        "img" => picture(element),
        "a" if tag.closes => links.pop().flatten().map(|href| format!("]({href})")).unwrap_or_default(),
        "a" => link(tag, links, around.behind),
        // which marks these become is the language's to say
        "q" => {
            let is_marked = match tag.closes {
                false => around.behind.starts_with(QUOTES),
                true => around.before.ends_with(QUOTES),
            };
            if is_marked { String::new() } else { "\"".to_owned() }
        }
        "hr" => "\n\n* * *\n\n".to_owned(),
        "td" | "th" if tag.closes => " ".to_owned(),
        "tr" | "p" | "div" | "li" | "dt" | "dd" | "section" | "table" | "blockquote" | "details"
        | "figure" | "center" => {
            let alone = around.before.is_empty() || around.before.ends_with('\n');
            let parted = if alone && around.behind.starts_with('\n') { "" } else { "\n\n" };
            format!("{parted}{}", anchor(tag))
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.closes => "\n\n".to_owned(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            format!("\n\n{} ", "#".repeat(usize::from(name.as_bytes()[1] - b'0')))
        }
        "summary" | "figcaption" | "caption" if tag.closes => "**\n\n".to_owned(),
        "summary" | "figcaption" | "caption" => "\n\n**".to_owned(),
        _ => open.own(tag),
    })
}

/// A place to link to, where the tag names one.
fn anchor(tag: &Tag) -> String {
    let id = tag.element.get("id").map(fitting).filter(|id| !tag.closes && !id.is_empty());
    id.map(|id| format!("[]{{#{id}}}")).unwrap_or_default()
}

/// The tag that opens a link, or is a place to link to, or both.
fn link(tag: &Tag, links: &mut Vec<Option<String>>, behind: &str) -> String {
    let element = &tag.element;
    // one without words, as GitBook writes behind its headings, is a place alone
    let is_place = tag.is_empty || behind.starts_with("</a>");
    let href = element.get("href").filter(|_| !is_place).map(|href| href.replace(' ', "%20"));
    let id = element.get("id").or_else(|| element.get("name")).map(fitting).filter(|id| !id.is_empty());
    let id = id.map(|id| format!("[]{{#{id}}}")).unwrap_or_default();
    let open = if href.is_some() { "[" } else { "" };
    if !tag.is_empty {
        links.push(href);
    }
    format!("{id}{open}")
}

fn picture(element: &Element) -> String {
    let Some(src) = element.get("src") else { return String::new() };
    let alt = element.get("alt").unwrap_or("").replace(['[', ']', '\n'], " ");
    let width = width(element).map(|width| format!("{{{width}}}"));
    format!("![{alt}]({}){}", address(src), width.unwrap_or_default())
}

/// The width that an element asks for.
fn width(element: &Element) -> Option<String> {
    let width = element.get("width")?.trim_end_matches("px");
    width.trim_end_matches('%').parse::<u32>().ok()?;
    Some(if width.ends_with('%') { format!("width={width}") } else { format!("width={width}px") })
}
