//! Left and right in a style sheet whose text runs from right to left.
//!
//! CSS has words for "start" and "end", but readers of the years before 2018
//! know only sides.

/// The declarations as a mirror shows them: sides, alignment and the four
/// values of a margin. Nothing is spaced out: Arabic letters join.
pub(super) fn mirrored(declarations: &str) -> String {
    let parts = declarations.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.map(one).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn one(declaration: &str) -> String {
    let Some((property, value)) = declaration.split_once(':') else { return format!("{declaration};") };
    let (property, value) = (property.trim(), value.trim());
    let values: Vec<&str> = value.split_whitespace().collect();
    match (property, values.as_slice()) {
        ("letter-spacing", _) => String::new(),
        ("margin" | "padding", [top, right, bottom, left]) => {
            format!("{property}: {top} {left} {bottom} {right};")
        }
        ("text-align" | "float", [side]) => format!("{property}: {};", other(side)),
        _ => match property.rsplit_once('-') {
            Some((edge @ ("margin" | "padding"), side)) => format!("{edge}-{}: {value};", other(side)),
            _ => format!("{property}: {value};"),
        },
    }
}

fn other(side: &str) -> &str {
    match side {
        "left" => "right",
        "right" => "left",
        side => side,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sides_are_turned() {
        for (rule, wanted) in [
            ("margin: 0.8em 0 0.8em 1.5em; left: x;", "margin: 0.8em 1.5em 0.8em 0; left: x;"),
            ("padding-left: 1em; text-align: left;", "padding-right: 1em; text-align: right;"),
            (
                "text-align: center; margin: 0 1em; margin-right: 0;",
                "text-align: center; margin: 0 1em; margin-left: 0;",
            ),
            ("letter-spacing: 0.1em; font-style: italic;", "font-style: italic;"),
            ("float: left;", "float: right;"),
            ("", ""),
        ] {
            assert_eq!(mirrored(rule), wanted);
        }
    }
}
