//! What an author most likely meant by a name that nothing has.

/// The candidate that differs least from `word`, when it is near enough to be meant.
pub fn nearest<'n>(word: &str, candidates: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    candidates
        .filter(|candidate| word.len().abs_diff(candidate.len()) <= 4 * most(candidate))
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= most(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters may be wrong in a name.
fn most(name: &str) -> usize {
    1 + name.len() / 4
}

/// Edit distance of the words' beginnings, in which two letters that changed places count as one fault (optimal string
/// alignment): its work grows with the product of the lengths, and nobody means a name of more letters than these.
fn distance(a: &str, b: &str) -> usize {
    const LONGEST: usize = 64;
    let head = |word: &'_ str| word.char_indices().nth(LONGEST).map_or(word.len(), |(end, _)| end);
    strsim::osa_distance(&a[..head(a)], &b[..head(b)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested() {
        let keys = ["title", "subtitle", "language"];
        assert_eq!(nearest("langauge", keys.into_iter()), Some("language"));
        assert_eq!(nearest("titel", keys.into_iter()), Some("title"));
        assert_eq!(nearest("pfd", ["epub", "pdf"].into_iter()), Some("pdf"));
        assert_eq!(nearest("zeitgeist", keys.into_iter()), None);
    }
}
