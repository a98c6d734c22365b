//! Whether the numbers of a style fit together on its page, and which key is at
//! fault when they do not.
//!
//! Each [`Check`] is one condition on the whole style. When one does not hold,
//! the key at fault is the one without which it would: so a book that changes
//! one number of a style that works is always told about that number. What
//! would work is found by trying, as every check is a plain function.

use super::value::Value;
use super::{FOLIO_BELOW, FolioPlace, HeadText, Key, Kind, Style, TitleRules};
use crate::length::{Abs, Length};
use crate::narrow::Nearest;
use std::fmt::Write as _;

/// A key that a book or a style file gives, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The table: `page`.
    pub table: String,
    /// The key in it.
    pub name: String,
    /// What it says.
    pub value: Value,
}

/// A key with which the style cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which of the keys given it is.
    pub key: usize,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub hint: String,
}

/// Nothing may stand nearer to the edge of the paper.
pub(super) const LEAST_MARGIN: Abs = Abs::raw(65_536 * 9);

/// A key by table and name.
type Name = (&'static str, &'static str);

/// A condition on the whole style.
struct Check {
    holds: fn(&Style) -> bool,
    /// What is wrong when it does not hold.
    why: fn(&Style) -> String,
    /// The keys that it depends on, the likeliest to be at fault first.
    keys: &'static [Name],
}

/// The key with which `own`, on top of `named`, cannot work; `None` when
/// everything fits, or nothing is given that could be at fault.
#[must_use]
pub fn fault_of(named: &Style, own: &[Own]) -> Option<Fault> {
    let style = named.with(own);
    let check = CHECKS.iter().find(|check| !(check.holds)(&style))?;
    let key = blamed(check, named, own)?;
    let Own { table, name, value } = &own[key];
    let message = format!("`{table}.{name} = {value}` cannot work: {}", (check.why)(&style));
    let hint = match nearest_that_works(check, named, own, key) {
        Some((most, value)) => {
            format!("the {} that works here is {value}", if most { "most" } else { "least" })
        }
        None => format!("leave `{table}.{name}` out, and it follows the other keys"),
    };
    Some(Fault { key, message, hint })
}

/// The key without which the check holds; else the likeliest one that is given.
fn blamed(check: &Check, named: &Style, own: &[Own]) -> Option<usize> {
    let place = |key: &Own| {
        let same = |name: &Name| name.0 == key.table && name.1 == key.name;
        check.keys.iter().position(same).unwrap_or(check.keys.len())
    };
    let mut keys: Vec<usize> = (0..own.len()).collect();
    keys.sort_by_key(|key| place(&own[*key]));
    let mends = |key: &usize| (check.holds)(&named.with(&without(own, *key)));
    keys.iter().copied().find(mends).or(keys.first().copied())
}

fn without(own: &[Own], key: usize) -> Vec<Own> {
    own.iter().enumerate().filter(|(index, _)| *index != key).map(|(_, own)| own.clone()).collect()
}

/// The value nearest to that of `key` with which the check holds, and all others that
/// hold without the key, and whether it is the most that does; searched by halving
/// between the value given and the one that the key would have if nobody gave it.
fn nearest_that_works(check: &Check, named: &Style, own: &[Own], key: usize) -> Option<(bool, Value)> {
    let Own { table, name, value } = &own[key];
    let scale = Scale::of(Key::find(table, name)?.kind, value)?;
    let size = named.size();
    let unset = named.with(&without(own, key));
    let needed: Vec<&Check> = CHECKS.iter().filter(|check| (check.holds)(&unset)).collect();
    let unset = match unset.written(table, name) {
        Some(written) => scale.steps(&Value::Text(written.trim_matches('"').to_owned()), size)?,
        None => scale.steps(&Value::Text(unset.inside().to_string()), size)?,
    };
    let works = |steps: i64| {
        let mut own = own.to_vec();
        own[key].value = scale.value(steps);
        let style = named.with(&own);
        (check.holds)(&style) && needed.iter().all(|check| (check.holds)(&style))
    };
    let (mut good, mut bad) = (unset, scale.steps(value, size)?);
    if !works(good) {
        return None;
    }
    while (good - bad).abs() > 1 {
        let middle = good + (bad - good) / 2;
        if works(middle) { good = middle } else { bad = middle }
    }
    Some((good < bad, scale.value(good)))
}

/// The unit that a value was written in, and the steps in which another one is
/// looked for.
struct Scale {
    unit: &'static str,
    /// Steps to the unit.
    steps: f64,
}

impl Scale {
    fn of(kind: Kind, value: &Value) -> Option<Scale> {
        let scale = |unit, steps| Some(Scale { unit, steps });
        match (kind, value) {
            (Kind::Number, _) => scale("", 1.0),
            (Kind::Length, Value::Text(text)) => {
                match text.trim_start_matches(|c: char| !c.is_alphabetic()) {
                    "mm" => scale("mm", 10.0),
                    "cm" => scale("cm", 100.0),
                    "em" | "ems" => scale("em", 100.0),
                    "pt" | "pts" => scale("pt", 10.0),
                    _ => scale("in", 100.0),
                }
            }
            (Kind::Length, _) => scale("pt", 10.0),
            _ => None,
        }
    }

    /// A value in steps.
    fn steps(&self, value: &Value, size: Abs) -> Option<i64> {
        let amount = match value {
            Value::Integer(number) => *number as f64,
            Value::Text(text) if self.unit.is_empty() => text.trim().parse().ok()?,
            Value::Text(text) => {
                let one = Length::parse(&format!("1{}", self.unit)).ok()?.at(size);
                Length::parse(text).ok()?.at(size).ratio(one)
            }
            _ => return None,
        };
        Some(i64::nearest((amount * self.steps).round()))
    }

    fn value(&self, steps: i64) -> Value {
        if self.unit.is_empty() {
            return Value::Integer(steps);
        }
        Value::Text(format!("{}{}", steps as f64 / self.steps, self.unit))
    }
}

/// How many letters of the running text a line holds, about: Latin letters are
/// some two fifths of their size wide.
#[must_use]
pub fn characters(style: &Style) -> u32 {
    u32::nearest((style.measure().ratio(style.size()) / 0.42).round().clamp(0.0, 10_000.0))
}

/// Whether anything stands above the text block.
fn has_head(style: &Style) -> bool {
    let head = &style.running_head;
    head.verso != HeadText::None || head.recto != HeadText::None || style.folio.place == FolioPlace::Head
}

/// How far above the first baseline a page reaches, and how far below the last.
fn reach(style: &Style) -> (Abs, Abs) {
    let size = style.size();
    let folio = style.folio.size.at(size);
    let head = style.running_head.size.at(size).max(folio);
    let above = if has_head(style) {
        style.leading().scale(style.head_above()) + head.scale(0.75)
    } else {
        size.scale(0.75)
    };
    let below = match style.folio.place {
        FolioPlace::None => size.scale(0.3),
        _ => style.leading().scale(FOLIO_BELOW) + folio.scale(0.3),
    };
    (above, below)
}

/// The least top margin that leaves room for the running head.
pub(super) fn least_top(style: &Style) -> Abs {
    LEAST_MARGIN + reach(style).0 - (style.first_baseline() - style.top())
}

/// The most lines that leave room for the folio.
pub(super) fn most_lines(style: &Style) -> u32 {
    let room = style.page.trim.height - LEAST_MARGIN - reach(style).1 - style.first_baseline();
    if room < Abs::ZERO {
        return 0;
    }
    u32::nearest(room.ratio(style.leading()).clamp(0.0, f64::from(u16::MAX))) + 1
}

/// A length as the page is measured: in inches or in millimetres.
fn shown(length: Abs, style: &Style) -> String {
    let sixteenths = style.page.trim.width.to_pt() / 72.0 * 16.0;
    if (sixteenths - sixteenths.round()).abs() < 0.02 {
        format!("{}in", (length.to_pt() / 72.0 * 100.0).round() / 100.0)
    } else {
        format!("{}mm", (length.to_mm() * 10.0).round() / 10.0)
    }
}

/// What a title takes of a page at least: two lines of it under its empty lines,
/// and three of text below.
fn title_depth(style: &Style) -> Abs {
    let heading = &style.heading;
    let rules = match heading.title_rules {
        TitleRules::None => 0,
        TitleRules::Above | TitleRules::Below => 1,
        TitleRules::Both => 2,
    };
    let ornament = if heading.ornament.is_empty() { 0 } else { 2 };
    let below = heading.title_space.unwrap_or(heading.sinkage.clamp(1, 2));
    let lines = i64::from(heading.sinkage + below + rules + ornament + 3);
    let title = style.heading.title_size.at(style.size());
    style.leading() * lines + title.scale(1.25).max(style.leading()) * 2
}

/// How high and how wide an initial is.
fn initial(style: &Style) -> (Abs, Abs) {
    let lines = i64::from(style.heading.drop_cap);
    let height = style.leading() * lines;
    (height, height.scale(1.5))
}

/// What text and notes share a page at least: four lines of text and two of notes.
fn least_depth(style: &Style) -> Abs {
    style.leading().scale(4.75) + style.note_leading() * 2
}

/// Sizes of type that a block gives, against the leading that all blocks share.
fn largest_in_block(style: &Style) -> (Name, Abs) {
    let size = style.size();
    let sizes = [
        (("quote", "size"), style.quote.size.at(size)),
        (("verse", "size"), style.verse.size.at(size)),
        (("figure", "caption-size"), style.figure.caption_size.at(size)),
    ];
    sizes.into_iter().max_by_key(|(_, size)| *size).unwrap_or((("text", "size"), size))
}

/// How many times the size of such type the measure must be: long words have room then.
pub(super) fn times_in_measure(table: &str, name: &str) -> i64 {
    match (table, name) {
        ("heading", "size") => 6,
        ("heading" | "title-page", _) | ("folio", "size") => 5,
        _ => 8,
    }
}

/// Type that stands in lines of its own, each with the measure that it needs. A title page that is too wide is set
/// smaller.
fn widest_heading(style: &Style) -> (Name, Abs) {
    let size = style.size();
    let sizes = [
        (("heading", "title-size"), style.heading.title_size),
        (("heading", "size"), style.heading.size),
        (("heading", "number-size"), style.heading.number_size),
        (("notes", "size"), style.notes.size),
        (("running-head", "size"), style.running_head.size),
        (("folio", "size"), style.folio.size),
        (("table", "size"), style.table.size),
        (("figure", "caption-size"), style.figure.caption_size),
    ];
    let needed = sizes.map(|(key, length)| (key, length.at(size) * times_in_measure(key.0, key.1)));
    needed.into_iter().max_by_key(|(_, size)| *size).unwrap_or((("text", "size"), size))
}

/// The widest indents, of those that a style gives.
fn deepest_indent(style: &Style) -> (Name, Abs) {
    let size = style.size();
    let at = |length: Length| length.at(size);
    let quote = at(style.quote.left) + at(style.quote.right);
    let indents = [
        (("text", "indent"), at(style.text.indent)),
        (("quote", "left"), quote),
        (("verse", "left"), at(style.verse.left) + at(style.verse.turnover)),
        (("list", "indent"), at(style.list.indent).scale(1.5)),
    ];
    indents.into_iter().max_by_key(|(_, indent)| *indent).unwrap_or((("text", "indent"), Abs::ZERO))
}

const CHECKS: &[Check] = &[
    Check {
        holds: |style| style.inside() >= LEAST_MARGIN && style.outside() >= LEAST_MARGIN,
        why: |style| {
            let [measure, inside, width] =
                [style.measure(), style.inside(), style.page.trim.width].map(|length| shown(length, style));
            let mut why = format!("the page is {width} wide, and lines of {measure}");
            let least = shown(LEAST_MARGIN, style);
            if style.page.inside.is_some() {
                write!(why, " beside an inner margin of {inside}").unwrap_or_default();
            }
            why + &format!(" do not leave {least} at both edges")
        },
        keys: &[("page", "measure"), ("page", "inside"), ("page", "trim"), ("text", "size")],
    },
    Check {
        holds: |style| style.leading() >= style.size(),
        why: |style| {
            format!("lines of {} set in {} type run into one another", style.leading(), style.size())
        },
        keys: &[("text", "leading"), ("text", "size")],
    },
    Check {
        holds: |style| style.text.least.at(style.size()) <= style.size(),
        why: |style| {
            let least = style.text.least.at(style.size());
            format!("no words are smaller than {least}, and the text itself is set in {}", style.size())
        },
        keys: &[("text", "least"), ("text", "size")],
    },
    Check {
        holds: |style| style.note_leading() >= style.notes.size.at(style.size()),
        why: |style| {
            let size = style.notes.size.at(style.size());
            format!("notes of {size} type in lines of {} run into one another", style.note_leading())
        },
        keys: &[("notes", "leading"), ("notes", "size"), ("text", "size")],
    },
    Check {
        holds: |style| style.measure() >= style.size() * 8,
        why: |style| {
            let [measure, size] = [style.measure(), style.size()].map(|length| shown(length, style));
            format!("lines of {measure} hold only some {} letters of this size ({size})", characters(style))
        },
        keys: &[("page", "measure"), ("text", "size"), ("page", "inside"), ("page", "trim")],
    },
    Check {
        holds: |style| least_top(style) <= style.top(),
        why: |style| {
            let [top, need] = [style.top(), least_top(style)].map(|length| shown(length, style));
            let what = if has_head(style) { "the running head" } else { "the first line" };
            format!("{what} needs a top margin of {need}, and it is {top}")
        },
        keys: &[
            ("page", "top"),
            ("running-head", "size"),
            ("folio", "size"),
            ("text", "leading"),
            ("text", "size"),
        ],
    },
    Check {
        holds: |style| style.page.lines <= most_lines(style),
        why: |style| {
            let need = style.depth() + reach(style).1 + LEAST_MARGIN - style.leading()
                + (style.first_baseline() - style.top());
            let room = style.page.trim.height - style.top();
            format!(
                "{} lines of {} and what stands below them need {}, and the page has {} below its top margin",
                style.page.lines,
                style.leading(),
                shown(need, style),
                shown(room.max(Abs::ZERO), style)
            )
        },
        keys: &[
            ("page", "lines"),
            ("page", "top"),
            ("text", "leading"),
            ("text", "size"),
            ("folio", "size"),
            ("page", "trim"),
        ],
    },
    Check {
        holds: |style| least_depth(style) <= style.depth(),
        why: |style| {
            let [need, depth] = [least_depth(style), style.depth()].map(|length| shown(length, style));
            format!("four lines of text and two of notes need {need}, and the text block is {depth} deep")
        },
        keys: &[
            ("notes", "leading"),
            ("page", "lines"),
            ("page", "top"),
            ("text", "leading"),
            ("text", "size"),
            ("page", "trim"),
            ("notes", "size"),
        ],
    },
    Check {
        holds: |style| title_depth(style) <= style.depth(),
        why: |style| {
            let [need, depth] = [title_depth(style), style.depth()].map(|length| shown(length, style));
            format!("a title with its white and three lines needs {need}, and the text block is {depth} deep")
        },
        keys: &[
            ("heading", "sinkage"),
            ("heading", "title-space"),
            ("heading", "title-size"),
            ("heading", "title-rules"),
            ("heading", "ornament"),
            ("page", "lines"),
            ("page", "top"),
            ("text", "leading"),
            ("text", "size"),
        ],
    },
    Check {
        holds: |style| widest_heading(style).1 <= style.measure(),
        why: |style| {
            let ((table, name), _) = widest_heading(style);
            format!(
                "long words of the size `{table}.{name}` are wider than lines of {}",
                shown(style.measure(), style)
            )
        },
        keys: &[
            ("heading", "title-size"),
            ("heading", "size"),
            ("heading", "number-size"),
            ("notes", "size"),
            ("table", "size"),
            ("figure", "caption-size"),
            ("running-head", "size"),
            ("folio", "size"),
            ("page", "measure"),
            ("page", "inside"),
            ("text", "size"),
        ],
    },
    Check {
        holds: |style| style.title_page.size.at(style.size()) * 6 <= style.depth(),
        why: |style| format!("the title is too large for a text block {} deep", shown(style.depth(), style)),
        keys: &[("title-page", "size"), ("page", "lines"), ("page", "top"), ("text", "size")],
    },
    Check {
        holds: |style| {
            let (height, width) = initial(style);
            height * 2 <= style.depth() && width * 2 <= style.measure()
        },
        why: |style| format!("an initial of {} lines takes more than half the page", style.heading.drop_cap),
        keys: &[("heading", "drop-cap"), ("text", "leading"), ("page", "measure"), ("page", "lines")],
    },
    Check {
        holds: |style| deepest_indent(style).1 * 2 <= style.measure(),
        why: |style| {
            let ((table, _), indent) = deepest_indent(style);
            format!(
                "the indents of [{table}] take {} of lines that are {} long",
                shown(indent, style),
                shown(style.measure(), style)
            )
        },
        keys: &[
            ("text", "indent"),
            ("quote", "left"),
            ("quote", "right"),
            ("verse", "left"),
            ("verse", "turnover"),
            ("list", "indent"),
            ("page", "measure"),
            ("page", "inside"),
            ("text", "size"),
        ],
    },
    Check {
        holds: |style| largest_in_block(style).1 <= style.leading(),
        why: |style| {
            let ((table, name), size) = largest_in_block(style);
            format!(
                "`{table}.{name}` makes {size} type, whose lines of {} run into one another",
                style.leading()
            )
        },
        keys: &[
            ("quote", "size"),
            ("verse", "size"),
            ("figure", "caption-size"),
            ("text", "leading"),
            ("text", "size"),
        ],
    },
    Check {
        holds: |style| {
            let size = style.size();
            let folio = style.folio.size.at(size).scale(0.75) + size.scale(0.3);
            let head =
                style.running_head.size.at(size).max(style.folio.size.at(size)).scale(0.3) + size.scale(0.75);
            folio <= style.leading().scale(FOLIO_BELOW) && head <= style.leading().scale(style.head_above())
        },
        why: |_| "folio or running head is so large that it runs into the text".to_owned(),
        keys: &[("folio", "size"), ("running-head", "size"), ("text", "leading"), ("text", "size")],
    },
    Check {
        holds: |style| {
            let room = style.size().scale(2.5) + LEAST_MARGIN;
            !style.page.source_numbers || style.outside() >= room
        },
        why: |style| {
            format!(
                "the numbers of the older edition have no room in an outer margin of {}",
                shown(style.outside(), style)
            )
        },
        keys: &[("page", "measure"), ("page", "inside"), ("page", "source-numbers"), ("text", "size")],
    },
];
