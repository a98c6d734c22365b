//! Keys that nobody has said follow those that somebody has.
//!
//! A style is a set of proportions. Who changes one number of it wants the rest
//! to go on fitting: the notes keep their size beside the text, the block its
//! depth, the margins their shares of the paper. So what is said stays, and
//! what is not said is computed from the style's own numbers, in this order:
//! size of type, lengths that go with it, measure and inner margin, top, lines.
//! Each looks only at those before it, so one round is enough.

use super::fit::{LEAST_MARGIN, least_top, most_lines, times_in_measure};
use super::{Own, Style};
use crate::length::{Abs, Em, Length};
use crate::narrow::Nearest;

/// The longest line, in ems of the text, that a larger page gets by itself:
/// some seventy characters, beyond which the eye misses the next line.
const LONGEST: f64 = 30.0;
/// The same when the book names the size of its type, so that only the measure
/// can follow a larger page.
const LONGEST_SAID: f64 = 33.0;
/// By how much a larger page makes the type larger at most.
const LARGER_TYPE: f64 = 1.2;
/// Narrowest outer margin that a measure leaves which follows an inner margin.
const OUTSIDE: Abs = Abs::raw(65_536 * 36);
/// How far from the edge of the paper words stand that any printer takes.
const SAFE: Abs = Abs::raw(65_536 * 27);
/// How far from the fold, in a book of some hundred pages.
const AT_THE_FOLD: Abs = Abs::raw(65_536 * 36);

impl Style {
    /// This style with the keys of `own` in place of its own, and all others
    /// following. Keys that cannot be set are left out.
    #[must_use]
    pub fn with(&self, own: &[Own]) -> Style {
        let mut style = self.clone();
        for key in own {
            // What is refused here was found when the key was read.
            drop(style.set(&key.table, &key.name, &key.value));
        }
        let said = |table: &str, name: &str| own.iter().any(|key| key.table == table && key.name == name);
        style.follow(self, &said);
        style
    }

    fn follow(&mut self, named: &Style, said: &dyn Fn(&str, &str) -> bool) {
        if !said("text", "size") && !said("page", "measure") {
            self.grow_type(named);
        }
        self.follow_type(named, said);
        self.follow_width(named, said);
        self.follow_measure(said);
        self.follow_height(named, said);
    }

    /// Makes the type of a large page larger, in half points, where the measure
    /// could not follow the paper otherwise without lines that are too long.
    fn grow_type(&mut self, named: &Style) {
        let own = named.size();
        let wanted = scaled(named.measure(), self.page.trim.width, named.page.trim.width);
        let size = wanted.scale(1.0 / LONGEST).min(own.scale(LARGER_TYPE));
        let size = Abs::pt((size.to_pt() * 2.0).floor() / 2.0);
        if self.page.trim != named.page.trim && size > own {
            self.text.size = Length::Abs(size);
        }
    }

    /// Keeps all type in proportion to that of the text.
    fn follow_type(&mut self, named: &Style, said: &dyn Fn(&str, &str) -> bool) {
        let (new, old) = (self.size(), named.size());
        if new == old || new <= Abs::ZERO {
            return;
        }
        let lengths: [(&str, &str, &mut Length); 11] = [
            ("text", "leading", &mut self.text.leading),
            ("notes", "size", &mut self.notes.size),
            ("notes", "leading", &mut self.notes.leading),
            ("heading", "title-size", &mut self.heading.title_size),
            ("heading", "size", &mut self.heading.size),
            ("heading", "number-size", &mut self.heading.number_size),
            ("table", "size", &mut self.table.size),
            ("figure", "caption-size", &mut self.figure.caption_size),
            ("running-head", "size", &mut self.running_head.size),
            ("folio", "size", &mut self.folio.size),
            ("title-page", "size", &mut self.title_page.size),
        ];
        for (table, name, length) in lengths {
            // What is in ems follows by itself.
            if let Length::Abs(abs) = *length
                && !said(table, name)
            {
                *length = Length::Abs(tenth(abs.scale(new.ratio(old))));
            }
        }
    }

    /// The measure takes its share of the paper, and the inner margin its share
    /// of what the measure leaves.
    fn follow_width(&mut self, named: &Style, said: &dyn Fn(&str, &str) -> bool) {
        let (own, width) = (named.measure(), self.page.trim.width);
        let other_trim = self.page.trim != named.page.trim;
        if !said("page", "measure") {
            if other_trim {
                let wanted = scaled(own, width, named.page.trim.width);
                let longest = if said("text", "size") { LONGEST_SAID } else { LONGEST };
                let measure = wanted.min(own.max(Em::new(longest).at(self.size())));
                self.page.measure = Length::Abs(measure);
            }
            if said("page", "inside") {
                let room = width - self.inside() - OUTSIDE.min(named.outside().max(LEAST_MARGIN));
                self.page.measure = Length::Abs(self.measure().min(room.max(Abs::ZERO)));
            }
        }
        let other = other_trim || self.measure() != own;
        if let Some(inside) = named.page.inside.filter(|_| other && !said("page", "inside")) {
            let spare = width - self.measure();
            let own = inside.at(named.size());
            let share = scaled(own, spare, named.page.trim.width - named.measure());
            // a share of small paper may be less than printers take at the fold
            let least = own.min(AT_THE_FOLD).min((spare - SAFE).max(Abs::ZERO));
            self.page.inside = Some(Length::Abs(share.max(least)));
        }
    }

    /// Large type grows no wider than the lines: titles, and what else is not said.
    fn follow_measure(&mut self, said: &dyn Fn(&str, &str) -> bool) {
        let (size, measure) = (self.size(), self.measure());
        let lengths: [(&str, &str, &mut Length); 4] = [
            ("heading", "title-size", &mut self.heading.title_size),
            ("heading", "size", &mut self.heading.size),
            ("heading", "number-size", &mut self.heading.number_size),
            ("title-page", "size", &mut self.title_page.size),
        ];
        for (table, name, length) in lengths {
            let most = Abs::pt((measure / times_in_measure(table, name)).to_pt().floor());
            if !said(table, name) && length.at(size) > most && most > Abs::ZERO {
                *length = Length::Abs(most);
            }
        }
    }

    /// The top margin and the depth of the block take their shares of the paper;
    /// the lines are as many as the depth holds. A larger top margin takes lines
    /// away, and never the room at the foot.
    fn follow_height(&mut self, named: &Style, said: &dyn Fn(&str, &str) -> bool) {
        let (new, old) = (self.page.trim.height, named.page.trim.height);
        if !said("page", "top") {
            if new != old || self.page.trim != named.page.trim {
                let own = named.top();
                self.page.top = Length::Abs(scaled(own, new, old).max(own));
            }
            // a head of larger type reaches up into what printers want to be white
            let larger = self.size() > named.size();
            let least = least_top(self) + if larger { SAFE - LEAST_MARGIN } else { Abs::ZERO };
            if least > self.top() {
                self.page.top = Length::Abs(least);
            }
        }
        let same = self.page.trim == named.page.trim
            && self.leading() == named.leading()
            && self.top() == named.top();
        if said("page", "lines") || same {
            return;
        }
        let block = named.depth();
        let foot = old - named.top() - block;
        let room = new - self.top().max(named.top()) - foot;
        let block = scaled(block, new, old).min(room);
        let lines = u32::nearest(block.ratio(self.leading()).clamp(1.0, f64::from(u16::MAX)));
        self.page.lines = lines.min(most_lines(self).max(1));
    }
}

/// A length in proportion; as it is when there is nothing to go by.
fn scaled(length: Abs, new: Abs, old: Abs) -> Abs {
    if old > Abs::ZERO && new > Abs::ZERO { length.scale(new.ratio(old)) } else { length }
}

/// To the nearest tenth of a point.
fn tenth(length: Abs) -> Abs {
    Abs::pt((length.to_pt() * 10.0).round() / 10.0)
}
