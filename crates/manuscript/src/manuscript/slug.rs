//! Names made from words: ids of headings as GitHub makes them, ids that XML
//! takes, and names for files.

/// A heading's id as GitHub makes it: small letters, white space to hyphens,
/// other marks left out.
#[must_use]
pub fn github(words: &str) -> String {
    let mut out = String::new();
    for c in words.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || c == '-' || is_mark(c) {
            out.push(c);
        } else if c.is_whitespace() {
            out.push('-');
        }
    }
    out
}

/// Combining marks belong to their letters.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x483..=0x489 | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x900..=0x903)
}

/// The nearest name that XML takes as an id (an NCName).
pub(super) fn xml(id: &str) -> String {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || is_mark(c);
    let mut out: String = id.chars().map(|c| if fits(c) { c } else { '-' }).collect();
    if !out.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        out.insert(0, '_');
    }
    out
}

/// A name for files: the stem of a path in small ASCII letters, digits and hyphens.
pub(super) fn file(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    words(stem).unwrap_or_else(|| "text".to_owned())
}

/// Words in small ASCII letters, digits and hyphens; none when nothing of them
/// is left.
pub(super) fn words(words: &str) -> Option<String> {
    let mut out = String::new();
    for c in words.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    (!out.is_empty()).then(|| out.to_owned())
}

/// `wanted`, or `wanted-1`, `wanted-2` ... when `taken` says so.
pub(super) fn unique(
    wanted: &str,
    counts: &mut std::collections::BTreeMap<String, usize>,
    taken: impl Fn(&str) -> bool,
) -> String {
    if !taken(wanted) {
        return wanted.to_owned();
    }
    let count = counts.entry(wanted.to_owned()).or_default();
    loop {
        *count += 1;
        let name = format!("{wanted}-{count}");
        if !taken(&name) {
            return name;
        }
    }
}
