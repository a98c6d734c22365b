//! Code that other tools run, hide in part, or make a picture of.

use super::edits::Edits;
use crate::convert::layout::Layout;

/// Code that other tools run is kept as code; pictures that it only shows are shown.
pub(super) fn chunks(edits: &mut Edits<'_>, layout: Layout) {
    for fence in edits.mask.fences.clone() {
        let line = &edits.text[fence.open.0..fence.open.1];
        let Some(ticks) = line.find(['`', '~']) else { continue };
        let info_at = line[ticks..].find(|c| c != '`' && c != '~').map_or(line.len(), |at| ticks + at);
        let info = line[info_at..].trim();
        let body = &edits.text[fence.body.0..fence.body.1];
        let info_place = (fence.open.0 + info_at, fence.open.1);
        if let Some(chunk) = info.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            match figure(chunk, body).filter(|_| line.starts_with('`')) {
                Some(figure) => edits.leave_out(fence.open.0, fence.end, figure, SHOWN),
                None => {
                    let language = language(chunk.trim_start_matches('.'));
                    edits.leave_out(info_place.0, info_place.1, language, RUN);
                }
            }
        } else if info.contains([',', ' ']) {
            edits.leave_out(info_place.0, info_place.1, language(info), BEHIND);
        }
        if layout == Layout::MdBook && info.starts_with("rust") {
            hidden_lines(edits, fence.body);
        }
    }
}

const SHOWN: &str = "code that only shows a picture, into the picture";
const RUN: &str = "code that another tool would run, kept as code";
const BEHIND: &str = "what stands behind a fence's language, left out";

/// The language that the head of a block of code begins with.
fn language(info: &str) -> &str {
    info.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).next().unwrap_or("")
}

/// The picture, with its caption and label, of a chunk that makes none and only shows it.
fn figure(chunk: &str, body: &str) -> Option<String> {
    let picture = shown_picture(body)?;
    let caption = option(chunk, "fig.cap")
        .or_else(|| option(chunk, "fig-cap"))
        .or_else(|| hash_option(body, "fig-cap"))
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
