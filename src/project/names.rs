//! Whether a name is one person's, as it stands on a title page.
//!
//! Only what is told by its form counts: every part has a given and a family name, and no
//! word of a firm or a body. *Smith and Sons*, *Food and Agriculture Organization*, *José
//! Ortega y Gasset* and *Martin Luther King, Jr.* are one each.

use super::fields::Fields;
use crate::diag::{Code, Diagnostic, Span};

/// Words between two names, in the languages that write them so.
const BETWEEN: [&str; 14] = [
    " and ", " & ", " und ", " et ", " y ", " och ", " og ", " i ", " ja ", " és ", " и ", " і ", " και ",
    " ve ",
];

/// Words that no person's name has; small letters.
const OF_BODIES: [&str; 60] = [
    "academy",
    "agency",
    "archive",
    "archives",
    "association",
    "authority",
    "bank",
    "board",
    "books",
    "bros",
    "brothers",
    "bureau",
    "centre",
    "center",
    "church",
    "club",
    "co",
    "collective",
    "college",
    "commission",
    "committee",
    "community",
    "company",
    "congress",
    "consortium",
    "corporation",
    "council",
    "department",
    "editors",
    "faculty",
    "federation",
    "foundation",
    "friends",
    "gmbh",
    "group",
    "house",
    "inc",
    "institute",
    "laboratory",
    "league",
    "library",
    "ltd",
    "llc",
    "ministry",
    "museum",
    "network",
    "office",
    "organization",
    "organisation",
    "partners",
    "party",
    "press",
    "project",
    "school",
    "society",
    "sons",
    "studio",
    "team",
    "union",
    "university",
];

/// What stands behind a comma and is no name.
const TITLES: [&str; 16] =
    ["jr", "sr", "ii", "iii", "iv", "phd", "md", "ma", "mba", "esq", "obe", "mbe", "sj", "dd", "ob", "osb"];

impl Fields<'_> {
    /// Tells of a name that several people have, or that is turned round for a list.
    pub(super) fn look_at_name(&mut self, key: &str, name: &str, span: Span) {
        let told = |message: String, hint: String| Diagnostic::new(Code::NameForm, span, message).hint(hint);
        if let Some(people) = people(name) {
            let message = format!("`{name}` is set and filed as the name of one person");
            let hint = match key {
                "contributor" | "contributors" => "give each a [[contributor]] of their own".to_owned(),
                key => format!("name each alone: `{key} = [\"{}\"]`", people.join("\", \"")),
            };
            self.report(told(message, hint));
        } else if let Some(bare) = without_address(name) {
            let message = format!("`{name}` holds an address, which would be printed with the name");
            self.report(told(
                message,
                format!("write \"{bare}\"; an address can stand in the text, or in `rights`"),
            ));
        } else if let Some(upright) = upright(name) {
            let message = format!("`{name}` has the family name first, as lists do");
            self.report(told(
                message,
                format!("write \"{upright}\", as on the title page; `sort` says how it is filed"),
            ));
        } else if let Some(bare) = name.trim().strip_prefix("by ").or_else(|| name.trim().strip_prefix("By "))
        {
            let message = format!("`{name}` begins with a word that is no part of the name");
            self.report(told(message, format!("write \"{bare}\"")));
        }
    }
}

/// A name without the address of mail that stands in or behind it, `Joan Ferry <joan@ferry.example>`; none where none
/// does.
fn without_address(name: &str) -> Option<String> {
    let is_address = |word: &&str| {
        let bare = word.trim_matches(['<', '>', '(', ')', '[', ']', ',', ';']);
        let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
        bare.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
            || bare.starts_with("https://")
            || bare.starts_with("http://")
            || bare.starts_with("www.")
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let kept: Vec<&str> = words.iter().copied().filter(|word| !is_address(word)).collect();
    let bare = kept.join(" ").trim_end_matches([',', ';']).to_owned();
    (kept.len() < words.len()).then_some(if bare.is_empty() { "Joan Ferry".to_owned() } else { bare })
}

/// The people whose names these words are, when they are two or more.
fn people(name: &str) -> Option<Vec<String>> {
    let mut spelt = name.replace(';', ",");
    for word in BETWEEN {
        spelt = spelt.replace(word, ",");
    }
    let people: Vec<String> =
        spelt.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    (people.len() > 1 && people.iter().all(|part| is_whole_name(part))).then_some(people)
}

/// Whether words are a given and a family name: two to five, each with a capital but for
/// particles (*van*, *de*), and none of a body's.
fn is_whole_name(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    let has_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_name = |word: &str| {
        let bare = word.trim_matches('.').to_lowercase();
        !OF_BODIES.contains(&bare.as_str()) && !word.contains(|c: char| c.is_ascii_digit())
    };
    let ends =
        words.first().zip(words.last()).is_some_and(|(first, last)| has_capital(first) && has_capital(last));
    (2..=5).contains(&words.len())
        && ends
        && words.iter().all(|word| is_name(word))
        && !words.iter().any(|word| matches!(*word, "The" | "of" | "for" | "the"))
}

/// The name the other way round, when it is `Family, Given`.
fn upright(name: &str) -> Option<String> {
    let (family, given) = name.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let is_part = |part: &str, most: usize| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let whole = |word: &&str| {
            let bare = word.replace('.', "").to_lowercase();
            word.starts_with(char::is_alphabetic)
                && !OF_BODIES.contains(&bare.as_str())
                && !TITLES.contains(&bare.as_str())
        };
        (1..=most).contains(&words.len())
            && words.iter().all(whole)
            && words.last().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let particle = family.starts_with(char::is_lowercase);
    let is_family = is_part(family, if particle { 3 } else { 1 });
    (is_family && is_part(given, 3) && !given.contains(',')).then(|| format!("{given} {family}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_people_are_told_from_one() {
        for (name, count) in [
            ("Joan Ferry and Bo Hill", 2),
            ("Joan Ferry, Bo Hill & Ann Lee", 3),
            ("Ludwig van Holt und Jan de Vry", 2),
            ("Smith and Sons", 1),
            ("Marks & Spencer", 1),
            ("Food and Agriculture Organization", 1),
            ("The Walker Brothers and Friends", 1),
            ("José Ortega y Gasset", 1),
            ("Martin Luther King, Jr.", 1),
            ("Joan Ferry, PhD", 1),
            ("Ferry, Joan", 1),
            ("Department of Health and Human Services", 1),
        ] {
            assert_eq!(people(name).map_or(1, |people| people.len()), count, "{name}");
        }
    }

    #[test]
    fn names_are_turned_upright() {
        assert_eq!(upright("Ferry, Joan").as_deref(), Some("Joan Ferry"));
        assert_eq!(upright("van Holt, Ludwig A.").as_deref(), Some("Ludwig A. van Holt"));
        for name in ["Martin Luther King, Jr.", "Marks, Inc.", "Joan Ferry, PhD", "Plato", "Ferry, PhD"] {
            assert_eq!(upright(name), None, "{name}");
        }
    }
}
