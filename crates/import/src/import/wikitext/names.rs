//! What the templates, tags and entities of Wikisource are, by their names.

pub(super) fn is_running_head(name: &str) -> bool {
    matches!(
        name,
        "rh" | "runningheader" | "running header" | "running head" | "rvh" | "rhb" | "runningfooter"
    )
}

pub(super) fn is_centred(name: &str) -> bool {
    matches!(name, "c" | "center" | "centre" | "ct" | "block center")
}

/// How much larger a centred line is than the text: 0, 1 or 2.
pub(super) fn size(inner: &str) -> usize {
    let lower = inner.to_lowercase();
    if ["x-larger|", "xl|", "xxl|", "x-larger block|"].iter().any(|s| lower.contains(s)) {
        2
    } else {
        usize::from(["{{larger|", "{{lg|", "<big>"].iter().any(|s| lower.contains(s)))
    }
}

/// Templates that stand for a sign, or for nothing but white space.
pub(super) fn fixed(name: &str) -> Option<&'static str> {
    Some(match name {
        "nop" | "dhr" | "-" | "clear" | "rule" | "reflist" | "smallrefs" | "page break"
        | "page separator" | "anchor" | "anchor+" | "toc begin" | "toc end" | "shy" | "pt" | "hr"
        | "references" | "crule" | "custom rule" | "float right" => "",
        "***" | "* * *" | "asterism" | "separator" | "dotted rule" | "asterisks" => "* * *",
        "gap" | "em" | "0" | "spaces" | "phantom" | "quad" | "nbsp" | "indent" => " ",
        "..." | "ellipsis" | "ddd" => "…",
        "—" | "bar" | "mdash" | "longdash" | "emdash" | "em dash" | "--" => "—",
        "ls" | "long s" => "s",
        "'" => "’",
        "' \"" | "'\"" => "’”",
        "\" '" | "\"'" => "“‘",
        "=" => "=",
        "!" => "|",
        _ => return None,
    })
}

/// Templates that show the first of several arguments.
pub(super) const FIRST: [&str; 18] = [
    "hws",
    "hyphenated word start",
    "hwe",
    "hyphenated word end",
    "sic",
    "tooltip",
    "abbr",
    "di",
    "dropinitial",
    "drop initial",
    "initial",
    "sc",
    "c",
    "center",
    "right",
    "left",
    "ppoem",
    "block center",
];

/// Templates that show the last of several.
pub(super) const LAST: [&str; 16] = [
    "lang",
    "lang block",
    "color",
    "colour",
    "fs",
    "fsx",
    "font-size",
    "font size",
    "sized",
    "al",
    "author link",
    "hanging indent",
    "hi",
    "left margin",
    "corr",
    "errata",
];

/// Templates of verse.
pub(super) const VERSE: [&str; 3] = ["ppoem", "poem", "verse"];
/// Templates of quotations.
pub(super) const QUOTES: [&str; 4] = ["quote", "quotation", "blockquote", "bq"];
/// Templates of pictures.
pub(super) const PICTURES: [&str; 7] =
    ["fi", "freedimg", "img float", "raw image", "missing image", "overfloat image", "figure"];
/// Words beside a picture's name that are no caption.
pub(super) const OPTIONS: [&str; 9] =
    ["center", "centre", "left", "right", "none", "thumb", "frameless", "frame", "border"];
/// Tags that only look well.
pub(super) const LOOKS: [&str; 24] = [
    "references",
    "section",
    "pagequality",
    "div",
    "span",
    "small",
    "big",
    "center",
    "u",
    "s",
    "p",
    "tt",
    "nowiki",
    "includeonly",
    "onlyinclude",
    "abbr",
    "font",
    "table",
    "tr",
    "td",
    "pages",
    "cite",
    "ins",
    "hr",
];
pub(super) const ENTITIES: [(&str, &str); 17] = [
    ("nbsp", "\u{a0}"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("hellip", "…"),
    ("shy", "\u{ad}"),
    ("thinsp", " "),
    ("emsp", " "),
    ("ensp", " "),
    ("pound", "£"),
];
