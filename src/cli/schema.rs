//! `inroads schema`: the GraphQL schema, in its definition language.

use super::Ended;
use crate::graphql;

/// Print the GraphQL schema
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {}

pub fn run(Arguments {}: Arguments) -> Ended {
    print!("{}", graphql::sdl());
    Ended::Done
}
