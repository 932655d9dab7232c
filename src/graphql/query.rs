//! What can be asked, in six parts: one thing by its name, lists, paths, coverage, the programme itself, and what
//! happened.

mod about;
mod coverage;
mod history;
mod lists;
mod lookups;
mod more_lists;
mod paths;

use async_graphql::MergedObject;

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(
    lookups::Lookups,
    lists::Lists,
    more_lists::MoreLists,
    paths::Paths,
    coverage::Coverages,
    about::About,
    history::Histories,
);
