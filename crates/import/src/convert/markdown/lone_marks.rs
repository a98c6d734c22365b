//! Lines that are a mark for another program and nothing else.

use super::edits::Edits;

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

/// Words that R prints in one format alone, `` `r if (knitr::is_html_output()) 'words'` ``, over several lines: bookdown's
/// authors head their list of references so. The words stay.
pub(super) fn printed_by_r(edits: &mut Edits<'_>) {
    const WHAT: &str = "words that R would print, kept as words";
    let text = edits.text;
    for (at, _) in text.match_indices("`r if (knitr") {
        let inside = super::mask::near(&text[at..]);
        let Some(open) = inside.find("'\n").map(|open| at + open) else { continue };
        let Some(close) = super::mask::near(&text[open + 2..]).find("\n'`").map(|close| open + 2 + close)
        else {
            continue;
        };
        if !text[at..open].contains('\n') {
            edits.leave_out(at, open + 2, "", WHAT);
            edits.leave_out(close + 1, close + 3, "", WHAT);
        }
    }
}
