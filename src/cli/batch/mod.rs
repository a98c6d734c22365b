//! Many books in one call: `build BOOK…` and `build catalogue.toml`.
//!
//! Each book is worked on for itself, several side by side, and none stands in the
//! way of another: a book with errors is a result. What was made once is not made
//! again while nothing that it was made of has changed (`project::cache`), so that a
//! command that was killed goes on where it was when it is given again.

mod done;
mod git;
mod key;
mod maker;
mod outcome;
mod plan;
mod planned;
mod record;
mod report;

use super::args::{Build, Check, Choice, Editions};
use super::end::End;
use super::findings::Reporter;
use super::produce;
use crate::diag::Error;
use crate::jobs;
use crate::project::Store;
use key::Keys;
use maker::{Maker, Purpose};
use plan::Plan;
use report::Report;
use std::sync::Mutex;

pub(super) use plan::is_meant;

/// Builds many books.
pub(super) fn build(request: &Build, reporter: &mut Reporter) -> Result<End, Error> {
    if request.watch {
        reporter.say("error: --watch follows one book: name it alone\n");
        return Ok(End::Misused);
    }
    let plan = match planned(&request.editions, &request.choice, reporter)? {
        Ok(plan) => plan,
        Err(end) => return Ok(end),
    };
    let folder = request.cache.as_deref().unwrap_or(&plan.cache);
    let store = if request.no_cache || request.plan { None } else { Some(Store::open(folder)?) };
    if request.plan {
        let keys = Keys::new(&plan, &request.editions, reporter.policy(), store.as_ref())?;
        super::end::print_out(&record::plan(&plan, &keys)?)?;
        return Ok(if plan.errors == 0 { End::Done } else { End::Faulty });
    }
    let end = run(&plan, &request.editions, Purpose::Build, store.as_ref(), reporter)?;
    if let Some(store) = store.filter(|_| plan.is_whole) {
        maker::sweep(&store);
    }
    Ok(end)
}

/// Checks many books: says what `build` would say, and writes nothing.
pub(super) fn check(request: &Check, reporter: &mut Reporter) -> Result<End, Error> {
    match planned(&request.editions, &request.choice, reporter)? {
        Ok(plan) => run(&plan, &request.editions, Purpose::Check, None, reporter),
        Err(end) => Ok(end),
    }
}

/// The books that are meant; the end of the command when the request cannot be
/// understood, which is said.
fn planned(request: &Editions, choice: &Choice, reporter: &mut Reporter) -> Result<Result<Plan, End>, Error> {
    if let Err(reason) = produce::understood(request) {
        reporter.say(&format!("error: {reason}\n"));
        return Ok(Err(End::Misused));
    }
    Plan::make(request, choice, reporter)
}

/// Works on every book of the plan, and says what came of it.
fn run(
    plan: &Plan,
    request: &Editions,
    purpose: Purpose,
    store: Option<&Store>,
    reporter: &mut Reporter,
) -> Result<End, Error> {
    let keys = Keys::new(plan, request, reporter.policy(), store)?;
    if let Some(jobs) = request.jobs {
        jobs::at_a_time(jobs);
    }
    let policy = reporter.policy().clone();
    let count = plan.books.len();
    let report = Report::new(count, reporter);
    let said = Mutex::new(report);
    let maker = Maker { request, policy: &policy, keys: &keys, store, purpose };
    let results = jobs::side_by_side(count, |index| {
        let result = maker.make(&plan.books[index], &said);
        report::now(&said).add(index, &plan.books[index].name, &result);
        result.settled()
    });
    let report = said.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let record = match purpose {
        Purpose::Build => Some(record::write(plan, &results)?),
        Purpose::Check => None,
    };
    report.close(plan, &results, record.as_deref())
}
