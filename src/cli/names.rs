//! Names on the command line that we don't know, and what they most likely mean.

use crate::project::nearest;

/// Says that `name` is not `what`, what it most likely means, and which names
/// there are. `others` are the words that people use instead of ours.
pub(super) fn unknown(what: &str, name: &str, others: &[(&str, &str)], known: &[&str]) -> String {
    let lower = name.to_lowercase().replace([' ', '_'], "-");
    let ours = |word: &str| others.iter().find(|(other, _)| *other == word).map(|(_, ours)| *ours);
    let near_other = || nearest(&lower, others.iter().map(|(other, _)| *other)).and_then(ours);
    // `amazon-kdp` has one that we know among its words
    let single = |word: &str| known.iter().find(|known| **known == word).copied().or_else(|| ours(word));
    let within = || lower.split('-').find_map(single);
    let guess =
        ours(&lower).or_else(within).or_else(|| nearest(&lower, known.iter().copied())).or_else(near_other);
    let hint = guess.map_or_else(String::new, |guess| format!("; did you mean `{guess}`?"));
    format!("`{name}` is not {what}: {}{hint}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::unknown;

    #[test]
    fn a_near_word_is_offered() {
        let said = |name: &str| unknown("a format", name, &[("mobi", "epub")], &["epub", "pdf"]);
        assert_eq!(said("epbu"), "`epbu` is not a format: epub, pdf; did you mean `epub`?");
        assert_eq!(said("MOBI"), "`MOBI` is not a format: epub, pdf; did you mean `epub`?");
        assert_eq!(said("mobbi"), "`mobbi` is not a format: epub, pdf; did you mean `epub`?");
        assert_eq!(said("vellum"), "`vellum` is not a format: epub, pdf");
    }
}
