//! The GraphQL API: what it says of itself, what it answers, to whom, and what it refuses. `world` is the small graph
//! that all of it happens in.

mod access;
mod contract;
mod coverage;
mod errors;
mod examples;
mod limits;
mod lists;
mod loading;
mod lookups;
mod mutations;
mod paging;
mod paths;
mod relations;
mod schema;
mod store;
mod world;
