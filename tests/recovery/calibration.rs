//! How good the word of `import` is: editions with a leaf lost, scanned twice or bound in the wrong place, with numbers
//! misread or gone, and of the marks that are said to be sure how many are right.

use crate::dialects::Dialect;
use crate::dice::Dice;
use crate::press::{Edition, Folio, Page};
use crate::score::{Reading, Share, annotated, confidences};
use std::collections::BTreeMap;

/// What is wrong with an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// Nothing.
    Whole,
    /// A leaf is missing.
    Lost,
    /// A leaf was scanned twice.
    Twice,
    /// Two leaves stand in each other's place.
    Exchanged,
    /// One number in eight is misread.
    Misread,
    /// One number in three is gone.
    Bare,
}

pub const HARMS: [Harm; 6] =
    [Harm::Whole, Harm::Lost, Harm::Twice, Harm::Exchanged, Harm::Misread, Harm::Bare];

impl Harm {
    /// Does it to the leaves of an edition.
    pub fn displace(self, pages: &mut Vec<Page>, dice: &mut Dice) {
        // two leaves of text in a row, neither of which opens one
        let text = |p: &Page| p.body.len() > 12 && !p.opening && p.folio != Folio::None;
        let inner: Vec<usize> =
            (1..pages.len().saturating_sub(2)).filter(|i| text(&pages[*i]) && text(&pages[*i + 1])).collect();
        let Some(at) = inner.get(dice.roll(inner.len().max(1))).copied() else { return };
        match self {
            Harm::Lost => _ = pages.remove(at),
            Harm::Twice => pages.insert(at + 1, Page { copy: true, ..pages[at].clone() }),
            Harm::Exchanged => pages.swap(at, at + 1),
            Harm::Whole | Harm::Misread | Harm::Bare => {}
        }
    }

    /// The edition as it is read, with numbers misread or gone.
    pub fn misprint(self, edition: &mut Edition, dice: &mut Dice) {
        for page in &mut edition.pages {
            page.folio = match (self, page.folio) {
                (Harm::Misread, Folio::Arabic(n)) if dice.roll(8) == 0 => Folio::Arabic(misread(n, dice)),
                (Harm::Bare, Folio::Arabic(_) | Folio::Roman(_)) if dice.roll(3) == 0 => Folio::None,
                (_, folio) => folio,
            };
        }
    }
}

/// A number of which one figure was taken for another that looks like it.
fn misread(number: u32, dice: &mut Dice) -> u32 {
    let mut figures: Vec<char> = number.to_string().chars().collect();
    let at = dice.roll(figures.len());
    figures[at] = match figures[at] {
        '1' => '7',
        '3' => '8',
        '5' => '6',
        '6' => '5',
        '7' => '1',
        '8' => '3',
        '0' if at > 0 => '9',
        '9' => '0',
        other => other,
    };
    let figures: String = figures.into_iter().collect();
    figures.parse().unwrap_or(number).max(1)
}

/// How many marks are said to be sure and how many of these are right; of all marks; by how sure they are said to be.
#[derive(Debug, Default)]
pub struct Word {
    pub sure: Share,
    pub all: Share,
    pub bins: BTreeMap<u32, Share>,
    /// Marks that are wrong and said to be sure.
    pub faults: Vec<String>,
}

impl Word {
    pub fn join(&mut self, other: &Word) {
        self.sure = Share(self.sure.0 + other.sure.0, self.sure.1 + other.sure.1);
        self.all = Share(self.all.0 + other.all.0, self.all.1 + other.all.1);
        for (sure, share) in &other.bins {
            let own = self.bins.entry(*sure).or_default();
            *own = Share(own.0 + share.0, own.1 + share.1);
        }
    }
}

/// How many letters behind a mark are compared.
const LETTERS: usize = 14;

/// Holds each mark of a recovered folder against the text that stands behind it in the edition.
pub fn word(truth: &str, files: &[(String, String)]) -> Word {
    let (text, _, front) = annotated(files);
    let (right, found) = (Reading::of(truth), Reading::of(&text));
    let front = Reading::of(&text[..front]).words.len();
    let behind = |words: &[String], at: usize| -> String {
        words[at.min(words.len())..].iter().take(6).flat_map(|w| w.chars()).take(LETTERS).collect()
    };
    let mut wanted: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (label, _, at) in &right.pages {
        wanted.entry(label).or_default().push(behind(&right.words, *at));
    }
    let said = confidences(files);
    let mut word = Word::default();
    for (label, sure, at) in found.pages.iter().filter(|page| page.2 >= front) {
        let own = behind(&found.words, *at);
        let is_right = wanted.get(label.as_str()).is_some_and(|all| all.contains(&own));
        word.all.add(is_right);
        if *sure {
            word.sure.add(is_right);
            if !is_right {
                word.faults.push(format!("{label}: {own}, wants {:?}", wanted.get(label.as_str())));
            }
        }
        if let Some(sure) = said.get(label) {
            word.bins.entry(*sure).or_default().add(is_right);
        }
    }
    word
}

/// Whether a harm shows in what a dialect prints: distributors print text, and not leaves.
pub fn shows(harm: Harm, dialect: Dialect) -> bool {
    dialect != Dialect::Distributor || matches!(harm, Harm::Whole | Harm::Misread | Harm::Bare)
}
