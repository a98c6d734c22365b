//! Passes over the lines of a text: front matter, includes, code that other tools run,
//! callouts, headings.

use super::edits::Edits;
use super::mask::near;
use crate::convert::layout::{self, Layout};
use crate::convert::settings::Value;
use crate::convert::tree::{Tree, folder_of};
use std::collections::BTreeSet;

/// Takes the front matter from a text; what it says.
pub(super) fn front_matter(edits: &mut Edits<'_>) -> Option<Value> {
    let text = edits.text;
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    for (open, closes) in [("---\n", ["\n---", "\n..."]), ("+++\n", ["\n+++", "\n+++"])] {
        // white space behind the first line means nothing
        let first = rest.split_inclusive('\n').next().unwrap_or("");
        if first.trim_end() != open.trim_end() {
            continue;
        }
        let inside = &rest[first.len()..];
        let end = closes.iter().filter_map(|close| inside.find(close)).min()?;
        let behind =
            inside[end + 1..].find('\n').map_or(text.len(), |line| start + first.len() + end + 1 + line + 1);
        edits.leave_out(0, behind, "", "front matter, which book.toml says");
        let words = &inside[..=end];
        return if open.starts_with('+') { Value::from_toml(words) } else { Some(Value::from_yaml(words)) };
    }
    title_block(edits)
}

/// Pandoc's title block: up to three lines that begin with `%`.
fn title_block(edits: &mut Edits<'_>) -> Option<Value> {
    let lines: Vec<&str> =
        edits.text.split_inclusive('\n').take(3).take_while(|line| line.starts_with("% ")).collect();
    if lines.is_empty() {
        return None;
    }
    let length = lines.iter().map(|line| line.len()).sum();
    edits.leave_out(0, length, "", "front matter, which book.toml says");
    let keys = ["title", "author", "date"];
    let entries = keys
        .iter()
        .zip(&lines)
        .map(|(key, line)| ((*key).to_owned(), Value::Text(line[2..].trim().to_owned())));
    Some(Value::Map(entries.collect()))
}

/// The directives that put another file in their place, with what stands behind the name.
const INCLUDES: [(&str, &str); 12] = [
    ("{{#include ", "}}"),
    ("{{#rustdoc_include ", "}}"),
    ("{{#playground ", "}}"),
    ("{{#playpen ", "}}"),
    ("{{ #include ", "}}"),
    ("{{< include ", ">}}"),
    ("{% include \"", "\" %}"),
    ("{% include '", "' %}"),
    ("{{% include \"", "\" %}}"),
    ("{{< readfile file=\"", "\" >}}"),
    ("<<{", "}"),
    ("<<(", ")"),
];

/// Puts included files in their places, within code as well; names those that are not there.
pub(super) fn includes(
    edits: &mut Edits<'_>,
    tree: &Tree<'_>,
    path: &str,
    (taken, missing): (&mut BTreeSet<String>, &mut Vec<String>),
) {
    for (open, close) in INCLUDES {
        for (at, _) in edits.text.match_indices(open) {
            let inside = &edits.text[at + open.len()..];
            let Some(end) = near(inside).find(close).filter(|end| !inside[..*end].contains('\n')) else {
                continue;
            };
            let all = at + open.len() + end + close.len();
            let named = inside[..end].split_whitespace().next().unwrap_or("");
            match included(tree, path, named) {
                Some((file, text)) => {
                    taken.insert(file);
                    let text = text.trim_end_matches('\n').to_owned();
                    let text = if open.starts_with("<<") { format!("```\n{text}\n```") } else { text };
                    edits.put(at, all, text, "included files, put in their places");
                }
                None => {
                    if !missing.iter().any(|known| known == named) {
                        missing.push(named.to_owned());
                    }
                    if !edits.mask.is_code(at) {
                        edits.put(
                            at,
                            all,
                            format!("`{}`", &edits.text[at..all]),
                            "directives left as they are",
                        );
                    }
                }
            }
        }
    }
}

/// A file's path, and its words, or the lines or the passage of it that are named: `x.rs:3:9`, `x.rs:part`.
fn included(tree: &Tree<'_>, from: &str, named: &str) -> Option<(String, String)> {
    let (file, rest) = named.split_once(':').unwrap_or((named, ""));
    let path = tree.find(from, file, folder_of(from))?;
    let words = passage(&tree.text(&path)?, rest)?;
    Some((path, words))
}

/// The lines `3:9` of a text, or its passage `part`, or all of it.
fn passage(text: &str, rest: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let anchor = |line: &str, word: &str| {
        line.split(word).nth(1).map(|name| name.split_whitespace().next().unwrap_or("").to_owned())
    };
    if !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        let mut inside = false;
        let mut out = Vec::new();
        for line in lines {
            match (anchor(line, "ANCHOR: "), anchor(line, "ANCHOR_END: ")) {
                (_, Some(name)) if name == rest => inside = false,
                (Some(name), _) if name == rest => inside = true,
                (None, None) if inside => out.push(line),
                _ => {}
            }
        }
        return Some(out.join("\n"));
    }
    let number = |n: Option<&str>| n.and_then(|n| n.parse::<usize>().ok());
    let mut numbers = rest.split(':');
    let from = number(numbers.next()).unwrap_or(1).max(1);
    let single = !rest.is_empty() && !rest.contains(':');
    let to = if single { from } else { number(numbers.next()).unwrap_or(lines.len()) }.min(lines.len());
    let kept = lines.get(from.min(to + 1) - 1..to)?.iter().filter(|line| !line.contains("ANCHOR"));
    Some(kept.copied().collect::<Vec<_>>().join("\n"))
}

/// Code that other tools run is kept as code; pictures that it only shows are shown.
pub(super) fn code(edits: &mut Edits<'_>, layout: Layout) {
    for fence in edits.mask.fences.clone() {
        let line = &edits.text[fence.open.0..fence.open.1];
        let Some(ticks) = line.find(['`', '~']) else { continue };
        let info_at = line[ticks..].find(|c| c != '`' && c != '~').map_or(line.len(), |at| ticks + at);
        let info = line[info_at..].trim();
        let body = &edits.text[fence.body.0..fence.body.1];
        if let Some(chunk) = info.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let language = chunk
                .trim_start_matches('.')
                .split(|c: char| c.is_whitespace() || c == ',')
                .next()
                .unwrap_or("");
            if let Some(picture) = shown_picture(body).filter(|_| line.starts_with('`')) {
                let caption = option(chunk, "fig.cap")
                    .or_else(|| option(chunk, "fig-cap"))
                    .or_else(|| hash_option(body, "fig-cap"));
                let label = hash_option(body, "label")
                    .or_else(|| label_of(chunk).map(|label| format!("fig:{label}")));
                let label = label.map(|label| format!("{{#{label}}}")).unwrap_or_default();
                let new = format!("![{}]({picture}){label}\n", caption.unwrap_or_default());
                edits.leave_out(
                    fence.open.0,
                    fence.end,
                    new,
                    "code that only shows a picture, into the picture",
                );
            } else {
                edits.leave_out(
                    fence.open.0 + info_at,
                    fence.open.1,
                    language,
                    "code that another tool would run, kept as code",
                );
            }
        } else if info.contains(',') || info.contains(' ') {
            let language =
                info.split(|c: char| c.is_whitespace() || c == ',' || c == '{').next().unwrap_or("");
            edits.leave_out(
                fence.open.0 + info_at,
                fence.open.1,
                language,
                "what stands behind a fence's language, left out",
            );
        }
        if layout == Layout::MdBook && info.starts_with("rust") {
            hidden_lines(edits, fence.body);
        }
    }
}

/// mdBook hides lines of Rust that begin with `# `.
fn hidden_lines(edits: &mut Edits<'_>, (from, to): (usize, usize)) {
    let mut at = from;
    let body = edits.text[from..to].to_owned();
    for line in body.split_inclusive('\n') {
        let bare = line.trim_start().trim_end();
        if bare == "#" || bare.starts_with("# ") {
            edits.leave_out(at, at + line.len(), "", "lines of code that mdBook hides");
        }
        at += line.len();
    }
}

/// The picture that a chunk of R shows and does not make.
fn shown_picture(body: &str) -> Option<String> {
    let lines: Vec<&str> =
        body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let [line] = lines.as_slice() else { return None };
    let inside =
        line.strip_prefix("knitr::include_graphics(").or_else(|| line.strip_prefix("include_graphics("))?;
    let quote = inside.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    inside[1..].split(quote).next().map(str::to_owned)
}

/// The value of an option in a chunk's head: `fig.cap = "words"`.
fn option(chunk: &str, name: &str) -> Option<String> {
    let rest = chunk[chunk.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest[1..].split(quote).next().map(str::to_owned)
}

/// The value of an option in a chunk's body: `#| label: fig-x`.
fn hash_option(body: &str, name: &str) -> Option<String> {
    let line = body
        .lines()
        .find_map(|line| line.trim().strip_prefix("#|")?.trim().strip_prefix(name)?.strip_prefix(':'))?;
    Some(line.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

/// The label of a chunk, which stands behind its language: `{r label, echo = FALSE}`.
fn label_of(chunk: &str) -> Option<&str> {
    let (_, rest) = chunk.split_once([' ', ','])?;
    let first = rest.trim_start_matches([' ', ',']).split(',').next()?.trim();
    (!first.is_empty() && !first.contains(['=', ' '])).then_some(first)
}

/// Quarto's divisions for one format alone: those that no edition of a book shows go, and of the
/// others the words stay. Both editions are pages, as those of a PDF are.
pub(super) fn formats(edits: &mut Edits<'_>) {
    const WHAT: &str = "divisions for one format alone";
    let mut open: Vec<(usize, usize, Option<bool>)> = Vec::new();
    for (at, line) in edits.lines() {
        let Some(rest) = line.trim_start().strip_prefix(":::") else { continue };
        let inside = rest.trim_start_matches(':').trim();
        let end = at + line.len();
        if !inside.is_empty() {
            open.push((at, end, is_shown(inside)));
            continue;
        }
        match open.pop() {
            Some((from, _, Some(false))) => edits.leave_out(from, end, "", WHAT),
            Some((from, to, Some(true))) => {
                edits.leave_out(from, to, "", WHAT);
                edits.leave_out(at, end, "", WHAT);
            }
            _ => {}
        }
    }
}

/// Whether a division for one format is shown in a book; none for another division.
fn is_shown(inside: &str) -> Option<bool> {
    let is_visible = inside.contains("content-visible");
    if !is_visible && !inside.contains("content-hidden") {
        return None;
    }
    let named = |key: &str| {
        let value = inside.split_once(key)?.1.trim_start_matches(['=', '"', '\'']);
        Some(value.split(['"', '\'', '}', ' ']).next()?.to_owned())
    };
    let is_ours = |format: &str| matches!(format, "pdf" | "latex" | "typst" | "epub" | "docx" | "odt");
    let when = named("when-format").map(|format| is_ours(&format));
    let unless = named("unless-format").map(|format| !is_ours(&format));
    Some(when.or(unless).unwrap_or(false) == is_visible)
}

/// What other tools call their callouts, and what ours are.
const KINDS: [(&str, &str); 29] = [
    ("note", "note"),
    ("info", "note"),
    ("tip", "tip"),
    ("hint", "tip"),
    ("success", "tip"),
    ("important", "important"),
    ("warning", "warning"),
    ("caution", "caution"),
    ("danger", "caution"),
    ("error", "warning"),
    ("attention", "important"),
    ("callout-note", "note"),
    ("callout-tip", "tip"),
    ("callout-important", "important"),
    ("callout-warning", "warning"),
    ("callout-caution", "caution"),
    ("rmdnote", "note"),
    ("rmdtip", "tip"),
    ("rmdwarning", "warning"),
    ("rmdcaution", "caution"),
    ("rmdimportant", "important"),
    ("blurb", "note"),
    ("aside", "note"),
    ("discussion", "note"),
    ("callout", "note"),
    ("prereq", "important"),
    ("challenge", "tip"),
    ("checklist", "note"),
    ("testimonial", "note"),
];

/// The admonition that one of the classes of a web page's box says: `warning`, `alert alert-info`, `admonition tip`. One
/// that says of which kind goes before those that only say that it is a box.
pub(super) fn kind_of_classes(classes: &str) -> Option<&'static str> {
    const BOXES: [&str; 8] =
        ["alert", "admonition", "callout", "bs-callout", "message", "notification", "notice", "custom-block"];
    let is_box = |class: &&str| BOXES.iter().any(|known| class.eq_ignore_ascii_case(known));
    let classes: Vec<&str> = classes.split_whitespace().collect();
    let said = classes.iter().filter(|class| !is_box(class)).find_map(|class| {
        let bare = BOXES.iter().find_map(|known| class.strip_prefix(known)?.strip_prefix('-'));
        kind(bare.or_else(|| class.strip_prefix("is-")).unwrap_or(class))
    });
    said.or_else(|| classes.iter().any(is_box).then_some("note"))
}

fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours)
}

/// Callouts become admonitions.
pub(super) fn callouts(edits: &mut Edits<'_>) {
    const WHAT: &str = "callouts into admonitions";
    let lines = edits.lines();
    let mut markua: Option<(usize, usize)> = None;
    for (index, (at, line)) in lines.iter().enumerate() {
        let (at, bare) = (*at, line.trim());
        if let Some(rest) = bare.strip_prefix(":::") {
            let inside = rest.trim_start_matches(':').trim().trim_start_matches(['{', '.']);
            let name =
                inside.split(|c: char| c.is_whitespace() || matches!(c, '}' | '.')).next().unwrap_or("");
            if let Some(ours) =
                kind(name).filter(|ours| inside.trim_end_matches('}') != *ours || inside.ends_with('}'))
            {
                let colons = line.len() - line.trim_start().trim_start_matches(':').len();
                let title =
                    option(inside, "title").map(|title| format!("\n**{title}**\n")).unwrap_or_default();
                edits.leave_out(at + colons, at + line.len(), format!(" {ours}{title}"), WHAT);
            }
        } else if let Some(style) = bare.strip_prefix("{% hint style=\"") {
            let name = style.split('"').next().unwrap_or("");
            edits.leave_out(at, at + line.len(), format!("::: {}", kind(name).unwrap_or("note")), WHAT);
        } else if bare == "{% endhint %}"
            || matches!(
                bare,
                "{/aside}"
                    | "{/blurb}"
                    | "{{< /hint >}}"
                    | "{{% /notice %}}"
                    | "{{% /hint %}}"
                    | "{{< /callout >}}"
            )
        {
            edits.leave_out(at, at + line.len(), ":::", WHAT);
        } else if let Some(name) =
            ["{{< hint ", "{{% hint ", "{{% notice ", "{{< callout ", "{aside", "{blurb"]
                .iter()
                .find_map(|open| bare.strip_prefix(open).map(|rest| (open, rest)))
        {
            let word = name
                .1
                .trim_start_matches(|c: char| !c.is_alphabetic())
                .split(|c: char| !c.is_alphabetic())
                .next()
                .unwrap_or("");
            edits.leave_out(at, at + line.len(), format!("::: {}", kind(word).unwrap_or("note")), WHAT);
        }
        let letter = bare
            .get(..2)
            .filter(|mark| mark.ends_with('>'))
            .and_then(|mark| mark.chars().next())
            .filter(|c| "TWAIQEBDX".contains(*c));
        match (letter, markua) {
            (Some(letter), None) => {
                let ours = match letter {
                    'T' | 'Q' => "tip",
                    'W' | 'E' => "warning",
                    _ => "note",
                };
                edits.leave_out(at, at + line.len(), format!("::: {ours}\n{}", line[2..].trim_start()), WHAT);
                markua = Some((index, at));
            }
            (Some(_), Some(_)) => edits.leave_out(at, at + 2.min(line.len()), "", WHAT),
            _ => {}
        }
        let goes_on = lines.get(index + 1).is_some_and(|(_, next)| {
            next.get(..2).is_some_and(|mark| mark.ends_with('>') && "TWAIQEBDX".contains(&mark[..1]))
        });
        if letter.is_some() && !goes_on && markua.take().is_some() {
            let end = at + line.len();
            edits.leave_out(end, end, "\n:::", WHAT);
        }
    }
}

/// How the headings of a text stand in the book.
pub(super) struct Ranks<'a> {
    pub depth: usize,
    /// The title that the order or the front matter gives, for a text without one.
    pub title: Option<&'a str>,
    /// Whether a text that begins with a heading has its title there, whatever the rank and the words, as the pages
    /// of a summary have.
    pub heads_itself: bool,
    /// Whether a second heading of the first rank is a section, and no further text.
    pub one_title: bool,
}

impl Ranks<'_> {
    /// The rank of the heading that a text without one of the first rank begins with, where that is its title: so
    /// mdBook's authors write the pages below a chapter.
    fn of_own_title(&self, lines: &[(usize, &str)]) -> Option<usize> {
        let title = self.title?;
        let (_, first) = lines.iter().find(|(_, line)| !line.trim().is_empty())?;
        let rank = level(first)?;
        let letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        (self.heads_itself || letters(first) == letters(title)).then_some(rank)
    }
}

/// The rank of the heading that a line is.
fn level(line: &str) -> Option<usize> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    ((1..=6).contains(&hashes) && line[hashes..].starts_with([' ', '\t'])).then_some(hashes)
}

/// Gives headings their ranks; sets a title where there is none.
pub(super) fn headings(edits: &mut Edits<'_>, ranks: &Ranks<'_>) {
    let lines = edits.lines();
    let mut firsts = 0;
    let setext = |index: usize| {
        let (at, words) = lines[index];
        let (under, signs) = *lines.get(index + 1)?;
        let marks = signs.trim_end();
        let adjoins = under == at + words.len() + 1;
        let is_first = !marks.is_empty() && marks.bytes().all(|b| b == b'=');
        (adjoins && is_first && !words.trim().is_empty() && level(words).is_none()).then_some((under, signs))
    };
    let has_title =
        lines.iter().enumerate().any(|(index, (_, line))| level(line) == Some(1) || setext(index).is_some());
    let own_title = ranks.of_own_title(&lines).filter(|_| !has_title);
    // so many ranks are all headings raised, so that the first is of the first rank
    let raised = own_title.map_or(0, |rank| rank - 1);
    for (index, (at, line)) in lines.iter().enumerate() {
        let at = *at;
        if let Some(title) = line.strip_prefix("-# ") {
            edits.put(at, at + line.len(), format!("# {} {{.part}}", title.trim()), "parts");
            continue;
        }
        if let Some(title) = line.strip_prefix("# (PART") {
            let title = title
                .split_once(')')
                .map_or(title, |(_, title)| title)
                .trim()
                .trim_end_matches("{-}")
                .trim_end_matches("{.unnumbered}")
                .trim();
            edits.leave_out(at, at + line.len(), format!("# {title} {{.part}}"), "parts");
            continue;
        }
        if line.starts_with("# (APPENDIX)") {
            edits.leave_out(at, at + line.len(), "", "marks before appendices");
            continue;
        }
        if let Some((under, signs)) = setext(index) {
            firsts += 1;
            let shift = ranks.depth + usize::from(ranks.one_title && firsts > 1);
            if shift > 0 {
                edits.put(
                    at,
                    at,
                    format!("{} ", "#".repeat((1 + shift).min(6))),
                    "headings given their rank",
                );
                edits.put(under, under + signs.len(), "", "headings given their rank");
            }
            continue;
        }
        let Some(level) = level(line) else { continue };
        firsts += usize::from(level == 1);
        let shift = ranks.depth + usize::from(ranks.one_title && has_title && firsts > 1);
        let wanted = (level + shift).saturating_sub(raised).clamp(1, 6);
        if wanted != level {
            edits.put(at, at + level, "#".repeat(wanted), "headings given their rank");
        }
    }
    if let Some(title) = ranks.title.filter(|_| !has_title && own_title.is_none()) {
        let title = title.replace(['{', '}', '<', '>'], "");
        edits.put(
            0,
            0,
            format!("{} {title}\n\n", "#".repeat((1 + ranks.depth).min(6))),
            "titles from the order of the book, set above their texts",
        );
    }
}

/// Marks that mean something to another program alone, on a line of their own.
pub(super) fn lone_marks(edits: &mut Edits<'_>) {
    const WHAT: &str = "marks for other programs, left out";
    let commands = [
        "\\newpage",
        "\\pagebreak",
        "\\clearpage",
        "\\cleardoublepage",
        "\\mainmatter",
        "\\frontmatter",
        "\\backmatter",
        "\\tableofcontents",
        "\\appendix",
        "\\maketitle",
        "\\bigskip",
        "\\medskip",
        "\\noindent",
    ];
    for (at, line) in edits.lines() {
        let bare = line.trim();
        let braces = [
            "{pagebreak}",
            "{frontmatter}",
            "{mainmatter}",
            "{backmatter}",
            "[TOC]",
            "[[toc]]",
            "[[_TOC_]]",
            "{:toc}",
            "{{< toc >}}",
            "{% raw %}",
            "{% endraw %}",
            "<!--more-->",
            "{sample: true}",
        ];
        let is_index = bare.starts_with("{i:")
            || bare.starts_with("{title=")
            || bare.starts_with("{lang=")
            || bare.starts_with("{format:")
            || bare.starts_with("{width=")
            || bare.starts_with("{id:");
        let is_list = (is_index || bare.starts_with("{:")) && bare.ends_with('}');
        if commands.contains(&bare) || braces.contains(&bare) || is_list {
            edits.leave_out(at, at + line.len(), "", WHAT);
        }
    }
}

/// Whether the texts of a layout are one to the file.
pub(super) fn one_title(layout: Layout) -> bool {
    !matches!(
        layout,
        layout::Layout::Plain
            | layout::Layout::File
            | layout::Layout::Pandoc
            | layout::Layout::Bookdown
            | layout::Layout::Leanpub
    )
}
