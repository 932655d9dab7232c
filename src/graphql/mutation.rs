//! What can be changed, one file a subject: input types beside each, payloads in it. A resolver turns its input into an
//! action of `app` and shows what came of it; nothing is decided here.

mod consents;
mod groups;
mod individuals;
mod inputs;
mod networks;
mod organisations;
mod payload;
mod relations;
mod undo;

use async_graphql::MergedObject;

/// What can be changed. Each mutation is done whole or not at all; what is wrong with it stands in `userErrors`.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organisations::Organisations,
    individuals::Individuals,
    networks::Networks,
    groups::Groups,
    relations::Relations,
    consents::Consents,
    undo::Undo,
);
