//! Pairs of brackets: all are found in one pass with a stack.

use std::collections::BTreeMap;

/// Where each `{{` and `[[` ends, and where its bars are.
pub(super) fn pairs(text: &str) -> BTreeMap<usize, Pair> {
    let bytes = text.as_bytes();
    let mut found = BTreeMap::new();
    let mut open: Vec<(usize, Pair)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let two = bytes.get(at..at + 2).unwrap_or(b"");
        match two {
            b"{{" | b"[[" => open.push((at, Pair::default())),
            b"}}" | b"]]" => {
                let opening = if two == b"}}" { b'{' } else { b'[' };
                // what was opened inside and never closed is text
                if let Some(place) = open.iter().rposition(|(from, _)| bytes[*from] == opening) {
                    open.truncate(place + 1);
                    let (from, pair) = open.pop().unwrap_or_default();
                    found.insert(from, Pair { end: at + 2, ..pair });
                }
            }
            _ => {
                if bytes[at] == b'|'
                    && let Some((_, pair)) = open.last_mut()
                {
                    pair.bars.push(at);
                }
                at += 1;
                continue;
            }
        }
        at += 2;
    }
    found
}

/// What a pair of brackets holds.

#[derive(Clone, Debug, Default)]
pub(super) struct Pair {
    /// One past its last byte.
    pub(super) end: usize,
    /// The bars that part its arguments.
    pub(super) bars: Vec<usize>,
}
