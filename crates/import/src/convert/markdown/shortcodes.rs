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
    for code in &found {
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
        } else if closed.contains(code.name) {
            edits.leave_out(code.at, code.end, "", "shortcodes around words, of which the words stay");
        }
    }
}

fn find<'t>(edits: &Edits<'t>) -> Vec<Shortcode<'t>> {
    let mut found = Vec::new();
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}")] {
        for at in edits.places(open) {
            let text: &'t str = edits.text;
            let inside = near(&text[at + open.len()..]);
            let Some(end) = inside.find(close) else { continue };
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
