//! Lists of attributes as Markua and kramdown write them: `{key=value, key: "value"}`.

/// Whether a line is a list of `key=value` or `key: value` and nothing else; ids and classes are ours as well.
pub(super) fn is_attributes(line: &str) -> bool {
    let Some(inside) = line.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return false;
    };
    let inside = inside.strip_prefix(':').unwrap_or(inside);
    let pairs = pairs(inside);
    let is_key = |key: &str| {
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    !pairs.is_empty() && pairs.iter().all(|(key, value)| is_key(key) && !value.is_empty())
}

/// The keys and values of a list; quotation marks hold a value together.
pub(super) fn pairs(inside: &str) -> Vec<(&str, &str)> {
    let mut rest = inside.trim_start();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let Some((key, behind)) = rest.split_once(['=', ':']) else { return Vec::new() };
        let behind = behind.trim_start();
        let quoted = ['"', '\''].into_iter().find_map(|mark| behind.strip_prefix(mark)?.split_once(mark));
        let (value, next) = quoted.unwrap_or_else(|| {
            let end = behind.find([',', ' ']).unwrap_or(behind.len());
            behind.split_at(end)
        });
        found.push((key.trim(), value));
        rest = next.trim_start_matches([',', ' ', '\t']);
    }
    found
}
