"""How other typesetters set a text of their own markup at 11/14 pt on 291.6 pt, 36 lines, in Libertinus Serif."""

import subprocess

TYPST = (
    '#set page(width: 5.5in, height: 8.5in, margin: (inside: 0.7in, outside: 396pt - 0.7in - 291.6pt,'
    ' top: 0.7in, bottom: 612pt - 0.7in - 504pt), numbering: "1")\n'
    '#set text(font: "Libertinus Serif", size: 11pt, lang: "en", region: "GB", hyphenate: true,'
    ' number-type: "old-style", top-edge: "ascender", bottom-edge: "descender")\n'
    "#set par(justify: true, first-line-indent: 1.5em, spacing: 14pt - 1em, leading: 14pt - 1em)\n"
    "#show par: set block(spacing: 14pt - 1em)\n"
)

LUALATEX = (
    "\\documentclass[11pt,twoside]{article}\n\\usepackage[paperwidth=5.5in,paperheight=8.5in,inner=0.7in,"
    "top=0.7in,textwidth=291.6pt,textheight=504pt]{geometry}\n\\usepackage{fontspec}\n"
    "\\setmainfont{Libertinus Serif}[Numbers=OldStyle]\n\\usepackage[british]{babel}\n"
    "\\usepackage{microtype}\n\\parindent1.5em\n\\pagestyle{plain}\n"
)


def typst_pdf(blocks, folder, more=""):
    """The PDF that Typst makes of blocks; `more` settings go behind the usual ones."""
    import typst

    (folder / "text.typ").write_text(TYPST + more + "\n\n".join(blocks) + "\n", encoding="utf-8")
    typst.compile(folder / "text.typ", output=folder / "text.pdf")
    return folder / "text.pdf"


def lualatex_pdf(blocks, folder, more=""):
    """The PDF that LuaLaTeX with microtype makes of them."""
    begin = "\\begin{document}\\fontsize{11}{14}\\selectfont\n"
    words = LUALATEX + more + begin + "\n\n".join(blocks) + "\n\\end{document}\n"
    (folder / "text.tex").write_text(words, encoding="utf-8")
    subprocess.run(["lualatex", "-interaction=batchmode", "text.tex"], cwd=folder, check=True)
    return folder / "text.pdf"
