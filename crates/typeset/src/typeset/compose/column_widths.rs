//! How wide the columns of a table are whose cells do not all fit in one line.
//!
//! What a table costs is its depth: the sum of its rows, each as deep as its deepest cell. The widths
//! begin at each column's widest word, and the room that is left goes step by step to the column where it
//! saves most lines for its width, until it saves none; what remains is shared. Such steps need not find
//! the least depth that there is, but no cell turns over beside white that would have spared it the turn.
//! Each of at most [`MOST_TURNS`] steps looks at [`MOST_WIDTHS`] widths of each column over [`MOST_ROWS`] rows, so
//! that the time of a table has a bound that only its columns raise.

use crate::length::Abs;
use crate::narrow::Nearest;

/// So many rows decide the widths; of longer tables every second or third row is looked at.
pub(super) const MOST_ROWS: usize = 200;
/// So many widths of a column are tried.
const MOST_WIDTHS: usize = 24;
/// So often a column is made wider at most.
const MOST_TURNS: usize = 64;
/// Cells of more lines than this are no reason to make their column wider.
const MOST_LINES: usize = 12;
/// A line of a cell that makes its row no deeper, in lines that do.
const HIDDEN_LINE: f64 = 0.05;
/// A word that is exactly as wide as its column is not broken by rounding.
const HAIR: Abs = Abs::raw(65_536 / 20);

/// The words of a cell: how wide each is, and the white behind it, or a line's end.
pub(in crate::typeset) type CellWords = Vec<(Abs, Option<Abs>)>;

/// How wide a cell must be for one line, for two, and so on: ever less.
#[derive(Debug)]
pub(super) struct Needs {
    /// As many lines as it has in one of the first of these widths; one more in the next.
    fewest: usize,
    widths: Vec<Abs>,
}

impl Needs {
    /// Those of a cell with these words in a column whose widest word is `least` wide.
    pub(super) fn of(words: &CellWords, least: Abs) -> Needs {
        let own = words.iter().map(|(width, white)| *width + white.unwrap_or_default()).sum::<Abs>();
        let mut needs: Vec<Abs> = Vec::new();
        let fewest = lines(words, own.max(least));
        for count in fewest..=lines(words, least).min(fewest + MOST_LINES) {
            // Bisection: fewer lines never need less width. A hundredth of the way is near enough.
            let (mut low, mut high) = (least, needs.last().copied().unwrap_or(own).max(least));
            for _ in 0..8 {
                let middle = low + (high - low) / 2;
                if lines(words, middle) <= count { high = middle } else { low = middle }
            }
            needs.push(if lines(words, least) <= count { least } else { high });
        }
        Needs { fewest, widths: needs }
    }

    /// How many lines a cell has that is so wide.
    fn lines(&self, width: Abs) -> u32 {
        let more = self.widths.iter().position(|need| *need <= width).unwrap_or(self.widths.len());
        u32::nearest(self.fewest + more)
    }
}

/// In how many lines words stand that are so wide: each takes what fits.
fn lines(words: &CellWords, width: Abs) -> usize {
    // As a reader of drafts would count: cells are set ragged, and the breaker that sets them looks further, but
    // never needs a line more than this.
    let (mut lines, mut at) = (1, Abs::ZERO);
    for (index, (word, white)) in words.iter().enumerate() {
        if at > Abs::ZERO && at + *word > width + HAIR {
            (lines, at) = (lines + 1, Abs::ZERO);
        }
        at += *word;
        match white {
            Some(white) => at += *white,
            None if index + 1 < words.len() => (lines, at) = (lines + 1, Abs::ZERO),
            None => {}
        }
    }
    lines
}

/// Shares `room` among columns, given the widest word and the own width of each, and what the cells of
/// some rows need. Columns that ask for no more than an even share get their own width.
pub(super) fn shared(widths: &[(Abs, Abs)], rows: &[Vec<Needs>], room: Abs) -> Vec<Abs> {
    let mut bounds = widths.to_vec();
    settle_modest(&mut bounds, room);
    widen(&mut bounds, rows, room);
    let (least, own) = bounds.iter().fold((Abs::ZERO, Abs::ZERO), |sum, w| (sum.0 + w.0, sum.1 + w.1));
    // What is left is shared in proportion to what each column could still use. Nought means that all
    // are at their widest word, one that all have their own width.
    let spare = (room - least).ratio(own - least).clamp(0.0, 1.0);
    bounds.iter().map(|(least, own)| *least + (*own - *least).scale(spare) + HAIR).collect()
}

/// Gives columns that want no more than an even share what they want.
fn settle_modest(bounds: &mut [(Abs, Abs)], room: Abs) {
    // Columns are settled one by one. One that wants no more than its even share gets what it wants,
    // which leaves more for each of the others, so the even share grows and may settle a further one:
    // the loop takes as many turns as there are columns at most. For example, of 300 pt for columns
    // that want 40, 90 and 400, the first two get 40 and 90 and the third the remaining 170.
    loop {
        let open = bounds.iter().filter(|(least, own)| least < own);
        let settled: Abs = bounds.iter().filter(|(least, own)| least >= own).map(|w| w.0).sum();
        let even = (room - settled) / (open.clone().count().max(1) as i64);
        let least: Abs = bounds.iter().map(|w| w.0).sum();
        let modest =
            bounds.iter_mut().find(|(low, own)| low < own && *own <= even && least - *low + *own <= room);
        let Some(column) = modest else { break };
        column.0 = column.1;
    }
}

/// Gives the room that is left to the columns where it saves lines, the most for its width first.
fn widen(bounds: &mut [(Abs, Abs)], rows: &[Vec<Needs>], room: Abs) {
    let tried: Vec<Vec<Abs>> = (0..bounds.len()).map(|column| widths_of(rows, column)).collect();
    // Each turn begins from what the turn before it has left: a column that was made wide enough for its short
    // cells may get more for its long ones later, when nothing else saves as much.
    for _ in 0..MOST_TURNS {
        let spare = room - bounds.iter().map(|w| w.0).sum::<Abs>();
        let depths: Vec<RowDepth> = rows.iter().map(|row| RowDepth::of(row, bounds)).collect();
        let now: f64 = depths.iter().map(RowDepth::cost).sum();
        let mut best: Option<(f64, usize, Abs)> = None;
        for (column, widths) in tried.iter().enumerate() {
            let (least, own) = bounds[column];
            let fitting = widths.iter().filter(|width| **width > least && **width <= own.min(least + spare));
            for width in fitting {
                // What a line costs is what it takes of the page, so the gain is lines for points: a column of short
                // words is widened before one of long sentences, where the same room would save less.
                let wider: f64 =
                    depths.iter().zip(rows).map(|(depth, row)| depth.with(row, column, *width)).sum();
                let saved = (now - wider) / (*width - least).to_pt().max(0.1);
                if saved > best.map_or(0.0, |best| best.0) {
                    best = Some((saved, column, *width));
                }
            }
        }
        let Some((_, column, width)) = best else { break };
        bounds[column].0 = width;
    }
}

/// How deep a row is, in lines, as far as it must be known to make one of its cells wider.
struct RowDepth {
    lines: Vec<f64>,
    /// Its deepest cell and the one after that; in both the number of its lines.
    deepest: (usize, f64),
    second: f64,
    all: f64,
}

impl RowDepth {
    fn of(row: &[Needs], bounds: &[(Abs, Abs)]) -> RowDepth {
        let lines: Vec<f64> =
            row.iter().zip(bounds).map(|(needs, (width, _))| f64::from(needs.lines(*width))).collect();
        let (mut deepest, mut second) = ((0, 0.0), 0.0);
        for (column, lines) in lines.iter().enumerate() {
            if *lines > deepest.1 {
                (second, deepest) = (deepest.1, (column, *lines));
            } else if *lines > second {
                second = *lines;
            }
        }
        RowDepth { deepest, second, all: lines.iter().sum(), lines }
    }

    // A row is as deep as its deepest cell. The other cells count for a little as well, or a row that two cells
    // hold up alike would never get any room: neither of them alone makes it less deep.
    fn cost(&self) -> f64 {
        self.deepest.1 + HIDDEN_LINE * self.all
    }

    /// What it costs with a column of that width.
    fn with(&self, row: &[Needs], column: usize, width: Abs) -> f64 {
        let (Some(needs), Some(before)) = (row.get(column), self.lines.get(column)) else {
            return self.cost();
        };
        // All other cells are as deep as they were, so that the deepest of them is one of two that are known: no
        // row is gone through for each width that is tried.
        let lines = f64::from(needs.lines(width));
        let others = if self.deepest.0 == column { self.second } else { self.deepest.1 };
        others.max(lines) + HIDDEN_LINE * (self.all - before + lines)
    }
}

/// The widths at which a cell of that column needs a line fewer.
fn widths_of(rows: &[Vec<Needs>], column: usize) -> Vec<Abs> {
    let needs = rows.iter().filter_map(|row| row.get(column)).flat_map(|needs| &needs.widths);
    let mut widths: Vec<Abs> = needs.copied().collect();
    widths.sort_unstable();
    widths.dedup();
    // Between two of these widths no cell has fewer lines, so that no other width is worth a try.
    let step = widths.len().div_ceil(MOST_WIDTHS).max(1);
    // from the widest, which most cells want
    widths.into_iter().rev().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(words: &[f64]) -> CellWords {
        words.iter().map(|width| (Abs::pt(*width), Some(Abs::pt(3.0)))).collect()
    }

    /// The widths of columns with those cells, in points.
    fn widths(rows: &[&[&[f64]]], room: f64) -> Vec<f64> {
        let columns = rows[0].len();
        let words: Vec<Vec<CellWords>> =
            rows.iter().map(|row| row.iter().map(|one| cell(one)).collect()).collect();
        let bounds: Vec<(Abs, Abs)> = (0..columns)
            .map(|column| {
                let cells = words.iter().map(|row| &row[column]);
                let least = cells.clone().flatten().map(|(width, _)| *width).max().unwrap_or_default();
                let own = cells.map(|cell| cell.iter().map(|(width, _)| *width + Abs::pt(3.0)).sum::<Abs>());
                (least, own.max().unwrap_or_default().max(least))
            })
            .collect();
        let of_row = |row: &Vec<CellWords>| {
            row.iter().zip(&bounds).map(|(cell, (least, _))| Needs::of(cell, *least)).collect()
        };
        let needs: Vec<Vec<Needs>> = words.iter().map(of_row).collect();
        shared(&bounds, &needs, Abs::pt(room)).iter().map(|width| width.to_pt()).collect()
    }

    #[test]
    fn a_cell_has_as_many_lines_as_its_width_leaves_it() {
        let words = cell(&[40.0, 30.0, 20.0]);
        assert_eq!([200.0, 80.0, 50.0, 40.0].map(|width| lines(&words, Abs::pt(width))), [1, 2, 3, 3]);
        let needs = Needs::of(&words, Abs::pt(40.0));
        assert_eq!([100.0, 75.0, 41.0].map(|width| needs.lines(Abs::pt(width))), [1, 2, 3]);
    }

    #[test]
    fn room_goes_where_it_saves_lines() {
        // One cell of the second column is far longer than all others. In proportion it would get most of the
        // room, for whose sake every row would turn over in the first.
        let long: &[f64] = &[30.0; 20];
        let rows: [&[&[f64]]; 4] = [
            &[&[40.0, 40.0], &[30.0]],
            &[&[40.0, 40.0], &[30.0]],
            &[&[40.0, 40.0], &[30.0]],
            &[&[40.0, 40.0], long],
        ];
        let found = widths(&rows, 180.0);
        assert!(found[0] >= 83.0 && found[1] >= 80.0, "{found:?}");
        assert!(found.iter().sum::<f64>() <= 180.2, "{found:?}");
    }

    #[test]
    fn columns_that_need_little_get_it() {
        let found = widths(&[&[&[40.0], &[90.0], &[30.0; 12]]], 300.0);
        assert!((found[0] - 43.0).abs() < 0.2 && (found[1] - 93.0).abs() < 0.2, "{found:?}");
    }
}
