//! Total fit: the best way to break a whole paragraph, for each number of lines.
//!
//! [`Search`] looks for it among the breakpoints of an [`Unbroken`] paragraph.
//! What makes a line good is left to a [`LineCosts`]; [`BookCosts`] are those of books,
//! and the classic ones of Knuth and Plass stand in the tests, to prove the search
//! against their published example. Where lines may end is found by [`Opportunities`].

mod book;
mod least;
mod model;
mod opportunity;
mod river;
mod search;

pub use book::{BookCosts, CostTable, LOOSEST_FULL, LOOSEST_SET, LOOSEST_UNNAMED, is_torn};
pub use least::least_faults;
pub use model::{Breakpoint, Ending, Fit, LineCosts, Measures, Solution, Space, Totals, Unbroken};
pub(crate) use opportunity::is_address;
pub use opportunity::{BreakClass, Opportunities};
pub use search::Search;
