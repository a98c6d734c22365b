//! Shortcodes of Hugo and Zola: `{{< name … >}}`, `{{% name … %}}`, `{% name(…) %}`. Those around
//! words go, and the words stay; figures and references become ours; all others stay as text,
//! under a finding.

use super::edits::Edits;
use super::mask::near;
use std::collections::BTreeSet;

/// A shortcode.
struct Shortcode<'t> {
    at: usize,
    end: usize,
    name: &'t str,
    rest: &'t str,
    closes: bool,
}

/// Rewrites the shortcodes of a text.
pub(super) fn shortcodes(edits: &mut Edits<'_>) {
    let found = find(edits);
    let closed: BTreeSet<&str> = found.iter().filter(|code| code.closes).map(|code| code.name).collect();
    escaped(edits);
    columns(edits, closed.contains("columns"));
    for (index, code) in found.iter().enumerate() {
        let value = |key: &str| value(code.rest, key);
        if let Some(src) = value("src").filter(|_| matches!(code.name, "figure" | "image" | "img")) {
            let caption = value("caption").or_else(|| value("title")).unwrap_or_default();
            let alt = value("alt").map(|alt| format!("{{alt=\"{alt}\"}}")).unwrap_or_default();
            edits.leave_out(
                code.at,
                code.end,
                format!("![{caption}]({src}){alt}"),
                "shortcodes of figures into figures",
            );
        } else if code.name == "pagebreak" {
            edits.leave_out(code.at, code.end, "", "marks for other programs, left out");
        } else if code.name == "video"
            && let Some(address) = code.rest.split_whitespace().next().filter(|word| word.starts_with("http"))
        {
            edits.leave_out(code.at, code.end, format!("<{address}>"), "shortcodes of films into links");
        } else if matches!(code.name, "ref" | "relref") {
            let to = code.rest.trim().trim_matches('"');
            edits.leave_out(code.at, code.end, to, "shortcodes of references into addresses");
        } else if code.name == "kbd" && !code.rest.contains('=') {
            edits.leave_out(code.at, code.end, format!("<kbd>{}</kbd>", code.rest.trim()), "keys");
        } else if code.name == "highlight" && !code.closes {
            let end = found[index..].iter().find(|other| other.closes && other.name == code.name);
            let Some(end) = end.filter(|end| end.at > code.end) else { continue };
            let language = code.rest.split_whitespace().next().unwrap_or("").trim_matches('"');
            let words = edits.text[code.end..end.at].trim_matches('\n');
            edits.leave_out(
                code.at,
                end.end,
                format!("```{language}\n{words}\n```"),
                "shortcodes of code into code",
            );
        } else if closed.contains(code.name) {
            let title = title(code).map(|title| format!("**{title}**\n\n")).unwrap_or_default();
            edits.leave_out(code.at, code.end, title, "shortcodes around words, of which the words stay");
        }
    }
}

/// What a shortcode that opens says above its words: a parameter of that name, or the first of all in quotation marks. The
/// one of a set of tabs is its name.
fn title(code: &Shortcode<'_>) -> Option<String> {
    if code.closes || code.name == "tabs" {
        return None;
    }
    let named = ["title", "name", "summary", "header", "label", "heading"]
        .iter()
        .find_map(|key| value(code.rest, key));
    let first = || Some(code.rest.trim().strip_prefix('"')?.split_once('"')?.0.to_owned());
    named.or_else(first).filter(|title| !title.trim().is_empty())
}

/// Shortcodes that their author shows and does not call: `{{</* name */>}}`.
fn escaped(edits: &mut Edits<'_>) {
    const WHAT: &str = "shortcodes that are shown, without the marks that say so";
    for (open, close) in [("{{</*", "*/>}}"), ("{{%/*", "*/%}}")] {
        for (at, _) in edits.text.match_indices(open) {
            let Some(end) = near(&edits.text[at..]).find(close).map(|end| at + end) else { continue };
            let sign = if edits.mask.is_code(at) { "" } else { "\\" };
            edits.put(at, at + open.len(), format!("{sign}{}", &open[..3]), WHAT);
            edits.put(end, end + close.len(), &close[2..], WHAT);
        }
    }
}

/// Lines between columns, which stand one below the other here.
fn columns(edits: &mut Edits<'_>, are_there: bool) {
    for (at, line) in edits.lines().into_iter().filter(|(_, line)| are_there && line.trim() == "<--->") {
        edits.leave_out(at, at + line.len(), "", "shortcodes around words, of which the words stay");
    }
}

fn find<'t>(edits: &Edits<'t>) -> Vec<Shortcode<'t>> {
    let mut found = Vec::new();
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
        for at in edits.places(open) {
            let text: &'t str = edits.text;
            let inside = near(&text[at + open.len()..]);
            let Some(end) = inside.find(close).filter(|_| !inside.starts_with("/*")) else { continue };
            let words = inside[..end].trim().trim_end_matches('/').trim();
            let closes = words.starts_with('/');
            let words = words.trim_start_matches('/').trim_start();
            let (name, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            found.push(Shortcode { at, end: at + open.len() + end + close.len(), name, rest, closes });
        }
    }
    found
}

/// The value of a parameter: `caption="words"`.
fn value(rest: &str, key: &str) -> Option<String> {
    let (_, behind) = rest.split_once(&format!("{key}=\""))?;
    behind.split('"').next().map(|value| value.replace(['[', ']', '{', '}'], ""))
}
