//! inroads: who can take us to the people services keep missing?
//!
//! Data flows one way, and nothing points back up:
//! `cli → http → graphql → app → {ingest, access, outreach} → snapshot → store → model`.
//! `docs/ARCHITECTURE.md` walks through the house.

pub mod access;
pub mod app;
pub mod cli;
pub mod config;
pub mod error;
pub mod graphql;
pub mod http;
pub mod ingest;
pub mod model;
pub mod outreach;
pub mod snapshot;
pub mod store;
pub mod telemetry;

// So that unit tests and the tests outside share builders.
#[cfg(test)]
extern crate self as inroads;
