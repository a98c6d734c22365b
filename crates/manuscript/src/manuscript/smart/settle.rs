//! Single marks of English read together: where what was decided mark by mark does not fit as a whole, the decision is
//! changed that costs least and lets it fit.
//!
//! A single mark is an apostrophe, opens or closes, and [`Run::role`] decides which by what stands beside it, from
//! left to right. That goes wrong where only what comes later tells: in `he owned, 'that the boys' house was sold.'`
//! nothing at the first mark says that it opens, but the last one, behind a full stop, can only close. So each pass over
//! a paragraph notes what does not fit ([`Misfit`]), and each decision before the first misfit is tried the other way.
//! A change has a price, that of the less likely reading, and is taken when price and misfits together become less.
//!
//! The price falls with every change that is taken and is never below zero, so the search ends; a paragraph costs at
//! most [`MOST_CHANGES`] × [`MOST_TRIED`] passes, and one pass where everything fits, as it does in 99 of 100.

use super::elision::WHOLE_WORDS;
use super::role::{Misfit, Role};
use super::{APOSTROPHE, HAIR_SPACE, Run, closing, dash};

/// A mark behind punctuation is an apostrophe, though it can only close.
const NOTHING_TO_CLOSE: u32 = 10;
/// A quotation in single marks directly within another one.
const OPENS_TWICE: u32 = 8;
/// What begins as a speech does is never closed, and does not go on below.
const NEVER_CLOSED: u32 = 6;
/// A speech ends behind a word, and the sentence goes on.
const ENDS_AT_WORD: u32 = 3;
/// An apostrophe stands where a speech begins.
const NOT_OPENED: u32 = 2;
/// Two apostrophes before one word.
const TWO_APOSTROPHES: u32 = 6;

/// The title of a book or the name of a place in marks is hardly longer than so many words.
const LONGER_THAN_A_NAME: usize = 5;

/// How many decisions of a paragraph are changed at most.
const MOST_CHANGES: usize = 8;
/// How many decisions before a misfit are tried.
const MOST_TRIED: usize = 24;

impl Run {
    /// Sets the marks, and changes decisions as long as less is wrong then.
    pub(super) fn settle(&mut self) {
        let typed: Vec<usize> =
            (0..self.seen.len()).filter(|index| matches!(self.seen[*index].0, '"' | '\'')).collect();
        let typed: Vec<(usize, char)> = typed.into_iter().map(|index| (index, self.seen[index].0)).collect();
        self.pass();
        let mut price = self.misfit();
        for _ in 0..MOST_CHANGES {
            let Some(change) = self.best_change(&typed, price) else { return };
            self.changed.push(change.0);
            price = change.1;
            self.again(&typed);
        }
    }

    /// What is wrong altogether, with the prices of changes.
    fn misfit(&self) -> u32 {
        let changes: u32 = self.changed.iter().map(|(_, _, price)| price).sum();
        changes + self.misfits.iter().map(|misfit| misfit.cost).sum::<u32>()
    }

    /// The change before the first misfit that makes the sum least, and less than `price`.
    fn best_change(&mut self, typed: &[(usize, char)], price: u32) -> Option<((usize, Role, u32), u32)> {
        let first = self.misfits.iter().map(|misfit| misfit.at).min()?;
        let before = self.decided.iter().rev().filter(|(index, _)| *index <= first);
        // apostrophes within words can be nothing else
        let open = before.filter(|(index, role)| self.other_role(*index, *role).is_some());
        let tried: Vec<(usize, Role)> = open.take(MOST_TRIED).copied().collect();
        let mut best: Option<((usize, Role, u32), u32)> = None;
        for (index, role) in tried {
            if self.changed.iter().any(|(changed, ..)| *changed == index) {
                continue;
            }
            let Some((other, cost)) = self.other_role(index, role) else { continue };
            self.changed.push((index, other, cost));
            self.again(typed);
            let sum = self.misfit();
            if sum < best.map_or(price, |(_, least)| least) {
                best = Some(((index, other, cost), sum));
            }
            self.changed.pop();
        }
        self.again(typed);
        best
    }

    /// Another pass over the marks as they were typed.
    fn again(&mut self, typed: &[(usize, char)]) {
        for (index, mark) in typed {
            self.put(*index, *mark);
        }
        self.open.clear();
        self.open_doubles.clear();
        self.misfits.clear();
        self.decided.clear();
        self.pass();
    }

    /// What the mark at `index` could be instead, and how unlikely that is.
    fn other_role(&self, index: usize, role: Role) -> Option<(Role, u32)> {
        let letter_before = self.before(index).is_some_and(char::is_alphanumeric);
        let mut after = self.seen[index + 1..].iter().map(|(c, _)| *c);
        let first = after.find(|c| !matches!(*c, '\'' | '"' | '‘' | '“' | APOSTROPHE | HAIR_SPACE));
        let letter_after = first.is_some_and(char::is_alphanumeric);
        match role {
            _ if letter_before && letter_after => None,
            Role::Apostrophe if letter_after => {
                let elided = match self.may_be_elided(index) {
                    true if self.is_known_elision(index) => 6,
                    true => 3,
                    false => 0,
                };
                Some((Role::Opens, elided + if self.begins_phrase(index) { 1 } else { 3 }))
            }
            Role::Apostrophe if letter_before => Some((Role::Closes, 3)),
            Role::Apostrophe => None,
            Role::Opens if !letter_after => None,
            Role::Opens => {
                let elided = self.may_be_elided(index);
                let capital = !self.after(index).is_some_and(char::is_lowercase);
                let begins = if self.begins_phrase(index) { 3 } else { 0 };
                Some((Role::Apostrophe, if elided { 1 } else { 2 + u32::from(capital) + begins }))
            }
            Role::Closes if letter_before => {
                let lost = self.word_before(index).ends_with('s') || self.drops_its_end(index);
                Some((Role::Apostrophe, if lost { 1 } else { 2 }))
            }
            Role::Closes => None,
        }
    }

    /// Whether a word follows that often has lost its beginning.
    pub(super) fn may_be_elided(&self, index: usize) -> bool {
        let word = self.word_after(index);
        let is_rest = || {
            let behind = self.seen.get(index + 1 + word.chars().count()).map(|(c, _)| *c);
            word.len() == 1 && "dmnts".contains(&word) && behind == Some(' ')
        };
        self.is_known_elision(index) || WHOLE_WORDS.contains(&word.as_str()) || is_rest()
    }

    /// Whether somebody's words begin with a small letter: I answered, ‘it was easy.
    pub(super) fn is_said(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        before.is_some_and(|c| c == ',' || c.is_alphabetic())
            && self.follows_saying(index)
            && !self.is_known_elision(index)
    }

    /// Whether a quotation may begin at `index` by what goes before: nothing, the end of a phrase, a verb of speaking.
    fn begins_phrase(&self, index: usize) -> bool {
        let before = self.seen[..index].iter().rev().map(|(c, _)| *c).find(|c| !c.is_whitespace());
        before.is_none_or(|c| closing(c) || dash(c) || c == '…') || self.follows_saying(index)
    }

    /// Notes what does not fit where the mark at `index` is `role`.
    pub(super) fn note_misfit(&mut self, index: usize, role: Role) {
        let inner = self.open.last().is_some_and(|(double, _)| !*double);
        let before = self.before(index);
        let letter_follows = self.after(index).is_some_and(char::is_alphanumeric);
        let cost = match role {
            Role::Opens if inner && !self.is_one_word(index) => OPENS_TWICE,
            Role::Apostrophe
                if !letter_follows
                    && !inner
                    && before.is_some_and(|c| closing(c) && !dash(c) || c == '…') =>
            {
                NOTHING_TO_CLOSE
            }
            Role::Apostrophe if letter_follows && before == Some(APOSTROPHE) && !self.follows_word(index) => {
                TWO_APOSTROPHES
            }
            Role::Apostrophe
                if letter_follows && !inner && self.begins_speech(index) && !self.may_be_elided(index) =>
            {
                NOT_OPENED
            }
            Role::Closes if self.ends_speech_at_word(index) => ENDS_AT_WORD,
            _ => return,
        };
        self.misfits.push(Misfit { at: index, cost });
    }

    /// Whether a speech ends at `index` behind a word, and a small letter goes on.
    fn ends_speech_at_word(&self, index: usize) -> bool {
        let open = self.open.last().map(|(_, open)| *open);
        let mut after = self.seen[index + 1..].iter().map(|(c, _)| *c);
        let goes_on = match after.next() {
            Some(' ') => after.next().is_some_and(char::is_lowercase),
            next => next.is_some_and(|c| matches!(c, '!' | '?' | ',' | ';')) && self.drops_its_end(index),
        };
        let is_word = self.before(index).is_some_and(char::is_alphanumeric);
        let is_long = |open: usize| {
            self.seen[open..index].iter().filter(|(c, _)| *c == ' ').count() >= LONGER_THAN_A_NAME
        };
        let is_cut =
            |open: usize| self.drops_its_end(index) && self.seen[open..index].iter().any(|(c, _)| *c == ' ');
        goes_on && is_word && open.is_some_and(|open| self.is_speech(open) && (is_cut(open) || is_long(open)))
    }

    /// Notes that what opens at `index` is never closed, and became an apostrophe.
    pub(super) fn note_unclosed(&mut self, index: usize) {
        if self.is_speech(index) && !self.is_known_elision(index) {
            self.misfits.push(Misfit { at: index, cost: NEVER_CLOSED });
        }
    }

    /// Whether the mark before `index` stands behind a letter.
    fn follows_word(&self, index: usize) -> bool {
        index >= 2 && self.seen[index - 2].0.is_alphanumeric()
    }

    /// Whether one word stands at `index`, with a mark at its end that it has not lost letters to.
    fn is_one_word(&self, index: usize) -> bool {
        let end = index + 1 + self.word_after(index).chars().count();
        self.seen.get(end).is_some_and(|(c, _)| *c == '\'') && !self.drops_its_end(end)
    }
}
