//! Code that other tools run, hide in part, or make a picture of.

use super::edits::Edits;
use super::mask::{Fence, near};
use crate::convert::layout::Layout;
use std::collections::BTreeSet;

/// Code that other tools run is kept as code, with the caption of what it would draw; pictures that it only shows are
/// shown. `referred` are the ids that the book's references name.
pub(super) fn chunks(edits: &mut Edits<'_>, layout: Layout, referred: &BTreeSet<String>) {
    for fence in edits.mask.fences.clone() {
        let line = &edits.text[fence.open.0..fence.open.1];
        let Some(ticks) = line.find(['`', '~']) else { continue };
        let info_at = line[ticks..].find(|c| c != '`' && c != '~').map_or(line.len(), |at| ticks + at);
        let info = line[info_at..].trim();
        let body = &edits.text[fence.body.0..fence.body.1];
        let info_place = (fence.open.0 + info_at, fence.open.1);
        if let Some(chunk) = info.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let is_raw = chunk.starts_with('=');
            match figure(chunk, body, edits.text).filter(|_| line.starts_with('`')) {
                _ if is_raw && chunk != "=markdown" => edits.leave_out(fence.open.0, fence.end, "", RAW),
                _ if is_raw => {
                    edits.leave_out(fence.open.0, fence.body.0, "", RAW);
                    edits.leave_out(fence.body.1, fence.end, "", RAW);
                }
                Some(figure) => edits.leave_out(fence.open.0, fence.end, figure, SHOWN),
                None => {
                    edits.leave_out(info_place.0, info_place.1, language_of(chunk), RUN);
                    said_in(edits, fence.body);
                    let drawn = Drawn::of(chunk, body, edits.text);
                    drawn.put(edits, &fence, &line[..ticks], referred);
                }
            }
        } else if info.contains([',', ' ']) {
            edits.leave_out(info_place.0, info_place.1, language(info), BEHIND);
        }
        if layout == Layout::MdBook && info.starts_with("rust") {
            hidden_lines(edits, fence.body);
        }
    }
    text_references(edits);
}

const SHOWN: &str = "code that only shows a picture, into the picture";
const RUN: &str = "code that another tool would run, kept as code";
const BEHIND: &str = "what stands behind a fence's language, left out";
const RAW: &str = "passages in the language of another format, left out";
const CAPTIONS: &str = "captions of what code would draw, and of listings";

/// What code would draw, or what a listing is: its caption, and the ids that references name.
#[derive(Default)]
struct Drawn {
    caption: Option<String>,
    ids: Vec<String>,
}

impl Drawn {
    /// What the head of a block of code and the options in it say.
    fn of(chunk: &str, body: &str, text: &str) -> Drawn {
        let said = |names: &[&str]| {
            let in_head = names.iter().find_map(|name| option(chunk, name));
            in_head.or_else(|| names.iter().find_map(|name| hash_option(body, name)))
        };
        let caption = |names: &[&str]| said(names).map(|words| referred_words(&words, text));
        let id = |prefix: &str, label: &str| format!("{prefix}:{label}");
        // Quarto's labels say of which kind they are, and so do ids in the head
        let named = chunk.split_whitespace().find_map(|word| word.strip_prefix('#')).map(str::to_owned);
        let named = named.or_else(|| hash_option(body, "label").filter(|label| label.contains('-')));
        let label = label_of(chunk).map(str::to_owned).or_else(|| hash_option(body, "label"));
        let table = label.as_ref().and_then(|_| option(body, "caption"));
        let (words, prefix) =
            match (caption(&["fig.cap", "fig-cap"]), caption(&["tbl-cap", "tab.cap"]).or(table)) {
                (None, Some(words)) => (Some(words), "tab"),
                (words, _) => (words, "fig"),
            };
        let words = words.or_else(|| caption(&["lst-cap", "lst.cap"]));
        // what stands above a listing is the name of its file
        let words = words.or_else(|| said(&["filename"]).map(|name| format!("`{name}`")));
        let ids = match (named, label, &words) {
            (Some(id), ..) => vec![id],
            (None, Some(label), Some(_)) => vec![id(prefix, &label)],
            (None, Some(label), None) => vec![id("fig", &label), id("tab", &label)],
            (None, None, _) => Vec::new(),
        };
        Drawn { caption: words.filter(|words| !words.trim().is_empty()), ids }
    }

    /// Puts the caption below the code, or a place above it where a reference leads there.
    fn put(self, edits: &mut Edits<'_>, fence: &Fence, indent: &str, referred: &BTreeSet<String>) {
        if !indent.trim().is_empty() {
            // in a quotation each line has its mark
            return;
        }
        if let Some(caption) = self.caption {
            let id = self.ids.first().map(|id| format!(" #{id}")).unwrap_or_default();
            let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
            let opens = if id.is_empty() { "caption".to_owned() } else { format!("{{.caption{id}}}") };
            let below = format!("\n{indent}::: {opens}\n{indent}{caption}\n{indent}:::\n");
            edits.put(fence.end, fence.end, below, CAPTIONS);
        } else if let Some(id) = self.ids.iter().find(|id| referred.contains(*id)) {
            edits.put(fence.open.0, fence.open.0, format!("{indent}[]{{#{id}}}\n\n"), CAPTIONS);
        }
    }
}

/// The language of a block of code whose head is a list of attributes, or an option of a tool that runs it.
fn language_of(chunk: &str) -> &str {
    if chunk.starts_with(['#', '.']) {
        let class = chunk.split_whitespace().find_map(|word| word.strip_prefix('.'));
        return class.unwrap_or("");
    }
    language(chunk)
}

/// The marks before lines in code that tell the tool how to run it, by the languages' marks of remarks.
const OPTIONS: [&str; 3] = ["#|", "//|", "%%|"];

/// Leaves out the lines of code that tell the tool how to run it, `#| echo: false`: its own edition shows none.
fn said_in(edits: &mut Edits<'_>, (from, to): (usize, usize)) {
    let mut at = from;
    for line in edits.text[from..to].split_inclusive('\n') {
        if OPTIONS.iter().any(|mark| line.trim_start().starts_with(mark)) {
            edits.leave_out(at, at + line.len(), "", "options of code that another tool would run");
        }
        at += line.len();
    }
}

/// The words of a caption, or those that stand for them elsewhere: `(ref:name) The words`.
fn referred_words(words: &str, text: &str) -> String {
    let definition = words.trim().starts_with("(ref:").then(|| format!("\n{} ", words.trim()));
    let found = definition.and_then(|name| text.split_once(name.as_str()));
    found.map_or(words, |(_, rest)| rest.split("\n\n").next().unwrap_or(rest)).to_owned()
}

/// Leaves out the lines that say the words of captions, since these stand below what they are of.
fn text_references(edits: &mut Edits<'_>) {
    let text = edits.text;
    for (at, line) in edits.lines() {
        let name = line.strip_prefix("(ref:").and_then(|rest| rest.split_once(") ")).map(|(name, _)| name);
        let Some(name) = name.filter(|name| !name.contains(' ')) else { continue };
        let is_used = [format!("\"(ref:{name})\""), format!("'(ref:{name})'")];
        if is_used.iter().any(|used| text.contains(used)) {
            let end = near(&text[at..]).find("\n\n").map_or(at + line.len(), |end| at + end);
            edits.leave_out(at, end, "", CAPTIONS);
        }
    }
}

/// The language that the head of a block of code begins with.
fn language(info: &str) -> &str {
    info.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).next().unwrap_or("")
}

/// The picture, with its caption and label, of a chunk that makes none and only shows it.
fn figure(chunk: &str, body: &str, text: &str) -> Option<String> {
    let picture = shown_picture(body)?;
    let caption = option(chunk, "fig.cap")
        .or_else(|| option(chunk, "fig-cap"))
        .or_else(|| hash_option(body, "fig-cap"))
        .map(|words| referred_words(&words, text))
        .unwrap_or_default();
    let label = hash_option(body, "label").or_else(|| label_of(chunk).map(|label| format!("fig:{label}")));
    let label = label.map(|label| format!("{{#{label}}}")).unwrap_or_default();
    Some(format!("![{caption}]({picture}){label}\n"))
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
pub(super) fn option(chunk: &str, name: &str) -> Option<String> {
    let rest = chunk[chunk.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    quoted(&rest[1..], quote)
}

/// The words up to the quotation mark that closes them; a backslash before one makes it a sign.
fn quoted(rest: &str, quote: char) -> Option<String> {
    let (mut out, mut chars) = (String::new(), near(rest).chars());
    loop {
        match chars.next()? {
            '\\' => out.extend(chars.next().map(|c| if c == 'n' { ' ' } else { c })),
            c if c == quote => return Some(out),
            c => out.push(c),
        }
    }
}

/// The value of an option in a chunk's body: `#| label: fig-x`; in further lines that are set in below a `>` or `|`.
fn hash_option(body: &str, name: &str) -> Option<String> {
    let said = |line| OPTIONS.iter().find_map(|mark| str::trim(line).strip_prefix(mark));
    let mut lines = body.lines().filter_map(said);
    let value = lines.find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(':'))?.trim();
    if value.starts_with(['>', '|']) && value.len() <= 2 {
        let below = lines.take_while(|line| line.starts_with("  ")).map(str::trim);
        return Some(below.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty());
    }
    Some(value.trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
}

/// The label of a chunk, which stands behind its language: `{r label, echo = FALSE}`.
fn label_of(chunk: &str) -> Option<&str> {
    let (_, rest) = chunk.split_once([' ', ','])?;
    let first = rest.trim_start_matches([' ', ',']).split(',').next()?.trim();
    (!first.is_empty() && !first.contains(['=', ' ']) && !first.starts_with(['.', '#'])).then_some(first)
}
