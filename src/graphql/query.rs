//! What can be asked, in four parts: one thing by its name, lists, paths, and the programme itself.

mod about;
mod lists;
mod lookups;
mod more_lists;
mod paths;

use async_graphql::MergedObject;

/// What can be asked.
#[derive(MergedObject, Default)]
pub struct Query(lookups::Lookups, lists::Lists, more_lists::MoreLists, paths::Paths, about::About);
