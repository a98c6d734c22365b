//! Callouts of other tools become admonitions.

use super::chunks::option;
use super::edits::Edits;

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

/// What ours is for a name of a callout.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours)
}

const WHAT: &str = "callouts into admonitions";

/// Callouts become admonitions.
pub(super) fn callouts(edits: &mut Edits<'_>) {
    let lines = edits.lines();
    let mut is_open = false;
    for (index, (at, line)) in lines.iter().enumerate() {
        match fenced(line).or_else(|| shortcode(line)) {
            Some((from, new)) => edits.leave_out(at + from, at + line.len(), new, WHAT),
            None if markua(line).is_some() => {
                let next = lines.get(index + 1).and_then(|(_, next)| markua(next));
                blurb(edits, *at, line, (is_open, next.is_some()));
                is_open = next.is_some();
            }
            None => {}
        }
    }
}

/// The class of ours for a fenced division of Quarto's, bookdown's or Pandoc's; from which byte of the line it stands.
fn fenced(line: &str) -> Option<(usize, String)> {
    let rest = line.trim().strip_prefix(":::")?;
    let inside = rest.trim_start_matches(':').trim().trim_start_matches(['{', '.']);
    let name = inside.split(|c: char| c.is_whitespace() || matches!(c, '}' | '.')).next().unwrap_or("");
    let classes = inside.strip_suffix('}').map(|list| list.replace('.', " "));
    let ours = kind(name)
        .filter(|ours| inside.trim_end_matches('}') != *ours || inside.ends_with('}'))
        .or_else(|| kind_of_classes(&classes?))?;
    let colons = line.len() - line.trim_start().trim_start_matches(':').len();
    let title = option(inside, "title").map(|title| format!("\n**{title}**\n")).unwrap_or_default();
    Some((colons, format!(" {ours}{title}")))
}

/// The fence of ours for a line that opens or closes a callout of GitBook's, Hugo's or Markua's.
fn shortcode(line: &str) -> Option<(usize, String)> {
    const OPEN: [&str; 7] =
        ["{% hint style=\"", "{{< hint ", "{{% hint ", "{{% notice ", "{{< callout ", "{aside", "{blurb"];
    const CLOSE: [&str; 7] = [
        "{% endhint %}",
        "{/aside}",
        "{/blurb}",
        "{{< /hint >}}",
        "{{% /notice %}}",
        "{{% /hint %}}",
        "{{< /callout >}}",
    ];
    let bare = line.trim();
    if CLOSE.contains(&bare) {
        return Some((0, ":::".to_owned()));
    }
    let rest = OPEN.iter().find_map(|open| bare.strip_prefix(open))?;
    let words = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let word = words.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let title =
        option(rest, "title").or_else(|| Some(rest.split_once(" \"")?.1.split_once('"')?.0.to_owned()));
    let title = title.filter(|title| !title.is_empty()).map(|title| format!("\n**{title}**\n"));
    Some((0, format!("::: {}{}", kind(word).unwrap_or("note"), title.unwrap_or_default())))
}

/// Blocks that kramdown's authors call a callout in a line of attributes above or below them, `{: .note }`.
pub(super) fn attributed(edits: &mut Edits<'_>) {
    let text = edits.text;
    let lines = edits.lines();
    for (index, (at, line)) in lines.iter().enumerate() {
        let Some(list) = line.trim().strip_prefix("{:").and_then(|rest| rest.strip_suffix('}')) else {
            continue;
        };
        let classes: Vec<&str> = list.split_whitespace().filter_map(|part| part.strip_prefix('.')).collect();
        let bare: Vec<&str> = classes.iter().map(|name| name.trim_end_matches("-title")).collect();
        let Some(ours) = bare.iter().find_map(|name| kind(name)) else { continue };
        let is_words = |(_, line): &&(usize, &str)| !line.trim().is_empty() && !line.starts_with("{:");
        let above = lines[..index].iter().rev().take_while(is_words).count();
        let below = lines[index + 1..].iter().take_while(is_words).count();
        let block = if above > 0 { &lines[index - above..index] } else { &lines[index + 1..=index + below] };
        let (Some((from, _)), Some((last, words))) = (block.first(), block.last()) else { continue };
        let end = last + words.len();
        // what stands between is code where a line is missing
        if text[*from..end].lines().count() != block.len() {
            continue;
        }
        edits.leave_out(*at, at + line.len(), "", WHAT);
        edits.put(*from, *from, format!("::: {ours}\n"), WHAT);
        for (at, line) in block.iter().filter(|_| block.iter().all(|(_, line)| line.starts_with('>'))) {
            edits.put(*at, at + 1 + usize::from(line.starts_with("> ")), "", WHAT);
        }
        edits.put(end, end, "\n:::", WHAT);
    }
}

/// The letter before a line of one of Markua's blurbs: `T> words`.
fn markua(line: &str) -> Option<char> {
    let letter = line.trim_start().get(..2)?.strip_suffix('>')?.chars().next()?;
    "TWAIQEBDXGC".contains(letter).then_some(letter)
}

/// A line of a blurb; whether one is open above it, and goes on below it.
fn blurb(edits: &mut Edits<'_>, at: usize, line: &str, (is_open, goes_on): (bool, bool)) {
    let ours = match markua(line) {
        Some('T' | 'Q') => "tip",
        Some('W' | 'E') => "warning",
        Some('C') => "centre",
        _ => "note",
    };
    let mark = line.len() - line.trim_start().len() + 2;
    if is_open {
        edits.leave_out(at, at + mark, "", WHAT);
    } else {
        edits.leave_out(at, at + line.len(), format!("::: {ours}\n{}", line[mark..].trim_start()), WHAT);
    }
    if !goes_on {
        edits.leave_out(at + line.len(), at + line.len(), "\n:::", WHAT);
    }
}
