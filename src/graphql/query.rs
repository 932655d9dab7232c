//! What can be asked, in five parts: one thing by its name, lists, paths, the programme itself, and what happened.

mod about;
mod history;
mod lists;
mod lookups;
mod more_lists;
mod paths;

use async_graphql::MergedObject;

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(lookups::Lookups, lists::Lists, more_lists::MoreLists, paths::Paths, about::About, history::Histories);
