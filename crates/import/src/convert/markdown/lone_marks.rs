//! Lines that are a mark for another program and nothing else.

use super::edits::Edits;
use super::mask::near;
use crate::convert::pauses::{PAUSE, is_scene_break};

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
    let lines = edits.lines();
    for (index, (at, line)) in lines.iter().copied().enumerate() {
        let bare = line.trim();
        // kramdown puts the contents in the place of a list
        let below = lines.get(index + 1).map_or("", |(_, below)| below.trim());
        if bare.starts_with(['*', '-', '1']) && below.starts_with("{:") && below.ends_with("toc}") {
            edits.leave_out(at, at + line.len(), "", WHAT);
        }
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
        let is_list = bare.starts_with("{:") && bare.ends_with('}');
        // the title of its web page
        let is_title = bare.starts_with("{{#title ") && bare.ends_with("}}");
        if commands.contains(&bare) || braces.contains(&bare) || is_list || is_title {
            edits.leave_out(at, at + line.len(), "", WHAT);
        }
    }
}

/// Commands of TeX that end a page, behind words of a line.
pub(super) fn page_breaks(edits: &mut Edits<'_>) {
    for command in ["\\newpage", "\\pagebreak", "\\clearpage", "\\cleardoublepage"] {
        for at in edits.places(command) {
            let end = at + command.len();
            if !edits.text[end..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '{' | '[')) {
                edits.leave_out(at, end, "", "marks for other programs, left out");
            }
        }
    }
}

/// Lines that begin with `%%`, which are remarks in Markua.
pub(super) fn markua_remarks(edits: &mut Edits<'_>) {
    for (at, line) in edits.lines() {
        if let Some(words) = line.strip_prefix("%%") {
            let words = words.trim().replace("--", "- -");
            edits.leave_out(at, at + line.len(), format!("<!-- {words} -->"), "remarks, which nobody reads");
        }
    }
}

/// Marks around the formulas of Leanpub's authors, `{$$}x{/$$}`: those that Markdown's authors use.
pub(super) fn markua_formulas(edits: &mut Edits<'_>) {
    const WHAT: &str = "marks around formulas of TeX";
    let text = edits.text;
    for at in edits.places("{$$}") {
        let from = at + "{$$}".len();
        let Some(end) = near(&text[from..]).find("{/$$}").map(|end| from + end) else { continue };
        let behind = end + "{/$$}".len();
        let is_alone = text[..at].ends_with('\n') && text[behind..].starts_with('\n');
        let mark = if is_alone || text[from..end].contains('\n') { "$$" } else { "$" };
        edits.put(at, from, mark, WHAT);
        edits.put(end, behind, mark, WHAT);
    }
}

/// Words that R prints in one format alone, `` `r if (knitr::is_html_output()) 'words'` ``, over several lines as well:
/// bookdown's authors head their list of references so. The words stay; marks of remarks hide nothing here.
pub(super) fn printed_by_r(edits: &mut Edits<'_>) {
    const WHAT: &str = "words that R would print, kept as words";
    let text = edits.text;
    for (at, _) in text.match_indices("`r if (knitr") {
        let inside = near(&text[at..]);
        let Some(open) = inside.find(['\'', '"']).map(|open| at + open) else { continue };
        let mark = &text[open..=open];
        let Some(close) = near(&text[open + 1..]).find(&format!("{mark}`")).map(|close| open + 1 + close)
        else {
            continue;
        };
        let words = &text[open + 1..close];
        if text[at..open].contains('\n') || words.contains(['`']) || words.contains("--") {
            continue;
        }
        // words of several lines begin in a line of their own
        let gap = usize::from(words.starts_with('\n'));
        edits.leave_out(at, open + 1 + gap, "", WHAT);
        edits.leave_out(close, close + 2, "", WHAT);
    }
}

/// A backslash before a space, which holds words together in Pandoc's Markdown; alone in its paragraph it is a line left
/// empty, as novelists set a pause.
pub(super) fn held_spaces(edits: &mut Edits<'_>) {
    let text = edits.text;
    for at in edits.places("\\ ") {
        let line = text[at..].split('\n').next().unwrap_or("");
        if !text[..at].ends_with('\\') && !line[1..].trim().is_empty() {
            edits.put(at, at + 2, "\u{a0}", "spaces that hold words together");
        }
    }
    let lines = edits.lines();
    let is_blank = |line: Option<&(usize, &str)>| line.is_none_or(|(_, line)| line.trim().is_empty());
    let is_words = |line: Option<&&(usize, &str)>| {
        line.is_some_and(|(_, line)| {
            line.trim_start().starts_with(|c: char| c.is_alphanumeric() || "\"'“‘—*_".contains(c))
        })
    };
    for (index, (at, line)) in lines.iter().enumerate().filter(|(_, (_, line))| line.trim() == "\\") {
        let (before, behind) = (&lines[..index], &lines[index + 1..]);
        let full = |line: &&(usize, &str)| !line.1.trim().is_empty();
        if is_blank(before.last()) && is_blank(behind.first()) {
            let is_pause = is_words(before.iter().rev().find(full).as_ref())
                && is_words(behind.iter().find(full).as_ref());
            let is_break = |line: Option<&(usize, &str)>| line.is_some_and(|(_, line)| is_scene_break(line));
            let is_pause =
                is_pause && !is_break(before.iter().rev().find(full)) && !is_break(behind.iter().find(full));
            edits.leave_out(*at, at + line.len(), if is_pause { PAUSE } else { "" }, "lines left empty");
        }
    }
}
