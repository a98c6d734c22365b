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
        let is_list = bare.starts_with("{:") && bare.ends_with('}');
        if commands.contains(&bare) || braces.contains(&bare) || is_list {
            edits.leave_out(at, at + line.len(), "", WHAT);
        }
    }
}
