//! Lines of attributes above a block, as Markua and kramdown have them: `{title="Words", lang=ruby}`. What they say of the
//! words is kept, the rest is left out.

use super::attribute_list::{is_attributes, pairs};
use super::edits::Edits;

const WHAT: &str = "lines of attributes above a block";
const CAPTIONS: &str = "captions of code, tables and pictures";

/// Takes lines of attributes out. Their title or caption stands below the block that they are of.
pub(super) fn attribute_lines(edits: &mut Edits<'_>) {
    let all: Vec<(usize, &str)> = lines(edits.text);
    for (index, (at, line)) in all.iter().enumerate() {
        if !edits.mask.is_code(*at) && is_end(line) {
            edits.leave_out(*at, at + line.len(), "", WHAT);
        }
        if edits.mask.is_code(*at) || !is_attributes(line) {
            continue;
        }
        edits.leave_out(*at, at + line.len(), "", WHAT);
        let said = Said::of(line);
        let below = &all[index + 1..];
        if below.first().is_some_and(|(_, line)| line.trim_start().starts_with("![")) {
            said.of_picture(edits, below[0]);
        } else if let Some(id) =
            said.id.as_ref().filter(|_| below.first().is_some_and(|(_, line)| line.starts_with('#')))
        {
            let (at, heading) = below[0];
            let end = at + heading.trim_end().len();
            if !heading.contains("{#") {
                edits.put(end, end, format!(" {{#{id}}}"), WHAT);
            }
        } else {
            // of the table that ends above, where nothing stands below
            let is_below_table = index > 0 && all[index - 1].1.trim_start().starts_with('|');
            let end = block_end(edits, below).or_else(|| is_below_table.then_some(at + line.len()));
            said.of_block(edits, *at, end);
        }
    }
}

/// What a line of attributes says of the words of its block.
struct Said {
    caption: Option<String>,
    alt: Option<String>,
    id: Option<String>,
}

impl Said {
    fn of(line: &str) -> Said {
        let inside = line.trim().trim_start_matches(['{', ':']).trim_end_matches('}');
        let pairs = pairs(inside);
        let said = |keys: &[&str]| {
            let (_, words) = pairs.iter().find(|(key, _)| keys.contains(key))?;
            // the marks of code stay, what would end the division does not
            Some(words.replace('\n', " ")).filter(|words| !words.trim().is_empty())
        };
        let is_id = |id: &String| !id.contains([' ', '{', '}', '#']);
        Said { caption: said(&["title", "caption"]), alt: said(&["alt"]), id: said(&["id"]).filter(is_id) }
    }

    /// Gives a picture that stands alone in its line what it lacks.
    fn of_picture(&self, edits: &mut Edits<'_>, (at, line): (usize, &str)) {
        let indent = line.len() - line.trim_start().len();
        let end = line.trim_end().len();
        if line[indent..].starts_with("![](")
            && let Some(caption) = &self.caption
        {
            edits.put(at + indent + 2, at + indent + 2, caption.replace(['[', ']'], ""), CAPTIONS);
        }
        let alt = self.alt.as_ref().map(|alt| format!("alt=\"{}\"", alt.replace(['"', '{', '}'], " ")));
        let marks: Vec<String> = self.id.iter().map(|id| format!("#{id}")).chain(alt).collect();
        if !marks.is_empty() && line[..end].ends_with(')') {
            edits.put(at + end, at + end, format!("{{{}}}", marks.join(" ")), WHAT);
        }
    }

    /// Puts the caption of code or a table below it, where it ends; a place for links without a caption above it.
    fn of_block(&self, edits: &mut Edits<'_>, at: usize, end: Option<usize>) {
        match (&self.caption, end) {
            (Some(caption), Some(end)) => {
                let id = self.id.as_ref().map(|id| format!(" #{id}")).unwrap_or_default();
                let opens = if id.is_empty() { "caption".to_owned() } else { format!("{{.caption{id}}}") };
                edits.put(end, end, format!("\n::: {opens}\n{caption}\n:::\n"), CAPTIONS);
            }
            (None, Some(_)) => {
                if let Some(id) = &self.id {
                    edits.put(at, at, format!("[]{{#{id}}}\n"), WHAT);
                }
            }
            (_, None) => {}
        }
    }
}

/// Whether a line ends what a line of attributes began, such as `{/quiz}`.
fn is_end(line: &str) -> bool {
    let name = line.trim().strip_prefix("{/").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The lines of a text, with their places.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let line = |line: &'_ str| (line.len(), line.trim_end_matches('\n').len());
    let mut out = Vec::new();
    for (length, words) in text.split_inclusive('\n').map(line) {
        out.push((at, &text[at..at + words]));
        at += length;
    }
    out
}

/// Where the block of code or the table ends that begins with the first of these lines.
fn block_end(edits: &Edits<'_>, below: &[(usize, &str)]) -> Option<usize> {
    let (at, first) = below.first()?;
    if let Some(fence) = edits.mask.fence_at(*at) {
        return Some(fence.end.min(edits.text.len()));
    }
    let is_row = |line: &str| line.trim_start().starts_with('|');
    let goes_on = |(at, line): &&(usize, &str)| {
        if is_row(first) { is_row(line) } else { edits.mask.is_code(*at) || line.trim().is_empty() }
    };
    let block: Vec<&(usize, &str)> = below.iter().take_while(goes_on).collect();
    let last = block.into_iter().rev().find(|(_, line)| !line.trim().is_empty())?;
    (is_row(first) || edits.mask.is_code(*at)).then(|| (last.0 + last.1.len() + 1).min(edits.text.len()))
}
