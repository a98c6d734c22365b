//! Tags of Liquid, Nunjucks and Tera among Markdown, as Jekyll, GitBook and Zola have them: `{% name … %}` and `{{ name }}`.
//! Code, pictures, links, tabs and the names of the book and the page become ours; all others stay as text, under a
//! finding.

use super::edits::Edits;
use super::mask::near;
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, joined};
use std::collections::BTreeSet;

const WHAT: &str = "tags of a site generator, into what they stand for";

/// What the tags may ask for.
pub(super) struct Names<'a> {
    pub book: Option<&'a str>,
    pub page: Option<&'a str>,
    /// What the settings of the book say, `book.…` and `site.…`.
    pub said: &'a Said,
}

/// The variables of GitBook's `book.json`, and the settings of Jekyll's `_config.yml`.
#[derive(Default)]
pub(super) struct Said {
    book: Option<Value>,
    site: Option<Value>,
}

impl Said {
    /// What the folder of a book says, beside its texts or at its root.
    pub(super) fn of(tree: &Tree<'_>, root: &str) -> Said {
        let read = |name: &str| tree.text(&joined(root, name)).or_else(|| tree.text(name));
        Said {
            book: read("book.json").and_then(|text| Value::from_json(&text)),
            site: read("_config.yml").map(|text| Value::from_yaml(&text)),
        }
    }

    /// The value of a variable.
    fn value(&self, name: &str) -> Option<&str> {
        match name.split_once('.')? {
            ("book", name) => self.book.as_ref()?.text(&format!("variables.{name}")),
            ("site", name) => self.site.as_ref()?.text(name),
            _ => None,
        }
    }
}

/// Rewrites the tags of a text.
pub(super) fn liquid(edits: &mut Edits<'_>, names: &Names<'_>) {
    let text = edits.text;
    let ends_quote = text.contains("{% end %}");
    highlighted(edits);
    remarks(edits);
    let paired = paired(text);
    for at in edits.places("{%") {
        let Some((words, end)) = inside(text, at, "%}") else { continue };
        if let Some(new) = tag(words, ends_quote).or_else(|| around_words(words, &paired)) {
            edits.leave_out(at, end, new, WHAT);
        }
    }
    for at in edits.places("{{") {
        let Some((words, end)) = inside(text, at, "}}") else { continue };
        if let Some(new) = value(words, names) {
            edits.leave_out(at, end, new, WHAT);
        }
    }
}

/// Code between `{% highlight ruby %}` and `{% endhighlight %}`, as a block of code.
fn highlighted(edits: &mut Edits<'_>) {
    let text = edits.text;
    for at in edits.places("{% highlight ") {
        let Some((words, from)) = inside(text, at, "%}") else { continue };
        let Some(end) = near(&text[from..]).find("{% endhighlight %}") else { continue };
        let language = words.split_whitespace().nth(1).unwrap_or("");
        let code = text[from..from + end].trim_matches('\n');
        let all = from + end + "{% endhighlight %}".len();
        edits.leave_out(at, all, format!("```{language}\n{code}\n```"), WHAT);
    }
}

/// Remarks, which nobody reads: `{% comment %}words{% endcomment %}`.
fn remarks(edits: &mut Edits<'_>) {
    const ENDS: &str = "{% endcomment %}";
    for at in edits.places("{% comment %}") {
        let Some(end) = near(&edits.text[at..]).find(ENDS).map(|end| at + end) else { continue };
        let words = edits.text[at + "{% comment %}".len()..end].replace("--", "- -");
        edits.leave_out(
            at,
            end + ENDS.len(),
            format!("<!-- {} -->", words.trim()),
            "remarks of a site generator",
        );
    }
}

/// The names of the tags that a text ends, `{% endstep %}`, but those of tags that decide what a page says, or of which
/// what they hold is no words.
fn paired(text: &str) -> BTreeSet<&str> {
    const DECIDE: [&str; 12] = [
        "if",
        "unless",
        "case",
        "for",
        "tablerow",
        "capture",
        "block",
        "macro",
        "filter",
        "raw",
        "comment",
        "highlight",
    ];
    let ends = text.match_indices("{% end").map(|(at, open)| &text[at + open.len()..]);
    let names =
        ends.filter_map(|rest| near(rest).split([' ', '%', '-']).next().filter(|name| !name.is_empty()));
    names.filter(|name| !DECIDE.contains(name)).collect()
}

/// What stands for a tag around words, of which the words stay: what it says above them, or nothing.
fn around_words(words: &str, paired: &BTreeSet<&str>) -> Option<String> {
    let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
    if name.strip_prefix("end").is_some_and(|name| paired.contains(name)) {
        return Some(String::new());
    }
    let title = || ["title", "summary"].iter().find_map(|key| parameter(rest, key));
    paired.contains(name).then(|| title().map(|title| format!("**{title}**\n")).unwrap_or_default())
}

/// The words of a tag, and where it ends.
fn inside<'t>(text: &'t str, at: usize, close: &str) -> Option<(&'t str, usize)> {
    let words = near(&text[at + 2..]).split_once(close)?.0;
    let is_short = !words.contains("\n\n") && !words.starts_with(['<', '#', '{']);
    is_short.then(|| (words.trim_matches(['-', ' ', '\n']), at + 2 + words.len() + 2))
}

/// What a tag of `{% … %}` stands for; none for one that stays.
fn tag(words: &str, ends_quote: bool) -> Option<String> {
    let (name, rest) = words.split_once([' ', '(']).unwrap_or((words, ""));
    let rest = rest.trim();
    Some(match name {
        "raw" | "endraw" | "tabs" | "endtabs" | "endtab" | "endcode" | "content-ref" | "endcontent-ref" => {
            String::new()
        }
        "end" => String::new(),
        "post_url" if !rest.is_empty() => format!("/_posts/{}.md", rest.trim_end_matches(".md")),
        "link" if !rest.is_empty() => format!("/{}", rest.trim_start_matches('/')),
        "tab" | "code" => {
            parameter(rest, "title").map(|title| format!("\n**{title}**\n")).unwrap_or_default()
        }
        "embed" => format!("<{}>", parameter(rest, "url")?),
        "include" | "include_relative" => picture(rest)?,
        // around the words of a shortcode of Zola's
        _ if ends_quote && words.contains('(') => String::new(),
        _ => return None,
    })
}

/// What `{{ … }}` stands for; none for what stays.
fn value(words: &str, names: &Names<'_>) -> Option<String> {
    if let Some((path, filter)) = words.split_once('|')
        && matches!(filter.trim(), "relative_url" | "absolute_url")
    {
        return Some(path.trim().trim_matches(['"', '\'']).to_owned());
    }
    match words {
        "site.baseurl" | "site.url" => Some(String::new()),
        "site.title" | "book.title" => names.book.map(str::to_owned),
        "page.title" | "title" => names.page.map(str::to_owned),
        _ if names.said.value(words).is_some() => names.said.value(words).map(str::to_owned),
        _ => {
            let (name, rest) = words.split_once('(')?;
            matches!(name.trim(), "figure" | "image" | "img" | "resize_image").then(|| picture(rest))?
        }
    }
}

/// A picture that parameters name, with its caption.
fn picture(rest: &str) -> Option<String> {
    let path =
        ["src", "url", "image_path", "image", "path", "file"].iter().find_map(|key| parameter(rest, key))?;
    let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"]
        .iter()
        .any(|ending| crate::convert::tree::ends_with(&path, ending));
    let caption = parameter(rest, "caption").or_else(|| parameter(rest, "title")).unwrap_or_default();
    let alt = parameter(rest, "alt").filter(|alt| !alt.is_empty() && *alt != caption);
    let alt = alt.map(|alt| format!("{{alt=\"{alt}\"}}")).unwrap_or_default();
    is_picture.then(|| format!("![{caption}]({}){alt}", path.replace(' ', "%20")))
}

/// The value of a parameter: `caption="words"`.
fn parameter(rest: &str, key: &str) -> Option<String> {
    let at = rest.match_indices(key).map(|(at, _)| at).find(|at| {
        let is_first = !rest[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        is_first && rest[at + key.len()..].trim_start().starts_with(['=', ':'])
    })?;
    let value = rest[at + key.len()..].trim_start()[1..].trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let words = match quote {
        Some(quote) => value[1..].split(quote).next()?,
        None => value.split([' ', ',', ')']).next()?,
    };
    Some(words.replace(['[', ']', '{', '}', '"'], ""))
}
