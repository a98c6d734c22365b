//! How much two readings of the same words differ.

/// In how many letters two texts differ at most for that to be known.
pub(super) const MOST_DIFFERENT: usize = 8;

/// In how many letters two texts differ (Levenshtein); one more than [`MOST_DIFFERENT`] where it is more.
pub(super) fn differ(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(90).collect(), b.chars().take(90).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let here = row[j + 1];
            row[j + 1] = (before + usize::from(x != y)).min(here + 1).min(row[j] + 1);
            before = here;
        }
    }
    row[b.len()].min(MOST_DIFFERENT + 1)
}
